"""The page of `ljnews explain --html` in a real Chromium: every mark shows its evidence, also beyond the basic plane, and nothing of the page's text runs."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ljnews.layout import given
from ljnews.records import Page
from ljnews.run import explain
from ljnews.run.process import analyse
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (.ci/run installs it)")]

# Strings of attack, each beside a fact; the characters 𬭎 and 㛃 and a reversing mark stand in names.
ATTACKS = (
    "<script>window.pwn=1</script>", "<img src=x onerror=document.title='pwn'>", "\"><svg onload=document.title='pwn'>", "' onmouseover='pwn=1",
    "</title><script>document.title='pwn'</script>", "</mark><script>document.title='pwn'</script>", "&#106;avascript:pwn=1", "＜script＞pwn=1＜/script＞",
    "<iframe srcdoc=\"<script>parent.document.title='pwn'</script>\">", "<meta http-equiv=refresh content=\"0;url=javascript:pwn=1\">", "{{7*7}}", "\u202e反写",
)  # fmt: skip


def _dom(page: Path, tmp_path: Path) -> str:
    """The DOM after everything has run."""
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=90, check=True)
    return done.stdout.decode("utf-8")


def _made(text: str, title: str | None, tmp_path: Path) -> tuple[Any, str]:
    record, _ = analyse(given(Page(input="x", given={"title": title, "text": text, "date": "2022-08-05"})))
    page = tmp_path / "explain.html"
    page.write_text(explain.page(record), encoding="utf-8")
    return record, _dom(page, tmp_path)


def test_browser_marks_show_their_evidence_in_astral_text(tmp_path: Path) -> None:
    text = "𬭎㛃县县长欧阳𬭎说,𬭎江大桥工程总投资2.5亿元,力争明年6月底建成通车。𬭎" * 3
    record, dom = _made(text, "𬭎江大桥开工", tmp_path)
    shown = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<article>(.*?)</article>", dom, re.S).group(1)))
    assert shown == record.article.text
    marked = [html.unescape(m) for m in re.findall(r'<mark class="amounts"[^>]*>(.*?)</mark>', dom.split("<section>")[0])]
    assert marked == [a.evidence.text for a in record.amounts]


def test_browser_nothing_of_the_text_runs(tmp_path: Path) -> None:
    text = "\n".join(f"县长王明{attack}说,{attack}总投资{i + 1}亿元的青岚大桥工程开工{attack}。" for i, attack in enumerate(ATTACKS))
    record, dom = _made(text, ATTACKS[4], tmp_path)
    assert record.amounts
    body = dom.split("<body", 1)[-1]
    assert not re.search(r"<(script|img|svg|iframe|meta|base|object|embed|form)\b", body)
    title = html.unescape(re.search(r"<title>(.*?)</title>", dom, re.S).group(1))
    assert title == (record.article.title or "x")


def test_browser_own_pages_are_shown_whole(tmp_path: Path, record_of: Callable[..., dict[str, Any]]) -> None:
    one = json.loads((ROOT / "corpus" / "gold" / "03-xinqu-zhuanfang.json").read_text(encoding="utf-8"))
    from ljnews.layout import read

    record, _ = analyse(read(Page(input="03", content=(ROOT / "corpus" / "pages" / Path(one["file"]).name).read_bytes())))
    page = tmp_path / "explain.html"
    page.write_text(explain.page(record), encoding="utf-8")
    dom = _dom(page, tmp_path)
    shown = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<article>(.*?)</article>", dom, re.S).group(1)))
    assert shown == record.article.text
    listed = re.search(r"<section>(.*?)</section>", dom, re.S).group(1)
    facts = sum(len(getattr(record, t)) for t in explain.COLOURS)
    assert listed.count("<li>") == facts

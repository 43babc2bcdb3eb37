"""The command line as a user meets it: quick help, one-line errors, exit codes, outputs never overwritten by accident."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

LJNEWS = [sys.executable, "-m", "ljnews.cli"]
STORY = "污水处理厂开工\n2022-08-05 10:00 来源:云岭日报\n8月3日,澄江县委书记罗淮蓉出席开工仪式。澄江县污水处理厂扩建工程总投资2.5亿元,力争明年6月底建成。\n"


def _run(*arguments: str | Path, cwd: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LJNEWS, *map(str, arguments)], capture_output=True, text=True, cwd=cwd or ROOT, input=stdin, timeout=60)


def _lines(path: Path, *texts: str) -> Path:
    path.write_text(
        "".join(json.dumps({"id": str(i), "text": t}, ensure_ascii=False) + "\n" for i, t in enumerate(texts)), encoding="utf-8"
    )
    return path


def test_cli_help_is_quick() -> None:
    def seconds(command: list[str]) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)

    bare = seconds([sys.executable, "-c", "pass"])
    assert seconds([*LJNEWS, "--help"]) < max(15 * bare, 0.3)


def test_cli_help_imports_nothing_heavy() -> None:
    code = "import sys, ljnews.cli; sys.exit(any(m in sys.modules for m in ('spacy', 'jieba', 'rjieba', 'pydantic', 'sqlalchemy', 'bs4', 'requests')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("verb", sorted(__import__("ljnews.cli", fromlist=["main"]).main.commands))
def test_cli_every_verb_has_help_and_is_documented(verb: str) -> None:
    done = _run(verb, "--help")
    assert done.returncode == 0
    prose = "\n".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
    assert f"ljnews {verb}" in prose, f"`ljnews {verb}` is in no document"


def test_cli_extract_to_standard_output(tmp_path: Path) -> None:
    done = _run("extract", _lines(tmp_path / "a.jsonl", STORY, "占地86亩。"))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [r["article"]["input_id"] for r in records] == ["0", "1"]
    assert records[1]["amounts"][0]["unit"] == "m2"


def test_cli_extract_goes_on_after_a_bad_input_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    out = tmp_path / "out.jsonl"
    done = _run("extract", tmp_path / "bad.html", tmp_path / "good.txt", tmp_path / "none.html", "-o", out)
    assert done.returncode == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    assert [line.split(":")[1].strip() for line in failed] == ["InputBinary", "InputMissing"]
    failures = (
        [json.loads(line) for line in (tmp_path / "out.jsonl.failures.jsonl").read_text(encoding="utf-8").splitlines()]
        if (tmp_path / "out.jsonl.failures.jsonl").exists()
        else [json.loads(line) for line in (tmp_path / "out.failures.jsonl").read_text(encoding="utf-8").splitlines()]
    )
    assert {f["error"] for f in failures} == {"InputBinary", "InputMissing"}


def test_cli_extract_refuses_an_existing_jsonl_and_resumes_sqlite(tmp_path: Path) -> None:
    source, out, base = _lines(tmp_path / "a.jsonl", STORY), tmp_path / "out.jsonl", tmp_path / "out.sqlite"
    assert _run("extract", source, "-o", out).returncode == 0
    again = _run("extract", source, "-o", out)
    assert again.returncode == 2
    assert "OutputExists" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1
    assert _run("extract", source, "-o", out, "--force").returncode == 0
    assert _run("extract", source, "-o", base).returncode == 0
    resumed = _run("extract", source, "-o", base)
    assert resumed.returncode == 0
    assert "1 unchanged" in resumed.stderr
    with sqlite3.connect(base) as db:
        assert db.execute("select count(*) from articles").fetchone() == (1,)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["extract"], 2, "Missing argument"),
        (["extract", "x", "--assume-date", "gestern"], 2, "expected a day"),
        (["extract", "x", "--columns", "foo=bar"], 2, "expected FIELD=COLUMN"),
        (["extract", "x", "-o", "/nowhere/x.sqlite"], 2, "Output"),
        (["extract", "x", "-o", "facts.docx"], 2, "facts.docx"),
        (["explain", "nowhere.html"], 2, "no such file"),
        (["explain", "README.md", "--at", "99"], 2, "expected an offset in the text, 0 to 13"),
        (["explain", "README.md", "--html", "none/x.html"], 2, "none/x.html: No such file"),
        (["explain", "README.md", "--pipeline", "README.md"], 2, "not the config of a pipeline"),
        (["extract", "README.md", "--pipeline", "none.cfg"], 2, "none.cfg"),
        (["query", "records.jsonl"], 2, "ljnews export records.jsonl --to NAME.sqlite"),
        (["sample", "--marked", "README.md"], 2, "no mark"),
        (["sample", "picture.png"], 1, "picture.png:1"),
        (["evaluate", "README.md", "README.md"], 1, "README.md"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_cli_errors_are_one_line_that_says_what_to_do(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    (tmp_path / "README.md").write_text("云岭市今年完成投资86亿元。", encoding="utf-8")
    (tmp_path / "records.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    done = _run(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sum(line.startswith(("ljnews:", "Error:")) for line in done.stderr.splitlines()) == 1
    assert len(done.stderr.splitlines()) == (1 if done.stderr.startswith("ljnews:") else 4)


def test_cli_what_failed_before_is_counted_and_listed(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "blank.html").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "note.docx").write_bytes(b"PK")
    first, again = (_run("extract", tmp_path, "-o", tmp_path / "x.sqlite", "--workers", "0") for _ in range(2))
    assert [done.returncode for done in (first, again)] == [1, 1]
    assert "1 articles done, 2 failed" in first.stderr
    assert "0 articles done, 1 unchanged, 2 failed before" in again.stderr
    assert "failed before: `ljnews query" in again.stderr
    listed = [json.loads(line) for line in _run("query", tmp_path / "x.sqlite", "--failures", "--format", "json").stdout.splitlines()]
    assert [row["error"] for row in listed] == ["InputBinary", "NoArticle"]
    nothing = _run("query", tmp_path / "x.sqlite", "--person", "没有")
    assert (nothing.stdout, nothing.stderr, nothing.returncode) == ("", "nothing found\n", 0)
    all_types = _run("query", tmp_path / "x.sqlite").stdout
    assert "总投资 · 250000000 CNY" in all_types


def test_cli_explain_shows_marks_rules_and_refusals(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(STORY, encoding="utf-8")
    shown = _run("explain", page).stdout
    assert "2.5亿元 = 250000000 CNY" in shown
    out = tmp_path / "a.html"
    assert _run("explain", page, "--html", out).returncode == 0
    html = out.read_text(encoding="utf-8")
    assert "<script" not in html
    assert re.search(r'<mark class="amounts"[^>]*>2\.5亿元</mark>', html)
    offset = json.loads(_run("extract", page).stdout)["amounts"][0]["evidence"]["start"]
    assert "kept     quantity" in _run("explain", page, "--at", str(offset)).stdout


def test_cli_explain_never_sends_control_characters(tmp_path: Path) -> None:
    page = _lines(tmp_path / "a.jsonl", "县长\u202e王明\x1b[31m说,总投资2.5亿元。")
    done = _run("explain", page)
    assert "\u202e" not in done.stdout
    assert "\\u202e" in done.stdout


def test_cli_explain_html_escapes_what_the_page_says(tmp_path: Path) -> None:
    page = _lines(tmp_path / "a.jsonl", '<script>pwn=1</script>总投资2.5亿元的"><img src=x onerror=pwn=1>项目。')
    _run("explain", page, "--html", tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html


def test_cli_demo_writes_facts_anywhere(tmp_path: Path) -> None:
    done = _run("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("官员", "数量", "项目", "目标", "Try next"))
    with sqlite3.connect(tmp_path / "ljnews-demo.sqlite") as db:
        assert db.execute("select count(*) from amounts").fetchone()[0] > 100


def test_cli_sample_is_the_same_twice_and_scores_marks(tmp_path: Path) -> None:
    source, records = _lines(tmp_path / "a.jsonl", STORY, "占地86亩。"), tmp_path / "r.jsonl"
    _run("extract", source, "-o", records)
    assert _run("sample", records, "-o", tmp_path / "s.csv").returncode == 0
    _run("sample", records, "-o", tmp_path / "t.csv")
    sheet = (tmp_path / "s.csv").read_text(encoding="utf-8-sig")
    assert sheet == (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    head, *rows = sheet.splitlines()
    marked = [head] + [("1" if i else "0") + row for i, row in enumerate(rows)]
    (tmp_path / "s.csv").write_text("\n".join(marked), encoding="utf-8")
    table = _run("sample", "--marked", tmp_path / "s.csv").stdout
    assert "95% interval" in table
    assert "amounts" in table


def test_cli_sample_takes_a_store_and_a_sheet_from_a_chinese_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    assert _run("extract", tmp_path / "a.txt", "-o", tmp_path / "x.sqlite").returncode == 0
    assert _run("export", tmp_path / "x.sqlite", "--to", "-").stdout.startswith('{"schema_version"')
    sheet = tmp_path / "sheet.csv"
    assert _run("sample", tmp_path / "x.sqlite", "-o", sheet).returncode == 0
    text = sheet.read_text(encoding="utf-8-sig").replace("\n,", "\n对,")
    sheet.write_text(text, encoding="gb18030")
    assert " 1.000  " in _run("sample", "--marked", sheet).stdout


def test_cli_evaluate_scores_and_lists_errors(tmp_path: Path) -> None:
    source, records, gold = _lines(tmp_path / "a.jsonl", "占地86亩。"), tmp_path / "r.jsonl", tmp_path / "g.json"
    _run("extract", source, "-o", records)
    item = {"surface": "86亩", "context": "占地86亩", "kind": "area", "value": "57333.33", "unit": "m2"}
    gold.write_text(json.dumps({"id": "0", "amounts": [item, {**item, "surface": "7亩", "context": "7亩"}]}), encoding="utf-8")
    done = _run("evaluate", records, gold, "--errors")
    assert "gold: 0: amounts: «7亩» is not in the text" in done.stderr
    assert re.search(r"amounts +1\.000 +0\.500", done.stdout)


def test_cli_control_c_in_a_pipe_is_quiet(tmp_path: Path) -> None:
    source = _lines(tmp_path / "a.jsonl", *[STORY] * 3)
    done = subprocess.run(
        f"{sys.executable} -m ljnews.cli extract {source} | head -c 1", shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert "Traceback" not in done.stderr

"""The corpus is sound: pages decode as their gold says, and every quote of gold stands in the article that is read from the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ljnews.evaluate import gold as gold_module
from ljnews.layout import read
from ljnews.records import Page
from tests.conftest import ROOT

GOLD = sorted((ROOT / "corpus" / "gold").glob("*.json"))


def _page(path: Path) -> tuple[dict, bytes]:
    one = json.loads(path.read_text(encoding="utf-8"))
    return one, (path.parent / one["file"]).read_bytes()


def test_corpus_has_pages_and_gold_for_each() -> None:
    pages = {p.stem for p in (ROOT / "corpus" / "pages").glob("*.html")}
    assert pages == {p.stem for p in GOLD}
    assert len(pages) >= 24
    styles = {json.loads(p.read_text(encoding="utf-8"))["style"] for p in GOLD}
    assert len(styles) >= 8


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_corpus_page_decodes_and_gold_stands_in_the_text(path: Path) -> None:
    one, content = _page(path)
    content.decode(one["charset"])
    (gold,) = gold_module.read([path])
    article = read(Page(input=path.stem, content=content))
    assert gold_module.problems(gold, article.text) == []

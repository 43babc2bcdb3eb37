"""The offset law: a fact's span is its text, in the article, in JSON, and in a browser's UTF-16 (RELIABILITY P8)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljnews.layout.read import read
from ljnews.records import ArticleRecord, Page
from tests.layout.sentences import sentences

FACTS = [
    "县委书记𬭎长河说，项目总投资12.5亿元，力争年底建成投产。",
    "🎉8月4日，临江大道二期工程开工，占地320亩。",
    "（记者 舒 岩 通讯员 罗绍文）",
    "副县长欧阳㛃、局长石三参加调研，要求9月底前完成投资2.1亿元。",
    "👩‍🌾合作社种了三百二十亩黄精，每亩增收2000余元。",
    *sentences(12),
]
DIRT = ["", "𠮷", "\u200b", "\u202e", "é́", "👨‍👩‍👧", "　", "\xa0"]
TEXTS = st.lists(st.tuples(st.sampled_from(FACTS), st.sampled_from(DIRT)), min_size=2, max_size=8)


def utf16(text: str, start: int, end: int) -> str:
    """What a browser highlights for code point offsets, by way of its own UTF-16 offsets."""
    before = len(text[:start].encode("utf-16-le")) // 2
    inside = len(text[start:end].encode("utf-16-le")) // 2
    return text.encode("utf-16-le")[before * 2 : (before + inside) * 2].decode("utf-16-le")


def check(pieces: list[tuple[str, str]], nlp: Any) -> None:
    """Read a page made of the pieces, and hold every span of its record to its text."""
    from ljnews.run.process import analyse

    body = "".join(f"<p>　　{dirt}{fact}{dirt}</p>" for fact, dirt in pieces)
    article = read(Page(input="p", content=f"<html><body><h1>𬭎桥🎉通车</h1><p>2022-08-05</p><div class=content>{body}</div>".encode()))
    record, _ = analyse(article, nlp)
    loaded = ArticleRecord.model_validate_json(json.dumps(json.loads(record.model_dump_json()), ensure_ascii=False))
    text = loaded.article.text
    spans = list(loaded.evidences())
    assert spans
    for span in spans:
        assert text[span.start : span.end] == span.text == utf16(text, span.start, span.end)
    for section in loaded.article.sections:
        assert 0 <= section.start <= section.end <= len(text)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_span_is_its_text(pipeline: Any, pieces: list[tuple[str, str]]) -> None:
    check(pieces, pipeline)


@pytest.mark.soak
@given(TEXTS)
@settings(max_examples=10_000, deadline=None)
def test_every_span_is_its_text_long(pipeline: Any, pieces: list[tuple[str, str]]) -> None:
    check(pieces, pipeline)


@pytest.fixture(scope="module")
def pipeline(nlp: Any) -> Any:
    """The default pipeline, for tests that hypothesis repeats."""
    return nlp

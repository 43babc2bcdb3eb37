"""A text wrapped into any page style and charset comes back the same: no labels needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ljnews.layout import byline, given
from ljnews.layout.read import read
from ljnews.layout.space import squeeze
from ljnews.records import Page
from tests.layout.sentences import sentences
from tests.layout.styles import FURNITURE, STYLES, Written, render

CHARSETS = ["utf-8", "gb18030", "utf-16-le"]
OWN = Written(
    "全镇粮食总产量再创新高", "江阳日报", [*sentences(6), "一、抓好春耕", *sentences(200)[120:126], "（记者 闻人夏 通讯员 谷雨）"]
)


def _encoded(page: str, charset: str) -> bytes:
    return page.encode(charset, "xmlcharrefreplace")


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_own_text_in_every_style_and_charset(style: str, charset: str) -> None:
    article = read(Page(input=style, content=_encoded(render(style, OWN), charset)))
    assert article.text.split("\n") == [OWN.title, *(squeeze(p) for p in OWN.paragraphs)]
    assert article.title == OWN.title
    assert article.source == OWN.source
    assert article.published_at is not None
    assert article.published_at.startswith("2022-08-05T15:56")
    assert [c.name for c in article.reporters] == ["闻人夏", "谷雨"]
    assert not [s for s in FURNITURE if s in article.text]


@pytest.mark.parametrize("style", sorted(set(STYLES) - {"phpcms", "one_block"}))
def test_the_editor_of_a_page_is_found(style: str) -> None:
    page = render(style, OWN)
    if OWN.editor in page:
        assert OWN.editor in [c.name for c in read(Page(input=style, content=page.encode())).editors]


@pytest.mark.parametrize("style", sorted(STYLES))
def test_one_short_paragraph_is_enough(style: str) -> None:
    short = Written("我县召开防汛会议", "江阳日报", ["昨日，我县召开防汛会议，部署汛期工作。"])
    assert read(Page(input=style, content=render(style, short).encode())).text == "我县召开防汛会议\n昨日，我县召开防汛会议，部署汛期工作。"


def _articles(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _given_lines(row: dict[str, Any]) -> list[str]:
    """The lines of the plain text; editor lines apart, which the layout stage takes to the article's editors."""
    text = given(Page(input="plain", given={"title": row["title"], "text": row["text"]})).text
    lines = [squeeze(line) for line in text.split("\n") if squeeze(line)]
    kept = [line for line in lines if not byline.is_editor_line(line)]
    return kept if len(kept) > 1 else ["本日财经快讯", *kept]


@pytest.mark.shared
@pytest.mark.parametrize("style", sorted(STYLES))
def test_real_texts_come_back_the_same(shared: Path, style: str) -> None:
    wrong = []
    for number, row in enumerate(_articles(shared)):
        lines = _given_lines(row)
        content = _encoded(render(style, Written(lines[0], "江阳日报", lines[1:])), CHARSETS[number % len(CHARSETS)])
        if read(Page(input=style, content=content)).text.split("\n") != lines:
            wrong.append(row["id"])
    assert wrong == (["eb-ff8080812f588033012f6788d68805c8"] if style == "nested_boxes" else [])


@pytest.mark.shared
def test_real_texts_give_the_same_facts(shared: Path, nlp: Any) -> None:
    from ljnews.run.process import analyse

    for number, row in enumerate(_articles(shared)[::3]):
        lines = _given_lines(row)
        style = sorted(STYLES)[number % len(STYLES)]
        page = read(Page(input_id="x", input="x", content=render(style, Written(lines[0], "江阳日报", lines[1:])).encode()))
        plain = given(
            Page(
                input_id="x",
                input="x",
                given={"title": lines[0], "text": "\n".join(lines[1:]), "date": page.published_at, "source": page.source},
            )
        )
        page = page.model_copy(update={"sections": plain.sections})
        ours, theirs = (json.loads(analyse(a, nlp)[0].model_dump_json()) for a in (page, plain))
        for kind in ("officials", "people", "amounts", "projects", "targets"):
            assert ours[kind] == theirs[kind], (row["id"], style, kind)

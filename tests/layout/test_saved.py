"""Text saved from a page, and the seed page the project began with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ljnews.layout.read import read
from ljnews.records import Page
from tests.layout.sentences import sentences

TEXT = sentences(4)
SAVED = "\n".join(
    [
        "当前位置：首页 > 江阳网 > 时政 > 正文", "", "全镇粮食总产量再创新高", "2022-08-05 15:56   来源:江阳日报   编辑：顾小满", "", "  全镇粮食总产量再创新高", "",
        "  ——访江阳镇党委书记闻人夏", "", *(f"　　{t}\n" for t in TEXT[:2]), "（记者 舒岩）", "", "■部门声音", "", "水利设施全线检修", "", *(f"　　{t}\n" for t in TEXT[2:]),
        "相关热词搜索：", "上一篇：老街改造", "下一篇：夜市开张", "分享到: 收藏", "热点聚焦",
    ]
)  # fmt: skip


def test_a_saved_page_is_read_like_a_page() -> None:
    article = read(Page(input="p.txt", content=SAVED.encode()))
    assert article.title == "全镇粮食总产量再创新高"
    assert article.subtitle == "访江阳镇党委书记闻人夏"
    assert (article.published_at, article.source) == ("2022-08-05T15:56:00+08:00", "江阳日报")
    assert article.channel == ["首页", "江阳网", "时政", "正文"]
    assert [c.name for c in article.reporters] == ["舒岩"]
    assert [c.name for c in article.editors] == ["顾小满"]
    assert [(s.kind, s.heading, s.title) for s in article.sections] == [
        ("main", None, "全镇粮食总产量再创新高"), ("related", "部门声音", "水利设施全线检修"),
    ]  # fmt: skip
    assert article.text.split("\n") == [
        "全镇粮食总产量再创新高", "——访江阳镇党委书记闻人夏", *TEXT[:2], "（记者 舒岩）", "■部门声音", "水利设施全线检修", *TEXT[2:],
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_saved_text_may_have_any_charset(charset: str) -> None:
    assert read(Page(input="p.txt", content=SAVED.encode(charset))).title == "全镇粮食总产量再创新高"


def test_plain_prose_is_a_text_without_a_headline() -> None:
    article = read(Page(input="p.txt", content=TEXT[0].encode()))
    assert article.title is None
    assert article.text == TEXT[0]


@pytest.mark.shared
def test_the_seed_page(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "seed.json").read_text(encoding="utf-8"))["article"]
    (file,) = (shared / "seed").glob("*.txt")
    article = read(Page(input=str(file), content=file.read_bytes()))
    for key in ("title", "subtitle", "published_at", "source", "site", "channel"):
        assert getattr(article, key) == gold[key], key
    assert [c.model_dump() for c in article.reporters] == gold["reporters"]
    assert [{"kind": s.kind, "heading": s.heading, "title": s.title} for s in article.sections] == gold["sections"]
    assert not [s for s in gold["not_in_text"] if s in article.text]
    raw = [re.sub(r"\s+", "", line) for line in file.read_text(encoding="utf-8").split("\n")]
    assert all(re.sub(r"\s+", "", line) in raw for line in article.text.split("\n"))

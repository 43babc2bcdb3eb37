"""Pages whose article stands in a script, a hidden field or a template, for the page's own script to draw."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from ljnews.errors import NoArticle
from ljnews.layout.read import read
from ljnews.records import Article, Page

TITLE = "栖霞湾渔港改造提前完工"
FIRST = "本报讯（记者 屈万山）12月3日，栖霞湾渔港改造工程通过验收，比计划提前40天，新增泊位26个。"
LAST = "县农业农村局局长麦穗说：“明年开海前，冷库和“渔民之家”都要用起来。”"
MARKUP = f'<p style="text-indent:2em">{FIRST}</p><p>{LAST}</p>'


def article(body: str, head: str = "<title>详情</title>") -> Article:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read(Page(input="a", url="https://www.example.cn/detail?id=8", content=page.encode()))


def state(**more: object) -> dict[str, object]:
    return {"code": 0, "data": {"title": TITLE, "source": "栖霞日报", "publishTime": "2024-12-04 08:15:20", "content": MARKUP, **more}}


SHELLS = {
    "state": f"<script>window.__INITIAL_STATE__ = {json.dumps(state(), ensure_ascii=False)};</script>",
    "state in escapes": f"<script>window.__STATE__ = {json.dumps(state())}</script>",
    "state as one string": f"<script>var detail = {json.dumps(json.dumps(state(), ensure_ascii=False), ensure_ascii=False)};</script>",
    "markup escaped": f"<script>var d = {json.dumps(state(), ensure_ascii=False).replace('<', chr(92) + 'u003c').replace('>', chr(92) + 'u003e')};</script>",
    "variables": f"<script>var title='{TITLE}'; var source='栖霞日报'; var pubtime='2024-12-04 08:15:20'; var contentTxt='{MARKUP}';</script>",
    "address coded": f'<script>var title="{TITLE}", source="栖霞日报", pubTime="2024-12-04 08:15:20", content = decodeURIComponent("x"), contentHtml = "{quote(MARKUP)}";</script>',
    "field": (
        f'<input type="hidden" id="title" value="{TITLE}"><input type="hidden" id="source" value="栖霞日报">'
        f'<input type="hidden" name="pubtime" value="2024-12-04 08:15:20">'
        f'<textarea id="content" style="display:none">{MARKUP.replace("<", "&lt;").replace(">", "&gt;")}</textarea>'
    ),
    "template": (
        f'<script>var docTitle="{TITLE}", source="栖霞日报", pubDate="2024-12-04 08:15:20";</script>'
        f'<script type="text/template" id="body">{MARKUP}</script>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("shell", SHELLS)
def test_scripted_article_is_read_like_a_drawn_one(shell: str) -> None:
    found = article(f'<div class="nav"><a href="/">首页</a></div><div id="app"></div>{SHELLS[shell]}<div>栖霞湾融媒 版权所有</div>')
    assert found.text.split("\n") == [TITLE, FIRST, LAST]
    assert (found.title, found.source, found.published_at) == (TITLE, "栖霞日报", "2024-12-04T08:15:20+08:00")
    assert [c.name for c in found.reporters] == ["屈万山"]


def test_scripted_time_may_be_in_seconds() -> None:
    body = f"<div id=app></div><script>var s={json.dumps(state(publishTime='', pubtime=None, releaseTime='1733271320000'))}</script>"
    assert article(body).published_at == "2024-12-04T08:15:20+08:00"


def test_scripted_text_without_markup_keeps_its_lines() -> None:
    found = article(f"<div id=app></div><script>var s={json.dumps(state(content=f'{FIRST}{chr(10)}　　{LAST}'))}</script>")
    assert found.text.split("\n") == [TITLE, FIRST, LAST]


def test_scripted_text_does_not_displace_a_drawn_one() -> None:
    drawn = (
        "<h1>芦花滩湿地候鸟过万</h1><div>2024-11-02 来源：芦台日报</div>"
        + "<p>11月1日，芦花滩湿地记录到候鸟一万二千余只，比去年同期增加三成，其中东方白鹳86只。</p>" * 4
    )
    found = article(f"{drawn}{SHELLS['state']}")
    assert "候鸟" in found.text
    assert "渔港" not in found.text


def test_scripted_page_without_a_text_is_no_article() -> None:
    with pytest.raises(NoArticle):
        article('<div id="app"></div><script>var content = "", html = "<p></p>", text = "加载中";</script>')


@pytest.mark.parametrize(
    "broken", ['<script>var content = "' + "字" * 500, "<textarea id=content>" + "字" * 500, '<template id="content"><p>' + "字，" * 500]
)
def test_scripted_value_that_never_closes_ends_typed(broken: str) -> None:
    try:
        found = article(f"<div id=app></div>{broken}")
    except NoArticle:
        return
    assert found.text

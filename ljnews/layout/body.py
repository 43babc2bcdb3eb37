"""From the lines of the container to the lines of the article: the head is read and taken off, furniture goes, the tail is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ljnews.layout import byline, furniture, info
from ljnews.layout.space import bare
from ljnews.layout.strip import Line
from ljnews.records import Credit

_DASHED = re.compile(r"^[—―─\-－–]{1,4}\s*(?P<text>[^—―─\-－–].{3,80})$")
_SUMMARY = re.compile(r"^[【\[]?\s*(?:摘要|导读|内容摘要|内容提要|导语|简介|文章摘要|内容导读)\s*(?:[】\]]|[:：])")
_STOP = re.compile(
    r"^(?:相关(?:新闻|阅读|文章|链接|推荐|报道|附件|稿件)|延伸阅读|推荐阅读|热点(?:新闻|推荐|聚焦)|猜你喜欢|网友评论|热门评论|最新评论|精选留言|留言|上一[篇条页]|下一[篇条页]|上[篇条][:：]|下[篇条][:：]"
    r"|免责声明|版权声明|特别声明|分享到|[【\[]?(?:关闭|打印)(?:本页|窗口)|相关热词|正文已结束|扫一扫在手机打开)"
)
_ORIGINAL_TITLE = re.compile(r"^[\[【（(]?原(?:标题|题)\s*[:：为]")
_WAY_IN = 14  # lines of the container in which headline, info line and subtitle may stand


@dataclass(slots=True)
class Body:
    """The article's lines and what its head and tail said."""

    lines: list[Line]
    subtitle: str | None = None
    info: list[str] = field(default_factory=list)
    reporters: list[Credit] = field(default_factory=list)
    editors: list[Credit] = field(default_factory=list)
    tail_source: str | None = None


def clean(lines: list[Line], title: str | None, subtitle: str | None, kicker: str | None) -> Body:
    """Return the article's own lines."""
    body = Body([])
    rest = _take_head(lines, body, title, subtitle, kicker)
    total = sum(len(line.text) for line in rest if furniture.is_sentence(line.text)) or 1
    seen = 0
    for line in rest:
        if line.kind == "cell":
            body.lines.append(line)
            continue
        if _STOP.match(line.text) and seen * 10 >= total * 7 and not furniture.is_sentence(line.text):
            break
        if _keeps(line, body):
            body.lines.append(line)
        if furniture.is_sentence(line.text):
            seen += len(line.text)
    _trim_tail(body)
    return body


def _take_head(lines: list[Line], body: Body, title: str | None, subtitle: str | None, kicker: str | None) -> list[Line]:
    """Take headline, 副题, 引题 and info lines off the container's first lines."""
    kept: list[Line] = []
    keys = {bare(t) for t in (title, subtitle, kicker) if t}
    for n, line in enumerate(lines):
        if n >= _WAY_IN or (furniture.is_sentence(line.text) and len(line.text) > 40):
            return kept + lines[n:]
        if line.kind in ("caption", "cell"):
            kept.append(line)
            continue
        dashed = _DASHED.match(line.text)
        if bare(line.text) in keys or _ORIGINAL_TITLE.match(line.text):
            continue
        if dashed and not body.subtitle and not subtitle and n < 4 and not kept:
            body.subtitle = line.text
        elif info.looks_like(line.text) and not furniture.is_sentence(line.text):
            body.info.append(line.text)
        else:
            kept.append(line)
    return kept


def _keeps(line: Line, body: Body) -> bool:
    """Whether a line is the article's; editor and source lines are read before they go."""
    text = line.text
    if byline.is_editor_line(text):
        reporters, editors = byline.credits(text)
        body.editors += editors
        body.reporters += reporters
        body.tail_source = body.tail_source or info.source_in(text)
        return False
    if furniture.is_furniture(text):
        body.tail_source = body.tail_source or info.source_in(text)
        return False
    if _SUMMARY.match(text) or _ORIGINAL_TITLE.match(text):
        return False
    return not (line.links * 10 >= len(text) * 7 and not text.endswith(("。", "！", "？", "”")))


def _trim_tail(body: Body) -> None:
    """Cut what stands after the last prose, but for signatures, dates and bylines."""
    last = max((n for n, line in enumerate(body.lines) if line.kind == "cell" or furniture.is_sentence(line.text) or line.text.endswith("。")), default=-1)
    if last < 0:
        return
    kept = body.lines[: last + 1]
    for line in body.lines[last + 1 :]:
        if line.links or len(line.text) > 60:
            break
        kept.append(line)
    body.lines = kept

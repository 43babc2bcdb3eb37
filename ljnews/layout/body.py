"""From the lines of the container to the lines of the article: the head is taken off, furniture goes, the tail is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ljnews.layout import byline, furniture, info
from ljnews.layout.space import bare
from ljnews.layout.strip import Line
from ljnews.records import Credit

_DASHED = re.compile(r"^[—―─－–-]{1,4}\s*(?P<text>[^—―─－–\s-].{3,80})$")
_SUMMARY = re.compile(r"^[【\[]?\s*(?:AI)?(?:摘\s*要|导读|导\s?语|内容摘要|内容提要|简介|文章摘要|内容导读|智能摘要)\s*(?:[】\]]|[:：]|$)")
_ORIGINAL_TITLE = re.compile(r"^[\[【（(]?原(?:标题|题)(?:\s*[:：为]|《)")
_STOP = re.compile(
    r"^[【\[■◆●]?\s*(?:相关(?:新闻|阅读|文章|链接|推荐|报道|附件|稿件|信息|内容|专题)|延伸阅读|推荐阅读|热点(?:新闻|推荐|聚焦)|猜您?你?(?:喜欢|感兴趣)|(?:网友|热门|最新|精彩)评论|精选留言|留言|往期(?:推荐|精彩|回顾)|"
    r"上一[篇条页]|下一[篇条页]|上[篇条][:：]|下[篇条][:：]|前一篇|后一篇|免责声明|版权(?:与免责|及免责)?声明|特别声明|分享到|[【\[]?(?:关闭|打印|返回)(?:本页|窗口|本文|顶部|列表)|相关热词|正文已结束|扫一扫在手机|"
    r"更多[^，。]{0,8}(?:[>》]+|$)|[—\-=~·\s]{0,9}(?:END|End|完)[—\-=~·\s]{1,9}$|END$|查看更多|收藏成功|我要(?:评论|纠错|留言))"
)
_LEAD_IN = re.compile(r"(?:(?:此前|相关|更多|延伸|推荐|链接|详见|参见|点击进入|前情)[\u4e00-\u9fff]{0,4}[:：]\s*)?")
_ENDING = re.compile(r"[。！？!?…”）)；]$")
_LABEL_SIZE = 12  # what stands above the headline inside its box and is no longer is a channel's name or a label
_WAY_IN = 14  # lines of the container in which headline, info line and subtitle may stand


@dataclass(slots=True)
class Body:
    """The article's lines and what its head and tail said."""

    lines: list[Line]
    subtitle: str | None = None
    info: list[str] = field(default_factory=list)
    reporters: list[Credit] = field(default_factory=list)
    editors: list[Credit] = field(default_factory=list)
    source: str | None = None


def clean(lines: list[Line], title: str | None, subtitle: str | None, kicker: str | None) -> Body:
    """Return the article's own lines. Where none of them is prose (a picture page, a link to a film) all but editor lines stay."""
    body = Body([])
    rest = _take_head(lines, body, title, subtitle, kicker)
    if not any(map(_prose, rest)):
        heads = {bare(t) for t in (title, subtitle, kicker) if t}
        body.lines = [line for line in lines if bare(line.text) not in heads and not _is_about(line.text)]
        return body
    cut = _cut(rest)
    rest, after = rest[:cut], rest[cut : cut + 12]
    for line in after:  # who edited often stands behind the end
        _keeps(line, body)
    kept = [line for line in rest if line.kind == "cell" or _keeps(line, body)]
    kept = _without_legal(kept)
    for line in kept:
        if line.links and line.kind == "text":
            line.text = _TAIL_LINK.sub("", line.text) or line.text
    body.lines = _without_link_heads(_trim_tail(kept))
    return body


_PROMOTION = re.compile(
    r"快来[^。]{0,12}(?:众测|体验|参与|报名|抢|看)|免费(?:试玩|领取|下载)|立即(?:下载|报名|参与|抢|购)|点击(?:下载|报名|参与|投票|领取)|【点击投票】"
)
_TAIL_LINK = re.compile(r"\s{0,9}(?:返回\S{0,8}首页\s{0,9}[>》]{0,2}|更多[^，。\s]{0,6}\s{0,9}[>》]{2}|\[查看原文\]|\[详细\])$")


def _prose(line: Line) -> int:
    return len(line.text) if line.kind == "cell" or (furniture.is_sentence(line.text) and line.links * 2 < len(line.text)) else 0


def _is_about(text: str) -> bool:
    """Whether a line says when, where from and by whom, or is a tool bar."""
    return (
        byline.is_editor_line(text)
        or (info.looks_like(text) and info.date_in(text) is not None)
        or (furniture.is_furniture(text) and "http" not in text)
    )


def _take_head(lines: list[Line], body: Body, title: str | None, subtitle: str | None, kicker: str | None) -> list[Line]:
    """Take headline, 副题, 引题 and info lines off the container's first lines."""
    kept: list[Line] = []
    keys = {bare(t) for t in (title, subtitle, kicker) if t}
    headline = next((n for n, line in enumerate(lines[:_WAY_IN]) if title and bare(line.text) == bare(title)), -1)
    for n, line in enumerate(lines):
        text = line.text
        if n >= _WAY_IN or (
            furniture.is_sentence(text)
            and (len(text) > 40 or (text[-1] == "。" and line.kind == "text"))
            and not byline.is_editor_line(text)
        ):
            return kept + lines[n:]
        if line.kind in ("caption", "cell"):
            kept.append(line)
        elif bare(text) in keys or _ORIGINAL_TITLE.match(text) or (n < headline and len(text) <= _LABEL_SIZE):
            continue
        elif _DASHED.match(text) and not body.subtitle and not subtitle and n < 5 and not kept and not text.endswith("。"):
            body.subtitle = text
        elif info.looks_like(text) and not byline.is_byline(text) and not byline.in_body(text):
            body.info.append(text)
        else:
            if body.info and not furniture.is_furniture(text) and (written := byline.only_names(text)):
                body.reporters += [Credit(name=name, role="作者") for name in written]
            kept.append(line)
    return kept


def take_headline(body: Body) -> str | None:
    """Take the first line off the text, where it can be the headline that the page states nowhere."""
    for n, line in enumerate(body.lines[: min(3, len(body.lines) - 1)]):  # the last line is text
        text = line.text
        short = line.kind in ("text", "heading") and 8 <= len(text) <= 60 and " / " not in text
        prose = _ENDING.search(text) or furniture.is_sentence(text) or byline.is_byline(text) or info.looks_like(text)
        if short and not prose:
            body.lines[: n + 1] = [one for one in body.lines[:n] if one.kind == "caption"]
            return text
    return None


def _cut(lines: list[Line]) -> int:
    """Where the article ends: a line that opens what follows articles, with most of the prose before it."""
    counted = [0 if furniture.is_furniture(line.text) or furniture.is_legal(line.text) else _prose(line) for line in lines]
    total = sum(counted) or 1
    seen = 0
    for n, line in enumerate(lines):
        ends = _STOP.match(line.text) or furniture.is_list_head(line.text)
        if seen * 10 >= total * 6 and line.kind != "cell" and ends and not _prose(line):
            after = [other for other in lines[n + 1 : n + 4] if _prose(other) and not other.links and _whole_sentence(other.text)]
            if not (after and line.text.startswith(("相关", "延伸", "■", "◆", "●")) and total - seen > 60):
                return n
        seen += counted[n]
    return len(lines)


def _whole_sentence(text: str) -> bool:
    """Whether prose is more than a headline with a comma in it."""
    return len(text) > 60 or text.endswith(("。", "！", "？", "”", "）"))


def _keeps(line: Line, body: Body) -> bool:
    """Whether a line is the article's; editor and source lines are read before they go."""
    text = line.text
    furnished = furniture.is_furniture(text)
    if byline.is_editor_line(text) or (furnished and byline.names_editor(text)):
        reporters, editors = byline.credits(text)
        body.editors += editors
        body.reporters += reporters
        body.source = body.source or info.source_in(text)
        return False
    if byline.is_labelled_byline(text):
        body.reporters += byline.credits(text)[0]
        return False
    if furnished:
        body.source = body.source or info.source_in(text)
        return False
    if len(text) <= 120 and "。" not in text and info.date_in(text) and info.source_in(text):
        body.info.append(text)
        return False
    if _SUMMARY.match(text) or _ORIGINAL_TITLE.match(text):
        return False
    if line.links * 10 >= (len(text) - len(_LEAD_IN.match(text).group())) * 7:  # type: ignore[union-attr]
        return line.kind == "caption" or (len(text) > 20 and text.endswith(("。", "！", "？")))
    return not (line.links and len(text) < 160 and _PROMOTION.search(text))


def _without_legal(lines: list[Line]) -> list[Line]:
    """Drop what a site says of its rights behind most of the prose."""
    total, seen, kept = sum(map(_prose, lines)), 0, []
    for line in lines:
        if not (seen * 10 >= total * 6 and line.kind == "text" and furniture.is_legal(line.text)):
            kept.append(line)
        seen += _prose(line)
    return kept


def _trim_tail(lines: list[Line]) -> list[Line]:
    """Cut what stands after the last prose, but for signatures, dates and bylines of the same box."""
    last = max((n for n, line in enumerate(lines) if _prose(line) or _ENDING.search(line.text)), default=-1)
    if last < 0:
        return lines
    kept = lines[: last + 1]
    home = _home(kept)
    for line in lines[last + 1 :]:
        if line.links * 2 >= len(line.text) or len(line.text) > 60 or (home is not None and line.box != home):
            break
        kept.append(line)
    if home is None:
        return kept
    while len(kept) > 1 and kept[-1].kind == "text" and kept[-1].box != home and len(kept[-1].text) * 8 < sum(map(_prose, kept)):
        if not any(line.box == home for line in kept[-3:-1]):
            break
        kept.pop()
    return kept


def _home(lines: list[Line]) -> int | None:
    """The box that holds four fifths of the prose, where there is one."""
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.box] = sums.get(line.box, 0) + _prose(line)
    box = max(sums, key=lambda b: sums[b])
    return box if sums[box] * 5 >= sum(sums.values()) * 4 else None


def _without_link_heads(lines: list[Line]) -> list[Line]:
    """Drop headings that are left without their list («相关新闻：» before nothing but links)."""
    return [line for n, line in enumerate(lines) if not (furniture.is_list_head(line.text) and not _follows_prose(lines, n))]


def _follows_prose(lines: list[Line], n: int) -> bool:
    return any(_prose(line) for line in lines[n + 1 : n + 4])

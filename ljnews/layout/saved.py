"""Text saved from a page: breadcrumb, headline, info line, subtitle, body, then what stood around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ljnews.errors import NoArticle
from ljnews.layout import body as bodies
from ljnews.layout import byline, furniture, info, metadata, sections
from ljnews.layout.space import bare, squeeze
from ljnews.layout.strip import Line
from ljnews.layout.words import alternation, lexicon
from ljnews.records import Article, Page

_POSITION = re.compile(r"^.{0,8}(?:位置|导航|路径)\s*[:：是]?\s*")
_CRUMB = re.compile(r"^(?:.{0,8}位置\s*[:：是]?\s*)?[^。，>＞›»→]{2,22}(?:[>＞›»→]{1,3}[^。，>＞›»→]{1,24}){1,8}$")
_SLASHED = re.compile(r"^(?:网站|本网)?(?:首页|主页)(?:\s?/\s?[\u4e00-\u9fff]{2,12}){1,5}$")
_MARKDOWN = re.compile(r"^(?:#{1,6}|>)\s+")
_LABEL = re.compile(r"^(?:标题|题目|主题)\s*[:：]\s*")
_BRACKET = re.compile(r"^[【\[][^】\]]{2,10}[】\]]\s*")
_NAVIGATION = re.compile(
    r"^(?:[\u4e00-\u9fffA-Za-z]{2,8}\s?[|｜丨·]\s?){3,}[\u4e00-\u9fffA-Za-z]{0,8}$|^(?:[\u4e00-\u9fffA-Za-z]{2,8}\s{1,3}){4,}[\u4e00-\u9fffA-Za-z]{0,8}$"
    r"|^(?:[\u4e00-\u9fff]\s{1,5}){5,}|^(?:请?登录|(?:免费)?注册)?[\s|/]{0,3}(?:登录|注册)$|A-\s?A\+|^-\s?\+1$"
    r"|^(?:首页|主页|搜索|客户端|手机版|无障碍|正文)[:：]?$"
)
# Rows of the index table above official documents, and what stands in a printed paper's head.
_INDEX = re.compile(
    r"^(?:索引号?|发布机构|发文机[关构]|名称|标题|文号|发文字号|分类|主题|公开|生成日期|发文日期|成文日期|有效性|组配|服务对象)"
)
_PAPER_HEAD = re.compile(
    r"^今日\s?\d{1,3}\s?版|第\s?\d{2,6}\s?期|^(?:第\s?)?[A-Z]?\d{1,2}\s?版(?:\s|[:：]|$)|(?:主办|主管)$|国内统一|邮发代号"
)
_MEDIUM = re.compile(rf"^[\u4e00-\u9fff]{{2,10}}(?:{alternation('media')})(?:官方账号|官方微博)?$")
_LONG_HEAD = 40  # lines above the text that are looked at


def read(page: Page, string: str) -> Article:
    """Return the article of a saved text."""
    from ljnews.layout.reader import bare_subtitle, finish

    lines = [Line(text) for text in _whole(_plain(string.split("\n")))]
    title, kicker, subtitle, channel, around = _head(lines)
    body = bodies.clean(lines, title, subtitle, None)
    subtitle = subtitle or body.subtitle
    if not body.lines:
        raise NoArticle(f"{page.input}: no running text", input=page.input)
    around += body.info
    text, pieces = sections.assemble(title, subtitle, body.lines)
    reporters, editors = list(body.reporters), list(body.editors)
    for line in around:
        found = info.parse(line)
        reporters += found.reporters
        editors += found.editors
    for one in body.lines:
        reporters += byline.in_body(one.text)
    source = next((s for line in around if (s := info.source_in(line))), None) or body.source
    source = source or next((s for line in around if (s := info.bare_source(line))), None)
    return finish(
        page, text,
        title=title, kicker=kicker, subtitle=bare_subtitle(subtitle),
        published_at=next((d for line in around if (d := info.date_in(line))), None) or page.assume_date, source=source,
        site=metadata.site({}, "", title, channel), channel=channel, reporters=byline.unique(reporters), editors=byline.unique(editors),
        keywords=[], sections=pieces,
    )  # fmt: skip


def _plain(raw: list[str]) -> list[str]:
    """The lines that are not empty; marks of Markdown go where a headline has them."""
    texts = [text for one in raw if (text := squeeze(one))]
    if not any(text.startswith("# ") for text in texts[:5]):
        return texts
    return [_MARKDOWN.sub("", text).replace("**", "") for text in texts]


def _whole(texts: list[str]) -> list[str]:
    """The lines, a label that stands alone («责任编辑：») put together with its value."""
    whole: list[str] = []
    for text in texts:
        label = whole[-1].rstrip(":：") if whole and whole[-1].endswith((":", "：")) else ""
        if label and lexicon("labels").klass(bare(label)) in ("source", "office", "date", "author", "editor") and len(text) <= 30:
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _crumbs(line: str) -> list[str]:
    """The items of a breadcrumb («首页 > 南充经济网 > 时政要闻 > 正文»), none for any other line."""
    if _SLASHED.match(line):
        return [item for item in re.split(r"\s*/\s*", line) if item]
    if not _CRUMB.match(line):
        return []
    return [item for item in re.split(r"\s*[>＞›»→]+\s*", _POSITION.sub("", line)) if item]


class _Head(NamedTuple):
    """What stands above the text."""

    title: str | None
    kicker: str | None
    subtitle: str | None
    channel: list[str]
    around: list[str]  # the info lines


def _head(lines: list[Line]) -> _Head:
    """Take what stands above the text off the lines: breadcrumb, navigation, kicker, headline, info lines. Subtitle and bylines stay."""
    channel: list[str] = []
    above, end = lines[:_LONG_HEAD], 0
    while end < len(above) and not _opens_text(above[end].text):
        channel = _crumbs(above[end].text) or channel
        end += 1
    texts = [line.text for line in above[:end]]
    infos = [n for n, text in enumerate(texts) if _informs(text)]
    chosen = _headline(texts, infos)
    around = [texts[n] for n in infos]
    if chosen < 0:
        del lines[: max(infos, default=-1) + 1]
        return _Head(None, None, None, channel, around)
    title = _LABEL.sub("", texts[chosen])
    before = [text for n, text in enumerate(texts[:chosen]) if n not in infos and _is_title(text)]
    around += [text for text in texts[:chosen] if info.bare_source(text) and text not in around and not text.endswith(("主办", "主管"))]
    kicker = before[0] if len(before) == 1 and not _crumbs(before[0]) and chosen and texts[chosen - 1] == before[0] else None
    kept = [line for n, line in enumerate(above[chosen + 1 : end], chosen + 1) if n not in infos and _stays(line.text, title)]
    around += [text for text in texts[chosen + 1 :] if text not in around and _MEDIUM.match(text)]
    subtitle = texts[chosen + 1] if infos and chosen + 2 == infos[0] and _is_title(texts[chosen + 1]) else None
    lines[:end] = [line for line in kept if line.text != subtitle]
    return _Head(title, kicker, subtitle, channel, around)


def _opens_text(text: str) -> bool:
    """Whether a line is the first of the text."""
    prose = furniture.is_sentence(text) and (len(text) > 40 or text[-1] in "。！？：”") and not _informs(text)
    return prose and not byline.is_editor_line(text) and not furniture.is_furniture(text) and not _NAVIGATION.search(text)


def _informs(text: str) -> bool:
    """Whether a line says when and where from: an info line of pages, or of a printed paper («江阳日报 2022年7月13日 第01版：要闻»)."""
    if byline.is_byline(text) and info.date_in(text) is None and info.source_in(text) is None:
        return False
    return info.looks_like(text) or (len(text) <= 60 and info.date_in(text) is not None and info.bare_source(text) is not None)


def _headline(texts: list[str], infos: list[int]) -> int:
    """Which line is the headline: the one above a dashed subtitle, the nearest above the info line, else the first below it. -1 for none."""
    found = [n for n, text in enumerate(texts) if n not in infos and _is_title(text)]
    if not found:
        return -1
    dash = next((n for n, text in enumerate(texts) if text.startswith(("—", "―", "──", "--")) and n - 1 in found), None)
    if dash is not None:
        return dash - 1
    above = [n for n in found if infos and n < infos[0]]
    if not above:
        return next((n for n in found if infos and n > infos[0]), found[0])
    last = above[-1]
    two = last - 1 in above and last - 2 not in above and len(above) == 2  # a headline of two lines, or one with its subtitle
    return last - 1 if two else last


def _is_title(text: str) -> bool:
    bare_text = _BRACKET.sub("", _LABEL.sub("", text))
    if not sections.is_headline(bare_text) or _NAVIGATION.search(text) or _crumbs(text) or _MEDIUM.match(text):
        return False
    if (_INDEX.match(bare(text)) and bare_text == text) or _PAPER_HEAD.search(text):
        return False
    return not (furniture.is_furniture(text) or byline.is_byline(text) or byline.is_editor_line(text) or text.startswith(("—", "―", "□")))


def _stays(text: str, title: str) -> bool:
    """Whether a line between headline and text is the article's."""
    dashed = text.startswith(("—", "―"))
    return (
        bare(text) != bare(title)
        and not _NAVIGATION.search(text)
        and not _MEDIUM.match(text)
        and (dashed or len(text) > 4)
        and not _crumbs(text)
    )

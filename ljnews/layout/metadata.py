"""What the page says about its article: headline, time, source, channel, site, keywords."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import NamedTuple

from ljnews.layout import furniture, info
from ljnews.layout.container import Container
from ljnews.layout.space import bare, squeeze, visible
from ljnews.layout.tree import Tree

_META = re.compile(r"<meta\s[^>]{0,2000}>", re.I)
_NAME = re.compile(r"""(?:name|property|itemprop)\s*=\s*["']?([^"'\s>]{2,60})""", re.I)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,600}?)</title", re.I | re.S)
# Keys of JSON-LD and of scripts under which pages keep their time, the surest first. Found by plain search: a pattern over 400 KB takes 40 ms.
_SCRIPT_KEYS = (
    "datePublished", "oriCreateTime", "var ct =", "var ct=", "publishTime", "publish_time", "publishDate", "publish_date", "pubDate", "pubdate", "pubtime",
    "pubTime", "PubDate", "pub_time", "createTime", "create_time", "ptime",
)  # fmt: skip
_SCRIPT_VALUE = re.compile(
    r"""["']?\s{0,3}[:=]?\s{0,3}(?:["']{2}\s*\|\|\s*)?["']?((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[^"',;}<]{0,14}|1\d{9}(?:\d{3})?(?!\d))"""
)
_DATE_NAMES = (
    "pubdate", "publishdate", "publish-date", "publish_date", "article:published_time", "og:time", "og:release_date", "weibo: article:create_at",
    "weibo:article:create_at", "publishtime", "publish_time", "datepublished", "bytedance:published_time", "dc.date", "createdate", "date", "release_date",
)  # fmt: skip
_SOURCE_NAMES = ("contentsource", "source", "article:source", "mediaid", "webmedia", "contentorigin", "og:article:source", "og:source")
_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "contenttitle", "weibo:article:title", "title")
_SPLIT = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—]{1,2}\s+|\s*-{1,3}\s*(?=[^-]{2,20}$)|\s*[–—]{1,2}\s*(?=[\u4e00-\u9fff]{2,10}(?:网|报|局|厅|政府|频道)$)")
_CRUMB_LABEL = re.compile(r"^.{0,6}(?:您|你)?(?:现在|当前|目前|所在)?的?(?:当前|所在)?(?:位置|导航|路径)(?:是|为)?\s*[:：]?\s*")
_CRUMB_SPLIT = re.compile(r"\s*(?:&gt;|>+|＞+|›|»|→|≫|/|\||—|::)\s*")
_CRUMB_BOX = re.compile(r"crumb|position|curpos|weizhi|location|mbx|dqwz|daohang|path|where|place")
_TITLE_BOX = re.compile(r"title|biaoti|bt\b|headline|tit\b|\bh1\b|newst\b|heading|subject|maintitle")
_SUB_BOX = re.compile(r"sub_?title|sub-title|fu_?biaoti|fbt\b|ftitle|subtitle|futi|vice|second_?title|\bsub\b|font02|title2|xbt")
_KICKER_BOX = re.compile(r"yin_?biaoti|intro_?title|introtitle|kicker|jianti|yinti|ybt\b|shoulder|pretitle|top_?title|jt\b")


class Head(NamedTuple):
    """The headline and where it stands among the page's blocks (-1: only in the markup's head)."""

    title: str | None
    block: int
    kicker: str | None
    subtitle: str | None


def metas(html: str) -> dict[str, str]:
    """Return the page's meta tags: name in lower case → content, the first of a name."""
    found: dict[str, str] = {}
    for match in _META.finditer(_head_of(html)):
        name, content = _NAME.search(match.group()), _CONTENT.search(match.group())
        if name and content:
            value = squeeze(unescape(content.group(1) or content.group(2) or ""))
            if value:
                found.setdefault(name.group(1).lower(), visible(value))
    return found


def _head_of(html: str) -> str:
    """The part of the page that holds its meta tags: up to the body, or the first 200,000 characters."""
    end = html.find("<body")
    end = end if end >= 0 else html.find("<BODY")
    return html[: end if 0 <= end else 200_000]


def page_title(html: str) -> str:
    """Return the text of `<title>`."""
    match = _TITLE.search(_head_of(html))
    return visible(squeeze(unescape(match.group(1)))) if match else ""


def first_meta(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of the named metas."""
    return next((meta[name] for name in names if meta.get(name)), None)


def published_elsewhere(meta: dict[str, str], html: str, url: str | None) -> str | None:
    """Return the time from meta tags, the URL or scripts (JSON-LD and variables), in that order of trust."""
    value = first_meta(meta, _DATE_NAMES)
    found = (info.date_in(value) or info.compact_date(value)) if value else None
    script = _from_script(html)
    if found is None and url:
        found = url_date(url)
    return better(found, script) if found else script


def better(first: str, second: str | None) -> str:
    """Return the first time, with the second's time of day where the first has none and the day is the same."""
    return second if second and len(first) == 10 and second.startswith(first) else first


def _from_script(html: str) -> str | None:
    """The time that JSON-LD or a script variable holds: printed, or in seconds since 1970."""
    for key in _SCRIPT_KEYS:
        at = html.find(key)
        while at >= 0:
            match = _SCRIPT_VALUE.match(html, at + len(key))
            if match:
                value = match.group(1)
                found = _from_seconds(value) if value.isdigit() else info.date_in(value)
                if found:
                    return found
            at = html.find(key, at + len(key))
    return None


def _from_seconds(value: str) -> str:
    moment = datetime.fromtimestamp(int(value[:10]), UTC) + timedelta(hours=8)
    return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00"


_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")


def url_date(url: str) -> str | None:
    """Return the day that a URL names (…/2022-08/05/…, …/t20220805_1.html)."""
    match = _URL_DATE.search(url)
    return info.stamp(*match.groups(), None, None, None) if match else None


def head(tree: Tree, container: Container, meta: dict[str, str], html_title: str) -> Head:
    """Return the headline as printed, with 引题 and 副题 beside it."""
    stated = [bare(t) for t in (meta.get("articletitle"), meta.get("og:title"), html_title) if t]
    best, where = 0.0, -1
    last = min(container.last, container.first + 12)
    for n, block in enumerate(tree.blocks[:last]):
        value = _title_score(tree, n, stated, container)
        if value > best:
            best, where = value, n
    if where < 0:
        text = meta.get("articletitle") or without_suffix(html_title) or meta.get("og:title")
        return Head(text or None, -1, None, None)
    title = tree.blocks[where].text
    return Head(title, where, _beside(tree, where, -1, _KICKER_BOX), _beside(tree, where, 1, _SUB_BOX))


def _title_score(tree: Tree, n: int, stated: list[str], container: Container) -> float:
    """How much a block is the headline: said by `<title>` or meta, a heading, named so, near the text. 0: not at all."""
    block = tree.blocks[n]
    text = block.text
    if not 4 <= len(text) <= 120 or "。" in text[:-1]:
        return 0.0
    element = tree.elements[block.element] if block.element >= 0 else None
    key = bare(text)
    score = 0.0
    for rank, title in enumerate(stated):
        if key == title:
            score = max(score, 10.0 - rank)
        elif len(key) >= 5 and key in title:
            score = max(score, 3.0 + 5.0 * len(key) / len(title) if title.startswith(key) else 4.0 * len(key) / len(title))
    tags = [tree.elements[i].tag for i in tree.chain(block.element)[:3]]
    names = " ".join(tree.elements[i].names for i in tree.chain(block.element)[:2])
    if "h1" in tags:
        score += 3.0
    elif "h2" in tags or "h3" in tags:
        score += 1.5
    if _TITLE_BOX.search(names):
        score += 1.5
    if element is not None and element.hidden:
        score -= 4.0
    if score <= 0 and not _before_info(tree, n, container):
        return 0.0
    if score <= 0:
        score = 0.5
    if block.links * 2 > len(text):
        score -= 3.0
    if furniture.is_furniture(text) or info.looks_like(text) or _CRUMB_LABEL.match(text) and ">" in text:
        return 0.0
    return score + 1.0 / (1 + max(0, container.first - n))


def _before_info(tree: Tree, n: int, container: Container) -> bool:
    """Whether the next block is an info line or the first of the article."""
    if n + 1 >= len(tree.blocks) or n > container.first + 2:
        return False
    return info.looks_like(tree.blocks[n + 1].text) or n + 1 == container.first


def _beside(tree: Tree, where: int, step: int, box: re.Pattern[str]) -> str | None:
    """The block next to the headline, where its box is named after 引题 or 副题."""
    n = where + step
    if not 0 <= n < len(tree.blocks):
        return None
    block = tree.blocks[n]
    chain = tree.chain(block.element)[:2]
    names = " ".join(tree.elements[i].tag + " " + tree.elements[i].names for i in chain)
    same = block.element == tree.blocks[where].element
    if same or not box.search(names) or not 4 <= len(block.text) <= 80 or info.looks_like(block.text) or block.links * 2 > len(block.text):
        return None
    return block.text


def without_suffix(title: str) -> str:
    """Return a `<title>` without the site and channel names behind it («…_南充经济网»)."""
    parts = [p for p in _SPLIT.split(title) if p]
    return parts[0].strip() if parts and len(parts[0]) >= 5 else title.strip()


def channel(tree: Tree, title: str | None, until: int) -> list[str]:
    """Return the breadcrumb («首页 > 南充经济网 > 时政要闻 > 正文») as a list."""
    for n, block in enumerate(tree.blocks[: until + 1]):
        text = block.text
        labelled = _CRUMB_LABEL.match(text)
        names = tree.elements[block.element].names if block.element >= 0 else ""
        if not (labelled or _CRUMB_BOX.search(names) or re.match(r"首页\s*[>＞›»/-]", text)):
            continue
        rest = text[labelled.end() :] if labelled else text
        items = [i.strip(" \u3000:：") for i in _CRUMB_SPLIT.split(rest)]
        if len([i for i in items if i]) < 2:
            items = _following(tree, n, until, rest)
        found = [i for i in items if i and len(i) <= 24 and bare(i) != bare(title or "")]
        if found and (labelled or len(found) > 1):
            return found[:8]
    return []


def _following(tree: Tree, n: int, until: int, rest: str) -> list[str]:
    """A breadcrumb whose items are boxes of their own."""
    parent = tree.elements[tree.blocks[n].element].parent if tree.blocks[n].element >= 0 else -1
    items = [rest]
    for block in tree.blocks[n + 1 : min(until, n + 12)]:
        if parent not in tree.chain(block.element)[:3]:
            break
        items += [i for i in _CRUMB_SPLIT.split(block.text) if i]
    return items


def site(meta: dict[str, str], html_title: str, title: str | None, crumbs: list[str]) -> str | None:
    """Return the site's name from meta tags, the suffix of `<title>` or the breadcrumb."""
    named = first_meta(meta, ("sitename", "og:site_name", "application-name", "apple-mobile-web-app-title"))
    if named:
        return named
    for item in crumbs:
        if re.search(r"(?:网|日报|晚报|在线|门户|政府|客户端)$", item.removesuffix("首页")) and len(item) >= 3:
            return item.removesuffix("首页") or item
    parts = [p.strip() for p in _SPLIT.split(html_title) if p.strip()]
    if len(parts) > 1 and 2 <= len(parts[-1]) <= 20:
        return parts[-1]
    return None


def keywords(meta: dict[str, str], title: str | None) -> list[str]:
    """Return the keywords of the meta tag, none where it only repeats the headline."""
    value = meta.get("keywords") or ""
    found = [k for k in re.split(r"[,，;；、|\s]+", value) if 1 < len(k) <= 20]
    return list(dict.fromkeys(found))[:20] if bare(value) != bare(title or "") else []

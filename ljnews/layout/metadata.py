"""What the page's head, scripts and address say: meta tags, time, site, keywords."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

from ljnews.layout import heads, info
from ljnews.layout.space import bare, squeeze, visible

_META = re.compile(r"<meta\s[^>]{0,2000}>", re.I)
_NAME = re.compile(r"""(?:name|property|itemprop)\s*=\s*["']?([^"'\s>]{2,60}(?: article:[a-z_]+)?)""", re.I)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,600}?)</title", re.I | re.S)
# Keys of JSON-LD and of scripts under which pages keep their time, the surest first. Found by plain search: a pattern over 400 KB takes 40 ms.
_SCRIPT_KEYS = (
    "datePublished",
    "reateTime",
    "var ct",
    "ublishTime",
    "ublish_time",
    "ublishDate",
    "ublish_date",
    "ubDate",
    "ubdate",
    "ubtime",
    "ubTime",
    "ub_time",
    "reate_time",
)
_SCRIPT_STEMS = ("ublish", "reate")  # where a stem is not, none of its keys need be looked for
_SCRIPT_VALUE = re.compile(
    r"""["']?\s{0,3}[:=]?\s{0,3}(?:["']{2}\s*\|\|\s*)?["']?((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[^"',;}<]{0,24}|1\d{9}(?:\d{3})?(?!\d))"""
)
DATE_NAMES = (
    "pubdate", "publishdate", "publish-date", "publish_date", "article:published_time", "og:time", "og:release_date",
    "weibo: article:create_at", "weibo:article:create_at", "publishtime", "publish_time", "datepublished", "dateupdate",
    "bytedance:published_time", "dc.date", "createdate", "release_date", "firstpublishedtime", "apub:time", "date",
)  # fmt: skip
SOURCE_NAMES = ("contentsource", "source", "article:source", "mediaid", "contentorigin", "og:article:source", "og:source")


def metas(html: str) -> dict[str, str]:
    """Return the page's meta tags: name in lower case → content, the first of a name."""
    found: dict[str, str] = {}
    for match in _META.finditer(_head_of(html)):
        name, content = _NAME.search(match.group()), _CONTENT.search(match.group())
        if name and content:
            value = squeeze(unescape(next((g for g in content.groups() if g), "")))
            if value:
                found.setdefault(name.group(1).lower(), visible(value))
    return found


def _head_of(html: str) -> str:
    """The part of the page that holds its meta tags: up to the body, or the first 200,000 characters."""
    end = html.find("<body")
    end = end if end >= 0 else html.find("<BODY")
    return html[: end + 1500 if end >= 0 else 200_000]


def page_title(html: str) -> str:
    """Return the text of `<title>`."""
    match = _TITLE.search(_head_of(html))
    return visible(squeeze(unescape(match.group(1)))) if match else ""


def first_meta(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of the named metas."""
    return next((meta[name] for name in names if meta.get(name)), None)


_PRINTED = re.compile(r"<(?:founder-)?(date|author|sourcename|subtitle|introtitle)>([^<]{1,120})<")


def properties(html: str) -> dict[str, str]:
    """Return what a paper's publishing system (方正) leaves about the article in a comment: date, author, sourcename, subtitle, introtitle."""
    at = html.find("enpproperty")
    if at < 0:
        return {}
    comment = html[at : html.find("-->", at, at + 4000)]
    return {m.group(1): squeeze(visible(unescape(m.group(2)))) for m in _PRINTED.finditer(comment) if m.group(2).strip()}


def published_elsewhere(meta: dict[str, str], html: str, url: str | None) -> str | None:
    """Return the time from meta tags, the publishing system's note, the URL or scripts (JSON-LD and variables), in that order of trust."""
    value = first_meta(meta, DATE_NAMES) or properties(html).get("date")
    found = (info.iso_date(value) or info.compact_date(value)) if value else None
    if found and len(found) > 10:
        return found
    script = from_script(html)
    found = found or next(
        (day for one in (url, meta.get("og:url"), meta.get("url"), _canonical(html)) if one and (day := url_date(one))), None
    )
    return better(found, script) if found else script


_CANONICAL = re.compile(r"""<link\s[^<>]{0,300}canonical[^<>]{0,300}>""", re.I)


def _canonical(html: str) -> str | None:
    """The address that the page calls its own."""
    head = html[:20_000]
    match = _CANONICAL.search(head) if "anonical" in head else None
    return match.group() if match else None


def better(first: str, second: str | None) -> str:
    """Return the first time, with the second's time of day where the first has none and the day is the same."""
    return second if second and len(first) == 10 and second.startswith(first) else first


def from_script(html: str) -> str | None:
    """Return the time that JSON-LD or a script variable holds: printed, or in seconds since 1970."""
    absent = [stem for stem in _SCRIPT_STEMS if stem not in html]
    for key in _SCRIPT_KEYS:
        at = -1 if any(stem in key for stem in absent) else html.find(key)
        while at >= 0:
            match = _SCRIPT_VALUE.match(html, at + len(key))
            if match:
                value = match.group(1)
                found = from_seconds(value) if value.isdigit() else info.iso_date(value)
                if found:
                    return found
            at = html.find(key, at + len(key))
    return None


_SOURCE_KEYS = ("SourceName", "sourceName", "wzly", "articleSource", "mediaName", '"media"')
_SOURCE_VALUE = re.compile(r"""["']?\s{0,3}[:=]\s{0,3}["']([\u4e00-\u9fff][^"'<>\\]{1,24})["']""")


def source_in_script(html: str) -> str | None:
    """Return the source that a script variable holds (var SourceName='县融媒体中心')."""
    for key in _SOURCE_KEYS:
        at = html.find(key)
        match = _SOURCE_VALUE.match(html, at + len(key)) if at >= 0 else None
        if match:
            return match.group(1)
    return None


_LD_TYPE, _LD_SCRIPTS = "application/ld+json", 5
_LD_MOST = 100_000  # characters of a JSON-LD script that are read


def author(meta: dict[str, str], html: str) -> str | None:
    """Return the author that the meta tags of government pages or JSON-LD name."""
    if meta.get("articletitle") and meta.get("author"):
        return meta["author"]
    at = 0
    for _ in range(_LD_SCRIPTS):
        at = html.find(_LD_TYPE, at + 1)
        start = html.find(">", at) + 1 if at >= 0 else 0
        if start <= 0:
            break
        try:
            value = json.loads(html[start : html.find("</", start, start + _LD_MOST)])
        except (ValueError, RecursionError):
            continue
        for item in value if isinstance(value, list) else [value]:
            named = item.get("author") if isinstance(item, dict) and "datePublished" in item else None
            named = named[0] if isinstance(named, list) and named else named
            named = named.get("name") if isinstance(named, dict) else named
            if isinstance(named, str):
                return visible(named)[:30]
    return None


def from_seconds(value: str) -> str:
    """Return the time of seconds, or thousandths, since 1970."""
    moment = datetime.fromtimestamp(int(value[:10]), UTC) + timedelta(hours=8)
    return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00"


_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d{1,5}(?!\d))")


def url_date(url: str) -> str | None:
    """Return the day that a URL names (…/2022-08/05/…, …/t20220805_1.html)."""
    match = _URL_DATE.search(url)
    return info.stamp(match.group(1), match.group(2), match.group(3), None, None, None) if match else None


_SITE_END = re.compile(r"(?:网|日报|晚报|在线|门户|门户网站|政府|客户端|新闻|传媒|频道)$")


def site(meta: dict[str, str], html_title: str, title: str | None, crumbs: list[str]) -> str | None:
    """Return the site's name from meta tags, the suffix of `<title>` or the breadcrumb."""
    named = first_meta(meta, ("sitename", "og:site_name"))
    if named:
        return named
    pieces = [p for p in heads.parts(html_title) if bare(p) not in bare(title or "") and bare(title or "") not in bare(p)]
    for piece in reversed(pieces):
        if _SITE_END.search(piece) and len(piece) <= 24:
            return piece
    for item in crumbs:
        name = item.removesuffix("首页")
        if _SITE_END.search(name) and len(name) >= 3:
            return name
    named = first_meta(meta, ("application-name", "apple-mobile-web-app-title"))
    named = None if named and "cms" in named.lower() else named
    of_site = len(heads.parts(html_title)) > 1 or html_title.strip() in crumbs  # else it is likely a headline
    return named or (pieces[-1] if of_site and pieces and 2 <= len(pieces[-1]) <= 20 else None)


def keywords(meta: dict[str, str], title: str | None) -> list[str]:
    """Return the keywords of the meta tag, none where it only repeats the headline."""
    value = meta.get("keywords") or ""
    found = [k for k in re.split(r"[,，;；、|\s]+", value) if 1 < len(k) <= 20]
    return list(dict.fromkeys(found))[:20] if value and bare(value) != bare(title or "") else []

"""Reading just enough of a page to crawl on: its charset, its visible text, its links. Everything here is linear and capped.

The article itself is the layout stage's work; this module never decides what a text says.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ljnews.fetch import urls

#: Links and text are looked for in this much of a page.
MAX_BYTES = 4 << 20
#: A tree of more than this is a hostile page, not a list: then links come from the plain text only.
MAX_TAGS = 60_000
MAX_ATTRIBUTES = 64
MAX_DEPTH = 512
MAX_ANCHORS = 20_000

_META_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^<>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_OPEN = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_BLOCKS = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"), (b"<noscript", b"</noscript"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "gb18030", "utf8": "utf-8"}
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())


def charset_of(body: bytes, header: str = "", *, limit: int = MAX_BYTES) -> str:
    """Return the charset a page is read in: what decodes strictly, UTF-8 first, then the declared one (gb2312 as gb18030)."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head, sample, cut = body[:4096], body[:limit], len(body) > limit
    declared = [m.group(1).decode() for p in (_XML_CHARSET, _META_CHARSET) if (m := p.search(head))]
    if match := re.search(r"charset\s*=\s*[\"']?([\w-]{2,20})", header, re.IGNORECASE):
        declared.insert(0, match.group(1))
    for name in ("utf-8", *(_WIDER.get(d.lower(), d.lower()) for d in declared), "gb18030"):
        try:
            sample.decode(name)
            return name
        except UnicodeDecodeError as error:
            if cut and error.start >= len(sample) - 4:  # cut in the middle of a character
                return name
        except LookupError:
            continue
    return "utf-8"


def decoded(body: bytes, header: str = "") -> tuple[str, str]:
    """Return a page's text with its charset; what does not decode is replaced (links survive that)."""
    charset = charset_of(body, header)
    return body[:MAX_BYTES].decode(charset, "replace").replace("\0", ""), charset


def without_comments(body: bytes) -> bytes:
    """The page without `<!-- … -->`."""
    return _cut(body, b"<!--", b"-->")


def without_blocks(body: bytes) -> bytes:
    """The page without comments, scripts and styles; an unclosed one ends the page."""
    for start, end in _BLOCKS:
        body = _cut(body, start, end)
    return body


def _cut(body: bytes, start: bytes, end: bytes) -> bytes:
    lowered = body.lower()
    parts, at = [], 0
    while (found := lowered.find(start, at)) >= 0:
        parts.append(body[at:found])
        closed = lowered.find(end, found + len(start))
        if closed < 0:
            return b" ".join(parts)
        at = closed + len(end)
    parts.append(body[at:])
    return b" ".join(parts)


def visible(body: bytes, limit: int = 256 * 1024) -> bytes:
    """Return roughly the text that a reader sees, as bytes in the page's charset, white space collapsed."""
    return b" ".join(_TAG.sub(b" ", without_blocks(body[:limit])).split())


def is_tame(body: bytes) -> bool:
    """Say whether a tree may be built of a page: few enough tags, attributes in a tag, and depth."""
    depth = 0
    for tags, match in enumerate(_OPEN.finditer(body)):
        attributes = match.group(2)
        if tags > MAX_TAGS or attributes.count(b"=") > MAX_ATTRIBUTES or len(attributes.split()) > 4 * MAX_ATTRIBUTES:
            return False
        if match.group(1).lower() not in _VOID and not attributes.endswith(b"/"):
            depth += 1
    return depth - body.count(b"</") <= MAX_DEPTH


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a reader sees it: where to, with which words, and the text around it (a list item's date)."""

    url: str
    text: str
    around: str = ""
    title: str = ""


_ANCHOR = re.compile(r"<a\b([^<>]*)>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_TITLE_ATTRIBUTE = re.compile(r"\btitle\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)
_BASE = re.compile(r"<base\b[^<>]*", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_ENDS = re.compile(r"</a\s*>|<a\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</?(?:li|tr|dd|dt|p|div|h\d)\b[^<>]*>|<a\b|\]\]>", re.IGNORECASE)


def base_of(text: str, url: str) -> str:
    """Return the URL that links are relative to: `<base>`, else the page's own."""
    match = _BASE.search(text)
    href = _href(match.group(0)) if match else None
    return url if href is None else urls.resolve(url, href) or url


def _href(attributes: str) -> str | None:
    match = _HREF.search(attributes)
    return html.unescape(next(g for g in match.groups() if g is not None)) if match else None


_LINK_TAG = re.compile(r"<link\b([^<>]{0,1000})>", re.IGNORECASE)
_CANONICAL = re.compile(r"\brel\s{0,4}=\s{0,4}[\"']?canonical\b", re.IGNORECASE)


def canonical(text: str, url: str) -> str | None:
    """Return the address that a page calls its own (`<link rel="canonical">`), or None."""
    for match in _LINK_TAG.finditer(text, 0, 65536):
        if _CANONICAL.search(match.group(1)) and (href := _href(match.group(1))):
            return urls.resolve(url, href)
    return None


@dataclass(frozen=True, slots=True)
class Anchor:
    """An `<a>` in the source: its attributes, its words, and where it stands."""

    attributes: str
    text: str
    start: int
    end: int


def anchors(text: str) -> Iterator[Anchor]:
    """Yield the links of a page's source, in scripts and CDATA too; at most 20,000."""
    for number, match in enumerate(_ANCHOR.finditer(text)):
        if number >= MAX_ANCHORS:
            return
        end = _ENDS.search(text, match.end(), match.end() + 2000)
        words = _words(text[match.end() : end.start() if end else match.end()])
        yield Anchor(match.group(1), words, match.start(), end.end() if end else match.end())


def target_of(anchor: Anchor, base: str, charset: str = "utf-8") -> str | None:
    """Return where an anchor leads."""
    href = _href(anchor.attributes)
    return urls.resolve(base, href, charset) if href is not None else None


def links(text: str, url: str, charset: str = "utf-8") -> Iterator[Link]:
    """Yield every link of a page, from its source text: lists inside scripts and CDATA are found too."""
    base = base_of(text, url)
    for anchor in anchors(text):
        if (target := target_of(anchor, base, charset)) is not None:
            titled = _TITLE_ATTRIBUTE.search(anchor.attributes)
            title = _words(next(g for g in titled.groups() if g is not None)) if titled else ""
            yield Link(target, anchor.text, _around(text, anchor.start, anchor.end), title)


def _around(text: str, start: int, end: int) -> str:
    """The words just before and after a link, up to the borders of its item."""
    after = text[end : end + 300]
    close = _ITEM_END.search(after)
    before = text[max(0, start - 200) : start]
    opened = list(_ITEM_END.finditer(before))
    return _words(before[opened[-1].end() if opened else 0 :] + " " + after[: close.start() if close else len(after)])


def _words(piece: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", piece)).split())[:300]

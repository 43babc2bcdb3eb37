"""RSS, Atom and sitemaps (also .gz): links with their days, from XML that may be hostile.

No entity is ever resolved, no DTD or network read; a document that declares entities is refused; links, depth and bytes are capped.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ljnews.errors import NotAPage, PageTooLarge
from ljnews.fetch import urls
from ljnews.fetch.markup import charset_of

MAX_LINKS = 50_000
MAX_DEPTH = 64
_DECLARATION = re.compile(rb"^\s*<\?xml[^<>]{0,200}\?>")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a feed or sitemap. `stamp` is its last change as printed; `feed` where it is a sitemap itself."""

    url: str
    title: str = ""
    stamp: str = ""
    feed: bool = False


@dataclass(slots=True)
class _Open:
    """What is known of the entry being read."""

    link: str = ""
    title: str = ""
    stamps: dict[str, str] = field(default_factory=dict)


def unpacked(body: bytes, cap: int) -> bytes:
    """Return a sitemap's bytes, gunzipped where they are gzip. Raises PageTooLarge over the cap: a bomb ends there."""
    if body[:2] != b"\x1f\x8b":
        return body
    engine = zlib.decompressobj(31)
    try:
        out = engine.decompress(body, cap + 1)
    except zlib.error as error:
        raise NotAPage(f"a .gz that is not gzip ({error})") from error
    if len(out) > cap:
        raise PageTooLarge(f"a sitemap of more than {cap} bytes when unpacked")
    return out


def is_feed(body: bytes) -> bool:
    """Say whether bytes look like a feed or sitemap."""
    return body[:2] == b"\x1f\x8b" or _ROOT.search(body[:2048]) is not None


def read_feed(body: bytes, url: str, *, content_type: str = "", cap: int = 10 << 20) -> list[Entry]:
    """Return the links of a feed or sitemap, each once. Raises NotAPage where it is none, or declares entities."""
    body = unpacked(body, cap)
    if not body.lstrip().startswith(b"<") and b"<" not in body[:200]:
        return list(_plain_list(body, url))
    if b"<!ENTITY" in body or b"<!entity" in body:
        raise NotAPage(f"{url}: an XML that declares entities; feeds never need them", url=url)
    text = body.decode(charset_of(body, content_type), "replace")
    utf8 = _DECLARATION.sub(b"", _legal(text).encode("utf-8", "replace"))
    try:
        return _unique(_entries(utf8, url, recover=False))
    except etree.XMLSyntaxError:
        pass  # as broken as they come: once more, taking what can be read
    try:
        found = _unique(_entries(utf8, url, recover=True))
    except etree.XMLSyntaxError as error:
        raise NotAPage(f"{url}: neither feed nor sitemap ({str(error)[:80]})", url=url) from error
    if not found:
        raise NotAPage(f"{url}: neither feed nor sitemap", url=url)
    return found


def _legal(text: str) -> str:
    """The text without characters that XML forbids (CMSs paste them)."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def _plain_list(body: bytes, url: str) -> Iterator[Entry]:
    """A sitemap may be a text file, one URL a line."""
    for line in body.decode("utf-8", "replace").splitlines()[:MAX_LINKS]:
        if found := urls.resolve(url, line):
            yield Entry(found)


def _unique(entries: Iterator[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
        if len(found) >= MAX_LINKS:
            break
    return list(found.values())


def _entries(body: bytes, url: str, *, recover: bool) -> Iterator[Entry]:
    """Read as a stream: nothing of the tree is kept but the entry at hand."""
    parser = etree.XMLPullParser(("start", "end"), recover=recover, **_SAFE)
    reader = _Reader(url)
    for at in range(0, len(body), 65536):
        parser.feed(body[at : at + 65536])
        yield from reader.read(parser.read_events())
    parser.close()
    yield from reader.read(parser.read_events())


class _Reader:
    """Turns events into entries."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.depth = self.at = 0
        self.current: _Open | None = None

    def read(self, events: Any) -> Iterator[Entry]:
        """Yield the entries that end in these events."""
        for event, element in events:
            name = _local(element)
            if event == "start":
                self._start(name)
                continue
            self.depth -= 1
            if self.current is not None and self.depth < self.at:
                if entry := _entry(self.current, self.url, feed=name == "sitemap"):
                    yield entry
                self.current = None
            elif self.current is not None:
                _take(self.current, name, element, direct=self.depth == self.at)
            if self.current is None:
                _drop(element)

    def _start(self, name: str) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAPage(f"{self.url}: XML nested deeper than {MAX_DEPTH}", url=self.url)
        if name in _ITEMS and self.current is None:
            self.current, self.at = _Open(), self.depth


_ITEMS = ("item", "entry", "url", "sitemap")
_STAMPS = ("lastmod", "updated", "pubdate", "published", "date", "modified", "publication_date")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _take(current: _Open, name: str, element: Any, *, direct: bool) -> None:
    """Note one element of an entry; its link stands directly in it (a picture's address stands deeper)."""
    text = (element.text or "").strip()
    if not direct and name in ("loc", "link", "guid", "id"):
        return
    if name in ("loc", "link"):
        value = element.get("href") or text
        if value and element.get("rel") in (None, "alternate"):
            current.link = value
    elif name in ("guid", "id"):
        if not current.link and text.startswith(("http://", "https://")) and element.get("isPermaLink") != "false":
            current.link = text
    elif name == "title" and not current.title:
        current.title = " ".join(text.split())[:300]
    elif name in _STAMPS and text:
        current.stamps.setdefault(name, text[:64])


def _entry(current: _Open, base: str, *, feed: bool) -> Entry | None:
    target = urls.resolve(base, current.link) if current.link else None
    if target is None:
        return None
    stamp = next((current.stamps[name] for name in _STAMPS if name in current.stamps), "")
    return Entry(target, current.title, stamp, feed)


def _drop(element: Any) -> None:
    """Free what was read: a sitemap of a million links is never a tree of a million nodes."""
    element.clear()
    while element.getprevious() is not None and element.getparent() is not None:
        del element.getparent()[0]

"""`read(page)`: bytes of a page, or text saved from one, to an article.

The way of a page: characters (charset) → caps (prescan) → blocks and elements (tree) → the article's box (container) → its lines
(strip, body) → headline, time, source, names (reader, with heads, info, byline, metadata) → text and sections (sections).
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ljnews.errors import InputBinary, InputEmpty, NoArticle
from ljnews.layout import charset, prescan, saved, scripted, tree
from ljnews.layout.reader import Reader
from ljnews.layout.space import controlled, visible
from ljnews.records import Article, Page, RecordWarning
from ljnews.sites import loader
from ljnews.sites.loader import Site

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|td|br|span|meta|title|script|article|section|h[1-6])\b[^<>]*>", re.I)
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
_LITTLE = 120  # characters of prose under which a page's scripts are looked into
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"


def read(page: Page, site: Site | None = None) -> Article:
    """Return the page's article: its text exactly, and title, subtitle, time, source, channel, names and sections.

    `site` is the site file to read it with (default: the one of the page's URL, or the family that the page shows). Raises InputEmpty,
    InputBinary, CharsetError, PageRefused or NoArticle, never anything else for what bytes can hold.
    """
    with _no_collection():
        site = site or loader.for_url(page.url)
        html, markup, note = _characters(page, site)
        article = saved.read(page, visible(html)) if markup is None else _reader(page, html, markup, site).article()
        article.notes.extend(note)
        return article


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause cyclic garbage collection: a page is thousands of objects with hardly a cycle, and every one would be traced several times."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def next_links(page: Page, site: Site | None = None) -> list[str]:
    """Return the addresses of the article's further pages (下一页), in order; none for an article on one page."""
    site = site or loader.for_url(page.url)
    html, markup, _ = _characters(page, site)
    return _reader(page, html, markup, site).next_links() if markup is not None else []


def _characters(page: Page, site: Site | None) -> tuple[str, str | None, list[RecordWarning]]:
    """The page's characters, its markup without scripts (None: it is text), and a note where characters were lost."""
    if not page.content[:4096].strip(_BLANK) and not page.content.strip(_BLANK):
        raise InputEmpty(f"{page.input}: the page is empty; fetch it again", input=page.input)
    if page.content.startswith(_BINARY):
        raise InputBinary(f"{page.input}: expected a page or text, found a binary file", input=page.input)
    decoded = charset.decode(page.content, page.headers.get("content-type", ""), site.charset if site else None)
    note = []
    if decoded.replacements:
        message = (
            f"{decoded.replacements} characters could not be decoded as {decoded.charset} and stand as U+FFFD; check the page's charset"
        )
        note.append(RecordWarning(code="charset_replacements", message=message, evidence=None))
    html = decoded.string
    if not _MARKUP.search(html[:200_000]):
        return html, None, note
    markup = tree.without_scripts(html)
    if (decoded.charset.startswith("utf-") and decoded.charset != "utf-8") or controlled(page.content):
        markup = visible(markup)
    prescan.check(markup)
    return html, markup, note


def _reader(page: Page, html: str, markup: str, site: Site | None) -> Reader:
    """The page's reader, its further pages opened beside it."""
    family = site or next((f for f in loader.detectable() if f.layouts and any(mark in markup for mark in f.detect)), None)
    reader = _opened(page, html, markup, family)
    for content in page.more:
        other = page.model_copy(update={"content": content, "more": []})
        more_html, more_markup, _ = _characters(other, site)
        if more_markup is not None:
            reader.more.append(Reader(other, more_html, more_markup, family))
    return reader


def _opened(page: Page, html: str, markup: str, family: Site | None) -> Reader:
    """The page's reader; where its body holds next to no text, of the page that its script would draw."""
    try:
        reader = Reader(page, html, markup, family)
    except NoArticle:
        drawn = scripted.page(html, markup)
        if drawn is None:
            raise
        return _drawn(page, html, drawn, family)
    if (prose := reader.prose()) < _LITTLE and (drawn := scripted.page(html, markup, prose)) is not None:
        return _drawn(page, html, drawn, family)
    return reader


def _drawn(page: Page, html: str, drawn: str, family: Site | None) -> Reader:
    drawn = tree.without_scripts(drawn)
    prescan.check(drawn)
    return Reader(page, html, drawn, family)

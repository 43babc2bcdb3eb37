"""`read(page)`: bytes of a page, or text saved from one, to an article."""

from __future__ import annotations

import hashlib
import re

from ljnews.errors import InputBinary, InputEmpty, NoArticle
from ljnews.layout import body as bodies
from ljnews.layout import byline, charset, container, furniture, info, metadata, prescan, saved, sections, strip, tree
from ljnews.layout.given import article_id
from ljnews.layout.space import bare, visible
from ljnews.records import Article, Credit, Page

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|td|br|span|meta|title|script|article|section|h[1-6])\b[^<>]*>", re.I)
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")


def read(page: Page) -> Article:
    """Return the page's article: its text exactly, and title, subtitle, time, source, channel, names and sections.

    Raises InputEmpty, InputBinary, CharsetError, PageRefused or NoArticle, never anything else for what bytes can hold.
    """
    if not page.content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputEmpty(f"{page.input}: the page is empty; fetch it again", input=page.input)
    if page.content.startswith(_BINARY):
        raise InputBinary(f"{page.input}: expected a page or text, found a binary file", input=page.input)
    decoded = charset.decode(page.content, page.headers.get("content-type", ""))
    html = visible(decoded.string)
    if not _MARKUP.search(html[:200_000]):
        return saved.read(page, html)
    markup = tree.without_scripts(html)
    prescan.check(markup)
    return _page(page, html, markup)


def _page(page: Page, html: str, markup: str) -> Article:
    parsed = tree.parse(markup)
    box = container.find(parsed) or container.find(parsed, hidden=True)
    if box is None:
        raise NoArticle(f"{page.input}: no running text in the page; it may be a list, a picture page or a script shell", input=page.input)
    meta, html_title = metadata.metas(markup), metadata.page_title(markup)
    head = metadata.head(parsed, box, meta, html_title)
    body = bodies.clean(strip.lines(parsed.cut(box.element)), head.title, head.subtitle, head.kicker)
    if not body.lines:
        raise NoArticle(f"{page.input}: only furniture in the page's container", input=page.input)
    around = _around(parsed, box, head.block) + body.info
    return _article(page, html, parsed, head, body, around, meta, html_title, box)


def _around(parsed: tree.Tree, box: container.Container, title: int) -> list[str]:
    """The info lines that stand between headline and text, or just above the headline."""
    start = title - 3 if title >= 0 else max(0, box.first - 6)
    found = []
    for block in parsed.blocks[max(0, start) : box.first]:
        if info.looks_like(block.text):
            found.append(block.text)
    return found


def _after(parsed: tree.Tree, box: container.Container) -> list[str]:
    """The editor and source lines that stand just after the container."""
    return [b.text for b in parsed.blocks[box.last : box.last + 8] if len(b.text) <= 100]


def _article(
    page: Page, html: str, parsed: tree.Tree, head: metadata.Head, body: bodies.Body, around: list[str],
    meta: dict[str, str], html_title: str, box: container.Container,
) -> Article:  # fmt: skip
    tail = _after(parsed, box)
    subtitle = head.subtitle or body.subtitle
    text, pieces = sections.assemble(head.title, subtitle, body.lines)
    published = _published(around, meta, html, page, parsed, box)
    source = _source(around, tail, body, meta)
    reporters, editors = _credits(around, tail, body, meta)
    crumbs = metadata.channel(parsed, head.title, max(head.block, 0))
    return finish(
        page, text, html,
        title=head.title, kicker=head.kicker, subtitle=bare_subtitle(subtitle), published_at=published or page.assume_date, source=source,
        site=metadata.site(meta, html_title, head.title, crumbs), channel=crumbs, reporters=reporters, editors=editors,
        keywords=metadata.keywords(meta, head.title), sections=pieces,
    )  # fmt: skip


def finish(page: Page, text: str, content: str, **fields: object) -> Article:
    """Return the article with its ids and hashes."""
    return Article.model_validate({
        "id": article_id(page), "input": page.input, "input_id": page.input_id, "url": page.url, "place": None, "turns": [], "pages": 1, "text": text,
        "content_hash": hashlib.sha256(page.content).hexdigest(), "text_hash": hashlib.sha256(text.encode()).hexdigest(), **fields,
    })  # fmt: skip


def bare_subtitle(subtitle: str | None) -> str | None:
    """Return a subtitle without the dash that leads it."""
    return subtitle.strip("—―─-－– \u3000") or None if subtitle else None


def _published(
    around: list[str], meta: dict[str, str], html: str, page: Page, parsed: tree.Tree, box: container.Container
) -> str | None:
    elsewhere = metadata.published_elsewhere(meta, html, page.url)
    for line in around:
        found = info.date_in(line)
        if found:
            return metadata.better(found, elsewhere)
    for line in around:
        found = info.short_date(line, elsewhere[:4] if elsewhere else None)
        if found:
            return found
    return elsewhere


def _source(around: list[str], tail: list[str], body: bodies.Body, meta: dict[str, str]) -> str | None:
    for line in around:
        found = info.source_in(line)
        if found:
            return found
    if body.tail_source:
        return body.tail_source
    for line in tail:
        found = info.source_in(line)
        if found:
            return found
    for line in around:
        found = info.bare_source(line)
        if found:
            return found
    value = metadata.first_meta(meta, ("contentsource", "source", "mediaid", "og:article:source"))
    return info.clean_source(value) if value else None


def _credits(around: list[str], tail: list[str], body: bodies.Body, meta: dict[str, str]) -> tuple[list[Credit], list[Credit]]:
    reporters, editors = list(body.reporters), list(body.editors)
    for line in around:
        found = info.parse(line)
        reporters += found.reporters
        editors += found.editors
    for line in tail:
        if byline.is_editor_line(line):
            editors += byline.credits(line)[1]
    for text in body.lines:
        if text.kind != "cell":
            reporters += byline.in_body(text.text)
    prose = [line for line in body.lines if furniture.is_sentence(line.text)]
    if not reporters and prose:
        reporters += byline.signature(prose[-1].text)
    return byline.unique(reporters), byline.unique(editors)


__all__ = ["bare", "finish", "read"]

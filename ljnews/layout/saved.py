"""Text saved from a page: breadcrumb, headline, info line, subtitle, body, then what stood around them."""

from __future__ import annotations

import re

from ljnews.errors import NoArticle
from ljnews.layout import body as bodies
from ljnews.layout import byline, furniture, info, metadata, sections
from ljnews.layout.space import bare, squeeze
from ljnews.layout.strip import Line
from ljnews.records import Article, Page

_CRUMB = re.compile(r"^(?:.{0,8}位置\s*[:：是]?\s*)?[^。，>＞›»]{2,22}(?:[>＞›»]{1,3}[^。，>＞›»]{1,24}){1,8}$")


def read(page: Page, string: str) -> Article:
    """Return the article of a saved text."""
    from ljnews.layout.reader import bare_subtitle, finish

    lines = [Line(text) for raw in string.split("\n") if (text := squeeze(raw))]
    channel = _crumbs(lines)
    title, around = _head(lines)
    body = bodies.clean(lines, title, None, None)
    if not body.lines:
        raise NoArticle(f"{page.input}: no running text", input=page.input)
    around += body.info
    text, pieces = sections.assemble(title, body.subtitle, body.lines)
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
        title=title, kicker=None, subtitle=bare_subtitle(body.subtitle),
        published_at=next((d for line in around if (d := info.date_in(line))), None) or page.assume_date, source=source,
        site=metadata.site({}, "", title, channel), channel=channel, reporters=byline.unique(reporters), editors=byline.unique(editors),
        keywords=[], sections=pieces,
    )  # fmt: skip


def _crumbs(lines: list[Line]) -> list[str]:
    """Take the breadcrumb off the first lines."""
    for n, line in enumerate(lines[:5]):
        if _CRUMB.match(line.text):
            del lines[: n + 1]
            rest = re.sub(r"^.{0,8}位置\s*[:：是]?\s*", "", line.text)
            return [item for item in re.split(r"\s*[>＞›»]\s*", rest) if item]
    return []


def _head(lines: list[Line]) -> tuple[str | None, list[str]]:
    """Take headline and info lines off the first lines."""
    around: list[str] = []
    title: str | None = None
    while lines and len(around) < 4:
        text = lines[0].text
        if title is None and sections.is_headline(text) and not info.looks_like(text) and not furniture.is_furniture(text):
            title = text
        elif info.looks_like(text):
            around.append(text)
        elif title is None and furniture.is_furniture(text):
            pass
        else:
            break
        del lines[0]
    if title and lines and bare(lines[0].text) == bare(title):
        del lines[0]
    return title, around

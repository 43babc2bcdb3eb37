"""Strip the article's fragment with BeautifulSoup: hidden boxes go, captions and tables are told apart, what stays comes out line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, Tag

from ljnews.layout import boxes
from ljnews.layout.container import Container, nodes
from ljnews.layout.space import squeeze, visible
from ljnews.layout.tree import KINDS, TEXT, Tree

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOXES = frozenset(
    "article aside body center dd div dl dt fieldset figure footer form header li main ol section table tbody td th tr ul".split()
)
# Inline tags, paragraphs and line breaks are most of a fragment, and BeautifulSoup takes 18 µs a tag: they go in as marks inside the text.
_EDGE, _LINK, _UNLINK, _OPEN, _CLOSE = "\x1e", "\x1c", "\x1d", "\x1a", "\x19"
_MARKS = re.compile("([\x19\x1a\x1c-\x1e])")
_PLAIN = {"span": ("", ""), "p": (_EDGE, _EDGE)} | dict.fromkeys(
    "article aside center dd dir div dl dt fieldset footer form header li main ol section ul address blockquote details summary nav".split(),
    (_OPEN, _CLOSE),
)
# A paragraph's indentation in the middle of a line, after the stop that ends the one before: its tags were lost.
_INDENT = re.compile(r"(?<=[。！？”])[ \t\r\n]*(?:\u3000{2,}|[\xa0 ]{0,4}(?:\xa0[\xa0 ]{3,}))(?=\S)")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_HIDE = "x-hidden"


@dataclass(slots=True)
class Line:
    """One line of the article's fragment. `kind`: text, heading, caption, cell (a table's row)."""

    text: str
    kind: str = "text"
    links: int = 0
    box: int = 0  # ordinal of the innermost box
    table: int = 0  # ordinal of the data table that a row is of


def lines(tree: Tree, container: Container) -> list[Line]:
    """Return the lines of the container."""
    markup = light(tree, container)
    if "<" not in markup:  # every second container: no tag is left that tells anything
        return _Walker().read(unescape(markup))
    soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    for tag in soup.find_all(_HIDE) if _HIDE in markup else []:
        tag.decompose()
    return _Walker().walk(soup)


def light(tree: Tree, container: Container) -> str:
    """Return the container's markup with as few tags as its structure needs."""
    parts: list[str] = []
    path: list[int] = []  # ids of the open nodes
    closers: list[str] = []  # and what ends them
    for n in nodes(tree, container):
        node = tree.nodes[n]
        above = node.parent.mem_id
        while path and path[-1] != above:
            path.pop()
            parts.append(closers.pop())
        kind = KINDS.get(node.tag, 0)
        if kind == TEXT:
            text = node.text_content
            if "\n" in text and any(closer == "</pre>" for closer in closers):
                text = text.replace("\n", _EDGE)
            parts.append(escape(text, quote=False) if "&" in text or "<" in text else text)
            continue
        opening, closing = _marks(node, kind)
        parts.append(opening)
        if closing is not None:
            path.append(node.mem_id)
            closers.append(closing)
    parts.extend(reversed(closers))
    return "".join(parts)


def _marks(node: Any, kind: int) -> tuple[str, str | None]:
    """What stands for a node's opening and closing tag: marks, or tags where its name or style tells something. None: it has no closing."""
    tag = node.tag
    if kind == 2:
        return _LINK, _UNLINK
    if kind in (3, 4):
        return (_EDGE if tag in ("br", "hr") else ""), None
    if kind == 1 and tag != "span":
        return "", ""
    plain = _PLAIN.get(tag)
    if plain is None:
        return f"<{tag}>", f"</{tag}>"
    attributes = node.attributes
    if attributes:
        if (kind == 1 or tag == "p") and ("hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")):
            return f"<{_HIDE}>", f"</{_HIDE}>"
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if boxes.CAPTION.search(names):
            return "<figcaption>", "</figcaption>"
    return plain


class _Walker:
    """Depth first through the fragment without recursion, collecting lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.links = self.tables = self.captions = self.headings = self.made = 0
        self.in_link = False
        self.boxes: list[int] = [0]

    def walk(self, soup: BeautifulSoup) -> list[Line]:
        """Return the lines of the soup."""
        stack: list[tuple[PageElement | None, Tag | None]] = [(soup, None)]
        while stack:
            node, leaving = stack.pop()
            if leaving is not None:
                self._leave(leaving)
            elif isinstance(node, Tag):
                if node.name == "table" and self._data_table(node):
                    continue
                self._enter(node)
                stack.append((None, node))
                stack.extend((child, None) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, Comment):
                self._text(str(node))
        self._flush()
        return self.lines

    def read(self, string: str) -> list[Line]:
        """Return the lines of text with marks, as of a soup that holds nothing else in its body."""
        self.made = 1
        self.boxes.append(1)
        self._text(string)
        self._flush()
        return self.lines

    def _text(self, string: str) -> None:
        for part in _MARKS.split(string):
            if part == _EDGE:
                self._flush()
            elif part == _OPEN:
                self._flush()
                self.made += 1
                self.boxes.append(self.made)
            elif part == _CLOSE:
                self._flush()
                if len(self.boxes) > 1:
                    self.boxes.pop()
            elif part == _LINK:
                self.in_link = True
            elif part == _UNLINK:
                self.in_link = False
            elif part:
                for n, piece in enumerate(_INDENT.split(part)) if _INDENT.search(part) else ((0, part),):
                    if n:
                        self._flush()
                    self.parts.append(piece)
                    if self.in_link:
                        self.links += len(piece.strip())

    def _flush(self) -> None:
        if self.parts:
            text = squeeze(visible("".join(self.parts)))
            if text:
                kind = "caption" if self.captions else "heading" if self.headings else "text"
                self.lines.append(Line(text, kind, self.links, self.boxes[-1]))
            self.parts = []
        self.links = 0

    def _enter(self, tag: Tag) -> None:
        if tag.name in _BLOCK or "-" in tag.name:
            self._flush()
            if tag.name in _BOXES:
                self.made += 1
                self.boxes.append(self.made)
            self.captions += tag.name == "figcaption"
            self.headings += tag.name in _HEADINGS

    def _leave(self, tag: Tag) -> None:
        if tag.name in _BLOCK or "-" in tag.name:
            self._flush()
            if tag.name in _BOXES and len(self.boxes) > 1:
                self.boxes.pop()
            self.captions -= tag.name == "figcaption"
            self.headings -= tag.name in _HEADINGS

    def _data_table(self, table: Tag) -> bool:
        """Take a table of facts row by row, cells apart by a tab; a table that only lays out the page is walked like any box."""
        rows = _rows(table)
        if not rows:
            return False
        self._flush()
        self.tables += 1
        for row in rows:
            text = "\t".join(row).strip("\t")
            if text:
                self.lines.append(Line(text, "cell", 0, self.boxes[-1], self.tables))
        return True


def _plain_mark(mark: re.Match[str]) -> str:
    return "" if mark.group() in (_LINK, _UNLINK) else " "


def _rows(table: Tag) -> list[list[str]]:
    """The cells of a data table: two rows or more, two columns or more, no table inside, cells short. Otherwise nothing."""
    if table.find("table"):
        return []
    rows = [
        [squeeze(visible(_MARKS.sub(_plain_mark, cell.get_text(" ")))) for cell in tr.find_all(("td", "th"))] for tr in table.find_all("tr")
    ]
    full = [row for row in rows if sum(1 for cell in row if cell) >= 2]
    cells = [cell for row in rows for cell in row if cell]
    if len(full) < 2 or not cells:
        return []
    long = sum(len(cell) for cell in cells if len(cell) > 120)
    return [] if long * 2 > sum(map(len, cells)) else rows

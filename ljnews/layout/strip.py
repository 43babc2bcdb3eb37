"""Strip the article's fragment with BeautifulSoup: hidden boxes go, captions and tables are told apart, what stays comes out line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, Tag

from ljnews.layout import boxes
from ljnews.layout.space import squeeze

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOXES = frozenset("article aside body center dd div dl dt fieldset figure footer form header li main ol section table tbody td th tr ul".split())
# Formatting says nothing about layout and is most of the tags of a page pasted from Word.
_FORMATTING = re.compile(r"</?(?:b|big|em|font|i|nobr|s|small|span|strike|strong|tt|u|o:p|st1:[a-z]+|ins|label|img|wbr)(?:\s[^<>]*)?>", re.I)
_KEPT_SPAN = re.compile(r'<span(\s[^<>]*(?:display\s*:\s*none|class="[^"]*(?:caption|desc)[^"]*")[^<>]*)>([^<>]*)</span>', re.I)
# A paragraph without a telling class is only its two edges: BeautifulSoup then has a tenth of the tags to make (18 µs each).
_EDGE = "\x1e"
_PLAIN_PARAGRAPH = re.compile(
    r"<p(?![^<>]*(?:none|hidden|caption|desc|pic|img|tu))(?:\s[^<>]*)?>([^<]*(?:<(?!/?(?:p|div|table|section|ul|ol|li|h\d)[\s>])[^<]*)*)</p>"
)
_PLAIN_BREAK = re.compile(r"<br[^<>]*>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


@dataclass(slots=True)
class Line:
    """One line of the article's fragment. `kind`: text, heading, caption, cell (a table's row)."""

    text: str
    kind: str = "text"
    links: int = 0
    box: int = 0  # ordinal of the innermost box
    table: int = 0  # ordinal of the data table that a row is of


def lines(fragment: str) -> list[Line]:
    """Return the lines of a fragment."""
    light = _KEPT_SPAN.sub(r"<div\1>\2</div>", fragment) if "<span" in fragment else fragment
    light = _FORMATTING.sub("", light)
    light = _PLAIN_BREAK.sub(_EDGE, _PLAIN_PARAGRAPH.sub(_EDGE + r"\1" + _EDGE, light))
    soup = BeautifulSoup(light, "lxml")
    for tag in soup.find_all(_is_hidden):
        if not tag.decomposed and len(tag.get_text()) * 2 < len(light):
            tag.decompose()
    return _Walker().walk(soup)


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style") or "")) is not None


def _names(tag: Tag) -> str:
    """Class and id."""
    classes = tag.get("class")
    parts = [str(c) for c in classes] if isinstance(classes, list) else [str(classes)] if classes else []
    if tag.get("id"):
        parts.append(str(tag["id"]))
    return " ".join(parts)


class _Walker:
    """Depth first through the fragment without recursion, collecting lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.links = self.in_link = self.tables = self.captions = self.headings = self.made = 0
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

    def _text(self, string: str) -> None:
        first, *further = string.split(_EDGE)
        self._part(first)
        for part in further:
            self._flush()
            self._part(part)

    def _part(self, string: str) -> None:
        self.parts.append(string)
        if self.in_link:
            self.links += len(string.strip())

    def _flush(self) -> None:
        if self.parts:
            text = squeeze("".join(self.parts))
            if text:
                kind = "caption" if self.captions else "heading" if self.headings else "text"
                self.lines.append(Line(text, kind, self.links, self.boxes[-1]))
            self.parts = []
        self.links = 0

    def _enter(self, tag: Tag) -> None:
        if tag.name == "a":
            self.in_link += 1
        elif tag.name in _BLOCK or "-" in tag.name:
            self._flush()
            if tag.name in _BOXES:
                self.made += 1
                self.boxes.append(self.made)
            self.captions += _is_caption(tag)
            self.headings += tag.name in _HEADINGS

    def _leave(self, tag: Tag) -> None:
        if tag.name == "a":
            self.in_link -= 1
        elif tag.name in _BLOCK or "-" in tag.name:
            self._flush()
            if tag.name in _BOXES:
                self.boxes.pop()
            self.captions -= _is_caption(tag)
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


def _is_caption(tag: Tag) -> bool:
    if tag.name == "figcaption":
        return True
    names = _names(tag).lower()
    return bool(names) and boxes.CAPTION.search(names) is not None


def _rows(table: Tag) -> list[list[str]]:
    """The cells of a data table: two rows or more, two columns or more, no table inside, cells short. Otherwise nothing."""
    if table.find("table"):
        return []
    rows = [[squeeze(cell.get_text(" ").replace(_EDGE, " ")) for cell in tr.find_all(("td", "th"))] for tr in table.find_all("tr")]
    full = [row for row in rows if sum(1 for cell in row if cell) >= 2]
    cells = [cell for row in rows for cell in row if cell]
    if len(full) < 2 or not cells:
        return []
    long = sum(len(cell) for cell in cells if len(cell) > 120)
    return [] if long * 2 > sum(map(len, cells)) else rows

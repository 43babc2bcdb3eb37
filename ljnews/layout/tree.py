"""The whole page as a flat list of blocks and elements, made by a fast parser (selectolax, lexbor) in one pass.

A *block* is what a reader sees as one line or paragraph: text between the edges of block elements and `<br>`. Every block knows its element,
and every element its parent and its place in the serialised page, so a part of the page can be cut out exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ljnews.errors import PageRefused
from ljnews.layout import select
from ljnews.layout.prescan import CAPS, Caps, check_tags
from ljnews.layout.space import squeeze

if TYPE_CHECKING:
    from ljnews.sites.loader import Layout

# Never text. A form is not here: old ASP.NET pages are one big form.
_SKIPPED = "script style noscript template iframe svg object embed canvas select textarea button video audio map datalist math title head"
_RAW = frozenset("script style iframe noscript textarea title".split())  # their content is no markup: the first closing tag ends them
# Inline formatting tells nothing about layout; links and spans end one run of a line and begin another.
_FORMAT = "abbr acronym b basefont bdi bdo big cite code del dfn em font i ins kbd label mark nobr o:p q rp rt ruby s samp small strike strong sub sup tt u var"
KINDS = dict.fromkeys(_FORMAT.split(), 1) | dict.fromkeys("span time st1:chsdate st1:chmetcnv st1:personname".split(), 1)
# 1: formatting, 2: a link, 3: inline and void, 4: void, 5: never text; 0 (not here): a block.
KINDS |= {"a": 2} | dict.fromkeys("img input wbr".split(), 3) | dict.fromkeys("area base br col hr link meta param source track".split(), 4)
KINDS |= dict.fromkeys(_SKIPPED.split(), 5)
# Formatting that may be cut from the markup before the parse when a page nests it too deeply.
_FORMATTING = re.compile(r"</?(?:b|big|em|font|i|nobr|s|small|span|strike|strong|tt|u|a)(?:\s[^<>]*)?>", re.I)
_TOKEN = re.compile(r'<(/?)([^\s<>/!?"][^\s<>/]*)([^>"]*(?:"[^"]*"[^>"]*)*)>')
_COMMENT = re.compile(r"<!--.*?-->|<[!?][^>]*>", re.S)
_OPAQUE = re.compile(r"<(?:!--|((?:s(?:cript|tyle)|S(?:CRIPT|TYLE)))(?=[\s>/]))")
_HIDDEN = re.compile(r"display\s*:\s*none|\shidden(?:=|\s|$)", re.I)
_NAMES = re.compile(r"""\s(?:class|id)="([^"]*)\"""")
# Marks inside `Block.runs`: an edge between inline boxes, and the same edge before a box that its class calls the source, the author, the editor.
RUN, SOURCE, AUTHOR, EDITOR = "\x1f", "\x1c", "\x1d", "\x1e"
_HINT = re.compile(
    r"""\s(?:class|id)="[^"]*?(?:(source|laiyuan|copyfrom|origin|media_?name|js_name)|(author|writer|zuozhe)|(editor|bianji))""", re.I
)


class Block:
    """One line of the page: its text, its innermost block element, the characters inside links, its tokens."""

    __slots__ = ("_pieces", "_runs", "element", "first", "last", "links", "text")

    def __init__(self, text: str, element: int, links: int, pieces: list[str], first: int, last: int) -> None:
        self.text, self.element, self.links = text, element, links
        self._pieces, self.first, self.last, self._runs = pieces, first, last, ""

    @property
    def runs(self) -> str:
        """The text with marks at the edges of spans and links, for lines whose parts mean different things. Made when first asked for."""
        if not self._runs:
            self._runs = squeeze(unescape("".join(self._marked()))) or self.text
        return self._runs

    def _marked(self) -> Iterator[str]:
        pieces, start = self._pieces, self.first
        while start > 0 and KINDS.get(pieces[start * 4 - 2], 0) in (1, 2) and not pieces[start * 4].strip():
            start -= 1
        for token in range(start, self.last):
            if KINDS.get(pieces[token * 4 + 2], 0) != 5 and (token == start or KINDS.get(pieces[token * 4 - 2], 0) != 5):
                yield pieces[token * 4]
                yield hint(pieces[token * 4 + 3]) or RUN
        yield pieces[self.last * 4]


@dataclass(eq=False)
class Tree:
    """A parsed page.

    `pieces` is its body, well formed, as text, closing slash, tag, attributes, text, …: four to a token. The block elements are numbered in
    page order; `tags`, `attributes`, `parents` (-1: none), `starts` and `ends` (tokens) and `hidden` are theirs.
    """

    pieces: list[str]
    tags: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    selected: select.Selected = field(default_factory=select.Selected)
    marked: int = -1  # the element that a site file calls the container

    def names(self, element: int) -> str:
        """Return an element's class and id as written."""
        attributes = self.attributes[element]
        return names_of(attributes) if attributes else ""

    def chain(self, element: int) -> list[int]:
        """Return the element and its ancestors, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.parents[element]
        return chain


def parse(html: str, caps: Caps = CAPS, layout: Layout | None = None) -> Tree:
    """Return the page's tree; a site's layout is applied on the way.

    Raises PageRefused where it is deeper than a browser would allow, formatting tags not counted.
    """
    try:
        return _read(html, caps, layout)
    except _TooDeep:
        pass
    try:
        return _read(_FORMATTING.sub("", html), caps, layout)
    except _TooDeep:
        message = f"the page nests more than {caps.depth} levels deep; raise the cap or leave the page out"
        raise PageRefused(message, cap="depth") from None


class _TooDeep(Exception):
    """The tree is deeper than the cap."""


def _read(html: str, caps: Caps, layout: Layout | None) -> Tree:
    """Parse, apply the site's layout, and write the body as well-formed markup without scripts and the like."""
    parser = LexborHTMLParser(html)
    selected = select.apply(parser, layout) if layout is not None else select.Selected()
    body = parser.body
    tree = _build((body.html or "") if body is not None else (parser.html or ""), caps)
    tree.selected = selected
    if selected.container:
        marked = [n for n in range(3, len(tree.pieces), 4) if select.MARK in tree.pieces[n]]
        tree.marked = next((i for i, start in enumerate(tree.starts) if marked and start == marked[0] // 4), -1)
    return tree


def without_scripts(html: str) -> str:
    """Return the markup without comments, scripts and styles, as the HTML standard delimits them.

    They are most of many pages' bytes, and plain search passes over them a hundred times faster than any parser.
    """
    kept: list[str] = []
    position = 0
    for match in _OPAQUE.finditer(html):
        start = match.start()
        if start < position:
            continue
        closer = "-->" if match.group(1) is None else f"</{match.group(1)}"
        end = html.find(closer, match.end() - (2 if match.group(1) is None else 0))
        if end < 0:  # unclosed, or closed in other letters: left to the parser
            break
        kept.append(html[position:start])
        position = end + 3 if match.group(1) is None else html.find(">", end) + 1 or len(html)
    kept.append(html[position:])
    return "".join(kept)


def _build(html: str, caps: Caps) -> Tree:
    """One pass over the tags (written flat: this loop is a quarter of the stage's time)."""
    if "<!" in html or "<?" in html:
        html = _COMMENT.sub("", html)
    pieces = _TOKEN.split(html)
    check_tags(pieces[3::4], caps)
    tree = Tree(pieces)
    tags, parents, hidden, ends, blocks, depth = tree.tags, tree.parents, tree.hidden, tree.ends, tree.blocks, caps.depth
    begin, note = tree.starts.append, tree.attributes.append
    stack: list[int] = []
    parts: list[str] = []
    current, links, linked, level, first, token = -1, 0, 0, 0, 0, -1
    skipping, within, unseen = "", 0, False
    sorts = map(KINDS.get, pieces[2::4])
    for raw, closing, tag, attributes, kind in zip(pieces[0::4], pieces[1::4], pieces[2::4], pieces[3::4], sorts, strict=False):
        token += 1
        if skipping:
            if tag == skipping:
                within += -1 if closing else tag not in _RAW
                if within <= 0:
                    skipping = ""
            continue
        if raw and (parts or not raw.isspace()):
            if not parts:
                first = token
            parts.append(raw)
            if links:
                linked += len(raw.strip())
        if kind and kind < 4:
            if kind < 3:
                if closing:
                    level -= 1
                    if kind == 2 and links:
                        links -= 1
                else:
                    level += 1
                    links += kind == 2
                    if level > depth:
                        raise _TooDeep
            continue
        if parts:
            text = "".join(parts) if len(parts) > 1 else parts[0]
            text = squeeze(unescape(text) if "&" in text else text)
            if text:
                blocks.append(Block(text, current, linked, pieces, first, token))
            parts = []
            linked = 0
        if not kind:
            if closing:
                if stack and tags[stack[-1]] == tag:
                    ends[stack.pop()] = token
                    level -= 1
                    current = stack[-1] if stack else -1
                    unseen = current >= 0 and hidden[current]
                continue
            if attributes and not unseen and ("none" in attributes or "hidden" in attributes):
                unseen = _HIDDEN.search(attributes) is not None
            tags.append(tag)
            note(attributes)
            parents.append(current)
            begin(token)
            ends.append(0)
            hidden.append(unseen)
            current = len(tags) - 1
            stack.append(current)
            level += 1
            if level > depth:
                raise _TooDeep
        elif kind == 5 and not closing and tag != "embed":
            skipping, within = tag, 1
    text = squeeze(unescape("".join((*parts, pieces[-1]))))
    if text:
        blocks.append(Block(text, current, linked, pieces, first if parts else token + 1, token + 1))
    for index in stack:
        ends[index] = len(pieces) // 4
    return tree


def hint(attributes: str) -> str:
    """Return the mark of a box that its class or id calls the source, the author or the editor, nothing for any other."""
    found = _HINT.search(attributes) if "=" in attributes else None
    if not found:
        return ""
    return SOURCE if found.group(1) else AUTHOR if found.group(2) else EDITOR


@lru_cache(maxsize=4096)
def names_of(attributes: str) -> str:
    """Return the values of class and id."""
    return " ".join(_NAMES.findall(attributes))

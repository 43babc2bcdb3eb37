"""The whole page as a flat list of blocks and elements, made by a fast parser (selectolax, lexbor) in one pass.

A *block* is what a reader sees as one line or paragraph: text between the edges of block elements and `<br>`. Every block knows its element
and every element its parent and its place in the serialised page, so a part of the page can be cut out exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ljnews.errors import PageRefused
from ljnews.layout.prescan import CAPS, Caps
from ljnews.layout.space import squeeze

# Never text. A form is not here: old ASP.NET pages are one big form.
_DROPPED = [
    "script", "style", "noscript", "template", "iframe", "svg", "object", "embed", "canvas", "select", "textarea", "button", "video",
    "audio", "map", "datalist", "math",
]  # fmt: skip
_INLINE = frozenset(
    "a abbr acronym b basefont bdi bdo big cite code del dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr input st1:chsdate st1:chmetcnv st1:personname".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Formatting that may be cut from the markup before the parse when a page nests it too deeply.
_FORMATTING = re.compile(r"</?(?:b|big|em|font|i|nobr|s|small|span|strike|strong|tt|u|a)(?:\s[^<>]*)?>", re.I)
_TOKEN = re.compile(r'<!--.*?-->|<(/?)([^\s<>/!?][^\s<>/]*)([^>"]*(?:"[^"]*"[^>"]*)*)>|<[!?][^>]*>', re.S)
_HIDDEN = re.compile(r"display\s*:\s*none|\shidden(?:=|\s|$)", re.I)
_NAMES = re.compile(r"""\s(?:class|id|name|rel|itemprop|node-type|data-role)="([^"]*)\"""", re.I)


class Block(NamedTuple):
    """One line of the page."""

    text: str
    element: int  # index of the innermost block element
    links: int  # characters inside links
    bold: bool


@dataclass(slots=True)
class Element:
    """One block element of the page."""

    tag: str
    names: str  # class, id and the like, in lower case
    parent: int
    start: int  # offsets into `Tree.html`
    end: int = 0
    hidden: bool = False
    depth: int = 0


@dataclass(eq=False)
class Tree:
    """A parsed page. `html` is its serialised form, well formed."""

    html: str
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def chain(self, element: int) -> list[int]:
        """Return the element and its ancestors, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.elements[element].parent
        return chain

    def cut(self, element: int) -> str:
        """Return the markup of an element."""
        one = self.elements[element]
        return self.html[one.start : one.end]


def parse(html: str, caps: Caps = CAPS) -> Tree:
    """Return the page's tree. Raises PageRefused where it is deeper than a browser would allow, formatting tags not counted."""
    try:
        return _build(_serialise(html), caps)
    except _TooDeep:
        pass
    try:
        return _build(_serialise(_FORMATTING.sub("", html)), caps)
    except _TooDeep:
        message = f"the page nests more than {caps.depth} levels deep; raise the cap or leave the page out"
        raise PageRefused(message, cap="depth") from None


class _TooDeep(Exception):  # noqa: N818 (never leaves this module)
    """The tree is deeper than the cap."""


def _serialise(html: str) -> str:
    parser = LexborHTMLParser(html)
    parser.strip_tags(_DROPPED)
    body = parser.body
    return (body.html or "") if body is not None else (parser.html or "")


def _build(html: str, caps: Caps) -> Tree:
    """One pass over the tags."""
    tree = Tree(html)
    builder = _Builder(tree)
    position = 0
    for match in _TOKEN.finditer(html):
        start = match.start()
        if start > position:
            builder.text(html[position:start])
        position = match.end()
        tag = match.group(2)
        if tag is None:
            continue
        tag = tag.lower()
        if match.group(1):
            builder.close(tag, position)
        else:
            builder.open(tag, match.group(3), start, caps.depth)
    builder.text(html[position:])
    builder.finish(len(html))
    return tree


class _Builder:
    """The open elements and the line being collected."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[int] = []
        self.current = -1
        self.parts: list[str] = []
        self.link_parts: list[str] = []
        self.links = self.bold = self.inline = 0
        self.bold_seen = False

    def text(self, raw: str) -> None:
        if not raw or raw.isspace() and not self.parts:
            return
        self.parts.append(raw)
        if self.links:
            self.link_parts.append(raw)
        if self.bold:
            self.bold_seen = True

    def flush(self) -> None:
        if not self.parts:
            return
        text = squeeze(unescape("".join(self.parts)))
        if text:
            links = len(squeeze(unescape("".join(self.link_parts)))) if self.link_parts else 0
            self.tree.blocks.append(Block(text, self.current, links, self.bold_seen))
        self.parts, self.link_parts, self.bold_seen = [], [], bool(self.bold)

    def open(self, tag: str, attributes: str, start: int, max_depth: int) -> None:
        if tag in _INLINE:
            if tag == "a":
                self.links += 1
            elif tag in ("b", "strong"):
                self.bold += 1
            if tag not in _VOID:
                self.inline += 1
                if self.inline + len(self.stack) > max_depth:
                    raise _TooDeep
            return
        self.flush()
        if tag in _VOID:
            return
        names = " ".join(_NAMES.findall(attributes)).lower() if attributes else ""
        parent = self.current
        hidden = bool(attributes and _HIDDEN.search(attributes)) or (parent >= 0 and self.tree.elements[parent].hidden)
        self.tree.elements.append(Element(tag, names, parent, start, hidden=hidden, depth=len(self.stack)))
        self.current = len(self.tree.elements) - 1
        self.stack.append(self.current)
        if len(self.stack) > max_depth:
            raise _TooDeep

    def close(self, tag: str, end: int) -> None:
        if tag in _INLINE:
            if tag == "a":
                self.links = max(0, self.links - 1)
            elif tag in ("b", "strong"):
                self.bold = max(0, self.bold - 1)
            self.inline = max(0, self.inline - 1)
            return
        self.flush()
        if self.stack and self.tree.elements[self.stack[-1]].tag == tag:
            self.tree.elements[self.stack.pop()].end = end
            self.current = self.stack[-1] if self.stack else -1

    def finish(self, end: int) -> None:
        self.flush()
        while self.stack:
            self.tree.elements[self.stack.pop()].end = end

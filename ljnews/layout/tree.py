"""The whole page as a flat list of blocks and elements, made by a fast parser (selectolax, lexbor) in one pass.

A *block* is what a reader sees as one line or paragraph: text between the edges of block elements and `<br>`. Every block knows its element,
and every element its parent and its place in the serialised page, so a part of the page can be cut out exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ljnews.errors import PageRefused
from ljnews.layout.prescan import CAPS, Caps
from ljnews.layout import select
from ljnews.layout.space import squeeze

if TYPE_CHECKING:
    from ljnews.sites.loader import Layout

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
_TOKEN = re.compile(r'<(/?)([^\s<>/!?"][^\s<>/]*)([^>"]*(?:"[^"]*"[^>"]*)*)>')
_COMMENT = re.compile(r"<!--.*?-->|<[!?][^>]*>", re.S)
_OPAQUE = re.compile(r"<!--|<(script|style|SCRIPT|STYLE)(?=[\s>/])")
_HIDDEN = re.compile(r"display\s*:\s*none|\shidden(?:=|\s|$)", re.I)
_NAMES = re.compile(r"""\s(?:class|id)="([^"]*)\"""")
# Marks inside `Block.runs`: an edge between inline boxes, and the same edge before a box that its class calls the source, the author, the editor.
RUN, SOURCE, AUTHOR, EDITOR = "\x1f", "\x1c", "\x1d", "\x1e"
_MARKS = re.compile("[\x1c-\x1f]")
_HINT = re.compile(r"""(?:class|id)="[^"]*?(?:(source|laiyuan|copyfrom|origin|media_?name|js_name)|(author|writer|zuozhe)|(editor|bianji))""", re.I)


@dataclass(slots=True)
class Block:
    """One line of the page. `runs` is the text with marks at the edges of spans and links, for lines whose parts mean different things."""

    text: str
    element: int  # index of the innermost block element
    links: int  # characters inside links
    runs: str


@dataclass(slots=True)
class Element:
    """One block element of the page. `names` is its class and id as written."""

    tag: str
    names: str
    parent: int
    start: int  # offsets into `Tree.html`
    end: int
    hidden: bool


@dataclass(eq=False)
class Tree:
    """A parsed page. `html` is its serialised form, well formed."""

    html: str
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    selected: select.Selected = field(default_factory=select.Selected)
    marked: int = -1  # the element that a site file calls the container

    def chain(self, element: int) -> list[int]:
        """Return the element and its ancestors, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.elements[element].parent
        return chain

    def names(self, block: int, levels: int = 2) -> str:
        """Return tag, class and id of a block's innermost elements, in lower case."""
        chain = self.chain(self.blocks[block].element)[:levels]
        return " ".join(f"{self.elements[i].tag} {self.elements[i].names}" for i in chain).lower()

    def cut(self, element: int) -> str:
        """Return the markup of an element."""
        one = self.elements[element]
        return self.html[one.start : one.end]


def parse(html: str, caps: Caps = CAPS, layout: Layout | None = None) -> Tree:
    """Return the page's tree; a site's layout is applied on the way. Raises PageRefused where it is deeper than a browser would allow, formatting tags not counted."""
    try:
        return _read(html, caps, layout)
    except _TooDeep:
        pass
    try:
        return _read(_FORMATTING.sub("", html), caps, layout)
    except _TooDeep:
        message = f"the page nests more than {caps.depth} levels deep; raise the cap or leave the page out"
        raise PageRefused(message, cap="depth") from None


class _TooDeep(Exception):  # noqa: N818 (never leaves this module)
    """The tree is deeper than the cap."""


def _read(html: str, caps: Caps, layout: Layout | None) -> Tree:
    """Parse, apply the site's layout, and write the body as well-formed markup without scripts and the like."""
    parser = LexborHTMLParser(html)
    selected = select.apply(parser, layout) if layout is not None else select.Selected()
    parser.strip_tags(_DROPPED)
    body = parser.body
    tree = _build((body.html or "") if body is not None else (parser.html or ""), caps)
    tree.selected = selected
    if selected.container:
        at = tree.html.find(f'{select.MARK}="container"')
        tree.marked = next((i for i, e in enumerate(tree.elements) if e.start == tree.html.rfind("<", 0, at)), -1)
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
    """One pass over the tags (written flat: this loop is half of the stage's time)."""
    html = _COMMENT.sub("", html)
    tree = Tree(html)
    elements, blocks = tree.elements, tree.blocks
    stack: list[int] = []
    parts: list[str] = []
    linked: list[str] = []
    current, links, inline, position, filled = -1, 0, 0, 0, False
    pieces = _TOKEN.split(html)
    for raw, closing, tag, attributes in zip(pieces[0::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=False):
        if raw:
            position += len(raw)
            if filled or not raw.isspace():
                filled = True
                parts.append(raw)
                if links:
                    linked.append(raw)
        start = position
        position += len(closing) + len(tag) + len(attributes) + 2
        if tag in _INLINE:
            if tag == "a":
                links = (links - 1 if links else 0) if closing else links + 1
            if filled or attributes:
                parts.append(hint(attributes) or RUN if "=" in attributes else RUN)
            if tag not in _VOID:
                inline += -1 if closing else 1
                if inline + len(stack) > caps.depth:
                    raise _TooDeep
            continue
        if filled:
            _flush(blocks, parts, linked, current)
            filled = False
        elif parts:
            parts.clear()
        if closing:
            if stack and elements[stack[-1]].tag == tag:
                elements[stack.pop()].end = position
                current = stack[-1] if stack else -1
        elif tag not in _VOID:
            current = _open(elements, tag, attributes, current, start)
            stack.append(current)
            if len(stack) > caps.depth:
                raise _TooDeep
    if filled or pieces[-1].strip():
        _flush(blocks, [*parts, pieces[-1]], linked, current)
    for index in stack:
        elements[index].end = len(html)
    return tree


def hint(attributes: str) -> str:
    """Return the mark of a box that its class or id calls the source, the author or the editor, nothing for any other."""
    found = _HINT.search(attributes)
    if not found:
        return ""
    return SOURCE if found.group(1) else AUTHOR if found.group(2) else EDITOR


def _flush(blocks: list[Block], parts: list[str], linked: list[str], element: int) -> None:
    """Make a block of the collected text."""
    runs = squeeze(unescape("".join(parts)))
    text = squeeze(_MARKS.sub("", runs)) if len(parts) > 1 else runs
    if text:
        blocks.append(Block(text, element, len(squeeze(unescape("".join(linked)))) if linked else 0, runs))
    parts.clear()
    linked.clear()


def _open(elements: list[Element], tag: str, attributes: str, parent: int, start: int) -> int:
    """Add an element and return its index."""
    names, hidden = "", parent >= 0 and elements[parent].hidden
    if attributes:
        if "class=" in attributes or "id=" in attributes:
            names = " ".join(_NAMES.findall(attributes))
        hidden = hidden or ("none" in attributes or "hidden" in attributes) and _HIDDEN.search(attributes) is not None
    elements.append(Element(tag, names, parent, start, 0, hidden))
    return len(elements) - 1

"""The whole page as a flat list of blocks and elements, made by a fast parser (selectolax, lexbor) in one pass.

A *block* is what a reader sees as one line or paragraph: text between the edges of block elements and `<br>`. Every block knows its element,
and every element its parent and its nodes, so a part of the page can be cut out exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from ljnews.errors import PageRefused
from ljnews.layout import select
from ljnews.layout.prescan import CAPS, Caps
from ljnews.layout.space import squeeze

if TYPE_CHECKING:
    from ljnews.sites.loader import Layout

# What a tag is. 1: formatting, 2: a link, 3: inline and void, 4: void, 5: never text; 0 (not here): a block.
_FORMAT = (
    "abbr acronym b basefont bdi bdo big cite code del dfn em font i ins kbd label mark nobr o:p q rp rt ruby s samp small strike strong "
    "sub sup tt u var span time st1:chsdate st1:chmetcnv st1:personname"
)
# A form is not never text: old ASP.NET pages are one big form.
_NEVER = "script style noscript template iframe svg object embed canvas select textarea button video audio map datalist math title head"
KINDS = dict.fromkeys(_FORMAT.split(), 1) | {"a": 2} | dict.fromkeys("img input wbr".split(), 3)
KINDS |= dict.fromkeys("area base br col hr link meta param source track".split(), 4) | dict.fromkeys(_NEVER.split(), 5)
TEXT, _COMMENT = 6, 7
KINDS |= {"-text": TEXT, "-comment": _COMMENT}
# Formatting that may be cut from the markup before the parse when a page nests it too deeply.
_FORMATTING = re.compile(r"</?(?:b|big|em|font|i|nobr|s|small|span|strike|strong|tt|u|a)(?:\s[^<>]*)?>", re.I)
_OPAQUE = re.compile(r"<(?:!--|((?:s(?:cript|tyle)|S(?:CRIPT|TYLE)))(?=[\s>/]))")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_LONG_LINK = 40  # characters of a paragraph, of which no link has so many
_MAYBE_HIDDEN = '[hidden],[style*="none" i]'
# Marks inside `Block.runs`: an edge between inline boxes, and the same edge before a box that its class calls the source, the author, the editor.
RUN, SOURCE, AUTHOR, EDITOR = "\x1f", "\x1c", "\x1d", "\x1e"
_HINT = re.compile(r"(source|laiyuan|copyfrom|origin|media_?name|js_name)|(author|writer|zuozhe)|(editor|bianji)", re.I)


class Block:
    """One line of the page: its text, its innermost block element, the characters inside links, its first and last node."""

    __slots__ = ("_nodes", "_runs", "element", "first", "last", "links", "text")

    def __init__(self, text: str, element: int, links: int, nodes: list[Any], first: int, last: int) -> None:
        self.text, self.element, self.links = text, element, links
        self.first, self.last, self._runs = first, last, ""
        self._nodes = nodes  # not the tree: a cycle would keep every page until a collection

    @property
    def runs(self) -> str:
        """The text with marks at the edges of spans and links, for lines whose parts mean different things. Made when first asked for."""
        if not self._runs:
            self._runs = squeeze("".join(self._marked())) or self.text
        return self._runs

    def attributes(self, names: tuple[str, ...]) -> list[str]:
        """Return the values of the named attributes on the block's inline elements, in page order."""
        found = []
        for node in self._nodes[max(0, self.first - 3) : self.last + 1]:
            if KINDS.get(node.tag, 0) in (1, 2):
                attributes = node.attributes
                found += [value for name in names if (value := attributes.get(name))]
        return found

    def _marked(self) -> Iterator[str]:
        nodes, start = self._nodes, self.first
        while start > 0 and KINDS.get(nodes[start - 1].tag, 0) in (1, 2) and nodes[start].parent.mem_id == nodes[start - 1].mem_id:
            start -= 1
        above = 0
        for node in nodes[start : self.last + 1]:
            kind = KINDS.get(node.tag, 0)
            if kind == TEXT:
                if above and node.parent.mem_id != above:
                    yield RUN
                above = node.parent.mem_id
                yield node.text_content or ""
            elif kind in (1, 2):
                above = node.mem_id
                yield hint(names_of(node)) or (hint(node.attributes.get("rel") or node.attributes.get("itemprop") or "") or RUN)


@dataclass(eq=False)
class Tree:
    """A parsed page.

    `nodes` is its body in page order, without what is never text. The block elements are numbered in page order; `tags`, `parents` (-1: none),
    `starts`, `ends` (first node, node behind the last) and `hidden` are theirs.
    """

    nodes: list[Any] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    selected: select.Selected = field(default_factory=select.Selected)
    marked: int = -1  # the element that a site file calls the container
    _names: dict[int, str] = field(default_factory=dict)

    def names(self, element: int) -> str:
        """Return an element's class and id as written."""
        found = self._names.get(element)
        if found is None:
            found = self._names[element] = names_of(self.nodes[self.starts[element]])
        return found

    def chain(self, element: int) -> list[int]:
        """Return the element and its ancestors, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.parents[element]
        return chain


def names_of(node: Any) -> str:
    """Return a node's class and id as written."""
    attributes = node.attributes
    one, two = attributes.get("class"), attributes.get("id")
    return f"{one} {two}" if one and two else one or two or ""


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
    """Parse, apply the site's layout, and list the body's nodes."""
    parser = LexborHTMLParser(html)
    selected = select.apply(parser, layout) if layout is not None else select.Selected()
    root = parser.body or parser.root
    hidden = (
        {n.mem_id for n in parser.css(_MAYBE_HIDDEN) if _is_hidden(n)} if "none" in html or "hidden" in html or "NONE" in html else set()
    )
    tree = _build(root, hidden, caps)
    if runaway := _runaway(tree):
        for node in parser.css("a"):
            if node.attributes.get("href") == runaway:
                node.unwrap()
        tree = _build(root, hidden, caps)
    tree.selected = selected
    if selected.container is not None:
        wanted = selected.container
        tree.marked = next((i for i, start in enumerate(tree.starts) if tree.nodes[start].mem_id == wanted), -1)
    return tree


def _runaway(tree: Tree) -> str | None:
    """The address of a link that was never closed: the parser goes on with it through every paragraph behind it."""
    linked = [block for block in tree.blocks if block.links >= _LONG_LINK and block.links * 10 >= len(block.text) * 9]
    if len(linked) < 3:
        return None
    hrefs = [_href(tree.nodes[block.first]) for block in linked]
    most = max(hrefs, key=hrefs.count)
    return most if most and hrefs.count(most) >= 3 else None


def _href(node: Any) -> str:
    """The address of the link around a node."""
    for _ in range(6):
        if node is None or node.tag == "a":
            break
        node = node.parent
    return (node.attributes.get("href") or "") if node is not None and node.tag == "a" else ""


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def without_scripts(html: str) -> str:
    """Return the markup without comments, scripts and styles, as the HTML standard delimits them.

    They are most of many pages' bytes, and plain search passes over them a hundred times faster than any parser.
    """
    kept: list[str] = []
    position, odd = 0, html.find("--!>")  # closes a comment too; the next one is looked for once
    for match in _OPAQUE.finditer(html):
        start = match.start()
        if start < position:
            continue
        tag = match.group(1)
        end = html.find(f"</{tag}", match.end()) if tag else html.find("-->", match.end() - 2)
        if odd >= 0 and not tag:
            odd = odd if odd >= match.end() else html.find("--!>", match.end())
            end = odd if odd >= 0 and (end < 0 or odd < end) else end
        if end < 0:  # unclosed, or closed in other letters: left to the parser
            break
        kept.append(html[position:start])
        position = html.find(">", end) + 1 or len(html)
    kept.append(html[position:])
    return "".join(kept)


def _build(root: Any, hidden_ids: set[int], caps: Caps) -> Tree:
    """One pass over the nodes (written flat: this loop is a third of the stage's time)."""
    tree = Tree()
    nodes, blocks, sort, most = tree.nodes, tree.blocks, KINDS.get, caps.depth
    tags, parents, starts, ends, hidden = tree.tags, tree.parents, tree.starts, tree.ends, tree.hidden
    path: list[int] = []  # ids of the open nodes
    sorts: list[int] = []  # and what they are
    opened: list[int] = []  # the open block elements
    parts: list[str] = []
    current, links, linked, first, last, skipping, unseen = -1, 0, 0, 0, 0, 0, False
    top, count = 0, 0
    for node in root.traverse(include_text=True):
        tag = node.tag
        kind = sort(tag, 0)
        above = node.parent.mem_id
        if above != top and kind != _COMMENT:
            while path and path[-1] != above:
                path.pop()
                closed = sorts.pop()
                if not closed:
                    if parts:
                        if text := squeeze("".join(parts) if len(parts) > 1 else parts[0]):
                            blocks.append(Block(text, current, linked, nodes, first, last))
                        parts, linked = [], 0
                    ends[opened.pop()] = count
                    current = opened[-1] if opened else -1
                    unseen = current >= 0 and hidden[current]
                elif closed == 2:
                    links -= 1
                elif closed == 5:
                    skipping -= 1
            top = above
        if kind == TEXT:
            raw = node.text_content
            if raw and not skipping and (parts or not raw.isspace()):
                if current >= 0 and tags[current] == "pre" and "\n" in raw:
                    nodes.append(node)
                    blocks += [Block(line, current, 0, nodes, count, count) for one in raw.split("\n") if (line := squeeze(one))]
                    count += 1
                    continue
                last = count
                if not parts:
                    first = count
                nodes.append(node)
                count += 1
                parts.append(raw)
                if links:
                    linked += len(raw.strip())
            continue
        if kind == _COMMENT:
            continue
        if skipping:
            kind = 5
        elif parts and (not kind or kind > 3):
            if text := squeeze("".join(parts) if len(parts) > 1 else parts[0]):
                blocks.append(Block(text, current, linked, nodes, first, last))
            parts, linked = [], 0
        if kind != 5:
            nodes.append(node)
            count += 1
            if kind == 3 or kind == 4:
                continue
        top = node.mem_id
        path.append(top)
        sorts.append(kind)
        if len(path) > most:
            raise _TooDeep
        if not kind:
            unseen = unseen or top in hidden_ids
            tags.append(tag)
            parents.append(current)
            starts.append(count - 1)
            ends.append(0)
            hidden.append(unseen)
            current = len(tags) - 1
            opened.append(current)
        elif kind == 2:
            links += 1
        elif kind == 5:
            skipping += 1
    if text := squeeze("".join(parts)):
        blocks.append(Block(text, current, linked, nodes, first, last))
    for index in opened:
        ends[index] = count
    return tree


def hint(names: str) -> str:
    """Return the mark of a box that its class or id calls the source, the author or the editor, nothing for any other."""
    found = _HINT.search(names) if names else None
    if not found:
        return ""
    return SOURCE if found.group(1) else AUTHOR if found.group(2) else EDITOR

"""Caps on a page before any parser sees it.

A parser's time can be quadratic in depth and in attributes (one tag of 100,000 attributes held every parser for minutes), and C code cannot
be interrupted, so such pages are refused first. Cheap counts decide whether the full scan is needed; both are linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ljnews.errors import PageRefused


@dataclass(frozen=True)
class Caps:
    """Upper bounds on a page; 512 levels is the browsers' own bound."""

    characters: int = 10_000_000
    tags: int = 200_000
    depth: int = 512
    attributes: int = 256
    entities: int = 500_000


CAPS = Caps()

# Below these counts even a quadratic parser is done in a fifth of a second (8,000 nested elements: 0.2 s), so no full scan is made.
_FEW_TAGS = 8_000
_SHORT_TAG = 512  # 256 attributes need at least as many names and spaces

# A start tag as far as its quotes allow; what follows an unpaired quote is taken in too, the exact count comes after.
_START = re.compile(r"""<[a-zA-Z][^>"']*+(?:(?:"[^"]*+"|'[^']*+'|["'])[^>"']*+)*+""")
# A start tag that long without an end; a quote in the text right after a tag, which may mean that the tag ended inside an attribute.
_OPEN_RUN = re.compile(rf"<[a-zA-Z][^>]{{{_SHORT_TAG}}}")
_QUOTE_AFTER = re.compile(r""">[^<>"']*+["']""")
_TAG = re.compile(
    r"<!--(?:(?s:.*?)--!?>|(?s:.*)\Z)"
    r"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b(?s:.*?)(?:</\1\b|\Z)"
    r"|<(/?)([a-zA-Z][^\s/>]*)",
    re.I,
)
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+))?""")
_END = re.compile(r"[\s/]{0,64}+>")
# Elements that cannot hold another of their kind, or anything at all: they do not add up to depth.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option optgroup tbody thead tfoot "
    "b i u s em strong small big font span a tt code nobr strike o:p".split()
)


def check(html: str, caps: Caps = CAPS) -> None:
    """Raise PageRefused for a page over a cap, naming the cap, what was found and what is allowed."""
    _under("characters", len(html), caps.characters)
    opened = html.count("<") if len(html) > _FEW_TAGS * 3 else 0
    opened -= html.count("</") if opened > _FEW_TAGS else 0
    if opened > caps.tags:
        _under("tags", sum(1 for _ in re.finditer(r"<[a-zA-Z!?]", html)), caps.tags)
    if len(html) > caps.entities:
        _under("entities", html.count("&"), caps.entities)
    if opened > _FEW_TAGS:
        _depth(html, caps)
    if _suspicious(html, caps):
        _attributes(html, caps)


def _under(what: str, found: int, allowed: int) -> None:
    if found > allowed:
        raise PageRefused(f"the page has {found} {what}, {allowed} are allowed; raise the cap or leave the page out", cap=what)


def _suspicious(html: str, caps: Caps) -> bool:
    """Whether something that looks like a tag (it may be in a script) has more attributes than are allowed."""
    if not _OPEN_RUN.search(html) and len(_QUOTE_AFTER.findall(html)) < 12:
        return False
    tags = _START.findall(html)
    return any(len(tag) > _SHORT_TAG and _count(tag, 1, caps.attributes) > caps.attributes for tag in tags)


def _count(html: str, position: int, most: int) -> int:
    """The attributes of the tag whose name starts at the position, counting no further than one above `most`."""
    count = -1  # the first «attribute» is the tag's name
    while count <= most and not _END.match(html, position):
        match = _ATTRIBUTE.match(html, position)
        if not match or match.end() == position:
            break
        position, count = match.end(), count + 1
    return count


def _depth(html: str, caps: Caps) -> None:
    """A rough depth from the tags alone; the tree's own depth is held to the cap afterwards."""
    depth = 0
    for match in _TAG.finditer(html):
        name = match.group(3)
        if not name or name.lower() in _FLAT:
            continue
        if match.group(2):
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > caps.depth * 4:
                _under("levels of nested elements", depth, caps.depth)


def _attributes(html: str, caps: Caps) -> None:
    """Count the attributes of every tag that is none of a script's or comment's."""
    for match in _TAG.finditer(html):
        if match.group(3) and not match.group(2):
            _under("attributes in one tag", _count(html, match.start(3), caps.attributes), caps.attributes)

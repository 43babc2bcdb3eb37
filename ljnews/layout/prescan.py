"""Caps on a page before any parser sees it, and the parse itself.

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

# Below these counts even a quadratic parser is done in a tenth of a second (5,000 nested elements: 0.08 s), so no full scan is made.
_FEW_TAGS = 5_000
_LONG_TAG = 1_500

_OPEN_RUN = re.compile(r"<[a-zA-Z][^>]{%d}" % _LONG_TAG)
_QUOTED_END = re.compile(r"""=\s{0,8}(?:"[^">]*>|'[^'>]*>)""")
_TAG = re.compile(
    r"<!--(?:(?s:.*?)--!?>|(?s:.*)\Z)"
    r"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b(?s:.*?)(?:</\1\b|\Z)"
    r"|<(/?)([a-zA-Z][^\s/>]*)",
    re.I,
)
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*))?""")
_END = re.compile(r"[\s/]*>")
# Elements that cannot hold another of their kind, or anything at all: they do not add up to depth.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option optgroup tbody thead tfoot "
    "b i u s em strong small big font span a tt code nobr strike o:p".split()
)


def check(html: str, caps: Caps = CAPS) -> None:
    """Raise PageRefused for a page over a cap, naming the cap, what was found and what is allowed."""
    _under("characters", len(html), caps.characters)
    opened = html.count("<")
    if opened > caps.tags:
        _under("tags", sum(1 for _ in re.finditer(r"<[a-zA-Z/!?]", html)), caps.tags)
    _under("entities", html.count("&"), caps.entities)
    if opened > _FEW_TAGS:
        _depth(html, caps)
    if _OPEN_RUN.search(html) or _many(_QUOTED_END, html, 64):
        _attributes(html, caps)


def _under(what: str, found: int, allowed: int) -> None:
    if found > allowed:
        raise PageRefused(f"the page has {found} {what}, {allowed} are allowed; raise the cap or leave the page out", cap=what)


def _many(pattern: re.Pattern[str], html: str, limit: int) -> bool:
    return any(n >= limit for n, _ in enumerate(pattern.finditer(html)))


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
    """Count the attributes of every long tag exactly."""
    position = 0
    while match := _TAG.search(html, position):
        position = match.end()
        if not match.group(3) or match.group(2):
            continue
        count = 0
        while not _END.match(html, position):
            attribute = _ATTRIBUTE.match(html, position)
            if not attribute or attribute.end() == position:
                break
            position, count = attribute.end(), count + 1
            _under("attributes in one tag", count, caps.attributes)


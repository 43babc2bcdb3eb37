"""Roads that are built along a stretch each: «拓宽改造了望江中路(安和路-白沙路)、青岚东路(云明大道-柳塘街)等主干道»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.introduced import Region
from ljnews.text.text import Text

_ONE = r"[\u4e00-\u9fffA-Z0-9]{2,12}?(?:路|街|大道|线)\([^()、,。;\n]{2,14}[-—~至到][^()、,。;\n]{2,14}\)"
_CHAIN = re.compile(
    rf"(?:改造|提升|拓宽|新建|改建|扩建|建设|建成|打通|修建|续建|实施|完成|推进|整治|升级){{1,2}}[了成]?(?P<roads>{_ONE}(?:[、和及]{_ONE}){{1,20}})(?=[,。;\n等建工])"
)
_ITEM = re.compile(rf"[、和及]?({_ONE})")


def stretches(text: Text) -> Iterator[Region]:
    """Yield the lists of roads with their stretch in brackets that stand right behind a verb of building."""
    if ")、" not in text.folded and ")和" not in text.folded:
        return
    for match in _CHAIN.finditer(text.folded):
        items = [item.span(1) for item in _ITEM.finditer(text.folded, *match.span("roads"))]
        yield Region(*match.span("roads"), "project.stretches", items=items)

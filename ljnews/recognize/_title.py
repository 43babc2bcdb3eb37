"""What a title is, and the class of an organisation by how its name ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ljnews.lexicon import load

_PARTY_BODY = re.compile(r"(?:党组|党委|党工委|党总支|党支部|总支|支部|纪委|机关党委)$")
# A department of a firm or a society (商会医疗器械部, 集团公司办公室) belongs to it.
_INSIDE = re.compile(r"(?<!国有)(?:(协会|商会|学会|研究会)|公司|集团(?!军))(?!监管|管理局|联合会)")
_DOUBLED = re.compile(r"\A[^()]{2,}\(([^()]{2,})\)")  # 市经合办(招商局): an office under two names
_LONGEST_SUFFIX = 10


@dataclass(slots=True, eq=False)
class Title:
    """A title in the text.

    `start` is where its organisation (or first modifier) begins, `head_start` where the title proper begins, `end` its end. `organization`
    is as printed, or completed where the title shares a character with it (市委组织部长: 市委组织部 + 部长).
    """

    start: int
    head_start: int
    end: int
    title: str
    head: str
    klass: str
    organization: str | None
    org_klass: str | None
    shares: bool = False  # organisation and title share one printed character
    before: str = ""  # what stands in the segment to the left when it is no organisation
    named: int = 0  # length of the name that stands between organisation and title (市工信局|郑荣林|副局长)
    extra: tuple[str, ...] = ()  # further organisations that share the title (中共中央台办、国务院台办主任)


@cache
def suffixes() -> dict[str, str]:
    """Return organisation endings with their class."""
    return {e.term: e.klass for e in load("organization_suffixes").entries.values()}


def suffix_class(name: str) -> str | None:
    """Return the class of an organisation by its longest ending, None where it ends like none."""
    if name.endswith(")") and (doubled := _DOUBLED.fullmatch(name)):
        return suffix_class(doubled.group(1))
    table = suffixes()
    for width in range(min(_LONGEST_SUFFIX, len(name)), 0, -1):
        klass = table.get(name[-width:])
        if klass is None:
            continue
        inside = _INSIDE.search(name)
        if inside and inside.end() < len(name):
            return "association" if inside.group(1) else "company"
        if klass == "party":
            # A party body inside a firm or a society belongs to that (省电力公司党组).
            stem = _PARTY_BODY.sub("", name)
            inner = suffix_class(stem) if 1 < len(stem) < len(name) else None
            return inner if inner in ("company", "association") else klass
        return klass
    return None

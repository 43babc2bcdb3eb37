"""Where an organisation's name may begin at the earliest: segments, and the words that cannot stand in such a name (陪同, 会见, 在)."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from ljnews.lexicon import load
from ljnews.recognize import names, places

_BOUNDARY = frozenset("(),。;:!?、\n\"“”'‘’《》〈〉[]【】|丨/—…~ \t■●◆▲△▼★☆◎□")
# 格力电器(重庆)有限公司: brackets that belong to a name.
_IN_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z](\([\u4e00-\u9fff]{2,8}\))(?=[\u4e00-\u9fff])")
# The sign first: it is rare, and a scan for one of seven characters is quick.
_DATE_END = re.compile(r"[年月日号时点分](?:(?<=\d.)|(?<=[一二三四五六七八九十]月))(?:上午|下午|晚上|晚|晨|中午|凌晨|[上中下]旬|初|底)?")
_REACH = 60


# 和县 is a county, and 书记甲和县长乙 is everywhere: it holds a cutting word in its fuller forms only.
_NO_KEEP = frozenset(("和县",))


@cache
def _edges() -> tuple[object, list[bool]]:
    """An automaton over what ends an organisation on its left, and what only looks so."""
    lexicon = load("organization_edges")
    cut = dict.fromkeys(lexicon.terms("cut"), True)
    keep = dict.fromkeys(lexicon.terms("keep"), False)
    single = {term for term in cut if len(term) == 1}
    for name in [*places.divisions(), *load("towns").entries]:
        if single & set(name) and name not in _NO_KEEP:
            keep[name] = False
    table = keep | {t: v for t, v in cut.items() if t not in keep}
    terms = sorted(table)
    return names.automaton(terms), [table[t] for t in terms]


@lru_cache(maxsize=4)
def _cuts(folded: str) -> list[int]:
    """Return where words and dates end that cannot stand in an organisation's name (陪同|市委书记, 8月1日|市委书记)."""
    automaton, cuts = _edges()
    ends = [stop for index, _, stop in automaton.find_matches_as_indexes(folded) if cuts[index]]  # type: ignore[attr-defined]
    dates = [m.end() for m in _DATE_END.finditer(folded)]
    return sorted(ends + dates) if dates else ends


# 青岚—望水湖景区: a dash between two short names of one scenic area or zone.
_DASHED = re.compile(
    r"(?:(?<![\u4e00-\u9fff—])|(?<=[在从对由和与到及]))[\u4e00-\u9fff]{2,4}(—)"
    r"(?=[\u4e00-\u9fff]{1,6}(?:景区|名胜区|度假区|新区|开发区|示范区|保护区|实验区))"
)


@lru_cache(maxsize=4)
def _bracketed(folded: str) -> frozenset[int]:
    """Return where the brackets and dashes stand that belong to a name."""
    signs: set[int] = set()
    if "(" in folded:
        signs.update(at for m in _IN_NAME.finditer(folded) for at in (m.start(1), m.end(1) - 1))
    if "区" in folded and "—" in folded:
        signs.update(m.start(1) for m in _DASHED.finditer(folded))
    return frozenset(signs)


def left_edge(folded: str, start: int, end: int) -> int:
    """Return where an organisation that ends at `end` begins at the earliest, by the last word that cannot stand in it."""
    cuts = _cuts(folded)
    i = bisect_right(cuts, end) - 1
    while i >= 0 and cuts[i] > start and _inside_name(folded, start, cuts[i], end):
        i -= 1
    return max(start, cuts[i]) if i >= 0 else start


_OFFICE_END = re.compile(r"[局厅委部署]$|委员会$|中心$|办公室$|大学$|学院$")
OPENS_OFFICE = re.compile(r"^(?:中共)?(?:[省市州盟县区旗]|国家|全国|中国)")


@cache
def _departments() -> re.Pattern[str]:
    """A pattern of what offices deal with, at the end of a name's left half or at the head of its right one."""
    words = "|".join(sorted(load("departments").terms(), key=lambda t: (-len(t), t)))
    return re.compile(rf"(?:{words})$|^(?:{words})")


def _inside_name(folded: str, start: int, at: int, end: int) -> bool:
    """Say whether the cutting word before an offset stands inside a name: 卫生和|健康局, 云南锡业同|乐公司."""
    char = folded[at - 1]
    return (char in "和与" and _one_office(folded, start, at, end)) or (char in _IN_FIRMS and _one_firm(folded, start, at, end))


# Characters that firms' names hold though they cut elsewhere.
_IN_FIRMS = frozenset("和及同比经向为用过当")
_FIRM = re.compile(r"(?:有限|股份|责任)公司|集团|公司|合作社|联合会|联盟|协会")
_COUNTRY = re.compile(r"(?:中国|国家|全国)")


def _one_firm(folded: str, start: int, at: int, end: int) -> bool:
    """Say whether a firm's name goes on over 和, 同 …: its left half is a place, or opens with one and names no whole body."""
    right = folded[at:end]
    if not _FIRM.search(right) or any(s == 0 for s, _, _ in places.find(right[:6])):
        return False
    cuts = _cuts(folded)
    i = bisect_right(cuts, at - 1) - 1
    low = max(start, cuts[i] if i >= 0 else start)
    left = folded[low : at - 1]
    opened = _COUNTRY.match(left)
    place = opened.end() if opened else next((e for s, e, _ in places.find(left) if s == 0), 0)
    if not place:
        return False
    rest = left[place:]
    if not rest:
        return not opened
    whole = _OFFICE_END.search(left) or _FIRM.search(left) or rest[-1] in "省市县区州旗镇乡村" or any(load("titles").find(rest))
    return len(rest) <= (12 if opened else 6) and not whole


def _one_office(folded: str, start: int, at: int, end: int) -> bool:
    """Say whether 和 stands inside one office's name (州文化体育旅游和广播电视局): its left half names no whole body."""
    right = folded[at:end]
    if not _OFFICE_END.search(right) or OPENS_OFFICE.match(right) or any(places.find(right[:4])):
        return False
    cuts = _cuts(folded)
    i = bisect_right(cuts, at - 1) - 1
    low = max(start, cuts[i] if i >= 0 else start)
    left = folded[low : at - 1]
    if not 2 <= len(left) <= 20 or _OFFICE_END.search(left):
        return False
    if _departments().search(left) and _departments().match(right):
        return True
    return bool(OPENS_OFFICE.match(left)) or next((True for s, _, _ in places.find(left) if s == 0), False)


_ALIAS = re.compile(r"\((?:以下|下文|下)?(?:简称|称)[^()\n]{1,20}\)$")


def before_alias(folded: str, at: int) -> int:
    """Return where a bracket with a short form opens that ends at an offset (宏盾公司(下称“宏盾”)|董事长), the offset itself for none."""
    alias = _ALIAS.search(folded, max(0, at - 28), at) if folded[at - 1 : at] == ")" else None
    return alias.start() if alias else at


def segment_start(folded: str, end: int) -> int:
    """Return where the segment that ends at `end` begins: after the last hard boundary, brackets inside a name not counted.

    A step back per character: a segment has eight as a rule, and no list of all boundaries pays.
    """
    low, at, inside = max(0, end - _REACH), end, _bracketed(folded)
    while at > low and (folded[at - 1] not in _BOUNDARY or at - 1 in inside):
        at -= 1
    return at

"""The gazetteer: administrative divisions by name, short name and code; which of several namesakes is meant.

`find` yields every division named in a string; `resolve` picks a code with the help of codes known already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from ljnews.lexicon import load
from ljnews.recognize.values import PlaceName

_LEVELS = ("province", "city", "county")


class Division(NamedTuple):
    """A name in the gazetteer: the full name, its level, its codes."""

    name: str
    level: str
    codes: tuple[str, ...]


@cache
def divisions() -> dict[str, Division]:
    """Return divisions by every name they are called: full (南充市) and short (南充)."""
    table: dict[str, Division] = {}
    short: dict[str, Division] = {}
    for entry in load("divisions").entries.values():
        one = Division(entry.term, entry.klass, tuple(entry.note.split()))
        table[one.name] = one
        brief = _short(one)
        if brief and (brief not in short or _LEVELS.index(one.level) < _LEVELS.index(short[brief].level)):
            short[brief] = one
    return short | table


def _short(one: Division) -> str | None:
    """Return the short name (南充 for 南充市), None where it would be too short or an everyday word."""
    name = one.name
    if one.level == "province":
        return name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]
    if one.level == "city":
        brief = name.removesuffix("市").removesuffix("地区").removesuffix("盟")
        if brief.endswith("自治州"):
            brief = _before_people(brief)
    elif name.endswith(("县", "市", "旗")):
        brief = name[:-1]
        if brief.endswith("自治"):
            brief = _before_people(name)
    else:
        return None
    return brief if len(brief) >= 2 and brief not in load("spoken_places") and brief != name else None


def _before_people(name: str) -> str:
    """凉山彝族自治州 → 凉山."""
    places = [i for people in load("peoples").terms() if (i := name.find(people)) > 0]
    return name[: min(places)] if places else ""


@cache
def _automaton() -> tuple[Any, list[Division]]:
    import ahocorasick_rs

    table = divisions()
    terms = sorted(table)
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(terms, matchkind=kind), [table[t] for t in terms]


def find(string: str) -> Iterator[tuple[int, int, Division]]:
    """Yield the divisions named in a string."""
    automaton, found = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(string):
        yield start, end, found[index]


@cache
def by_code() -> dict[str, Division]:
    """Return divisions by code."""
    return {code: one for one in divisions().values() for code in one.codes}


def parents(code: str) -> tuple[str, str]:
    """Return the codes of a division's province and city (511302 → 510000, 511300)."""
    return code[:2] + "0000", code[:4] + "00"


def resolve(one: Division, near: Iterable[str]) -> str | None:
    """Return the code that is meant: the only one, or the one that shares most with a code already known."""
    if len(one.codes) == 1:
        return one.codes[0]
    for known in near:
        for width in (6, 4, 2):
            same = [c for c in one.codes if c[:width] == known[:width]]
            if len(same) == 1:
                return same[0]
    return None


def named(code: str) -> PlaceName | None:
    """Return the division of a code."""
    one = by_code().get(code)
    if one is None:
        return None
    level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return PlaceName(code, one.name, level)


def town_county(name: str, near: Iterable[str]) -> str | None:
    """Return the county of a town or street (犀溪镇), None when several fit."""
    codes = load("towns").entries.get(name)
    if codes is None:
        return None
    return resolve(Division(name, "town", tuple(codes.note.split())), near)

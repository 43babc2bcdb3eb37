"""The article's own place: which province, city and county «我市», «市委» and «县长» mean.

From the site and source (南充日报), the dateline (红网时刻永州12月5日讯), and the divisions that the text names most, the title counted
three times. A level that nothing tells stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ljnews.recognize import places
from ljnews.recognize.values import PlaceName
from ljnews.text.text import Text

_DATELINE = re.compile(r"(?:电|讯)(?:\s|\(|$)|日[电讯]")
# What a source, a dateline and a title are worth in mentions of the text, by hand.
_SOURCE, _DATELINED, _TITLED = 6, 4, 3
# Fewer votes than this name no place of the article.
_FEW = 2
_MUNICIPAL = frozenset(("11", "12", "31", "50"))


@dataclass(frozen=True, slots=True)
class Home:
    """Codes of the article's province, city and county; None where unknown."""

    province: str | None
    city: str | None
    county: str | None

    def at(self, level: str) -> PlaceName | None:
        """Return the division of a level (province, city, county)."""
        code = getattr(self, level)
        return places.named(code) if code else None


def home(text: Text) -> Home:
    """Return the article's own places; read once per text."""
    return text.layer("home", _read)


def _read(text: Text) -> Home:
    if text.place is not None:
        return _of_code(text.place.adcode, text)
    return _elect(text.layer("home.votes", _votes))


def _votes(text: Text) -> Counter[str]:
    """Count what names each division: the source, the dateline, the title and the text."""
    votes: Counter[str] = Counter()
    for _, _, one in places.find(text.source or ""):
        if len(one.codes) == 1:
            votes[one.codes[0]] += _SOURCE
    first = text.folded[: text.title_end + 60]
    dateline = _DATELINE.search(first)
    for mention in text.of("place"):
        code = mention.value.adcode
        if code is None:
            continue
        weight = _TITLED if mention.start < text.title_end else 1
        if dateline and text.title_end <= mention.start < dateline.end():
            weight = _DATELINED
        votes[code] += weight
    return votes


def article_place(text: Text) -> PlaceName | None:
    """Return the one division that the article is about, None where its votes leave that open.

    The province needs more than half of all votes and two at least, so that news from everywhere has no place; the city more than half of what
    its province's cities have; a county more than half of the counties' votes and more than its city has by its own name.
    """
    if text.place is not None:
        return places.named(text.place.adcode)
    one, votes = home(text), text.layer("home.votes", _votes)
    if one.province is None:
        return None
    inside = {c: n for c, n in votes.items() if c[:2] == one.province[:2]}
    if sum(inside.values()) * 2 <= sum(votes.values()) or sum(inside.values()) < _FEW:
        return None
    cities = sum(n for c, n in inside.items() if not c.endswith("0000"))
    here = sum(n for c, n in inside.items() if one.city and c[:4] == one.city[:4] and not c.endswith("0000"))
    municipal = one.city == one.province
    counties = sum(n for c, n in inside.items() if not c.endswith("00"))
    own = inside.get(one.county, 0) if one.county else 0
    if own * 2 > counties and own > inside.get(one.city or one.province, 0) and (municipal or one.city is None or here * 2 > cities):
        return one.at("county")
    if one.city and not municipal and here * 2 > cities:
        return one.at("city")
    return one.at("province")


def _elect(votes: Counter[str]) -> Home:
    """Province first, then the city inside it, then the county inside that."""
    provinces: dict[str, int] = {}
    for code, count in votes.items():
        provinces[code[:2]] = provinces.get(code[:2], 0) + count
    province = _winner(provinces)
    if province is None:
        return Home(None, None, None)
    cities: dict[str, int] = {}
    counties: dict[str, int] = {}
    for code, count in votes.items():
        if code[:2] == province and not code.endswith("0000"):
            cities[code[:4]] = cities.get(code[:4], 0) + count
            if not code.endswith("00"):
                counties[code] = counties.get(code, 0) + count
    if province in _MUNICIPAL:
        return Home(province + "0000", province + "0000", _winner(counties))
    city = _winner(cities)
    if city is not None and city + "00" not in places.by_code():
        city = None  # counties under the province itself (4290, 4690) have no city
    county = _winner(counties if city is None else {c: n for c, n in counties.items() if c[:4] == city})
    return Home(province + "0000", city + "00" if city else None, county)


def _winner(tally: dict[str, int]) -> str | None:
    """Return the key with the most votes; ties go to the smaller code."""
    return min(tally, key=lambda k: (-tally[k], k)) if tally else None


def _of_code(code: str, text: Text) -> Home:
    """The home of an article whose place is known; its county from the text where only the city is."""
    province, city = places.parents(code)
    county = code if not code.endswith("00") else None
    if county is None:
        inside = Counter(
            m.value.adcode
            for m in text.of("place")
            if m.value.adcode and m.value.adcode[:4] == code[:4] and not m.value.adcode.endswith("00")
        )
        county = min(inside, key=lambda k: (-inside[k], k)) if inside and not code.endswith("0000") else None
    known = None if code.endswith("0000") else city
    return Home(province, known, county)

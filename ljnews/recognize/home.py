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
_MANY = 3


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
    """Return the article's own places."""
    if text.place is not None:
        return _of_code(text.place.adcode, text)
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
    return _elect(votes)


def _elect(votes: Counter[str]) -> Home:
    """Province first, then the city inside it, then the county inside that."""
    province = _winner(votes, lambda c: c[:2] + "0000", lambda c: True)
    if province is None:
        return Home(None, None, None)
    city = _winner(votes, lambda c: c[:4] + "00", lambda c: c[:2] == province[:2] and not c.endswith("0000"))
    if city is not None and city not in places.by_code():
        city = None  # counties under the province itself (4290, 4690) have no city
    county = _winner(votes, lambda c: c, lambda c: not c.endswith("00") and c[:2] == province[:2] and (city is None or c[:4] == city[:4]))
    if province in ("110000", "120000", "310000", "500000"):
        city = province
        county = _winner(votes, lambda c: c, lambda c: not c.endswith("00") and c[:2] == province[:2])
    return Home(province, city, county)


def _winner(votes: Counter[str], of: object, allowed: object) -> str | None:
    """Return the key with the most votes; ties go to the smaller code."""
    tally: Counter[str] = Counter()
    for code, count in votes.items():
        if allowed(code):  # type: ignore[operator]
            tally[of(code)] += count  # type: ignore[operator]
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

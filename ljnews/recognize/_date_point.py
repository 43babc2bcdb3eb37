"""Reading one point in time: `point_at` turns 2022年9月底, 今年上半年, “十四五”末 into a `Point`, its unknown parts left open.

A point is a year (absolute, relative, or open) and a part of it (months, a day, a festival, an edge). `_date_resolve` makes it a period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ljnews.lexicon import loader
from ljnews.recognize import numeral

YEAR_NUMBER = r"(?:1[89]|20|21)\d\d"
_CN_YEAR = "[一二][〇○零九八][〇○零一二三四五六七八九]{2}"
_YEAR = re.compile(rf"({YEAR_NUMBER}|{_CN_YEAR}) ?(?:年(?:度(?![假母]))?|财年|财政年度|(?=[上下]半年|全年|年[底末初中]))")
_YEARS = re.compile(rf"({YEAR_NUMBER}) ?年?(?: ?[-~～–—―─]{{1,2}} ?|至|到)({YEAR_NUMBER}) ?年(?!\d{{1,2}} ?月)")
_SHORT_YEAR = re.compile(r"([0189]\d) ?年(?= ?\d{1,2} ?月)|(0\d|[零〇][一二三四五六七八九]) ?年")
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九正])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|[一二]?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r" ?(?:至|到|[-~～–—―─]{1,2}) ?"
_MONTHS = re.compile(rf"({_MONTH}) ?月?份?{_TO}({_MONTH}) ?月(?!\d{{1,2}} ?[日号])份?|({_MONTH})、({_MONTH}) ?月份?(?!\d)")
_MONTH_DAY = re.compile(
    rf"({_MONTH}) ?月份? ?(?:({_DAY}) ?(?:[日号]|(?=[之以]?前(?![0-9一二三四五六七八九十])))|([上中下])旬|(月?[初底末]))?"
)
_DAY_ONLY = re.compile(rf"({_DAY}) ?日(?![内游均报本元产圆])")
_FULL = re.compile(rf"({YEAR_NUMBER})[-/.](1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])(?![\d.])")
_FIRST_MONTHS = re.compile(r"(?<!提)前(\d{1,2}|[一二两三四五六七八九十]{1,2})个?月(?!来)")
_WEEKDAY = re.compile(r"((?:上上|下下|上|下|本|这)?)个?(?:周|星期|礼拜)([一二三四五六日天末])(?![年期岁]|一|边)")
_WEEKS = {"": "", "本": "0", "这": "0", "上": "-1", "下": "1", "上上": "-2", "下下": "2"}
_DECADES = re.compile(
    r"(?:(上|本)世纪 ?|(\d{2}|十[五六七八九]|二十一?) ?世纪 ?)?([二三四五六七八九]十|[1-9]0) ?年代(?:初期?|末期?|中期?|后期|前期)?"
)
_LUNAR = re.compile(
    r"(?:农历|阴历|旧历)(?:[一二两三四五六七八九〇零十\d]{2,4}年)?(?:(正月)|[一二三四五六七八九十冬腊]{1,2}月)(?:(?:初([一二三四五六七八九十])|([一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?))日?)?"
)
_FIRST_MONTH = re.compile(r"正月(?:初([一二三四五六七八九十])|(十[一二三四五六七八九]?|二十[一二三四五六七八九]?))日?")
_DECADE = {"上": 1, "中": 2, "下": 3}
_EDGES = {"底": "end", "末": "end", "初": "start", "中": "mid"}
_NOT_MID = tuple("国央共心考秋间学小午医东南西级部期新标旬介药华外一招山原")


@dataclass(slots=True)
class Point:
    """A point in time as printed. `year` is a number or None; `shift` a relative year; `body` names the part of the year."""

    start: int
    end: int
    year: int | None = None
    shift: str | None = None  # "-1", "0", "same", "next"
    body: tuple[str, ...] = ()  # ("months", "1", "6"), ("day", "9", "30"), ("decade", "9", "1"), ("festival", "春节"), …
    edge: str | None = None  # start, mid, end


@cache
def words() -> loader.Lexicon:
    """Return the time words."""
    return loader.load("recognize/lexicon/date_words")


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the time words by their first character, longest first."""
    found: dict[str, set[int]] = {}
    for term in words().entries:
        found.setdefault(term[0], set()).add(len(term))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def word_at(string: str, at: int) -> tuple[str, str] | None:
    """Return the longest time word at an offset and its class."""
    entries = words().entries
    for length in _lengths().get(string[at : at + 1], ()):
        entry = entries.get(string[at : at + length])
        if entry is not None and not (entry.term == "至今" and string[at + 2 : at + 3] in tuple("年天日晚")):
            return entry.term, entry.klass
    return None


def point_at(string: str, start: int) -> Point | None:
    """Read the point in time that starts at an offset."""
    if start >= len(string):
        return None
    full = _FULL.match(string, start) if string[start] in "12" else None
    if full:
        return Point(start, full.end(), int(full.group(1)), None, ("day", full.group(2), full.group(3)))
    special = _special(string, start)
    if special is not None:
        return special
    years = _YEARS.match(string, start) if string[start] in "12" else None
    if years and int(years.group(1)) < int(years.group(2)):
        return Point(start, years.end(), int(years.group(1)), None, ("years", years.group(2)))
    year = _year_at(string, start)
    if year is not None:
        return _with_body(string, year)
    return _part_at(string, start)


def _special(string: str, start: int) -> Point | None:
    """Read weekdays, decades and lunar days."""
    char = string[start]
    if char in "上下本这周星礼个" and (match := _WEEKDAY.match(string, start)) and string[start - 1 : start] != "每":
        day = {"末": "67", "日": "7", "天": "7"}.get(match.group(2)) or _number(match.group(2))
        return Point(start, match.end(), body=("weekday", _WEEKS[match.group(1)], day))
    if "年代" in string[start : start + 14] and (match := _DECADES.match(string, start)):
        return _decades(start, match)
    return _lunar_at(string, start) if char in "农阴旧正" else None


def _lunar_at(string: str, start: int) -> Point | None:
    """农历八月十五 has no date here; 正月初六 is counted from 春节."""
    match = _LUNAR.match(string, start)
    if match and (not match.group(1) or not (match.group(2) or match.group(3))):
        return Point(start, match.end(), body=("lunar",))
    first = _FIRST_MONTH.match(string, match.start(1) if match else start)
    if first:
        return Point(start, first.end(), body=("lunar", _number(first.group(1) or first.group(2))))
    return None


def _decades(start: int, match: re.Match[str]) -> Point:
    """A decade without a century is the last one: 九十年代 is 1990 to 1999, 二十年代 and 一十年代 need their century."""
    ten = int(numeral.value(match.group(3)) or 0)
    if match.group(2):
        century = (int(numeral.value(match.group(2)) or 20) - 1) * 100
    else:
        century = 2000 if match.group(1) == "本" else 1900
    return Point(start, match.end(), body=("decades", str(century + ten)))


def _year_at(string: str, start: int) -> Point | None:
    match = _YEAR.match(string, start) if string[start] in "12一二" else None
    if match:
        return Point(start, match.end(), _year_number(match.group(1)))
    match = _SHORT_YEAR.match(string, start)
    if match:
        two = int(numeral.value(match.group(1) or "") or 0) if match.group(1) else _two_digits(match.group(2))
        return Point(start, match.end(), 2000 + two if two < 50 else 1900 + two)
    word = word_at(string, start)
    if word is not None and word[1].startswith("year:"):
        return Point(start, start + len(word[0]), None, word[1].split(":")[1])
    return None


def _two_digits(string: str) -> int:
    return int("".join(str(numeral.DIGITS.get(c, c)) for c in string))


def _year_number(string: str) -> int:
    return int(string) if string.isdecimal() and string.isascii() else _two_digits(string)


def _with_body(string: str, year: Point) -> Point:
    """Add the part of the year that follows it (2022年 + 9月底, 今年 + 上半年)."""
    at = year.end
    gap = 1 if string[at : at + 1] in (" ", "的") else 0
    part = _part_at(string, at + gap, after_year=True)
    if part is not None and part.shift is None and part.year is None:
        return replace(year, end=part.end, body=part.body, edge=part.edge)
    edge = _EDGES.get(string[at : at + 1])
    if edge and not (
        edge == "mid" and (not string[at + 1 : at + 2] or string[at + 1 : at + 2] in _NOT_MID or "\u4e00" <= string[at + 1] <= "\u9fff")
    ):
        return replace(year, end=at + 1, edge=edge)
    return year


def _part_at(string: str, at: int, *, after_year: bool = False) -> Point | None:
    """Read a part of a year: months, a day, a quarter, a festival, an edge."""
    match = _MONTHS.match(string, at)
    if match:
        first, last = _number(match.group(1) or match.group(3)), _number(match.group(2) or match.group(4))
        return Point(at, match.end(), body=("months", first, last))
    match = _MONTH_DAY.match(string, at)
    if match and not _split_year(string, at):
        return _month_part(at, match)
    match = _FIRST_MONTHS.match(string, at)
    if match:
        return Point(at, match.end(), body=("months", "1", _number(match.group(1))))
    word = word_at(string, at)
    if word is not None:
        day = _DAY_ONLY.match(string, at + len(word[0])) if word[1].startswith("month:") else None
        if day is not None:  # 本月29日
            return Point(at, day.end(), body=("monthday", word[1].split(":")[1], _number(day.group(1))))
        return _word_part(at, *word)
    match = None if after_year else _DAY_ONLY.match(string, at)
    if match and (at == 0 or string[at - 1] not in "0123456789./-一二三四五六七八九十第每"):
        return Point(at, match.end(), body=("dayof", _number(match.group(1))))
    return None


def _split_year(string: str, at: int) -> bool:
    """The digits belong to a longer number."""
    return at > 0 and (string[at - 1].isascii() and string[at - 1] in "0123456789.")


def _number(string: str) -> str:
    if string == "正":
        return "1"
    return str(int(numeral.value(string) or 0))


def _month_part(at: int, match: re.Match[str]) -> Point:
    month = _number(match.group(1))
    if match.group(2):
        return Point(at, match.end(), body=("day", month, _number(match.group(2))))
    if match.group(3):
        return Point(at, match.end(), body=("decade", month, str(_DECADE[match.group(3)])))
    edge = _EDGES[match.group(4)[-1]] if match.group(4) else None
    return Point(at, match.end(), body=("months", month, month), edge=edge)


def _word_part(at: int, term: str, klass: str) -> Point | None:
    """Turn a time word into a point."""
    kind, _, value = klass.partition(":")
    end = at + len(term)
    if kind == "half":
        return Point(at, end, body=("months", "1", "6") if value == "1" else ("months", "7", "12"))
    if kind == "quarter" and value[0].isdecimal():
        first, last = (value.split("-") * 2)[:2]
        return Point(at, end, body=("months", str(int(first) * 3 - 2), str(int(last) * 3)))
    if kind == "edge":
        return Point(at, end - (1 if term.endswith("前") else 0), edge=value)
    if kind == "season":
        name, _, shift = value.partition(":")
        return Point(at, end, shift=shift or None, body=("season", name))
    if kind == "all":
        return Point(at, end, body=("year", term))
    if kind == "monthedge" and term.endswith("前"):
        end -= 1
    if kind == "day":
        kind = "dayword"
    return Point(at, end, body=(kind, *value.split("-")) if kind == "plan" else (kind, value))

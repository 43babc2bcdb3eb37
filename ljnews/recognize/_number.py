"""A number as it stands in running text: sign, 数/几 before it, 余/多/几/来 after it, and the multiplier that then follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader
from ljnews.recognize import numeral
from ljnews.recognize._units import by_first
from ljnews.recognize.numeral import BIG, DIGITS, NUMERAL, SMALL

_DIGIT, _MULTI = "".join(DIGITS), "".join(SMALL) + "".join(BIG)
_NUMERALS = _DIGIT + _MULTI + "廿卅"
_MORE = re.compile(r" ?([余多来几])(?:[十百千万亿]+(?![瓦克伏帕分]))?")
_BARE = re.compile(rf"\A[{_MULTI}]+\Z")
_TRAIL = re.compile(rf"[{_MULTI}]{{1,6}}\Z")
_MULTIPLIERS = frozenset(_MULTI)
_MORES = frozenset("余多来几 ")
# Alone these are words (收拾, 队伍, 大陆, 放肆), in a formal numeral they are digits (壹佰伍拾).
_FORMAL = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟倆俩")
_ASCII = frozenset("0123456789")
_SIGNS = re.compile(r"[\dA-Za-z%)℃万亿百千十元个年月日时分吨斤亩米里人户台套件条米次天岁度倍成]")


class Number(NamedTuple):
    """A number: `value` (the lower one of a spread such as 三五百, whose upper is `upper`)."""

    start: int
    end: int
    text: str
    value: Decimal
    upper: Decimal | None
    approximation: str
    small: bool  # a Chinese digit without 十 百 千: soft units refuse it
    bare: bool  # only multipliers (百, 千万): counts only with a modifier

    def lifted(self, other: Number, *, ordered: bool = True) -> Decimal:
        """Return the value with the multiplier of the number it shares it with: 10 in 10—15亿."""
        trail = _TRAIL.search(other.text)
        if trail is None or self.text[-1] in _MULTI or len(trail.group()) == len(other.text):
            return self.value
        raised = numeral.value(self.text + trail.group())
        if raised is None or (ordered and raised >= other.value):
            return self.value
        return raised


@cache
def _start(every: bool) -> re.Pattern[str]:
    """The filter for places where a number may start: a digit, or a Chinese numeral that something countable may follow.

    Half of the Chinese numerals of running text are 一 of 一批, 一系列, 统一: they pass only before a measure that 一 counts for (一公里) or
    at the end of a list item (重点项目一个).
    """
    # One character class first (the engine skips to it), conditions behind it.
    first = f"[\\d{_NUMERALS}半对]"
    digit = r"(?<=\d)(?<![\d.]\d)[\d,]*"
    fair = r"|(?<=打对)(?=折)"
    if every:
        return re.compile(rf"{first}(?:{digit}|(?<=[{_NUMERALS}半])(?<![{_NUMERALS}].){fair})")
    # 2021年, 5月, 29日 are dates; 日内 and the like may be a duration.
    digit = r"(?<=\d)(?<![\d.]\d)(?!(?<=[12])[0189]\d\d ?年|\d? ?月|\d?日(?![内之以游])(?<![期时续用].{2})(?<![期时续用].{3}))[\d,]*"
    units = by_first()
    people = {t[0] for t in loader.load("recognize/lexicon/people_nouns").terms()}
    links = "余多几来点分半 、至到-~～–—―─和与及"
    follow = re.escape("".join(sorted({*units, *people, *_NUMERALS, *links})))
    measured = {c for c, us in units.items() if any(u.kind not in ("count", "person", "household") for u in us)}
    counted = re.escape("".join(sorted({*units} - measured)))
    after_one = re.escape("".join(sorted(({*_NUMERALS} - {"一"}) | measured | set(links) - {"个"})))
    one = rf"(?<=一)(?=[{after_one}]|[{counted}个名位户][^、,，。;；)）\n]{{0,1}}(?:[、,，。;；)）\n至到-]|\Z)|[个]百分|个[月半小工学季多钟交星礼来])"
    many = rf"(?<=[{_NUMERALS.replace('一', '')}半])(?=[{follow}])"
    return re.compile(rf"{first}(?:{digit}|(?<![{_NUMERALS}].)(?:{many}|{one})|(?<=[过近]半){fair})", re.DOTALL)


def starts(string: str, *, every: bool = True) -> Iterator[int]:
    """Yield the offsets at which a number may start; `every` keeps those too that hardly count (for `explain`)."""
    for match in _start(every).finditer(string):
        yield match.start()


def number_at(string: str, start: int) -> Number | None:
    """Read the number that starts at an offset, None where there is none or it cannot be read for certain."""
    match = NUMERAL.match(string, start)
    if match is None:
        return None
    body, end = match.group(), match.end()
    arabic = body[0] in _ASCII
    if (arabic and body[0] == "0" and len(body) > 1 and body[1] != ".") or body in _FORMAL:
        return None
    approximation, upper = "exact", None
    more = _MORE.match(string, end) if string[end : end + 1] in _MORES else None
    pair = None if arabic or len(body) < 2 else numeral.spread(body)
    if pair is not None:
        value, upper = pair
    else:
        if more is not None and _takes(body, more.group(1)):
            whole = numeral.value(body.rstrip("零〇") + more.group().strip()[1:])
            end = more.end()
            approximation = "about" if more.group(1) == "来" else "over"
        else:
            whole = numeral.value(body)
        if whole is None:
            return None
        value = whole
    if start and string[start - 1] in _PREFIXES:
        start, value, approximation = _prefix(string, start, value, approximation, body)
    small = not arabic and _MULTIPLIERS.isdisjoint(body)
    bare = not arabic and body not in ("十", "拾") and bool(_BARE.match(body))
    return Number(start, end, string[start:end], value, upper, approximation, small, bare)


_PREFIXES = frozenset("数几负-")


def _takes(body: str, more: str) -> bool:
    """几 and 来 stand after 十, 百, 零 only; 余 and 多 after any number."""
    return more in "余多" or body[-1] in "十百千零"


def _prefix(string: str, start: int, value: Decimal, approximation: str, body: str) -> tuple[int, Decimal, str]:
    """Take a sign, or 数 and 几 before a multiplier (数十, 几百万)."""
    before = string[start - 1]
    if before in "数几":
        return (start - 1, value, "over") if body[0] in _MULTI else (start, value, approximation)
    if before == "负" and string[start - 2 : start - 1] in tuple("减担欠抱肩背"):
        return start, value, approximation  # 减负1760亿元
    if not _SIGNS.match(string[start - 2 : start - 1] or " "):
        return start - 1, -value, approximation
    return start, value, approximation

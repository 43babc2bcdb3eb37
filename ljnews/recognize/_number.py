"""A number as it stands in running text: sign, 数/几 before it, 余/多/几/来 after it, and the multiplier that then follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ljnews.recognize import numeral
from ljnews.recognize.numeral import BIG, DIGITS, NUMERAL, SMALL

_DIGIT, _MULTI = "".join(DIGITS), "".join(SMALL) + "".join(BIG)
# A cheap filter: a digit, or a Chinese numeral; 点 within one is read by NUMERAL.
_START = re.compile(rf"(?<![\d.])\d|(?<![{_DIGIT}{_MULTI}])[{_DIGIT}{_MULTI}半廿卅]|(?<=打)对(?=折)")
_MORE = re.compile(r" ?([余多来几])(?:[十百千万亿]+(?![瓦克伏帕分]))?")
_BARE = re.compile(rf"[{_MULTI}]+\Z")
_TRAIL = re.compile(rf"[{_MULTI}]+\Z")
# Alone these are words (收拾, 队伍, 大陆, 放肆), in a formal numeral they are digits (壹佰伍拾).
_FORMAL = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟倆俩")


class Number(NamedTuple):
    """A number: `value` (the lower one of a spread such as 三五百, whose upper is `upper`)."""

    start: int
    end: int
    text: str
    value: Decimal
    upper: Decimal | None
    approximation: str
    small: bool  # one Chinese digit or two: soft units refuse it
    bare: bool  # only multipliers (百, 千万): counts only with a modifier

    def lifted(self, other: Number, *, ordered: bool = True) -> Decimal:
        """Return the value with the multiplier of the number it shares it with: 10 in 10—15亿."""
        trail = _TRAIL.search(other.text)
        if trail is None or self.text[-1] in _MULTI or trail.start() == 0:
            return self.value
        raised = numeral.value(self.text + trail.group())
        if raised is None or (ordered and raised >= other.value):
            return self.value
        return raised


def starts(string: str) -> Iterator[int]:
    """Yield the offsets at which a number may start."""
    for match in _START.finditer(string):
        yield match.start()


def number_at(string: str, start: int) -> Number | None:
    """Read the number that starts at an offset, None where there is none or it cannot be read for certain."""
    match = NUMERAL.match(string, start)
    if match is None:
        return None
    body, end = match.group(), match.end()
    if body in _FORMAL:
        return None
    approximation, upper = "exact", None
    more = _MORE.match(string, end)
    spread = numeral.spread(body) if body[0] not in "0123456789" else None
    if spread is not None:
        value, upper = spread
    elif more is not None and _takes(body, more.group(1)):
        tail = more.group().strip()[1:]
        whole = numeral.value(body.rstrip("零〇") + tail)
        if whole is None:
            return None
        value, end = whole, more.end()
        approximation = "about" if more.group(1) == "来" else "over"
    else:
        whole = numeral.value(body)
        if whole is None:
            return None
        value = whole
    if body[0] == "0" and len(body) > 1 and body[1] != ".":
        return None
    start, value, approximation = _prefix(string, start, value, approximation, body)
    small = body[0] not in "0123456789" and not any(c in _MULTI for c in body)
    return Number(start, end, string[start:end], value, upper, approximation, small, bool(_BARE.match(body)) and body not in ("十", "拾"))


def _takes(body: str, more: str) -> bool:
    """几 and 来 stand after 十, 百, 零 only; 余 and 多 after any number."""
    return more in "余多" or body[-1] in "十百千零"


def _prefix(string: str, start: int, value: Decimal, approximation: str, body: str) -> tuple[int, Decimal, str]:
    """Take a sign, or 数 and 几 before a multiplier (数十, 几百万)."""
    before = string[start - 1 : start] if start else ""
    if before in ("数", "几") and body[0] in _MULTI:
        return start - 1, value, "over"
    if before in ("负", "-") and not re.match(r"[\dA-Za-z%)元个年月日]", string[start - 2 : start - 1] or " "):
        return start - 1, -value, approximation
    return start, value, approximation

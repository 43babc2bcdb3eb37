"""Fractions and halves: 三分之一, 百分之九十, 千分之三, 一半, 半年, 三年半."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ljnews.recognize import numeral
from ljnews.recognize._found import Found
from ljnews.recognize._units import Unit, scale, unit_at

_NUMERALS = "".join((*numeral.DIGITS, *numeral.SMALL, *numeral.BIG))
_PARTS = re.compile(rf"(?<![\d.{_NUMERALS}])((?:{numeral.MIXED})|[{_NUMERALS}]+)分之")
_POWER = re.compile(r"\A[十百千万亿佰仟]+\Z")
_DISCOUNT = re.compile(
    r"([一二三四五六七八九])([一二三四五六七八九])折(?![页叠射中旧腾磨])|(半)([成折])(?![品页叠])|([1-9]\d)折|(?<=打)(对)折"
)
_HALF = Decimal("0.5")
_HALF_KINDS = frozenset(("duration", "length", "area", "mass", "ratio"))
_HALF_TERMS = frozenset(("成",))
_SLASH = re.compile(r"(?<![\dA-Za-z/.第])([1-9])/(10|[2-9])(?![\d/.A-Za-z年月日号版页])")
_FOUR = Decimal("0.0001")


def fraction_at(string: str, start: int, floor: int) -> Found | None:
    """Read the fraction or the half that starts at an offset."""
    if "折" in string[start : start + 3] or string.startswith("半成", start):
        discount = _DISCOUNT.match(string, start)
        if discount:
            return _discount(string, discount)
    if string[start] == "半":
        return _half(string, start, floor)
    if string.startswith("一半", start):
        return _share(start, start + 2, "一半", "", _HALF)
    if string[start + 1 : start + 2] == "/":
        return _slash(string, start)
    if "分之" not in string[start : start + 14]:
        return None
    parts = _PARTS.match(string, start)
    if parts is None:
        return None
    top = numeral.NUMERAL.match(string, parts.end())
    if top is None:
        return None
    value, bottom = numeral.value(top.group()), parts.group(1)
    if value is None:
        return None
    body = string[start : top.end()]
    below = numeral.value(bottom)
    if below is None or below == 0:
        return None
    if _POWER.match(bottom) and below >= 100:
        return _quantity(start, top.end(), body, "", "percent", value * 100 / below, "percent")
    return _share(start, top.end(), body, "", (value / below).quantize(_FOUR).normalize() + 0)


def _slash(string: str, start: int) -> Found | None:
    """Read 1/3 and 2/3: below one, tenths at most; 5/1 is a date or a version."""
    match = _SLASH.match(string, start)
    if match is None:
        return None
    value = (Decimal(match.group(1)) / Decimal(match.group(2))).quantize(_FOUR).normalize() + 0
    alone = string[start - 1 : start] in ("", "\n") or string[match.end() : match.end() + 1] in ("", "\n")
    return _share(start, match.end(), match.group(), "", value) if value < 1 and not alone else None


def _share(start: int, end: int, number: str, unit: str, value: Decimal) -> Found:
    return _quantity(start, end, number, unit, "ratio", value, "倍")


def _quantity(start: int, end: int, number: str, unit_text: str, kind: str, value: Decimal, unit: str, rule: str = "fraction") -> Found:
    return Found(start, end, kind, number, unit_text, value, None, None, unit, "exact", f"quantity.{rule}")


def _discount(string: str, match: re.Match[str]) -> Found:
    """Read 九五折 and 75折 (digit by digit), 半成, 对折."""
    first, second, _, unit, plain, _ = match.groups()
    if first:
        value = Decimal(numeral.DIGITS[first] * 10 + numeral.DIGITS[second])
    else:
        value = Decimal(plain) if plain else Decimal(5) if unit == "成" else Decimal(50)
    return _quantity(match.start(), match.end(), match.group()[:-1], match.group()[-1], "percent", value, "percent")


def _half(string: str, start: int, floor: int) -> Found | None:
    """Read 半年, 半个月, 半公里, 过半; not 上半年 and not 半成品."""
    before = string[start - 1 : start]
    unit = unit_at(string, start + 1)
    if before in ("过", "近") and unit is None and string[start - 2 : start - 1] not in ("经", "通", "不"):
        approximation = "over" if before == "过" else "about"
        return _quantity(start - 1, start + 1, "半", "", "ratio", _HALF, "倍")._replace(approximation=approximation)
    if before and before in "上下前后一多大事夜东西南北对折各" and string[start - 2 : start] != "提前":
        return None
    if unit is None or unit.kind not in _HALF_KINDS or unit.kind == "ratio":
        return None
    end = start + 1 + len(unit.term)
    if string[end : end + 1] in tuple("度报会级"):
        return None
    return _quantity(start, end, "半", unit.term, unit.kind, scale(_HALF, unit), unit.unit, "half")


_TENTH = re.compile(r"(半|[一二三四五六七八九\d])(?:分地?)?(?=[,。;、:!?)\n以的左上下坡地]|\Z)")


def tenth(string: str, end: int, unit: Unit) -> tuple[Decimal, int] | None:
    """Return what follows 成 and 亩 as tenths and where it ends: 九成五 is 95%, 八亩五分 8.5 亩."""
    if unit.term not in ("成", "亩"):
        return None
    match = _TENTH.match(string, end)
    if match is None or (unit.term == "亩") != ("分" in match.group()):
        return None
    digit = match.group(1)
    return Decimal(5 if digit == "半" else numeral.DIGITS.get(digit, digit)) / 10, match.end()


class Mixed(NamedTuple):
    """A half that follows a unit: what it adds, the unit that then counts, and where it ends."""

    add: Decimal
    unit: Unit
    end: int


def mixed(string: str, end: int, unit: Unit) -> Mixed | None:
    """Read the half after a unit (三年半, 一倍半) or inside it (两个半月); None elsewhere (三年半年报)."""
    if string[end : end + 1] != "半":
        return None
    if unit.term == "个":
        inner = unit_at(string, end + 1) or unit_at("个" + string[end + 1 : end + 3], 0)
        if inner is not None and inner.kind == "duration":
            return Mixed(_HALF, inner, end + 1 + len(inner.term.removeprefix("个")))
        return None
    if (unit.kind not in _HALF_KINDS and unit.term not in _HALF_TERMS) or string[end + 1 : end + 2] in tuple("年月小径岛空价数夜导成壁"):
        return None
    return Mixed(_HALF, unit, end + 1)

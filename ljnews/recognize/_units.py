"""Units: what may follow a numeral, from the lexicons `units` and `measure_words`.

A class is `kind:unit:factor[:soft][!next]` (`count[:soft][!next]` for measure words): `soft` takes only numbers written with Arabic
digits or with 十 百 千 万 亿; a unit followed by one of the `next` characters is part of another word (家 + 庭).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader

# Traditional characters that occur in numerals and units, one for one.
_TRADITIONAL = "萬億個戶條張臺間處輛畝頃噸歲週時鐘項層種類員幾餘兩點雙對隊區縣鎮鄉圓韓幣歐鎊盧頭隻顆棟節場屆輪倆貳陸參負數無過達餘斷壹從"
_SIMPLE = "万亿个户条张台间处辆亩顷吨岁周时钟项层种类员几余两点双对队区县镇乡圆韩币欧镑卢头只颗栋节场届轮俩贰陆参负数无过达余断壹从"
SIMPLIFY = {ord(a): b for a, b in zip(_TRADITIONAL, _SIMPLE, strict=True) if a != b}


_NOT_STOPPED = frozenset(
    (
        "风机",
        "风电",
        "风力",
        "风扇",
        "风炮",
        "电子",
        "电商",
        "电力",
        "电池",
        "电气",
        "电信",
        "师生",
        "师傅",
        "师范",
        "校长",
        "优秀",
        "特困",
        "特教",
        "特警",
    )
)  # 25台风机 is no 台风, 9家电子企业 no 家电, 500名师生 no 名师


_HUNDREDTH = Decimal("0.01")


class Unit(NamedTuple):
    """One unit: its kind, canonical unit and factor, and what must not follow it."""

    term: str
    kind: str
    unit: str
    factor: Decimal | Fraction
    soft: bool
    stop: str
    latin: bool  # ends in a Latin letter or digit: no other may follow


def _unit(term: str, klass: str) -> Unit:
    body, _, stop = klass.partition("!")
    parts = body.split(":")
    soft = parts[-1] == "soft"
    latin = term[-1].isascii() and term[-1].isalnum()
    if parts[0] == "count":
        return Unit(term, "count", parts[1] if len(parts) > 2 else term, Decimal(1), soft, stop, latin)
    factor = Fraction(parts[2]) if "/" in parts[2] else Decimal(parts[2])
    return Unit(term, parts[0], parts[1], factor, soft, stop, latin)


@cache
def by_first() -> dict[str, list[Unit]]:
    """Return all units by first character, longest first."""
    index: dict[str, list[Unit]] = {}
    for name in ("recognize/lexicon/units", "recognize/lexicon/measure_words"):
        for entry in loader.load(name).entries.values():
            index.setdefault(entry.term[0], []).append(_unit(entry.term, entry.klass))
    for units in index.values():
        units.sort(key=lambda u: (-len(u.term), u.kind == "count"))
    return index


@cache
def _index() -> tuple[dict[str, tuple[int, ...]], dict[str, Unit]]:
    """Return the lengths of the units by first character, longest first, and the units by term."""
    lengths = {char: tuple(sorted({len(u.term) for u in units}, reverse=True)) for char, units in by_first().items()}
    terms: dict[str, Unit] = {}
    for units in by_first().values():
        for unit in reversed(units):
            terms[unit.term] = unit
    return lengths, terms


def unit_at(string: str, at: int) -> Unit | None:
    """Return the longest unit that stands at an offset and is not the head of another word."""
    lengths, terms = _index()
    for length in lengths.get(string[at : at + 1], ()):
        end = at + length
        unit = terms.get(string[at:end])
        if unit is None:
            continue
        after = string[end : end + 1]
        if after and (
            (after in unit.stop and string[end : end + 2] not in _NOT_STOPPED) or (unit.latin and after.isascii() and after.isalnum())
        ):
            if after == "以" and string[end + 1 : end + 2] in tuple("上下内"):
                return unit
            continue
        return unit
    return None


def scale(number: Decimal, unit: Unit) -> Decimal:
    """Return the number in the canonical unit: areas to two decimals, the rest exactly where it is finite.

    >>> str(scale(Decimal(121), unit_at("亩", 0)))
    '80666.67'
    """
    if isinstance(unit.factor, Decimal):
        return number if unit.factor == 1 else number * unit.factor
    if unit.kind == "area":
        return (number * unit.factor.numerator / unit.factor.denominator).quantize(_HUNDREDTH).normalize() + 0
    exact = Fraction(number) * unit.factor
    return Decimal(exact.numerator) / Decimal(exact.denominator)

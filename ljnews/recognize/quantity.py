"""Recognizer for `quantity` mentions: a number with a unit, its modifiers inside the span.

The steps, for every numeral of the text: (1) `_number` reads it with 余/多/几 and what follows (十几万, 200多万); (2) `_compose` finds its unit, reads
ranges (10—15亿元) and shared units (0.7、1.4个百分点); (3) `_widen` takes the modifiers before and after (约…, …以上) into the span; (4)
`_not_quantity.why_not` drops dates, ordinals, names and set phrases. Fractions and halves (三分之一, 百分之九十, 半年) have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ljnews.recognize import _fraction, _not_quantity, numeral
from ljnews.recognize._found import Found
from ljnews.recognize._modifiers import after, before
from ljnews.recognize._number import Number, number_at, starts
from ljnews.recognize._spaced import Squeezed, spaced
from ljnews.recognize._unit_less import money_range, unit_less
from ljnews.recognize._units import SIMPLIFY, Unit, scale, unit_at
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "quantity.unit": "数字加单位:225.9亿元、121亩、71个",
    "quantity.range": "区间:10—15亿元、3%-5%、三五百亩",
    "quantity.shared": "几个数共用一个单位:0.7、1.4个百分点",
    "quantity.people": "数字直接加指人名词:118万青年",
    "quantity.money": "省去单位的钱:总投资30亿",
    "quantity.fraction": "分数:三分之一、百分之九十、一半",
    "quantity.half": "半:半年、半个月、三年半",
}
_TRADITIONAL = re.compile("[" + "".join(map(chr, SIMPLIFY)) + "]")
_SPACES = re.compile(r"[〇零一二两三四五六七八九十百千万亿点个分\d] +[一二两三四五六七八九十百千万亿点个分之成折]")
_RANGE = re.compile(r" ?(?:[-~～–─―]|—{1,2}|至|到) ?")
_CLASS = re.compile(r"以上|级|规模|项目|企业|产业|园区")
_LISTING = ("、", "和", "及", "与")
_POINTS = re.compile(r"(?:[、和及与]\d{1,3}(?:\.\d{1,3})?个){0,6}[、和及与]\d{1,3}(?:\.\d{1,3})?个百分点")
_PREPOSITIONS = frozenset("对把起")
_LINKS = frozenset(" -~～–—―─至到")
_PLAIN = re.compile(r"([1-9]\d{0,11}(?:\.\d{1,6})?)(万亿|[万亿]|)(?![\d.,余多来几 十百千万亿kK])")
_MULTIPLIERS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_WATCH_BEFORE = frozenset("第№#.+-负数几前≥≤$¥￥€£") | frozenset(map(chr, range(65, 91))) | frozenset(map(chr, range(97, 123)))
_WATCH_AFTER = frozenset(" -~～–—―─至到半/")
_WATCHED = frozenset(
    (
        "块",
        "户",
        "点",
        "度",
        "日",
        "届",
        "次",
        "班",
        "组",
        "处",
        "类",
        "分",
        "里",
        "头",
        "亩",
        "口",
        "成",
        "折",
        "番",
        "名",
        "位",
        "对",
        "把",
        "起",
        "个亿元",
        "个亿",
    )
)
_ENDS = frozenset(",。;、:!?)\n左以上多")
_RATE = re.compile(r"/(?:百?平方公里|平方米|立方米|公里|小时|千瓦时|[年月日天亩吨斤人户个台套米秒升时hdat度周])")


@extractor("quantity", provides=("quantity",), lexicons=("units", "measure_words", "modifiers", "set_phrases"))
def quantity(text: Text) -> Iterator[Mention]:
    """Yield the quantities of a text, in text order, none inside another."""
    string = text.folded
    if _TRADITIONAL.search(string):
        string = string.translate(SIMPLIFY)
    if _SPACES.search(string) and spaced(string):
        squeezed = Squeezed(string)
        for mention in _scan(text, squeezed.string):
            yield squeezed.back(mention)
        return
    yield from _scan(text, string)


def _scan(text: Text, string: str) -> Iterator[Mention]:
    """Read every numeral of a string."""
    taken = _not_quantity.Taken(string)
    done = 0
    pending: list[Number] = []
    for start in starts(string, every=text.refusals is not None):
        if start < done:
            continue
        if pending and start - pending[-1].end > 1:
            pending = []
        quick = None if pending or taken.linked else _simple(string, start, done)
        if quick is not None:
            done = quick.end
            yield quick
            continue
        found = _fraction.fraction_at(string, start, done)
        if found is None:
            number = number_at(string, start)
            if number is None:
                continue
            found = _compose(string, number)
            if found is None:
                pending = [*pending[-7:], number]
                done = number.end
                continue
        why = _not_quantity.why_not(string, found, taken)
        if why:
            text.refuse(found.rule, found.start, found.end, why)
            done = max(done, found.end)
            pending = []
            continue
        if pending:
            yield from _shared(string, pending, found)
            pending = []
        mention = _widen(string, found, done)
        done = mention.end
        yield mention


def _simple(string: str, start: int, floor: int) -> Mention | None:
    """Read the plain case at once: Arabic digits, 万 or 亿, a unit that needs no check, nothing special on either side.

    Two thirds of all amounts are of this form; the general road would give the same.
    """
    match = _PLAIN.match(string, start)
    if match is None or string[start - 1 : start] in _WATCH_BEFORE:
        return None
    unit = unit_at(string, match.end())
    if unit is None or unit.soft or unit.term in _WATCHED or unit.kind == "duration" or unit.latin:
        return None
    end = match.end() + len(unit.term)
    if string[end : end + 1] in _WATCH_AFTER or (unit.term == "个" and string[end : end + 1] in _LISTING):
        return None
    digits, multiplier = match.groups()
    if len(digits) == 1 and not multiplier and unit.kind == "count":
        return None
    if "." not in digits:
        number = Decimal(int(digits) * _MULTIPLIERS[multiplier])
    else:
        number = numeral.tidy(Decimal(digits) * _MULTIPLIERS[multiplier]) if multiplier else Decimal(digits)
    return _widen(
        string,
        Found(start, end, unit.kind, match.group(), unit.term, scale(number, unit), None, None, unit.unit, "exact", "quantity.unit"),
        floor,
    )


def _compose(string: str, number: Number) -> Found | None:
    """Read the unit of a number, and the other end of a range."""
    unit, unit_start = _unit_of(string, number, number.end)
    end = unit_start + len(unit.term) if unit else number.end
    if string[end : end + 1] in _LINKS and number.upper is None:
        connector = _RANGE.match(string, end)
        other = number_at(string, connector.end()) if connector else None
        if other is not None and other.upper is None:
            span = _range(string, number, unit, other)
            if span is not None:
                return span
    if unit is None or (unit.term in _PREPOSITIONS and number.text[-1] in "万亿多余"):
        money = unit_less(string, number)
        if unit is None or money is not None:
            return money
    return _measured(string, number, unit, unit_start)


def _unit_of(string: str, number: Number, at: int) -> tuple[Unit | None, int]:
    """Return the unit that follows a number and where it starts."""
    if string[at : at + 1] == " ":
        at += 1
    unit = unit_at(string, at)
    if unit is not None and unit.term == "口" and string[number.start - 1 : number.start] in tuple("家代户孙"):
        return unit_at("人", 0)._replace(term="口"), at  # type: ignore[union-attr]
    if unit is None or (unit.soft and number.small):
        return None, at
    if unit.term == "块" and (string[at + 1 : at + 2] in _ENDS or not string[at + 1 : at + 2]) and number.text[-1] not in "万亿":
        money = unit_at("块钱", 0)
        return (money._replace(term="块") if money else None), at
    if unit.term == "个" and string[at + 1 : at + 2] in _LISTING and _POINTS.match(string, at + 1):
        points = unit_at("个百分点", 0)  # 提高5.7个、4.2个、2.7个百分点
        return (points._replace(term="个") if points else None), at
    if unit.term.startswith("个亿") and _CLASS.match(string, at + len(unit.term)):
        # 153个亿元以上工业项目 counts projects.
        return unit_at("个", 0), at
    return unit, at


def _range(string: str, low: Number, low_unit: Unit | None, high: Number) -> Found | None:
    """Compose 10—15亿元, 3%-5%, 1万元-20万元, 三到五年."""
    unit, at = _unit_of(string, high, high.end)
    if unit is None and low_unit is None:
        return money_range(string, low, high)
    if unit is None or (low_unit is not None and (low_unit.kind, low_unit.unit) != (unit.kind, unit.unit)):
        return None
    if low_unit is not None and string[low.start - 1 : low.start] in ("从", "由"):
        return None
    lower, upper = low.value if low_unit else low.lifted(high), scale(high.value, unit)
    lower = scale(lower, low_unit or unit)
    if lower >= upper:
        return None
    number = string[low.start : high.end]
    end = at + len(unit.term)
    rate = _RATE.match(string, end) if string[end : end + 1] == "/" else None
    end = rate.end() if rate else end
    return Found(low.start, end, unit.kind, number, unit.term, None, lower, upper, unit.unit, "exact", "quantity.range")


def _measured(string: str, number: Number, unit: Unit, at: int) -> Found:
    """Return one number and its unit, 半 after it (三年半) and a rate's denominator (吨/年) included."""
    end = at + len(unit.term)
    low, high, rule = number.value, number.upper, "quantity.unit" if number.upper is None else "quantity.range"
    after = string[end : end + 1]
    if after == "半" and high is None:
        mixed = _fraction.mixed(string, end, unit)
        if mixed:
            unit, low, rule, end = mixed.unit, low + mixed.add, "quantity.half", mixed.end
    more = _fraction.tenth(string, end, unit) if high is None else None
    if more:
        low, end = low + more[0], more[1]
    kind, approximation = unit.kind, "over" if unit.term.startswith("个多") else number.approximation
    if unit.term == "户" and _not_quantity.firms(string, number.start, end):
        kind = "count"
    rate = _RATE.match(string, end) if after == "/" else None
    value = scale(low, unit)
    lower, upper = (None, None) if high is None else (value, scale(high, unit))
    return Found(
        number.start, rate.end() if rate else end, kind, number.text, string[at:end], value if high is None else None, lower, upper,
        unit.unit, approximation, rule,
    )  # fmt: skip


def _shared(string: str, pending: list[Number], found: Found) -> Iterator[Mention]:
    """Give numbers that stand before 、 or 和 the unit of the number after it (1、2、3亿元)."""
    if not found.value or found.rule not in ("quantity.unit", "quantity.money"):
        return
    chain: list[Number] = []
    start = found.start
    for number in reversed(pending):
        gap = string[number.end : start]
        listed = gap == "、" or (gap in ("和", "与", "及") and (chain or "分别" in string[max(0, number.start - 30) : number.start]))
        if not listed or number.approximation != "exact" or number.upper is not None:
            break
        chain.append(number)
        start = number.start
    last = number_at(string, found.start) if chain else None
    if last is None or last.value == 0 or string[chain[-1].start - 1 : chain[-1].start] in _not_quantity.LABELS:
        return
    factor = found.value / last.value
    for number in reversed(chain):
        value = number.lifted(last, ordered=False) * factor
        amount = found._replace(start=number.start, end=number.end, number=number.text, unit_text="", value=value, rule="quantity.shared")
        yield amount.mention(number.start, number.end, "exact")


def _widen(string: str, found: Found, floor: int) -> Mention:
    """Take the modifiers into the span and set the approximation."""
    start, front = before(string, found.start, floor)
    end, back = after(string, found.end)
    approximation = found.approximation
    if back is not None and front in (None, "about", back):
        approximation = back
    elif front is not None:
        approximation = front
    elif found.kind == "duration" and found.upper is None and approximation == "exact" and string[end : end + 1] == "内":
        approximation = "at_most"  # 三年内
    return found.mention(start, end, approximation)

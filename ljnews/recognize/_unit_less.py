"""Numbers whose unit is left out: 118万青年 (persons), 总投资30亿 (money)."""

from __future__ import annotations

import re
from functools import cache

from ljnews.lexicon import loader
from ljnews.recognize import places
from ljnews.recognize._found import Found
from ljnews.recognize._number import Number

_LIGHT = re.compile(
    r"\A(?:已|将|将近|能|可|可以|有望|力争|也|就|又|连续[一二两三四五六七八九十\d]{1,2}年|在|从|由|大概|大约|共|总|计|为|约|近|超|逾|达|到|至|了|过|有|仅|高|合|的|额|是"
    r"|突破|超过|不低于|不少于|预计|人民币|[ ::])*\Z"
)
_MONEY_END = re.compile(
    r"(?:[^\u4e00-\u9fffA-Za-z\d%]|\Z|的|以[上下内]|[左上][右下]|余|多|建|用|打造|实施|在|到|至|和|与|对|支持|改造|升级|实施|用来|进行|投向)"
)
# 4万亿投资, 15亿中央投资, 几十亿的成本: the word for money follows.
_MONEY_AFTER = re.compile(
    r"的?(?:中央|财政|专项|社会|民间|特别|政府|启动|扶持|建设|发展|产业|引导|扶贫|银行|项目|巨额)?"
    r"(?:投资|资金|贷款|国债|债券|债务|成本|利润|营收|产值|订单|税收|补贴|融资|授信|奖金|奖励|赔偿|损失|缺口|基金|预算|存款|资产|市值|产业投资|巨资|善款|捐款)(?![者方人公])"
)
_WINDOW = 12
_CURRENCIES = {"$": "USD", "¥": "CNY", "￥": "CNY", "€": "EUR", "£": "GBP"}
_DOLLARS = {"US": "USD", "HK": "HKD", "NT": "TWD"}


@cache
def _people() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Return the nouns for people with their classes, and their lengths by first character, longest first."""
    found = {e.term: e.klass for e in loader.load("recognize/lexicon/people_nouns").entries.values()}
    lengths: dict[str, set[int]] = {}
    for term in found:
        lengths.setdefault(term[0], set()).add(len(term))
    return found, {char: tuple(sorted(ls, reverse=True)) for char, ls in lengths.items()}


def unit_less(string: str, number: Number) -> Found | None:
    """Return persons or money for a number without a unit, None where neither is plain."""
    currency = _CURRENCIES.get(string[number.start - 1 : number.start]) if number.start else None
    if currency is not None:
        return _mention(number, "money", _dollar(string, number.start) or currency, "quantity.money")
    if number.small or (number.bare and number.approximation == "exact"):
        return None
    return _persons(string, number) or _money(string, number)


def _dollar(string: str, at: int) -> str | None:
    """US$, HK$ and the like."""
    return _DOLLARS.get(string[max(0, at - 3) : at - 1].upper()) if string[at - 1] == "$" else None


def _persons(string: str, number: Number) -> Found | None:
    """118万青年, 7万多脱贫农民: a noun for people, an attribute before it at most."""
    terms, lengths = _people()
    at = number.end + (2 if string.startswith("以上", number.end) else 0)
    for _ in range(3):
        attribute = 0
        for length in lengths.get(string[at : at + 1], ()):
            klass = terms.get(string[at : at + length])
            if klass == "attribute":
                attribute = attribute or length
            elif klass is not None:
                unit = "人" if klass == "person" else "户"
                return _mention(number, klass, unit, "quantity.people")
        attribute = attribute or _place(string, at)
        if not attribute:
            break
        at += attribute
    return _persons_before(string, number)


_OF_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4})(?:各族)?(?:人民|儿女|市民|百姓|群众|农民|青年)")


def _place(string: str, at: int) -> int:
    """Return the length of a division's name before a noun for people (300万|东岭|人民), 0 for none."""
    match = _OF_PLACE.match(string, at)
    return next((end for start, end, _ in places.find(match.group(1)) if start == 0), 0) if match else 0


_COUNTED = re.compile(
    r"(?:人口|人数|群众|居民|学生|职工|游客|旅客|党员|农民|村民|志愿者|劳动力|毕业生)"
    r"(?:已|将|共|约|近|超过?|逾|达到?|到|至|为|有|仅|总计?|突破|不足| ){0,6}\Z"
)


def _persons_before(string: str, number: Number) -> Found | None:
    """常住人口320万: the noun for people stands before the number, nothing countable after it."""
    if number.text.rstrip("余多")[-1] not in "万亿" or not _MONEY_END.match(string, number.end):
        return None
    if _COUNTED.search(string, max(0, number.start - _WINDOW), number.start):
        return _mention(number, "person", "人", "quantity.people")
    return None


@cache
def _cue() -> re.Pattern[str]:
    terms = sorted(loader.load("recognize/lexicon/money_cues").terms(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, terms)) + ")")


def _money(string: str, number: Number) -> Found | None:
    if not _sum(string, number, number.start):
        return None
    return _mention(number, "money", "CNY", "quantity.money")


def money_range(string: str, low: Number, high: Number) -> Found | None:
    """Return 18万到20万 after a word for money."""
    lower = low.lifted(high)
    if not _sum(string, high, low.start) or lower >= high.value:
        return None
    text = string[low.start : high.end]
    return _mention(low._replace(text=text, end=high.end, value=lower, upper=high.value), "money", "CNY", "quantity.range")


def _sum(string: str, number: Number, start: int) -> bool:
    """The number ends in 万 or 亿, nothing countable follows, and a word for money stands right before."""
    if number.text.rstrip("余多")[-1] not in "万亿":
        return False
    if _MONEY_AFTER.match(string, number.end):
        return True
    if not _MONEY_END.match(string, number.end):
        return False
    return money_before(string, start)


def money_before(string: str, start: int) -> bool:
    """Say whether a word for money stands right before an offset, light words between."""
    window = string[max(0, start - _WINDOW) : start]
    cues = list(_cue().finditer(window))
    return bool(cues) and bool(_LIGHT.match(window[cues[-1].end() :]))


def _mention(number: Number, kind: str, unit: str, rule: str) -> Found:
    upper = number.upper
    value, lower = (number.value, None) if upper is None else (None, number.value)
    return Found(number.start, number.end, kind, number.text, "", value, lower, upper, unit, number.approximation, rule)

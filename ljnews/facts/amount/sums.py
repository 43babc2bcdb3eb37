"""What a sum of money measures: the metric before it, the noun for money after it, or what is invested in the name after it."""

from __future__ import annotations

import re
from decimal import Decimal

from ljnews.facts.amount import carry
from ljnews.facts.amount.phrase import Phrase, ends_with, listed
from ljnews.facts.amount.sides import Sides
from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_GENERIC = frozenset(("项目", "企业", "工程", "产业", "工业项目", "产业项目", "重大项目"))
_SUM_OF = re.compile(r"的(?:[\d]{1,4}|[一二两三四五六七八九十百]{1,3})[个项][\u4e00-\u9fff]{0,6}项目")
_GREAT = Decimal(10_000_000)  # a sum from which on the name after it is an investment (30亿元清溪小镇), no price


def of_money(text: Text, quantity: Mention, sides: Sides, front: Phrase | None, noun: Phrase | None, last: Mention | None) -> Phrase | None:
    """Money: a metric before it, a noun for money after it; before or after a name alone it is what is invested there."""
    if front is not None and ends_with(front.text, "metrics"):
        return front
    if noun and (noun.text.endswith(listed("choice", "given")) or ends_with(noun.text, "metrics", "sum", "both", "head")):
        return noun
    if header := carry.header(text, quantity):
        return header
    named = front is None or front.verb or front.place or ends_with(front.text, "subjects")
    if not named:
        return front
    if front is not None and front.text.endswith("项目") and (carried := carry.carried(text, quantity, sides, last, reach=24)):
        return carried
    starts = sides.back.words(noun.start, noun.start + 1) if noun and noun.start == quantity.end and front is not None else []
    if noun and starts and starts[0].tag == "v":
        noun = None  # 安排100亿元支持秋粮
    if noun and noun.text not in _GENERIC and _invested(text.folded, quantity, front, noun):
        return Phrase("投资", quantity.start, "amount.implied")
    if front is not None and front.place and noun is None and sides.right > sides.resume and (quantity.value.value or 0) >= _GREAT:
        return Phrase("投资", quantity.start, "amount.implied")
    if front is None and _SUM_OF.match(text.folded, quantity.end):
        return Phrase("投资", quantity.start, "amount.implied")
    return noun or front


def _invested(string: str, quantity: Mention, front: Phrase | None, noun: Phrase) -> bool:
    """Say whether a sum before a name is what is invested there: 30亿元清溪小镇; not 5000亿元再贷款, 27亿元的高价."""
    value: Quantity = quantity.value
    if value.unit != "CNY" or value.approximation in ("at_least", "over") or (value.value or value.upper or 0) < _GREAT:
        return False
    if noun.text.endswith(listed("sums", "built")):
        return True
    named = (front is None or front.place) and noun.start == quantity.end and not noun.text.endswith(listed("sums", "money"))
    return named and (front is not None or string[quantity.start - 1 : quantity.start] in tuple("、,;中:"))

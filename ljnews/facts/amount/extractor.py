"""Extractor of `amount` mentions: every quantity with its measure, its subject and its period.

The steps, for each quantity: (1) `_sides` bounds what may belong to it (its clause, up to the quantity before and after); (2) `measure.before` and
`measure.after` read the phrases on both sides; (3) `_choose` takes one by the kind of the quantity, or carries the one before on; (4) what is
left over before the measure is the subject; (5) the last date before it in the sentence is its period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.amount import measure
from ljnews.facts.amount.phrase import Phrase, classes, ends_with, words
from ljnews.recognize.values import Period, Quantity
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "amount.before": "指标在数量前:总投资10亿元、累计完成投资3亿元",
    "amount.after": "指标在数量后:132个年度重点项目",
    "amount.verb": "数量后只有谓语:13人死亡、200余人参加",
    "amount.change": "变动:同比增长8.5%、下降10%",
    "amount.share": "占比:占年度计划投资54%",
    "amount.carried": "指标承前:达到100%、204%和98%",
    "amount.plain": "没有指标的数量",
}
_LEFT, _RIGHT = 30, 18  # characters looked at on each side
_BOUNDS = re.compile(r"[,;:。!?\n()（）【】《》]")
_SENTENCE = 200  # characters of the sentence in which a date may cover an amount
_COUNTS = frozenset(("count", "person", "household"))
_BUILD = frozenset(
    ("建设", "新建", "建成", "完成", "种植", "投放", "发放", "给予", "提供", "建", "新增", "扩建", "改建", "改造", "铺设", "开挖", "流转", "采摘",
     "种", "收购", "投入", "安排", "落实", "筹集", "争取", "引进", "获得", "管护", "形成", "盘活", "腾出", "供应", "储备", "调运")
)  # fmt: skip
_GIVEN = ("资助", "奖励", "补助", "补贴", "奖补", "奖金", "扶持", "罚款", "贷款", "授信", "资金", "经费", "担保", "赔偿", "善款", "捐款", "补偿", "优惠", "红包")
_TIMES = ("工期", "周期", "期限", "年限", "寿命", "时限", "有效期", "保质期", "学制", "合同期", "租期", "工龄", "时长", "用时", "耗时", "党龄", "任期")
_TIMES_UNITS = frozenset(("次", "遍", "回", "趟", "轮"))
_LISTED = ("、", "和", "及", "与", "以及", "(")
_TIED = (*_LISTED, "至", ",", "×", "x", "*")
_PERIODS = frozenset(("year", "half", "quarter", "month", "span", "plan", "decade"))
_PERCENT_NOUNS = ("市场占有率", "市场份额", "比例", "股权", "股份", "份额", "市场", "产能", "用户", "占有率", "水平", "额度")


@extractor("amount", provides=("amount",), requires=("quantity", "date"), lexicons=("light", "drop", "metrics", "subjects", "stops"))
def amount(text: Text) -> Iterator[Mention]:
    """Yield one amount for every quantity, in text order."""
    quantities = text.of("quantity")
    last: Mention | None = None
    for i, quantity in enumerate(quantities):
        sides = _sides(text, quantities, i)
        phrase = _choose(text, quantity, sides, last)
        subject = _subject(text, phrase, sides[0]) if phrase else None
        roles = {"quantity": quantity, "measure": phrase.text if phrase else None, "subject": subject, "period": _period(text, quantity)}
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


def _sides(text: Text, quantities: list[Mention], i: int) -> tuple[int, int, bool]:
    """Return the span that may belong to a quantity, and whether no other quantity follows in its clause."""
    quantity, string = quantities[i], text.folded
    start = max(0, quantity.start - _LEFT)
    for match in _BOUNDS.finditer(string, start, quantity.start):
        start = match.end()
    if i:
        start = max(start, quantities[i - 1].end)
    for date in text.within("date", start, quantity.start):
        # 比2019年下降 is one phrase, 里程目前已达 has its date among the light words.
        if string[date.start - 1 : date.start] not in ("比", "较") and measure.strip_light(string, date.end, quantity.start) > date.end:
            start = date.end
    bound = _BOUNDS.search(string, quantity.end, quantity.end + _RIGHT)
    end = bound.start() if bound else min(len(string), quantity.end + _RIGHT)
    alone = True
    if i + 1 < len(quantities) and quantities[i + 1].start < end:
        end, alone = quantities[i + 1].start, False
    return start, max(end, quantity.end), alone


def _choose(text: Text, quantity: Mention, sides: tuple[int, int, bool], last: Mention | None) -> Phrase | None:
    """Choose between the phrases before and after a quantity, by its kind."""
    value: Quantity = quantity.value
    string = text.folded
    left, right, alone = sides
    number = _number(text, left, quantity.start)
    front = measure.before(string, left, number)
    if value.kind == "percent" and not (front and front.rule == "amount.share"):
        front = measure.progress(string, left, number) or front
    if value.kind == "duration":
        return front if front and front.text.endswith(_TIMES) else None
    if front and front.rule in ("amount.change", "amount.share") and value.kind not in _COUNTS:
        return front
    back = measure.after(string, quantity.end, right, alone=alone, times=value.unit in _TIMES_UNITS)
    if value.kind in _COUNTS:
        chosen = _of_count(value, front, back)
    elif back and (noun := _noun_after(value, front, back)):
        chosen = noun
    else:
        chosen = front or (back if back and back.rule == "amount.after" else None)
    if chosen is None:
        return _carried(text, quantity, left, last)
    return chosen._replace(text=text.string[chosen.start : chosen.start + len(chosen.text)])


def _number(text: Text, left: int, number: int) -> int:
    """Return where the words before a number end, a date among the light words before it left out (里程目前已达4307公里)."""
    for date in reversed(text.within("date", left, number)):
        if measure.strip_light(text.folded, date.end, number) <= date.end and date.start > left:
            return date.start
    return number


def _noun_after(value: Quantity, front: Phrase | None, back: Phrase) -> Phrase | None:
    """9.6%的市场占有率, 100万元奖励, 建设1.1万平方米厂房: the noun after the number is what is measured."""
    if value.kind in ("percent", "ratio"):
        first = next((n for n in _PERCENT_NOUNS if back.text.startswith(n)), None)
        if back.text.endswith(_PERCENT_NOUNS):
            return back
        return back._replace(text=first) if first else None
    if value.kind == "money":
        given = back.text.endswith(_GIVEN) and not (front and ends_with(front.text, "metrics"))
        return back._replace(rule="amount.after") if given else None
    return back if back.rule == "amount.after" and front is not None and front.text in _BUILD else None


def _of_count(value: Quantity, front: Phrase | None, back: Phrase | None) -> Phrase | None:
    """A count's noun stands after it; before it where only a predicate follows; persons take the predicate (13人死亡)."""
    if back is None or (front is not None and front.text in ("年产", "日产", "月产")):
        return front
    if back.rule == "amount.verb" and front is not None and (value.kind == "count" or ends_with(front.text, "metrics")):
        return front
    return back


def _carried(text: Text, quantity: Mention, left: int, last: Mention | None) -> Phrase | None:
    """达到100%、204%和98%; 完成850亿元,力争突破900亿元: the measure of the amount before, of the same kind and in the same sentence."""
    if last is None or last.roles["measure"] is None or last.rule == "amount.after":
        return None
    same = last.value.kind == quantity.value.kind and last.value.unit == quantity.value.unit
    between = text.folded[last.end : quantity.start]
    if not (same or between in _LISTED) or text.sentence_index(last.start) != text.sentence_index(quantity.start):
        return None
    if measure.strip_light(text.folded, left, quantity.start) > left and between not in _TIED:
        return None
    return Phrase(last.roles["measure"], quantity.start, "amount.carried")


def _subject(text: Text, phrase: Phrase, left: int) -> str | None:
    """What is left before the measure, light words dropped."""
    if phrase.rule in ("amount.carried", "amount.after", "amount.verb") or left >= phrase.start:
        return None
    drop, light = classes("drop"), classes("light")
    tokens = words(text.folded, left, phrase.start)
    while tokens and (tokens[-1].text in drop or tokens[-1].text in light or tokens[-1].tag in ("d", "p", "c", "x", "uj", "ul", "m", "t", "v")):
        if tokens[-1].tag.startswith("n") and tokens[-1].text not in light:
            break
        tokens.pop()
    taken = []
    for token in reversed(tokens):
        if token.tag in ("x", "p", "r", "d", "t", "m", "q", "y", "ul", "v"):
            break
        taken.append(token)
    taken.reverse()
    while taken and (taken[0].text in drop or taken[0].tag in ("uj", "c", "f")):
        taken.pop(0)
    return text.string[taken[0].start : taken[-1].end] if taken else None


def _period(text: Text, quantity: Mention) -> Mention | None:
    """Return the last date before the quantity in its sentence that covers a time."""
    start = max(text.sentence_at(quantity.start)[0], quantity.start - _SENTENCE)
    found = None
    for mention in text.within("date", start, quantity.start):
        period: Period = mention.value
        compared = text.folded[mention.start - 1 : mention.start] in ("比", "较")
        if period.grain in _PERIODS and (period.from_ or period.to) and mention.rule != "date.same" and not compared:
            found = mention
    return found

"""Extractor of `amount` mentions: every quantity with its measure, its subject and its period.

The steps, for each quantity: (1) `_sides` bounds what may belong to it (its clause, up to the quantity before and after); (2) `measure.before` and
`noun_after.after` read the phrases on both sides; (3) `_choose` takes one by the kind of the quantity, or carries the one before on; (4) what is
left over before the measure is the subject; (5) the last date before it in the sentence is its period.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ljnews.facts.amount import measure, noun_after
from ljnews.facts.amount.phrase import Phrase, classes, ends_with, prefix, suffix
from ljnews.lexicon import loader
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
    "amount.column": "表格的列名",
    "amount.plain": "没有指标的数量",
}
_LEFT, _RIGHT = 30, 18  # characters looked at on each side
_BOUNDS = frozenset(",;:。!?\n()【】《》")
_SENTENCE = 200  # characters of the sentence in which a date may cover an amount
_COUNTS = frozenset(("count", "person", "household"))
_TIMES_UNITS = frozenset(("次", "遍", "回", "趟", "轮"))
_LISTED = ("、", "和", "及", "与", "以及", "(", "")
_TIED = (*_LISTED, "至", ",", "×", "x", "*")
_DIMENSIONS = frozenset("高长宽深厚")
_NOT_AMONG = ("其中", "集中", "高中", "初中", "途中")
_FROM_THEN = frozenset("后前内来之以")  # 签约半年后: nothing lasts half a year
_REACH = 14  # characters that may stand between an amount and the one it takes its measure from, in its own clause
_LOOSE = frozenset(" 、的和与及“”‘’等")
_SUBJECT = 24  # characters of the longest subject
_PERIODS = frozenset(("year", "half", "quarter", "month", "span", "plan", "decade"))


@extractor(
    "amount", provides=("amount",), requires=("quantity", "date"), lexicons=("light", "drop", "metrics", "subjects", "stops", "choice")
)
def amount(text: Text) -> Iterator[Mention]:
    """Yield one amount for every quantity, in text order."""
    quantities, every = text.of("quantity"), text.of("date")
    starts = [d.start for d in every]
    last: Mention | None = None
    for i, quantity in enumerate(quantities):
        start = max(text.sentence_at(quantity.start)[0], quantity.start - _SENTENCE)
        dates = every[bisect_left(starts, start) : bisect_left(starts, quantity.start)]
        sides = _sides(text, quantities, i, dates)
        phrase = _choose(text, quantity, sides, last)
        subject = _subject(text.folded, phrase, sides.left) if phrase else None
        roles = {
            "quantity": quantity,
            "measure": phrase.text if phrase else None,
            "subject": subject,
            "period": _period(text.folded, dates),
        }
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


class _Sides(NamedTuple):
    """What may belong to a quantity: from `left` to `number` before it, up to `right` after it; `alone`: no other quantity follows."""

    left: int
    number: int
    right: int
    alone: bool


def _sides(text: Text, quantities: list[Mention], i: int, dates: list[Mention]) -> _Sides:
    """Bound what may belong to a quantity: its clause, the quantities and the dates beside it."""
    quantity, string = quantities[i], text.folded
    left = number = quantity.start
    floor = max(0, left - _LEFT, quantities[i - 1].end if i else 0)
    while left > floor and string[left - 1] not in _BOUNDS:
        left -= 1
    for date in reversed(dates):
        if date.end <= left:
            break
        if string[date.start - 1 : date.start] in ("比", "较"):
            continue  # 比2019年下降 is one phrase
        if measure.strip_light(string, date.end, number) > date.end:
            left = date.end
            break
        if date.start > left:
            number = date.start  # 里程目前已达: the date is one of the light words
    right, limit = quantity.end, min(len(string), quantity.end + _RIGHT)
    following = i + 1
    if (
        following < len(quantities)
        and quantities[following].start == quantity.end
        and string[quantities[following].end : quantities[following].end + 1] == "级"
    ):
        following += 1  # 2座30万吨级油码头
    alone = following >= len(quantities) or quantities[following].start > limit
    if not alone:
        limit = quantities[following].start
    while right < limit and string[right] not in _BOUNDS:
        right += 1
    return _Sides(left, number, right, alone or right < limit)


def _choose(text: Text, quantity: Mention, sides: _Sides, last: Mention | None) -> Phrase | None:
    """Choose between the phrases before and after a quantity, by its kind."""
    value: Quantity = quantity.value
    string = text.folded
    if "\t" in string and (head := noun_after.column(string, quantity.start)):
        return head._replace(text=text.string[text.folded.rfind(head.text, 0, quantity.start) :][: len(head.text)])
    if (
        value.kind == "length"
        and string[quantity.end : quantity.end + 1] in _DIMENSIONS
        and string[quantity.end + 1 : quantity.end + 2] not in ("速", "架")
    ):
        return Phrase(text.string[quantity.end : quantity.end + 1], quantity.end, "amount.after")
    number = sides.number
    shares = value.kind in ("percent", "ratio")
    if shares and number and string[number - 1] == "中" and string[number - 2 : number] not in _NOT_AMONG:
        number -= 1  # 员工中三分之一来自…
    front = measure.before(string, sides.left, number)
    if value.kind == "percent" and not (front and front.rule == "amount.share"):
        front = measure.progress(string, sides.left, number) or front
    if value.kind == "duration":
        timed = front if front and front.text.endswith(_words("time")) else None
        if timed is None and string[quantity.end : quantity.end + 1] not in _FROM_THEN:
            timed = measure.lasting(string, sides.left, number)
        return timed or (_carried(text, quantity, sides, last) if front is None and last and last.value.kind == "duration" else None)
    counts = value.kind in _COUNTS
    if front and front.rule in ("amount.change", "amount.share") and not counts:
        return front
    back = None
    if counts or front is None or _looks_after(string, quantity.end, value.kind, front):
        back = noun_after.after(string, quantity.end, sides.right, alone=sides.alone, times=value.unit in _TIMES_UNITS)
    if counts:
        chosen = _of_count(value, front, back)
    elif back and (noun := _noun_after(value, front, back)):
        chosen = noun
    else:
        named = back if back and back.rule == "amount.after" else None
        chosen = named if named and (front is None or _owner(string, sides, front)) else front
    if chosen is None:
        return _carried(text, quantity, sides, last)
    start = chosen.start
    opens = last is not None and (last.start == 0 or string[last.start - 1] in _BOUNDS)
    if last is not None and opens and start == last.end and chosen is front and string[start - 1] in "上级":
        start = last.start  # 10亿元以上项目达到37个: the class belongs to its noun
    return Phrase(text.string[start : chosen.start + len(chosen.text)], start, chosen.rule)


def _looks_after(string: str, end: int, kind: str, front: Phrase) -> bool:
    """Say whether the noun after a number could be what it measures though a phrase stands before it."""
    if kind in ("percent", "ratio"):
        return string[end : end + 1] == "的" or string[end : end + 2] in {noun[:2] for noun in _words("share")}
    if kind == "money":
        return not ends_with(front.text, "metrics")
    return True


def _owner(string: str, sides: _Sides, front: Phrase) -> bool:
    """The phrase before the number is whose it is (…公司100万吨特钢项目, 他家有20亩棉田), not what is measured."""
    return (
        front.rule == "amount.before"
        and (string[sides.number - 1] == "有" or ends_with(front.text, "subjects", "end"))
        and not ends_with(front.text, "metrics")
    )


@cache
def _words(klass: str) -> tuple[str, ...]:
    """Return the words of a class of `choice`, longest first."""
    return tuple(sorted((term for term, k in classes("choice").items() if k == klass), key=lambda t: (-len(t), t)))


def _noun_after(value: Quantity, front: Phrase | None, back: Phrase) -> Phrase | None:
    """9.6%的市场占有率, 100万元奖励, 建设1.1万平方米厂房: the noun after the number is what is measured."""
    if value.kind in ("percent", "ratio"):
        first = next((n for n in _words("share") if back.text.startswith(n)), None)
        if back.text.endswith(_words("share")):
            return back
        return back._replace(text=first) if first else None
    if value.kind == "money":
        given = back.text.endswith(_words("given")) and not (front and ends_with(front.text, "metrics"))
        return back._replace(rule="amount.after") if given else None
    return back if back.rule == "amount.after" and front is not None and front.text in _words("build") else None


def _of_count(value: Quantity, front: Phrase | None, back: Phrase | None) -> Phrase | None:
    """A count's noun stands after it; before it where only a predicate follows; persons take the predicate (13人死亡)."""
    if back is None or (front is not None and front.text in ("年产", "日产", "月产")):
        return front
    if front is None:
        return back
    if value.kind == "person" and _people(front.text) and not _people(back.text):
        return front
    if back.rule == "amount.verb" and (value.kind == "count" or back.text.endswith(_words("change")) or ends_with(front.text, "metrics")):
        return front
    return back


def _people(phrase: str) -> bool:
    """民警20余人形成合力, 代表团70余人来访: a noun for people stands before the number."""
    return phrase.endswith(_words("group")) or phrase[-2:] in _people_nouns() or phrase[-3:] in _people_nouns()


@cache
def _people_nouns() -> frozenset[str]:
    entries = loader.load("recognize/lexicon/people_nouns").entries.values()
    return frozenset(e.term for e in entries if e.klass == "person")


def _carried(text: Text, quantity: Mention, sides: _Sides, last: Mention | None) -> Phrase | None:
    """达到100%、204%和98%; 完成850亿元,力争突破900亿元: the measure of the amount before, of the same kind and in the same sentence."""
    if last is None or last.roles["measure"] is None or last.rule == "amount.after":
        return None
    same = last.value.kind == quantity.value.kind and (last.value.unit == quantity.value.unit or quantity.value.kind == "duration")
    # 是2018年的7倍, 其中四成是…: a share of what was just counted.
    same = same or quantity.value.kind in ("percent", "ratio")
    between = text.folded[last.end : quantity.start]
    if not (same or between in _LISTED) or text.sentence_index(last.start) != text.sentence_index(quantity.start):
        return None
    if between not in _TIED and sides.number - sides.left > _REACH:
        return None
    return Phrase(last.roles["measure"], quantity.start, "amount.carried")


def _subject(string: str, phrase: Phrase, left: int) -> str | None:
    """What is left before the measure, light words dropped on both sides."""
    if phrase.rule in ("amount.carried", "amount.after", "amount.verb") or left >= phrase.start:
        return None
    start, end = left, measure.strip_light(string, left, phrase.start)
    while end > start and (cut := suffix(string, start, end, "drop") or (string[end - 1] in _LOOSE)) and not _name_end(string, start, end):
        end = measure.strip_light(string, start, end - int(cut))
    while start < end and (cut := prefix(string, start, end, "drop") or (string[start] in _LOOSE)):
        start += int(cut)
    return string[start:end] if 2 <= end - start <= _SUBJECT else None


def _name_end(string: str, start: int, end: int) -> bool:
    """项目, 园区: a word that ends a name is no light word."""
    return suffix(string, start, end, "subjects") > 1


def _period(string: str, dates: list[Mention]) -> Mention | None:
    """Return the last date before the quantity in its sentence that covers a time; what it is compared with does not."""
    for mention in reversed(dates):
        period: Period = mention.value
        compared = string[mention.start - 1 : mention.start] in ("比", "较")
        if period.grain in _PERIODS and (period.from_ or period.to) and mention.rule != "date.same" and not compared:
            return mention
    return None

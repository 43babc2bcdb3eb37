"""The measure an amount takes from elsewhere: from the amount before, the clause before, or the head of its list.

`carried` is asked first; `elsewhere` where nothing in the clause says what is measured.
"""

from __future__ import annotations

import re

from ljnews.facts.amount import measure
from ljnews.facts.amount.phrase import Gap, Phrase, ends_with, printed
from ljnews.facts.amount.sides import BOUNDS, Sides
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_LISTED = ("、", "和", "及", "与", "以及", "(", "", "共", "共计", "计", "合计")
_TIED = (*_LISTED, "至", ",", "×", "x", "*")
_DATED = 12  # characters of the dates between a comma and a number
_CLAUSE = 40  # characters of the clause before in which a metric is looked for
_REACH = 14  # characters that may stand between an amount and the one it takes its measure from, in its own clause
_HEADER = re.compile(r"((?:年度|总|计划|完成|预算){0,3}(?:投资|投入|支出|收入|资金|经费))(?:安排|情况|分配|如下|为|包括)?\Z")
_OF_A_PLACE = {"household", "person"}  # 全村326户,1326人
_WHOLE_PLACES = frozenset("全村 全镇 全乡 全县 全市 全区 全组 全校 全州".split())
COUNTS = frozenset(("count", "person", "household"))


def carried(text: Text, quantity: Mention, sides: Sides, last: Mention | None, reach: int = _REACH) -> Phrase | None:
    """达到100%、204%和98%; 完成850亿元,力争突破900亿元: the measure of the amount before, of the same kind and in the same sentence."""
    if last is None or last.roles["measure"] is None:
        return None
    if last.rule == "amount.after" and not (
        text.folded.endswith(("其中", ",有", "中有"), last.end, quantity.start) and last.value.kind == quantity.value.kind
    ):
        return None
    same = last.value.kind == quantity.value.kind and (last.value.unit == quantity.value.unit or quantity.value.kind == "duration")
    # 是2018年的7倍, 其中四成是…: a share of what was just counted.
    same = same or quantity.value.kind in ("percent", "ratio")
    between = text.folded[last.end : quantity.start]
    if last.value.kind == "duration" and last.roles["measure"] in measure.SPANS:
        return None
    same = same or (between == "," and {last.value.kind, quantity.value.kind} == _OF_A_PLACE and last.roles["measure"] in _WHOLE_PLACES)
    if not (same or between in _LISTED) or text.sentence_index(last.start) != text.sentence_index(quantity.start):
        return None
    if between not in _TIED and sides.number - sides.left > reach:
        return None
    changed = last.rule == "amount.change" and between not in _TIED and quantity.value.kind not in ("percent", "ratio", "percentage_point")
    first, *others = last.roles["others"] or ((last.roles["base"] if changed else None) or last.roles["measure"],)
    return Phrase(first, quantity.start, "amount.carried", others=tuple(others) if between in _TIED else ())


def elsewhere(text: Text, quantity: Mention, sides: Sides, last: Mention | None) -> Phrase | None:
    """Return the metric of the clause before, or the one before a duration in the same clause."""
    return _clause_before(text, quantity, sides, last) or _across(text, quantity, last)


def _clause_before(text: Text, quantity: Mention, sides: Sides, last: Mention | None) -> Phrase | None:
    """签约额再创新高,达1200亿元: the metric of the clause before, where its own has none."""
    string = text.folded
    comma = string.rfind(",", max(0, sides.number - 14), sides.number)
    if quantity.value.kind in COUNTS or comma < 4 or comma < sides.left - 1 - _DATED or (last is not None and last.end > comma):
        return None
    start = max(string.rfind(mark, max(0, comma - _CLAUSE), comma) for mark in BOUNDS) + 1
    if (last is not None and last.end > start) or (start == 0 and comma > _CLAUSE):
        return None
    gap = Gap(string, start, comma)
    for token in gap.tokens:
        if (
            len(token.text) > 1
            and (token.text[-1] in "量率额值" or ends_with(token.text, "metrics", "head", "sum"))
            and (found := measure.before(gap, start, token.end))
        ):
            return printed(text, found)._replace(rule="amount.carried", start=quantity.start)
    return None


def _across(text: Text, quantity: Mention, last: Mention | None) -> Phrase | None:
    """茶叶产量近5年稳定在800吨: the metric before a duration in the same clause."""
    if last is None or last.value.kind != "duration" or quantity.start - last.end > _REACH:
        return None
    string = text.folded
    start = max(string.rfind(mark, max(0, last.start - _CLAUSE), quantity.start) for mark in BOUNDS) + 1
    if start >= last.start or (start == 0 and last.start > _CLAUSE):
        return None
    found = measure.before(Gap(string, start, last.start), start, last.start)
    return (
        printed(text, found)._replace(rule="amount.carried", start=quantity.start) if found and ends_with(found.text, "metrics") else None
    )


def header(text: Text, quantity: Mention) -> Phrase | None:
    """年度计划投资安排:水利项目5亿元、城建项目4亿元: the measure of a list stands before its colon."""
    start = max(text.sentence_at(quantity.start)[0], quantity.start - 120)
    colon = text.folded.rfind(":", start, quantity.start)
    head = _HEADER.search(text.folded, max(start, colon - 20), colon) if colon > 0 else None
    return head and Phrase(text.string[head.start() : head.end(1)], quantity.start, "amount.carried")

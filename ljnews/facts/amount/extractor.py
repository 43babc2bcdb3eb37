"""Extractor of `amount` mentions: every quantity with its measure, its subject and its period.

The steps, for each quantity: (1) `sides` bounds what may belong to it (its clause, up to the quantity before and after); (2) `measure.before` and
`noun_after.after` read the phrases on both sides; (3) `choose` takes one by the kind of the quantity, or `carry` takes that of the amount before;
(4) what is left over before the measure is the subject; (5) the last date before it in the sentence is its period.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ljnews.facts.amount import measure
from ljnews.facts.amount.choose import choose
from ljnews.facts.amount.phrase import Phrase, prefix, suffix
from ljnews.facts.amount.sides import Sides, bounds_of
from ljnews.facts.amount.sides import sides as _bounds
from ljnews.recognize.values import Period
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "amount.before": "指标在数量前:总投资10亿元、累计完成投资3亿元",
    "amount.after": "指标在数量后:132个年度重点项目",
    "amount.verb": "数量后只有谓语:13人死亡、200余人参加",
    "amount.change": "变动:同比增长8.5%、下降10%",
    "amount.share": "占比:占年度计划投资54%",
    "amount.implied": "名称前只有钱:30亿元清溪小镇,是投资",
    "amount.carried": "指标承前:达到100%、204%和98%",
    "amount.column": "表格的列名",
    "amount.plain": "没有指标的数量",
}
_SENTENCE = 200  # characters of the sentence in which a date may cover an amount
_LOOSE = frozenset(" 、的和与及“”‘’等")
_SUBJECT = 24  # characters of the longest subject
_PERIODS = frozenset(("year", "half", "quarter", "month", "span", "plan", "decade"))


@extractor(
    "amount",
    provides=("amount",),
    requires=("quantity", "date"),
    lexicons=("light", "drop", "metrics", "subjects", "stops", "choice", "sums", "parts"),
)
def amount(text: Text) -> Iterator[Mention]:
    """Yield one amount for every quantity, in text order."""
    quantities, every = text.of("quantity"), text.of("date")
    starts = [d.start for d in every]
    bounds = bounds_of(text) if quantities else []
    last: Mention | None = None
    sides: Sides | None = None
    for i, quantity in enumerate(quantities):
        passed = bisect_left(starts, quantity.start)
        dates: list[Mention] = []
        if passed and starts[passed - 1] >= quantity.start - _SENTENCE:
            start = max(text.sentence_at(quantity.start)[0], quantity.start - _SENTENCE)
            dates = every[bisect_left(starts, start) : passed]
        sides = _bounds(text, bounds, quantities, i, dates, sides and sides.back)
        phrase = choose(text, quantity, sides, last)
        subject = _subject(text.folded, phrase, sides.left) if phrase else None
        roles = {
            "quantity": quantity,
            "measure": phrase.text if phrase else None,
            "subject": subject,
            "period": _period(text.folded, dates, quantity.start),
            "others": phrase.others if phrase else (),
            "base": last.roles["base"] or last.roles["measure"] if last and phrase and phrase.rule == "amount.change" else None,
        }
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


def _subject(string: str, phrase: Phrase, left: int) -> str | None:
    """What is left before the measure, light words dropped on both sides."""
    if phrase.rule in ("amount.carried", "amount.implied", "amount.after", "amount.verb") or left >= phrase.start:
        return None
    start, end = left, measure.strip_light(string, left, phrase.start)
    while end > start and (cut := suffix(string, start, end, "drop") or (string[end - 1] in _LOOSE)) and not _name_end(string, start, end):
        end = measure.strip_light(string, start, end - int(cut))
    while start < end and (cut := prefix(string, start, end, "drop") or (string[start] in _LOOSE)):
        if cut == 1 and string[start] not in _LOOSE and _in_word(string, start, end):
            break
        start += int(cut)
    while end - start > 2 and string[start : start + 2] in _ACTS:
        start += 2
    return string[start:end] if 2 <= end - start <= _SUBJECT and string[start:end] not in _ACTS else None


_ACTS = frozenset("完成 实现 实际 累计 新增 培育 引进 各类 新建 规划 其中 生产 年产 单位 所有".split())  # no subjects, nor their beginning


def _in_word(string: str, start: int, end: int) -> bool:
    """Say whether a light character opens a longer word (计|划项目, 可|支配收入)."""
    import rjieba

    return len(rjieba.cut(string[start : min(end, start + 5)], False)[0]) > 1


def _name_end(string: str, start: int, end: int) -> bool:
    """项目, 园区: a word that ends a name is no light word."""
    return suffix(string, start, end, "subjects") > 1


# 年初出台的决定,…: the date tells of what the clause names, not of the figures after it.
_OF_ANOTHER = re.compile(r"[^,;]{0,6}(?:出台|印发|下发|发布|召开|举行|举办|签订|签署|通过|批准|提出|制定|公布|成立)的[^,;]*,")


def _period(string: str, dates: list[Mention], at: int) -> Mention | None:
    """Return the last date before the quantity in its sentence that covers a time; what it is compared with does not, nor one before a ;."""
    for mention in reversed(dates):
        period: Period = mention.value
        if string.find(";", mention.end, at) >= 0:
            return None
        if _OF_ANOTHER.match(string, mention.end, at):
            continue
        compared = string[mention.start - 1 : mention.start] in ("比", "较")
        if period.grain in _PERIODS and (period.from_ or period.to) and mention.rule != "date.same" and not compared:
            return mention
    return None

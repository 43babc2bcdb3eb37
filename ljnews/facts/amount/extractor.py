"""Extractor of `amount` mentions: every quantity with its measure, its subject and its period.

The steps, for each quantity: (1) `_sides` bounds what may belong to it (its clause, up to the quantity before and after); (2) the phrase before it
is read from right to left, the phrase after it from left to right (`_before`, `_after`); (3) `_measure` chooses by the kind of the quantity; (4) what is
left over before the measure is the subject, else the subject is carried on; (5) the last date before it in the sentence is its period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ljnews.facts.amount.phrase import LEFT, RIGHT, STOP_TAGS, Word, nominal, words
from ljnews.recognize.values import Period, Quantity
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "amount.before": "指标在数量前:总投资10亿元、累计完成投资3亿元",
    "amount.after": "指标在数量后:132个年度重点项目",
    "amount.change": "变动:同比增长8.5%、比上年增长10%",
    "amount.share": "占比:占年度计划投资54%",
    "amount.carried": "指标承前:达到100%、204%和98%",
    "amount.plain": "没有指标的数量",
}
_BOUNDS = re.compile(r"[,;:。!?\n()（）【】《》]")
_CHANGE = re.compile(r"(?:同比|环比|平均|年均|额外|[比较][^,。;比较]{1,9}?|再|一举)?(?:增长|下降|提高|增加|减少|上升|回落|加快|提升|下滑|降低|上涨|放缓|收窄|扩大|缩短|下调|上调|增幅|增速|降幅|增收|攀升|回升|下跌|高出|低于|高于)\Z")
_LEVEL = re.compile(r"(?:增长|下降|提高|增加|减少|上升|提升|降低|上涨|扩大|缩短|恢复|发展|增|降|升|回升)\Z")
_NOUN_CHANGE = ("增幅", "增速", "降幅")
_PERIODS = frozenset(("year", "half", "quarter", "month", "span", "plan", "decade"))
_LONG = 14


class _Phrase(NamedTuple):
    text: str
    start: int
    rule: str


@extractor("amount", provides=("amount",), requires=("quantity", "date"), lexicons=("light",))
def amount(text: Text) -> Iterator[Mention]:
    """Yield one amount for every quantity, in text order."""
    quantities = text.of("quantity")
    last: Mention | None = None
    for i, quantity in enumerate(quantities):
        left, right = _sides(text, quantities, i)
        phrase = _measure(text, quantity, left, right, last)
        subject = _subject(text, phrase, left) if phrase else None
        roles = {"quantity": quantity, "measure": phrase.text if phrase else None, "subject": subject, "period": _period(text, quantity)}
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


def _sides(text: Text, quantities: list[Mention], i: int) -> tuple[int, int]:
    """Return the span that may belong to a quantity."""
    quantity = quantities[i]
    start = max(_left_bound(text, quantity.start), quantities[i - 1].end if i else 0)
    match = _BOUNDS.search(text.folded, quantity.end, quantity.end + RIGHT)
    end = match.start() if match else min(len(text.string), quantity.end + RIGHT)
    if i + 1 < len(quantities):
        end = min(end, quantities[i + 1].start)
    return start, max(end, quantity.end)


def _left_bound(text: Text, end: int) -> int:
    start = max(0, end - LEFT)
    found = start
    for match in _BOUNDS.finditer(text.folded, start, end):
        found = match.end()
    return found


def _measure(text: Text, quantity: Mention, left: int, right: int, last: Mention | None) -> _Phrase | None:
    value: Quantity = quantity.value
    if value.kind == "duration":
        return None
    before = _before(text, left, quantity.start)
    after = _after(text, quantity.end, right)
    if before and before.rule in ("amount.change", "amount.share"):
        return before
    if value.kind in ("count", "person", "household"):
        chosen = _of_count(text, before, after)
    elif before and (not after or not _only_verb(before.text)):
        chosen = before
    else:
        chosen = after or before
    if chosen is None and last is not None and text.folded[last.end : quantity.start] in ("、", "和", "及", "与", "至"):
        carried = last.roles["measure"]
        return _Phrase(carried, quantity.start, "amount.carried") if carried else None
    return chosen


def _only_verb(phrase: str) -> bool:
    return phrase in ("建设", "新建", "建成", "完成", "种植", "投放", "发放", "给予", "奖励", "提供", "建", "新增")


def _of_count(text: Text, before: _Phrase | None, after: _Phrase | None) -> _Phrase | None:
    """A count's noun stands after it, or before it where nothing nominal follows."""
    if after is None:
        return before
    if before is not None and after.rule == "amount.verb":
        return before
    return after._replace(rule="amount.after")


def _before(text: Text, start: int, end: int) -> _Phrase | None:
    """Read the phrase that ends at a quantity, from right to left."""
    tokens = words(text.folded, start, end)
    while tokens and (tokens[-1].klass == "light" or tokens[-1].tag in ("m", "x", "uj", "ul", "d", "p", "c")):
        reached = tokens[-1].text in ("到", "至")
        tokens.pop()
        if reached and tokens and _LEVEL.search(tokens[-1].text):
            tokens.pop()
    if not tokens:
        return None
    taken: list[Word] = []
    for token in reversed(tokens):
        if token.tag in STOP_TAGS and token.klass != "keep" and not _compares(text, tokens, token):
            break
        if not nominal(token) or (token.tag == "ns" and taken) or token.klass == "drop" or end - token.start > _LONG + 6:
            break
        taken.append(token)
    taken.reverse()
    while taken and taken[0].klass in ("drop", "light"):
        taken.pop(0)
    if not taken:
        return None
    return _shaped(text, start, taken[0].start, taken[-1].end)


def _compares(text: Text, tokens: list[Word], token: Word) -> bool:
    return False


def _shaped(text: Text, floor: int, start: int, end: int) -> _Phrase:
    """Cut 占… and changes out of the phrase."""
    phrase = text.string[start:end]
    whole = text.folded[floor:end]
    share = whole.rfind("占")
    if share >= 0 and not whole.startswith(("占地", "占据"), share) and floor + share >= start - 8 and end - floor - share <= _LONG + 4:
        return _Phrase(text.string[floor + share : end].rstrip("的"), floor + share, "amount.share")
    change = _CHANGE.search(whole)
    if change and not phrase.endswith(_NOUN_CHANGE):
        return _Phrase(text.string[floor + change.start() : end], floor + change.start(), "amount.change")
    return _Phrase(phrase, start, "amount.before")


def _after(text: Text, start: int, end: int) -> _Phrase | None:
    """Read the phrase that begins at a quantity, from left to right."""
    tokens = words(text.folded, start, end)
    while tokens and tokens[0].text in ("的", " "):
        tokens.pop(0)
    taken: list[Word] = []
    noun = False
    for i, token in enumerate(tokens):
        if token.tag in ("x", "p", "r", "uj", "ul", "d", "t", "m", "q", "y") or token.klass in ("drop", "light"):
            break
        if token.tag == "c":
            if not noun or i + 1 >= len(tokens):
                break
        elif noun and token.tag.startswith("v") and not (i + 1 < len(tokens) and tokens[i + 1].text in _HEADS):
            break
        elif token.tag.startswith(("n", "j", "l", "s", "eng")):
            noun = True
        taken.append(token)
    while taken and taken[-1].tag == "c":
        taken.pop()
    if not taken:
        return None
    rule = "amount.after" if noun else "amount.verb"
    return _Phrase(text.string[taken[0].start : taken[-1].end], taken[0].start, rule)


_HEADS = frozenset("项目 工程 企业 公司 基地 园区 中心 平台 单位 机构 岗位 人员 设施 设备 方面 任务 措施 点 区 厂 站 线 所 村 户 车间 生产线 家庭 住房 学校 医院 道路".split())


def _subject(text: Text, phrase: _Phrase, left: int) -> str | None:
    """What is left before the measure, light words dropped."""
    tokens = words(text.folded, left, phrase.start) if left < phrase.start else []
    while tokens and (tokens[-1].klass or tokens[-1].tag in STOP_TAGS or tokens[-1].tag == "d"):
        tokens.pop()
    taken: list[Word] = []
    for token in reversed(tokens):
        if token.tag in STOP_TAGS and token.tag != "uj":
            break
        taken.append(token)
    taken.reverse()
    while taken and (taken[0].klass or taken[0].tag in ("uj", "d")):
        taken.pop(0)
    return text.string[taken[0].start : taken[-1].end] if taken else None


def _period(text: Text, quantity: Mention) -> Mention | None:
    """Return the last date before the quantity in its sentence that covers a time."""
    start, _ = text.sentence_at(quantity.start)
    found = None
    for mention in text.within("date", start, quantity.start):
        period: Period = mention.value
        if period.grain in _PERIODS and (period.from_ or period.to) and mention.rule != "date.same":
            found = mention
    return found

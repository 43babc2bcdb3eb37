"""Extractor of `amount` mentions: every quantity with its measure, its subject and its period.

The steps, for each quantity: (1) `_sides` bounds what may belong to it (its clause, up to the quantity before and after); (2) `measure.before` and
`noun_after.after` read the phrases on both sides; (3) `_choose` takes one by the kind of the quantity, or carries the one before on; (4) what is
left over before the measure is the subject; (5) the last date before it in the sentence is its period.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ljnews.facts.amount import measure
from ljnews.facts.amount.choose import BOUNDS, Sides, choose
from ljnews.facts.amount.phrase import INSIDE, Gap, Phrase, prefix, suffix
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
    "amount.implied": "名称前只有钱:30亿元麋鹿小镇,是投资",
    "amount.carried": "指标承前:达到100%、204%和98%",
    "amount.column": "表格的列名",
    "amount.plain": "没有指标的数量",
}
_GAP, _BEFORE, _AFTER = 60, 48, 30  # characters of a gap that are tagged: as a whole, or its two ends
_LEFT, _RIGHT = 30, 18  # characters looked at on each side
_BRACKETED = frozenset(("mass", "volume", "count", "person", "household", "area", "length", "power", "money"))
_SENTENCE = 200  # characters of the sentence in which a date may cover an amount
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
    gaps = _Gaps(text, quantities)
    last: Mention | None = None
    for i, quantity in enumerate(quantities):
        start = max(text.sentence_at(quantity.start)[0], quantity.start - _SENTENCE)
        dates = every[bisect_left(starts, start) : bisect_left(starts, quantity.start)]
        sides = _sides(text, quantities, gaps, i, dates)
        phrase = choose(text, quantity, sides, last)
        subject = _subject(text.folded, phrase, sides.left) if phrase else None
        roles = {
            "quantity": quantity,
            "measure": phrase.text if phrase else None,
            "subject": subject,
            "period": _period(text.folded, dates),
            "others": phrase.others if phrase else (),
        }
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


class _Gaps:
    """The words before and after each quantity, up to the next one or the end of its sentence; tagged when first asked for."""

    def __init__(self, text: Text, quantities: list[Mention]) -> None:
        self._text, self._quantities = text, quantities
        self._made: dict[int, Gap] = {}

    def before(self, i: int) -> Gap:
        """Return the gap that ends at a quantity."""
        start, end = self._text.sentence_at(self._quantities[i].start)[0], self._quantities[i].start
        if i:
            start = max(start, self._quantities[i - 1].end)
        return self._gap(max(start, end - _BEFORE) if end - start > _GAP else start, end)

    def after(self, i: int) -> Gap:
        """Return the gap that starts at a quantity's end."""
        start, end = self._quantities[i].end, self._text.sentence_at(self._quantities[i].start)[1]
        if self._level(i + 1, start):
            return Gap(self._text.folded, start, min(end, start + _AFTER))
        shared = i + 1 < len(self._quantities) and self._quantities[i + 1].start <= end
        if shared:
            end = self._quantities[i + 1].start
        return self._gap(start, min(end, start + _AFTER) if end - start > _GAP or not shared else max(start, end))

    def _level(self, i: int, end: int) -> bool:
        """2座30万吨级油码头, 8个总投资127亿元项目: the second quantity is the class of what the first one counts."""
        return i < len(self._quantities) and is_class(self._text.folded, end, self._quantities[i])

    def _gap(self, start: int, end: int) -> Gap:
        gap = self._made.get(start)
        if gap is None or gap.end != end:
            gap = self._made[start] = Gap(self._text.folded, start, end)
        return gap


_SIZED = frozenset(("area", "length", "volume", "power", "mass"))
_CLASS = ("级", "的项目", "项目", "以上项目", "重点项目", "工业项目", "产业项目", "企业", "工业企业")


def is_class(string: str, end: int, following: Mention) -> bool:
    """Say whether the quantity that follows an offset is the class of what is counted there."""
    between = string[end : following.start]
    if between in ("总投资", "投资", "投资超", "总投资超"):
        return following.value.kind == "money" and string.startswith(_CLASS, following.end)
    sized = following.value.kind in _SIZED and string.startswith("的", following.end)
    return not between and (sized or string.startswith(_CLASS, following.end))


def _inside(string: str, end: int) -> int:
    """Return the length of the brackets inside a word that end at an offset (开(竣)工), 0 for none."""
    at = string.rfind("(", max(0, end - 4), end) if string[end - 1] == ")" else -1
    return end - at if at > 0 and INSIDE.match(string, at) else 0


def _sides(text: Text, quantities: list[Mention], gaps: _Gaps, i: int, dates: list[Mention]) -> Sides:
    """Bound what may belong to a quantity: its clause, the quantities and the dates beside it."""
    quantity, string = quantities[i], text.folded
    left = number = quantity.start
    if string[left - 1 : left] == "(" and string[quantity.end : quantity.end + 1] == ")" and quantity.value.kind in _BRACKETED:
        left = number = left - 1  # 污水处理厂(1万吨/天)
    floor = quantities[i - 1].end if i else 0
    if floor < left - _LEFT:
        floor = gaps.before(i).edge(left - _LEFT) if "\n" not in string[left - _LEFT : left] else left - _LEFT
    while left > floor and (string[left - 1] not in BOUNDS or (inside := _inside(string, left))):
        left -= 1 if string[left - 1] not in BOUNDS else inside
    left = max(left, floor)
    for date in reversed(dates):
        if date.end <= left:
            break
        if string[date.start - 1 : date.start] in ("比", "较", "占"):
            continue  # 比2019年下降, 占全年任务 are one phrase
        if measure.strip_light(string, date.end, number) > date.end:
            left = date.end
            break
        if date.start > left:
            number = date.start  # 里程目前已达: the date is one of the light words
    limit = min(len(string), quantity.end + _RIGHT)
    following = i + 1
    resume = quantity.end
    if following < len(quantities) and is_class(string, quantity.end, quantities[following]):
        resume = quantities[following].end
        resume += string.startswith("级", resume)
        following += 1
        limit = min(len(string), resume + _RIGHT)
    right = resume
    alone = following >= len(quantities) or quantities[following].start > limit
    if not alone:
        limit = quantities[following].start
    while right < limit and (string[right] not in BOUNDS or INSIDE.match(string, right)):
        right += 1 if string[right] not in BOUNDS else string.index(")", right) - right + 1
    right = min(right, limit)
    return Sides(left, number, resume, right, alone or right < limit, gaps.before(i), gaps.after(i))


def _subject(string: str, phrase: Phrase, left: int) -> str | None:
    """What is left before the measure, light words dropped on both sides."""
    if phrase.rule in ("amount.carried", "amount.implied", "amount.after", "amount.verb") or left >= phrase.start:
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

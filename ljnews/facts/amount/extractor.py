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
_MARGIN = 6  # characters tagged beyond a limit that may cut a word
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
    last: Mention | None = None
    sides: Sides | None = None
    for i, quantity in enumerate(quantities):
        start = max(text.sentence_at(quantity.start)[0], quantity.start - _SENTENCE)
        dates = every[bisect_left(starts, start) : bisect_left(starts, quantity.start)]
        sides = _sides(text, quantities, i, dates, sides and sides.back)
        phrase = choose(text, quantity, sides, last)
        subject = _subject(text.folded, phrase, sides.left) if phrase else None
        roles = {
            "quantity": quantity,
            "measure": phrase.text if phrase else None,
            "subject": subject,
            "period": _period(text.folded, dates),
            "others": phrase.others if phrase else (),
            "base": last.roles["base"] or last.roles["measure"] if last and phrase and phrase.rule == "amount.change" else None,
        }
        last = Mention("amount", quantity.start, quantity.end, quantity.value, phrase.rule if phrase else "amount.plain", roles)
        yield last


_SIZED = frozenset(("area", "length", "volume", "power", "mass", "other"))
_CLASS = ("级", "的项目", "项目", "以上项目", "重点项目", "工业项目", "产业项目", "企业", "工业企业")


def is_class(string: str, end: int, following: Mention) -> bool:
    """Say whether the quantity that follows an offset is the class of what is counted there."""
    between = string[end : following.start]
    if between in ("总投资", "投资", "投资超", "总投资超"):
        return following.value.kind == "money" and string.startswith(("的", *_CLASS), following.end)
    bounded = string[following.end - 2 : following.end] in ("以上", "以下") and not between
    level = bounded or following.value.kind in _SIZED or following.value.unit == "层"
    sized = level and "\u4e00" <= string[following.end : following.end + 1] <= "\u9fff"
    return not between and (sized or string.startswith(_CLASS, following.end))


def _inside(string: str, end: int) -> int:
    """Return the length of the brackets inside a word that end at an offset (开(竣)工), 0 for none."""
    at = string.rfind("(", max(0, end - 4), end) if string[end - 1] == ")" else -1
    return end - at if at > 0 and INSIDE.match(string, at) else 0


def _sides(text: Text, quantities: list[Mention], i: int, dates: list[Mention], shared: Gap | None) -> Sides:
    """Bound what may belong to a quantity: its clause, the quantities and the dates beside it; `shared`: the words after the one before."""
    quantity, string = quantities[i], text.folded
    number = quantity.start
    if string[number - 1 : number] == "(" and string[quantity.end : quantity.end + 1] == ")" and quantity.value.kind in _BRACKETED:
        number -= 1  # 污水处理厂(1万吨/天)
    left = _bound_before(string, number, max(quantities[i - 1].end if i else 0, number - _LEFT))
    if shared is not None and shared.start <= left and shared.end == quantity.start:
        front = shared
    else:
        cut = left > 0 and left == number - _LEFT and string[left - 1] not in BOUNDS
        front = Gap(string, max(quantities[i - 1].end if i else 0, left - _MARGIN) if cut else left, quantity.start)
        left = front.edge(left) if cut else left
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
    following, resume = i + 1, quantity.end
    if following < len(quantities) and is_class(string, resume, quantities[following]):
        resume = quantities[following].end
        resume += string.startswith("级", resume)
        following += 1
    limit = min(len(string), resume + _RIGHT)
    alone = following >= len(quantities) or quantities[following].start > limit
    if not alone:
        limit = quantities[following].start
    right = _bound_after(string, resume, limit)
    end = right if right < limit or not alone else min(len(string), right + _MARGIN)
    return Sides(left, number, resume, right, alone or right < limit, front, Gap(string, quantity.end, end))


def _bound_before(string: str, at: int, floor: int) -> int:
    """Return where the clause before an offset starts, brackets inside a word (开(竣)工) skipped."""
    while at > floor:
        if string[at - 1] in BOUNDS:
            inside = _inside(string, at)
            if not inside:
                break
            at -= inside
        else:
            at -= 1
    return max(at, floor)


def _bound_after(string: str, at: int, limit: int) -> int:
    """Return where the clause after an offset ends."""
    while at < limit:
        if string[at] in BOUNDS:
            if not INSIDE.match(string, at):
                break
            at = string.index(")", at)
        at += 1
    return min(at, limit)


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

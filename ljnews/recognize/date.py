"""Recognizer for `date` mentions: absolute, partial and relative dates, intervals, deadlines; times of day are not read.

The steps, at every place where a date may start: (1) `_date_point.point_at` reads a point (2022年9月底, 今年上半年); (2) a second point after 至 or -
makes an interval; (3) what stands before and after sets the mode (截至, 到, 自; 前, 起, 以来); (4) `_date_resolve.resolve` makes it a `Period`.
Spans counted from the reference date (未来三年, 两年内, 近五年来) are read by `_date_span`. The reference date is an argument: `Text.published`.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ljnews.lexicon import loader
from ljnews.recognize._date_calendar import Context
from ljnews.recognize._date_point import Point, point_at
from ljnews.recognize._date_resolve import resolve
from ljnews.recognize._date_span import span_at
from ljnews.recognize._date_starts import starts
from ljnews.recognize.values import Period
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "date.point": "年、月、日、季度、旬、节日:2022年9月30日、上半年、明年春节",
    "date.interval": "起止:8月1日至5日、2021—2025年",
    "date.span": "由发稿日起算的时段:未来三年、两年内、近五年来",
    "date.same": "同期:去年同期",
}
_JOINS = frozenset(" 至到-~～–—―─和与")  # the second date of an interval may have no year though the first has one
_TO = re.compile(r" ?(?:至|到|[-~～–—―─]{1,2}) ?")
_BY = re.compile(r" ?(?:(?:以|之)前|前(?![三二两期后列来往沿瞻海提\d])|为止|(?:或|及)(?:之|以)前)")
_BY_DIGIT = re.compile(r" ?前(?=\d)")
_SINCE = re.compile(r" ?(?:以来|(?:以|之)后|后(?![半来三两期续备勤台])|(?:或|及)(?:以|之)后|起(?!点|来|草|步|诉)|开始|至今(?![年天日晚]))")
_IN = re.compile(r"期间|时期|规划期间?|(?:之|当)?间(?!隔|接)|内(?!部|容|外|地|陆|蒙)|当中")
_FORWARD = re.compile(
    r"将|计划(?!总投资)|预计|力争|确保|拟|争取|有望|预期|目标|务必|完成时限|届时|即将|定于|明年|(?<![重主必纪摘首只简扼险紧概提])要(?![求素闻点事件])"
)
_BETWEEN = re.compile(r" ?(?:和|与|到|至|-) ?")
_BETWEEN_END = re.compile(r" ?(?:之间|间(?![隔接]))")
_TRADITIONAL = re.compile("[週禮後個過際當]")
_SIMPLE = str.maketrans("週禮後個過當", "周礼后个过当")
_WIRE = re.compile(r"(\d{1,2})月(\d{1,2})日(?:电|讯|消息)")
_NAMED_YEAR = re.compile(r"(?<![\d到至—-])(19[89]\d|20[0-3]\d) ?年(?!代|后)")
_NEAR = 60  # characters of the clause on each side in which a word may point forward
_SAME = re.compile(r"同期")
_PLAN_NAME = re.compile(r"[”\"]?(?:规划|纲要|专项|发展规划|重点专项|开局|收官)")
_NOT_TO = tuple("达得看感受提遇收碰找想来直升增降涨减扩跌缩高")
_UNTIL = ("截至", "截止到", "截止至", "截止")


@extractor("date", provides=("date",), lexicons=("date_words", "festivals"))
def date(text: Text) -> Iterator[Mention]:
    """Yield the dates of a text, in text order, none inside another."""
    yield from dates(text)


def deadline(period: Period) -> datetime.date | None:
    """Return the day by which something is due: the end of the period; for 7月1日起 its first day; None where the text gives no horizon.

    >>> deadline(Period(None, datetime.date(2022, 9, 30), "month", "by", "2022-09-30")).isoformat()
    '2022-09-30'
    """
    if period.mode == "since":
        return period.from_ if period.grain != "span" else None
    return period.to


def dates(text: Text) -> list[Mention]:
    """Return the dates of a text."""
    string = text.folded
    if _TRADITIONAL.search(string):
        string = string.translate(_SIMPLE)
    found: list[Mention] = []
    done = 0
    context = Context(text.published, hint=year_hint(text), wire=_wire(text.published, string))
    sentence = -1
    names = {at: hit.end for hit in loader.load("recognize/lexicon/not_dates").find(string) for at in range(hit.start, hit.end)}
    for start in starts(string):
        if start < done or start in names:
            continue
        here = text.sentence_index(start)
        if here != sentence:
            sentence, context.last, context.last_year_explicit = here, None, False
        mention = _read(text, string, start, context)
        if mention is None:
            continue
        if mention.label == "date":
            found.append(mention)
        done = mention.end
    return found


def _wire(published: datetime.date | None, string: str) -> datetime.date | None:
    """Return the day of the wire that opens an article (某报1月6日讯), where it is one of the three days before publication."""
    match = _WIRE.search(string, 0, 400)
    if published is None or match is None:
        return None
    days = (published - datetime.timedelta(back) for back in range(1, 4))
    return next((day for day in days if (day.month, day.day) == (int(match.group(1)), int(match.group(2)))), None)


def year_hint(text: Text) -> int | None:
    """Return the year that an undated text names most, of several the last; None where it is dated or names none.

    «到2025年» looks ahead and does not count.
    """
    return text.layer("year_hint", _most_named_year) if text.published is None else None


def _most_named_year(text: Text) -> int | None:
    """Return the year named most, of several the last."""
    counts = Counter(int(m.group(1)) for m in _NAMED_YEAR.finditer(text.folded))
    return max(counts, key=lambda y: (counts[y], y)) if counts else None


def _points_forward(text: Text, string: str, start: int, context: Context) -> bool:
    """Say whether a word of the clause, or what stands before a date, points forward."""
    first, last = text.clause_at(start)
    return _FORWARD.search(string, max(first, start - _NEAR), min(last, start + _NEAR)) is not None or _ahead(string, start, context)


def _ahead(string: str, start: int, context: Context) -> bool:
    """到九月底 points forward, and so does a date after one of the same sentence that lies ahead."""
    if string[start - 1 : start] == "到" and string[start - 2 : start - 1] not in _NOT_TO:
        return True
    last, reference = context.last, context.reference
    if last is None or reference is None or last.grain == "plan":
        return False
    begin = last.from_ or last.to
    return begin is not None and begin > reference


def _read(text: Text, string: str, start: int, context: Context) -> Mention | None:
    spanned = span_at(string, start, context)
    if spanned is not None:
        return Mention("date", start, spanned[0], spanned[1], "date.span")
    point = point_at(string, start)
    if point is None:
        return None
    if point.body[:1] == ("plan",) and _PLAN_NAME.match(string, point.end):
        text.refuse("date.point", start, point.end, "规划的名称")
        return None
    if point.year is None or string[point.end : point.end + 1] in _JOINS:
        context.forward = _points_forward(text, string, start, context)
    period = resolve(point, context)
    if period is None:
        text.refuse("date.point", start, point.end, "没有这一天")
        return Mention("none", start, point.end, None, "date.point")
    rule, end = "date.point", point.end
    other = _interval(string, point, period, context)
    if other is not None:
        end, period = other
        rule = "date.interval"
    if _SAME.match(string, end) and point.body == ():
        return _same_period(start, end + 2, period, context)
    _remember(context, point, period)
    begin, end, final = _moded(string, start, end, period, point, context)
    return Mention("date", begin, end, final, rule)


def _interval(string: str, point: Point, period: Period, context: Context) -> tuple[int, Period] | None:
    """Read 8月1日至5日, 2021年3月至2022年5月, 1995-1997年."""
    connector = _TO.match(string, point.end) or _BETWEEN.match(string, point.end)
    if connector is None:
        return None
    other = point_at(string, connector.end())
    between = _BETWEEN_END.match(string, other.end) if other is not None else None
    if other is not None and connector.group().strip() in ("和", "与") and between is None:
        return None
    if other is None or other.body[:1] in (("now",), ("vague",)):
        return None
    inner = replace_context(context, point, period)
    last = resolve(other, inner)
    if last is None or (last.to or last.from_) is None or period.from_ is None:
        return None
    end_day = last.to or last.from_
    if end_day is None or end_day < period.from_:
        return None
    return between.end() if between else other.end, Period(
        period.from_, end_day, "span", "in", f"{period.from_.isoformat()}/{end_day.isoformat()}"
    )


def replace_context(context: Context, point: Point, period: Period) -> Context:
    """Return the context in which the second end of an interval is read."""
    inner = replace(context, last=period, last_year_explicit=period.from_ is not None)
    if period.from_ is not None:
        inner.year = period.from_.year
    return inner


def _remember(context: Context, point: Point, period: Period) -> None:
    """Note what later 当年, 当天 and bare months refer to."""
    if period.from_ is not None:
        if point.year is not None or point.shift is not None:
            context.year = period.from_.year
            context.last_year_explicit = True
        if period.grain == "day":
            context.day = period.from_
    if period.from_ is not None or period.to is not None:
        context.last = period


def _same_period(start: int, end: int, year: Period, context: Context) -> Mention:
    """去年同期: the period spoken of, a year earlier; unknown where none was."""
    last = context.last
    if last is None or last.from_ is None or last.to is None or year.from_ is None or last.grain in ("year", "plan"):
        return Mention("date", start, end, Period(None, None, "span", "in", None), "date.same")
    first = _in_year(last.from_, year.from_.year)
    until = _in_year(last.to, year.from_.year + last.to.year - last.from_.year)
    return Mention("date", start, end, Period(first, until, last.grain, "in", f"{first}/{until}"), "date.same")


def _in_year(day: datetime.date, year: int) -> datetime.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _moded(string: str, start: int, end: int, period: Period, point: Point, context: Context) -> tuple[int, int, Period]:
    """Apply what stands around a date: 截至…, 到…, 自…; …前, …起, …以来, …期间."""
    if point.body and string[end : end + 1] in ("末", "底") and period.grain in ("quarter", "half", "plan", "season"):
        return (
            start,
            end + 1 + (string[end + 1 : end + 2] == "前"),
            Period(None, period.to, period.grain, "by", period.to.isoformat() if period.to else None),
        )
    inside = _IN.match(string, end)
    if inside:
        end = inside.end()
    for word in _UNTIL:
        if string.startswith(word, start - len(word)) and start >= len(word):
            first = period.from_ or period.to
            mode = "by" if context.reference and first and first > context.reference else "until_now"
            return start - len(word), end, replace(period, from_=None, mode=mode)
    by = _BY.match(string, end) or (_BY_DIGIT.match(string, end) if point.body[:1] == ("day",) else None)
    if by:
        limit = _before(period, point)
        return start, by.end(), replace(period, from_=None, to=limit, mode="by")
    since = _SINCE.match(string, end)
    if since:
        return _since(string, start, since, period, point)
    previous = string[start - 1 : start] if start else ""
    if string.startswith("自从", start - 2) and start >= 2:
        return start - 2, end, replace(period, to=None, mode="since")
    if previous == "到" and string[start - 2 : start - 1] not in _NOT_TO:
        return start - 1, end, replace(period, from_=None, mode="by")
    if (
        previous == "至"
        and string[start - 2 : start - 1] not in tuple("甚乃以直日年月号")
        and not string[start - 2 : start - 1].isdecimal()
    ):
        return start - 1, end, replace(period, from_=None, mode="by")
    return start, end, period


def _before(period: Period, point: Point) -> datetime.date | None:
    """年底前, 9月底前, 10月1日前 and 2030年前 end with the period; 春节前, 入冬前 and 10月前 end the day before it."""
    if period.mode == "by" or point.edge == "end":
        return period.to
    if (point.body[:1] in (("festival",), ("holiday",)) or period.grain in ("month", "season")) and period.from_ is not None:
        return period.from_ - datetime.timedelta(1)
    return period.to


def _since(string: str, start: int, since: re.Match[str], period: Period, point: Point) -> tuple[int, int, Period]:
    word = since.group().strip()
    begin = period.from_ or period.to
    if word in ("以来", "至今"):
        return start, since.end(), replace(period, mode="since", from_=begin, to=None)
    return start, since.end(), replace(period, mode="since", from_=begin, to=None)

"""By when: which date of a target's clauses, or of the sentence before them, is its deadline."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ljnews.facts.target import patterns
from ljnews.recognize.date import year_hint
from ljnews.recognize.values import Period
from ljnews.text.mention import Mention
from ljnews.text.text import Text

if TYPE_CHECKING:
    from ljnews.facts.target.clauses import Clause

_MOST_YEARS = 30
_THIRD = 21  # 下旬 begins
_FAR = 40  # days: late in a period its figure may be known
_DESCRIBES = re.compile(r"[^,;:。]{0,8}(?:举行|召开|举办|发布|出台|印发|公布|确定|下达|提出|通过|实施|开展|启动|新?建|开工|竣工|投产)的")
_OF_WHICH = re.compile(r"(?:度)?(?:计划|安排|续建|新建|施工|建设|实施|开工|签约|改造|确定|下达)的")  # «2015年施工的工程将于7月竣工»
_AHEAD_MOST = 330  # days: what lies nearly a year off was meant to be past
_MONTH_FIRST = re.compile(r"到?\d{1,2}月|到?十?[一二三四五六七八九十]月")
_PART_FIRST = re.compile(r"到?\d{1,2}月|到?十?[一二三四五六七八九十]月|[上下]半年|[一二三四]季度|年底")
_HASTENED = re.compile(r"[^,;:。]{0,8}将(?:加快|抓紧|全力|继续)")
_DONE = re.compile(r"已|了|曾|去年|上年")
_NAMES = {"plan": patterns.NAMED, "year": patterns.NAMED_YEAR, "season": patterns.NAMED_SEASON}
_LONG = ("half", "year", "plan")
_SHORT = ("month", "quarter", "decade")
SHORT_AND_DAY = (*_SHORT, "day", "half")
_GONE = ("去年", "上年", "前年", "昨", "上月", "上周", "上个", "前天")
_COMPARED = ("比", "较", "同比", "自", "从", "于去", "与")


def last_day(period: Period) -> date | None:
    """Return the day by which something is due: the period's last, or the first where it only begins («7月1日起»).

    «国庆前», like «9月1日前», is due on the day itself.
    """
    if period.grain == "day" and period.mode == "by" and period.iso is not None and len(period.iso) == 10:
        return date.fromisoformat(period.iso)
    return _first_end(period) if period.mode == "since" else period.to


def _first_end(period: Period) -> date | None:
    """The end of the unit in which something begins: «7月1日起» the day, «3月中旬开始» the 20th, «9月开工» the 30th."""
    begin = period.from_
    if begin is None or period.grain not in ("decade", "month"):
        return begin
    if period.grain == "decade" and begin.day < _THIRD:
        return begin.replace(day=begin.day + 9)
    return begin.replace(day=monthrange(begin.year, begin.month)[1])


def coming(text: Text, mention: Mention, *, listed: bool = False) -> Mention:
    """Return «9月1日前» in spring as this year's where nothing in its clause says that it is past.

    A date without a year and without a word that points forward was read as last year's; «前» with a deed to come points forward,
    and so does all that a list of what is to be done says («10月完成», «上半年投用»).
    """
    period: Period = mention.value
    if (period.mode != "by" and not listed) or text.published is None or period.to is None or period.to.year != text.published.year - 1:
        return mention
    if not (_PART_FIRST if listed else _MONTH_FIRST).match(text.folded, mention.start):
        return mention
    to = _years_on(period.to, 1)
    if not text.published < to <= text.published + timedelta(_AHEAD_MOST) or _DONE.search(text.folded, *text.clause_at(mention.start)):
        return mention
    iso = to.isoformat() if period.grain == "day" else None
    begin = _years_on(period.from_, 1) if listed and period.from_ is not None else period.from_
    return Mention("date", mention.start, mention.end, replace(period, from_=begin, to=to, iso=iso), mention.rule, mention.roles)


def today(text: Text) -> date | None:
    """Return the day of publication; of an undated text the eve of the year that it speaks of."""
    if text.published is not None:
        return text.published
    year = year_hint(text)
    return date(year - 1, 12, 31) if year is not None else None


def is_future(text: Text, mention: Mention) -> bool:
    """Say whether a date can be a horizon: it ends after the day of publication (an unknown day of publication excludes nothing)."""
    period: Period = mention.value
    end = last_day(period)
    now = today(text)
    if end is None or period.mode == "until_now":
        return False
    last_moment = end == now == text.published and period.grain in _LONG  # «年内预计完成…» on 31 December
    if now is not None and end <= now and not last_moment:
        return False
    folded, start = text.folded, mention.start
    if (
        (folded[start] == "第" and folded.find("季度", start, mention.end) < 0)
        or folded.endswith("以来", start, mention.end)
        or _is_compared(text, mention)
    ):
        return False
    named = _NAMES.get(period.grain)
    if named is not None and named.match(folded, mention.end) and not folded.endswith(("期间", "内"), start, mention.end):
        return False
    return not is_vague(text, mention)


def is_vague(text: Text, mention: Mention) -> bool:
    """«五年后», «未来3—5年»: to come, but no day can be given to it."""
    return patterns.VAGUE.search(text.folded, mention.start, mention.end) is not None


def is_ahead(text: Text, mention: Mention) -> bool:
    """Say whether the whole period lies after publication (明年3月); the current year does not."""
    begin = mention.value.from_
    if mention.value.grain == "span" and text.folded.startswith(("未来", "今后"), mention.start) and is_future(text, mention):
        return True
    return text.published is not None and begin is not None and begin > text.published


def is_running(text: Text, mention: Mention) -> bool:
    """Say whether a part of the year is under way and far from its end, so that its figure is no report («上半年新增就业5000人» in March).

    全年 is left out: in January it is the year before.
    """
    period: Period = mention.value
    if text.published is None or period.to is None or period.mode != "in" or not is_future(text, mention):
        return False
    named = period.grain in ("half", "quarter") or text.folded.startswith("年内", mention.start)
    return named and (period.to - text.published).days >= _FAR


def is_past(text: Text, mention: Mention) -> bool:
    """Say whether a date lies wholly before publication."""
    end, now = last_day(mention.value), today(text)
    return end is not None and now is not None and end < now


def _is_compared(text: Text, mention: Mention) -> bool:
    """«比2020年下降», «自2021年以来»: the date is what is compared with, or where it began; «达产后年可实现» holds no 后年."""
    if text.folded.startswith("后年", mention.start) and text.folded[mention.start - 1 : mention.start] not in tuple(",;:。、 \n到在于将"):
        return True
    return mention.value.mode != "since" and text.folded.endswith(_COMPARED, max(0, mention.start - 2), mention.start)


def is_unresolved(text: Text, mention: Mention) -> bool:
    """«明年10月» where the day of publication is unknown: a horizon that no day can be given to."""
    period: Period = mention.value
    known = period.from_ is not None or period.to is not None
    return text.published is None and not known and period.mode != "until_now" and not text.folded.startswith(_GONE, mention.start)


def named_next(text: Text, head: Clause, cue_end: int) -> Mention | None:
    """Return the date with a year right behind a firm cue of an undated text, whatever year the text speaks of: «预计于2022年底完工»."""
    if text.published is not None:
        return None
    return next((d for d in head.dates if 0 <= d.start - cue_end <= 2 and text.folded[d.start].isdigit() and last_day(d.value)), None)


def of_year(text: Text, head: Clause, cue_end: int) -> Mention | None:
    """Return the year of publication where its task is to be done: «确保完成年度目标任务»."""
    match = patterns.OF_YEAR.search(text.folded, cue_end, head.end)
    if match is None or text.published is None:
        return None
    year = text.published.year
    return Mention("date", match.start(), match.end(), Period(date(year, 1, 1), date(year, 12, 31), "year", "in", str(year)), "target.year")


_RELATIVE = re.compile(r"(?:(今|明|本)年)?(?:(\d{1,2})月(?:(\d{1,2})日)?)?(底)?(?:[之以]?前)?")


def _speaks_of(text: Text, year: int) -> bool:
    """Say whether a year stands as the one that the text is about: «2018年度», «2023年全年任务»; not «2017年4月17日»."""
    at = text.folded.find(f"{year}年")
    return (
        any(text.folded.startswith(word, at + 5) for word in ("度", "全年", "目标", "任务", "计划", "重点", "以来")) if at >= 0 else False
    )


def hinted(text: Text, mention: Mention) -> Mention:
    """Return «明年», «6月30日» of an undated text with a day where the text speaks of one year: «2018年度……预计明年竣工»."""
    hint = year_hint(text)
    match = _RELATIVE.fullmatch(text.folded, mention.start, mention.end)
    if hint is None or match is None or not is_unresolved(text, mention) or not _speaks_of(text, hint):
        return mention
    which, month, day, _ = match.groups()
    if which is None and day is None:
        return mention  # «8月投用»: of which year is not said
    year = hint + (which == "明")
    low, high = int(month or 1), int(month or 12)
    if not 1 <= low <= high <= 12 or not 1 <= int(day or 1) <= monthrange(year, high)[1]:
        return mention
    to = date(year, high, int(day or monthrange(year, high)[1]))
    period = replace(mention.value, from_=to if day else date(year, low, 1), to=to)
    return Mention("date", mention.start, mention.end, period, mention.rule, mention.roles)


_SOME_YEARS = re.compile(r"[几数]年(?!来)|若干年")


def is_open(text: Text, start: int, end: int) -> bool:
    """Say whether a stretch leaves the time open: «拟用几年时间完成改造»."""
    return _SOME_YEARS.search(text.folded, start, end) is not None


def of_group(text: Text, clauses: list[Clause], *, start: int) -> Mention | None:
    """Return the first horizon in a target's own clauses."""
    dates = [d for c in clauses for d in c.dates if d.start >= start]
    if len(dates) > 1:
        dates = [d for d in dates[:-1] if not _OF_WHICH.match(text.folded, d.end)] + dates[-1:]
    event = by_event(text, clauses, start)
    if event is not None:
        return event
    known = next((d for d in dates if is_future(text, d)), None)
    known = _later(text, dates, known) if known is not None else None
    known = _closer(text, clauses, known) if known is not None else _spent(text, clauses)
    return known if known is not None else next((d for d in dates if is_unresolved(text, d)), None)


def _closer(text: Text, clauses: list[Clause], year: Mention) -> Mention:
    """Return the month or day that a year holds where both stand in one clause, or the year alone before it: «今年,将于9月底完成»."""
    if year.value.grain not in ("year", "plan"):
        return year
    at = next(i for i, c in enumerate(clauses) if c.start <= year.start < c.end)
    near = [d for d in clauses[at].dates if d.start > year.start]
    if clauses[at].end - clauses[at].start <= year.end - year.start + 1 and at + 1 < len(clauses):
        near = clauses[at + 1].dates
    for other in near:
        end, limit = last_day(other.value), last_day(year.value)
        if other.value.grain in SHORT_AND_DAY and end is not None and limit is not None and end <= limit and is_future(text, other):
            return other
    return year


_EVENT = re.compile(
    r"(?:节|会|赛|[主]?汛期?|雨季|旺季|供暖季|采暖季|供暖期|采暖期|供热期|上冻|封冻|入冬|入汛|春耕|备耕|秋收|春运|开学|来临|到来|开幕)(?:之|以)?前(?!夕|期|景|后|往|列|沿)"
)
_EVENT_LEAD = re.compile(r"(?:于|到|赶?在|今年|明年|确保|力争|争取|预计|计划|将)[^,;:。、\d]{0,8}$")


def by_event(text: Text, clauses: list[Clause], start: int) -> Mention | None:
    """Return «在旅游节前», «今年主汛期前» as a date that no day can be given to; festivals of the calendar and 入冬 have theirs."""
    for clause in clauses:
        for match in _EVENT.finditer(text.folded, max(start, clause.start), clause.end):
            known = any(d.start <= match.start() < d.end for d in clause.dates)
            if not known and _EVENT_LEAD.search(text.folded, max(clause.start, match.start() - 12), match.start()):
                return Mention("date", match.start(), match.end(), Period(None, None, "span", "by", None), "target.event")
    return None


def _later(text: Text, dates: list[Mention], first: Mention) -> Mention:
    """Return the second of two years named together: «2023年及2024年预计完成投资5亿元»."""
    for other in dates:
        between = text.folded[first.end : other.start]
        if other.start > first.end and between in ("及", "和", "与", "、", "以及") and other.value.grain == first.value.grain == "year":
            return other
    return first


def spans(text: Text, clause: Clause) -> Iterator[Mention]:
    """Yield the durations of a clause that are to be spent: «用三年时间», «通过一年的建设»."""
    for span in clause.quantities:
        before = span.value.kind == "duration" and patterns.SPENT.search(text.folded, max(clause.start, span.start - 4), span.start)
        if before and patterns.SPENT_AFTER.match(text.folded, span.end, clause.end):
            yield span


def _spent(text: Text, clauses: list[Clause]) -> Mention | None:
    """Return «用三年时间» as a date: from publication over so many years, the longer of a range."""
    if text.published is None:
        return None
    for clause in clauses:
        for span in spans(text, clause):
            years = span.value.upper or span.value.value
            if span.value.unit == "year" and years is not None and 1 <= years <= _MOST_YEARS:
                period = Period(text.published, _months_on(text.published, int(years * 12)), "span", "in", None)
                return Mention("date", span.start, span.end, period, span.rule)
    return None


def _years_on(day: date, years: int) -> date:
    """The same day so many years on; the last of February for the 29th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _months_on(day: date, months: int) -> date:
    """The day so many months on, the last of the month where it has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_sentence(text: Text, earlier: list[Clause], governed: list[bool]) -> Mention | None:
    """Return the horizon that earlier clauses of the sentence set for what follows: a year, a half-year, a plan («2022年,……;力争……»).

    A clause that reports a number without a cue («今年机械化率超过98%»), or a completion («预计2023年建成投产»), sets none.
    """
    for clause, cued in zip(reversed(earlier), reversed(governed), strict=True):
        if not clause.dates or clause.bits & patterns.PAST:
            continue
        if any(h.klass == "finish" and h.term != "完成" for h in clause.hits) and not _HASTENED.match(text.folded, clause.start):
            continue
        if not cued and any(q.value.kind != "duration" for q in clause.quantities):
            continue
        for mention in reversed(clause.dates):
            if _DESCRIBES.match(text.folded, mention.end):
                continue  # «在今年举行的发布会上»
            if text.folded[mention.end - 1] == "度" and text.folded[mention.end : mention.end + 1] not in tuple(",、计将要拟"):
                continue  # «签订2020年度整治项目协议»
            alone = (
                mention.value.grain in _SHORT and mention.start <= clause.start + 1 and clause.end <= mention.end + 1
            )  # «7月,……将有61项开工»
            if (
                (mention.value.grain in _LONG or alone)
                and mention.value.mode in ("in", "by")
                and (is_future(text, mention) or is_unresolved(text, mention))
            ):
                return mention
    return None

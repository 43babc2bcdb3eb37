"""Days of start and completion that the text states of a project, past (`completed_on`) and to come (`due_on`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ljnews.facts.draft import iso
from ljnews.facts.project import patterns as p
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.recognize.values import Period
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

_GRAINS = frozenset(("day", "decade", "month", "quarter", "half", "year", "season", "span", "plan"))
_RENEWS = re.compile(r"改造|加固|提升|修缮|维修|整治|迁建|扩建|治理|更新|技改")
_VAGUE = frozenset(("year", "half", "season", "quarter"))  # a ceremony's day is better
_ANNIVERSARY = re.compile(r"[^,。]{0,4}(?:满|\d{1,3}周年|[一二三四五六七八九十]{1,3}周年)")
_YEAR = re.compile(r"\d{4}|[今明后去]年")
_ONCE_MEANT = re.compile(r"原定于?|原计划|原拟|原本|本来")
_OF_A_BATCH = re.compile(r"(?:第[一二三四五六七八九十\d]{1,2}|首)批")
_WORKS = re.compile("(?:土建|全面|正式)?(?:实施|施工|建设|修建|动工|开工|兴建)")
_SERVES = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:提供|奠定|打下|创造了?条件|打好|夯实)")
_LATER = re.compile(r"\d{4}年|明年|后年|下月")
_OPENS = re.compile(r"[\s“]{0,4}(?:[^,。]{0,24}(?:讯|电|\)))?\s{0,2}")
_REPORTED = re.compile(r"发布|宣布|获悉|了解到|说|介绍|透露|召开|公告|消息|表示|印发|出台")
_OF_PROJECTS = re.compile(r"(?:项目|工程)[^,。]{0,8}(?:开工|奠基|竣工|投产|完工|通车)")
_CEREMONY = re.compile(r"(?:奠基)?(?:仪式|活动|典礼|现场会|大会|动员)")
_TERM = re.compile(
    r"(?:\(|(?:建设|实施|项目)(?:年限|期限|周期|时间|工期)(?:为|是|:)?)(20[0-4]\d)年?(?:-{1,2}|—{1,2}|~|至|到)(20[0-4]\d)年?(?=[),,。;:\n])"
)
_WAS_HELD = re.compile(r"举行了|隆重举行|成功举行|已举行|顺利举行|胜利举行")
_OF_ANOTHER = re.compile(r"(?:建成|竣工|完工|落成|投用|建成投用)的(?!项目|工程|[,。;])")
_SINCE_DONE = re.compile(r"[^,。]{0,3}以来")
# 完成 dates a project only with an object that is the project: 完成建设, 完成施工, 全部完成; 完成天然气支线工程 is another's.
_WHOLE = re.compile(r"(?:全部|整体|项目|工程)?(?:建设|施工|改造|竣工|验收|交付|搬迁|安装|调试|机械安装|设备安装|执行|并|[,;。!)”、]|$|$)")


def dates(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the dates of the named projects, in text order."""
    mentions = [m for m in text.of("date") if m.value.mode != "until_now" and m.value.grain in _GRAINS and (m.value.from_ or m.value.to)]
    for n, mention in enumerate(mentions):
        following = mentions[n + 1].start if n + 1 < len(mentions) else len(text.string)
        verb = _verb(text, mention, following)
        if verb is None or _of_else(text.folded, mention, verb[1]):
            continue
        name, at = verb
        clause = text.clause_at(at)
        kind = _kind(name, mention.value, _lead(text, mention, at), text.published, text.folded[mention.start : mention.end])
        if kind is None:
            continue
        period = _meant(text, mention, kind)
        object_ = _object(text, teller, at)
        for event in teller.list_of(object_) if object_ else teller.whose(at, at + 2, lists=True):
            if teller.elsewhere(event, at):
                continue
            between = text.folded[max(event.end, clause[0]) : at] if event.end <= at else ""
            rest = text.folded[at : clause[1]] if text.folded.startswith("完成", at) else ""
            if (kind == "started_on" and period.from_ is None and text.folded[mention.end - 1] not in "底末") or value_of(
                period, kind
            ) is None:
                continue  # 力争三年内开工
            if kind == "started_on" and period.grain in ("quarter", "half", "season") and _running(period, text.published):
                continue  # 一季度开工: a plan's measure
            if kind == "started_on" and period.grain == "year" and text.folded.startswith("以来", mention.end - 2):
                continue  # 去年以来先后开建
            if (
                kind == "completed_on"
                and event.end <= mention.start
                and _OF_ANOTHER.match(text.folded, at)
                and period.grain not in ("day", "month")
            ):
                continue  # 维修70年代建成的|三条水渠
            if kind == "completed_on" and text.folded.startswith("贯通", at) and (event.project or "").endswith(("隧道", "隧洞")):
                continue  # broken through, not done
            if _of_old(event, kind, period, text.published):
                continue  # 小区建成于1999年, of its renewal
            part = p.PART.search(between) or p.PART.search(rest)
            if part and (kind == "completed_on" or p.STRUCTURE.search(between + rest)):
                continue
            yield Attribute(
                event.project or "", kind, value_of(period, kind), mention.start, mention.end, "project.date",
                phase=teller.phase(event, at), from_=iso(period.from_), to=iso(period.to),
                weak=bool(part) or (kind == "started_on" and _vague(text, mention, at)),
            )  # fmt: skip


def terms(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«安和大桥(2019-2023):», «建设年限2019—2023年»: the years in which a project is built."""
    for match in _TERM.finditer(text.folded):
        bracketed = match.group().startswith("(")
        event = teller.before(match.start())
        if event is None or event.project is None or event.end > match.start() or (bracketed and event.end != match.start()):
            continue
        for event_ in [event] if bracketed else teller.whose(match.start(), match.end()):
            for group, name in ((1, "started_on"), (2, "due_on")):
                year = match.group(group)
                if name == "due_on" and text.published and int(year) < text.published.year:
                    name = "completed_on"
                yield Attribute(
                    event_.project or "", name, year, *match.span(group), "project.date", from_=f"{year}-01-01", to=f"{year}-12-31", weak=True
                )  # fmt: skip


def _lead(text: Text, mention: Mention, at: int) -> str:
    """Return what stands before the verb of a date in its clause, with the words of planning in the clause before."""
    start = text.clause_at(at)[0]
    lead = text.folded[max(text.clause_at(mention.start)[0], mention.start - 16) : at]
    if text.folded[start - 1 : start] != ",":
        return lead
    return "".join(p.PLANNING.findall(text.folded, text.clause_at(start - 1)[0], start - 1)) + lead


def _of_else(folded: str, mention: Mention, at: int) -> bool:
    """Say whether a date is of something else: 提|前半年完工, 2018年度第一批饮水项目, 2014年首批项目集中开工, 原定9月完工."""
    if folded[mention.start - 1 : mention.start] == "提" and folded[mention.start] == "前":
        return True
    if _ONCE_MEANT.search(folded, max(0, mention.start - 5), mention.start + 1):
        return True
    if folded.startswith(("今天的", "今日的"), mention.start):
        return True
    return mention.value.grain == "year" and bool(_OF_A_BATCH.search(folded, mention.end, at))


def _in_story(text: Text, mention: Mention) -> Period:
    """Return the period of a day without its year in a story of long ago: 1999年12月,…12月27日开工 is of 1999."""
    period: Period = mention.value
    if period.grain != "day" or text.published is None or period.from_ is None or _YEAR.search(text.folded, mention.start, mention.end):
        return period
    earlier = text.within("date", text.paragraph_at(mention.start)[0], mention.start)
    dated = next((m for m in reversed(earlier) if _YEAR.search(text.folded, m.start, m.end)), None)
    told = dated.value.from_ if dated is not None else None
    if told is None or dated is None or dated.value.grain not in ("month", "day") or told.month != period.from_.month:
        return period
    return years_on(period, told.year - period.from_.year) if text.published.year - told.year > 1 else period


def _meant(text: Text, mention: Mention, kind: str) -> Period:
    """Return the period of a date; what is due 到九月底, said in April and read as the last September, is a year later."""
    period: Period = _in_story(text, mention)
    past = text.published and period.to and period.to < text.published
    if kind == "due_on" and past and not _YEAR.search(text.folded, mention.start, mention.end):
        return years_on(period)
    if kind == "started_on" and held_last_year(text, mention):
        return years_on(period, -1)
    return period


def held_last_year(text: Text, mention: Mention) -> bool:
    """Say whether a day without a year, read as one to come, is that of a ceremony that has been held: on the page of April «9月26日举行了……»."""
    period: Period = mention.value
    if text.published is None or period.from_ is None or period.from_ <= text.published or period.grain != "day":
        return False
    if _YEAR.search(text.folded, mention.start, mention.end):
        return False
    end = text.sentence_at(mention.end)[1]
    held = _WAS_HELD.search(text.folded, mention.end, min(end, mention.end + 60))
    return held is not None and not p.FUTURE.search(text.folded, mention.end, held.start())


def lead_dates(text: Text, teller: Teller, told: list[Attribute]) -> Iterator[Attribute]:
    """«6月30日,随着……,某风电场全部并网发电»: the day that opens a sentence dates what its predicate reports."""
    for attribute in told:
        name = {"started": "started_on", "completed": "completed_on", "operating": "completed_on"}.get(attribute.value or "")
        if name is None or attribute.weak or attribute.rule != "project.status":
            continue
        sentence = text.sentence_at(attribute.start)
        days = [m for m in text.within("date", sentence[0], attribute.start) if m.value.mode == "in"]
        if not days and text.folded.startswith("其中", sentence[0]):
            days = _introduced_on(text, sentence[0])
        elif len(days) != 1 or days[0].value.grain != "day" or not _OPENS.fullmatch(text.folded, sentence[0], days[0].start):
            continue
        if not days:
            continue
        period = days[0].value
        reported = _REPORTED.search(text.folded, days[0].end, attribute.start) or _ANNIVERSARY.match(text.folded, attribute.end)
        if period.from_ is None or reported or (text.published and period.from_ > text.published):
            continue
        yield Attribute(
            attribute.project, name, period.iso, days[0].start, days[0].end, "project.date",
            phase=attribute.phase, from_=iso(period.from_), to=iso(period.to), weak=True,
        )  # fmt: skip


def _introduced_on(text: Text, start: int) -> list[Mention]:
    """«5月,多个项目顺利开工。其中,甲等3个项目新开工»: the day or month that opens the sentence before, which speaks of projects."""
    before = text.sentence_at(start - 1)[0] if start else 0
    if before < text.paragraph_at(start)[0] or not _OF_PROJECTS.search(text.folded, before, start):
        return []
    days = text.within("date", before, start)
    opens = [m for m in days if _OPENS.fullmatch(text.folded, before, m.start) and m.value.mode == "in"]
    return opens[:1] if len(days) == 1 and opens and opens[0].value.grain in ("day", "month") else []


def _object(text: Text, teller: Teller, at: int) -> Event | None:
    """«年底前先行开工控制性工程某隧道»: the name that a verb of start governs."""
    event = teller.next(at)
    done = p.COMPLETED.match(text.folded, at)
    gap = text.folded[done.end() : event.start] if done and event is not None else ""
    if event is not None and event.kind == "name" and done and 0 <= event.start - done.end() <= 1 and gap in ("", "了", "“"):
        return event  # 年底前建成某机场
    if event is None or event.kind != "name" or not 2 <= event.start - at <= 9 or not p.STARTED.match(text.folded, at):
        return None
    return event if p.GOVERNS.fullmatch(text.folded, at, event.start) else None


def _verb(text: Text, mention: Mention, following: int) -> tuple[str, int] | None:
    """Return what a date dates and where that verb stands: behind it in its clause, in the next one where it fills its own, or 竣工日期 before it."""
    folded = text.folded
    head = p.DATE_OF.search(folded, max(0, mention.start - 12), mention.start)
    if head and head.end() == mention.start:
        return ("started_on" if p.STARTED.match(head.group(1)) else "completed_on", head.start())
    clause = text.clause_at(mention.end)
    limit = clause[1]
    if clause[1] - mention.end <= 3 and mention.start - text.clause_at(mention.start)[0] <= 4 and folded[clause[1] : clause[1] + 1] in ",)":
        limit = text.clause_at(clause[1] + 1)[1]
    limit = min(limit, following, mention.end + 70)
    if folded.startswith("开始", mention.end - 2) and _WORKS.match(folded, mention.end):
        return ("started_on", mention.end)  # 2009年9月开始土建施工
    started = p.STARTED.search(folded, mention.end, limit)
    if started and folded.endswith(("前期工作", "前期", "前期准备"), 0, started.start()):
        started = p.STARTED.search(folded, started.end(), limit)  # 2008年前期工作正式启动
    if started and started.group() == "兴建" and folded.startswith("投资", started.start() - 2):
        started = None  # 9月20日举行投资兴建某项目签约仪式
    completed = p.COMPLETED.search(folded, mention.end, limit)
    while completed and completed.group() == "完成" and not _WHOLE.match(folded, completed.end()):
        completed = p.COMPLETED.search(folded, completed.end(), limit)
    found = started if started and (not completed or started.start() <= completed.start()) else completed
    if found is not None and _SERVES.match(folded, found.end()):
        return None  # 为全线明年6月通车打下基础
    soon = found is completed and found is not None and found.start() - mention.end <= 4 and folded[found.end() : found.end() + 1] == "后"
    if (
        found is None
        or (folded[found.end() : found.end() + 1] in ("后", "率", "量") and not soon)
        or _ANNIVERSARY.match(folded, found.end())
    ):
        return None
    if (_CEREMONY.match(folded, found.end()) and mention.value.grain != "day") or (
        found is completed and _SINCE_DONE.match(folded, found.end())
    ):
        return None
    return ("started_on" if found is started else "completed_on", found.start())


def _kind(name: str, period: Period, lead: str, published: date | None, text_of: str) -> str | None:
    """Return the attribute: a completion to come is `due_on`; None where past and future cannot be told apart (今年投产)."""
    future = bool(p.FUTURE.search(lead) or p.FUTURE_VERB.search(lead))
    if published is not None and period.to is None and period.from_ is not None and period.from_ > published:
        future = True  # 月底起
    to_come = published is not None and period.to is not None and period.to > published
    if (
        name == "completed_on"
        and not future
        and not to_come
        and period.mode == "by"
        and not p.DONE.search(lead)
        and not _YEAR.search(text_of)
    ):
        return None  # a deadline whose year is open
    if published is not None and period.to is not None and period.to > published:
        began = period.from_ is None or period.from_ > published
        future = future or (began and (bool(_LATER.search(text_of)) or "今年" in text_of or not p.DONE.search(lead)))
        if not future and period.grain in ("year", "half", "season"):
            return None
    if name == "completed_on" and future:
        return "due_on"
    if name == "started_on" and future and period.grain in ("year", "half", "season", "plan") and period.mode == "in":
        return None  # 将于今年开工
    return name


def _running(period: Period, published: date | None) -> bool:
    """Say whether a period is not over when the page is published."""
    return published is None or period.to is None or period.to >= published


def _of_old(event: Event, kind: str, period: Period, published: date | None) -> bool:
    """Say whether a date years ago is that of the old thing that a project renews."""
    old = published is not None and period.to is not None and published.year - period.to.year > 5
    return old and kind in ("started_on", "completed_on") and bool(_RENEWS.search(event.project or ""))


def _vague(text: Text, mention: Mention, at: int) -> bool:
    """Say whether a start is dated so loosely that a ceremony's day is better: 年底开工, 二季度, «举行7月份集中开工仪式»."""
    period = mention.value
    return period.from_ is None or period.grain in _VAGUE or (period.grain == "month" and "集中" in text.folded[mention.end : at])


def years_on(period: Period, by: int = 1) -> Period:
    """Return the same day or month some years later."""

    def later(day: date | None) -> date | None:
        if day is None:
            return None
        return day.replace(year=day.year + by, day=min(day.day, 28) if day.month == 2 else day.day)

    return replace(period, from_=later(period.from_), to=later(period.to), iso=None)


def value_of(period: Period, kind: str) -> str | None:
    """Return the date at its printed precision; the end of a season, quarter or half for what is due, its beginning for a start."""
    if period.iso and "/" not in period.iso and period.grain != "season":
        return period.iso
    day = period.from_ if kind == "started_on" else period.to or period.from_  # 6个月后 has no end
    if period.grain == "span" or (period.mode == "since" and period.grain == "month"):
        return day.isoformat()[:7] if day else None
    return iso(period.from_ if kind == "started_on" and period.from_ else period.to)


def paragraph_before(text: Text, paragraph: Span) -> Span:
    """Return the paragraph before one; for the first one itself."""
    i = bisect_left(text.paragraphs, paragraph) - 1
    return text.paragraphs[i] if i >= 0 else paragraph


def opening_day(text: Text, offset: int) -> list[Mention]:
    """Return the day or month that opens the paragraph of an offset, or the one before: «6月:52个项目开竣工»."""
    paragraph = text.paragraph_at(offset)
    for start, _ in (paragraph, paragraph_before(text, paragraph)):
        days = text.within("date", start, min(start + 14, offset))
        if days and days[0].start - start <= 5 and days[0].value.mode == "in":
            return days[:1]
    return []

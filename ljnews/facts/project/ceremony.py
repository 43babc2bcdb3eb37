"""Ceremonies: projects that start, are signed or open together get the status, and the day where it is stated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ljnews.facts.draft import iso
from ljnews.facts.project.dates import value_of
from ljnews.facts.project.lists import FIRST_LIST
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute
from ljnews.text.text import Text

_WORDS = "开工|奠基|签约|(?<!开)竣工|投产|通车|通航|开园"
_HELD = re.compile(
    rf"(?:集中)?({_WORDS}|\(竣\)工)(?:奠基|暨[^,。\n]{{0,20}})?(?:仪式|典礼|活动|现场会|动员|大会)|集中({_WORDS}|开[(、/]?竣)"
)
_STATUS = {
    "开工": "started", "奠基": "started", "签约": "signed", "竣工": "completed", "投产": "operating", "通车": "operating", "通航": "operating",
    "开园": "operating",
}  # fmt: skip
# Several at once (集中开工、竣工投产仪式, 开(竣)工): which project does what is said with its name.
_SEVERAL = re.compile(
    r"(?:开工|奠基|签约)[、,暨及和/(]{0,2}(?:集中)?(?:竣|投产|通车|签约|开工)|开[(、/]?竣\)?工|(?:竣工|投产|通车)[、及和暨/]{1,2}(?:集中)?(?:新?开工|签约|奠基)"
)
# In the paragraph of the names: what the projects listed there do. «现场签约项目19个。其中,……»
_HERE = re.compile(
    rf"(?:集中|现场|此次|本次|当天|参加)[^,。\n]{{0,10}}?({_WORDS})(?!仪式(?:后|前|结束))|({_WORDS})的?(?:重大|重点|产业)?(?:项目|工程)(?:有|共|中|\d)"
    rf"|({_WORDS})(?:仪式|令)(?!前|后|结束)"
)
_COUNTED = re.compile(rf"(?:集中|现场|共)({_WORDS})(?:重大|重点|产业|合作)*(?:项目|工程)\d+个|(?<!未)({_WORDS})(?:项目|工程)中(?![心标])")
# «13个项目分别是甲、乙», «民生项目6个,包括甲、乙»: the lists of a ceremony's report, where they say nothing else themselves.
_ITS_LIST = re.compile(r"(?:分别|包括|具体|为|有|是|:){1,4}$")
_OTHERWISE = re.compile(r"开工|奠基|竣工|签约|投产|通车|在建|续建|谋划|储备|前期|计划(?!(?:总)?投资)|拟|去年|以来")
_Day = tuple[str | None, int, int, str | None, str | None]  # value, start, end, from, to
_OPENINGS = re.compile(
    f"集中|现场|此次|本次|当天|参加|共|{_WORDS.replace('(?<!开)', '')}"
)  # with what the two begin: found faster than they are
_WIRE = re.compile(r"\s{0,4}(?:电|讯)")


def ceremonies(text: Text, events: list[Event], found: list[Attribute]) -> Iterator[Attribute]:
    """Yield the statuses and days that a ceremony gives the projects named with it."""
    word, day, several = _held(text)
    dated = {a.project for a in found if a.name in ("started_on", "completed_on")}
    told = {a.project: a.value for a in found if a.name == "status" and a.value in _DATED and not a.weak}
    done: set[str] = set()
    words = [m for m in _said(_HERE if word or several else _COUNTED, text.folded) if not _among_several(text.folded, m)]
    starts = [match.start() for match in words]
    firsts: dict[int, Event] = {}
    for event in events:
        if event.listed >= FIRST_LIST:
            firsts.setdefault(event.listed, event)
    for event in events:
        if event.kind != "name" or event.project is None or event.project in done:
            continue
        here = _here(text, event, words, starts)
        if here is None and word and event.listed in firsts:
            here = _its_list(text, firsts[event.listed], word)
        if here and not event.start < here[1] and _told_here(text, event, found, here):
            here = None  # 63个开工项目中28个开工。甲、乙前期工作加快
        if here:
            done.add(event.project)
            yield Attribute(event.project, "status", _STATUS[here[0]], here[1], here[2], "project.ceremony")
        status = (_STATUS[here[0]] if here else told.get(event.project)) or ""
        if event.project in dated or status not in _DATED:
            continue
        if day and (several or status == _STATUS.get(word)):
            when: _Day | None = (day[0], day[1], day[2], day[0], day[0])
        else:
            when = _own_day(text, here) if here else None
        if when:
            done.add(event.project)
            yield Attribute(event.project, _DATED[status], *when[:3], "project.ceremony", from_=when[3], to=when[4])


def _own_day(text: Text, here: tuple[str, int, int]) -> _Day | None:
    """«今年9月,组织集中开工项目5个»: the day or month right before what the projects do."""
    days = [m for m in text.within("date", text.sentence_at(here[1])[0], here[1]) if m.value.grain in ("day", "month", "decade")]
    if not days or here[1] - days[-1].end > 12 or days[-1].value.mode != "in" or _WIRE.match(text.folded, days[-1].end):
        return None
    period = days[-1].value
    if period.from_ is None or (text.published and period.from_ > text.published):
        return None
    return value_of(period, "started_on"), days[-1].start, days[-1].end, iso(period.from_), iso(period.to)


def _among_several(folded: str, match: re.Match[str]) -> bool:
    return bool(_SEVERAL.search(folded, max(0, match.start() - 8), min(len(folded), match.end() + 8)))


def _said(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_HERE` or `_COUNTED`, without overlap."""
    end = 0
    for opening in _OPENINGS.finditer(folded):
        match = pattern.match(folded, opening.start()) if opening.start() >= end else None
        if match:
            end = match.end()
            yield match


def _held(text: Text) -> tuple[str, tuple[str, int, int] | None, bool]:
    """Return the word of the article's ceremony ("" for none), its day, and whether it is several at once: from the headline and the first paragraphs."""
    limit = text.paragraphs[min(3, len(text.paragraphs) - 1)][1] if text.paragraphs else 0
    word, several = "", False
    for match in _HELD.finditer(text.folded, 0, limit):
        several = several or _among_several(text.folded, match)
        word = word or next((g for g in match.groups() if g), "")
        day = _day(text, match)
        if day and (several or word in match.groups()):
            return "" if several else word, day, several
    return "" if several else word, None, several


_DATED = {"started": "started_on", "completed": "completed_on", "operating": "completed_on"}
_GOING_ON = frozenset(("under_construction", "completed", "operating", "preliminary"))


def _told_here(text: Text, event: Event, found: list[Attribute], here: tuple[str, int, int]) -> bool:
    """Say whether the sentence of a name gives it another status, or its clause one behind it that is not the ceremony's."""
    start, end = text.sentence_at(event.start)
    stop = text.clause_at(event.end)[1]
    for a in found:
        if a.name != "status" or a.project != event.project or not start <= a.start < end:
            continue
        if here[2] < start and a.value in _GOING_ON:
            return True
        if not a.weak and event.end <= a.start < stop and a.rule == "project.status" and a.value != _STATUS[here[0]]:
            return True
    return False


def _its_list(text: Text, first: Event, word: str) -> tuple[str, int, int] | None:
    """Return the ceremony's word for a list of its report, with the words that introduce the list."""
    start = text.sentence_at(first.start)[0]
    lead = text.folded[start : first.start]
    if not _ITS_LIST.search(lead) or _OTHERWISE.search(lead) or not ("项目" in lead or "工程" in lead):
        return None
    return word, start, first.start


def _here(text: Text, event: Event, words: list[re.Match[str]], starts: list[int]) -> tuple[str, int, int] | None:
    """Return the ceremony word of the event's own paragraph that stands before it (or of its sentence, around it)."""
    paragraph, sentence = text.paragraph_at(event.start), text.sentence_at(event.start)
    for start, end in ((event.end, text.clause_at(event.end)[1]), (paragraph[0], event.start), sentence):
        k = bisect_left(starts, end) - 1
        while k >= 0 and words[k].end() > end:
            k -= 1
        if k >= 0 and starts[k] >= start:
            return (next(g for g in words[k].groups() if g), words[k].start(), words[k].end())
    return None


def _day(text: Text, held: re.Match[str]) -> tuple[str, int, int] | None:
    """Return the day on which a ceremony is held and its span: the last day before it in its sentence, the wire's own date apart."""
    start, end = text.sentence_at(held.start())
    best = None
    for mention in text.within("date", start, end):
        period = mention.value
        if period.from_ is None or period.from_ != period.to or period.mode != "in" or _WIRE.match(text.folded, mention.end):
            continue
        if best is None or mention.start < held.start():
            best = (period.from_.isoformat(), mention.start, mention.end)
    return best

"""Figures, dates, places and owners that the text states of a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ljnews.facts.draft import decimal_text, iso
from ljnews.facts.project import patterns as p
from ljnews.facts.project.story import Event, antecedent
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_PHASE = re.compile(r"(?:[一二三四五六]|首)期")
_GENERAL = re.compile(r"全[市县区省州镇国盟旗]|[我该][市县区省镇]|园区企业|企业(?:累计|共|年)|去年|同比|公司(?:去年|累计|年)")
_PART = re.compile(r"主体|厂房|车间|大坝|单体|号楼|栋楼|桩基|路基|路面|桥墩|墩柱|隧洞|渠系|管道|设备|土方|地下室|围墙|场地|平整|脚手架|封顶|安装|装修|首批|部分|一半|基础|百分之|%|公里|生产线|机组")
_PLACE_END = re.compile(r"[省市县区镇乡村园州旗团街道路河湖山江港湾]|新城|片区|大道")


@dataclass(slots=True)
class Attribute:
    """One statement about a project."""

    project: str
    name: str
    value: str | None
    start: int
    end: int
    rule: str
    phase: str | None = None
    unit: str | None = None
    amount: Mention | None = None
    from_: str | None = None
    to: str | None = None
    weak: bool = False


class Teller:
    """Answers whose a statement is, from the events of the story."""

    def __init__(self, text: Text, events: list[Event]) -> None:
        self.text = text
        self.folded = text.folded
        self.events = events

    def whose(self, offset: int, *, lists: bool = False) -> list[Event]:
        """Return the event that an offset speaks of (all of a list where `lists`), nothing where that is open."""
        sentence = self.text.sentence_at(offset)
        ahead = self._ahead(offset, sentence)
        if ahead is not None:
            return [ahead]
        event = antecedent(self.events, offset)
        if event is not None and event.start < self.text.paragraph_at(offset)[0]:
            event = self._quoted(offset) or self._carried(event, offset)
        if event is None or event.project is None:
            return []
        if event.end <= sentence[0] and _GENERAL.search(self.folded, sentence[0], offset):
            return []
        if event.listed < 0:
            return [event]
        return [e for e in self.events if e.listed == event.listed] if lists else []

    def _ahead(self, offset: int, sentence: tuple[int, int]) -> Event | None:
        """«总投资10亿元的某项目»: the name behind 的, when the sentence has named none before."""
        events = self.events
        before = antecedent(events, offset)
        clause = self.text.clause_at(offset)
        event = next((e for e in events if e.start >= offset), None)
        if event is None or event.project is None or event.start >= sentence[1] or self.folded[event.start - 1] not in "的新该":
            return None
        if event.start < clause[1] or before is None or before.start < sentence[0]:
            return event
        return None

    def _quoted(self, offset: int) -> Event | None:
        """«“目前主体已完工。”某项目经理说»: a quotation that opens its paragraph is about the project of the speaker."""
        start, end = self.text.paragraph_at(offset)
        close = self.folded.find("”", offset, end)
        if self.folded[start : start + 4].strip()[:1] not in "“\"" or close < 0:
            return None
        return next((e for e in self.events if close <= e.start < close + 40), None)

    def _carried(self, event: Event, offset: int) -> Event | None:
        """A project is still spoken of in the next paragraph, no further."""
        gap = self.folded.count("\n", event.end, offset)
        return event if gap == 1 and event.listed < 0 else None

    def phase(self, event: Event, offset: int) -> str | None:
        """Return the phase that a statement is about."""
        if event.phase:
            return event.phase
        clause = self.text.clause_at(offset)
        found = _PHASE.findall(self.folded, max(clause[0], event.end), offset) if event.end < offset else []
        return found[-1] if found else None


def amounts(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield investments, areas, capacities and lengths."""
    folded = text.folded
    for mention in text.of("quantity"):
        quantity = mention.value
        clause = text.clause_at(mention.start)
        before = folded[max(clause[0], mention.start - 24) : mention.start]
        name = _measure(quantity.kind, before, folded[mention.end : mention.end + 12])
        if name is None:
            continue
        for event in teller.whose(mention.start):
            yield Attribute(
                event.project or "", name, decimal_text(quantity.value), mention.start, mention.end, "project.amount",
                phase=teller.phase(event, mention.start), unit=quantity.unit, amount=mention,
            )  # fmt: skip


def _measure(kind: str, before: str, after: str) -> str | None:
    """Return which attribute a figure is, by the words before it."""
    if kind == "money":
        return next((name for name, cue in p.MONEY if cue.search(before)), None)
    if kind == "area":
        found = next((name for name, cue in p.AREA if cue.search(before)), None)
        return found or ("floor_area" if p.BUILT_ABOUT.search(after) and re.search(r"建(?:设|成)?$", before) else None)
    if kind == "length":
        return "length" if p.LENGTH.search(before) else None
    if kind in ("percent", "percentage_point", "ratio", "person", "household", "duration"):
        return None
    if p.CAPACITY.search(before) or p.CAPACITY_AFTER.match(after):
        return "capacity"
    return None


def dates(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the days of start and completion, past (`completed_on`) and to come (`due_on`)."""
    folded = text.folded
    mentions = text.of("date")
    for n, mention in enumerate(mentions):
        period = mention.value
        if period.iso is None and period.to is None:
            continue
        sentence = text.sentence_at(mention.start)
        limit = min(sentence[1], mention.end + 60)
        if n + 1 < len(mentions):
            limit = min(limit, max(mention.end, mentions[n + 1].start))
        clause = text.clause_at(mention.end)
        if not (clause[1] - mention.end <= 1 and mention.start - clause[0] <= 3):
            limit = min(limit, clause[1])
        verb = _verb(folded, mention.end, limit)
        if verb is None:
            continue
        name, at = verb
        lead = folded[max(clause[0], mention.start - 20) : at]
        future = bool(p.FUTURE.search(lead)) or bool(text.published and period.from_ and period.from_ > text.published)
        if name == "completed_on" and future:
            name = "due_on"
        for event in teller.whose(at, lists=True):
            between = folded[max(event.end, clause[0]) : at + 6] if event.end <= at else ""
            yield Attribute(
                event.project or "", name, period.iso or iso(period.to), mention.start, mention.end, "project.date",
                phase=teller.phase(event, at), from_=iso(period.from_), to=iso(period.to), weak=bool(_PART.search(between)),
            )  # fmt: skip


def _verb(folded: str, start: int, end: int) -> tuple[str, int] | None:
    """Return what a date dates, and where the verb stands: the first of start and completion behind it."""
    started = p.STARTED.search(folded, start, end)
    completed = p.COMPLETED.search(folded, start, end)
    while completed and completed.group() == "完成" and re.match(r"(?:了)?(?:投资|年度|固定|约?\d|全年|今年|总工程量的?\d)", folded[completed.end() : completed.end() + 8]):
        completed = p.COMPLETED.search(folded, completed.end(), end)
    if started and (not completed or started.start() <= completed.start()):
        return ("started_on", started.start())
    if completed and folded[completed.end() : completed.end() + 1] not in "后":
        return ("completed_on", completed.start())
    return None


def texts(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield location, owner and content, in the article's words."""
    folded = text.folded
    for name, pattern, rule in (
        ("location", p.LOCATION, "project.location"), ("location", p.STARTED_AT, "project.location"),
        ("owner", p.OWNER, "project.owner"), ("owner", p.OWNER_LABEL, "project.owner"),
        ("content", p.CONTENT, "project.content"),
    ):  # fmt: skip
        for match in pattern.finditer(folded):
            start, end = match.span(1)
            if name == "location" and not _PLACE_END.search(folded, start, end):
                continue
            for event in teller.whose(match.start(), lists=False):
                yield Attribute(event.project or "", name, text.string[start:end], start, end, rule, phase=None)
    for event in teller.events:
        if event.kind == "name" and folded[event.start - 1 : event.start] == "的":
            match = p.STANDING_IN.search(folded, max(0, event.start - 22), event.start - 1)
            if match and match.end() == event.start - 1 and _PLACE_END.search(folded, *match.span(1)):
                start, end = match.span(1)
                yield Attribute(event.project or "", "location", text.string[start:end], start, end, "project.location")

"""What the verb before a name or a list says of it: «力争开工甲、乙» are planned, «加快甲、乙等项目建设» under way, «年内将建成甲» due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.draft import iso
from ljnews.facts.project.dates import value_of
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

_AIM = r"(?:将|计划|拟|力争|争取|确保|预计|年内|今年|明年|全年)"
_COUNT = r"(?:\d{1,3}[个条座项所][\u4e00-\u9fff]{2,8}\(即)?"
_START = r"(?:新?开工|启动|新建|开建|实施|谋划|筹建)(?:建设|新建|实施|推进)?"
_PLANNED = re.compile(rf"{_AIM}[^,;。、\n]{{0,10}}?{_START}{_COUNT}$")
_GOING = re.compile(r"(?:正在|加快|加速|加紧|全面|扎实|有序|持续|稳步|全速|强力|大力)(?:推进|推动|建设|实施)(?:总投资[\d.]+[万亿]+元的)?$|(?<![要将年])加快$")
_DUE = re.compile(rf"{_AIM}[^,;。、\n]{{0,12}}?(?:建成|完成|竣工|完工)(?:投产|通车|投用|运营|使用)?{_COUNT}$")
_LOOK = 34


def governed(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the statuses and deadlines of names and lists by the verb right before them; signs only."""
    folded, seen = text.folded, set()
    for event in teller.events:
        if event.kind != "name" or event.project is None or (event.listed >= 0 and event.listed in seen):
            continue
        seen.add(event.listed)
        clause = text.clause_at(event.start)[0]
        lead = folded[max(clause, event.start - _LOOK) : event.start]
        if not lead:
            continue
        start = event.start - len(lead)
        status = "planned" if _PLANNED.search(lead) else "under_construction" if _GOING.search(lead) else None
        events = teller.list_of(event)
        if status:
            for one in events:
                yield Attribute(one.project or "", "status", status, start, event.start, "project.governed", weak=True)
        if _DUE.search(lead):
            yield from _due(text, event, events)


def _due(text: Text, first: Event, events: list[Event]) -> Iterator[Attribute]:
    """«2019年内,某市将建成甲、乙等项目»: the last date before them in the sentence, where it lies ahead."""
    dates = text.within("date", text.sentence_at(first.start)[0], first.start)
    if not dates:
        return
    period = dates[-1].value
    if period.to is None or (text.published and period.to <= text.published):
        return
    for one in events:
        yield Attribute(
            one.project or "", "due_on", value_of(period, "due_on"), dates[-1].start, dates[-1].end, "project.governed",
            from_=iso(period.from_), to=iso(period.to), weak=True,
        )  # fmt: skip

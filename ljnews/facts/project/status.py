"""How far a project has come: predicates, building sites and ceremonies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ljnews.facts.project import patterns as p
from ljnews.facts.project.attributes import _PART, Attribute, Teller
from ljnews.lexicon.loader import Lexicon, load
from ljnews.text.text import Text

RANK = (
    "suspended", "negotiating", "signed", "planned", "preliminary", "started", "under_construction", "completed", "operating",
)  # fmt: skip
_WISH = re.compile(r"(?:推进|推动|确保|争取|力争|促进|加快|希望|促使|力促|支持|督促)$")
_CEREMONY = re.compile(r"(开工|奠基|签约|竣工|投产|通车)(?:奠基|暨[^,。]{0,20})?(?:仪式|典礼|活动|现场会|动员)")
_CEREMONY_STATUS = {"开工": "started", "奠基": "started", "签约": "signed", "竣工": "completed", "投产": "operating", "通车": "operating"}


@cache
def _cues() -> Lexicon:
    return load("facts/project/lexicon/status")


def statuses(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield every statement of progress, in text order."""
    folded = text.folded
    for hit in _cues().find(folded):
        status = hit.entry.klass
        if status == "x" or folded[hit.end : hit.end + 1] in ("后", "率"):
            continue
        clause = text.clause_at(hit.start)
        lead = folded[max(clause[0], hit.start - 16) : hit.start]
        if p.NEGATED.search(lead[-4:]):
            continue
        sentence = text.sentence_at(hit.start)
        for event in teller.whose(hit.start, lists=True):
            if event.end <= hit.start and event.start < sentence[0]:
                if text.paragraph_at(event.start)[0] != text.paragraph_at(hit.start)[0]:
                    continue
            between = folded[max(event.end, clause[0]) : hit.start] if event.end <= hit.start else lead
            found = _status(status, between, folded[max(0, event.start - 3) : event.start], lead if event.end > hit.start else "")
            if found:
                yield Attribute(event.project or "", "status", found, hit.start, hit.end, "project.status", phase=teller.phase(event, hit.start))


def _status(status: str, between: str, governed: str, lead: str) -> str | None:
    """Return the status that a cue gives, None where it is wished, planned or only of a part."""
    del lead
    if status in ("started", "completed", "operating") and p.FUTURE.search(between[-12:]):
        return "planned" if status == "started" and re.search(r"将|计划|拟|预计", between[-12:]) else None
    if status in ("started", "completed", "operating", "under_construction") and _WISH.search(governed):
        return None
    if status in ("completed", "operating") and _PART.search(between):
        return "under_construction"
    return status


def ceremony(text: Text) -> tuple[str, int, int] | None:
    """Return the status that the article's ceremony gives and its span: a headline or first paragraphs with 集中开工仪式, 签约仪式."""
    limit = text.paragraphs[min(2, len(text.paragraphs) - 1)][1] if text.paragraphs else 0
    match = _CEREMONY.search(text.folded, 0, limit) or re.compile(r"集中(开工|签约|竣工|投产)").search(text.folded, 0, limit)
    return (_CEREMONY_STATUS[match.group(1)], match.start(), match.end()) if match else None


def ceremony_day(text: Text, start: int) -> tuple[str, int, int] | None:
    """Return the ceremony's day and its span, where the sentence states it to the day."""
    sentence = text.sentence_at(start)
    for mention in text.within("date", *sentence):
        period = mention.value
        if period.from_ is not None and period.from_ == period.to:
            return (period.from_.isoformat(), mention.start, mention.end)
    return None

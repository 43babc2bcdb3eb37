"""Cut a sentence into clauses, each with the words, quantities and dates that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ljnews.facts.target import patterns
from ljnews.lexicon.loader import Hit
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@dataclass(slots=True)
class Clause:
    """A stretch between breaks, white space, opening quotes and list numbers trimmed; `sep` is the break that ends it."""

    start: int
    end: int
    sep: str
    hits: list[Hit] = field(default_factory=list)
    quantities: list[Mention] = field(default_factory=list)
    dates: list[Mention] = field(default_factory=list)

    def has(self, *classes: str, start: int = -1) -> bool:
        """Say whether a word of one of the classes begins at or after an offset."""
        return any(h.entry.klass in classes and h.start >= start for h in self.hits)

    def first(self, *classes: str, start: int = -1) -> Hit | None:
        """Return the first word of one of the classes at or after an offset."""
        return next((h for h in self.hits if h.entry.klass in classes and h.start >= start), None)


def cut(text: Text, start: int, end: int, hits: list[Hit]) -> list[Clause]:
    """Return the clauses of a sentence. A 、 or a space before a certain cue breaks too: «确保完成10亿元、力争达到12亿元» are two."""
    folded, part = text.folded, patterns.lexicon()[1]
    ends = [m.start() for m in patterns.BREAK.finditer(folded, start, end)]
    ends += [h.start - 1 for h in hits if part[h.entry.term] == patterns.CERTAIN and folded[h.start - 1 : h.start] in ("、", " ")]
    clauses: list[Clause] = []
    last = start
    for stop in sorted({*ends, end}):
        one = _trimmed(folded, last, stop)
        if one is not None:
            clauses.append(one)
        last = stop + 1
    _share(text, clauses, hits)
    return clauses


def _trimmed(folded: str, start: int, end: int) -> Clause | None:
    """Return the clause without its edges; a quote mark goes only where its partner stands outside («“十四五”末» keeps both)."""
    lead = patterns.LEAD.match(folded, start, end)
    left = lead.end() if lead else start
    right = end
    while right > left and folded[right - 1] in patterns.TAIL:
        right -= 1
    if left > start and folded[left - 1] == "“" and folded.find("”", left, end) >= 0:
        left -= 1
    if folded[right : right + 1] == "”" and right < end and folded.rfind("“", left, right) >= 0:
        right += 1
    return Clause(left, right, folded[end : end + 1]) if left < right else None


def _share(text: Text, clauses: list[Clause], hits: list[Hit]) -> None:
    """Give each clause what stands in it."""
    left = iter(hits)
    hit = next(left, None)
    for clause in clauses:
        while hit is not None and hit.start < clause.end:
            if hit.start >= clause.start:
                clause.hits.append(hit)
            hit = next(left, None)
        clause.quantities = _outermost(text.within("quantity", clause.start, clause.end))
        clause.dates = _outermost(text.within("date", clause.start, clause.end))


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Drop mentions inside an earlier one."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def sentences(text: Text, hits: list[Hit]) -> Iterator[tuple[int, int, list[Hit]]]:
    """Yield the sentences that hold a word, a date or both, with their words."""
    i, dates, d = 0, text.of("date"), 0
    for start, end in text.sentences:
        inside: list[Hit] = []
        while i < len(hits) and hits[i].start < end:
            if hits[i].start >= start:
                inside.append(hits[i])
            i += 1
        while d < len(dates) and dates[d].start < start:
            d += 1
        if inside or (d < len(dates) and dates[d].start < end):
            yield start, end, inside

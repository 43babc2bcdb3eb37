"""Cut a sentence into clauses, each with the words, quantities and dates that stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ljnews.facts.target import horizon, patterns
from ljnews.facts.target.patterns import Word
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_MOST = 40  # words, numbers, dates looked at in one clause; prose has not a quarter of it


@dataclass(slots=True)
class Clause:
    """A stretch between breaks, white space, opening quotes and list numbers trimmed; `sep` is the break that ends it."""

    start: int
    end: int
    sep: str
    hits: list[Word] = field(default_factory=list)
    quantities: list[Mention] = field(default_factory=list)
    dates: list[Mention] = field(default_factory=list)

    def has(self, *classes: str, start: int = -1) -> bool:
        """Say whether a word of one of the classes begins at or after an offset."""
        return any(h.klass in classes and h.start >= start for h in self.hits)

    def first(self, *classes: str, start: int = -1) -> Word | None:
        """Return the first word of one of the classes at or after an offset."""
        return next((h for h in self.hits if h.klass in classes and h.start >= start), None)


@dataclass(slots=True)
class Sentence:
    """A sentence with the words, quantities and dates in it."""

    start: int
    end: int
    hits: list[Word]
    quantities: list[Mention]
    dates: list[Mention]


def sentences(text: Text, hits: list[Word]) -> Iterator[Sentence]:
    """Yield the sentences with what stands in them, each list read once from front to back."""
    quantities, dates = _outermost(text.of("quantity")), _outermost(text.of("date"))
    h = q = d = 0
    for start, end in text.sentences:
        one = Sentence(start, end, [], [], [])
        while h < len(hits) and hits[h].start < end:
            one.hits.append(hits[h])
            h += 1
        while q < len(quantities) and quantities[q].start < end:
            one.quantities.append(quantities[q])
            q += 1
        while d < len(dates) and dates[d].start < end:
            one.dates.append(horizon.coming(text, dates[d]))
            d += 1
        yield one


def cut(text: Text, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence.

    A 、 or a space before a certain cue breaks too: «确保完成10亿元、力争达到12亿元» are two.
    """
    folded = text.folded
    ends = _breaks(text, sentence.start, sentence.end)
    extra = [h.start - 1 for h in sentence.hits if h.label == patterns.CERTAIN and folded[h.start - 1 : h.start] in ("、", " ")]
    bracket = folded.find("】", sentence.start, sentence.end)
    if extra or bracket >= 0:
        ends = sorted({*ends, *extra, *([bracket] if bracket >= 0 else [])})
    clauses: list[Clause] = []
    last = sentence.start
    for stop in (*ends, sentence.end):
        one = _trimmed(folded, last, stop)
        if one is not None:
            clauses.append(one)
        last = stop + 1
    _share(clauses, sentence)
    return clauses


def _breaks(text: Text, start: int, end: int) -> list[int]:
    """Return the clause breaks of a stretch; one inside a number (1,100) or a time (9:30) is none."""
    folded, breaks = text.folded, text.clause_breaks
    inside = breaks[bisect_left(breaks, start) : bisect_left(breaks, end)]
    return [b for b in inside if not (folded[b] in ",:" and folded[b - 1 : b].isdigit() and folded[b + 1 : b + 2].isdigit())]


def _trimmed(folded: str, start: int, end: int) -> Clause | None:
    """Return the clause without its edges; a quote mark goes only where its partner stands outside («“十四五”末» keeps both)."""
    lead = patterns.LEAD.match(folded, start, end)
    left = lead.end() if lead else start
    right = end
    while right > left and folded[right - 1] in patterns.TAIL:
        right -= 1
    if left > start and folded[left - 1] == "“" and folded.find("”", left, end) >= 0:
        left -= 1
    if right < end and folded[right] == "”" and folded.rfind("“", left, right) >= 0:
        right += 1
    return Clause(left, right, folded[end : end + 1]) if left < right else None


def _share(clauses: list[Clause], sentence: Sentence) -> None:
    """Give each clause what stands in it."""
    hits, quantities, dates = sentence.hits, sentence.quantities, sentence.dates
    h = q = d = 0
    for clause in clauses:
        end = clause.end
        while h < len(hits) and hits[h].start < end:
            if hits[h].start >= clause.start and len(clause.hits) < _MOST:
                clause.hits.append(hits[h])
            h += 1
        while q < len(quantities) and quantities[q].start < end:
            if quantities[q].start >= clause.start and quantities[q].end <= end and len(clause.quantities) < _MOST:
                clause.quantities.append(quantities[q])
            q += 1
        while d < len(dates) and dates[d].start < end:
            if dates[d].start >= clause.start and dates[d].end <= end and len(clause.dates) < _MOST:
                clause.dates.append(dates[d])
            d += 1


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Drop mentions inside an earlier one."""
    kept: list[Mention] = []
    last = 0
    for mention in mentions:
        if mention.start >= last:
            kept.append(mention)
            last = mention.end
    return kept

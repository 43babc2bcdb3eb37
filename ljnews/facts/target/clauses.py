"""Cut a sentence into clauses, each with the words, quantities and dates that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from ljnews.facts.target import horizon, patterns
from ljnews.facts.target.listing import Listing
from ljnews.facts.target.patterns import Word
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_make = tuple.__new__  # half the time of calling the class: a hundred words and clauses a text
# «重大项目有两个——甲项目……»: what is counted off begins anew
_COUNTS_OFF = re.compile(r"(?:[个项条座家处]|分别是|如下|包括)——")
_MOST = 40  # words, numbers, dates looked at in one clause; prose has not a quarter of it


class Clause(NamedTuple):
    """A stretch between breaks, white space, opening quotes and list numbers trimmed; `sep` is the break that ends it."""

    start: int
    end: int
    sep: str
    hits: list[Word]
    quantities: list[Mention]
    dates: list[Mention]
    bits: int  # those of its words

    def has(self, wanted: int, start: int = -1) -> bool:
        """Say whether a word with one of the bits begins at or after an offset."""
        if not self.bits & wanted:
            return False
        return start < 0 or any(h.bits & wanted and h.start >= start for h in self.hits)

    def first(self, wanted: int, start: int = -1) -> Word | None:
        """Return the first word with one of the bits at or after an offset."""
        if not self.bits & wanted:
            return None
        return next((h for h in self.hits if h.bits & wanted and h.start >= start), None)


class Sentence(NamedTuple):
    """A sentence with the words, quantities and dates in it, and the bits of its words."""

    start: int
    end: int
    hits: list[Word]
    quantities: list[Mention]
    dates: list[Mention]
    bits: int


def sentences(text: Text, listings: list[Listing]) -> Iterator[Sentence]:
    """Yield the sentences that can hold a target with what stands in them, each list read once from front to back."""
    found, terms, bits_of = patterns.find(text.folded)
    quantities, dates = _outermost(text.of("quantity")), _outermost(text.of("date"))
    words, counts, days = len(found), len(quantities), len(dates)
    h = q = d = 0
    for start, end in text.sentences:
        first, q0, d0 = h, q, d
        bits = 0
        while h < words and found[h][1] < end:
            bits |= bits_of[found[h][0]]
            h += 1
        while q < counts and quantities[q].start < end:
            q += 1
        while d < days and dates[d].start < end:
            d += 1
        among = bool(listings) and any(one.start <= start < one.end for one in listings)
        listed = among and q > q0
        if not listed and (not bits or not _is_promising(bits, q > q0 or d > d0)):
            continue
        own, near = quantities[q0:q], [horizon.coming(text, m, listed=among) for m in dates[d0:d]]
        worth = bits & patterns.HAS_FIRM or _is_worth_reading(text, bits, bool(own), near)
        if (
            worth
            or listed
            or (own and any(bits_of[i] & patterns.HAS_DEED and patterns.AFTER.match(text.folded, to) for i, _, to in found[first:h]))
        ):
            yield Sentence(start, end, [_make(Word, (at, to, *terms[i])) for i, at, to in found[first:h]], own, near, bits)


def _is_promising(bits: int, numbers: bool) -> bool:
    """Say whether a sentence with such words, with or without numbers and dates, is worth a closer look. Most are not."""
    if bits & patterns.HAS_FIRM or (bits & patterns.HAS_PLAN and (numbers or bits & patterns.DONE)):
        return True
    return numbers and bits & (patterns.CUE | patterns.HAS_DEED | patterns.THEN) != 0


def _is_worth_reading(text: Text, bits: int, numbers: bool, dates: list[Mention]) -> bool:
    """Say whether a sentence can hold a target: a plan word, or a number or future date beside a cue, or a future date beside a deed."""
    if bits & patterns.HAS_PLAN and (numbers or bits & patterns.DONE):
        return True
    if bits & (patterns.CUE | patterns.THEN):
        if numbers or text.refusals is not None:  # whoever asks for reasons wants to see all that was looked at
            return True
        return any(horizon.is_future(text, d) or horizon.is_unresolved(text, d) for d in dates)
    return bits & patterns.HAS_DEED != 0 and any(horizon.is_future(text, d) for d in dates)


def cut(text: Text, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence.

    A 、 or a space before a certain cue breaks too: «确保完成10亿元、力争达到12亿元» are two.
    """
    folded = text.folded
    ends = _breaks(text, sentence.start, sentence.end)
    certain = patterns.HAS_CERTAIN
    extra = [h.start - 1 for h in sentence.hits if h.bits & certain and folded[h.start - 1 : h.start] in ("、", " ")]
    extra += [at for at in (folded.find(mark, sentence.start, sentence.end) for mark in ("】", "”——")) if at >= 0]
    extra += [m.end() - 1 for m in _COUNTS_OFF.finditer(folded, sentence.start, sentence.end)]
    if extra:
        ends = sorted({*ends, *extra})
    hits, quantities, dates = sentence.hits, sentence.quantities, sentence.dates
    words, h, q, d = len(hits), 0, 0, 0
    clauses: list[Clause] = []
    last = sentence.start
    for stop in (*ends, sentence.end):
        start, end = _trimmed(folded, last, stop)
        last = stop + 1
        if start >= end:
            continue
        while h < words and hits[h].start < start:
            h += 1
        first, bits = h, 0
        while h < words and hits[h].start < end:
            bits |= hits[h].bits
            h += 1
        q, numbers = _inside(quantities, q, start, end) if q < len(quantities) else (q, [])
        d, days = _inside(dates, d, start, end) if d < len(dates) else (d, [])
        own = hits[first : min(h, first + _MOST)]
        clauses.append(_make(Clause, (start, end, folded[stop : stop + 1], own, numbers, days, bits)))
    return clauses


def _breaks(text: Text, start: int, end: int) -> list[int]:
    """Return the clause breaks of a stretch; one inside a number (1,100) or a time (9:30) is none."""
    folded, breaks = text.folded, text.clause_breaks
    inside = breaks[bisect_left(breaks, start) : bisect_left(breaks, end)]
    return [b for b in inside if not (folded[b] in ",:" and folded[b + 1 : b + 2].isdigit() and folded[b - 1 : b].isdigit())]


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a clause without its edges; a quote mark goes only where its partner stands outside («“十四五”末» keeps both)."""
    left, right = start, end
    if left < right and folded[left] in patterns.LEADING:
        lead = patterns.LEAD.match(folded, start, end)
        left = lead.end() if lead else start
    while right > left and folded[right - 1] in patterns.TAIL:
        right -= 1
    if left > start and folded[left - 1] == "“" and folded.find("”", left, end) >= 0:
        left -= 1
    if right < end and folded[right] == "”" and folded.rfind("“", left, right) >= 0:
        right += 1
    return left, right


def _inside(mentions: list[Mention], at: int, start: int, end: int) -> tuple[int, list[Mention]]:
    """Return the index of the first mention after a span, and those from `at` on that lie wholly in it."""
    found: list[Mention] = []
    while at < len(mentions) and mentions[at].start < end:
        if mentions[at].start >= start and mentions[at].end <= end and len(found) < _MOST:
            found.append(mentions[at])
        at += 1
    return at, found


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Drop mentions inside an earlier one."""
    kept: list[Mention] = []
    last = 0
    for mention in mentions:
        if mention.start >= last:
            kept.append(mention)
            last = mention.end
    return kept

"""`Text`: what every extractor reads.

It holds the string, the same string folded (full-width letters, digits and punctuation made half-width, traditional characters simplified,
one character for one, so offsets are the same), paragraphs, sentences, clauses, words, turns and the mentions made so far. Extractors read
it and yield mentions; only the pipeline adds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

from ljnews.lexicon.loader import load
from ljnews.records import Place, Section, Turn
from ljnews.text.mention import Mention
from ljnews.text.words import word_ends

T = TypeVar("T")
Span = tuple[int, int]

# One character for one: offsets into `folded` are offsets into `string`.
_FOLD = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"\u3000": " ", "\xa0": " ", "﹪": "%"}
_WIDE = re.compile("[" + "".join(_FOLD) + "]")  # three times as fast as `translate`, to which every character is a look-up

# Characters that hardly a page in simplified characters prints: where they are one in fifty, the page is in traditional ones.
_TRADITIONAL = re.compile("[國個們這項設縣區開與為會來時後發產業員說對學進實現場專關點過還將無從經總體處見長門車東馬]")
_SAMPLE = 400

_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?]+[”’」』)]*|\n|$)")
_CLAUSE_BREAK = re.compile(r"[,;:。!?\n]")


@cache
def _simplified() -> dict[int, str]:
    return {ord(entry.term): entry.klass for entry in load("text/lexicon/traditional").entries.values()}


@dataclass(slots=True)
class Refusal:
    """Why a rule looked at a span and did not keep it (collected only while explaining)."""

    rule: str
    start: int
    end: int
    why: str


@dataclass(eq=False)
class Text:
    """One article's text with its layers.

    `published` is the reference date for relative times (None: unknown); `place` the article's own place; `source` its 来源.
    """

    string: str
    published: date | None = None
    place: Place | None = None
    source: str | None = None
    sections: list[Section] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    title_end: int = 0  # the headline is string[:title_end]
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    refusals: list[Refusal] | None = None
    _layers: dict[str, Any] = field(default_factory=dict, repr=False)
    _starts: dict[str, list[int]] = field(default_factory=dict, repr=False)  # of the mentions, by label

    def layer(self, name: str, make: Callable[[Text], T]) -> T:
        """Return a layer of this text (hits of a big word list, the article's own places), made by `make` when first asked for.

        A layer that reads mentions is asked for after they are made.
        """
        try:
            found: T = self._layers[name]
        except KeyError:
            found = self._layers[name] = make(self)
        return found

    @cached_property
    def folded(self) -> str:
        """The string with full-width forms made half-width and, in a traditional text, characters simplified; the same length."""
        folded = _WIDE.sub(lambda found: _FOLD[found.group()], self.string)
        return folded.translate(_simplified()) if self.traditional else folded

    @cached_property
    def traditional(self) -> bool:
        """Whether the text is printed in traditional characters."""
        sample = self.string[:_SAMPLE]
        return len(_TRADITIONAL.findall(sample)) * 50 > len(sample)

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Lines that are not empty."""
        spans, start = [], 0
        for line in self.string.split("\n"):
            if line.strip():
                spans.append((start, start + len(line)))
            start += len(line) + 1
        return spans

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences, closing quotes included; a line end ends one too."""
        return [m.span() for m in _SENTENCE.finditer(self.folded) if m.group().strip()]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s for s, _ in self.sentences]

    @cached_property
    def clause_breaks(self) -> list[int]:
        """Offsets of the characters that end a clause: , ; : 。 ! ? and line ends (、 does not)."""
        return [m.start() for m in _CLAUSE_BREAK.finditer(self.folded)]

    @cached_property
    def words(self) -> list[int]:
        """End offsets of jieba's words, ascending; the text is covered without gaps. Cut only when first asked for."""
        return word_ends(self.folded if self.traditional else self.string)

    @cached_property
    def word_bounds(self) -> frozenset[int]:
        """Offsets at which a word starts or ends."""
        return frozenset((0, *self.words))

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds the offset (an empty span where there is none)."""
        i = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[i] if i >= 0 else (offset, offset)

    def sentence_index(self, offset: int) -> int:
        """Return the ordinal of the sentence that holds the offset, -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def clause_at(self, offset: int) -> Span:
        """Return the span between the clause breaks around the offset, the breaks not included."""
        breaks = self.clause_breaks
        i = bisect_left(breaks, offset)
        start = breaks[i - 1] + 1 if i > 0 else 0
        end = breaks[i] if i < len(breaks) else len(self.string)
        return (start, end)

    def paragraph_at(self, offset: int) -> Span:
        """Return the line that holds the offset."""
        start = self.string.rfind("\n", 0, offset) + 1
        end = self.string.find("\n", offset)
        return (start, end if end >= 0 else len(self.string))

    def word_at(self, offset: int) -> Span:
        """Return jieba's word that holds the offset."""
        i = bisect_right(self.words, offset)
        start = self.words[i - 1] if i > 0 else 0
        end = self.words[i] if i < len(self.words) else len(self.string)
        return (start, end)

    def turn_at(self, offset: int) -> Turn | None:
        """Return the interview turn that holds the offset."""
        return next((t for t in self.turns if t.start <= offset < t.end), None)

    def of(self, label: str) -> list[Mention]:
        """Return the mentions with a label, in text order."""
        return self.mentions.get(label, [])

    def within(self, label: str, start: int, end: int) -> list[Mention]:
        """Return the mentions with a label that lie wholly inside a span, in text order."""
        found = self.of(label)
        starts = self._starts.setdefault(label, [])
        if len(starts) < len(found):
            starts += [m.start for m in found[len(starts) :]]
        i = bisect_left(starts, start)
        inside = []
        while i < len(found) and found[i].start < end:
            if found[i].end <= end:
                inside.append(found[i])
            i += 1
        return inside

    def add(self, mentions: Iterable[Mention]) -> None:
        """Add mentions and keep each label's list in text order (ties: longer first)."""
        disordered = set()  # an extractor yields in text order as a rule
        for mention in mentions:
            known = self.mentions.setdefault(mention.label, [])
            if known and known[-1].start >= mention.start:
                disordered.add(mention.label)
            known.append(mention)
        for label in disordered:
            self.mentions[label].sort(key=lambda m: (m.start, -m.end, m.rule))
            self._starts.pop(label, None)

    def refuse(self, rule: str, start: int, end: int, why: str) -> None:
        """Note why a rule did not keep a span. Costs nothing unless `ljnews explain --at` asked for it."""
        if self.refusals is not None:
            self.refusals.append(Refusal(rule, start, end, why))

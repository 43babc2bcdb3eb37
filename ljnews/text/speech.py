"""Speech: which stretch of the text is whose («…»某某说; 某某表示,…; 记者:… 某某:…).

The steps, paragraph by paragraph: find the verbs of saying that a pause, a colon or a quote follows; find who says (the nearest person
mention before the verb in its sentence, 他/她 for the last one, nobody for 相关负责人); then the stretch. A quote runs to its closing mark,
over paragraphs where each opens with the mark again. Indirect speech runs to the end of the paragraph, or until somebody else speaks or
the report goes on (据悉, 会上). A quote before «某某说。» is his too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ljnews.lexicon.loader import Hit, load
from ljnews.text.addressed import name_of, people
from ljnews.text.mention import Mention
from ljnews.text.standing import standing
from ljnews.text.text import Text
from ljnews.text.turns import is_asker, is_named

LEXICON = "text/lexicon/speech"
_AFTER_VERB = re.compile(r"(?:道|到|了|着|过)?(?:[^,。;:!?\n“”]{0,10}(?=[:]))?[,:]?[“\"]?")
_PAUSE = ',:。!“"\n'
_ENDS = "。!?,…;"
_NEAR = 50  # characters after a quote in which its speaker is named without a verb of saying
_MOST = 60  # verbs and quotes looked at in one paragraph
_AGENT_REACH = 8  # characters between 负责人 and its verb: «负责人在会上表示»
_ORDERS = ("要求", "强调", "指出", "表示", "提出", "希望", "勉励")
_ELIDED = ("", "并", "还", "同时", "最后", "此外", "也", "又")
_TO = ("对", "向", "给", "跟", "同")
_WITHIN = ("中", "里", "》")
# «某某拿出订单表:…»: any clause with a person in it that ends in a colon.
_COLON = re.compile(r"[^,。;:!?\n“”]{0,14}:(?=[^\n])")


class Speech(NamedTuple):
    """A stretch that somebody says; `speaker` None where the text does not name him."""

    speaker: str | None
    start: int
    end: int


class _Verb(NamedTuple):
    """A verb of saying with its speaker: `begins` is where its sentence begins, `at`/`end` the verb with what introduces the speech."""

    speaker: str | None
    begins: int
    at: int
    end: int


class Speeches:
    """All speech of a text, asked by offset. A paragraph is read when first asked for; one that goes on from those before reads these too."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._starts = [start for start, _ in text.paragraphs]
        self._read: dict[int, _Paragraph] = {}
        self._chain: list[_Paragraph] = []  # read from the front, each with what the one before hands on

    def at(self, offset: int) -> str | None:
        """Return who says what stands at an offset: the innermost quote or report, else the interview turn."""
        best: Speech | None = None
        for span in reversed(self._spans(bisect_right(self._starts, offset) - 1)):
            if span.start > offset:
                continue
            if span.end > offset and (best is None or span.end - span.start < best.end - best.start):
                best = span
            if offset - span.start > 4000:
                break
        if best is not None and best.speaker is not None:
            return best.speaker
        turn = next((t for t in self._text.turns if t.start <= offset < t.end), None)
        if best is None and turn is None:
            return standing(self._text, offset)
        if turn is None or is_asker(turn.speaker):
            return None
        return turn.speaker if is_named(turn.speaker) else _interviewee(self._text)

    def _spans(self, i: int) -> list[Speech]:
        """Return the speech of a paragraph, in text order."""
        if i < 0:
            return []
        found = self._read.get(i)
        if found is None:
            if i > 0 and _is_open(self._text, i - 1):
                found = self._follow(i)
            else:
                found = _paragraph(self._text, i, _Last(lambda: self._follow(i - 1).last if i > 0 else None), None)
            self._read[i] = found
        return found.spans

    def _follow(self, i: int) -> _Paragraph:
        """Read all paragraphs up to one, from the front."""
        while len(self._chain) <= i:
            before = self._chain[-1] if self._chain else _Paragraph([], None, None)
            self._chain.append(_paragraph(self._text, len(self._chain), _Last(None, before.last), before.open))
        return self._chain[i]


class _Paragraph(NamedTuple):
    """The speech of a paragraph, and what it hands on: who spoke last, whose quote is left open."""

    spans: list[Speech]
    last: str | None
    open: str | None


class _Last:
    """Who spoke last; worked out only when a 他 asks."""

    def __init__(self, ask: Callable[[], str | None] | None, name: str | None = None) -> None:
        self._ask = ask
        self._name = name

    @property
    def known(self) -> str | None:
        """His name if it has been worked out."""
        return self._name

    def name(self) -> str | None:
        """Return his name."""
        if self._ask is not None:
            self._name, self._ask = self._ask(), None
        return self._name

    def set(self, name: str) -> None:
        """Note that somebody spoke."""
        self._name, self._ask = name, None


def _is_open(text: Text, i: int) -> bool:
    """Say whether the last quote of a paragraph is left open."""
    start, end = text.paragraphs[i]
    return text.folded.rfind("“", start, end) > text.folded.rfind("”", start, end)


def _interviewee(text: Text) -> str | None:
    """Return who answers under «答:»: the only official named before the first turn, None where several are."""
    if not text.turns:
        return None
    names = list(dict.fromkeys(name_of(m) for m in text.within("person", 0, text.turns[0].start)))
    return names[0] if len(names) == 1 else None


def _paragraph(text: Text, i: int, last: _Last, open_quote: str | None) -> _Paragraph:
    """Read a paragraph. `open_quote`: whose quote the one before leaves open."""
    folded = text.folded
    start, end = text.paragraphs[i]
    found: list[Speech] = []
    quotes, unclosed = _quotes(folded, start, end)
    quotes = quotes[-_MOST:]
    if open_quote is not None:
        close = folded.find("”", start, end)
        first = next((q for q in quotes if q[0] <= start + 3), None)
        if first is not None or (close >= 0 and (not quotes or close < quotes[0][0])):
            found.append(Speech(open_quote, start, first[1] if first is not None else close))
    own = [Hit(h.start + start, h.end + start, h.entry) for h in load(LEXICON).find(folded[start:end])]
    spoken = [q for q in quotes if q[1] < end and _is_spoken(folded, q)]
    outside = [h for h in own if not any(q[0] <= h.start < q[1] for q in spoken)] if spoken else own
    verbs = _verbs(text, outside[:_MOST], start, last)[:_MOST]
    speaker = next((v.speaker for v in reversed(verbs) if v.speaker), None)
    spans = list(_spans(text, verbs, own, quotes, start, end))
    left = next((s.speaker for s in spans if s.start <= quotes[-1][0] + 1 and s.end >= end), open_quote) if unclosed and quotes else None
    ordered = sorted([*found, *spans], key=lambda s: (s.start, s.end))
    return _Paragraph(ordered, speaker or last.known, left)


def _quotes(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Return the quotes of a paragraph (inside their marks) and whether the last one is left open."""
    found: list[tuple[int, int]] = []
    at = folded.find("“", start, end)
    while at >= 0:
        close = folded.find("”", at, end)
        again = folded.find("“", at + 1, end)
        if close < 0:
            found.append((at + 1, end))
            return found, True
        found.append((at + 1, close))
        at = again if again > close else folded.find("“", close, end)
    return found, False


def _is_spoken(folded: str, quote: tuple[int, int]) -> bool:
    """A quote that is a sentence or a clause, not a name or a catchword («“十四五”»)."""
    start, end = quote
    if end - start < 4:
        return False
    return folded[end - 1] in _ENDS or end - start > (11 if folded[end + 1 : end + 2] in tuple(",。") else 24)


def _verbs(text: Text, hits: list[Hit], start: int, last: _Last) -> list[_Verb]:
    """Return the paragraph's verbs of saying that introduce or close speech."""
    folded, found = text.folded, []
    for hit in hits:
        if hit.entry.klass not in ("say", "view"):
            continue
        match = _AFTER_VERB.match(folded, hit.end)
        end = match.end() if match else hit.end
        begins, _ = text.sentence_at(hit.start)
        begins = max(begins, start)
        near = people(text, begins, hit.start)
        if not _introduces(folded, hit, end, near):
            continue
        named, speaker = _speaker(text, near, hits, begins, hit.start, last)
        if named:
            found.append(_Verb(speaker, begins, hit.start, end))
            if speaker:
                last.set(speaker)
    return sorted([*found, *_colons(text, found, start)], key=lambda v: v.at)


def _introduces(folded: str, hit: Hit, end: int, people: list[Mention]) -> bool:
    """Say whether a verb introduces or closes speech: a pause follows, or its speaker stands right before it.

    «县长甲到现场调研,要求各单位在5月底前完成» needs neither where he is the only one named. «在甲看来,» and «从甲处获悉,» need both.
    """
    pause = (end > hit.end and folded[end - 1] in _PAUSE) or folded[end : end + 1] in ("", "。", "\n", "!")
    beside = bool(people) and people[-1].end == hit.start
    if hit.entry.klass == "view":
        return pause and (beside or folded[hit.start - 1 : hit.start] in ("他", "她"))
    if pause or beside:
        return True
    return hit.entry.term in _ORDERS and len(people) == 1 and folded[hit.start - 1 : hit.start] == ","


def _colons(text: Text, found: list[_Verb], start: int) -> Iterable[_Verb]:
    """Yield persons followed by a colon without a verb of saying («古某某:…», «某某拿出订单表:…»)."""
    _, end = text.paragraph_at(start)
    if text.folded.find(":", start, end) < 0:
        return
    for person in text.within("person", start, end)[:_MOST]:
        match = _COLON.match(text.folded, person.end, end)
        if match and not any(v.at <= match.end() and person.end <= v.end for v in found):
            yield _Verb(name_of(person), text.sentence_at(person.start)[0], person.end, match.end())


def _speaker(text: Text, people: list[Mention], hits: list[Hit], begins: int, at: int, last: _Last) -> tuple[bool, str | None]:
    """Return whether somebody says it, and his name: the nearest person, 他 for the last one, None for an unnamed agent.

    An agent counts where it stands by the verb («有关负责人近日表示», «会议指出»), after the last person.
    """
    between = max((p.end for p in people), default=begins)
    if text.folded.startswith("》", at - 1):
        return True, None
    for hit in reversed(hits):
        if hit.start >= at:
            continue
        if hit.end < max(between, at - _AGENT_REACH) or hit.start < between:
            break
        if hit.entry.klass == "agent" and text.folded[hit.start - 1 : hit.start] in _TO:
            continue  # «甲对记者如是说»
        if hit.entry.klass == "document" and (text.folded[hit.end : hit.end + 1] in _WITHIN or text.folded.startswith("作", between)):
            continue  # «甲在报告中说», «甲作工作报告称»
        if hit.entry.klass == "pronoun":
            return True, name_of(people[-1]) if people else _just_named(text, begins) or last.name() or _named_before(text, begins)
        if hit.entry.klass == "agent" or (hit.entry.klass == "document" and hit.end >= at - 1):
            return True, None
    if people:
        return True, name_of(people[-1])
    elided = text.folded[begins:at].strip(" \u3000") in _ELIDED
    name = last.name() if elided else None
    return (True, name) if name else (False, None)


def _just_named(text: Text, begins: int) -> str | None:
    """Return the only person of the sentence before, in the same paragraph: «…甲,是副局长。他说»."""
    start, end = text.sentence_at(max(begins - 1, 0))
    if end > begins or text.paragraph_at(start)[0] != text.paragraph_at(begins)[0]:
        return None
    names = {name_of(m) for m in text.within("person", start, end)}
    return names.pop() if len(names) == 1 else None


def _named_before(text: Text, at: int) -> str | None:
    """Return the only person of the paragraph before, whom a 他 at the head of this one means."""
    start = text.paragraph_at(at)[0]
    if start == 0:
        return None
    names = {name_of(m) for m in text.within("person", *text.paragraph_at(start - 1))}
    return names.pop() if len(names) == 1 else None


def _spans(text: Text, verbs: list[_Verb], hits: list[Hit], quotes: list[tuple[int, int]], start: int, end: int) -> Iterable[Speech]:
    folded = text.folded
    spoken = [q for q in quotes if _is_spoken(folded, q)]
    taken: set[tuple[int, int]] = set()
    for i, verb in enumerate(verbs):
        following = verbs[i + 1].begins if i + 1 < len(verbs) and verbs[i + 1].begins > verb.begins else end
        for quote in spoken:  # «“…”某某说»: quotes before, back to the last speaker
            if quote not in taken and quote[1] < verb.at and quote[1] >= verb.begins - 2 and quote[0] >= (verbs[i - 1].end if i else start):
                taken.add(quote)
                yield Speech(verb.speaker, *quote)
        own = next((q for q in spoken if verb.end - 1 <= q[0] <= verb.end + 1), None)
        if own is not None:
            taken.add(own)
            yield Speech(verb.speaker, own[0], own[1])
            for quote in spoken:  # further quotes of the paragraph nobody else claims
                if quote not in taken and own[1] < quote[0] < following and i + 1 == len(verbs):
                    taken.add(quote)
                    yield Speech(verb.speaker, *quote)
        elif folded[verb.end - 1] in ",:" or folded[verb.end : verb.end + 1] not in ("", "。", "\n", "!", ","):
            yield Speech(verb.speaker, verb.end, _until(text, hits, verb.end, following))
    yield from _unclaimed(text, [q for q in spoken if q not in taken], verbs, end)


def _unclaimed(text: Text, quotes: list[tuple[int, int]], verbs: list[_Verb], end: int) -> Iterable[Speech]:
    """Yield quotes without a verb of saying whose next words name one person: «“…!”谈起今年的打算,镇长甲信心十足。»."""
    follows: str | None = None  # who interrupts his own quote: «“…,”局长甲满怀信心,“…”»
    for i, quote in enumerate(quotes):
        after = quote[1] + 1
        stop = min(text.sentence_at(after)[1] if after < end else end, after + _NEAR, end)
        again = i + 1 < len(quotes) and quotes[i + 1][0] <= stop
        if again:
            stop = quotes[i + 1][0] - 1
        near = people(text, after, stop)
        before = _led_by(text, quote[0] - 1, verbs)
        if before is not None and follows is None:
            yield Speech(before, *quote)
        elif len(near) == 1 and follows is None:
            yield Speech(name_of(near[0]), *quote)
            follows = name_of(near[0]) if again and text.folded[stop - 1] == "," else None
        elif follows is not None:
            yield Speech(follows, *quote)
            follows = None


def _led_by(text: Text, mark: int, verbs: list[_Verb]) -> str | None:
    """Return who is named right before a quote: «谈起产量,甲笑得合不拢嘴,“…”», «甲指着厂房说。“…”»."""
    if text.folded[mark - 1 : mark] == ",":
        names = {name_of(m) for m in people(text, text.sentence_at(mark - 1)[0], mark)}
        return names.pop() if len(names) == 1 else None
    if text.folded[mark - 1 : mark] != "。":
        return None
    return next((v.speaker for v in verbs if v.end in (mark, mark - 1)), None)


def _until(text: Text, hits: list[Hit], start: int, end: int) -> int:
    """Where indirect speech ends: before a sentence that goes on reporting, or at the limit."""
    for hit in hits:
        if hit.entry.klass == "narrate" and start < hit.start < end and text.sentence_at(hit.start)[0] >= hit.start - 1 > start:
            return hit.start
    return end

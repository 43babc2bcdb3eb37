"""Build `target` facts from mentions: outcomes with their amounts, project, deadline, speaker."""

from __future__ import annotations

from bisect import bisect_right

from ljnews.facts.draft import Draft, Fact, decimal_text, evidence, iso
from ljnews.facts.target import horizon
from ljnews.facts.target.claim import Claim
from ljnews.text.mention import Mention
from ljnews.text.speech import Speeches
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ("official", "amount", "project")


def build(text: Text, draft: Draft) -> None:
    """Add the article's targets to the draft."""
    mentions = text.of("target")
    if not mentions:
        return
    speeches = Speeches(text)
    projects = _Projects(text, draft)
    for mention in mentions:
        claim: Claim = mention.value
        own = evidence(text, mention.start, mention.end, mention.rule)
        fact: Fact = {
            "text": own["text"],
            "kind": claim.kind,
            "strength": claim.strength,
            "actor": claim.actor,
            "outcomes": [_outcome(text, draft, q) for q in claim.outcomes],
            "project_id": projects.of(mention),
            "deadline": _deadline(text, claim.deadline),
            "speaker": speeches.at(mention.end - 1),
            "evidence": own,
        }
        draft.add("targets", fact, mention=mention)


def _outcome(text: Text, draft: Draft, quantity: Mention) -> Fact:
    """Return one outcome; metric and amount are those of the amount fact made from the same number."""
    value = quantity.value
    amount = draft.of_mention(quantity)
    return {
        "metric": amount["measure"] if amount else None,
        "amount_id": amount["id"] if amount else None,
        "value": decimal_text(value.value),
        "lower": decimal_text(value.lower),
        "upper": decimal_text(value.upper),
        "unit": value.unit,
        "approximation": value.approximation,
    }


def _deadline(text: Text, date: Mention | None) -> Fact | None:
    """Return the interval; a day on which something begins («7月1日起») is its own end."""
    if date is None:
        return None
    end = horizon.last_day(date.value)
    return {"from": iso(date.value.from_), "to": iso(end), "surface": text.string[date.start : date.end]}


class _Projects:
    """Which project a target is about: one named in its clause, else in its sentence, else the last one named in its paragraph."""

    def __init__(self, text: Text, draft: Draft) -> None:
        self._text = text
        spans = [(e["start"], e["end"], p["id"]) for p in draft.facts["projects"] for e in p["evidence"]]
        self._spans = sorted(spans)
        self._starts = [s for s, _, _ in self._spans]

    def of(self, mention: Mention) -> str | None:
        """Return the project's id, None where none is in focus."""
        sentence, _ = self._text.sentence_at(mention.start)
        paragraph, _ = self._text.paragraph_at(mention.start)
        inside = self._between(mention.start, mention.end)
        if inside:
            return inside[0][2]
        for low in (sentence, paragraph):
            before = self._between(low, mention.start)
            if before:
                return before[-1][2]
        return None

    def _between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        first = bisect_right(self._starts, start - 1)
        return self._spans[first : bisect_right(self._starts, end - 1)]

"""Build `target` facts from mentions: outcomes with their amounts, project, deadline, speaker."""

from __future__ import annotations

from ljnews.facts.draft import Draft, Fact, decimal_text, evidence, iso
from ljnews.facts.target import horizon
from ljnews.facts.target.claim import Claim
from ljnews.facts.target.focus import Focus
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
    focus = Focus(text, draft)
    for mention in mentions:
        claim: Claim = mention.value
        own = evidence(text, mention.start, mention.end, mention.rule)
        fact: Fact = {
            "text": own["text"],
            "kind": claim.kind,
            "strength": claim.strength,
            "actor": claim.actor,
            "outcomes": [_outcome(text, draft, q) for q in claim.outcomes],
            "project_id": focus.of(mention),
            "deadline": _deadline(text, claim.deadline),
            "speaker": speeches.at(mention.end - 1 - text.folded.endswith("”", mention.start, mention.end)),
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

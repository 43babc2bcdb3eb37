"""Build the amounts of an article: one record for every `amount` mention, in text order."""

from __future__ import annotations

from ljnews.facts.draft import Draft, decimal_text, evidence, interval
from ljnews.recognize.values import Quantity
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ("official",)


def build(text: Text, draft: Draft) -> None:
    """Add the article's amounts to the draft; `project_id` is filled in by the project builder."""
    for mention in text.of("amount"):
        value: Quantity = mention.value
        quantity, period = mention.roles["quantity"], mention.roles["period"]
        draft.add(
            "amounts",
            {
                "surface": text.string[mention.start : mention.end],
                "kind": value.kind,
                "number": value.number,
                "unit_text": value.unit_text,
                "value": decimal_text(value.value),
                "lower": decimal_text(value.lower),
                "upper": decimal_text(value.upper),
                "unit": value.unit,
                "approximation": value.approximation,
                "measure": mention.roles["measure"],
                "subject": mention.roles["subject"],
                "project_id": None,
                "period": interval(period.value, text.string[period.start : period.end]) if period else None,
                "evidence": evidence(text, mention.start, mention.end, mention.rule),
            },
            mention=quantity,
        )

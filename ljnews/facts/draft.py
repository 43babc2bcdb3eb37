"""`Draft`: the facts of one article while they are being built, as plain dicts in the record's shape.

Builders run in the order official, amount, project, target. Each calls `draft.add(type, fact)`, which gives the fact its id: a hash of the
article id, the fact type, the first evidence's text and that text's ordinal among the facts of its type. A better rule for a measure or a
deadline thus changes the fact, not its identity.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ljnews.recognize.values import Period
from ljnews.text.mention import Mention
from ljnews.text.text import Text

Fact = dict[str, Any]
TYPES = ("officials", "people", "amounts", "projects", "targets")


@dataclass(eq=False)
class Draft:
    """Facts by type. `by_mention` finds the fact that was built from a mention (an amount of a quantity mention, say)."""

    article_id: str
    facts: dict[str, list[Fact]] = field(default_factory=lambda: {t: [] for t in TYPES})
    warnings: list[Fact] = field(default_factory=list)
    by_mention: dict[int, Fact] = field(default_factory=dict)
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, type_: str, fact: Fact, *, mention: Mention | None = None) -> Fact:
        """Add a fact (without `id`), give it its id, and return it."""
        evidence = fact["evidence"]
        first = (evidence[0] if isinstance(evidence, list) else evidence)["text"]
        ordinal = self._seen.get((type_, first), 0)
        self._seen[type_, first] = ordinal + 1
        key = f"{self.article_id}\x1f{type_}\x1f{first}\x1f{ordinal}"
        fact = {"id": hashlib.sha256(key.encode()).hexdigest()[:16], **fact}
        self.facts[type_].append(fact)
        if mention is not None:
            self.by_mention[id(mention)] = fact
        return fact

    def of_mention(self, mention: Mention) -> Fact | None:
        """Return the fact that was built from a mention."""
        return self.by_mention.get(id(mention))


def evidence(text: Text, start: int, end: int, rule: str) -> Fact:
    """Return an evidence dict for a span of the text."""
    return {"start": start, "end": end, "text": text.string[start:end], "rule": rule}


def decimal_text(value: Decimal | None) -> str | None:
    """Return a plain decimal string: no exponent, no trailing zeros.

    >>> decimal_text(Decimal("2.2590E+10")), decimal_text(Decimal("0.50"))
    ('22590000000', '0.5')
    """
    if value is None:
        return None
    plain = str(value)  # three times as fast as `format`, which is needed for an exponent alone
    if "E" in plain:
        plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def iso(day: date | None) -> str | None:
    """Return an ISO day or None."""
    return day.isoformat() if day else None


def interval(period: Period, surface: str) -> Fact:
    """Return a record interval for a period."""
    return {"from": iso(period.from_), "to": iso(period.to), "surface": surface}

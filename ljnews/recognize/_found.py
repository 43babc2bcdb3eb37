"""`Found`: a number with its unit while it is being read; it becomes a `Quantity` mention when nothing speaks against it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention


class Found(NamedTuple):
    """A candidate: the fields of a `Quantity`, `start` and `end` of number and unit, and the rule."""

    start: int
    end: int
    kind: str
    number: str
    unit_text: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    approximation: str
    rule: str

    def mention(self, start: int, end: int, approximation: str) -> Mention:
        """Return the mention, its modifiers inside the span."""
        value = Quantity(
            self.kind, self.number, self.unit_text, self.value, self.lower, self.upper, self.unit, approximation, self.start, self.end
        )
        return Mention("quantity", start, end, value, self.rule)

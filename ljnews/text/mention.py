"""A mention: an extractor's claim about a span. It never reaches a record as such; builders make facts of mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Mention:
    """A labelled span.

    `value` is the label's own type (a `Quantity`, a `Period`, a name …); `roles` ties it to other mentions or strings; `rule` is the id of
    the rule that found it. `start` and `end` are character offsets into the text.
    """

    label: str
    start: int
    end: int
    value: Any
    rule: str
    roles: dict[str, Any] = field(default_factory=dict)

    def overlaps(self, other: Mention) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

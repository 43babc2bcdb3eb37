"""Build `amount` facts from mentions."""

from __future__ import annotations

from ljnews.facts.draft import Draft
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ("official",)


def build(text: Text, draft: Draft) -> None:
    """Add the article's facts to the draft."""

"""Build `official` facts from mentions."""

from __future__ import annotations

from ljnews.facts.draft import Draft
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ()


def build(text: Text, draft: Draft) -> None:
    """Add the article's facts to the draft."""

"""Recognizer for `date` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("date", provides=("date",))
def date(text: Text) -> Iterator[Mention]:
    """Yield `date` mentions."""
    yield from ()

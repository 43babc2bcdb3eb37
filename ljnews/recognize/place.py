"""Recognizer for `place` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("place", provides=("place",))
def place(text: Text) -> Iterator[Mention]:
    """Yield `place` mentions."""
    yield from ()

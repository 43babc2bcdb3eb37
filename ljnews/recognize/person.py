"""Recognizer for `person` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("person", provides=("person",))
def person(text: Text) -> Iterator[Mention]:
    """Yield `person` mentions."""
    yield from ()

"""Recognizer for `organization` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("organization", provides=("organization",))
def organization(text: Text) -> Iterator[Mention]:
    """Yield `organization` mentions."""
    yield from ()

"""Extractor of `official` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("official", provides=("official",), requires=("quantity", "date"))
def official(text: Text) -> Iterator[Mention]:
    """Yield `official` mentions."""
    yield from ()

"""Recognizer for `quantity` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("quantity", provides=("quantity",))
def quantity(text: Text) -> Iterator[Mention]:
    """Yield `quantity` mentions."""
    yield from ()

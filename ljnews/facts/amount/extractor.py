"""Extractor of `amount` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("amount", provides=("amount",), requires=("quantity", "date"))
def amount(text: Text) -> Iterator[Mention]:
    """Yield `amount` mentions."""
    yield from ()

"""Extractor of `target` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("target", provides=("target",), requires=("quantity", "date"))
def target(text: Text) -> Iterator[Mention]:
    """Yield `target` mentions."""
    yield from ()

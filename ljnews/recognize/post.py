"""Recognizer for `post` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("post", provides=("post",))
def post(text: Text) -> Iterator[Mention]:
    """Yield `post` mentions."""
    yield from ()

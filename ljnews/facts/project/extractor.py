"""Extractor of `project` mentions."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@extractor("project", provides=("project",), requires=("quantity", "date"))
def project(text: Text) -> Iterator[Mention]:
    """Yield `project` mentions."""
    yield from ()

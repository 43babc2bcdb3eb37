"""Page → Article: charset, container, strip, metadata, sections, byline. `read(page)` for bytes, `given(page)` for objects."""

from ljnews.layout.given import given
from ljnews.layout.read import next_links, read

__all__ = ["given", "next_links", "read"]

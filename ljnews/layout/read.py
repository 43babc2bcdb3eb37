"""`read(page)`: bytes of a page, or text saved from one, to an article."""

from __future__ import annotations

from ljnews.errors import NoArticle
from ljnews.records import Article, Page


def read(page: Page) -> Article:
    """Return the page's article."""
    raise NoArticle(f"{page.input}: the layout stage is not built yet", input=page.input)

"""fetch: URL → Page. A polite, safe, resumable crawler with an archive that keeps every byte.

`crawl` brings a site into an archive, `fetch_page` one page into memory, `pages_of_archive` reads archives of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ljnews.fetch.archive import Archive, Capture
    from ljnews.fetch.crawling import CrawlSummary, crawl
    from ljnews.fetch.pages import fetch_page, pages_of_archive
    from ljnews.fetch.settings import Settings

_WHERE = {
    "Archive": "archive",
    "Capture": "archive",
    "CrawlSummary": "crawling",
    "Settings": "settings",
    "crawl": "crawling",
    "fetch_page": "pages",
    "pages_of_archive": "pages",
}
__all__ = ["Archive", "Capture", "CrawlSummary", "Settings", "crawl", "fetch_page", "pages_of_archive"]


def __getattr__(name: str) -> Any:
    """Import on first use: requests and warcio are not paid for by who does not fetch."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)

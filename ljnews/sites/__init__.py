"""Site files: TOML data that make the layout stage perfect for one site, and tell the fetch stage where its lists are.

`for_url(url)` gives the site of a page, `check(folder)` runs every site file against its example page. The guide is `docs/sites.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ljnews.sites.loader import Layout, Listing, Site, families, for_url, read_file, sites

if TYPE_CHECKING:
    from ljnews.sites.drift import CheckRow

__all__ = ["Layout", "Listing", "Site", "check", "families", "for_url", "read_file", "sites"]


def check(folder: Path | str | None = None) -> list[CheckRow]:
    """Return one row per site file of a folder (None: the package's own), each held against its example page."""
    from ljnews.sites.drift import check as run

    return run(folder)

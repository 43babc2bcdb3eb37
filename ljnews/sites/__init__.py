"""Site files: TOML data that make the layout stage perfect for one site, and tell the fetch stage where its lists are.

`for_url(url)` gives the site of a page, `check(folder)` runs every site file against its example page. The guide is `docs/sites.md`.
"""

from ljnews.sites.check import CheckRow, check
from ljnews.sites.loader import Layout, Listing, Site, families, for_url, read_file, sites

__all__ = ["CheckRow", "Layout", "Listing", "Site", "check", "families", "for_url", "read_file", "sites"]

"""`ljnews demo`: the demo pages through the whole road, facts on the screen and in SQLite."""

from __future__ import annotations

from pathlib import Path

from ljnews import resources

# One page of each kind of story: interview with two more stories, ceremony, officials, statistics.
SHOWN = 6


def demo_pages() -> list[Path]:
    """Return the demo pages, in order."""
    return sorted(resources.path("corpus/pages").glob("*.html"))[:SHOWN]

"""Full-text search."""

from __future__ import annotations

from typing import Any


def refresh(database: Any) -> None:
    """Freshen the index."""

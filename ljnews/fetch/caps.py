"""Caps of archives that come from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Bounds of what is unpacked. `ratio` holds beyond the first `floor` bytes: small archives of like pages compress well.

    A WARC is read record by record and never as a whole, so its `entries` and `total` have bounds of their own.
    """

    page: int = 10 * MIB
    total: int = 2048 * MIB
    entries: int = 100_000
    ratio: int = 100
    floor: int = 10 * MIB
    warc_total: int = 64 * 1024 * MIB
    warc_entries: int = 20_000_000

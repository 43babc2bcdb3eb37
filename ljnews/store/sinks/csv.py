"""CSV: one wide table, a line per fact (UTF-8 with a mark, as Excel expects).

A cell that a spreadsheet would take for a formula gets a `'` before it (OWASP); numbers stay numbers. `raw` leaves cells as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ljnews.store.files import storage_errors, whole_file
from ljnews.store.rows import Row
from ljnews.store.snapshot import Snapshot
from ljnews.store.tables import FACTS, Table

TARGETS = (".csv",)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBERS = {"exact", "int"}


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Snapshot:
    """Return the sink of a CSV file."""
    return Snapshot(target, _write, force=force)


def _write(store: str, path: Path) -> None:
    from ljnews.store.export import export

    export(store, path, force=True)


def guarded(value: Any, kind: str) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1", "text"), guarded("-0.5", "exact"), guarded("总投资", "text")
    ("'=1+1", '-0.5', '总投资')
    """
    if isinstance(value, str) and kind not in _NUMBERS and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def write_table(table: Table, rows: Iterable[Row], path: Path, *, raw: bool = False) -> None:
    """Write one table."""
    kinds = [column.kind for column in table.columns]
    with storage_errors(str(path)), whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        for row in rows:
            writer.writerow(row if raw else [guarded(value, kind) for value, kind in zip(row, kinds, strict=True)])


__all__ = ["FACTS", "TARGETS", "guarded", "open_sink", "write_table"]

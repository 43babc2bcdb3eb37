"""Excel: a workbook with the wide table of facts and a sheet per table. Article texts are left out (a cell holds 32,767 characters)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from ljnews.errors import UsageError
from ljnews.store.files import storage_errors, whole_file
from ljnews.store.rows import Row
from ljnews.store.sinks.csv import guarded
from ljnews.store.snapshot import Snapshot
from ljnews.store.tables import Column, Table

TARGETS = (".xlsx",)
_SHEET_ROWS = 1_048_576
_CELL = 32_767
# Excel keeps 15 significant digits; a longer number is written as text, so that it stays exact.
_DIGITS = 15
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Snapshot:
    """Return the sink of a workbook."""
    _openpyxl()
    return Snapshot(target, _write, force=force)


def _write(store: str, path: Path) -> None:
    from ljnews.store.export import export

    export(store, path, force=True)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError("writing .xlsx needs openpyxl; install ljnews[tables]") from error
    return openpyxl


def cell(value: Any, column: Column) -> Any:
    """Return what goes into a cell: numbers as numbers where Excel keeps them exact, everything else as guarded text."""
    if value is None or isinstance(value, bool | int):
        return value
    if column.kind == "exact":
        number = Decimal(value)
        return number if len(number.as_tuple().digits) <= _DIGITS else str(value)
    shown = guarded(_CONTROL.sub("\ufffd", str(value)), column.kind)
    return shown if len(shown) <= _CELL else shown[: _CELL - 1] + "…"


def write_tables(tables: Iterable[tuple[Table, Iterable[Row]]], path: Path) -> None:
    """Write a workbook; a table longer than a sheet goes on in the next one."""
    book = _openpyxl().Workbook(write_only=True)
    for table, rows in tables:
        columns = [column for column in table.columns if (table.name, column.name) != ("articles", "text")]
        picked = [n for n, column in enumerate(table.columns) if column in columns]
        for number, group in enumerate(_sheets(rows), 1):
            sheet = book.create_sheet(table.name if number == 1 else f"{table.name} {number}")
            sheet.append([column.name for column in columns])
            for row in group:
                sheet.append([cell(row[n], table.columns[n]) for n in picked])
    with storage_errors(str(path)), whole_file(path) as part:
        book.save(part)


def _sheets(rows: Iterable[Row]) -> Iterator[Iterator[Row]]:
    """Cut rows into sheets; at least one, be it empty."""
    stream = iter(rows)
    first, more = None, True
    while more:
        more = False

        def sheet(head: Row | None) -> Iterator[Row]:
            nonlocal first, more
            if head is not None:
                yield head
            for count, row in enumerate(stream, 2 if head is not None else 1):
                if count == _SHEET_ROWS:
                    first, more = row, True
                    return
                yield row

        yield sheet(first)


__all__ = ["TARGETS", "cell", "open_sink", "write_tables"]

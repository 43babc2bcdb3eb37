"""Parquet: a folder with a folder per table, partitioned by the year of publication; decimals are decimal128.

`OUT.parquet/amounts/year=2022/part-0.parquet`. A decimal column has a twin `…_exact`, text, that holds any number exactly, beyond decimal128 too.
`_manifest.json` lists every file with its rows and sha256. The folder is written beside its name and takes its place when it is whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from ljnews.errors import UsageError
from ljnews.store.files import fsync_file, fsync_folder, storage_errors
from ljnews.store.rows import Row, Rows
from ljnews.store.snapshot import Snapshot
from ljnews.store.tables import TABLES, Table, strings, table_rows

TARGETS = (".parquet",)
# 26 digits before the point (万亿 has 13) and 12 after it; what needs more is in the text twin.
_PRECISION, _SCALE = 38, 12
_BUFFER = 20_000
_BY_NAME = {table.name: table for table in TABLES}


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Snapshot:
    """Return the sink of a Parquet folder."""
    _pyarrow()
    return Snapshot(target, _write, force=force)


def _write(store: str, path: Path) -> None:
    from ljnews.store.export import export

    export(store, path, force=True)


def _pyarrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("writing Parquet needs pyarrow; install ljnews[parquet]") from error
    return pyarrow


def schema_of(table: Table) -> Any:
    """Return a table's Arrow schema; comments are field metadata."""
    pa = _pyarrow()
    kinds = {
        "int": pa.int64(),
        "exact": pa.decimal128(_PRECISION, _SCALE),
        "day": pa.date32(),
        "bool": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    fields = []
    for column in table.columns:
        fields.append(pa.field(column.name, kinds.get(column.kind, pa.string()), metadata={"comment": column.comment}))
        if column.kind == "exact":
            fields.append(pa.field(f"{column.name}_exact", pa.string(), metadata={"comment": column.comment}))
    return pa.schema(fields)


def _fitting(value: str | None) -> Decimal | None:
    """Return the decimal where decimal128 holds it exactly."""
    if value is None:
        return None
    number = Decimal(value)
    whole = len(str(abs(int(number))))
    exponent = number.as_tuple().exponent
    return number if whole <= _PRECISION - _SCALE and isinstance(exponent, int) and -exponent <= _SCALE else None


class Writer:
    """Writes rows into the files `TABLE/year=YEAR/NAME.parquet` under a folder."""

    def __init__(self, root: Path, name: str = "part-0") -> None:
        self.root, self.name = root, name
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._writers: dict[tuple[str, str], Any] = {}
        self._tables: dict[str, Table] = {}

    def add(self, table: Table, year: str | None, rows: Iterable[Row]) -> None:
        """Add rows of one publication year."""
        key = (table.name, year or "__HIVE_DEFAULT_PARTITION__")
        self._tables[table.name] = table
        held = self._rows.setdefault(key, [])
        held.extend(rows)
        if len(held) >= _BUFFER:
            self._flush(key)

    def add_record(self, rows: Rows) -> None:
        """Add the rows of a record."""
        year = rows.published[:4] if rows.published else None
        grouped: dict[str, list[Row]] = {}
        for name, row in table_rows(rows):
            grouped.setdefault(name, []).append(row)
        for name, listed in grouped.items():
            self.add(_BY_NAME[name], year, listed)

    def _flush(self, key: tuple[str, str]) -> None:
        table = self._tables[key[0]]
        rows, self._rows[key] = self._rows[key], []
        arrays = []
        for n, column in enumerate(table.columns):
            values = [row[n] for row in rows]
            arrays.append([_arrow(value, column.kind) for value in values])
            if column.kind == "exact":
                arrays.append(values)
        self._writer(key).write_table(_batch(table, arrays))

    def _writer(self, key: tuple[str, str]) -> Any:
        if key not in self._writers:
            folder = self.root / key[0] / f"year={key[1]}"
            folder.mkdir(parents=True, exist_ok=True)
            schema = schema_of(self._tables[key[0]])
            self._writers[key] = _pyarrow().parquet.ParquetWriter(folder / f"{self.name}.parquet", schema, compression="zstd")
        return self._writers[key]

    def close(self) -> None:
        """Write what is left; a table to which nothing was added has one empty file."""
        for key in self._rows:
            if self._rows[key] or key not in self._writers:
                self._flush(key)
        for writer in self._writers.values():
            writer.close()


class Folder:
    """A Parquet folder in the making, beside the name that it will have."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        with storage_errors(str(path)):
            _recover(path)
            shutil.rmtree(self.part, ignore_errors=True)
            self.part.mkdir(parents=True)
        self.writer = Writer(self.part)

    def finish(self, tables: Iterable[Table], facts: dict[str, Any]) -> None:
        """Close the files, write the manifest, and give the folder its name. Every table has at least one, empty file."""
        with storage_errors(str(self.path)):
            self.writer.close()
            empty = Writer(self.part)
            for table in tables:
                if not (self.part / table.name).exists():
                    empty.add(table, None, [])
            empty.close()
            files = [_described(path, self.part) for path in sorted(self.part.rglob("*.parquet"))]
            manifest = self.part / "_manifest.json"
            manifest.write_bytes(orjson.dumps(facts | {"files": files}, option=orjson.OPT_INDENT_2))
            for path in [manifest, *self.part.rglob("*.parquet")]:
                fsync_file(path)
            for folder in [self.part, *(p for p in self.part.rglob("*") if p.is_dir())]:
                fsync_folder(folder)
            _swap(self.part, self.path)


def _batch(table: Table, arrays: list[list[Any]]) -> Any:
    pa, schema = _pyarrow(), schema_of(table)
    return pa.Table.from_arrays([pa.array(values, field.type) for values, field in zip(arrays, schema, strict=True)], schema=schema)


def _arrow(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "exact":
        return _fitting(value)
    if kind == "day":
        from datetime import date

        return date.fromisoformat(value)
    return strings(value) if kind == "list" else value


def _described(path: Path, root: Path) -> dict[str, Any]:
    rows = _pyarrow().parquet.read_metadata(path).num_rows
    return {"path": path.relative_to(root).as_posix(), "rows": rows, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _swap(part: Path, path: Path) -> None:
    """Put a whole folder in the place of another. A kill in between leaves one of the two whole, and `_recover` finds it."""
    old = path.with_name(f".{path.name}.old")
    if path.exists():
        os.replace(path, old)
    os.replace(part, path)
    fsync_folder(path.parent)
    shutil.rmtree(old, ignore_errors=True)


def _recover(path: Path) -> None:
    """Mend what a kill in the middle of a swap left."""
    old = path.with_name(f".{path.name}.old")
    if old.exists():
        if path.exists():
            shutil.rmtree(old)
        else:
            os.replace(old, path)

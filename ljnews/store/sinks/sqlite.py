"""SQLite: the default store. One file, WAL, one short transaction per group of articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ljnews.errors import OutputUnwritable, StorageFull, StoreError
from ljnews.store import schema
from ljnews.store.database import Database
from ljnews.store.migrate import prepare
from ljnews.store.rows import Row

TARGETS = (".sqlite", ".sqlite3", ".db")
# A writer waits for another one; a minute outlasts any group of ours and a checkpoint on a slow disk.
BUSY_MS = 60_000
# Rows per INSERT statement: 5.3 → 3.4 µs a row; 40 gain nothing more.
_AT_ONCE = 20


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Sqlite:
    """Return the sink of a SQLite file; an existing one is continued, never written over."""
    path = Path(target)
    if not path.parent.is_dir():
        raise OutputUnwritable(f"{target}: the folder {path.parent} is not there; make it or name another place")
    return Sqlite(target, search=search)


def engine_of(path: str) -> sa.Engine:
    """Return an engine on a SQLite file, with real transactions, foreign keys and patience."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=path), connect_args={"timeout": BUSY_MS / 1000})

    @sa.event.listens_for(engine, "connect")
    def _connect(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = NORMAL")  # in WAL a power cut loses whole trailing groups at most
        raw.execute("PRAGMA cache_size = -65536")
        # Pages that every group touches are written back once in 32 MB, not in 4: 2.6 → 2.0 ms an article of 56 facts.
        raw.execute("PRAGMA wal_autocheckpoint = 8000")
        raw.execute("PRAGMA journal_size_limit = 67108864")

    @sa.event.listens_for(engine, "begin")
    def _begin(conn: sa.Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writing") else "BEGIN")

    return engine


class Sqlite(Database):
    """A SQLite file."""

    def __init__(self, target: str, *, search: bool) -> None:
        super().__init__(target, engine_of(target), search=search)
        self.path = target
        with translated(target):
            prepare(self.engine, target)
        self._conn: sa.Connection | None = None
        self._inserts: dict[str, tuple[str, str]] = {}

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Return a transaction; BEGIN IMMEDIATE, so that a lock is waited for at its start, never met half way."""
        with translated(self.target):
            if self._conn is None:
                self._conn = self.engine.connect().execution_options(writing=True)
            with self._conn.begin():
                yield self._conn

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Return a connection to read with; it sees one state of the file until it is closed."""
        with translated(self.target), self.engine.connect() as conn:
            yield conn

    def insert(self, conn: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
        """Write rows, over rows with the same key."""
        if table.name not in self._inserts:
            self._inserts[table.name] = _upsert(table, _AT_ONCE), _upsert(table, 1)
        many, one = self._inserts[table.name]
        raw: Any = conn.connection.driver_connection
        whole = len(rows) - len(rows) % _AT_ONCE
        raw.executemany(many, (list(chain.from_iterable(rows[n : n + _AT_ONCE])) for n in range(0, whole, _AT_ONCE)))
        raw.executemany(one, rows[whole:])

    def compact(self) -> None:
        """Merge the search index and rewrite the file; freed pages are overwritten, the WAL is emptied."""
        self.close()
        with translated(self.target), sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_MS / 1000) as raw:
            raw.execute("PRAGMA secure_delete = ON")
            raw.execute("INSERT INTO search (search) VALUES ('optimize')")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()

    def close(self) -> None:
        """Close the connection; the last one folds the WAL into the file."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None
        super().close()


def _upsert(table: sa.Table, count: int) -> str:
    """Return the INSERT … ON CONFLICT statement for so many rows of a table, with positional parameters."""
    columns = [c for c in table.columns if not c.identity]
    statement = insert(table).values(dict.fromkeys([c.name for c in columns]))
    keys = list(table.primary_key.columns)
    if all(k in columns for k in keys):
        rest = {c.name: statement.excluded[c.name] for c in columns if c not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest) if rest else statement.on_conflict_do_nothing()
    compiled = str(statement.compile(dialect=sa.dialects.sqlite.dialect(paramstyle="qmark")))
    row = f"({', '.join('?' * len(columns))})"
    return compiled.replace(row, ", ".join([row] * count))


@contextmanager
def translated(target: str) -> Iterator[None]:
    """Turn SQLite's errors into ours: disk full, read-only, locked, not a database."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        code = getattr(cause, "sqlite_errorname", "") or ""
        raise _error(target, code, str(cause)) from error


def _error(target: str, code: str, said: str) -> StoreError:
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return StorageFull(
            f"{target}: the disk is full or failing ({said}); what was stored is whole; make room and run the same command again"
        )
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return OutputUnwritable(f"{target}: cannot be written ({said}); check the permissions of the file and its folder")
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return OutputUnwritable(f"{target}: not a sound SQLite file ({said}); name another file or restore a backup")
    if code.startswith("SQLITE_BUSY"):
        return StoreError(f"{target}: another program held it locked for {BUSY_MS // 1000} s; close it and run the same command again")
    return StoreError(f"{target}: {said}")


__all__ = ["TARGETS", "Sqlite", "engine_of", "open_sink", "schema", "translated"]

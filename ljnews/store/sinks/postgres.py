"""PostgreSQL: rows go by COPY into temporary staging tables and are merged from there, one writer at a time.

Writers take turns by an advisory lock, so the numbers in `changes` grow in the order of the commits, and a reader with a cursor misses
nothing. A lost connection (restart, terminated backend) is made again and the group written again; where the commit's outcome is unknown, the
`done` rows tell.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ljnews.errors import LjnewsError, OutputUnwritable, StorageFull, StoreError, StoreUnreachable, UsageError
from ljnews.store import schema
from ljnews.store.database import Database
from ljnews.store.migrate import prepare
from ljnews.store.rows import Row
from ljnews.store.sink import safe

TARGETS = ("postgresql://", "postgres://")
# "ljnews" in ASCII, cut to 31 bits: any number, the same for all of our writers.
WRITER_LOCK = 0x6C6A6E65
# How long a server may be away before a run gives up; a restart takes seconds.
PATIENCE_SECONDS = float(os.environ.get("LJNEWS_DATABASE_PATIENCE", "60"))


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Postgres:
    """Return the sink of a database; its tables are made where they are missing.

    Raises UsageError for a password on the command line: every user of the machine can read it in the process list.
    """
    if target in sys.argv and safe(target) != target and sa.make_url(target).password:
        raise UsageError(f"{safe(target)}: no password on the command line; set PGPASSWORD, use ~/.pgpass, or a job file with ${{NAME}}")
    return Postgres(target, search=search)


def engine_of(target: str) -> sa.Engine:
    """Return an engine for `postgresql://user@host/database`; the password may also come from PGPASSWORD or ~/.pgpass."""
    try:
        import psycopg  # noqa: F401  (asked for here, so that its absence is told in our words)
    except ImportError as error:
        raise UsageError("writing to PostgreSQL needs psycopg; install ljnews[postgres]") from error
    try:
        url = sa.make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", target, flags=re.IGNORECASE))
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError(f"{safe(target)}: expected postgresql://user@host:port/database") from error
    options = {"connect_timeout": 10, "application_name": "ljnews"}
    return sa.create_engine(url, connect_args=options, pool_pre_ping=True, hide_parameters=True)


class Postgres(Database):
    """A PostgreSQL database."""

    def __init__(self, target: str, *, search: bool) -> None:
        super().__init__(target, engine_of(target), search=search)
        self._merges: dict[str, tuple[str, str, str]] = {}
        with self._translated():
            prepare(self.engine, self.target)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Return a transaction in which no other writer of ours writes."""
        with self._translated(), self.engine.begin() as conn:
            conn.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITER_LOCK)))
            yield conn

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Return a connection to read with."""
        with self._translated(), self.engine.connect() as conn:
            yield conn

    def insert(self, conn: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
        """COPY rows into staging and merge them, over rows with the same key."""
        if table.name not in self._merges:
            self._merges[table.name] = _statements(table)
        stage, copy, merge = self._merges[table.name]
        raw: Any = conn.connection.driver_connection
        with raw.cursor() as cursor:
            cursor.execute(stage)
            with cursor.copy(copy) as line:
                for row in rows:
                    line.write_row(row)
            cursor.execute(merge)

    def compact(self) -> None:
        """Rewrite the tables, so that deleted rows are gone from their files."""
        with self._translated(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            for name in (*(t.name for t in schema.metadata.sorted_tables), "search"):
                conn.execute(sa.text(f"VACUUM FULL {name}"))

    def retrying(self, work: Callable[[], Any]) -> Any:
        """Run a piece of work until the server is there for it; what was committed is recognised by its `done` rows."""
        deadline, pause = time.monotonic() + PATIENCE_SECONDS, 0.1
        while True:
            try:
                return work()
            except StoreUnreachable:
                if time.monotonic() + pause > deadline:
                    raise
                time.sleep(pause)
                pause = min(pause * 2, 2.0)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        import psycopg

        try:
            yield
        except LjnewsError:
            raise
        except (sa.exc.DBAPIError, psycopg.Error) as error:
            cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
            raise _error(self.target, cause) from error


def _statements(table: sa.Table) -> tuple[str, str, str]:
    """Return the statements that stage, copy and merge rows of one of our own tables."""
    columns = [c.name for c in table.columns if not c.identity]
    stage = f"stage_{table.name}"
    listed = ", ".join(columns)
    picked: Any = sa.select(*(sa.column(c) for c in columns)).select_from(sa.table(stage))
    merge = insert(table).from_select(columns, picked)
    keys = [c.name for c in table.primary_key.columns]
    if set(keys) <= set(columns):
        rest = {c: merge.excluded[c] for c in columns if c not in keys}
        merge = merge.on_conflict_do_update(index_elements=keys, set_=rest) if rest else merge.on_conflict_do_nothing()
    empty = f"SELECT {listed} FROM {table.name} LIMIT 0"  # noqa: S608 (names of our own schema)
    made = f"CREATE TEMP TABLE IF NOT EXISTS {stage} ON COMMIT DELETE ROWS AS {empty}"
    return made, f"COPY {stage} ({listed}) FROM STDIN", str(merge.compile(dialect=sa.dialects.postgresql.dialect()))  # type: ignore[no-untyped-call]


def _error(target: str, cause: BaseException | None) -> StoreError:
    state = getattr(cause, "sqlstate", None) or ""
    said = " ".join(str(cause).split())
    if state.startswith(("08", "57P")) or (not state and type(cause).__name__ in ("OperationalError", "InterfaceError")):
        return StoreUnreachable(f"{target}: the database server does not answer ({said}); check that it runs and the address is right")
    if state in ("40001", "40P01", "55P03"):
        return StoreUnreachable(f"{target}: another transaction was in the way ({said})")
    if state.startswith("53"):
        return StorageFull(f"{target}: the server has no room left ({said}); make room and run the same command again")
    if state in ("42501", "25006", "28P01", "28000", "3D000"):
        return OutputUnwritable(f"{target}: cannot be written ({said}); check the user, the password and the rights")
    return StoreError(f"{target}: {said}")

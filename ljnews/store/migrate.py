"""Bring a database to the present schema: made whole where it is empty, migrated (Alembic) where it is older, all or nothing.

A migration is one transaction in both databases, so a kill leaves the old schema or the new one. A SQLite file is copied beside itself first.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from ljnews.errors import StoreMismatch
from ljnews.store import schema

MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
_SCHEMA_LOCK = 0x6C6A6E66


@cache
def revisions() -> list[str]:
    """Return all revisions, oldest first: the numbers that the files of `migrations/versions` begin with."""
    return sorted(p.name[:4] for p in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def dialect_of(engine: sa.Engine | sa.Connection) -> str:
    """Return our name of a dialect."""
    return "sqlite" if engine.dialect.name == "sqlite" else "postgres"


def prepare(engine: sa.Engine, target: str) -> None:
    """Make the tables of an empty database, or migrate those of an older version.

    Raises StoreMismatch for a database of a newer version, or one that holds other tables under our names.
    """
    with engine.connect().execution_options(writing=True) as conn:
        if _revision(conn) == revisions()[-1]:
            return
        conn.rollback()
        if dialect_of(engine) == "sqlite":
            _write_ahead(conn)
        with conn.begin():
            _alone(conn)
            found = _revision(conn)  # again, now that nobody else makes or migrates it
            if found is None and not sa.inspect(conn).has_table("articles"):
                for statement in schema.statements(dialect_of(engine)):
                    conn.execute(sa.text(statement.replace(":", "\\:")))
                _VERSION.create(conn)
                conn.execute(sa.insert(_VERSION).values(version_num=revisions()[-1]))
            elif found not in revisions():
                raise StoreMismatch(
                    f"{target}: holds tables of schema {found or 'unknown'}, this ljnews knows up to {revisions()[-1]}; "
                    "upgrade ljnews or name another database"
                )
            elif found != revisions()[-1]:
                _backup(conn, found)
                migrate(conn)


def _revision(conn: sa.Connection) -> str | None:
    """Return the database's revision, None for one without."""
    if not sa.inspect(conn).has_table(_VERSION.name):
        return None
    return conn.scalar(sa.select(_VERSION.c.version_num))


def _alone(conn: sa.Connection) -> None:
    """Wait for others that make or migrate the same database (SQLite: BEGIN IMMEDIATE has done so)."""
    if dialect_of(conn) == "postgres":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_SCHEMA_LOCK)))


def _backup(conn: sa.Connection, revision: str) -> None:
    """Copy a SQLite file beside itself before it is migrated (`NAME.schema-0003`)."""
    if dialect_of(conn) != "sqlite":
        return
    path = Path(str(conn.engine.url.database))
    with sqlite3.connect(path) as source, sqlite3.connect(f"{path}.schema-{revision}") as copy:
        source.backup(copy)
    copy.close()
    source.close()


def migrate(conn: sa.Connection, revision: str = "head", *, down: bool = False) -> None:
    """Migrate inside the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    (command.downgrade if down else command.upgrade)(config, revision)


def _write_ahead(conn: sa.Connection) -> None:
    """Switch a SQLite file to WAL, once: readers and the writer do not wait for each other."""
    raw = conn.connection.driver_connection
    assert raw is not None
    if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        raw.execute("PRAGMA journal_mode = WAL")

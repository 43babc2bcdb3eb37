"""Bring a database to the present schema."""

from __future__ import annotations

import sqlalchemy as sa

from ljnews.store import schema


def prepare(engine: sa.Engine, target: str) -> None:
    """Make the tables of an empty database."""
    with engine.connect().execution_options(writing=True) as conn:
        if engine.dialect.name == "sqlite":
            _write_ahead(conn)
        with conn.begin():
            if not sa.inspect(conn).has_table("articles"):
                for statement in schema.table_statements("sqlite" if engine.dialect.name == "sqlite" else "postgres"):
                    conn.exec_driver_sql(statement.replace("%", "%%") if engine.dialect.name != "sqlite" else statement)


def _write_ahead(conn: sa.Connection) -> None:
    """Switch a SQLite file to WAL, once: readers and the writer do not wait for each other."""
    raw = conn.connection.driver_connection
    assert raw is not None
    if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        raw.execute("PRAGMA journal_mode = WAL")

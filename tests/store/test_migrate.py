"""Every schema that was ever released comes to the present one with its data, all or nothing; the schema files are what the code makes."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ljnews.errors import OutputUnwritable, StoreMismatch
from ljnews.records import Page
from ljnews.run.batch import run_batch
from ljnews.store import migrate
from ljnews.store.sink import open_sink
from tests.store.forks import content, killed_after

REVISIONS = migrate.revisions()


def _down(target: str, revision: str) -> None:
    """Take a store back to an older schema."""
    sink: Any = open_sink(target)
    with sink.writing() as conn:
        migrate.migrate(conn, revision, down=True)
    sink.close()


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_migrate_every_revision_comes_to_the_present_with_its_data(
    new_database: Callable[[], str], prepared: Callable[[int], list[Page]], revision: str
) -> None:
    target = new_database()
    run_batch(prepared(40), target)
    before = content(target)
    _down(target, revision)
    assert content(target) == before
    if "://" not in target:
        assert Path(f"{target}.schema-{revision}").exists(), "the file was copied before it was migrated"
    from ljnews.store.query import Question, query

    assert len(query(target, Question(search="产业园", type="projects", limit=None))) == 40


def test_migrate_the_copy_takes_the_place_of_a_file_that_broke(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    """The way back that docs/store.md gives: the copy made before a migration, renamed, holds everything and is migrated again."""
    target = tmp_path / "news.sqlite"
    run_batch(prepared(40), target)
    before = content(str(target))
    _down(str(target), REVISIONS[0])
    open_sink(str(target)).close()
    target.write_bytes(target.read_bytes()[:5000] + b"broken" * 2000)
    with pytest.raises(OutputUnwritable, match="restore a backup"):
        content(str(target))
    for left in ("news.sqlite", "news.sqlite-wal", "news.sqlite-shm"):
        (tmp_path / left).unlink(missing_ok=True)
    (tmp_path / f"news.sqlite.schema-{REVISIONS[0]}").rename(target)
    assert content(str(target)) == before


def test_migrate_migrations_and_the_models_make_the_same_schema(new_database: Callable[[], str]) -> None:
    made, migrated = new_database(), new_database()
    sinks: list[Any] = [open_sink(target) for target in (made, migrated)]
    with sinks[1].writing() as conn:
        migrate.migrate(conn, "base", down=True)
        migrate.migrate(conn)
    one, other = (_schema(sink.engine) for sink in sinks)
    assert one == other
    assert len(one) > 20
    for sink in sinks:
        sink.close()


def _schema(engine: sa.Engine) -> list[str]:
    """Everything the database says of its tables, columns, constraints, indexes, views and comments."""
    queries = {
        "sqlite": ["SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"],
        "postgresql": [
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
            "SELECT c.relname, d.objsubid, d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid"
            " WHERE c.relnamespace = 'public'::regnamespace",
        ],
    }
    with engine.connect() as conn:
        return sorted(repr(row) for query in queries[engine.dialect.name] for row in conn.execute(sa.text(query)))


def test_migrate_a_newer_or_foreign_schema_is_refused(new_database: Callable[[], str]) -> None:
    target = new_database()
    sink: Any = open_sink(target)
    with sink.writing() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    sink.close()
    with pytest.raises(StoreMismatch, match="9999"):
        open_sink(target)


@pytest.mark.parametrize("tries", [pytest.param(12, id="ci"), pytest.param(50, id="soak", marks=pytest.mark.soak)])
def test_migrate_a_killed_migration_leaves_the_old_schema_or_the_new(
    tmp_path: Path, prepared: Callable[[int], list[Page]], tries: int
) -> None:
    first = tmp_path / "first.sqlite"
    run_batch(prepared(300), first)
    expected = content(str(first))
    _down(str(first), REVISIONS[0])
    with closing(sqlite3.connect(first)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "facts.sqlite"
    chance, seen = random.Random(9), set()
    for _ in range(tries):
        for path in tmp_path.glob("facts.sqlite*"):
            path.unlink()
        target.write_bytes(first.read_bytes())
        started = time.monotonic()
        killed_after(lambda: open_sink(target), chance.uniform(0, 0.6))
        assert time.monotonic() - started < 10
        with closing(sqlite3.connect(target)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (revision,) = conn.execute("SELECT version_num FROM alembic_version").fetchone()
            views = conn.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view'").fetchone()[0]
        assert (revision, views > 0) in {(REVISIONS[0], False), (REVISIONS[-1], True)}
        seen.add(revision)
        assert content(str(target)) == expected
    assert REVISIONS[0] in seen, "some kills came before the end"


@pytest.mark.postgres
@pytest.mark.parametrize("tries", [pytest.param(5, id="ci"), pytest.param(50, id="soak", marks=pytest.mark.soak)])
def test_migrate_a_killed_migration_of_postgresql_likewise(server: Any, prepared: Callable[[int], list[Page]], tries: int) -> None:
    chance = random.Random(10)
    target = server.fresh()
    run_batch(prepared(100), target)
    expected = content(target)
    for _ in range(tries):
        _down(target, REVISIONS[0])
        killed_after(lambda: open_sink(target), chance.uniform(0, 0.5))
        assert content(target) == expected
        engine: Any = open_sink(target).engine  # type: ignore[attr-defined]
        with engine.connect() as conn:
            assert conn.scalar(sa.text("SELECT version_num FROM alembic_version")) == REVISIONS[-1]
        engine.dispose()


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_migrate_the_schema_file_says_what_the_tables_mean(dialect: str) -> None:
    from ljnews.store.schema import ddl, metadata

    text = ddl(dialect)
    for table in metadata.sorted_tables:
        assert table.comment
        assert f"CREATE TABLE {table.name} (" in text
        for column in table.columns:
            assert column.comment
            assert " · " in column.comment, "in Chinese and English"
            assert column.comment.replace("'", "''" if dialect == "postgres" else "'") in text
    for view in ("fact_sentences", "project_overview", "official_posts", "target_deadlines", "amount_measures"):
        assert f"CREATE VIEW {view} AS" in text

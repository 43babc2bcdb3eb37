"""The examples of docs/store.md run as they are printed, on a store that is there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ljnews.run.jobs import load_job
from ljnews.store.export import export
from ljnews.store.sink import open_sink
from tests.conftest import ROOT
from tests.store.made import item, record
from tests.store.test_sinks import store

TEXT = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `news.sqlite` and `news.parquet`."""
    monkeypatch.chdir(tmp_path)
    sink = open_sink("news.sqlite")
    store(sink, [item(record(n)) for n in range(24)])
    sink.close()
    export("news.sqlite", "news.parquet")
    return tmp_path


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.S)


def test_documented_sql_runs(folder: Path) -> None:
    with closing(sqlite3.connect("news.sqlite")) as conn:
        for block in blocks("sql"):
            found = [conn.execute(one).fetchall() for one in block.split(";") if one.strip()]
            assert all(found), block
        (words,) = re.findall(r"`(words MATCH '[^`]*')`", TEXT)
        assert conn.execute(f"SELECT count(*) FROM search WHERE {words.replace('调研', '项目')}").fetchone()[0] > 0


def test_documented_duckdb_runs(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as conn:
        found = re.findall(r"`(SELECT [^`]*read_parquet[^`]*)`", TEXT)
        assert found
        for one in found:
            rows = conn.sql(one).fetchall()
            assert {type(value).__name__ for _, value in rows} == {"Decimal"}, "exact"


def test_documented_views_are_those_that_are_there(folder: Path) -> None:
    with closing(sqlite3.connect("news.sqlite")) as conn:
        views = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")}
    assert views == set(re.findall(r"^\| `([a-z_]+)` \|", TEXT, re.M))
    assert tables - {"alembic_version", "sqlite_sequence"} <= set(re.findall(r"`([a-z_]+)`", TEXT))


def test_documented_job_is_one(folder: Path) -> None:
    for block in blocks("toml"):
        Path("job.toml").write_text(block, encoding="utf-8")
        job = load_job("job.toml")
        assert job.sink[1].no_text

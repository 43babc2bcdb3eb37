"""The SQLite file of a crawl's folder: archive index, frontier, runs, robots. Index and frontier change in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ljnews.errors import InputMalformed

NAME = "archive.sqlite"
VERSION = "1"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, what TEXT NOT NULL, since TEXT, rules TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, outcome TEXT
);
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, end INTEGER NOT NULL, head_sha256 TEXT NOT NULL);
CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, site TEXT, fetched_at TEXT NOT NULL,
  status INTEGER NOT NULL, reason TEXT NOT NULL, headers TEXT NOT NULL, mime TEXT NOT NULL, charset TEXT NOT NULL,
  sha256 TEXT NOT NULL, length INTEGER NOT NULL,
  file INTEGER NOT NULL REFERENCES files(id), offset INTEGER NOT NULL, size INTEGER NOT NULL, record_sha256 TEXT NOT NULL,
  canonical TEXT, same_as INTEGER REFERENCES captures(id), repost_of INTEGER REFERENCES captures(id),
  parent TEXT, part INTEGER NOT NULL DEFAULT 1,
  problem TEXT, message TEXT, damaged INTEGER NOT NULL DEFAULT 0,
  run INTEGER NOT NULL REFERENCES runs(id)
);
CREATE INDEX captures_key ON captures(key, id);
CREATE INDEX captures_sha ON captures(sha256);
CREATE INDEX captures_parent ON captures(parent, part) WHERE parent IS NOT NULL;
CREATE TABLE frontier (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('todo', 'flight', 'done', 'failed', 'skipped')),
  priority INTEGER NOT NULL, site TEXT, found_on TEXT, title TEXT, day TEXT, stamp TEXT,
  parent TEXT, part INTEGER NOT NULL DEFAULT 1, hops INTEGER NOT NULL DEFAULT 0, first_url TEXT,
  shape TEXT NOT NULL, page INTEGER NOT NULL DEFAULT 1,
  tries INTEGER NOT NULL DEFAULT 0, next_try REAL NOT NULL DEFAULT 0,
  error TEXT, message TEXT, capture INTEGER REFERENCES captures(id), etag TEXT, modified TEXT, seen INTEGER NOT NULL DEFAULT 0, run INTEGER NOT NULL
);
CREATE INDEX frontier_next ON frontier(host, state, priority, id);
CREATE INDEX frontier_state ON frontier(state, host);
CREATE INDEX frontier_shape ON frontier(shape, state);
CREATE TABLE robots (
  origin TEXT PRIMARY KEY, verdict TEXT NOT NULL, body BLOB NOT NULL, expires REAL NOT NULL, why TEXT NOT NULL
);
CREATE TABLE sketch (hash INTEGER NOT NULL, capture INTEGER NOT NULL REFERENCES captures(id), PRIMARY KEY (hash, capture)) WITHOUT ROWID;
CREATE TABLE shapes (shape TEXT PRIMARY KEY, stale INTEGER NOT NULL, closed TEXT);
"""


def connect(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the database of a crawl's folder; `create` makes it where it is missing. Raises InputMalformed where it is none."""
    path = folder / NAME
    if not create and not path.exists():
        raise InputMalformed(f"{folder}: no {NAME} in it; name a folder that `ljnews fetch` wrote", input=str(folder))
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.execute("PRAGMA foreign_keys=ON")
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name='meta'").fetchone():
            prepare(database)
        found = database.execute("SELECT value FROM meta WHERE key='version'").fetchone()
    except sqlite3.DatabaseError as error:
        database.close()
        raise InputMalformed(f"{path}: not a database of ours ({error})", input=str(path)) from error
    if found is None or found[0] != VERSION:
        database.close()
        raise InputMalformed(f"{path}: written by another version of ljnews", input=str(path))
    return database


def prepare(database: sqlite3.Connection) -> None:
    """Make all tables, or none."""
    database.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}INSERT INTO meta VALUES ('version', '{VERSION}');COMMIT;")  # noqa: S608


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:  # a full disk has rolled back already
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")

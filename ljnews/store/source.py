"""Open a store for reading: `open_source("facts.sqlite")`, a PostgreSQL address, or a file of records."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from ljnews.errors import InputMalformed, InputMissing, UsageError
from ljnews.records import ArticleRecord
from ljnews.store.database import Database
from ljnews.store.files import unpacked
from ljnews.store.reading import read_records
from ljnews.store.rows import Json
from ljnews.store.schema import done
from ljnews.store.sink import open_sink, safe

LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_GROUP = 100


def open_database(target: str | Path) -> Database:
    """Return a database that is there already; an older schema is migrated.

    Raises InputMissing where there is no such file, UsageError for what is no database.
    """
    name = str(target)
    if "://" not in name and not Path(name).exists():
        raise InputMissing(f"{name}: no such file; name a store that a run has written")
    sink = open_sink(name) if "://" in name or name.lower().endswith((".sqlite", ".sqlite3", ".db")) else None
    if not isinstance(sink, Database):
        hint = f"; load the records: ljnews export {name} --to NAME.sqlite" if name.lower().endswith(LINES) else ""
        raise UsageError(f"{safe(name)}: expected a database (NAME.sqlite or postgresql://…){hint}")
    return sink


def database_records(engine: sa.Engine, ids: list[str] | None = None) -> Iterator[tuple[Json, str]]:
    """Yield (record, hash of its page) for all articles in the order of their ids, or for some in the order given; live facts only."""
    for group in _groups(engine) if ids is None else (ids[n : n + _GROUP] for n in range(0, len(ids), _GROUP)):
        with engine.connect() as conn:
            hashes = {row.article_id: row.page_hash for row in conn.execute(sa.select(done).where(done.c.article_id.in_(group)))}
            records = {data["article"]["id"]: data for data in read_records(conn, group)}
        yield from ((records[id_], hashes[id_]) for id_ in group if id_ in records)


def _groups(engine: sa.Engine) -> Iterator[list[str]]:
    """Yield all article ids in groups, in order."""
    last = ""
    while True:
        with engine.connect() as conn:
            after = sa.select(done.c.article_id).where(done.c.article_id > last).order_by(done.c.article_id).limit(_GROUP)
            group = list(conn.scalars(after))
        if not group:
            return
        yield group
        last = group[-1]


def all_records(engine: sa.Engine) -> Iterator[ArticleRecord]:
    """Yield every record of a database, validated."""
    for data, _ in database_records(engine):
        yield ArticleRecord.model_validate(data)


def file_records(path: Path) -> Iterator[tuple[Json, str]]:
    """Yield (record, hash of its page) for the lines of a file of records."""
    if not path.exists():
        raise InputMissing(f"{path}: no such file; check the spelling")
    number = 1
    try:
        with unpacked(path) as file:
            for line in file:
                data: Any = orjson.loads(line)
                yield data, data["article"]["content_hash"][:32]
                number += 1
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise InputMalformed(f"{path}:{number}: not a record of ljnews ({error})", input=str(path), line=number) from error
    except (EOFError, gzip.BadGzipFile) as error:
        raise InputMalformed(f"{path}: not sound from line {number} on ({error})", input=str(path), line=number) from error

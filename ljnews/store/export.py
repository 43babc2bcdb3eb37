"""`export(store, to)`: give facts away, all of them or what changed since a moment, to a file or to another store.

A whole export is a snapshot: records (.jsonl), tables (.parquet, .csv, .xlsx) or rows (a database). With `since`, files hold one line per change
(added, changed, withdrawn), and a database gets the articles that changed. The cursor that comes back is where the next export begins.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from ljnews.errors import OutputExists, UsageError
from ljnews.store import tables
from ljnews.store.database import Database
from ljnews.store.feed import Change, compare, last_change, moment
from ljnews.store.files import name_file, one_writer, storage_errors, whole_file
from ljnews.store.privacy import citizens, mask, mask_strings, pattern
from ljnews.store.rows import TYPES, Json, Row, rows_of_data
from ljnews.store.schema import failures
from ljnews.store.sink import Item, Key, Recipe, open_sink, safe
from ljnews.store.source import LINES, database_records, file_records, open_database

# Articles per transaction when a whole store is loaded: nobody waits for it, larger groups cost less per row.
_GROUP = 256


@dataclass
class Exported:
    """What was given away, and the cursor for the next time."""

    cursor: str = ""
    articles: int = 0
    facts: int = 0
    changes: Counter[str] = field(default_factory=Counter)  # added, changed, withdrawn


@dataclass(frozen=True)
class _Wishes:
    """What is left out."""

    no_text: bool
    mask_citizens: bool

    def record(self, record: Json) -> Json:
        """Return a record as it may be given away."""
        given = mask(record, citizens(record)) if self.mask_citizens else record
        if self.no_text:
            given = given | {"article": given["article"] | {"text": None}}
        return given

    def change(self, change: Change, names: Iterable[str]) -> Change:
        """Return a change as it may be given away; `names` are the citizens of its article."""
        states = [change.article, change.before, change.after]
        if self.no_text and change.type == "article":
            states = [{k: v for k, v in one.items() if k != "text"} if one else one for one in states]
        found = pattern(names) if self.mask_citizens else None
        if found is not None:
            states = [mask_strings(one, found) for one in states]
        return Change(change.change, change.type, change.id, states[0] or {}, states[1], states[2])


def export(
    store: str | Path,
    to: str | Path,
    *,
    since: str | int | None = None,
    no_text: bool = False,
    mask_citizens: bool = False,
    force: bool = False,
    raw_csv: bool = False,
    cursor_file: Path | None = None,
) -> Exported:
    """Give the facts of a store (a database, or a file of records) to a target and return what was given.

    `since` is a run, a time or a cursor. `cursor_file` holds the cursor from one time to the next: it is read where it is there, and written when
    all is given; files that follow a cursor hold changes, the first one all facts as added. `no_text` leaves article texts out, `mask_citizens`
    hides citizens' names, `raw_csv` leaves formula-like cells as they are.
    """
    wishes = _Wishes(no_text, mask_citizens)
    if since is None and cursor_file is not None:
        since = cursor_file.read_text(encoding="utf-8").strip() if cursor_file.exists() else None if _is_database(str(to)) else "seq:0"
    with _turn(str(to)):
        made = _export(store, to, since, wishes, force=force, raw_csv=raw_csv)
    if cursor_file is not None:
        with storage_errors(str(cursor_file)), whole_file(cursor_file) as part:
            part.write_text(made.cursor + "\n", encoding="utf-8")
    return made


def _turn(to: str) -> AbstractContextManager[None]:
    """Wait until no other process writes the same file; databases see to that themselves."""
    return nullcontext() if to == "-" or _is_database(to) else one_writer(Path(to))


def _export(store: str | Path, to: str | Path, since: str | int | None, wishes: _Wishes, *, force: bool, raw_csv: bool) -> Exported:
    """Give all, or what changed since a moment."""
    if str(store).lower().endswith(LINES):
        if since is not None:
            raise UsageError(f"{store}: a file of records has no runs; export from the database that holds them")
        return _snapshot(file_records(Path(store)), to, wishes, force=force, raw_csv=raw_csv, failed=())
    database = open_database(store)
    try:
        if _same(database, str(to)):
            raise UsageError(f"{database.target}: is the store itself; name another place")
        with database.reading() as conn:
            cursor = f"seq:{last_change(conn)}"
            start = None if since is None else moment(conn, since)
        if start is None:
            made = _snapshot(database_records(database.engine), to, wishes, force=force, raw_csv=raw_csv, failed=_failures(database))
        else:
            made = _feed(database, start, int(cursor.removeprefix("seq:")), to, wishes, force=force, raw_csv=raw_csv)
    finally:
        database.close()
    made.cursor = cursor
    return made


def _failures(database: Database) -> Iterable[Row]:
    with database.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(failures).order_by(failures.c.article_id, failures.c.page_hash))]


def _is_database(to: str) -> bool:
    return "://" in to or to.lower().endswith((".sqlite", ".sqlite3", ".db"))


def _same(database: Database, to: str) -> bool:
    """Say whether a target is the database itself."""
    own = str(getattr(database, "path", database.target))
    return safe(to) == database.target if "://" in to or "://" in own else Path(to).resolve() == Path(own).resolve()


def _fresh(to: str | Path, force: bool) -> Path:
    path = Path(to)
    if path.exists() and not force and str(to) != "-":
        raise OutputExists(f"{to} is there already; name another file or add --force")
    return path


# --- whole stores


def _snapshot(
    records: Iterator[tuple[Json, str]], to: str | Path, wishes: _Wishes, *, force: bool, raw_csv: bool, failed: Iterable[Row]
) -> Exported:
    told = Exported()
    if _is_database(str(to)):
        _to_database(records, str(to), wishes, told)
        return told
    path = _fresh(to, force)
    given = _counted((wishes.record(record) for record, _ in records), told)
    name = path.name.lower()
    if name == "-" or name.endswith(LINES):
        _lines(given, path)
    elif name.endswith(".parquet"):
        _parquet(given, path, failed)
    elif name.endswith(".csv"):
        from ljnews.store.sinks.csv import write_table

        write_table(tables.FACTS, (row for record in given for row in tables.fact_rows(record)), path, raw=raw_csv)
    elif name.endswith(".xlsx"):
        _xlsx(list(given), path, list(failed))
    else:
        raise UsageError(f"{to}: expected .jsonl (.gz, .zst), .parquet, .csv, .xlsx, - or a database")
    return told


def _counted(records: Iterable[Json], told: Exported) -> Iterator[Json]:
    for record in records:
        told.articles += 1
        told.facts += sum(len(record[type_]) for type_ in TYPES)
        yield record


def _lines(values: Iterable[Any], path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    if str(path) == "-":
        sys.stdout.buffer.writelines(orjson.dumps(value) + b"\n" for value in values)
        return
    with storage_errors(str(path)):
        with part.open("wb") as file:
            file.writelines(orjson.dumps(value) + b"\n" for value in values)
        name_file(part, path)


def _rows(record: Json) -> Any:
    """Return a record's rows; a text left out is an empty one."""
    article = record["article"]
    return rows_of_data(record | {"article": article | {"text": article["text"] or ""}})


def _parquet(records: Iterable[Json], path: Path, failed: Iterable[Row]) -> None:
    from ljnews.store.sinks.parquet import Folder

    folder = Folder(path)
    for record in records:
        folder.writer.add_record(_rows(record))
    folder.writer.add(tables.TABLES[-1], None, failed)
    folder.finish(tables.TABLES, {"schema_version": "1.0"})


def _xlsx(records: list[Json], path: Path, failed: list[Row]) -> None:
    from ljnews.store.sinks.xlsx import write_tables

    grouped: dict[str, list[Row]] = {"failures": failed}
    for record in records:
        for name, row in tables.table_rows(_rows(record)):
            grouped.setdefault(name, []).append(row)
    facts = (row for record in records for row in tables.fact_rows(record))
    write_tables([(tables.FACTS, facts), *((table, grouped.get(table.name, [])) for table in tables.TABLES)], path)


def _to_database(records: Iterator[tuple[Json, str]], to: str, wishes: _Wishes, told: Exported) -> None:
    sink = open_sink(to)
    try:
        sink.begin("export", Recipe("", "", "", "", ""))
        held: list[Item] = []

        def store() -> None:
            told.changes.update(sink.write(held))
            held.clear()

        for record, page_hash in records:
            given = next(_counted([wishes.record(record)], told))
            key = Key(given["article"]["id"], page_hash, given["article"]["input"])
            held.append(Item(key, body=_rows(given)))
            if len(held) >= _GROUP:
                store()
        store()
        sink.end("done", {"articles": told.articles, **told.changes}, {})
    finally:
        sink.close()


# --- what changed


def _feed(database: Database, start: int, end: int, to: str | Path, wishes: _Wishes, *, force: bool, raw_csv: bool) -> Exported:
    told = Exported()
    with database.reading() as conn:
        changed = _given(database, compare(conn, start, end), wishes, told)
        if _is_database(str(to)):
            ids = list(dict.fromkeys(change.article["id"] for change in compare(conn, start, end)))
            _to_database(database_records(database.engine, ids), str(to), wishes, told)
            return told
        path = _fresh(to, force)
        name = path.name.lower()
        if name == "-" or name.endswith(LINES):
            _lines((_line(change) for change in changed), path)
        elif name.endswith((".parquet", ".csv", ".xlsx")):
            _change_table((tables.change_row(change) for change in changed), path, raw_csv)
        else:
            raise UsageError(f"{to}: expected .jsonl (.gz, .zst), .parquet, .csv, .xlsx, - or a database")
    return told


def _given(database: Database, changed: Iterable[Change], wishes: _Wishes, told: Exported) -> Iterator[Change]:
    """Count the changes and leave out what is not to be given."""
    last, names = "", list[str]()
    for change in changed:
        if change.article["id"] != last:
            last = change.article["id"]
            told.articles += 1
            names = _citizens(database, last) if wishes.mask_citizens else []
        told.facts += int(change.type != "article")
        told.changes[change.change] += 1
        own = [fact["name"] for fact in (change.before, change.after) if fact and fact.get("kind") == "citizen"]
        yield wishes.change(change, [*names, *own])


def _citizens(database: Database, article_id: str) -> list[str]:
    """Return every citizen's name that an article has or had."""
    from ljnews.store.schema import people

    with database.reading() as conn:
        return list(conn.scalars(sa.select(people.c.name).where(people.c.article_id == article_id, people.c.kind == "citizen")))


def _line(change: Change) -> Json:
    article = {k: change.article[k] for k in ("id", "url", "title", "published_at", "source", "input")}
    told = {"change": change.change, "type": change.type, "id": change.id, "rule": change.rule, "article": article}
    return told | {"before": change.before, "after": change.after}


def _change_table(rows: Iterable[Row], path: Path, raw_csv: bool) -> None:
    if path.suffix.lower() == ".csv":
        from ljnews.store.sinks.csv import write_table

        write_table(tables.CHANGES, rows, path, raw=raw_csv)
    elif path.suffix.lower() == ".xlsx":
        from ljnews.store.sinks.xlsx import write_tables

        write_tables([(tables.CHANGES, rows)], path)
    else:
        from ljnews.store.sinks.parquet import Folder

        folder = Folder(path)
        folder.writer.add(tables.CHANGES, None, rows)
        folder.finish([tables.CHANGES], {"schema_version": "1.0"})

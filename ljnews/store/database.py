"""What SQLite and PostgreSQL sinks share: which rows to write for a group of results.

Main method: `Database.write`. In one transaction, alone among writers: read what is known of these articles, compare, write only what
differs, note each difference in `changes`, write the `done` rows. Doing it twice is doing it once; so a group whose commit has an unknown
outcome is simply written again. A subclass brings the engine, the bulk insert and the names of its errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from ljnews.records import ArticleRecord
from ljnews.store import schema
from ljnews.store.privacy import Hashes, recognised, without_person
from ljnews.store.reading import read_records
from ljnews.store.rows import Row, Rows, failure_row, json_text, record_of_rows, rows_of
from ljnews.store.schema import articles, changes, done, facts, failures, forgotten, runs, sections
from ljnews.store.search import refresh, unindex
from ljnews.store.sink import Item, Key, Known, Recipe, safe

FACT_TABLES = [t for t in schema.CONTENT if t is not sections]


def now() -> str:
    """Return the present time, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass
class Plan:
    """Rows to write for one group of results."""

    run_id: int
    rows: dict[str, list[Row]] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)  # articles that were there already
    fresh_sections: list[str] = field(default_factory=list)  # articles whose sections are written anew
    rewritten: list[tuple[str, str]] = field(default_factory=list)  # facts whose rows make room for new ones
    superseded: list[tuple[str, str]] = field(default_factory=list)
    purged: list[tuple[str, str]] = field(default_factory=list)
    kept: list[dict[str, str]] = field(default_factory=list)  # articles of which only the page's bytes changed
    solved: list[dict[str, str]] = field(default_factory=list)  # articles whose success ends their failures
    readable: list[dict[str, str]] = field(default_factory=list)  # inputs that could not be read earlier
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows of a table."""
        self.rows.setdefault(table, []).extend(rows)

    def change(self, article_id: str, type_: str, fact_id: str, change: str, before: Any = None) -> None:
        """Note a change for the feed."""
        said = None if before is None else json_text(before)
        self.add("changes", [(self.run_id, article_id, type_, fact_id, change, said)])


class Database:
    """Base of the database sinks."""

    keyed = True
    encode = staticmethod(rows_of)

    def __init__(self, target: str, engine: sa.Engine, *, search: bool) -> None:
        self.target = safe(target)
        self.engine = engine
        self.search = search
        self.run_id = 0
        self.recipe = Recipe("", "", "", "", "")
        self._unread: set[str] | None = None  # inputs that earlier runs could not read

    # --- what a subclass brings

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Return a transaction that no other writer shares; errors of the driver come out as ours."""
        raise NotImplementedError

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Return a connection to read with; errors of the driver come out as ours."""
        raise NotImplementedError

    def insert(self, conn: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
        """Write rows of a table, over rows with the same key."""
        raise NotImplementedError

    def retrying(self, work: Callable[[], Any]) -> Any:
        """Run a piece of work that may be run again."""
        return work()

    # --- the sink

    def begin(self, job: str, recipe: Recipe) -> int:
        """Open a run and return its number."""
        self.recipe, self._unread = recipe, None
        empty = _json(self.engine, {})
        row = {
            "job": job, "state": "running", "started_at": now(), "version": recipe.version, "rules_hash": recipe.rules_hash,
            "lexicon_hash": recipe.lexicon_hash, "pipeline": recipe.pipeline, "counts": empty, "seconds": empty,
        }  # fmt: skip
        self.run_id = self.retrying(lambda: self._begin(row))
        return self.run_id

    def _begin(self, row: dict[str, Any]) -> int:
        with self.writing() as conn:
            return int(conn.scalars(sa.insert(runs).values(row).returning(runs.c.id)).one())

    def known(self, keys: Sequence[Key]) -> dict[Key, Known]:
        """Return what is held already of these pages: their failure with the same bytes, else the article that is done."""
        found: dict[Key, Known] = self.retrying(lambda: self._known(keys))
        return found

    def _known(self, keys: Sequence[Key]) -> dict[Key, Known]:
        ids = [key.id for key in keys]
        found: dict[Any, Known] = {}
        with self.reading() as conn:
            for row in conn.execute(_DONE, {"ids": ids}):
                found[row.article_id] = Known(row.page_hash, row.rules_hash, row.lexicon_hash, row.pipeline, row.input, row.reading_hash)
            for row in conn.execute(_FAILED, {"ids": ids}):
                found[row.article_id, row.page_hash] = Known(
                    row.page_hash, row.rules_hash, row.lexicon_hash, row.pipeline, row.input, failed=True
                )
        both = ((key, found.get((key.id, key.page_hash)) or found.get(key.id)) for key in keys)
        return {key: known for key, known in both if known}

    def write(self, items: Sequence[Item]) -> Counter[str]:
        """Store results in one transaction; return how many facts were added, changed, withdrawn."""
        counts: Counter[str] = self.retrying(lambda: self._write(items))
        return counts

    def _write(self, items: Sequence[Item]) -> Counter[str]:
        plan = Plan(self.run_id)
        with self.writing() as conn:
            if self._unread is None:
                self._unread = set(conn.scalars(_UNREAD))
            items = self._remembering(conn, items)
            held = _Held(conn, [item.key.id for item in items if item.failure is None])
            for item in items:
                if item.failure is not None:
                    made_with = (self.recipe.rules_hash, self.recipe.lexicon_hash, self.recipe.pipeline)
                    plan.add("failures", [failure_row(item.key.id, item.key.page_hash, item.failure, made_with)])
                elif item.kept:
                    plan.kept.append({"article": item.key.id, "page": item.key.page_hash, "content": item.body})
                elif item.body is not None:
                    self._plan_article(plan, item, held)
            self._apply(conn, plan)
        return plan.counts

    def _remembering(self, conn: sa.Connection, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items without the names that were forgotten."""
        hashes: dict[bool, list[tuple[str, str, int]]] = {True: [], False: []}
        for row in conn.execute(sa.select(forgotten)):
            hashes[row.officials_too].append((row.hash, row.salt, row.length))
        return [_forgetting(item, hashes[True], hashes[False]) for item in items] if any(hashes.values()) else items

    def compact(self) -> None:
        """Rewrite the store, so that what was deleted is gone from its files."""
        raise NotImplementedError

    def touch(self, inputs: Iterable[Key]) -> None:
        """Keep the smallest name among the places that an article came from."""
        names = [{"key": key.id, "hash": key.page_hash, "name": key.input} for key in inputs]
        if names:
            self.retrying(lambda: self._execute((_TOUCH_ARTICLE, names), (_TOUCH_FAILURE, names)))

    def _execute(self, *statements: tuple[Any, Any]) -> None:
        with self.writing() as conn:
            for statement, values in statements:
                conn.execute(statement, values)

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Close the run and freshen the search index."""
        if self.search and state == "done":
            self.retrying(lambda: refresh(self))
        last = sa.select(sa.func.coalesce(sa.func.max(changes.c.seq), 0)).scalar_subquery()
        row = {"state": state, "ended_at": now(), "last_change": last}
        row |= {"counts": _json(self.engine, counts), "seconds": _json(self.engine, seconds)}
        self.retrying(lambda: self._execute((sa.update(runs).where(runs.c.id == self.run_id).values(row), None)))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    # --- planning

    def _done_row(self, item: Item, rows: Rows) -> Row:
        return (item.key.id, self.run_id, item.key.page_hash, rows.reading_hash, *rows.producer, self.recipe.pipeline)

    def _plan_article(self, plan: Plan, item: Item, held: _Held) -> None:
        rows: Rows = item.body
        before = held.done.get(item.key.id)
        article = rows.article
        if before is not None and before.page_hash == item.key.page_hash:  # the same page from two places: the smaller name stands
            article = (article[0], min(article[1], before.input), *article[2:])
        plan.add("articles", [article])
        plan.add("done", [self._done_row(item, rows)])
        plan.solved.append({"article": item.key.id})
        places = {item.key.input, item.key.input.rpartition(":")[0]}  # a line of a table shows that the table can be read, too
        plan.readable += [{"place": place} for place in sorted(places & (self._unread or set()))]
        if before is None:
            plan.add("sections", rows.sections)
            for table, listed in rows.tables.items():
                plan.add(table, listed)
            plan.add("facts", ((item.key.id, id_, *told, None) for id_, told in rows.facts.items()))
            plan.change(item.key.id, "article", item.key.id, "added")
            plan.counts["added"] += len(rows.facts)
            return
        plan.known.append(item.key.id)
        if before.reading_hash != rows.reading_hash:
            plan.fresh_sections.append(item.key.id)
            plan.add("sections", rows.sections)
            plan.change(item.key.id, "article", item.key.id, "changed", held.record(item.key.id)["article"])
        self._plan_facts(plan, item, held)

    def _plan_facts(self, plan: Plan, item: Item, held: _Held) -> None:
        """Compare an article's facts with those that stand, by id and hash."""
        rows: Rows = item.body
        id_ = item.key.id
        old = held.facts.get(id_, {})
        fresh = set()
        for fact_id, told in rows.facts.items():
            was = old.get(fact_id)
            if was == told:
                plan.counts["unchanged"] += 1
                continue
            fresh.add(fact_id)
            plan.add("facts", [(id_, fact_id, *told, None)])
            if was is None:
                if fact_id in held.superseded.get(id_, ()):
                    plan.rewritten.append((id_, fact_id))
                plan.change(id_, told[0], fact_id, "added")
                plan.counts["added"] += 1
                continue
            plan.rewritten.append((id_, fact_id))
            if was[2] != told[2]:
                plan.change(id_, told[0], fact_id, "changed", held.fact(id_, was[0], fact_id))
                plan.counts["changed"] += 1
        for fact_id, was in old.items():
            if fact_id not in rows.facts:
                (plan.purged if item.replaces else plan.superseded).append((id_, fact_id))
                plan.change(id_, was[0], fact_id, "withdrawn", held.fact(id_, was[0], fact_id))
                plan.counts["withdrawn"] += 1
        for table, listed in rows.tables.items():
            plan.add(table, (row for row in listed if row[1] in fresh))

    def _apply(self, conn: sa.Connection, plan: Plan) -> None:
        if plan.known:
            unindex(conn, plan.known)
        if plan.fresh_sections:
            conn.execute(sa.delete(sections).where(sections.c.article_id.in_(plan.fresh_sections)))
        leaving = plan.rewritten + plan.purged
        if leaving:
            conn.execute(_DELETE_FACT, [{"article": a, "fact": f} for a, f in leaving])
        if plan.superseded:
            conn.execute(_SUPERSEDE, [{"article": a, "fact": f, "run": plan.run_id} for a, f in plan.superseded])
        if plan.solved:
            conn.execute(_SOLVED, plan.solved)
        if plan.readable:
            conn.execute(_READABLE, plan.readable)
        if plan.kept:
            conn.execute(_KEPT_PAGE, plan.kept)
            conn.execute(_KEPT_CONTENT, plan.kept)
        for table in (articles, sections, *FACT_TABLES, done, failures, changes):
            if rows := plan.rows.get(table.name):
                self.insert(conn, table, rows)


def _forgetting(item: Item, everywhere: Hashes, but_officials: Hashes) -> Item:
    """Return an item without the persons whose names were forgotten; some of them are spared where they are officials."""
    if not isinstance(item.body, Rows):
        return item
    names = recognised(item.body.text, everywhere)
    if private := recognised(item.body.text, but_officials) - names:
        named = {"".join(official["name"].split()) for official in record_of_rows(item.body)["officials"]}
        names |= private - named
    if not names:
        return item
    return replace(item, body=rows_of(ArticleRecord.model_validate(without_person(record_of_rows(item.body), names))))


class _Held:
    """What the database holds of a group's articles, read inside the writing transaction; whole records only when a change needs them."""

    def __init__(self, conn: sa.Connection, ids: list[str]) -> None:
        self.conn = conn
        self.done = {row.article_id: row for row in conn.execute(_DONE, {"ids": ids})} if ids else {}
        self.facts: dict[str, dict[str, tuple[str, int, str]]] = {}
        self.superseded: dict[str, set[str]] = {}
        self._records: dict[str, dict[str, Any]] = {}
        if self.done:
            for row in conn.execute(_FACTS, {"ids": list(self.done)}):
                if row.superseded_by is None:
                    self.facts.setdefault(row.article_id, {})[row.id] = (row.type, row.no, row.hash)
                else:
                    self.superseded.setdefault(row.article_id, set()).add(row.id)

    def record(self, article_id: str) -> dict[str, Any]:
        """Return the record that stands."""
        if not self._records:
            self._records = {data["article"]["id"]: data for data in read_records(self.conn, list(self.done))}
        return self._records[article_id]

    def fact(self, article_id: str, type_: str, fact_id: str) -> dict[str, Any]:
        """Return a fact as it stands."""
        return next(f for f in self.record(article_id)[type_] if f["id"] == fact_id)


_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_DONE = sa.select(done, articles.c.input).join(articles, articles.c.id == done.c.article_id).where(done.c.article_id.in_(_IDS))
_FAILED = sa.select(failures).where(failures.c.article_id.in_(_IDS), failures.c.retryable.is_(False))
_FACTS = sa.select(facts).where(facts.c.article_id.in_(_IDS))
_THIS_FACT = (facts.c.article_id == sa.bindparam("article")) & (facts.c.id == sa.bindparam("fact"))
_DELETE_FACT = sa.delete(facts).where(_THIS_FACT)
_SUPERSEDE = sa.update(facts).where(_THIS_FACT).values(superseded_by=sa.bindparam("run"))
_SOLVED = sa.delete(failures).where(failures.c.article_id == sa.bindparam("article"), failures.c.error != "DuplicateId")
_UNREAD = sa.select(failures.c.input).where(failures.c.stage.in_(("input", "fetch")))
_READABLE = sa.delete(failures).where(failures.c.input == sa.bindparam("place"), failures.c.stage.in_(("input", "fetch")))
_KEPT_PAGE = sa.update(done).where(done.c.article_id == sa.bindparam("article")).values(page_hash=sa.bindparam("page"))
_KEPT_CONTENT = sa.update(articles).where(articles.c.id == sa.bindparam("article")).values(content_hash=sa.bindparam("content"))
_TOUCH_ARTICLE = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("key"), articles.c.input > sa.bindparam("name"))
    .values(input=sa.bindparam("name"))
)
_TOUCH_FAILURE = (
    sa.update(failures)
    .where(
        failures.c.article_id == sa.bindparam("key"), failures.c.page_hash == sa.bindparam("hash"), failures.c.input > sa.bindparam("name")
    )
    .values(input=sa.bindparam("name"))
)


def _json(engine: sa.Engine, value: Any) -> Any:
    """JSON for a column: the value itself for PostgreSQL, its text for SQLite."""
    return json_text(value) if engine.dialect.name == "sqlite" else value

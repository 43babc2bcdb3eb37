"""`query(store, …)`: answers to common questions as plain rows: the facts of a person, a project, a place, a period, a word.

Every row says what the fact is, where it stands and in which article. Conditions add up; each is a value, never a piece of SQL.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ljnews.errors import UsageError
from ljnews.store.database import Database
from ljnews.store.rows import TYPES
from ljnews.store.schema import Day, amounts, articles, evidence, facts, failures, officials, people, posts, projects, runs, targets
from ljnews.store.search import asked_words, matching, refresh, search
from ljnews.store.source import open_database

Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked. Names match in part (`person="张"` finds 张明远); `since` and `until` are days of publication, inclusive."""

    person: str | None = None
    project: str | None = None
    place: str | None = None
    measure: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    search: str | None = None
    article: str | None = None
    limit: int | None = 100


def query(store: str | Path, question: Question) -> list[Row]:
    """Return the live facts that a question asks for, newest article first; a search by words alone gives the articles too, before them.

    Raises UsageError for an unknown fact type, InputMissing where there is no such store.
    """
    shown: dict[str, Any] = {k: v.replace("\x00", "\u2400") for k, v in asdict(question).items() if isinstance(v, str)}
    question = replace(question, **shown)
    if question.type is not None and question.type not in TYPES:
        raise UsageError(f"{question.type!r}: expected one of {', '.join(TYPES)}")
    database = open_database(store)
    try:
        if question.search is not None:
            _freshen(database)
        by_words, by_string = _Words(database.engine.dialect.name), _Strings()
        return _answers(database, question, by_words) or (
            _answers(database, question, by_string) if asked_words(question.search or "") else []
        )
    finally:
        database.close()


def _answers(database: Database, question: Question, found: _Words | _Strings) -> list[Row]:
    """Return the rows that a question asks for; `found` says how its words are looked for."""
    asked = [_facts(question, found)]
    if question.search and not any((question.type, question.person, question.project, question.place, question.measure)):
        asked.insert(0, _articles(question, found))
    with database.reading() as conn:
        rows = [_plain(row) for one in asked for row in conn.execute(one).mappings()]
    return rows[: question.limit]


class _Words:
    """Words looked for in the full-text index."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect

    def articles(self, words: str) -> sa.ColumnElement[bool]:
        """The article holds all words."""
        return articles.c.id.in_(sa.select(search.c.article_id).where(matching(self.dialect, words), search.c.fact_id.is_(None)))

    def facts(self, words: str) -> sa.ColumnElement[bool]:
        """The fact holds all words."""
        found = sa.select(search.c.article_id, search.c.fact_id).where(matching(self.dialect, words), search.c.fact_id.is_not(None))
        return sa.tuple_(facts.c.article_id, facts.c.id).in_(found)


class _Strings:
    """Strings looked for as they stand, between the question's spaces: what the index cut elsewhere."""

    def articles(self, words: str) -> sa.ColumnElement[bool]:
        """The article's text holds all strings."""
        return sa.and_(sa.true(), *(_has(articles.c.text, part) for part in words.split()))

    def facts(self, words: str) -> sa.ColumnElement[bool]:
        """The fact's first evidence, or what it measures, holds all strings."""
        told = (evidence.c.text, amounts.c.measure, amounts.c.subject)
        parts = (sa.or_(*(_has(column, part) for column in told)) for part in words.split())
        return sa.and_(sa.true(), *parts)


def list_failures(store: str | Path) -> list[Row]:
    """Return all pages and inputs that gave no record, in the order of their names."""
    database = open_database(store)
    try:
        columns = [failures.c[name] for name in ("input", "input_id", "url", "stage", "error", "message", "retryable", "article_id")]
        with database.reading() as conn:
            return [_plain(row) for row in conn.execute(sa.select(*columns).order_by(failures.c.input, failures.c.article_id)).mappings()]
    finally:
        database.close()


def list_runs(store: str | Path) -> list[Row]:
    """Return all runs, oldest first."""
    database = open_database(store)
    try:
        with database.reading() as conn:
            return [_plain(row) for row in conn.execute(sa.select(runs).order_by(runs.c.id)).mappings()]
    finally:
        database.close()


def _freshen(database: Database) -> None:
    """Take new articles into the index, where the store can be written."""
    from ljnews.errors import OutputUnwritable

    try:
        refresh(database)
    except OutputUnwritable:
        return


def _plain(row: Any) -> Row:
    return {
        k: v if v is None or isinstance(v, str | int | dict | list) else format(v, "f") if hasattr(v, "as_tuple") else str(v)
        for k, v in row.items()
    }


def _articles(question: Question, found: _Words | _Strings) -> sa.Select[Any]:
    """Select the articles that hold all words of a question, in the shape of the facts."""
    columns = {name: sa.null() for name in _COLUMNS} | {"type": sa.literal("article"), "said": articles.c.title, **_OF_ARTICLE}
    return _dated(sa.select(*(value.label(name) for name, value in columns.items())).where(found.articles(question.search or "")), question)


def _facts(question: Question, found: _Words | _Strings) -> sa.Select[Any]:
    """Select the live facts that a question asks for."""
    chosen = sa.select(*(value.label(name) for name, value in _COLUMNS.items())).select_from(_FROM).where(facts.c.superseded_by.is_(None))
    if question.type:
        chosen = chosen.where(facts.c.type == question.type)
    if question.person:
        name = question.person
        chosen = chosen.where(sa.or_(_has(officials.c.name, name), _has(people.c.name, name), _has(targets.c.speaker, name)))
    if question.project:
        chosen = chosen.where(sa.or_(_has(projects.c.name, question.project), _has(_host.c.name, question.project)))
    if question.measure:
        chosen = chosen.where(_has(amounts.c.measure, question.measure))
    if question.place:
        posted = posts.select().where(_of(posts), _at(posts, question.place) | _has(posts.c.organization_resolved, question.place))
        chosen = chosen.where(sa.or_(_at(projects, question.place), _at(articles, question.place), posted.exists()))
    if question.search:
        chosen = chosen.where(found.facts(question.search))
    return _dated(chosen, question)


def _dated(chosen: sa.Select[Any], question: Question) -> sa.Select[Any]:
    """Bound by day and article, newest first."""
    if question.since:
        chosen = chosen.where(articles.c.published_on >= _day(question.since))
    if question.until:
        chosen = chosen.where(articles.c.published_on <= _day(question.until))
    if question.article:
        chosen = chosen.where(
            sa.or_(articles.c.id == question.article, articles.c.url == question.article, articles.c.input == question.article)
        )
    order = [articles.c.published_on.desc().nulls_last(), articles.c.id]
    return chosen.order_by(*order, sa.text("type"), sa.text("start_offset"), sa.text("fact_id")).limit(question.limit)


def _day(value: str) -> Any:
    """A day, in the type of the column (text in SQLite, date in PostgreSQL)."""
    try:
        return sa.cast(sa.literal(date.fromisoformat(value).isoformat(), sa.Text()), Day)
    except ValueError as error:
        raise UsageError(f"{value!r}: expected a day as 2022-08-05") from error


def _has(column: Any, part: str) -> sa.ColumnElement[bool]:
    """The column holds a string; its % and _ are themselves."""
    return sa.func.coalesce(column, "").contains(part, autoescape=True)


def _at(table: Any, place: str) -> sa.ColumnElement[bool]:
    """The row is of a place of this name, or in the division of this code (510000 holds 511300, which holds 511302)."""
    if not re.fullmatch(r"[0-9]{2,6}", place):
        return _has(table.c.place_name, place)
    return sa.func.coalesce(table.c.place_adcode, "").startswith(re.sub(r"(00){1,2}$", "", place) if len(place) == 6 else place)


def _of(table: Any) -> Any:
    return (table.c.article_id == facts.c.article_id) & (table.c.fact_id == facts.c.id)


_host = projects.alias("host")  # the project that an amount or a target belongs to
_FROM = (
    facts.join(articles, articles.c.id == facts.c.article_id)
    .join(evidence, _of(evidence) & (evidence.c.part == "fact") & (evidence.c.no == 0))
    .outerjoin(officials, _of(officials))
    .outerjoin(people, _of(people))
    .outerjoin(projects, _of(projects))
    .outerjoin(amounts, _of(amounts))
    .outerjoin(targets, _of(targets))
    .outerjoin(
        _host,
        (_host.c.article_id == facts.c.article_id) & (_host.c.fact_id == sa.func.coalesce(amounts.c.project_id, targets.c.project_id)),
    )
)
_OF_ARTICLE: dict[str, Any] = {
    "published_on": articles.c.published_on, "article_title": articles.c.title, "source": articles.c.source, "url": articles.c.url,
    "article_id": articles.c.id,
}  # fmt: skip
_COLUMNS: dict[str, Any] = {
    "published_on": articles.c.published_on,
    "type": facts.c.type,
    "said": sa.func.coalesce(officials.c.name, people.c.name, projects.c.name, amounts.c.surface, targets.c.text),
    "posts": sa.select(sa.func.aggregate_strings(posts.c.post, "、")).where(_of(posts)).correlate(facts).scalar_subquery(),
    "kind": sa.func.coalesce(people.c.kind, amounts.c.kind, targets.c.kind),
    "status": projects.c.status,
    "measure": amounts.c.measure,
    **{name: amounts.c[name] for name in ("value", "lower", "upper", "unit", "approximation")},
    "day_from": sa.func.coalesce(amounts.c.period_from, targets.c.deadline_from),
    "day_to": sa.func.coalesce(amounts.c.period_to, targets.c.deadline_to),
    "project": _host.c.name,
    "speaker": targets.c.speaker,
    "evidence": evidence.c.text,
    "sentence": sa.func.substr(articles.c.text, evidence.c.sentence_start + 1, evidence.c.sentence_end - evidence.c.sentence_start),
    "rule": evidence.c.rule,
    "start_offset": evidence.c.start_offset,
    "end_offset": evidence.c.end_offset,
    "article_title": articles.c.title,
    "source": articles.c.source,
    "url": articles.c.url,
    "article_id": articles.c.id,
    "fact_id": facts.c.id,
}

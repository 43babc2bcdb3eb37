"""Read records back from a database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ljnews.store import schema
from ljnews.store.rows import TYPES, record_of

_PARTS = ("posts", "project_attributes", "target_outcomes")
_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)


def read_records(conn: sa.Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the JSON data of the records of articles, in the order of their ids; live facts only."""
    found = {row["id"]: row for row in _all(conn, _ARTICLES, ids)}
    ledger = {row["article_id"]: row for row in _all(conn, _DONE, ids)}
    sections = _by_article(_all(conn, _SECTIONS, ids))
    tables = {name: _by_article(_all(conn, query, ids)) for name, query in _QUERIES.items()}
    return [
        record_of(found[id_], ledger[id_], sections.get(id_, []), {name: rows.get(id_, []) for name, rows in tables.items()})
        for id_ in sorted(set(found) & set(ledger))
    ]


def _all(conn: sa.Connection, query: sa.Select[Any], ids: Sequence[str]) -> list[dict[str, Any]]:
    return [dict(row) for row in conn.execute(query, {"ids": list(ids)}).mappings()]


def _by_article(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def _live(name: str) -> sa.Select[Any]:
    """Select the rows of a fact table whose fact is live, in list order."""
    table, facts = schema.metadata.tables[name], schema.facts
    own = [facts.c.no] if name in TYPES else [table.c.fact_id, *(table.c[c] for c in ("part", "part_no", "no") if c in table.c)]
    return (
        sa.select(table)
        .join(facts, (facts.c.article_id == table.c.article_id) & (facts.c.id == table.c.fact_id))
        .where(table.c.article_id.in_(_IDS), facts.c.superseded_by.is_(None))
        .order_by(table.c.article_id, *own)
    )


_ARTICLES = sa.select(schema.articles).where(schema.articles.c.id.in_(_IDS))
_DONE = sa.select(schema.done).where(schema.done.c.article_id.in_(_IDS))
_SECTIONS = (
    sa.select(schema.sections).where(schema.sections.c.article_id.in_(_IDS)).order_by(schema.sections.c.article_id, schema.sections.c.no)
)
_QUERIES = {name: _live(name) for name in (*TYPES, *_PARTS, "evidence")}

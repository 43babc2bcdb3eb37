"""`forget(store, name)`: a person asks to be forgotten.

In every article that names the person, the name is masked in the text, in all facts and in what earlier changes kept; the facts that are the
person are deleted, superseded ones too, and told downstream as withdrawn. Only a salted hash of the name is kept, so that a later extraction
forgets it again (and spares articles where it is an official's, unless it was to be forgotten there too). Then the file is rewritten, so that
no freed page keeps the name.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from ljnews.errors import UsageError
from ljnews.records import ArticleRecord
from ljnews.store.database import Database, now
from ljnews.store.privacy import mask_strings, name_hash, pattern, without_person
from ljnews.store.reading import read_records
from ljnews.store.rows import json_text, rows_of
from ljnews.store.schema import articles, changes, done, facts, failures, forgotten, officials, people
from ljnews.store.sink import Item, Key, Recipe

_GROUP = 50


@dataclass
class Forgotten:
    """What was done: articles rewritten, facts deleted, articles left alone because the name is an official's there."""

    articles: int = 0
    facts: int = 0
    left: int = 0


def forget(database: Database, name: str, *, officials_too: bool = False) -> Forgotten:
    """Forget a person's name; articles in which it is an official's are left alone unless asked for.

    Raises UsageError for a name of fewer than two characters.
    """
    squeezed = "".join(name.split())
    found = pattern([squeezed])
    if found is None:
        raise UsageError(f"{name!r}: expected a name of two characters or more")
    told, spared = Forgotten(), list[str]()
    database.begin("forget", Recipe("", "", "", "", ""))
    for group in _groups(database, squeezed):
        items = []
        for record, page_hash in group:
            if not officials_too and any(official["name"] == squeezed for official in record["officials"]):
                spared.append(record["article"]["id"])
                continue
            article = record["article"]
            left = ArticleRecord.model_validate(without_person(record, [squeezed]))
            items.append(Item(Key(article["id"], page_hash, article["input"]), body=rows_of(left), replaces=True))
        told.articles += len(items)
        _drop_superseded(database, [item.key.id for item in items])
        told.facts += database.write(items)["withdrawn"]
    _scrub(database, squeezed, spared)
    told.left = len(spared)
    _remember(database, squeezed, officials_too)
    database.end("done", {"articles": told.articles, "withdrawn": told.facts}, {})
    database.compact()
    return told


def _remember(database: Database, name: str, officials_too: bool) -> None:
    """Keep the name's hash, once. One salt a store: a later article is searched once for all names of a length, not once for each."""
    with database.writing() as conn:
        salt = conn.scalar(sa.select(forgotten.c.salt).limit(1)) or secrets.token_hex(8)
        same = forgotten.c.hash == name_hash(name, salt)
        officials_too = officials_too or bool(conn.scalar(sa.select(forgotten.c.officials_too).where(same)))
        conn.execute(sa.delete(forgotten).where(same))
        row = {"hash": name_hash(name, salt), "salt": salt, "length": len(name), "forgotten_at": now(), "officials_too": officials_too}
        conn.execute(sa.insert(forgotten).values(row))


def _groups(database: Database, name: str) -> Iterator[list[tuple[dict[str, Any], str]]]:
    """Yield groups of records that name the person, with the hashes of their pages."""
    named = [sa.select(table.c.article_id).where(table.c.name == name) for table in (people, officials)]
    shown = (articles.c.text, articles.c.input, articles.c.url, articles.c.source, articles.c.title)
    stands = sa.select(articles.c.id).where(sa.or_(*(_squeezed(column).contains(name, autoescape=True) for column in shown)))
    with database.reading() as conn:
        ids = sorted(set(conn.scalars(sa.union(stands, *named))))
    for start in range(0, len(ids), _GROUP):
        group = ids[start : start + _GROUP]
        with database.reading() as conn:
            hashes = dict(conn.execute(sa.select(done.c.article_id, done.c.page_hash).where(done.c.article_id.in_(group))).all())
            yield [(record, hashes[record["article"]["id"]]) for record in read_records(conn, group)]


def _drop_superseded(database: Database, ids: list[str]) -> None:
    """Delete the superseded facts of articles: their words are not masked."""
    with database.writing() as conn:
        conn.execute(sa.delete(facts).where(facts.c.article_id.in_(ids), facts.c.superseded_by.is_not(None)))


def _scrub(database: Database, name: str, spared: list[str]) -> None:
    """Mask the name in what earlier changes and failures kept, except in articles that are left alone."""
    found = pattern([name])
    assert found is not None
    with database.writing() as conn:
        kept = sa.select(changes.c.seq, changes.c.before).where(_squeezed(changes.c.before).contains(name, autoescape=True))
        for seq, before in conn.execute(kept.where(changes.c.article_id.not_in(spared))).all():
            masked = json_text(mask_strings(orjson.loads(before), found))
            conn.execute(sa.update(changes).where(changes.c.seq == seq).values(before=masked))
        told = _squeezed(failures.c.message).contains(name, autoescape=True) | _squeezed(failures.c.input).contains(name, autoescape=True)
        for row in conn.execute(sa.select(failures).where(told)).all():
            key = (failures.c.article_id == row.article_id) & (failures.c.page_hash == row.page_hash)
            masked_row = {"message": mask_strings(row.message, found), "input": mask_strings(row.input, found)}
            conn.execute(sa.update(failures).where(key).values(masked_row))


def _squeezed(column: sa.Column[str]) -> sa.ColumnElement[str]:
    """The column without spaces: a name may be printed with them."""
    return sa.func.replace(sa.func.replace(column, " ", ""), "\u3000", "", type_=sa.Text)

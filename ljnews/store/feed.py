"""What changed between two moments: the feed for downstream, and the difference between two runs.

Main function: `compare`. Moments are numbers of `changes`. For every article touched in between, the present record is read and its later changes
are undone, once to each moment; the two states are compared. So a fact that was added and changed is told once, one that came and went is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from ljnews.errors import StoreMismatch, UsageError
from ljnews.store.reading import read_records
from ljnews.store.rows import TYPES
from ljnews.store.schema import changes, runs

Json = dict[str, Any]
_GROUP = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are the fact's JSON (None where there is none); `article` is the article's own part."""

    change: str  # added, changed, withdrawn
    type: str  # article, or a fact type
    id: str
    article: Json
    before: Json | None
    after: Json | None

    @property
    def rule(self) -> str | None:
        """The rule of the fact's first evidence."""
        proof = first_evidence(self.after or self.before or {})
        return proof["rule"] if proof else None


def first_evidence(fact: Json) -> Json | None:
    """Return the evidence that names a fact."""
    found = fact.get("evidence")
    return found[0] if isinstance(found, list) and found else found or None


def moment(conn: sa.Connection, since: str | int) -> int:
    """Return the change number that a run (`17`), a cursor (`seq:4711`) or a time (`2022-08-05`, UTC with a time of day) stands for.

    A run stands for its end. A time stands for the last change before the first run that was still going then, so nothing after it is missed.
    """
    name = str(since)
    if cursor := re.fullmatch(r"seq:(\d+)", name):
        return int(cursor[1])
    if name.isdigit():
        row = conn.execute(sa.select(runs.c.last_change, runs.c.state).where(runs.c.id == int(name))).one_or_none()
        if row is None:
            raise StoreMismatch(f"run {name} is not in the store; `ljnews query STORE --runs` lists them")
        if row.last_change is None:
            return _last(conn, int(name))
        return int(row.last_change)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|\+00:00)?)?", name):
        raise UsageError(f"{name!r}: expected a run number, a cursor (seq:4711) or a time (2022-08-05 or 2022-08-05T12:00, UTC)")
    later = sa.select(runs.c.id).where(sa.or_(runs.c.ended_at.is_(None), runs.c.ended_at >= name.replace(" ", "T")))
    first = conn.scalar(sa.select(sa.func.min(changes.c.seq)).where(changes.c.run_id.in_(later)))
    return last_change(conn) if first is None else int(first) - 1


def _last(conn: sa.Connection, run: int) -> int:
    """Return the last change of a run that did not end in order."""
    return int(conn.scalar(sa.select(sa.func.coalesce(sa.func.max(changes.c.seq), 0)).where(changes.c.run_id <= run)) or 0)


def last_change(conn: sa.Connection) -> int:
    """Return the number of the last change."""
    return int(conn.scalar(sa.select(sa.func.coalesce(sa.func.max(changes.c.seq), 0))) or 0)


def compare(conn: sa.Connection, since: int, until: int | None = None) -> Iterator[Change]:
    """Yield what differs between two moments (`until` None: the present), article by article in the order of their first change."""
    last = until if until is not None else last_change(conn)
    first = sa.func.min(changes.c.seq)
    touched = (
        sa.select(changes.c.article_id).where(changes.c.seq > since, changes.c.seq <= last).group_by(changes.c.article_id).order_by(first)
    )
    ids = list(conn.scalars(touched))
    for start in range(0, len(ids), _GROUP):
        group = ids[start : start + _GROUP]
        records = {data["article"]["id"]: data for data in read_records(conn, group)}
        log: dict[str, list[Any]] = {}
        for row in conn.execute(_LOG, {"ids": group, "since": since}):
            log.setdefault(row.article_id, []).append(row)
        for id_ in group:
            state = _State(records.get(id_))
            state.undo(log[id_], last)
            after = state.copy()
            state.undo(log[id_], since)
            yield from _differences(state, after)


class _State:
    """An article and its facts at a moment."""

    def __init__(self, record: Json | None) -> None:
        self.article: Json | None = record["article"] if record else None
        self.facts: dict[str, tuple[str, Json]] = {f["id"]: (t, f) for t in TYPES for f in record[t]} if record else {}
        self.undone: set[int] = set()

    def copy(self) -> _State:
        """Return the same state, to be undone no further."""
        twin = _State(None)
        twin.article, twin.facts = self.article, dict(self.facts)
        return twin

    def undo(self, log: Iterable[Any], moment: int) -> None:
        """Take back the changes after a moment (the log is newest first)."""
        for row in log:
            if row.seq <= moment or row.seq in self.undone:
                continue
            self.undone.add(row.seq)
            before = orjson.loads(row.before) if row.before is not None else None
            if row.type == "article":
                self.article = before
                if before is None:
                    self.facts = {}
            elif before is None:
                self.facts.pop(row.fact_id, None)
            else:
                self.facts[row.fact_id] = (row.type, before)


def _differences(before: _State, after: _State) -> Iterator[Change]:
    article = after.article or before.article
    if article is None:
        return
    if before.article != after.article:
        yield Change(_told(before.article, after.article), "article", article["id"], article, before.article, after.article)
    order = {type_: n for n, type_ in enumerate(TYPES)}
    both = {**before.facts, **after.facts}
    for id_, (type_, fact) in sorted(
        both.items(), key=lambda one: (order[one[1][0]], (first_evidence(one[1][1]) or {"start": 0})["start"], one[0])
    ):
        old, new = (state.facts[id_][1] if id_ in state.facts else None for state in (before, after))
        if old != new:
            yield Change(_told(old, new), type_, fact["id"], article, old, new)


def _told(before: Json | None, after: Json | None) -> str:
    return "added" if before is None else "withdrawn" if after is None else "changed"


_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_LOG = sa.select(changes).where(changes.c.article_id.in_(_IDS), changes.c.seq > sa.bindparam("since")).order_by(changes.c.seq.desc())

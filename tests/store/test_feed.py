"""Feeds, differences between runs, masks, and forgetting a name."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ljnews.errors import StoreMismatch, UsageError
from ljnews.records import ArticleRecord
from ljnews.store import privacy, schema
from ljnews.store.feed import compare, last_change, moment
from ljnews.store.forget import forget
from ljnews.store.privacy import mask
from ljnews.store.sink import open_sink
from ljnews.store.source import all_records
from tests.store.made import item, record
from tests.store.test_sinks import store


def told(sink: Any, since: str | int, until: str | int | None = None) -> list[tuple[str, str]]:
    with sink.engine.connect() as conn:
        last = moment(conn, until) if until is not None else None
        return [(c.type, c.change) for c in compare(conn, moment(conn, since), last)]


def test_feed_between_runs_each_difference_is_told_once(database: Any) -> None:
    store(database, [item(record(1)), item(record(2))])
    store(database, [item(record(1, change="measure")), item(record(2))])
    store(database, [item(record(1, change="gone")), item(record(2)), item(record(3))])
    assert told(database, 1, 2) == [("amounts", "changed")]
    assert told(database, 2, 3)[:2] == [("people", "withdrawn"), ("amounts", "changed")]
    assert told(database, 1, 3)[0] == ("people", "withdrawn"), "changed and changed back is no change"
    assert told(database, 1, 3)[1] == ("article", "added")
    assert {kind for _, kind in told(database, "seq:0")} == {"added"}
    assert told(database, 3) == []
    assert told(database, 3, 1) == []


def test_feed_a_change_carries_both_states_and_its_rule(database: Any) -> None:
    store(database, [item(record(1))])
    store(database, [item(record(1, change="measure"))])
    with database.engine.connect() as conn:
        (change,) = compare(conn, moment(conn, 1))
    assert (change.before or {})["measure"] == "总投资"
    assert (change.after or {})["measure"] == "计划总投资"
    assert change.rule == "amount.money"
    assert change.before == record(1).model_dump(mode="json")["amounts"][0]


def test_feed_following_cursors_misses_nothing_and_tells_nothing_twice(database: Any) -> None:
    cursor, seen = "seq:0", []
    for group in ([record(1)], [record(2), record(1, change="gone")], [record(3), record(2, change="measure")]):
        store(database, [item(r) for r in group])
        with database.engine.connect() as conn:
            since = moment(conn, cursor)
            seen += [(c.id, c.change) for c in compare(conn, since)]
            cursor = f"seq:{last_change(conn)}"
    standing: set[str] = set()
    for id_, change in seen:
        assert (change == "added") == (id_ not in standing)
        (standing.discard if change == "withdrawn" else standing.add)(id_)
    live = {f.id for r in all_records(database.engine) for f in (*r.officials, *r.people, *r.amounts, *r.projects, *r.targets)}
    assert standing == live | {r.article.id for r in all_records(database.engine)}


def test_feed_times_are_bounded_by_sequence_not_by_the_clock(database: Any) -> None:
    store(database, [item(record(1))])
    store(database, [item(record(2))])
    with database.writing() as conn:  # the clock went back an hour before the second run, and another one is in the year 9999
        conn.execute(sa.update(schema.runs).where(schema.runs.c.id == 1).values(ended_at="2024-02-29T12:00:00.000+00:00"))
        conn.execute(sa.update(schema.runs).where(schema.runs.c.id == 2).values(ended_at="2024-02-29T11:00:00.000+00:00"))
    assert len(told(database, "2024-02-29T11:30")) == 2 * len(told(database, 1))
    assert told(database, "9999-12-31") == []


@pytest.mark.parametrize(("name", "error"), [("99", StoreMismatch), ("yesterday", UsageError), ("seq:x", UsageError)])
def test_feed_unknown_moments_are_refused(database: Any, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        told(database, name)


def test_privacy_masked_citizens_leave_a_valid_record() -> None:
    data = record(1).model_dump(mode="json")
    hidden = ArticleRecord.model_validate(mask(data, ["张小禾"]))
    assert "张小禾" not in hidden.model_dump_json()
    assert [p.name for p in hidden.people] == ["李𬭎", "张某某"]
    assert len(hidden.article.text) == len(record(1).article.text)


def test_privacy_names_with_spaces_are_found() -> None:
    data = record(1).model_dump(mode="json")
    data["article"]["keywords"] = ["张 小　禾"]
    assert mask(data, ["张小禾"])["article"]["keywords"] == ["张 某　某"]


def test_forget_leaves_no_trace_and_stays_forgotten(database: Any) -> None:
    store(database, [item(record(1)), item(record(2))])
    store(database, [item(record(1, change="gone"))])
    done = forget(database, "张小禾")
    assert (done.articles, done.facts, done.left) == (2, 1, 0)
    assert _traces(database, "张小禾") == 0
    kinds = told(database, 2)
    assert kinds.count(("people", "withdrawn")) == 1
    again = store(database, [item(record(1)), item(record(2))])
    assert again["added"] == 0
    assert _traces(database, "张小禾") == 0
    for r in all_records(database.engine):
        assert "张某某" in r.article.text


def test_forget_spares_officials_unless_asked(database: Any) -> None:
    store(database, [item(record(1))])
    name = record(1).officials[0].name
    assert forget(database, name).left == 1
    assert next(all_records(database.engine)).officials[0].name == name
    assert forget(database, name, officials_too=True).articles == 1
    assert _traces(database, name) == 0


def test_forget_spares_officials_in_later_extractions_too(database: Any) -> None:
    """An official whose name was forgotten as a private person's is not withdrawn by the next extraction of the page."""
    name = record(1).officials[0].name
    store(database, [item(record(1))])
    assert forget(database, name).left == 1
    again = store(database, [item(record(1, change="measure"))])
    assert (again["withdrawn"], again["changed"]) == (0, 1)
    assert next(all_records(database.engine)).officials[0].name == name
    forget(database, name, officials_too=True)
    store(database, [item(record(1))])
    assert next(all_records(database.engine)).officials == []
    assert _traces(database, name) == 0


def test_forget_looks_for_all_names_of_a_store_together(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten forgotten names of one length cost a later page as many hashes as one."""
    for n in range(10):
        forget(database, "丁小" + chr(0x4E00 + n))
    hashed: list[str] = []
    real = privacy.name_hash

    def counted(name: str, salt: str) -> str:
        hashed.append(name)
        return real(name, salt)

    monkeypatch.setattr(privacy, "name_hash", counted)
    store(database, [item(record(1))])
    assert 0 < len(hashed) <= len(record(1).article.text)


def _traces(sink: Any, name: str) -> int:
    """Count the rows and, in SQLite, the bytes of the file that still hold a name."""
    with sink.engine.connect() as conn:
        rows = sum(name in repr(row) for t in schema.metadata.sorted_tables for row in conn.execute(sa.select(t)))
    if sink.engine.dialect.name != "sqlite":
        return rows
    files = [p for p in Path(sink.path).parent.iterdir() if p.name.startswith(Path(sink.path).name)]
    return rows + sum(p.read_bytes().count(name.encode()) for p in files)


def test_search_finds_words_in_articles_and_evidence(database: Any) -> None:
    from ljnews.store.search import matching, search

    store(database, [item(record(n)) for n in range(5)])

    def found(question: str) -> list[tuple[str, str | None]]:
        with database.engine.connect() as conn:
            rows = conn.execute(sa.select(search.c.article_id, search.c.fact_id).where(matching(database.engine.dialect.name, question)))
            return [tuple(row) for row in rows]

    assert len([1 for _, fact in found("产业园") if fact is None]) == 5
    assert {fact for _, fact in found("建成投产")} >= {record(n).targets[0].id for n in range(5)}
    assert found("完全不存在的词语") == []
    assert found("'; DROP TABLE search; --") == []
    assert found('" OR "') == []
    store(database, [item(record(1, change="title"))])
    assert [a for a, fact in found("更正") if fact is None] == [record(1).article.id]
    assert len([1 for _, fact in found("产业园") if fact is None]) == 5


def test_store_opens_in_plain_sqlite(tmp_path: Path) -> None:
    sink = open_sink(tmp_path / "facts.sqlite")
    store(sink, [item(record(n)) for n in range(3)])
    sink.close()
    assert not list(tmp_path.glob("*-wal")), "the WAL is folded in when the last connection closes"
    with sqlite3.connect(tmp_path / "facts.sqlite") as conn:
        told = "\n".join(sql for (sql,) in conn.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        assert "总投资" not in told
        assert "/* 姓名 · name */" in told
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)

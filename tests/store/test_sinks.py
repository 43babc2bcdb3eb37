"""One contract for all database sinks: what goes in comes out, twice is once, what changes is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ljnews.records import ArticleRecord, Failure
from ljnews.store import schema
from ljnews.store.sink import Item, Key, open_sink
from ljnews.store.source import all_records
from tests.store.made import RECIPE, item, record

BOOKKEEPING = {"runs", "done", "changes", "alembic_version"}


def store(sink: Any, items: Sequence[Item], job: str = "test") -> Any:
    """Run a group of items through a sink."""
    sink.begin(job, RECIPE)
    counts = sink.write(items)
    sink.end("done", {}, {})
    return counts


def content(sink: Any) -> dict[str, list[Any]]:
    """Return all rows of all content tables, sorted."""
    with sink.engine.connect() as conn:
        tables = [t for t in schema.metadata.sorted_tables if t.name not in BOOKKEEPING]
        return {t.name: sorted(map(repr, conn.execute(sa.select(t)).all())) for t in tables}


def changes(sink: Any) -> list[tuple[str, str]]:
    with sink.engine.connect() as conn:
        return [
            tuple(row) for row in conn.execute(sa.select(schema.changes.c.type, schema.changes.c.change).order_by(schema.changes.c.seq))
        ]


def test_sinks_every_record_comes_back_byte_for_byte(database: Any) -> None:
    made = [record(n) for n in range(30)]
    store(database, [item(r) for r in made])
    back = {r.article.id: r.model_dump_json() for r in all_records(database.engine)}
    assert back == {r.article.id: r.model_dump_json() for r in made}


def test_sinks_decimals_are_exact_and_never_floats(database: Any) -> None:
    precise = ("1.1", "0.3333", "98765432109876543210.123456789012345678901", "-0.5", "1E2")
    for n, value in enumerate(precise[:-1]):
        data = record(n).model_dump(mode="json")
        data["amounts"][1]["value"] = value
        store(database, [item(ArticleRecord.model_validate(data))])
    back = sorted(r.amounts[1].value or "" for r in all_records(database.engine))
    assert back == sorted(precise[:-1])
    with database.engine.connect() as conn:
        kinds = {type(v).__name__ for v in conn.scalars(sa.select(schema.amounts.c.value)) if v is not None}
    assert kinds <= {"str", "Decimal"}


def test_sinks_writing_twice_changes_nothing(database: Any) -> None:
    items = [item(record(n)) for n in range(10)]
    first = store(database, items)
    before, told = content(database), changes(database)
    again = store(database, items)
    assert first["added"] == sum(sum(i.facts.values()) for i in items)
    assert (again["added"], again["changed"], again["withdrawn"]) == (0, 0, 0)
    assert (content(database), changes(database)) == (before, told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("measure", [("amounts", "changed")]),
        ("gone", [("people", "withdrawn")]),
        ("new", [("amounts", "added")]),
    ],
)
def test_sinks_a_change_is_told_once_and_the_rest_stays(database: Any, change: str, told: list[tuple[str, str]]) -> None:
    store(database, [item(record(1))])
    store(database, [item(record(1, change=change))])
    assert changes(database) == [("article", "added"), *told]
    assert [r.model_dump_json() for r in all_records(database.engine)] == [record(1, change=change).model_dump_json()]


def test_sinks_a_vanished_fact_is_superseded_by_its_run_and_can_come_back(database: Any) -> None:
    store(database, [item(record(1))])
    store(database, [item(record(1, change="gone"))])
    with database.engine.connect() as conn:
        gone = conn.execute(
            sa.select(schema.facts.c.type, schema.facts.c.superseded_by).where(schema.facts.c.superseded_by.is_not(None))
        ).all()
        assert [tuple(row) for row in gone] == [("people", 2)]
        assert conn.scalar(sa.select(sa.func.count()).select_from(schema.people)) == 2, "the row is still there to be read"
    store(database, [item(record(1))])
    assert [r.model_dump_json() for r in all_records(database.engine)] == [record(1).model_dump_json()]
    assert changes(database)[-2:] == [("people", "withdrawn"), ("people", "added")]


def test_sinks_a_changed_article_is_told_and_its_sections_follow(database: Any) -> None:
    store(database, [item(record(1))])
    store(database, [item(record(1, change="title"))])
    assert [r.model_dump_json() for r in all_records(database.engine)] == [record(1, change="title").model_dump_json()]
    assert ("article", "changed") in changes(database)


def test_sinks_known_tells_what_is_done_and_what_failed(database: Any) -> None:
    good, bad = item(record(1)), Key("0" * 16, "b" * 32, "pages/bad.html")
    failure = Failure(input=bad.input, input_id=None, url=None, stage="layout", error="NoArticle", message="没有正文\x00", retryable=False)
    later = Key("1" * 16, "c" * 32, "pages/later.html")
    retry = failure.model_copy(update={"input": later.input, "retryable": True})
    store(database, [good, Item(bad, failure=failure), Item(later, failure=retry)])
    known = database.known([good.key, bad, later])
    assert known[good.key].made_with(RECIPE)
    assert known[good.key].page_hash == good.key.page_hash
    assert not known[good.key].failed
    assert known[bad].failed
    assert later not in known, "what may succeed later is tried again"


def test_sinks_success_ends_an_earlier_failure(database: Any) -> None:
    good = item(record(1))
    failure = Failure(input="x", input_id=None, url=None, stage="facts", error="Defect(KeyError)", message="x", retryable=False)
    store(database, [Item(good.key, failure=failure)])
    store(database, [good])
    with database.engine.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(schema.failures)) == 0


@pytest.mark.parametrize("line", ["", ":4"])
def test_sinks_an_input_that_can_be_read_at_last_ends_its_failure(database: Any, line: str) -> None:
    """The failure of a file, or of a line of it, has no article; it ends when an article comes from there."""
    made = record(1).model_copy(update={"article": record(1).article.model_copy(update={"input": f"pages/news.jsonl{line}"})})
    failed = [(Key(f"{n:016}", "c" * 32, name), name) for n, name in enumerate(("pages/news.jsonl", "pages/other.jsonl"))]
    items = [
        Item(key, failure=Failure(input=name, input_id=None, url=None, stage="input", error="InputEmpty", message="x", retryable=False))
        for key, name in failed
    ]
    store(database, items)
    store(database, [item(made)])
    with database.engine.connect() as conn:
        assert list(conn.scalars(sa.select(schema.failures.c.input))) == ["pages/other.jsonl"]


def test_sinks_an_article_named_by_two_inputs_keeps_the_smaller_name(database: Any) -> None:
    one = item(record(1))
    store(database, [one])
    database.touch([Key(one.key.id, one.key.page_hash, "pages/z.html"), Key(one.key.id, one.key.page_hash, "pages/00000.html")])
    assert next(all_records(database.engine)).article.input == "pages/00000.html"


def test_sinks_nul_and_hostile_strings_are_values_like_any_other(database: Any) -> None:
    hostile = "'; DROP TABLE articles; -- % \x00 ｛｝ \\ \" 𬭎\t\r"
    data = record(1).model_dump(mode="json")
    data["article"] |= {"title": hostile, "source": hostile, "url": hostile, "keywords": [hostile]}
    data["amounts"][0] |= {"measure": hostile, "subject": hostile}
    data["projects"][0] |= {"name": hostile, "aliases": [hostile]}
    store(database, [item(ArticleRecord.model_validate(data))])
    back = next(all_records(database.engine))
    shown = hostile.replace("\x00", "␀")
    assert (back.article.title, back.article.keywords, back.amounts[0].measure, back.projects[0].aliases) == (
        shown,
        [shown],
        shown,
        [shown],
    )


def test_sinks_a_rejected_row_leaves_nothing_of_its_group(database: Any) -> None:
    from ljnews.errors import StoreError

    good, bad = item(record(1)), item(record(2))
    bad.body.tables["amounts"] = [(*row[:3], "no such kind", *row[4:]) for row in bad.body.tables["amounts"]]
    database.begin("test", RECIPE)
    with pytest.raises(StoreError):
        database.write([good, bad])
    assert list(all_records(database.engine)) == []


def test_sinks_two_names_of_a_database_are_one(new_database: Callable[[], str]) -> None:
    target = new_database()
    one, two = open_sink(target), open_sink(target)
    store(one, [item(record(1))])
    assert two.known([item(record(1)).key])
    one.close()
    two.close()


def test_sinks_evidence_stands_in_the_text_and_its_sentence(database: Any) -> None:
    store(database, [item(record(n)) for n in range(5)])
    with database.engine.connect() as conn:
        rows = conn.execute(sa.text("SELECT evidence, sentence, said, type FROM fact_sentences")).all()
        texts = {row.id: row.text for row in conn.execute(sa.select(schema.articles))}
        spans = conn.execute(sa.select(schema.evidence)).all()
    assert len(rows) == 5 * 7
    assert all(evidence in sentence and "\n" not in sentence for evidence, sentence, _, _ in rows)
    assert all(texts[s.article_id][s.start_offset : s.end_offset] == s.text for s in spans)


def test_sinks_jsonl_holds_the_records_in_order(tmp_path: Path) -> None:
    made = [record(n) for n in range(5)]
    sink: Any = open_sink(tmp_path / "out.jsonl")
    store(sink, [item(r, encode=sink.encode) for r in made])
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [r.model_dump(mode="json") for r in made]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl"]

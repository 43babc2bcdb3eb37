"""Questions: of a person, a project, a place, a period, a word; in both databases; values are never SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljnews.errors import UsageError
from ljnews.records import Failure
from ljnews.store.query import Question, list_failures, list_runs, query
from ljnews.store.sink import Item, Key, open_sink
from tests.store.made import item, record
from tests.store.test_sinks import store


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One filled store of each kind for all questions."""
    where = (
        request.getfixturevalue("server").fresh() if request.param == "postgres" else str(tmp_path_factory.mktemp("query") / "facts.sqlite")
    )
    sink = open_sink(where)
    store(sink, [item(record(n)) for n in range(12)])
    store(sink, [item(record(1, change="gone"))])
    sink.close()
    return str(where)


@pytest.mark.parametrize(
    ("asked", "count", "types"),
    [
        ({"person": "钱明远"}, 2, {"officials"}),
        ({"person": "张小禾"}, 11, {"people"}),
        ({"project": "青禾3号"}, 3, {"projects", "amounts", "targets"}),
        ({"place": "临川3县", "type": "officials"}, 2, {"officials"}),
        ({"since": "2022-11-01", "until": "2022-12-31", "type": "targets"}, 2, {"targets"}),
        ({"measure": "占地", "limit": 5}, 5, {"amounts"}),
        ({"search": "建成投产", "type": "targets"}, 12, {"targets"}),
        ({"search": "总投资", "type": "amounts"}, 12, {"amounts"}),
        ({"search": "重点项目", "limit": 12}, 12, {"article"}),
        ({"search": "重点项目推进", "limit": 12}, 12, {"article"}),
        ({"search": "目总投", "type": "amounts"}, 0, set()),
        ({"search": "亿元", "type": "amounts"}, 12, {"amounts"}),
        ({"search": "临川3县推 日报", "limit": 12}, 0, set()),
        ({"search": "县推进重", "limit": 30}, 12, {"article"}),
        ({"place": "510000", "type": "projects"}, 12, {"projects"}),
        ({"place": "51", "type": "projects"}, 12, {"projects"}),
        ({"place": "510100", "type": "officials"}, 12, {"officials"}),
        ({"place": "520000"}, 0, set()),
        ({"article": "pages/00004.html"}, 7, {"officials", "people", "amounts", "projects", "targets"}),
        ({"person": "%"}, 0, set()),
        ({"search": "，。!"}, 0, set()),
    ],
)  # fmt: skip
def test_query_answers_common_questions(target: str, asked: dict[str, Any], count: int, types: set[str]) -> None:
    rows = query(target, Question(**asked))
    assert len(rows) == count
    assert {row["type"] for row in rows} == types
    assert all(isinstance(v, str | int | None) for row in rows for v in row.values())
    assert all(row["evidence"] in row["sentence"] for row in rows if row["type"] != "article")
    assert [row["published_on"] for row in rows] == sorted((row["published_on"] for row in rows), reverse=True)


def test_query_rows_say_who_what_where(target: str) -> None:
    (row,) = query(target, Question(person="钱明远", until="2022-02-28"))
    assert (row["said"], row["posts"], row["published_on"], row["article_title"]) == (
        "钱明远",
        "县委书记",
        "2022-02-05",
        "临川1县推进重点项目",
    )


def test_query_finds_a_word_that_the_text_holds_inside_a_longer_one(target: str) -> None:
    from ljnews.store.search import asked_words, words

    assert "污水处理" not in words("污水处理厂扩建"), "the cut of a text depends on what follows"
    assert set(asked_words("污水处理")) <= set(words("污水处理厂扩建"))
    assert asked_words("处理厂") == ["处理", "处理厂"], "a word that shorter ones do not make up is asked for"


def test_query_lists_failures(new_database: Callable[[], str]) -> None:
    where = new_database()
    sink = open_sink(where)
    key = Key("0" * 16, "b" * 32, "pages/bad.html")
    failure = Failure(input=key.input, input_id=None, url=None, stage="layout", error="NoArticle", message="没有正文", retryable=False)
    store(sink, [Item(key, failure=failure), item(record(1))])
    sink.close()
    assert [(row["input"], row["error"], row["message"]) for row in list_failures(where)] == [("pages/bad.html", "NoArticle", "没有正文")]


def test_query_lists_runs(target: str) -> None:
    assert [(row["id"], row["state"]) for row in list_runs(target)] == [(1, "done"), (2, "done")]


@pytest.mark.parametrize("asked", [{"type": "facts"}, {"since": "last week"}, {"until": "2022-13-01"}])
def test_query_refuses_what_it_does_not_know(target: str, asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        query(target, Question(**asked))


PIECES = [*"'\";-%_()*&|!:<> 张明远项目𬭎＂＇", "\\", "\t", "\x00", "--", " OR ", " AND ", " NEAR ", "DROP TABLE facts"]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(st.sampled_from(("person", "project", "place", "measure", "search", "article")), HOSTILE)
@settings(max_examples=80, deadline=None)
def test_query_hostile_strings_are_values(target: str, field: str, hostile: str) -> None:
    assert len(query(target, Question(**{field: hostile, "limit": 3}))) <= 3
    assert len(query(target, Question(person="张小禾"))) == 11

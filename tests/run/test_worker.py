"""A worker's pages go through the stages side by side; each gives what it gives alone."""

from __future__ import annotations

from typing import Any

from ljnews.records import Page
from ljnews.run.pipeline import pipeline
from ljnews.run.worker import Task, do, side_by_side
from ljnews.store.rows import rows_of
from ljnews.store.sink import Item, Key
from tests.store.made import page


def _tasks() -> list[Task]:
    pages = [*(page(n, f"本县完成投资{n}亿元。市委书记罗淮蓉调研。") for n in range(1, 4)), Page(input="empty.html"), page(4)]
    return [Task(Key(str(n), "hash", one.input), one) for n, one in enumerate(pages)]


def _told(item: Item) -> tuple[Any, ...]:
    return item.key, item.body, item.failure, item.kept, item.facts


def test_worker_side_by_side_and_alone_are_the_same() -> None:
    tasks = _tasks()
    together = dict(side_by_side(tasks, pipeline(), rows_of))
    assert {n: _told(item) for n, item in together.items()} == {n: _told(do(task, pipeline(), rows_of)) for n, task in enumerate(tasks)}
    assert [n for n, item in together.items() if item.failure is not None] == [3]


def test_worker_tells_whose_turn_it_is_and_what_each_stage_took() -> None:
    turns: list[int] = []
    items = dict(side_by_side(_tasks(), pipeline(), rows_of, lambda n, _: turns.append(n)))
    assert turns[:8] == [0, 1, 2, 3, 4, 0, 1, 2], "stage by stage"
    assert set(items[0].seconds) == {"layout", "facts", "encode"}
    assert set(items[3].seconds) == {"layout"}, "it went no further"


def test_worker_what_did_not_change_is_kept() -> None:
    task = _tasks()[0]
    first = do(task, pipeline(), rows_of)
    again = do(Task(task.key, task.page, first.body.reading_hash), pipeline(), rows_of)
    assert again.kept
    assert again.body == first.body.article[-2], "the content hash"

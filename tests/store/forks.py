"""Runs in forked children, with records made before, so that kills by the dozen cost seconds."""

from __future__ import annotations

import contextlib
import copy
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from ljnews.records import ArticleRecord, Page
from ljnews.run.batch import key_of, recipe_of
from ljnews.store import schema
from ljnews.store.rows import record_of_rows, rows_of
from ljnews.store.sink import Item, open_sink
from tests.store.made import page, record

BOOKKEEPING = {"runs", "done", "changes", "alembic_version"}
BODIES: dict[str, Any] = {}


class Prepared:
    """Stands in for the workers: every page's record is there already."""

    def __init__(self, workers: int = 1, encode: Any = rows_of, **_more: Any) -> None:
        self.encode = encode

    def run(self, tasks: Iterable[Any], *, ordered: bool = False, stopped: Callable[[], bool] = lambda: False) -> Iterator[Item]:
        for task in tasks:
            if stopped():
                return
            rows = copy.copy(BODIES[task.key.id])
            rows.article = (rows.article[0], task.key.input, *rows.article[2:])
            body = rows if self.encode is rows_of else self.encode(ArticleRecord.model_validate(record_of_rows(rows)))
            yield Item(task.key, body=body, facts={"amounts": len(rows.facts)}, replaces=task.replaces)

    def close(self) -> None:
        pass


def prepared_pages(count: int) -> list[Page]:
    """Return pages whose records are prepared."""
    made = [page(n) for n in range(count)]
    recipe = recipe_of()
    for n, one in enumerate(made):
        id_ = key_of(one).id
        if id_ not in BODIES:
            data = record(n).model_dump(mode="json")
            data["article"] |= {"id": id_, "input": one.input, "input_id": one.input_id}
            data["producer"] |= {"rules_hash": recipe.rules_hash, "lexicon_hash": recipe.lexicon_hash}
            BODIES[id_] = rows_of(ArticleRecord.model_validate(data))
    return made


def content(target: str) -> dict[str, list[str]]:
    """Return all rows of all content tables, sorted, and what the feed told, its order left out."""
    sink: Any = open_sink(target)
    with sink.engine.connect() as conn:
        tables = [t for t in schema.metadata.sorted_tables if t.name not in BOOKKEEPING]
        found = {t.name: sorted(map(repr, conn.execute(sa.select(t)).all())) for t in tables}
        told = conn.execute(sa.select(schema.changes.c.type, schema.changes.c.fact_id, schema.changes.c.change)).all()
        found["told"] = sorted(map(repr, told))
    sink.close()
    return found


def forked(work: Callable[[], Any]) -> int:
    """Run some work in a forked child; return its pid. The child's status is 3 for a typed error of ours."""
    from ljnews.errors import LjnewsError

    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except LjnewsError:
            code = 3
        finally:
            os._exit(code)
    return pid


def finished(pid: int) -> int:
    """Wait for a child; return its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_after(work: Callable[[], Any], seconds: float) -> int:
    """Run some work in a child and kill it after a while; return how it ended."""
    pid = forked(work)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return finished(pid)

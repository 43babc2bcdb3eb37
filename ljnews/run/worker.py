"""What a worker does: pages in, items out, each page within its seconds and its memory.

A page that hangs is ended by the kernel (an alarm with its default action, which no C loop can ignore), one that eats memory meets
RLIMIT_AS, one that crashes takes only this process along. The pool sees how the process ended and knows which page it was at.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ljnews.records import ArticleRecord, Failure, Page
from ljnews.run.process import analyse, article_of, failure, guarded, pipeline
from ljnews.store.rows import TYPES, reading_hash
from ljnews.store.sink import Item, Key

Encode = Callable[[ArticleRecord], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take, and after how many pages a worker makes room for a fresh one."""

    seconds: float = 10.0
    memory: int = 1 << 30  # bytes of address space, RLIMIT_AS
    pages: int = 5_000


@dataclass(frozen=True, slots=True)
class Task:
    """One page to be done. `reading` is the hash of what the layout stage found last time: while it stands, so do the facts."""

    key: Key
    page: Page
    reading: str | None = None
    replaces: bool = False


def do(task: Task, nlp: Any, encode: Encode) -> Item:
    """Return the item of a page. Pure: the same task gives the same item, seconds aside."""
    item = Item(task.key, replaces=task.replaces)
    clock = [time.perf_counter()]

    def make() -> ArticleRecord | str:
        article = article_of(task.page)
        clock.append(time.perf_counter())
        if task.reading is not None and reading_hash(article) == task.reading:
            return article.content_hash
        return analyse(article, nlp)[0]

    result = guarded(task.page, make)
    clock.append(time.perf_counter())
    if isinstance(result, Failure):
        item.failure = result
    elif isinstance(result, str):
        item.kept, item.body = True, result
    else:
        item.body = encode(result)
        item.facts = {name: len(getattr(result, name)) for name in TYPES}
    clock.append(time.perf_counter())
    if len(clock) == 3:  # the layout stage raised
        clock.insert(1, clock[1])
    item.seconds = {name: b - a for name, a, b in zip(("layout", "facts", "encode"), clock, clock[1:], strict=False)}
    return item


def serve(conn: Connection, limits: Limits) -> None:
    """Take groups of tasks from the pool until it hangs up; answer each task with its item."""
    import resource  # not on every system; where it is missing, there is no pool either

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    try:
        encode, config = conn.recv()
        nlp = pipeline(config)
        while True:
            for task in conn.recv():
                item = _within(task, nlp, encode, limits)
                conn.send(item)
                if item.failure is not None and item.failure.error == "OutOfMemory":
                    return  # what it ate may stay in pieces: a fresh worker goes on
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _within(task: Task, nlp: Any, encode: Encode, limits: Limits) -> Item:
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        return do(task, nlp, encode)
    except MemoryError:
        message = f"needs more than {limits.memory >> 20} MiB of memory"
        return Item(task.key, failure=failure(task.page, "worker", "OutOfMemory", message, False))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)

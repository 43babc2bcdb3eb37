"""What a worker does: pages in, items out, each page within its seconds and its memory.

The pages of a handful go through the stages side by side. A page that hangs is ended by the kernel (an alarm with its default action, which no
C loop can ignore), one that eats memory meets RLIMIT_AS, one that crashes takes only this process along. The pool sees how the process ended,
and a mark in shared memory tells it which page it was at.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap
from multiprocessing.connection import Connection
from typing import Any

from ljnews.records import ArticleRecord, Page
from ljnews.run.process import article_of, failed, failure, pipeline, stages
from ljnews.store.rows import TYPES, reading_hash
from ljnews.store.sink import Item, Key

Encode = Callable[[ArticleRecord], Any]
_LEAST = 0.001  # seconds that a page has left at least: an alarm of 0 would be none


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
    return next(item for _, item in side_by_side([task], nlp, encode))


def side_by_side(
    tasks: Sequence[Task], nlp: Any, encode: Encode, watch: Callable[[int, Item], None] = lambda _, __: None
) -> Iterator[tuple[int, Item]]:
    """Yield the items of some pages with their ordinals, each as soon as it is done; `watch` is told before every step whose it is.

    The pages take turns, step by step: what a step needs is then still in the processor's caches from the page before (facts: 7.5 → 6.2 ms).
    """
    going = {}
    for n, task in enumerate(tasks):
        item = Item(task.key, replaces=task.replaces)
        going[n] = item, _steps(task, item, nlp, encode)
    while going:
        for n, (item, steps) in list(going.items()):
            watch(n, item)
            started = time.perf_counter()
            stage = next(steps, None)
            if stage is None:
                del going[n]
                yield n, item
            else:
                item.seconds[stage] = item.seconds.get(stage, 0.0) + time.perf_counter() - started


def _steps(task: Task, item: Item, nlp: Any, encode: Encode) -> Iterator[str]:
    """Do a page into its item step by step; yield the stage to which each step's time belongs."""
    stage = "layout"
    try:
        article = article_of(task.page)
        yield stage
        stage = "facts"
        if task.reading is not None and reading_hash(article) == task.reading:
            item.kept, item.body = True, article.content_hash
        else:
            record, _ = yield from stages(article, nlp)
            stage = "encode"
            item.body = encode(record)
            item.facts = {name: len(getattr(record, name)) for name in TYPES}
    except MemoryError:
        raise
    except Exception as error:
        item.failure = failed(task.page, error)
    yield stage


def serve(conn: Connection, limits: Limits, mark: mmap) -> None:
    """Take handfuls of tasks from the pool until it hangs up; answer each task with its ordinal and its item.

    Memory that runs out in company ends the worker: the page at which it did is tried again alone.
    """
    import resource  # not on every system; where it is missing, there is no pool either

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    try:
        encode, config = conn.recv()
        nlp = pipeline(config)
        while True:
            for n, item in _within(conn.recv(), nlp, encode, limits, mark):
                signal.setitimer(signal.ITIMER_REAL, 0)
                conn.send((n, item))
                if item.failure is not None and item.failure.error == "OutOfMemory":
                    return  # what it ate may stay in pieces: a fresh worker goes on
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _within(tasks: list[Task], nlp: Any, encode: Encode, limits: Limits, mark: mmap) -> Iterator[tuple[int, Item]]:
    """Yield the items of tasks, each page held to its seconds."""

    def watch(n: int, item: Item) -> None:
        mark[0] = n
        signal.setitimer(signal.ITIMER_REAL, max(_LEAST, limits.seconds - sum(item.seconds.values())))

    try:
        yield from side_by_side(tasks, nlp, encode, watch)
    except MemoryError:
        if len(tasks) > 1:
            raise
        message = f"needs more than {limits.memory >> 20} MiB of memory"
        yield 0, Item(tasks[0].key, failure=failure(tasks[0].page, "worker", "OutOfMemory", message, False))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)

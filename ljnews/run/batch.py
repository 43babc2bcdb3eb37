"""Batches: pages into a sink, each once, whatever happens.

Main function: `run_batch`. It skips what the sink holds already (same page, same rules, lexicons and pipeline), gives the rest to the
workers, and stores results in groups, each in one transaction; so a run that was stopped or killed is continued by running it again.
"""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import orjson

from ljnews import __version__, resources
from ljnews.layout.given import article_id
from ljnews.records import Failure, Page
from ljnews.run.pool import make_pool
from ljnews.run.quarantine import Quarantine
from ljnews.run.worker import Limits, Task
from ljnews.store.sink import Item, Key, Known, Recipe, Sink, open_sink
from ljnews.text.words import SEGMENTER

# Pages looked up in the sink at once, and results stored at once: 16 articles of 56 facts take 40 ms in SQLite, so an editor who saves
# meanwhile does not notice; 256 would take 15% less time per article.
_LOOK = 32
_STORE = 16
_STORE_SECONDS = 1.0

State = Literal["done", "stopped"]


@dataclass
class RunSummary:
    """What a run did. `stopped_by` is the signal that ended it early; `exit_code` is what the command line returns."""

    run: int = 0
    state: State = "done"
    total: int | None = None  # pages to come, where that is known
    read: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    failed_before: int = 0
    facts: Counter[str] = field(default_factory=Counter)  # by type
    changes: Counter[str] = field(default_factory=Counter)  # added, changed, withdrawn, unchanged
    seconds: dict[str, float] = field(default_factory=dict)  # by stage, summed over workers; `wall` is the clock's
    stopped_by: int | None = None
    hint: str | None = None

    def add_seconds(self, **seconds: float) -> None:
        """Add to the time of stages."""
        for stage, value in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + value

    @property
    def exit_code(self) -> int:
        """0 done, 1 some inputs failed, 128 + signal when stopped."""
        return 128 + self.stopped_by if self.stopped_by else int(self.failed + self.failed_before > 0)

    def counts(self) -> dict[str, int]:
        """Return the counts for the run record."""
        own = {n: getattr(self, n) for n in ("read", "done", "skipped", "failed", "failed_before")}
        return own | {k: v for k, v in sorted(self.facts.items()) if v} | {k: v for k, v in sorted(self.changes.items()) if v}


@dataclass(frozen=True)
class Event:
    """Something a progress display or a log shows: `begin`, `stored` (with the counts so far), `failed` (with the failure), `end`; a job
    tells its other stages by `stage` (with a note)."""

    kind: Literal["stage", "begin", "stored", "failed", "end"]
    summary: RunSummary
    failure: Failure | None = None
    note: str | None = None


OnEvent = Callable[[Event], None]


def run_batch(
    pages: Iterable[Page | Failure],
    sink: Sink | str | Path,
    *,
    workers: int = 2,
    config: str | None = None,
    limits: Limits | None = None,
    on_event: OnEvent | None = None,
    job: str = "extract",
    total: int | None = None,
    retry_failed: bool = False,
    quarantine: Path | None = None,
) -> RunSummary:
    """Put the records of pages into a sink and return what was done.

    `workers=0` works in this process, without protection from pages that hang or crash. `config` is a pipeline config file in place of the
    default. Failures become rows of the sink and `failed` events; pages that ended a worker are kept under `quarantine` (default:
    beside the sink) with a command that replays them. `retry_failed` tries pages again that failed for good; `total` is only shown.
    SIGINT, SIGTERM and SIGHUP end the run cleanly.
    """
    there: Sink = open_sink(sink) if isinstance(sink, str | Path) else sink
    batch = _Batch(there, _Triage(there, recipe_of(config), retry_failed), on_event or _silent)
    keep = Quarantine(quarantine or Path(f"{there.target}.quarantine" if "://" not in there.target else "ljnews.quarantine")).keep
    batch.summary.total = total
    try:
        with _signals(batch):
            return batch.run(pages, job, lambda: make_pool(workers, there.encode, config=config, limits=limits or Limits(), keep=keep))
    finally:
        if isinstance(sink, str | Path):
            there.close()


def _silent(_event: Event) -> None:
    """Show nothing."""


def recipe_of(config: str | None = None) -> Recipe:
    """Return what decides, besides the pages, which records come out."""
    pipeline = hashlib.sha256(Path(config).read_bytes()).hexdigest()[:16] if config else ""
    return Recipe(__version__, resources.rules_hash(), resources.lexicon_hash(), SEGMENTER, pipeline)


def key_of(page: Page | Failure) -> Key:
    """Return a page's key: its article id and the hash of all that its record depends on (for a failure of reading: of its name)."""
    if isinstance(page, Failure):
        name = hashlib.sha256("\x1f".join((page.input, page.input_id or "", page.error)).encode("utf-8", "surrogatepass")).hexdigest()
        return Key(name[:16], name[:32], page.input)
    given = orjson.dumps([page.given, page.url, page.input_id, page.collection, page.assume_date, page.headers.get("content-type")])
    digest = hashlib.sha256(given)
    for part in (page.content, *page.more):
        digest.update(hashlib.sha256(part).digest())
    return Key(article_id(page), digest.hexdigest()[:32], page.input)


class _Triage:
    """Decides for each page of a run whether it is to be done.

    Two pages with one article id but different contents never overwrite each other silently: the one with the smaller hash stands, whatever
    the order, and the other is a `DuplicateId` failure. (Stream sinks give each input its own line and need none of this.)
    """

    def __init__(self, sink: Sink, recipe: Recipe, retry_failed: bool) -> None:
        self.sink, self.recipe, self.retry_failed = sink, recipe, retry_failed
        self.stands: dict[str, tuple[str, str]] = {}  # article id → hash and input of the page that stands for it in this run
        self.also: list[Key] = []  # further places of pages that are done already

    def stale(self, item: Item) -> bool:
        """Say whether a page with the same id has won since this one was sent."""
        standing = self.stands.get(item.key.id)
        return standing is not None and standing[0] != item.key.page_hash and not _duplicate(item)

    def told(self, key: Key, before: Known | None) -> bool:
        """Say whether it stands in the sink already that an input cannot be read."""
        if before is None or not before.failed or self.retry_failed:
            return False
        return before.page_hash == key.page_hash and before.made_with(self.recipe)

    def decide(self, key: Key, page: Page, before: Known | None) -> tuple[str, Task | None, list[Item]]:
        """Return what the page counts as (`new`, `skipped`, `failed_before`), its task, and failures found on the way."""
        made = before is not None and before.made_with(self.recipe)
        same = before is not None and made and before.page_hash == key.page_hash
        standing = self.stands.get(key.id) if self.sink.keyed else None
        if standing is not None and standing[0] == key.page_hash:
            self.also.append(key)
            return "skipped", None, []
        if standing is not None and not (same and before is not None and before.failed):
            loser = Key(key.id, *standing) if key.page_hash < standing[0] else key
            duplicate = [Item(loser, failure=_duplicate_failure(loser))]
            if loser is key:
                return "new", None, duplicate
            self.stands[key.id] = (key.page_hash, key.input)
            return "new", Task(key, page, replaces=True), duplicate
        if same and before is not None:
            if key.input < before.input:
                self.also.append(key)
            if not before.failed:
                self._stand(key)
                return "skipped", None, []
            if not self.retry_failed:
                return "failed_before", None, []
        self._stand(key)
        return "new", Task(key, page, before.reading_hash if before is not None and made else None), []

    def _stand(self, key: Key) -> None:
        if self.sink.keyed:
            self.stands[key.id] = (key.page_hash, key.input)


def _duplicate(item: Item) -> bool:
    return item.failure is not None and item.failure.error == "DuplicateId"


def _duplicate_failure(key: Key) -> Failure:
    message = f"article id {key.id} stands for another page of this run; give each page its own id or address, or name a collection"
    return Failure(input=key.input, input_id=None, url=None, stage="store", error="DuplicateId", message=message, retryable=False)


class _Batch:
    """One run's state."""

    def __init__(self, sink: Sink, triage: _Triage, on_event: OnEvent) -> None:
        self.sink, self.triage, self.on_event = sink, triage, on_event
        self.summary = RunSummary()
        self.held: list[Item] = []  # results not yet stored
        self.stored_at = time.monotonic()

    def run(self, pages: Iterable[Page | Failure], job: str, start: Callable[[], Any]) -> RunSummary:
        """Do the pages; `start` makes the pool, once there is something to do."""
        summary, started = self.summary, time.perf_counter()
        summary.run = self.sink.begin(job, self.triage.recipe)
        self.on_event(Event("begin", summary))
        state = "failed"
        try:
            self._work(pages, start)
            state = summary.state = "stopped" if summary.stopped_by else "done"
        finally:
            summary.add_seconds(wall=time.perf_counter() - started)
            self.sink.end(state, summary.counts(), {k: round(v, 3) for k, v in summary.seconds.items()})
        if summary.stopped_by:
            summary.hint = f"stopped after {summary.done} pages; run the same command again to go on from there"
        self.on_event(Event("end", summary))
        return summary

    def stopped(self) -> bool:
        """Say whether a signal asked for an end."""
        return self.summary.stopped_by is not None

    def _work(self, pages: Iterable[Page | Failure], start: Callable[[], Any]) -> None:
        tasks = self._tasks(pages)
        first = next(tasks, None)
        if first is not None:  # else there is nothing to do, and no worker to start
            pool = start()
            try:
                for item in pool.run(chain([first], tasks), ordered=not self.sink.keyed, stopped=self.stopped):
                    self._take(item)
            finally:
                pool.close()
        self._store()
        self.sink.touch(self.triage.also)

    def _tasks(self, pages: Iterable[Page | Failure]) -> Iterator[Task]:
        """Yield what is to be done; pages that could not be read or are done already are dealt with on the way."""
        stream, summary = iter(pages), self.summary
        while not self.stopped() and (group := self._read(stream)):
            known = self.sink.known([key for key, _ in group])
            for key, page in group:
                summary.read += 1
                if isinstance(page, Failure):
                    if self.triage.told(key, known.get(key)):
                        summary.failed_before += 1
                    else:
                        self._take(Item(key, failure=page))
                    continue
                told, task, failures = self.triage.decide(key, page, known.get(key))
                summary.skipped += told == "skipped"
                summary.failed_before += told == "failed_before"
                for item in failures:
                    self._take(item)
                if task is not None:
                    yield task

    def _read(self, stream: Iterator[Page | Failure]) -> list[tuple[Key, Page | Failure]]:
        started = time.perf_counter()
        group = [(key_of(page), page) for page in islice(stream, _LOOK)]
        self.summary.add_seconds(read=time.perf_counter() - started)
        return group

    def _take(self, item: Item) -> None:
        """Hold a result until a group is full or a second has passed."""
        if item.failure is not None and not self.triage.stale(item):
            self.on_event(Event("failed", self.summary, item.failure))
        self.held.append(item)
        if len(self.held) >= _STORE or time.monotonic() - self.stored_at > _STORE_SECONDS:
            self._store()

    def _store(self) -> None:
        items, self.held = [item for item in self.held if not self.triage.stale(item)], []
        started = time.perf_counter()
        if items:
            summary = self.summary
            summary.changes.update(self.sink.write(items))
            summary.failed += sum(item.failure is not None for item in items)
            summary.done += sum(item.failure is None for item in items)
            for item in items:
                summary.facts.update(item.facts)
                summary.add_seconds(**item.seconds)
            summary.add_seconds(store=time.perf_counter() - started)
            self.on_event(Event("stored", summary))
        self.stored_at = time.monotonic()


@contextmanager
def _signals(batch: _Batch) -> Iterator[None]:
    """Let the first SIGINT, SIGTERM or SIGHUP end the run cleanly; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        if batch.stopped():
            raise KeyboardInterrupt
        batch.summary.stopped_by = number

    there = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.signal(one, stop) for one in there}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)

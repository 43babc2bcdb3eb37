"""The crawl: who is asked when. Worker threads only fetch; one thread decides, stores and counts.

A worker has one URL of one host at a time, so a host never has two connections and a kill costs at most one answer per host. Each turn
of the main loop lands what came in and takes what is due, in one transaction.
"""

from __future__ import annotations

import heapq
import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from ljnews.errors import FetchError, FetchFailed
from ljnews.fetch.answer import Answer
from ljnews.fetch.clock import Clock, RealClock, Stopped
from ljnews.fetch.database import transaction
from ljnews.fetch.dry import Store
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.frontier import Frontier, Row
from ljnews.fetch.landing import Landing
from ljnews.fetch.robots import RobotsFile
from ljnews.fetch.settings import Settings

OnEvent = Callable[[dict[str, Any]], None]
Outcome = Answer | FetchError | None
_BATCH = 64


class Crawler:
    """One run over the frontier."""

    def __init__(
        self,
        archive: Store,
        frontier: Frontier,
        landing: Landing,
        fetcher: Fetcher,
        settings: Settings,
        *,
        budget: int | None,
        on_event: OnEvent,
    ) -> None:
        self.archive, self.frontier, self.landing, self.fetcher = archive, frontier, landing, fetcher
        self.settings, self.on_event = settings, on_event
        self.clock: Clock = fetcher.clock
        self._left = budget
        self._results: queue.SimpleQueue[tuple[Row, Outcome]] = queue.SimpleQueue()
        self._robots: queue.SimpleQueue[RobotsFile] = queue.SimpleQueue()
        self._busy: set[str] = set()
        self._proven: set[str] = set()
        self._due: list[tuple[float, str]] = []
        self._waiting: set[str] = set()
        fetcher.robots.on_file = self._robots.put

    def run(self) -> None:
        """Fetch until nothing is due within `patience`, or the budget is spent."""
        pool = ThreadPoolExecutor(max_workers=self.settings.hosts_at_once, thread_name_prefix="ljnews-fetch")
        try:
            landed: list[tuple[Row, Outcome]] = []
            self._wake_hosts()
            while True:
                started = self._turn(landed)
                for row in started:
                    pool.submit(self._work, row)
                if not self._busy and not self._soon():
                    break
                landed = self._wait()
        except BaseException:
            self._stop()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            with suppress(sqlite3.Error, OSError):  # where even this fails, the next opening does it
                self._last_words()

    def _turn(self, landed: list[tuple[Row, Outcome]]) -> list[Row]:
        """Land what came in, take what is due; one transaction."""
        events: list[dict[str, Any]] = []
        try:
            with transaction(self.archive.database):
                for row, outcome in landed:
                    events.append(self._land(row, outcome))
                self._save_robots()
                if landed:
                    self._wake_hosts()
                started = self._take()
                self.archive.sync()
        except BaseException:
            self.archive.rolled_back()
            raise
        for event in events:
            self.on_event(event)
        return started

    def _land(self, row: Row, outcome: Outcome) -> dict[str, Any]:
        self._busy.discard(row.host)
        if outcome is None:
            self.frontier.later(row, 0.0)
            return {"event": "page", "url": row.url, "host": row.host, "kind": row.kind, "state": "stopped"}
        if isinstance(outcome, Answer):
            self._proven.add(row.host)
        elif self._left is not None:
            self._left += 1  # nothing was brought: the budget is for pages
        return self.landing.land(row, outcome, self.clock.now())

    def _wake_hosts(self) -> None:
        """Note every host that has something to fetch and is neither busy nor waiting for its turn."""
        for host, due in self.frontier.hosts():
            if host not in self._busy and host not in self._waiting:
                self._waiting.add(host)
                heapq.heappush(self._due, (max(due, self.fetcher.throttle.peek(host).ready_at()), host))

    def _take(self) -> list[Row]:
        """Take a URL of every host whose turn it is. A quarter of the workers is kept for hosts that have answered."""
        taken: list[Row] = []
        put_back: list[tuple[float, str]] = []
        now = self.clock.now()
        while self._due and self._due[0][0] <= now and len(self._busy) < self.settings.hosts_at_once and self._left != 0:
            when, host = heapq.heappop(self._due)
            if len(self._busy) >= self.settings.hosts_at_once * 3 // 4 and host not in self._proven:
                put_back.append((when, host))
                continue
            self._waiting.discard(host)
            row = self.frontier.take(host, now)
            if row is None:
                if (due := self.frontier.due(host)) is not None:
                    self._waiting.add(host)
                    put_back.append((max(due, now + 0.01), host))
                continue
            if self._left is not None:
                self._left -= 1
            self._busy.add(host)
            taken.append(row)
        for one in put_back:
            heapq.heappush(self._due, one)
        return taken

    def _soon(self) -> bool:
        """Say whether something will be due within `patience`; what is later is left to another run."""
        if self._left == 0:
            self.landing.tally.stop("the budget of pages is spent")
            return False
        if not self._due:
            return False
        wait = self._due[0][0] - self.clock.now()
        if wait > self.settings.patience:
            self.landing.tally.stop(f"{self._due[0][1]}: not before {wait:.0f} s from now; run again then")
            return False
        return True

    def _wait(self) -> list[tuple[Row, Outcome]]:
        """Wait for an answer or until a host is due; return all answers that are there."""
        landed: list[tuple[Row, Outcome]] = []
        if self._busy:
            timeout = None
            if self._due and self._left != 0 and len(self._busy) < self.settings.hosts_at_once:
                timeout = min(max(0.0, self._due[0][0] - self.clock.now()), 5.0)
            try:
                landed.append(self._results.get(timeout=timeout))
            except queue.Empty:
                return landed
            while len(landed) < _BATCH and not self._results.empty():
                landed.append(self._results.get())
        elif self._due:
            self.clock.sleep(max(0.0, min(self._due[0][0] - self.clock.now(), 1.0)))
        return landed

    def _work(self, row: Row) -> None:
        """In a worker thread: fetch one URL."""
        outcome: Outcome
        try:
            outcome = self.fetcher.get(row.url, etag=row.etag, modified=row.modified, asked=row.first_url)
        except FetchError as error:
            outcome = error
        except Stopped:
            outcome = None
        except Exception as error:  # a defect of ours must not stop the crawl without a word
            outcome = FetchFailed(f"{row.url}: {type(error).__name__}: {error}; please report it", url=row.url)
        self._results.put((row, outcome))

    def _save_robots(self) -> None:
        """Keep what robots.txt files said: they hold for a day, also for the next process."""
        while not self._robots.empty():
            file = self._robots.get()
            self.archive.database.execute(
                "INSERT OR REPLACE INTO robots (origin, verdict, body, expires, why) VALUES (?, ?, ?, ?, ?)",
                (file.origin, file.verdict, file.body, file.expires, file.why),
            )

    def _stop(self) -> None:
        """End all waits and requests at once."""
        if isinstance(self.clock, RealClock):
            self.clock.stop()
        self.fetcher.session.abort()

    def _last_words(self) -> None:
        """After a stop: what was in flight is to be fetched again."""
        with transaction(self.archive.database):
            self._save_robots()
            self.frontier.land()
            self.archive.sync()

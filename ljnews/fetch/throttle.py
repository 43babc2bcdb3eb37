"""Politeness: one connection to a host, a rest after each answer, longer rests when the host says or shows that it is too much.

The state of a host lives in a small file that is locked while a request runs, so it holds across threads, processes, crawls into other
folders, and a kill: the lock of a dead process is gone, the time in the file is not.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from ljnews.errors import HostPaused, OutputUnwritable
from ljnews.fetch.clock import Clock, RealClock
from ljnews.fetch.settings import Settings

try:
    import fcntl
except ImportError:  # not on Windows: there one process per host is the user's care
    fcntl = None  # type: ignore[assignment]

_POLL = 0.05


@dataclass(slots=True)
class HostState:
    """What is remembered of a host. Times are seconds since the epoch."""

    next_at: float = 0.0
    paused_until: float = 0.0
    backoff: float = 1.0
    last: float = 0.0
    fails: int = 0
    open_until: float = 0.0

    def ready_at(self) -> float:
        """Return when the host may be asked again."""
        return max(self.next_at, self.paused_until, self.open_until)


class Turn:
    """The right to ask one host one question; say how it went before it ends."""

    def __init__(self, state: HostState, throttle: Throttle, crawl_delay: float | None) -> None:
        self.state = state
        self._throttle = throttle
        self._crawl_delay = crawl_delay

    def answered(self, elapsed: float) -> None:
        """The host answered in `elapsed` seconds: the circuit closes, the rests shorten again."""
        self.state.last = elapsed
        self.state.fails = 0
        self.state.open_until = 0.0
        self.state.backoff = max(1.0, self.state.backoff / 2)

    def overloaded(self, retry_after: float | None, elapsed: float = 0.0) -> None:
        """The host said 429 or 503: rest as long as it asks, and twice as long between questions."""
        self.state.last = elapsed
        self.state.backoff = min(64.0, self.state.backoff * 2)
        rest = retry_after if retry_after is not None else self._throttle.gap(self.state, self._crawl_delay)
        cap = self._throttle.settings.retry_after_cap
        self.state.paused_until = self._throttle.clock.now() + min(rest, cap)

    def failed(self) -> None:
        """The host did not answer, or with a fault: rests double, the fifth time in a row opens the circuit."""
        settings = self._throttle.settings
        self.state.fails += 1
        self.state.backoff = min(64.0, self.state.backoff * 2)
        if self.state.fails >= settings.circuit_fails:
            self.state.open_until = self._throttle.clock.now() + settings.circuit_seconds

    def _end(self) -> None:
        self.state.next_at = self._throttle.clock.now() + self._throttle.gap(self.state, self._crawl_delay)


def _state_folder() -> Path:
    """Where the clocks of hosts are kept: `LJNEWS_STATE`, else the user's state folder."""
    told = os.environ.get("LJNEWS_STATE")
    return Path(told or user_state_path("ljnews")) / "hosts"


class Throttle:
    """Gives turns at hosts."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock: Clock = clock or RealClock()
        self.folder = settings.state or _state_folder()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnwritable(f"{self.folder}: cannot be written ({error.strerror}); name another folder by LJNEWS_STATE") from error
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def gap(self, state: HostState, crawl_delay: float | None = None) -> float:
        """Return the rest after an answer: the longest of delay, Crawl-delay and a multiple of the time the answer took."""
        s = self.settings
        asked = min(crawl_delay or 0.0, s.crawl_delay_cap)
        base = max(s.delay, asked, s.slow_factor * state.last)
        if state.backoff <= 1:
            return base if base <= s.max_delay else max(s.delay, asked, s.max_delay)
        return max(s.delay, asked, min(s.max_delay, max(base, 0.5) * state.backoff))

    def peek(self, host: str) -> HostState:
        """Return a host's state as of now, without waiting for it."""
        try:
            return _parsed((self.folder / self._name(host)).read_bytes())
        except OSError:
            return HostState()

    @contextmanager
    def turn(self, host: str, crawl_delay: float | None = None) -> Iterator[Turn]:
        """Wait until the host may be asked, hold it for one request, and note when the next may follow.

        Raises HostPaused, with `retry_at`, where the wait would be longer than `patience`.
        """
        with self._lock_of(host), self._file_of(host) as descriptor:
            state = _parsed(os.pread(descriptor, 4096, 0))
            self._wait(host, state)
            turn = Turn(state, self, crawl_delay)
            state.next_at = self.clock.now() + self.gap(state, crawl_delay)  # holds if we are killed while asking
            _write(descriptor, state)
            try:
                yield turn
            finally:
                turn._end()
                _write(descriptor, state)

    def _wait(self, host: str, state: HostState) -> None:
        now = self.clock.now()
        # A clock that was set back must not stop the crawl for a day: no rest is longer than it can have been meant.
        rest = min(state.next_at - now, max(self.settings.max_delay, self.settings.crawl_delay_cap) * 2)
        pause = min(max(state.paused_until, state.open_until) - now, self.settings.retry_after_cap)
        wait = max(rest, pause)
        if wait <= 0:
            return
        if pause > self.settings.patience:
            why = "failed too often" if state.open_until >= state.paused_until else "asked for a rest"
            raise HostPaused(f"{host}: {why}; not before {pause:.0f} s from now", host=host, retry_at=now + pause)
        self.clock.sleep(wait)

    def _lock_of(self, host: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(host, threading.Lock())

    @contextmanager
    def _file_of(self, host: str) -> Iterator[int]:
        """Open and lock the host's file."""
        descriptor = os.open(self.folder / self._name(host), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while fcntl is not None:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    self.clock.sleep(_POLL)
            yield descriptor
        finally:
            os.close(descriptor)

    @staticmethod
    def _name(host: str) -> str:
        safe = "".join(c if c.isalnum() or c in ".-" else "_" for c in host)[:60]
        return f"{safe}-{hashlib.sha256(host.encode()).hexdigest()[:12]}.json"


def _parsed(content: bytes) -> HostState:
    """The state in a file; a torn or foreign file counts as none."""
    try:
        found: dict[str, Any] = json.loads(content.rstrip(b"\0 \n"))
        return HostState(**{k: type(v)(found.get(k, v)) for k, v in asdict(HostState()).items()})
    except (ValueError, TypeError, AttributeError):
        return HostState()


def _write(descriptor: int, state: HostState) -> None:
    """Write in place, one block: a kill in between leaves the old or the new."""
    os.pwrite(descriptor, json.dumps(asdict(state)).encode().ljust(512), 0)


def retry_after(value: str, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as seconds or as a date; None where it says nothing.

    >>> retry_after("120", 0)
    120.0
    >>> retry_after("Fri, 05 Aug 2022 08:00:30 GMT", 1659686400)
    30.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None

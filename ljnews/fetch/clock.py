"""Time as the fetch stage sees it: one object, so that tests can fake it and a stop interrupts every wait."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since the epoch, and a wait."""

    def now(self) -> float:
        """Return the time."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class Stopped(Exception):
    """A wait was cut short because the crawl is to end."""


class RealClock:
    """The machine's clock. `stop()` ends all waits of now and later with `Stopped`."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait, unless stopped."""
        if self._stop.wait(max(0.0, seconds)):
            raise Stopped

    def stop(self) -> None:
        """End every wait."""
        self._stop.set()

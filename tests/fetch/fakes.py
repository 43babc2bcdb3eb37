"""Stand-ins for the tests of fetching."""

from __future__ import annotations


class FakeClock:
    """A clock that goes on only when told, or when somebody sleeps."""

    def __init__(self, time: float = 1_659_657_600.0) -> None:
        self.time = time
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += max(0.0, seconds)

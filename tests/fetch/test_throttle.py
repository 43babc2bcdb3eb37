"""F7, F8: one connection to a host, rests between requests, longer ones when asked for; bounded retries; a circuit."""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from email.utils import formatdate
from pathlib import Path

import pytest

from ljnews.errors import FetchFailed, HostPaused
from ljnews.fetch import Settings, crawl
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.throttle import HostState, Throttle, retry_after
from tests.conftest import ROOT
from tests.fetch.fakes import FakeClock
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback

PAGE = article("throttle", day=date(2022, 8, 5))
Make = Callable[..., Settings]


def _plain(request: Request) -> Reply:
    return Reply(b"", 404) if request.path == "/robots.txt" else Reply(article(request.host + request.target, day=date(2022, 8, 5)))


def test_throttle_a_thousand_requests_on_a_fake_clock(settings: Make) -> None:
    """F7: each rest is at least the longest of delay, Crawl-delay and a multiple of the last answer's time."""
    clock = FakeClock()
    throttle = Throttle(settings(delay=2.0, slow_factor=1.5, max_delay=60.0), clock)
    dice = random.Random(7)
    ended, due = None, 0.0
    for _ in range(1000):
        crawl_delay = dice.choice([None, None, 1.0, 5.0, 30.0])
        elapsed = dice.choice([0.0, 0.1, 1.0, 4.0, 20.0])
        with throttle.turn("a.test", crawl_delay) as turn:
            if ended is not None:
                assert clock.time - ended >= due - 1e-6
            clock.time += elapsed
            turn.answered(elapsed)
        ended, due = clock.time, max(2.0, crawl_delay or 0.0, 1.5 * elapsed)


def test_throttle_crawl_delay_up_to_the_cap(settings: Make) -> None:
    throttle = Throttle(settings(delay=1.0, crawl_delay_cap=120.0), FakeClock())
    assert throttle.gap(HostState(), 30.0) == 30.0
    assert throttle.gap(HostState(), 86400.0) == 120.0


def test_throttle_backs_off_and_recovers(settings: Make) -> None:
    clock = FakeClock()
    throttle = Throttle(settings(delay=2.0, patience=1e9), clock)
    gaps = []
    for outcome in "oofff" + "o" * 8:
        with throttle.turn("a.test") as turn:
            turn.failed() if outcome == "f" else turn.answered(0.1)
        gaps.append(throttle.peek("a.test").next_at - clock.time)
    assert gaps[:2] == pytest.approx([2.0, 2.0])
    assert gaps[2:5] == pytest.approx([4.0, 8.0, 16.0])
    assert gaps[5:] == pytest.approx([8.0, 4.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0])


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0.0), ("120", 120.0), (" 7 ", 7.0), (formatdate(1_659_657_600 + 90, usegmt=True), 90.0), (formatdate(1_659_657_500, usegmt=True), 0.0),
     ("", None), ("soon", None), ("-5", None), ("1e9", None), ("99999999999999", None), ("Fri, 99 Aug 2022 08:00:00 GMT", None)],
)  # fmt: skip
def test_throttle_retry_after_is_read(value: str, seconds: float | None) -> None:
    assert retry_after(value, 1_659_657_600.0) == seconds


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_throttle_retry_after_is_obeyed(status: int, form: str, settings: Make, serve: Callable[..., Server]) -> None:
    clock = FakeClock()
    asked: list[float] = []

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"", 404)
        asked.append(clock.time)
        if len(asked) == 1:
            return Reply(b"busy", status, {"Retry-After": "40" if form == "seconds" else formatdate(clock.time + 40, usegmt=True)})
        return Reply(PAGE)

    server = serve(app)
    fetcher = Fetcher(settings(delay=1.0), resolver=loopback, clock=clock)
    assert fetcher.get(server.url("a.test", "/1")).status == 200
    assert len(asked) == 2
    assert asked[1] - asked[0] >= 39.0


def test_throttle_a_long_rest_is_left_to_another_run(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """Retry-After of an hour: the host is left alone, the other host is done, the summary says so, the URLs stay."""

    def app(request: Request) -> Reply:
        if request.host == "busy.test" and request.path != "/robots.txt":
            return Reply(b"", 503, {"Retry-After": "3600"})
        return _plain(request)

    server = serve(app)
    named = [server.url("busy.test", f"/{n}") for n in range(3)] + [server.url("a.test", f"/{n}") for n in range(3)]
    summary = crawl(named, out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert summary.new == 3
    assert summary.pending == 3
    assert server.asked("busy.test") == ["/robots.txt", "/0"]
    assert any("busy.test" in stop and "rest" in stop for stop in summary.stops)


def test_throttle_real_clock_gaps_and_single_connections(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """A real crawl of three hosts: gaps at the server are at least the delay (minus its own jitter), never two connections to one."""
    server = serve(_plain)
    named = [server.url(f"{h}.test", f"/{n}") for n in range(5) for h in "abc"]
    crawl(named, out=tmp_path / "out", settings=settings(delay=0.15), resolver=loopback)
    for host in ("a.test", "b.test", "c.test"):
        assert len(server.gaps(host)) == 5
        assert min(server.gaps(host)) >= 0.149
        assert server.most_at_once[host] == 1


_WORKER = """
import sys, time
from pathlib import Path
from ljnews.fetch.settings import Settings
from ljnews.fetch.throttle import Throttle
throttle = Throttle(Settings(delay=float(sys.argv[3]), state=Path(sys.argv[1])))
with open(sys.argv[2], "a", buffering=1) as log:
    for _ in range(int(sys.argv[4])):
        with throttle.turn("a.test") as turn:
            log.write(f"begin {time.time()!r}\\n"); log.flush()
            time.sleep(0.01)
            log.write(f"end {time.time()!r}\\n"); log.flush()
            turn.answered(0.01)
"""


def test_throttle_two_processes_and_a_kill_keep_the_gap(tmp_path: Path) -> None:
    """F7: two processes share a host's turn; when one is killed in the middle of a request, the next still waits its rest."""
    log = tmp_path / "log"
    command = [sys.executable, "-c", _WORKER, str(tmp_path / "hosts"), str(log), "0.1", "8"]
    first = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    time.sleep(0.7)
    first[0].kill()
    again = subprocess.Popen(command, cwd=ROOT)
    for process in (*first, again):
        process.wait(timeout=30)
    lines = [line.split() for line in log.read_text().splitlines()]
    begins = [float(at) for what, at in lines if what == "begin"]
    assert len(begins) >= 16
    assert begins == sorted(begins)
    assert min(b - a for a, b in itertools.pairwise(begins)) >= 0.099
    whole = [what for what, _ in lines]
    assert all(b != "end" or a == "begin" for a, b in itertools.pairwise(whole)), "two had the turn at once"


def test_throttle_a_broken_state_file_counts_as_none(settings: Make) -> None:
    throttle = Throttle(settings(), FakeClock())
    path = throttle.folder / throttle._name("a.test")
    for content in (b"", b"{", b"\x00" * 512, b"[1]", b'{"next_at": "x"}', b'{"fails": {}}', json.dumps({"next_at": 1}).encode()):
        path.write_bytes(content)
        with throttle.turn("a.test"):
            pass


def test_throttle_a_clock_set_back_does_not_stop_the_crawl(settings: Make) -> None:
    clock = FakeClock()
    throttle = Throttle(settings(delay=2.0), clock)
    with throttle.turn("a.test"):
        pass
    clock.time -= 30 * 86400
    with throttle.turn("a.test"):
        pass
    assert sum(clock.slept) <= 300


def test_throttle_host_names_cannot_leave_the_folder(settings: Make) -> None:
    throttle = Throttle(settings(), FakeClock())
    for host in ("../../x", "a/b", "..", "x" * 300, "[::1]", "新闻.test"):
        with throttle.turn(host):
            pass
    assert all(p.parent == throttle.folder for p in throttle.folder.rglob("*"))


def _faulty(status: int) -> Callable[[Request], Reply]:
    return lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(b"oops", status)


@pytest.mark.parametrize(
    ("status", "times"), [(500, 3), (502, 3), (504, 3), (408, 3), (404, 1), (410, 1), (400, 1), (403, 1), (412, 1), (521, 1)]
)
def test_retry_only_what_may_pass_and_three_times_at_most(status: int, times: int, settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_faulty(status))
    fetcher = Fetcher(settings(circuit_fails=100), resolver=loopback, clock=FakeClock())
    try:
        answer = fetcher.get(server.url("a.test", "/x"))
        assert answer.problem is not None
    except FetchFailed:
        pass
    assert server.asked().count("/x") == times


def test_retry_waits_grow_with_jitter_and_end_within_five_minutes(settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_faulty(500))
    clock = FakeClock()
    fetcher = Fetcher(
        settings(retry_wait=1.0, tries=50, try_seconds=300.0, circuit_fails=1000, patience=1e9), resolver=loopback, clock=clock
    )
    started = clock.time
    with pytest.raises(FetchFailed):
        fetcher.get(server.url("a.test", "/x"))
    assert clock.time - started <= 300 + 60 + 64
    assert len({round(s, 6) for s in clock.slept}) > 3


def test_retry_is_for_get_alone() -> None:
    """Nothing else is ever sent: the session has no other verb in use."""
    source = (ROOT / "ljnews" / "fetch" / "session.py").read_text(encoding="utf-8")
    assert source.count("requests.Request(") == 1
    assert 'requests.Request("GET"' in source


def test_circuit_opens_after_five_failures_and_closes_again(settings: Make, serve: Callable[..., Server]) -> None:
    states = {"down": True}
    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(b"", 500) if states["down"] else Reply(PAGE))
    clock = FakeClock()
    fetcher = Fetcher(settings(tries=1, circuit_fails=5, circuit_seconds=300.0, patience=60.0), resolver=loopback, clock=clock)
    for n in range(5):
        with pytest.raises(FetchFailed):
            fetcher.get(server.url("a.test", f"/{n}"))
    with pytest.raises(HostPaused, match="failed too often"):
        fetcher.get(server.url("a.test", "/5"))
    assert len(server.asked()) == 6
    clock.time += 301
    states["down"] = False
    assert fetcher.get(server.url("a.test", "/6")).status == 200
    assert throttle_state(fetcher).fails == 0


def throttle_state(fetcher: Fetcher) -> HostState:
    return fetcher.throttle.peek("a.test")


def test_circuit_of_a_dead_host_is_said_in_the_summary(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(_faulty(500))
    named = [server.url("a.test", f"/{n}") for n in range(20)]
    summary = crawl(named, out=tmp_path / "out", settings=settings(tries=1, patience=2.0), resolver=loopback)
    assert len(server.asked()) <= 7
    assert summary.pending >= 14
    assert any("failed too often" in stop or "not before" in stop for stop in summary.stops)


def test_throttle_waits_are_interrupted_by_a_stop(settings: Make) -> None:
    from ljnews.fetch.clock import RealClock, Stopped

    clock = RealClock()
    throttle = Throttle(settings(delay=30.0), clock)
    with throttle.turn("a.test"):
        pass
    threading.Timer(0.2, clock.stop).start()
    started = time.monotonic()
    with pytest.raises(Stopped), throttle.turn("a.test"):
        pass
    assert time.monotonic() - started < 2.0
    assert os.getpid()

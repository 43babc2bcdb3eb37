"""F4: servers that never end. One deadline bounds each; many of them do not stop the others; nothing of them is left behind."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ljnews.errors import FetchError, RedirectRefused
from ljnews.fetch import Settings, crawl
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.session import Session
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback
from tests.fetch.tls import Certificates

DEADLINE = 1.0


def _drip(head: bytes, piece: bytes, every: float) -> Callable[[socket.socket], None]:
    def take(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.sendall(head)
            while True:
                connection.sendall(piece)
                time.sleep(every)

    return take


def _silent(connection: socket.socket) -> None:
    with suppress(OSError):
        while connection.recv(1 << 16):
            pass


def _half_closed(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nbegin")
        connection.shutdown(socket.SHUT_RD)
        time.sleep(3)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
STUCK: dict[str, Callable[[socket.socket], None]] = {
    "a byte of headers at a time": _drip(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x", 0.1),
    "a header at a time": _drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1),
    "a byte of body at a time": _drip(OK + b"Content-Length: 100000\r\n\r\n", b"x", 0.1),
    "a chunk at a time": _drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.1),
    "100 Continue without end": _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
    "headers without end": _drip(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 6000 + b"\r\n", 0.0),
    "one header without end": _drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 60000, 0.0),
    "accepts and is silent": _silent,
    "half closed": _half_closed,
}


@pytest.mark.parametrize("name", STUCK)
def test_slow_ends_at_the_deadline(name: str, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    server = serve(lambda r: Reply(take_over=STUCK[name]))
    session = Session(settings(deadline=DEADLINE), resolver=loopback)
    started = time.monotonic()
    with pytest.raises(FetchError):
        session.ask(server.url("a.test"))
    assert time.monotonic() - started < DEADLINE + 1.5


@pytest.mark.soak
@pytest.mark.parametrize("name", STUCK)
def test_slow_ends_at_the_usual_deadline(name: str, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """The shipped 30 s, ± 2 s."""
    server = serve(lambda r: Reply(take_over=STUCK[name]))
    session = Session(settings(deadline=30.0), resolver=loopback)
    started = time.monotonic()
    with pytest.raises(FetchError):
        session.ask(server.url("a.test"))
    assert time.monotonic() - started < 32.0


@pytest.mark.parametrize("stall", ["never shakes hands", "shakes hands and is silent"])
def test_slow_tls_stalls_end_at_the_deadline(stall: str, settings: Callable[..., Settings], certificates: Certificates) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        connection, _ = listener.accept()
        with suppress(OSError):
            if stall.startswith("shakes"):
                connection = certificates.server("a.test").wrap_socket(connection, server_side=True)
            time.sleep(3)

    threading.Thread(target=accept, daemon=True).start()
    session = Session(settings(deadline=DEADLINE, ca_file=certificates.authority), resolver=loopback)
    started = time.monotonic()
    with pytest.raises(FetchError):
        session.ask(f"https://a.test:{listener.getsockname()[1]}/")
    assert time.monotonic() - started < DEADLINE + 1.5
    listener.close()


def test_slow_endless_redirects(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(b"", 302, {"Location": r.target + "x"}))
    with pytest.raises(RedirectRefused):
        Fetcher(settings(), resolver=loopback).follow(server.url("a.test", "/a"))
    assert len(server.requests) == 7  # robots.txt, the page, five hops


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _crowd(count: int, settings: Settings, server: Server, out: Path) -> None:
    """So many stuck hosts and three healthy ones: the healthy are done while the stuck still hang; all is given back after."""
    done: dict[str, float] = {}
    files = _open_files()
    stuck = [server.url(f"stuck{n}.test", "/a") for n in range(count)]
    healthy = [server.url(f"zz{h}.test", f"/news/{n}0000.html") for h in range(3) for n in range(10)]
    started = time.monotonic()
    seen = lambda e: done.__setitem__(e["url"], time.monotonic() - started) if e.get("state") == "new" else None  # noqa: E731
    summary = crawl([*stuck, *healthy], out=out, settings=settings, resolver=loopback, on_event=seen)
    assert set(done) == set(healthy)
    assert summary.new == len(healthy)
    assert max(done.values()) < settings.deadline, "healthy hosts waited for stuck ones"
    assert not [t for t in threading.enumerate() if t.name.startswith("ljnews-fetch")]
    server.__exit__()
    assert _open_files() <= files, "sockets or files left open"


def test_slow_many_stuck_servers_do_not_stop_the_healthy(
    settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path
) -> None:
    """200 stuck hosts at once."""

    def app(request: Request) -> Reply:
        if request.host.startswith("stuck"):
            return Reply(take_over=_silent)
        return Reply(b"", 404) if request.path == "/robots.txt" else Reply(article(request.target + request.host, day=_DAY))

    _crowd(200, settings(deadline=2.5, tries=1, patience=0.5), serve(app), tmp_path / "out")


def test_slow_stop_ends_running_requests(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """A stop from another thread ends a request that hangs, at once."""
    server = serve(lambda r: Reply(take_over=_silent))
    session = Session(settings(deadline=20.0), resolver=loopback)
    threading.Timer(0.3, session.abort).start()
    started = time.monotonic()
    with pytest.raises(FetchError):
        session.ask(server.url("a.test"))
    assert time.monotonic() - started < 2.0


from datetime import date  # noqa: E402

_DAY = date(2022, 8, 5)
assert ssl.OPENSSL_VERSION

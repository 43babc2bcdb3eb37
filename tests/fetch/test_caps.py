"""F3: lies about length, bodies without end, bombs in every coding and place: ended at the cap, in little memory, at once."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from ljnews.errors import FetchError, FetchFailed, NotAPage, PageTooLarge
from ljnews.fetch import Settings
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.session import Session
from tests.fetch.server import Reply, Request, Server, loopback

CAP = 1 << 20


def packed(megabytes: int, bits: int) -> bytes:
    """So many MB of zeros, packed: gzip (31), zlib (15) or raw deflate (-15)."""
    engine = zlib.compressobj(9, zlib.DEFLATED, bits)
    piece = bytes(1 << 20)
    return b"".join([*(engine.compress(piece) for _ in range(megabytes)), engine.flush()])


GZIP = packed(1000, 31)
PLAIN = "<p>全市重点项目建设推进会召开。</p>".encode() * 10


def _chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


def _raw(head: bytes, body: bytes, *, hold: float = 0.0) -> Callable[[socket.socket], None]:
    def take(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body)
        time.sleep(hold)
        connection.close()

    return take


TOO_LARGE = {
    "gzip": Reply(GZIP, headers={"Content-Encoding": "gzip"}),
    "x-gzip": Reply(GZIP, headers={"Content-Encoding": "x-gzip"}),
    "deflate": Reply(packed(1000, 15), headers={"Content-Encoding": "deflate"}),
    "raw-deflate": Reply(packed(1000, -15), headers={"Content-Encoding": "deflate"}),
    "gzip-twice": Reply(gzip.compress(GZIP), headers={"Content-Encoding": "gzip, gzip"}),
    "gzip-in-deflate": Reply(zlib.compress(GZIP), headers={"Content-Encoding": "gzip, deflate"}),
    "chunked-without-end": Reply(take_over=_chunks),
    "length-large": Reply(take_over=_raw(b"Content-Length: 99999999999\r\n", PLAIN, hold=0.2)),
    "no-length": Reply(take_over=_raw(b"", b"x" * (3 * CAP))),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_caps_end_what_is_too_large(name: str, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    server = serve(lambda r: TOO_LARGE[name])
    session = Session(settings(max_bytes=CAP), resolver=loopback)
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(PageTooLarge):
        session.ask(server.url("a.test"))
    took, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 2.0
    assert peak < CAP + (8 << 20), f"{peak >> 20} MiB at peak"


@pytest.mark.parametrize("kind", ["br", "zstd", "compress", "gzip, br", "wonder"])
def test_caps_codings_nobody_asked_for_are_refused_unread(
    kind: str, settings: Callable[..., Settings], serve: Callable[..., Server]
) -> None:
    server = serve(lambda r: Reply(b"\x00" * 100, headers={"Content-Encoding": kind}))
    with pytest.raises(NotAPage, match="not asked for"):
        Session(settings(), resolver=loopback).ask(server.url("a.test"))
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304])
def test_caps_a_redirects_body_is_never_read(status: int, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    sent: list[int] = []

    def bomb(connection: socket.socket) -> None:
        head = f"HTTP/1.1 {status} X\r\nLocation: /b\r\nContent-Encoding: gzip\r\nContent-Length: {len(GZIP) * 50}\r\n\r\n"
        connection.sendall(head.encode())
        try:
            for _ in range(50):
                sent.append(connection.send(GZIP))
        except OSError:
            pass

    server = serve(lambda r: Reply(take_over=bomb))
    tracemalloc.start()
    answer = Session(settings(), resolver=loopback).ask(server.url("a.test"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.body == b""
    assert answer.status == status
    assert peak < 4 << 20


@pytest.mark.parametrize(
    ("head", "error"),
    [
        (b"Content-Length: 5000\r\n", FetchFailed),
        (b"Content-Length: 100, 200\r\n", FetchFailed),
        (b"Content-Length: 100\r\nContent-Length: 200\r\n", FetchFailed),
        (b"Content-Length: +5x\r\n", None),
        (b"Content-Length: -5\r\n", None),
        (b"Content-Encoding: gzip\r\n", FetchFailed),
        (b"Transfer-Encoding: chunked\r\n", FetchFailed),
    ],
)
def test_caps_headers_that_lie(
    head: bytes, error: type[FetchError] | None, settings: Callable[..., Settings], serve: Callable[..., Server]
) -> None:
    """A length that is too large, double, or none; a coding that is not there: typed, or the body to its end."""
    server = serve(lambda r: Reply(take_over=_raw(head, PLAIN)))
    session = Session(settings(), resolver=loopback)
    if error is None:
        assert session.ask(server.url("a.test")).body == PLAIN
    else:
        with pytest.raises(error):
            session.ask(server.url("a.test"))


def test_caps_a_length_too_small_does_not_poison_the_next_answer(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """Bytes behind the stated length are never taken for the next page."""
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nforged"

    def short(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\ngood" + smuggled)
        time.sleep(0.3)

    replies = {"/robots.txt": Reply(b"", 404), "/1": Reply(take_over=short), "/2": Reply(b"second " + PLAIN)}
    server = serve(lambda r: replies[r.path])
    fetcher = Fetcher(settings(), resolver=loopback)
    assert fetcher.get(server.url("a.test", "/1")).body == b"good"
    time.sleep(0.1)
    assert fetcher.get(server.url("a.test", "/2")).body == b"second " + PLAIN


def test_caps_robots_and_sitemaps(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """A robots.txt that is a bomb is read to 512 KiB and holds as far as it was read; a sitemap .gz ends at the cap."""
    bomb = gzip.compress(b"User-agent: *\nDisallow: /private\n" + b"# x\n" * 5_000_000)

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(bomb, type="text/plain", headers={"Content-Encoding": "gzip"})
        return Reply(PLAIN)

    server = serve(app)
    fetcher = Fetcher(settings(), resolver=loopback)
    started = time.monotonic()
    assert fetcher.get(server.url("a.test", "/open")).status == 200
    with pytest.raises(FetchError, match="robots"):
        fetcher.get(server.url("a.test", "/private/1"))
    assert time.monotonic() - started < 2.0
    assert len(fetcher.robots.rules(server.url("a.test")).file.body) <= 512 * 1024


def test_caps_a_document_is_refused_by_its_type(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    for kind in ("application/pdf", "image/jpeg", "video/mp4", "application/zip", "application/msword"):
        server = serve(lambda r, kind=kind: Reply(b"%PDF-1.4", type=kind))
        with pytest.raises(NotAPage, match=kind):
            Session(settings(), resolver=loopback).ask(server.url("a.test"))

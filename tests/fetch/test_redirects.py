"""F5: redirects are followed by us, hop by hop, five at most; nothing private crosses an origin; other schemes are refused. S40: TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from ljnews.errors import AddressRefused, Blocked, CertificateRefused, FetchError, FetchFailed, LegacyTls, RedirectRefused
from ljnews.fetch import Settings, crawl, pages_of_archive
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.session import Session
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback
from tests.fetch.tls import Certificates

PAGE = article("重定向", day=date(2022, 8, 5))
Make = Callable[..., Settings]


def _app(request: Request) -> Reply:
    path, _, n = request.path.strip("/").partition("/")
    if path == "hop":
        return Reply(PAGE) if n == "0" else Reply(b"", 302, {"Location": f"/hop/{int(n) - 1}"})
    if path == "code":
        return Reply(b"", int(n), {"Location": "/hop/0"})
    if path == "to":
        return Reply(
            b"",
            302,
            {
                "Location": {
                    "file": "file:///etc/passwd",
                    "data": "data:text/html,x",
                    "ftp": "ftp://a.test/",
                    "js": "javascript:1",
                    "gopher": "gopher://a.test/",
                }[n]
            },
        )
    if path == "loop":
        return Reply(b"", 302, {"Location": "/loop/2" if n == "1" else "/loop/1"})
    if path == "cookie":
        return Reply(b"", 302, {"Location": request.target, "Set-Cookie": "ok=1"})
    if path == "other":
        return Reply(b"", 302, {"Location": f"http://b.test:{request.headers['host'].rsplit(':', 1)[1]}/hop/0"})
    if path == "gbk":
        return Reply(b"", 302, {"Location": "/页面/0".encode("gbk").decode("latin-1")})
    if path == "nowhere":
        return Reply(b"", 302)
    return Reply(b"", 404) if path == "robots.txt" else Reply(PAGE)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(code: int, settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_app)
    visit = Fetcher(settings(), resolver=loopback).follow(server.url("a.test", f"/code/{code}"))
    assert [a.status for a in visit.answers] == [code, 200]
    assert visit.last.body == PAGE


def test_redirects_five_are_allowed_and_not_six(settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_app)
    fetcher = Fetcher(settings(), resolver=loopback)
    assert len(fetcher.follow(server.url("a.test", "/hop/5")).answers) == 6
    with pytest.raises(RedirectRefused, match="more than 5"):
        fetcher.follow(server.url("a.test", "/hop/6"))


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/to/file", AddressRefused), ("/to/data", AddressRefused), ("/to/ftp", AddressRefused), ("/to/js", AddressRefused),
        ("/to/gopher", AddressRefused), ("/loop/1", RedirectRefused), ("/cookie/1", FetchError), ("/nowhere/1", FetchError),
    ],
)  # fmt: skip
def test_redirects_that_end_typed(path: str, error: type[FetchError], settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(_app)
    with pytest.raises(error):
        Fetcher(settings(), resolver=loopback).follow(server.url("a.test", path))
    summary = crawl(server.url("a.test", path), out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert summary.new == 0
    assert sum(summary.failed.values()) == 1


def test_redirects_to_itself_is_a_wall_that_wants_a_cookie(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(_app)
    summary = crawl(server.url("a.test", "/cookie/1"), out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert summary.failed == {Blocked.__name__: 1}


def test_redirects_in_a_crawl_have_their_own_turn_and_robots(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """A hop to another host asks that host's robots.txt first; what it forbids is not fetched."""

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt" and request.host == "b.test":
            return Reply(b"User-agent: *\nDisallow: /hop/", type="text/plain")
        return _app(request)

    server = serve(app)
    summary = crawl(server.url("a.test", "/other/"), out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert server.asked("b.test") == ["/robots.txt"]
    assert summary.skipped == 1


def test_redirects_several_to_one_page_bring_it_once(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(_app)
    named = [server.url("a.test", p) for p in ("/code/301", "/code/302", "/code/307", "/hop/0")]
    summary = crawl(named, out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert server.asked("a.test").count("/hop/0") == 1
    assert (summary.new, summary.redirects) == (1, 3)
    assert len(list(pages_of_archive(tmp_path / "out"))) == 1


def test_redirects_headers_in_gbk_are_read(settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_app)
    assert Fetcher(settings(), resolver=loopback).follow(server.url("a.test", "/gbk/1")).last.url.endswith("/%E9%A1%B5%E9%9D%A2/0")


def test_redirects_carry_no_authorization_and_no_cookie_across_origins(settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_app)
    fetcher = Fetcher(settings(), resolver=loopback)
    fetcher.session.headers["Authorization"] = "Basic c2VjcmV0"
    fetcher.session.headers["Cookie"] = "sid=1"
    fetcher.follow(server.url("a.test", "/other/"))
    assert not any({"authorization", "cookie"} & set(r.headers) for r in server.requests)


@contextmanager
def _tls(context: ssl.SSLContext, reply: bytes = b"") -> Iterator[int]:
    """A TLS server that answers one thing."""
    listener = socket.create_server(("127.0.0.1", 0))
    answer = reply or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE

    def run() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            with suppress(OSError):
                connection = context.wrap_socket(raw, server_side=True)
                while b"\r\n\r\n" not in (got := connection.recv(65536)):
                    if not got:
                        break
                missing = b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"
                connection.sendall(missing if got.startswith(b"GET /robots.txt") else answer)
                connection.close()

    threading.Thread(target=run, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def test_tls_right_name_is_accepted_by_name_not_by_address(settings: Make, certificates: Certificates) -> None:
    """We connect to a checked address, and the certificate is checked for the name."""
    with _tls(certificates.server("a.test")) as port:
        session = Session(settings(ca_file=certificates.authority), resolver=loopback)
        assert session.ask(f"https://a.test:{port}/").body == PAGE


@pytest.mark.parametrize("host", ["b.test", "127.0.0.1", "a.test.evil.test"])
def test_tls_certificate_of_another_name_is_refused(host: str, settings: Make, certificates: Certificates) -> None:
    with _tls(certificates.server("a.test")) as port, pytest.raises(CertificateRefused):
        Session(settings(ca_file=certificates.authority), resolver=loopback).ask(f"https://{host}:{port}/")


def test_tls_unknown_authority_is_refused(settings: Make, certificates: Certificates) -> None:
    with _tls(certificates.server("a.test")) as port, pytest.raises(CertificateRefused):
        Session(settings(), resolver=loopback).ask(f"https://a.test:{port}/")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_tls_outdated_is_named_so(version: ssl.TLSVersion, settings: Make, certificates: Certificates) -> None:
    with _tls(certificates.server("a.test", version=version)) as port, pytest.raises(LegacyTls):
        Session(settings(ca_file=certificates.authority), resolver=loopback).ask(f"https://a.test:{port}/")


def test_tls_spoken_to_a_plain_server_is_a_failure(settings: Make, serve: Callable[..., Server]) -> None:
    server = serve(_app)
    with pytest.raises(FetchFailed):
        Session(settings(deadline=1.0), resolver=loopback).ask(f"https://a.test:{server.port}/")


def test_redirects_from_https_to_http_are_said(settings: Make, serve: Callable[..., Server], certificates: Certificates) -> None:
    server = serve(_app)
    reply = b"HTTP/1.1 302 X\r\nLocation: http://a.test:%d/hop/0\r\nContent-Length: 0\r\n\r\n" % server.port
    with _tls(certificates.server("a.test"), reply) as port:
        visit = Fetcher(settings(ca_file=certificates.authority), resolver=loopback).follow(f"https://a.test:{port}/")
    assert visit.insecure
    assert visit.last.body == PAGE

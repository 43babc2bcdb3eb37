"""F6: robots.txt by RFC 9309, row by row; unreachable means forbidden; one file a day; no forbidden page of a large site is fetched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ljnews.errors import RobotsRefused, RobotsUnknown
from ljnews.fetch import Settings, crawl
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.robots import RobotsFile, Rules, text_of
from tests.fetch.fakes import FakeClock
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback

ALL = "User-agent: *\n"
#: (robots.txt, path, allowed)
ROWS: list[tuple[str | bytes, str, bool]] = [
    ("", "/a", True),
    (ALL + "Disallow:", "/a", True),
    (ALL + "Disallow: /", "/a", False),
    (ALL + "Disallow: /", "/robots.txt", True),
    (ALL + "Disallow: /admin", "/admin", False),
    (ALL + "Disallow: /admin", "/administrator", False),
    (ALL + "Disallow: /admin/", "/admin", True),
    (ALL + "Disallow: /admin/", "/admin/x", False),
    (ALL + "Disallow: /admin", "/Admin", True),
    (ALL + "Disallow: /a\nAllow: /a/b", "/a/b/c", True),
    (ALL + "Disallow: /a\nAllow: /a/b", "/a/c", False),
    (ALL + "Allow: /a/b\nDisallow: /a", "/a/b", True),
    (ALL + "Allow: /a\nDisallow: /a", "/a", True),
    (ALL + "Disallow: /a/b/c\nAllow: /a/b", "/a/b/c/d", False),
    (ALL + "Disallow: /*.pdf", "/x/y.pdf", False),
    (ALL + "Disallow: /*.pdf", "/x/y.pdf?z=1", False),
    (ALL + "Disallow: /*.pdf$", "/x/y.pdf?z=1", True),
    (ALL + "Disallow: /*.pdf$", "/x/y.pdf", False),
    (ALL + "Disallow: /a$", "/a", False),
    (ALL + "Disallow: /a$", "/ab", True),
    (ALL + "Disallow: /*?", "/x?y=1", False),
    (ALL + "Disallow: /*?", "/x", True),
    (ALL + "Disallow: /*sid=", "/x?a=1&sid=2", False),
    (ALL + "Disallow: /a*b*c", "/a1b2c3", False),
    (ALL + "Disallow: /a*b*c", "/a1c2b3", True),
    (ALL + "Disallow: *", "/x", False),
    (ALL + "Disallow: /%7Efoo/", "/~foo/x", False),
    (ALL + "Disallow: /~foo/", "/%7Efoo/x", False),
    (ALL + "Disallow: /%e6%96%b0/", "/%E6%96%B0/x", False),
    (ALL + "Disallow: /新闻/", "/%E6%96%B0%E9%97%BB/x", False),
    ((ALL + "Disallow: /新闻/").encode("gbk"), "/%E6%96%B0%E9%97%BB/x", False),
    (b"\xef\xbb\xbf" + (ALL + "Disallow: /x").encode(), "/x", False),
    (ALL.replace("\n", "\r\n") + "Disallow: /x\r\n", "/x", False),
    (ALL.replace("\n", "\r") + "Disallow: /x\r", "/x", False),
    ("user-agent: *\ndisallow: /x", "/x", False),
    ("USER-AGENT: *\nDISALLOW: /x", "/x", False),
    ("User-agent : *\nDisallow : /x", "/x", False),
    ("User-agent:*\nDisallow:/x", "/x", False),
    ("# note\nUser-agent: * # all\nDisallow: /x # this", "/x", False),
    ("User-agent: ljnews\nDisallow: /x\n\nUser-agent: *\nDisallow: /y", "/x", False),
    ("User-agent: ljnews\nDisallow: /x\n\nUser-agent: *\nDisallow: /y", "/y", True),
    ("User-agent: *\nDisallow: /y\n\nUser-agent: ljnews\nDisallow: /x", "/x", False),
    ("User-agent: LJNEWS\nDisallow: /x", "/x", False),
    ("User-agent: otherbot\nDisallow: /", "/x", True),
    ("User-agent: otherbot\nUser-agent: ljnews\nDisallow: /x", "/x", False),
    ("User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", True),
    ("User-agent: ljnews\nDisallow: /x\n\nUser-agent: ljnews\nDisallow: /z", "/z", False),
    ("User-agent: ljnewsbot\nDisallow: /", "/x", True),
    ("Disallow: /x", "/x", True),
    ("<html><body>404</body></html>", "/x", True),
    ("User-agent: *\nDisallow: /x\nSitemap: http://a/s.xml\nDisallow: /y", "/y", False),
    ("User-agent: *\nCrawl-delay: 5\nDisallow: /x", "/x", False),
    ("User-agent: *\n\n\nDisallow: /x", "/x", False),
    ("User-agent: *\nNoindex: /y\nDisallow: /x", "/x", False),
    ("User-agent: *\nDisallow: x", "/x", True),
    (b"User-agent: *\nDisallow: /\x00x\n", "/x", False),
    (ALL + "Disallow: /" + "*a" * 2000 + "b", "/" + "a" * 1900, True),
    (ALL + "Disallow: /" + "*" * 50000 + "x", "/" + "a" * 1900, True),
    (ALL + "".join(f"Disallow: /p{n}\n" for n in range(20000)), "/p19999x", False),
    (ALL + "Disallow: /a b", "/a%20b", False),
    (ALL + "Disallow: //x", "//x/y", False),
    (ALL + "Allow: /$\nDisallow: /", "/", True),
    (ALL + "Allow: /$\nDisallow: /", "/x", False),
]


@pytest.mark.parametrize(("content", "path", "allowed"), ROWS)
def test_robots_rows(content: str | bytes, path: str, allowed: bool) -> None:
    body = content if isinstance(content, bytes) else content.encode()
    rules = Rules(RobotsFile("http://a.test:80", "rules", body, 1e12), "ljnews")
    assert rules.allows(f"http://a.test{path}") is allowed


def test_robots_there_are_sixty_rows() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "rules"), (204, "open"), (301, "open"), (400, "open"), (401, "open"), (403, "open"), (404, "open"), (410, "open"),
     (451, "open"), (429, "unknown"), (500, "unknown"), (502, "unknown"), (503, "unknown"), (504, "unknown"), (599, "unknown")],
)  # fmt: skip
def test_robots_statuses(status: int, outcome: str, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    def app(request: Request) -> Reply:
        return Reply(b"User-agent: *\nDisallow: /x", status, type="text/plain") if request.path == "/robots.txt" else Reply(_PAGE)

    server = serve(app)
    fetcher = Fetcher(settings(), resolver=loopback)
    if outcome == "open":
        assert fetcher.get(server.url("a.test", "/x")).status == 200
        return
    with pytest.raises(RobotsRefused if outcome == "rules" else RobotsUnknown):
        fetcher.get(server.url("a.test", "/x"))
    assert server.asked() == ["/robots.txt"], "a page was asked for without knowing the rules"


_PAGE = article("robots", day=date(2022, 8, 5))


def test_robots_401_may_be_set_to_forbid(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    server = serve(lambda r: Reply(b"", 401))
    with pytest.raises(RobotsRefused):
        Fetcher(settings(robots_401="disallow"), resolver=loopback).get(server.url("a.test", "/x"))


def test_robots_unreachable_forbids_until_a_later_try(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    states = {"down": True}

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"", 503) if states["down"] else Reply(b"", 404)
        return Reply(_PAGE)

    server = serve(app)
    clock = FakeClock()
    fetcher = Fetcher(settings(), resolver=loopback, clock=clock)
    for _ in range(3):
        with pytest.raises(RobotsUnknown) as caught:
            fetcher.get(server.url("a.test", "/x"))
    assert server.asked() == ["/robots.txt"], "asked again before its time"
    states["down"] = False
    clock.time = caught.value.facts["retry_at"] + 1
    assert fetcher.get(server.url("a.test", "/x")).status == 200


def test_robots_nobody_there_forbids(settings: Callable[..., Settings]) -> None:
    with pytest.raises(RobotsUnknown):
        Fetcher(settings(connect_timeout=0.5), resolver=loopback).get("http://a.test:9/x".replace(":9", ":18999"))


@pytest.mark.parametrize(("hops", "read"), [(1, True), (5, True), (6, False)])
def test_robots_redirects(hops: int, read: bool, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """Five hops are followed, also to another host; beyond that the file counts as missing."""

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"", 302, {"Location": f"http://b.test:{request.headers['host'].rsplit(':', 1)[1]}/r/{hops - 1}"})
        if request.path.startswith("/r/"):
            n = int(request.path[3:])
            return Reply(b"User-agent: *\nDisallow: /x", type="text/plain") if n == 0 else Reply(b"", 301, {"Location": f"/r/{n - 1}"})
        return Reply(_PAGE)

    server = serve(app)
    fetcher = Fetcher(settings(), resolver=loopback)
    if read:
        with pytest.raises(RobotsRefused):
            fetcher.get(server.url("a.test", "/x"))
    else:
        assert fetcher.get(server.url("a.test", "/x")).status == 200


def test_robots_is_asked_once_a_day(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(_PAGE + r.target.encode()))
    clock = FakeClock()
    fetcher = Fetcher(settings(), resolver=loopback, clock=clock)
    for hours in (0, 1, 23):
        clock.time = FakeClock().time + hours * 3600
        fetcher.get(server.url("a.test", f"/{hours}"))
    assert server.asked().count("/robots.txt") == 1
    clock.time += 3600 + 60
    fetcher.get(server.url("a.test", "/25"))
    assert server.asked().count("/robots.txt") == 2
    # the archive keeps it for the next process
    for n in range(2):
        crawl(server.url("c.test", f"/{n}"), out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert server.asked("c.test").count("/robots.txt") == 1


def test_robots_longer_than_512_kib_holds_as_far_as_read() -> None:
    from ljnews.fetch.robots import Robots
    from ljnews.fetch.session import Answer

    cap = 512 * 1024
    body = b"User-agent: *\nDisallow: /first\n" + b"# filling\n" * 52425
    assert len(body) < cap
    body += b"Disallow: /cut" + b"x" * 400
    answer = Answer("http://a.test/robots.txt", 200, "OK", (), body[:cap])
    robots = Robots(Settings(), FakeClock(), lambda _url: answer)
    assert not robots.rules("http://a.test/").allows("http://a.test/first")
    assert robots.rules("http://a.test/").allows("http://a.test/cu"), "a rule that the cap cut was taken"


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 7", 7.0), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: x", None), ("Request-rate: 1/10", 10.0), ("Crawl-delay: -3", None)],
)
def test_robots_crawl_delay(line: str, delay: float | None) -> None:
    assert Rules(RobotsFile("http://a.test:80", "rules", f"User-agent: *\n{line}\n".encode(), 1e12), "ljnews").crawl_delay == delay


def test_robots_text_of_broken_bytes_does_not_raise() -> None:
    assert "Disallow: /x" in text_of(b"User-agent: *\nDisallow: /x\n\xff\xfe\x80")


def _large_site(size: int) -> Callable[[Request], Reply]:
    """A list of so many links, every second of which robots.txt forbids by one rule or another."""
    forbidden = ("/private/", "/tmp/", "/news/no", "/search")

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(
                b"User-agent: *\nDisallow: /private/\nDisallow: /tmp/\nDisallow: /news/no\nDisallow: /*?print=\nDisallow: /search",
                type="text/plain",
            )
        if request.path.startswith("/list/"):
            n = int(request.path.split("/")[2])
            links = "".join(
                f'<li><a href="{forbidden[i % 4]}{i}.html">一条不许抓取的新闻{i}</a></li><li><a href="/news/ok{i}.html?x={i}">一条可以抓取的新闻{i}</a></li>'
                for i in range(n * 250, n * 250 + 250)
            )
            more = f'<a href="/list/{n + 1}">下一页</a>' if (n + 1) * 500 < size else ""
            return Reply(f"<ul>{links}</ul>{more}".encode())
        return Reply(article(request.target, day=date(2022, 8, 5)))

    return app


def _no_forbidden_fetch(size: int, settings: Settings, server: Server, out: Path) -> None:
    summary = crawl(server.url("a.test", "/list/0"), out=out, settings=settings, resolver=loopback, as_list=True)
    asked = server.asked()
    assert not [t for t in asked if t.startswith(("/private/", "/tmp/", "/news/no", "/search"))]
    assert sum(t.startswith("/news/ok") for t in asked) == size // 2
    assert summary.skipped == size // 2


def test_robots_no_forbidden_page_is_fetched(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> None:
    """500 URLs, half of them forbidden."""
    _no_forbidden_fetch(500, settings(), serve(_large_site(500)), tmp_path / "out")


@pytest.mark.soak
def test_robots_no_forbidden_page_of_ten_thousand(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> None:
    _no_forbidden_fetch(10_000, settings(), serve(_large_site(10_000)), tmp_path / "out")

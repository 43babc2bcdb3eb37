"""F1, F2: no road of a crawl leads to a forbidden address. A listener on every loopback address counts connections: there must be none.

The honest site is at 127.8.8.8, the only address that is opened; every other loopback spelling leads to the listener.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ljnews.errors import FetchError
from ljnews.fetch import Settings, crawl
from ljnews.fetch.address import system_resolver
from ljnews.fetch.fetcher import Fetcher
from ljnews.sites.loader import Listing, Site
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server

HONEST = "127.8.8.8"


class Counter:
    """Accepts on every IPv4 and IPv6 loopback address, answers something, and counts."""

    def __init__(self) -> None:
        self.four = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port = self.four.getsockname()[1]
        self.six = socket.create_server(("::", self.port), family=socket.AF_INET6, backlog=64)
        self.connections = 0
        for one in (self.four, self.six):
            threading.Thread(target=self._accept, args=(one,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += connection.getsockname()[0] != HONEST  # S24's first answer is the honest address
            connection.settimeout(2)
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
            connection.close()

    def close(self) -> None:
        self.four.close()
        self.six.close()


@pytest.fixture
def counter() -> Iterator[Counter]:
    made = Counter()
    yield made
    made.close()


def cases(port: int) -> dict[str, str]:
    """S01–S32: every spelling of a loopback address."""
    hosts = {
        "S01": "127.0.0.1", "S02": "127.255.255.254", "S03": "localhost", "S04": "localhost.", "S05": "LOCALHOST", "S05b": "ⓛocalhost",
        "S06": "0", "S07": "0.0.0.0", "S08": "127.1", "S09": "2130706433", "S10": "0x7f000001", "S11": "0x7f.1", "S12": "0177.0.0.1",
        "S13": "017700000001", "S14": "１２７.０.０.１", "S15": "127。0。0。1", "S16": "[::1]", "S17": "[::]", "S18": "[::ffff:127.0.0.1]",
        "S19": "[::ffff:7f00:1]", "S20": "[::127.0.0.1]", "S23": "evil.example", "S24": "rebind.example", "S25": "mixed.example",
        "S26": "twenty.example", "S27": "cname.example",
    }  # fmt: skip
    found = {name: f"http://{host}:{port}/{name}" for name, host in hosts.items()}
    found |= {
        "S28": f"//127.0.0.1:{port}/S28", "S29": f"http://example.com@127.0.0.1:{port}/S29", "S30": f"http://127.0.0.1:{port}\\@example.com/S30",
        "S31": f"http://127.0.0.1:{port}#@example.com/S31", "S32": f" \thttp://127.0.0.1:{port}/S32\n",
    }  # fmt: skip
    return found


class Names:
    """The resolver: names of the honest site, names that lie, and for all else the system."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked[host] = self.asked.get(host, 0) + 1
        if host.endswith(".fair.test"):
            return [HONEST]
        lies = {
            "evil.example": ["127.0.0.1"], "mixed.example": ["93.184.216.34", "::1"], "twenty.example": ["93.184.216.34"] * 19 + ["127.0.0.1"],
            "cname.example": ["127.0.0.1", "::1"],
        }  # fmt: skip
        if host == "rebind.example":  # the honest (opened) address first, the forbidden one from then on
            return [HONEST] if self.asked[host] == 1 else ["127.0.0.1"]
        return lies[host] if host in lies else system_resolver(host, port)


def _attr(url: str) -> str:
    return url.replace("&", "&amp;").replace('"', "&quot;")


def honest(bad: dict[str, str]) -> Callable[[Request], Reply]:
    """A site every road of which leads to the bad URLs."""
    links = "".join(f'<li><a href="{_attr(u)}">重大项目集中开工{n}号</a></li>' for n, u in bad.items())
    names = list(bad)

    def app(request: Request) -> Reply:
        road, _, rest = request.path.strip("/").partition("/")
        base = f"http://{request.headers['host']}"
        if request.path == "/robots.txt":
            lines = [f"Sitemap: {u}" for u in bad.values() if "\n" not in u]
            return Reply("\n".join(["User-agent: *", "Allow: /", *lines]).encode(), type="text/plain")
        if road == "list":
            hops = "".join(
                f'<li><a href="/{kind}/{i}">跳转到项目新闻{kind}{i}</a></li>'
                for kind in ("301", "302", "303", "307", "308", "refresh", "meta", "script", "chain")
                for i in range(len(names))
            )
            return Reply(f"<html><body><ul>{links}{hops}</ul></body></html>".encode())
        if road == "next":
            i = int(rest or 0)
            return Reply(
                f'<html><body><ul><li><a href="/a/{i}.html">又一批项目开工了{i}</a></li></ul><a href="{_attr(bad[names[i]])}">下一页</a></body></html>'.encode()
            )
        if road == "base":
            i = int(rest)
            return Reply(
                f'<html><head><base href="{_attr(bad[names[i]])}"></head><body><a href="x{i}.html">项目建设新闻一则</a><a href="y.html">下一页</a></body></html>'.encode()
            )
        if road in ("301", "302", "303", "307", "308"):
            return Reply(b"moved", int(road), {"Location": _header(bad[names[int(rest)]])})
        if road == "chain":
            step, _, i = rest.rpartition(".")
            return Reply(b"", 307, {"Location": f"/chain/{step}x.{i}" if len(step) < 3 else _header(bad[names[int(i)]])})
        if road == "refresh":
            return Reply(article("r", day=_TODAY), 200, {"Refresh": f"0; url={_header(bad[names[int(rest)]])}"})
        if road == "meta":
            return Reply(f'<meta http-equiv="refresh" content="0; url={_attr(bad[names[int(rest)]])}">'.encode())
        if road == "script":
            return Reply(f"<script>location.href='{bad[names[int(rest)]].strip()}'</script>".encode())
        if road == "sitemap.xml":
            rows = "".join(f"<url><loc>{_attr(u)}</loc></url><sitemap><loc>{_attr(u)}</loc></sitemap>" for u in bad.values())
            return Reply(f"<urlset>{rows}<url><loc>{base}/a/9.html</loc></url></urlset>".encode(), type="text/xml")
        if road == "rss.xml":
            rows = "".join(f"<item><link>{_attr(u)}</link><title>x</title></item>" for u in bad.values())
            return Reply(f"<rss><channel>{rows}</channel></rss>".encode(), type="text/xml")
        return Reply(article(request.target, day=_TODAY))

    return app


from datetime import date  # noqa: E402

_TODAY = date(2022, 8, 5)


def _header(url: str) -> str:
    return url.strip().encode("utf-8").decode("latin-1")


def _open_all(settings: Callable[..., Settings], **changes: object) -> Settings:
    return settings(allow_networks=(f"{HONEST}/32",), tries=1, **changes)


def test_ssrf_seed_urls(counter: Counter, settings: Callable[..., Settings]) -> None:
    """S01–S32 given by the user: refused, and never connected to."""
    names = Names()
    fetcher = Fetcher(_open_all(settings), resolver=names)
    for name, url in cases(counter.port).items():
        if name == "S24":
            continue  # its first answer is the honest address: see the crawl below
        with pytest.raises(FetchError):
            fetcher.follow(url)
    fetcher.close()
    assert counter.connections == 0


@pytest.mark.parametrize(
    "roads",
    [
        {"entry": ["/list"]},
        {"entry": [f"/next/{i}" for i in range(31)]},
        {"entry": [f"/base/{i}" for i in range(31)]},
        {"feeds": ["/rss.xml"]},
        {"sitemaps": ["/sitemap.xml", "robots"]},
    ],
    ids=["links-and-redirects", "next-page", "base", "feed", "sitemap-and-robots"],
)
def test_ssrf_every_road_of_a_crawl(
    roads: dict[str, list[str]], counter: Counter, settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path
) -> None:
    """F1: links, next pages, redirects of five codes and of three, Refresh, meta refresh, scripts, base, feeds, sitemaps, robots lines."""
    bad = cases(counter.port)
    server = serve(honest(bad), address=HONEST)
    told = {key: tuple(u if u == "robots" else server.url("a.fair.test", u) for u in some) for key, some in roads.items()}
    # the site file takes in every host, so that only the guard stands between a link and a connection
    hosts = (
        "test",
        "example",
        "localhost",
        "1",
        "127.0.0.1",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "::1",
        "::",
        "[::1]",
    )
    listing = Listing(match=r"^https?://", **told)
    site = Site(file="fair.toml", key="fair", domains=hosts, listing=listing)
    seen: list[dict[str, object]] = []
    summary = crawl(site, out=tmp_path / "out", settings=_open_all(settings), resolver=Names(), on_event=seen.append)
    assert counter.connections == 0
    assert summary.pages > 0
    assert len(server.requests) > 1, "the honest site was not crawled at all"
    refused = sum(e.get("error") == "AddressRefused" for e in seen)
    assert refused >= (25 if "entry" in roads and roads["entry"][0] == "/list" else 5), "hardly a bad URL reached the guard"


def test_ssrf_the_listener_does_count(counter: Counter, settings: Callable[..., Settings]) -> None:
    """The control: with the range opened, the same spellings do reach the listener."""
    fetcher = Fetcher(settings(tries=1, circuit_fails=1000), resolver=Names())
    for name in ("S01", "S02", "S08", "S09", "S16", "S23"):
        fetcher.session.ask(cases(counter.port)[name])
    fetcher.close()
    assert counter.connections == 6


def test_ssrf_rebinding_between_two_requests(counter: Counter, settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """F2: a name that answers honestly once and with loopback then is refused at its second connection."""
    server = serve(lambda r: Reply(b"ok", headers={"Connection": "close"}), address=HONEST)
    names = Names()
    fetcher = Fetcher(_open_all(settings), resolver=names)
    assert fetcher.session.ask(server.url("rebind.example")).body == b"ok"
    fetcher.session.close()
    with pytest.raises(FetchError, match="not on the public Internet"):
        fetcher.session.ask(f"http://rebind.example:{counter.port}/")
    assert counter.connections == 0
    assert names.asked["rebind.example"] == 2, "resolved more than once a connection"


def test_ssrf_netrc_and_credentials_are_not_sent(
    settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S39: credentials of .netrc stay at home; nothing but our own headers goes out."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine a.fair.test login me password geheim\ndefault login me password geheim\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    server = serve(lambda r: Reply(b"ok", headers={"Set-Cookie": "sid=1; Path=/"}), address=HONEST)
    fetcher = Fetcher(_open_all(settings), resolver=Names())
    fetcher.session.ask(server.url("a.fair.test"))
    fetcher.session.ask(server.url("a.fair.test"))
    assert {name for r in server.requests for name in r.headers} == {
        "host", "user-agent", "accept", "accept-language", "accept-encoding",
    }  # fmt: skip
    assert ipaddress.ip_address(HONEST).is_loopback

"""F9: sites without end. Each crawl stops by itself, soon, and the summary says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from ljnews.fetch import CrawlSummary, Settings, crawl, pages_of_archive
from ljnews.fetch.urls import key_of, trap
from ljnews.records import Page
from ljnews.sites.loader import Listing, Site
from tests.fetch.papers import article, sentences
from tests.fetch.server import Reply, Request, Server, loopback

DAY = date(2022, 8, 5)
Run = Callable[..., tuple[CrawlSummary, Server]]


@pytest.fixture
def run(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> Run:
    """Crawl an app from `/list` by rules; return summary and server."""

    def make(app: Callable[[Request], Reply], rules: Listing, **changes: object) -> tuple[CrawlSummary, Server]:
        server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else app(r))
        told = Listing(**{**vars(rules), "entry": (server.url("trap.test", "/list"),)})
        site = Site(file="trap.toml", key="trap", domains=("trap.test",), listing=told)
        summary = crawl(site, out=tmp_path / "out", settings=settings(**changes), resolver=loopback)
        return summary, server

    return make


def _list(links: list[str], more: str = "") -> Reply:
    items = "".join(f'<li><a href="{u}">重点项目建设情况通报之{n}</a></li>' for n, u in enumerate(links))
    return Reply(f"<html><body><ul>{items}</ul>{more}</body></html>".encode())


def test_trap_pages_without_end_that_repeat_the_last(run: Run) -> None:
    """`?page=` always has one more page, with the same ten articles."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            n = int(r.query.get("page", "1"))
            return _list([f"/a/{min(n, 3) * 10 + i}.html" for i in range(10)], f'<a href="/list?page={n + 1}">下一页</a>')
        return Reply(article(r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+"))
    assert summary.new == 30
    assert sum(t.startswith("/list") for t in server.asked()) == 5
    assert any("no new article in 2 pages" in s for s in summary.stops)


def test_trap_calendar_links(run: Run) -> None:
    """A calendar with a day's page for every day of every year: future days are refused, past ones stop by «no new»."""

    def app(r: Request) -> Reply:
        parts = r.path.strip("/").split("/")
        if parts[0] == "cal":
            day = date(int(parts[1]), int(parts[2]), int(parts[3]))
            near = [day + timedelta(days=n) for n in (-1, 1, 400, 4000)]
            return _list([], "".join(f'<a class="day" href="/cal/{d.year}/{d.month}/{d.day}">{d.day}</a>' for d in near))
        if r.path == "/list":
            return _list(["/a/1000.html"], '<a class="day" href="/cal/2022/8/5">5</a>')
        return Reply(article(r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+", lists=("a.day",)))
    assert summary.new == 1
    assert len(server.asked()) <= 60
    assert any("lists, each found on the one before" in s for s in summary.stops)


def test_trap_session_ids(run: Run) -> None:
    """Every list page gives the same articles under new session ids: each is fetched once."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            n = int(r.query.get("page", "1"))
            forms = [
                "/a/{i}.html;jsessionid={s}",
                "/a/{i}.html?PHPSESSID={s}",
                "/a/{i}.html?sid={s}&utm_source=x",
                "/(S({s}{s}))/a/{i}.html",
            ]
            links = [forms[n % 4].format(i=1000 + i, s=f"{n:032x}") for i in range(10)]
            return _list(links, f'<a href="/list?page={n + 1}&sessionid={n}">下一页</a>')
        return Reply(article(r.path.split(";")[0].split("/a/")[-1], day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+"))
    assert summary.new == 10
    assert len(server.asked()) < 20


def test_trap_urls_that_grow(run: Run) -> None:
    """A relative link that makes each page one folder deeper, each with something new."""

    def app(r: Request) -> Reply:
        base = r.path.rstrip("/")
        if base.startswith("/list"):
            return _list([f"/a/{len(base)}000.html"], f'<a class="deeper" href="{base}/more/">更多</a>')
        return Reply(article(r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+", lists=("a.deeper",)))
    assert len(server.asked()) <= 12
    assert any("looks like a trap (the same folders again and again)" in s for s in summary.stops)


def test_trap_same_content_under_a_thousand_urls(run: Run) -> None:
    """One page under 1,000 URLs: given up after twenty."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            return _list([f"/a/{1000 + i}.html" for i in range(1000)] + ["/b/1.html", "/b/2.html"])
        return Reply(article("same" if r.path.startswith("/a/") else r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/[ab]/\d+"))
    assert len(server.asked()) < 40
    assert (summary.new, summary.duplicates) == (3, 20)
    assert any("content known already" in s and "not fetched" in s for s in summary.stops)


def test_trap_lists_that_invent_new_articles_of_the_same_content(run: Run) -> None:
    """New URLs on every list page, one content: the shape is closed, then the lists have nothing new."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            n = int(r.query.get("page", "1"))
            return _list([f"/a/{n}{i:03d}.html" for i in range(10)], f'<a href="/list?page={n + 1}">下一页</a>')
        return Reply(article("same", day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+"))
    assert len(server.asked()) < 40
    assert summary.pending == 0


def test_trap_budget_of_pages(run: Run) -> None:
    """A site that really has no end stops by the budget of list pages."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            n = int(r.query.get("page", "1"))
            return _list([f"/a/{n}{i}.html" for i in range(2)], f'<a href="/list?page={n + 1}">下一页</a>')
        return Reply(article(r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+"), max_listing_pages=10)
    assert sum(t.startswith("/list") for t in server.asked()) == 11
    assert any("the bound of a run" in s for s in summary.stops)


def test_trap_budget_of_a_host(run: Run) -> None:
    def app(r: Request) -> Reply:
        return _list([f"/a/{i}.html" for i in range(1000, 1100)]) if r.path == "/list" else Reply(article(r.target, day=DAY))

    summary, server = run(app, Listing(match=r"/a/\d+"), max_urls_per_host=30)
    assert len(server.asked()) <= 32
    assert any("the bound of a host" in s for s in summary.stops)


def test_trap_reposts_are_told_from_new_articles(run: Run) -> None:
    """The same text with another frame, source line and one sentence changed is a repost; a neighbour of the same template is not."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            return _list([f"/a/{n}.html" for n in range(1000, 1006)])
        number = int(r.path[3:7])
        said = sentences("original" if number in (1000, 1003) else f"other{number}", 12)
        if number == 1003:
            said[4] = "转载时改写的一句话，与原文完全不同，编号七七八八九九。"
        shared = "<p>本网站所有内容未经书面授权不得转载摘编，违者将依法追究责任。</p><p>互联网新闻信息服务许可证编号五一一二零一七零零零一，请勿转载。</p>"
        return Reply(f"<html><body><h2>{number}</h2>{''.join(f'<p>{s}</p>' for s in said)}{shared}</body></html>".encode())

    summary, _ = run(app, Listing(match=r"/a/\d+"))
    assert (summary.new, summary.reposts) == (5, 1)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://a.test/x/y/x/y/x/y/1.html", True), ("http://a.test/" + "d/" * 20 + "1.html", True), ("http://a.test/?" + "a=1&" * 20, True),
        ("http://a.test/?p=1&p=1&p=1", True), ("http://a.test/" + "a" * 2100, True),
        ("http://a.test/html/2022-08/05/content_1.htm", False), ("http://a.test/zwgk/xxgk/zwgk/202208/t20220805_1.html", False),
        ("http://a.test/art/2022/8/8/art_8_8.html", False), ("http://a.test/show.asp?id=5&cid=3&page=2", False),
    ],
)  # fmt: skip
def test_trap_urls(url: str, why: bool) -> None:
    assert (trap(url) is not None) is why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.test/1.html", "https://a.test:443/1.html#x", True), ("http://A.test/1.html", "http://a.test./1.html", True),
        ("http://a.test/1?a=1&b=2", "http://a.test/1?b=2&a=1", True), ("http://a.test/%7Ex", "http://a.test/~x", True),
        ("http://a.test/%e6%96%b0", "http://a.test/%E6%96%B0", True), ("http://a.test/1?utm_source=wx&spm=1", "http://a.test/1", True),
        ("http://a.test/a/../b", "http://a.test/b", True), ("http://a.test", "http://a.test/", True), ("http://a.test:80/", "http://a.test/", True),
        ("http://a.test/1?id=1", "http://a.test/1?id=2", False), ("http://a.test/A", "http://a.test/a", False),
        ("http://a.test:8080/", "http://a.test/", False), ("http://a.test/1?from=2", "http://a.test/1", False), ("http://b.test/", "http://a.test/", False),
        ("http://a.test/1?sid=abc", "http://a.test/1", True), ("http://a.test/1;jsessionid=AB12?x=1", "http://a.test/1?x=1", True),
        ("http://a.test/%2Fx", "http://a.test//x", False),
    ],
)  # fmt: skip
def test_keys_of_urls(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


def test_trap_print_versions_name_the_article_they_are_of(run: Run, tmp_path: Path) -> None:
    """`rel=canonical`: of print version and article the article is given, whichever came first; a template's «canonical» is not believed."""

    def app(r: Request) -> Reply:
        if r.path == "/list":
            return _list(
                [
                    "/a/1001.html",
                    "/print/1001.html",
                    "/print/1002.html",
                    "/a/1002.html",
                    "/a/1003.html",
                    "/a/1004.html",
                    "/print/1005.html",
                ],
                '<a href="/list2">下一页</a>',
            )
        if r.path == "/list2":
            return _list(["/a/1005.html", "/a/1006.html"])
        number = r.path[-9:-5]
        own = "/" if number in ("1003", "1004") else f"/a/{number}.html"
        head = f'<head><link rel="canonical" href="{own}">'
        return Reply(article(f"canonical {number}", day=DAY, extra=f"<i>{r.path}</i>").replace(b"<head>", head.encode()))

    summary, server = run(app, Listing(match=r"/(a|print)/\d+"))
    assert (summary.new, summary.duplicates, summary.reposts) == (6, 2, 0)
    assert "/a/1005.html" not in server.asked(), "a page known by its own word was fetched again"
    pages = [p for p in pages_of_archive(tmp_path / "out") if isinstance(p, Page)]
    given = sorted((p.url or "").rsplit(":", 1)[1].split("/", 1)[1] for p in pages)
    assert given == ["a/1001.html", "a/1002.html", "a/1003.html", "a/1004.html", "a/1006.html", "print/1005.html"]

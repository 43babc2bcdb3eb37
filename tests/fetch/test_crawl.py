"""The whole road: six papers crawled by the real command; later runs fetch what is new; what is said to people and machines."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ljnews.errors import OutputUnwritable, SiteError, UsageError
from ljnews.fetch import Archive, Settings, address, crawl, pages_of_archive
from ljnews.fetch.settings import PAGES_WITHOUT_CONTACT
from ljnews.fetch.tools import verify
from ljnews.records import Page
from ljnews.sites.loader import Listing, Site
from tests.fetch.papers import Papers, Portal, article
from tests.fetch.server import Reply, Request, Server, loopback
from tests.fetch.sites import write_sites
from tests.fetch.test_listing import HOSTILE

Make = Callable[..., Settings]
SINCE = date.today() - timedelta(days=79)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The real command line, with names that lead to this machine."""
    monkeypatch.setattr(address, "system_resolver", loopback)
    monkeypatch.setenv("LJNEWS_STATE", str(tmp_path / "state"))

    def run(*arguments: object) -> Any:
        from ljnews.cli import main

        return CliRunner().invoke(main, [str(a) for a in arguments])

    return run


def _judge(papers: Papers, server: Server, delay: float) -> None:
    """Every article once, nothing that is forbidden, one connection to a host, every gap at least the delay."""
    for host, paper in papers.papers.items():
        fetched = Counter(n for t in server.asked(host) if (n := paper.number(t)) is not None)
        assert set(fetched) == set(range(1, paper.size + 1)), host
        assert max(fetched.values()) == 1, host
        assert not [t for t in server.asked(host) if t.startswith("/admin/")]
        assert server.most_at_once[host] == 1, host
        assert min(server.gaps(host)) >= delay - 0.001, host
        assert server.asked(host)[0] == "/robots.txt"


def test_crawl_two_thousand_pages_by_the_real_command(command: Callable[..., Any], tmp_path: Path) -> None:
    """`ljnews fetch SITE...` over 2,004 articles of six CMS families."""
    papers = Papers(334)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        done = command("fetch", *sites, "--out", tmp_path / "out", "--since", SINCE, "--contact", "redaktion@example.org", "--delay", "0.005",
                       "--allow-network", "127.0.0.0/8", "--json")  # fmt: skip
        assert done.exit_code == 0, done.output
        _judge(papers, server, 0.005)
        assert all("+mailto:redaktion@example.org" in r.headers["user-agent"] for r in server.requests)
    events = [json.loads(line) for line in done.output.splitlines()]
    assert events[0]["event"] == "start"
    assert events[-1]["event"] == "end"
    assert events[-1]["new"] == papers.articles()
    assert events[-1]["failed"] == {}
    assert events[-1]["pending"] == 0
    assert len([e for e in events if e.get("state") == "new"]) == papers.articles()
    pages = [p for p in pages_of_archive(tmp_path / "out") if isinstance(p, Page)]
    assert len(pages) == papers.articles()
    portal = papers.papers["zhengfu.test"]
    joined = [p for p in pages if p.more]
    assert len(joined) == sum(isinstance(portal, Portal) and portal.parts(n) > 1 for n in portal.ids())
    assert {len(p.more) for p in joined} == {2}


def test_crawl_again_fetches_only_what_is_new_or_changed(settings: Make, tmp_path: Path) -> None:
    papers = Papers(45)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        run = lambda **more: crawl(sites, out=tmp_path / "out", settings=settings(**more), resolver=loopback, since=SINCE)  # noqa: E731
        assert run().new == papers.articles()
        before = len(server.requests)
        second = run()
        assert (second.new, second.changed, second.duplicates) == (0, 0, 0)
        again = server.requests[before:]
        assert not [r for r in again if papers.papers[r.host].number(r.target) is not None], "an article was fetched again"
        assert len(again) < 40
        assert not [r for r in again if r.path == "/robots.txt"]
        for paper in papers.papers.values():  # three new articles each, and one changed in the sitemap
            paper.size += 3
        papers.papers["dahan.test"].versions[7] = 1
        third = run()
        assert (third.new, third.changed) == (15, 1), "the e-paper's issues of a month ago are not looked at again"
        before = len(server.requests)
        fresh = run(refresh_days=1)  # asks for recent articles again, by their ETag
        assert fresh.new == 0
        assert fresh.changed == 0
        assert fresh.unchanged == papers.articles() - 3
        conditional = [r for r in server.requests[before:] if papers.papers[r.host].number(r.target) is not None]
        assert conditional
        assert all("if-none-match" in r.headers for r in conditional)


def test_crawl_lists_are_asked_for_by_their_etag(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"", 404)
        if request.path == "/list":
            if request.headers.get("if-none-match") == '"v1"' or request.headers.get("if-modified-since"):
                return Reply(b"", 304)
            return Reply(b'<a href="/a/1000.html">x</a>', headers={"ETag": '"v1"', "Last-Modified": "Fri, 05 Aug 2022 00:00:00 GMT"})
        return Reply(article(request.target, day=date(2022, 8, 5)))

    server = serve(app)
    site = Site(file="x.toml", key="x", domains=("a.test",), listing=Listing(entry=(server.url("a.test", "/list"),), match="/a/"))
    first = crawl(site, out=tmp_path / "out", settings=settings(), resolver=loopback)
    second = crawl(site, out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert (first.new, second.new, second.unchanged, second.bytes) == (1, 0, 1, 0)


def test_crawl_since_leaves_older_articles_out(settings: Make, tmp_path: Path) -> None:
    papers = Papers(60)
    since = date.today() - timedelta(days=79) + timedelta(days=50)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=since)
        for host, paper in papers.papers.items():
            fetched = {n for t in server.asked(host) if (n := paper.number(t)) is not None}
            assert fetched == {n for n in paper.ids() if n >= 50}, host


def test_crawl_budget_and_contact(settings: Make, tmp_path: Path) -> None:
    """Fifty pages without a contact; more are refused at once; the next run goes on."""
    papers = Papers(30)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        with pytest.raises(UsageError, match="contact"):
            crawl(sites, out=tmp_path / "out", settings=settings(contact=None), pages=51, resolver=loopback)
        assert not server.requests
        first = crawl(sites, out=tmp_path / "out", settings=settings(contact=None), resolver=loopback, since=SINCE)
        assert first.pages <= PAGES_WITHOUT_CONTACT
        assert any("budget" in s for s in first.stops)
        assert first.pending > 0
        assert all("+" not in r.headers["user-agent"] for r in server.requests)
        few = crawl(sites, out=tmp_path / "few", settings=settings(), resolver=loopback, since=SINCE, pages=7)
        assert few.pages == 7
        rest = crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=SINCE)
        assert first.new + rest.new == papers.articles()
        assert rest.pending == 0


def test_crawl_dry_run_names_and_keeps_nothing(command: Callable[..., Any], tmp_path: Path) -> None:
    papers = Papers(30)
    with Server(papers) as server:
        sites = [s for s in write_sites(tmp_path / "sites", server.port) if "shuzibao" not in s.name]
        del papers.papers["shuzibao.test"]
        done = command(
            "fetch",
            *sites,
            "--out",
            tmp_path / "out",
            "--contact",
            "a@example.org",
            "--delay",
            "0",
            "--allow-network",
            "127.0.0.0/8",
            "--dry-run",
        )
        assert done.exit_code == 0
        named = re.findall(r"http://\S+", done.output)
        assert (
            len({u for u in named if papers.papers[u.split("/")[2].split(":")[0]].number("/" + u.split("/", 3)[3]) is not None})
            == papers.articles()
        )
        assert not [r for r in server.requests if papers.papers[r.host].number(r.target) is not None]
    assert not (tmp_path / "out").exists()


def test_crawl_dry_run_over_an_archive_names_only_the_new(settings: Make, tmp_path: Path) -> None:
    papers = Papers(20)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=SINCE)
        size = (tmp_path / "out" / "archive.sqlite").stat().st_size
        for paper in papers.papers.values():
            paper.size += 1
        del papers.papers["shuzibao.test"]  # an issue of a month ago is not looked at again
        dry = crawl(sites, out=tmp_path / "out", settings=settings(dry_run=True), resolver=loopback, since=SINCE)
        assert len(dry.would_fetch) == 5
        assert (tmp_path / "out" / "archive.sqlite").stat().st_size == size
        with Archive(tmp_path / "out") as archive:
            assert sum(c.kind == "article" for c in archive.captures()) == 120


def test_crawl_summary_on_paper(command: Callable[..., Any], tmp_path: Path) -> None:
    """Without --json and not on a terminal: a table at the end, no bar, no control characters."""
    papers = Papers(3)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        done = command(
            "fetch",
            *sites,
            "--out",
            tmp_path / "out",
            "--since",
            SINCE,
            "--contact",
            "a@example.org",
            "--delay",
            "0",
            "--allow-network",
            "127.0.0.0/8",
        )
    assert done.exit_code == 0
    assert "\x1b" not in done.output
    for host in papers.papers:
        assert host in done.output


def test_progress_draws_on_a_terminal_only(settings: Make, tmp_path: Path) -> None:
    import io

    from rich.console import Console

    from ljnews.fetch.show import Progress, json_line, summary_lines, summary_table

    papers = Papers(5)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        for terminal in (False, True):
            console = Console(file=io.StringIO(), force_terminal=terminal, width=120)
            with Progress(100, console=console) as show:
                summary = crawl(sites, out=tmp_path / f"out{terminal}", settings=settings(), resolver=loopback, since=SINCE, on_event=show)
                drawn = Console(file=io.StringIO(), width=120)
                drawn.print(show._draw())
                assert "zhengfu.test" in drawn.file.getvalue()
                assert "新 30" in drawn.file.getvalue()
            written = console.file.getvalue()  # type: ignore[attr-defined]
            assert bool(written) is terminal
    table = Console(file=io.StringIO(), width=120)
    table.print(summary_table(summary))
    assert "dede.test" in table.file.getvalue()
    assert "all" in table.file.getvalue()
    assert "30 new" in summary_lines(summary)[0]
    evil = json_line({"url": "a\u2028b\u2029c\nd\x85", "title": "新闻\x1b[31m"})
    assert len(evil.splitlines()) == 1
    assert json.loads(evil)["url"] == "a\u2028b\u2029c\nd\x85"


def test_crawl_of_unknown_sites_and_empty_ones(settings: Make, tmp_path: Path) -> None:
    for wrong in ("nowhere-news", str(tmp_path / "none.toml"), []):
        with pytest.raises(UsageError):
            crawl(wrong, out=tmp_path / "out", settings=settings())  # type: ignore[arg-type]
    (tmp_path / "empty.toml").write_text('name = "空"\n')
    with pytest.raises(SiteError, match="listing"):
        crawl(tmp_path / "empty.toml", out=tmp_path / "out", settings=settings())
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputUnwritable):
        crawl("http://a.test/", out=tmp_path / "file" / "out", settings=settings(), resolver=loopback)


def test_crawl_site_by_name_from_the_users_folder(settings: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = Papers(4)
    with Server(papers) as server:
        write_sites(tmp_path / "sites", server.port)
        monkeypatch.setenv("LJNEWS_SITES", str(tmp_path / "sites"))
        assert crawl("dede.test", out=tmp_path / "out", settings=settings(), resolver=loopback).new == 4


def test_crawl_two_sites_in_one_folder_do_not_mix(settings: Make, tmp_path: Path) -> None:
    """What is left of one site is not fetched by a run of another."""
    papers = Papers(30)
    with Server(papers) as server:
        sites = {p.stem: p for p in write_sites(tmp_path / "sites", server.port)}
        crawl(sites["dede.test"], out=tmp_path / "out", settings=settings(), resolver=loopback, pages=5)
        before = len(server.asked("dede.test"))
        crawl(sites["m.shouji.test"], out=tmp_path / "out", settings=settings(), resolver=loopback)
        assert len(server.asked("dede.test")) == before
        crawl(sites["dede.test"], out=tmp_path / "out", settings=settings(), resolver=loopback)
        assert len({t for t in server.asked("dede.test") if papers.papers["dede.test"].number(t)}) == 30


def test_crawl_of_a_plain_url_list(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """A list without a site file: links that look like articles, next pages by their words."""

    def app(request: Request) -> Reply:
        if request.path == "/xw/":
            n = int(request.query.get("page", "1"))
            links = "".join(f'<li><a href="/xw/20220805/{n}{i:03d}.html">清溪区重点项目开工第{i}批</a></li>' for i in range(5))
            return Reply(f'<ul>{links}</ul><a href="/login.html">登录</a>{f"<a href=?page={n + 1}>下一页</a>" if n < 3 else ""}'.encode())
        return Reply(b"", 404) if request.path == "/robots.txt" else Reply(article(request.target, day=date(2022, 8, 5)))

    server = serve(app)
    assert crawl(server.url("a.test", "/xw/"), out=tmp_path / "out", settings=settings(), resolver=loopback, as_list=True).new == 15


def test_crawl_threads_give_the_host_back_when_a_callback_fails(settings: Make, tmp_path: Path) -> None:
    """An error in a caller's callback ends the crawl, and leaves nothing running; the folder is whole."""
    papers = Papers(20)

    def fail(event: dict[str, Any]) -> None:
        if event.get("state") == "new":
            raise RuntimeError("the caller's own")

    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        with pytest.raises(RuntimeError, match="the caller's own"):
            crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=SINCE, on_event=fail)
        assert not [t for t in threading.enumerate() if t.name.startswith("ljnews-fetch")]
        rest = crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=SINCE)
        assert rest.resumed
        assert rest.pending == 0
        assert len([p for p in pages_of_archive(tmp_path / "out") if isinstance(p, Page)]) == papers.articles()


def test_draft_of_a_site(settings: Make, tmp_path: Path) -> None:
    """A draft from an article and a list: the family is recognised, the file is valid and crawls the site."""
    from ljnews.fetch.draft import draft
    from ljnews.fetch.fetcher import Fetcher
    from ljnews.fetch.show import draft_lines

    papers = Papers(40)
    with Server(papers) as server:
        roads = {"zhengfu.test": ("/xw/", "trs"), "dede.test": ("/a/xinwen/", "dede"), "dahan.test": ("/col/col12/index.html", "jcms")}
        for host, (road, family) in roads.items():
            paper = papers.papers[host]
            fetcher = Fetcher(settings(), resolver=loopback)
            listing = fetcher.follow(server.url(host, road)).last
            first = next(p.removeprefix(".") for n in [40] if (p := paper.path(n)))
            target = server.url(host, first if first.startswith(("/a", "/art")) else f"/xw{first}")
            page = fetcher.follow(target).last
            made = draft(
                Page(input="a.html", url=page.url, content=page.body, headers={"content-type": page.header("content-type")}),
                Page(input="l.html", url=listing.url, content=listing.body),
            )
            assert made.family == family, (host, made.notes)
            said = "\n".join(draft_lines(made))
            assert f"family: {family}" in said
            assert "articles on the list: 20" in said
            assert len(made.items) == 20
            parsed = tomllib.loads(made.text)
            assert parsed["extends"] == family
            assert parsed["listing"]["entry"] == [listing.url]
            path = tmp_path / f"{host}.toml"
            path.write_text(made.text.replace('example = "a.html"\n', ""), encoding="utf-8")
            assert crawl(path, out=tmp_path / host, settings=settings(), resolver=loopback).new >= 20
            fetcher.close()


def test_draft_of_an_unknown_cms_makes_a_pattern() -> None:
    from ljnews.fetch.draft import draft

    links = "".join(f'<p><a href="/zx/info_{n}_x.jhtml">清溪区重点项目第{n}批集中开工</a></p>' for n in range(101, 110))
    listing = Page(input="l.html", url="http://a.test/zx/", content=f"{links}<a href='/about_1.jhtml'>关于我们这个网站</a>".encode())
    made = draft(None, listing)
    parsed = tomllib.loads(made.text)
    assert made.family is None
    assert re.search(parsed["listing"]["match"], "http://a.test/zx/info_999_x.jhtml")
    assert not re.search(parsed["listing"]["match"], "http://a.test/about_1.jhtml")
    assert len(made.items) == 9


def test_crawl_another_url_after_a_kill_is_fetched_too(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """A run that was stopped is gone on with, and what is named now for the first time is in it."""
    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(article(r.target, day=date(2022, 8, 5))))

    def stop(event: dict[str, Any]) -> None:
        if event.get("state") == "new":
            raise KeyboardInterrupt

    first = crawl(
        [server.url("a.test", f"/{n}") for n in range(3)], out=tmp_path / "out", settings=settings(), resolver=loopback, on_event=stop
    )
    assert first.interrupted
    second = crawl(server.url("a.test", "/other"), out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert second.pending == 0
    assert sorted(set(server.asked())) == ["/0", "/1", "/2", "/other", "/robots.txt"]


def test_archive_files_named_one_by_one_give_what_the_folder_gives(settings: Make, tmp_path: Path) -> None:
    """`ljnews extract DIR` finds the WARC files in it: together they are the folder, parts joined, copies left out."""
    papers = Papers(50)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        crawl(sites, out=tmp_path / "out", settings=settings(warc_bytes=30_000), resolver=loopback, since=SINCE)
    whole = {p.url: (p.content, tuple(p.more)) for p in pages_of_archive(tmp_path / "out") if isinstance(p, Page)}
    files = sorted((tmp_path / "out" / "warc").glob("*.warc.gz"))
    assert len(files) > 3
    single = [p for file in files for p in pages_of_archive(file) if isinstance(p, Page)]
    assert {p.url: (p.content, tuple(p.more)) for p in single} == whole
    assert len(single) == len(whole) == papers.articles()


def test_crawl_a_url_in_chinese_is_asked_for_as_browsers_do(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(article(r.target, day=date(2022, 8, 5))))
    assert crawl(server.url("a.test", "/新闻/1.html"), out=tmp_path / "out", settings=settings(), resolver=loopback).new == 1
    assert server.asked()[-1] == "/%E6%96%B0%E9%97%BB/1.html"


@pytest.mark.parametrize("where", ["write", "commit"])
def test_crawl_on_a_full_disk_ends_typed_and_goes_on_after(
    where: str, settings: Make, serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ENOSPC while bytes or index are written: one typed error; with room again the same command finishes, nothing doubled."""
    from ljnews.fetch import archive as module

    server = serve(lambda r: Reply(b"", 404) if r.path == "/robots.txt" else Reply(article(r.target, day=date(2022, 8, 5))))
    named = [server.url("a.test", f"/{n}") for n in range(12)]
    real, count = (module.ArchiveWriter._append if where == "write" else module.ArchiveWriter.sync), 0

    def full(self: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        if count > 6:
            raise OSError(28, "No space left on device") if where == "write" else sqlite3.OperationalError("database or disk is full")
        return real(self, *arguments)

    monkeypatch.setattr(module.ArchiveWriter, "_append" if where == "write" else "sync", full)
    with pytest.raises(OutputUnwritable, match="make room"):
        crawl(named, out=tmp_path / "out", settings=settings(), resolver=loopback)
    monkeypatch.undo()
    rest = crawl(named, out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert rest.pending == 0
    pages = [p.url for p in pages_of_archive(tmp_path / "out") if isinstance(p, Page)]
    assert len(pages) == len(set(pages)) == 12
    assert verify(tmp_path / "out").sound


def test_crawl_of_hostile_articles_keeps_its_pace(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """Bodies made to stall a reader are stored like any other: what the crawl looks at is linear."""
    bodies = {
        **HOSTILE, "no full stop": "开工建设".encode() * 700_000, "only stops": "。".encode() * 1_000_000, "short sentences": "项目开工建设顺利推进中。".encode() * 150_000,
        "links": b"<link " * 500_000, "next": "<a>下一页</a>".encode() * 100_000, "brackets": b"[" * 3_000_000, "spaces": b"2" + b" " * 3_000_000 + b"<",
    }  # fmt: skip
    served = {f"/{n}.html": body for n, body in enumerate(bodies.values())}
    server = serve(lambda r: Reply(served[r.path]) if r.path in served else Reply(b"", 404))
    started = time.process_time()
    summary = crawl([server.url("a.test", p) for p in served], out=tmp_path / "out", settings=settings(), resolver=loopback)
    assert summary.pages == len(bodies)
    assert time.process_time() - started < 30


def test_crawl_a_url_named_again_as_a_list_is_read_as_one(settings: Make, serve: Callable[..., Server], tmp_path: Path) -> None:
    """What a URL was taken for, or why it was refused, in an earlier run does not bind a later one."""

    def app(request: Request) -> Reply:
        if request.path == "/xw/":
            return Reply(
                f'<ul><li><a href="/xw/20220805/1001.html">清溪区重点项目开工</a></li></ul>{"<p>清溪区新闻列表页</p>" * 20}'.encode()
            )
        return Reply(b"", 404) if request.path == "/robots.txt" else Reply(article(request.target, day=date(2022, 8, 5)))

    server, out = serve(app), tmp_path / "out"
    refused = crawl(server.url("a.test", "/xw/"), out=out, settings=settings(allow_networks=()), resolver=loopback)
    assert refused.failed == {"AddressRefused": 1}
    assert "allow_networks" in refused.failures[0]
    assert crawl(server.url("a.test", "/xw/"), out=out, settings=settings(), resolver=loopback).new == 1
    third = crawl(server.url("a.test", "/xw/"), out=out, settings=settings(), resolver=loopback, as_list=True)
    assert (third.listings, third.new) == (1, 1)


def test_crawl_an_earlier_since_finds_what_lies_further_down(settings: Make, tmp_path: Path) -> None:
    """After a run since a late day, one since an early day reads the lists again, past all that is known already."""
    papers = Papers(79)
    late = date.today() - timedelta(days=79) + timedelta(days=70)
    with Server(papers) as server:
        sites = [s for s in write_sites(tmp_path / "sites", server.port) if "dahan" not in s.name]
        papers.papers.pop("dahan.test")  # its list has one page; the rest is in the sitemap
        run = lambda since: crawl(sites, out=tmp_path / "out", settings=settings(), resolver=loopback, since=since)  # noqa: E731
        assert run(late).new == 5 * 10
        assert run(late).new == 0
        assert run(SINCE).new == 5 * 69
        assert run(SINCE).new == 0

"""F11 and the archive's other promises: every bit checked, bytes untouched, readable by other tools, whole after a power cut."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from ljnews.errors import ArchiveDamaged, InputMalformed, InputMissing, OutputExists, UsageError
from ljnews.fetch import Archive, CrawlSummary, Settings, crawl, pages_of_archive
from ljnews.fetch.archive import FOLDER, ArchiveWriter
from ljnews.fetch.tools import export, ls, show, verify
from ljnews.records import Failure, Page
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback

DAY = date(2022, 8, 5)
Crawled = tuple[Path, Server, CrawlSummary]


def _text(name: str) -> str:
    return article(f"charset {name}", day=DAY).decode()


def _bodies() -> dict[str, tuple[bytes, str]]:
    """Pages in every charset, with right, wrong and no label."""
    charsets = ("utf-8", "gb18030", "gbk", "gb2312", "big5", "utf-16")
    found = {f"/{name}": (_text(name).encode(name, "xmlcharrefreplace"), f"text/html; charset={name}") for name in charsets}
    found |= {
        "/wrong": (_text("wrong").encode("gb18030"), "text/html; charset=utf-8"),
        "/none": (_text("none").encode("gb18030"), ""),
        "/broken": (_text("broken").encode("gb18030") + b"\xff\x81\x00\xfe", "text/html"),
        "/nul": (_text("nul").encode() + b"\x00" * 9, "text/html"),
        "/bom": (b"\xef\xbb\xbf" + _text("bom").encode(), "text/html"),
    }
    return found


BODIES = _bodies()


def _app(request: Request) -> Reply:
    if request.path == "/robots.txt":
        return Reply(b"", 404)
    if request.path in BODIES:
        body, kind = BODIES[request.path]
        return Reply(gzip.compress(body), type=kind, headers={"Content-Encoding": "gzip", "X-Odd": "caf\xe9 \x80"})
    if request.path == "/copy":
        return Reply(BODIES["/utf-8"][0])
    if request.path == "/shell":
        return Reply(b'<html><div id="app"></div><script src="/app.js"></script></html>')
    return Reply(article(request.target, day=DAY))


@pytest.fixture
def crawled(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> Crawled:
    server = serve(_app)
    named = [server.url("a.test", p) for p in (*BODIES, "/copy", "/shell", *(f"/n/{n}" for n in range(10)))]
    return tmp_path / "out", server, crawl(named, out=tmp_path / "out", settings=settings(warc_bytes=12_000), resolver=loopback)


def test_archive_bytes_and_charset_are_untouched(crawled: Crawled) -> None:
    """Only the transfer's coding is undone; what the page is encoded in, and how it is labelled, stays."""
    out, _server, _ = crawled
    pages = {p.url.rsplit("/", 1)[-1]: p for p in pages_of_archive(out) if isinstance(p, Page) and p.url}
    for path, (body, kind) in BODIES.items():
        assert pages[path[1:]].content == body, path
        assert pages[path[1:]].headers.get("content-type", "") == kind
    with Archive(out) as archive:
        for one in archive.captures():
            assert hashlib.sha256(archive.body(one)).hexdigest() == one.sha256


def test_archive_is_read_by_another_tool(crawled: Crawled) -> None:
    """warcio reads every record, digests right, in files that other tools know: .warc.gz with a member a record."""
    out, _, summary = crawled
    records, kinds = 0, []
    files = sorted((out / FOLDER).glob("*.warc.gz"))
    assert len(files) > 1, "no new file was begun at the limit"
    for path in files:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                body = record.content_stream().read()
                kinds.append(record.rec_type)
                if record.rec_type == "response":
                    records += 1
                    target = record.rec_headers.get_header("WARC-Target-URI").rsplit("/", 1)[-1]
                    if f"/{target}" in BODIES:
                        assert body == BODIES[f"/{target}"][0]
                        assert record.http_headers.get_statuscode() == "200"
                        assert record.http_headers.get_header("X-Crawl-Content-Encoding") == "gzip"
    assert kinds.count("warcinfo") == len(files)
    assert kinds[0] == "warcinfo"
    assert records + kinds.count("revisit") == summary.pages


def test_archive_same_bytes_are_stored_once(crawled: Crawled) -> None:
    out, _, summary = crawled
    assert summary.duplicates == 1
    twin = next(r for r in ls(out, match=r"/copy$"))
    assert twin["same_as"] is not None
    row, body = show(out, str(twin["id"]))
    assert body == BODIES["/utf-8"][0]
    assert row["status"] == 200
    assert not [p for p in pages_of_archive(out) if isinstance(p, Page) and (p.url or "").endswith("/copy")]
    assert [p for p in pages_of_archive(out, every_capture=True) if isinstance(p, Page) and (p.url or "").endswith("/copy")]


def test_archive_walls_are_kept_and_come_as_failures(crawled: Crawled) -> None:
    out, _, summary = crawled
    failures = [p for p in pages_of_archive(out) if isinstance(p, Failure)]
    assert [(f.error, f.stage) for f in failures] == [("NeedsBrowser", "fetch")]
    assert summary.failed == {"NeedsBrowser": 1}
    _, body = show(out, next(r["url"] for r in ls(out, match="shell")))
    assert b'id="app"' in body, "the bytes of a refused page are kept too"


def _flip(path: Path, bit: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(bit // 8)
        byte = stream.read(1)[0] ^ (1 << (bit % 8))
        stream.seek(bit // 8)
        stream.write(bytes([byte]))


def test_archive_one_flipped_bit_anywhere_is_found(crawled: Crawled) -> None:
    """F11: 200 flips at random places of any file: each is found; the page is a failure, all other pages come."""
    out, _, _ = crawled
    files = sorted((out / FOLDER).glob("*.warc.gz"))
    sizes = [f.stat().st_size for f in files]
    whole = len(list(pages_of_archive(out)))
    dice, failures = random.Random(11), 0
    for n in range(200):
        at, which = dice.randrange(sum(sizes) * 8), 0
        while at >= sizes[which] * 8:
            at -= sizes[which] * 8
            which += 1
        path = files[which]
        _flip(path, at)
        found = verify(out)
        assert not found.sound, f"{path.name} bit {at}"
        if n % 10 == 0:  # the run goes on past it
            pages = list(pages_of_archive(out))
            assert len(pages) == whole
            failures += any(isinstance(p, Failure) and p.error == "ArchiveDamaged" for p in pages)
        _flip(path, at)
    assert failures > 10
    assert verify(out).sound


def test_archive_damaged_pages_are_fetched_again(crawled: Crawled, settings: Callable[..., Settings]) -> None:
    out, server, _ = crawled
    with Archive(out) as archive:
        one = next(archive.captures("c.url LIKE '%/n/3'"))
        two = next(archive.captures("c.url LIKE '%/utf-8'"))
    for capture in (one, two):
        _flip(out / FOLDER / capture.file, (capture.offset + 200) * 8)
    found = verify(out, requeue=True)
    assert {number for number, _, _ in found.damaged} >= {one.id, two.id}
    assert found.requeued >= 2
    before = len(server.requests)
    crawl(server.url("a.test", "/n/1"), out=out, settings=settings(), resolver=loopback)
    assert sorted(set(server.asked()[before:])) == ["/copy", "/n/1", "/n/3", "/utf-8"]
    pages = {p.url.rsplit("/", 1)[-1]: p for p in pages_of_archive(out) if isinstance(p, Page) and p.url}
    assert pages["utf-8"].content == BODIES["/utf-8"][0]
    assert "3" in pages
    assert not [p for p in pages_of_archive(out) if isinstance(p, Failure) and p.error == "ArchiveDamaged"]


def test_archive_power_cut_takes_only_the_tail(crawled: Crawled, settings: Callable[..., Settings]) -> None:
    """Bytes that the disk never got: the captures in them are dropped and fetched again, the rest stands."""
    out, server, summary = crawled
    last = sorted((out / FOLDER).glob("*.warc.gz"))[-1]
    os.truncate(last, last.stat().st_size - 30)
    before = len(server.requests)
    with Archive(out) as archive:
        lost = [c.url for c in archive.captures("f.name = ? AND c.offset + c.size > ?", (last.name, last.stat().st_size))]
    assert lost
    crawl(server.url("a.test", "/n/1"), out=out, settings=settings(), resolver=loopback)
    assert set(lost) <= {f"http://{r.host}:{server.port}{r.target}" for r in server.requests[before:]}
    assert verify(out).sound
    assert len(list(pages_of_archive(out))) == summary.new + 1


def test_archive_what_no_commit_speaks_of_is_cut_off(crawled: Crawled) -> None:
    """Bytes behind the last committed record, and a file that no row knows, as a kill leaves them."""
    out, _, _ = crawled
    last = sorted((out / FOLDER).glob("*.warc.gz"))[-1]
    size = last.stat().st_size
    with last.open("ab") as stream:
        stream.write(b"\x1f\x8b half a record")
    stray = out / FOLDER / "ljnews-00099.warc.gz"
    stray.write_bytes(b"x")
    ArchiveWriter(out, warc_bytes=1 << 30).close()
    assert last.stat().st_size == size
    assert not stray.exists()
    assert verify(out).sound


def test_archive_one_writer_at_a_time(crawled: Crawled, settings: Callable[..., Settings]) -> None:
    out, server, _ = crawled
    writer = ArchiveWriter(out, warc_bytes=1 << 30)
    with pytest.raises(UsageError, match="another crawl"):
        crawl(server.url("a.test", "/n/1"), out=out, settings=settings(), resolver=loopback)
    writer.close()


@pytest.mark.parametrize("to", ["pages.warc.gz", "pages.jsonl", "pages"])
def test_archive_export(to: str, crawled: Crawled, tmp_path: Path) -> None:
    out, _, _ = crawled
    count = export(out, tmp_path / to)
    assert count == 21
    if to.endswith(".jsonl"):
        assert len((tmp_path / to).read_text(encoding="utf-8").splitlines()) == 21
    elif to.endswith(".warc.gz"):
        assert {p.content for p in pages_of_archive(tmp_path / to) if isinstance(p, Page)} == {
            p.content for p in pages_of_archive(out) if isinstance(p, Page)
        }
    else:
        assert len(list((tmp_path / to).glob("*.html"))) == 21
    with pytest.raises(OutputExists):
        export(out, tmp_path / to)


def test_archive_ls_filters(crawled: Crawled) -> None:
    out, _, _ = crawled
    assert len(list(ls(out, match=r"/n/\d$"))) == 10
    assert len(list(ls(out, match=r"/n/\d$", limit=3))) == 3
    assert not list(ls(out, since="2999-01-01"))
    with pytest.raises(UsageError):
        list(ls(out, match="["))


def test_archive_missing_and_foreign(tmp_path: Path) -> None:
    with pytest.raises(InputMissing):
        Archive(tmp_path)
    with pytest.raises(InputMissing):
        list(pages_of_archive(tmp_path / "nowhere"))
    (tmp_path / "archive.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(InputMalformed):
        Archive(tmp_path)


def test_archive_index_row_and_record_agree(crawled: Crawled) -> None:
    """A capture whose row was made to point elsewhere is refused: the row's hashes are of its own bytes."""
    out, _, _ = crawled
    database = sqlite3.connect(out / "archive.sqlite")
    database.execute("UPDATE captures SET offset = offset + 1 WHERE id = 2")
    database.commit()
    database.close()
    with Archive(out) as archive, pytest.raises(ArchiveDamaged):
        archive.body(archive.get(2))
    assert io.BytesIO()

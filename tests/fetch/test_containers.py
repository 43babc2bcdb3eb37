"""O1: zip, tar, WARC, MHT from elsewhere: pages come out, bombs and tricks end typed at once, nothing is written anywhere."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import os
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ljnews.errors import InputEmpty, InputMalformed, InputTooLarge
from ljnews.fetch import pages_of_archive
from ljnews.fetch.caps import Caps
from ljnews.records import Failure, Page
from tests.fetch.papers import article

PAGE = article("容器", day=date(2022, 8, 5))
OTHER = article("另一页", day=date(2022, 8, 5), charset="gb2312")
SMALL = Caps(page=1 << 20, total=8 << 20, entries=1000, ratio=100, floor=1 << 20)


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader works in an empty folder, which must stay so."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    yield
    assert not list(empty.iterdir())


def _zip(path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def _tar(path: Path, entries: list[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w:gz", **options: object) -> Path:
    with tarfile.open(path, mode, **options) as archive:  # type: ignore[call-overload]
        for name, content in entries:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            if info.isreg():
                info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def _read(path: Path, caps: Caps = SMALL) -> tuple[list[Page], list[Failure]]:
    pages, failures = [], []
    for one in pages_of_archive(path, caps=caps):
        (pages if isinstance(one, Page) else failures).append(one)
    return pages, failures


ENTRIES = [
    ("新闻/a.html", PAGE),
    ("新闻/b.htm", OTHER),
    ("c.txt", "南充市重点项目开工。".encode()),
    ("a_files/ad.html", b"<p>ad</p>"),
    ("x.png", b"\x89PNG"),
]


def test_zip_pages(tmp_path: Path) -> None:
    pages, failures = _read(_zip(tmp_path / "p.zip", [*ENTRIES, ("__MACOSX/._a.html", b"x"), (".hidden.html", b"x")]))
    assert [p.input.rsplit("!", 1)[1] for p in pages] == ["新闻/a.html", "新闻/b.htm", "c.txt"]
    assert not failures
    assert [p.content for p in pages[:2]] == [PAGE, OTHER]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_tar_pages(mode: str, form: int, tmp_path: Path) -> None:
    path = tmp_path / f"p.tar{mode[1:].replace(':', '.')}"
    pages, failures = _read(_tar(path, ENTRIES, mode, format=form))
    assert [p.content for p in pages[:2]] == [PAGE, OTHER]
    assert len(pages) == 3
    assert not failures


def test_names_in_gbk(tmp_path: Path) -> None:
    """Archivers of Chinese Windows write names in GBK and do not say so."""
    info = zipfile.ZipInfo("x")
    path = _zip(tmp_path / "p.zip", [(info, PAGE)])
    raw = path.read_bytes()
    name = "新.html".encode("gbk")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("A" * len(name), PAGE)
    raw = buffer.getvalue().replace(b"A" * len(name), name)
    path.write_bytes(raw)
    assert _read(path)[0][0].input.endswith("!新.html")
    pages, _ = _read(_tar(tmp_path / "p.tar", [("要闻.html", PAGE)], "w", encoding="gbk", format=tarfile.GNU_FORMAT))
    assert pages[0].input.endswith("!要闻.html")


@pytest.mark.parametrize(
    "name", ["../x.html", "/etc/x.html", "a/../../x.html", "..\\x.html", "C:\\x.html", "\\\\host\\x.html", "a/..\\..\\x.html"]
)
def test_names_that_lead_outside_are_failures(name: str, tmp_path: Path) -> None:
    for path in (
        _zip(tmp_path / "p.zip", [(name, PAGE), ("good.html", PAGE)]),
        _tar(tmp_path / "p.tgz", [(name, PAGE), ("good.html", PAGE)]),
    ):
        pages, failures = _read(path)
        assert [p.input.rsplit("!", 1)[1] for p in pages] == ["good.html"]
        assert [f.error for f in failures] == ["InputMalformed"]


def test_tar_links_and_devices_are_failures(tmp_path: Path) -> None:
    made: list[tuple[str | tarfile.TarInfo, bytes]] = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
        info = tarfile.TarInfo(f"x{kind.decode()}.html")
        info.type, info.linkname = kind, "/etc/passwd"
        made.append((info, b""))
    pages, failures = _read(_tar(tmp_path / "p.tar", [*made, ("good.html", PAGE)], "w"))
    assert len(pages) == 1
    assert len(failures) == 5


def test_zip_links_encrypted_and_odd_methods_are_failures(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = _zip(tmp_path / "p.zip", [(link, b"/etc/passwd"), ("secret.html", PAGE), ("good.html", PAGE)])
    raw = bytearray(path.read_bytes())
    at = raw.find(b"secret.html")
    raw[at - 24] |= 1  # the flag «encrypted» in the local header …
    at = raw.rfind(b"secret.html")
    raw[at - 38] |= 1  # … and in the directory
    path.write_bytes(raw)
    pages, failures = _read(path)
    assert len(pages) == 1
    assert sorted(f.input.rsplit("!", 1)[1] for f in failures) == ["link.html", "secret.html"]
    pages, failures = _read(_zip(tmp_path / "q.zip", [("a.html", PAGE)], zipfile.ZIP_LZMA))
    assert not pages
    assert "method" in failures[0].message


def test_duplicate_names_are_told_apart(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = _zip(tmp_path / "p.zip", [("a.html", PAGE), ("a.html", OTHER)])
    pages, _ = _read(path)
    assert [p.input.rsplit("!", 1)[1] for p in pages] == ["a.html", "a.html#2"]
    assert pages[1].content == OTHER


@pytest.mark.parametrize("name", ["inner.zip", "inner.tar.gz", "inner.warc.gz", "x.7z", "x.rar"])
def test_archives_inside_are_failures(name: str, tmp_path: Path) -> None:
    pages, failures = _read(_zip(tmp_path / "p.zip", [(name, b"PK\x03\x04"), ("a.html", PAGE)]))
    assert len(pages) == 1
    assert "inside" in failures[0].message


def test_empty_and_broken_entries_are_failures(tmp_path: Path) -> None:
    path = _zip(tmp_path / "p.zip", [("empty.html", b""), ("a.html", PAGE), ("b.html", OTHER)])
    raw = bytearray(path.read_bytes())
    at = raw.find(b"b.html") + 30
    raw[at] ^= 0xFF
    path.write_bytes(raw)
    pages, failures = _read(path)
    assert len(pages) == 1
    assert {f.error for f in failures} == {"InputEmpty", "InputMalformed"}


# -- bombs -----------------------------------------------------------------------------------------------------------------


def _deflated(megabytes: int) -> bytes:
    """A raw deflate stream of so many MB of zeros, quickly made: blocks that stand alone, repeated."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(bytes(1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def _gz(head: bytes, megabytes: int) -> bytes:
    """Gzip of a head and so many MB of zeros (the sum at its end is wrong; nobody should come so far)."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = engine.compress(head) + engine.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + start + _deflated(megabytes) + bytes(8)


def _zip_by_hand(path: Path, entries: list[tuple[str, bytes, int]]) -> None:
    """A zip whose headers state the sizes that they are told."""
    body, directory = b"", b""
    for name, data, size in entries:
        facts = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0, 0, len(data), size, len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + facts + name.encode() + data
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    path.write_bytes(body + directory + end)


def _zip_bomb(path: Path) -> None:
    """10 MB that unpack to 10 GB, by the headers and in truth."""
    _zip_by_hand(path, [(f"{n}.html", _deflated(2000), 2000 << 20) for n in range(5)])


def _zip_lying(path: Path) -> None:
    """The same, where the headers say 1,000 bytes each."""
    _zip_by_hand(path, [(f"{n}.html", _deflated(2000), 1000) for n in range(5)])


def _zip_overlapping(path: Path) -> None:
    """A thousand directory entries that share one body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.html", bytes(1 << 20))
    raw = buffer.getvalue()
    end = raw.rfind(b"PK\x05\x06")
    start = struct.unpack("<L", raw[end + 16 : end + 20])[0]
    entry = raw[start:end]
    count = 900
    tail = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    path.write_bytes(raw[:start] + entry * count + tail)


def _zip_million(path: Path) -> None:
    """A million entries in the directory, by the end record."""
    entry = struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0) + b"a.html"
    body = entry * 1_000_000
    end64 = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1_000_000, 1_000_000, len(body), 4)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 4 + len(body), 1)
    path.write_bytes(
        b"PK\x03\x04" + body + end64 + locator + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )


def _zip_million_denied(path: Path) -> None:
    """The same million, the end record says ten."""
    entry = struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0) + b"a.html"
    body = entry * 300_000
    path.write_bytes(b"PK\x03\x04" + body + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 10, 10, len(body), 4, 0))


def _tar_bomb(path: Path) -> None:
    info = tarfile.TarInfo("a.html")
    info.size = 10 << 30
    path.write_bytes(_gz(info.tobuf(), 10_000))


def _tar_entries(path: Path) -> None:
    """Very many entries."""
    path.write_bytes(gzip.compress(tarfile.TarInfo("a.dat").tobuf() * 20_000, 1) * 10)


def _tar_long_header(path: Path) -> None:
    """A pax header that claims half a gigabyte."""
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 500 << 20
    path.write_bytes(_gz(info.tobuf(tarfile.USTAR_FORMAT), 600))


def _warc_bomb(path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Type: application/http\r\n"
    path.write_bytes(_gz(head + b"Content-Length: 10737418240\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 10_000))


def _gzip_bomb(path: Path) -> None:
    path.write_bytes(_gz(b"<html>", 10_000))


def _gzip_many_members(path: Path) -> None:
    path.write_bytes(gzip.compress(b"<html>" + bytes(1 << 20)) * 10_000)


BOMBS: dict[str, tuple[Callable[[Path], None], type[Exception] | None]] = {
    "zip-bomb.zip": (_zip_bomb, None), "zip-lying.zip": (_zip_lying, None), "zip-overlapping.zip": (_zip_overlapping, InputMalformed),
    "zip-million.zip": (_zip_million, InputTooLarge), "zip-million-denied.zip": (_zip_million_denied, InputTooLarge),
    "tar-bomb.tar.gz": (_tar_bomb, InputTooLarge), "tar-entries.tar.gz": (_tar_entries, InputTooLarge),
    "tar-long-header.tar.gz": (_tar_long_header, InputTooLarge), "warc-bomb.warc.gz": (_warc_bomb, InputTooLarge),
    "gzip-bomb.html.gz": (_gzip_bomb, InputTooLarge), "gzip-members.html.gz": (_gzip_many_members, InputTooLarge),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_typed_within_seconds_in_little_memory(name: str, tmp_path: Path) -> None:
    make, error = BOMBS[name]
    path = tmp_path / name
    make(path)
    caps = Caps(page=1 << 20, total=64 << 20, entries=100_000, ratio=100, floor=4 << 20)
    tracemalloc.start()
    started = time.monotonic()
    if error is None:
        pages, failures = _read(path, caps)
        assert not pages
        assert failures
        assert {f.error for f in failures} <= {"InputTooLarge", "InputMalformed"}
    else:
        with pytest.raises(error):
            _read(path, caps)
    took, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 5.0
    assert peak < 96 << 20


@pytest.mark.parametrize("method", ["bz2", "xz"])
def test_bombs_in_bzip2_and_xz(method: str, tmp_path: Path) -> None:
    import bz2
    import lzma

    path = tmp_path / f"b.tar.{method}"
    info = tarfile.TarInfo("a.html")
    info.size = 200 << 20
    data = info.tobuf() + bytes(30 << 20)
    path.write_bytes(bz2.compress(data) if method == "bz2" else lzma.compress(data, preset=0))
    started = time.monotonic()
    with pytest.raises(InputTooLarge):
        _read(path, SMALL)
    assert time.monotonic() - started < 5.0


def test_total_over_many_small_pages(tmp_path: Path) -> None:
    """Each page is fine, all of them together are not."""
    pages = [(f"{n}.html", os.urandom(500_000)) for n in range(20)]
    with pytest.raises(InputTooLarge):
        _read(_zip(tmp_path / "p.zip", pages))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.zip", b"PK\x03\x04" + b"x" * 100), ("a.zip", b"PK\x05\x06" + b"\0" * 10), ("a.tar.gz", gzip.compress(b"x" * 2000)), ("a.tar", b"x" * 2000),
     ("a.warc.gz", gzip.compress(b"WARC/1.0\r\nbroken")), ("a.warc", b"WARC/1.0\r\n\r\n"), ("a.warc.gz", b"\x1f\x8b\x08\x00broken"),
     ("a.mht", b"nothing"), ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--"), ("a.bin", b"\x00\x01" * 50),
     ("a.gz", b"\x1f\x8b"), ("a.tar.xz", b"\xfd7zXZ\x00nope")],
)  # fmt: skip
def test_broken_archives_are_typed(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises((InputMalformed, InputEmpty, InputTooLarge)):
        _read(tmp_path / name)


def test_cut_at_every_place_is_typed(tmp_path: Path) -> None:
    """Truncated at 200 places: some pages, some failures, one typed error, never another exception."""
    whole = {
        "z.zip": _zip(tmp_path / "z.zip", ENTRIES).read_bytes(), "t.tar.gz": _tar(tmp_path / "t.tar.gz", ENTRIES).read_bytes(),
        "w.warc.gz": _warc(tmp_path / "w.warc.gz").read_bytes(), "m.mht": _mht().encode("latin-1"),
    }  # fmt: skip
    for name, content in whole.items():
        for n in range(1, 50):
            path = tmp_path / f"cut-{name}"
            path.write_bytes(content[: len(content) * n // 50])
            with contextlib.suppress(InputMalformed, InputEmpty, InputTooLarge):
                _read(path)


# -- WARC ------------------------------------------------------------------------------------------------------------------


def _warc(path: Path, *, gzipped: bool = True, version: str = "1.0") -> Path:
    """A WARC as news crawlers write it: requests, responses of all kinds, metadata."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another crawler"}))

        def add(kind: str, url: str, payload: bytes, status: str = "200 OK", headers: list[tuple[str, str]] | None = None) -> None:
            http = StatusAndHeaders(
                status,
                [("Content-Type", "text/html"), *(headers or [])] if not headers or headers[0][0] != "Content-Type" else headers,
                protocol="HTTP/1.1",
            )
            writer.write_record(
                writer.create_warc_record(url, kind, payload=io.BytesIO(payload), http_headers=http if kind != "metadata" else None)
            )

        add("response", "http://a.test/1.html", PAGE)
        add("response", "http://a.test/missing.html", b"<p>404</p>", "404 Not Found")
        add("response", "http://a.test/moved.html", b"", "301 Moved")
        add("response", "http://a.test/p.jpg", b"\xff\xd8", headers=[("Content-Type", "image/jpeg")])
        add(
            "response",
            "http://a.test/2.html",
            OTHER,
            headers=[("Content-Type", "text/html; charset=gb2312"), ("X-Crawl-Content-Encoding", "gzip")],
        )
        add(
            "response",
            "http://a.test/gz.html",
            gzip.compress(PAGE + b"<!-- gz -->"),
            headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
        )
        add(
            "response",
            "http://a.test/said-gz.html",
            PAGE + b"<!-- said -->",
            headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
        )
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (PAGE[:100], PAGE[100:], b"<!-- chunked -->")) + b"0\r\n\r\n"
        add("response", "http://a.test/chunked.html", chunked, headers=[("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")])
        add("response", "http://a.test/large.html", b"<p>" + os.urandom(2 << 20))
        add(
            "response", "http://a.test/bomb.html", _gz(b"<html>", 50), headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
        )
        add("response", "http://a.test/last.html", PAGE + b"<!-- last -->")
    return path


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_warc_of_another_crawler(gzipped: bool, version: str, tmp_path: Path) -> None:
    path = _warc(tmp_path / ("w.warc.gz" if gzipped else "w.warc"), gzipped=gzipped, version=version)
    pages, failures = _read(path)
    found = {(p.url or "").rsplit("/", 1)[-1]: p for p in pages}
    assert set(found) == {"1.html", "2.html", "gz.html", "said-gz.html", "chunked.html", "last.html"}
    assert found["2.html"].content == OTHER
    assert found["2.html"].headers["content-type"] == "text/html; charset=gb2312"
    assert found["gz.html"].content == PAGE + b"<!-- gz -->"
    assert found["said-gz.html"].content == PAGE + b"<!-- said -->"
    assert found["chunked.html"].content == PAGE + b"<!-- chunked -->"
    assert sorted(f.error for f in failures) == ["InputTooLarge", "InputTooLarge"]


# -- MHT and saved pages -----------------------------------------------------------------------------------------------------


def _mht(charset: str = "gb2312", transfer: str = "base64") -> str:
    body = OTHER if charset == "gb2312" else PAGE
    coded = base64.encodebytes(body).decode() if transfer == "base64" else _quoted(body)
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.test/saved.html\r\nSubject: =?utf-8?B?5paw?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n'
        f"------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://a.test/x.png\r\n\r\niVBORw0=\r\n"
        f'------B\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {transfer}\r\n'
        f"Content-Location: http://a.test/saved.html\r\n\r\n{coded}\r\n------B--\r\n"
    )


def _quoted(body: bytes) -> str:
    import quopri

    return quopri.encodestring(body).decode("latin-1")


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_mht(charset: str, transfer: str, tmp_path: Path) -> None:
    (tmp_path / "p.mht").write_bytes(_mht(charset, transfer).encode("latin-1"))
    pages, _ = _read(tmp_path / "p.mht")
    assert pages[0].url == "http://a.test/saved.html"
    assert charset in pages[0].headers["content-type"]
    assert pages[0].content.strip() == (OTHER if charset == "gb2312" else PAGE).strip()
    pages, _ = _read(_zip(tmp_path / "p.zip", [("x/p.mhtml", _mht(charset, transfer).encode("latin-1"))]))
    assert pages[0].url == "http://a.test/saved.html"


def test_mht_nested_without_end_is_typed(tmp_path: Path) -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    (tmp_path / "p.mht").write_text("MIME-Version: 1.0\r\n" + deep)
    started = time.monotonic()
    with pytest.raises(InputMalformed):
        _read(tmp_path / "p.mht")
    assert time.monotonic() - started < 5.0


def test_saved_by_a_browser_keeps_its_url(tmp_path: Path) -> None:
    saved = b"<!DOCTYPE html>\r\n<!-- saved from url=(0034)http://www.a.test/xw/2022/0805.html -->\r\n" + PAGE
    (tmp_path / "p.html.gz").write_bytes(gzip.compress(saved))
    pages, _ = _read(tmp_path / "p.html.gz")
    assert pages[0].url == "http://www.a.test/xw/2022/0805.html"
    assert pages[0].content == saved

"""Pages out of WARC files of any make, Common Crawl News included, record by record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

from ljnews.errors import InputMalformed, InputTooLarge, LjnewsError
from ljnews.fetch import warc
from ljnews.fetch.capped import Unpacked, gunzipped
from ljnews.fetch.caps import Caps
from ljnews.fetch.containers import failure_of
from ljnews.records import Failure, Page

_PAGE_TYPES = ("text/html", "application/xhtml", "text/plain")
#: Further pages of articles that are held in memory until their first page comes.
_HELD = 64 << 20
_KINDS = {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
_CHUNK_LINE = re.compile(rb"^\s*([0-9a-fA-F]{1,8})(?:;[^\r\n]*)?\r?\n")


def pages_of_warc(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Page | Failure]:
    """Yield the HTML pages of a WARC file: responses with status 200 and saved resources.

    In files of ours, lists, feeds and robots.txt are passed over and the further pages of an article are joined to it.
    """
    parts: dict[str, dict[int, bytes]] = {}
    if _ours(stream, name, caps):
        parts = _parts(stream, name, caps)
    number = 0
    for record in _records(stream, name, caps):
        number += 1
        try:
            page = _page(record, name, number, caps)
        except LjnewsError as error:
            yield failure_of(f"{name}#{number}", error)
            continue
        if page is not None:
            more = parts.get(_key(page.url), {})
            yield page.model_copy(update={"more": [more[n] for n in sorted(more)]}) if more else page


def _records(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Any]:
    """Responses and resources, until the end or a cap."""
    stream.seek(0)
    unpacked = Unpacked(stream, name, caps, total=caps.warc_total)
    count = 0
    try:
        for record in ArchiveIterator(unpacked):
            count += record.rec_type in _KINDS
            if count > caps.warc_entries:
                raise InputTooLarge(f"{name}: more than {caps.warc_entries} records; split it", input=name)
            if record.rec_type in ("response", "resource"):
                yield record
            unpacked.check()
    except LjnewsError:
        raise
    except Exception as error:  # the reader has errors of its own for each kind of damage
        unpacked.check()
        raise InputMalformed(f"{name}: damaged after record {count} ({str(error)[:80]})", input=name) from error
    unpacked.check()
    if count == 0:
        raise InputMalformed(f"{name}: no record in it; expected a WARC file with responses", input=name)


def _ours(stream: BinaryIO, name: str, caps: Caps) -> bool:
    stream.seek(0)
    head = Unpacked(stream, name, caps, total=caps.warc_total).read(2048)
    return b"software: ljnews/" in head


def _parts(stream: BinaryIO, name: str, caps: Caps) -> dict[str, dict[int, bytes]]:
    """The further pages of articles, by the key of their first page; in 64 MiB of memory at most."""
    found: dict[str, dict[int, bytes]] = {}
    held = 0
    for record in _records(stream, name, caps):
        told = record.rec_headers.get_header
        if told(warc.KIND) == "more" and held < _HELD:
            body = record.raw_stream.read(caps.page + 1)
            number = told(warc.PART) or "2"
            held += len(body)
            found.setdefault(told(warc.PARENT) or "", {})[int(number) if number.isdigit() else 2] = body
    return found


def _key(url: str | None) -> str:
    from ljnews.fetch.urls import key_of

    return key_of(url) if url else ""


def _page(record: Any, name: str, number: int, caps: Caps) -> Page | None:
    """The page of one record, or None where it is something else."""
    told = record.rec_headers.get_header
    if told(warc.KIND) not in (None, "article") or told(warc.PROBLEM):
        return None
    http = record.http_headers
    if http is not None and http.get_statuscode() not in ("200", "203"):
        return None
    headers = {k.lower(): str(v) for k, v in (http or record.rec_headers).headers}
    kind = headers.get("content-type", "").strip().lower()
    if kind and not kind.startswith(_PAGE_TYPES):
        return None
    url = (told("WARC-Target-URI") or "").strip("<> ") or None
    label = f"{name}#{number}"
    body = record.raw_stream.read(caps.page + 1)
    if len(body) > caps.page:
        raise InputTooLarge(f"{label}: {url}: more than {caps.page} bytes for a page", input=label)
    body = _decoded(body, headers, label, caps)
    if not body.strip():
        return None
    return Page(input=label, url=url, content=body, headers=headers)


def _decoded(body: bytes, headers: dict[str, str], label: str, caps: Caps) -> bytes:
    """Undo transfer and content coding where the stored bytes still have them (headers often say so when they have not)."""
    if "chunked" in headers.get("transfer-encoding", "").lower() and _CHUNK_LINE.match(body):
        body = _dechunked(body)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate") and body.lstrip()[:1] != b"<":
        unpacked = gunzipped(body, caps.page)
        if unpacked is not None and len(unpacked) > caps.page:
            raise InputTooLarge(f"{label}: more than {caps.page} bytes for a page when unpacked", input=label)
        return unpacked if unpacked is not None else body
    if coding == "br" and not body.lstrip()[:1] == b"<":
        raise InputMalformed(f"{label}: coded by brotli; rewrite the WARC decoded", input=label)
    return body


def _dechunked(body: bytes) -> bytes:
    out, at = bytearray(), 0
    while match := _CHUNK_LINE.match(body[at : at + 200]):
        size = int(match.group(1), 16)
        if size == 0:
            break
        start = at + match.end()
        out += body[start : start + size]
        at = start + size
    return bytes(out)

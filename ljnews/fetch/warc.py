"""WARC records: one answer to bytes and back. The files are ordinary `.warc.gz`, a gzip member a record, for any tool to read."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ljnews import __version__
from ljnews.errors import ArchiveDamaged
from ljnews.fetch.answer import Answer

#: What our records say of themselves beside the standard's fields.
KIND, PARENT, PART, PROBLEM = "X-Ljnews-Kind", "X-Ljnews-Part-Of", "X-Ljnews-Part", "X-Ljnews-Problem"
#: Headers that speak of the transfer, not of the page: the body is stored decoded, so these are renamed, as Common Crawl does.
_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}


def stamp(moment: float) -> str:
    """Return a moment as WARC writes it: `2022-08-05T07:56:51Z`."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def head_record(name: str, contact: str | None) -> bytes:
    """Return the `warcinfo` record that opens a file."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    info = {"software": f"ljnews/{__version__}", "format": "WARC File Format 1.1", "robots": "obey"}
    if contact:
        info["operator"] = contact
    writer.write_record(writer.create_warcinfo_record(name, info))
    return buffer.getvalue()


def record(answer: Answer, extra: dict[str, str]) -> bytes:
    """Return the `response` record of an answer, gzipped."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    headers = [(f"X-Crawl-{k}" if k.lower() in _TRANSFER else k, _one_line(v)) for k, v in answer.headers]
    headers.append(("Content-Length", str(len(answer.body))))
    status = StatusAndHeaders(f"{answer.status} {_one_line(answer.reason)}", headers, protocol="HTTP/1.1")
    fields = {"WARC-Date": stamp(answer.asked_at), **{k: _one_line(v) for k, v in extra.items()}}
    if answer.address:
        fields["WARC-IP-Address"] = answer.address
    made = writer.create_warc_record(answer.url, "response", payload=io.BytesIO(answer.body), http_headers=status, warc_headers_dict=fields)
    writer.write_record(made)
    return buffer.getvalue()


def revisit(answer: Answer, extra: dict[str, str], *, first_url: str, first_date: str) -> bytes:
    """Return the `revisit` record of an answer whose bytes are in the archive already."""
    import hashlib
    from base64 import b32encode

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    digest = "sha1:" + b32encode(hashlib.sha1(answer.body, usedforsecurity=False).digest()).decode()  # the standard's payload digest
    headers = StatusAndHeaders(
        f"{answer.status} {_one_line(answer.reason)}", [(k, _one_line(v)) for k, v in answer.headers], protocol="HTTP/1.1"
    )
    made = writer.create_revisit_record(
        answer.url,
        digest,
        first_url,
        first_date,
        http_headers=headers,
        warc_headers_dict={"WARC-Date": stamp(answer.asked_at), **{k: _one_line(v) for k, v in extra.items()}},
    )
    writer.write_record(made)
    return buffer.getvalue()


def body_of(raw: bytes, where: str) -> bytes:
    """Return the page bytes in the stored bytes of one record. Raises ArchiveDamaged where they are no record."""
    try:
        for one in ArchiveIterator(io.BytesIO(raw), record_types=WarcRecordType.response, parse_http=True):
            return bytes(one.reader.read())
    except Exception as error:  # the reader has errors of its own for each kind of damage
        raise ArchiveDamaged(f"{where}: not a readable record ({str(error)[:80]})", input=where) from error
    raise ArchiveDamaged(f"{where}: no response record", input=where)


def _one_line(value: str) -> str:
    """A header value that cannot break the record."""
    return "".join(c if " " <= c != "\x7f" else " " for c in value)[:8000]

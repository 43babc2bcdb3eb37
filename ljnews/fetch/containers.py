"""Pages out of files that hold many: WARC (also Common Crawl News), zip, tar, MHT, a gzipped page. Nothing is ever written to disk.

Main function: `pages_of_file`. What a whole archive does wrong (a bomb, overlapping entries) raises; what one entry does wrong is a Failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ljnews.errors import InputEmpty, InputMalformed, InputTooLarge, LjnewsError
from ljnews.fetch.capped import Unpacked
from ljnews.fetch.caps import Caps
from ljnews.records import Failure, Page

_PAGE = re.compile(r"(?i)\.(?:s?html?|xhtml|txt|aspx?|jsp|php)$")
_MHT = re.compile(r"(?i)\.mht(?:ml)?$")
_NESTED = re.compile(r"(?i)\.(?:zip|tar|tgz|tbz2?|txz|gz|bz2|xz|7z|rar|warc)$")
#: What a browser saves beside a page, and what archivers add.
_BESIDE = re.compile(r"(?:^|/)(?:[^/]*_files|__MACOSX|\.[^/]+)(?:/|$)")
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,5}\)(https?://[^\s<>\"']{1,2000})\s*-->", re.IGNORECASE)


def pages_of_file(path: Path, caps: Caps) -> Iterator[Page | Failure]:
    """Yield the pages of one file, by what its first bytes say it is."""
    from ljnews.fetch.mht import page_of_mht
    from ljnews.fetch.tars import pages_of_tar
    from ljnews.fetch.warcs import pages_of_warc
    from ljnews.fetch.zips import pages_of_zip

    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(0)
        if not head:
            raise InputEmpty(f"{path}: the file is empty", input=str(path))
        if head == b"PK\x03\x04" or head == b"PK\x05\x06":
            yield from pages_of_zip(stream, str(path), caps)
        elif _MHT.search(path.name):
            yield page_of_mht(_whole(stream, str(path), caps), str(path))
        else:
            kind = _kind(stream, path, caps)
            reader = pages_of_warc if kind == "warc" else pages_of_tar if kind == "tar" else _single
            yield from reader(stream, str(path), caps)


def _kind(stream: BinaryIO, path: Path, caps: Caps) -> str:
    """Look into the first unpacked bytes: `warc`, `tar` or `page`."""
    probe = Unpacked(stream, str(path), caps, total=caps.total)
    head = probe.read(1024)
    stream.seek(0)
    if head.startswith(b"WARC/"):
        return "warc"
    if head[257:262] == b"ustar" or re.search(r"(?i)\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz)$", path.name):
        return "tar"
    if b"<" in head:
        return "page"
    raise InputMalformed(f"{path}: neither WARC, zip, tar, MHT nor a page; convert it first", input=str(path))


def _whole(stream: BinaryIO, name: str, caps: Caps, times: int = 4) -> bytes:
    content = stream.read(times * caps.page + 1)
    if len(content) > times * caps.page:
        raise InputTooLarge(f"{name}: more than {times * caps.page >> 20} MiB", input=name)
    return content


def _single(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Page | Failure]:
    """A single page, gzipped or not."""
    unpacked = Unpacked(stream, name, caps, total=caps.page + 1)
    content = unpacked.read(caps.page + 1)
    unpacked.check()
    yield Page(input=name, url=saved_from(content), content=content)


def saved_from(content: bytes) -> str | None:
    """Return the URL that a browser wrote into a page when it saved it, or None."""
    match = _SAVED_FROM.search(content[:4096])
    return match.group(1).decode("ascii", "replace") if match else None


def failure_of(name: str, error: LjnewsError) -> Failure:
    """Return the failure row of one entry."""
    return Failure(
        input=name, input_id=None, url=None, stage=error.stage, error=type(error).__name__, message=error.message,
        retryable=error.retryable,
    )  # fmt: skip


class Names:
    """Gives every entry of an archive a name of its own, and says what to do with it."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._seen: dict[str, int] = {}

    def label(self, entry: str) -> str:
        """Return `ARCHIVE!ENTRY`, numbered where the entry's name comes again."""
        shown = "".join(c if c.isprintable() else "?" for c in entry)
        self._seen[shown] = count = self._seen.get(shown, 0) + 1
        return f"{self._archive}!{shown}" + (f"#{count}" if count > 1 else "")

    @staticmethod
    def is_page(entry: str) -> bool:
        """Say whether an entry is a page: by its suffix, and not one of a saved page's own parts."""
        return (_PAGE.search(entry) or _MHT.search(entry)) is not None and not _BESIDE.search(entry)

    @staticmethod
    def problem(entry: str, label: str) -> InputMalformed | None:
        """Return why an entry is refused by its name alone, or None."""
        parts = entry.replace("\\", "/").split("/")
        if ".." in parts or entry.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", entry):
            return InputMalformed(f"{label}: its name leads out of the archive; not read", input=label)
        if _NESTED.search(entry):
            return InputMalformed(f"{label}: an archive inside an archive; unpack it first", input=label)
        return None


def page_of_entry(entry: str, label: str, content: bytes) -> Page | Failure:
    """Return the page of an entry's bytes."""
    from ljnews.fetch.mht import page_of_mht

    try:
        if not content.strip():
            raise InputEmpty(f"{label}: an empty page", input=label)
        if _MHT.search(entry):
            return page_of_mht(content, label)
    except LjnewsError as error:
        return failure_of(label, error)
    return Page(input=label, url=saved_from(content), content=content)


def gbk_name(raw: str, charset: str) -> str:
    """Return an entry name that was read as `charset` (cp437 by zip) but is UTF-8 or GBK, as Chinese archivers write it.

    >>> gbk_name("新闻.html".encode("gbk").decode("cp437"), "cp437")
    '新闻.html'
    """
    try:
        stored = raw.encode(charset, "surrogateescape")
    except UnicodeEncodeError:
        return raw
    for name in ("utf-8", "gb18030"):
        try:
            return stored.decode(name)
        except UnicodeDecodeError:
            continue
    return raw

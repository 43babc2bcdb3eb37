"""Pages out of tar files (plain, gzip, bzip2, xz), read as a stream; links, devices and paths that lead outside are refused."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from ljnews.errors import InputMalformed, InputTooLarge, LjnewsError
from ljnews.fetch.capped import Unpacked
from ljnews.fetch.caps import Caps
from ljnews.fetch.containers import Names, failure_of, gbk_name, page_of_entry
from ljnews.records import Failure, Page


def pages_of_tar(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Page | Failure]:
    """Yield the pages of a tar file. Raises InputTooLarge and InputMalformed for what the whole of it does wrong."""
    unpacked = Unpacked(stream, name, caps, total=caps.total)
    names = Names(name)
    try:
        with tarfile.open(fileobj=unpacked, mode="r|", bufsize=64 * 1024, encoding="utf-8", errors="surrogateescape") as archive:
            for number, info in enumerate(archive, 1):
                archive.members = []  # type: ignore[attr-defined]  # the reader keeps every header it has seen
                unpacked.check()
                if number > caps.entries:
                    raise InputTooLarge(f"{name}: more than {caps.entries} entries; split it", input=name)
                yield from _entry(archive, info, names, caps)
    except (tarfile.TarError, EOFError, OSError, ValueError, RecursionError, MemoryError) as error:
        unpacked.check()
        raise InputMalformed(f"{name}: not a readable tar ({error})", input=name) from error
    unpacked.check()


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo, names: Names, caps: Caps) -> Iterator[Page | Failure]:
    entry = gbk_name(info.name, "utf-8").removeprefix("./")
    label = names.label(entry)
    if info.isdir():
        return
    try:
        if not info.isreg():
            raise InputMalformed(f"{label}: a link or device, not a file; not read", input=label)
        if (problem := names.problem(entry, label)) is not None:
            raise problem
        if not names.is_page(entry):
            return
        if info.size > caps.page:
            raise InputTooLarge(f"{label}: {info.size} bytes, more than {caps.page} for a page", input=label)
        member = archive.extractfile(info)
        content = member.read(caps.page + 1) if member is not None else b""
        if len(content) != info.size:
            raise InputMalformed(f"{label}: cut short", input=label)
    except LjnewsError as error:
        yield failure_of(label, error)
        return
    yield page_of_entry(entry, label, content)

"""Pages out of zip files. The directory is judged before anything is unpacked: number of entries, overlaps, ratio."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ljnews.errors import InputMalformed, InputTooLarge, LjnewsError
from ljnews.fetch.caps import Caps
from ljnews.fetch.containers import Names, failure_of, gbk_name, page_of_entry
from ljnews.records import Failure, Page

_ENTRY, _END, _END64 = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"
#: Bytes that a directory entry takes at most on average; a larger directory is not read.
_ENTRY_BYTES = 400


def pages_of_zip(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Page | Failure]:
    """Yield the pages of a zip file. Raises InputTooLarge and InputMalformed for what the whole of it does wrong."""
    size = os.fstat(stream.fileno()).st_size
    _check_end(stream, size, name, caps)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_entries(entries, size, name, caps)
            yield from _pages(archive, entries, size, name, caps)
    except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise InputMalformed(f"{name}: not a readable zip ({error})", input=name) from error


def _check_end(stream: BinaryIO, size: int, name: str, caps: Caps) -> None:
    """Judge by the end record alone: a million entries would take the reader many seconds."""
    tail_size = min(size, 65536 + 22 + 20 + 56)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise InputMalformed(f"{name}: a zip without its end; it was not written whole", input=name)
    count, directory = struct.unpack("<10xH", tail[at : at + 12])[0], struct.unpack("<L", tail[at + 12 : at + 16])[0]
    at64 = tail.rfind(_END64)
    if at64 >= 0 and len(tail) >= at64 + 48:
        count, directory = struct.unpack("<QQ", tail[at64 + 32 : at64 + 48])
    many = count > caps.entries or directory > caps.entries * _ENTRY_BYTES
    if not many:  # the count may lie: the reader goes by the directory's bytes
        at_end = size - tail_size + (at64 if at64 >= 0 else at)
        stream.seek(max(0, at_end - directory))
        many = stream.read(directory).count(_ENTRY) > caps.entries
        stream.seek(0)
    if many:
        raise InputTooLarge(f"{name}: more than {caps.entries} entries; split it", input=name)


def _check_entries(entries: list[zipfile.ZipInfo], size: int, name: str, caps: Caps) -> None:
    """Refuse too many entries, and entries that share bytes, as bombs without nesting do."""
    if len(entries) > caps.entries:
        raise InputTooLarge(f"{name}: more than {caps.entries} entries; split it", input=name)
    end = 0
    for info in sorted(entries, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise InputMalformed(f"{name}: entries that overlap, as bombs have", input=name)
        end = info.header_offset + 30 + info.compress_size
    if end > size:
        raise InputMalformed(f"{name}: entries beyond its end; it was not written whole", input=name)


def _pages(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int, name: str, caps: Caps) -> Iterator[Page | Failure]:
    names, out = Names(name), 0
    for info in entries:
        entry = info.filename if info.flag_bits & 0x800 else gbk_name(info.filename, "cp437")
        label = names.label(entry)
        if info.is_dir():
            continue
        if (problem := names.problem(entry, label)) is not None:
            yield failure_of(label, problem)
        elif names.is_page(entry):
            try:
                content = _content(archive, info, label, caps)
            except LjnewsError as error:
                yield failure_of(label, error)
                continue
            out += len(content)
            if out > caps.total or out > max(caps.floor, caps.ratio * size):
                raise InputTooLarge(f"{name}: unpacks to too much ({caps.ratio} times its size, or {caps.total >> 20} MiB)", input=name)
            yield page_of_entry(entry, label, content)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, caps: Caps) -> bytes:
    """One entry's bytes, within the cap of a page, whatever its header says."""
    mode = info.external_attr >> 16
    if mode & 0o170000 not in (0, 0o100000):
        raise InputMalformed(f"{label}: a link or device, not a file; not read", input=label)
    if info.flag_bits & 0x1:
        raise InputMalformed(f"{label}: encrypted; unpack it with its password first", input=label)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputMalformed(f"{label}: packed by method {info.compress_type}; pack it by deflate", input=label)
    if info.file_size > caps.page:
        raise InputTooLarge(f"{label}: {info.file_size} bytes, more than {caps.page} for a page", input=label)
    if info.file_size > caps.ratio * max(info.compress_size, 1) and info.file_size > caps.floor:
        raise InputTooLarge(f"{label}: unpacks to more than {caps.ratio} times its size, as bombs do", input=label)
    try:
        with archive.open(info) as entry:
            content = entry.read(caps.page + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise InputMalformed(f"{label}: damaged ({error})", input=label) from error
    if len(content) > caps.page:
        raise InputTooLarge(f"{label}: more than {caps.page} bytes for a page", input=label)
    return content

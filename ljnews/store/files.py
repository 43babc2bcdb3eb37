"""Files that are whole or absent: written beside their name, synced, then named."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from ljnews.errors import OutputUnwritable, StorageFull, StoreError, UsageError

try:
    import fcntl
except ImportError:  # a system without it: writers are not kept apart there
    fcntl = None  # type: ignore[assignment]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.ENOENT}


@contextmanager
def storage_errors(target: str) -> Iterator[None]:
    """Turn the system's errors into ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise storage_error(target, error) from error


def storage_error(target: str, error: OSError) -> StoreError:
    """Return the typed error of a failed write."""
    said = error.strerror or str(error)
    if error.errno in _FULL:
        return StorageFull(
            f"{target}: the disk is full or failing ({said}); what was stored is whole; make room and run the same command again"
        )
    if error.errno in _FORBIDDEN:
        return OutputUnwritable(f"{target}: cannot be written ({said}); check the path and its permissions")
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return StoreError(f"{target}: too many open files; raise the limit (ulimit -n) and run the same command again")
    return StoreError(f"{target}: {said}")


def fsync_folder(folder: Path) -> None:
    """Make a rename in a folder lasting (where folders can be synced)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_file(path: Path) -> None:
    """Make a file's bytes lasting."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def name_file(part: Path, path: Path) -> None:
    """Sync a finished part and give it its name, compressed as its ending says."""
    if path.suffix in (".gz", ".zst"):
        packed = part.with_name(part.name + path.suffix)
        with part.open("rb") as source, _packer(packed) as out:
            shutil.copyfileobj(source, out, 1 << 20)
        fsync_file(packed)
        os.replace(packed, path)
        part.unlink()
    else:
        fsync_file(part)
        os.replace(part, path)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a part file to write to; synced and named when the block ends well, removed when it does not."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        fsync_file(part)
        os.replace(part, path)
        fsync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def one_writer(path: Path) -> Iterator[None]:
    """Let one process at a time write a file; others wait for their turn."""
    lock = path.with_name(f".{path.name}.lock")
    with storage_errors(str(path)):
        file = locked(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        file.close()


def locked(path: Path, *, wait: bool = True) -> BinaryIO:
    """Return a file, opened for appending, that this process alone holds.

    Raises BlockingIOError where another one holds it and `wait` is False.
    """
    while True:
        file = path.open("ab")
        if fcntl is None:
            return file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if path.exists() and os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                return file  # else its last holder took it away meanwhile
        except BaseException:
            file.close()
            raise
        file.close()


@contextmanager
def _packer(path: Path) -> Iterator[Any]:
    """Open a compressed file; no time and no name in it, so that the same lines give the same bytes."""
    with path.open("wb") as raw:
        if path.suffix == ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                yield packed
        else:
            with zstandard().ZstdCompressor().stream_writer(raw, closefd=False) as packed:
                yield packed


@contextmanager
def unpacked(path: Path) -> Iterator[Iterable[bytes]]:
    """Give the lines of a file that may be compressed, as its ending says.

    Raises EOFError or BadGzipFile for one that is cut or broken.
    """
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as file:
            yield file
    elif path.suffix == ".zst":
        with path.open("rb") as packed:
            yield _zst_lines(packed)
    else:
        with path.open("rb") as file:
            yield file


def _zst_lines(packed: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a Zstandard file; its stream reader would end a cut one without a word."""
    module = zstandard()
    unpacker, rest = module.ZstdDecompressor().decompressobj(), b""
    try:
        while chunk := packed.read(1 << 20):
            *whole, rest = (rest + unpacker.decompress(chunk)).split(b"\n")
            yield from (line + b"\n" for line in whole)
    except module.ZstdError as error:
        raise EOFError(str(error)) from error
    if rest:
        yield rest
    if not unpacker.eof:
        raise EOFError("the file is cut short")


def zstandard() -> Any:
    """Return the zstandard module, or say how to get it."""
    try:
        import zstandard as module
    except ImportError as error:
        raise UsageError("reading or writing .zst needs zstandard; install ljnews[zstd], or use .gz") from error
    return module

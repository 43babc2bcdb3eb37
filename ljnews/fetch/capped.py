"""Streams that stop a bomb: what is unpacked is counted against the caps while it is unpacked, never after."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import Any, BinaryIO

from ljnews.errors import InputMalformed, InputTooLarge
from ljnews.fetch.caps import Caps

_CHUNK = 64 * 1024
_LARGEST_READ = 32 << 20


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a file (gzip with any number of members, bzip2, xz, or plain), within the caps.

    A reader in C may swallow an exception, so the error is kept in `error` and the stream ends; ask `check` when done.
    """

    def __init__(self, stream: BinaryIO, name: str, caps: Caps, *, total: int) -> None:
        super().__init__()
        self._stream, self._name, self._caps, self._total = stream, name, caps, total
        head = stream.read(6)
        stream.seek(0)
        self._kind = "gz" if head[:2] == b"\x1f\x8b" else "bz2" if head[:3] == b"BZh" else "xz" if head[:6] == b"\xfd7zXZ\0" else ""
        self._engine: Any = self._new()
        self._pending = b""
        self._packed = 0
        self._out = 0
        self._ready = bytearray()
        self.error: InputTooLarge | InputMalformed | None = None

    def _new(self) -> Any:
        if self._kind == "gz":
            return zlib.decompressobj(31)
        if self._kind == "bz2":
            return bz2.BZ2Decompressor()
        return lzma.LZMADecompressor(memlimit=256 << 20) if self._kind == "xz" else None

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; fewer only at the end, or where a cap ends it."""
        if size is None or size < 0 or size > _LARGEST_READ:
            size = _LARGEST_READ
        while len(self._ready) < size and (more := self._more()):
            self._ready += more
        out = bytes(self._ready[:size])
        del self._ready[:size]
        return out

    def tell(self) -> int:
        """Return how many bytes were given."""
        return self._out - len(self._ready)

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def _more(self) -> bytes:
        """Unpack another piece."""
        while self.error is None:
            data = self._pending or self._stream.read(_CHUNK)
            if not self._pending:
                self._packed += len(data)
            if not self._kind:
                out, self._pending = data, b""
            else:
                out = self._unpack(data)
            self._out += len(out)
            if self._out > self._total:
                self.error = InputTooLarge(f"{self._name}: unpacks to more than {self._total >> 20} MiB; split it", input=self._name)
            elif self._kind and self._out > max(self._caps.floor, self._caps.ratio * self._packed):
                self.error = InputTooLarge(
                    f"{self._name}: unpacks to more than {self._caps.ratio} times its size, as bombs do", input=self._name
                )
            elif out or (not data and not self._pending):
                return out
        return b""

    def _unpack(self, data: bytes) -> bytes:
        """Unpack a piece with bounded output; what the engine did not take stays pending."""
        engine = self._engine
        try:
            if self._kind == "gz":
                out = engine.decompress(data, _CHUNK)
                self._pending = engine.unconsumed_tail or (engine.unused_data if engine.eof else b"")
            else:
                out = engine.decompress(data, _CHUNK) if data or not engine.needs_input else b""
                self._pending = engine.unused_data if engine.eof else b""
                if not engine.eof and not engine.needs_input:
                    out += self._drain(engine)
        except (zlib.error, OSError, lzma.LZMAError, EOFError) as error:
            if self._out == 0 or self._kind != "gz" or not engine.eof:
                self.error = InputMalformed(f"{self._name}: damaged ({error})", input=self._name)
            self._pending = b""
            return b""
        if engine.eof:
            self._engine = self._new()
            self._pending = self._pending.lstrip(b"\0")
        return bytes(out)

    def _drain(self, engine: Any) -> bytes:
        """What a bzip2 or xz engine still holds, up to a bound that the caps look at before more is asked."""
        out = bytearray()
        while not engine.needs_input and not engine.eof and len(out) < 4 << 20:
            out += engine.decompress(b"", _CHUNK)
        self._pending = engine.unused_data if engine.eof else b""
        return bytes(out)

    def check(self) -> None:
        """Raise the error that ended the stream, if one did."""
        if self.error is not None:
            raise self.error


def gunzipped(data: bytes, cap: int) -> bytes | None:
    """Return gzip or zlib data unpacked up to one byte more than the cap; None where it is neither."""
    for bits in (47, -15):
        try:
            return zlib.decompressobj(bits).decompress(data, cap + 1)
        except zlib.error:
            continue
    return None

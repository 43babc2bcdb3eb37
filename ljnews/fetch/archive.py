"""The page archive: WARC files and their index. `ArchiveWriter` appends, `Archive` reads and checks every byte it gives.

A page counts as stored when the transaction that holds its index row is committed; on opening, whatever stands in the files behind the
last committed row is cut off, so a kill at any point loses and doubles nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ljnews.errors import ArchiveDamaged, InputMissing, OutputUnwritable, UsageError
from ljnews.fetch import markup, warc
from ljnews.fetch.answer import Answer
from ljnews.fetch.database import NAME, connect
from ljnews.fetch.urls import key_of

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

FOLDER = "warc"
_SYNC_EVERY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the crawl knows of a capture beside the answer."""

    kind: str
    run: int
    site: str | None = None
    parent: str | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of the index."""

    id: int
    key: str
    url: str
    kind: str
    site: str | None
    fetched_at: str
    status: int
    headers: dict[str, str]
    mime: str
    charset: str
    sha256: str
    length: int
    file: str
    offset: int
    size: int
    record_sha256: str
    same_as: int | None
    repost_of: int | None
    parent: str | None
    part: int
    problem: str | None
    message: str | None


class ArchiveWriter:
    """Appends captures within the caller's transaction. One writer a folder."""

    def __init__(self, folder: Path, *, warc_bytes: int, contact: str | None = None) -> None:
        self.folder = folder
        self._limit = warc_bytes
        self._contact = contact
        try:
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
            self._lock = (folder / ".lock").open("ab")
        except OSError as error:
            raise OutputUnwritable(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self._lock.close()
                raise UsageError(f"{folder}: another crawl is writing into it; wait for it or name another folder") from error
        self.database = connect(folder, create=True)
        self._stream: BinaryIO | None = None
        self._file = self._end = 0
        self._synced = 0.0
        self.requeued = self._recover()

    def close(self) -> None:
        """Close all files; what was committed stays."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = None
        self.database.close()
        self._lock.close()

    def _recover(self) -> int:
        """Cut what no committed row speaks of; ask again for pages whose bytes a power cut took. Returns how many."""
        lost = 0
        for row in self.database.execute("SELECT id, name, end FROM files ORDER BY id").fetchall():
            path = self.folder / FOLDER / row["name"]
            size = path.stat().st_size if path.exists() else 0
            if size > row["end"]:
                os.truncate(path, row["end"])
            elif size < row["end"]:
                lost += self._forget(row["id"], size)
        known = {r["name"] for r in self.database.execute("SELECT name FROM files")}
        for path in (self.folder / FOLDER).glob("ljnews-*.warc.gz"):
            if path.name not in known:
                path.unlink()
        return lost

    def _forget(self, file: int, size: int) -> int:
        """Drop the captures of a file that its bytes no longer hold, and put their URLs back."""
        db = self.database
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TEMP TABLE gone AS SELECT id FROM captures WHERE file = ? AND offset + size > ?", (file, size))
        db.execute("INSERT INTO gone SELECT id FROM captures WHERE same_as IN (SELECT id FROM gone)")
        db.execute(
            "UPDATE frontier SET state = 'todo', capture = NULL, etag = NULL, modified = NULL WHERE capture IN (SELECT id FROM gone)"
        )
        db.execute("UPDATE captures SET repost_of = NULL WHERE repost_of IN (SELECT id FROM gone)")
        db.execute("DELETE FROM sketch WHERE capture IN (SELECT id FROM gone)")
        db.execute("DELETE FROM captures WHERE id IN (SELECT id FROM gone) AND same_as IS NOT NULL")
        count = int(db.execute("SELECT count(DISTINCT id) FROM gone").fetchone()[0])
        db.execute("DELETE FROM captures WHERE id IN (SELECT id FROM gone)")
        db.execute("DROP TABLE gone")
        left = db.execute("SELECT max(offset + size) FROM captures WHERE file = ?", (file,)).fetchone()[0]
        if left is None:
            db.execute("DELETE FROM files WHERE id = ?", (file,))
        else:
            db.execute("UPDATE files SET end = ? WHERE id = ?", (left, file))
        db.execute("COMMIT")
        path = self.folder / FOLDER / f"ljnews-{file:05d}.warc.gz"
        if path.exists() and left is not None:
            os.truncate(path, left)
        return count

    def add(self, answer: Answer, labels: Labels) -> tuple[int, int | None]:
        """Append an answer; return the capture's id, and the id of an earlier capture with the same bytes, if any.

        Call it inside a transaction of `database`, and `sync` before the commit.
        """
        digest = hashlib.sha256(answer.body).hexdigest()
        twin = self.database.execute(
            "SELECT id, url, fetched_at FROM captures WHERE sha256 = ? AND same_as IS NULL AND damaged = 0 ORDER BY id LIMIT 1",
            (digest,),
        ).fetchone()
        problem = answer.problem
        extra = {warc.KIND: labels.kind}
        if labels.parent:
            extra |= {warc.PARENT: labels.parent, warc.PART: str(labels.part)}
        if problem is not None:
            extra[warc.PROBLEM] = type(problem).__name__
        if twin is not None and answer.body:
            raw = warc.revisit(answer, extra, first_url=twin["url"], first_date=twin["fetched_at"])
        else:
            raw = warc.record(answer, extra)
        offset, size = self._append(raw)
        mime = answer.header("content-type").split(";")[0].strip().lower()
        charset = markup.charset_of(answer.body, answer.header("content-type"), limit=65536) if answer.body else ""
        cursor = self.database.execute(
            "INSERT INTO captures (key, url, kind, site, fetched_at, status, reason, headers, mime, charset, sha256, length, file,"
            " offset, size, record_sha256, same_as, parent, part, problem, message, run)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key_of(answer.url), answer.url, labels.kind, labels.site, warc.stamp(answer.asked_at), answer.status, answer.reason,
                json.dumps(answer.headers, ensure_ascii=False), mime, charset, digest, len(answer.body), self._file, offset, size,
                hashlib.sha256(raw).hexdigest(), twin["id"] if twin and answer.body else None, labels.parent, labels.part,
                type(problem).__name__ if problem else None, problem.message if problem else None, labels.run,
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0), int(twin["id"]) if twin is not None else None

    def sync(self) -> None:
        """Hand the bytes to the system before the commit that speaks of them; to the disk at most once a second."""
        if self._stream is None:
            return
        self._stream.flush()
        self.database.execute("UPDATE files SET end = ? WHERE id = ?", (self._end, self._file))
        if time.monotonic() - self._synced >= _SYNC_EVERY:
            os.fsync(self._stream.fileno())
            self._synced = time.monotonic()

    def rolled_back(self) -> None:
        """The transaction failed: forget where we were, the next append looks again."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _append(self, raw: bytes) -> tuple[int, int]:
        if self._stream is None or self._end + len(raw) > self._limit:
            self._next_file(len(raw))
        assert self._stream is not None
        try:
            self._stream.write(raw)
        except OSError as error:
            raise OutputUnwritable(f"{self.folder}: cannot be written ({error.strerror}); make room and run again") from error
        offset, self._end = self._end, self._end + len(raw)
        return offset, len(raw)

    def _next_file(self, needed: int) -> None:
        """Go on in the last file, or begin a new one where it is full."""
        last = self.database.execute("SELECT id, name, end FROM files ORDER BY id DESC LIMIT 1").fetchone()
        if self._stream is not None:
            self.sync()
            self._stream.close()
            last = self.database.execute("SELECT id, name, end FROM files ORDER BY id DESC LIMIT 1").fetchone()
        if last is not None and last["end"] + needed <= self._limit:
            path = self.folder / FOLDER / last["name"]
            self._stream = path.open("r+b")
            self._stream.truncate(last["end"])
            self._stream.seek(last["end"])
            self._file, self._end = last["id"], last["end"]
            return
        number = (last["id"] if last else 0) + 1
        name = f"ljnews-{number:05d}.warc.gz"
        head = warc.head_record(name, self._contact)
        self._stream = (self.folder / FOLDER / name).open("wb")
        self._stream.write(head)
        self._file, self._end = number, len(head)
        self.database.execute(
            "INSERT INTO files (id, name, end, head_sha256) VALUES (?, ?, ?, ?)",
            (number, name, len(head), hashlib.sha256(head).hexdigest()),
        )


_SELECT = """
SELECT c.id, c.key, c.url, c.kind, c.site, c.fetched_at, c.status, c.headers, c.mime, c.charset, c.sha256, c.length, f.name AS file,
  c.offset, c.size, c.record_sha256, c.same_as, c.repost_of, c.parent, c.part, c.problem, c.message
FROM captures c JOIN files f ON f.id = c.file
"""


class Archive:
    """A crawl's folder, to be read. Every body is checked against the index before it is given."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not (self.folder / NAME).exists():
            raise InputMissing(f"{folder}: no {NAME} in it; name a folder that `ljnews fetch` wrote", input=str(folder))
        self.database = connect(self.folder)

    def close(self) -> None:
        """Close the index."""
        self.database.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def captures(self, where: str = "1", values: tuple[object, ...] = (), *, batch: int = 500) -> Iterator[Capture]:
        """Yield index rows in the order in which they were stored. `where` is SQL of ours, never a user's."""
        last = 0
        while True:
            rows = self.database.execute(f"{_SELECT} WHERE c.id > ? AND ({where}) ORDER BY c.id LIMIT ?", (last, *values, batch)).fetchall()
            for row in rows:
                yield _capture(row)
            if len(rows) < batch:
                return
            last = rows[-1]["id"]

    def get(self, number: int) -> Capture:
        """Return one index row. Raises InputMissing where there is none."""
        row = self.database.execute(f"{_SELECT} WHERE c.id = ?", (number,)).fetchone()
        if row is None:
            raise InputMissing(f"{self.folder}: no capture {number}", input=str(self.folder))
        return _capture(row)

    def body(self, capture: Capture) -> bytes:
        """Return a capture's page bytes, as received. Raises ArchiveDamaged where one bit of the stored record differs."""
        where = f"{self.folder}#{capture.id}"
        raw = self.raw(capture)
        if capture.same_as is not None:
            return self.body(self.get(capture.same_as))
        body = warc.body_of(raw, where) if capture.length else b""
        if hashlib.sha256(body).hexdigest() != capture.sha256:
            raise ArchiveDamaged(f"{where}: the page is not the one that was stored (sha256)", input=where, url=capture.url)
        return body

    def raw(self, capture: Capture) -> bytes:
        """Return the stored bytes of a record, checked."""
        where = f"{self.folder}#{capture.id}"
        path = self.folder / FOLDER / capture.file
        try:
            with path.open("rb") as stream:
                stream.seek(capture.offset)
                raw = stream.read(capture.size)
        except OSError as error:
            raise ArchiveDamaged(f"{where}: {path.name} cannot be read ({error.strerror})", input=where) from error
        if hashlib.sha256(raw).hexdigest() != capture.record_sha256:
            raise ArchiveDamaged(f"{where}: {capture.url} is damaged in {path.name} (sha256)", input=where, url=capture.url)
        return raw


def _capture(row: sqlite3.Row) -> Capture:
    values = dict(row)
    values["headers"] = headers_of(values["headers"])
    return Capture(**values)


def headers_of(stored: str) -> dict[str, str]:
    """Return headers by lower-case name; a repeated one is joined by a comma."""
    found: dict[str, str] = {}
    for name, value in json.loads(stored):
        low = name.lower()
        found[low] = f"{found[low]}, {value}" if low in found else value
    return found

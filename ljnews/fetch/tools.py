"""`ljnews archive ls | show | verify | export`: looking at an archive, checking it, taking it elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ljnews.errors import ArchiveDamaged, InputMissing, OutputExists, OutputUnwritable, UsageError
from ljnews.fetch.archive import FOLDER, Archive, Capture
from ljnews.fetch.database import transaction


@dataclass(frozen=True)
class Verified:
    """What `verify` found. `damaged` holds (capture, url, why); `files` what is wrong with whole files."""

    captures: int
    bytes: int
    damaged: list[tuple[int, str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    requeued: int = 0

    @property
    def sound(self) -> bool:
        """Say whether nothing was found."""
        return not self.damaged and not self.files


def ls(
    folder: Path | str, *, match: str | None = None, kind: str | None = None, since: str | None = None, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a row per capture: id, fetched_at, status, kind, length, charset, url, site, problem, same_as, repost_of.

    `match` is a regular expression on the URL, `since` an ISO day of fetching.
    """
    try:
        pattern = re.compile(match) if match else None
    except re.error as error:
        raise UsageError(f"{match!r}: not a regular expression ({error})") from error
    count = 0
    with Archive(folder) as archive:
        for one in archive.captures("(? IS NULL OR c.kind = ?) AND (? IS NULL OR c.fetched_at >= ?)", (kind, kind, since, since)):
            if pattern is not None and not pattern.search(one.url):
                continue
            if limit is not None and count >= limit:
                return
            count += 1
            yield {
                "id": one.id, "fetched_at": one.fetched_at, "status": one.status, "kind": one.kind, "length": one.length,
                "charset": one.charset, "url": one.url, "site": one.site, "problem": one.problem, "same_as": one.same_as,
                "repost_of": one.repost_of,
            }  # fmt: skip


def show(folder: Path | str, which: str) -> tuple[dict[str, Any], bytes]:
    """Return one capture's index row and its checked bytes. `which` is a capture's id or a URL (its newest capture).

    Raises InputMissing, ArchiveDamaged.
    """
    from ljnews.fetch.urls import key_of

    with Archive(folder) as archive:
        if which.isdigit():
            found: Capture | None = archive.get(int(which))
        else:
            found = max(archive.captures("c.key = ?", (key_of(which),)), key=lambda one: one.id, default=None)
        if found is None:
            raise InputMissing(f"{folder}: no capture of {which}", input=str(folder))
        row = {name: getattr(found, name) for name in Capture.__slots__}
        return row, archive.body(found)


def verify(folder: Path | str, *, requeue: bool = False) -> Verified:
    """Check every stored byte against the index; `requeue` marks damaged pages and has them fetched again by the next crawl."""
    damaged: list[tuple[int, str, str]] = []
    captures = size = 0
    with Archive(folder) as archive:
        files = _check_files(archive)
        for one in archive.captures():
            captures += 1
            size += one.size
            try:
                archive.body(one)
            except ArchiveDamaged as error:
                damaged.append((one.id, one.url, error.message))
        requeued = _requeue(archive, [number for number, _, _ in damaged]) if requeue and damaged else 0
    return Verified(captures, size, damaged, files, requeued)


def _check_files(archive: Archive) -> list[str]:
    """What is wrong with files as wholes: missing, too short, longer than the index knows, head or index damaged."""
    problems = []
    if (said := archive.database.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
        problems.append(f"archive.sqlite: {said}")
    for row in archive.database.execute("SELECT id, name, end, head_sha256 FROM files ORDER BY id").fetchall():
        path = archive.folder / FOLDER / row["name"]
        length = path.stat().st_size if path.exists() else -1
        if length < row["end"]:
            what = "missing" if length < 0 else f"{length} bytes, where the index knows {row['end']}"
            problems.append(f"{row['name']}: {what}")
            continue
        first = archive.database.execute("SELECT min(offset) FROM captures WHERE file = ?", (row["id"],)).fetchone()[0]
        with path.open("rb") as stream:
            head = stream.read(first if first is not None else row["end"])
        if hashlib.sha256(head).hexdigest() != row["head_sha256"]:
            problems.append(f"{row['name']}: its first record is damaged")
    return problems


def _requeue(archive: Archive, numbers: list[int]) -> int:
    """Mark captures as damaged and put their URLs back into the frontier."""
    count = 0
    with transaction(archive.database):
        for number in numbers:
            archive.database.execute("UPDATE captures SET damaged = 1 WHERE id = ?", (number,))
            count += archive.database.execute(
                "UPDATE frontier SET state = 'todo', etag = NULL, modified = NULL, tries = 0, next_try = 0 WHERE capture = ?"
                " OR capture IN (SELECT id FROM captures WHERE same_as = ?)",
                (number, number),
            ).rowcount
    return count


def export(folder: Path | str, to: Path | str, *, match: str | None = None, force: bool = False) -> int:
    """Write the checked articles of an archive to `OUT.warc.gz`, `OUT.jsonl` or a new folder of pages; return how many.

    JSON lines are `{id,url,html}` with the page decoded, as `ljnews extract` reads them; a folder holds the bytes as received, with
    `index.tsv`. Written beside and moved into place when whole. Raises OutputExists, OutputUnwritable, UsageError.
    """
    target = Path(to)
    if target.exists() and not force:
        raise OutputExists(f"{target}: is there already; --force writes over it", output=str(target))
    name = target.name.lower()
    writer = _to_warc if name.endswith((".warc.gz", ".warc")) else _to_lines if name.endswith(".jsonl") else None
    if writer is None and target.suffix:
        raise UsageError(f"{target}: expected OUT.warc.gz, OUT.jsonl or a folder")
    try:
        with Archive(folder) as archive:
            if writer is None:
                return _to_folder(archive, target, match)
            partial = target.with_name(f".{target.name}.part")
            count = writer(archive, partial, match)
            os.replace(partial, target)
            return count
    except OSError as error:
        raise OutputUnwritable(f"{target}: cannot be written ({error.strerror})", output=str(target)) from error


def _articles(archive: Archive, match: str | None) -> Iterator[tuple[Capture, bytes]]:
    """Articles and their further pages whose bytes are sound, the exact copies left out."""
    for one in archive.captures("c.kind IN ('article', 'more') AND c.problem IS NULL AND c.same_as IS NULL AND c.damaged = 0"):
        if match is None or re.search(match, one.url):
            try:
                yield one, archive.body(one)
            except ArchiveDamaged:
                continue


def _to_warc(archive: Archive, path: Path, match: str | None) -> int:
    """Our records as they stand, one gzip member each."""
    from ljnews.fetch import warc

    count = 0
    with path.open("wb") as stream:
        stream.write(warc.head_record(path.name.removeprefix(".").removesuffix(".part"), None))
        for one, _ in _articles(archive, match):
            stream.write(archive.raw(one))
            count += one.kind == "article"
        os.fsync(stream.fileno())
    return count


def _to_lines(archive: Archive, path: Path, match: str | None) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for one, body in _articles(archive, match):
            if one.kind == "article":
                html = body.decode(one.charset or "utf-8", "replace")
                stream.write(json.dumps({"id": str(one.id), "url": one.url, "html": html}, ensure_ascii=False) + "\n")
                count += 1
        os.fsync(stream.fileno())
    return count


def _to_folder(archive: Archive, target: Path, match: str | None) -> int:
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    with (target / "index.tsv").open("w", encoding="utf-8") as index:
        index.write("file\turl\tfetched_at\tsha256\n")
        for one, body in _articles(archive, match):
            file = f"{one.id:08d}.html"
            (target / file).write_bytes(body)
            index.write(f"{file}\t{one.url}\t{one.fetched_at}\t{one.sha256}\n")
            count += one.kind == "article"
    return count

"""JSON lines: one record per line, in the order of the inputs; pages without a record in `OUT.failures.jsonl`.

Lines go to `OUT.jsonl.part`, which gets its name when all is done: a reader never meets half a file. `OUT.jsonl.done` says how far the part
is sound; a run that was stopped or killed leaves both, and the same command continues it. `.gz` and `.zst` are compressed at the end.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import orjson

from ljnews.errors import OutputExists, OutputUnwritable
from ljnews.records import ArticleRecord
from ljnews.store.files import fsync_folder, locked, name_file, storage_errors
from ljnews.store.sink import Item, Key, Known, Recipe

_Name = tuple[str, str]  # input, article id
TARGETS = (".jsonl", ".jsonl.gz", ".jsonl.zst", "-")


def encode(record: ArticleRecord) -> bytes:
    """Return the record's line."""
    return record.model_dump_json().encode() + b"\n"


def open_sink(target: str, *, force: bool = False, search: bool = True) -> Jsonl | Stream:
    """Return the sink of a file, or of standard output for `-`."""
    if target == "-":
        return Stream()
    path = Path(target)
    if path.exists() and not force:
        raise OutputExists(f"{target} is there already; name another file or add --force")
    if not path.parent.is_dir():
        raise OutputUnwritable(f"{target}: the folder {path.parent} is not there; make it or name another place")
    return Jsonl(path)


class Stream:
    """Records to standard output; failures are the caller's to show (it gets them as events)."""

    keyed = False
    encode = staticmethod(encode)
    target = "-"

    def __init__(self, out: BinaryIO | None = None) -> None:
        self.out = out or sys.stdout.buffer

    def begin(self, job: str, recipe: Recipe) -> int:
        """Nothing to open."""
        return 1

    def known(self, keys: Sequence[Key]) -> dict[Key, Known]:
        """Nothing is known of what was sent."""
        return {}

    def write(self, items: Sequence[Item]) -> Counter[str]:
        """Send lines."""
        with storage_errors("standard output"):
            self.out.writelines(item.body for item in items if item.body is not None)
            self.out.flush()
        return _added(items)

    def touch(self, inputs: Iterable[Key]) -> None:
        """Each input has its own line."""

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Nothing to close."""

    def close(self) -> None:
        """Nothing to close."""


class Jsonl:
    """Records to a file."""

    keyed = False
    encode = staticmethod(encode)

    def __init__(self, path: Path) -> None:
        self.path, self.target = path, str(path)
        bare = path.with_suffix("") if path.suffix in (".gz", ".zst") else path
        self.failures = path.with_name(bare.name.removesuffix(".jsonl") + ".failures.jsonl")
        self.part, self.failed_part, self.log_path = _beside(path, ".part"), _beside(self.failures, ".part"), _beside(path, ".done")
        self._known: dict[_Name, Known] = {}
        self._earlier: tuple[list[_Name], list[_Name]] = ([], [])  # whose lines an earlier, unfinished run left: records, failures
        self._kept: set[_Name] = set()  # earlier lines that stand
        self._redone: set[_Name] = set()
        with storage_errors(self.target):
            try:
                self._log = locked(self.log_path, wait=False)
            except BlockingIOError as error:
                raise OutputUnwritable(f"{self.target}: another process is writing it; wait for it, or name another file") from error
            ends = self._resume()
            self._out, self._failed = (_append(p, end) for p, end in zip((self.part, self.failed_part), ends, strict=True))

    def _resume(self) -> tuple[int, int]:
        """Read the log of an earlier, unfinished run; return how far each file is sound."""
        ends, whole = (0, 0), 0
        if self.log_path.exists():
            with self.log_path.open("rb+") as log:
                for line in log:
                    if not line.endswith(b"\n"):
                        break
                    whole += len(line)
                    group = orjson.loads(line)
                    ends = (group["out"], group["failed"])
                    rules, lexicon, pipeline = group["recipe"]
                    for input_, id_, page_hash, failed, again in group["done"]:
                        self._earlier[failed].append((input_, id_))
                        if not again:
                            self._known[input_, id_] = Known(page_hash, rules, lexicon, pipeline, input_, failed=failed)
                log.truncate(whole)
        return ends

    def begin(self, job: str, recipe: Recipe) -> int:
        """Note the recipe."""
        self._recipe = recipe
        return 1

    def known(self, keys: Sequence[Key]) -> dict[Key, Known]:
        """Return what an earlier, unfinished run has done."""
        found = ((key, self._known.get((key.input, key.id))) for key in keys)
        known = {key: known for key, known in found if known}
        self._kept |= {(key.input, key.id) for key, k in known.items() if k.page_hash == key.page_hash and k.made_with(self._recipe)}
        return known

    def write(self, items: Sequence[Item]) -> Counter[str]:
        """Append lines, then say in the log that they stand."""
        with storage_errors(self.target):
            for item in items:
                if item.failure is not None:
                    self._failed.write(item.failure.model_dump_json().encode() + b"\n")
                elif item.body is not None:
                    self._out.write(item.body)
            for file in (self._out, self._failed):
                file.flush()
            told = [
                (i.key.input, i.key.id, i.key.page_hash, i.failure is not None, i.failure is not None and i.failure.retryable)
                for i in items
            ]
            recipe = [self._recipe.rules_hash, self._recipe.lexicon_hash, self._recipe.pipeline]
            group = {"out": self._out.tell(), "failed": self._failed.tell(), "recipe": recipe, "done": told}
            self._log.write(orjson.dumps(group) + b"\n")
            self._log.flush()
        if self._known or any(self._earlier):
            self._redone |= {(i.key.input, i.key.id) for i in items}
        return _added(items)

    def touch(self, inputs: Iterable[Key]) -> None:
        """Each input has its own line."""

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Give the files their names; lines of an earlier run that this one did again, or was not asked for, are left out."""
        self.close()
        if state != "done":
            return
        with storage_errors(self.target):
            for failed, part, earlier in zip((False, True), (self.part, self.failed_part), self._earlier, strict=True):
                stand = {name for name in self._kept - self._redone if self._known[name].failed == failed}
                last = {name: number for number, name in enumerate(earlier)}
                _leave_out(part, [name in stand and last[name] == number for number, name in enumerate(earlier)])
            name_file(self.part, self.path)
            if self.failed_part.stat().st_size:
                name_file(self.failed_part, self.failures)
            else:
                self.failed_part.unlink()
                self.failures.unlink(missing_ok=True)
            self.log_path.unlink()
            fsync_folder(self.path.parent)

    def close(self) -> None:
        """Close the files; an empty part of a run that did nothing is not left behind."""
        with storage_errors(self.target):
            for file in (self._out, self._failed, self._log):
                file.close()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _append(path: Path, end: int) -> BinaryIO:
    """Open a file for writing after its first `end` bytes."""
    file = path.open("ab")
    file.truncate(end)
    return file


def _leave_out(part: Path, keep: list[bool]) -> None:
    """Write a file again without some of its first lines."""
    if all(keep):
        return
    fresh = _beside(part, ".new")
    with part.open("rb") as old, fresh.open("wb") as new:
        for number, line in enumerate(old):
            if number >= len(keep) or keep[number]:
                new.write(line)
    fresh.replace(part)


def _added(items: Sequence[Item]) -> Counter[str]:
    return Counter(added=sum(sum(item.facts.values()) for item in items if item.failure is None))

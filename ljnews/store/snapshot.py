"""Sinks that are files written from a store: Parquet, CSV, Excel.

While a run goes on, its results are in a SQLite file beside the target (`.OUT.work.sqlite`): so these sinks resume, repeat and take re-extractions as
well as a database does. When the run is done, the file is written from it, beside its name, synced and named: a reader meets the old one or the new
one, never a part. The working file stays, for the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import sqlalchemy as sa

from ljnews.errors import OutputExists, OutputUnwritable
from ljnews.store.schema import runs
from ljnews.store.sink import Key
from ljnews.store.sinks.sqlite import Sqlite

Write = Callable[[str, Path], None]


class Snapshot(Sqlite):
    """A working store and the file that is written from it."""

    def __init__(self, target: str, write: Write, *, force: bool) -> None:
        path = Path(target)
        work = path.with_name(f".{path.name}.work.sqlite")
        if path.exists() and not work.exists() and not force:
            raise OutputExists(f"{target} is there already; name another file or add --force")
        if not path.parent.is_dir():
            raise OutputUnwritable(f"{target}: the folder {path.parent} is not there; make it or name another place")
        super().__init__(str(work), search=False)
        self.target, self.out, self._write_file = target, path, write
        self._touched = False

    def touch(self, inputs: Iterable[Key]) -> None:
        """Keep the smallest names; the file is written for them too."""
        told = list(inputs)
        self._touched = bool(told)
        super().touch(told)

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Write the file, where it is not what the store holds, and close the run: a run that is done has written it."""
        try:
            if state == "done" and self._stale(counts):
                self._write_file(self.path, self.out)
        except BaseException:
            super().end("failed", counts, seconds)
            raise
        super().end(state, counts, seconds)

    def _stale(self, counts: dict[str, int]) -> bool:
        """Say whether the file is not there, or the store may hold something else since the last run that was done."""
        if self._touched or counts.get("done") or counts.get("failed") or not self.out.exists():
            return True
        with self.reading() as conn:
            before = conn.scalar(sa.select(runs.c.state).where(runs.c.id < self.run_id).order_by(runs.c.id.desc()).limit(1))
        return before != "done"

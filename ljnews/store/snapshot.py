"""Sinks that are files written from a store: Parquet, CSV, Excel.

While a run goes on, its results are in a SQLite file beside the target (`.OUT.work.sqlite`): so these sinks resume, repeat and take re-extractions as
well as a database does. When the run is done, the file is written from it, beside its name, synced and named: a reader meets the old one or the new
one, never a part. The working file stays, for the next run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ljnews.errors import OutputExists, OutputUnwritable
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

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Close the run and write the file."""
        super().end(state, counts, seconds)
        if state == "done":
            self._write_file(self.path, self.out)

"""`--dry-run`: the same crawl over a copy of the frontier in memory. Lists are read, articles only named, nothing is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Protocol

from ljnews.fetch.answer import Answer
from ljnews.fetch.archive import Labels
from ljnews.fetch.database import NAME, connect, prepare


class Store(Protocol):
    """What a crawl writes to: an `ArchiveWriter`, or nothing."""

    folder: Path
    database: sqlite3.Connection

    def add(self, answer: Answer, labels: Labels) -> tuple[int | None, int | None]:
        """Append an answer; return its capture and that of an earlier one with the same bytes."""
        ...

    def sync(self) -> None:
        """Hand over what was appended, before a commit."""
        ...

    def rolled_back(self) -> None:
        """Forget what was appended."""
        ...

    def close(self) -> None:
        """Close."""
        ...


class DryArchive:
    """Stands in for the archive and stores nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.row_factory = sqlite3.Row
        if (folder / NAME).exists():
            there = connect(folder)
            there.backup(self.database)
            there.close()
        else:
            prepare(self.database)
        self.database.execute("PRAGMA foreign_keys=OFF")

    def add(self, answer: Answer, labels: Labels) -> tuple[int | None, int | None]:
        """Store nothing."""
        return None, None

    def sync(self) -> None:
        """Nothing to write."""

    def rolled_back(self) -> None:
        """Nothing to forget."""

    def close(self) -> None:
        """Forget the copy."""
        self.database.close()

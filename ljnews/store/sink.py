"""What a sink is, and the door to all of them: `open_sink("facts.sqlite")`.

A sink is one file of `store/sinks/` with a `TARGETS` list (endings and schemes) and an `open_sink(target, …)` function. Two kinds: keyed
sinks hold an article's rows once and know what is done (databases, and files written from one); stream sinks append a line per input.

`encode` turns a record into what the sink writes and runs in the workers; `write` stores a group of results in one transaction.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from ljnews.errors import UsageError
from ljnews.records import ArticleRecord, Failure


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides, besides the page, which record comes out."""

    version: str
    rules_hash: str
    lexicon_hash: str
    segmenter: str
    pipeline: str  # hash of a config of the user's own; empty for the default


@dataclass(frozen=True, slots=True)
class Key:
    """One page to be done: its article id, the hash of all that was given, and where it came from."""

    id: str
    page_hash: str
    input: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a sink holds of an article already."""

    page_hash: str
    rules_hash: str
    lexicon_hash: str
    pipeline: str
    input: str
    reading_hash: str | None = None
    failed: bool = False

    def made_with(self, recipe: Recipe) -> bool:
        """Say whether the same rules, lexicons and pipeline made it."""
        mine = (self.rules_hash, self.lexicon_hash, self.pipeline)
        return mine == (recipe.rules_hash, recipe.lexicon_hash, recipe.pipeline)


@dataclass(slots=True)
class Item:
    """The result of one page on its way to a sink: `body` is what the sink's `encode` made, or `failure` says why there is none.

    `kept` means that the page's bytes changed but nothing in its article did: `body` is the new content hash, the facts stay. `replaces`
    means that the item wins over another page of this run with the same id.
    """

    key: Key
    body: Any = None
    failure: Failure | None = None
    kept: bool = False
    replaces: bool = False
    facts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Sink(Protocol):
    """Where records go."""

    target: str
    keyed: bool
    encode: Callable[[ArticleRecord], Any]

    def begin(self, job: str, recipe: Recipe) -> int:
        """Open a run and return its number."""

    def known(self, keys: Sequence[Key]) -> dict[Key, Known]:
        """Return what is held already of the pages about to be done."""

    def write(self, items: Sequence[Item]) -> Counter[str]:
        """Store results, all or none; return how many facts were added, changed, withdrawn, unchanged."""

    def touch(self, inputs: Iterable[Key]) -> None:
        """Note further places that articles came from (the smallest name stands in the row)."""

    def end(self, state: str, counts: dict[str, int], seconds: dict[str, float]) -> None:
        """Close the run; files get their final name here when the state is `done`."""

    def close(self) -> None:
        """Let go of files and connections."""


def open_sink(target: str | Path, *, force: bool = False, search: bool = True) -> Sink:
    """Return the sink that a target names.

    `OUT.jsonl` (`.gz`, `.zst`), `-` (standard output), `OUT.sqlite` (`.db`), `postgresql://…`, `OUT.parquet` (a folder), `OUT.csv`,
    `OUT.xlsx`. `force` writes over a finished file; `search` keeps the full-text index of a database fresh. Raises UsageError for an
    unknown target, OutputExists for a finished file, OutputUnwritable and its kin where nothing can be written.
    """
    name = str(target)
    known = _modules()
    for ending in sorted(known, key=len, reverse=True):
        if name == ending or name.lower().endswith(ending) or (ending.endswith("://") and name.lower().startswith(ending)):
            sink: Sink = known[ending].open_sink(name, force=force, search=search)
            return sink
    raise UsageError(f"{safe(name)}: not an output that can be written; give it one of the endings {', '.join(sorted(known))}")


def _modules() -> dict[str, Any]:
    """Return every sink module by the endings and schemes it serves."""
    from ljnews.store import sinks

    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(sinks.__path__):
        loaded = importlib.import_module(f"{sinks.__name__}.{module.name}")
        found |= dict.fromkeys(loaded.TARGETS, loaded)
    return found


def safe(target: str) -> str:
    """Return a target without its password, for messages and run records.

    >>> safe("postgresql://ann:secret@db.example/news")
    'postgresql://ann@db.example/news'
    """
    if "://" not in target:
        return target
    parts = urlsplit(target)
    host = parts.netloc.rpartition("@")
    user = host[0].split(":", 1)[0]
    query = "&".join(p for p in parts.query.split("&") if p and not p.lower().startswith(("password=", "sslpassword=")))
    return urlunsplit((parts.scheme, f"{user}@{host[2]}" if user else host[2], parts.path, query, ""))

"""Load a word list: TSV with the columns term, class, note; `#` begins a comment line; sorted by term; a duplicate is refused.

A lexicon is named by its path from `ljnews/` without `.tsv` (`lexicon/data/surnames`, `facts/project/lexicon/heads`); a bare name is one of
`lexicon/data/`. Certain and ambiguous terms stand in separate files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ljnews import resources
from ljnews.errors import LexiconError

_TABLED = 2_000


class Entry(NamedTuple):
    """One line of a lexicon."""

    term: str
    klass: str
    note: str


class Hit(NamedTuple):
    """A term found in a text."""

    start: int
    end: int
    entry: Entry


@dataclass(eq=False)
class Lexicon:
    """A validated word list."""

    name: str
    entries: dict[str, Entry]

    def __contains__(self, term: str) -> bool:
        return term in self.entries

    def klass(self, term: str) -> str | None:
        """Return a term's class, None for an unknown term."""
        entry = self.entries.get(term)
        return entry.klass if entry else None

    def terms(self, klass: str | None = None) -> list[str]:
        """Return the terms, of one class or all, in file order."""
        return [e.term for e in self.entries.values() if klass is None or e.klass == klass]

    @cached_property
    def max_len(self) -> int:
        """Length of the longest term, in characters."""
        return max(map(len, self.entries), default=0)

    @cached_property
    def _automaton(self) -> tuple[Any, list[Entry]]:
        import ahocorasick_rs

        entries = list(self.entries.values())
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        # A table of all transitions: twice as fast as what the library takes for more than a hundred terms, 2 to 7 ms to build for a thousand.
        table = ahocorasick_rs.Implementation.DFA if len(entries) <= _TABLED else None
        return ahocorasick_rs.AhoCorasick([e.term for e in entries], matchkind=kind, implementation=table), entries

    def find(self, string: str) -> Iterator[Hit]:
        """Yield the terms that stand in a string, leftmost-longest, without overlap."""
        automaton, entries = self._automaton
        for index, start, end in automaton.find_matches_as_indexes(string):
            yield Hit(start, end, entries[index])


@cache
def load(name: str) -> Lexicon:
    """Return a lexicon by name; loaded and validated once per process."""
    relative = name if "/" in name else f"lexicon/data/{name}"
    return read(resources.path(f"{relative}.tsv"), name)


def read(path: Path, name: str | None = None) -> Lexicon:
    """Read and validate one TSV file.

    Raises LexiconError, naming file and line, for a line without a term, with more than three columns, a duplicate, or out of order.
    """
    entries: dict[str, Entry] = {}
    last = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        term = cells[0]
        if len(cells) > 3 or not term or term != term.strip():
            raise LexiconError(f"{path.name}:{number}: expected term, class, note; found {line!r}", file=str(path), line=number)
        if term in entries:
            raise LexiconError(f"{path.name}:{number}: {term} stands twice; delete one", file=str(path), line=number)
        if term < last:
            raise LexiconError(f"{path.name}:{number}: {term} is out of order; sort the file", file=str(path), line=number)
        last = term
        entries[term] = Entry(term, cells[1] if len(cells) > 1 else "", cells[2] if len(cells) > 2 else "")
    return Lexicon(name or path.stem, entries)

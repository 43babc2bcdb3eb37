"""The stage's word lists, as patterns and as finders."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ljnews.lexicon.loader import Lexicon, load

# A character alone between spaces: where a word may be printed apart. Most lines have none.
_APART = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff][ \u3000\xa0]{1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_SPACES = r"[ \u3000\xa0]{1,4}"


class Hit(NamedTuple):
    """A word of a list found in a line: where, which, of what class."""

    start: int
    end: int
    word: str
    klass: str


def lexicon(name: str) -> Lexicon:
    """Return a word list of the layout stage."""
    return load(f"layout/lexicon/{name}")


def alternation(name: str, *classes: str) -> str:
    """Return the words of a list (of some classes, or all) as a pattern, the longest first."""
    found = [e.term for e in lexicon(name).entries.values() if not classes or e.klass in classes]
    return "|".join(map(re.escape, sorted(found, key=lambda term: (-len(term), term))))


@cache
def _spaced(name: str) -> re.Pattern[str]:
    """Words of two to four characters as they are printed with spaces between («来 源», «编　　辑»)."""
    found = [t for t in lexicon(name).entries if len(t) in (2, 3, 4) and t[0] > "\x7f"]
    return re.compile("|".join(_SPACES.join(t) for t in sorted(found, key=lambda t: (-len(t), t))))


@lru_cache(maxsize=1024)
def find(name: str, string: str) -> tuple[Hit, ...]:
    """Return the words of a list in a line, in order, without overlap; spaces inside short words do not hide them.

    >>> [(hit.word, hit.klass) for hit in find("labels", "来 源：南充日报 责任编辑：李四")]
    [('来源', 'source'), ('责任编辑', 'editor')]
    """
    hits = [Hit(h.start, h.end, h.entry.term, h.entry.klass) for h in lexicon(name).find(string)]
    if _APART.search(string):
        entries = lexicon(name).entries
        for match in _spaced(name).finditer(string):
            word = re.sub(r"\s", "", match.group())
            hits.append(Hit(match.start(), match.end(), word, entries[word].klass))
        hits.sort(key=lambda h: (h.start, -h.end))
        kept: list[Hit] = []
        for hit in hits:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return tuple(kept)
    return tuple(hits)

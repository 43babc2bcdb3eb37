"""The words around a quantity: what stands before and after it in its clause, as tagged words with offsets.

Words and tags come from rjieba on the few characters beside each quantity; a tag may nominate, the lists in `lexicon/` decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader

LEFT, RIGHT = 30, 18  # characters looked at on each side


class Word(NamedTuple):
    """One word: its span in the text, its characters, jieba's tag, and its class in the amount lexicon (or "")."""

    start: int
    end: int
    text: str
    tag: str
    klass: str


@cache
def _classes() -> dict[str, str]:
    return {e.term: e.klass for e in loader.load("facts/amount/lexicon/light").entries.values()}


def words(string: str, start: int, end: int) -> list[Word]:
    """Return the words of a span."""
    import rjieba

    classes = _classes()
    found, at = [], start
    for text, tag in rjieba.tag(string[start:end]):
        found.append(Word(at, at + len(text), text, tag, classes.get(text, "")))
        at += len(text)
    return found


NOMINAL = ("n", "v", "a", "j", "l", "i", "b", "s", "g", "k", "h", "z")
STOP_TAGS = frozenset(("x", "p", "r", "c", "u", "uj", "ul", "uv", "ud", "ug", "uz", "y", "e", "o", "t", "m", "q", "mq", "tg"))


def nominal(word: Word) -> bool:
    """Say whether a word may be part of a measure."""
    return word.tag.startswith(NOMINAL) or word.tag in ("eng", "f", "nz", "zg", "an", "vn", "d")

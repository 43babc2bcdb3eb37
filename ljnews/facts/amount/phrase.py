"""The words around a quantity, as tagged words with offsets, and the word classes of `lexicon/`.

Words and tags come from rjieba on the few characters beside each quantity: a tag may nominate, the lists decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader


class Word(NamedTuple):
    """One word: its span in the text, its characters, jieba's tag."""

    start: int
    end: int
    text: str
    tag: str


class Phrase(NamedTuple):
    """A measure: its characters, where it starts, and the rule that found it."""

    text: str
    start: int
    rule: str


def words(string: str, start: int, end: int) -> list[Word]:
    """Return the words of a span."""
    import rjieba

    found, at = [], start
    for text, tag in rjieba.tag(string[start:end]):
        found.append(Word(at, at + len(text), text, tag))
        at += len(text)
    return found


@cache
def classes(name: str) -> dict[str, str]:
    """Return the classes of a word list of this folder."""
    return {e.term: e.klass for e in loader.load(f"facts/amount/lexicon/{name}").entries.values()}


@cache
def longest(name: str) -> int:
    """Return the length of the longest term of a word list."""
    return max(map(len, classes(name)))


def suffix(string: str, start: int, end: int, name: str, *kinds: str) -> int:
    """Return the length of the longest term of the list that ends at an offset, 0 for none."""
    terms = classes(name)
    for length in range(min(longest(name), end - start), 0, -1):
        klass = terms.get(string[end - length : end])
        if klass is not None and (not kinds or klass in kinds):
            return length
    return 0

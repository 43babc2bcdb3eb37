"""The words around a quantity, as tagged words with offsets, and the word classes of `lexicon/`.

Words and tags come from rjieba on the few characters beside each quantity: a tag may nominate, the lists decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader


_AT = frozenset("建谈读岗册校产田库途编研")


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

    found: list[Word] = []
    at = start
    for text, tag in rjieba.tag(string[start:end]):
        if found and found[-1].text == "在" and text in _AT:
            # 在建, 在谈 are attributes; jieba parts some of them.
            found[-1] = Word(at - 1, at + len(text), "在" + text, "b")
            at += len(text)
            continue
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


def ends_with(text: str, name: str, *kinds: str) -> bool:
    """Say whether a word ends with a term of the list, a single character only where it is not the whole word."""
    length = suffix(text, 0, len(text), name, *kinds)
    return bool(length) and (length > 1 or len(text) > 1)

"""What a box's class and id say: words for boxes that never are the article, and for boxes that usually are."""

from __future__ import annotations

import re
from functools import lru_cache

from ljnews.layout.words import lexicon

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

CAPTION = re.compile(
    r"caption|img[_-]?desc|img[_-]?descr|pic[_-]?(?:txt|text|info|note|title|desc|intro|shuo)|photo[_-]?(?:txt|note|desc|title)|tu[_-]?shuo|tuzhu|imgtext|"
    r"img[_-]?tip|zhushi|img[_-]?(?:title|note|txt|text|intro)|tushuo|picsm|imgalt"
)


@lru_cache(maxsize=8192)
def words(names: str) -> frozenset[str]:
    """Return the words of class and id names, in lower case.

    >>> sorted(words("hot-recommend-cont relatedNews"))
    ['cont', 'hot', 'hot-recommend-cont', 'hotrecommendcont', 'news', 'recommend', 'related', 'relatednews']
    """
    parts = {w.lower() for w in _WORD.findall(names)}
    for token in names.lower().split():
        parts.update((token, re.sub(r"[^a-z]", "", token)))
    return frozenset(parts)


@lru_cache(maxsize=8192)
def classes(names: str) -> frozenset[str]:
    """Return the classes of a box's words: comment, aside, crumb, place, text, body, title, subtitle, kicker."""
    entries = lexicon("boxes").entries
    return frozenset(entries[word].klass for word in words(names) if word in entries) if names else frozenset()


@lru_cache(maxsize=8192)
def kind(names: str) -> str:
    """Return what a box is by its name: comment, aside, body, or nothing."""
    found = classes(names)
    if "comment" in found:
        return "comment"
    if "aside" in found or "crumb" in found:
        return "aside"
    return "body" if "body" in found or "text" in found else ""

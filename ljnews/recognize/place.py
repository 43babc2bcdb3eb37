"""Recognizer for `place` mentions: administrative divisions named in the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ljnews.recognize import places
from ljnews.recognize.values import PlaceName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {"place.division": "行政区划的全称或简称(南充市、南充、西充县)"}


@extractor("place", provides=("place",), lexicons=("divisions", "towns"))
def place(text: Text) -> Iterator[Mention]:
    """Yield the divisions named in the text; namesakes are told apart by what else the text names."""
    hits = list(places.find(text.folded))
    near = [text.place.adcode] if text.place else []
    near += [one.codes[0] for _, _, one in places.find(text.source or "") if len(one.codes) == 1]
    near += [one.codes[0] for _, _, one in hits if len(one.codes) == 1]
    for start, end, one in hits:
        code = one.codes[0] if len(one.codes) == 1 else places.resolve(one, near)
        yield Mention("place", start, end, _value(code, one), "place.division")


@lru_cache(maxsize=4096)
def _value(code: str | None, one: places.Division) -> PlaceName:
    """The value of a mention, one object for all that name the same."""
    return PlaceName(code, one.name, one.level)

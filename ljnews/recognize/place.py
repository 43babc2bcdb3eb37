"""Recognizer for `place` mentions: administrative divisions named in the text."""

from __future__ import annotations

from collections.abc import Iterator

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
        yield Mention("place", start, end, PlaceName(places.resolve(one, near), one.name, one.level), "place.division")

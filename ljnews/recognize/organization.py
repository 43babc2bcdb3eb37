"""Recognizer for `organization` mentions: public bodies, firms, institutions and societies by the way their names end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ljnews.lexicon import Entry, load
from ljnews.recognize import edges
from ljnews.recognize.names import automaton
from ljnews.recognize.values import OrganizationName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {"organization.suffix": "以机构通名结尾的名称(南充临江新区管委会、宏盾机械有限公司)"}

# Endings that name a body with nothing before them.
_ALONE = frozenset(("市委", "省委", "县委", "区委", "州委", "旗委", "国务院", "市政府", "县政府", "区政府", "省政府", "镇政府", "管委会"))
_LONGEST = 26
_TRAILING = frozenset("长员内式")


@cache
def _heads() -> tuple[object, list[Entry]]:
    """An automaton over the endings that name a body by themselves."""
    entries = [e for e in load("organization_suffixes").entries.values() if e.note != "弱"]
    return automaton([e.term for e in entries]), entries


def _behind_and(text: Text, start: int) -> int:
    """Return where a firm begins whose own name opens with 和 behind its province or city: 安徽|和顺农牧股份有限公司."""
    place = next((m for m in text.of("place") if m.end == start - 1 and m.value.level in ("province", "city")), None)
    opens = place and (text.clause_at(start)[0] == place.start or text.folded[place.start - 1] in "暨由、是为“的")
    joined = opens and not any(m.start == start for m in text.of("place"))
    return place.start if place and joined else start


@extractor("organization", provides=("organization",), requires=("place",), lexicons=("organization_suffixes", "organization_edges"))
def organization(text: Text) -> Iterator[Mention]:
    """Yield the organisations named in the text."""
    folded, string = text.folded, text.string
    endings, entries = _heads()
    last: Mention | None = None
    for index, head_start, end in endings.find_matches_as_indexes(folded):  # type: ignore[attr-defined]
        head, klass, note = entries[index]
        if folded[end : end + 1] in _TRAILING:
            continue
        low = edges.segment_start(folded, head_start)
        if last is not None and last.end > low:
            low = last.end
        start = edges.left_edge(folded, low, head_start)
        if start == head_start and head not in _ALONE and (last is None or last.end != start):
            continue
        if folded[start - 1 : start] == "和" and "有限" in head:
            start = _behind_and(text, start)
        if last is not None and last.end == start:
            start = last.start
        else:
            if note == "短" and head_start - start < 2:
                continue
            if last is not None:
                yield last
        if not 3 <= end - start <= _LONGEST:
            last = None
            continue
        last = Mention("organization", start, end, OrganizationName(string[start:end], klass), "organization.suffix")
    if last is not None:
        yield last

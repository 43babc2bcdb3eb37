"""People as speech knows them: the persons of a text, and those it only addresses («负责人贾经理», «村民李大爷»)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from ljnews.lexicon.loader import load
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_TITLE = re.compile(r"先生|女士|经理|师傅|大[爷妈姐叔哥娘]|老[板师汉]|阿姨|奶奶|爷爷")
# What stands before: «技术负责人韦先生», «市民王女士»; not «工程经理», «总经理».
_BEFORE = frozenset("人长员民主者的方户客商,:。“”、\n ")


@dataclass(frozen=True, slots=True)
class Addressed:
    """Somebody known by surname and title alone; `name` is the full name where the text has one person of that surname."""

    name: str


def name_of(person: Mention) -> str:
    """Return the name of a person, named or addressed."""
    return str(person.value.name)


def people(text: Text, start: int, end: int) -> list[Mention]:
    """Return the persons within a span, in text order; where it names none, those whom it addresses by their surnames."""
    named = text.within("person", start, end)
    if named:
        return named
    known = text.layer("addressed", _addressed)
    i = bisect_left(known, start, key=lambda m: m.start)
    found: list[Mention] = []
    while i < len(known) and known[i].end <= end:
        found.append(known[i])
        i += 1
    return found


@cache
def _surnames() -> frozenset[str]:
    return frozenset(e.term for e in load("surnames").entries.values() if e.klass in ("a", "b"))


def _addressed(text: Text) -> list[Mention]:
    folded, found = text.folded, []
    families: dict[str, set[str]] = {}
    for person in text.of("person"):
        families.setdefault(name_of(person)[:1], set()).add(name_of(person))
    for match in _TITLE.finditer(folded):
        at = match.start() - 1
        if at < 0 or folded[at] not in _surnames() or (at > 0 and folded[at - 1] not in _BEFORE):
            continue
        full = families.get(folded[at], set())
        name = min(full) if len(full) == 1 else text.string[at : match.end()]
        found.append(Mention("person", at, match.end(), Addressed(name), "speech.addressed"))
    return found

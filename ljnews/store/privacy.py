"""Personal information: names masked in what is given away, and a name forgotten for good.

A mask keeps the first character of a name and puts 某 for each other one (张小禾 → 张某某), so offsets and evidence still hold. Names are found
with spaces between their characters too (罗 淮 蓉).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
Hashes = list[tuple[str, str, int]]  # of forgotten names: hash, salt, characters of the name
_SPACES = "[ \u3000\u00a0]*"


def masked(name: str) -> str:
    """Return a name with all but its first character hidden; spaces stay, so the length does.

    >>> masked("张小禾"), masked("罗 淮 蓉")
    ('张某某', '罗 某 某')
    """
    return name[:1] + "".join("某" if not c.isspace() else c for c in name[1:])


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern that finds names, longest first, with or without spaces inside; None for no name of two characters or more."""
    squeezed = sorted({"".join(name.split()) for name in names}, key=lambda name: (-len(name), name))
    spelled = [_SPACES.join(map(re.escape, name)) for name in squeezed if len(name) > 1]
    return re.compile("|".join(spelled)) if spelled else None


def mask(record: Json, names: Iterable[str]) -> Json:
    """Return a record's JSON data with names masked in every string; evidence still is what stands in the text."""
    found = pattern(names)
    if found is None:
        return record
    made: Json = mask_strings(record, found)
    text = made["article"]["text"]
    made["article"]["text_hash"] = hashlib.sha256(text.encode()).hexdigest()
    _realign(made, text)
    for target in made["targets"]:
        target["text"] = target["evidence"]["text"]
    return made


def mask_strings(value: Any, found: re.Pattern[str]) -> Any:
    """Return JSON data with the matches of a pattern masked in every string."""
    if isinstance(value, str):
        return found.sub(lambda match: masked(match.group()), value)
    if isinstance(value, list):
        return [mask_strings(v, found) for v in value]
    return {k: mask_strings(v, found) for k, v in value.items()} if isinstance(value, dict) else value


def _realign(value: Any, text: str) -> None:
    """Take every evidence's words from the masked text: a span may hold a part of a name only."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text", "rule"}:
            value["text"] = text[value["start"] : value["end"]]
        for one in value.values():
            _realign(one, text)
    elif isinstance(value, list):
        for one in value:
            _realign(one, text)


def citizens(record: Json) -> list[str]:
    """Return the names of the citizens in a record."""
    return [person["name"] for person in record["people"] if person["kind"] == "citizen"]


def name_hash(name: str, salt: str) -> str:
    """Return the salted hash by which a forgotten name is recognised."""
    return hashlib.sha256(f"{salt}\x1f{name}".encode()).hexdigest()


def recognised(text: str, hashes: Hashes) -> set[str]:
    """Return the forgotten names (hash, salt, length) that stand in a text; names of one salt and length are looked for together."""
    squeezed = "".join(text.split())
    alike: dict[tuple[str, int], set[str]] = {}
    for hash_, salt, length in hashes:
        alike.setdefault((salt, length), set()).add(hash_)
    found = set()
    for (salt, length), wanted in alike.items():
        spans = {squeezed[i : i + length] for i in range(len(squeezed) - length + 1)}
        found |= {span for span in spans if name_hash(span, salt) in wanted}
    return found


def without_person(record: Json, names: Iterable[str]) -> Json:
    """Return a record without the facts that are persons of these names; all other facts stay, with the names masked."""
    squeezed = {"".join(name.split()) for name in names}
    left = mask(record, squeezed)
    for type_ in ("officials", "people"):
        named = {fact["id"] for fact in record[type_] if fact["name"] in squeezed}
        left[type_] = [fact for fact in left[type_] if fact["id"] not in named]
    return left

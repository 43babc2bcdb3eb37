"""Persons in rosters: «主任:尹某某», «副主任:甲 乙(女) 丙», a body's name on the line above («县人民政府»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ljnews.recognize import names, titles
from ljnews.recognize.naming import Claim, Scene, name_at, skip_bracket, token_at
from ljnews.recognize.titled import kind_of
from ljnews.text.mention import Mention

RULES = {"person.roster": "名单中职务后冒号所列的姓名(副主任:甲 乙 丙)"}

_COLON = re.compile(r" ?: ?\n?[ ]*")
_BETWEEN = re.compile(r"[ 、,\n]{1,4}")
_BODY_LENGTH = 24


def find(scene: Scene) -> Iterator[Claim]:
    """Yield the persons a roster lists under a title."""
    folded = scene.folded
    for chain in scene.chains:
        last = chain[-1]
        if last.roles["klass"] in ("citizen", "expert", "other"):
            continue
        colon = _COLON.match(folded, last.end)
        if colon is None:
            continue
        line = folded.rfind("\n", 0, chain[0].start) + 1
        if chain[0].start - line > 12 and folded[chain[0].start - 1] not in " ;。":
            continue
        spans = list(_names(scene, colon.end()))
        if not spans or (len(spans) == 1 and not _ends(folded, spans[0][1])):
            continue
        posts = [_with_body(scene, p, line) for p in chain]
        for start, end in spans:
            yield Claim(start, end, "person.roster", kind_of(posts), posts, score=5.5)


def _ends(folded: str, end: int) -> bool:
    return folded[skip_bracket(folded, end) : skip_bracket(folded, end) + 1] in ("", "\n", " ", ";", "。", "、", ",", "(")


def _names(scene: Scene, at: int) -> Iterator[tuple[int, int]]:
    """Yield the names of a roster line; it ends where something else than a name stands."""
    folded = scene.folded
    while at < len(folded):
        spaced = names.read_spaced(folded, at)
        reading = names.read(folded, at, stop=scene.stop(at), closed=False)
        if spaced and folded[at + 1] == " ":
            end = spaced
        elif reading is not None and reading.score >= 2.5 and _closes(folded, reading.end):
            end = reading.end
        else:
            other = name_at(scene, at, floor=9.0) or token_at(scene, at)
            if other is None or names.is_han(folded[other.end : other.end + 1] or " "):
                return
            end = other.end
        yield at, end
        gap = _BETWEEN.match(folded, skip_bracket(folded, end))
        if gap is None:
            return
        if "\n" in gap.group() and scene.stop(gap.end() - 1) <= gap.end() + 1:
            return
        at = gap.end()


def _closes(folded: str, end: int) -> bool:
    """Say whether a name of a roster ends here: before a border, or before what closes a list (丙以及…, 丙等)."""
    return not names.is_han(folded[end : end + 1] or " ") or folded.startswith(("以及", "及", "和", "与", "等"), end)


def _with_body(scene: Scene, post: Mention, line: int) -> Mention:
    """Give a bare title the body that heads its block, a line that is an organisation."""
    if post.value.organization is not None:
        return post
    folded, at = scene.folded, line
    for _ in range(6):
        if at <= 0:
            break
        start = folded.rfind("\n", 0, at - 1) + 1
        heading = folded[start : at - 1].strip()
        if 0 < len(heading) <= _BODY_LENGTH and titles.suffix_class(heading) and ":" not in heading:
            return Mention("post", post.start, post.end, replace(post.value, organization=heading), "person.roster", post.roles)
        at = start
    return post

"""Extractor of `project` mentions: names of projects wherever they stand, references to them, and mentions of projects in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ljnews.facts.project import table
from ljnews.facts.project.chunks import Phrase, phrases
from ljnews.facts.project.costed import costed
from ljnews.facts.project.lent import lines
from ljnews.facts.project.lists import lists
from ljnews.facts.project.merge import merge
from ljnews.facts.project.names import Judge, Name
from ljnews.facts.project.standing import shortened, standing
from ljnews.facts.project.story import tell
from ljnews.facts.project.subjects import subjects
from ljnews.facts.project.titled import renewed, titled
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

_DASH = re.compile(r"\s?[—-]{1,2}\s?")
_BOUND = re.compile(r"[东南西北]{1,2}侧?(?:至|起|接|临|靠|抵|到|邻)(?!县)")  # 东至凤栖路 is where a site ends
_LABELS = {"name": "project", "again": "project", "ref": "project_ref", "class": "project_class"}


@extractor(
    "project",
    provides=("project", "project_ref", "project_class"),
    requires=("quantity", "date", "place"),
    lexicons=("facts/project/lexicon/heads", "facts/project/lexicon/edges", "facts/project/lexicon/generic"),
)
def project(text: Text) -> Iterator[Mention]:
    """Yield `project` (a name), `project_ref` (该项目, 一期项目) and `project_class` (71个在建项目) mentions; nothing where no project is named.

    `value` is the form in the text, `roles["project"]` the canonical name (None for a class), `roles["list"]` the ordinal of the list that the name
    stands in (-1: none), `roles["phase"]` the phase (一期) or None.
    """
    runs = phrases(text)
    spans, names = _certain(text, runs)
    names += [n for n in Judge(text, runs).names(spans) if not any(s < n.end and n.start < e for s, e in spans)]
    names += list(subjects(text, [*spans, *((n.start, n.end) for n in names)]))
    taken = [*spans, *((n.start, n.end) for n in names)]
    names += [*standing(text, taken), *shortened(text, taken), *titled(text, taken), *renewed(text, taken)]
    names = [part for n in names if not _BOUND.match(n.text) for part in lines(n)]
    names.sort(key=lambda n: n.start)
    if not names:
        return
    for event in tell(text, runs, names, merge(names, _apposed(text, names))):
        roles = {"project": event.project, "list": event.listed, "phase": event.phase}
        yield Mention(_LABELS[event.kind], event.start, event.end, event.text, event.rule, roles)


def _apposed(text: Text, names: list[Name]) -> frozenset[tuple[str, str]]:
    """Return the names that a dash ties: 总投资3亿元的辉硕项目——年产5000台落纱机器人项目."""
    return frozenset((a.text, b.text) for a, b in pairwise(names) if _DASH.fullmatch(text.folded, a.end, b.start))


def _certain(text: Text, runs: list[Phrase]) -> tuple[list[Span], list[Name]]:
    """Return the spans of the lists and table cells, in text order, and the names in them, which are certain."""
    rows = table.names(text)
    cells = [(n.start, n.end) for n in rows]
    found = [(span, names) for span, names in lists(text, runs) if not any(s < span[1] and span[0] < e for s, e in cells)]
    spans = sorted([*cells, *(span for span, _ in found)])
    bought = [n for n in costed(text) if not any(s < n.end and n.start < e for s, e in spans)]
    spans = sorted([*spans, *((n.start, n.end) for n in bought)])
    return spans, [*rows, *(name for _, names in found for name in names), *bought]

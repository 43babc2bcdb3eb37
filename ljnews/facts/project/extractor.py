"""Extractor of `project` mentions: names of projects wherever they stand, references to them, and mentions of projects in general."""

from __future__ import annotations

from collections.abc import Iterator

from ljnews.facts.project import table
from ljnews.facts.project.chunks import Phrase, phrases
from ljnews.facts.project.lists import lists
from ljnews.facts.project.merge import merge
from ljnews.facts.project.names import Judge, Name
from ljnews.facts.project.story import tell
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

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
    names = list(Judge(text, runs).names())
    for spans, found in _certain(text, runs):
        names = sorted([*found, *(n for n in names if not any(s < n.end and n.start < e for s, e in spans))], key=lambda n: n.start)
    if not names:
        return
    for event in tell(text, runs, names, merge(names)):
        roles = {"project": event.project, "list": event.listed, "phase": event.phase}
        yield Mention(_LABELS[event.kind], event.start, event.end, event.text, event.rule, roles)


def _certain(text: Text, runs: list[Phrase]) -> Iterator[tuple[list[Span], list[Name]]]:
    """Yield the names that tables and lists make certain, with the spans in which no other name counts."""
    found = list(lists(text, runs))
    if found:
        yield [span for span, _ in found], [name for _, names in found for name in names]
    rows = table.names(text)
    if rows:
        yield [(n.start, n.end) for n in rows], rows

"""Which project a target is about.

One that the target itself names; else one that its sentence named before it, unless the sentence counts projects («等46个项目»). Else the
project that the text last spoke of, but only where the target or its sentence points back («该项目», «一期», «项目建成后», «产业园由…»).
A target with a subject of its own («全市», «我们») is about none.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ljnews.facts.draft import Draft
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

# «该项目», «工程», «一期», «整个厂区»: points back to a project.
_BACK = re.compile(
    r"(?:其中?)?(?:[该此本]|整个|上述)?(?:项目|工程|基地|园区|产业园|厂区|新区|大桥|道路|公路|线路|隧道|水库|电站|学校|校区|医院|院区|小区|中心|生产线|厂房)?"
    r"(?:的?[一二三四首]期)?(?:的?主体)?(?:项目|工程|建设|结构|部分)?(?:全部|整体|全面|全线|正式)?"
)
_POINTER = re.compile(
    r"(?:[该此本]|整个|目前|现在|如今|眼下|据[悉了介][解绍]?,)*(?:项目|工程|基地|园区|产业园|厂区|大桥|道路|线路|隧道|水库|电站|学校|校区|医院|院区|小区|中心|生产线|厂房|[一二三]期)"
    r"(?!经理|建设是|办|指挥|负责)"
)
_COUNTED = re.compile(r"\d(?:多|余)?[个项宗条]|集中(?:开工|签约|竣工)|两个|三个|各项目|项目共")
# Not a subject: what may stand before the cue.
_FILLER = re.compile(r"[,、\s“”]|还|也|均|都|同时|并|目前|初步|其|届时|未来|今后|下一步|接下来|随后|最终|现在|已经?|累计|一共|共|总计|不仅")
_BARE = ("target.plan", "target.expect", "target.horizon")
_LOOK_BACK = 3  # paragraphs
_CLAUSES = 12  # of a sentence, looked at for a pointer


class Focus:
    """The projects of a draft, asked by target."""

    def __init__(self, text: Text, draft: Draft) -> None:
        self._text = text
        self._spans = sorted((e["start"], e["end"], str(p["id"])) for p in draft.facts["projects"] for e in p["evidence"])
        self._starts = [s for s, _, _ in self._spans]

    def of(self, mention: Mention) -> str | None:
        """Return the project's id, None where none is in focus."""
        inside = list(dict.fromkeys(p for _, _, p in self._between(mention.start, mention.end)))
        if inside:
            return inside[0] if len(inside) == 1 else None
        own = _FILLER.sub("", str(mention.roles.get("subject", "")))
        if _BACK.fullmatch(own) is None:
            return None
        sentence = self._text.sentence_at(mention.start)[0]
        spans = self._between(sentence, mention.start)
        if spans:
            return None if _COUNTED.search(self._text.folded, spans[-1][1], mention.start) else self._subject_of(spans)
        if own or mention.roles.get("after") or self._sentence_points_back(sentence, mention.start):
            return self._last_before(sentence)
        return self._just_before(sentence) if mention.start - sentence <= 1 and mention.rule in _BARE else None

    def _just_before(self, at: int) -> str | None:
        """«某某项目总投资2亿元。将建设厂房3栋。»: the only project of the sentence before, in the same paragraph."""
        start, end = self._text.sentence_at(max(at - 1, 0))
        spans = self._between(start, end)
        same = self._text.paragraph_at(start) == self._text.paragraph_at(at)
        counted = spans and _COUNTED.search(self._text.folded, spans[-1][1], end)
        return spans[0][2] if same and not counted and len({p for _, _, p in spans}) == 1 else None

    def _sentence_points_back(self, start: int, end: int) -> bool:
        """Say whether the sentence, or a clause of it before the target, opens with «该项目», «产业园»."""
        folded = self._text.folded
        first = bisect_left(self._text.clause_breaks, start)
        heads = [start, *(b + 1 for b in self._text.clause_breaks[first : first + _CLAUSES - 1] if b < end)]
        return any(_POINTER.match(folded, _skip(folded, head)) for head in heads)

    def _last_before(self, at: int) -> str | None:
        """Return the project of the nearest earlier sentence that names one, a few paragraphs back."""
        floor = self._floor(at)
        i = bisect_left(self._starts, at) - 1
        if i < 0 or self._starts[i] < floor:
            return None
        start, end = self._text.sentence_at(self._starts[i])
        return self._subject_of(self._between(start, min(end, at)))

    def _floor(self, at: int) -> int:
        """Where the look back ends: a few paragraphs before, and never before the section."""
        start = self._text.paragraph_at(at)[0]
        for _ in range(_LOOK_BACK):
            if start > 0:
                start = self._text.paragraph_at(start - 1)[0]
        section = max((s.start for s in self._text.sections if s.start <= at), default=0)
        return max(start, section)

    def _subject_of(self, spans: list[tuple[int, int, str]]) -> str:
        """Of the projects in a sentence the last one that opens a clause, else the first."""
        for start, _, project in reversed(spans):
            if start - self._text.clause_at(start)[0] <= 2:
                return project
        return spans[0][2]

    def _between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _skip(folded: str, at: int) -> int:
    """Step over quotes and white space."""
    while at < len(folded) and folded[at] in " \u3000“\n":
        at += 1
    return at


def subject(text: Text, clause: Span, cue: int, dates: list[Mention]) -> str:
    """Return what stands before a cue in its clause, dates left out."""
    start, _ = clause
    kept, at = "", start
    for date in dates:
        if date.end <= cue:
            kept += text.string[at : date.start]
            at = date.end
    return kept + text.string[at:cue]

"""Clauses that only set the stage: «到2025年,», «项目建成投产后,», «用三年时间,»."""

from __future__ import annotations

from ljnews.facts.target import cue, horizon, patterns
from ljnews.facts.target.clauses import Clause
from ljnews.text.text import Text

_SPENT_MOST = 7  # characters beside the span: «通过一年的建设,»


def framing(text: Text, clauses: list[Clause], i: int) -> Clause | None:
    """Return the clause that frames another: the one before, an adverbial in between («到2022年,在…的基调下,实现…»)."""
    for k in (i - 1, i - 2):
        if k < 0 or clauses[k].sep != ",":
            return None
        if (clauses[k].dates or clauses[k].quantities or clauses[k].bits & patterns.BUILT) and is_frame(text, clauses[k]):
            return clauses[k]
        if not patterns.ADVERBIAL.match(text.folded, clauses[k].start):
            return None
    return None


def is_frame(text: Text, clause: Clause) -> bool:
    """The clause only sets the stage: «到2025年,», «项目建成投产后,»."""
    if clause.bits & patterns.BUILT:
        built = cue.after(text, clause)
        if built is not None and built[1] >= clause.end - 1:
            return True
    spent = next(horizon.spans(text, clause), None) if clause.quantities else None
    if spent is not None:
        return clause.end - clause.start - (spent.end - spent.start) <= _SPENT_MOST
    return bool(clause.dates) and clause.end - clause.start - sum(d.end - d.start for d in clause.dates) <= 3

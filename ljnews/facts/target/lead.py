"""What stands before a cue and belongs to its target: the works that a date is set for, the thing that a bare clause is about."""

from __future__ import annotations

import re

from ljnews.facts.target import patterns
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.cue import Trigger
from ljnews.text.text import Text

_BARE_MOST = 16  # characters of a clause that has no subject of its own
_SUBJECT_MOST = 90

# «加快总投资3000万元的康复中心建设,|上半年投用»
_MOVES = re.compile(r"(?:加快|推进|抓好|实施|继续)[^,;:。]{4,40}(?:建设|改造|项目|工程)")


def is_bare(text: Text, clauses: list[Clause], i: int, trigger: Trigger, claimed: int) -> bool:
    """Say whether a clause opens with its cue or date, and the one before only names what it is about: «文化中心、服务大楼,|年底可交付»."""
    clause = clauses[i]
    if i == 0 or i - 1 < claimed or trigger.start > clause.start + 1 or clause.end - clause.start > _BARE_MOST:
        return False
    before = clauses[i - 1]
    if before.sep == "," and not before.dates and _MOVES.fullmatch(text.folded, before.start, before.end):
        return not before.bits & (patterns.OVER | patterns.CUE)
    if before.sep != "," or before.dates or before.quantities or before.bits & (patterns.OVER | patterns.CUE | patterns.DONE):
        return False
    if before.end - before.start > _SUBJECT_MOST or not text.folded.endswith(patterns.WORKS, before.start, before.end):
        return False
    return patterns.TOLD.isdisjoint(text.folded[before.start : before.end])


def works(text: Text, clauses: list[Clause], i: int, claimed: int) -> int:
    """Return the first of the clauses that list the works of «…,9月1日前全部建成»: «新建食堂15家,改造道路3条»."""
    first = i
    for k in range(i - 1, claimed - 1, -1):
        clause = clauses[k]
        opens = bool(clause.hits) and clause.hits[0].start - clause.start <= 2 and clause.hits[0].klass in ("gain", "rate", "start")
        serves = text.folded.startswith("为", clause.start) and clause.has(patterns.GAIN)
        if clause.sep not in ",、" or clause.dates or clause.has(patterns.ENDS) or "了" in text.folded[clause.start : clause.end]:
            break
        if not clause.quantities or not (opens or serves):
            break
        first = k
    return first

"""Numbers: does one measure the outcome of a target, or say whose, which, or how many there are already?"""

from __future__ import annotations

from ljnews.facts.target import patterns
from ljnews.facts.target.clauses import Clause
from ljnews.text.mention import Mention
from ljnews.text.text import Text


def is_outcome(text: Text, clause: Clause, quantity: Mention) -> bool:
    """Say whether a number measures the outcome; «等26个在建项目», «4个方面», durations do not."""
    folded = text.folded
    value = quantity.value
    if value.kind == "duration" and not (
        patterns.CHANGED.search(folded, max(clause.start, quantity.start - 8), quantity.start)
        or patterns.REACHED.match(folded, quantity.end, clause.end)
    ):
        return False
    if value.unit == "岁" or (value.kind == "count" and value.value == 1 and not folded[quantity.start].isdigit()):
        return False
    if is_catchword(folded, clause, quantity.start):
        return False
    if folded.startswith("的", quantity.start - 1) and (value.kind in ("ratio", "percent") or _costs(clause, quantity)):
        return True  # «总投资3亿元的一半», «总投资3亿元的8个项目»
    if patterns.NOT_OUTCOME_BEFORE.search(folded, max(clause.start, quantity.start - 3), quantity.start):
        first = clause.first(patterns.GAIN)  # «新建甲、乙等4所幼儿园» counts what is built
        return first is not None and first.start <= clause.start + 2 and folded.startswith("等", quantity.start - 1)
    if value.kind in ("count", "person", "household") and folded.startswith("的", max(clause.start, quantity.start - 1)):
        return False  # «未进场的5个项目»
    if _is_scope(folded, clause, quantity):
        return False
    whom = value.kind in ("person", "household")  # «为5万名老人提供体检» counts them
    if not whom and folded.find("为", clause.start, quantity.start) >= 0 and patterns.SERVES.search(folded, quantity.end, clause.end):
        return False  # «将为打造百亿元产业提供支撑»
    if value.kind == "money" and patterns.THRESHOLD.match(folded, quantity.end):
        return False
    return patterns.NOT_OUTCOME_AFTER.match(folded, quantity.end) is None


def _is_scope(folded: str, clause: Clause, quantity: Mention) -> bool:
    """«不辜负全县31万人民的期望», «对一期3万吨的处理能力进行改造»: the number says whom it is for or what there is already."""
    low = max(clause.start, quantity.start - 14)
    kind = quantity.value.kind
    if kind == "count" and patterns.HANDLES.search(folded, low, quantity.start) and patterns.HEADS.match(folded, quantity.end, clause.end):
        return True
    if kind == "person":
        return (
            patterns.COMES.match(folded, quantity.end, clause.end) is not None
            or patterns.FOR_WHOM.search(folded, low, quantity.start) is not None
        )
    if kind in ("count", "household") or patterns.EXISTING.search(folded, low, quantity.start) is None:
        return False
    return patterns.IMPROVED.match(folded, quantity.end, clause.end) is not None


def _costs(clause: Clause, quantity: Mention) -> bool:
    return quantity.value.kind == "count" and any(q.value.kind == "money" and q.end == quantity.start - 1 for q in clause.quantities)


def is_catchword(folded: str, clause: Clause, at: int) -> bool:
    """The cue stands in a quoted name inside the clause: «落实“冲刺三季度、奋战四季度”要求»."""
    quote = folded.rfind("“", clause.start, at)
    if quote <= clause.start or folded.find("”", quote, at) >= 0:
        return False
    return 0 <= folded.find("”", at, clause.end) < clause.end - 1

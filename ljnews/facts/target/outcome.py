"""The numbers of a target, the one that measures it first, and who commits to it."""

from __future__ import annotations

from ljnews.facts.target import numbers, patterns
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.cue import Trigger
from ljnews.text.mention import Mention
from ljnews.text.text import Text


def measured(text: Text, clauses: list[Clause], trigger: Trigger) -> list[Mention]:
    """The numbers that measure the outcome, from the cue on; of «从18.9%降至2%» the second."""
    found = []
    for clause in clauses:
        for quantity in clause.quantities:
            if quantity.start < trigger.end and clause.start <= trigger.start:
                continue
            arranged = text.folded.startswith("安排", trigger.start) and text.folded.startswith("等", quantity.start - 1)
            if not arranged and not numbers.is_outcome(text, clause, quantity):
                continue
            low = max(clause.start, quantity.start - 9)
            if patterns.FROM.search(text.folded, low, quantity.start) and patterns.TO.match(text.folded, quantity.end, clause.end):
                continue
            before = patterns.FROM_NOW.search(text.folded, max(clause.start, quantity.start - 18), quantity.start)
            if before and patterns.TO_NEXT.match(text.folded, quantity.end, clauses[-1].end):
                continue
            if text.folded.startswith("的", quantity.end) and _is_better(clause, quantity):
                continue  # «完成总投资3亿元的一半», «实施总投资46亿元的43项工程»
            found.append(quantity)
    if len(found) > 1 and found[0].start - trigger.end <= 1 and found[0].value.kind in ("count", "person", "household"):
        head = trigger.start
        if any(c.start <= head < c.end and found[1].end <= c.end for c in clauses):
            found.append(found.pop(0))  # «确保30个在建项目完成投资5亿元»: the first number is the subject's
    return found


def _is_better(clause: Clause, quantity: Mention) -> bool:
    """Say whether the number right behind «…的» is what counts: a share of this one, or how many cost it."""
    wanted = ("percent", "ratio", "count") if quantity.value.kind == "money" else ("percent", "ratio")
    return any(q.start == quantity.end + 1 and q.value.kind in wanted for q in clause.quantities)


def listed_works(text: Text, head: Clause) -> list[Mention]:
    """«推进甲、乙等32个项目,完成投资116亿元»: how many works an item of a list is about."""
    return [q for q in head.quantities if text.folded.startswith("等", q.start - 1)][:1]


def counted(text: Text, trigger: Trigger, head: Clause) -> list[Mention]:
    """How many things are to be done, where no other number measures: «35个项目将于年底竣工», «甲、乙等71个项目年内建成»."""
    if not head.has(patterns.FINISH | patterns.START, start=trigger.end):
        return []
    counts = [q for q in head.quantities if q.end <= trigger.start and q.value.kind == "count" and q.value.value != 1]
    counts = [q for q in counts if text.folded.startswith("等", q.start - 1) or numbers.is_outcome(text, head, q)]
    return counts[-1:]


def actor(subject: str) -> str | None:
    """Who commits: the subject before the cue, where it is a short phrase and no number."""
    name = subject.strip(" ,、的“").removesuffix("还").removesuffix("也").removesuffix("要")
    return name if 2 <= len(name) <= 16 and not any(c.isdigit() for c in name) and not name.endswith(("后", "时", "中", "上")) else None

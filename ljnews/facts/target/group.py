"""Groups: which clauses belong to an open target.

Clauses that only add outcomes belong to it; a new cue, a semicolon, a finished fact or a description ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ljnews.facts.target import cue, horizon, patterns
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.cue import Trigger
from ljnews.facts.target.frame import is_frame
from ljnews.text.text import Text

_IS = re.compile(r"也?是(?!否)")
_PENDING = 1  # clauses without an outcome that may stand between two that have one
_SUM_MOST = 16  # characters


@dataclass(slots=True)
class Group:
    """An open target: its cue, its clauses, and those that belong to it only if an outcome follows."""

    trigger: Trigger
    head: int  # index of the cue's clause
    clauses: list[Clause]
    pending: list[Clause] = field(default_factory=list)
    lead: bool = False  # only «预计到2025年,», «预计项目建成后,» so far


def continues(text: Text, group: Group, clause: Clause, sep: str, trigger: Trigger | None) -> bool:
    """Say whether a clause only adds to the open target.

    可, and 将 after 预计, are no new cue («预计年产值达5亿元,税收将达2000万元»), nor is a further date or 届时.
    """
    if sep in ",、" and len(group.clauses) == 1 and (trigger is None or not trigger.firm) and _is_lead(text, group):
        group.lead = True
        return True  # «计划到2025年,服务器将达到3万台», «确保今年入冬前,…建成»
    later = trigger is not None and (trigger.rule == "target.after" or (bool(clause.quantities) and not clause.dates))
    then = later and text.folded.startswith(("届时", "到时"), clause.start)
    opens = trigger is not None and trigger.rule not in ("target.horizon", "target.listed") and not then
    if trigger is not None and opens and (not clause.quantities or clause.dates or not _is_weak(text, group, clause, trigger)):
        return False
    of_which = sep == ":" and text.folded.endswith("其中", clause.start - 3, clause.start - 1)
    if (
        sep not in ",、"
        and not of_which
        and not (group.trigger.listing and sep in ";:")
        and not (sep == ";" and trigger is None and _is_parallel(text, clause) and any(c.quantities for c in group.clauses))
    ):
        return False
    if text.folded.startswith("”", clause.start):
        return False  # the quote ends: «“争取年内通车,”局长说»
    if _IS.match(text.folded, clause.start):
        return False  # «计划8月投产,是全市最大的基地»
    if text.folded.startswith("为", clause.start) and patterns.SERVES.search(text.folded, clause.start, clause.end):
        return False  # «为今年迎峰度夏作出贡献»
    if group.trigger.after and text.folded.startswith("其中", clause.start) and clause.dates:
        return False  # «建成后…,其中2020年实施一期»
    if _is_sum(text, group, clause) or (patterns.EARLY.fullmatch(text.folded, clause.start, clause.end) and group.trigger.firm):
        return True
    if clause.bits & patterns.CONDITION and clause.hits[0].klass == "condition":
        return False  # «五年内缺口达1600亿立方米,|如果其中50%…»
    turns = bool(clause.hits) and clause.hits[0].klass == "turn" and clause.hits[0].start == clause.start
    return not turns and not clause.has(patterns.ENDS)


def _is_sum(text: Text, group: Group, clause: Clause) -> bool:
    """Say whether a short clause sums up what the counted projects of the group cost: «将有61个项目开工,总投资66亿元»."""
    head = group.clauses[-1]
    counted = any(q.value.kind == "count" for q in head.quantities) and len(group.clauses) == 1
    short = clause.end - clause.start <= min(_SUM_MOST, head.end - head.start)
    return counted and short and text.folded.startswith(("总投资", "计划总投资", "概算总投资", "估算总投资"), clause.start)


def _is_weak(text: Text, group: Group, clause: Clause, trigger: Trigger) -> bool:
    """Say whether a cue only goes on with what the group expects.

    可 and 将 after 预计, 可 and 预计 after «建成后…», 目标 after 计划 («计划投资20亿元,目标达到83亿元»).
    """
    if text.folded.startswith("目标", trigger.start):
        return trigger.start == clause.start and group.trigger.strength == "plan"
    if group.trigger.after and trigger.rule == "target.expect":
        return cue.after(text, clause) is None
    if not group.trigger.after and cue.after(text, clause) is not None:
        return False  # «预计9月投产,|投产后可实现产值2亿元»
    weak = not trigger.firm and (trigger.strength == "expect" or text.folded.startswith("将", trigger.start))
    return weak and (group.trigger.strength == "expect" or group.trigger.after)


def _is_lead(text: Text, group: Group) -> bool:
    """The cue's clause holds but the date: what is to come follows."""
    clause = group.clauses[0]
    if is_frame(text, clause):
        return True
    spans = [q for q in clause.quantities if q.value.kind == "duration" and patterns.SPENT_AFTER.match(text.folded, q.end)]
    dates = [d for d in (*clause.dates, *spans) if 0 <= d.start - group.trigger.end <= 2]
    if not dates or patterns.LEAD_REST.fullmatch(text.folded, dates[-1].end, clause.end) is None:
        return False
    return not clause.has(patterns.WORK, start=group.trigger.end)


def _is_parallel(text: Text, clause: Clause) -> bool:
    """A further figure after a semicolon: «预计生产总值增长8%;固定资产投资增长12%»."""
    if any(horizon.is_past(text, d) for d in clause.dates):
        return False
    if any(text.folded.startswith("等", q.start - 1) for q in clause.quantities):
        return False  # «…;甲、乙等9个项目»
    return bool(clause.quantities) and clause.has(patterns.RATE) and not clause.has(patterns.FINISH | patterns.START)


def extend(text: Text, group: Group, clause: Clause) -> None:
    early = group.trigger.firm and patterns.EARLY.fullmatch(text.folded, clause.start, clause.end) is not None
    dated = not group.trigger.after and any(c.dates for c in group.clauses)
    opens = dated and bool(clause.hits) and _opens_with_deed(text, clause) and clause.hits[0].klass in ("finish", "start", "gain", "rate")
    goes_on = dated and patterns.MOVES_ON.match(text.folded, clause.start, clause.end) and hastens(text, group.trigger, _head(group))
    if clause.quantities or clause.dates or opens or group.lead or early or goes_on:
        group.lead = False
        group.clauses += [*group.pending, clause]
        group.pending = []
    elif len(group.pending) < _PENDING:
        group.pending.append(clause)


def _head(group: Group) -> Clause:
    """Return the clause of the cue."""
    return next((c for c in group.clauses if c.start <= group.trigger.start < c.end), group.clauses[0])


def hastens(text: Text, trigger: Trigger, head: Clause) -> bool:
    """«将加快建成货运站»: what is moved on is a completion or a beginning, not a process («将加快推进…»)."""
    process = patterns.PROCESS.match(text.folded, trigger.end, head.end)
    if process is None or text.folded.startswith("的", head.end - 1):
        return False
    return any(h.start == process.end() and h.bits & (patterns.FINISH | patterns.START) for h in head.hits)


def _opens_with_deed(text: Text, clause: Clause) -> bool:
    at = clause.hits[0].start
    return at == clause.start or (at == clause.start + 2 and text.folded.startswith("重点", clause.start))

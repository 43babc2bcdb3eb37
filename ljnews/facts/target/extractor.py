"""Extractor of `target` mentions: clauses in which somebody commits to, plans or predicts an outcome, or reports progress against a plan.

The steps, sentence by sentence: find all words in one pass (`patterns`), cut clauses (`clauses`), take out progress reports (`progress`),
then walk the clauses: a cue (`cue`), a «建成后» or a future date opens a group, the clauses that only add outcomes belong to it, a new
cue or a finished fact ends it. A group becomes a mention if it has a horizon or a number, or a firm cue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ljnews.facts.target import clauses as cutting
from ljnews.facts.target import cue, horizon, patterns, progress
from ljnews.facts.target.claim import Claim
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.cue import Context, Trigger
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_PENDING = 2  # clauses without number or date that may stand between two that have one


@dataclass(slots=True)
class _Group:
    """An open target: its cue, its clauses, and those that belong to it only if an outcome follows."""

    trigger: Trigger
    head: int  # index of the cue's clause
    clauses: list[Clause]
    pending: list[Clause] = field(default_factory=list)


@extractor("target", provides=("target",), requires=("quantity", "date"), lexicons=patterns.LEXICONS)
def target(text: Text) -> Iterator[Mention]:
    """Yield `target` mentions."""
    hits = list(patterns.lexicon()[0].find(text.folded))
    for start, end, inside in cutting.sentences(text, hits):
        yield from _sentence(text, start, end, cutting.cut(text, start, end, inside))


def _sentence(text: Text, start: int, end: int, clauses: list[Clause]) -> Iterator[Mention]:
    context = Context(end, asks=text.folded[start:end].rstrip('”’」』" \n').endswith("?"))
    triggers = [_trigger(text, clauses, i, context) for i in range(len(clauses))]
    reports = dict(progress.find(text, clauses, [t is None for t in triggers]))
    yield from reports.values()
    group: _Group | None = None
    for i, clause in enumerate(clauses):
        reported = any(m.start < clause.end and clause.start < m.end for m in reports.values())
        trigger = None if reported else triggers[i]
        if group is not None and not reported and _continues(group, clause, clauses[i - 1].sep, trigger):
            _extend(group, clause)
            continue
        if group is not None:
            yield from _close(text, group, clauses)
        group = _open(text, clauses, i, trigger) if trigger is not None else None
    if group is not None:
        yield from _close(text, group, clauses)


def _trigger(text: Text, clauses: list[Clause], i: int, context: Context) -> Trigger | None:
    """Return what opens a target in a clause, and note what the clause says for those after it."""
    clause = clauses[i]
    condition = clause.first("condition")
    if condition is not None and context.condition < 0:
        context.condition = condition.start
    built = cue.after(text, clause)
    if built is not None:
        context.after = True
    found = cue.find(text, clause, context)
    if found is not None:
        after = (context.after and not found.firm) or (built is not None and built[1] <= found.start)
        return Trigger(found.strength, found.rule, found.start, found.end, found.firm, after, found.listing)
    if context.asks or clause.has("past") or clause.has("policy"):
        return None
    if built is None and i and _is_frame(text, clauses[i - 1]):
        built = cue.after(text, clauses[i - 1])
    if built is not None:
        measured = any(q.start >= built[1] and cue.is_outcome(text, clause, q) for q in clause.quantities)
        return Trigger("expect", "target.after", *built, after=True) if measured else None
    return _horizon(text, clauses, i)


def _horizon(text: Text, clauses: list[Clause], i: int) -> Trigger | None:
    """A future date with a deed after it, no cue: «今年12月底前完成主体厂房建设»."""
    clause = clauses[i]
    frame = clauses[i - 1] if i and clauses[i - 1].sep == "," and _is_frame(text, clauses[i - 1]) else None
    for date in [*(frame.dates if frame else []), *clause.dates]:
        deed = clause.first("finish", "start", "gain", start=date.end)
        if deed is None or not horizon.is_future(text, date):
            continue
        if date.value.mode in ("by", "since") or _is_ahead(text, date):
            return Trigger("plan", "target.horizon", date.start, date.end)
    return None


def _is_ahead(text: Text, date: Mention) -> bool:
    """The whole period lies after publication (明年3月); the current year does not."""
    begin = date.value.from_
    return text.published is not None and begin is not None and begin > text.published


def _is_frame(text: Text, clause: Clause) -> bool:
    """The clause only sets the stage: «到2025年,», «项目建成投产后,»."""
    built = cue.after(text, clause)
    if built is not None and built[1] >= clause.end - 1:
        return True
    return bool(clause.dates) and clause.end - clause.start - sum(d.end - d.start for d in clause.dates) <= 3


def _open(text: Text, clauses: list[Clause], i: int, trigger: Trigger) -> _Group:
    own = [clauses[i]]
    if i and clauses[i - 1].sep == "," and _is_frame(text, clauses[i - 1]) and not _past_frame(text, clauses[i - 1]):
        own.insert(0, clauses[i - 1])
    return _Group(trigger, i, own)


def _past_frame(text: Text, clause: Clause) -> bool:
    return any(horizon.is_past(text, d) for d in clause.dates)


def _continues(group: _Group, clause: Clause, sep: str, trigger: Trigger | None) -> bool:
    """Say whether a clause only adds to the open target."""
    if trigger is not None and not (trigger.strength == "expect" and group.trigger.strength == "expect" and not trigger.firm):
        return False
    if sep not in ",、" and not (group.trigger.listing and sep in ";:"):
        return False
    return not clause.has("past", "describe", "narrate")


def _extend(group: _Group, clause: Clause) -> None:
    if clause.quantities or clause.dates:
        group.clauses += [*group.pending, clause]
        group.pending = []
    elif len(group.pending) < _PENDING:
        group.pending.append(clause)


def _close(text: Text, group: _Group, clauses: list[Clause]) -> Iterator[Mention]:
    """Yield the mention of a group, or note why it is none."""
    trigger, head = group.trigger, clauses[group.head]
    start, end = group.clauses[0].start, group.clauses[-1].end
    deadline = horizon.of_group(text, group.clauses, start=start)
    if deadline is None and not trigger.after:
        deadline = horizon.of_sentence(text, clauses[: group.head])
    outcomes = _outcomes(text, group)
    why = ""
    if deadline is None and any(horizon.is_past(text, d) for d in head.dates):
        why = "past"
    elif not outcomes and head.has("event", start=trigger.end) and not head.has("finish", "gain", start=trigger.end):
        why = "event"
    elif not outcomes and deadline is None and not trigger.firm:
        why = "empty"
    if why:
        text.refuse(f"target.{why}", start, end, patterns.RULES[f"target.{why}"])
        return
    kind = "quantified" if outcomes else "dated" if deadline is not None else "qualitative"
    claim = Claim(kind, trigger.strength, tuple(outcomes), deadline, _actor(text, head, trigger.start))
    yield Mention("target", start, end, claim, trigger.rule)


def _outcomes(text: Text, group: _Group) -> list[Mention]:
    """The numbers that measure the outcome, from the cue on; of «从18.9%降至2%» the second."""
    found = []
    for clause in group.clauses:
        for quantity in clause.quantities:
            if quantity.start < group.trigger.end and clause.start <= group.trigger.start:
                continue
            if not cue.is_outcome(text, clause, quantity):
                continue
            low = max(clause.start, quantity.start - 9)
            if patterns.FROM.search(text.folded, low, quantity.start) and patterns.TO.match(text.folded, quantity.end, clause.end):
                continue
            found.append(quantity)
    return found


def _actor(text: Text, clause: Clause, cue_start: int) -> str | None:
    """Who commits: what stands before the cue, without the date at its head."""
    start = max([clause.start, *(d.end for d in clause.dates if d.end <= cue_start)])
    name = text.string[start:cue_start].strip(" ,、的")
    return name if 2 <= len(name) <= 16 and not any(q.start >= start and q.end <= cue_start for q in clause.quantities) else None

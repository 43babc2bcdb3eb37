"""Extractor of `target` mentions: clauses in which somebody commits to, plans or predicts an outcome, or reports progress against a plan.

The steps, sentence by sentence: find all words in one pass (`patterns`), cut clauses (`clauses`), take out progress reports (`progress`),
then walk the clauses: a cue (`cue`), a «建成后» or a future date opens a group, the clauses that only add outcomes belong to it, a new
cue or a finished fact ends it. A group becomes a mention if it has a horizon or a number, or a firm cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ljnews.facts.target import clauses as cutting
from ljnews.facts.target import cue, focus, horizon, lead, numbers, outcome, patterns, progress
from ljnews.facts.target.claim import Claim
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.cue import Context, Trigger
from ljnews.facts.target.frame import framing, is_frame
from ljnews.facts.target.group import Group, continues, extend, hastens
from ljnews.facts.target.listing import Listing, listings
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_WINDOW = 60  # clauses read together: a sentence of more is a list or no sentence, and what is compared with what stays bounded
_UNTIL = frozenset(("截至", "截止", "去年", "上年", "前年", "过去"))
_OF_LISTS = ("target.listed", "target.plan")
_MOST_SPAN = 150  # characters: what a reader takes in beside the fact; a list goes on longer
_DUE_MOST = 12  # characters of a sentence that only says when
_SLIGHT = 6  # characters after the cue that a purely qualitative target must have


@extractor("target", provides=("target",), requires=("quantity", "date"), lexicons=patterns.LEXICONS)
def target(text: Text) -> Iterator[Mention]:
    """Yield `target` mentions."""
    lists = listings(text)
    last: Mention | None = None
    for sentence in cutting.sentences(text, lists):
        clauses = cutting.cut(text, sentence)
        asks = text.folded.find("?", sentence.start, sentence.end) >= 0 and _asks(text.folded[sentence.start : sentence.end])
        for first in range(0, len(clauses), _WINDOW):
            listing = next((one for one in lists if one.start <= sentence.start < one.end), None)
            context = Context(sentence.start, asks=asks, listing=listing or _of_which(text, sentence.start, last))
            for found in _sentence(text, clauses[first : first + _WINDOW], context, sentence.bits):
                whole = _joined(text, last, found) if listing is not None and last is not None else None
                if whole is None and last is not None:
                    yield last
                last = whole or found
    if last is not None:
        yield last


def _joined(text: Text, item: Mention, due: Mention) -> Mention | None:
    """Return an item of a list with the sentence that only says when: «改造8个供水站。|10月份完成。»"""
    if item.rule != "target.listed" or due.rule != "target.horizon" or due.end - due.start > _DUE_MOST or due.value.outcomes:
        return None
    if text.folded[item.end : due.start].strip() != "。" or due.value.deadline is None:
        return None
    claim = replace(item.value, deadline=due.value.deadline)
    return Mention("target", item.start, due.end, claim, item.rule, item.roles)


def _of_which(text: Text, start: int, last: Mention | None) -> Listing | None:
    """«全年将完成投资19亿元。其中大桥完成10亿元,……»: the sentence lists parts of the target before it."""
    deadline = last.value.deadline if last is not None else None
    if (
        last is None
        or deadline is None
        or (deadline.value.grain, deadline.value.mode) != ("year", "in")
        or not text.folded.startswith("其中", start)
    ):
        return None
    before, end = text.sentence_at(max(start - 1, 0))[0], text.sentence_at(start)[1]
    return Listing(start, end, deadline) if last.start >= before else None


def _asks(sentence: str) -> bool:
    """Say whether a sentence ends with a question mark, a closing quote behind it or not."""
    return sentence.rstrip('”’」』" \n').endswith("?")


def _sentence(text: Text, clauses: list[Clause], context: Context, bits: int) -> Iterator[Mention]:
    triggers: list[Trigger | None] = []
    for i, clause in enumerate(clauses):
        matters = clause.bits or clause.quantities
        triggers.append(_trigger(text, clauses, i, context, triggers[-1] if i else None) if matters else None)
    reports = dict(progress.find(text, clauses, [t is None for t in triggers])) if bits & patterns.HAS_PLAN else {}
    if not reports and not any(triggers):
        return
    yield from reports.values()
    group: Group | None = None
    claimed = 0  # clauses before this one belong to a target
    for i, clause in enumerate(clauses):
        reported = bool(reports) and any(m.start < clause.end and clause.start < m.end for m in reports.values())
        trigger = None if reported else triggers[i]
        leads = trigger is None and i + 1 < len(clauses) and triggers[i + 1] is not None and is_frame(text, clause)
        if group is not None and not reported and not leads and continues(text, group, clause, clauses[i - 1].sep, trigger):
            extend(text, group, clause)
            claimed = i + 1 - len(group.pending)  # what waits may yet belong to the next one
            continue
        if group is not None:
            yield from _close(text, group, clauses, triggers, context.listing)
        group = _open(text, clauses, i, trigger, claimed) if trigger is not None else None
        if reported or trigger is not None:
            claimed = i + 1
    if group is not None:
        yield from _close(text, group, clauses, triggers, context.listing)


def _trigger(text: Text, clauses: list[Clause], i: int, context: Context, before: Trigger | None) -> Trigger | None:
    """Return what opens a target in a clause, and note what the clause says for those after it. `before`: the cue of the clause before."""
    clause = clauses[i]
    bits = clause.bits
    if bits & patterns.CONDITION and context.condition < 0:
        condition = clause.first(patterns.CONDITION)
        context.condition = condition.start if condition is not None else -1
    built = cue.after(text, clause) if bits & patterns.BUILT else None
    if built is not None:
        context.after = True
    kept = context.announced and i > 0 and patterns.ADVERBIAL.match(text.folded, clauses[i - 1].start) is not None
    context.dated = context.now = context.announced = False
    if i > 0 and clauses[i - 1].sep in ",:":
        _look_back(text, clauses[i - 1], context)
        context.announced = context.announced or kept
    context.later = bits & patterns.HAS_AMBIGUOUS != 0 and _numbers_follow(text, clauses, i)
    found = cue.find(text, clause, context) if bits & patterns.CUE or context.announced else None
    if found is not None:
        context.planned = context.planned or (
            found.strength == "plan"
            and bool(clause.quantities)
            and any(d.value.grain == "year" and horizon.is_future(text, d) for d in clause.dates)
        )
        after = (context.after and not found.firm) or (built is not None and built[1] <= found.start)
        lists = found.listing or (clause.sep == ":" and patterns.FIRST.match(text.folded, clause.end) is not None)
        return Trigger(found.strength, found.rule, found.start, found.end, found.firm, after, lists)
    if context.asks or context.condition >= 0 or bits & patterns.OVER:
        return None
    frame = framing(text, clauses, i) if before is None and i > 0 else None
    if built is None and frame is not None:
        built = cue.after(text, frame)
    if built is not None:
        measured = any(q.start >= built[1] and numbers.is_outcome(text, clause, q) for q in clause.quantities)
        was = _was(clauses, i, frame)
        return Trigger("expect", "target.after", *built, after=True) if measured and not was else None
    dated = bits & patterns.WORK != 0 and (bool(clause.dates) or frame is not None)
    if not dated and context.listing is None:
        return None
    if _tells_past(text, clauses, i):
        return None
    found = _horizon(text, clause, frame, listed=context.listing is not None) if dated else None
    if found is not None and _goes_on_telling(text, clauses, i):
        return None
    return found or (_listed(text, clause) if context.listing is not None else None)


def _tells_past(text: Text, clauses: list[Clause], i: int) -> bool:
    """«2024年新设企业9万户,年底总数达80万户»: a year gone stands before, in the same part of the sentence."""
    for k in range(i - 1, -1, -1):
        if clauses[k].sep == ";":
            return False
        if any(d.value.grain == "year" and horizon.is_past(text, d) for d in clauses[k].dates):
            return True
    return False


def _goes_on_telling(text: Text, clauses: list[Clause], i: int) -> bool:
    """«截至5月底,…目前已累计完成投资18亿元,今年年内完成投资2亿元»: a figure of a year that runs goes on telling what is done."""
    running = any(horizon.is_future(text, d) and d.value.grain == "year" and not horizon.is_ahead(text, d) for d in clauses[i].dates)
    return running and any(c.bits & patterns.PAST and c.quantities for c in clauses[max(0, i - 2) : i] if c.sep != ";")


_LISTED = re.compile(r"(?:其中,?|再|新|拟|继续|基本|全面|加快|大力|积极|组织|推荐)*")


_SUBJECT_OF_LISTED = 8  # characters between the year of an item and its deed
# «为800名老人免费提供体检»
_SERVED = re.compile(r"为(?:全[省市县区镇]|[^,;:。、\d]{0,4})\d[^,;:。、]{1,20}(?:免费|提供|开展|实施|发放|安装|办理|进行)")


def _listed(text: Text, clause: Clause) -> Trigger | None:
    """An item of a list: the clause opens with a verb and holds a number, or gives a figure that is to be reached."""
    if any(horizon.is_past(text, d) for d in clause.dates):
        return None
    start = next((d.end for d in clause.dates if d.start == clause.start), clause.start)  # «全年新增…»
    at = _LISTED.match(text.folded, start, clause.end).end()  # type: ignore[union-attr]
    deed = clause.first(patterns.WORK)
    verb = patterns.opener(text.folded, at) in ("verb", "verb_noun") or (deed is not None and deed.start <= at + 1)
    rates = [h.end for h in clause.hits if h.bits & patterns.RATE]
    figure = any(0 <= q.start - end <= 1 for q in clause.quantities for end in rates)
    if not verb and deed is not None and start > clause.start and deed.start - start <= _SUBJECT_OF_LISTED:
        verb = any(0 <= q.start - deed.end <= 4 for q in clause.quantities)  # «今年全县城镇新增就业5200人»
    if not verb and text.folded.startswith("为", clause.start):
        verb = _SERVED.match(text.folded, clause.start, clause.end) is not None
    if patterns.CLASS_OF_WORKS.match(text.folded, clause.start, clause.end):
        return None
    counted = [q for q in clause.quantities if numbers.is_outcome(text, clause, q) or text.folded.startswith("等", q.start - 1)]
    return Trigger("plan", "target.listed", clause.start, clause.start) if counted and (verb or figure) else None


_LATER = 2  # clauses after one with 要 in which the numbers may stand


def _numbers_follow(text: Text, clauses: list[Clause], i: int) -> bool:
    """Say whether clauses that open with a deed and a number follow: «要加快建设,完成投资5亿元,新增产能3万吨»."""
    for k in range(i + 1, min(i + 1 + _LATER, len(clauses))):
        clause = clauses[k]
        if clauses[k - 1].sep != "," or clause.bits & (patterns.CUE | patterns.OVER) or "了" in text.folded[clause.start : clause.end]:
            return False
        deed = clause.first(patterns.WORK)
        if deed is not None and deed.start - clause.start <= 2 and any(numbers.is_outcome(text, clause, q) for q in clause.quantities):
            return True
    return False


def _was(clauses: list[Clause], i: int, frame: Clause | None) -> bool:
    """The condition has come true: «截至去年底,环线贯通后,…达…». What another clause says to be done («已封顶,建成后…») does not matter."""
    k = i - 1 if frame is None else clauses.index(frame)
    if frame is not None and frame.has(patterns.PAST):
        return True
    before = clauses[k if frame is None else k - 1] if k > 0 or (frame is None and k >= 0) else None
    return before is not None and any(h.klass == "past" and h.term in _UNTIL for h in before.hits)


def _look_back(text: Text, last: Clause, context: Context) -> None:
    """Note what the clause before sets for this one: «今年,», «目前,», «初步预计,»."""
    if last.dates:
        context.dated = is_frame(text, last) and any(horizon.is_future(text, d) or horizon.is_vague(text, d) for d in last.dates)
    if last.bits & patterns.PAST:
        context.now = patterns.NOW.fullmatch(text.folded, last.start, last.end) is not None
    if last.bits & patterns.HAS_CERTAIN or text.folded.endswith(patterns.FORESEEN, last.start, last.end):
        context.announced = patterns.ANNOUNCED.fullmatch(text.folded, last.start, last.end) is not None


def _horizon(text: Text, clause: Clause, frame: Clause | None, *, listed: bool) -> Trigger | None:
    """A future date with a deed after it, no cue: «今年12月底前完成主体厂房建设»."""
    for date in [*(frame.dates if frame else []), *clause.dates]:
        if not horizon.is_future(text, date) or text.folded.startswith("为", date.start - 1) or text.folded.startswith("的", date.end):
            continue
        if patterns.ONCE.search(text.folded, clause.start, date.start):
            continue  # «为今年5月底通水做准备»
        if date.value.mode in ("by", "since"):
            deed = clause.first(patterns.WORK, start=date.end)
        elif (listed and date.value.grain in horizon.SHORT_AND_DAY) or horizon.is_ahead(text, date) or horizon.is_running(text, date):
            measured = any(q.start >= date.end and numbers.is_outcome(text, clause, q) for q in clause.quantities)
            deed = clause.first(patterns.WORK if measured else patterns.FINISH | patterns.START, start=date.end)
            if not measured and not listed and not horizon.is_ahead(text, date):
                continue
        else:
            continue
        event = deed is not None and clause.has(patterns.EVENT, start=deed.end) and clause.end - clause.hits[-1].end <= 1
        if deed is not None and not event and not text.folded.startswith("的", deed.end):
            return Trigger("plan", "target.horizon", date.start, date.end)
    return None


def _open(text: Text, clauses: list[Clause], i: int, trigger: Trigger, claimed: int) -> Group:
    first = lead.works(text, clauses, i, claimed) if trigger.rule == "target.horizon" and trigger.start == clauses[i].start else i
    if first < i:
        at = clauses[first].start
        return Group(Trigger(trigger.strength, trigger.rule, at, at), first, clauses[first : i + 1])
    if lead.is_bare(text, clauses, i, trigger, claimed):
        return Group(trigger, i, clauses[i - 1 : i + 1])
    frame = framing(text, clauses, i)
    if frame is None or (frame.dates and not any(horizon.is_future(text, d) or horizon.is_unresolved(text, d) for d in frame.dates)):
        return Group(trigger, i, [clauses[i]])
    return Group(trigger, i, clauses[clauses.index(frame) : i + 1])


def _close(text: Text, group: Group, clauses: list[Clause], triggers: list[Trigger | None], listing: Listing | None) -> Iterator[Mention]:
    """Yield the mention of a group, or note why it is none."""
    trigger, head = group.trigger, clauses[group.head]
    while len(group.clauses) > 1 and group.clauses[-1].end - group.clauses[0].start > _MOST_SPAN and group.clauses[-1] is not head:
        group.clauses.pop()
    start, end = group.clauses[0].start, group.clauses[-1].end
    outcomes = outcome.measured(text, group.clauses, trigger)
    deadline = _due(text, group, clauses, triggers, outcomes)
    deadline = horizon.hinted(text, deadline) if deadline is not None else None
    said = listing is not None and listing.deadline is not None and (listing.carries or _within(text, listing.deadline, head))
    if deadline is None and said and listing is not None and (trigger.rule in _OF_LISTS or (outcomes and not trigger.after)):
        deadline = listing.deadline
    why = _why_not(text, group, clauses, outcomes, deadline)
    if why:
        text.refuse(f"target.{why}", start, end, patterns.REFUSALS[f"target.{why}"])
        return
    if trigger.rule == "target.listed":
        outcomes = outcomes if outcomes and outcomes[0].start < head.end else [*outcome.listed_works(text, head), *outcomes]
    elif not any(q.start < head.end for q in outcomes):
        outcomes = [*outcome.counted(text, trigger, head), *outcomes]
    dated = deadline is not None or patterns.TAKES.match(text.folded, trigger.end, head.end)
    kind = "quantified" if outcomes else "dated" if dated else "qualitative"
    subject = focus.subject(text, (head.start, head.end), trigger.start, head.dates)
    claim = Claim(kind, trigger.strength, tuple(outcomes), deadline, outcome.actor(subject))
    yield Mention("target", start, end, claim, trigger.rule, {"subject": subject, "after": trigger.after})


def _within(text: Text, deadline: Mention, head: Clause) -> bool:
    """Say whether a list names its year in the sentence of an item: where the opening of the list does not, its other items have none."""
    start, end = text.sentence_at(head.start)
    return start <= deadline.start < end


def _due(text: Text, group: Group, clauses: list[Clause], triggers: list[Trigger | None], outcomes: list[Mention]) -> Mention | None:
    """Return the deadline of a group: its own, else one that its sentence sets before it («2022年,……;力争……»)."""
    trigger, head = group.trigger, clauses[group.head]
    deadline = horizon.named_next(text, head, trigger.end) if trigger.firm else None
    deadline = deadline or horizon.of_group(text, group.clauses, start=group.clauses[0].start)
    if deadline is None and not trigger.after and not horizon.is_open(text, head.start, head.end):
        governed = [t is not None for t in triggers[: group.head]]
        deadline = horizon.of_sentence(text, clauses[: group.head], governed)
        if deadline is not None and not outcomes and not _is_definite(text, head, trigger):
            return None  # «今年…,确保农资保质稳价»
    return deadline or horizon.of_year(text, head, trigger.end)


def _why_not(text: Text, group: Group, clauses: list[Clause], outcomes: list[Mention], deadline: Mention | None) -> str:
    """Return why a group is no target, "" where it is one."""
    trigger, head = group.trigger, clauses[group.head]
    if deadline is None and (any(horizon.is_past(text, d) for d in head.dates) or _is_history(text, clauses, group)):
        return "past"
    if outcomes:
        return ""
    scheduled = head.has(patterns.EVENT, start=trigger.end)
    if scheduled and not head.has(patterns.FINISH | patterns.GAIN | patterns.RATE, start=trigger.end):
        return "event"
    return "" if _says_enough(text, group, head, deadline) else "empty"


def _is_history(text: Text, clauses: list[Clause], group: Group) -> bool:
    """«1998年,县里就提出要建成…»: the clause right before is a year gone, and nothing else. What is expected of it may still be open."""
    last = clauses[group.head - 1] if group.head > 0 else None
    if last is None or last.sep != "," or group.trigger.strength == "expect" or not is_frame(text, last):
        return False
    return any(d.value.grain == "year" and horizon.is_past(text, d) for d in last.dates)


def _is_definite(text: Text, head: Clause, trigger: Trigger) -> bool:
    """Say whether a clause without date or number names what can be seen to be reached, so that its sentence's year is its deadline."""
    if head.has(patterns.FINISH | patterns.START | patterns.RATE, start=trigger.end):
        return True
    return patterns.RANK.search(text.folded, trigger.end, head.end) is not None


def _says_enough(text: Text, group: Group, head: Clause, deadline: Mention | None) -> bool:
    """Say whether a target without a number says something.

    One without a date either needs a firm cue and a deed («确保项目早日投产»; not «确保质量»). A dated one of 将 or 计划 needs a deed, not
    a process («今年将加快推进…»), or its date right after the cue («将于9月…»).
    """
    trigger = group.trigger
    if deadline is None and patterns.TAKES.match(text.folded, trigger.end, head.end):
        return True  # «计划3年建成»
    if deadline is None:
        deed = head.has(patterns.FINISH | patterns.START, start=trigger.end) or text.folded.startswith("争创", trigger.start)
        return trigger.firm and deed and head.end - trigger.end >= _SLIGHT
    if trigger.firm or trigger.rule == "target.horizon" or 0 <= deadline.start - trigger.end <= 1:
        return True
    if text.folded.startswith("是", trigger.end):
        return False  # «将是今后十年的重点»
    near = deadline.value.mode == "by" and 0 <= trigger.start - deadline.end <= 1
    if patterns.PROCESS.match(text.folded, trigger.end, head.end):
        return hastens(text, trigger, head)
    return near or any(c.has(patterns.WORK, start=trigger.end) for c in group.clauses)

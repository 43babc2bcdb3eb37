"""Progress: what has been achieved of a plan («占年度计划的54%», «完成率122.6%», «超额完成半年任务»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.target import patterns
from ljnews.facts.target.claim import Claim
from ljnews.facts.target.clauses import Clause
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_SHARE = re.compile(r"(?:占到?|完成(?:了)?|达到?|实现(?:了)?|为|相当于|到)[^,;:。、\n]{0,16}$")
_BETWEEN = re.compile(r"[^,;:。\n]{0,14}$")
_PERIODIC = re.compile(r"(?:年度?|全年|季度?|月度?|半年|年初|下达|既定|预定|考核|五”|投资|当年|总|预期|原定|阶段)[^,;:。、\n]{0,8}$")
_NAMED = re.compile(r"计划|目标|任务")
_FULFILLED = re.compile(
    r"(?:超额|提前|圆满|超前|已经?|均|基本|全部|较好地?|胜利)[^,;:。\n]{0,6}完成[^,;:。\n]{0,32}$|完成了[^,;:。、\n]{0,16}$"
    r"|(?:超过|超出|达到)了?[^,;:。、\n]{0,14}(?:年度|全年|年初|预定|既定)[^,;:。、\n]{0,8}$"
)
# A task is measured against a plan where a period or the plan's maker stands by it; «圆满完成接待任务» is none.
_OF_PLAN = re.compile(r"超额|提前|年|季|月|目标|计划|下达|既定|预定|指标|[二三四五]”")
_OF_TIME = re.compile(r"(?:年度?|季度|半年)[^,;:。、\n]{0,6}$")
_ALL_DONE = re.compile(
    r"[^,;:。\n]{0,6}(?:(?:全部|基本|全面|均|超额|提前|已|圆满|顺利)(?:已)?完成|(?:全部|超额|如期|提前(?:[一二两半\d]{1,2}个?[年月天])?)(?:已)?实现)"
)
# «超“十五”计划目标3.7亿元», «比计划目标3000亿元超过1070亿元», «比预定计划提前13天»: what it is beyond the plan.
_BEYOND = re.compile(r"(?:超过?|超出|超额|高于|多于)[^,;:。\n]{0,10}$")
_BEYOND_AFTER = re.compile(r"[^,;:。\n]{0,14}(?:超过?|超出|超额|提前)(?:了|约|近)?$")
_DEED = re.compile(r"(?:解决|建成|改造|新增|惠及|实施|新建|开工|竣工|硬化|安装|种植|带动|发放)[^,;:。]{0,14}\d")
_HALF_DONE = re.compile(r"(?:实现|完成)了?[^,;:。、\n]{0,10}$")
_GREW = re.compile(r"(?:同比|比|较|环比|增长|增幅|增速)")
_WEIGHT = re.compile(r"比[重例]")
_PLANNED = re.compile(r"安排|计划(?:完成)?投资|拟|总投资\d")
_SPENT = re.compile(r"完成|累计|到位|实现")
_DONE = re.compile(r"完成|到位|实现|达|收入|投资|引进|开工|竣工|新增")
_PLANS = re.compile(r"总投资|计划|任务|目标|预算|安排")
_VERB = re.compile(r"(?:已|共|累计|实际|较好地|圆满|超额|基本|提前)*(?:完成|占|实现|到位|引进|达)")
_SET = frozenset("计划 目标 提出 明确 安排 部署 规划".split())  # what sets a task wishes nothing
_WISHED = 4  # clauses before, in which 要 or 确保 makes a wish of «圆满完成»
_HALVES = ("双过半", "任务过半")
_TASKS = ("任务", "目标", "计划", "指标", *_HALVES)
_TOO_LONG = 44
_REACH = 28  # characters between the verb and the plan: «完成州政府年初下达的任务»
_MOST_LEAD = 3  # times its own length that a report of a task may be with what leads to it
_FAR = 80  # characters back to the plan that a bare 完成率 measures


def find(text: Text, clauses: list[Clause], allowed: list[bool]) -> Iterator[tuple[int, Mention]]:
    """Yield progress mentions with the index of their last clause. `allowed` is False for a clause that a cue governs."""
    planned = [ok and clause.bits & patterns.HAS_PLAN != 0 for clause, ok in zip(clauses, allowed, strict=True)]
    if not any(planned):
        return
    reported = [_reported(text, clauses, i) if ok else ([], "") for i, ok in enumerate(planned)]
    i, done = 0, -1  # done: the last clause of the report before
    while i < len(clauses):
        outcome, rule = reported[i]
        if not rule:
            i += 1
            continue
        first = i
        outcomes = list(outcome)
        while i + 1 < len(clauses) and clauses[i].sep != ";" and allowed[i + 1]:
            if reported[i + 1][1] != "target.fulfilled":  # another share is another report
                break
            i += 1
        start, led = _lead(text, clauses[done + 1 : first + 1], allowed[done + 1 : first + 1], rule)
        if led:
            outcomes = [*outcomes, *led] if rule == "target.progress" else led
        claim = Claim("progress", "report", tuple(outcomes), None, None)
        verb = _VERB.search(text.folded, start, clauses[i].end)
        subject = text.string[start : verb.start() if verb else start]
        yield i, Mention("target", start, clauses[i].end, claim, rule, {"subject": subject})
        done = i
        i += 1


def _reported(text: Text, clauses: list[Clause], i: int) -> tuple[list[Mention], str]:
    """Return what a clause reports of the plan (its share, or the number of tasks), and the rule; no rule where it reports none."""
    folded, clause = text.folded, clauses[i]
    for plan in (m for h in clause.hits if h.plan for m in patterns.PLAN.finditer(folded, h.start, h.end)):
        share = next((q for q in clause.quantities if q.start >= plan.end() and q.value.kind in ("percent", "ratio")), None)
        if share is not None and _BETWEEN.fullmatch(folded, plan.end(), share.start):
            rate = plan.group() == "完成率"
            before = max(clause.start, plan.start() - _REACH), plan.start()
            named = _NAMED.search(folded, max(clauses[0].start, clause.start - _FAR), clause.start)
            between = folded[plan.end() : share.start]
            if _WEIGHT.search(between) and not _SPENT.search(folded, clauses[max(0, i - 1)].start, plan.start()):
                continue  # «占年度计划投资比重达53%» weighs a part of the plan
            planned = rate and (_PERIODIC.search(folded, *before) or named)
            if _PLANNED.search(folded, clauses[max(0, i - 1)].start, plan.start()) and not _SPENT.search(folded, *before):
                continue  # «安排投资14亿元,占年度计划总额的63%»
            if planned or (not rate and _SHARE.search(folded, *before)):
                return [share], "target.progress"
        beyond = _beyond(folded, clause, plan) if share is None and "进度" not in plan.group() else None
        if beyond is not None:
            return [beyond], "target.progress"
        if share is None and plan.group() in _TASKS and not any(map(_is_wished, clauses[max(0, i - _WISHED) : i + 1])):
            before = max(clause.start, plan.start() - _FAR), plan.start()
            if plan.group() in _HALVES and _HALF_DONE.search(folded, *before):
                return [], "target.fulfilled"
            done = _FULFILLED.search(folded, *before) or _ALL_DONE.match(folded, plan.end(), clause.end)
            if done and (_OF_PLAN.search(done.group()) or plan.group() != "任务" or _OF_TIME.search(folded, *before)):
                counted = [q for q in clause.quantities if q.end <= plan.start() and q.value.kind != "duration"]
                over = [q for q in counted if folded.endswith("超额", clause.start, q.start)]  # «5个市超额15%以上完成年投资计划»
                return (over or counted)[:1], "target.fulfilled"
    return [], ""


def _beyond(folded: str, clause: Clause, plan: re.Match[str]) -> Mention | None:
    """Return how much more than planned was reached, or how much sooner."""
    for quantity in clause.quantities:
        if quantity.start < plan.end():
            continue
        compared = folded.startswith("比", max(clause.start, plan.start() - 9)) or folded.rfind("比", clause.start, plan.start()) >= 0
        if compared and _BEYOND_AFTER.fullmatch(folded, plan.end(), quantity.value.number_start):
            return quantity
        money = quantity.value.kind not in ("percent", "ratio", "duration")
        if money and quantity.start - plan.end() <= 2 and _BEYOND.search(folded, clause.start, plan.start()):
            return quantity
    return None


def _lead(text: Text, clauses: list[Clause], allowed: list[bool], rule: str) -> tuple[int, list[Mention]]:
    """Return where the report (its clause is the last one) begins with what was done, and the numbers of that.

    «完成投资9亿元,占…», «到位资金5亿元,超额完成…». A long lead begins at its verb, or is left out, so that the report stays a third.
    """
    last = clauses[-1]
    if rule == "target.progress":
        lead = clauses[-2] if len(clauses) > 1 and allowed[-2] else None
        deed = lead is not None and (_leads(text, lead) or _DEED.match(text.folded, lead.start, lead.end))
        if lead is None or lead.sep != "," or _leads(text, last) or not deed:
            return last.start, []
        further = not _tells(text, lead) and len(clauses) > 2 and allowed[-3] and _is_first_lead(text, clauses[-3], last)
        first = clauses[-3] if further else lead
        start = _lead_start(text, first)
        return start, [q for q in first.quantities if q.start >= start][:1]
    start = last.start
    done: list[Mention] = []
    share: list[Mention] = []
    for clause, ok in zip(reversed(clauses[:-1]), reversed(allowed[:-1]), strict=True):
        if not ok or clause.sep != "," or not clause.quantities or _GREW.match(text.folded, clause.start, clause.end):
            break
        if last.end - clause.start > _MOST_LEAD * (last.end - last.start):
            break
        start = clause.start
        done = done or [q for q in clause.quantities if q.value.kind not in ("percent", "ratio")][-1:]
        share = share or clause.quantities[:1]
    return start, done or share


def _is_first_lead(text: Text, clause: Clause, last: Clause) -> bool:
    """«完成投资2亿元,|解决4万人饮水,|完成年度任务的78%»: what was done stands two clauses before, and the report stays a third."""
    near = last.end - clause.start <= _MOST_LEAD * 1.5 * (last.end - last.start)
    return clause.sep == "," and near and _tells(text, clause)


def _is_wished(clause: Clause) -> bool:
    """A cue stands in the clause, held or not: «要鼓足干劲,圆满完成年度任务» reports nothing."""
    return any(h.label in (patterns.CERTAIN, patterns.AMBIGUOUS) and h.term not in _SET for h in clause.hits)


def _leads(text: Text, clause: Clause) -> bool:
    """The clause gives what was done: «累计完成投资225.9亿元,占……», «森林抚育326万亩,占……»."""
    counted = [q for q in clause.quantities if q.value.kind not in ("percent", "ratio")]
    plain = bool(counted) and counted[-1].end == clause.end and not clause.bits & patterns.DESCRIBE
    return _tells(text, clause) or (plain and not _PLANS.search(text.folded, clause.start, clause.end))


def _tells(text: Text, clause: Clause) -> bool:
    """It gives it with a verb: «完成投资»."""
    done = any(q.value.kind not in ("percent", "ratio") for q in clause.quantities)
    return done and _DONE.search(text.folded, clause.start, clause.end) is not None


def _lead_start(text: Text, clause: Clause) -> int:
    """Where the lead begins; a long one from its verb, so that the report stays the larger part."""
    if clause.end - clause.start <= _TOO_LONG:
        return clause.start
    verb = [m.start() for m in re.finditer(r"(?:累计)?完成", text.folded[clause.start : clause.end])]
    return clause.start + verb[-1] if verb else clause.quantities[-1].start

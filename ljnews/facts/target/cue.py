"""Does a clause open a target, and how strongly? A certain cue always does; an ambiguous one where what follows bears it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ljnews.facts.target import horizon, numbers, patterns
from ljnews.facts.target.clauses import Clause
from ljnews.facts.target.listing import Listing
from ljnews.facts.target.patterns import Word
from ljnews.text.text import Text


class Trigger(NamedTuple):
    """A cue that holds. `firm`: kept as a qualitative target where it has neither date nor number. `after`: on the condition of 建成."""

    strength: str
    rule: str
    start: int
    end: int
    firm: bool = False
    after: bool = False
    listing: bool = False


@dataclass(slots=True)
class Context:
    """What the sentence has said before this clause."""

    start: int
    asks: bool = False
    condition: int = -1  # where 如果, 一旦 stands
    after: bool = False  # 建成后 came before
    dated: bool = False  # the clause before is a future date alone: «今年,»
    now: bool = False  # the clause before is «目前,»
    announced: bool = False  # the clause before is «初步预计,»
    planned: bool = False  # a clause before plans something for a year that it names: «今年计划实施项目60个,»
    listing: Listing | None = None  # the list that the sentence belongs to
    later: bool = False  # the clauses after this one say how much is to be done: «要加快建设,完成投资5亿元»


def find(text: Text, clause: Clause, context: Context) -> Trigger | None:
    """Return the cue that governs a clause: a certain one before an ambiguous one, a special one before 将, 计划, 目标."""
    best: Trigger | None = None
    for hit in clause.hits:
        if not hit.bits & patterns.CUE:
            continue
        label = hit.label
        states = patterns.STATES.match(text.folded, hit.end) if hit.bits & patterns.HAS_AIM else None
        if states is not None:
            strength = "expect" if text.folded.rfind("预期", max(clause.start, hit.start - 4), hit.end) >= 0 else "plan"
            one = Trigger(strength, f"target.{strength}", hit.start, states.end(), listing=True)
        elif label == patterns.CERTAIN:
            if patterns.PLAN_INVEST.match(text.folded, hit.start) and not _plans_investment(text, clause, hit.start, context):
                text.refuse("target.noun", hit.start, hit.end, patterns.REFUSALS["target.noun"])
                continue
            if hit.klass == "expect" and patterns.PRIOR.search(text.folded, max(clause.start, hit.start - 3), hit.start):
                text.refuse("target.noun", hit.start, hit.end, patterns.REFUSALS["target.noun"])
                continue
            if text.folded.endswith(patterns.NAMED_TIME, hit.end, clause.end):
                text.refuse("target.noun", hit.start, hit.end, patterns.REFUSALS["target.noun"])
                continue
            firm = hit.klass != "plan"
            one = Trigger(hit.klass, f"target.{hit.klass}", hit.start, hit.end, firm, listing=hit.term.startswith("目标"))
        elif label == patterns.AMBIGUOUS and _holds(text, clause, hit, context):
            one = Trigger(hit.klass, f"target.{hit.klass}", hit.start, hit.end, hit.term == patterns.FIRM)
        else:
            continue
        if best is None or (best.strength == "plan" and one.strength != "plan"):
            best = one
    told = context.announced and (best is None or best.strength == "plan") and _is_told(text, clause)
    if told and best is None and _looks_back(text, clause):
        text.refuse("target.past", clause.start, clause.end, patterns.REFUSALS["target.past"])
    elif told:
        best = Trigger("expect", "target.expect", clause.start, clause.start, firm=True)
    return best if best is not None and _allowed(text, clause, best, context) else None


def _looks_back(text: Text, clause: Clause) -> bool:
    """In January «初步预计,全市生产总值增长2%» tells of the year gone, where that is the last year spoken of."""
    if text.published is None or text.published.month > _EARLY_IN_YEAR or clause.dates:
        return False
    years = [d for d in text.within("date", max(0, clause.start - _FAR), clause.start) if d.value.grain == "year"]
    return bool(years) and horizon.is_past(text, years[-1])


def _is_told(text: Text, clause: Clause) -> bool:
    """What «预计,» announces: a number, a date or a completion; not «通过一年的建设,»."""
    told = clause.quantities or clause.dates or clause.bits & patterns.FINISH
    return bool(told) and next(horizon.spans(text, clause), None) is None


def _allowed(text: Text, clause: Clause, trigger: Trigger, context: Context) -> bool:
    """Refuse questions, suppositions, denials, clauses of law."""
    why = ""
    if context.asks or clause.has(patterns.QUESTION):
        why = "question"
    elif _is_noun(text, clause, trigger):
        why = "noun"
    elif not trigger.firm and 0 <= context.condition < trigger.start:
        why = "condition"
    elif clause.has(patterns.LAW, start=trigger.end) or patterns.POLICY.search(text.folded, trigger.end, clause.end):
        why = "policy"
    elif patterns.NEGATION.match(text.folded, trigger.end, clause.end) and not trigger.firm:
        why = "negated"
    elif _estimates(text, clause, trigger):
        why = "noun"
    elif trigger.strength == "expect" and patterns.COSTS.search(text.folded, max(clause.start, trigger.start - 5), trigger.start):
        why = "noun"  # «总投资预计达3亿元»
    elif not trigger.firm and patterns.ONCE.search(text.folded, clause.start, trigger.start):
        why = "past"  # «原计划要到4月才能投产»
    elif not trigger.firm and any(h.term in ("已", "已经") and h.start >= trigger.end for h in clause.hits):
        why = "past"  # «改造计划2.5万个小区已提前完成»
    elif not trigger.firm and text.folded.endswith(("已", "已经"), clause.start, trigger.start):
        why = "past"  # «已将资金拨付各地»
    elif _is_forecast(text, clause, trigger):
        why = "weather"
    if why:
        text.refuse(f"target.{why}", trigger.start, trigger.end, patterns.REFUSALS[f"target.{why}"])
    return not why


def _estimates(text: Text, clause: Clause, trigger: Trigger) -> bool:
    """«全市公车预计有12万辆左右» says how many there are."""
    if (
        trigger.strength != "expect"
        or not text.folded.startswith("有", trigger.end)
        or not text.folded[trigger.end + 1 : trigger.end + 2].isdigit()
    ):
        return False
    return not clause.bits & (patterns.FINISH | patterns.START) and not any(horizon.is_future(text, d) for d in clause.dates)


def _is_forecast(text: Text, clause: Clause, trigger: Trigger) -> bool:
    """«气温将下降8℃», «预计今天夜里到9号白天,全市多云转小雨»: the clause, or a sentence in which nothing is built, tells the weather."""
    if not trigger.firm and patterns.WEATHER.search(text.folded, clause.start, clause.end):
        return True
    if trigger.strength != "expect" or clause.bits & patterns.WORK:
        return False
    stop = min(text.sentence_at(clause.start)[1], clause.end + _NEAR)
    return patterns.FORECAST.search(text.folded, clause.start, stop) is not None


def _is_noun(text: Text, clause: Clause, trigger: Trigger) -> bool:
    """The cue only names, qualifies or gives a reason, or nothing follows it («特殊政策力争»)."""
    folded = text.folded
    if clause.end - trigger.end < 2 and not trigger.listing:
        return True
    if numbers.is_catchword(folded, clause, trigger.start) or _is_premise(folded, clause, trigger) or _is_followed(folded, clause, trigger):
        return True
    if not trigger.firm and folded.endswith(patterns.NAMED_TIME, trigger.end, clause.end):
        return True
    if any(h.start == trigger.end and h.bits & patterns.DESCRIBE and "投资" not in h.term for h in clause.hits):
        return True  # «拟占地500亩»
    return _is_purpose(text, clause, trigger) or _is_attribute(folded, clause, trigger)


def _is_premise(folded: str, clause: Clause, trigger: Trigger) -> bool:
    """«在确保安全的前提下»: the cue says how, not what. «将在…的基础上» is a target."""
    if folded.rfind("在", max(clause.start, trigger.start - 8), trigger.start) < 0:
        return False
    return patterns.PREMISE.match(folded, trigger.end, clause.end) is not None


def _is_followed(folded: str, clause: Clause, trigger: Trigger) -> bool:
    """«围绕争创示范区的目标,上半年…»: the clause names what the rest follows."""
    if patterns.FOLLOWS.search(folded, max(clause.start, trigger.start - 64), trigger.start) is None:
        return False
    return patterns.FOLLOWED.search(folded, max(trigger.end, clause.end - 8), clause.end) is not None


def _is_purpose(text: Text, clause: Clause, trigger: Trigger) -> bool:
    """«为确保秋粮稳产,……»: why something else is done; with a date of its own it stays a target."""
    if text.folded.startswith("为", trigger.end) and not trigger.firm and patterns.FOUNDS.search(text.folded, trigger.end, clause.end):
        return True  # «努力为完成全年任务打下基础»
    if patterns.PURPOSE.search(text.folded, max(clause.start, trigger.start - 2), trigger.start) is None:
        return False
    if patterns.SERVES.search(text.folded, trigger.end, clause.end):
        return True  # «为确保“十四五”开好局奠定坚实基础»
    if patterns.NOTICE.match(text.folded, clause.end):
        return True  # «为确保2023年度实事落到实处,现将有关事项通知如下»
    return not any(horizon.is_future(text, d) and d.start >= trigger.end for d in clause.dates)


def _is_attribute(folded: str, clause: Clause, trigger: Trigger) -> bool:
    """«……是确保粮食安全的关键之举»."""
    if not trigger.firm or folded.find("的", max(trigger.end, clause.end - 7), clause.end) < 0:
        return False
    return patterns.ATTRIBUTE.search(folded, max(clause.start, trigger.start - 16), trigger.start) is not None


_EARLY_IN_YEAR = 2  # months in which the figures of the year before are still estimates
_NEAR = 60  # characters after a clause in which its sentence tells the weather
_FAR = 300  # characters before a cue in which its sentence speaks of a project
_ABLE = tuple("产功性可职潜节储动热电势效智才技体")  # «产能达到1万吨» holds no 能


def _holds(text: Text, clause: Clause, hit: Word, context: Context) -> bool:
    term = hit.term
    if term.endswith("年度计划"):
        hit = hit._replace(start=hit.end - 2, term="计划")
        term = "计划"
    if term in ("将", "将要", "将会", "即将", "拟"):
        good = _will(text, clause, hit, context)
        if good and term == "拟" and patterns.CLASS.match(text.folded, hit.end, clause.end):
            good = any(hit.end < q.start <= hit.end + 8 for q in clause.quantities)  # «拟实施项目77个», not «14个拟通车项目»
    elif term == "预测":
        good = not text.folded.startswith("的", hit.end) and _definite(text, clause, hit.end)
    elif term == "希望":
        good = _opens(text, clause, hit.end) and _definite(text, clause, hit.end)  # not «东方希望公司年产9万吨»
    elif term in ("计划", "规划", "安排", "部署", "筹划", "谋划"):
        good = _is_verb(text, clause, hit, context)
    elif term == "目标":
        good = patterns.opener(text.folded, hit.end) in ("verb", "verb_noun") and _measured(text, clause, hit.end)
    elif hit.klass == "strive" and patterns.FUNDS.match(text.folded, hit.end, clause.end) and not _definite_day(text, clause):
        good = False  # «努力争取国债项目资金360万元»
    elif term in ("努力", "全力", "奋力"):
        good = _definite(text, clause, hit.end)
    elif term == "争取":
        good = _opens(text, clause, hit.end) or clause.has(patterns.WORK, start=hit.end)
    elif term in ("提出", "明确"):
        bounds = [q for q in clause.quantities if q.value.approximation in ("at_least", "at_most") and numbers.is_outcome(text, clause, q)]
        good = hit.start - clause.start <= 1 and bool(bounds)
    elif term.startswith(("可", "能", "年可")):
        good = _can(text, clause, hit, context)
    elif term == "要" and (text.folded.startswith("比", hit.end) or text.folded[hit.start - 1 : hit.start] in tuple("就只还又")):
        good = False  # «要比去年多», «就要减少»
    elif term == "要" and patterns.FORMERLY.search(text.folded, max(context.start, hit.start - 60), hit.start):
        good = False  # «过去浇地,要到几公里外取水»
    else:
        good = (_opens(text, clause, hit.end) or hit.klass != "plan") and (context.later or _definite(text, clause, hit.end))
    if not good:
        text.refuse("target.noun", hit.start, hit.end, patterns.REFUSALS["target.noun"])
    return good


def _can(text: Text, clause: Clause, hit: Word, context: Context) -> bool:
    """«电站年发电量可达1亿度»: without 建成后 a project must be spoken of, or a time to come."""
    term = hit.term
    if term[0] == "能" and text.folded[hit.start - 1 : hit.start] in _ABLE:
        return False
    if term == "可为" and patterns.BRINGS.match(text.folded, hit.end, clause.end) is None:
        return False
    ahead = [d for d in clause.dates if d.end <= hit.start and horizon.is_future(text, d)]
    if any(hit.start - d.end <= 1 for d in ahead) and term.endswith(("实现", "完成", "达到", "形成")):
        return True  # «7月底可实现铺油»
    about = context.after or patterns.UNDERTAKING.search(text.folded, max(context.start, hit.start - _FAR), hit.start) is not None
    about = about or (bool(ahead) and term.endswith(("达", "达到", "实现")))
    return about and not context.now and not clause.has(patterns.PAST) and _measured(text, clause, hit.end)


def _will(text: Text, clause: Clause, hit: Word, context: Context) -> bool:
    """将, 拟 before a verb, not for 把; with a horizon before it any verb will do («“十二五”期间,全县将分三片建设…»)."""
    folded, at = text.folded, hit.end
    if hit.term == "拟" and patterns.COUNTED_CLASS.match(folded, at, clause.end) and _in_coming_year(text, clause, hit.start):
        return True  # «今年拟实施的水利项目15个»
    if hit.term in ("即将", "拟") and patterns.ATTRIBUTIVE.match(folded, at, clause.end):
        return False  # «即将展开的项目»
    if _opens(text, clause, at):
        return not (hit.term == "将" and _is_ba(folded, clause, at))
    if hit.term != "将" or patterns.BA.match(folded, at, clause.end) or not patterns.ONE_VERB.match(folded, at):
        return False
    return context.dated or any(d.end <= hit.start and horizon.is_future(text, d) for d in clause.dates)


def _in_coming_year(text: Text, clause: Clause, at: int) -> bool:
    """Say whether a year to come, or one that no day can be given to, stands before an offset."""
    dates = [d for d in clause.dates if d.end <= at]
    return any(horizon.is_future(text, d) or horizon.is_unresolved(text, d) for d in dates)


def _opens(text: Text, clause: Clause, at: int) -> bool:
    return any(d.start == at for d in clause.dates) or patterns.opener(text.folded, at) is not None


def _is_ba(folded: str, clause: Clause, at: int) -> bool:
    """将 stands for 把: a noun that may be a verb follows, then a complement («将建设项目纳入», «将服务作为»)."""
    return patterns.opener(folded, at) == "verb_noun" and patterns.BA.match(folded, at, clause.end) is not None


def _measured(text: Text, clause: Clause, at: int) -> bool:
    return any(q.start >= at and numbers.is_outcome(text, clause, q) for q in clause.quantities)


def _definite(text: Text, clause: Clause, at: int) -> bool:
    """A future date or a number that measures stands in the clause."""
    return _measured(text, clause, at) or any(horizon.is_future(text, d) for d in clause.dates)


def _definite_day(text: Text, clause: Clause) -> bool:
    return any(horizon.is_future(text, d) for d in clause.dates)


def _is_verb(text: Text, clause: Clause, hit: Word, context: Context) -> bool:
    """计划, 规划, 安排 as a verb: what it plans follows; «行动计划», «按计划» do not (the lexicon takes most of them before)."""
    folded, term = text.folded, hit.term
    if term == "计划" and patterns.PLANNED_CLASS.match(folded, hit.end, clause.end):
        return False  # «计划新开工项目完成投资9亿元»
    if folded[hit.start - 1 : hit.start] in tuple("》”’按照据此该案划") or folded.startswith(("被", "是"), hit.end):
        return False
    if patterns.MEASURED_PLAN.search(folded, max(clause.start, hit.start - 3), hit.start):
        return False  # «完成计划占比»
    if term == "安排" and patterns.ARRANGED.search(folded, hit.end, clause.end):
        return True  # «安排甲工程、乙医院等72个项目开工»
    if not _opens(text, clause, hit.end):
        return term == "计划" and _has_object(text, clause, hit, context)
    invest = patterns.PLAN_INVEST.match(folded, hit.start, clause.end)
    if invest:
        return _plans_investment(text, clause, hit.start, context)
    if term == "计划":
        noun = patterns.PLAN_NOUN.search(folded, max(clause.start, hit.start - 2), hit.start)
        return noun is None or (_definite(text, clause, hit.end) and patterns.opener(folded, hit.end) != "preposition")
    if term == "规划" and any(d.end == hit.start and (horizon.is_future(text, d) or horizon.is_unresolved(text, d)) for d in clause.dates):
        return True  # «未来五年规划新建一批学校»
    if not _measured(text, clause, hit.end):
        return False
    if term == "规划" and folded.endswith("我们", clause.start, hit.start):
        return True
    if term == "规划" and (context.dated or any(d.end <= hit.start and horizon.is_future(text, d) for d in clause.dates)):
        return True
    return any(horizon.is_ahead(text, d) for d in clause.dates)


def _has_object(text: Text, clause: Clause, hit: Word, context: Context) -> bool:
    """«计划5年投入32亿元», «今年计划全省通车里程突破9500公里»: a span follows, or a year stands before and a deed with a number after."""
    if any(q.start == hit.end and q.value.kind == "duration" for q in clause.quantities):
        return True
    dated = context.dated or any(d.end <= hit.start and horizon.is_future(text, d) for d in clause.dates)
    if dated and any(patterns.opener(text.folded, hit.end + k) == "verb" for k in (2, 3, 4)) and _measured(text, clause, hit.end):
        return True  # «今年,计划全县投入13亿元»
    return dated and clause.has(patterns.GAIN | patterns.RATE | patterns.FINISH, start=hit.end) and _measured(text, clause, hit.end)


def _plans_investment(text: Text, clause: Clause, at: int, context: Context) -> bool:
    """«2022年计划投资101亿元», «计划投资5亿元用于…» are targets; «项目计划投资5亿元», «年度计划投资20亿元» are noun phrases."""
    invest = patterns.PLAN_INVEST.match(text.folded, at, clause.end)
    if patterns.YEARLY.search(text.folded, max(clause.start, at - 3), at):
        return False
    if invest and patterns.MIN_INVEST.match(text.folded, invest.end(), clause.end):
        return False  # «55个计划投资1亿元以上项目»
    if context.dated or any(d.end <= at and d.value.grain not in ("day", "month") for d in clause.dates):
        return True
    if context.planned and at == clause.start and text.folded.startswith("计划完成投资", at):
        return True  # «今年计划实施项目60个,计划完成投资80亿元»
    amount = next((q for q in clause.quantities if q.start >= at), None)
    if amount is not None and text.folded.startswith("预计", at) and patterns.YIELDS.match(text.folded, clause.end):
        return True  # «预计投资9亿元,年均销售收入8亿元»
    if amount is not None and text.folded.startswith("计划投资", at) and patterns.DUE.match(text.folded, clause.end):
        return True  # «计划投资2亿元,2020年底完工»
    return amount is not None and clause.end - amount.end > 3


def after(text: Text, clause: Clause) -> tuple[int, int] | None:
    """Return the span of «建成后», «达产后» in a clause."""
    if not clause.bits & patterns.BUILT:
        return None
    for hit in clause.hits:
        if hit.klass in ("finish", "frame"):
            tail = patterns.AFTER.match(text.folded, hit.end, clause.end)
            if tail:
                return hit.start, tail.end()
        elif hit.klass == "then":
            return hit.start, hit.end
    return None

"""Lists of what is to be done, item after item without a cue: «任务清单明确,……。新建……2家,实施……40项。»

A sentence that announces such a list («2023年重点工作安排提到…», «总体目标为:…») opens it; the sentences after it belong to the list up to the
first one that tells what is past, or to the end of the section.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ljnews.facts.target import horizon
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_SIGNS = (
    "年重点",
    "将重点",
    "要重点",
    "任务",
    "政府工作报告",
    "重点工作",
    "工作安排",
    "投资安排",
    "任务清单",
    "工作要点",
    "方案",
    "计划》",
    "报告》",
    "目标",
    "主要任务",
    "重点任务",
    "实事",
    "民生工程",
    "惠民工程",
)
_WHEN = r"(?:(?:20\d\d|今|明)年|新的?一年|年底前|今后[一二三四五]年)"
_WHAT = r"(?:重点工作|工作安排|投资安排|主要任务|重点任务|工作任务|目标任务|(?:总体|主要|预期|工作|奋斗|发展)目标)"
_OPENS = re.compile(
    rf"(?=[2今明新年任工实行计关对展])(?:{_WHEN}[^。!?\n;]{{0,24}}?{_WHAT}[^。!?\n;,]{{0,10}}?(?:[:是为]|安排|提到|如下|包括|明确|提出)"
    r"|(?:任务清单|工作要点|(?:实施|工作|行动)方案|行动计划|工作报告)》?(?:中)?(?:明确|提出|要求|安排)|计划投资安排:"
    rf"|{_WHEN}[^。!?\n;:,]{{0,8}}重点(?:抓好|做好|实施|推进|办好)[^。!?\n;,]{{0,14}}:"
    rf"|(?:关于|对于|展望){_WHEN}的?(?:重点)?工作,)"
)
# «会议确定了今年经济发展主要目标,实现…», «报告提出,加快…»: what follows is to be done.
_SETS = re.compile(
    rf"(?:确定|提出|明确|制定|定下)了?[^。!?\n;,]{{0,16}}?(?:{_WHEN}|[一二三四五六七八九十]{{2,3}}五”?)[^。!?\n;,]{{0,24}}?(?:目标|任务)(?=[,:。])"
    r"|报告》?(?:[(（《][^()（）《》]{1,8}[)）》]{1,2})?(?:还|并)?(?:指出|提出|明确),(?=坚定|坚持|着力|加快|深入|全面|大力|聚焦|扎实|持续|推进|强化|实施|新的一年|今年)"
)
# «全县2023年度10件民生实事确定», «今年的十项惠民工程出炉»: the works follow, one after the other.
_GOOD_WORKS = re.compile(
    r"(?:20\d\d|今|明)年度?的?[^。!?\n;,]{0,12}?(?:民生|惠民|为民|利民|便民|办)[^。!?\n;,]{0,6}?(?:实事|工程)(?:项目|任务|清单|计划|日前|近日|已|正式|全部){0,3}"
    r"(?:确定|出炉|敲定|公布|发布|选定|明确|揭晓|亮相)"
)
_TOLD_OF = re.compile(r"\s{0,4}+(?:据悉|据了解|据介绍|记者了解到)?,?[^。!?\n]{0,20}(?:涉及|涵盖|覆盖|包括|征集|讨论|票决|投票|评选)")
_REPORT = "政府工作报告"
_DATED = re.compile(_WHEN)
_OVER = re.compile(r"现有|目前|去年|上年|前年|回顾|截至|过去|以来|已|了(?!解)|曾|会上|会议|强调|表示|据悉|记者")
_MOST = 24  # sentences


class Listing(NamedTuple):
    """A stretch of sentences that list what is to be done, and the horizon that its opening gives."""

    start: int
    end: int
    deadline: Mention | None
    carries: bool = True  # the opening names the year for all items («2023年重点工作安排提到»), not one item or a set of works for itself


def listings(text: Text) -> list[Listing]:
    """Return the lists of a text, in text order."""
    folded = text.folded
    if not any(sign in folded for sign in _SIGNS):
        return []
    found: list[Listing] = []
    for match in sorted([*_OPENS.finditer(folded), *_sets(folded), *_GOOD_WORKS.finditer(folded)], key=re.Match.start):
        if not found or match.start() >= found[-1].end:
            listing = _opened(text, match)
            found += [listing] if listing is not None else []
    return found


def _sets(folded: str) -> list[re.Match[str]]:
    """Return where goals are set, and where a government's report goes on to what is to be done."""
    report = _REPORT in folded
    return [m for m in _SETS.finditer(folded) if report or not m.group().startswith("报告")]


def _opened(text: Text, match: re.Match[str]) -> Listing | None:
    """Return the list that an opening opens, None for one that tells what is past or gives no time."""
    folded, sets = text.folded, match.re is _SETS
    start, end = text.sentence_at(match.start())
    works = match.re is _GOOD_WORKS
    if not sets and not works and _OVER.search(folded, start, match.start()):
        return None
    deadline = _deadline(text, start, end)
    if deadline is None and not sets and _DATED.match(folded, match.start()) is None:
        return None  # «根据工作方案要求,开展整治。检查企业300家»
    last = _last(text, end, told=works)
    inside = folded.endswith((":", ","), match.start(), match.end()) or folded.startswith((":", ","), match.end())
    inside = inside and (sets or folded.find(":", match.start(), match.end() + 1) >= 0)
    carries = deadline is None or not (works or (sets and deadline.start >= match.end()))
    return Listing(start if inside else end, last, deadline, carries) if last > end or inside else None


def _last(text: Text, start: int, *, told: bool) -> int:
    """Return where the list ends that the sentence before `start` opens. `told`: what it is about may be told first («据悉,实事涉及…»)."""
    at, section = start, next((s.start for s in text.sections if s.start > start), len(text.folded))
    first = text.sentence_index(start) if start < len(text.folded) else len(text.sentences)
    for i, (low, high) in enumerate(text.sentences[first : first + _MOST]):
        if low >= section:
            break
        if low < start:
            continue
        if told and i <= 1 and _TOLD_OF.match(text.folded, low, high):
            continue
        if _OVER.search(text.folded, low, high):
            break
        at = high
    return at


def _deadline(text: Text, start: int, end: int) -> Mention | None:
    """Return the year, the plan, or the day by which that the opening names."""
    for mention in text.within("date", start, end):
        if mention.value.grain in ("year", "plan", "span") and horizon.is_future(text, mention):
            return mention
    return None

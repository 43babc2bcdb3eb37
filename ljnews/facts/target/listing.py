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

_SIGNS = ("重点工作", "工作安排", "投资安排", "任务清单", "工作要点", "方案", "计划》", "报告》", "目标", "主要任务", "重点任务")
_WHEN = r"(?:(?:20\d\d|今|明)年|新的?一年|年底前|今后[一二三四五]年)"
_WHAT = r"(?:重点工作|工作安排|投资安排|主要任务|重点任务|工作任务|目标任务|(?:总体|主要|预期|工作|奋斗|发展)目标)"
_OPENS = re.compile(
    rf"{_WHEN}[^。!?\n;]{{0,24}}?{_WHAT}[^。!?\n;,]{{0,10}}?(?:[:是为]|安排|提到|如下|包括|明确|提出)"
    r"|(?:任务清单|工作要点|(?:实施|工作|行动)方案|行动计划|工作报告)》?(?:中)?(?:明确|提出|要求|安排)|计划投资安排:"
)
_DATED = re.compile(_WHEN)
_OVER = re.compile(r"现有|目前|去年|上年|前年|回顾|截至|过去|以来|已|了(?!解)|曾|会上|会议|强调|表示|据悉|记者")
_MOST = 24  # sentences


class Listing(NamedTuple):
    """A stretch of sentences that list what is to be done, and the horizon that its opening gives."""

    start: int
    end: int
    deadline: Mention | None


def listings(text: Text) -> list[Listing]:
    """Return the lists of a text, in text order."""
    folded = text.folded
    if not any(sign in folded for sign in _SIGNS):
        return []
    found: list[Listing] = []
    for match in _OPENS.finditer(folded):
        if found and match.start() < found[-1].end:
            continue
        start, end = text.sentence_at(match.start())
        if _OVER.search(folded, start, match.start()):
            continue
        deadline = _deadline(text, start, end)
        if deadline is None and _DATED.match(folded, match.start()) is None:
            continue  # «根据工作方案要求,开展整治。检查企业300家»
        last = _last(text, end)
        inside = folded.endswith(":", match.start(), match.end()) or folded.startswith(":", match.end())
        if last > end or inside:
            found.append(Listing(start if inside else end, last, deadline))
    return found


def _last(text: Text, start: int) -> int:
    """Return where the list ends that the sentence before `start` opens."""
    at, section = start, next((s.start for s in text.sections if s.start > start), len(text.folded))
    first = text.sentence_index(start) if start < len(text.folded) else len(text.sentences)
    for low, high in text.sentences[first : first + _MOST]:
        if low >= section or _OVER.search(text.folded, low, high):
            break
        at = high
    return at


def _deadline(text: Text, start: int, end: int) -> Mention | None:
    """Return the year, the plan, or the day by which that the opening names."""
    for mention in text.within("date", start, end):
        if mention.value.grain in ("year", "plan", "span") and horizon.is_future(text, mention):
            return mention
    return None

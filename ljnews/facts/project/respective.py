"""Figures given one by one to several projects: «总投资分别为11亿元、6亿元的甲和乙», «甲、乙总投资分别为11亿元和6亿元»."""

from __future__ import annotations

import re
from itertools import pairwise

from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Teller
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_CUE = re.compile(r"(总?投资额?|占地(?:面积)?|用地(?:面积)?|总?建筑面积|全长)[^,。;\d]{0,4}?分别(?:约?为|是|达到?|约)?[约近超]?")
_NAMES = {"占地": "land_area", "用地": "land_area", "建筑": "floor_area", "总建": "floor_area", "全长": "length"}
_JOINT = re.compile(r"[、和及与,]{1,2}[约近超]?")
_BETWEEN = re.compile(r"[、和及与以“”]{1,4}|,")
_BEFORE = re.compile(r"(?:等?[\d两三四五六七八九十]{1,2}[个项条座家](?:项目|工程)?)?[,的]?(?:项目|计划|预计|概算)?$|”?,?$")


def respective(text: Text, teller: Teller) -> dict[int, tuple[Event, str]]:
    """Return, by the offset of each figure that is given one by one, whose it is and which attribute."""
    found: dict[int, tuple[Event, str]] = {}
    last: list[Event] = []
    if "分别" not in text.folded:
        return found
    for match in _CUE.finditer(text.folded):
        figures = _figures(text, match.end())
        if len(figures) < 2:
            continue
        names = _behind(teller, figures) or _before(text, teller, match.start(), len(figures))
        if not names and last and text.sentence_at(last[0].start) == text.sentence_at(match.start()):
            names = last  # 总投资分别为……,占地分别为……
        if len(names) == len(figures):
            last = names
            attribute = _NAMES.get(match.group(1)[:2], "total_investment")
            found |= {figure.start: (event, attribute) for figure, event in zip(figures, names, strict=True)}
    return found


def _figures(text: Text, start: int) -> list[Mention]:
    """Return the quantities that follow a cue one behind the other."""
    figures: list[Mention] = []
    for mention in text.within("quantity", start, min(start + 120, text.sentence_at(start)[1])):
        gap = text.folded[figures[-1].end if figures else start : mention.start]
        if gap and not _JOINT.fullmatch(gap):
            break
        figures.append(mention)
    return figures


def _behind(teller: Teller, figures: list[Mention]) -> list[Event]:
    """«……的甲和乙»: as many names behind 的."""
    end = figures[-1].end
    if not teller.folded.startswith("的", end):
        return []
    names: list[Event] = []
    at = end + 1
    while len(names) < len(figures):
        event = teller.next(at)
        if event is None or event.kind != "name":
            break
        gap = teller.folded[at : event.start]
        if gap not in ("", "“") if not names else not _BETWEEN.fullmatch(gap):
            break
        names.append(event)
        at = event.end
    return names


def _before(text: Text, teller: Teller, start: int, count: int) -> list[Event]:
    """«甲、乙总投资分别为……»: the names that end right before the cue."""
    sentence = text.sentence_at(start)[0]
    names = [e for e in teller.between(sentence, start) if e.kind in ("name", "again") and e.project][-count:]
    if len(names) < count or not _BEFORE.fullmatch(teller.folded[names[-1].end : start]):
        return []
    return names if all(_BETWEEN.fullmatch(teller.folded[a.end : b.start]) for a, b in pairwise(names)) else []

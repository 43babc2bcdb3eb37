"""Where a date may start: at a time word, or at the numeral before 年, 月, 日 and the like. A wide net: `point_at` and `span_at` decide.

One pass over the anchors (年, 月, 日, 周 …), then a short walk back over numerals, connectors and words such as 未来 and 近: a regular expression
tried at every character took four times as long.
"""

from __future__ import annotations

import re

from ljnews.recognize._date_point import words

# One character class first: the engine skips to it. A numeral stands before, 个, 多, 余 or a space between.
_ANCHOR = re.compile(r"[年月日号周期拜代天季小工分世财](?<=[0-9〇○零一二两三四五六七八九十廿半 个多余几].)", re.DOTALL)
_WEEKDAY = re.compile(r"[周期拜](?=[一二三四五六日天末])")
_ISO = re.compile(r"\d(?<![\d.].)\d{3}[-/.]\d")
_NUMERALS = frozenset("0123456789〇○零一二两三四五六七八九十廿半")
_BETWEEN = frozenset(" 个多余几")
_LINKS = frozenset("至到-~～–—―─、")
_BEFORE = ("今明", "未来", "今后", "接下来", "接下来的", "往后", "过去", "最近", "此前", "过往", "近", "前", "后", "上")
_BEFORE_ENDS = frozenset(word[-1] for word in _BEFORE)
_BACK = 14


def starts(string: str) -> list[int]:
    """Return the offsets at which a date may start, ascending."""
    places: set[int] = set()
    for hit in words().find(string):
        places.add(hit.start)
        if string.startswith("至今", hit.start):
            places.add(hit.start + 1)
        if string[hit.start - 1 : hit.start].isdecimal():
            _walk(string, hit.start, places)
    for match in _ANCHOR.finditer(string):
        _walk(string, match.start(), places)
    for match in _WEEKDAY.finditer(string):
        _weekday(string, match.start(), places)
    places.update(match.start() for match in _ISO.finditer(string))
    if "历" in string or "正月" in string:
        places.update(m.start() for m in re.finditer("农历|阴历|正月", string))
    return sorted(places)


def _weekday(string: str, at: int, places: set[int]) -> None:
    """周三, 上周五, 下个星期一."""
    start = at - (string[at] != "周" and at > 0)
    for extra in ("上上", "下下", "上", "下", "本", "这", ""):
        for middle in ("个", ""):
            term = extra + middle
            if start >= len(term) and string.startswith(term, start - len(term)):
                places.add(start - len(term))
                return


def _walk(string: str, at: int, places: set[int]) -> None:
    """Walk back from an anchor over its numeral, over 至 and the numeral before, over 未来 and 近."""
    floor = max(0, at - _BACK)
    here = _numeral(string, at, floor)
    if here == at:
        return
    places.add(here)
    joint = here - 1 if string[here - 1 : here] == " " else here  # 1995 - 1997年
    if joint > floor and string[joint - 1] in _LINKS:
        link = joint - 1
        while link > floor and string[link - 1] in "-—– ":
            link -= 1
        first = _numeral(string, link, floor)
        if first < link:
            places.add(first)
            here = first
    back = here - 1 if string[here - 1 : here] == " " else here
    if string[back - 1 : back] not in _BEFORE_ENDS:
        return
    for word in _BEFORE:
        if string.startswith(word, back - len(word)) and back >= len(word):
            places.add(back - len(word))
            return
    if string[max(0, back - 3) : back] == "接下来":
        places.add(back - 3)


def _numeral(string: str, end: int, floor: int) -> int:
    """Return where the numeral that ends at an offset starts (with 个, 多, 余 and spaces after it)."""
    at = end
    while at > floor and string[at - 1] in _BETWEEN:
        at -= 1
    start = at
    while start > floor and string[start - 1] in _NUMERALS:
        start -= 1
    return start if start < at else end

"""What may belong to a quantity: its clause on both sides, up to the quantity before and after, and the words there."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from ljnews.facts.amount import measure
from ljnews.facts.amount.phrase import INSIDE, Gap
from ljnews.text.mention import Mention
from ljnews.text.text import Text

BOUNDS = frozenset(",;:。!?\n()【】《》")
_BOUND = re.compile("[,;:。!?\n()【】《》]")
_LEFT, _RIGHT = 30, 18  # characters looked at on each side
_MARGIN = 6  # characters tagged beyond a limit that may cut a word
_BRACKET = 30  # characters of a bracket that is skipped
_BRACKETED = frozenset(("mass", "volume", "count", "person", "household", "area", "length", "power", "money"))
_SIZED = frozenset(("area", "length", "volume", "power", "mass", "other"))
_CLASS = ("级", "的项目", "项目", "以上项目", "重点项目", "工业项目", "产业项目", "企业", "工业企业")


class Sides(NamedTuple):
    """What may belong to a quantity: from `left` to `number` before it, from `resume` up to `right` after it, and the words there.

    `alone`: no other quantity follows.
    """

    left: int
    number: int
    resume: int
    right: int
    alone: bool
    front: Gap
    back: Gap


def bounds_of(text: Text) -> list[int]:
    """Return the offsets of the marks that end a clause, read once for all quantities of a text."""
    return [mark.start() for mark in _BOUND.finditer(text.folded)]


def sides(text: Text, bounds: list[int], quantities: list[Mention], i: int, dates: list[Mention], shared: Gap | None) -> Sides:
    """Bound what may belong to a quantity: its clause, the quantities and the dates beside it; `shared`: the words after the one before."""
    quantity, string = quantities[i], text.folded
    number = quantity.start
    if string[number - 1 : number] == "(" and string[quantity.end : quantity.end + 1] == ")" and quantity.value.kind in _BRACKETED:
        number -= 1  # 污水处理厂(1万吨/天)
    left = _bound_before(string, bounds, number, max(quantities[i - 1].end if i else 0, number - _LEFT))
    if shared is not None and shared.start <= left and shared.end == quantity.start:
        front = shared
    else:
        cut = left > 0 and left == number - _LEFT and string[left - 1] not in BOUNDS
        front = Gap(string, max(quantities[i - 1].end if i else 0, left - _MARGIN) if cut else left, quantity.start)
        left = front.edge(left) if cut else left
    if left > 1 and string[left - 1] == ")" and measure.strip_light(string, left, number) == left:
        # 新签约项目(工业项目、其他项目)161个: the noun stands before the bracket.
        opened = string.rfind("(", max(0, left - _BRACKET), left - 1)
        if opened > 0 and string[opened - 1] not in BOUNDS:
            number = opened
            left = _bound_before(string, bounds, number, max(0, number - _LEFT))
            front = Gap(string, left, number)
    for date in reversed(dates):
        if date.end <= left:
            break
        if string[date.start - 1 : date.start] in ("比", "较", "占"):
            continue  # 比2019年下降, 占全年任务 are one phrase
        if measure.strip_light(string, date.end, number) > date.end:
            left = date.end
            break
        if date.start > left:
            number = date.start  # 里程目前已达: the date is one of the light words
    following, resume = i + 1, quantity.end
    if following < len(quantities) and _is_class(string, resume, quantities[following]):
        resume = quantities[following].end
        resume += string.startswith("级", resume)
        following += 1
    limit = min(len(string), resume + _RIGHT)
    alone = following >= len(quantities) or quantities[following].start > limit
    if not alone:
        limit = quantities[following].start
    right = _bound_after(string, resume, limit)
    end = right if right < limit or not alone else min(len(string), right + _MARGIN)
    return Sides(left, number, resume, right, alone or right < limit, front, Gap(string, quantity.end, end))


def _is_class(string: str, end: int, following: Mention) -> bool:
    """Say whether the quantity that follows an offset is the class of what is counted there."""
    between = string[end : following.start]
    if not between and following.value.kind in ("count", "household") and string[end - 1] not in "个人名岁":
        return True  # 10栋近1500套安置住房
    if between in ("总投资", "投资", "投资超", "总投资超"):
        return following.value.kind == "money" and string.startswith(("的", *_CLASS), following.end)
    bounded = string[following.end - 2 : following.end] in ("以上", "以下") and not between
    level = bounded or following.value.kind in _SIZED or following.value.unit == "层"
    sized = level and "\u4e00" <= string[following.end : following.end + 1] <= "\u9fff"
    return not between and (sized or string.startswith(_CLASS, following.end))


def _bound_before(string: str, bounds: list[int], at: int, floor: int) -> int:
    """Return where the clause before an offset starts, brackets inside a word (开(竣)工) skipped."""
    last = bisect_left(bounds, at) - 1
    while last >= 0 and bounds[last] >= floor:
        inside = _inside(string, bounds[last] + 1)
        if not inside:
            return bounds[last] + 1
        last = bisect_left(bounds, bounds[last] + 1 - inside) - 1
    return floor


def _bound_after(string: str, at: int, limit: int) -> int:
    """Return where the clause after an offset ends."""
    while (bound := _BOUND.search(string, at, limit)) is not None:
        at = bound.start()
        if not INSIDE.match(string, at):
            return at
        at = string.index(")", at) + 1
    return limit


def _inside(string: str, end: int) -> int:
    """Return the length of the brackets inside a word that end at an offset (开(竣)工), 0 for none."""
    at = string.rfind("(", max(0, end - 4), end) if string[end - 1] == ")" else -1
    return end - at if at > 0 and INSIDE.match(string, at) else 0

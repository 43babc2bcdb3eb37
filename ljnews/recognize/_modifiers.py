"""Modifiers of a quantity: 约, 超过, 不低于 before the number, 以上, 左右, 余 after the unit."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader

# 签约10亿元, 通过3项: the last character of another word is no modifier.
_NOT_AFTER = {
    "约": "签节预合违制履邀纽条公契婉相失缔缩",
    "近": "最附临靠接就亲邻相远",
    "过": "通经度走路胜不超难错见去来渡跨",
    "破": "打突",
    "上": "以加赶马晚早会路网线地身向历",
    "超": "赶",
    "逾": "",
}
_PER = re.compile(r"每(?:吨|盎司|桶|公斤|斤|亩|平方米|平米|千瓦时|度|公里|人|户|个|台|套|年|月|天|日|小时|立方米|方|股|份|张|辆|只|头)\Z")
# 最高支持1亿元, 最多可获2000万元: a verb of giving may stand between.
_MOST = re.compile(
    r"最[高多大](?:可|能|可以)?(?:获得?|享受?|补|奖|给予|予以|支持|奖励|补助|补贴|资助|奖补|达到?|为|领取|申请|贷款?|授信|返还|减免|补偿|处以?|罚款?)+\Z"
)
_BARE_ONLY = frozenset("过上破")


class _Terms(NamedTuple):
    """The modifiers of one side: what they say, the longest, and the characters that touch the number or the unit."""

    meaning: dict[str, str]
    longest: int
    touching: frozenset[str]


@cache
def _terms(side: str) -> _Terms:
    entries = loader.load("recognize/lexicon/modifiers").entries.values()
    found = {e.term: e.klass.split(":")[1] for e in entries if e.klass.startswith(side)}
    return _Terms(found, max(map(len, found)), frozenset(t[-1] if side == "before" else t[0] for t in found))


def before(string: str, start: int, floor: int) -> tuple[int, str | None]:
    """Return where the modifier before a number starts and what it says.

    >>> before("总投资约为3亿元", 5, 0)
    (3, 'about')
    """
    terms = _terms("before")
    edge = start
    while edge > floor and string[edge - 1] == " ":
        edge -= 1
    near = string[max(floor, edge - 10) : edge]
    per = _PER.search(string, max(floor, edge - 6), edge) if "每" in near else None
    if per:
        # 突破每盎司5500美元: the modifier stands before the denominator.
        edge = per.start()
    most = _MOST.search(string, max(floor, edge - 10), edge) if "最" in near else None
    if most:
        return (most.start() if not per else start), "at_most"
    if string[edge - 1 : edge] not in terms.touching or edge <= floor:
        return start, None
    for length in range(min(terms.longest, edge - floor), 0, -1):
        term = string[edge - length : edge]
        if term in terms.meaning:
            previous = string[edge - length - 1 : edge - length] if edge > length else ""
            if previous and previous in _NOT_AFTER.get(term, ""):
                continue
            if term in _BARE_ONLY and not _round(string, start):
                continue
            return (start if per else edge - length), terms.meaning[term]
    return start, None


def _round(string: str, start: int) -> bool:
    """过百亿, 上千家, 破万: these take round numbers only."""
    return string[start : start + 1] in ("百", "千", "万", "亿", "半")


def after(string: str, end: int) -> tuple[int, str | None]:
    """Return where the modifier after a unit ends and what it says."""
    terms = _terms("after")
    edge = end
    while string[edge : edge + 1] == " ":
        edge += 1
    if string[edge : edge + 1] not in terms.touching:
        return end, None
    for length in range(terms.longest, 0, -1):
        term = string[edge : edge + length]
        if len(term) == length and term in terms.meaning and not _continues(string, edge, term):
            return edge + length, terms.meaning[term]
    return end, None


def _continues(string: str, edge: int, term: str) -> bool:
    """余, 多, 起步 directly after a unit start other words too (多家, 余下, 多晶硅, 起步区)."""
    if term == "起步":
        return string[edge + 2 : edge + 3] in tuple("区园阶示")
    if term in ("余", "多"):
        return string[edge + 1 : edge + 2] in tuple("下地种家名个项年元方样数少层级功晶媒维彩边孔用糖酚肽汁金肉头式")
    return term == "许" and string[edge + 1 : edge + 2] in tuple("可多诺昌")

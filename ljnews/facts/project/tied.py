"""Characters that end no name although they look like edges: what ties two places, two numbers, or stands inside a firm's or a place's name."""

from __future__ import annotations

import re

from ljnews.text.text import Text

NUMERALS = frozenset("0123456789一二三四五六七八九十")
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]{1,3}(?:、[\d一二三四五六七八九十]{1,3}){0,6}(?:号|#)")
# 青岚向白沙镇供水工程
_TOWARDS = re.compile(
    r"(向)(?<=[\u4e00-\u9fff]{2}.)(?<![府司局部委员心民方致面上].)[\u4e00-\u9fff]{2,7}?(?:应急)?(?:供水|调水|输水|引水|补水|供热|供气|输电|送电|输气)(?:管道|管线|线路)?(?:工程|项目)"
)

# “夜花—六桥通村公路: two villages that no list knows
_ROAD_BETWEEN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}(—)(?!—)[\u4e00-\u9fff]{2,8}?(?:公路|高速|铁路|高铁|快速路|管道|航道)")
_JOINS = frozenset("和与及都正将至")  # 兴和, 昌都, 正阳


def tied(text: Text) -> frozenset[int]:
    """Return the characters that end no name: inside a firm or a place with 和, and where a dash or 向 ties two places."""
    firms = [m for m in text.of("organization") if "和" in text.folded[m.start : m.end] and m.value.klass == "company"]
    places = [m for m in text.of("place") if not _JOINS.isdisjoint(text.folded[m.start : m.end])]
    inside = frozenset(at for m in (*firms, *places) for at in range(m.start, m.end))
    return inside | _dashed(text)


def _dashed(text: Text) -> frozenset[int]:
    """Return where a dash or 向 ties two places: 云州—长春天然气管道项目, 青岚向白沙镇供水工程."""
    folded = text.folded
    if "—" not in folded:
        return frozenset(m.start(1) for m in _TOWARDS.finditer(folded)) if "向" in folded else frozenset()
    towards = [m.start(1) for m in (*_TOWARDS.finditer(folded), *_ROAD_BETWEEN.finditer(folded))]
    places = text.of("place")
    starts = {m.start for m in places}
    return frozenset([m.end for m in places if folded[m.end : m.end + 1] == "—" and m.end + 1 in starts] + towards)


def numbers_tied(folded: str, at: int) -> bool:
    """Say whether a 、 stands between the numbers of one name, or between 中 and 小学: 1、2号码头, 第四、第五幼儿园."""
    before, after = folded[at - 1], folded[at + 1 : at + 2]
    if before not in NUMERALS:
        return before == "中" and folded.startswith("小学", at + 1) and folded[at - 2] not in NUMERALS  # 家园中、小学项目
    if after == "第":
        return folded[at - 2] == "第"
    return after in NUMERALS and after.isdigit() == before.isdigit() and _NUMBERED.match(folded, at + 1) is not None

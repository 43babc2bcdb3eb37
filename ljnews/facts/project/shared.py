"""What the last item of a list shares with those before it: «徒骇河、马颊河治理工程», «潘庄、李家岸灌区改造», «老木孔、东风岩、龙溪口4级航电枢纽»."""

from __future__ import annotations

import re

from ljnews.facts.project.specific import heads_in, residue
from ljnews.text.text import Span, Text

_TYPES = frozenset("河江湖溪库渠路街桥村镇乡县区站岭山沟塘港岛湾峡川圩垸坝")
# A reservoir is called after a landmark: 蒜地沟、八楞湾水库.
_LANDMARKS = frozenset("沟岭湾山坝坪坡塘岛沱")
_RESERVOIRS = ("水库", "水电站", "电站")
_WORKS = frozenset(("work", "item", "ext"))
_NAMED = frozenset(("road", "water", "port"))
_COUNT = re.compile(r"(?<![A-Z])[\d一二三四五六七八九十两]{1,2}[级座条个处所]$")
_GRADE = re.compile(r"[A-Z]\d?级$")
# «金山湖、古运河、虹桥港初期雨水调蓄工程»: waters of different kinds share the works; not 某河大桥, 某湖路.
_RIVER = re.compile(r"[\u4e00-\u9fff]{1,5}?[河江湖溪渠沟塘港涌浜](?=[\u4e00-\u9fff]{2,14}(?:工程|项目)$)(?![大路东西南北新流沿两桥])")
_A_RIVER = re.compile(r"[\u4e00-\u9fff]{1,5}[河江湖溪渠沟塘港涌浜]")
_FROM_TO = re.compile(r"[\u4e00-\u9fff]{2,5}至[\u4e00-\u9fff]{2,6}")
INSTITUTION = ("院", "学", "校", "幼儿园", "馆", "所", "高中", "初中")  # what moves to a new campus: 川北医学院、某师范大学新校区
CODE = re.compile(r"[GSX]\d{2,4}线?")
_BARE = re.compile(r"[\u4e00-\u9fff]{2,6}")


def tail_for(item: str, last: str) -> str:
    """Return what an item shares with the last one of its list, "" for nothing.

    >>> tail_for("徒骇河", "马颊河治理工程"), tail_for("老木孔", "龙溪口4级航电枢纽"), tail_for("白沙水库", "梅溪大桥")
    ('治理工程', '航电枢纽', '')
    """
    heads = heads_in(last)
    if CODE.fullmatch(item) and (coded := CODE.match(last)) and heads:
        return last[coded.end() :]  # G206、S332|一级公路
    if heads and heads[-1][2] == "road" and _FROM_TO.fullmatch(item) and _FROM_TO.fullmatch(last, 0, heads[-1][0]):
        return last[heads[-1][0] :]  # 甲至乙、甲至丙|高速公路
    if not heads or heads[-1][1] != len(last):
        return ""
    own = heads_in(item)
    if any(klass in _WORKS for _, _, klass in own):
        return ""
    river = _RIVER.match(last)
    if river and all(klass == "water" for _, _, klass in own) and _A_RIVER.fullmatch(item) and len(last) - river.end() >= 4:
        return last[river.end() :]
    works = next((i for i, h in enumerate(heads) if h[2] in _WORKS), len(heads))
    if works < len(heads) and heads[works][0] > 0 and last[heads[works][0] :] != last:
        start = heads[works][0]
        before = heads[works - 1] if works and heads[works - 1][1] == start else None
        alike = own and own[-1][1] == len(item) and item.endswith(INSTITUTION) and before is not None and own[-1][2] == before[2] == "civic"
        if not any(klass == "work" for _, _, klass in heads[works:]):
            return ""  # 甲电站、乙污水处理厂二期工程
        if alike or (not own and before is None and item[-1] in _TYPES and item[-1] == last[start - 1]) or _same_type(item, last, start):
            return last[start:]
    first = heads[-1] if all(h[2] in _NAMED for h in heads) else heads[0]  # 石桥|水库
    prefix = _COUNT.sub("", last[: first[0]])
    grade = _GRADE.search(prefix)  # 白沙、柳塘|A1级通用机场
    prefix = prefix[: grade.start()] if grade else prefix
    if (
        first[2] in _NAMED
        and not own
        and _BARE.fullmatch(item)
        and 2 <= len(prefix) <= 4
        and (item[-1] not in _TYPES or (item[-1] in _LANDMARKS and last[first[0] :].startswith(_RESERVOIRS)))
        and residue(item) >= len(item) - 1
    ):
        return last[grade.start() if grade else first[0] :]
    return ""


def _same_type(item: str, last: str, start: int) -> bool:
    """Say whether an item ends in the kind of place that stands before the works: 徒骇河, 马颊河|治理."""
    return item[-1] in _TYPES and item[-1] == last[start - 1] and 2 <= len(item) <= 6


def county_tails(text: Text, items: list[Span], last: Span) -> list[str]:
    """Return what each county shares with the last one: «郸城、鹿邑、沈丘县污水处理厂» → 县污水处理厂 for each; nothing where an item is no county."""
    folded = text.folded
    own = next((m for m in text.within("place", *last) if m.start == last[0] and folded[m.end - 1] in "县市区旗"), None)
    if own is None or last[1] - own.end < 3:
        return []
    names = [folded[start:end] for start, end in items]
    known = [any(m.start == start and m.end == end for m in text.within("place", start, end)) for start, end in items]
    if sum(known) * 2 < len(names) or not all(k or (len(n) == 2 and _BARE.fullmatch(n)) for n, k in zip(names, known, strict=True)):
        return []
    kind, rest = folded[own.end - 1], text.string[own.end : last[1]]
    return [rest if name[-1] in "县市区旗" else kind + rest for name in names]

"""What the names of one list lend one another: the class that closes it, the works of the last name, its new campus."""

from __future__ import annotations

import re
from itertools import pairwise

from ljnews.facts.project.names import Name
from ljnews.facts.project.shared import CODE, INSTITUTION, tail_for
from ljnews.facts.project.specific import heads_in
from ljnews.text.text import Text

ROADS = ("高速公路", "铁路", "公路")
_A_ROAD = re.compile(r"高速|[路线环段铁桥改](?:\([^)]*\))?$|支线|联络|工程$|项目$")
_LEVELS = re.compile(r"(?<=[\u4e00-\u9fff])\d级(?=[\u4e00-\u9fff])")


def called(tail: str, names: list[Name]) -> list[Name]:
    """Give the items without a head what the list calls them: 云平、云江2条高速公路 → 云平高速公路; 云平和白沙县两个水厂 → 云平县水厂."""
    kind = names[-1].text[-1] if names[-1].text[-1] in "县市区旗镇乡" else ""
    works = heads_in(tail)[-1:] and heads_in(tail)[-1][2] == "item" and len(tail) > 2  # 白沙、石桥2处供水工程
    for name in names:
        if tail in ROADS:
            called_so = bool(_A_ROAD.search(name.text))
        else:
            called_so = (headed(name.text) and not (works and heads_in(name.text)[-1][2] in ("road", "water"))) or name.text[-1] == tail[-1]
        called_so = called_so or (tail == "煤矿" and len(name.text) > 3)  # 金晖凯川 is a mine's whole name
        if not called_so:
            lacks = kind if len(name.text) == 2 and name.text[-1] not in "县市区旗镇乡" else ""
            name.text, name.rule = name.text + lacks + tail, "project.shared"
    return names


_LINES = re.compile(r"\A(?P<what>.{0,40}?(?:轨道交通|地铁|轻轨))(?P<numbers>\d{1,2}(?:[、和及]\d{1,2}){1,6})(?P<rest>号线.*)")


def lines(name: Name) -> list[Name]:
    """Return the lines that one name counts up, each by itself: 轨道交通3、4、6号线."""
    match = _LINES.fullmatch(name.text) if "号线" in name.text else None
    if match is None or len(name.text) != name.end - name.start:
        return [name]
    found: list[Name] = []
    for number in re.finditer(r"\d{1,2}", match["numbers"]):
        start, end = (name.start + match.start("numbers") + at for at in number.span())
        start = start if found else name.start
        end = name.end if number.end() == len(match["numbers"]) else end
        found.append(Name(start, end, match["what"] + number.group() + match["rest"], name.klass, "project.shared", name.listed))
    return found


def headed(string: str) -> bool:
    """Say whether an item ends in a head word."""
    heads = heads_in(string)
    return bool(heads) and heads[-1][1] == len(string)


def tailed(names: list[Name]) -> list[Name]:
    """Give the names what they share with the last one: 徒骇河、马颊河治理工程."""
    for name, after in pairwise(names):
        if CODE.fullmatch(name.text) and (tail := tail_for(name.text, after.text)):
            name.text, name.rule = name.text + tail, "project.shared"
    tails = [tail_for(name.text, names[-1].text) for name in names[:-1]]
    if all(tails):
        for name, tail in zip(names, tails, strict=False):
            name.text, name.rule = name.text + tail, "project.shared"
        if tails and (count := _LEVELS.search(names[-1].text)):
            names[-1].text = names[-1].text[: count.start()] + names[-1].text[count.end() :]
    return names


def moved(text: Text, names: list[Name]) -> list[Name]:
    """«川北医学院、西华师范大学新校区建设»: the last name's second head goes to the bare institutions before it."""
    heads = heads_in(text.folded[names[-1].start : names[-1].end])
    tail = next(
        (
            b
            for a, b in pairwise(heads)
            if a[2] == "civic" and a[1] == b[0] and names[-1].text[a[0] : a[1]].endswith(INSTITUTION) and b[2] in ("civic", "work", "ext")
        ),
        None,
    )
    if tail is None:
        return names
    if any(name.rule == "project.shared" or any(h[2] in ("work", "ext") for h in heads_in(name.text)) for name in names[:-1]):
        return names  # 中医院迁建、妇计中心、某卫生院扩建: each has its own
    for name in names[:-1]:
        own = heads_in(text.folded[name.start : name.end])
        if len(own) == 1 and own[0][1] == name.end - name.start and name.text.endswith(INSTITUTION):
            name.text, name.rule = name.text + names[-1].text[tail[0] :], "project.shared"
    return names

"""Lists that the words before them call projects: «开工项目有6个,包括甲、乙», «具体为:甲、乙»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ljnews.facts.project.items import N, commas, semicolons
from ljnews.facts.project.specific import residue
from ljnews.text.text import Span, Text

_CUE = re.compile(
    r"分别为|分别是|分别有|具体为|具体是|具体有|包括|包含|还有|有(?![力效序关利所望助机])|为|是|即|[例比]?如(?![期下何此今果]|意)|:|\("
)
_CLASS = r"(?:开工|竣工|续建|签约|在建|重点|重大|类|这些|这批|主要|新建|改扩建|改建|扩建|集中|投产|投用|拟建|储备|前期|实施|建设|观摩|启动|推进|落地|完工|开竣工|申报|入选|以下|在谈|洽谈|其他|其余|另外)的?(?:[^,。;:、\n的有]{2,4}(?=项目))?"  # noqa: E501
# What the words before the cue must end with, for the list to be of projects.
_BEFORE = re.compile(
    rf"(?:{_CLASS}(?:项目|工程|高速公路|公路|道路|桥梁|学校|水库)|(?:项目|工程)(?:共计?|有|为|达|共有)?{N}[个项条座所]|类{N}[个项]|{N}[个项条座所]{{1,2}}(?:[^,。;:、\n]{{0,12}})(?:项目|工程|高速公路|高速|公路|枢纽|航道|通道|学校|铁路|道路|路)(?:[开竣动完]工|投产|签约|落地|投用|完成)?|{N}个分(?:现场|会场)|(?:一批|{N}[个项条座所])(?:新建|续建)?(?:学校|公园|道路|桥梁|医院|水库|工程|项目)[^,。;:、\n]{{0,5}}(?:[开动]工|建成|竣工|完工|投用|投入使用|交付|启用|通车|开建|实施)[^,。;:、\n]{{0,4}}。"
    rf"|(?:新建|改扩建|扩建|改建|迁建|续建)(?:\([^()]{{1,4}}\))?(?:小学|中学|幼儿园|学校|医院|公园|道路|公路|桥梁|水库|泵站)(?:共有?|有)?{N}[个所条座处])"
    r"(?:,?[^,。;:、]{0,8}投资(?:额|约|达)*[\d.]{1,8}[万亿]?元){0,2}(?:名称|建设)?(?:[,(]?(?:其中|主要|具体|分别|则|还|还将)?|。(?:这?其中|具体))$"
)
# «…12个项目集中开工,涉及交通、水利等领域。分别是甲项目、乙项目»
_FAR = re.compile(rf"{N}余?[个项条座所][^。;\n]{{0,16}}(?:项目|工程)[^\n]{{0,80}}[。,]$")
_ONE_WORKS = re.compile(r"([^,。;:、!?\n\d]{2,20})(?:建设|改造|扩建|改扩建|新建|迁建)(?:项目|工程)$")
_FAR_CUES = frozenset(("分别为", "分别是", "具体为", "具体是"))
_TWO = re.compile(r"(?:2|两)[个项条座所处][^\d,。]{0,8},?(?:分别)?$")
_JOINT = re.compile(r"以及|[和及与]")
_NUMBERED = re.compile(r"[“\"]{1}[一二三四五六七八九十]{1,2}[\u4e00-\u9fff]{1,3}[一二三四五六七八九十]{1,2}[\u4e00-\u9fff]{1,3}[”\"][,(]$")
_PLAIN_CUES = frozenset(("有", "为", "是", "即", ":"))
_COUNTED = re.compile(rf"(?:项目|工程){N}[个项]$")  # 续建项目4个(甲、乙、丙、丁)
_STOP = re.compile(r"[。!?;…]|(?<![、:])\n")
_END = re.compile(r"等(?=[,。;)\n]|\d|[一-十两多几]{1,2}[个项条]|重|项|工|一批|(?:国家|[省市县区])级|[^,。;:、\n]{0,8}(?:项目|工程))|,|:")
_NESTED = re.compile(r"等\d{1,3}[个座条所][^,。;、\n]{1,10}、")  # 某村等3个村子建设、…
_HINGES = tuple("项工类个条座所,(中体别要共学场目程")  # what stands before a plain cue


@dataclass(slots=True)
class Region:
    """A list's body, and the rule that found it."""

    start: int
    end: int
    rule: str
    sure: bool = True  # counted or introduced: generic items are names too
    tail: str = ""  # what the list calls its items: 高速公路
    works: bool = False  # «…等工程», not counted: may be the works of one project
    items: list[Span] | None = None  # where the rule found them itself
    marks: str = "、"  # what parts the items


def introduced(text: Text) -> Iterator[Region]:
    """«此次开工的项目有6个,包括甲、乙»: the list behind the cue."""
    folded = text.folded
    for match in _CUE.finditer(folded):
        start, cue = match.end(), match.group()
        if cue == "(" and not _COUNTED.search(folded, max(0, start - 12), start - 1):
            continue
        comma = folded.find("、", start, start + 60)
        plain = cue in _PLAIN_CUES and not folded.startswith(_HINGES, max(0, match.start() - 1))
        spans = (
            semicolons(folded, start + 1)
            if cue != ":" and folded.startswith(":", start)
            else semicolons(folded, start)
            if cue == ":"
            else []
        )
        plain = plain or (cue in ("是", "为") and folded[match.start() - 1] == ",")  # …民生项目,是集文化、商务于一体的综合体
        if plain or (comma < 0 and cue not in ("即", "分别为", "分别是", "包括") and not spans and folded.find(",", start, start + 60) < 0):
            continue
        before = folded[max(0, match.start() - 60) : match.start()]
        one = _ONE_WORKS.search(before) if cue == ":" else None
        if one is not None and residue(one.group(1)) >= 2:
            continue  # 印象广场建设项目:结构、排水沟已完成
        if not (_BEFORE.search(before) or (cue == "即" and _NUMBERED.search(before)) or (cue in _FAR_CUES and _from_afar(folded, match))):
            continue
        if folded[start : start + 1] == ":":
            start += 1
        spans = spans or commas(folded, start)
        if spans:
            yield Region(start, spans[-1][1], "project.introduced", items=spans)
            continue
        stop = _STOP.search(folded, start, start + 1200)
        end = stop.start() if stop else min(len(folded), start + 1200)
        end = _body_end(folded, start, end)
        if pair := _pair(folded, before, start, end):
            yield Region(start, end, "project.introduced", items=pair)
            continue
        paired = cue in ("分别为", "分别是") and "和" in folded[start + 2 : end] and end - start < 50
        if paired or folded.find("、", start, end) >= 0 or (cue == "即" and folded[match.start() - 1] == "(" and end - start < 40):
            yield Region(start, end, "project.introduced")


def _from_afar(folded: str, match: re.Match[str]) -> bool:
    """Say whether the projects that a list names were counted a clause or a sentence before, and its items say that they are projects."""
    before = match.start() - 1
    if before < 0 or folded[before] not in "。,\n" or not _FAR.search(folded, max(0, before - 110), before + 1):
        return False
    stop = _STOP.search(folded, match.end() + 1)
    body = folded[match.end() : stop.start() if stop else len(folded)]
    return body.count("项目") + body.count("工程") > 1


def _pair(folded: str, before: str, start: int, end: int) -> list[Span]:
    """«续建道路有2条,包括甲路及乙路»: the two names; «还包括甲以及乙和丙»: the names; nothing for any other body."""
    joints = [m.span() for m in _JOINT.finditer(folded, start, end)]
    if not joints or folded.find("、", start, end) >= 0 or end - start > 60:
        return []
    two = len(joints) == 1 and _TWO.search(before) is not None
    if not two and not (before.endswith("还") and folded.find("以及", start, end) > 0):
        return []
    starts = [start, *(b for _, b in joints)]
    ends = [*(a for a, _ in joints), end]
    return list(zip(starts, ends, strict=True))


def _body_end(folded: str, start: int, end: int) -> int:
    """Return where the body of an introduced list ends: at 等, a comma or a closing bracket outside brackets."""
    depth = 0
    for at in range(start, end):
        char = folded[at]
        if char in "(“":
            depth += 1
        elif char in ")”":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and char in ",:等" and _END.match(folded, at) and not _NESTED.match(folded, at):
            return at
    return end

"""Firms that are named in place of their projects: «明兴新材料有限公司位于青岚工业园,计划总投资1.6亿元,一期已投产».

Reports on what was invested in often name the firm and go on with the cost, as of a project. So a firm that opens its sentence stands for its project
where the cost follows, in the same sentence or as the subject of the next one, and nothing else is built with the money: not «某公司拟投资50亿元建设某园».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.names import Name
from ljnews.text.text import Span, Text

_FIRM = r"[\u4e00-\u9fffA-Za-z()]{2,26}?(?:有限责任公司|股份有限公司|有限公司)(?:\((?:以下)?简称[:“\"]*[\u4e00-\u9fff]{2,8}[”\"]*\))?"
# What a firm's sentence says of it before the cost: 位于某园, 占地300亩, 是县重点招商企业, 于2021年落户, 成立于2019年.
_SAID = (
    r"(?:(?:项目)?(?:位于|坐落于|坐落在|地处|落户于?|占地|总占地|规划占地|总?建筑面积|成立于|始建于|注册于|注册资[本金]|于|自|[12]\d{3}年|去年|今年"
    r"|是(?!由)|系|作为|主要(?:从事|生产|经营)|由(?!于))"
    r"[^,。;\n]{1,36},){0,3}"
)
_COST = (
    r"(?:项目|企业|公司|该项目|计划|一期|规划|概算|预计|固定资产)*(?:总投资|投资总额|计划投资|协议投资)"
    r"(?:额|规模|约|近|达|超|为|逾|人民币)*[\d.]{1,8}余?[万亿]{1,2}(?:美|欧)?元"
)
_STANDS = re.compile(rf"(?P<firm>{_FIRM}),?{_SAID}{_COST}(?P<after>[^。;\n]{{0,16}})")
_NEXT = re.compile(
    rf"(?P<firm>{_FIRM}),?(?:项目)?(?:位于|坐落于|地处|落户|占地)[^。;\n]{{2,60}}。(?:该?项目|该公司|公司|该企业|企业)?{_COST}(?P<after>[^。;\n]{{0,16}})"
)
# With the money something else is built: the firm only pays.
_BUILDS = re.compile(
    r"的|,?(?:在[^,。;\n]{2,12})?(?:用于|拟|计划|将|主要|分[两二三]期)?(?:建设|新建|兴建|修建|打造|建成|实施|扩建|上马|建)"
    r"(?![^,。;\n]{0,4}(?:期|周期|工期|规模|内容|用地|面积|有|了?厂房|了?标准))"
)
_NO_FIRM = re.compile(
    r"^[^\u4e00-\u9fff]|^(?:该|本|我|由|与|和|及|对|向|从|在|到|据|是|为|将|把|让|给|使|经|按|以|即|引进|投资|项目|记者|目前|其中|截至|的)"
    r"|[的了在是为将把对由从]|建设投资|投资(?:集团|控股|发展)|银行|施工|监理|设计"
)
# «明兴体育是省级重点项目之一,总投资10.8亿元», short for 明兴体育用品有限公司
_IS_ONE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{3,8}}?)(?:项目)?(?:也?是|系|作为)[^,。;\n]{{0,18}}(?:重点|重大|招商引资|招商|龙头|签约|投资|引进)[^,。;\n]{{0,6}}项目(?:之一)?"
    rf"[,。;](?:[^。;\n]{{0,40}},)?{_COST}"
)
_OPENS = "。;!?\n\r ,:、”"


def standing(text: Text, settled: list[Span]) -> Iterator[Name]:
    """Yield the firms that stand for their projects, outside what is settled already."""
    folded = text.folded
    if "有限" not in folded or "投资" not in folded:
        return
    for pattern in (_STANDS, _NEXT):
        for match in _found(pattern, text):
            start, end = match.span("firm")
            end = start + len(_bare(match["firm"]))
            if _BUILDS.match(match["after"]) or _NO_FIRM.search(folded[start:end]):
                text.refuse("project.firm", start, end, "the firm pays for something else, or is no name")
                continue
            if any(s < match.end() and start < e for s, e in settled):
                text.refuse("project.firm", start, end, "a project is named beside it")
                continue
            yield Name(start, end, text.string[start:end], "list", "project.firm")


def shortened(text: Text, settled: list[Span]) -> Iterator[Name]:
    """Yield firms called by a short form that the text says is a project, with the full names that the text has of them."""
    folded = text.folded
    at = folded.find("项目")
    last = -1
    while at >= 0:
        start = text.sentence_at(at)[0]
        start += len(folded[start:at]) - len(folded[start:at].lstrip())
        match = _IS_ONE.match(folded, start, min(len(folded), start + 160)) if start > last else None
        last = max(last, start)
        if match and not any(s < match.end() and match.start() < e for s, e in settled):
            name = match["name"]
            full = re.search(re.escape(name) + r"[\u4e00-\u9fff()]{0,10}?(?:有限责任公司|股份有限公司|有限公司)", folded)
            if full and not any(s < full.end() and full.start() < e for s, e in settled):
                yield Name(*full.span(), text.string[slice(*full.span())], "list", "project.firm")
                yield Name(start, start + len(name), text.string[start : start + len(name)], "list", "project.firm")
        at = folded.find("项目", at + 2)


def _bare(firm: str) -> str:
    """Return a firm's name without the bracket that abbreviates it."""
    at = max(firm.find("(以下"), firm.find("(简称"))
    return firm[:at] if at > 0 else firm


def _found(pattern: re.Pattern[str], text: Text) -> Iterator[re.Match[str]]:
    """Yield the matches that open a sentence or a clause of one, by the literal 有限."""
    folded, last = text.folded, -1
    at = folded.find("有限")
    while at >= 0:
        start = text.clause_at(at)[0]
        start += len(folded[start:at]) - len(folded[start:at].lstrip())
        if start > last and folded[start - 1 : start] in ("", *_OPENS):
            match = pattern.match(folded, start, min(len(folded), start + 200))
            if match and at < match.end("firm"):
                last = match.end()
                yield match
        at = folded.find("有限", at + 2)

"""Whether a statement has a subject of its own that is no named project: «甲已投产;铁路货场已完成投资300万元»."""

from __future__ import annotations

import re

from ljnews.facts.project.specific import residue
from ljnews.text.text import Span, Text

# «;铁路货场已完成投资300万元», «环保装备产业园2021年开工»: what a sentence or its part between semicolons opens with, before its predicate.
_OPENS = re.compile(
    r"\s{0,4}+(?:(?:目前|此外|另外|同时|截至目前|其中|据悉|据了解|作为[^,。;]{2,24}|近日|日前),?)?(?P<what>[^,。;:、!?\n“”()的\d]{2,12}?)(?:项目|工程|建设)?"
    r"(?=,?[已正将目现也均全累计预今去2总概由位坐占完建投新主基规开竣顺进于扩改])(?=,?(?:已|正在|将|目前|现|也已|均|全部|累计|计划|预计|预期|今年|去年|20\d\d年|总(?=投|建|用|占|面|规|长|造)|概算|由|位于|坐落|占地|完成|建成|投资|新建|主体|基础|规划|开工|竣工|投产|顺利|全面|全线|进入|于|扩建|改建|改扩建))"
)
_THINGS = re.compile(
    r"(?:公司|集团|产业园|工业园|物流园|科技园|园区|货场|医院|小学|中学|学校|幼儿园|学院|交流中心|公路|高速|铁路|机场|水库|电站|水厂|污水处理厂|体育馆|填埋场|冶炼炉)$"
)
_NO_SUBJECT = re.compile(
    r"该|此|本|其|整|项目|工程|[一二三四首]期|主体|建成|投产|达产|年|新|工人|记者|建设|施工|现场|总|第|全|我|这|两|为|在|从|自|随着|据|按|通过|目前|截|到|由|共|届时|力争|确保|不|可|已|正|将|占|土建|厂房|设备|基础|配套|前期|征地"
)


def elsewhere(text: Text, project: str, name: Span, offset: int, *, figure: bool = False) -> bool:
    """Say whether the sentence of a statement, or its part between semicolons, opens with another thing than the project that was named before it.

    A `figure` behind a semicolon is another's wherever the words before its predicate share nothing with the project.
    """
    folded, start = text.folded, text.sentence_at(offset)[0]
    part = folded.rfind(";", start, offset) + 1
    start = max(start, part)
    match = _OPENS.match(folded, start, offset + 4) if name[1] <= start else None
    if match is None:
        return False
    what = match["what"]
    if len(what) < 4 or _NO_SUBJECT.match(what):
        return False
    thing = _THINGS.search(what)
    if not thing and not (figure and part == start and folded[match.end()] != "由" and residue(what) >= 2):
        return False
    own = what[: thing.start()] if thing and thing.start() >= 2 else what
    akin = any(own[k : k + 2] in project and residue(own[k : k + 2]) for k in range(len(own) - 1))
    return not akin and folded.find(what[:4], max(0, name[0] - 240), start) < 0

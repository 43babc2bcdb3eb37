"""Names that the text has elsewhere than as subject or object of building: in a paper's title, or behind 对.

«签订《明兴锂电池产业园项目投资合作协议》», «《青岚水库工程可行性研究报告》获批», «对石桥自流渠进行了全面维修改造».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.names import Name
from ljnews.facts.project.span import CLASS_WORDS
from ljnews.facts.project.specific import generic, heads_in, residue
from ljnews.text.text import Span, Text

_TITLE = re.compile(
    r"《(?:关于(?:印发|报送|审批|下达)?)?(?P<name>[^《》,。;\n]{4,50}?(?:项目|工程)(?:\([一二三四五]期\))?)(?P<rest>[^《》。;\n]{2,36})》"
)
_PAPER = re.compile(
    r"(?:规划|报告书?|报告表|方案|初步设计|设计|协议书?|合同书?|建议书|框架|备忘录|批复|评估|可研|环评|许可证|通知书)(?:\([^()]{1,8}\))?$"
)
_NO_PAPER = re.compile(
    r"^(?:管理|招标|招投标|进展|建设管理|审批|申报|资金|清单|名录|汇报|计划|库|指南|指引|条例|办法|规定|评价|验收办法|质量|安全)"
)
_CLASS = re.compile(
    r"\d{4}年|第[一二三四五六七八九十\d]+[次批]|[省市县区]级?重[点大]|重[点大](?:建设)?(?:项目|工程)$|若干|系列|各类|等项目$|亿元以上"
)
# «争取资金110万元,对石桥自流渠进行了全面维修改造»: what is renewed
_RENEWED = re.compile(
    r"(?<![\u4e00-\u9fff]{2}[相应面针])对(?P<name>[\u4e00-\u9fffA-Z0-9“”()]{3,18}?)(?:实施|进行|启动)了?"
    r"(?:全面|整体|彻底|系统|升级|提档|高标准|全方位|综合|重新|抢险|应急|整体性|大规模)*(?:的)?"
    r"(?:维修|改造|改建|扩建|改扩建|重建|加固|除险|修缮|整修|疏浚|整治|治理)"
)
_NO_THING = re.compile(
    r"[的了该其各全我本这等些]|老旧|破损|危[房桥旧]|病险|损[坏毁]|沿线|部分|现有|原有|辖区|农村|城区|村[内里]|境内|小区$|[、和及与]|道路$|[厕户]"
)
_MONEY = re.compile(r"(?:投资|投入|资金|筹资|争取|耗资|斥资|总投)[^,。;\n]{0,10}?\d")
_HEADS = frozenset(("water", "road", "civic", "park", "port", "plant", "housing"))


def titled(text: Text, settled: list[Span]) -> Iterator[Name]:
    """Yield the projects that papers are about, by their titles."""
    if "《" not in text.folded:
        return
    for match in _TITLE.finditer(text.folded):
        start, end = match.span("name")
        modifier = re.sub(r"(?:建设)?(?:项目|工程)(?:\(..\))?$", "", match["name"])
        if not _PAPER.search(match["rest"]) or _NO_PAPER.match(match["rest"]) or _CLASS.search(match["name"]):
            continue
        if (
            generic(modifier)
            or modifier.endswith(CLASS_WORDS)
            or residue(modifier) < 2
            or match["name"].count("“") != match["name"].count("”")
        ):
            text.refuse("project.titled", start, end, "a class")
        elif not any(s < end and start < e for s, e in settled):
            yield Name(start, end, text.string[start:end], "item", "project.titled")


def renewed(text: Text, settled: list[Span]) -> Iterator[Name]:
    """Yield the works, roads, houses that 对……进行改造 says are renewed, where the sentence gives the money."""
    if "对" not in text.folded:
        return
    for match in _RENEWED.finditer(text.folded):
        start, end = match.span("name")
        name = match["name"]
        tail = _thing(name)
        if not tail or _NO_THING.search(name) or residue(name[:-tail]) < 2:
            continue
        if not _MONEY.search(text.folded, *text.sentence_at(start)):
            text.refuse("project.renewed", start, end, "no money is told of")
        elif not any(s < end and start < e for s, e in settled):
            yield Name(start, end, text.string[start:end], "water", "project.renewed")


def _thing(name: str) -> int:
    """Return the length of the head word that a thing's name ends with, 0 where it ends with none."""
    heads = heads_in(name)
    if heads and heads[-1][1] == len(name) and heads[-1][2] in _HEADS:
        return heads[-1][1] - heads[-1][0]
    return 2 if len(name) >= 5 and name.endswith(("渠", "堰", "塘", "闸")) else 0

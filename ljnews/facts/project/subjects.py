"""Firms and works that stand for their projects as subjects of progress: «明兴陶瓷、绿源有机肥已竣工投产», «衡安机械装备制造完成主体工程».

No head word says that they are projects; the predicate does. So the predicate must be one that only a thing under construction has, the clause must be
nothing but names and predicate, and the names must look like names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ljnews.facts.project.names import Name
from ljnews.facts.project.specific import FIRM, generic, heads_in, opening, residue, tagged
from ljnews.text.text import Span, Text

FIRST = 2_000_000  # ordinals of these lists
_ANCHOR = re.compile(
    r"投产|动工|开工建设|竣工|封顶|调试|试生产|落户|正在洽谈|正在修建|完成(?:主体|投资|\d|设备|场平|桩基|土方|厂房)|主体(?:结构|工程)?(?:基本|已|全面)?(?:建成|完工|完成)"
)
_ADVERBS = re.compile(
    r"(?:也|都|均|已经|已|正在|正|即将|全面|顺利|相继|先后|陆续|全部|部分|基本|现已|目前|建成|破土|签约|竣工|设备|安装|进行|主体|结构|工程|将于|预计|计划|年内|今年|明年|力争|争取|有望|拟|可望|实现|确保)*$"
)
_PART = re.compile(r"(?:第?[一二三四五六七八九十\d]{1,3}(?:栋|号|幢))?(?:办公楼|研发楼|综合楼|宿舍楼|厂房|车间|标准厂房|生产线|主厂房)$")
_NOT = re.compile(
    r"有(?![机色])|[的了在是为将把对等被由从到我该全其各均年月日%,\d]|公司$|集团$|企业$|[县市区镇乡村局委办部厅处院校]$|园区$|开发区$|项目|工程|生产$|基地$|产业$|产品$|机组|任务|工作|群众|干部|工人|人员|技术|建设$|装备$|收入$|产值$|增加值$|税收$|投资$|商户$|客商$"
)
_TRADE = re.compile(
    r"陶瓷|石材|糖业|纺织|服饰|服装|家具|家私|木业|面业|粮油|油脂|茶业|牧业|皮革|箱包|玩具|玻璃|水泥|管业|管材|包装|印刷|塑料|橡胶|轮胎|铸造|铸件|模具|阀门|电缆|电池|汽配"
    r"|轴承|光伏|锂电|半导体|芯片|肥业|有机肥|种业|酒店|啤酒|饮料|矿泉水|乳品|新型建材"
)
_NEVER = frozenset("的了在是为把对等被由从到我该全其各均%")  # such a clause is more than names and a predicate
_CLASS = re.compile(r"项目(?=[,。])")
_INVESTED = re.compile(r"(?:投资|建设|引进|兴建)的[^,。;\n]{0,12}$")
_BUDGETED = re.compile(
    r"(?<=[。;\n,:])(?P<name>[\u4e00-\u9fff]{3,12}?)(?:年度?计划|计划)(?:总)?投资[\d.]{1,8}[万亿]{1,2}元,(?:目前|现)?已?(?:累计)?完成投资[\d.]"
)
_SUBJECT = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,8}?)是[^,。;\n]{2,50}$")
_AND = re.compile(r"([、和])")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·()“”]{3,14}")
_ABOUT = re.compile(r"项目|开工|厂房|园区|工业")


@cache
def _openings() -> Any:
    """The automaton of what the predicates begin with: found faster than they are."""
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(
        ["投产", "动工", "开工建设", "竣工", "封顶", "调试", "试生产", "落户", "正在洽谈", "正在修建", "完成", "主体"]
    )


def subjects(text: Text, settled: list[Span], first: int = FIRST) -> Iterator[Name]:
    """Yield the names of such subjects, outside what is settled already."""
    folded = text.folded
    if folded.count("项目") < 3:
        return
    yield from _said_to_be(text, settled)
    yield from _budgeted(text, settled)
    last, number = -1, first
    for _, at, _ in _openings().find_matches_as_indexes(folded):
        anchor = _ANCHOR.match(folded, at)
        if anchor is None:
            continue
        start = text.clause_at(anchor.start())[0]
        if start == last or not 3 <= anchor.start() - start <= 64 or not _NEVER.isdisjoint(folded[start : anchor.start()]):
            continue
        last = start
        spans = _names(text, start, anchor.start())
        if (
            not spans
            or any(s < spans[-1][1] and spans[0][0] < e for s, e in settled)
            or not _ABOUT.search(folded, *text.paragraph_at(start))
        ):
            continue
        listed = number if len(spans) > 1 else -1
        number += 1
        for a, b in spans:
            yield Name(a, b, text.string[a:b], "list", "project.subject", listed)


def _budgeted(text: Text, settled: list[Span]) -> Iterator[Name]:
    """«敬亭诗径计划投资2100万元,已完成投资400万元»: a name without a head word that a year's plan and its progress tell of."""
    for match in _BUDGETED.finditer(text.folded) if "完成投资" in text.folded else ():
        start, end = match.span("name")
        if not _like_a_name(match["name"]) or residue(match["name"]) < 3 or any(s < end and start < e for s, e in settled):
            continue
        if not text.within("place", start, end) or len(match["name"]) > 4:
            yield Name(start, end, text.string[start:end], "list", "project.subject")


def _said_to_be(text: Text, settled: list[Span]) -> Iterator[Name]:
    """«盛禾建材是某公司在我县投资建设的第四期项目»: a firm's short name that the text says is a project."""
    for closing in _CLASS.finditer(text.folded):
        match = _INVESTED.search(text.folded, max(0, closing.start() - 16), closing.start())
        if match is None:
            continue
        start = text.sentence_at(match.start())[0]
        subject = _SUBJECT.match(text.folded, start, match.start())
        if subject is None or subject.end() > match.start() or any(s < subject.end("name") and start < e for s, e in settled):
            continue
        name = subject["name"]
        if _like_a_name(name) and (FIRM.search(name) or _TRADE.search(name) or _unknown(name)):
            yield Name(start, start + len(name), text.string[start : start + len(name)], "list", "project.subject")


def _names(text: Text, start: int, end: int) -> list[Span]:
    """Return the names that are all of a clause up to its predicate; none where anything else stands there or they do not look like names."""
    folded = text.folded
    adverbs = _ADVERBS.search(folded, max(start, end - 20), end)
    end = adverbs.start() if adverbs else end
    parts = _AND.split(folded[start:end])
    if len(parts) == 1 and (part := _PART.search(folded, start, end)):
        end = part.start()
        parts = [folded[start:end]]
    spans: list[Span] = []
    at = start
    for n, part_ in enumerate(parts):
        if n % 2 == 0:
            if not _like_a_name(part_):
                return []
            spans.append((at, at + len(part_)))
        at += len(part_)
    firms = sum(bool(FIRM.search(folded, a, b) or _TRADE.search(folded, a, b)) or _unknown(folded[a:b]) for a, b in spans)
    return spans if firms * 2 > len(spans) or (len(spans) > 1 and firms) else []


def _like_a_name(string: str) -> bool:
    """Say whether a string may be a project without a head word: 绿源有机肥; not 全县工业, 广大群众."""
    if not _NAME.fullmatch(string) or _NOT.search(string) or generic(string) or residue(string) < 2:
        return False
    if opening(string)[1] not in (None, "keep", "loc"):
        return False
    heads = heads_in(string)
    return not heads or heads[-1][1] < len(string)


def _unknown(string: str) -> bool:
    """Say whether a string begins with a word that is a name to the segmenter: 衡泰机械装备制造."""
    words = tagged(string)
    return words[0][1] in ("nr", "nrt", "nz", "nt") and len(words) > 1 and all(tag[0] in "nvja" for _, tag in words)

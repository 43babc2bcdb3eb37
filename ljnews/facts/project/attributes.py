"""What the text says of a project in its own words: location, owner, content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project import patterns as p
from ljnews.facts.project.builders import firms, in_full, leading
from ljnews.facts.project.places import locations, with_whom
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

_FIRM = re.compile(
    r"(?:[鞋门药酒水乳矿纸铝铜牧置米面]业|钢铁|建材|陶瓷|控股|公司|集团|企业|政府|局|委|中心|合作社|基金会|院|厂|股份|科技|电子|电器|电气|光电|能源|精工|实业|重工|药业|食品|商会|商)$"
)
_RANKED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?[县区市旗镇])?(?:引进|引入|吸引|由|与)(?=.{4,})|.{2,10}?(?:五百强|500强|龙头|骨干|知名|上市|民营|国有)企业(?=.{3,})"
)
_THE_FIRM = frozenset(("该公司", "公司", "该集团", "集团", "该企业"))
_LATIN = re.compile("[A-Z]{2,8}")
_BEFORE_QUOTE = re.compile(r"[\u4e00-\u9fff()]{2,20}?(?:有限公司|集团|公司)$")
_NO_NAME = re.compile(
    r"^(?:公司|企业|项目|该|其|政府|县里|市里|镇里|村里|区里|社会资本|我|本(?:市|县|区|省|地|公司|集团|企业)|民间|两|三|[东中西]部企业|多家|相关|当地|外地|外来)"
)
_NOT_OWNER = re.compile(r"两级|各级|有关|委托|承建|施工|设计|监理|中铁|中建|中交|建工|主管|领导|牵头")


def texts(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield location, owner and content of the named projects."""
    yield from locations(text, teller)
    yield from _owned(text, teller)
    for pattern in (p.CONTENT, p.COMPOSED) if "组成" in text.folded else (p.CONTENT,):
        for match in pattern.finditer(text.folded):
            start, end = match.span(1)
            if p.FIELDS.search(match.group(1)) or any(e.kind == "name" for e in teller.between(start, start + 3)):
                continue
            for event in teller.whose(match.start(), match.end()):
                if event.end <= start and text.folded[start:end] not in (event.project or ""):
                    yield _attribute(text, event, "content", (start, end), "project.content")


def _attribute(text: Text, event: Event, name: str, span: tuple[int, int], rule: str) -> Attribute:
    return Attribute(event.project or "", name, text.string[span[0] : span[1]], span[0], span[1], rule)


def _owner(name: str) -> bool:
    """Say whether a string names a firm or an authority that can own a project."""
    return bool(_FIRM.search(name)) and not _NO_NAME.search(name) and not _NOT_OWNER.search(name)


def _owned(text: Text, teller: Teller) -> Iterator[Attribute]:
    folded = text.folded
    for pattern in (p.OWNER, p.OWNER_LABEL, p.IS_OF, p.BUILT_BY):
        for match in pattern.finditer(folded):
            start, end = match.span(1)
            start += len(m.group()) if (m := _RANKED.match(match.group(1))) else 0
            if folded[start:end] in _THE_FIRM:
                start, end = _antecedent(text, start) or (start, end)
            if _owner(folded[start:end]):
                for event in teller.whose(match.start(), match.end()):
                    yield _attribute(text, event, "owner", (start, end), "project.owner")
    told = firms(text)
    for event in teller.events:
        span = (
            with_whom(text, event, 2)
            or _founder(text, event)
            or _signer(text, event)
            or _investor(folded, event)
            or _named(folded, event)
            or (leading(text, event, told) or in_full(text, event) if event.rule != "project.firm" else None)
            if event.kind == "name"
            else None
        )
        if span:
            yield _attribute(text, event, "owner", span, "project.owner")


def _investor(folded: str, event: Event) -> tuple[int, int] | None:
    """«某集团投资建设的某通道»: who stands before the verb and 的."""
    if folded[event.start - 1 : event.start] != "的":
        return None
    match = p.INVESTED.search(folded, max(0, event.start - 48), event.start)
    if not match:
        firm = p.FIRM_OF.search(folded, max(0, event.start - 30), event.start)
        return firm.span(1) if firm and _owner(firm.group(1)) else None
    start = max(match.start(1), *(folded.rfind(c, match.start(1), match.end(1) - 2) + 1 for c in "以由在的"))
    ranked = _RANKED.match(folded[start : match.end(1)])
    start += len(ranked.group()) if ranked else 0
    return (start, match.end(1)) if _owner(folded[start : match.end(1)]) or _LATIN.fullmatch(folded, start, match.end(1)) else None


def _antecedent(text: Text, offset: int) -> tuple[int, int] | None:
    """«从某公司获悉,由该公司投资建设的某高速»: the last firm that the sentence names before."""
    start = max(text.sentence_at(offset)[0], offset - 80)
    firms = [m.span() for m in p.ANY_FIRM.finditer(text.folded, start, offset)]
    if not firms:
        return None
    first, last = firms[-1]
    return (max(first, *(text.folded.rfind(c, first, last - 2) + 1 for c in "从由据在")), last)


def _signer(text: Text, event: Event) -> tuple[int, int] | None:
    """«某公司与某市签订某项目协议»: the firm."""
    start = max(text.sentence_at(event.start)[0], event.start - 60)
    match = p.SIGNS_FOR.search(text.folded, start, event.start)
    if match and ("签" in match.group() or "签约" in text.folded[event.end : event.end + 4]):
        return match.span(1) if _owner(match.group(1)) else None
    match = p.SIGNS_WITH.search(text.folded, start, event.start)
    return match.span(1) if match and _owner(match.group(1)) else None


def _named(folded: str, event: Event) -> tuple[int, int] | None:
    """«某有限公司年产1500吨专用管项目»: the company in the name; or before a quoted one («某公司“四馆一中心”项目»)."""
    match = p.IN_NAME.match(folded, event.start, event.end - 2)
    if match is None and folded[event.start : event.start + 1] in ("“", '"'):
        match = _BEFORE_QUOTE.search(folded, max(0, event.start - 22), event.start)
    return match.span() if match and _owner(match.group()) else None


def _founder(text: Text, event: Event) -> tuple[int, int] | None:
    """«某集团拟投资28亿元建设某港»: who puts the money into what is named behind it; else the firm that opens the sentence."""
    folded, limit = text.folded, max(0, event.start - 60)
    if folded.find("资", limit, event.start) < 0:
        return None
    at = max(folded.rfind(word, limit, event.start) for word in ("投资", "出资", "增资", "捐资"))
    if at < 0 or event.start - at > 44 or not p.FOUNDS.search(folded, at + 2, event.start) or "。" in folded[at : event.start]:
        return None
    match = p.INVESTOR.search(folded, max(0, at - 36), at)
    if match and _owner(match.group(1)):
        ranked = _RANKED.match(match.group(1))
        return (match.start(1) + (len(ranked.group()) if ranked else 0), match.end(1))
    first = p.FIRM_FIRST.match(folded, text.sentence_at(at)[0], at)
    return first.span(1) if first else None

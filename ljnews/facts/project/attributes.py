"""What the text says of a project in its own words: location, owner, content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project import patterns as p
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

_PLACE_END = re.compile(r"[省市县区镇乡村园州旗团]|新城|片区|街道|大道|[路街河湖山江港湾岛]|以[东西南北]")
_FIRM = re.compile(r"公司|集团|企业|政府|局|委|中心|合作社|基金会|院|厂|股份|科技|电子|电器|能源|精工|实业|重工|药业|食品|商会")
_NOT_OWNER = re.compile(r"委托|承建|施工|设计|监理|中铁|中建|中交|建工|主管|领导|牵头")


def texts(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield location, owner and content of the named projects."""
    yield from _located(text, teller)
    yield from _owned(text, teller)
    for match in p.CONTENT.finditer(text.folded):
        for event in teller.whose(match.start(), match.end()):
            yield _attribute(text, event, "content", match.span(1), "project.content")


def _attribute(text: Text, event: Event, name: str, span: tuple[int, int], rule: str) -> Attribute:
    return Attribute(event.project or "", name, text.string[span[0] : span[1]], span[0], span[1], rule)


def _located(text: Text, teller: Teller) -> Iterator[Attribute]:
    folded = text.folded
    for pattern in (p.LOCATION, p.STARTED_AT):
        for match in pattern.finditer(folded):
            if _PLACE_END.search(folded, *match.span(1)):
                for event in teller.whose(match.start(), match.end()):
                    yield _attribute(text, event, "location", match.span(1), "project.location")
    for event in teller.events:
        if event.kind != "name":
            continue
        span = _standing(folded, event) or _scene(text, event)
        if span and _PLACE_END.search(folded, *span):
            yield _attribute(text, event, "location", span, "project.location")


def _standing(folded: str, event: Event) -> tuple[int, int] | None:
    """«在临江新区高坪片区的某项目现场»: the place between 在 and 的."""
    if folded[event.start - 1 : event.start] != "的":
        return None
    match = p.STANDING_IN.search(folded, max(0, event.start - 22), event.start - 1)
    return match.span(1) if match and match.end() == event.start - 1 else None


def _scene(text: Text, event: Event) -> tuple[int, int] | None:
    """«在兰西县,……某项目»: the place that opens the sentence, when it is an administrative division."""
    if event.listed >= 0:
        return None
    start = text.sentence_at(event.start)[0]
    match = p.SCENE.match(text.folded, start)
    if not match or match.end() > event.start or event.start - match.end() > 30:
        return None
    return match.span(1) if text.within("place", *match.span(1)) else None


def _owned(text: Text, teller: Teller) -> Iterator[Attribute]:
    folded = text.folded
    for pattern in (p.OWNER, p.OWNER_LABEL):
        for match in pattern.finditer(folded):
            if _FIRM.search(folded, *match.span(1)) and not _NOT_OWNER.search(match.group(1)):
                for event in teller.whose(match.start(), match.end()):
                    yield _attribute(text, event, "owner", match.span(1), "project.owner")
    for match in p.INVESTOR.finditer(folded):
        event = teller.next(match.end())
        if event is not None and event.kind == "name" and event.start <= match.end() + 34 and "\n" not in folded[match.end() : event.start]:
            if _FIRM.search(folded, *match.span(1)) and p.FOUNDS.fullmatch(folded, match.end(), event.start):
                yield _attribute(text, event, "owner", match.span(1), "project.owner")

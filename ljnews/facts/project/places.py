"""Where a project stands: «位于某镇», «在某镇,……», «某街道40亿元甲», «某石材基地的甲和乙»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project import patterns as p
from ljnews.facts.project.lists import FIRST_LIST
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Span, Text

_PLACE_END = re.compile(r"[省市县区镇乡村园州旗团]|新城|片区|街道|大道|[路街河湖山江港湾岛]|以[东西南北]")
_NOT_PLACE = re.compile(
    r"项目|工程|投资(?!区)|生产线|建设(?!兵团)|企业|市场(?!路)|工厂|现场|仪式|基础上|过程|分别|同时|期间|方面|领域|全[国省市县区]|会上|投入|\d元|[万亿]元|规划了|签订|签署|签约|[\d]月\d|同步开发|资源丰富"
)
_ZONE = (
    r"(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|经开区|高新区|工业集中区|工业园区|工业园|产业园区|产业园|产业聚集区|集聚区|园区|片区|新区|新城|港区"
    r"|街道(?:办事处|办)?|社区|石材基地)"
)
_NOWHERE = re.compile(r"(?:产业|工业)?园区内?|[该我全本当各][省市县区镇乡]里?|城市|乡村|农村|沿线|周边")
_ANY_ZONE = re.compile(
    r"(?:本|全|该|当)?(?:[省市县区镇]|地)?(?:园区|开发区|高新区|经开区|新区|县城|城区|镇区|城市|乡村|农村|沿线|周边|境内|[省市县区镇]里?)(?:内|里)?"
)
_HAMLET = re.compile("[镇乡村][\u4e00-\u9fff]{2,4}[湾沟梁组屯坪岭坡塘滩坝庄屋]$")
_ZONE_END = re.compile(rf"{_ZONE}$")
# A zone, a town or a division as it stands before a list's item: «港区30亿元甲», «界牌陶瓷工业园甲、乙», «高新区5亿元甲».
_STANDS = re.compile(
    rf"(?:[\u4e00-\u9fff()]{{0,14}}?(?:{_ZONE}|[\u4e00-\u9fff]镇|[\u4e00-\u9fff]乡|[\u4e00-\u9fff]村|[\u4e00-\u9fff]县|[\u4e00-\u9fff]旗))"
)
_LEADS_IN = re.compile(r"^(?:其中|包括|分别是|分别为|即|推动|推进|加快|实施|建设|新建|完成)+[::]?")
_NO_PREFIX = re.compile(
    r"[的在与和及为将已由向从了对是有]|全[国省市县区]|我[省市县区]|各|本[市县区]|项目|开工|竣工|投产|签约|引进|推进|加快|建设|企业|集中|投资|重点|省[、市]|县级|市级|服务"
)
_MONEY_BEFORE = re.compile(r"(?:(?:计划|概算|预计|协议|拟)?总?投资)?约?[\d.]{1,8}[万亿]{1,2}(?:美|欧)?元的?$")
_INSIDE = re.compile(r"(?:境内|内|里|上|辖区|规划区内)$")
_CEREMONY = re.compile(
    r"(?:开工|奠基|动工|签约|竣工|投产|通车|启用|揭牌|启动)(?:奠基)?(?:仪式|典礼|活动)?[^,。\n]{0,4}在([^,;。!?\n在]{3,22}?)(?:隆重|顺利|正式|成功)?(?:举行|举办)"
)
_OPENS_LIST = re.compile(r"(?:[;。\n]\s{0,3}|其中[::,]?)$")
_BRINGS = re.compile(r"([\u4e00-\u9fff]{2,14}?(?:[县区市旗镇乡]|园))(?:还|已|成功|新|先后)?(?:引进|签约)(?!了?一批)")
_REACH = 60
_SIGNED_BY = re.compile(r"([\u4e00-\u9fff]{2,8}(?:市|县|区|旗|镇|乡|开发区|园区))与([\u4e00-\u9fff()A-Za-z]{3,20})签约的$")


def locations(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the locations of the named projects."""
    folded = text.folded
    for match in p.LOCATED.finditer(folded):
        if folded[match.start() - 2 : match.start()] in ("起点", "终点"):
            continue
        span = _phrase(text, teller, match.end())
        if span and _place_like(text, *span):
            for event in _standing_there(text, teller, match.start(), span):
                if not teller.elsewhere(event, match.start()):
                    yield _location(text, event, span)
    for pattern in (p.STARTED_AT, _CEREMONY, p.TO_BUILD_IN):
        for match in pattern.finditer(folded):
            if _place_like(text, *match.span(1)) and not (pattern is p.TO_BUILD_IN and _ANY_ZONE.fullmatch(match.group(1))):
                zone = pattern is p.STARTED_AT and bool(_ZONE_END.search(match.group(1)))
                last = teller.before(match.start())
                rite = pattern is _CEREMONY and last is not None and last.kind == "name" and last.end == match.start()
                for event in [last] if rite and last else teller.whose(match.start(), match.end(), lists=zone):
                    yield _location(text, event, match.span(1))
    held: dict[int, Span] = {}
    for event in teller.events:
        if event.kind != "name":
            continue
        span = (
            with_whom(text, event, 1)
            or _standing(folded, event)
            or _built_in(text, event)
            or _brought(text, event)
            or _scene(text, teller, event)
        )
        if span and _place_like(text, *span):
            items = teller.list_of(event)
            for one in [event] if any(_county(text, i) for i in items) else items:
                yield _location(text, one, span, weak=True)
        else:
            yield from _before_item(text, teller, event, held)
    yield from _counties(text, teller)


def _location(text: Text, event: Event, span: Span, *, weak: bool = False) -> Attribute:
    surface = text.string[span[0] : span[1]]
    return Attribute(event.project or "", "location", surface, span[0], span[1], "project.location", weak=weak)


def _phrase(text: Text, teller: Teller, start: int) -> Span | None:
    """Return the place phrase behind 位于: to the next stop, 的, a word of position, or the name it stands before."""
    match = p.PLACE_PHRASE.match(text.folded, start)
    if match is None:
        return None
    event = teller.next(start + 2)
    end = match.end()
    if event is not None and event.kind in ("name", "again") and event.start < end:
        end = event.start
    return (start, end) if end - start >= 2 else None


def _standing_there(text: Text, teller: Teller, start: int, span: Span) -> list[Event]:
    """Return what stands at a place: the name right behind the phrase, else whose statement it is; «位于甲镇的项目2个» are others."""
    following = teller.next(span[1])
    if following is not None and following.kind in ("name", "again") and following.start - span[1] <= (text.folded[span[1]] in "的“"):
        return [following]
    if text.folded.startswith("的", span[1]) and text.clause_at(start)[0] == start:
        return []
    return teller.whose(start, span[1])


def _place_like(text: Text, start: int, end: int) -> bool:
    """Say whether a span names a place: it holds a division or ends like one, and no undertaking or verb."""
    if _NOT_PLACE.search(text.folded, start, end) or _NOWHERE.fullmatch(text.folded, start, end):
        return False
    return bool(text.within("place", start, end)) or bool(_PLACE_END.search(text.folded, start, end))


def _is_place(text: Text, start: int, end: int) -> bool:
    """Say whether a span is a place and nothing else: divisions one behind the other, or a phrase that ends in a zone or a town."""
    if _NOT_PLACE.search(text.folded, start, end):
        return False
    covered = sum(m.end - m.start for m in text.within("place", start, end))
    if covered == end - start or bool(_ZONE_END.search(text.folded, start, end)) or text.folded[end - 1] in "镇乡村县旗":
        return True
    return covered > 0 and bool(_HAMLET.search(text.folded, start, end))


def _standing(folded: str, event: Event) -> Span | None:
    """«在临江新区高坪片区的某项目现场»: the place between 在 and 的."""
    if folded[event.start - 1 : event.start] != "的":
        return None
    match = p.STANDING_IN.search(folded, max(0, event.start - 26), event.start - 1)
    if match is None or match.end() != event.start - 1 or match.group(1).startswith(("位于", "坐落")):
        return None
    return match.span(1)


def with_whom(text: Text, event: Event, group: int) -> Span | None:
    """«某县与某特钢签约的某项目»: the county (group 1), the firm (group 2)."""
    if not text.folded.startswith("签约的", event.start - 3):
        return None
    match = _SIGNED_BY.search(text.folded, text.clause_at(event.start)[0], event.start)
    return match.span(group) if match else None


def _built_in(text: Text, event: Event) -> Span | None:
    """«在某村附近建立某加工厂»: the place between 在 and the verb that governs the name."""
    start = text.clause_at(event.start)[0]
    if text.folded[event.start - 1] not in p.BUILT_ENDS:
        return None
    match = p.BUILT_IN.search(text.folded, start, event.start)
    return match.span(1) if match else None


def _brought(text: Text, event: Event) -> Span | None:
    """«兰西县引进9.1亿元建设某基地»: the county or zone that opens the clause."""
    match = _BRINGS.match(text.folded, text.clause_at(event.start)[0], event.start)
    return match.span(1) if match and _is_place(text, *match.span(1)) else None


def _scene(text: Text, teller: Teller, event: Event) -> Span | None:
    """«在兰西县,……某项目»: the place that opens the sentence, or the one before it where that names nothing else."""
    if event.listed >= 0 and (event.listed >= FIRST_LIST or teller.list_of(event)[0] is not event):
        return None
    start = text.sentence_at(event.start)[0]
    span = _opening(text, teller, start, event)
    if span is None and start > text.paragraph_at(event.start)[0]:
        before = text.sentence_at(start - 1)[0]
        first = teller.next(before)
        if first is event:
            span = _opening(text, teller, before, event)
    return span


def _opening(text: Text, teller: Teller, start: int, event: Event) -> Span | None:
    """Return the place that a clause of a sentence opens with (在某地,), where the first name that it brings follows soon."""
    limit, start = event.start, max(start, event.start - 200)
    match = next(reversed(list(p.SCENE.finditer(text.folded, start, limit))), None)
    if match is None or limit - match.end() > _REACH or any(e.kind == "name" for e in teller.between(match.end(), limit)):
        return None
    first, end = match.span(1)
    inside = _INSIDE.search(text.folded, first, end)
    if inside and inside.start() - first >= 2:
        end = inside.start()
    return (first, end) if _is_place(text, first, end) and "、" not in text.folded[first:end] else None


def _before_item(text: Text, teller: Teller, event: Event, held: dict[int, Span]) -> Iterator[Attribute]:
    """«港区30亿元甲、5亿元乙,高新区5亿元丙»: the place before an item of a list goes on to the next ones until a comma."""
    folded = text.folded
    start = max(text.clause_at(event.start)[0], folded.rfind("、", max(0, event.start - 40), event.start) + 1)
    money = _MONEY_BEFORE.search(folded, start, event.start)
    end = money.start() if money else event.start - (folded[event.start - 1] == "的")
    lead = _LEADS_IN.match(folded[start:end])
    start += lead.end() if lead else 0
    span = (start, end) if 2 <= end - start <= 22 and _prefix(text, start, end) else None
    if event.listed < FIRST_LIST:
        if span and (money or folded[end] == "的"):
            yield _location(text, event, span)
        return
    if span:
        held[event.listed] = span
    elif end - start > 1 or folded[start - 1] != "、":
        held.pop(event.listed, None)
    if event.listed in held:
        yield _location(text, event, held[event.listed])


def _counties(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«衡山县甲、乙等21个项目;某县丙、丁等7个项目»: the county that opens a list is all its items' where no other opens with one."""
    seen: set[int] = set()
    for event in teller.events:
        if event.listed < FIRST_LIST or event.listed in seen or event.kind != "name":
            continue
        seen.add(event.listed)
        items = teller.list_of(event)
        county = _county(text, event)
        if (
            county
            and len(items) > 1
            and not any(_own_place(text, one) for one in items[1:])
            and _OPENS_LIST.search(text.folded, max(0, county[0] - 4), county[0])
            and not any(_county(text, one) for one in items[1:])
        ):
            for one in items:
                yield _location(text, one, county)


def _county(text: Text, event: Event) -> Span | None:
    """Return the county, district or town that a name begins with, or that stands right before it."""
    for start in (event.start, text.clause_at(event.start)[0]):
        for mention in text.within("place", start, event.end):
            if (
                mention.start == start
                and mention.end <= event.end
                and mention.end >= event.start
                and text.folded[mention.end - 1] in "县区旗市镇乡"
            ):
                return (mention.start, mention.end)
    return None


def _own_place(text: Text, event: Event) -> bool:
    """Say whether an item's name begins with a place or a rank of its own: 武安新能源四期, 县人才公寓."""
    if text.folded[event.start] in "市县区镇乡":
        return True
    return any(m.start == event.start for m in text.within("place", event.start, event.end))


def _prefix(text: Text, start: int, end: int) -> bool:
    return bool(_STANDS.fullmatch(text.folded, start, end)) and not _NO_PREFIX.search(text.folded, start, end)

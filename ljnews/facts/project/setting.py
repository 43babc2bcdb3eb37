"""Where a story is set: «青岚县正加快甲、乙等项目建设», «青岚县举行重大项目集中开工仪式»; its projects stand there where nothing else is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ljnews.facts.project.ceremony import HELD
from ljnews.facts.project.own_place import WORKS, coarse
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Span, Text

# What a sentence may open with before its subject: the wire, «据悉,», «目前,», a day.
_LEADS = re.compile(
    r"[\s“]*(?:(?:本报|[^,。\n]{2,10}网|[^,。\n]{2,10}报)?[^,。\n]{0,12}(?:讯|电|消息)(?:[\s,]*[(][^)\n]{0,60}[)])?[\s,:]*)?"
    r"(?:据悉|据了解|据介绍|目前|近日|日前|近年来|今年以来|今年|去年|此外|同时|当天|眼下|连日来|随后|其中)?,?"
)
_HOURS = re.compile(r"(?:[上下中]午|晚上?|清晨|一早)?,?\s?")
_ZONE = re.compile(
    r"(?:国家|省)?级?(?!该|全|本|各|当地|园区|[在到从由与和是为向对于据将])[\u4e00-\u9fff]{0,6}?(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|经开区|高新区|合作区|管理区|自贸区|新区|集聚区|工业集中区|工业园区|工业园)"
)
_COUNTY = re.compile(
    r"(?![该全我各本外邻两几在到从由与和是为向对于据将]|[^县]?[贫强百])(?:(?![全该各个本外划县])[\u4e00-\u9fff]){2,3}县(?![域城级委内际政直里长])"
)  # one that no list knows by now
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:镇|乡|街道)(?![村贤土级长])")
# A subject is followed by what it does: 青岚县|正加快…; not 青岚县|委书记, 青岚县|企业.
_DOES = re.compile(
    r"(?:境?内(?![部容外])|隆重|正|已|将|又|还|也|共|全力|大力|集中|加快|加速|加大|积极|先后|持续|扎实|各|在(?!建)|围绕|以(?![来及东西南北外])|把|按照|坚持|召开|举行|举办|投资(?!公司|集团)|投入|新建|改建|新增|建设(?!局|集团|者|银行)|开工"
    r"|启动|实施|推进|完成|有(?!限)|谋划|抓|立足|聚焦|锚定|深入|不断|着力|紧|重点|总投资|重大|一批|多个|首个|成功|签约|引进|招引|洽谈|储备|获批|今年|去年|目前|计划|通过招商|通过引|\d|,)"
)
# A county at work on what stands elsewhere, or that only gains by it.
_ELSEWHERE = re.compile(
    r"[赴往]|考察|学习|参观|对接|融入|依托|借助|借力|毗邻|距离|受益|随着|接轨|配合|援建|帮扶|支援|争取|协助|邻近|周边|抓住|抢抓|机遇|承建|中标|企业走|走进|来到|与"
)
_LINE = re.compile("高速|铁路|高铁|城际|国道")  # goes through more than one county
# «……。投资5200万元翻建某中学。»: the subject of the sentence before goes on.
_GOES_ON = re.compile(
    r"\s{0,4}(?:还|又|并|同时)?(?:计划|累计|总)?(?:投资|投入|新建|改建|扩建|翻建|改造|实施|建设|完成|启动|开工)(?!的|后|项目|单位|以来)"
)
_IS_OF = re.compile("(?:是|系|为|作为)(?=[\u4e00-\u9fff]{2,12}[县区市旗镇乡])")
_ITS_PROJECT = re.compile(
    r"(?:今年|去年|20\d\d年|“[^”]{2,12}”)?(?:招商引资|引进|招引|引入|重点|重大|民生|第一|首|最大|的)[^,。;\n]{0,20}(?:项目|工程)"
)
_CONCERNS = re.compile("(?:项目|工程)(?:主要|共)?涉及")
_VISITS = re.compile(r"(?:观摩|察看|查看|走访|考察|调研|参观|检查|视察|督导|走进|来到|深入|前往|巡视|拉练)(?:了|到)?")
_SHORT_LEAD = re.compile(r"[^,。;\n]{0,20},?")
_ALSO_CALLED = re.compile(r"\([\u4e00-\u9fff]{2,8}(?:区|新城|园)\)")  # 青岚市(青岚新区)
_RITES = ("project.ceremony", "project.governed", "project.class_word")
_AT = re.compile(r"在([^,;。!?\n在]{2,24}?)(?:境内)?(?:隆重|顺利|正式|成功)?(?:举行|举办)")
_ALL_OVER = re.compile("全省|全市|全州|我市|我省|全区|[省市]级|各[县地市]|分会场")
_SIGNED = re.compile("签约")  # a county signs in Shenzhen, too


def settings(text: Text, teller: Teller, told: Iterable[Attribute]) -> Iterator[Attribute]:
    """Yield the county, town or zone that is the subject of the sentence of a project without a location, or that holds its ceremony."""
    told = list(told)
    places = {a.project: a for a in told if a.name == "location"}
    rites = {a.project for a in told if a.rule in _RITES and a.name == "status"}
    holder = _holder(text) if rites else None
    introduced = _introduced(text, teller)
    title = text.paragraphs[0][1] if text.paragraphs else 0
    done: set[str] = set()
    for event in sorted(teller.events, key=lambda e: e.start < title):  # the headline calls counties by their short names
        own = places.get(event.project or "")
        if event.kind != "name" or event.project is None or event.project in done or (own and not _doubtful(text, own)):
            continue
        span = _opened(text, teller, event) or introduced.get(event.project) or _acting(text, event)
        span = span or (holder if event.project in rites else None)
        if span and not _LINE.search(event.project) and not (own and _agrees(text, own, span)):
            done.add(event.project)
            yield Attribute(event.project, "location", text.string[span[0] : span[1]], *span, "project.setting")


def _doubtful(text: Text, own: Attribute) -> bool:
    """Say whether the place in a name is a province, or a short name that may be a firm's or another word: 宁夏某工程, 嘉禾食品产业园."""
    if own.rule != "project.own_place" or not own.weak:
        return False
    return coarse(text, own) or any(m.start == own.start and m.end == own.end for m in text.within("place", own.start, own.end))


def _agrees(text: Text, own: Attribute, span: Span) -> bool:
    """Say whether the place in a name is of the city of the story: it is the more exact one, or tells the same."""
    here = [m.value.adcode for m in text.within("place", *span) if m.value.adcode]
    mine = [m.value.adcode for m in text.within("place", own.start, own.end) if m.value.adcode]
    return not here or not mine or (not coarse(text, own) and mine[-1][:4] == here[-1][:4])


def _introduced(text: Text, teller: Teller) -> dict[str, Span]:
    """Return the counties that «甲是青岚县引进的工业项目», «该项目涉及青岚县2个乡» name."""
    found: dict[str, Span] = {}
    for pattern in (_IS_OF, _CONCERNS):
        for match in pattern.finditer(text.folded):
            span = standing(text, match.end(), match.end() + 24)
            events = (
                teller.whose(match.start(), match.end())
                if span and (pattern is _CONCERNS or _ITS_PROJECT.match(text.folded, span[1]))
                else []
            )
            for event in events:
                if span and event.project and event.end <= match.start() + 2:
                    found.setdefault(event.project, span)
    return found


def _opened(text: Text, teller: Teller, event: Event) -> Span | None:
    """Return the county or zone that opens the list of a project, where no other item opens with its own: «观摩了|开发区|甲、乙、丙»."""
    items = teller.list_of(event)
    first, clause = items[0], text.clause_at(items[0].start)[0]
    if len(items) < 2:
        return None
    starts = [first.start, *(m.end() for m in _VISITS.finditer(text.folded, clause, first.start))]
    if _SHORT_LEAD.fullmatch(text.folded, text.sentence_at(clause)[0], clause):
        starts.append(clause)
    for at in starts:
        span = standing(text, at, first.end)
        led = at != first.start or at == clause or bool(_VISITS.search(text.folded, max(clause, at - 6), at))
        if at == first.start and span and WORKS.search(text.folded, span[1], first.end):
            continue  # 青岚县人民医院: its own name
        if span and led and span[1] < first.end - 2 and text.folded[span[1] : first.start] in ("", "的", "“"):
            return None if _short(text, span) or any(_of_its_own(text, item) for item in items[1:]) else span
    return None


def _of_its_own(text: Text, event: Event) -> bool:
    """Say whether a name begins with a rank, a town or a county: 县人才公寓, 柳塘镇中心小学."""
    begins = [m for m in text.within("place", event.start, event.end) if m.start == event.start]
    counties = any(text.folded[m.end - 1] in "县区市旗" for m in begins)
    return counties or text.folded[event.start] in "市县区镇乡省" or bool(_TOWN.match(event.text))


def _acting(text: Text, event: Event) -> Span | None:
    """Return the subject of the sentence that names a project; of the sentence before where that one goes on with a verb."""
    start = text.sentence_at(event.start)[0]
    span = _nearest(text, start, event.start)
    first = text.paragraph_at(event.start)[0]
    for _ in range(4):
        if span or start <= first or not _GOES_ON.match(text.folded, start):
            break
        start = text.sentence_at(start - 1)[0]
        span = _nearest(text, start, text.sentence_at(start)[1])
    if span is None or _ELSEWHERE.search(text.folded, span[1], event.start) or event.start - span[1] > 300:
        return None
    return None if _another(text, span, event.start) else span


def _another(text: Text, span: Span, end: int) -> bool:
    """Say whether another county is named behind a subject: 青岚县组团到平川县."""
    mine = {m.value.adcode for m in text.within("place", *span)}
    return any(
        m.value.adcode not in mine and text.folded[m.end - 1] in "县区市旗" and text.folded[m.start - 1] not in "、“的"
        for m in text.within("place", span[1], end)
    )


def _nearest(text: Text, start: int, end: int) -> Span | None:
    """Return the subject of the last clause that opens with one, between two offsets of a sentence."""
    clause = text.clause_at(end - 1)[0]
    while clause >= start:
        span = subject(text, clause, end)
        if span or clause <= start:
            return span
        clause = text.clause_at(clause - 1)[0]
    return None


def subject(text: Text, start: int, limit: int) -> Span | None:
    """Return the county, town or zone that a clause is about: «近日,|青岚县|举行……»."""
    lead = _LEADS.match(text.folded, start, limit)
    at = lead.end() if lead else start
    for mention in text.within("date", at, min(limit, at + 16)):
        if mention.start - at <= 1:
            hours = _HOURS.match(text.folded, mention.end)
            at = hours.end() if hours else mention.end
    span = standing(text, at, limit)
    return span if span and _DOES.match(text.folded, span[1], limit) else None


def standing(text: Text, start: int, limit: int) -> Span | None:
    """Return the divisions that stand at an offset, down to a county at least, with the zone or town behind them."""
    found = text.within("place", start, min(limit, start + 24))
    at, level, code = start, "", ""
    for mention in found:
        inside = (mention.value.adcode or "").startswith(code.rstrip("0")) if code else True
        if mention.start != at or not inside:
            break
        at, level, code = mention.end, mention.value.level, mention.value.adcode or code
    county = _COUNTY.match(text.folded, at, limit) if level != "county" else None
    at, level = (county.end(), "county") if county else (at, level)
    for pattern in (_ZONE, _TOWN):
        below = pattern.match(text.folded, at, limit)
        if below and (at > start or pattern is _ZONE):
            return (start, below.end())
    also = _ALSO_CALLED.match(text.folded, at, limit)
    return (start, also.end() if also else at) if level == "county" else None


def _holder(text: Text) -> Span | None:
    """Return who holds the article's ceremony or where it is held; none where that is a city or a hall in another place."""
    limit = text.paragraphs[min(3, len(text.paragraphs) - 1)][1] if text.paragraphs else 0
    best = None
    for held in HELD.finditer(text.folded, 0, limit):
        start, end = text.sentence_at(held.start())
        span = _nearest(text, start, held.start())
        if span is None and not _SIGNED.search(held.group()):
            place = _AT.search(text.folded, start, end)
            if place and (_by_a_city(text, start, place.start(1)) or _by_a_city(text, place.end(1), held.start())):
                continue
            span = standing(text, place.start(1), place.end(1)) if place else None
        if span and not _ELSEWHERE.search(text.folded, span[1], held.start()):
            best = span if best is None or (_short(text, best) and not _short(text, span)) else best
    return best


def _by_a_city(text: Text, start: int, end: int) -> bool:
    """Say whether a city or a province holds a ceremony, whose items stand in all its counties: 云州市集中开工活动在青岚县举行."""
    return bool(_ALL_OVER.search(text.folded, start, end)) or any(
        m.value.level in ("province", "city") and m.end <= end for m in text.within("place", start, end)
    )


def _short(text: Text, span: Span) -> bool:
    return text.folded[span[1] - 1] not in "县区市旗镇乡园"

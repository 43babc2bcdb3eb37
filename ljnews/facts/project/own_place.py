"""The place that opens a project's own name, where the text gives none more exact: 青岚县秀水河治理工程 stands in 青岚县."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ljnews.facts.project import patterns as p
from ljnews.facts.project.builders import leading
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.recognize.places import divisions
from ljnews.text.text import Span, Text

# A hill, a lake, a park or a zone of its own: 敬亭山|清湘湖工程, 铜山湖科技园|旅游设施项目; not 望山大桥, 梅溪治理.
_FEATURE = re.compile(
    r"(?!矿山|淮山|怀山|山庄|小庄|村庄|后山|荒山|半岛|渔岛|中国|全国|新型|绿色|现代|智能|生态|旅游|文化|静脉)"
    r"(?:[\u4e00-\u9fff]{2,6}?(?:集聚区|工业园|科技园|生态园|功能区|度假区|风景区|保税区)|(?![市县区镇百千万])[\u4e00-\u9fff]{1,3}[山湖岭岛庄寨屯](?![镇乡村路街站港河江湾区库桥泉水店口门头坡岭沟坪岗坳]))"
    r"(?=(?:[一二三]期)?[\u4e00-\u9fff\d]{3})(?!(?:[一二三四]期)?(?:建设|项目|工程|[一二三四]期|大桥|特大桥|隧道|水库|电站|水电|抽水|大道|风电|光伏|煤矿|治理|综合治理|片区|管委会|$))"
)
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:经济技术|高新技术产业|高新技术|经济|综合|新材料产业|现代)?开发区|高新区|经开区|[\u4e00-\u9fff]{2,4}(?:新区|工业园区|工业集中区)|工业园区"
)
_TOWN = re.compile(
    r"(?!贫困|脱贫|城镇|乡镇|小镇|集镇|城乡|农村|乡村|新村|美丽|示范|特色|移民|农牧|全|各|中心|重点|[百千万数]|镇|乡|村)[\u4e00-\u9fff]{1,5}?(?:(?<![小乡城集路线段])镇|街道|民族乡|族乡|乡(?!村|镇|贤|土|水|愁)|(?<![乡农新城])村(?!镇|庄|级|民|道|卫|内)|(?<!智慧)社区(?!服务|卫生|医|综合|养|平台))"
)
_SUFFIX = re.compile(r"(?:特区|地区|自治州|市辖区|[镇乡](?![村贤土])|[市县区州旗](?![委一二三四五六七八九十人民直级政府域]))")
# What goes on behind a place makes another word of it: 新民路, 三亚湾; or a stretch: 衡阳至永州.
_STRETCH = re.compile(r"(?:\([^)]{1,8}\))?[至到—~－-]|[、及和与·]")
_LINE = re.compile(r"[^至到—~-]{1,8}(?:\([^)]{1,8}\))?[至到—~-][^,。;\n]{0,24}(?:高速|公路|铁路|道路|段|管道|线)")
_OTHER_WORD = re.compile(
    r"[路街巷湾港江河湖岛桥线](?!南|北|[\u4e00-\u9fff]*(?:治理|水库|电站|枢纽))|大道|家园|花园|[溪岭沟坪坡洲滩泉口头咀嘴潭塘堰坝冲垭坳峡谷寺庙铺圩]|沙滩"
)
# 贵南高铁, 川青铁路: two letters of a line, not the county of that name.
_LINE_NAME = re.compile(r"(?:高铁|铁路|高速|城际|客专|线(?!路)|通道)")
_CITY_PART = (
    "新建",
    "西区",
    "东区",
    "南区",
    "北区",
    "城东区",
    "城西区",
    "城北区",
    "城区",
    "新城区",
    "郊区",
    "矿区",
    "城中区",
    "河东区",
)  # everyday words as well
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,3}(?<![强立兴富大各全市])县(?![城域级委内际])")
_REPORTER = re.compile(r"(?:日前|近日)?(?:记者|笔者)?(?:一行)?(?:走进|来到|从|在)(?=[\u4e00-\u9fff]{2})")
_LEADS_UP = re.compile(r"(?:的?(?:首|第一|唯一|最大|重点|最长|最高)[^,。;、]{0,14})?“?")
_FIRM = re.compile(r"公司|集团|股份|实业|科技(?!园|创新)|电气|电器|电子(?!产业)|银行|药业|食品(?=[\u4e00-\u9fff]{2,}项目)")
WORKS = re.compile(
    r"水库|治理|整治|铁路|机场|[一二三四五六七八九十]中|中学|小学|幼儿园|学校|医院|中医|车站|客运|枢纽|城区|新区|公园|供水|供热|供气|水利|灌区|污水|垃圾|棚户|改造|地铁|码头|电站|水电"
    r"|蓄能|船闸|博物馆|体育|文化|市场|老街|小区|广场|大桥|隧道|公路|管网|流域|泵站|水厂|防洪|堤防|农田|园区|安置|航站楼|航运|师范|会展|天然气|燃气"
)
_BRANCH = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:医院|保健院|大学|学院|博物馆)[\u4e00-\u9fff]{2,8}(?:院区?|校区|馆)")
_COLLEGE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:大学|学院)")
_PLAIN = re.compile(r"[\d百千万亿]|国际|现代|新型|智能|综合|生态|绿色|风电|光伏|物流|农业|水产|生活垃圾|建筑")
_MADE = re.compile(
    r"年产|日产|生产|加工|制造|材料|科技|光伏|饲料|养殖|风电|屠宰|产业园|产业基地|工业园|研发|深加工|装备|电池|化工|物流|涂料|陶瓷"
)


def own_places(text: Text, teller: Teller, told: Iterable[Attribute]) -> Iterator[Attribute]:
    """Yield the place in the name of each project, or right before it, whose location is not told otherwise."""
    done = {a.project for a in told if a.name == "location" and not (a.weak and coarse(text, a))}
    for find in (opening_place, _led_up, _inner, _Companions(text, teller)):
        for event in teller.events:
            if event.kind not in ("name", "again") or event.project is None or event.project in done:
                continue
            span = find(text, event)
            if span:
                done.add(event.project)
                surface = text.string[span[0] : span[1]]
                weak = text.folded[span[1] - 1] not in "县区镇乡村"
                yield Attribute(event.project, "location", surface, *span, "project.own_place", weak=weak)


class _Companions:
    """Finds the short name of a county that a list's item opens with, where others open with counties of that city: 桐城甲、岳西乙、望江丙."""

    def __init__(self, text: Text, teller: Teller) -> None:
        self._cities: dict[int, Counter[str]] = {}
        for event in teller.events:
            if event.kind == "name" and event.listed >= 0:
                self._cities.setdefault(event.listed, Counter()).update(_cities(text, event))

    def __call__(self, text: Text, event: Event) -> Span | None:
        among = self._cities.get(event.listed)
        shared = among is not None and any(among[city] > 2 for city in _cities(text, event))
        return (event.start, event.start + 2) if shared and event.end - event.start > 4 else None


def _cities(text: Text, event: Event) -> set[str]:
    """Return the cities (the first four digits of their codes) of the counties whose short name the first two characters may be."""
    name = text.folded[event.start : event.start + 2]
    known = [divisions().get(name + kind) for kind in "县市区"]
    return {code[:4] for one in known if one is not None and one.level == "county" for code in one.codes}


def coarse(text: Text, told: Attribute) -> bool:
    """Say whether a location is a province or a city only."""
    places = text.within("place", told.start, told.end)
    return (
        len(places) == 1 and places[0].start == told.start and places[0].end == told.end and places[0].value.level in ("province", "city")
    )


def opening_place(text: Text, event: Event) -> Span | None:
    """Return the divisions, town, village and zone that a name begins with; none where they belong to a firm's name or a stretch."""
    start = event.start + (text.folded[event.start] in "“\"'")
    divisions = _divisions(text, start, event.end)
    end = divisions or start
    zone = _ZONE.match(text.folded, start, event.end) if divisions and text.folded[end - 1] not in "省市县区州旗" else None
    end = zone.end() if zone and zone.end() > end and event.end - zone.end() >= 2 else end  # 澄江新区, not 澄江
    for pattern in (_TOWN, _TOWN, _ZONE):
        match = pattern.match(text.folded, end, event.end)
        end = match.end() if match and event.end - match.end() >= 3 else end
    feature = _FEATURE.match(text.folded, end, event.end) if end == start else None
    end = feature.end() if feature else end
    end = _spoken(text, start, event.end) if end == start else end
    if end == start or event.end - end < 2 or _STRETCH.match(text.folded, end, event.end):
        return None
    firm = p.IN_NAME.match(text.folded, start, event.end)
    if firm and firm.end() > end:
        return None
    if feature and _LINE.match(text.folded, end, event.end):
        return None
    if text.folded[end - 1] == "省" and _BRANCH.match(text.folded, end, event.end):
        return None  # 云岭省儿童医院|红谷滩新院
    if (
        end == divisions
        and not _SUFFIX.match(text.folded, end - 1)
        and (_firm_of(text, start, end) or not _is_of(text, start, end, event.end))
    ):
        text.refuse("project.own_place", start, end, "a bare place opens the names of firms as well")
        return None
    return (start, end)


def _firm_of(text: Text, start: int, end: int) -> bool:
    """Say whether the text has a firm of that name: 福海集团 builds the 福海炼化项目."""
    return any(text.folded[start:end] + kind in text.folded for kind in ("集团", "公司", "股份", "实业"))


def _divisions(text: Text, start: int, end: int) -> int | None:
    """Return where the divisions that open a name end, each within the one before: 云岭省|云州市|青岚县."""
    at, code = start, ""
    for mention in text.within("place", start, end):
        inside = (mention.value.adcode or "").startswith(code.rstrip("0"))
        if mention.start != at or (code and not inside) or (not code and text.folded[at : mention.end] in _CITY_PART):
            break
        suffix = _SUFFIX.match(text.folded, mention.end) if text.folded[mention.end - 1] not in "省市县区州旗" else None
        at, code = suffix.end() if suffix else mention.end, mention.value.adcode or code
    county = _COUNTY.match(text.folded, at, end)  # one that is a city or a district by now
    at = county.end() if county else at
    return at if at > start else None


def _spoken(text: Text, start: int, end: int) -> int:
    """Return where a county ends that a name calls by a short form the word lists leave out (天台, 苏仙), the text naming it in full; `start` for none."""
    if start + 5 <= end and text.folded[start : start + 3] + "区" in divisions() and not _OTHER_WORD.match(text.folded, start + 3, end):
        return start + 3  # 曹妃甸
    for n in (3, 2):
        if start + n + 2 <= end and text.folded[start : start + n] in text.layer("counties", _counties):
            return start if _OTHER_WORD.match(text.folded, start + n, end) else start + n
    return start


def _counties(text: Text) -> frozenset[str]:
    """Return the counties, districts and cities that the text names in full, without their last character."""
    full = {text.folded[m.start : m.end] for m in text.of("place")}
    return frozenset(name[:-1] for name in full if name[-1] in "县区市旗" and name not in _CITY_PART)


def _is_of(text: Text, start: int, end: int, stop: int) -> bool:
    """Say whether a bare name (湖南, 抚顺) is the place of what follows: works are, what is made there only in a county."""
    rest = text.folded[end:stop]
    first = next(iter(text.within("place", start, end)), None)  # none: a county that no list knows (云岭县)
    level = first.value.level if first and first.end == end else "county"
    if (
        _FIRM.search(rest)
        or _OTHER_WORD.match(rest)
        or (end - start == 2 and _LINE_NAME.match(rest))
        or (level != "county" and _COLLEGE.match(rest))
    ):
        return False
    if _MADE.search(rest):
        return level == "county" or bool(_PLAIN.match(rest))
    return bool(WORKS.search(rest)) or level == "county"


def _led_up(text: Text, event: Event) -> Span | None:
    """«青岚工业园区|嘉禾新材料项目», «西藏第一条电气化铁路|拉林铁路»: the place that opens the clause of a name and leads up to it."""
    start = text.clause_at(event.start)[0]
    start += len(text.folded[start : event.start]) - len(text.folded[start : event.start].lstrip())
    if reporter := _REPORTER.match(text.folded, start, event.start):
        start = reporter.end()  # 记者在|县经济开发区|嘉禾新材料项目工地上
    if not 2 <= event.start - start <= 24:
        return None
    end = _divisions(text, start, event.start) or start
    zone = _ZONE.match(text.folded, end, event.start) or _TOWN.match(text.folded, end, event.start)
    end = zone.end() if zone else end
    if end == event.start and not zone and text.folded[end - 1] not in "省市县区州旗":
        return None  # 尤溪|万宝源
    return (start, end) if end > start and _LEADS_UP.fullmatch(text.folded, end, event.start) else None


def _inner(text: Text, event: Event) -> Span | None:
    """«华能|青岚县|280兆瓦光伏项目»: the one county or district, with its suffix, that a name holds behind a firm's short name.

    Behind a firm that is known for one the suffix may be missing: 华能|青岚|电厂.
    """
    found = [m for m in text.within("place", event.start + 1, event.end) if not text.folded.startswith(("省", "银行"), m.end)]
    start, end = (found[0].start, found[-1].end) if found else (0, 0)
    joined = all(a.end == b.start for a, b in pairwise(found))
    if not found or not joined or text.folded[found[0].start : found[0].end] in _CITY_PART or event.end - end < 2:
        return None
    if _STRETCH.match(text.folded, end, event.end) or text.folded[start - 1] in "至到、—-" or _FIRM.match(text.folded, end, event.end):
        return None
    firm = leading(text, event, frozenset()) or _named_firm(text, event)
    if firm is not None:
        return (start, end) if firm[1] == start and not _OTHER_WORD.match(text.folded, end, event.end) else None
    return (start, end) if start - event.start <= 8 and text.folded[end - 1] in "县区市旗" else None


def _named_firm(text: Text, event: Event) -> Span | None:
    match = p.IN_NAME.match(text.folded, event.start, event.end)
    return match.span() if match else None

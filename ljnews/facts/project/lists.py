"""Lists that the text itself calls projects: each item between two separators is a whole name, with or without a head word.

Three forms: introduced («开工项目有6个,包括甲、乙», «具体为:甲、乙»), closed («甲、乙等14个重点项目») and counted («甲、乙三项水利工程»). Inside a list the
edges of `chunks` do not count: what stands between two 、 is one name. Only the first item of a closed list needs them, to part it from its verb.

Reading order: `lists`, `introduced.py`, `_closed` (where a list begins and ends), `_split` (its items); `items.name_span` (what of an item is the name).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ljnews.facts.project.chunks import Phrase
from ljnews.facts.project.context import ACTIONS, THERE
from ljnews.facts.project.introduced import Region, introduced
from ljnews.facts.project.items import COUNT_LEAD, NO_NAMES, N, halves, name_span, shared_plant
from ljnews.facts.project.lent import ROADS, called, headed, moved, tailed
from ljnews.facts.project.names import Name
from ljnews.facts.project.priced import chain
from ljnews.facts.project.specific import division, generic, heads_in, located, proper, residue, zone
from ljnews.facts.project.stretches import stretches
from ljnews.facts.project.tied import numbers_tied
from ljnews.text.text import Span, Text

FIRST_LIST = 1_000_000  # ordinals of these lists; smaller ones are phrases
_CLOSING = re.compile(
    rf"等(?:投资[\d.]{{1,8}}[万亿]元的)?(?P<count>{N}余?[个项条座所大家]|一大?批|一系列|多个|多项)?(?P<mod>[^,。;:等\n]{{0,18}}?)(?P<head>项目|工程|高速公路|铁路|泵站|水库|变电站|电站|水厂|污水处理厂|大桥|桥梁|煤矿|山塘|水闸|卫生院|敬老院|小学|中学|幼儿园|学校)"
    r"(?!类|型|产品|单位|负责|责任|所在|参建|企业|业主|公司|经理|部|师|局|学院|服务|管理|为依托|为载体|审批|申报|资金|库|信息|内容|举措|上下游|产业链)"
)
_COUNTED = re.compile(
    r"(?P<count>)(?:总?投资[\d.]{1,8}[万亿]?元的)?(?P<mod>[^,。;:、等\n的]{0,8}?)(?P<head>项目|工程|高速公路|公路|大桥|通道|学校|水库|泵站|变电站|水电站|抽水蓄能电站|电站|煤矿|山塘|水闸|污水处理厂|水厂|幼儿园|小学|中学|卫生院|敬老院)(?=[^\u4e00-\u9fff]|[均全将已正同集先建开在也分总相列计预目力有可完竣通进于投落]|共\d|的(?:投产|建设|[开动竣完]工|建成|改造|建成))"
)
_RITE = re.compile(r"(?:项目|工程)(?:集中|隆重|联合)?(?:开工|奠基|签约|竣工|投产|启动|动工|落成){1,2}(?:仪式|典礼|庆典)")
_BIG = re.compile(
    r"大(?<=[两二三四五六七八九十]大)[^,。;:、等\n的]{0,8}?(?:项目|工程)(?=[^\u4e00-\u9fff]|[均全将已正同集先建开也相列力有])"
)
_VISITED = re.compile(r"(?:项目)?(?:建设|施工|推进|改造|谋划|复工|运营|落地){1,3}(?:工作)?$")
_SEEN = re.compile(r"情况|进展|进度")
_VISITS = re.compile(r"调研|察看|考察|观摩|查看|走访|视察|深入|来到")
_PEOPLE = re.compile(r"[\u4e00-\u9fff]{2,3}")
_NO_END = frozenset("、,。;:)\n目程等的约共近有达")  # what no list of names ends with
_OTHER = re.compile(
    r"(?<!基础)设施|附属|配套|单体|乡镇|村|部门|单位|企业(?!投资|自建|自主)|公司|区县|县区|街道|地的|市县|主体|分项|子|内容"
)
_PREFIX = re.compile(r"投资[\d.]{1,8}[万亿]元的|[、的]|\d{1,4}条")
_BARE = re.compile(r"(?:重点|重大|新建|建设|在建|产业|的){0,3}(?:项目|工程)?$")
_FIRST_EDGES = frozenset((
    "among", "build", "make", "weak", "verb", "visit", "colon", "comma", "stop", "de", "many", "time", "who", "attr", "pred", "site", "count", "func",
    "ceremony", "this", "loc", "soft", "number", "space",
))  # fmt: skip
_ENUMERATES = re.compile(r"[^、,。;\n]{0,24}?(?:以|有|包括|如|涉及|推进|实施)[^、,。;\n]{3,24}、")
# What the works of one project end with.
_WORK = re.compile(
    r"(?:重力坝|导流洞|大坝|溢洪道|泄洪洞|引水隧洞|开挖|填方|挖方|浇筑|桩基|涵洞|通道|边坡|护坡|挡墙|路基|路面|基层|面层|铺设|安装|装修|装饰|砌筑|回填|平整|征占|征收|拆迁|迁改|绿化|亮化|美化|硬化|净化|给排水|排水|管网|管线|供电|供水|供气|供暖|通讯|通信|电力"
    r"|照明|道路|土石方|土方|钢结构|幕墙|室外|围墙|大门|门窗|消防|电梯|外立面|屋面|地下室|主体|基础|设备|输水|输电|交安|机电|房建|桥梁|隧道|桥台|墩柱|梁板|人行道|停车场|广场|雨污分流|水电|暖通|智能化|防水|运动场|食堂|教学楼"
    r"|宿舍楼|综合楼|办公楼|厂房|车间|仓库|锅炉房|门卫|校门|拓宽|加固|清淤|衬砌|防渗)(?:建设|施工|工程|项目)?$"
)
_WORKS_OF_A_KIND = (
    "泵站",
    "水库",
    "变电站",
    "水电站",
    "抽水蓄能电站",
    "电站",
    "水厂",
    "污水处理厂",
    "大桥",
    "桥梁",
    "煤矿",
    "山塘",
    "水闸",
)
_OF_A_KIND = re.compile(r"(水电站|抽水蓄能电站|水库|高速公路|铁路|污水处理厂|变电站|风电场)(?:建设|新建)?$")
_OF_THE_PUBLIC = ("卫生院", "敬老院", "小学", "中学", "幼儿园", "学校")  # much else is told of these than that they are built
_FOUNDED = re.compile(r"(?:新建|建成|扩建|改建|迁建|建设|[开动]工|兴建|修建|重建|投用|交付|改造)(?:了|好)?$")
_DONE = re.compile(
    r"(?:项目|工程)?(?:陆续|相继|先后|全部|均|已|正在|正|全面|顺利|的|实施|组织|进行|完成|同时|集中|举行|年内|年底前?|今年|将|力争|确保|于?(?:近日|日前|目前|近期)|于(?:今年|去年|上年)?\d{1,2}月(?:\d{1,2}日|底|初)?){0,3}"
    r"(?:建设|新建|[开动]工|扩建|改扩建|迁建|改造|除险加固|加固|投产|投用|建成|完工|竣工|通车|招投标|招标|施工|投入使用|总投资)"
)
# «甲、乙、丙3处集中供水工程»: what each place gets
_DOING = re.compile(
    r"^(?:[中小大]型|重点|农村|病险|标准化)*(?P<works>[^,。的]{0,6}(?:供水|引水|整治|改造|加固|治理|扩建|改建|迁建|修缮|清淤))$"
)
_EACH = re.compile(r"(?:新建|改扩建|扩建|改建|迁建|续建|重建|翻建)(?=[^、]{3})")  # what is done to each item of a list
_ROADS_BUILT = re.compile(r"(高速公路|公路|铁路)建设$")
_TWO_ROADS = re.compile(r"([GSXY]\d{2,4})[和与]([GSXY]\d{2,4})([\u4e00-\u9fff]{2,10})")
_UNITS = ("个", "项", "条", "座", "处", "所")
_BUILT = re.compile(r"建设|新建|加固|除险|整治|改造|维修|清淤|[开动]工|开通|推进|加快|谋划|规划|争取|续建|实施|建成|完成|贯通|通车")
_ACTS = re.compile(r"^(?:市|县|区|镇|乡|村|省|家|名|户)(?!级|本级|重点|重大|直|内|际)")
_CONTENTS = re.compile(
    r"(?:^|[,。;\n])(?:项目)?建设项目(?:主要)?(?:包括|包含|有):?$|(?:建设|主要|规划|工程)内容[^。;\n]{0,12}$|(?:主要|将)?(?:建设|生产)(?:内容)?(?:包括|包含)[^。;\n、]{0,4}$"
)


def lists(text: Text, phrases: list[Phrase]) -> Iterator[tuple[Span, list[Name]]]:
    """Yield each list's span with its names, in text order."""
    taken = -1
    number = FIRST_LIST
    regions = [*priced(text), *stretches(text), *introduced(text), *_closed(text, phrases)]
    for region in sorted(regions, key=lambda r: (r.start, -r.end)):
        if region.start < taken:
            continue
        names = _names(text, region, number)
        if not names and (_works(text, region) or _CONTENTS.search(text.folded, max(0, region.start - 24), region.start)):
            yield (region.start, region.end), []  # nothing in it is a name
        elif names:
            taken, number = region.end, number + 1
            yield (region.start, region.end), names


def _closed(text: Text, phrases: list[Phrase]) -> Iterator[Region]:
    """«甲、乙等14个重点项目», «甲、乙三项水利工程», «察看甲、乙建设情况»: the list before its class."""
    folded = text.folded
    for match in _CLOSING.finditer(folded):
        if _class(match):
            for region in _before(text, phrases, match.start(), sure=match["count"] is not None):
                region.works = match["count"] is None
                yield from _roads(text, region, match)
    for mention in text.of("quantity"):
        if mention.value.kind != "count" or mention.value.unit not in _UNITS:
            continue
        if folded[mention.start - 1] in _NO_END and not folded.endswith(("项目", "工程"), 0, mention.start):
            continue
        counted = _COUNTED.match(folded, mention.end, mention.end + 24)
        if counted and not _OTHER.search(counted["mod"]):
            regions = _couple(text, phrases, mention.start) if mention.value.value == 2 else []
            for region in regions or _before(text, phrases, mention.start, sure=True):
                yield from _roads(text, region, counted)
    for rite in _RITE.finditer(folded):
        for region in _before(text, phrases, rite.start() + 2, sure=False):  # 举行甲、乙、丙项目奠基仪式
            if len(region.items or _split(text, region)) > 2:
                yield region
    for big in _BIG.finditer(folded):
        at = big.start() - 1
        if folded[at - 1] not in "等”的":
            for region in _before(text, phrases, at, sure=False):  # 甲大通道、乙生态廊道两大工程
                items = _split(text, region)
                if sum(headed(folded[start:end]) for start, end in items) * 2 >= len(items):
                    yield region
    for seen in _SEEN.finditer(folded):
        visited = _VISITED.search(folded, max(0, seen.start() - 12), seen.start())
        if visited and folded[visited.start() - 1] not in "等的、":
            yield from _before(text, phrases, visited.start(), sure=False, visited=True)


def _couple(text: Text, phrases: list[Phrase], end: int) -> list[Region]:
    """«西华和扶沟县两个污水处理厂»: the two names before their count; nothing where more stand there, or one is no name."""
    folded, bounds = text.folded, text.word_bounds
    start = _body_start(folded, end)
    joint = max(folded.rfind(mark, max(start, end - 14), end) for mark in "和与及")
    if joint < start + 2 or joint not in bounds or joint + 1 not in bounds or folded.find("、", start, end) >= 0:
        return []
    first, _ = _first(text, phrases, start, joint)
    items = [(first, joint), (joint + 1, end)]
    if any(not 2 <= b - a <= 16 or residue(folded[a:b]) < 2 for a, b in items) or not proper(text, joint + 1, end):
        return []
    if not proper(text, first, joint) and not (joint - first <= 3 and folded[end - 1] in "县市区旗镇乡"):
        return []
    return [Region(first, end, "project.list", items=items)]


def _roads(text: Text, region: Region, match: re.Match[str]) -> Iterator[Region]:
    """Yield a list; one of expressways, reservoirs or schools only where they are built: 建设甲、乙2条高速公路."""
    folded, head, clause = text.folded, match["head"], text.clause_at(region.start)[0]
    counted = match["count"] or folded[match.start() - 1 : match.start()] in _UNITS
    if head in _OF_THE_PUBLIC and match["count"] is not None:
        if not counted or not (_FOUNDED.search(folded, clause, region.start) or _DONE.match(folded, match.end())):
            return
        region.tail = head
    elif head in _WORKS_OF_A_KIND:
        if not counted or not (_BUILT.search(folded, clause, region.start) or _DONE.match(folded, match.end())):
            return
        region.tail = head
    elif head in ROADS:
        region.tail = head
        if residue(match["mod"]) or not (_BUILT.search(folded, clause, region.start) or _DONE.match(folded, match.end())):
            return
    elif counted and (match["count"] or folded[match.start() - 1])[-1] in "处座所" and (doing := _DOING.match(match["mod"])):
        region.tail = doing["works"] + head
    elif kind := _OF_A_KIND.search(match["mod"]):
        region.tail = kind.group(1)  # 两河口、双江口等大型水电站建设项目
    elif (road := _ROADS_BUILT.search(match["mod"])) and not any(headed(text.folded[a:b]) for a, b in _split(text, region)):
        region.tail = road.group(1)  # 清溪、白沙等一批重点公路建设项目
    yield region


def _before(text: Text, phrases: list[Phrase], end: int, *, sure: bool, visited: bool = False) -> Iterator[Region]:
    """Yield the list that ends at an offset; `visited`: only where somebody visits it."""
    if text.folded.rfind("、", max(0, end - 900), end) < 0:
        return
    start, marks = _body_start(text.folded, end), "、"
    comma = text.folded.find("、", start, end)
    if comma < 0 and text.folded[start - 1] == ",":  # 以甲、乙,丙等项目为代表
        start, marks = _body_start(text.folded, start - 1), "、,"
        comma = text.folded.find("、", start, end) if _ENUMERATES.match(text.folded, start) else -1
    elif comma >= 0 and text.folded[start - 1] == ",":  # 甲、乙,丙、丁等项目
        before = _body_start(text.folded, start - 1)
        if text.folded.find("、", before, start) >= 0 and not _edged(phrases, before, start - 1) and not _edged(phrases, start, comma):
            start, marks, comma = before, "、,", text.folded.find("、", before, end)
    if comma < 0:
        return
    first, seen = _first(text, phrases, start, comma)
    if first < comma and (seen or not visited) and not _VISITS.search(text.folded, comma, end):
        yield Region(first, end, "project.list", sure=sure or seen, marks=marks)


def _edged(phrases: list[Phrase], start: int, end: int) -> bool:
    """Say whether any word that ends a name stands between two offsets, marks aside."""
    at = bisect_left(phrases, start, key=lambda p: p.left.end)
    for i in range(at, len(phrases)):
        left = phrases[i].left
        if left.start >= end:
            return False
        if left.start >= start and left.klass not in ("stop", "comma", "sep", "colon"):
            return True
    return True  # nothing is known of what no phrase covers


def _class(match: re.Match[str]) -> bool:
    """Say whether the words behind 等 name a class of projects: 26个在建项目, 高效生态农业产业化项目; not 乡镇的饮水工程, 配套工程."""
    mod = _PREFIX.sub("", match["mod"])
    if match["count"] and match["count"].startswith("一") and len(mod) > 4:
        mod = mod.removesuffix("配套")  # 一批公建、商住和旅游配套项目
    if (
        _OTHER.search(mod)
        or mod.startswith(("各项", "为一体", "于一体", "综合利用", "综合效益", "综合功能", "功能", "效益"))
        or (match["count"] and _ACTS.search(mod))
    ):
        return False
    return generic(mod) or len(mod) <= 6 or bool(match["count"]) or (len(mod) <= 14 and residue(mod) <= 4)


def _body_start(folded: str, end: int) -> int:
    """Return where the clause of a list begins; brackets inside it are passed over."""
    depth = 0
    for at in range(end - 1, max(-1, end - 900), -1):
        char = folded[at]
        if char == ")":
            depth += 1
        elif char == "(":
            depth -= 1
            if depth < 0:
                return at + 1
        elif (char in "。;!?\n") or (depth <= 0 and char in ",:" and not folded.startswith("以及", at + 1)):
            return at + 1
        elif char == "等" and depth <= 0 and folded[at + 1] != "、" and folded[at - 1] not in "高中初平同均":
            return at + 1  # 张三等为甲、乙等项目奠基
    return max(0, end - 900)


def _first(text: Text, phrases: list[Phrase], start: int, comma: int) -> tuple[int, bool]:
    """Return where the first item begins, behind the last edge before its 、 that leaves more than a class; and whether somebody visits."""
    at = bisect_left(phrases, start, key=lambda p: p.left.end)
    edges, seen = [], False
    for i in range(at, len(phrases)):
        left = phrases[i].left
        if left.end > comma:
            break
        seen = seen or left.klass == "visit"
        inside = left.klass in ("count", "number") and i > at and phrases[i - 1].items and phrases[i - 1].left.klass != "many"
        if left.klass in _FIRST_EDGES and not inside:  # 福建圣农1.2亿羽肉鸡饲料厂
            edges.append(left.start if left.klass == "count" else left.end)
    for edge in reversed(edges):
        if (
            comma - edge >= 2
            and text.folded[edge] != "("
            and not _BARE.match(text.folded, edge, comma)
            and not text.folded.startswith(("项目", "工程"), edge)
        ):
            return edge, seen
    return (edges[-1] if edges else start), seen


def _names(text: Text, region: Region, number: int) -> list[Name]:
    """Return the names of a list; none where most of its items are no names."""
    region.items = items = region.items or _split(text, region)
    if _works(text, region) or _CONTENTS.search(text.folded, max(0, region.start - 24), region.start):
        return []
    if text.folded.endswith(THERE, 0, region.start) and not any(located(text, *item) for item in items):
        return []  # 沿线分布着鲟鱼养殖基地、采摘园等项目30余处
    if ACTIONS.search(text.folded[items[-1][0] : items[-1][1]]):
        return []  # 城市更新、交通畅联“四大行动”
    if not region.tail and sum(zone(text, *item) for item in items) * 2 > len(items):
        return []  # 成都、自贡、泸州等13个市
    region.sure = region.sure or sum(located(text, *item) for item in items) * 2 >= len(items)
    names: list[Name] = []
    before, counted = "", 0
    leads = {match.group() for start, end in items if (match := _EACH.match(text.folded, start, end))}
    several = len(leads) > 1
    for start, end in items:
        if each := _EACH.match(text.folded, start, end) if several else None:
            start = each.end()  # 新建|某小学、扩建|某小学
        if not names and region.rule == "project.list" and not text.folded.startswith("新建", items[-1][0]):
            start += 2 * text.folded.startswith("新建", start)  # 全区新建|某陶瓷、某建材等项目
        span = name_span(text, start, end, sure=region.sure)
        if span is None or (not region.tail and division(text, *span)):
            text.refuse(region.rule, start, end, "no name in a list")
            counted += bool(COUNT_LEAD.match(text.folded, start, end)) or text.folded[start:end] in NO_NAMES
            continue
        name = text.string[span[0] : span[1]]
        shared = shared_plant(before, name)
        if two := _TWO_ROADS.fullmatch(name):  # G206和S332一级公路
            names += [Name(span[0] + two.start(k), span[0] + two.end(k), two[k] + two[3], "list", "project.shared", number) for k in (1, 2)]
            continue
        names.append(Name(span[0], span[1], shared or name, "list", "project.shared" if shared else region.rule, number))
        before = before if shared else name
    alone = len(items) < 2 and text.folded[region.start - 1] == "即"
    few = len(names) + counted < 2 and not alone
    if not names or few or len(names) * 2 < len(items) - counted or (len(names) < 3 and len(names) * 2 <= len(items) - counted):
        return []
    firms = region.tail or text.folded.endswith(("签约", "引进"), 0, region.start)
    if (
        not firms
        and all(_PEOPLE.fullmatch(n.text) for n in names)
        and not any(heads_in(n.text) or located(text, n.start, n.end) for n in names)
    ):
        return []  # 张三、李四等
    if not region.sure and sum(_like_a_name(text, n) for n in names) * 2 < len(names):
        return []  # 路基土石方开挖、填方等工程
    return called(region.tail, names) if region.tail else moved(text, tailed(names))


def priced(text: Text) -> Iterator[Region]:
    """«港区30亿元麋鹿风情小镇、5亿元国投废盐处置»: items that begin with their price."""
    for items in chain(text):
        start = max(text.folded.rfind(mark, 0, items[0][0]) for mark in "、,;:。\n") + 1
        yield Region(start, items[-1][1], "project.priced", items=items)


def _like_a_name(text: Text, name: Name) -> bool:
    """Say whether an item has a head word, something proper, or hardly a word that others share: 扬子鑫福造船; not 桥台浇筑."""
    if heads_in(name.text) or proper(text, name.start, name.end):
        return True
    return len(name.text) >= 5 and residue(name.text) >= len(name.text) - 1


def _works(text: Text, region: Region) -> bool:
    """Say whether an uncounted list is of the works of one project: 路基土石方开挖、填方、桥台浇筑等工程."""
    if not region.works:
        return False
    items = region.items or _split(text, region)
    return sum(bool(_WORK.search(text.folded[start:end])) and not located(text, start, end) for start, end in items) * 2 >= len(items)


def _split(text: Text, region: Region) -> list[Span]:
    """Split a list at the 、 outside brackets and quotations, its items at a 和 between two names."""
    folded, items = text.folded, []
    depth, start = 0, region.start
    for at in range(region.start, region.end):
        char = folded[at]
        if char in "(“《":
            depth += 1
        elif char in ")”》":
            depth -= 1
        elif char in region.marks and depth <= 0 and not numbers_tied(folded, at):
            items.append((start, at))
            start = at + 1
    last = (start, region.end)
    spans = [part for item in items for part in halves(text, *item, last=False)]
    return [*spans, *halves(text, *last, last=True)]

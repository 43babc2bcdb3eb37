"""Where a name begins and ends inside its item."""

from __future__ import annotations

import re

from ljnews.facts.project.chunks import Head, Item
from ljnews.facts.project.specific import FIRM, generic, generic_words, heads_in, residue, tagged
from ljnews.lexicon.loader import load
from ljnews.text.text import Text

# 市重点项目|湘粤桂物流园, 招商引资项目|某厂: the class before the name.
CLASS_WORDS = (
    "重点", "重大", "产业", "民生", "实事", "示范", "标志性", "签约", "招商", "招商引资", "招引", "在建", "龙头", "建设", "市级", "省级", "县级",
    "惠民", "支撑性", "考核", "工业", "一号", "百大", "双百",
)  # fmt: skip
_EDGES = "facts/project/lexicon/edges"
# 西部陆海新通道骨干工程|平陆运河: what a works is of another, before its name
_ROLE = re.compile(r"(?:骨干|控制性|关键性?|先导|先行|标志性|节点|超级|战略性|支撑性|头号|一号|龙头|重点|重大|标杆)工程$")
_VERBAL_TAGS = frozenset(("v", "d", "p", "c", "vd", "r"))
# 联成|塑胶项目: before a trade what looks like a verb is the name of a firm
_TRADE = re.compile(r"塑胶|塑料|石化|化学|化工|化纤|油脂|包装|电缆|电池|光伏|硅业|铝业|纸业|药业|矿业|钢构")
_SHORT_VERBS = "打建修抓设"
_VERBAL = "至到为成了"  # behind a work word these make it a verb: 拓宽至7.5米
_PREPOSITIONS = "像除据从对向由于在将把与以就为按过自受"
_TRAILING = re.compile(r"(?:建设|的){1,3}$")
_COMPANY = re.compile(r"(?:公司|集团)$")
_CONTRACTOR = re.compile(r"中(?:铁|建|交|冶|电建|水电|核)[\u4e00-\u9fff]{0,8}?(?:局|公司|集团)")
_NUMBERING = re.compile(r"\d{1,2}[.)]\s?(?!\d)|\(\d{1,2}\)|[①-⑳]")
_DAY = re.compile(r"\([^()]{0,8}\d[日月年][^()]{0,4}\)")
_DIGITS = frozenset("0123456789(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_WENT = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:到|赴)(?=[县市区镇乡])")
_SITE = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:开发区|经开区|高新区|园区|新区|工业园|街道|区|县|市|镇|乡|村)")
_RANK = re.compile(
    r"(?:新?(?:入园|入驻|落户|招商|龙头|重点|规上))企业(?=[\u4e00-\u9fff]{4})|[\d.]{1,6}[万亿]元?(?=[\u4e00-\u9fff]{4})(?!吨|千瓦|套|只|头|平方|米|台|件|亩|支|羽|方|锭|双|片|辆|吨)|[三四五]星级(?=[\u4e00-\u9fff]{4})|(?:世界|中国|全国|国内|民营企业|民企)*\d{2,3}强(?:企业)?(?=[\u4e00-\u9fff]{3})"
)
# 全资子公司|某轴承集团有限公司生产基地项目
_KINDRED = re.compile(r"(?:全资|控股|下属|旗下|参股){1,2}(?:子公司|分公司|公司|企业)(?=[\u4e00-\u9fff]{4})")
_AND_ALSO = re.compile(r"[^、,暨]{0,10}?(?:工\)?|活动|仪式|大会)暨")
_ABBREVIATES = ("(简称", "(以下简称", "(下称", "(又称", "(又名")
_VERB_LEAD = re.compile(r"(?:储备|谋划|引进|实施|推进|承接)(?=\d|年产)|[又更]有|既有(?!住宅|建筑|小区|多层|铁路|线)")
# 引进某生物公司|发展食用菌生产项目
_DEVELOPS = re.compile(
    r"(?:[^,。、]{2,20}?(?:公司|客商|台商|外商|企业|集团))?(?:积极|大力|投资)?发展(?=[\u4e00-\u9fff]{4})(?!有限|股份|集团|公司|中心|大道|路|示范|区|基金|项目|工程)"
)
# 投10亿建|大陆某灯项目, 某集团斥资3亿元打造|某产业园: a headline's verb and sum
_PAYS = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:投资|投入|斥资|出资|[拟再又将]?投|耗资)?[\d.]{1,8}余?[万亿]{1,2}(?:美|欧)?元?(?:投资|投)?(?:新建|兴建|修建|打造|收购|建设|建|购|上马)(?=[\u4e00-\u9fffA-Za-z]{4})"
)
# 在云州市建|12亿只路灯项目
_BUILDS_MANY = re.compile(r"[\u4e00-\u9fff]{1,10}?[省市县区]建(?=\d)")
# 极大提升了|某旅游项目
_ACHIEVES = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:提升|提高|增强|改善|拉动|带动|保障|加快|促进|推动|丰富|完善|优化|扩大|助推|支撑)了(?=[\u4e00-\u9fff]{4})"
)
# of the paper's own town: 市经济开发区|某油脂项目, 城区|翠月路
_BARE_ZONE = re.compile(
    r"(?:(?:[省市县区]|国家级|省级)?(?:经济)?(?:技术)?(?:开发区|经开区|高新区|工业园区|工业区|集聚区)|城区|市区)(?=[\u4e00-\u9fffA-Z]{3})(?!管委会|基础设施|标准厂房|建设|中心)"
)
_ZONE = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:开发区|经开区|高新区|集聚区|工业集中区|产业集中区|工业园区|产业园区|科技园区|工业园|工业区)")


# 五阳工业园区|3万吨米糠油扩建项目
_OUTPUT = re.compile(r"\d[\d.]{0,7}[万亿]?(?:吨|千瓦|兆瓦|立方米|平方米|台|套|辆|头|只|件)(?=[\u4e00-\u9fff]{3})")
_PROVINCES = tuple(
    "北京 天津 河北 山西 辽宁 吉林 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南"
    " 广东 海南 重庆 四川 贵州 云南 陕西 甘肃 青海 广西 宁夏 新疆 西藏 内蒙古 黑龙江".split()
)


_FOLLOWING = re.compile(r"继[^。;\n]{4,80}?后,")


def stands(text: Text, head: Head) -> bool:
    """Say whether a head word is one here: not a verb (拓宽至7.5米), not the end of another word (…厂 cut off)."""
    start, end, klass, _ = head
    if klass == "work" and text.folded[end : end + 1] in _VERBAL and end < len(text.folded):
        return False
    return end - start > 1 or end in text.word_bounds


def unabbreviated(text: Text, item: Item) -> Item:
    """Return the item without a bracket that abbreviates it, and what follows: 温州至福州高铁|(简称“温福高铁”)."""
    if text.folded.find("(", item.start, item.end) < 0:
        return item
    at = next((i for mark in _ABBREVIATES if (i := text.folded.find(mark, item.start, item.end)) > item.start), 0)
    return Item(item.start, at, [h for h in item.heads if h.end <= at], item.sep) if at else item


def standing(text: Text, item: Item, start: int) -> list[Head]:
    """Return the item's head words from an offset on that stand; 项目项目 is one."""
    heads = item.heads
    if not heads:
        return heads
    heads = [h for h in heads if h[0] >= start and stands(text, h)]
    while len(heads) > 1 and heads[-1].term == heads[-2].term == "项目" and heads[-1].start == heads[-2].end:
        heads.pop()  # …产业园项目项目选址在某镇
    return heads


def begin(text: Text, item: Item) -> int:
    """Return where a name begins inside its item: behind a leading verb (新建西环路), a class (市重点项目湘粤桂物流园), a zone, a builder."""
    folded, start = text.folded, item.start
    for n, head in enumerate(item.heads[:-1]):
        after = item.heads[n + 1]
        verb = head.klass == "work" and head.start == start and not (after.start == head.end and after.klass == "item")
        bare = (
            head.start == start and head.term == "项目" and folded[head.end : head.end + 1] not in "(“" and item.heads[-1].klass == "item"
        )  # 已投产|项目海尚水产食品项目
        role = head.klass in ("item", "ext") and bool(_ROLE.search(folded, max(start, head.end - 8), head.end))
        role = role and residue(folded[head.end : min(item.heads[-1].start, head.end + 24)]) >= 2
        if verb or role or (head.klass == "item" and head.end < after.start and (bare or _of_class(folded[start : head.start]))):
            start = head.end
    if match := _AND_ALSO.match(folded, start, item.end) if folded.find("暨", start, item.end) >= 0 else None:
        start = match.end()  # 集中开(复)工暨某项目
    start += folded[start] == "暨" and start + 1 in text.word_bounds
    if match := (
        _VERB_LEAD.match(folded, start, item.end) or _RANK.match(folded, start, item.end) or _KINDRED.match(folded, start, item.end)
    ):
        start = match.end()
    if match := _DEVELOPS.match(folded, start, item.end) if folded.find("发展", start, item.end) >= 0 else None:
        start = match.end()
    start = _behind_doing(folded, start, item.end)
    if match := _BARE_ZONE.match(folded, start, item.end) if "区" in folded[start : start + 9] else None:
        start = match.end() if residue(folded[match.end() : item.heads[-1].start if item.heads else item.end]) >= 2 else start
    start = behind_county(text, _behind_zone(text, item, start), item.end)
    if folded[start] == "继" and _FOLLOWING.match(folded, start):
        start += 1  # 继|甲路、乙路通车后,
    if folded[start] == "出" and "\u4e00" <= folded[start - 1] <= "\u9fff" and start + 1 in text.word_bounds:
        start += 1  # 彰显|出强劲市场
    if folded[start] == "设" and folded.endswith("仪式", 0, start):
        start += 1  # 开工仪式设某项目主会场
    builder = _CONTRACTOR.match(folded, start, item.end) if folded[start] == "中" else None
    if builder and folded.startswith(("部", "经理部"), item.heads[-1].end if item.heads else item.end):
        start = builder.end()  # 中铁二十九局金祁铁路项目部
    if match := _DAY.match(folded, start, item.end) if folded[start] == "(" else None:
        start = match.end()  # 今天(10月10日)某学校扩建工程
    if match := _NUMBERING.match(folded, start, item.end) if folded[start] in _DIGITS else None:
        start = match.end()  # 1.白水县某项目
    if went := None if item.sep else _WENT.match(folded, start, item.end):
        start = went.end()  # 张三到县中医院搬迁项目
    preposed = not item.sep and folded[start] in _PREPOSITIONS and (folded[start] not in "将自受除" or start + 1 in text.word_bounds)
    if preposed and not _at_place(text, start, item.end) and not any(load(_EDGES).klass(folded[start : start + n]) for n in (2, 3, 4)):
        start += 1
    return start


def _behind_doing(folded: str, start: int, end: int) -> int:
    """Return where the name begins behind a verb with its sum or its 了: 投10亿建|大陆某灯项目, 极大提升了|某旅游项目."""
    for mark, pattern in (("亿", _PAYS), ("万", _PAYS), ("了", _ACHIEVES), ("建", _BUILDS_MANY)):
        if 0 < folded.find(mark, start, start + 18) < end and (match := pattern.match(folded, start, end)):
            return match.end()
    return start


def _at_place(text: Text, start: int, end: int) -> bool:
    """Say whether a place begins at an offset: 自贡|国泰华荣, not 自|某地."""
    return any(m.start == start for m in text.within("place", start, end))


def behind_county(text: Text, start: int, end: int) -> int:
    """Return where a name begins behind the county it stands in, if it begins with a province: 山东省昌乐县|山东鸢飞电动车."""
    at = start
    for mention in text.within("place", start, min(end, start + 24)):
        if mention.start != at:
            break
        name = text.folded[mention.start : mention.end]
        if mention.start > start and name in _PROVINCES and text.folded[at - 1] in "县市区旗州" and end - mention.end >= 3:
            return mention.start
        at = mention.end
    return start


def bare_zone(text: Text, start: int, end: int) -> int:
    """Return where a name begins behind a zone of the paper's own town: 开发区|甘肃电科院试验基地."""
    match = _BARE_ZONE.match(text.folded, start, end)
    province = match is not None and text.folded.startswith(_PROVINCES, match.end())
    return match.end() if match and province and end - match.end() >= 5 else start


def behind_locative(text: Text, start: int, end: int) -> int:
    """Return where a name begins behind the place where it stands, if the text has it without the place too: 在东新区|泰和家园安置区施工现场."""
    folded, at = text.folded, start
    for _ in range(3):
        match = _SITE.match(folded, at, end)
        if match is None or end - match.end() < 4 or generic(folded[match.end() : end - 2]):
            break
        bare = folded[match.end() : end]
        if folded.count(bare) > folded.count(folded[at:end]):
            return match.end()
        at = match.end()
    return start


def _behind_zone(text: Text, item: Item, start: int) -> int:
    """Return where the name begins behind a zone that is its place: 衢州绿色产业集聚区|中来股份光伏产业园项目, 中宁工业园|宁夏某项目."""
    at = start
    for _ in range(2):
        zone = _ZONE.match(text.folded, at, item.end) if "区" in text.folded[at + 2 : item.end] else None
        if zone is None or text.folded.startswith("(", zone.end()):
            break
        at = zone.end()
        beyond = any(m.start == at for m in text.within("place", at, item.end))
        if residue(text.folded[at : item.heads[-1].start] if item.heads else text.folded[at : item.end]) < 2:
            return start
        if (
            beyond
            or text.folded.startswith("年产", at)
            or _OUTPUT.match(text.folded, at)
            or FIRM.search(text.folded, at, min(item.end, at + 12))
        ):
            return at
    return start


def behind_site(text: Text, start: int, item: Item) -> int:
    """Return where a name begins behind the place that 位于 governs: 位于|城东新区|“桂花广场”项目."""
    folded = text.folded
    for _ in range(3):
        match = _SITE.match(folded, start, item.end)
        if match is None or item.end - match.end() < 4 or residue(folded[match.end() : item.end]) < 2:
            break
        if generic(folded[match.end() : item.heads[-1].start] if item.heads else folded[match.end() : item.end]):
            break
        start = match.end()
    return start


def verbal(text: Text, start: int, end: int) -> bool:
    """Say whether a stretch is verbs and adverbs only: 牵住, 狠抓."""
    return all(tag in _VERBAL_TAGS for _, tag in tagged(text.string[start:end]))


def _of_class(modifier: str) -> bool:
    """Say whether a modifier of 项目 or 工程 makes it a class: 道县市重点|项目, 国家水利|工程."""
    return modifier.endswith(CLASS_WORDS) or (bool(modifier) and generic(modifier))


def noun(text: Text, start: int, end: int) -> int:
    """Return where the noun begins when verbs and adverbs that no list knows stand before it: 尽力争取…, 发出打好“三北”工程.

    A name that the text repeats whole begins where it begins (联想产业园: 联想 is a verb too).
    """
    string = text.string
    if text.folded[start + 1 : start + 6].find("—") >= 0:
        return start  # 夜坪—五桥通村公路
    quote = string.find("“", start, end)
    heads = heads_in(text.folded[start:end])
    if heads and heads[0][2] == "road" and 2 <= heads[0][0] <= 3 and not load(_EDGES).klass(text.folded[start : start + 2]):
        return start  # 呼准鄂铁路
    words = tagged(string[start : quote if quote > start else end])
    ends_in_verb = quote > start and words[-1][1] == "v"
    if quote > start and _COMPANY.search(string, start, quote) and string.endswith(("”项目", "”工程"), quote, end):
        return quote  # 市城投公司“四馆一中心”项目
    if (
        0 < quote - start <= 3
        and string[quote - 1] not in "路街道镇村县市区河湖"
        and not FIRM.search(string, start, quote)
        and not text.within("place", start, quote)
        and not re.search(re.escape(string[start:quote]) + "[乡镇村县区]", string)
    ):
        return quote  # 打好“三北”工程, 一场“三北”工程
    verb = words[0][1] in _VERBAL_TAGS and (len(words[0][0]) > 1 or words[0][0] in _SHORT_VERBS)
    verb = verb and not _at_place(text, start, end) and not _TRADE.match(string, start + len(words[0][0]), end)
    if not verb and not ends_in_verb:
        return start
    whole = string[start:end]
    if string.find(whole, end) >= 0 or string.find(whole, 0, start) >= 0:
        return start
    if ends_in_verb:
        return quote
    at = start
    for word, tag in words:
        known = load(_EDGES).klass(word) == "keep" or (word in generic_words()[0] and tag != "d")
        if tag not in _VERBAL_TAGS or known or residue(text.folded[at + len(word) : end]) < 2:
            break
        at += len(word)
    return at


def trim(text: Text, start: int, end: int) -> tuple[int, int]:
    """Return the span with its bracket or quotation closed (铁路项目(上杭段)), without marks around the whole and a trailing 建设."""
    folded = text.folded
    if end < len(folded) and folded[end] in "”)" and not balanced(folded[start:end]):
        end += 1
    string = folded[start:end]
    if string[-1:] in "设的":
        cut = _TRAILING.search(string)
        return (start, start + cut.start()) if cut else (start, end)
    if string[:1] == '"' and string.count('"') == 1:
        return start + 1, end  # "国家某照明工程|"的
    if string[:1] in ("“", '"', "‘") and string[-1:] in ("”", '"', "’") and string.count("“") <= 1:
        return start + 1, end - 1
    return start, end


def balanced(string: str) -> bool:
    """Say whether quotation marks and brackets close."""
    if string.isalnum():
        return True
    return all(string.count(a) == string.count(b) for a, b in ("“”", "()", "‘’", "《》"))


def join(items: list[Item]) -> Item:
    """Return items as one, separators included."""
    return Item(items[0].start, items[-1].end, [h for item in items for h in item.heads], items[0].sep)

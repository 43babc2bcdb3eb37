"""What of a list's item is the name: without its number, its verb, its price; and where a 和 makes two items of one."""

from __future__ import annotations

import re

from ljnews.facts.project import span
from ljnews.facts.project.shared import CODE
from ljnews.facts.project.specific import generic, heads_in, located, opening, residue
from ljnews.text.text import Span, Text

N = r"(?:\d{1,4}|[一二三四五六七八九十百两几]{1,3})"
_AND = re.compile(r"以及|[和及与]")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_LEAD = re.compile(
    r"(?:\(?\d{1,2}[.)](?!\d)|\d{1,2}、(?=[^\d、]|\d{2})|[①-⑳]|[^、,。]{0,8}(?:项目|工程)(?:涉及|涵盖)|连接[^、。的]{2,20}的(?=[^、]{2})|(?:其中|以及|还有|包括|已有|仍有|现有|[又更]有|既有(?!住宅|建筑|小区|多层|铁路|线))|由[^、。()]{2,30}?(?:投资|投建|承建|建设|实施|引进|开发)(?:兴建|建设)?的|[^、。()]{2,10}?(?:援建|投资|承建|建设|实施|引进)的|(?:[\u4e00-\u9fff]{1,6}(?:区|县|市|镇|乡|街道|园))?[\d.]{1,8}余?[万亿]元的?|[^、,。的()\d.]{2,16}[\d.]{1,8}[万亿]{0,2}(?:吨|千瓦|元|亩|平方米|公里|套|台|人)(?:以上|左右)?的(?=[^、,。的]{3})|[^、,()]{2,30}?投资(?:额|约)?[\d.]{1,8}余?[万亿]{1,2}元(?:(?:建设|兴建|新建|实施)?的|(?:建设|兴建|新建|投建|打造)(?=[^、,。]{4}))|[^、,。]{0,4}(?:建设|筹划|规划|谋划|施工)中的|开工建设的|(?:总|计划|概算|预计)*投资(?:额|约|达)?[\d.]{1,8}余?[万亿]元(?:\([^()]{1,8}\))?的?|总?占地[\d.]{1,8}[万余]?亩的|、?年(?:产|处理|加工)[^,。的]{2,24}的|开展|\d{1,4}[个项]项目以|(?:进入|雏形|新进场|即将|刚刚?|已经?)[^、,。()的]{1,10}的(?=[\u4e00-\u9fff]{4}))\s*"
)
_REMARK = re.compile(r"\([^()]*(?:投资|占地|亿元|万元|\d亩|万吨/|户\))[^()]*\)?$")
_TAIL = re.compile(r"(?:(?<!异地)建设|的|(?:分|主)(?:会场|现场)|施工现场|建设工地|工地|现场){1,2}$")
_EXTRAS = re.compile(r"(?<=工程|项目)[及和与](?:其|周边)?(?:配套|附属)(?:管网|设施|道路|管线|路网|绿化){1,2}$")
COUNT_LEAD = re.compile(
    rf"[^、]{{0,8}}{N}[余多]?个(?:省|市|县|区)?级?(?:重点|重大)|(?:{N}[余多]?(?:个|座|条|项|家|所|处|批|栋)(?!泵|路)|一批|多个|首批|各)"
)
_NO_ITEM = re.compile(
    r"(?:产业|领域|行业|方面|企业|板块|公司|单位|部门|内容|措施|产品|问题|活动|工作|事业|机构|品牌|体系|服务|能力|管理|情况|加强|强国|战略|行动|政策|登记|年检|许可|考试|体检|培训|补贴|奖励|比赛|表演|竞赛)$|[;。!?]"
)
# 有惠及群众的|54个社会民生项目, 重大民生工程项目|17个, 区政府确定今年实施|24个项目: a count of a class, not one of it
_A_CLASS = re.compile(
    rf"\A.*(?:的{N}余?[个项条座][^、]{{0,10}}(?:项目|工程)|(?:项目|工程){N}余?[个项]|(?:生产线|车间|厂房|仓库|装置|设备){N}余?[条台套栋座个幢])"
)
_COUNT_TAIL = re.compile(r"(?<![第的等\d])\d{1,3}个[\u4e00-\u9fff]{0,8}(?:项目|工程)$")
_ORGAN = re.compile(r"(?:[省市县区州旗镇乡]|党)(?:委|政府|党委|人大|政协|纪委)(?![\u4e00-\u9fff]{0,4}(?:大楼|办公楼|综合楼|党校|新址))")
_STRIPPED = frozenset(("build", "make", "visit"))
_BARRED = frozenset(("verb", "weak", "who", "func", "time", "attr", "this", "person"))
# 总投资103亿元, 年度投资40亿元: the figures of the item before
_A_FIGURE = re.compile(
    r"(?:总|年度|计划|累计|完成|概算|预计|固定资产)*(?:投资|造价|产值|占地|用地)(?:总?额|面积)?(?:约|达|为)?[\d.]{1,8}余?[万亿]?[元亩]"
)
_A_SCHOOL = re.compile(r"[\u4e00-\u9fff](?:小学|中学|幼儿园|学校|[一二三四五六七八九十][小中幼])$")
_UNDERTAKING = re.compile(r"(?:建设|新建|改扩建|迁建)(?:项目|工程)$")
_SEVERAL = re.compile(r"(?:项目|工程)[、和]")
_WHOLE = re.compile(r"[^,。;:!?\n]{3,60}(?:项目|工程)(?:\([^()]{1,16}\))?(?=[,。;\n])")
_ENDS = frozenset("线路站桥园区院校厂库港场馆渠道")
# 某卫生院、小学、幼儿园等工程
NO_NAMES = frozenset(("小学", "幼儿园", "中学", "学校", "医院", "卫生院", "公园", "广场", "小区", "道路", "桥梁", "管网", "食堂", "厂房"))
_KEEP = ("新建", "建设", "完成")
# 建设|秀水东路绿道; not 建设路改造, 建设银行大楼
_BUILDS = re.compile(r"建设(?![路街村镇乡东西南北中大]|银行|局|委|厅|工程|项目|中的)(?=[^、]{4})(?![^、]*(?:项目|工程)$)")
# 对部分小区进行改造, 旧城区实施改造: what is done, not a name; not 对山水库, 对外贸易中心
_TREATS = re.compile(
    r"\A(?:对(?![口外接面山河湖岸坪岩门俄台日韩]).{4,}|.{2,}(?:进行|实施)[^、]{0,8}(?:改造|整治|治理|修缮|提升|维修|试点|修复|建设|绿化|硬化)|.{2,}(?<![为明未])了(?![望解然]).+)"
)


def halves(text: Text, start: int, end: int, *, last: bool) -> list[Span]:
    """«甲工程和乙», the last item «甲和乙»: two names; «厂房及配套设施» is one."""
    folded = text.folded
    tied = folded.find("的", start, end) if folded.startswith(("连接", "联通", "沟通"), start) else -1
    for match in _AND.finditer(folded, max(start, tied), end):
        a, b = match.span()
        if CODE.fullmatch(folded, start, a) and CODE.match(folded, b):
            return [(start, a), *halves(text, b, end, last=last)]  # G206和S332一级公路
        a -= folded[a - 1] == ","  # 甲及配套设施,以及乙
        if folded.count("(", start, a) != folded.count(")", start, a) or a - start < 2 or end - b < 2:
            continue
        if _schools(folded, start, a, b, end):
            return [(start, a), (b, end)]
        explicit = folded[a - 2 : a] in ("项目", "工程") or (
            folded[a - 2 : a] == folded[end - 2 : end] == "中心" and located(text, start, a) and located(text, b, end)
        )  # 青岚精神卫生中心及市中医医院治疗中心
        ends = explicit or folded[a - 1] in _ENDS
        listed = ends and match.group() == "和" and a in text.word_bounds and end - b >= 4
        beyond = (listed or residue(folded[b:end]) >= 2) and not folded.startswith(("配套", "附属", "其", "接线", "相关"), b)
        clear = match.group() in ("和", "以及") and a in text.word_bounds and b in text.word_bounds
        tied = ends and (clear or last or folded[end - 1] in _ENDS)
        tied = tied and (last or explicit or located(text, b, end) or folded[end - 1] in _ENDS)
        closing = last and (match.group() == "以及" or (clear and not folded.endswith(("项目", "工程"), b, end)))
        if beyond and (explicit or tied or closing):
            return [(start, a), *halves(text, b, end, last=last)]
    return [(start, end)]


def _schools(folded: str, start: int, a: int, b: int, end: int) -> bool:
    """«城西幼儿园和望水二小建设项目»: two schools under one 建设项目."""
    closing = _UNDERTAKING.search(folded, b, end)
    last = closing.start() if closing else end
    return last - b >= 3 and all(_A_SCHOOL.search(folded, *span) for span in ((start, a), (b, last)))


def name_span(text: Text, start: int, end: int, *, sure: bool) -> Span | None:
    """Return the span of an item's name: without its number, its verb, its figures; None where it is no name."""
    folded = text.folded
    if folded[start : start + 1] == "有" and folded[start - 1 : start] in ("又", "更"):
        start += 1  # 又有|某厂技改、某园
    start += len(folded[start:end]) - len(folded[start:end].lstrip())  # …项目、⏎由某公司投资的某项目
    while match := _LEAD.match(folded, start, end):
        start = match.end()
    priced = folded.endswith("元的", 0, start)  # 投资25亿元的|明耀电气云州新材料产业
    if folded.startswith("了", start):
        start += 1
    start = span.behind_county(text, span.bare_zone(text, start, end), end)
    size, klass = opening(folded[start : min(start + 5, end)])
    if built := _BUILDS.match(folded, start, end):
        start = built.end()
    elif klass in _STRIPPED and not folded.startswith(_KEEP, start):
        start += size
        start += 1 if folded.startswith("了", start) else 0
    elif klass in _BARRED:
        return None
    if match := _REMARK.search(folded[start:end]):
        end = start + match.start()
    counted = _COUNT_TAIL.search(folded, start + 3, end)
    end = counted.start() if counted else end  # 丙包装产品|3个关联产业项目,以及丁
    if match := _TAIL.search(folded[start:end]):
        end = start + match.start()
    if extras := _EXTRAS.search(folded[start:end]):
        end = start + extras.start()  # 某污水处理厂扩建工程|及配套管网
    if folded[start : start + 1] == "“" and folded[end - 1 : end] == "”" and folded.count("“", start, end) == 1:
        start, end = start + 1, end - 1
    string = folded[start:end]
    if (
        _A_FIGURE.fullmatch(string)
        or not 2 <= end - start <= 60
        or COUNT_LEAD.match(string)
        or (_NO_ITEM.search(string) and not counted and not (priced and string.endswith("产业") and residue(string) >= 3))
        or _A_CLASS.fullmatch(string)
        or _TREATS.fullmatch(string)
        or _ORGAN.match(string)
        or not (_WORDS.search(string) or CODE.fullmatch(string))
    ):
        return None
    if generic(string) and not _definite(string, sure=sure):
        return None
    if string.count("“") != string.count("”") or string.count("(") != string.count(")"):
        return None
    return (start, end)


def _definite(string: str, *, sure: bool) -> bool:
    """Say whether a generic name is one in its list: 草原文化产业园, 职教中心; in a list that may be anything only a long one."""
    heads = heads_in(string)
    if string in NO_NAMES:
        return False
    if len(heads) == 1 and heads[0][2] == "item" and len(string) <= 6 and string.endswith("项目"):
        return False  # 公共服务项目, 重大产业项目: a class
    site = bool(heads) and heads[-1][2] in ("civic", "park", "plant", "ext", "housing")
    site = site or (sure and len(string) >= 3 and string[-1] in "路街")
    site = site or (sure and len(heads) > 1 and heads[-1][2] == "work" and heads[-2][2] == "civic" and heads[-2][1] == heads[-1][0])
    return (sure and bool(heads) and (len(string) >= 6 or site)) or (site and len(string) >= 6)


def shared_plant(before: str, name: str) -> str:
    """«圣农肉鸡全产业链饲料厂、屠宰场»: a bare plant behind a named one shares what names it; "" where it stands alone."""
    own, other = heads_in(name), heads_in(before)
    bare = len(name) <= 5 and name[-1:] in "厂场站库" and (not own or (own[-1][2] == "plant" and not residue(name)))
    if not bare or not other or other[-1][2] != "plant" or other[-1][1] != len(before) or len(before) < 8:
        return ""
    return before[: other[-1][0]] + name


def semicolons(folded: str, start: int) -> list[Span]:
    """Return the items of a list parted by semicolons, none where they are not all short: 6个项目分别为:甲项目;乙项目;丙项目。"""
    if folded[start - 1] != ":" or folded.find(";", start, start + 80) < 0:
        return []
    end = next((i for i in range(start, min(len(folded), start + 1200)) if folded[i] in "。\n!?"), -1)
    parts = folded[start:end].split(";") if end > 0 else []
    names = [part.partition(",")[0] for part in parts]
    figured = all("," not in part or _A_FIGURE.match(part.partition(",")[2]) for part in parts[:-1])
    if len(parts) < 3 or not figured or any(not 4 <= len(name) <= 50 for name in names):
        return []
    spans = []
    for part, name in zip(parts, names, strict=True):
        spans.append((start, start + len(name)))
        start += len(part) + 1
    return spans


def commas(folded: str, start: int) -> list[Span]:
    """Return the items of a list parted by commas, each of which says that it is a project: 分别是甲项目,乙(二期)项目,丙工程,总投资…."""
    spans: list[Span] = []
    if folded.find(",", start, start + 60) < 0:
        return spans
    while (match := _WHOLE.match(folded, start)) and len(spans) < 40:
        if _SEVERAL.search(match.group()):
            return []
        spans.append((start, match.end()))
        start = match.end() + 1
        if folded[start - 1 : start] != ",":
            break
    return spans if len(spans) > 2 else []

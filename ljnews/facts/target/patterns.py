"""Cues and rules of targets: what each rule is, the word classes, and the small expressions around them.

Reading order of the folder: `patterns` (words), `clauses` (cutting a sentence), `cue` (does a clause open a target, and how strongly),
`horizon` (by when), `progress` (achieved against a plan), `extractor` (all together), `build` (the facts).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from ljnews.lexicon.loader import load

RULES: dict[str, str] = {
    "target.ensure": "确保、务必、坚决:保证一个结果",
    "target.strive": "力争、争取、冲刺:争取一个结果",
    "target.plan": "计划、将、拟、要:打算一个结果",
    "target.expect": "预计、有望:预期一个结果",
    "target.after": "建成后、达产后:以建成为前提的数量",
    "target.horizon": "无提示词,有将来的时限和动作:12月底前完成主体建设",
    "target.listed": "清单里没有提示词的任务:任务清单明确……。新建学校2所,实施项目40项",
    "target.progress": "对照计划的进度:占年度计划的54%",
    "target.fulfilled": "任务的完成:超额完成半年任务",
}

# Why a cue or a group is dropped (`ljnews explain --at` shows these).
REFUSALS: dict[str, str] = {
    "target.negated": "不再、不会:否定,不算",
    "target.question": "疑问句,不算",
    "target.condition": "如果、一旦:假设,不算",
    "target.policy": "处罚、奖补的条款,不算",
    "target.past": "时间已过,是历史",
    "target.noun": "名词、引号里的口号或“把”:行动计划、计划总投资、将其,不算",
    "target.weather": "天气预报,不算",
    "target.event": "只是日程:将于八月举行,不算",
    "target.empty": "既无时限又无数量,也不是力争、确保一件事",
}

FOLDER = "facts/target/lexicon"
LEXICONS: tuple[str, ...] = tuple(f"{FOLDER}/{n}" for n in ("cues", "cues_ambiguous", "deeds", "not_cues", "openers", "stops"))

CERTAIN, AMBIGUOUS, DEED, NOT, STOP = "certain", "ambiguous", "deed", "not", "stop"
AIMS = ("目标", "任务")
_PARTS = (("not_cues", NOT), ("deeds", DEED), ("stops", STOP), ("cues_ambiguous", AMBIGUOUS), ("cues", CERTAIN))


# What is in a clause, as bits: one look tells that it holds none of a class, and most clauses hold none.
_CLASSES = "finish start gain rate frame event then past policy condition question describe narrate turn".split()
BITS: dict[str, int] = {name: 1 << i for i, name in enumerate(_CLASSES)}
FINISH, START, GAIN, RATE, BUILT_FRAME, EVENT, THEN, PAST, LAW, CONDITION, QUESTION, DESCRIBE, NARRATE, TURN = BITS.values()
HAS_CERTAIN, HAS_AMBIGUOUS, HAS_DEED, HAS_FIRM, HAS_PLAN, HAS_AIM = (1 << i for i in range(len(_CLASSES), len(_CLASSES) + 6))
CUE = HAS_CERTAIN | HAS_AMBIGUOUS | HAS_AIM
DONE = FINISH | RATE
WORK = FINISH | START | GAIN | RATE
OVER = PAST | LAW
ENDS = PAST | DESCRIBE | NARRATE
BUILT = FINISH | BUILT_FRAME | THEN
_LABEL_BITS = {CERTAIN: HAS_CERTAIN, AMBIGUOUS: HAS_AMBIGUOUS, DEED: HAS_DEED, NOT: 0, STOP: 0}
FIRM = "争取"  # the ambiguous cue that needs no number or date


class Word(NamedTuple):
    """A word found in a text: its class in its lexicon, the lexicon's part in the work, whether a plan word is in it (年度计划), its bits."""

    start: int
    end: int
    term: str
    klass: str
    label: str
    plan: bool
    bits: int


Terms = list[tuple[str, str, str, bool, int]]


@cache
def _automaton() -> tuple[Any, Terms, list[int]]:
    """Return one automaton over all parts, so that one pass finds them all, what each pattern is, and its bits; a later part wins."""
    import ahocorasick_rs

    terms: dict[str, tuple[str, str, str, bool, int]] = {}
    for name, label in _PARTS:
        for term, entry in load(f"{FOLDER}/{name}").entries.items():
            plan = PLAN.search(term) is not None
            bits = BITS.get(entry.klass, 0) | _LABEL_BITS[label] | (HAS_PLAN if plan else 0) | (HAS_AIM if term.endswith(AIMS) else 0)
            bits |= HAS_FIRM if label == CERTAIN or term == FIRM else 0
            terms[term] = (term, entry.klass, label, plan, bits)
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    known = list(terms.values())
    table = ahocorasick_rs.Implementation.DFA  # of all transitions: half the time of what the library takes by itself
    return ahocorasick_rs.AhoCorasick(list(terms), matchkind=kind, implementation=table), known, [t[4] for t in known]


def find(string: str) -> tuple[list[tuple[int, int, int]], Terms, list[int]]:
    """Return where words of all parts stand, leftmost-longest, without overlap (number of the term, start, end), the terms, their bits."""
    automaton, terms, bits = _automaton()
    return automaton.find_matches_as_indexes(string), terms, bits


def words(string: str) -> list[Word]:
    """Return the words of a string."""
    found, terms, _ = find(string)
    return [Word(start, end, *terms[index]) for index, start, end in found]


@cache
def _openers() -> tuple[dict[str, str], dict[str, int]]:
    """Return the openers' classes, and the length of the longest that begins with each character."""
    entries = load(f"{FOLDER}/openers").entries
    longest: dict[str, int] = {}
    for term in entries:
        longest[term[0]] = max(len(term), longest.get(term[0], 0))
    return {term: entry.klass for term, entry in entries.items()}, longest


def opener(string: str, at: int) -> str | None:
    """Return the class of the longest opener (verb, adverb, preposition) that stands at an offset.

    >>> opener("将建成投产", 1), opener("将其纳入", 1)
    ('verb', None)
    """
    words, longest = _openers()
    for size in range(longest.get(string[at : at + 1], 0), 0, -1):
        klass = words.get(string[at : at + size])
        if klass:
            return klass
    return None


_ORDINAL = r"[(（]?\d{1,2}[)）、.](?!\d)|[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十],|——"
LEAD = re.compile(rf"(?:[(（](?:本报|记者|通讯员|全媒体|见习)[^()（）\n]{{1,40}}[)）])?[\s“\"‘『「』」(）)]*(?:{_ORDINAL})?[\s“\"‘]*")
# «将实施三大工程:一是……;二是……»
FIRST = re.compile(r":(?:一是|一、|1[.、]|[(]一[)]|[(]1[)]|①)")
LEADING = frozenset('\t \u3000\xa0\n\r\x0b\x0c\x85\u2002\u2003\u2009\u200a\u2028“"‘『「』」(）)（0123456789一二三四五六七八九十第—')
TAIL = ' \t\u3000”’"」』'

# «建成后», «达产之后», «投产时»: what follows a deed to make it a condition.
AFTER = re.compile(r"(?:以|之)?后(?:的?(?:第[一二三四五]|首)年)?|时(?!间|限|节|序|速|代|效|期)")
NEGATION = re.compile(r".?(?:不再|不会|不能|不可|无法|不予|不得|不宜|难以|没有|不必|不需|无需|不用|不存在|不是|未能|未必)")
# «将……作为», «将……纳入»: the complement that shows 将 to be 把.
BA = re.compile(r"[^,;:。]{2,28}?(?:[列纳融]入|[列作变定视]为|当作|(?:打造|建设|变)成|转(?:化|变)?为|落实到|[摆放]在|交给|送到)")
PLAN_INVEST = re.compile(r"(?:计划(?:完成)?|预计)总?投资额?(?!者|商|方)")
DUE = re.compile(r",(?:\d{4}|今|明)年[^,;:。]{0,6}(?:完工|竣工|建成|投产|投用|通车)")
YIELDS = re.compile(r",[^,;:。]{0,4}年(?:均|产|销售|营业|税|利|产值|收入|可)")
# «建设计划», «生产计划»: a noun unless a verb with date or number follows («全年交通建设计划投资118亿元»).
WEATHER = re.compile(r"[小中大暴阵]雨(?!污)|降雨|降水量|气温|多云|[小中大暴]雪|冷空气|寒潮|沙尘")
FORECAST = re.compile(r"(?:[小中大暴]|雷?阵|雨夹)[雨雪](?!污)|多云|降雨|降水(?!井|工程|施工)|气温|冷空气|寒潮|阵风")
NAMED_TIME = ("之年", "之战", "之时", "之际")  # «…是确保建成小康社会之年» says what the year is, not what is to come
PLAN_NOUN = re.compile(r"(?:建设|实施|生产|工作|投资|发展|整改|培训|学习|采购|支持|改造|推广)$")
YEARLY = re.compile(r"(?<![本今])(?:年度|当年|全年度|本年)$|[个项]年$")
# «新开工项目28个,续建项目30个»: what the number before is made up of; «计划新开工项目完成投资9亿元» tells what was done.
CLASS_OF_WORKS = re.compile(
    r"(?:其中,?)?(?:年度计划|年度投资|(?:计划)?(?:新(?:建|开工)|续建|竣工|投产|开工|在建|前期|产业|工业|预备|储备)(?:类)?项目|占比)"
)
PLANNED_CLASS = re.compile(r"新?(?:开工|竣工|建成|投产|续建)的?项目(?:已|共|累计)?(?:完成|实现|到位)")
# A number of these stands for whose or which, not for an outcome: «等26个项目», «该3条», «这5户», «未进场的5个», «4个方面».
NOT_OUTCOME_BEFORE = re.compile(
    r"(?:[等这该此前第哪各全的]|上述|其[余他]|[剩另]余|余下|另外|围绕|聚焦|紧盯|按照|贯彻|落实|对接|依托|利用|通过|[以如]下|下列)$"
)
# «不辜负全县31万人民的期望», «带领全市80万人民», «对一期3万吨的处理能力进行改造»: whom it is said for, what there is.
FOR_WHOM = re.compile(r"(?:不辜?负|辜负)[^,;:。、]{0,8}$|(?:带领|团结|携手|号召|动员|代表|依靠)[^,;:。、]{0,4}全[省市县区州旗镇乡村国体]$")
EXISTING = re.compile(r"对[^,;:。、]{0,12}$")
IMPROVED = re.compile(r"[^,;:。、]{0,4}的[^,;:。、]{1,12}进行")
# «计划用三年时间»: a span counted from publication.
SPENT = re.compile(r"(?:用|花|经过|通过|利用|在|预计|计划)(?:大约|约)?$")
SPENT_AFTER = re.compile(r"(?:左右)?的?(?:时间|努力|奋战|建设|施工|[,、])")
NOT_OUTCOME_AFTER = re.compile(
    r"(?:参加|出席|到场|的?基础上|的标准|标准(?:建设|实施|执行|给予|发放|补助)|功能(?!性)|大?方面|大类|个?环节|角度|个?阶段|层面|举措|要点|原则|级|机制|体系|字|关键|《)"
)
FROM = re.compile(r"(?:从|由)[^,;。、]{0,8}$")
TO = re.compile(r"[^,;。、]{0,10}(?:到|至|为|成)")
# «原来每日能力4万吨扩至6万吨», «由原来的4万吨,提到8万吨»: what there was before.
FROM_NOW = re.compile(r"(?:原来|原有|原先|现有|现在|目前)[^,;。、]{0,14}$")
TO_NEXT = re.compile(r",?[^,;。、]{0,10}(?:到|至|为|成)")

# A date that is part of a name: «“十四五”规划», «2022年行动计划».
NAMED = re.compile(
    r"[”\"]?(?:[^,;:。、]{0,12}(?:开工|竣工|通车|投产|签约)(?:活动|仪式)|(?:时期)?(?:发展)?(?:规划|计划|纲要|行动|方案|目标|任务|工作|重点|开局|收官|首年|圆满|良好|顺利))"
)
# Between a frame and what it frames: «到2022年,在…的基调下,实现…».
ADVERBIAL = re.compile(r"(?:在|以|按照?|采[取用]|依托|运用|围绕|通过|随着|根据|经过|力求)")
# A plan word: progress is measured against it.
PLAN = re.compile(r"计划|目标|任务|预算|指标|完成率|[序时]{2}进度|双过半|任务过半")
# «五年后», «未来5至10年»: no day can be named.
VAGUE = re.compile(r"年(?:之|以)?后$|\d[-—~至到]\d{1,2}年内?$")
NAMED_SEASON = re.compile(r"(?:[^,;:。、\d]{0,6}节|农业|生产|农(?!田|村)|植树|造林|绿化|招聘|招生|运动|学期|田管|森林|攻势|大会战)")
NAMED_YEAR = re.compile(r"度?(?:行动|工作|版|重点(?:工作|项目)(?:名单|清单|计划|工作)|(?:政府)?工作报告|预算|部门|招生计划|招聘)")
# What only moves things on is no outcome: «将加快建设», «将继续推进».
PROCESS = re.compile(
    r"(?:[^,;:。、]{0,4}?)(?:加快|加大|加强|推进|推动|促进|继续|坚持|围绕|聚焦|深化|深入|强化|优化|完善|支持|鼓励|引导|组织|积极|大力|持续"
    r"|努力|着力|全力|抓好|抓牢|做好|做优|统筹|按照|以[^,;:。]{2,20}为|紧紧|认真|不断|进一步|本着|充分|立足|结合|加速)"
)
# «预期目标是:…», «目标定为…»: what follows is the list of targets.
STATES = re.compile(r"(?:任务)?(?:主要)?(?:是|为|[确设]?定为|[确设]定在)|(?:任务)?(?=:)")
# A duration is an outcome only where it is what changes: «车程缩短至半小时», «工期压减20天».
CHANGED = re.compile(
    r"(?:缩短|减少|压缩|压减|延长|提前|控制在|增加)(?:至|到|为|了|近|约|至少)*$|[至到为](?:近|约)?$|[只仅]需(?:要)?(?:约)?$"
)
REACHED = re.compile(r"之?内?(?:直达|到达|抵达|可达|通达|车程|(?:[交出]通|生活|经济|通勤)圈)")
# «低于先前预估的4050万台»
PRIOR = re.compile(r"(?:先前|此前|之前|早前|原先|原来|[低高好超]于|超出|超过|按照?)$")
# «即将展开的项目», «拟拆除的房屋»
ATTRIBUTIVE = re.compile(r"[^,;:。、\d]{1,6}的")
# «今年拟实施的水利项目15个»
COUNTED_CLASS = re.compile(r"(?:实施|建设|新建|开工|启动|推进|安排|改造)的[^,;:。、\d]{0,12}(?:项目|工程)(?:共|有|共有|达)?\d")
# «今年将加快建成甲,继续推进乙线建设,抓紧完善丙路前期手续»: a further work of the year.
MOVES_ON = re.compile(
    r"(?:继续|加快|抓紧|扎实|全力|持续|同步|着力|积极)?(?:推进|完善|启动|开展|实施|做好|谋划)[^,;:。]{2,60}(?:项目|工程|建设|前期|前期工作|手续|改造)$"
)
# Verbs that the openers leave out; before them only a horizon tells 将 from 把.
ONE_VERB = re.compile(r"分(?![析公])|修(?!改)|种|扩|新(?!能源)|采[取用]|择|加(?!盟)|突出|紧|统|全(?![市县省区镇州村])|进(?!口)")
ONCE = re.compile(r"原计划|原定|原本|原先|曾经?(?:多次|一度)?$")
# «将有300名选手参加», «要抓好6项重点工作», «总投资预计达3亿元»: who comes, how many heads of a speech, what it costs.
COMES = re.compile(r"[^,;:。、]{0,12}(?:参加|出席|到场|参赛|参会|参展|亮相|登场)")
HANDLES = re.compile(r"(?:抓好|做好|抓实|抓牢|突出|把握)(?:以下|下列)?$")
HEADS = re.compile(r"(?:重点|主要|方面的?)?(?:工作|任务|重点)")
COSTS = re.compile(r"(?:总投资|投资总额|总造价|投资额|投资概算)(?:额)?$")
FORMERLY = re.compile(r"过去|以往|以前|从前|往年|往常|平时")
# «围绕争创示范区的目标,…», «按照确保…的要求»: the cue stands in what the rest follows.
FOLLOWS = re.compile(r"(?:围绕|按照?|瞄准|朝着|锚定|聚焦|对照|紧盯|根据|坚持|秉持|遵循|本着)[^,;:。]{0,60}$")
FOLLOWED = re.compile(r"的?(?:总?目标|总?要求|思路|部署|原则|理念|方针|工作主线|任务)(?:任务|定位)?(?:,|$)")
PREMISE = re.compile(r"[^,;:。]{0,24}的(?:前提|基础|同时|情况|条件)")
POLICY = re.compile(r"(?:给予|予以|享受|发放|奖励|补贴|补助)[^,;:。]{0,24}(?:奖|补|资助|优惠|减免|元)")
# A sum that names a class of projects: «引进10亿元以上项目3个».
MIN_INVEST = re.compile(r"[\d.,百千万亿]{1,8}元(?:以上|及以上)")
# «努力争取国债项目资金360万元» is money asked for.
FUNDS = re.compile(r"(?:争取)?(?!完成|实现|投资|达|突破)[^,;:。、]{0,10}(?:资金|债券|贷款|补助|专项|指标|政策|支持)")
THRESHOLD = re.compile(r"(?:级|以上|及以上)?的?(?:大|重|点|工业|产业|服务业|招商|优质){0,3}(?:项目|企业|产业|园区|集群)")
# «为确保秋粮稳产», «……是确保安全的关键之举»: a purpose, an attribute.
PURPOSE = re.compile(r"为了?$")
FOUNDS = re.compile(r"(?:奠定|打下|打牢|夯实|作出|做出|筑牢)[^,;:。]{0,14}$")
NOTICE = re.compile(r",(?:现[将就]|特(?![色别])|根据|制定|结合)")
SERVES = re.compile(r"(?:奠定|打下|打牢|夯实|提供|注入|作出|做出|贡献|创造|筑牢)[^,;:。]{0,14}$")
# «14个拟通车项目»: whose number it is.
CLASS = re.compile(r"[^,;:。、\d]{1,6}(?:项目|企业|工程|公司|对象|人员|地块|小区)")
ARRANGED = re.compile(r"等[^,;:。、\n]{1,12}(?:项目|工程)[^,;:。、\n]{0,6}(?:开工(?:建设)?|建成|竣工|完工|投产|投用|投入使用)$")
MEASURED_PLAN = re.compile(r"(?:完成|占到?|超过?|列入|纳入|比|较|预定|既定|原定|滚动)$")
RANK = re.compile(r"[升进挤]至|升到|升入|跻身|进入|迈入|前列|第[\d一二三四五六七八九十]|[前百千]强|全覆盖|清零")
# «计划3年建成»: a horizon that no day is given to.
TAKES = re.compile(
    r"(?:总工期|工期)?(?:约|用)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:年半?|个半?月)(?:左右|时间)?(?:内)?(?:建成|完工|竣工|完成|投产|建设完成)"
)
# «确保完成年度目标任务»: of the year of publication.
OF_YEAR = re.compile(r"完成[^,;:。]{0,12}年度(?:各项)?(?:工作|建设|投资)?(?:目标|任务|计划)")
# «初步预计,», «据测算,预计,»: the figures follow.
ANNOUNCED = re.compile(r"(?:据|经|初步|目前|记者|我|我们|专家){0,3}[^,;:。]{0,6}(?:预计|预测)")
FORESEEN = ("预计", "预测")
# What may follow the date in «确保今年农历年前,», «力争用十年左右时间,».
LEAD_REST = re.compile(r"(?:左右)?(?:的?时间|(?:农历)?年?[之以]?[前内]|期间)?")
NOW = re.compile(r"(?:截至|截止)?(?:目前|现在|如今|当前|眼下)(?:为止)?")
WORKS = tuple(
    "项目 工程 中心 大楼 主楼 大桥 公路 铁路 道路 马路 大道 隧道 线路 基地 学校 医院 广场 公园 厂房 小区 水库 园区 管网 住房 设施 建设工作".split()
)
TOLD = frozenset("了在将已正是")
EARLY = re.compile(r"[^,;:。]{1,8}早(?:日)?(?:签约|落地|开工|建设|竣工|建成|投产|投用|见效|达效|达产|受益)")
ATTRIBUTE = re.compile(r"是[^,;:。]{0,20}$")
BRINGS = re.compile(r"[^,;:。]{1,14}(?:增加|创造|提供|带来|解决|节约|节省|新增|实现|减少|贡献|输送|供应)")
UNDERTAKING = re.compile(r"项目|工程|基地|产业园|生产线|电站|工厂|厂房|园区|水库|大桥|隧道|线路|车间")

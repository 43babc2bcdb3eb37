"""What a cue of progress says of a project: told, wished, still to come, of a part only, of what a verb governs."""

from __future__ import annotations

import re

from ljnews.facts.project import patterns as p
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Teller
from ljnews.lexicon.loader import Hit
from ljnews.text.text import Span, Text

_WISH = re.compile(r"(?:推进|推动|确保|争取|力争|促进|加快|希望|促使|力促|支持|督促|实施|打造|启动|围绕|针对|聚焦|加快推进|安排|计划)$")
_DATED_YEAR = re.compile(r"\d{4}|[今去前]年|上[个周]|上月")
# 22家企业签约入驻: tenants, not the park
_TENANTS = re.compile(
    r"[\d十百多数几]余?多?[家户名位](?:[^,。;、\d]{0,8}(?:企业|商户|商家|公司|客商|单位|店铺|品牌|机构|团队|项目))?(?:已|正式|成功|先后|相继|陆续|[与和][^,。;]{2,12})*$"
)
_THE_DOING = re.compile(r"(?:项目|工程|[，,。]它|[路桥线园])的[\u4e00-\u9fff]{2,4}(?:,[将也必对]|[将也必对])$")  # 该项目的|建成,也将助力……
_OF_SOCIETY = re.compile(r"(?:农村|社会|小康|文明|现代化|党|乡村|国家|队伍|文化|法治|品牌|制度|作风|生态|经济|城市)$")  # 在新农村|建设中
_OTHERS = re.compile(r"\d[座个项条处所家](?:已经?|均已?|在|全部|也已?)?$")
_AIMS = ("力争", "争取", "安排", "计划")  # 推进甲早日开工 only wishes
_WISHING = re.compile(r"(?:推进|推动|促进|确保|督促)[^,。]{2,60}(?:及时|尽快|早日|加快)")
_WOOED = re.compile(r"(?:从|自|推进|力争|争取|有望|促成|推动|早日|加快|尽快|计划|即将|拟|洽谈)$")
# «共征地172.85亩» counts, «投产一批» is a slogan.
# «为某高速公路11月建成通车奠定了基础»: what something serves.
_SERVES = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:提供|奠定|打下|创造|打好|夯实|铺平|赢得|做好|做(?:最后|充分|全面|各项)?的?准备|积蓄)")
# What stands around the subject of a clause; what is left of «景观大门已全部» is a subject of its own.
_AROUND = re.compile(
    r"提前半年|(?:[\d半一二两三四五六]{1,3}个?[年月天])|已经?|全部|全面|全线|正式|顺利|目前|截至目前|现已?|[均都也并又将可]|日前|近日|当天|基本|整体|率先|提前|如期|按期|成功|实现|部分|陆续|相继|同步|同时|于|在|到|至"
    r"|(?:20\d\d年|[今去明]年)?\d{0,2}月?\d{0,2}[日号]?(?:上旬|中旬|下旬|底|初)?|仅用|历时|经过|通过|建设|施工|正[在式]?|其中|据悉|据介绍|随着"
)
_UNITS = re.compile(r"[\d两二三四五六七八九十][条台套座个栋]")  # 6条总装线建成投产
_SUBJECT = re.compile(
    r"(?!该|项目|工程|整个|主线|双向|一期|二期|三期|首期|竣工|验收|建成|投资|现)[\u4e00-\u9fff]{2,8}(?<!项目)(?<!工程)(?<!期)(?<!后)(?<!的)"
)
_SOME = re.compile(r"(?:建设)?了?\d{1,4}余?[栋幢套座所]")  # 已开工建设3栋
_SINCE = re.compile("(?:建设)?以来")
_SERVED = re.compile("(?<![作成称因认])为(?!了)")
# «10条生产线已全部投产»: the lines are the whole.
_LINES = re.compile(r"(?:[\d两三四五六七八九十]{1,3}条[\u4e00-\u9fff]{0,10}生产线[^,。;]{0,8}|生产线[^,。;]{0,4})(?:全部|全面|均|都)?$")
# «正在与深圳企业洽谈», «正在办理环评手续»: what is going on is no building.
_TALKS = re.compile(r"[^,。;\n]{0,24}?(?:洽谈|谈判|磋商|对接|协商|商谈)")
_PREPARING = re.compile(
    r"(?:进行|开展|抓紧|加紧|加快|积极|做|办理|编制|完善|申报|组织)*[^,。;\n]{0,10}?(?:可研|可行性|立项|环评|初设|初步设计|规划|设计|勘察|勘测|手续|招标|招投标|征地|拆迁|征迁|前期|选址|审批|报批|备案|用地|报建|评审|论证|筹划|筹建)"
)
_PARTLY = re.compile("(?:部分|局部)(?:项目)?(?:已|正式|建成)*$")
_LINE = re.compile("首条|第一条|部分|一半|首批|中的")
_AIMED = re.compile(r"将|计划|拟|预计|力争|争取|确保|年内|有望")
# «推进甲、乙等9个项目的开工、达产»: nouns of what is wished. «准备开始桩基施工» is to come.
_NOUN_WISHED = re.compile(
    r"(?:推进|推动|促进|促成|加快|确保|力促)[^,。;]{0,120}(?:项目|工程)的(?:早日|尽快|全面|落地|建设|签约|开工|竣工|投产|[、和及])*$"
)
_PREPARES = re.compile("准备(?:开始|进行)?$")
# «甲、乙等13个计划新开工项目全部实现开工建设»: the plan is the class's name.
_PLANNED_CLASS = re.compile("计划(?:新?开工|竣工|投产|新建|实施)的?(?:重点|重大)?(?:项目|工程)")
_HOPING = re.compile(r"(?:^|[,。;\s])[^,。;]{0,6}(?:确保|力争|争取)")
_FROM_TO = re.compile(r"从[^,。;]{0,8}到?$")
_EARLY = re.compile(
    r"(?:前期(?:各项)?(?:工作|手续|准备|工程)?|(?:征地|征收|拆迁|征迁|征拆|招标|招投标|设计|可研|环评|报建)(?:工作)?|(?:准备|筹备|审批|报批)工作)(?:正在|正|也|已)?$"
)
_WORKS_CONTRACT = re.compile(
    r"了?[^,。;]{0,8}(?:代建|施工|设计|监理|勘察|补偿|征收|征迁|拆迁|承包|委托|采购|安置)(?:协议|合同)"
)  # 已签署代建协议
_SIZE = re.compile(r"(?:总|建筑|用地|占地|床位|\d|面积)")  # 规划设计|总建筑面积11万平方米
_BIDS = re.compile(r"参[与加][^,。;]{0,24}$")
_PARTNERS = re.compile(r"了?(?:全面|深度)?(?:战略合作|合作意向|供货|供应)")
_OF_ANOTHER = re.compile(r"的(?!项目|工程|一期|二期|首期|[,。;]|[第一二三四1-9][^,。;]{0,6}[期栋号])")
_COPULA = re.compile(r"是|为|系|属")
_STOPS = re.compile("[,;。、\\n]")
DONE_OR_BEGUN = frozenset(("started", "completed", "operating"))
_YEARS_END = re.compile("(?<!去)(?<!前)(?<!上)年(?:底|内|末)前?")
_OF_ITS_OWN = frozenset(("completed", "operating", "preliminary", "suspended", "signed"))
_ELSE = re.compile(
    r"\s{0,4}(?:目前|此外|另外|同时|截至目前|其中)?,?([\u4e00-\u9fff]{0,12}?(?:污水处理厂|水厂|医院|学校|小学|中学|幼儿园|公路|高速|大桥|水库|机场|铁路|隧道|电站|体育馆|综合楼|大道|公园|填埋场|站))"
    r"(?=已|正|完成|进入|建成|通过|开工|竣工|因|顺利|正式|全线|全面|建设|工程|项目|前期|可研)"
)
_OBJECT = frozenset(("started", "under_construction", "completed", "operating", "planned"))
_OPEN_VERBS = frozenset(("建成", "开通", "启用", "建好", "落成", "投放"))
_START_VERBS = frozenset(("开工", "开工建设", "动工建设", "启动建设", "开工新建"))
_ENUMERATED = re.compile(r"[\s\d()、.一二三四五六七八九十]{0,8}")
_NOUN = re.compile(r"[\d\u4e00-\u9fff](?<![并投运后及和且了的仪交使通验达试至开在以招送启供接营办])")


def read(text: Text, teller: Teller, hit: Hit, event: Event) -> tuple[str, bool] | None:
    """Return the status that a cue gives an event and whether weakly; None where it is wished, governs a name, or lies ahead."""
    folded, status = text.folded, hit.entry.klass
    if hit.entry.term == "启动仪式" and hit.start - event.end not in (0, 2):
        return None  # 项目建设年启动仪式
    clause = text.clause_at(hit.start)
    lead = _PLANNED_CLASS.sub("", folded[max(clause[0], hit.start - 24) : hit.start])
    if _PREPARES.search(lead) or (
        status in DONE_OR_BEGUN and lead[-1:] in ("的", "、") and _NOUN_WISHED.search(folded, clause[0], hit.start)
    ):
        return None
    if event.end < clause[0] and _OTHERS.search(lead):
        return None  # 96座已完工,12座在建
    if status in _OF_ITS_OWN and _else_subject(text, hit, event):
        return None
    if (status in ("signed", "operating") and _TENANTS.search(lead)) or _said_else(folded, hit, event):
        return None
    if status in ("completed", "operating") and event.end <= hit.start and _attributive(folded, clause[0], hit):
        return None  # 维修70年代建成的|三条水渠
    if status in _OBJECT and _governing(text, teller, hit, event):
        return _of_object(text, teller, hit, event, lead)
    if status in ("started", "completed", "operating", "under_construction"):
        future = p.FUTURE.search(lead) or _dated_ahead(text, clause[0], hit.end) or _goes_on(text, clause, hit, lead)
        if future and lead.endswith("即将") and status in ("completed", "operating"):
            return ("under_construction", True)
        if future:
            planned = status == "started" and (_AIMED.search(lead) or _dated_ahead(text, clause[0], hit.end))
            return ("planned", True) if planned else None
        if status in ("completed", "operating") and _hoped(text, clause[0], hit.start):
            return None
        wished = _wished(text, teller, hit, event)
        if wished:
            return ("planned", True) if wished == "aimed" else None
    return _now(text, teller, hit, event, lead)


def _said_else(folded: str, hit: Hit, event: Event) -> bool:
    """Say whether a cue is said of something else: 是首个核准批复|的抽水蓄能电站项目, 在新农村|建设中, 参与到项目|建设中|来."""
    if hit.entry.klass == "preliminary" and event.end <= hit.start and folded.startswith("的", hit.end):
        return True
    if hit.entry.klass == "preliminary" and folded.startswith(("成熟", "扎实", "充分", "到位", "深入"), hit.end):
        return True  # 选择前期工作|成熟的项目
    if hit.entry.klass == "preliminary" and "设计" in hit.entry.term and _SIZE.match(folded, hit.end):
        return True
    if hit.entry.klass == "preliminary" and "招" in hit.entry.term and _BIDS.search(folded, max(0, hit.start - 28), hit.start):
        return True  # 推荐某人参与某大桥工程的招投标
    if hit.entry.klass in DONE_OR_BEGUN and (
        folded[hit.start - 1] == "促" or _THE_DOING.search(folded, max(0, hit.start - 3), hit.end + 2)
    ):
        return True
    if hit.entry.term != "建设中":
        return False
    return folded.startswith("来", hit.end) or (
        event.end < hit.start and bool(_OF_SOCIETY.search(folded, max(0, hit.start - 4), hit.start))
    )


def _attributive(folded: str, start: int, hit: Hit) -> bool:
    """Say whether a completion qualifies another thing behind 的: «甲渠进行了改造,维修70年代建成的乙渠»; not «是去年建成的», «已建成的项目»."""
    return bool(_OF_ANOTHER.match(folded, hit.end)) and not _COPULA.search(folded, start, hit.start)


def _else_subject(text: Text, hit: Hit, event: Event) -> bool:
    """Say whether the sentence of a cue is about another work than the one named before it: «甲正在装修。污水处理厂完成招标。»."""
    start = text.sentence_at(hit.start)[0]
    match = _ELSE.match(text.folded, start, hit.start) if event.end <= start else None
    return match is not None and match.group(1)[-2:] not in (event.project or "")


def _now(text: Text, teller: Teller, hit: Hit, event: Event, lead: str) -> tuple[str, bool] | None:
    """Return the status of what is told, neither wished nor to come."""
    folded, (status, term, mark) = text.folded, (hit.entry.klass, hit.entry.term, hit.entry.note)
    if status == "started" and (_SINCE.match(folded, hit.end) or _SOME.match(folded, hit.end)):
        return ("under_construction", True)  # 自去年10月开工以来
    if _SERVES.match(folded, hit.end) and _SERVED.search(lead):
        return None
    if _FROM_TO.search(lead):
        return None  # 从洽谈到开工建设只用了三个月
    if status == "under_construction" and _EARLY.search(lead):
        return ("preliminary", True)  # 前期工作进展顺利
    if term.startswith("正") and (len(term) < 3 or term[-2:] in ("进行", "开展", "抓紧", "加紧", "加快", "积极", "有序")):
        if _TALKS.match(folded, hit.end):
            return ("negotiating", True)
        if _PREPARING.match(folded, hit.end):
            return ("preliminary", True)
    if folded.startswith("倒计时", hit.end):
        return ("under_construction", True)
    if status == "signed" and _WORKS_CONTRACT.match(folded, hit.end):
        return ("preliminary", False)
    if status == "signed" and (_WOOED.search(lead) or _PARTNERS.match(folded, hit.end)):
        return None
    if (
        term.endswith("贯通")
        and (event.project or "").endswith(("隧道", "隧洞", "主洞", "斜井"))
        and not folded.startswith("通车", hit.end)
    ):
        return ("under_construction", False)  # a tunnel that is broken through is not done
    if status in ("completed", "operating") and folded.startswith("阶段", hit.end):
        return ("under_construction", False)  # 进入竣工验收阶段
    part = _of_part(teller, hit, event, text.clause_at(hit.start)[0])
    if part and _PREPARING.search(part):
        return ("preliminary", True)  # 前期的土地拆迁全部完成
    return ("under_construction" if part else status, mark.startswith("弱"))


def _of_part(teller: Teller, hit: Hit, event: Event, start: int) -> str:
    """Return what stands between a project and its completion where only a part of it is completed: «甲主体已完工»; else ""."""
    last = max((m.end for m in teller.list_of(event) if m.end <= hit.start), default=event.end)
    if hit.entry.klass not in ("completed", "operating") or last > hit.start:
        return ""
    between = teller.folded[max(last, start) : hit.start]
    if last < start and _other_subject(event, between):
        return between
    return between if p.PART.search(between) and not _whole_lines(between, hit.entry.klass) else ""


def _other_subject(event: Event, between: str) -> bool:
    """Say whether a clause has a subject of its own that is not the project: «甲已完成投资4000万元,景观大门已» 完工."""
    subject = _AROUND.sub("", between)
    return bool(_SUBJECT.fullmatch(subject)) and not _UNITS.search(between) and subject[-2:] not in (event.project or "")


def _wished(text: Text, teller: Teller, hit: Hit, event: Event) -> str:
    """Return "aimed" for 力争甲开工, "wished" for 推进甲等项目及时开工,乙等项目加快建设, "" for what is told."""
    folded, weak = text.folded, hit.entry.note.startswith("弱")
    if event.end > hit.start or hit.start >= text.clause_at(event.end)[1]:
        return ""
    first = teller.list_of(event)[0].start
    if _WISH.search(folded, max(0, first - 4), first):
        return "aimed" if hit.entry.klass == "started" and not weak and folded[first - 2 : first] in _AIMS else "wished"
    if (
        folded.startswith("实现", first - 2)
        and not text.within("date", text.clause_at(first)[0], first)
        and not p.DONE.search(folded, text.sentence_at(first)[0], hit.start)
    ):
        return "wished"  # 实施甲项目,实现乙路建成通车: a plan's list
    wishing = event.listed >= 0 and weak and _WISHING.search(folded, text.sentence_at(first)[0], first)
    return "wished" if wishing else ""


def _whole_lines(between: str, status: str) -> bool:
    """«10条生产线已全部» 投产: not a part; «部分» 投产 is in operation all the same."""
    if status == "operating" and _PARTLY.search(between):
        return True
    return bool(_LINES.search(between)) and not _LINE.search(between)


def _of_object(text: Text, teller: Teller, hit: Hit, event: Event, lead: str) -> tuple[str, bool] | None:
    """Return the status of what a verb governs: 建成了某厂 tells, 将开工某路 and «(2)开工新建某路» of an agenda plan; else none."""
    folded, status = text.folded, hit.entry.klass
    if event.start < hit.end:
        return None
    if p.HAS_DONE.match(folded, hit.end) and not p.FUTURE.search(lead) and 0 <= event.start - hit.end <= 24:
        return (status, False)
    agenda = status == "started" and _ENUMERATED.fullmatch(folded, text.clause_at(hit.start)[0], hit.start)
    return ("planned", True) if status == "started" and (_AIMED.search(lead) or agenda) else None


def _hoped(text: Text, start: int, at: int) -> bool:
    """«确保甲项目早日投产;乙项目一季度投产;丙项目投产»: the wish goes on behind the semicolons."""
    if text.folded[start - 1 : start] != ";" or p.DONE.search(text.folded, start, at):
        return False
    opening = text.folded.rfind("。", max(0, start - 200), start) + 1
    return bool(_HOPING.search(text.folded, max(opening, start - 200), start))


def _governing(text: Text, teller: Teller, hit: Hit, event: Event) -> bool:
    """Say whether the cue is a verb before its object, a plan more often than not: 开工建设某学校, 加快建设总投资7亿元的某医院, 建成电缆2回.

    «今年3月兴建某厂», «正推进某平台建设» are no plans.
    """
    folded = text.folded
    if hit.entry.term.startswith("正"):
        return False
    start = text.clause_at(hit.start)[0]
    opens = hit.entry.term in _START_VERBS and _ENUMERATED.fullmatch(folded, start, hit.start)
    open_verb = hit.entry.term in _OPEN_VERBS or (hit.entry.klass == "planned" and not hit.entry.note.startswith("弱"))
    if (open_verb or opens) and _NOUN.match(folded, hit.end):
        return True
    following = teller.next(hit.end)
    if event.start >= hit.end:
        return not folded.startswith("的", hit.end)
    if following is not None and following.project is None and _another(folded, hit.end, following.start):
        return True
    if following is None or following.start != hit.end:
        return False
    past = [
        m
        for m in text.within("date", start, hit.start)
        if m.value.to is not None and (text.published is None or m.value.to <= text.published)
    ]
    return not past


def _goes_on(text: Text, clause: Span, hit: Hit, lead: str) -> bool:
    """«工程计划9月30日前完工,与高铁同步投用»: the plan of the clause before holds on."""
    folded, (start, _) = text.folded, clause
    if hit.entry.klass not in ("completed", "operating") or folded[start - 1 : start] != "," or p.DONE.search(lead):
        return False
    before, sentence = text.clause_at(start - 1), text.sentence_at(start)[0]
    dates, earlier = text.within("date", start, hit.start), text.within("date", *before)
    for _ in range(2):  # 预计2019年12月通航,2020年11月安装完毕,工程完工
        if dates or p.PLANNING.search(folded, *before) or p.DONE.search(folded, *before) or before[0] <= sentence:
            break
        before = text.clause_at(before[0] - 1)
        earlier = text.within("date", *before)
    if not p.PLANNING.search(folded, *before) or not earlier:
        return False
    if dates:  # 预计2022年底完工,2023年4月投入使用
        last, own = earlier[-1].value.to, dates[-1].value.to
        return last is not None and own is not None and own >= last
    return _dated_ahead(text, *before)


def _another(folded: str, start: int, end: int) -> bool:
    """Say whether a verb goes on to an object that is not the one spoken of: 建成投运一期装机容量为5万千瓦的风电项目."""
    return bool(start < end and folded[end - 1] == "的" and not _STOPS.search(folded, start, end))


def _dated_ahead(text: Text, start: int, end: int) -> bool:
    """Say whether the clause gives the predicate a date to come: 6月底通车."""
    if text.published is None:
        return bool(_YEARS_END.search(text.folded, start, end)) and not p.DONE.search(text.folded, start, end)
    dates = text.within("date", start, end)
    if any(m.value.mode == "since" and m.value.from_ is not None and m.value.from_ > text.published for m in dates):
        return True  # 月底起免费开放
    if any(
        m.value.mode == "by" and not _DATED_YEAR.search(text.folded, m.start, m.end) and not p.DONE.search(text.folded, m.end, end)
        for m in dates
    ):
        return True  # 9月1日前全部建成: a deadline
    return any(
        d.to is not None and d.to > text.published and d.mode != "since" and (d.from_ is None or d.from_ > text.published)
        for d in (m.value for m in dates)
    )

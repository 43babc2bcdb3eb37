"""How far a project has come: predicates, building sites and ceremonies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ljnews.facts.project import patterns as p
from ljnews.facts.project.reading import DONE_OR_BEGUN, read
from ljnews.facts.project.signs import signs
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.lexicon.loader import Hit, Lexicon, load
from ljnews.text.text import Text

RANK = (
    "suspended", "negotiating", "signed", "planned", "preliminary", "started", "under_construction", "completed", "operating",
)  # fmt: skip
_SEVERAL_RITES = re.compile(
    r"(?:开工|签约|奠基)[、暨及和]?(?:集中)?(?:竣工|投产|通车)(?:投产)?(?:仪式|活动|典礼)|开[(、/]?竣\)?工(?:仪式|活动|典礼)"
)
_NOUNS = (
    "日期",
    "时间",
    "后",
    "以后",
    "之后",
    "前",
    "率",
    "工作",
    "建设工作",
    "前准备",
    "准备",
    "手续",
    "条件",
    "要求",
    "方案",
    "计划",
    "目标",
    "任务",
)
# «投产达标后», «建成并正式投用后»: what is to come then.
_ONCE = re.compile(
    r"(?:建成|竣工|投产|投用|投入|达产|达标|达效|使用|投运|运营|通车|见效|交付|完工|通水|供水|通气|供气|供热|通航|并网|发电|运行|开放|开业|启用|入驻|正式|全面|全部|并|、){0,4}(?:以|之)?后"
)
_TENTHS = re.compile(r"(?:约|近|超)?(?:[一二三四五六七八九]成|\d{1,2}(?:\.\d{1,2})?%|过半)")
_COUNTS = re.compile(r"(?:面积)?(?:约|近|达|共|总)?\d")
_SLOGAN = re.compile(r"[”]?一批")
_PAPERS = re.compile(
    r"(?:了|项目|初步|全部|土地){0,2}(?:勘测|勘界|测绘|编制|报建|协议|合同|可研|可行性|立项|环评|规划|设计|勘察|初设|手续|招标|招投标|征地|前期|选址|审批|批复|报批|备案|用地|拆迁|征迁|核准|预审|评审|评估)"
)
_OF_CLASS = re.compile(r"(?:待?开工|建设)?(?:[\d\u4e00-\u9fff]{1,8}以上)?(?:重大|重点|产业|新)*(?:项目|工程)\d")
_OF_YEAR = re.compile(r"(?:年度?|今年|当年|全年|续建|本年)$")
_HELD = re.compile("典礼|仪式|活动|大会")
_WHOLLY = frozenset(("全部完成", "全面完成", "基本完成", "如期完成", "顺利完成"))
_BUILDING = re.compile("设(?:[之当]?中|阶段|[,。;、!]|$)")
_POLICY = re.compile("(?:水平|扩大|推进|推动|促进|深化|坚持|层次|全面|改革)$")
_POLICY_OF = re.compile("水平|格局|合作|新?高地|政策|战略|门户|窗口|事业|程度|新")
_COUNTS_SIGNED = re.compile(r"(?:了|落地|引进|入驻)?(?:亿元以上|重点|重大|各类|产业)?(?:项目|企业)?\d{1,4}余?[个家项]")
_ENDS = (",", "。", ";", "、", ")", "", "\n", "!")
_DOING = re.compile("已完成|正")
_JOINED = re.compile("[、和及与的]")
_SITE = frozenset((
    "施工", "施工现场", "建设现场", "建设工地", "工地", "已完成", "浇筑", "吊装", "进场施工", "施工进度", "完成投资", "正抓紧", "有序施工", "基础施工",
))  # fmt: skip
_NEXT_NAME = re.compile(r"”?[、和及](?:(?:概算|计划)?(?:总?投资)[约近达超]?[\d.]{1,8}[万亿]{1,2}多?元的?|[^,。;、的]{2,16}的)?“?")
_CLOSED = re.compile(r"等|\d{1,2}个(?:重点|重大)?(?:项目|工程)")
_ALSO = 12  # 已开工建设,并顺利推进: one statement
_RITE = re.compile("(?<=仪式)|典礼|仪式|活动")


@cache
def _cues() -> Lexicon:
    return load("facts/project/lexicon/status")


def statuses(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield every statement of progress, in text order; what came before the works is a sign only once there is a building site."""
    cued = list(_told(text, teller))
    told = [attribute for attribute, _ in cued]
    early = {(a.project, at) for a in told if a.value == "preliminary" for at in range(a.start - 6, a.start + 1)}
    sites = {a.project for a, term in cued if a.weak and term in _SITE and (a.project, a.end) not in early}  # 施工招标 is no site
    for attribute in told:
        if attribute.project in sites and attribute.value in ("preliminary", "planned"):
            attribute.weak = True
        yield attribute
    yield from signs(text, teller)


def _no_progress(folded: str, hit: Hit) -> bool:
    """Say whether a cue counts, calls to work or looks beyond the end of the works."""
    if hit.entry.term in ("已完成", "正在", "正在进行") and _PAPERS.match(folded, hit.end):
        return True  # 已完成可研报告编制
    if hit.entry.term == "计划投资" and _OF_YEAR.search(folded, max(0, hit.start - 8), hit.start):
        return True  # 2021年度计划投资3.7亿元: of what is planned or built
    if hit.entry.term.endswith("完成投资") and folded.startswith(("合作", "协议"), hit.end):
        return True  # 已完成投资合作协议的签订
    if hit.entry.klass in DONE_OR_BEGUN | {"signed"} and _OF_CLASS.match(folded, hit.end):
        return True  # 同时,已签约待开工亿元以上项目2个
    if hit.entry.term == "在建" and _HELD.search(folded, max(0, hit.start - 2), hit.start):
        return True  # 开工典礼在建塘镇举行
    if hit.entry.term == "建成" and (folded.startswith("”", hit.end) or folded[hit.start - 1 : hit.start] == "为"):
        return True  # 为建成基地作出贡献, 实现“两个建成”
    if hit.entry.term in _WHOLLY and folded[hit.end : hit.end + 1] not in _ENDS:
        return True  # 全部完成 counts only at the end of its clause
    if _SEVERAL_RITES.search(folded, max(0, hit.start - 8), min(len(folded), hit.end + 8)):
        return True  # 集中开工、竣工投产仪式: which does what is told elsewhere
    if hit.entry.term in ("投产", "开通") and folded.startswith(("新线", "里程", "高铁"), hit.end):
        return True  # 投产新线3300公里以上
    if hit.entry.term in ("通水", "通车", "蓄水", "通航", "截流") and folded.startswith(("验收", "阶段验收", "条件", "倒计时"), hit.end):
        return True  # 通过通水验收: not yet in use
    if hit.entry.term == "在建" and folded.startswith("设", hit.end) and not _BUILDING.match(folded, hit.end):
        return True  # 在建|设之初, 在建|设美丽中国
    if hit.entry.term == "对外开放" and (_POLICY.search(folded, max(0, hit.start - 4), hit.start) or _POLICY_OF.match(folded, hit.end)):
        return True
    if hit.entry.term == "并网" and folded.startswith(("光伏", "风电", "电站", "电源", "太阳能", "规模", "容量", "装机"), hit.end):
        return True
    if hit.entry.klass == "signed" and _COUNTS_SIGNED.match(folded, hit.end):
        return True  # 园区目前已签约13个项目
    if hit.entry.term == "兴建" and folded.startswith("的", hit.end):
        return True  # 投资5000万元兴建的某工程开工
    if hit.entry.term in ("完工", "竣工") and _TENTHS.match(folded, hit.end):
        return True  # 已完工五成
    if hit.entry.term.endswith("征地"):
        return bool(_COUNTS.match(folded, hit.end))
    return bool(_SLOGAN.match(folded, hit.end)) or (hit.entry.klass in ("completed", "operating") and bool(_ONCE.match(folded, hit.end)))


def _told(text: Text, teller: Teller) -> Iterator[tuple[Attribute, str]]:
    """Yield the statements of the cues, each with its cue."""
    folded = text.folded
    for hit in _cues().find(folded):
        noun = folded.startswith(_NOUNS, hit.end) and not (
            folded.startswith("计划投资", hit.end) or (hit.entry.klass == "preliminary" and folded.startswith("工作", hit.end))
        )
        if hit.entry.klass == "x" or noun or _no_progress(folded, hit):
            continue
        if p.NEGATED.search(folded, max(0, hit.start - 4), hit.start):
            continue
        if _in_name(teller, hit):
            continue
        events = _subject(text, teller, hit) or teller.whose(hit.start, hit.end, lists=True, carry=False)
        for event in _neighbours(folded, teller, hit, events):
            found = None if teller.elsewhere(event, hit.start) else read(text, teller, hit, event)
            if found:
                status, weak = found
                phase = teller.phase(event, hit.start)
                rule = "project.ceremony" if status == "started" and _RITE.match(folded, hit.end) else "project.status"
                told = Attribute(event.project or "", "status", status, hit.start, hit.end, rule, phase=phase, weak=weak)
                yield told, hit.entry.term


def _subject(text: Text, teller: Teller, hit: Hit) -> list[Event]:
    """«甲项目已完成6万平方米的某街主体工程»: what is being built of a project is told of the project, not of what is built."""
    event = teller.before(hit.start)
    if hit.entry.klass != "under_construction" or event is None or event.project is None or event.kind == "class":
        return []
    if event.end > hit.start or event.start < text.clause_at(hit.start)[0] or not _DOING.match(text.folded, hit.start):
        return []
    return teller.list_of(event) if not _JOINED.search(text.folded, event.end, hit.start) else []


def _in_name(teller: Teller, hit: Hit) -> bool:
    """Say whether a cue is the end of a name in a list: «甲小学、乙停车场用房装修等工程»."""
    event = teller.before(hit.start)
    return event is not None and event.kind == "name" and event.listed >= 0 and event.start < hit.start and hit.end <= event.end


def _neighbours(folded: str, teller: Teller, hit: Hit, events: list[Event]) -> list[Event]:
    """«总投资3亿元的甲、总投资2亿元的乙等有序推进»: the names joined to the last one before a cue, where they are no list."""
    if len(events) == 1 and events[0].listed >= 0 and events[0].start == hit.end + 1 and folded[hit.end] == "的":
        return _called_so(folded, teller.list_of(events[0]), events[0].start)
    if len(events) == 1 and events[0].kind == "ref" and folded[events[0].start - 1 : events[0].start] == "等":
        events = [e for e in [teller.before(events[0].start - 1)] if e is not None]  # 甲项目,乙项目等项目已开工
    if len(events) != 1 or events[0].listed >= 0 or events[0].kind != "name" or events[0].end > hit.start:
        return events
    joined = events[:]
    while len(joined) < 12:
        earlier = teller.before(joined[0].start - 1)
        if earlier is None or earlier.kind != "name" or earlier.project is None or earlier.listed >= 0:
            break
        closed = _CLOSED.match(folded, events[0].end) and folded[earlier.end : joined[0].start] in (",", ";")
        if not closed and not _NEXT_NAME.fullmatch(folded, earlier.end, joined[0].start):
            break
        joined.insert(0, earlier)
    return joined


def _called_so(folded: str, members: list[Event], start: int) -> list[Event]:
    """«在建的甲、乙和已建成的丙»: the members of a list up to the next that is called something itself."""
    called: list[Event] = []
    for member in members:
        if member.start >= start:
            if called and folded[member.start - 1] == "的":
                break
            called.append(member)
    return called


def _gone_on(some: list[Attribute]) -> bool:
    """Say whether signs of works stand behind the start that is told, and no ceremony started them."""
    if any(a.rule == "project.ceremony" for a in some):
        return False
    start = max(a.start for a in some if a.value == "started" and not a.weak)
    return any(a.weak and a.value == "under_construction" and a.start > start + _ALSO for a in some)


def final(told: list[Attribute], *, under_way: bool = False, fresh: bool = False) -> str | None:
    """Return the furthest status said of the whole, else of a phase; signs only where nothing is said, or behind a start.

    `under_way`: the start that the text dates is months ago; `fresh`: it is the news.
    """
    for whole in (True, False):
        some = [a for a in told if (a.phase is None) == whole and a.value]
        plain = [a.value for a in some if not a.weak and a.value]
        signs = [a.value for a in some if a.weak and a.value]
        best = max(plain, key=RANK.index) if plain else None
        if best == "started" and under_way:
            return "under_construction"
        if best == "started" and not fresh and _gone_on(some):
            return "under_construction"
        if best == "started" and any(a.phase and a.value in ("under_construction", "completed", "operating") for a in told):
            return "under_construction"
        if not whole and best in ("completed", "operating") and any(a.phase and a.value == "under_construction" for a in told):
            return "under_construction"  # 一期已竣工,二期正在施工
        if best or signs:
            return best or max(signs, key=RANK.index)
    return None

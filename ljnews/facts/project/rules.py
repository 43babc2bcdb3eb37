"""By which rule a candidate is a project's name, or why it is refused.

Explicit names (…项目, …工程) need only to be specific; what is a place too (parks, roads, hospitals) needs a construction context beside it; the items
of a list that the text itself calls projects need none. Reading order: `Rules.rule_of`, `_single`, `_explicit` and `_weighed`, `_built` and `_unbuilt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ljnews.facts.project import span
from ljnews.facts.project.chunks import Head, Item, Phrase
from ljnews.facts.project.context import AFTER, IS_ONE, IS_PROJECT, OPENING, Context
from ljnews.facts.project.progress import figures, goes_on, later, progress
from ljnews.facts.project.specific import FIRM, OWN, generic, located, placed, proper, residue, zone

_SITES = frozenset(("park", "civic", "road", "water", "port", "housing", "plant"))
_NAMED = frozenset(("road", "water", "port"))  # whose names are two free characters and a head: 望水大桥
_FOUNDING = frozenset(("兴建", "投资建设", "投资兴建", "签约", "引进", "签约引进", "新建", "投建", "上马", "开建"))
_VERBS = ("新建", "扩建", "改建", "改造", "迁建", "改造提升", "续建", "开发")
# “2050”项目, “四比四看”项目; not “四馆一中心”项目
_PROGRAMME = re.compile(r"[“\"‘](?![^”\"’]{0,6}[馆园厂区路桥城站院校港心湖河江库山])[^”\"’]{1,6}[”\"’](?:重点|重大|示范)?$")
PARTS = frozenset(
    (
        "土建工程",
        "基础工程",
        "桩基工程",
        "装修工程",
        "设备安装工程",
        "主体工程",
        "配套工程",
        "附属工程",
        "控制性工程",
        "关键工程",
        "关键控制性工程",
        "节点工程",
        "先导工程",
        "先行工程",
    )
)
_TALK = (
    "管理", "审批", "合同", "领域", "清单", "名单", "带动", "储备", "策划", "谋划", "包装", "化", "制", "库", "为王", "法人", "申报", "类", "数量", "总监",
    "对接", "协作区", "合作区", "建设服务中心", "服务中心", "促进中心", "协会", "学会", "技术人员", "建设部", "技术部", "建设处", "建设科", "管理部", "质量部",
)  # fmt: skip
_CLASSES = ("重点", "重大", "民生", "实事", "招商", "招商引资", "招引", "签约", "龙头", "在建", "惠民", "优质", "重点项目", "重大项目")
_COPULAS = frozenset(("是", "为", "系", "属", "属于", "作为", "列为", "成为", "列入", "入选", "也是", "被列为", "被列入"))
_KINDS = (
    "试点",
    "示范",
    "重点",
    "重大",
    "标志性",
    "标杆",
    "民生",
    "实事",
    "样板",
    "献礼",
    "惠民",
    "民心",
    "德政",
    "暖心",
    "幸福",
    "龙头",
    "旗舰",
    "亮点",
    "精品",
)
# 某公司|项目负责人: the firm's man on the site, no project
_FIRMS = re.compile(r"(?:公司|集团|[一二三四五六七八九十]局|工程局|研究院|设计院|总院)$")
_MAN_OF = re.compile(r"[现施建技安执生副常总质]?[\u4e00-\u9fff]{0,3}?(?:部|负责|经理|总工|总监|主管|书记|工程师|施工员|工长|队长)")
# 谋新项目、盯大项目、啃难项目: what is done with projects of a kind
_DONE_WITH = re.compile(r"[\u4e00-\u9fff](?:[大小新老旧难慢快优强多高]|好的?)")
_UPGRADED = re.compile(r"(?:提档升级|提质升级|提质增效|转型升级|创新提升|能级提升|提档|升级|振兴|转型|提升)$")
_TOTALLED = re.compile(r"(?:总|一)?共(?:有|计)?\d{1,4}[个项]|合计\d{1,4}[个项]")
PARTLY = frozenset(("生产线", "车间", "厂房", "食堂", "宿舍", "教学楼", "办公楼", "综合楼", "标准厂房", "管道", "厂区"))
_INSTITUTIONS = frozenset((
    "小学", "中学", "学校", "幼儿园", "高中", "初中", "中专", "职中", "职专", "一中", "二中", "三中", "大学", "学院", "医院", "人民医院", "中医院", "中医医院",
    "卫生院", "保健院", "妇幼保健院", "敬老院", "养老院", "福利院", "实验学校", "实验小学", "实验中学", "中心小学", "中心学校", "中心卫生院",
))  # fmt: skip
_JOINT = re.compile(r"[和及与、]")
_INSIDE = re.compile(r"内容(?:主要)?(?:包括|为|有|是|包含|:){1,2}$")
_RANKED = re.compile(r"(?:纳入|列入|入选|列为|评为|获批|确定为|被定为)(?:全省|全国|全市|省级?|市级?|国家级?|自治区)?[^,。;]{0,4}$")
_COUNT_BEHIND = re.compile(r"(?:共|有|为|达|共有|共计)?\d{1,4}余?[个项]")
_COUNT_BEFORE = re.compile(r"\d余?[个项]$")
_COUNT_INSIDE = re.compile(r"\d{1,4}[个项]项目$")
# «自贸港建设项目2022年度第一批集中开工», «以大项目、好项目建设为载体»
_BATCH = re.compile(
    r"(?:\d{4}年度?)?(?:第?[一二三四五六七八九\d]{1,2}(?:季度?|批次?)|[春夏秋冬]季|[上下]半年|年度)(?:重点项目|项目)?集中(?:开|签|竣)"
)
_TOUR = re.compile(r"(?:视察|参观|察看|查看|走访|考察|观摩|来到|调研)[^。;!?\n]{4,120}$")
_MEANS = re.compile(r"以[^以、,]{0,6}$")
_MEANT = re.compile(
    r"(?:项目|工程)[^,。;\n]{0,14}?为(?:载体|抓手|引领|支撑|牵引|契机|重点|核心|主线|龙头|突破口|中心|依托|带动|统领|总抓手)"
)
_FROM = re.compile(r"[到至]")
_MOST = re.compile(r"最[大高长早先]|首[个条座家]|唯一")
_ETC = re.compile(
    r"等(?:重[大点])?(?:交通|水利|基础)?(?:设施|线路|街区|园区|道路|路段|景区|学校|医院|桥梁|水库|河道|公园|小区|城区|[一二三四五六七八九十\d]{1,2}[条座所个处](?:街区|园区|道路|主次干道|主干道|路|景区|学校|医院|桥梁|水库|河道|公园|小区)?)?"
)
_NTH = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}[座条个家所项处次批轮]")
_BUILDER = ("协作建设", "参与建设", "负责建设", "承建", "合作建设", "共同建设", "投资建设")
_BORDERS = ("南临", "北临", "东临", "西临", "南接", "北接", "东接", "西接", "接入")
_BESIDE = ("东侧", "西侧", "南侧", "北侧", "两侧", "以东", "以西", "以南", "以北", "附近", "旁", "沿线", "交汇", "交叉", "路口")
_SITUATED = re.compile(r"以[东南西北]")
# «,项目包含甲、乙等业态»: what one project holds; not «实施的项目包括甲、乙».
_OF_ONE = re.compile(
    r"[,。;:\n](?:其中)?(?:该|本|整个)?(?:[一二三四]期)?(?:[一二三四\d]标段)?(?:项目|工程)?(?<![,。;:\n])(?:主要|还|将|规划){0,2}(?:包含|包括|涵盖|建有|设有)$"
    r"|[,。;:\n](?:项目|工程)?(?:主要|规划)(?:建设|包含|包括|涵盖|新建)(?:有|了)?:?$"
)
_CONTENT = re.compile(
    r"(?:包含|包括|涵盖|建有|设有|内容(?:为|包括|是|有)?|主要是|主要为|主要有|主要建设|配套建设|配建)(?:新建|改建|改造)?:?(?:\d{1,4}[个座条栋幢])?$"
)
_ONLY = re.compile(r"(?:现有|原有|已有|唯一|最大|最早|最好|最长|最高|首个|标志性)的?$")
_MAKES = re.compile(r"[年日](?:产|供水|处理|加工|供气)")  # 将建成年产360万支轮毂生产线: a project's content
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_SECTION_ONLY = re.compile(r"第?[一二三四五六七八九十\d]{1,3}(?:期|标段|合同段)(?:项目|工程)?")  # 在我县投资建设的第四期项目
# “五好”园区
_COUNTED_SLOGAN = re.compile(r"[“\"][一二三四五六七八九十\d][^”\"]{1,5}[”\"]$")
_AREA_BEHIND = re.compile(r"(?:约|达)?[\d.]{1,8}余?[万千百]?(?:亩|公顷)")
_PLACES = re.compile(r"(?:村|乡|镇|县|社区|街道|[县市]区)$")
_POURED = ("浇筑", "铺设", "吊装", "架设", "安装", "砌筑", "摊铺")  # 已完成上跨桥浇筑
NOT_ONE = frozenset(("count", "many", "this"))  # 26个…项目, 该项目


@dataclass(slots=True)
class Candidate:
    """A span that may be a name, with the head words in it and its place among the phrases."""

    i: int
    phrase: Phrase
    item: Item
    start: int
    end: int
    heads: list[Head]
    kind: str | None  # what the text calls the list it stands in
    first: bool
    last: bool

    @property
    def head(self) -> Head:
        """The last head word that is not a mere extension (一期, 东段)."""
        for head in reversed(self.heads):
            if head[2] != "ext":
                return head
        return self.heads[-1]


class Rules(Context):
    """Judges one candidate at a time."""

    def is_tail(self, start: int, end: int) -> bool:
        """Say whether what stands behind the last head is no part of a name."""
        return start < end and (self.folded[start:end] in ("建设", "内", "现场") or self.folded[start:end] in PARTS)

    def rule_of(self, c: Candidate) -> str | None:
        """Return the rule by which a candidate is a name, None where it is refused."""
        if c.end - c.start < 4 and c.heads and c.heads[-1].klass == "item":
            return self._refuse("project.head", c, "too short a name")
        if self.folded.startswith(("项目", "公司", "企业", "该", "Ⅰ标", "Ⅱ标", "Ⅲ标", "Ⅳ标"), c.start) or not _WORDS.search(
            self.folded, c.start, c.end
        ):
            return self._refuse("project.head", c, "a part of a project, or no words")
        if "第" in self.folded[c.start : c.end] and self._nth(c):
            return self._refuse("project.head", c, "an ordinal: one of a class")
        after_count = c.phrase.left.klass in ("count", "many") and not c.first and c.kind is None
        if _SECTION_ONLY.fullmatch(self.folded, c.start, c.end):
            return self._refuse("project.head", c, "a phase without its project")
        if c.kind == "other" or (after_count and not (c.heads and c.heads[-1].klass == "item")):
            return self._refuse("project.list", c, "the list is not of projects")
        if c.kind is None and c.phrase.left.klass in ("soft", "verb", "func", "build", "make", "colon") and self._content(c):
            return self._refuse("project.head", c, "what a project consists of")
        if c.kind == "project" and _INSIDE.search(self.folded, max(0, c.phrase.items[0].start - 12), c.phrase.items[0].start):
            return self._refuse("project.list", c, "what one project holds")
        if c.kind == "project" and _OF_ONE.search(self.folded, max(0, c.phrase.items[0].start - 16), c.phrase.items[0].start):
            return self._refuse("project.list", c, "what one project holds")
        if c.kind == "project" and self.folded.endswith(("方面", "领域", "板块"), c.start, c.end):
            return self._refuse("project.list", c, "a field")
        if c.kind == "project":
            if (not c.heads and self.folded.endswith("产品", c.start, c.end)) or (
                generic(self.folded[c.start : c.end]) and not self._listed_head(c) and not (self._priced(c.i) and c.end - c.start >= 6)
            ):
                return self._refuse("project.list", c, "generic")
            return "project.list"
        return self._single(c) if c.heads else None

    def _nth(self, c: Candidate) -> bool:
        """Say whether an ordinal makes a candidate one of a class: 广西第二个装配式项目; not 鑫资再生铅第三条生产线项目."""
        match = _NTH.search(self.folded, c.start, c.end)
        if match is None:
            return False
        return residue(self.folded[c.start : match.start()]) < 3 or placed(self.text, c.start, match.start())

    def _single(self, c: Candidate) -> str | None:
        """A name outside the lists that the text calls projects."""
        head, last = c.head, c.heads[-1]
        if (
            last.klass == "ext"
            and c.end - c.start <= 8
            and any(m.start == c.start and m.end == c.end for m in self.text.within("place", c.start, c.end))
        ):
            return self._refuse("project.built", c, "a place")
        if last.term in PARTS:
            return self._refuse("project.head", c, "a part")
        if self.folded.startswith("”为", c.end):
            return self._refuse("project.head", c, "an aim")
        if c.phrase.left.klass == "etc" and c.first and not self._behind_places(c):
            return self._refuse("project.head", c, "the class of a list")
        if c.phrase.left.klass in NOT_ONE and c.first:
            return self._refuse("project.head", c, "counted or deictic")
        # 智慧社区平台二期: what stands before the phase qualifies too
        modifier = self.folded[c.start : last.start if last.klass == "ext" and last.start > head.end else head.start]
        plain = generic(modifier) or (_JOINT.search(modifier) is not None and generic(_JOINT.sub("", modifier)))
        if plain and not OWN.match(modifier) and (self._counted(c) or not self.definite(c.i, c.heads)):
            return self._refuse("project.head", c, "generic")
        if c.phrase.left.klass == "de" and _ONLY.search(self.folded, max(0, c.phrase.left.start - 4), c.phrase.left.start):
            return self._refuse("project.head", c, "a predicate, or there already")
        if self.apposed(c.i):
            return self._refuse("project.head", c, "the name follows the dash")
        if head.klass == "item":
            return self._explicit(c)
        moving = any(h.start == last.end and not span.stands(self.text, h) for h in c.item.heads)  # …环线拓宽至7.5米
        closed = last.end == c.item.end or (self.folded[last.end] == "(" and self.folded[c.item.end - 1] == ")")
        closed = closed or ((residue(modifier) >= 2 or last.klass == "ext") and progress(self.folded, self._behind(last.end)))
        if not closed and not moving and c.end != c.item.end and not self.is_tail(last.end, c.item.end):
            if residue(modifier) >= 2 and c.phrase.left.klass != "attr" and self.taken_up(c.start, c.end):
                return "project.taken_up"
            return self._refuse("project.built", c, "not followed by progress")
        return self._built(c, moving)

    def _behind_places(self, c: Candidate) -> bool:
        """«甲村、乙村等|云平高速公路施工现场»: the list is of places, the name no class of theirs."""
        before = self.phrases[c.i - 1].items if c.i and self.phrases[c.i - 1].right is c.phrase.left else []
        return (
            bool(before)
            and residue(self.folded[c.start : c.head.start]) >= 2
            and all(_PLACES.search(self.folded, i.start, i.end) for i in before)
        )

    def _counted(self, c: Candidate) -> bool:
        """Say whether the text counts what a plain description names: 基础设施项目4个,…其中基础设施项目总投资11亿元."""
        name, at = self.folded[c.start : c.end], -1
        while (at := self.folded.find(name, at + 1)) >= 0:
            if _COUNT_BEHIND.match(self.folded, at + len(name)) or _COUNT_BEFORE.search(self.folded, max(0, at - 5), at):
                return True
        return False

    def _content(self, c: Candidate) -> bool:
        """«包含办公中心、转运中心», «主要是土石方工程»: parts, unless a class of projects is named before (开工项目包括甲工程)."""
        start = c.phrase.items[0].start
        match = _CONTENT.search(self.folded, max(0, start - 12), start)
        return bool(match) and not located(self.text, c.start, c.end)

    def _listed_head(self, c: Candidate) -> bool:
        """Say whether a generic name is a definite one in its list: counted (…公租房等5个项目), a phase (职教中心二期), or beside proper names."""
        items = c.phrase.items
        if len(items) < 2 or not c.heads:
            return False
        if c.heads[-1].klass == "ext":
            return True
        if c.heads[-1].klass == "item" and (any(h.klass == "ext" for h in c.heads) or c.end - c.start >= 9):
            return sum(located(self.text, item.start, item.end) for item in items) * 2 >= len(items)
        if c.heads[-1].klass == "item" or (c.heads[-1].klass == "work" and len(c.heads) == 1):
            return False
        if c.phrase.left.klass == "visit" or "count" in self.following(c.i)[1]:
            return True
        return any(located(self.text, item.start, item.end) or (item.heads and item.heads[-1].klass == "ext") for item in items)

    def _explicit(self, c: Candidate) -> str | None:
        """…项目, …工程: a proper name inside, or a long description in a construction context."""
        folded, start, head, left = self.folded, c.start, c.head.start, c.phrase.left
        if "项目部" in folded[start : c.end] or folded[head - 1] in "等0123456789" or folded.startswith("情况", start):
            return self._refuse("project.head", c, "a builder's office, a class, or counted")
        if "是项目" in folded[start : c.end]:
            return self._refuse("project.head", c, "a slogan")
        if _TOTALLED.match(folded, c.end) or ("抓" in folded[start:head] and not located(self.text, start, head)):
            return self._refuse("project.head", c, "a counted class, or a slogan")
        if _BATCH.match(folded, c.end) or (_MEANS.search(folded, start, head) and _MEANT.match(folded, head)):
            return self._refuse("project.head", c, "a class that starts in batches, or a means")
        if _COUNT_INSIDE.search(folded, start, c.end) or self._predicate(c):
            return self._refuse("project.head", c, "counted, or said of a project")
        if "内容" in folded and self.contained(start, c.end) and not located(self.text, start, head):
            return self._refuse("project.head", c, "a part of what is built")
        if folded[left.start : left.end] in _COPULAS and "“" in folded[start:head]:
            return self._refuse("project.head", c, "said of a project")
        if folded.startswith(_TALK, c.heads[-1].end):
            return self._refuse("project.head", c, "spoken of in general")
        if c.phrase.right.klass == "count" and c.last and folded.endswith(("项目", "工程"), start, c.end):
            return self._refuse("project.head", c, "a counted class")
        rest = residue(folded[start:head])
        if c.head.term == "项目" and _MAN_OF.match(folded, c.heads[-1].end) and _FIRMS.search(folded, start, head):
            return self._refuse("project.head", c, "a firm's man on the site")
        if c.head.term == "项目" and _DONE_WITH.fullmatch(folded, start, head):
            return self._refuse("project.head", c, "a slogan")
        if (
            c.head.term == "项目"
            and (folded[head - 1] in "抓跑争谋招促包管看谈引盯推查批" or (folded[head - 1] == "上" and head - 1 in self.text.word_bounds))
            and head - start <= 6
            and not FIRM.search(folded, start, head)
        ):
            return self._refuse("project.head", c, "a verb and its object")
        if head - start <= 3 and not located(self.text, start, head) and span.verbal(self.text, start, head):
            return self._refuse("project.head", c, "a verb")
        if folded[left.start : left.end] in _COPULAS and folded.endswith(_KINDS, start, head):
            return self._refuse("project.head", c, "said of a project")
        if ("“" in folded[start:head] or folded.endswith(_KINDS, start, head)) and _RANKED.search(folded, max(0, start - 14), start):
            return self._refuse("project.head", c, "a programme that it is ranked among")
        classed = folded.endswith((*_CLASSES, "类", "型"), start, head) or (
            rest < 4 and folded.endswith(span.CLASS_WORDS, start, head) and not (rest >= 2 and figures(folded, self._behind(c.end)))
        )
        if classed or self._programme(start, head):
            return self._refuse("project.head", c, "a class or a programme")
        placed_only = len(c.heads) == 1 and c.head.term in ("项目", "工程", "建设项目", "建设工程") and self.of_a_place(start, head)
        if placed_only and (c.end - start < 9 or not self._weighed(c, rest)):
            return self._refuse("project.head", c, "a class of a place")
        inner = next((h for h in c.heads if h.klass in _SITES and h.end <= head), None)
        if proper(self.text, start, head) or (inner and residue(folded[start : inner.start]) >= 2):
            return "project.head"
        founded = left.klass == "visit" or folded[left.start : left.end] in _FOUNDING
        if (self.definite(c.i, c.heads) and (rest or c.end - start >= 6)) or (
            left.klass == "build" and self.funded(c.i) and c.end - start >= 6
        ):
            return "project.described"
        if rest >= (2 if left.klass in OPENING else 4) and (founded or self.after(c.i) in AFTER or self.described(c.i)):
            return "project.described"
        if rest >= 4 and self._toured(c):
            return "project.visited"
        if self._weighed(c, rest) or (rest >= 4 and c.phrase.left.klass in OPENING and IS_ONE.match(folded, c.end)):
            return "project.described"
        return self._refuse("project.head", c, "no proper name")

    def _toured(self, c: Candidate) -> bool:
        """«先后视察甲产业园,乙漆包线项目,丙公园等项目»: a list parted by commas behind a verb of visiting."""
        left, right = c.phrase.left, c.phrase.right
        if left.klass != "comma" or right.klass not in ("comma", "stop") or len(c.phrase.items) > 1:
            return False
        return any(p.left.klass == "visit" for p in self.phrases[max(0, c.i - 8) : c.i]) and bool(
            _TOUR.search(self.folded, self.text.sentence_at(c.start)[0], c.start)
        )

    def _predicate(self, c: Candidate) -> bool:
        """Say whether a description without a place or firm is said of the project named right before: 某总部项目为|本土企业增资扩产项目."""
        left = c.phrase.left
        if c.i == 0 or self.folded[left.start : left.end] not in _COPULAS or located(self.text, c.start, c.head.start):
            return False
        before = self.phrases[c.i - 1]
        return before.right is left and bool(before.items) and any(h.klass == "item" for h in before.items[-1].heads)

    def _weighed(self, c: Candidate, rest: int) -> bool:
        """Say whether several signs together make a description a definite project: progress or figures behind it, its name said again, a dash before it."""
        whole = self.folded[c.start : c.end]
        if _MOST.search(whole):
            return False
        around = 2 * (self.under_way(c.end) or goes_on(self.folded, c.end) or c.phrase.right.klass == "site") + 2 * (
            self.folded[c.start - 1 : c.start] == "—"
        )
        around += self.folded.count(whole) > 1
        own = (rest >= 2) + (rest >= 4) + (len(whole) >= 9) + placed(self.text, c.start, c.head.start)
        return around >= 2 and own >= 1 and around + own >= 4 and (rest >= 2 or around >= 3)

    def _programme(self, start: int, head: int) -> bool:
        """Say whether a quoted slogan is all that a modifier says: “四比四看”项目, 基础教育“十百千”工程."""
        quote = self.folded.find("“", start, head)
        return quote >= 0 and bool(_PROGRAMME.match(self.folded[quote:head])) and (quote == start or generic(self.folded[start:quote]))

    def _built(self, c: Candidate, moving: bool) -> str | None:
        """Parks, roads, plants, works: only beside a verb of construction or progress."""
        folded, left, after = self.folded, c.phrase.left, self.after(c.i)
        if c.head.klass in _NAMED and (folded.startswith(_BESIDE, c.end) or folded.endswith(_BORDERS, left.start, left.end)):
            return self._refuse("project.built", c, "where something lies")
        if _MOST.search(folded, c.start, c.head.start):
            return self._refuse("project.built", c, "a description")
        if c.phrase.items[0].sep and left.klass in ("build", "verb", "visit"):
            return self._refuse("project.built", c, "verbs in a row")
        if left.klass == "attr" or (after == "build" and folded.startswith("开通了", c.phrase.right.start)):
            return self._refuse("project.built", c, "where something is, or what it opens")
        rest = residue(folded[c.start : c.head.start])
        if folded[c.head.start - 1] == "”" and _COUNTED_SLOGAN.fullmatch(folded, c.start, c.head.start):
            return self._refuse("project.built", c, "a programme")
        if c.phrase.right.klass == "de" and c.head.klass == "port" and _FROM.search(folded, c.start + 1, c.head.start):
            return self._refuse("project.built", c, "from where to where")
        if c.head.term.endswith("基地") and _AREA_BEHIND.match(folded, c.end) and not located(self.text, c.start, c.head.start):
            return self._refuse("project.built", c, "land of a kind")
        if rest < 4 and folded.startswith(_POURED, c.end) and not located(self.text, c.start, c.head.start):
            return self._refuse("project.built", c, "a part of what is built")
        if _MAKES.match(folded, c.start) and c.head.klass == "plant":
            return self._refuse("project.built", c, "what a project makes")
        strong = after in AFTER or moving or self._ongoing(c, rest) or folded.startswith(_VERBS, c.phrase.items[0].start)
        strong = strong or (after == "make" and folded.startswith("规划", c.phrase.right.start))
        if after == "attr" and folded.startswith(("位于", "坐落", "地处"), c.phrase.right.start) and not self.at_work(c.start):
            strong = False
        founded = c.head.klass in ("plant", "park") and folded.startswith("建立", left.start) and located(self.text, c.start, c.head.start)
        if not strong and not founded and left.klass != "build" and not self.described(c.i):
            return self._unbuilt(c, rest)
        if folded.startswith(_BUILDER, c.end):
            return self._refuse("project.built", c, "who builds")
        place = (
            after in ("pred", "build")
            and not folded.startswith("已", c.phrase.right.start)
            and folded[left.start : left.end] in ("在", "于", "设在")
        )
        if place or (c.head.klass in ("park", "civic", "port") and folded.startswith(("落户", "落地", "入驻"), left.start)):
            return self._refuse("project.built", c, "where it happens")
        if self.contained(c.start, c.end):
            return self._refuse("project.built", c, "a part of what is built")
        if _SITUATED.search(folded, c.start, c.end):
            return self._refuse("project.built", c, "said where it lies")
        if c.phrase.right.klass == "count" and c.last and c.heads[-1].klass != "ext" and c.end == c.phrase.right.start:
            return self._refuse("project.built", c, "counted behind")
        if c.head.klass == "work":
            better = _UPGRADED.search(folded, c.start, c.end)
            if better and zone(self.text, c.start, better.start()):
                return self._refuse("project.works", c, "a zone that is to do better")
            known = (
                placed(self.text, c.start, c.head.start)
                or self._of_site(c)
                or (rest >= 2 and (self._priced(c.i) or progress(self.folded, self._behind(c.end))))
            )
            return "project.works" if known else self._refuse("project.works", c, "nowhere")
        named = c.head.klass in _NAMED and rest >= 1 and c.head.start - c.start >= 2
        named = named or self._of_institution(c)
        if not strong and rest < 4 and not named and not self.funded(c.i) and not proper(self.text, c.start, c.head.start):
            return self._refuse("project.built", c, "no proper name")
        return "project.built"

    def _behind(self, end: int) -> int:
        """Return where the text goes on behind a name and the bracket after it: 云平高铁(简称…)|开工建设."""
        if etc := _ETC.match(self.folded, end):
            return etc.end()
        if self.folded[end : end + 1] != "(":
            return end
        close = self.folded.find(")", end, end + 40)
        return close + 1 if close > 0 else end

    def _ongoing(self, c: Candidate, rest: int) -> bool:
        """Say whether progress or figures stand behind a thing that has a name of its own: 廉城大桥部分通车; not 学生食堂基本完工."""
        if c.head.term in PARTLY:
            own = located(self.text, c.start, c.head.start) or self._of_institution(c)
        else:
            own = rest >= 2 and (
                c.head.klass in _NAMED
                or c.head.klass == "ext"
                or c.head.term in _INSTITUTIONS
                or rest >= 4
                or proper(self.text, c.start, c.head.start)
            )
        final = c.phrase.items[-1]
        end = c.end if c.last else final.heads[-1].end if final.heads else final.end
        behind = self._behind(end)
        built = behind > end and self.folded.startswith("建设", behind)  # 甲学校、乙学校等学校建设
        return own and (built or self.under_way(behind) or (c.head.klass in _NAMED and later(self.folded, end)))

    def _of_site(self, c: Candidate) -> bool:
        """Say whether works are those of a road, water or park with a name: 104国道虹桥至乐成段改建; not 农贸市场改造."""
        inner = [h for h in c.heads if h.end <= c.head.start and h.klass in ("road", "water", "park", "civic")]
        return any(residue(self.folded[c.start : h.start]) >= 2 for h in inner)

    def _of_institution(self, c: Candidate) -> bool:
        """Say whether a building is that of a school or hospital with a name: 水头中学新教学楼, 泗洲中专2号楼."""
        return any(
            head.term in _INSTITUTIONS and (residue(self.folded[c.start : head.start]) >= 1 or OWN.match(self.folded, c.start))
            for head in c.heads
            if head.end <= c.head.start
        )

    def _unbuilt(self, c: Candidate, rest: int) -> str | None:
        """No verb beside it: the next sentence, its own predicate or a visit to works may still say that it is a project."""
        if self.contained(c.start, c.end):
            return self._refuse("project.built", c, "a part of what is built")
        if rest >= 2 and c.phrase.right.klass != "count" and self.taken_up(c.start, c.end):
            return "project.taken_up"
        if rest >= 2 and IS_PROJECT.match(self.folded, c.end):
            return "project.defined"
        if rest >= 2 and c.phrase.left.klass == "visit" and self.at_work(c.start):
            return "project.visited"
        return self._refuse("project.built", c, "no construction context")

    def _refuse(self, rule: str, c: Candidate, why: str) -> str | None:
        """Note why a candidate is no name, and return that it has no rule."""
        self.text.refuse(rule, c.start, c.end, why)
        return None

"""Explicit names (…项目, …工程): a proper name inside, or a description in a construction context; a class, a slogan, a predicate is none."""

from __future__ import annotations

import re

from ljnews.facts.project import span
from ljnews.facts.project.candidate import MOST, Asked, Candidate
from ljnews.facts.project.context import AFTER, IS_ONE, OPENING
from ljnews.facts.project.progress import figures, goes_on
from ljnews.facts.project.specific import FIRM, generic, located, placed, proper, residue

# 某公司在县工业园内的|多晶硅项目
_OF_FIRM = re.compile(r"(?:公司|集团)(?:在[^,。;\n的]{2,16})?(?:投资|建设|兴建|引进|实施)*的$")
_SITES = frozenset(("park", "civic", "road", "water", "port", "housing", "plant"))
_FOUNDING = frozenset(("兴建", "投资建设", "投资兴建", "签约", "引进", "签约引进", "新建", "投建", "上马", "开建"))
# “2050”项目, “四比四看”项目; not “四馆一中心”项目
_PROGRAMME = re.compile(r"[“\"‘](?![^”\"’]{0,6}[馆园厂区路桥城站院校港心湖河江库山])[^”\"’]{1,6}[”\"’](?:重点|重大|示范)?$")
_TALK = (
    "管理", "审批", "合同", "领域", "清单", "名单", "带动", "储备", "策划", "谋划", "包装", "化", "制", "库", "为王", "法人", "申报", "类", "数量", "总监",
    "对接", "协作区", "合作区", "建设服务中心", "服务中心", "促进中心", "协会", "学会", "技术人员", "建设部", "技术部", "建设处", "建设科", "管理部", "质量部",
    "订单", "攻坚战", "验收小组", "验收组", "领导小组", "工作组", "专家组", "推进组",
)  # fmt: skip
_CLASSES = ("重点", "重大", "民生", "实事", "招商", "招商引资", "招引", "签约", "龙头", "在建", "惠民", "优质", "重点项目", "重大项目")
_OWN_PARTS = frozenset("台栋幢套辆株口根孔跨间号")  # what one project has several of; not 工业项目12个
_STOPS = frozenset((",", "。", ";", "\n", ""))
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,12}(?<!农|新)[镇乡村]")
_OWN_NAME = re.compile(r"公司|集团|[县市区镇乡村“A-Za-z0-9]")
_IS_A = re.compile(r"[\u4e00-\u9fff”)](?<!的)(?:是|系)(?![^,。;:]{0,40}(?:投资|公司|集团|元))[^,。;:]{2,40}$")
# 锦屏新材料产业园项目是明兴公司在青岚追加投资的|全产业链升级项目
_IS_OF_ONE = re.compile(
    r"\s{0,4}+(?!该|本|此|这|其)(?P<name>[^,。;:\n“”、]{3,36}?)(?:项目|工程|产业园|基地)(?:建设)?(?:是|系)[^,。;:\n]{2,60}$"
)
# 在原预留|工程建设用地, 可研报告编制单位和建设|工程测量单位
_PORTIONS = frozenset(("主要", "核心", "其他", "其它", "部分", "剩余", "后续", "前期", "关键", "重要", "整体", "其中主要", "原有"))
_NO_MODIFIER = re.compile(r"单位[和及与]|预留|可研报告|编制单位")
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
# 安排专业技术人员全程服务监管|项目建设: what is done for a project
_FOR_IT = re.compile(
    r"(?:人员|专员|专班|专人|干部|全程|工作组|派驻)[^,。;]{0,12}(?:服务|监管|管理|跟踪|指导|推进|协调|对接|帮办|代办|跟进|保障)$"
)
# 主副坝防渗|工程: a part of the works
_PART_WORKS = re.compile(
    r"(?:[主副上下左右大]{0,3}[坝堤]|坝[体基顶肩]|溢洪道|输水洞|箱涵|承台|边坡|场地|地块|库区|池体|屋面|外墙|室内|室外|园林|景观|厂区|小区内)?(?:的)?"
    r"(?:防渗|帷幕灌浆|灌浆|护坡|挡墙|衬砌|削坡|换填|支护|围堰|清淤|清表|抹灰|粉刷|吊顶|弱电|强电|给排水|暖通|通风|智能化|铺装|亮化|打桩|钻孔|灌注桩|支模|钢筋|混凝土|砼|加高培厚|回填)(?:施工)?$"
)
# 小型病险水库除险加固|工程: works of a kind
_KIND_OF_WORKS = re.compile(r"(?:[大中小]+型|小\([12一二I]{1,2}\)型)?(?:病险水[库闸]|病险山塘)(?:的)?(?:除险)?(?:加固)?(?:整治|维修)?")
# 青岚县教体局|项目办公室: an office of the authority, no project
_OFFICE = re.compile(r"(?:局|厅|委|办|管委会|政府|公司|集团)$")
_ROOM = re.compile(r"(?:管理|建设|工作)?(?:办公室|办(?![理好])|科|股|处|组|专班|中心(?:主任|负责))")
# 谋新项目、盯大项目、啃难项目: what is done with projects of a kind
_DONE_WITH = re.compile(r"[\u4e00-\u9fff](?:[大小新老旧难慢快优强多高]|好的?)")
_TOTALLED = re.compile(r"(?:总|一)?共(?:有|计)?\d{1,4}[个项条座所处]|合计\d{1,4}[个项条座所处]")
_RANKED = re.compile(r"(?:纳入|列入|入选|列为|评为|获批|确定为|被定为)(?:全省|全国|全市|省级?|市级?|国家级?|自治区)?[^,。;]{0,4}$")
# 防洪抗旱项目投资366亿元,民生水利项目投资619亿元,…: what each kind costs
_SUM = r"(?:年度)?(?:计划|完成)?投资[\d.]{1,8}[万亿]{1,2}元(?:,占比?[^,;。]{2,16})?"
_KIND_SUMS = re.compile(_SUM + r"[,;](?:[^,;。\n\d]{2,16}(?:项目|工程)" + _SUM + r"|占[^,;。\d]{0,8}\d[\d.]{0,4}%)")
_KIND_BEFORE = re.compile(r"(?:项目|工程)" + _SUM + "[,;]$")
_CODED = re.compile(r"[A-Z]{1,4}-\d{1,4}$")  # KP-488项目
_COUNT_INSIDE = re.compile(r"\d{1,4}[个项]项目$")
# «自贸港建设项目2022年度第一批集中开工», «以大项目、好项目建设为载体»
_BATCH = re.compile(
    r"\(?(?:\d{4}年度?)?(?:第?[一二三四五六七八九\d]{1,2}(?:季度?|批次?)|[春夏秋冬]季|[上下]半年|年度)\)?(?:重点项目|项目)?集中(?:开|签|竣)"
)
_TOUR = re.compile(r"(?:视察|参观|察看|查看|走访|考察|观摩|来到|调研)[^。;!?\n]{4,120}$")
_MEANS = re.compile(r"以[^以、,]{0,6}$")
_MEANT = re.compile(
    r"(?:项目|工程)[^,。;\n]{0,14}?为(?:载体|抓手|引领|支撑|牵引|契机|重点|核心|主线|龙头|突破口|中心|依托|带动|统领|总抓手)"
)


class Explicit(Asked):
    """Judges …项目 and …工程."""

    def _explicit(self, c: Candidate) -> str | None:
        """…项目, …工程: a proper name inside, or a long description in a construction context."""
        rest = residue(self.folded[c.start : c.head.start])
        why = self._spoken_of(c) or self._not_named(c) or self._of_class(c, rest)
        if why:
            return self.refuse("project.head", c, why)
        folded, start, head, left = self.folded, c.start, c.head.start, c.phrase.left
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
        if rest >= 3 and c.last and self.taken_up(c.start, c.end):
            return "project.taken_up"
        if self._weighed(c, rest) or (rest >= 4 and left.klass in OPENING and IS_ONE.match(folded, c.end)):
            return "project.described"
        if rest >= 2 and self.heading(start, c.end):
            return "project.heading"
        return self.refuse("project.head", c, "no proper name")

    def _spoken_of(self, c: Candidate) -> str:
        """Return why the text speaks of projects in general or says something of a project, "" where it names one."""
        folded, start, head, left = self.folded, c.start, c.head.start, c.phrase.left
        numbered = folded[head - 1] in "等0123456789" and not _CODED.search(folded, start, head)
        if "项目部" in folded[start : c.end] or numbered or folded.startswith("情况", start):
            return "a builder's office, a class, or counted"
        if folded[start:head] in _PORTIONS:
            return "a portion of the works"
        if _NO_MODIFIER.search(folded, start, head):
            return "land, papers or parties of a project"
        if _KIND_OF_WORKS.fullmatch(folded, start, head):
            return "works of a kind"
        if _PART_WORKS.fullmatch(folded, start, head):
            return "a part of the works"
        if "是项目" in folded[start : c.end]:
            return "a slogan"
        if _TOTALLED.match(folded, c.end) or ("抓" in folded[start:head] and not located(self.text, start, head)):
            return "a counted class, or a slogan"
        if _BATCH.match(folded, c.end) or (_MEANS.search(folded, start, head) and _MEANT.match(folded, head)):
            return "a class that starts in batches, or a means"
        if _COUNT_INSIDE.search(folded, start, c.end) or self._predicate(c) or self._of_copula(c):
            return "counted, or said of a project"
        if "内容" in folded and self.contained(start, c.end) and not located(self.text, start, head):
            return "a part of what is built"
        said = folded[left.start : left.end] in _COPULAS
        if left.klass in ("this", "who", "loc") and folded[left.start - 1] in "是为系" and not located(self.text, start, head):
            return "said of a project"  # 新建水库项目是该县|重点水源工程建设项目
        if said and ("“" in folded[start:head] or folded.endswith(_KINDS, start, head)):
            return "said of a project"
        if folded.startswith(_TALK, c.heads[-1].end):
            return "spoken of in general"
        counted = c.phrase.right.klass == "count" and c.last and folded.endswith(("项目", "工程"), start, c.end)
        counted = counted and folded[c.phrase.right.end - 1] not in _OWN_PARTS  # 某风电项目|14台风机
        return "a counted class" if counted else ""

    def _not_named(self, c: Candidate) -> str:
        """Return why what stands before 项目 is no name: a firm's man, a verb (抓项目), a slogan; "" otherwise."""
        folded, start, head = self.folded, c.start, c.head.start
        if c.head.term == "项目":
            if _MAN_OF.match(folded, c.heads[-1].end) and _FIRMS.search(folded, start, head):
                return "a firm's man on the site"
            if _FOR_IT.search(folded, start, head):
                return "what is done for a project"
            if _ROOM.match(folded, c.heads[-1].end) and _OFFICE.search(folded, start, head):
                return "an office for projects"
            if _DONE_WITH.fullmatch(folded, start, head):
                return "a slogan"
            does = folded[head - 1] in "抓跑争谋招促包管看谈引盯推查批" or (folded[head - 1] == "上" and head - 1 in self.text.word_bounds)
            if does and head - start <= 6 and not FIRM.search(folded, start, head):
                return "a verb and its object"
        verb = head - start <= 3 and not located(self.text, start, head) and span.verbal(self.text, start, head)
        return "a verb" if verb else ""

    def _of_class(self, c: Candidate, rest: int) -> str:
        """Return why a modifier makes a class: 重大项目, a programme, 上海项目; "" otherwise."""
        folded, start, head = self.folded, c.start, c.head.start
        if self._kind_of(c):
            return "a kind and its sum"
        if ("“" in folded[start:head] or folded.endswith(_KINDS, start, head)) and _RANKED.search(folded, max(0, start - 14), start):
            return "a programme that it is ranked among"
        classed = folded.endswith((*_CLASSES, "类", "型"), start, head) and not folded.endswith(("车型", "机型"), start, head)
        classed = classed or (
            rest < 4 and folded.endswith(span.CLASS_WORDS, start, head) and not (rest >= 2 and figures(folded, self.behind(c.end)))
        )
        if classed or self._programme(start, head):
            return "a class or a programme"
        placed_only = len(c.heads) == 1 and c.head.term in ("项目", "工程", "建设项目", "建设工程") and self.of_a_place(start, head)
        if placed_only and c.phrase.right.klass == "count" and folded[c.phrase.right.end - 1] in _OWN_PARTS:
            placed_only = False  # 泗水风电项目|14台风机
        village = c.head.term == "项目" and _VILLAGE.fullmatch(folded, start, head) is not None
        if (placed_only or village) and folded.startswith(("现场", "工地", "施工现场", "建设现场"), c.heads[-1].end):
            return "a class of a place"  # 走进某镇某村项目现场
        return "a class of a place" if placed_only and (c.end - start < 9 or not self._weighed(c, rest)) else ""

    def _kind_of(self, c: Candidate) -> bool:
        """Say whether a description is one of the kinds whose sums stand in a row: 防洪项目投资3亿元,供水项目投资5亿元."""
        sums = _KIND_SUMS.match(self.folded, c.end) or _KIND_BEFORE.search(self.folded, max(0, c.start - 40), c.start)
        return sums is not None and not self.described(c.i) and not proper(self.text, c.start, c.head.start)

    def _toured(self, c: Candidate) -> bool:
        """«先后视察甲产业园,乙漆包线项目,丙公园等项目»: a list parted by commas behind a verb of visiting."""
        left, right = c.phrase.left, c.phrase.right
        if left.klass != "comma" or right.klass not in ("comma", "stop") or len(c.phrase.items) > 1:
            return False
        return any(p.left.klass == "visit" for p in self.phrases[max(0, c.i - 8) : c.i]) and bool(
            _TOUR.search(self.folded, self.text.sentence_at(c.start)[0], c.start)
        )

    def _of_copula(self, c: Candidate) -> bool:
        """Say whether a description is the predicate of what was named: 青岚河整治工程是经国务院批准立项的|江河支流治理项目."""
        left = c.phrase.left
        if left.klass == "de" and self.folded[c.end : c.end + 1] in _STOPS:
            whole = _IS_OF_ONE.match(self.folded, self.text.clause_at(left.start)[0], left.start)
            if whole and not generic(whole["name"]) and not located(self.text, c.start, c.head.start):
                return True
        if left.klass != "de" or self.folded[c.end : c.end + 1] not in _STOPS or _OWN_NAME.search(self.folded, c.start, c.head.start):
            return False
        if FIRM.search(self.folded, c.start, c.head.start):
            return False
        said = _IS_A.search(self.folded, self.text.clause_at(left.start)[0], left.start)
        return said is not None and not self.text.within("place", c.start, c.head.start)

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
        if MOST.search(whole):
            return False
        around = 2 * (self.under_way(c.end) or goes_on(self.folded, c.end) or c.phrase.right.klass == "site") + 2 * (
            self.folded[c.start - 1 : c.start] == "—"
        )
        around += self.folded.count(whole) > 1
        own = (rest >= 2) + (rest >= 4) + (len(whole) >= 9) + placed(self.text, c.start, c.head.start)
        own += 2 * (c.phrase.left.klass == "de" and _OF_FIRM.search(self.folded, max(0, c.start - 40), c.start) is not None)
        return around >= 2 and own >= 1 and around + own >= 4 and (rest >= 2 or around >= 3)

    def _programme(self, start: int, head: int) -> bool:
        """Say whether a quoted slogan is all that a modifier says: “四比四看”项目, 基础教育“十百千”工程."""
        quote = self.folded.find("“", start, head)
        return quote >= 0 and bool(_PROGRAMME.match(self.folded[quote:head])) and (quote == start or generic(self.folded[start:quote]))

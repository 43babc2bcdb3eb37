"""Names of what is built (parks, roads, plants, schools) and of works: only beside a verb of construction or progress."""

from __future__ import annotations

import re

from ljnews.facts.project.candidate import INSTITUTIONS, MOST, NAMED, PARTLY, Candidate
from ljnews.facts.project.context import AFTER, IS_PROJECT, OPENING
from ljnews.facts.project.explicit import Explicit
from ljnews.facts.project.progress import later, progress, situated
from ljnews.facts.project.specific import OWN, firm_told, located, placed, proper, residue, zone

_VERBS = ("新建", "扩建", "改建", "改造", "迁建", "改造提升", "续建", "开发")
_UPGRADED = re.compile(r"(?:提档升级|提质升级|提质增效|转型升级|创新提升|能级提升|提档|升级|振兴|转型|提升)$")
_ECONOMY = ("产业", "经济", "工业", "农业", "企业", "制造业", "服务业", "消费", "乡村", "城市", "商贸", "外贸")  # 推动煤化工产业|转型升级
_FROM = re.compile(r"[到至]")
_BUILDER = ("协作建设", "参与建设", "负责建设", "承建", "合作建设", "共同建设", "投资建设")
_BORDERS = ("南临", "北临", "东临", "西临", "南接", "北接", "东接", "西接", "接入")
_BESIDE = ("东侧", "西侧", "南侧", "北侧", "两侧", "以东", "以西", "以南", "以北", "附近", "旁", "沿线", "交汇", "交叉", "路口")
_SITUATED = re.compile(r"以[东南西北]")
# 项目位于该县|江背路
_LIES_AT = re.compile(r"(?:位于|坐落于|坐落在|座落于|地处|毗邻|紧邻|选址于?|选址在)[^,。;:、的“”\n]{0,12}$")
_MAKES = re.compile(r"[年日](?:产|供水|处理|加工|供气)")  # 将建成年产360万支轮毂生产线: a project's content
# “五好”园区
_CITY_SHAPE = re.compile(r"[“\"][一二两三四五六七][区城极带核轴地高心圈枢环廊翼][^”\"]{1,14}[”\"]?$")  # “一区一枢纽两中心”
_COUNTED_SLOGAN = re.compile(r"[“\"][一二三四五六七八九十\d][^”\"]{1,5}[”\"]$")
_FREE_ZONES = ("自贸港", "自由贸易港", "自由港", "自贸区", "自贸试验区", "自由贸易试验区", "经济特区", "综合保税区", "保税港区")
# …某产业园项目,…,|建设; not 重点项目, 98个项目
_PROJECT_BEFORE = re.compile(
    r"(?<!重点)(?<!重大)(?<![个项类批种大])(?:项目|工程)(?!中|[\u4e00-\u9fff]{0,3}等)(?:\([^)]{0,40}\))?[^。;!?\n]{0,160}[,:][^,。;:]{0,24}$"
)
_BUILDS_SUCH = re.compile(r"(?:建设|新建|建成|打造|购置|改造)[^,。;]{2,24}$")
_MEASURE_FIRST = re.compile(r"[\d.]{1,8}余?万?(?:亩|平方米|平米|[栋幢间层])")
_AREA_BEHIND = re.compile(r"(?:约|达)?[\d.]{1,8}余?[万千百]?(?:亩|公顷)")
_POURED = ("浇筑", "铺设", "吊装", "架设", "安装", "砌筑", "摊铺")  # 已完成上跨桥浇筑

_STRETCH = re.compile(r"[县区市镇乡村站]至")  # 沿线经双峰、邵东两县至|邵阳北站
_OLD = ("旧馆", "旧址", "旧桥", "老桥", "旧院区", "老院区", "旧校区", "老校区", "旧厂", "老厂", "老厂区", "旧厂区")
_PARK_OF = re.compile(r"[\u4e00-\u9fff]{2,14}?(?:园|厂|项目|公司|中心|基地|车间)")
_MEASURED = re.compile(r"约?[\d.]{1,8}余?(?:公里|千米|米|延米)")
_AIMED = re.compile(r"(?:世界级|世界一流|全球|国际一流|国际化|国内一流|全国(?:性|一流|重要|领先)|跨区域|跨流域|区域性|一流)")
_WAYS = ("大通道", "快速通道", "最快通道", "主通道", "辅助通道")
# 随着望水大桥的|建成通车, 支持精品钢基地的|建设
_WORK_ON = r"(?:开工|动工|奠基|兴建|修建|援建|开建|扩建|迁建|竣工|完工|建成|通车|贯通|投产|投用|投运|投入使用|投入运营|启用|落成|开通|并网发电|发电)"
_ITS_WORK = re.compile(
    rf"(?:如期|顺利|正式|相继|全面|成功|即将|最终|早日|全线|无偿|加快|提前)?(?:{_WORK_ON}{{1,3}}(?:建设|使用|运营)?|(?P<bare>(?:规划|施工|开发)?建设))(?=[,。;、!]|将|不仅|有|为|使|让|标志|意味|是|也|大大|必将|填补|结束|极大|后)"
)
# 望水大桥的|初步设计已经完成
_ITS_STEP = re.compile(
    r"(?:初步设计|可行性研究|可研|前期工作|征地|征迁|拆迁|土建|设备安装|主体工程|主体结构|桩基|路基|施工(?!单位|方|队|人员|现场)|招标|选址)[^,。;\n]{0,10}?(?:完成|启动|推进|展开|开展|结束|通过|尾声|顺利|进行)"
)
# 望水大桥|已纳入省规划
_IN_PLAN = re.compile(r"(?:已|被|已经|成功|正式|也){0,2}(?:纳入|列入)[^,。;、]{0,14}(?:规划|计划|盘子)")
_BUILT_NOW = re.compile(r"建设(?=[,。;、的]|做|筹|提供|保驾|献|出)")
# 建成后,|望水大桥|将成为…, 通车后,…
_ONCE = re.compile(r"(?:[建落]成|投用|通车|投产|竣工|完工)(?:投用|通车|使用|投产)?[后以],$")
_WILL = ("将", "可", "能", "不仅")
# 记者在|望水大桥|看到,工人们正在绑扎钢筋
_AT_IT = re.compile(
    r"(?:看到|了?解到|,)[^。\n]{0,40}?(?:绑扎|浇筑|塔吊|挖掘机|推土机|打桩|正在施工|加紧施工|紧张施工|有序施工|施工人员|建设者|封顶|吊装|粉刷|外墙|脚手架|钢筋|混凝土)"
)
_AT = frozenset(("在", "走进", "来到", "走在", "位于"))
_LATIN = re.compile(r"[A-Za-z0-9]")
# 某集团和某园区|签约
_PARTIES = re.compile(
    r"[^、和与]{2,16}?(?:公司|集团|政府|[省市县区镇乡])[和与][^、和与]{2,16}?(?:公司|集团|政府|园区|开发区|[省市县区镇乡])"
)
_THIS_ONE = re.compile(r"\s{0,4}(?:[^,。;]{0,8},)?(?:该|本|整个)?(?:项目|工程)")
_ONE_OF = re.compile(r"的\d{1,3}[座条个项处][^,。;\n]{2,24}之一")  # 是长江干线某段|的20座过江通道之一


class Built(Explicit):
    """Judges parks, roads, plants, schools, works."""

    def _built(self, c: Candidate, moving: bool) -> str | None:
        """Parks, roads, plants, works: only beside a verb of construction or progress."""
        folded, left, after = self.folded, c.phrase.left, self.after(c.i)
        rest = residue(folded[c.start : c.head.start])
        if why := self._only_place(c) or self._only_part(c, rest):
            return self.refuse("project.built", c, why)
        strong = after in AFTER or moving or self._ongoing(c, rest) or folded.startswith(_VERBS, c.phrase.items[0].start)
        strong = strong or (after == "make" and folded.startswith("规划", c.phrase.right.start))
        site = rest >= 2 and situated(folded, self.behind(c.end))
        once = rest >= 2 and folded.startswith(_WILL, c.end) and _ONCE.search(folded, max(0, c.start - 8), c.start) is not None
        strong = strong or site or once or self._nominal(c, rest)
        if after == "attr" and not site and folded.startswith(("位于", "坐落", "地处"), c.phrase.right.start) and not self.at_work(c.start):
            strong = False
        governed = left.klass == "build" or (
            left.klass == "pred" and left.end == c.start and folded.endswith(("建成", "开工"), left.start, left.end)
        )
        if not strong and not governed and not self._founded(c) and not self.described(c.i):
            return self._unbuilt(c, rest)
        if why := self._scene(c):
            return self.refuse("project.built", c, why)
        if c.head.klass == "work":
            return self._works(c, rest)
        named = (c.head.klass in NAMED and rest >= 1 and c.head.start - c.start >= 2) or self.of_institution(c)
        named = named or (rest >= 2 and c.head.term in INSTITUTIONS and self.described(c.i))
        if not strong and rest < 4 and not named and not self.funded(c.i) and not proper(self.text, c.start, c.head.start):
            return self.refuse("project.built", c, "no proper name")
        return "project.built"

    def _founded(self, c: Candidate) -> bool:
        """Say whether a firm sets up a plant or park with a name: 拟在某新城建立|明兴华东基地."""
        setting_up = self.folded.startswith("建立", c.phrase.left.start) and c.phrase.left.end == c.start
        own = setting_up and c.head.klass in ("plant", "park")
        return own and (located(self.text, c.start, c.head.start) or firm_told(self.text, c.start, c.head.start))

    def _at_it(self, c: Candidate) -> bool:
        """Say whether somebody stands where a thing is built and sees the works: 记者在|望水大桥|看到,工人们正在绑扎钢筋."""
        there = c.first and self.folded[c.phrase.left.start : c.phrase.left.end] in _AT and c.head.klass not in ("park", "work")
        return there and _AT_IT.match(self.folded, c.end) is not None

    def _nominal(self, c: Candidate, rest: int) -> bool:
        """Say whether a noun phrase tells of its building: 望水大桥的建成通车, 支持精品钢基地的建设, 为望水水库建设筹资."""
        if rest < 2 or c.kind or len(c.phrase.items) > 1 or self.of_a_place(c.start, c.head.start):
            return False
        if c.phrase.right.klass == "de" and c.phrase.right.start == c.end:
            match = _ITS_WORK.match(self.folded, c.phrase.right.end)
            if _ITS_STEP.match(self.folded, c.phrase.right.end):
                return True
            return match is not None and (match.group("bare") is None or c.head.term not in INSTITUTIONS)
        named = c.head.klass in NAMED
        return named and (_BUILT_NOW.match(self.folded, c.end) or _IN_PLAN.match(self.folded, c.end)) is not None

    def _only_place(self, c: Candidate) -> str:
        """Return why a thing is only a place or a description, "" otherwise: 南临梅龙高速, 最长跨河大桥."""
        folded, left, right = self.folded, c.phrase.left, c.phrase.right
        if c.head.klass in NAMED and (folded.startswith(_BESIDE, c.end) or folded.endswith(_BORDERS, left.start, left.end)):
            return "where something lies"
        if MOST.search(folded, c.start, c.head.start):
            return "a description"
        if self._aim(c):
            return "an aim"
        if folded.endswith(_FREE_ZONES, c.start, c.end):
            return "a zone that is run like a place"
        said = folded[left.start : left.end] in ("为", "是", "系", "属于", "成为") or folded[c.start - 1 : c.start] == "为"
        if said and not located(self.text, c.start, c.heads[0].start) and not _LATIN.search(folded, c.start, c.head.start):
            return "a predicate"  # 狮子洋通道为|多层复合公路通道
        if folded.endswith(_OLD, c.start, c.end) or _ONE_OF.match(folded, c.end):
            return "what was before, or what others are of"
        if c.phrase.items[0].sep and left.klass in ("build", "verb", "visit"):
            return "verbs in a row"
        if left.klass in ("who", "loc", "this") and _LIES_AT.search(folded, max(0, left.start - 16), left.end):
            return "where something is"
        if left.klass == "attr" or (self.after(c.i) == "build" and folded.startswith("开通了", right.start)):
            return "where something is, or what it opens"
        if c.head.klass == "park" and left.klass == "visit" and right.klass == "de" and _PARK_OF.match(folded, right.end):
            return "where something lies"
        ways = right.klass == "de" and c.head.klass == "port" and _FROM.search(folded, c.start + 1, c.head.start)
        return "from where to where" if ways else ""

    def _aim(self, c: Candidate) -> bool:
        """Say whether a thing without a proper name is what a place wants to be: 世界一流强港, 大宗商品资源配置枢纽, 外联内畅快速通道."""
        folded = self.folded
        if located(self.text, c.start, c.head.start) or _LATIN.search(folded, c.start, c.end) or self.under_way(self.behind(c.end)):
            return False
        if self.funded(c.i) or self.described(c.i):
            return False
        if folded.endswith(("枢纽", "强港"), c.start, c.end):
            return self.after(c.i) not in AFTER and not proper(self.text, c.start, c.head.start)
        return bool(_AIMED.match(folded, c.start, c.end)) or folded.endswith(_WAYS, c.start, c.end)

    def _only_part(self, c: Candidate, rest: int) -> str:
        """Return why a thing is a part, a product or a programme, "" otherwise: 上跨桥浇筑, 年产360万支轮毂生产线, “五好”园区."""
        folded, own = self.folded, located(self.text, c.start, c.head.start)
        if folded[c.head.start - 1] == "”" and _COUNTED_SLOGAN.fullmatch(folded, c.start, c.head.start):
            return "a programme"
        if "“" in folded[c.start : c.end] and _CITY_SHAPE.search(folded, c.start, c.end):
            return "what a city is to be like"
        if c.head.term.endswith("基地") and _AREA_BEHIND.match(folded, c.end) and not own:
            return "land of a kind"
        if rest < 4 and folded.startswith(_POURED, c.end) and not own:
            return "a part of what is built"
        if (
            c.head.term in ("食堂", "宿舍", "学生食堂", "厂房", "车间")
            and rest <= 2
            and not own
            and not self.funded(c.i)
            and not self.described(c.i)
        ):
            return "a part of what is built"  # 新建学生食堂基本完工
        if not own and c.phrase.right.klass == "number" and _MEASURED.match(folded, c.end) and not self.under_way(self.behind(c.end)):
            return "a part of what is built"
        if folded[c.phrase.left.start - 1 : c.phrase.left.end].startswith("并") and self._of_this(c):
            return "a part of what is built"
        if not own and _MEASURE_FIRST.match(folded, c.start):
            return "a part of what is built"  # 已有|100亩孵化园厂房封顶
        if self._of_project(c):
            return "what a project consists of"
        return "what a project makes" if _MAKES.match(folded, c.start) and c.head.klass == "plant" else ""

    def _of_project(self, c: Candidate) -> bool:
        """Say whether a plain building is the object of a verb in a sentence about a project: 鸢飞车项目投资2亿元,建设|配件生产线."""
        verb = c.phrase.left.klass in ("build", "make") or self.folded.endswith(_VERBS, 0, c.start)
        if not (verb or c.phrase.left.klass == "de") or c.head.klass not in ("civic", "plant", "park") or c.heads[-1].klass == "ext":
            return False
        if not verb and not _BUILDS_SUCH.search(self.folded, self.text.clause_at(c.start)[0], c.start):
            return False
        plain = c.head.term in PARTLY or residue(self.folded[c.start : c.end]) <= 1
        if not plain or c.head.term in INSTITUTIONS or located(self.text, c.start, c.head.start) or OWN.match(self.folded, c.start):
            return False
        if self.under_way(self.behind(c.end)) or self.funded(c.i) or self.of_institution(c):
            return False
        return _PROJECT_BEFORE.search(self.folded, self.text.sentence_at(c.start)[0], c.start) is not None

    def _of_this(self, c: Candidate) -> bool:
        """Say whether the sentence is about one project before: 该工程计划拓宽青岚路,并建设|下穿通道."""
        return _THIS_ONE.match(self.folded, self.text.sentence_at(c.start)[0], c.start) is not None

    def _scene(self, c: Candidate) -> str:
        """Return why a thing beside a verb is only where it happens, who builds, or a part; "" otherwise."""
        folded, left, right = self.folded, c.phrase.left, c.phrase.right
        if folded.startswith(_BUILDER, c.end):
            return "who builds"
        place = self.after(c.i) in ("pred", "build") and not folded.startswith("已", right.start)
        place = place and folded[left.start : left.end] in ("在", "于", "设在")
        place = place or (
            folded[left.start : left.end] in ("在", "于") and (c.head.klass == "work" or folded.startswith(("举行", "隆重举行"), c.end))
        )
        if place or (c.head.klass in ("park", "civic", "port") and folded.startswith(("落户", "落地", "入驻"), left.start)):
            return "where it happens"
        if (
            right.klass in ("pred", "build")
            and folded.startswith(("签约", "签订", "签署", "牵手", "携手", "合作"), right.start)
            and _PARTIES.fullmatch(folded, c.start, c.end)
        ):
            return "two parties that sign"
        if self.contained(c.start, c.end):
            return "a part of what is built"
        if _SITUATED.search(folded, c.start, c.end):
            return "said where it lies"
        counted = right.klass == "count" and c.last and c.heads[-1].klass != "ext" and c.end == right.start
        return "counted behind" if counted else ""

    def _works(self, c: Candidate, rest: int) -> str | None:
        """Works need a place or a site with a name, or progress: 桃源镇老街改造; not 老旧小区改造, 经开区提档升级."""
        better = _UPGRADED.search(self.folded, c.start, c.end)
        if better and (zone(self.text, c.start, better.start()) or self.folded.endswith(_ECONOMY, c.start, better.start())):
            return self.refuse("project.works", c, "a zone that is to do better")
        known = (
            placed(self.text, c.start, c.head.start)
            or self._of_site(c)
            or (rest >= 2 and (self._priced(c.i) or progress(self.folded, self.behind(c.end))))
        )
        return "project.works" if known else self.refuse("project.works", c, "nowhere")

    def _ongoing(self, c: Candidate, rest: int) -> bool:
        """Say whether progress or figures stand behind a thing that has a name of its own: 廉城大桥部分通车; not 学生食堂基本完工."""
        if c.head.term in PARTLY:
            own = located(self.text, c.start, c.head.start) or self.of_institution(c) or firm_told(self.text, c.start, c.head.start)
        else:
            own = rest >= 2 and (
                c.head.klass in NAMED
                or c.head.klass == "ext"
                or c.head.term in INSTITUTIONS
                or rest >= 4
                or (c.head.klass == "civic" and c.first and c.phrase.left.klass in OPENING)
                or proper(self.text, c.start, c.head.start)
            )
        final = c.phrase.items[-1]
        end = c.end if c.last else final.heads[-1].end if final.heads else final.end
        behind = self.behind(end)
        built = behind > end and self.folded.startswith("建设", behind)  # 甲学校、乙学校等学校建设
        return own and (built or self.under_way(behind) or (c.head.klass in NAMED and later(self.folded, end)))

    def _of_site(self, c: Candidate) -> bool:
        """Say whether works are those of a road, water or park with a name: 104国道虹桥至乐成段改建; not 农贸市场改造."""
        inner = [h for h in c.heads if h.end <= c.head.start and h.klass in ("road", "water", "park", "civic")]
        return any(residue(self.folded[c.start : h.start]) >= 2 for h in inner)

    def _unbuilt(self, c: Candidate, rest: int) -> str | None:
        """No verb beside it: the next sentence, its own predicate or a visit to works may still say that it is a project."""
        if self.contained(c.start, c.end):
            return self.refuse("project.built", c, "a part of what is built")
        along = c.head.klass != "road" and _STRETCH.search(self.folded, c.start + 1, c.head.start)
        if rest >= 2 and not along and c.phrase.right.klass != "count" and self.taken_up(c.start, c.end):
            return "project.taken_up"
        if rest >= 2 and IS_PROJECT.match(self.folded, c.end):
            return "project.defined"
        if rest >= 2 and self._at_it(c):
            return "project.visited"
        if rest >= 2 and self.heading(c.start, c.end):
            return "project.heading"
        if rest >= 2 and c.phrase.left.klass == "visit" and self.at_work(c.start):
            return "project.visited"
        return self.refuse("project.built", c, "no construction context")

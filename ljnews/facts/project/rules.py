"""By which rule a candidate is a project's name, or why it is refused.

Explicit names (…项目, …工程) need only to be specific; what is a place too (parks, roads, hospitals) needs a construction context beside it; the items
of a list that the text itself calls projects need none. Reading order: `Rules.rule_of`, `_single`, then `explicit.py` (…项目,
…工程) and `built.py` (what is built).
"""

from __future__ import annotations

import re

from ljnews.facts.project import span
from ljnews.facts.project.built import Built
from ljnews.facts.project.candidate import Candidate
from ljnews.facts.project.items import NO_NAMES
from ljnews.facts.project.progress import progress
from ljnews.facts.project.specific import OWN, division, generic, located, placed, residue

PARTS = frozenset(
    (
        "土建工程",
        "基础工程",
        "桩基工程",
        "装修工程",
        "设备安装工程",
        "主体工程",
        "主要工程",
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
_JOINT = re.compile(r"[和及与、]")
_INSIDE = re.compile(r"内容(?:主要)?(?:包括|为|有|是|包含|:){1,2}$")
_COUNT_BEHIND = re.compile(r"(?:共|有|为|达|共有|共计)?\d{1,4}余?[个项]")
_INVESTED_IN = re.compile(r"投资(?:额|约|达|超)?\d")
_COUNT_BEFORE = re.compile(r"\d余?[个项]$")
_NTH = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}[座条个家所项处次批轮]")
# «,项目包含甲、乙等业态»: what one project holds; not «实施的项目包括甲、乙».
_OF_ONE = re.compile(
    r"[,。;:\n](?:其中)?(?:该|本|整个)?(?:[一二三四]期)?(?:[一二三四\d]标段)?(?:项目|工程)?(?<![,。;:\n])(?:主要|还|将|规划){0,2}(?:包含|包括|涵盖|建有|设有)$"
    r"|[,。;:\n](?:项目|工程)?(?:主要|规划)(?:建设|包含|包括|涵盖|新建)(?:有|了)?:?$"
)
_CONTENT = re.compile(
    r"(?:包含|包括|涵盖|建有|设有|内容(?:为|包括|是|有)?|主要是|主要为|主要有|主要建设|配套建设|配建)(?:新建|改建|改造)?:?(?:\d{1,4}[个座条栋幢])?$"
)
# 连云港市保障房|建设投资发展集团有限公司
_OF_A_FIRM = re.compile(
    r"(?:建设|投资|开发|发展|运营|管理|经营|置业|实业|旅游|产业|控股|工程){1,6}(?:有限|股份|集团|公司|总公司)|(?:股份|有限责任|有限|集团){1,2}公司"
)
_CONCERNS = re.compile("(?:项目|工程)(?:涉及|涵盖|覆盖)")
_COMPLEX = re.compile(r"“[一二三四五六七八九][馆园厂区路桥院校场所室][一二三四五六七八九两][^”]{1,6}”")
_ONLY = re.compile(r"(?:现有|原有|已有|唯一|最大|最早|最好|最长|最高|首个|标志性)的?$")
# 成功签约一个亿元|蔬菜冻干生产项目; not 又一个, 每一个
_ONE = re.compile(r"(?<![又每另同第任这那有])(?:一|1)个(?:总?投资)?(?:[约超过]{0,2}[\d.]{0,6}[十百]?亿元?[级的]?)?$")
_LENDS = re.compile(r"高速|铁路|公路|电站|水库|机场|港|水厂|桥")  # what a list calls its places: 云平、白沙等高速公路项目
_REGION = re.compile(r"(?:库区|老区|灾区|牧区|林区|山区)$")
_BARE_CLASS = re.compile(r"(?:重点|重大|产业|招商|工业|农业|民生|外资|签约|好)$")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_SECTION_ONLY = re.compile(r"第?[一二三四五六七八九十\d]{1,3}(?:期|标段|合同段)(?:项目|工程)?")  # 在我县投资建设的第四期项目
# 按省级达标高中|标准建设, 改善东新区教育配套|条件: what something is like
_QUALITY = re.compile(r"(?:标准(?!厂房|化|件)|条件|环境|水平|能力|难题|需求|压力|短板|格局|优势)")
# 二期投资3亿元建设|全屋家具生产线: what a phase of the project holds
_OF_PHASE = re.compile(
    r"(?:其中)?(?:项目|工程)?(?:第?[一二三四]|首)期(?:项目|工程)?(?:将|计划|拟|规划|已|主要|总)?(?:投资|占地|建设|新建|用地)"
)
_PLACES = re.compile(r"(?:村|乡|镇|县|社区|街道|[县市]区)$")
ANNOUNCES = frozenset(("count", "many", "number", "de"))
NOT_ONE = frozenset(("count", "many", "this"))  # 26个…项目, 该项目


class Rules(Built):
    """Judges one candidate at a time."""

    def is_tail(self, start: int, end: int) -> bool:
        """Say whether what stands behind the last head is no part of a name."""
        return start < end and (self.folded[start:end] in ("建设", "内", "现场") or self.folded[start:end] in PARTS)

    def rule_of(self, c: Candidate) -> str | None:
        """Return the rule by which a candidate is a name, None where it is refused."""
        if c.end - c.start < 4 and c.heads and c.heads[-1].klass == "item":
            return self.refuse("project.head", c, "too short a name")
        if self.folded.startswith(("项目", "公司", "企业", "该", "Ⅰ标", "Ⅱ标", "Ⅲ标", "Ⅳ标"), c.start) or not _WORDS.search(
            self.folded, c.start, c.end
        ):
            return self.refuse("project.head", c, "a part of a project, or no words")
        if _CONCERNS.search(self.folded, c.start, c.end):
            return self.refuse("project.head", c, "what projects are about")  # 动工项目涉及|学校、医院
        if _OF_A_FIRM.match(self.folded, c.end):
            return self.refuse("project.head", c, "a part of a firm's name")
        if "第" in self.folded[c.start : c.end] and self._nth(c):
            return self.refuse("project.head", c, "an ordinal: one of a class")
        after_count = c.phrase.left.klass in ("count", "many") and not c.first and c.kind is None
        if _SECTION_ONLY.fullmatch(self.folded, c.start, c.end):
            return self.refuse("project.head", c, "a phase without its project")
        if c.kind == "other" or (after_count and not (c.heads and c.heads[-1].klass == "item")):
            return self.refuse("project.list", c, "the list is not of projects")
        if c.kind is None and c.phrase.left.klass in ("soft", "verb", "func", "build", "make", "colon") and self._content(c):
            return self.refuse("project.head", c, "what a project consists of")
        if (
            c.kind is None
            and c.phrase.left.klass in ("build", "make", "de")
            and _OF_PHASE.match(self.folded, self.text.clause_at(c.start)[0], c.start)
        ):
            return self.refuse("project.head", c, "what a phase holds")
        if c.kind == "project" and _INSIDE.search(self.folded, max(0, c.phrase.items[0].start - 12), c.phrase.items[0].start):
            return self.refuse("project.list", c, "what one project holds")
        if c.kind == "project" and _OF_ONE.search(self.folded, max(0, c.phrase.items[0].start - 16), c.phrase.items[0].start):
            return self.refuse("project.list", c, "what one project holds")
        if c.kind == "project" and self.folded.endswith(("方面", "领域", "板块"), c.start, c.end):
            return self.refuse("project.list", c, "a field")
        if c.kind == "project" and not c.heads and self._whereabouts(c):
            return self.refuse("project.list", c, "a place")
        if c.kind == "project":
            if (not c.heads and self.folded.endswith("产品", c.start, c.end)) or (
                generic(self.folded[c.start : c.end]) and not self._listed_head(c) and not (self._priced(c.i) and c.end - c.start >= 6)
            ):
                return self.refuse("project.list", c, "generic")
            return "project.list"
        return self._single(c) if c.heads else None

    def _whereabouts(self, c: Candidate) -> bool:
        """Say whether an item of a list is where projects are or what is wrong there: 湖北、重庆库区|共签约项目41个; 移民突出|问题等项目."""
        region = _REGION.search(self.folded, c.start, c.end)
        if self.folded.endswith("问题", c.start, c.end):
            return True
        return division(self.text, c.start, region.start() if region else c.end) and not _LENDS.search(self.following(c.i)[0])

    def _quoted_works(self, c: Candidate) -> bool:
        """Say whether a counted quotation is a complex that is under way: “四馆一中心”正式开工."""
        whole = _COMPLEX.fullmatch(self.folded, c.start - 1, c.end + 1) if self.folded[c.end : c.end + 1] == "”" else None
        return whole is not None and (self.under_way(c.end + 1) or c.phrase.right.klass in ("pred", "site"))

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
            return self.refuse("project.built", c, "a place")
        if _QUALITY.match(self.folded, last.end):
            return self.refuse("project.head", c, "what something is like")
        if last.term in PARTS:
            return self.refuse("project.head", c, "a part")
        if self.folded.startswith("”为", c.end):
            return self.refuse("project.head", c, "an aim")
        if c.phrase.left.klass == "etc" and c.first and not self._behind_places(c):
            return self.refuse("project.head", c, "the class of a list")
        if c.first and c.phrase.left.klass in ANNOUNCES and self._announced(c):
            return "project.taken_up"
        if c.phrase.left.klass in NOT_ONE and c.first:
            return self.refuse("project.head", c, "counted or deictic")
        if self._quoted_works(c):
            return "project.built"
        # 智慧社区平台二期: what stands before the phase qualifies too
        modifier = self.folded[c.start : last.start if last.klass == "ext" and last.start > head.end else head.start]
        if "“" in modifier and self.folded[head.end : head.end + 1] == "”":
            modifier = modifier.replace("“", "")  # 农村公路“断头路”
        plain = generic(modifier) or (_JOINT.search(modifier) is not None and generic(_JOINT.sub("", modifier)))
        if plain and not OWN.match(modifier) and (self._counted(c) or not self.definite(c.i, c.heads)):
            return self.refuse("project.head", c, "generic")
        if c.phrase.left.klass == "de" and _ONLY.search(self.folded, max(0, c.phrase.left.start - 4), c.phrase.left.start):
            return self.refuse("project.head", c, "a predicate, or there already")
        if self.apposed(c.i):
            return self.refuse("project.head", c, "the name follows the dash")
        if head.klass == "item":
            return self._explicit(c)
        moving = any(h.start == last.end and not span.stands(self.text, h) for h in c.item.heads)  # …环线拓宽至7.5米
        closed = last.end == c.item.end or (self.folded[last.end] == "(" and self.folded[c.item.end - 1] == ")")
        closed = closed or ((residue(modifier) >= 2 or last.klass == "ext") and progress(self.folded, self.behind(last.end)))
        if not closed and not moving and c.end != c.item.end and not self.is_tail(last.end, c.item.end):
            if residue(modifier) >= 2 and c.phrase.left.klass != "attr" and self.taken_up(c.start, c.end):
                return "project.taken_up"
            return self.refuse("project.built", c, "not followed by progress")
        return self._built(c, moving)

    def _announced(self, c: Candidate) -> bool:
        """Say whether one project is announced that the next sentence goes on about: 签约一个(亿元)|蔬菜冻干项目。该项目由…."""
        if c.head.klass != "item" or residue(self.folded[c.start : c.head.start]) < 2 or not self.taken_up(c.start, c.end):
            return False
        match = _ONE.search(self.folded, max(0, c.start - 16), c.start)
        return match is not None and not _BARE_CLASS.search(self.folded, c.start, c.head.start)

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
        if _INVESTED_IN.match(self.folded, c.end) and self.folded.endswith("完成", 0, c.phrase.left.end):
            return True  # 全年计划完成|重大基础设施项目|投资7亿元
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
        if len(items) < 2 or not c.heads or self.folded[c.start : c.end] in NO_NAMES:
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

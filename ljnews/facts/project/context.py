"""What stands around a phrase: what the text calls its items, what governs them, what follows."""

from __future__ import annotations

import re

from ljnews.facts.project.chunks import Head, Item, Phrase
from ljnews.facts.project.progress import dated, figures, later, next_clause, progress
from ljnews.facts.project.specific import generic, located, zone
from ljnews.text.text import Text

# Edges that may stand between 等 and the class: 等|26个|在建|项目, 等|一批|重大项目.
_BETWEEN = frozenset(("count", "many", "time", "build", "make", "pred", "soft", "this", "number", "attr", "bound"))
_CLASS_HEADS = ("通道", "大通道", "公路", "道路", "断头路")
_FIELDS = ("方式", "形式", "手段", "途径", "办法", "领域", "行业", "方面", "板块", "产业链")
_NO_CLASS = (
    "服务",
    "举措",
    "管理",
    "类",
    "型",
    "产品",
    "单位",
    "负责",
    "责任",
    "所在",
    "建设单位",
    "企业",
    "业主",
    "公司",
    "经理",
    "上下游",
    "产业链",
)
_NOT_PROJECT = (
    "企业", "领域", "部门", "单位", "方面", "工作", "产业", "行业", "公司", "问题", "情况", "产品", "内容", "措施", "功能", "城市", "国家", "人", "村", "乡镇",
    "县", "区", "市", "镇", "省", "国", "活动", "景点", "平台", "品牌", "文件", "机构", "媒体", "高校",
)  # fmt: skip
_ADVERBS = frozenset(("soft", "time", "func", "book", "number"))
AFTER = frozenset(("pred", "build", "site", "ceremony", "attr"))  # what follows a project: progress, a site, its figures
OPENING = frozenset(("stop", "comma", "colon", "space", "visit", "ceremony", "quote", "time"))  # what a subject stands behind
_BUILDING = re.compile(r"项目|建设|施工|工程|工地|进度|占地\d|总?建筑面积|投资\d")
_TAKEN_UP = re.compile(
    r"[\s“]{0,6}(?:据悉,|据了解,|据介绍,)?(?:该|这个|这一|这座|这条|这项)([\u4e00-\u9fff]{2,4}?)(?=总|占|由|是|位|建|投|采|于|分|将|全|规|设|预|计|主|的|包|工|坐)"
    r"|[\s“]{0,6}(项目)(?=总|占|由|位|建|投|于|分|将|预|计|主)"
)
_PICTURE = re.compile(r"(?:全景|效果|鸟瞰|外景|一角|航拍|俯瞰)图?(?=[。,\n])")
_SUBJECT_ENDS = frozenset(
    ",。;(的最是成已正将在位坐占里中也"
)  # behind a whole subject: …产业园|最引人注目; not 高速公路|网规划, 工业园|振兴
_FUNDED = re.compile(r"投资(?:额|约|达|为)?[\d.]{1,8}余?[万亿]元、[^。;]{0,30}$")
_PAID = re.compile(r"(?:(?<!建设)投资|出资|筹资|投入|斥资)[^,。;\n]{0,8}?[\d.]{1,8}余?[万亿]美?元(?:人民币)?,(?:在[^,。;\n]{2,10})?$")
_DONE_SUM = re.compile(r"完成[^,。;]{0,8}投资[约近超达]?$")  # 将完成公路建设投资85亿元,加快推进国省干线公路
_COST_BEHIND = re.compile(r",?(?:该|整个)?(?:项目|工程)?(?:计划|概算|估算|预计){0,2}总?投资(?:额|约|为|达){0,2}\d")
_PARTS_OF_ONE = re.compile(
    r"(?:主体|单体|附属|配套)|(?:部分|主要|所有|全部|多个|各类|一系列|\d{1,3}[余多]?[栋幢座个])?(?:校舍|主体|单体|附属|配套|建筑物|建筑主体|单体建筑|子项(?!目)|用房|构筑物|建[筑构]|功能区|功能分区|功能室|设施(?!项目|工程|建设))"
)
_LIES = re.compile(r",?(?:该项目|项目)?(?:位于|坐落|地处|选址|建设地点)")
# 规模为90万吨/日的|污水处理提标改造项目
_SIZED = re.compile(
    r"(?:^|[,。;\s]|总)(?:建设|设计|处理|生产|供水)?(?:规模|产能|装机容量|装机|库容|能力)(?:为|达|约|共)*[\d.]{1,8}[余多]?[万亿]{0,2}(?:吨|立方米|千瓦|兆瓦|平方米|m3|MW)(?:/[日天年])?$"
)
_RITE_HELD = re.compile(
    r"(?:隆重|正式)?(?:举行|举办|迎来)了?(?:隆重的?)?(?:奠基|开工|竣工|落成|通车|投产|开园|投用)(?:奠基)?(?:仪式|典礼|庆典)"
)
_PLACED = re.compile(r"(?:位于|坐落于|坐落在|地处|落户于?)[^,。;:\n的]{2,30}$")
_TOWN = ("县城", "城区", "老城区", "中心城区", "市区", "集镇")  # of the paper's own town: 县城污水处理厂一期工程
# 由某公司投资的|速食米粉生产项目
_INVESTED_BY = re.compile(r"由[^,。;:、\n]{3,28}(?:公司|集团|厂|合作社)(?:独资|全额|共同|联合)?(?:出资|投资)的$")
# «合云高铁\n合云高铁起自合安,全长90公里»
_TELLS = re.compile(
    r"\s{0,4}+[^\n]{0,60}?(?=[总全建投起工竣完开通施])(?:总投资|全长|总建筑面积|建筑面积|建设规模|建设内容|投资[约\d]|起自|起于|工期|建设周期|投入使用|竣工|完工|开工|通车|施工招标)"
)
_THRESHOLD = re.compile(r"以上|以下|不低于|不少于|以内")
_CONTENT = re.compile(r"(?:建设内容|主要内容|规划内容)(?:主要)?(?:为|包括|包含|有|是|涵盖|:){1,2}[^。;\n]*")
THERE = ("分布着", "分布有", "拥有", "遍布着", "遍布", "坐落着", "集聚了", "汇聚了")
ACTIONS = re.compile(r"“[^”]{0,4}[\d一二三四五六七八九十]大[\u4e00-\u9fff]{2,4}”(?:[\d一二三四五六七八九十]大[\u4e00-\u9fff]{2})?$")
# 西区由购物中心、商务中心组成
_COMPOSED = re.compile(r"由(?P<parts>[^,。;\n由]{2,60}?)(?:组成|构成)")
_NAMELY = re.compile(r"还有|有|包括|包含|分别为|分别是|为|是|:")
IS_PROJECT = re.compile(
    r"(?:是|系|属于?)[^。\n]{2,60}?(?:工程|项目)(?![的部])|(?:有望|将)成为[^。,]{0,12}首[个条座][^。,]{2,16}(?:工程|项目)(?=[,。])"
    r"|(?:是|系)[^。,;\n]{0,24}?规划(?:建设|新建)?的[^。,;\n]{0,14}(?:公路|铁路|通道|大桥)(?=[,。])"
)
IS_ONE = re.compile(r",?(?:是|系|属于?)[^。,;\n]{2,40}?(?:工程|项目)(?:之一)?(?=[,。;\n])")
_BY = re.compile(r"由[^,;。\n]{2,40}?(?:投资|建设|承建|实施|兴建|开发)")


class Context:
    """Answers about the surroundings of the phrases of one text."""

    def __init__(self, text: Text, phrases: list[Phrase]) -> None:
        self.text = text
        self.folded = text.folded
        self.phrases = phrases
        self._contents = [m.span() for m in _CONTENT.finditer(text.folded)] if "内容" in text.folded else []
        if "组成" in text.folded or "构成" in text.folded:
            self._contents += [m.span("parts") for m in _COMPOSED.finditer(text.folded)]

    def contained(self, start: int, end: int) -> bool:
        """Say whether a name stands in what a project consists of: 主要建设内容为病房楼、急救中心."""
        return any(self.folded.find(self.folded[start:end], *content) >= 0 for content in self._contents)

    def list_kind(self, i: int) -> str | None:
        """Say what the text calls the items of a phrase: `project` (…等26个在建项目), `other` (…等企业), or nothing."""
        phrase = self.phrases[i]
        right, items = phrase.right.klass, phrase.items
        if right == "attr" and self.folded[phrase.right.start - 1] == "、":
            return self._continued(i)
        if len(items) > 1 and self._introduced(i):
            return "project"
        if right == "etc" and _PARTS_OF_ONE.match(self.folded, phrase.right.end):
            return "other"  # 病房楼、救援中心等主体结构; 教学楼、宿舍楼等部分校舍
        if right == "etc" and self.folded.startswith(("各项", "综合利用", "综合效益", "综合功能", "功能", "效益"), phrase.right.end):
            return "other"  # 兼具灌溉、供水等综合利用功能的水利工程
        if right not in ("etc", "count", "verb", "comma") or phrase.left.klass in ("many", "count") or (right != "etc" and len(items) < 2):
            return None
        if self.folded.endswith(THERE, 0, items[0].start) and not any(located(self.text, item.start, item.end) for item in items):
            return "other"  # 沿线分布着鲟鱼养殖基地、采摘园等农旅项目30余处
        if self._fields(phrase) or self._quoted(phrase) or (right != "etc" and self._zones(phrase)):
            return "other"
        if right == "verb" and not self.folded.startswith("共", phrase.right.start):
            return None
        follow, edges, classes = self.following(i)
        if follow.startswith(_FIELDS):
            return "other"
        if right == "comma":
            many = edges[:1] and edges[0] in ("many", "count", "this")
            listing = classes and many and sum(item.sep == "、" for item in items) > 1
            return ("other" if self._slogans(phrase) else "project") if listing else None
        if classes:
            counted = right == "count" and items[-1].heads and items[-1].heads[-1].klass == "item"
            return None if counted else "project"
        kinds = (not edges or edges == ["count"]) and not follow.startswith("企业(")
        return "other" if right == "etc" and follow and kinds and follow.startswith(_NOT_PROJECT) else None

    def _continued(self, i: int) -> str | None:
        """«甲、总投资150亿元的乙等在谈项目»: the list goes on behind the figure."""
        for j in range(i + 1, min(i + 5, len(self.phrases))):
            if self.phrases[j].left.klass == "de" and self.phrases[j].items:
                return self.list_kind(j)
        return None

    def _fields(self, phrase: Phrase) -> bool:
        """«涵盖公路建设、沼气建设等28个项目»: kinds of projects."""
        return phrase.left.klass == "soft" and self.folded.startswith(("涵盖", "涉及"), phrase.left.start)

    def _zones(self, phrase: Phrase) -> bool:
        """«其他县区和云州高新区、云州港务区299个项目»: where the projects are, not what they are called."""
        return sum(zone(self.text, item.start, item.end) for item in phrase.items) * 2 > len(phrase.items)

    def _slogans(self, phrase: Phrase) -> bool:
        """«盯着目标看、围着项目战,一大批项目»: what is done, no head word and nothing proper in most items."""
        named = sum(
            bool(item.heads and item.heads[-1].end == item.end) or located(self.text, item.start, item.end) for item in phrase.items
        )
        return named * 2 < len(phrase.items) and any("着" in self.folded[item.start + 1 : item.end] for item in phrase.items)

    def _quoted(self, phrase: Phrase) -> bool:
        """«“良田、良种、良机”等六大工程», «城市更新、交通畅联“四大行动”|130余个项目»: a programme's parts."""
        end = phrase.right.start
        if ACTIONS.search(self.folded, max(0, end - 12), end):
            return True
        if phrase.right.klass != "etc" or self.folded[end - 1] != "”":
            return False
        opening = self.folded.rfind("“", 0, end)
        return opening <= phrase.items[0].start and "、" in self.folded[opening:end]

    def _introduced(self, i: int) -> bool:
        """Say whether the words before a list call it projects: «集中开工的项目还有甲、乙和丙», «重点项目分别是甲、乙»."""
        named = False
        while i > 0 and _NAMELY.fullmatch(self.folded, *self.phrases[i].left[1:]) and self.phrases[i - 1].right is self.phrases[i].left:
            named, i = True, i - 1
            if self.phrases[i].items:
                break  # 项目|包括|:|甲、乙
        before = self.phrases[i].items if named else []
        if before and self.folded[before[-1].start : before[-1].end] == "项目" and self.folded.startswith(("是", "为"), before[-1].end):
            return False  # 项目是补短板、强弱项的载体
        copula = self.folded[slice(*self.phrases[i].right[1:])] in ("是", "为")
        if copula and before and before[-1].heads and not generic(self.folded[before[-1].start : before[-1].heads[-1].start]):
            return False  # 某港项目是甲省与乙省相向而行的“头号工程”
        return bool(before) and any(h.klass == "item" for h in before[-1].heads) and self._class(before[-1])

    def following(self, i: int) -> tuple[str, list[str], bool]:
        """Return the first item after a phrase, the edges that stand between, and whether the item is a class of projects."""
        edges: list[str] = []
        first = at = self.phrases[i].right
        for phrase in self.phrases[i + 1 : i + 5]:
            if phrase.left is not at:
                break
            if phrase.left.klass != "etc" and at is not first:
                edges.append(phrase.left.klass)
            at = phrase.right
            items = phrase.items
            if items:
                item = items[-1] if len(items) <= 2 else items[0]
                return self.folded[item.start : item.end], edges, self._class(item)
            if phrase.right.klass not in _BETWEEN:
                break
        return "", edges, False

    def _class(self, item: Item) -> bool:
        """Say whether an item names a class of projects: 在建项目, 重点水利工程, 交通大通道."""
        head = next((h for h in item.heads if h.klass == "item" or h.term in _CLASS_HEADS), None)
        if head is None or self.folded.startswith(_NO_CLASS, head.end) or self.folded.startswith("企业(", item.start):
            return False  # 甲公司、乙公司等13个企业(项目)
        return head.start - item.start <= 6 or generic(self.folded[item.start : head.start])

    def after(self, i: int) -> str:
        """Return the class of what follows a phrase: a progress word, also behind an adverb (正式通车, 将于年底竣工), or its edge."""
        right = first = self.phrases[i].right
        if right.klass in ("verb", "soft") and self.phrases[i].left.klass in OPENING and _RITE_HELD.match(self.folded, right.start):
            return "ceremony"
        if right.klass == "func" and _BY.match(self.folded, right.start):
            return "pred"
        if right.klass in _ADVERBS:
            for phrase in self.phrases[i + 1 : i + 6]:
                if phrase.left is not right or phrase.items:
                    break
                right = phrase.right
                if right.klass in ("pred", "build"):
                    return "pred"
                if right.klass == "site" and first.klass == "book":
                    return "site"  # 马东公路(即某村至某村公路)现场
                if right.klass not in _ADVERBS:
                    break
        return first.klass

    def described(self, i: int) -> bool:
        """«总投资5亿元的…», «今年开工的…»: the phrase is qualified by an attribute, not by a threshold (10亿元以上的)."""
        left = self.phrases[i].left
        if left.klass == "among":
            return True
        if left.klass != "de" or i == 0 or self._threshold(left.start):
            return False
        if self._priced(i) or any(p.left.klass in ("attr", "build", "pred") for p in self.phrases[max(0, i - 2) : i]):
            return True
        return _INVESTED_BY.search(self.folded, max(0, left.end - 40), left.end) is not None

    def definite(self, i: int, heads: list[Head]) -> bool:
        """Say whether its surroundings make a plain description a definite one.

        投资12亿元的智能装备产业基地; 堤防加固工程全长17公里; 推进智慧平台二期建设; 体育公园建设工程已开工.
        """
        phrase = self.phrases[i]
        if heads[-1].klass == "ext" and "期" in heads[-1].term and phrase.left.klass == "build" and phrase.right.klass in AFTER:
            return True
        end = heads[-1].end
        if heads[-1].klass == "ext" and "期" in heads[-1].term and phrase.left.klass in OPENING and progress(self.folded, end):
            return True
        if (
            heads[-1].klass == "item"
            and phrase.items
            and self.folded.startswith(_TOWN, phrase.items[0].start)
            and end - phrase.items[0].start >= 7
        ):
            return any(h.klass == "ext" for h in heads) or progress(self.folded, end) or later(self.folded, end)
        if phrase.left.klass == "build" and phrase.right.klass != "count" and end - phrase.left.end >= 6 and self.funded(i, money=True):
            return True
        if phrase.left.klass == "de" and phrase.right.klass != "count":
            at_site = phrase.right.klass == "site" and heads[-1].klass == "item" and end - phrase.items[0].start >= 8
            return (at_site and self._placed_by(phrase.left.start)) or self._priced(i)
        phased = heads[-1].klass == "item" and any(h.klass == "ext" and "期" in h.term for h in heads)
        if phased and phrase.left.klass in OPENING and phrase.right.klass == "pred" and end - phrase.left.end >= 7:
            return True  # 旧城改造一期工程|进展顺利
        if (
            heads[-1].klass == "item"
            and len(phrase.items) == 1
            and phrase.left.klass not in ("count", "many", "this")
            and end - phrase.items[0].start >= 8
            and self._dated_or_priced(end)
        ):
            return True
        if (
            heads[-1].klass in ("park", "plant")
            and phrase.left.klass in OPENING
            and end - phrase.items[0].start >= 6
            and dated(self.folded, end)
        ):
            return True  # 环保装备产业园|2021年开工建设
        built = [h for h in heads if h.klass not in ("ext", "item")]
        if not built or heads[-1].klass != "item":
            return False
        if phrase.right.klass == "attr":
            return True
        subject = built[0].klass in ("civic", "park") and phrase.left.klass in OPENING and len(phrase.items) == 1
        return subject and (self.after(i) in ("pred", "build", "soft") or bool(_LIES.match(self.folded, end)) or figures(self.folded, end))

    def _placed_by(self, end: int) -> bool:
        """Say whether the 的 of a phrase ends a place: 位于某工业园|的智能制造产业园工程建设现场."""
        return bool(_PLACED.search(self.folded, self.text.clause_at(end)[0], end))

    def _dated_or_priced(self, end: int) -> bool:
        """Say whether its cost or the day of its start stands behind a name: 高标准农田建设项目,总投资250万元; …于去年10月开工."""
        return bool(_COST_BEHIND.match(self.folded, end)) or (self.folded[end : end + 1] == "于" and progress(self.folded, end))

    def _priced(self, i: int) -> bool:
        """Say whether a figure with its cue stands before the 的 of a phrase."""
        left = self.phrases[i].left
        if self._threshold(left.start):
            return False
        if _SIZED.search(self.folded, max(0, left.start - 24), left.start):
            return True
        clause = self.folded[max(self.text.sentence_at(left.start)[0], left.start - 40) : left.start]
        if self.phrases[i - 1].left.klass == "number" and _FUNDED.search(clause):
            return True  # 投资5亿元、占地面积约1500亩、装机容量为50MW|的
        before = self.phrases[max(0, i - 3) : i]
        if any(p.left.klass in ("many", "count") for p in before):
            return False  # 一批总投资130亿元的外资项目
        cued = any(p.left.klass in ("attr", "build", "make") and p.right.klass == "number" for p in before)
        return cued and any(p.right.klass == "number" or p.left.klass == "number" for p in before[-2:])

    def under_way(self, end: int) -> bool:
        """Say whether what follows a span reports progress or gives the figures of a project."""
        return progress(self.folded, end) or figures(self.folded, end) or next_clause(self.folded, end)

    def _threshold(self, end: int) -> bool:
        """Say whether the clause that ends at an offset gives a threshold: 投资10亿元以上|的项目."""
        return bool(_THRESHOLD.search(self.folded, max(self.text.clause_at(end)[0], end - 14), end))

    def paid_for(self, i: int) -> bool:
        """«投资260万元建设的文化广场投入使用»: a bare building that is definite by its cost."""
        phrase = self.phrases[i]
        head = phrase.items[0].heads[0]
        bare = phrase.left.klass == "de" and head.klass in ("civic", "park", "plant") and len(head.term) > 3
        return bare and self.after(i) in AFTER and self._priced(i)

    def funded(self, i: int, *, money: bool = False) -> bool:
        """Say whether a figure, or only `money`, stands before the verb: 筹资580万元建设某厂."""
        left = self.phrases[i].left
        if len(self.phrases[i].items) == 1 and _PAID.search(self.folded, max(0, left.start - 26), left.start):
            return True
        edges = [e for p in self.phrases[max(0, i - 2) : i] for e in (p.left, p.right) if e.klass == "number"]
        edges = [e for e in edges if not _DONE_SUM.search(self.folded, max(0, e.start - 16), e.start)]
        return any(not money or self.folded[e.end - 1] == "元" for e in edges)

    def taken_up(self, start: int, end: int) -> bool:
        """Say whether the next sentence goes on about it as a project: «…产业园最为引人注目。该项目由…», «这个安置点总投资…»."""
        sentence = self.text.sentence_at(start)[1]
        picture = _PICTURE.match(self.folded, end)  # 某社区|全景。该社区占地412亩
        end = picture.end() if picture else end
        if self.folded[end : end + 1] not in _SUBJECT_ENDS or self.folded.find("项目", end, sentence) >= 0:
            return False  # 某园区|管委会, 某集团|焊材; or another project stands between
        match = _TAKEN_UP.match(self.folded, sentence)
        word = (match.group(1) or match.group(2)) if match else ""
        return word in ("项目", "工程", "路段") or (bool(word) and self.folded.endswith(word, start, picture.start() if picture else end))

    def heading(self, start: int, end: int) -> bool:
        """Say whether a name fills a line of its own and the next line tells of it as something that is built: its cost, its length, its works."""
        if self.folded[end : end + 1] != "\n" or self.folded[max(0, start - 1) : start] != "\n":
            return False
        return _TELLS.match(self.folded, end + 1) is not None

    def apposed(self, i: int) -> bool:
        """Say whether a dash brings the proper name: 世界最大跨径斜拉桥——常泰长江大桥."""
        right = self.phrases[i].right
        if self.folded[right.start : right.start + 1] != "—":
            return False
        follow = next((p for p in self.phrases[i + 1 : i + 3] if p.items), None)
        return follow is not None and follow.left.end - right.start <= 4 and bool(follow.items[0].heads)

    def of_a_place(self, start: int, head: int) -> bool:
        """Say whether a modifier is a place and generic words only: 余姚市交通工程, 东莞市重大项目, 上海项目."""
        mention = next((m for m in self.text.within("place", start, head) if m.start == start), None)
        return mention is not None and generic(self.folded[mention.end : head])

    def at_work(self, offset: int) -> bool:
        """Say whether the sentence, or its part between semicolons, speaks of building: a visit to a site, not to a sight."""
        start, end = self.text.sentence_at(offset)
        start = max(start, self.folded.rfind(";", start, offset) + 1)
        stop = self.folded.find(";", offset, end)
        return bool(_BUILDING.search(self.folded, start, stop if stop > 0 else end))

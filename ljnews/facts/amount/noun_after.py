"""What a quantity measures where it stands after the unit: the nouns up to the predicate, or the verb itself; the head of a table's column."""

from __future__ import annotations

import re

from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Gap, Phrase, Word, action, adverb, classes, ends_with, head

_FIGURES = frozenset(("年度", "年内", "计划", "当年", "累计", "总投资", "概算", "估算"))
_NEGATIVE = frozenset(("未", "非", "无"))
_UNDERTAKINGS = frozenset(("项目", "工程", "任务", "计划", "行动"))
_PREDICATES = frozenset("位于 来自 属于 包括 用于 达到 成为 实现 进入 采用 具有 具备 拥有 接近 超过 突破 产自 抵达".split())
_ASPECTS = frozenset(("已", "曾", "将", "正", "正在", "已经", "先后", "全部", "均", "正式", "首次", "陆续"))
_DIVISIONS = frozenset("县区市镇乡村省州国")
_NOMINAL = frozenset(
    (
        "现代",
        "传统",
        "当代",
        "历史",
        "冬季",
        "夏季",
        "秋季",
        "春季",
        "秋冬",
        "夏粮",
        "秋粮",
        "高速",
        "前期",
        "大项",
        "小项",
        "分项",
        "未成年人",
    )
)
_JOINS = frozenset("和及与、")
_THRESHOLD = re.compile(
    r"(?:超|过|近)?[\d.]{0,12}[百千万亿]{0,4}(?:平方米|立方米|千瓦|公里|美元|元|吨|人|亩|头|只|张|米|兆瓦|千伏)(?:级(?!别)|以上|及以上)的?"
    r"|(?:总投资|投资)?(?:超|过)?[百千万亿]{1,3}元?(?:级|以上)?的?(?=(?:以上)?(?:重点|重大|工业|产业|大)?(?:项目|企业|产业|集群|园区))"
    r"|(?:世界|中国|全国|全球|民营|国内)?[1-9]\d{0,3}强(?=企业|公司)"
    r"|(?:总投资|投资)?(?:超|过)?[\d.]{1,12}[万亿]元(?:以上)?的?(?=(?:重点|重大|工业|产业|大)?(?:项目|企业))"
)


def after(gap: Gap, start: int, end: int, *, alone: bool, times: bool = False, money: bool = False) -> Phrase | None:
    """Return the measure that begins after a unit: nouns up to the predicate, or the verb itself.

    `alone`: no other quantity follows in the clause, so a list of nouns may be taken whole. `times`: the unit counts events (两次否决…).
    """
    string = gap.string
    while start < end and string[start] == "的":
        start += 1
    if start >= end or string[start] in " \u3000":
        return None
    threshold = _THRESHOLD.match(string, start, end)
    if threshold:
        # 100项亿元以上项目, 2座30万吨级油码头: the class stands before its noun.
        rest = after(gap, threshold.end(), end, alone=alone)
        keep = "上" in threshold.group()
        return rest and (rest._replace(text=string[start : rest.start + len(rest.text)], start=start) if keep else rest)
    tokens = gap.words(start, end)
    skipped = 0
    while skipped + 1 < len(tokens) and tokens[skipped].text in _ASPECTS and tokens[skipped + 1].tag == "v":
        skipped += 1
    if skipped:
        # 37人曾参加…, 3部正在施工: only a predicate follows.
        return Phrase(tokens[skipped].text, tokens[skipped].start, "amount.verb")
    if times and tokens[0].tag == "v":
        return Phrase(tokens[0].text, tokens[0].start, "amount.verb")
    taken: list[Word] = []
    noun = False
    quoted = False
    for i, token in enumerate(tokens):
        if not quoted and _ends(tokens, i, noun, alone, money):
            break
        taken.append(token)
        if token.text in "“”":
            quoted = token.text == "“"
            continue
        if quoted:
            noun = True
            continue
        noun = (
            noun
            or (token.tag.startswith(("n", "j", "l", "s", "eng")) and token.tag != "ns")
            or token.text in SUFFIXES
            or (len(token.text) == 1 and token.text in _DIVISIONS and (i + 1 == len(tokens) or tokens[i + 1].tag in STOP_TAGS))
            or (money and token.text in classes("metrics"))
        )
        if i == 0 and token.text == "计划":
            noun = False
        if not noun and token.tag == "v" and not _noun_follows(tokens, i):
            break
    stop = taken[-1].end if taken else start
    if taken and action(taken[-1]) and taken[-1].tag in ("v", "vn") and string[stop : stop + 1] == "的" and len(taken) <= 3:
        # 2个平行布置的煤场: what is counted stands after the clause.
        inner = after(gap, stop + 1, end, alone=alone, money=money)
        if inner and inner.rule == "amount.after":
            return inner
    _cut_parts(taken, string[start - 1 : start] == "家")
    while taken and (
        taken[-1].text in _JOINS or taken[-1].text in "“‘" or taken[-1].tag == "c" or (len(taken) > 1 and taken[-1].text in KEPT)
    ):
        taken.pop()
    if not taken:
        alone_word = len(tokens) == 1 and len(tokens[0].text) > 1 and tokens[0].tag in ("m", "q", "t", "zg", "x")
        return Phrase(tokens[0].text, start, "amount.after") if alone_word and tokens[0].text.isalpha() else None  # 6个组别
    if not noun and 1 < len(taken) < 4 and all(t.tag in ("v", "vn", "b") for t in taken):
        noun = True  # 600个服务组织
    if not noun and taken[0].text not in _NOMINAL:
        return Phrase(taken[0].text, taken[0].start, "amount.verb") if taken[0].tag.startswith("v") else None
    phrase = string[taken[0].start : taken[-1].end]
    bracket = _OR.match(string, taken[-1].end)
    if bracket:
        phrase = string[taken[0].start : bracket.end()]  # 6个县(市、区)
    return Phrase(_TROUBLE.sub("", phrase) if phrase[-1] in "题难" else phrase, taken[0].start, "amount.after")


_PARTS = frozenset(
    "主体 主体工程 主体结构 结构 钢结构 工作 前期 前期工作 拆迁 征地 负责人 进展 情况 领导 主要 班子成员 部分 相关 初具规模 全部 整体 均 集中".split()
)
_WHOLES = ("企业", "公司", "项目", "车间", "工程", "厂房", "班子", "楼", "标房", "乡镇", "指标", "区域")
_PLACES = ("县", "乡镇", "社区", "街道", "行政村", "贫困村")
_HOUSES = ("企业", "公司", "饭店", "酒店", "宾馆", "银行", "医院", "合作社", "工厂", "商户", "门店", "超市", "机构", "单位")
_OF_HOUSES = frozenset(("联盟", "集群", "集团"))
_OR = re.compile(r"(?<=[县乡镇区市村])\((?:[县乡镇区市村场]|街道|社区|园区|、|农场|林场){1,4}\)")
_TROUBLE = re.compile(r"(?<=..)(?:的)?(?:紧张|困难|不便)?(?:问题|困难|难题)\Z")


def _cut_parts(taken: list[Word], house: bool) -> None:
    """6家企业|拆迁工作, 两个车间|钢结构主体: what is counted ends before its part; `house`: 家 counts firms and shops."""
    for i in range(1, len(taken)):
        before = taken[i - 1].text
        part = taken[i].text in _PARTS and before.endswith(_WHOLES)
        place = before.endswith(_PLACES) and len(taken[i].text) > 1 and taken[i].tag.startswith("n")
        if part or place or (house and before.endswith(_HOUSES) and taken[i].text not in _OF_HOUSES and taken[i].text not in _JOINS):
            del taken[i:]
            return


def _noun_follows(tokens: list[Word], i: int) -> bool:
    """A verb before a noun is its attribute (在建项目, 集中开工项目)."""
    return any(t.tag.startswith(("n", "j", "l", "b", "a")) or t.text in SUFFIXES for t in tokens[i + 1 : i + 3])


def _manner(tokens: list[Word], i: int) -> bool:
    """项目|扎实|推进: a word of manner and a verb without an object are the predicate."""
    if tokens[i].tag not in ("d", "ad", "a") or len(tokens[i].text) < 2 or i + 1 >= len(tokens):
        return False
    rest = tokens[i + 1 : i + 4]
    return rest[0].tag == "v" and not any(t.tag.startswith(("n", "j", "l")) or t.text in SUFFIXES for t in rest[1:])


def _ends(tokens: list[Word], i: int, noun: bool, alone: bool, money: bool) -> bool:
    """Say whether the noun phrase after a unit ends before a word."""
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    klass = classes("stops").get(token.text, "")
    metric = classes("metrics").get(token.text) if not klass and noun else None
    changes = following is not None and classes("stops").get(following.text) in ("adverb", "event")
    if money and i and noun and not metric and ends_with(tokens[i - 1].text, "metrics", "head", "sum", "both"):
        return True  # 3亿元建设资金|主要来源于…
    if money and metric:
        return False
    if metric in ("sum", "both") or (metric == "head" and changes):
        klass = "sum"
    if token.text in "“”‘’":
        return noun and token.text in "“‘"
    if i == 0 and token.text == "计划" and following is not None and following.tag == "v":
        return False  # 8个计划开工项目
    if klass == "adverb" and not noun and following is None and len(token.text) > 1:
        return False  # 6个现场
    if noun and token.text in _FIGURES and ends_with(tokens[i - 1].text, "subjects"):
        return True
    if token.text in _NOMINAL or (len(token.text) == 1 and token.text in _DIVISIONS and not noun):
        return False
    if (
        not noun
        and following is not None
        and (token.text in _NEGATIVE or (token.tag == "m" and (token.text[-1] in "类级等" or token.text[0] == "第")))
    ):
        return False  # 31宗未开工项目, 31座二类公厕
    if token.text in KEPT and not (noun and token.text in "年月日"):
        return False
    if token.text in _JOINS and not noun and i and tokens[i - 1].text in KEPT and following is not None:
        return False  # 15个新建、改扩建学校项目
    if token.text in _JOINS:
        nominal = following is not None and following.tag.startswith(("n", "j", "vn", "b", "a")) and following.tag not in ("ns", "nr")
        if following is not None and following.text[0] in "一二两三四五六七八九十":
            return True
        if token.text == "、" and tokens[i - 1].end - tokens[0].start > 6:
            return True
        last = i + 2 >= len(tokens) or tokens[i + 2].text == "的"
        return not (noun and (alone or last) and nominal and token.text != "与") or following is None or following.text in classes("stops")
    if token.text not in SUFFIXES and (
        token.tag in ("x", "p", "r", "uj", "ul", "t", "m", "mq", "q", "y", "u", "uz", "c") or (token.tag == "f" and noun)
    ):
        return True
    if len(token.text) == 1 and token.text in "内中上下里外等后前":
        return True
    if klass == "sum" and (following is None or following.tag in STOP_TAGS or changes):
        return True
    if token.text == "集中" and not noun and _noun_follows(tokens, i):
        return False
    if klass == "adverb" or adverb(token):
        return True
    if not noun:
        return i == 0 and klass == "event" and (len(token.text) == 1 or token.text in _PREDICATES)
    if klass == "event" or token.text in ("年", "月", "日"):
        return True
    if _manner(tokens, i):
        return True
    if (
        not klass
        and token.tag == "v"
        and len(token.text) > 1
        and ends_with(tokens[i - 1].text, "subjects", "end")
        and following is not None
    ):
        return True  # 158个区域|打击…: no verb of names
    if klass == "action" or (token.tag == "v" and token.text not in SUFFIXES):
        # Inside a name a head follows soon: 菌菇 | 生产 | 企业, 生物质 | 发电 | 装机 | 规模; after a head it is the predicate: 家庭 | 改造.
        if classes("metrics").get(tokens[i - 1].text) in ("head", "sum"):
            return True  # 4000万亩粮食生产面积|落实到村
        named = following is not None and following.text in _UNDERTAKINGS
        if klass and i and not named and ends_with(tokens[i - 1].text, "subjects") and not action(tokens[i - 1]):
            return True
        rest = [t for t in tokens[i + 1 : i + 4] if not action(t)]
        return not any(head(t) for t in (rest[:1] if klass else rest))
    return False


def column(string: str, at: int) -> Phrase | None:
    """Return the head of the table column that holds an offset: cells are parted by tabs, rows by line ends."""
    row = string.rfind("\n", 0, at) + 1
    index = string.count("\t", row, at)
    if "\t" not in string[row : row + 200] or string[max(row, string.rfind("\t", row, at) + 1) : at].strip():
        return None
    while row > 0:
        start = string.rfind("\n", 0, row - 1) + 1
        cells = string[start : row - 1].split("\t")
        if len(cells) <= index or len(cells) < 2:
            return None
        if not any(c.isdecimal() for c in cells[index]):
            name = re.split(r"[(（]", cells[index].strip())[0]
            return Phrase(name, at, "amount.column") if name else None
        row = start
    return None

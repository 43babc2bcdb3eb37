"""What a quantity measures where it stands after the unit: the nouns up to the predicate, or the verb itself; the head of a table's column."""

from __future__ import annotations

import re

from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Gap, Phrase, Word, action, adverb, classes, ends_with, head, suffix

_FIGURES = frozenset(("年度", "年内", "计划", "当年", "累计", "总投资", "概算", "估算"))
_NEGATIVE = frozenset(("未", "非", "无"))
_UNDERTAKINGS = frozenset(("项目", "工程", "任务", "计划", "行动"))
_PREDICATES = frozenset("位于 来自 属于 包括 用于 达到 成为 实现 进入 采用 具有 具备 拥有 接近 超过 突破 产自 抵达 涉及".split())
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
_LOOSE = frozenset("和及与、“‘")
_STOPPED = frozenset(("x", "p", "r", "uj", "ul", "t", "m", "mq", "q", "y", "u", "uz", "c"))
_THRESHOLD = re.compile(
    r"(?:超|过|近)?[\d.]{0,12}[百千万亿]{0,4}(?:平方米|立方米|千瓦|公里|美元|元|吨|人|亩|头|只|张|米|兆瓦|千伏)(?:级(?!别)|以上|及以上)的?"
    r"|(?:总投资|投资)?(?:超|过)?[百千万亿]{1,3}元?(?:级|以上)?的?(?=(?:以上)?[\u4e00-\u9fff]{0,6}(?:项目|企业|产业|集群|园区))"
    r"|(?:世界|中国|全国|全球|民营|国内)?[1-9]\d{0,3}强(?=企业|公司)"
    r"|(?:总投资|投资)?(?:超|过)?[\d.]{1,12}[万亿]元(?:以上)?的?(?=(?:重点|重大|工业|产业|大)?(?:项目|企业))"
)


_SUM_NEXT = re.compile(r"(?:计划|估算|概算)?总?投资(?:额|约|近|超|达|为|共)?[\d.]{1,12}[万亿]")


def after(gap: Gap, start: int, end: int, *, alone: bool, times: bool = False, money: bool = False) -> Phrase | None:
    """Return the measure that begins after a unit: nouns up to the predicate, or the verb itself.

    `alone`: no other quantity follows in the clause, so a list of nouns may be taken whole. `times`: the unit counts events (两次否决…).
    """
    string = gap.string
    while start < end and string[start] in "的级":
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
    if not money and _SUM_NEXT.match(string, start):
        return None  # 水利类14项|总投资14亿元
    predicate = _only_predicate(tokens, times)
    if predicate is not None:
        return predicate
    taken, noun = _taken(tokens, alone, money)
    stop = taken[-1].end if taken else start
    if (
        taken
        and action(taken[-1])
        and taken[-1].tag in ("v", "vn")
        and string[stop : stop + 1] == "的"
        and len(taken) <= 3
        and string[start - 1] not in "名人位户"
    ):
        # 2个平行布置的煤场: what is counted stands after the clause.
        inner = after(gap, stop + 1, end, alone=alone, money=money)
        if inner and inner.rule == "amount.after":
            return inner
    _cut_parts(taken, string[start - 1 : start])
    while taken and (taken[-1].text in _LOOSE or taken[-1].tag == "c" or (len(taken) > 1 and taken[-1].text in KEPT)):
        taken.pop()
    if not taken:
        alone_word = len(tokens) == 1 and len(tokens[0].text) > 1 and tokens[0].tag in ("m", "q", "t", "zg", "x")
        return Phrase(tokens[0].text, start, "amount.after") if alone_word and tokens[0].text.isalpha() else None  # 6个组别
    return _phrase(string, taken, noun)


_HAVING = frozenset(("有", "愿意", "具有", "具备", "符合", "需要", "从事", "参与", "从"))


def relative(gap: Gap, start: int, end: int, found: Phrase | None, *, persons: bool) -> Phrase | None:
    """The noun behind a clause with 的 (3200台本地生产的乘用车, 3户有养殖想法的扶贫户); None where no verb opens the clause or nothing stands there."""
    tokens = gap.words(start, end)
    of = next((i for i, t in enumerate(tokens) if t.text == "的"), -1)
    if found is not None and found.rule == "amount.after" and not persons and (of < 1 or found.start + len(found.text) != tokens[of].start):
        return None
    if of < 1 or of > 8 or tokens[0].tag == "d" or any(t.tag == "x" and t.text != "、" for t in tokens[:of]):
        return None
    verb = tokens[of - 1].tag.startswith("v") and 1 < of < 4 and tokens[0].tag.startswith(("n", "r", "s", "b", "t"))
    if not (gap.string.startswith(tuple(_HAVING), start) if persons else verb or tokens[0].text in _HAVING):
        return None
    noun = after(gap, tokens[of].end, end, alone=False)
    return noun if noun is not None and noun.rule == "amount.after" and noun.start == tokens[of].end else None


_COMPOUNDS = frozenset("建成投产 建成投用 竣工投产 开工建设 建成通车 建成运营 完工投用 全面建成 集中开工".split())


def _only_predicate(tokens: list[Word], times: bool) -> Phrase | None:
    """37人曾参加…, 3部正在施工, 两次否决: only a predicate follows."""
    at = 0
    if tokens[0].text in _COMPOUNDS and not (len(tokens) > 1 and tokens[1].tag.startswith("n")):
        return Phrase(tokens[0].text, tokens[0].start, "amount.verb")
    while at + 1 < len(tokens) and tokens[at].text in _ASPECTS and tokens[at + 1].tag == "v":
        at += 1
    if at or (times and tokens[0].tag == "v"):
        return Phrase(tokens[at].text, tokens[at].start, "amount.verb")
    return None


def _taken(tokens: list[Word], alone: bool, money: bool) -> tuple[list[Word], bool]:
    """Return the words of the noun phrase, and whether there is a noun among them."""
    taken: list[Word] = []
    noun = quoted = False
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
        noun = noun or _is_noun(tokens, i) or (money and token.text in classes("metrics"))
        if not noun and token.tag == "v" and not _noun_follows(tokens, i):
            break
    return taken, noun


def _is_noun(tokens: list[Word], i: int) -> bool:
    """Say whether a word may be the head of the phrase."""
    token = tokens[i]
    if i == 0 and token.text == "计划":
        return False
    if len(token.text) == 1 and token.text in _DIVISIONS:
        return i + 1 == len(tokens) or tokens[i + 1].tag in STOP_TAGS or (token.tag.startswith("n") and i > 0)
    return (token.tag.startswith(("n", "j", "l", "s", "eng")) and token.tag != "ns") or token.text in SUFFIXES


def _phrase(string: str, taken: list[Word], noun: bool) -> Phrase | None:
    """Return the words as a measure: a noun phrase, or the verb that begins them."""
    if not noun and 1 < len(taken) < 4 and all(t.tag in ("v", "vn", "b") and t.text not in _DONE for t in taken):
        noun = True  # 600个服务组织
    first, last = taken[0], taken[-1]
    if not noun and first.text not in _NOMINAL:
        return Phrase(first.text, first.start, "amount.verb") if first.tag.startswith("v") else None
    bracket = _OR.match(string, last.end)  # 6个县(市、区)
    phrase = string[first.start : bracket.end() if bracket else last.end]
    return Phrase(_TROUBLE.sub("", phrase) if phrase[-1] in "题难" else phrase, first.start, "amount.after")


_DONE = frozenset("建成 投产 开工 竣工 完工 复工 通车 达产 落地 签约".split())
_PLACES = ("县", "乡镇", "社区", "街道", "行政村", "贫困村")
_OF_HOUSES = frozenset(("联盟", "集群", "集团"))
_OR = re.compile(r"(?<=[县乡镇区市村])\((?:[县乡镇区市村场]|街道|社区|园区|、|农场|林场){1,4}\)")
_TROUBLE = re.compile(r"(?<=..)(?:的)?(?:紧张|困难|不便)?(?:问题|困难|难题)\Z")


def _cut_parts(taken: list[Word], unit: str) -> None:
    """6家企业|拆迁工作, 两个车间|钢结构主体: what is counted ends before its part; 家 counts firms and shops, 所 no places (1所乡镇卫生院)."""
    house = unit == "家"
    terms = classes("parts")
    for i in range(1, len(taken)):
        before, token = taken[i - 1].text, taken[i]
        part = terms.get(token.text) == "part" and _ends_whole(before, "whole")
        place = unit != "所" and before.endswith(_PLACES) and len(token.text) > 1 and token.tag.startswith("n")
        shop = house and _ends_whole(before, "house") and token.text not in _OF_HOUSES and token.text not in _JOINS
        if part or place or shop:
            del taken[i:]
            return


def _ends_whole(text: str, klass: str) -> bool:
    """Say whether a word ends with a whole that may be counted."""
    return suffix(text, 0, len(text), "parts", klass, "both") > 0


def _noun_follows(tokens: list[Word], i: int) -> bool:
    """A verb before a noun is its attribute (在建项目, 集中开工项目)."""
    return any(t.tag.startswith(("n", "j", "l", "b", "a")) or t.text in SUFFIXES for t in tokens[i + 1 : i + 3])


def _manner(tokens: list[Word], i: int) -> bool:
    """项目|扎实|推进: a word of manner and a verb without an object are the predicate."""
    if tokens[i].tag not in ("d", "ad", "a") or len(tokens[i].text) < 2 or i + 1 >= len(tokens):
        return False
    rest = tokens[i + 1 : i + 4]
    acts = rest[0].tag == "v" or (rest[0].tag == "vn" and tokens[i].tag != "a" and len(rest) == 1)
    return acts and not any(t.tag.startswith(("n", "j", "l")) or t.text in SUFFIXES for t in rest[1:])


def _ends(tokens: list[Word], i: int, noun: bool, alone: bool, money: bool) -> bool:
    """Say whether the noun phrase after a unit ends before a word."""
    token = tokens[i]
    if money and i and noun and (verdict := _ends_sum_of_money(tokens, i)) is not None:
        return verdict
    verdict = _known(tokens, i, noun)
    if verdict is not None:
        return verdict
    if token.text in _JOINS:
        return _ends_at_join(tokens, i, noun, alone)
    if token.text not in SUFFIXES and (token.tag in _STOPPED or (token.tag == "f" and noun)):
        return True
    if (len(token.text) == 1 and token.text in "内中上下里外等后前") or (noun and _begins_metric(tokens, i)):
        return True
    if token.text == "集中" and not noun and _noun_follows(tokens, i):
        return False
    klass = classes("stops").get(token.text)
    if klass == "adverb" or adverb(token):
        return True
    if not noun:
        return i == 0 and klass == "event" and (len(token.text) == 1 or token.text in _PREDICATES)
    return _predicate(tokens, i)


def _ends_sum_of_money(tokens: list[Word], i: int) -> bool | None:
    """3亿元建设资金|主要来源于…: the noun for money ends the phrase; None where neither word is one."""
    if tokens[i].text in classes("metrics") and tokens[i].text not in classes("stops"):
        return False
    return True if ends_with(tokens[i - 1].text, "metrics", "head", "sum", "both") else None


def _changes(tokens: list[Word], i: int) -> bool:
    """Say whether a predicate follows a word."""
    return i + 1 < len(tokens) and classes("stops").get(tokens[i + 1].text) in ("adverb", "event")


def _begins_metric(tokens: list[Word], i: int) -> bool:
    """12个项目|总投资…: a metric after the noun belongs to the number that follows."""
    token = tokens[i]
    if token.text in classes("stops"):
        return False
    metric, changes = classes("metrics").get(token.text), _changes(tokens, i)
    if metric not in ("sum", "both") and not (metric == "head" and changes):
        return False
    return i + 1 == len(tokens) or tokens[i + 1].tag in STOP_TAGS or changes


def _known(tokens: list[Word], i: int, noun: bool) -> bool | None:
    """Words whose place in the phrase is known: True where one ends it, False where it belongs to it."""
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if token.text in "“”‘’":
        return noun and (token.text in "“‘" or not any(t.text in "“‘" for t in tokens[:i]))
    if i == 0 and token.text == "计划" and following is not None and following.tag in ("v", "nz"):
        return False  # 8个计划开工项目
    if noun and token.text in _FIGURES and ends_with(tokens[i - 1].text, "subjects"):
        return True
    if not noun:
        if following is None and len(token.text) > 1 and classes("stops").get(token.text) == "adverb":
            return False  # 6个现场
        if len(token.text) == 1 and token.text in _DIVISIONS:
            return False
        ranked = token.tag == "m" and (token.text[-1] in "类级等" or token.text[0] == "第")
        if following is not None and (ranked or token.text in _NEGATIVE):
            return False  # 31宗未开工项目, 31座二类公厕
        if token.text in _JOINS and i and tokens[i - 1].text in KEPT and following is not None:
            return False  # 15个新建、改扩建学校项目
    if token.text in _NOMINAL or (token.text in KEPT and not (noun and token.text in "年月日")):
        return False
    return None


def _ends_at_join(tokens: list[Word], i: int, noun: bool, alone: bool) -> bool:
    """Say whether 和, 及, 、 end the phrase: they join nouns where the list may be taken whole (30个国家和地区)."""
    if i + 1 >= len(tokens) or not noun:
        return True
    token, following = tokens[i], tokens[i + 1]
    if following.text[0] in "一二两三四五六七八九十" or (token.text == "、" and tokens[i - 1].end - tokens[0].start > 6):
        return True
    nominal = following.tag.startswith(("n", "j", "vn", "b", "a")) and following.tag not in ("ns", "nr")
    last = i + 2 >= len(tokens) or tokens[i + 2].text == "的"
    return not ((alone or last) and nominal and token.text != "与") or following.text in classes("stops")


_RENEWED = frozenset("棚户区 老旧小区 危旧房 旧城 城中村 农网 厕所 危房".split())  # 1500套棚户区改造安置住房


def _predicate(tokens: list[Word], i: int) -> bool:
    """Say whether a word after the noun is its predicate.

    Inside a name a head follows soon: 菌菇 | 生产 | 企业, 生物质 | 发电 | 装机 | 规模; after a head it is the predicate: 家庭 | 改造.
    """
    token, before = tokens[i], tokens[i - 1]
    klass = classes("stops").get(token.text)
    if (
        klass in ("event", "manner")
        or token.text in ("年", "月", "日")
        or _manner(tokens, i)
        or (token.tag == "i" and len(token.text) == 4)  # 5条铁路|纵横交错
        or (len(token.text) == 4 and "而" in token.text)
    ):
        return True
    last = i + 1 >= len(tokens)
    if not klass and token.tag == "v" and len(token.text) > 1 and ends_with(before.text, "subjects", "end") and not last:
        return True  # 158个区域|打击…: no verb of names
    if klass != "action" and (token.tag != "v" or token.text in SUFFIXES):
        return False
    if classes("metrics").get(before.text) in ("head", "sum"):
        return True  # 4000万亩粮食生产面积|落实到村
    named = not last and (
        tokens[i + 1].text in _UNDERTAKINGS or (token.text == "改造" and before.text in _RENEWED and any(map(head, tokens[i + 1 : i + 4])))
    )
    if klass and not named and ends_with(before.text, "subjects") and not action(before):
        return True
    rest = [t for t in tokens[i + 1 : i + 4] if not action(t)]
    return not any(head(t) for t in (rest[:1] if klass else rest))


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

"""The noun phrase before a number: a known metric (投资, 产值, 面积) with what describes it, or any nouns with the verb that governs them.

Read right to left. `noun` chooses; `_described` extends a metric to the left, `_nominal` takes nouns, `_acted_on` what a verb before the number has
built, `_trimmed` drops a place on the left and what is too long.
"""

from __future__ import annotations

from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Gap, Phrase, Word, action, adverb, classes, ends_with, suffix
from ljnews.recognize import names

_DONE = frozenset(("完成", "实现", "达到", "取得"))
_LONG = 14
# Nothing that describes a metric ends in these.
_EDGES = frozenset("、的了年月日 和与及个项家亿元万%在将已共")
_CLASSES = frozenset(("项目", "工程", "重点项目", "重点工程", "重大项目", "建设项目", "产业项目", "体系"))
_KINDS = frozenset(("重大", "重点", "交通", "产业", "工业", "民生", "建设", "技改", "扶贫", "水利"))
_SIZES = frozenset(("面积", "长度", "宽度", "高度", "深度", "里程", "金额", "费用"))
_STATIONS = ("镇", "乡", "县", "市", "区", "站", "村", "街道")
_BEING = frozenset(("为", "是", "出现在"))
_UNDERTAKINGS = frozenset(("项目", "工程", "企业"))
_FULFILLED = frozenset(("完成", "实现", "落实", "到位", "安排"))
_ASPECTS = frozenset(("已", "将", "已经", "共", "累计", "计划", "预计", "要", "可", "拟", "先后"))
_CAP = 8  # characters from which on words are dropped on the left
_STRAY = frozenset("时中后前内一没光暴数辄里计约共就还又都")
_VAGUE = frozenset(("平均", "每天", "总计", "高出", "合计", "累计"))  # alone they say nothing; the noun after the number does
_LOCAL = frozenset(
    (
        "村里 家里 县里 市里 省里 镇里 乡里 区里 厂里 镇上 村上 手里 田里 市内 省内 国内 区内 县内 园内 境内 "
        "全区 全县 全市 全省 全村 全镇 全乡 全国 世界 局地 当地 本地"
    ).split()
)
_PLACE_ENDS = ("街道", "镇", "乡", "县", "市", "区", "村", "社区", "乡镇")
_NEGATIVE = frozenset("不非无未")
_GENERAL = frozenset("金额 费用 资金 经费 数量 人数 户数 规模 价格 成本 能力 总额 额度 任务 指标 收益 效益".split())


def noun(gap: Gap, start: int, end: int, *, share: bool) -> Phrase | None:
    """Read a known metric with its modifiers and descriptions, or any noun phrase."""
    string = gap.string
    head = suffix(string, start, end, "metrics", "sum", "both", "head")
    if not head:
        return _any_noun(gap, start, end, share)
    at = _modified(string, start, end - head)
    if at == start or string[at - 1] in _EDGES or string[at : at + 2] in _DONE:
        at = _without_done(string, at, end, share)
        return Phrase(string[at:end], at, "amount.before")
    tokens = gap.words(start, end)
    first = next((t for t in tokens if t.start <= at < t.end), None)
    if first is not None and first.start < at and first.tag not in STOP_TAGS:
        at = first.start  # 资金额 is one word
    if string[at:end].endswith("面积") and (built := string.find("建设", at, end - 4)) >= 0:
        at = built + 2  # 投资建设占地面积
    tokens = [t for t in tokens if t.end <= at]
    if not tokens:
        return Phrase(string[at:end], at, "amount.before")
    if string[end - head : end] in ("占比", "比重"):
        at = _described(tokens, at, end, 4)
    elif classes("metrics")[string[end - head : end]] == "head":
        at = _described(tokens, at, end, _LONG)
        kept = gap.words(at, end)
        while len(kept) > 1 and end - kept[0].start > _CAP + 2 and end - kept[1].start >= 4:
            kept = kept[1:]
        at = kept[0].start
    else:
        size = string[at:end]
        limit = max(2 * len(size), len(size) + 3)
        at = _described(tokens, at, end, limit, subjects=size not in _GENERAL, verbs=size in _SIZES)
    closed = string.rfind("”", at, end - 1)
    if closed >= 0 and string.find("“", at, closed) < 0:
        at = closed + 1  # “宏盾”品牌价值
    while at < end - 2 and string[at] in "”’、":
        at += 1
    at = _without_done(string, at, end, share)
    return Phrase(string[at:end], at, "amount.before")


def _without_done(string: str, at: int, end: int, share: bool) -> int:
    """完成固定资产投资 measures 固定资产投资; 完成投资 stays."""
    if string[at + 2 : at + 3] == "后" and string[at : at + 2] in ("建成", "投产", "达产", "完工", "竣工", "运营") and end - at > 4:
        return at + 3  # 建成后亩均产值
    bare = string[at + 2 : end]
    if share or string[at : at + 2] != "完成" or len(bare) < 2 or bare in ("投资", "有效投资") or not ends_with(bare, "metrics"):
        return at
    return at + 2


def _modified(string: str, start: int, at: int) -> int:
    """Extend a metric over its modifiers (年度 + 计划 + 完成)."""
    while at > start:
        length = suffix(string, start, at, "metrics", "mod", "both")
        if not length or (
            length == 1 and string[at - 1] in "年月日" and string[at - 2 : at - 1] in tuple("0123456789全今明去前后每当同近两三本上下")
        ):
            return at
        at -= length
    return at


def _described(tokens: list[Word], at: int, end: int, limit: int, *, subjects: bool = False, verbs: bool = False) -> int:
    """Extend a metric over the words that describe it; with `subjects`, a subject (…项目, …公司) ends it; `verbs`: 受灾面积."""
    first = at
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        named = subjects and not _class_of(tokens, i, at)
        roomy = limit + 4 * (verbs and at == first)
        if (
            (end - token.start > roomy and named == subjects)
            or _dated(tokens, i)
            or not (_describes(token, named, verbs and token.end == first) or _negates(token, tokens, i))
        ):
            break
        at = token.start
        if action(token) and (i < len(tokens) - 1 or end - first > 2):
            # The verb that governs the phrase; one right before the head is part of its name (返岗 | 率, 就业 | 岗位).
            break
    for token in tokens:
        if token.start == at < first and token.text in classes("drop"):
            at = token.end
    return at


def _class_of(tokens: list[Word], i: int, at: int) -> bool:
    """完成重点项目投资, 完成工程投资: what kind of undertaking, not whose."""
    token = tokens[i]
    if token.end != at or token.text not in _CLASSES:
        return False
    before = tokens[i - 1] if i else None
    return before is not None and (before.text in _DONE or before.text in _KINDS or before.text in classes("drop"))


def _negates(token: Word, tokens: list[Word], i: int) -> bool:
    """饮水不安全人数: 不 inside a phrase."""
    return token.text in _NEGATIVE and i + 1 < len(tokens) and tokens[i + 1].tag.startswith(("a", "n", "v"))


def _dated(tokens: list[Word], i: int) -> bool:
    """年, 月, 日 after a number are a date, not «a year»."""
    return tokens[i].text in ("年", "月", "日") and i > 0 and tokens[i - 1].tag in ("m", "r", "t")


def _describes(token: Word, subjects: bool, first: bool) -> bool:
    """A word that may describe a metric."""
    if token.text in KEPT or token.text in ("“", "”"):
        return True
    if token.text in _DONE or token.text in classes("drop") or token.tag in STOP_TAGS or adverb(token):
        return token.text in ("及", "和")
    if token.tag == "v" and subjects and not first:
        return False
    return not (subjects and ends_with(token.text, "subjects", "end"))


def _any_noun(gap: Gap, start: int, end: int, share: bool) -> Phrase | None:
    """Read nouns from right to left, and the verb before them; a verb inside a compound (处理站, 修复项目) does not end it."""
    tokens = gap.words(start, end)
    taken = _nominal(tokens, end)
    if not taken or taken[-1].text in _LOCAL or (len(taken) == 1 and (taken[0].text in _STRAY or _person(taken[0]))):
        return None
    if not share and len(taken) == 1 and action(taken[0]) and (named := _acted_on(gap, tokens, taken[0])):
        taken = named
    verb = action(taken[-1]) and (taken[-1].tag == "v" or len(taken) == 1)
    if verb and not share and len(taken) > 1 and taken[-1].text in _FULFILLED and classes("stops").get(taken[-2].text) != "action":
        taken.pop()  # 工业固投完成7亿元; 机械制造完成1万平方米设备安装
    if named := _where(tokens, taken):
        taken = named
    taken = _of_kind(tokens, taken) or _of_class(tokens, taken) or _relative(tokens, taken) or _trimmed(taken)
    place = len(taken) == 1 and (taken[0].tag in ("nr", "nz", "nt") or taken[0].text in _PLACE_ENDS or taken[0].text in _VAGUE)
    return Phrase(gap.string[taken[0].start : taken[-1].end], taken[0].start, "amount.before", verb, place)


def _person(token: Word) -> bool:
    """Say whether a word is somebody's name, which is no measure (冉启明|今年提了两份建议)."""
    if token.tag != "nr" or len(token.text) not in (2, 3):
        return False
    reading = names.read(token.text, 0)
    return reading is not None and reading.end == len(token.text) and reading.score >= _NAMED


_NAMED = 4.5


def _nominal(tokens: list[Word], end: int) -> list[Word]:
    """Return the words of the noun phrase that ends a span, with the verb that governs it."""
    taken: list[Word] = []
    drop = classes("drop")
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if end - token.start > _LONG or (token.text in drop and not (not taken and token.tag.startswith("n"))) or _dated(tokens, i):
            break
        stopped = (token.tag in STOP_TAGS or adverb(token)) and token.text not in SUFFIXES
        if token.text == "”" and taken and (opened := _quoted(tokens, i)) >= 0:
            taken.extend(reversed(tokens[opened : i + 1]))
            break
        inner = taken and (_negates(token, tokens, i) or _regional(tokens, i, taken))
        if stopped and token.text not in KEPT and not _quote(token, taken) and not inner:
            break
        taken.append(token)
        if token.text in ("在建", "在谈", "续建", "拟建"):
            break
        if action(token):
            if len(taken) == 1:
                continue
            # 培训 | 农民 ends here, 修复 | 项目 and 返岗 | 率 go on.
            if not (taken[-2].text in SUFFIXES or ends_with(taken[0].text, "subjects")):
                break
        elif len(taken) == 2 and action(taken[0]) and taken[0].text not in _FULFILLED and classes("stops").get(taken[0].text) != "action":
            # A noun before a bare verb is its subject: 项目 | 开工; 糯玉米 | 种植 is one name.
            taken.pop()
            break
    taken.reverse()
    while (
        len(taken) > 1
        and taken[0].text not in _NEGATIVE
        and (taken[0].text in drop or taken[0].tag in ("d", "c") or taken[0].text in "”“" or taken[0].text in ("以上", "以下"))
    ):
        if taken[0].text == "“" and any(t.text == "”" for t in taken):
            break
        taken.pop(0)
    if not taken or (len(taken) == 1 and ((taken[0].text in drop and not taken[0].tag.startswith("n")) or taken[0].text in "“”年月日")):
        return []
    return taken


def _quoted(tokens: list[Word], close: int) -> int:
    """Return the index of the quotation mark that opens what a closing one ends, -1 for none near."""
    return next((i for i in range(close - 1, max(-1, close - 7), -1) if tokens[i].text == "“"), -1)


def _regional(tokens: list[Word], i: int, taken: list[Word]) -> bool:
    """新开工|京津|项目: a place between a verb and its short object."""
    verb = tokens[i - 1] if i else None
    short = tokens[i].tag == "ns" and len(tokens[i].text) == 2 and len(taken) == 1 and len(taken[0].text) == 2
    return short and verb is not None and (action(verb) or verb.text in KEPT or verb.text[-2:] in ("开工", "签约", "落地", "引进"))


def _acted_on(gap: Gap, tokens: list[Word], verb: Word) -> list[Word]:
    """农村公路将建成180公里: what is built stands before the verb, not who builds."""
    rest = [t for t in tokens if t.end <= verb.start]
    if not rest or rest[-1].text not in _ASPECTS:
        return []
    while rest and rest[-1].text in _ASPECTS:
        rest.pop()
    named = _nominal(rest, rest[-1].end) if rest else []
    if named and named[0].start == gap.start and gap.start and gap.string[gap.start - 1] not in "。!?\n":
        return []  # 74个建设项目已开工57个: the noun belongs to the number before it
    return named if named and (ends_with(named[-1].text, "subjects") or named[-1].text[-1] in SUFFIXES) and not _actor(named[-1]) else []


def _where(tokens: list[Word], taken: list[Word]) -> list[Word]:
    """最大降雨量为富荣镇103毫米: what is measured stands before 为, where it was measured after it."""
    if not (taken[-1].text.endswith(_STATIONS) or taken[-1].tag == "ns"):
        return []
    at = next((i for i, t in enumerate(tokens) if t.text in _BEING and t.end <= taken[0].start), -1)
    named = _nominal(tokens[:at], tokens[at - 1].end) if at > 0 else []
    return named if named and not action(named[-1]) else []


_KIND_WORDS = frozenset("前期 上市 在建 集中 签约 新建 续建 储备 技改 民生 省级 市级 国家级".split())


def _of_kind(tokens: list[Word], taken: list[Word]) -> list[Word]:
    """新兴产业项目10个, 重大前期项目20个: the kind of undertaking belongs to a bare head, with one word before 前期, 上市."""
    if taken[-1].text not in _UNDERTAKINGS or (len(taken) > 1 and taken[-2].tag != "nt"):
        return []
    i = next((i for i, t in enumerate(tokens) if t.start == taken[-1].start), 0)
    kind = tokens[i - 1] if i else None
    if kind is None or (len(taken) > 1 and not kind.text.endswith("产业")):
        return []
    if kind.text.endswith("产业") and kind.end == taken[-1].start:
        return [kind, taken[-1]]
    if len(taken) > 1 or kind.text not in _KIND_WORDS or i < 2:
        return []
    before = tokens[i - 2]
    return [before, kind, taken[-1]] if before.text in _KINDS or before.text in ("培育", "新增", "引进") else [kind, taken[-1]]


def _of_class(tokens: list[Word], taken: list[Word]) -> list[Word]:
    """亿元以上项目46个, 过亿元项目12个: the class belongs to a short noun."""
    if len(taken) > 2 or (len(taken) == 2 and taken[1].text not in _UNDERTAKINGS) or len(taken[-1].text) > 2:
        return []
    i = next((i for i, t in enumerate(tokens) if t.start == taken[0].start), 0)
    if i < 2 or tokens[i - 1].end != taken[0].start:
        return []
    if tokens[i - 1].text == "以上" and tokens[i - 2].tag == "m":
        return [tokens[i - 2], tokens[i - 1], *taken]
    over = tokens[i - 1].tag == "m" and tokens[i - 1].text[-1] == "元" and tokens[i - 2].text in ("过", "超")
    return [tokens[i - 2], tokens[i - 1], *taken] if over else []


def _relative(tokens: list[Word], taken: list[Word]) -> list[Word]:
    """开工的项目共45个, 出席会议的代表318名: the verb that says which ones, and its object, belong to a short noun."""
    if len(taken) > 1 or len(taken[0].text) > 2 or action(taken[0]):
        return []
    i = next((i for i, t in enumerate(tokens) if t.start == taken[0].start), 0)
    if i < 2 or tokens[i - 1].text != "的":
        return []
    clause = tokens[max(0, i - 3) : i]
    if action(clause[-2]) and clause[-2].text not in classes("drop"):
        return [clause[-2], clause[-1], *taken]
    if len(clause) > 2 and clause[-2].tag == "n" and clause[-3].tag == "v" and clause[-3].text not in classes("drop"):
        return [] if taken[0].text in _UNDERTAKINGS else [*clause, *taken]
    return []


def _actor(token: Word) -> bool:
    return token.text.endswith(
        ("公司", "企业", "集团", "单位", "部门", "局", "院", "校", "县", "市", "区", "镇", "乡", "村", "街道", "中心", "银行")
    )


def _trimmed(taken: list[Word]) -> list[Word]:
    """Drop the place before a noun, and words on the left of a phrase that is too long."""
    for i in range(len(taken) - 1, 0, -1):
        place = taken[i - 1]
        named = place.tag in ("ns", "nr", "nt") and place.text not in KEPT
        if (
            place.text in ("内", "里", "街道", "乡镇")
            or (named and (i == 1 or place.text.endswith(_PLACE_ENDS)))
            or (i > 1 and place.text in _PLACE_ENDS)
        ):
            taken = taken[i:]
            break
    for i, token in enumerate(taken[:-1]):
        if token.text == "”" and not any(t.text == "“" for t in taken[:i]):
            taken = taken[i + 1 :]  # “走出去”招商8次
            break
    length = taken[-1].end - taken[0].start
    while len(taken) > 1 and length > _CAP and taken[-1].end - taken[1].start >= 4:
        taken = taken[1:]
        length = taken[-1].end - taken[0].start
    return taken


def _quote(token: Word, taken: list[Word]) -> bool:
    """A quotation mark inside a noun phrase: “零碳工厂”数量."""
    return token.text in ("“", "”") and bool(taken)

"""Which phrase is the measure of a quantity: the one before it, the one after it, both as one (年产|工业硅), or that of the amount before.

Counts take the noun after them, sums of money the one before, changes and shares the words before. The order of `choose`: fixed places (column of
a table, dimension), the phrase before the number where it says a change or a share, then by kind.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ljnews.facts.amount import measure, noun_after
from ljnews.facts.amount.phrase import Gap, Phrase, classes, ends_with
from ljnews.lexicon import loader
from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention
from ljnews.text.text import Text

BOUNDS = frozenset(",;:。!?\n()【】《》")
COUNTS = frozenset(("count", "person", "household"))
_TIMES_UNITS = frozenset(("次", "遍", "回", "趟", "轮"))
_LISTED = ("、", "和", "及", "与", "以及", "(", "", "共", "共计", "计", "合计")
_TIED = (*_LISTED, "至", ",", "×", "x", "*")
_DIMENSIONS = frozenset("高长宽深厚")
_NOT_AMONG = ("其中", "集中", "高中", "初中", "途中")
_FROM_THEN = frozenset("后前内之以")  # 签约半年后: nothing lasts half a year
_DATED = 12  # characters of the dates between a comma and a number
_CLAUSE = 40  # characters of the clause before in which a metric is looked for
_REACH = 14  # characters that may stand between an amount and the one it takes its measure from, in its own clause
_COPULA = frozenset("为达是到至超破近")
_GENERIC = frozenset(("项目", "企业", "工程", "产业", "工业项目", "产业项目", "重大项目"))
_TIME = re.compile(r"的?([\u4e00-\u9fff]{0,5}时[间光])")
_UNDERTAKINGS = frozenset(("项目", "企业", "工程"))
_CAMPAIGN = re.compile(r"([\u4e00-\u9fff]{0,4}(?:行动|攻坚|计划))")
_BUILT = (
    "项目",
    "工程",
    "广场",
    "小镇",
    "中心",
    "产业园",
    "工业园",
    "园区",
    "基地",
    "综合体",
    "生产线",
    "厂",
    "城",
    "街",
    "街区",
    "电站",
    "景区",
    "大桥",
    "水库",
    "学校",
    "医院",
    "酒店",
)
_SUMS = (
    *("资金", "基金", "国债", "债券", "债务", "贷款", "税", "费", "价", "款", "债", "额", "资", "亏损", "业绩", "利润", "收入", "产值"),
    *(
        "台阶",
        "关口",
        "补助",
        "补贴",
        "奖励",
        "订单",
        "合同",
        "协议",
        "合作",
        "大关",
        "产业",
        "市场",
        "互换",
        "授信",
        "融资",
        "损失",
        "资产",
        "股权",
    ),
)
_SUM_OF = re.compile(r"的(?:[\d]{1,4}|[一二两三四五六七八九十百]{1,3})[个项][\u4e00-\u9fff]{0,6}项目")
_HEADER = re.compile(r"((?:年度|总|计划|完成|预算){0,3}(?:投资|投入|支出|收入|资金|经费))(?:安排|情况|分配|如下|为|包括)?\Z")
_GREAT = Decimal(10_000_000)  # a sum from which on the name after it is an investment (30亿元麋鹿小镇), no price
_YEARLY = (
    "年产",
    "日产",
    "月产",
    "年出栏",
    "年存栏",
    "存栏",
    "出栏",
    "日处理",
    "年处理",
    "年加工",
    "日加工",
    "年供",
    "年生产",
    "年可产",
    "年屠宰",
)


class Sides(NamedTuple):
    """What may belong to a quantity: from `left` to `number` before it, from `resume` up to `right` after it, and the words there.

    `alone`: no other quantity follows.
    """

    left: int
    number: int
    resume: int
    right: int
    alone: bool
    front: Gap
    back: Gap


def choose(text: Text, quantity: Mention, sides: Sides, last: Mention | None) -> Phrase | None:
    """Choose between the phrases before and after a quantity, by its kind."""
    value: Quantity = quantity.value
    string = text.folded
    fixed = _column(text, quantity) or _dimension(text, quantity)
    if fixed is None and quantity.value.kind == "person" and string.startswith("人口", quantity.end - 2):
        fixed = Phrase(text.string[quantity.end - 2 : quantity.end], quantity.end - 2, "amount.after")  # 4.6万人口
    if fixed:
        return fixed
    number = sides.number
    shares = value.kind in ("percent", "ratio")
    if shares and number and string[number - 1] == "中" and string[number - 2 : number] not in _NOT_AMONG:
        number -= 1  # 员工中三分之一来自…
    front = measure.before(sides.front, sides.left, number, share=value.kind in ("percent", "percentage_point"))
    if value.kind == "percent" and not (front and front.rule == "amount.share"):
        front = measure.progress(sides.front, sides.left, number) or front
    if value.kind == "duration":
        return _lasting(text, quantity, sides, front) or (
            _carried(text, quantity, sides, last) if front is None and last and last.value.kind == "duration" else None
        )
    if front and _said(value, front):
        return _printed(text, front)
    chosen = _by_kind(text, quantity, sides, front, last)
    if chosen is None and value.unit == "番":
        return Phrase("翻", quantity.start, "amount.change")
    if chosen is None:
        return _carried(text, quantity, sides, last) or _clause_before(text, quantity, sides, last) or _across(text, quantity, last)
    return _with_class(text, chosen, last)


def _said(value: Quantity, front: Phrase) -> bool:
    """A share or a change; 同比多8个 is a change also of a count, 增加5个 names what is new."""
    if front.rule == "amount.change":
        return value.kind not in COUNTS or front.text[:2] in ("同比", "环比") or front.text[0] in "比较"
    return front.rule == "amount.share" and value.kind not in COUNTS


def _by_kind(text: Text, quantity: Mention, sides: Sides, front: Phrase | None, last: Mention | None) -> Phrase | None:
    value: Quantity = quantity.value
    string = text.folded
    back = None
    if value.kind in COUNTS or front is None or front.verb or front.place or _looks_after(string, quantity.end, value.kind, front):
        back = noun_after.after(
            sides.back,
            sides.resume,
            sides.right,
            alone=sides.alone and value.kind in COUNTS,
            times=value.unit in _TIMES_UNITS,
            money=value.kind == "money",
        )
    if back is not None and value.kind == "money" and back.text.endswith(words("given")):
        back = back._replace(rule="amount.after")
    noun = back if back is not None and back.rule == "amount.after" else None
    joined = sides.resume > quantity.end and string[quantity.end] not in "总投"
    if (
        noun
        and joined
        and value.kind in COUNTS
        and noun.text in _UNDERTAKINGS
        and noun.start == sides.resume
        and string[sides.resume - 1] in "元上"
    ):
        back = noun = noun._replace(text=string[quantity.end : noun.start + len(noun.text)], start=quantity.end)  # 4个20亿元以上项目
    if front is not None and front.text.endswith(_YEARLY):
        return _printed(text, front)
    if value.kind in COUNTS:
        chosen = _of_count(string, value, sides, front, back)
    elif value.kind == "money":
        chosen = _of_money(text, quantity, sides, front, noun, last)
    elif back and (share := _of_share(value, front, back)):
        chosen = share
    elif noun and (front is None or front.verb or front.place or _owner(string, sides, front) or _capacity(value, front, noun)):
        chosen = noun
    else:
        chosen = front
    return chosen and _printed(text, chosen)


def _clause_before(text: Text, quantity: Mention, sides: Sides, last: Mention | None) -> Phrase | None:
    """协议引资额突破千亿大关,达1153亿元: the metric of the clause before, where its own has none."""
    string = text.folded
    comma = string.rfind(",", max(0, sides.number - 14), sides.number)
    if quantity.value.kind in COUNTS or comma < 4 or comma < sides.left - 1 - _DATED or (last is not None and last.end > comma):
        return None
    start = max(string.rfind(mark, max(0, comma - _CLAUSE), comma) for mark in BOUNDS) + 1
    if (last is not None and last.end > start) or (start == 0 and comma > _CLAUSE):
        return None
    gap = Gap(string, start, comma)
    for token in gap.tokens:
        if (
            len(token.text) > 1
            and (token.text[-1] in "量率额值" or ends_with(token.text, "metrics", "head", "sum"))
            and (found := measure.before(gap, start, token.end))
        ):
            return _printed(text, found)._replace(rule="amount.carried", start=quantity.start)
    return None


def _across(text: Text, quantity: Mention, last: Mention | None) -> Phrase | None:
    """粮食产量近5年连续稳定在1300亿斤: the metric before a duration in the same clause."""
    if last is None or last.value.kind != "duration" or quantity.start - last.end > _REACH:
        return None
    string = text.folded
    start = max(string.rfind(mark, max(0, last.start - _CLAUSE), quantity.start) for mark in BOUNDS) + 1
    if start >= last.start or (start == 0 and last.start > _CLAUSE):
        return None
    found = measure.before(Gap(string, start, last.start), start, last.start)
    return (
        _printed(text, found)._replace(rule="amount.carried", start=quantity.start) if found and ends_with(found.text, "metrics") else None
    )


def _printed(text: Text, phrase: Phrase) -> Phrase:
    """The phrase in the text's own characters (full-width ones are not folded)."""
    end = phrase.start + len(phrase.text)
    return phrase._replace(text=text.string[phrase.start : end]) if text.folded[phrase.start : end] == phrase.text else phrase


def _column(text: Text, quantity: Mention) -> Phrase | None:
    string = text.folded
    head = noun_after.column(string, quantity.start) if "\t" in string else None
    return head and head._replace(text=text.string[string.rfind(head.text, 0, quantity.start) :][: len(head.text)])


def _dimension(text: Text, quantity: Mention) -> Phrase | None:
    """5米高, 3公里长: the dimension stands after the unit."""
    at = quantity.end
    if quantity.value.kind != "length" or text.folded[at : at + 1] not in _DIMENSIONS or text.folded[at + 1 : at + 2] in ("速", "架"):
        return None
    return Phrase(text.string[at : at + 1], at, "amount.after")


def _lasting(text: Text, quantity: Mention, sides: Sides, front: Phrase | None) -> Phrase | None:
    """What lasts: 工期, 有效利用小时数 before the duration, a verb right before it (暂住1个月), 时间 after it."""
    string = text.folded
    lasts = front and (front.text.endswith(words("time")) or (len(front.text) > 2 and front.text[-1] in "数期龄程"))
    if front and (lasts or front.rule == "amount.change" or (len(front.text) > 2 and ends_with(front.text, "metrics"))):
        return _printed(text, front)
    following = _TIME.match(string, quantity.end, sides.right)
    if following and (following.group(1) != "时间" or "用" in string[sides.number - 3 : sides.number]):
        return Phrase(text.string[following.start(1) : following.end()], following.start(1), "amount.after")
    if string[quantity.end : quantity.end + 1] not in _FROM_THEN and (verb := measure.lasting(sides.front, sides.left, sides.number)):
        return _printed(text, verb)
    following = following or _CAMPAIGN.match(string, quantity.end, sides.right)
    if following:
        return Phrase(text.string[following.start(1) : following.end()], following.start(1), "amount.after")
    back = noun_after.after(sides.back, quantity.end, sides.right, alone=False) if string[quantity.end : quantity.end + 1] == "的" else None
    return _printed(text, back) if back and back.rule == "amount.after" else None


def _with_class(text: Text, chosen: Phrase, last: Mention | None) -> Phrase:
    """10亿元以上项目达到37个, 5亿元至10亿元项目18个: the class belongs to its noun."""
    if last is None or chosen.start != last.end or chosen.rule != "amount.before":
        return chosen
    money = last.value.kind == "money"
    opens = last.start == 0 or text.folded[last.start - 1] in BOUNDS or text.folded[last.start - 1] in "、中"
    if chosen.text in _UNDERTAKINGS and (money or (opens and text.folded[last.end - 1] in "上下级")):
        return Phrase(text.string[last.start : chosen.start + len(chosen.text)], last.start, chosen.rule)
    return chosen


def _looks_after(string: str, end: int, kind: str, front: Phrase) -> bool:
    """Say whether the noun after a number could be what it measures though a phrase stands before it."""
    if kind in ("percent", "ratio"):
        return string[end : end + 1] == "的" or string[end : end + 2] in {noun[:2] for noun in words("share")}
    if kind == "money":
        return not ends_with(front.text, "metrics")
    return True


def _capacity(value: Quantity, front: Phrase, noun: Phrase) -> bool:
    """国家50万吨应急储煤基地: a capacity inside the name of a plant."""
    named = noun.text.endswith(("项目", "基地", "工程", "生产线", "中心", "厂"))
    return (
        named
        and value.kind in ("mass", "volume", "power")
        and not ends_with(front.text, "metrics")
        and front.text[0] not in "年日月"
        and not front.text.endswith("产")
    )


def _owner(string: str, sides: Sides, front: Phrase) -> bool:
    """The phrase before the number is whose it is (…公司100万吨特钢项目, 他家有20亩棉田), not what is measured."""
    return (
        front.rule == "amount.before"
        and (string[sides.number - 1] == "有" or ends_with(front.text, "subjects", "end"))
        and not ends_with(front.text, "metrics")
    )


@cache
def words(klass: str) -> tuple[str, ...]:
    """Return the words of a class of `choice`, longest first."""
    return tuple(sorted((term for term, k in classes("choice").items() if k == klass), key=lambda t: (-len(t), t)))


def _of_share(value: Quantity, front: Phrase | None, back: Phrase) -> Phrase | None:
    """9.6%的市场占有率: the noun after the number is what is measured."""
    if value.kind in ("percent", "ratio"):
        first = next((n for n in words("share") if back.text.startswith(n)), None)
        if back.text.endswith(words("share")):
            return back
        return back._replace(text=first) if first else None
    return back if back.rule == "amount.after" and front is not None and front.text in words("build") else None


def _of_money(
    text: Text, quantity: Mention, sides: Sides, front: Phrase | None, noun: Phrase | None, last: Mention | None
) -> Phrase | None:
    """Money: a metric before it, a noun for money after it; before or after a name alone it is what is invested there."""
    if front is not None and ends_with(front.text, "metrics"):
        return front
    if noun and (noun.text.endswith(words("given")) or ends_with(noun.text, "metrics", "sum", "both", "head")):
        return noun
    if header := _header(text, quantity):
        return header
    named = front is None or front.verb or front.place or ends_with(front.text, "subjects")
    if not named:
        return front
    if front is not None and front.text.endswith("项目") and (carried := _carried(text, quantity, sides, last, reach=24)):
        return carried
    starts = sides.back.words(noun.start, noun.start + 1) if noun and noun.start == quantity.end and front is not None else []
    if noun and starts and starts[0].tag == "v":
        noun = None  # 安排100亿元支持秋粮
    if noun and noun.text not in _GENERIC and _invested(text.folded, quantity, front, noun):
        return Phrase("投资", quantity.start, "amount.implied")
    if front is not None and front.place and noun is None and sides.right > sides.resume and (quantity.value.value or 0) >= _GREAT:
        return Phrase("投资", quantity.start, "amount.implied")
    if front is None and _SUM_OF.match(text.folded, quantity.end):
        return Phrase("投资", quantity.start, "amount.implied")
    return noun or front


def _invested(string: str, quantity: Mention, front: Phrase | None, noun: Phrase) -> bool:
    """Say whether a sum before a name is what is invested there: 30亿元清溪小镇; not 5000亿元再贷款, 27亿元的高价."""
    value: Quantity = quantity.value
    if value.unit != "CNY" or value.approximation in ("at_least", "over") or (value.value or value.upper or 0) < _GREAT:
        return False
    if noun.text.endswith(_BUILT):
        return True
    named = (front is None or front.place) and noun.start == quantity.end and not noun.text.endswith(_SUMS)
    return named and (front is not None or string[quantity.start - 1 : quantity.start] in tuple("、,;中:"))


def _header(text: Text, quantity: Mention) -> Phrase | None:
    """年度计划投资安排:水利项目5亿元、城建项目4亿元: the measure of a list stands before its colon."""
    start = max(text.sentence_at(quantity.start)[0], quantity.start - 120)
    colon = text.folded.rfind(":", start, quantity.start)
    head = _HEADER.search(text.folded, max(start, colon - 20), colon) if colon > 0 else None
    return head and Phrase(text.string[head.start() : head.end(1)], quantity.start, "amount.carried")


def _of_count(string: str, value: Quantity, sides: Sides, front: Phrase | None, back: Phrase | None) -> Phrase | None:
    """A count's noun stands after it; before it where only a predicate follows; persons take the predicate (13人死亡)."""
    if back is None or front is None:
        return back or front
    if ends_with(front.text, "metrics", "head", "sum", "both") and string[sides.number - 1] in _COPULA:
        return front  # 办学规模为60个班级
    if value.kind == "person" and _people(front.text) and not _people(back.text):
        return front
    if back.rule == "amount.verb" and value.unit in _TIMES_UNITS:
        return back
    if back.rule == "amount.verb" and (value.kind == "count" or back.text.endswith(words("change")) or ends_with(front.text, "metrics")):
        return front
    return back


def _people(phrase: str) -> bool:
    """民警20余人形成合力, 代表团70余人来访: a noun for people stands before the number."""
    return phrase.endswith(words("group")) or phrase[-2:] in _people_nouns() or phrase[-3:] in _people_nouns()


@cache
def _people_nouns() -> frozenset[str]:
    entries = loader.load("recognize/lexicon/people_nouns").entries.values()
    return frozenset(e.term for e in entries if e.klass == "person")


def _carried(text: Text, quantity: Mention, sides: Sides, last: Mention | None, reach: int = _REACH) -> Phrase | None:
    """达到100%、204%和98%; 完成850亿元,力争突破900亿元: the measure of the amount before, of the same kind and in the same sentence."""
    if last is None or last.roles["measure"] is None:
        return None
    if last.rule == "amount.after" and not (
        text.folded.endswith("其中", last.end, quantity.start) and last.value.kind == quantity.value.kind
    ):
        return None
    same = last.value.kind == quantity.value.kind and (last.value.unit == quantity.value.unit or quantity.value.kind == "duration")
    # 是2018年的7倍, 其中四成是…: a share of what was just counted.
    same = same or quantity.value.kind in ("percent", "ratio")
    between = text.folded[last.end : quantity.start]
    if not (same or between in _LISTED) or text.sentence_index(last.start) != text.sentence_index(quantity.start):
        return None
    if between not in _TIED and sides.number - sides.left > reach:
        return None
    changed = last.rule == "amount.change" and between not in _TIED and quantity.value.kind not in ("percent", "ratio", "percentage_point")
    first, *others = last.roles["others"] or ((last.roles["base"] if changed else None) or last.roles["measure"],)
    return Phrase(first, quantity.start, "amount.carried", others=tuple(others) if between in _TIED else ())

"""Which phrase is the measure of a quantity: the one before it, the one after it, both as one (年产|工业硅), or that of the amount before.

Counts take the noun after them, sums of money the one before, changes and shares the words before. The order of `choose`: fixed places (column of
a table, dimension), the phrase before the number where it says a change or a share, then by kind.
"""

from __future__ import annotations

import re
from functools import cache

from ljnews.facts.amount import carry, measure, noun_after, sums
from ljnews.facts.amount.carry import COUNTS
from ljnews.facts.amount.phrase import Phrase, ends_with, listed, printed
from ljnews.facts.amount.sides import BOUNDS, Sides
from ljnews.lexicon import loader
from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_TIMES_UNITS = frozenset(("次", "遍", "回", "趟", "轮"))
_DIMENSIONS = frozenset("高长宽深厚")
_NOT_AMONG = ("其中", "集中", "高中", "初中", "途中")
_FROM_THEN = frozenset("后前内之以")  # 签约半年后: nothing lasts half a year
_COPULA = frozenset("为达是到至超破近")
_TIME = re.compile(r"的?([\u4e00-\u9fff]{0,5}时[间光])")
_UNDERTAKINGS = frozenset(("项目", "企业", "工程"))
_CAMPAIGN = re.compile(r"([\u4e00-\u9fff]{0,4}(?:行动|攻坚|计划|规划|合约|合同|过渡期))")


def choose(text: Text, quantity: Mention, sides: Sides, last: Mention | None) -> Phrase | None:
    """Choose between the phrases before and after a quantity, by its kind."""
    value: Quantity = quantity.value
    string = text.folded
    if value.unit == "岁":
        return None  # an age is of somebody; nothing is measured
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
            carry.carried(text, quantity, sides, last) if front is None and last and last.value.kind == "duration" else None
        )
    if front and _said(value, front):
        found = printed(text, front)
        spans = last is not None and last.value.kind == "duration" and last.end == found.start and found.text.startswith("平均")
        return found._replace(text=text.string[last.start : last.end] + found.text, start=last.start) if last and spans else found
    chosen = _by_kind(text, quantity, sides, front, last)
    if chosen is None and value.unit == "番":
        return Phrase("翻", quantity.start, "amount.change")
    if chosen is None:
        taken = carry.carried(text, quantity, sides, last) or carry.elsewhere(text, quantity, sides, last)
        return taken or (_whole(string, sides) if value.kind in ("person", "household") else None)
    return _with_class(text, chosen, last)


def _whole(string: str, sides: Sides) -> Phrase | None:
    """全村412户: of the whole place, where nothing else is said."""
    end = measure.strip_light(string, sides.left, sides.number)
    place = string[max(sides.left, end - 2) : end]
    return Phrase(place, end - 2, "amount.before") if place in _WHOLES else None


_WHOLES = frozenset("全村 全镇 全乡 全县 全市 全区 全组 全家 全校 全州".split())


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
    if back is None and value.kind in COUNTS and string[sides.resume : sides.resume + 1] == "为":
        back = noun_after.after(sides.back, sides.resume + 1, sides.right, alone=sides.alone)  # 75个为开工项目
    if value.kind in COUNTS and value.unit not in _TIMES_UNITS:
        back = noun_after.relative(sides.back, sides.resume, sides.right, back, persons=value.kind != "count") or back
    if back is not None and value.kind == "money" and back.text.endswith(listed("choice", "given")):
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
    if front is not None and front.text.endswith(listed("sums", "yearly")):
        return printed(text, front)
    if noun and front and front.verb and len(front.text) == 2 and noun.text in _UNDERTAKINGS and value.kind == "count":
        return printed(text, front)._replace(text=printed(text, front).text + printed(text, noun).text)  # 签约3个项目
    if noun and front and front.text == "解决" and not _people(noun.text) and value.kind in ("person", "household"):
        return printed(text, front)._replace(text=front.text + printed(text, noun).text)
    if value.kind in COUNTS:
        chosen = _of_count(string, value, sides, front, back)
    elif value.kind == "money":
        chosen = sums.of_money(text, quantity, sides, front, noun, last)
    elif back and (share := _of_share(value, front, back, whole=string[quantity.end : quantity.end + 1] == "的")):
        chosen = share
    elif noun and (front is None or front.verb or front.place or _owner(string, sides, front) or _capacity(value, front, noun)):
        chosen = noun
    else:
        chosen = front
    return chosen and printed(text, chosen)


def _column(text: Text, quantity: Mention) -> Phrase | None:
    string = text.folded
    head = noun_after.column(string, quantity.start) if "\t" in string else None
    return head and head._replace(text=text.string[string.rfind(head.text, 0, quantity.start) :][: len(head.text)])


def _dimension(text: Text, quantity: Mention) -> Phrase | None:
    """5米高, 3公里长: the dimension stands after the unit."""
    at = quantity.end
    if quantity.value.kind == "length" and text.folded[at - 1] in _DIMENSIONS:
        return Phrase(text.string[at - 1 : at], at - 1, "amount.after")  # 300米长 as one unit
    if quantity.value.kind != "length" or text.folded[at : at + 1] not in _DIMENSIONS or text.folded[at + 1 : at + 2] in ("速", "架"):
        return None
    return Phrase(text.string[at : at + 1], at, "amount.after")


def _lasting(text: Text, quantity: Mention, sides: Sides, front: Phrase | None) -> Phrase | None:
    """What lasts: 工期, 有效利用小时数 before the duration, a verb right before it (暂住1个月), 时间 after it."""
    string = text.folded
    if string[quantity.start - 1 : quantity.start] == "前":
        return None  # 前11个月
    lasts = front and (front.text.endswith(listed("choice", "time")) or (len(front.text) > 2 and front.text[-1] in "数期龄程"))
    if front and (lasts or front.rule == "amount.change" or (len(front.text) > 2 and ends_with(front.text, "metrics"))):
        return printed(text, front)
    following = _TIME.match(string, quantity.end, sides.right)
    if following and (following.group(1) != "时间" or "用" in string[sides.number - 3 : sides.number]):
        return Phrase(text.string[following.start(1) : following.end()], following.start(1), "amount.after")
    if string[quantity.end : quantity.end + 1] not in _FROM_THEN and (verb := measure.lasting(sides.front, sides.left, sides.number)):
        return printed(text, verb)
    following = following or _CAMPAIGN.match(string, quantity.end, sides.right)
    if following:
        return Phrase(text.string[following.start(1) : following.end()], following.start(1), "amount.after")
    back = noun_after.after(sides.back, quantity.end, sides.right, alone=False) if string[quantity.end : quantity.end + 1] == "的" else None
    return printed(text, back) if back and back.rule == "amount.after" else None


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
        return string[end : end + 1] == "的" or string[end : end + 2] in _share_heads()
    if kind == "money":
        return not ends_with(front.text, "metrics")
    return True


@cache
def _share_heads() -> frozenset[str]:
    """Return how the nouns for what is measured as a share begin."""
    return frozenset(noun[:2] for noun in listed("choice", "share"))


def _capacity(value: Quantity, front: Phrase, noun: Phrase) -> bool:
    """长岭50万吨储煤基地: a capacity inside the name of a plant."""
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


def _of_share(value: Quantity, front: Phrase | None, back: Phrase, *, whole: bool) -> Phrase | None:
    """9.6%的市场占有率, 80%以上的就业: the noun after the number is what is measured; `whole`: 的 stands between."""
    if value.kind in ("percent", "ratio"):
        first = next((n for n in listed("choice", "share") if back.text.startswith(n)), None)
        if back.text.endswith(listed("choice", "share")) or (front is None and whole and not first):
            return back
        return back._replace(text=first) if first else None
    return back if back.rule == "amount.after" and front is not None and front.text in listed("choice", "build") else None


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
    if back.rule == "amount.verb" and (
        value.kind == "count" or back.text.endswith(listed("choice", "change")) or ends_with(front.text, "metrics")
    ):
        return front
    return back


def _people(phrase: str) -> bool:
    """民警20余人形成合力, 代表团70余人来访: a noun for people stands before the number."""
    return phrase.endswith(listed("choice", "group")) or phrase[-2:] in _people_nouns() or phrase[-3:] in _people_nouns()


@cache
def _people_nouns() -> frozenset[str]:
    entries = loader.load("recognize/lexicon/people_nouns").entries.values()
    return frozenset(e.term for e in entries if e.klass == "person")

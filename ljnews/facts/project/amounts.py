"""Figures that the text states of a project: investments, areas, capacities, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.draft import decimal_text
from ljnews.facts.project import patterns as p
from ljnews.facts.project.respective import respective
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

_OF_IT = frozenset(("land_area", "floor_area", "capacity", "length"))
_ATTRIBUTIVE = re.compile(r"的(?!第?[一二三四五六两首\d]{0,2}条?生产线|产能|生产能力|能力|规模|生产规模)")
_IN_NAME = frozenset(("mass", "power", "energy", "volume", "area"))
_PIECES = frozenset("头只台双粒支羽套张尾辆册条块片件箱瓶枚樘吨")  # 15万只生猪养殖项目, 年产200万双女鞋项目
_NEVER = frozenset(("percent", "percentage_point", "ratio", "duration"))
_EARNS = re.compile(r"产值|税|收入|销售|利润|贷款|补助|资金|增长|以上$")
_THE_SUM = re.compile(r"(?:^|[的是为,])(?:计划)?总?投资[约近达]?$")
_ALONE = re.compile(r"(?:/[天日年月]|/日)?\)")
_OF_A_YEAR = re.compile(r"(?:今年|去年|当年|\d年|季度|月份?|上半年)[^,]{0,4}完成")
_MANY_BEHIND = re.compile(r"的(?!1个|一个)[\d一二三四五六七八九十]{1,4}余?[个项](?:重[大点]|产业|工业|[\u4e00-\u9fff]{2})?(?:项目|工程)")
_MANY_BEFORE = re.compile(
    r"(?:开|竣|签|复工|计划|共|类|实施|安排|项目)[^,。;、\n]{0,8}?(?<![\d第1])\d{1,4}余?[项个](?:[\u4e00-\u9fff]{0,6}(?:项目|工程))?,"
)
_KIND_SUM = re.compile(r"类(?:重点)?(?:项目)?\d{1,4}余?[项个],?(?:计划|概算|估算)?总?投资[约达近超]{0,2}$")  # 水利类14项总投资14亿元
_COUNTED_LIST = re.compile(r"\d[个项](?:重大|重点)?(?:项目|工程)?,?(?:(分别[为是]:?)|(?:主要)?包括)")
_CLOSED = re.compile(r"等?\d{1,3}[个项](?!亿)")
_OF_THE_YEAR = re.compile(r"完成了?年度投资[约近超达]{0,2}$")
_NOT_NOW = re.compile(
    r"非机动车位$|(?:原来|原有|原先|原(?=年|日|设计|产能)|[由从](?:目前|现在)的|远期|未来规划)[^,。;\d]{0,16}$"
)  # 由原来年产200万吨扩大到500万吨
_JOINT_SUM = re.compile(r"(?:两段|[两三四五六\d](?:[个条座项])(?:项目|工程)?|项目)合计[^。;\n]{0,24}$")  # 两段合计全长53公里,总投资58亿元
_TO_DATE = re.compile(r"截[至止](?!今年年?底|20\d\d年底|年底)[^,。;]{1,12},")
_WISHED = re.compile(r"需|预计|计划|力争|确保|将|要完成|争取|目标")
_THRESHOLD = re.compile(r"以上(?:的)?(?:的?重[点大])?(?:产业|工业)?(?:项目|工程|企业)")
_OTHER_AREA = re.compile(
    r"(?:灌溉|种植|水面|保护|供热|供暖|绿化|覆盖|用海|修缮|受益|养殖|造林|治理|流域|展示|经营|商业|营业|森林|耕地|改造|供水|服务|集雨|汇水|控制)总?面积"
)


def amounts(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the figures of the named projects, in text order."""
    folded, given = text.folded, respective(text, teller)
    for mention in text.of("quantity"):
        if mention.value.kind in _NEVER or text.within("place", mention.start, mention.end):
            continue  # 三台县
        if mention.start in given:
            yield _plain(mention, *given[mention.start])
            continue
        clause = text.clause_at(mention.start)
        before = folded[max(clause[0], mention.start - 24) : mention.start]
        object_ = _founded(teller, folded, mention, before) or _priced(teller, mention, before)
        inside = _inside(teller, mention)
        name = "total_investment" if object_ else _named(text, teller, mention, clause, inside)
        if name is None or (name == "capacity" and folded.startswith("级", mention.end)):
            continue
        if mention.value.kind == "money" and not inside and _of_many(text, teller, mention):
            continue
        owners = [object_] if object_ else [inside] if inside else _owners(text, teller, mention)
        owners = [e for e in owners if not teller.elsewhere(e, mention.start, figure=True)]
        for event in owners:
            if name == "total_investment" and _of_the_list(text, teller, mention, event):
                continue
            if (
                name in _OF_IT
                and not _built_there(folded, mention, before)
                and event.end <= mention.start
                and _ATTRIBUTIVE.match(folded, mention.end)
            ):
                continue  # 总面积70万平方米的水面, 日处理能力30万立方米的母站
            yield Attribute(
                event.project or "", name, decimal_text(mention.value.value), mention.start, mention.end, "project.amount",
                phase=_phase(teller, event, mention, before), unit=mention.value.unit, amount=mention,
                weak=name == "completed_investment" and bool(_OF_A_YEAR.search(before)),
            )  # fmt: skip


def _named(text: Text, teller: Teller, mention: Mention, clause: Span, inside: Event | None) -> str | None:
    """Return which attribute a figure is: by its place in a name (`inside`), in a bracket, or by the words before it."""
    before = text.folded[max(clause[0], mention.start - 24) : mention.start]
    if inside:
        return "land_area" if mention.value.kind == "area" and "产" not in before[-3:] else "capacity"
    return _bracketed(text, teller, mention) or _measure(text, mention, clause, before)


def _of_many(text: Text, teller: Teller, mention: Mention) -> bool:
    """Say whether a sum is that of a counted class: «总投资122亿元的|27个项目», «集中开复工六大类83项,总投资74亿元»."""
    folded = text.folded
    if _MANY_BEHIND.match(folded, mention.end) or _KIND_SUM.search(folded, max(0, mention.start - 24), mention.start):
        return True
    sentence, clause = text.sentence_at(mention.start)[0], text.clause_at(mention.start)[0]
    counted = _MANY_BEFORE.search(folded, sentence, clause)
    return counted is not None and not any(e.kind == "name" for e in teller.between(sentence, mention.start))


def _plain(mention: Mention, event: Event, name: str) -> Attribute:
    """Return a figure as an attribute of the project that it is given to."""
    value, unit = decimal_text(mention.value.value), mention.value.unit
    return Attribute(event.project or "", name, value, mention.start, mention.end, "project.amount", unit=unit, amount=mention)


def _owners(text: Text, teller: Teller, mention: Mention) -> list[Event]:
    """Whose a figure is; the sum behind «项目159个,包括甲、乙等,» or «6个项目分别为:甲;乙,» is all theirs."""
    owners = teller.whose(mention.start, mention.end)
    if not owners or mention.value.kind != "money":
        return owners
    start, event = text.sentence_at(mention.start)[0], owners[0]
    if event.kind != "name" or event.end > mention.start or event.start < start:
        return owners
    intro = next(reversed(list(_COUNTED_LIST.finditer(text.folded, max(start, event.start - 200), event.start))), None)
    if intro is None or text.within("quantity", intro.end(), event.start):
        return owners
    closed = text.folded.startswith("等", event.end) or (intro.group(1) and ";" in text.folded[intro.end() : event.start])
    return [] if closed and text.folded.find(",", event.end, mention.start) >= 0 else owners


def _of_the_list(text: Text, teller: Teller, mention: Mention, event: Event) -> bool:
    """«总投资1.2亿元的甲生产线、乙生产线等5个项目»: one sum before a counted list is of them all; not «总投资6亿元的甲、总投资1亿元的乙等4个项目»."""
    if event.listed < 0 or event.start != mention.end + 1 or text.folded[mention.end] != "的":
        return False
    items = teller.list_of(event)
    if items[0] is not event or len(items) < 2 or not _CLOSED.match(text.folded, items[-1].end):
        return False
    return not any(m.value.kind == "money" for m in text.within("quantity", event.end, items[-1].end))


def _phase(teller: Teller, event: Event, mention: Mention, before: str) -> str | None:
    """The phase of a figure; «一期用地17亩,二期用地50亩,总投资4.5亿元» ends with the whole."""
    if event.phase and "总投资" in before and event.start < teller.text.clause_at(mention.start)[0]:
        earlier = teller.before(event.start - 1)
        if earlier is not None and earlier.phase and earlier.phase != event.phase and earlier.project == event.project:
            return None
    return teller.phase(event, mention.start)


def _sized(mention: Mention) -> bool:
    """Say whether a quantity says how much a plant makes or holds."""
    value = mention.value
    return value.kind in _IN_NAME or (value.kind == "count" and (value.unit in _PIECES or value.unit == "台套"))


def _inside(teller: Teller, mention: Mention) -> Event | None:
    """A capacity in the name: 年产4.5万吨涂料项目, 1万吨/年PVDF项目."""
    event = teller.before(mention.start)
    made = mention.value.kind == "length" and teller.folded.startswith("年产", mention.start - 2)
    if event is None or event.kind != "name" or event.end < mention.end or not (made or _sized(mention)):
        return None
    if mention.start == event.start and mention.value.unit in ("件", "块", "条", "张"):
        return None  # 6件小型水库除险加固工程 are six
    return None if teller.folded[mention.start - 1] in "×xX*" else event  # 2×35万千瓦


def _founded(teller: Teller, folded: str, mention: Mention, before: str) -> Event | None:
    """«投资5015万元兴建某项目», «筹资580万元建设某厂»: the money builds what is named right behind it."""
    if mention.value.kind != "money" or not p.INVEST.search(before):
        return None
    event = teller.next(mention.end)
    if event is None or event.kind != "name" or event.start - mention.end > 24 or _one_of_several(teller, event):
        return None
    return event if p.BUILDS.fullmatch(folded, mention.end, event.start) else None


def _one_of_several(teller: Teller, event: Event) -> bool:
    """«投资17亿元建设甲、乙和丙»: the sum is of them all."""
    if teller.folded.startswith(("、", "等"), event.end):
        return True  # 投资3.2亿元实施了甲、乙等工程
    following = teller.next(event.end)
    joined = following is not None and following.kind == "name" and teller.folded[event.end : following.start] in ("、", "和", "及")
    return bool(joined)


def _priced(teller: Teller, mention: Mention, before: str) -> Event | None:
    """«开发区23亿元某广场、5亿元某处置»: the money right before an item of a list is what the item costs."""
    if mention.value.kind != "money":
        return None
    event, folded = teller.next(mention.end), teller.folded
    if event is None or event.kind != "name" or _EARNS.search(before):
        return None
    if event.start == mention.end and event.listed >= 0:
        return event
    if (
        event.start == mention.end + 1
        and folded[mention.end] == "、"
        and folded.startswith("年产", event.start)
        and _THE_SUM.search(before)
    ):
        return event  # 签订的总投资5.5亿元、年产7500万米布生产线项目
    chained = (
        folded.startswith("的", mention.end) and folded[mention.start - 1] in "、和及" and "投资" in before
    )  # 投资5亿元的甲、1.2亿元的乙
    return event if chained and event.start == mention.end + 1 else None


def _built_there(folded: str, mention: Mention, before: str) -> bool:
    """«新建1万平方米的加工车间»: the area is the building's, which is the project's."""
    return mention.value.kind == "area" and bool(
        p.BUILDS_END.search(before) and p.BUILT_ABOUT.search(folded, mention.end, mention.end + 12)
    )


def _bracketed(text: Text, teller: Teller, mention: Mention) -> str | None:
    """«某污水处理厂(1万吨/天)», «某安居工程(3700户)»: a figure alone in the bracket behind a name."""
    folded = text.folded
    if folded[mention.start - 1] != "(" or not _ALONE.match(folded, mention.end):
        return None
    event = teller.before(mention.start)
    if event is None or event.end != mention.start - 1 or event.project is None:
        return None
    kind, unit = mention.value.kind, mention.value.unit
    if kind == "money":
        return "total_investment"
    rate = folded.startswith("/", mention.end) or "/" in folded[mention.start : mention.end]
    return "capacity" if kind == "power" or (kind in ("mass", "volume") and rate) or unit in ("户", "套", "张", "床") else None


def _measure(text: Text, mention: Mention, clause: tuple[int, int], before: str) -> str | None:
    """Return which attribute a figure is, by the words before it."""
    kind, folded, unit = mention.value.kind, text.folded, mention.value.unit
    after = folded[mention.end : mention.end + 12]
    if _THRESHOLD.search(folded, mention.start, mention.end + 6):
        return None  # 投资千万元以上项目267个
    if kind == "money":
        return _investment(folded, clause, mention, before)
    if kind == "area":
        if _OTHER_AREA.search(before[-12:]):
            return None
        found = next((name for name, cue in p.AREA if cue.search(before)), None)
        if found == "land_area" and p.BARE_AREA.search(before) and p.BUILT_ABOUT.search(folded, max(0, clause[0] - 16), clause[0]):
            return "floor_area"  # 新建厂房及附属设施,面积10万平方米
        return found or ("floor_area" if p.BUILT_ABOUT.search(after) and p.BUILDS_END.search(before) else None)
    if kind == "length":
        joint = _JOINT_SUM.search(folded, max(0, mention.start - 24), mention.start)
        return "length" if p.LENGTH.search(before) and not joint else None
    if unit in ("套", "户") and (p.HOUSES.search(before) or (p.HOUSES_AFTER.match(after) and p.HOUSES_BEFORE.search(before))):
        return "capacity"
    if kind == "person" or p.CLASSES.match(after):
        return "capacity" if p.PLACES.search(before) and not _NOT_NOW.search(before) else None
    if _NOT_NOW.search(before):
        return None
    if "产量" in before and p.CAPACITY_TO_BE.search(folded, max(0, clause[0] - 40), mention.start):
        return "capacity"
    return "capacity" if p.CAPACITY.search(before) or p.CAPACITY_AFTER.match(after) else None


def _investment(folded: str, clause: tuple[int, int], mention: Mention, before: str) -> str | None:
    if _JOINT_SUM.search(folded, max(0, mention.start - 40), mention.start):
        return None
    name = next((name for name, cue in p.MONEY if cue.search(before)), None)
    if name is None and p.COMPLETED_OF_IT.search(before) and "投资" in folded[max(0, clause[0] - 60) : clause[0]]:
        name = "completed_investment"  # 预计今年完成投资8000万元,到目前为止,完成了6000多万元
    ahead = (max(0, clause[0] - 10), mention.start)
    if name == "annual_investment" and _OF_THE_YEAR.search(before) and not p.TO_COME.search(folded, *ahead):
        return "completed_investment"  # 顺利开工建设,完成年度投资3亿元
    if name == "completed_investment" and "已" not in before[-12:] and p.TO_COME.search(folded, *ahead):
        opened = max(folded.rfind("。", 0, clause[0]), folded.rfind("\n", 0, clause[0])) + 1
        told = _TO_DATE.match(folded, opened) and not _WISHED.search(folded, *ahead)
        return name if told else None  # 截至去年底,甲项目年内完成投资6亿元
    return name

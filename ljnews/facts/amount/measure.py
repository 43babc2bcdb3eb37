"""What a quantity measures: the noun phrase before it, with its lexical verb, light verbs dropped.

`before` reads right to left from the number: first the fixed shapes (同比增长, 占…, 年产…, 长/宽/高), then a known metric (投资, 产值, 面积) with its
modifiers, then any noun phrase with the verb that governs it. What stands after the unit is read by `noun_after`.
"""

from __future__ import annotations

import re

from ljnews.facts.amount import noun_before
from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Gap, Phrase, action, adverb, classes, ends_with, suffix

_CHANGE = re.compile(
    r"(?:同比|环比|年(?=[增减])|[一二两三四五]?年平均|平均|[年人户亩月]均|额外|[比较](?:上年|去年|前年|上月|上季|同期|去年同期|上年同期|年初|上年末|[一二三四1-4]季度|20\d\d年|目标|计划)(?:同期|末|底)?)?"
    r"(?:实际|名义|累计|净|分别|约)?"
    r"(?:增长|下降|提高|增加|减少|上升|回落|加快|提升|下滑|降低|上涨|放缓|收窄|扩大|缩短|下调|上调|攀升|回升|下跌|多增|少增|改善|恶化|增产|减产|[增降涨减])\Z"
)
_CHANGE_ENDS = frozenset("长降高加少升落快滑低涨缓窄大短调攀跌增减善化产")
_MORE = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|前年|上月|上季|同期|去年同期|上年同期|年初|上年末|往年|[一二三四]季度|20\d\d年|目标|计划)(?:同期|末|底)?)"
    r"(?:分别|净)?(?:多|少|快|慢|高|低|翻)\Z"
)
_NO_CHANGE = re.compile(r"[新净倍递激]增\Z|[投霜升空迫]降\Z|[核递节裁]减\Z|高涨\Z")
_PER_YEAR = re.compile(
    r"(?<![\d今明去前每全当同近两三五十些几多])[年月日](?=产(?!值|量|能|出)|处理(?!能力|量)|加工(?!能力)|出栏(?!量)|存栏|供(?!水量|气量)|生产(?!能力)"
    r"|接待(?!能力|量)|发电(?!量)|利用(?!量|率)|消耗(?!量)|屠宰|节约|节电|减排(?!量)|输送)"
)
_YEARLY = re.compile("[年月日]")
_DIMENSIONS = frozenset("高长宽深厚重")
_DIMENSION_HEADS = ("全长", "总长", "总重", "单重", "净重", "水深", "最高", "最长", "最宽", "最深", "均长", "均高")
_NO_DIMENSION = (
    "提高",
    "增长",
    "新高",
    "加深",
    "拓宽",
    "加宽",
    "加长",
    "校长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "村长",
    "省长",
    "成长",
    "较重",
    "严重",
)
_PER = re.compile(
    r"(?:每(?:千瓦时|平方米|立方米|公里|公斤|小时|季度|平米|盎司|[秒升吨斤亩度人户个台套年月天日次股份张辆只头桶位名家村车箱瓶方周单件条棵株栋间床班组晚季]))+\Z"
)
_WHEN = re.compile(r"在[^,。;:、的]{1,6}[后时]\Z")
_AVERAGES = frozenset(("人均", "户均", "亩均", "年均", "月均", "日均", "村均", "次均", "户户"))
_COMPARISONS = frozenset(("超过", "高于", "低于", "快于", "慢于", "好于", "优于", "超", "超出", "多于", "少于"))
_REGIONAL = re.compile(
    r"(?:高于|低于|快于|慢于|好于|优于|高出|低出|超过)(?:全[国省市县区]|[省市县]里?|同期|预期)(?:平均(?:水平)?)?\Z"
)  # 高于全市
_JOINED = 16  # characters of nouns joined by 和, 及
_NOT_LASTING = frozenset(
    "为主 不会 坚持 列出 增加 减少 下降 提高 满足 出现 实行 亮出 签下 签订 实施 达到 形成 提供 获得 享受 给予 推出".split()
)
_CEREMONIES = frozenset(("开工", "签约", "竣工", "复工", "开竣", "开复", "投产"))
_GAINS = frozenset(("完成", "生产", "接收", "新增", "投入", "发放", "培训", "销售", "建成", "签约", "引进", "实施"))
_YEARLY_GAIN = re.compile(r"(?<![\d今明去前每全当同])年(?:可)?(?:实现|达|新增|创造|创|缴)\Z")
_GAIN_ENDS = frozenset("现达增造创缴")
_NO_YEAR = frozenset(",;。、的,后")
SPANS = frozenset(("为期", "历时", "连续"))
_BUILT = frozenset("施工 安装 浇筑 开挖 铺设 征迁 拆迁 填筑 架设 采购 装修 封顶 播种 收割 采摘 移栽 整治 绿化 改造".split())
_LENGTHS = frozenset("路段 道路 线路 路线 河道 管线 管道 隧道 隧洞 堤防 坝顶 岸线".split())  # 道路长 is a measure, 望江大道长 is not
_WORKS = frozenset("新建 改建 扩建 改造 维修 修复 提升 续建 修建 重建 加固 整治 疏浚 拆除".split())
_LONG = 14
_LONGEST = 24  # characters of a list of nouns
_LIST_JOINS = ("以及", "、", "和", "及", "与")


def strip_light(string: str, start: int, end: int) -> int:
    """Return the offset at which the light words before a number begin."""
    while end > start:
        if string[end - 1] in " \u3000":
            end -= 1
            continue
        cut = _light(string, start, end)
        if not cut:
            return end
        end -= cut
    return end


def _light(string: str, start: int, end: int) -> int:
    """Return the length of the light words that end at an offset; 每吨 and 在…后 are light too, 人均 and 许可 are words."""
    length = suffix(string, start, end, "light")
    if length and classes("light")[string[end - length : end]] == "word":
        return 0
    if length and string[end - length] == "均" and (before := string[end - length - 1 : end - length]):
        if before == "平":
            return length + 1  # 失业率|平均为
        if before in "人户亩日年月次村":
            return length - 1  # 人均|为
    if string.rfind("每", start, end) >= end - 6 and (per := _PER.search(string, max(start, end - 6), end)):
        return end - per.start()
    if string[end - 1] in "后时" and (when := _WHEN.search(string, max(start, end - 9), end)):
        return end - when.start()
    return length


def before(gap: Gap, start: int, number: int, *, share: bool = False) -> Phrase | None:
    """Return the measure that ends at a number, None where the words before it are light; `share`: the number is a percentage."""
    string = gap.string
    end = strip_light(string, start, number)
    if end <= start:
        return None
    reached = string[end : end + 1] in ("到", "至")
    if share and (region := _REGIONAL.search(string, max(start, end - 14), end)):
        return Phrase(region.group(), region.start(), "amount.change")
    change = _changed(string, start, end)
    if change and not _NO_CHANGE.search(string, max(start, end - 3), end):
        if not reached:
            return Phrase(string[change.start() : end].replace("分别", ""), change.start(), "amount.change")
        end = strip_light(string, start, change.start())
    elif reached:
        end = _without_verb(gap, start, end)
    if end <= start:
        return None
    if (string[end : end + 1] == "各" or string[end - 1] == "等") and (listed := _listed(gap, start, end)):
        return listed
    end = _achieved(string, start, end)
    found = _share(string, start, end) or _dimension(gap, start, end) or _per_year(string, start, end)
    if found is not None:
        return found
    found = noun_before.noun(gap, start, end, share=share)
    if found is None:
        return None
    found = _widened(string, start, found)
    found = _averaged(string, start, _compared(string, start, found) if share else found)
    return _together(gap, start, found, apart="分别" in string[end:number])


def _changed(string: str, start: int, end: int) -> re.Match[str] | None:
    """Return the change that ends at an offset: 同比增长, 比上年下降, 同比多."""
    last = string[end - 1]
    if last in _CHANGE_ENDS and (change := _CHANGE.search(string, max(start, end - 18), end)):
        return change
    return _MORE.search(string, max(start, end - 14), end) if last in "多少快慢高低翻" else None


def _together(gap: Gap, start: int, found: Phrase, *, apart: bool) -> Phrase:
    """合作意向及协议110项: joined nouns are one measure; with 分别 (`apart`) the first is that of the first number, the others follow."""
    string, at = gap.string, found.start
    if string[at - 1 : at] == "、" and at - 3 >= start and string[at - 3 : at - 1] in _WORKS and string[at : at + 2] in _WORKS:
        return found._replace(text=string[at - 3 : at] + found.text, start=at - 3)  # 新建、改造口袋公园
    items = [found]
    follows = start == gap.start and start > 0 and string[start - 1] not in "。!?;,\n"
    while len(items) < 4 and not follows:
        if not string.endswith(_LIST_JOINS, start, at):
            break
        join = next(j for j in _LIST_JOINS if string.endswith(j, start, at))
        left = noun_before.noun(gap, start, at - len(join), share=False) if at - len(join) > start else None
        if left is None or left.place or left.verb or left.start + len(left.text) != at - len(join):
            break
        items.insert(0, left)
        at = left.start
    if len(items) == 1:
        return found
    shared = _figure(found.text) and not all(_figure(item.text) for item in items)  # 乡镇和建制村通客车率分别…
    if apart and not shared and min(len(item.text) for item in items) > 1:
        return items[0]._replace(others=tuple(item.text for item in items[1:]))
    end = found.start + len(found.text)
    return found._replace(text=string[at:end], start=at) if end - at <= _JOINED else found


def _widened(string: str, start: int, found: Phrase) -> Phrase:
    """集中开工项目, 累计完成造林, 当年计划投资, 年地面抽采能力: words that belong to the phrase though they are light elsewhere."""
    at, first = found.start, found.text[:2]
    two, one = string[at - 2 : at], string[at - 1 : at]
    if two == "集中" and first in _CEREMONIES and "的" not in found.text and at - 2 >= start and not ends_with(found.text, "metrics"):
        return found._replace(text=two + found.text, start=at - 2)
    if two == "累计" and at - 2 >= start and first in _GAINS:
        return found._replace(text=two + found.text, start=at - 2)
    if two == "新增" and at - 2 >= start and ends_with(found.text, "metrics"):
        return found._replace(text=two + found.text, start=at - 2)
    if two in ("当年", "年内") and at == start and ends_with(found.text, "metrics"):
        return found._replace(text=two + found.text, start=at - 2)
    yearly = _YEARLY_GAIN.search(string, max(start, at - 5), at) if one in _GAIN_ENDS else None
    if yearly and ends_with(found.text, "metrics"):
        return found._replace(text="年" + found.text, start=yearly.start())  # 年可实现销售收入
    return (
        found._replace(text=one + found.text, start=at - 1) if one == "年" and string[at - 2 : at - 1] in _NO_YEAR and at > start else found
    )


def _averaged(string: str, start: int, found: Phrase) -> Phrase:
    """社员年人均增收: 人均 belongs to what it tells of."""
    at = found.start
    if string[at - 2 : at] in _AVERAGES and at - 2 >= start:
        return found._replace(text=string[at - 2 : at] + found.text, start=at - 2)
    if string[at - 1 : at] in ("人", "户", "亩") and found.text[0] == "均" and at > start:
        return found._replace(text=string[at - 1] + found.text, start=at - 1)
    return found


def _compared(string: str, start: int, found: Phrase) -> Phrase:
    """超过时间进度13.8个百分点, 低于全市平均水平2%: the comparison belongs to what it compares with."""
    for length in (2, 1):
        at = found.start - length
        if at >= start and string[at : found.start] in _COMPARISONS:
            return found._replace(text=string[at : found.start] + found.text, start=at)
    return found


def _figure(text: str) -> bool:
    """Say whether a phrase names a figure (率, 量, 产值), not a thing."""
    return text[-1] in "率量额值" or ends_with(text, "metrics")


def _listed(gap: Gap, start: int, end: int) -> Phrase | None:
    """新建教学楼、宿舍楼各1栋: the whole list, and the verb before it."""
    end -= gap.string[end - 1] == "等"
    tokens = gap.words(start, end)
    at, joined = end, False
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.text in _LIST_JOINS:
            joined = True
            continue
        stopped = token.tag in STOP_TAGS and token.text not in KEPT and token.text not in SUFFIXES
        if token.text in classes("drop") or stopped or adverb(token) or end - token.start > _LONGEST:
            break
        at = token.start
        if (action(token) or token.text in KEPT) and (i + 1 >= len(tokens) or tokens[i + 1].text not in _LIST_JOINS):
            break
    return Phrase(gap.string[at:end], at, "amount.before") if joined and at < end else None


def lasting(gap: Gap, start: int, number: int) -> Phrase | None:
    """暂住1个月以上, 种植了20年, 发布信息3天: the verb before a duration says what lasts."""
    string = gap.string
    if string[number - 2 : number] in SPANS and number - 2 >= start:
        return Phrase(string[number - 2 : number], number - 2, "amount.before")
    end = strip_light(string, start, number)
    tokens = gap.words(start, end) if end - start >= 2 else []
    if tokens and tokens[-1].text in ("要", "需", "需要"):
        tokens.pop()
    if not tokens:
        return None
    last = tokens[-1]
    if last.text in SPANS:
        return Phrase(last.text, last.start, "amount.before")
    if last.tag.startswith("n") and len(tokens) > 1 and tokens[-2].tag == "v" and last.end - tokens[-2].start <= 6:
        last = tokens[-2]
    if last.tag not in ("v", "vn") or len(last.text) < 2 or last.text in classes("drop") or last.text in _NOT_LASTING:
        return None
    return Phrase(string[last.start : tokens[-1].end], last.start, "amount.before")


def _without_verb(gap: Gap, start: int, end: int) -> int:
    """Drop the verb of 猛增到, 压减到, 卖到: what reached the number stands before it."""
    string = gap.string
    tokens = gap.words(start, end)
    if tokens and tokens[-1].tag == "v" and not ends_with(tokens[-1].text, "metrics"):
        return strip_light(string, start, tokens[-1].start)
    return end


def _achieved(string: str, start: int, end: int) -> int:
    """固定资产投资预计完成407亿元 measures 固定资产投资: 完成 after a metric is light."""
    if string[end - 2 : end] not in ("完成", "实现", "落实", "到位", "安排", "实施"):
        return end
    at = strip_light(string, start, end - 2)
    for word in ("累计", "预计", "预期", "已", "计划", "共"):
        if string.endswith(word, start, at):
            at = strip_light(string, start, at - len(word))
    named = at > start and suffix(string, start, at, "metrics", "sum", "both", "head") > 1
    if not named and string[end - 2 : end] in ("安排", "实施"):
        named = at > start and suffix(string, start, at, "subjects") > 1
    named = named or (string[end - 2 : end] == "完成" and string[at - 2 : at] in _BUILT and at - start > 3)  # 设备安装完成47%
    return at if named else end


def _share(string: str, start: int, end: int) -> Phrase | None:
    """占年度计划投资; 完成年度计划的 before a percentage is handled by `_progress`."""
    at = string.rfind("占", start, end)
    if at < 0 or end - at > 16 or string[at + 1 : at + 2] in ("地", "据", "用", "领", "有", "比") or string[at - 1 : at] in ("侵", "抢"):
        return None
    return Phrase(string[at:end], at, "amount.share")


def progress(gap: Gap, start: int, number: int) -> Phrase | None:
    """完成总工程量的93.3%, 完成年度计划投资的59.5%: the share of a plan, from 完成 on."""
    string = gap.string
    end = strip_light(string, start, number)
    at = string.rfind("完成", start, end)
    if at < 0 or not 2 < end - at <= 16 or string[at + 2 : at + 3] in ("率", "量"):
        return None
    return Phrase(string[at:end], at, "amount.share")


def _dimension(gap: Gap, start: int, end: int) -> Phrase | None:
    """长2.3公里, 高6米: one character, with 全 or 总."""
    string = gap.string
    if string[end - 1] not in _DIMENSIONS or string[end - 2 : end] in _NO_DIMENSION:
        return None
    at = end - 2 if string[end - 2 : end] in _DIMENSION_HEADS and end - 2 >= start else end - 1
    tokens = gap.words(start, at) if at > start else []
    if (
        tokens
        and tokens[-1].tag.startswith("n")
        and tokens[-1].tag != "ns"
        and not action(tokens[-1])
        and tokens[-1].text not in classes("drop")
        and tokens[-1].text[0] not in "该此本其"
        and (string[at] != "长" or tokens[-1].text in _LENGTHS)
    ):
        at = tokens[-1].start if at - tokens[-1].start <= 4 else at
    return Phrase(string[at:end], at, "amount.before")


def _per_year(string: str, start: int, end: int) -> Phrase | None:
    """年产中药饮片, 日处理污水."""
    if not _YEARLY.search(string, max(start, end - _LONG), end):
        return None
    found = list(_PER_YEAR.finditer(string, max(start, end - _LONG), end))
    if not found:
        return None
    at = found[-1].start()
    return Phrase(string[at:end], at, "amount.before")

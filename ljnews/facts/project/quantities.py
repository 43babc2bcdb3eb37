"""Which quantities and dates end a name, and which belong to it: 26个|在建项目, 年产10万吨锂电池材料项目."""

from __future__ import annotations

import re

from ljnews.text.mention import Mention
from ljnews.text.text import Text

_OUTPUT = (
    "年产", "日产", "月产", "年处理", "日处理", "年加工", "年出栏", "年存栏", "年屠宰", "年生产", "年发电", "装机", "总装机", "年供气", "日供水", "年吞吐",
    "年交易", "年繁育", "年养殖", "年回收", "年综合利用", "年拆解",
)  # fmt: skip
_PLAIN = frozenset(("money", "percent", "percentage_point", "ratio", "duration"))
_MARKS = frozenset(',.;:!?\n ()"')
# 1亿只肉鸡全产业链项目, 5万套汽车座椅项目: what a plant puts out
_PIECES = frozenset(
    ("只", "头", "羽", "套", "台", "辆", "件", "株", "尾", "枚", "枝", "支", "片", "瓶", "盒", "箱", "块", "双", "匹", "张", "颗")
)
# 安正磨料公司|6台冶炼炉项目, 投资1.2亿元的|4条陶瓷生产线项目: what one project has several of
_MACHINES = frozenset(("台", "条", "套", "座"))
_A_FIRM_S = re.compile(r"(?:公司|集团|厂)$|投资[\d.]{1,8}[万亿]元的$")
_ITS_PROJECT = re.compile(r"[^,。;:、的\n]{2,20}?(?<!个)(?<!大)(?:建设|扩建|改造)?项目")
_LARGE = frozenset("万亿千0")
_WAYS = ("道路", "公路", "河道", "河段", "堤防", "主干道", "路段")
_FROM_TO = re.compile(r"[\u4e00-\u9fff]{2}至[\u4e00-\u9fff]{2,10}$")
_FEAST = re.compile(
    r"(?:五一|八一|七一|六一|三八|十一|五四)(?=水库|路|大桥|桥|渠|闸|中学|小学|学校|广场|公园|大道|大街|电站|煤矿|农场|林场|村|社区|水厂|泵站)"
)
_INSIDE = frozenset(("mass", "power", "energy", "volume", "area", "other"))
_NO_AREA = ("占地", "用地", "面积", "新建", "建设", "建成", "流转", "征地", "土地", "种植", "达", "共", "约")


def _number_inside(mention: Mention, folded: str) -> bool:
    """Say whether a quantity belongs to a name: 年产10万吨锂电池材料项目, 110千伏输变电工程; not 26个在建项目, 10亿元."""
    kind, start = mention.value.kind, mention.value.number_start
    before = folded[start - 1 : start]
    if kind in _PLAIN and (not before.isascii() or before in _MARKS):
        return False  # most of them
    if kind in ("power", "energy") and "/" in (folded[start - 1 : start], folded[mention.end : mention.end + 1]):
        return True  # 100兆瓦/400兆瓦时储能项目
    if (
        folded.startswith(("/d", "/h", "/a", "/年", "/日"), mention.end)
        and "\u4e00" <= folded[mention.end + 2 : mention.end + 3] <= "\u9fff"
    ):
        return folded[mention.end + 2] not in "的和、以左"
    if (
        start
        and folded[start - 1].isascii()
        and (folded[start - 1].isalpha() or (folded[start - 1] == "-" and folded[start - 2 : start - 1].isalpha()))
    ):
        return True  # G220万载, C-12棚户区
    if kind in _PLAIN:
        return False
    if kind == "length" and folded.startswith(("水深", "深水"), mention.end):
        return True  # 云州至安和6米水深航道整治工程
    if kind == "length" and folded.startswith(_WAYS, mention.end):
        return _FROM_TO.search(folded, max(0, start - 18), start) is not None  # 某桥至某村3.4公里道路改造工程
    if kind == "count" and mention.value.unit in _PIECES and folded[mention.end - 2 : mention.end - 1] in _LARGE:
        after = folded[mention.end : mention.end + 1]
        return ("\u4e00" <= after <= "\u9fff" or "A" <= after <= "Z") and after not in "的以左上之和与及等至到"
    if kind == "count" and mention.value.unit in _MACHINES and mention.end - start <= 2 and _ITS_PROJECT.match(folded, mention.end):
        return _A_FIRM_S.search(folded, max(0, start - 12), start) is not None
    if folded.startswith(_OUTPUT, max(0, start - 5), start) or folded.endswith(_OUTPUT, max(0, start - 5), start):
        return True
    if kind == "area" and ("亩" not in folded[start : mention.end] or folded.endswith(_NO_AREA, max(0, start - 4), start)):
        return False
    after = folded[mention.end : mention.end + 1]
    return kind in _INSIDE and ("\u4e00" <= after <= "\u9fff" or "A" <= after <= "Z") and after not in "的以左上之和与及等至到"


def _names_works(mention: Mention, folded: str) -> bool:
    """Say whether a day is the name of works: 五一|水库, 八一路; not 五一前."""
    return mention.end - mention.start == 2 and _FEAST.match(folded, mention.start) is not None


def bounds(text: Text) -> list[tuple[str, int, int]]:
    """Return the quantities and dates that end a name, as edges in text order."""
    folded = text.folded
    found = [
        ("count" if m.value.kind == "count" else "number", m.start, m.end) for m in text.of("quantity") if not _number_inside(m, folded)
    ]
    words = text.word_bounds  # 长春天然气: no date inside words
    found += [("time", m.start, m.end) for m in text.of("date") if (m.start in words or m.end in words) and not _names_works(m, folded)]
    found.sort(key=lambda e: e[1])
    return found

"""Recognizer for `organization` mentions: public bodies, firms, institutions and societies by the way their names end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ljnews.lexicon import load
from ljnews.recognize import titles
from ljnews.recognize.values import OrganizationName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {"organization.suffix": "以机构通名结尾的名称(南充临江新区管委会、宏盾机械有限公司)"}

# Endings that name a body wherever they stand; shorter ones (局, 村, 厂) need more before them.
_ALONE = frozenset(("市委", "省委", "县委", "区委", "州委", "旗委", "国务院", "市政府", "县政府", "区政府", "省政府", "镇政府", "管委会"))
_SHORT = frozenset("局 厅 署 处 所 站 部 室 厂 店 园 场 社 村 组 科 司 办 委 银行".split())
_SKIP = frozenset("系 科 报 网 组 社 园 场 处 室 司 办 委 项目 工程 建设 科技 电子 食品 农业 能源 旅游 市场 投资 基地 中心 生物 材料 汽车 机械 物流 传媒 文旅 大厅 工区 标段 移动 联通 邮政 电信 电力 电网 保险 基金 证券 支部 部队 小区 庄 屯 寨 旅 团 师 连 部 站 所 店 矿 厂 村 街道 社区 片区 超市 商店 饭店 餐厅 门店 地产 置地 置业 实业 股份 控股 新闻 总台 时报 中央 新闻网 一中 二中 三中 四中 五中 六中 七中 八中 九中 十中".split())
_LONGEST = 26
_TRAILING = frozenset("长员内式")


@cache
def _heads() -> tuple[object, list[tuple[str, str]]]:
    from ljnews.recognize.names import automaton

    pairs = [(e.term, e.klass) for e in load("organization_suffixes").entries.values() if e.term not in _SKIP]
    return automaton([term for term, _ in pairs]), pairs


@extractor("organization", provides=("organization",), requires=("place",), lexicons=("organization_suffixes", "organization_edges"))
def organization(text: Text) -> Iterator[Mention]:
    """Yield the organisations named in the text."""
    folded, string = text.folded, text.string
    automaton, pairs = _heads()
    last: Mention | None = None
    for index, head_start, end in automaton.find_matches_as_indexes(folded):  # type: ignore[attr-defined]
        head, klass = pairs[index]
        if folded[end : end + 1] in _TRAILING:
            continue
        low = titles.segment_start(folded, head_start)
        if last is not None and last.end > low:
            low = last.end
        start = titles.left_edge(folded, low, head_start)
        if start == head_start and head not in _ALONE and (last is None or last.end != start):
            continue
        if last is not None and last.end == start:
            start = last.start
        else:
            if head in _SHORT and head_start - start < 2:
                continue
            if last is not None:
                yield last
        if not 3 <= end - start <= _LONGEST:
            last = None
            continue
        last = Mention("organization", start, end, OrganizationName(string[start:end], klass), "organization.suffix")
    if last is not None:
        yield last

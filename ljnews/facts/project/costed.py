"""Names that stand whole behind their price: «投资0.7亿元的云州循环产业园集中供汽项目,是…», «总投资4150万元的某公司深加工二期工程及科研中心项目».

Behind «投资N元的» stands one undertaking, so the name is everything up to the 项目 or 工程 that closes the noun phrase: what would be an edge elsewhere
(产业园|集中供汽, 建新|轮胎) and a 及 between two works are parts of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.names import Name
from ljnews.facts.project.span import CLASS_WORDS
from ljnews.facts.project.specific import generic, located, opening, residue
from ljnews.text.text import Text

_PRICE = re.compile(r"(?:投资|引资)(?:总?额|金额|规模)?(?:近|约|达到?|超过?|逾|为|人民币)*$")
# What may stand behind the 项目 that closes the phrase.
_CLOSES = re.compile(
    r"(?:项目|工程)(?:\([一二三四五]期\))?(?=[,。;:!?、\n)]|$|等|和|及|与|以及|是|已|正|将|在|也|全[部面]|目前|现|于|预计|计划|顺利|[开动复]工|签约|竣工|完工|投[产用运]|建成|成功|落[户地成]|进|位于|提前|如期|正式|通过|实现|完成|累计|即将|仍在|继续|加快"
    r"|占地|由|拟|可|近日|[今明去]年|破土|奠基|启动|主体|分[两二三]期|相继|先后|陆续|建设(?!项目))"
)
_STOP = re.compile(r"[,。;:!?、\n“”《》——]")
# 及 between two works of one undertaking: 二期工程及科研中心项目
_JOINED = re.compile(r"(?:及|暨)(?P<more>[^,。;:!?、\n的和及与]{2,16}?(?:项目|工程))(?=[,。;:!?、\n)]|$|等|是|已|正|将)")
_COUNTED = re.compile(
    r"[\d一二两三四五六七八九十几多这该本其首]{1,4}[个项条座批家]|这|该|一批|多个|[省市县]级?重[点大](?:建设)?(?:项目|工程)"
)
_NO_NAME = re.compile(
    r"^(?:项目|工程|企业|公司)|首[个条座家]|最大|唯一|[的了]|(?<![高中初])等(?!离子)|(?:类|领域|板块|系列|方面|配套|子)(?:项目|工程)$"
)
_STARTS = frozenset(("verb", "func", "weak", "who", "many", "count", "time", "visit", "pred"))
_LONGEST = 60


def costed(text: Text) -> Iterator[Name]:
    """Yield the names behind «投资N元的», in text order."""
    folded = text.folded
    for mention in text.of("quantity"):
        if mention.value.kind != "money" or folded[mention.end : mention.end + 1] != "的":
            continue
        if not _PRICE.search(folded, max(0, mention.start - 12), mention.start):
            continue
        start = mention.end + 1
        end = _end(text, start)
        if end and _is_name(text, start, end):
            yield Name(start, end, text.string[start:end], "item", "project.costed")


def _end(text: Text, start: int) -> int:
    """Return where the name ends, 0 where no 项目 or 工程 closes the phrase."""
    folded = text.folded
    stop = _STOP.search(folded, start, start + _LONGEST)
    match = _CLOSES.search(folded, start, stop.start() + 1 if stop else min(len(folded), start + _LONGEST))
    if match is None:
        return 0
    more = _JOINED.match(folded, match.end(), match.end() + 22)
    if more and not located(text, more.start("more"), more.end("more")):
        return more.end()
    return match.end()


def _is_name(text: Text, start: int, end: int) -> bool:
    """Say whether a stretch is one undertaking's name: not 12个项目, 省重点项目, 由某公司建设的项目."""
    folded = text.folded
    string = folded[start:end]
    head = max(string.rfind("项目"), string.rfind("工程"))
    modifier = string[:head].removesuffix("建设")
    if not 4 <= end - start <= _LONGEST or _COUNTED.match(string) or _NO_NAME.search(string) or folded[end : end + 1] == "—":
        return False
    if generic(modifier) or (residue(modifier) < 4 and (modifier.endswith(CLASS_WORDS) or modifier.startswith(("重点", "重大")))):
        return False
    if opening(string)[1] in _STARTS:
        return False
    return residue(modifier) >= 2 and string.count("(") == string.count(")")

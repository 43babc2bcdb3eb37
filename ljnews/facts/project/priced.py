"""Items that begin with their price: «港区30亿元麋鹿风情小镇、5.6亿元泰和粮食仓储物流».

The name is what follows the money; what stands before it (a zone, 总投资) is no part of the name. One such item proves nothing, two in a row do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.specific import generic, opening, residue
from ljnews.text.text import Span, Text

_ABOUT = re.compile(r"项目|工程|开工|竣工|签约|投产|在建|续建|落户")
_SEPARATORS = frozenset("、,;:。!?\n(“")
_LEAD = re.compile(
    r"(?:(?:其中|包括|包含|分别(?:为|是)|以及|还有|和|有|是|为|如)?(?:[\u4e00-\u9fff]{1,8}?(?:区|县|市|镇|乡|街道|园|旗|州|集团|公司))?(?:的)?(?:总|计划|计划总|协议|概算)?(?:投资(?:额|约|达|近|超)?|引资)?(?:约|近|超)?)"
)
_END = re.compile(
    r"[、,;。!?\n:]|等(?=[\d一-十两多几,。;重项工的])|(?=(?:正在|即将|仍在|通过|已经?|将于|预计|计划|目前|先后|陆续|相继|顺利|正式|"
    r"开工|竣工|签约|投产|落户|落地|的建设|的开工))|和(?=[\d.]{1,6}[万亿]?元)"
)
_DIGIT = re.compile(r"[\d。\n]")
_NO_START = frozenset("的以左上之和与及、,。;:!?)用")
_NO_NAME = re.compile(
    r"(?:资金|贷款|债券|债|基金|以上|以下|左右|企业|公司|产值|税收|收入|补助|补贴|奖励|合同|协议|订单|大关|规模|产业集群|产业链|产业)$"
)


def chain(text: Text) -> Iterator[list[Span]]:
    """Yield the runs of two or more priced items, each as the spans of its names."""
    folded = text.folded
    run: list[Span] = []
    last = -1
    for mention in text.of("quantity"):
        if mention.value.kind != "money":
            continue
        item = _item(text, mention.start, mention.end)
        if item is None or not run or item[0] - last > 24 or not _joined(folded, last, mention.start):
            if len(run) > 1:
                yield run
            run = []
        if item is not None:
            run.append(item)
            last = item[1]
    if len(run) > 1:
        yield run


def _joined(folded: str, last: int, start: int) -> bool:
    """Say whether only a separator and a lead stand between two items."""
    between = folded[last:start]
    if between[:1] == "和":
        return True
    at = max(between.rfind(mark) for mark in "、,;") + 1
    return at > 0 and not _DIGIT.search(between[:at]) and bool(_LEAD.fullmatch(between, at))


def _item(text: Text, start: int, end: int) -> Span | None:
    """Return the span of the name behind a price, None where none begins there."""
    folded = text.folded
    if folded[end : end + 1] in _NO_START:
        return None
    begin = start
    while begin > 0 and start - begin < 16 and folded[begin - 1] not in _SEPARATORS:
        begin -= 1
    if begin <= 0 or not (_LEAD.fullmatch(folded, begin, start) or folded[begin - 1] in ":(" or start - begin <= 6):
        return None
    at = end
    if folded[at : at + 1] in _NO_START or not folded[at : at + 1]:
        return None
    match = _END.search(folded, at, at + 60)
    stop = match.start() if match else min(len(folded), at + 60)
    size, klass = opening(folded[at:stop])
    if klass in ("build", "make") and not folded.startswith(("新建", "完成"), at):
        at, klass = at + size, None  # 投资500万元|建设某生产线
    string = folded[at:stop]
    if string.startswith(("项目", "工程", "企业", "至", "到", "级", "级别")):
        return None
    leads = klass in ("verb", "func", "weak", "who", "many", "count")
    if not 3 <= len(string) <= 40 or leads or _NO_NAME.search(string) or residue(string) < 2 or generic(string):
        return None
    return (at, stop) if _ABOUT.search(folded, *text.sentence_at(start)) else None

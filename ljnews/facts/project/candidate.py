"""A candidate for a project's name, and what every rule asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ljnews.facts.project.chunks import Head, Item, Phrase
from ljnews.facts.project.context import Context
from ljnews.facts.project.specific import OWN, residue

NAMED = frozenset(("road", "water", "port"))  # whose names are two free characters and a head: 望水大桥
PARTLY = frozenset(("生产线", "车间", "厂房", "食堂", "宿舍", "教学楼", "办公楼", "综合楼", "标准厂房", "管道", "厂区"))
INSTITUTIONS = frozenset((
    "小学", "中学", "学校", "幼儿园", "高中", "初中", "中专", "职中", "职专", "一中", "二中", "三中", "大学", "学院", "医院", "人民医院", "中医院", "中医医院",
    "卫生院", "保健院", "妇幼保健院", "敬老院", "养老院", "福利院", "实验学校", "实验小学", "实验中学", "中心小学", "中心学校", "中心卫生院",
))  # fmt: skip
MOST = re.compile(r"最[大高长早先]|首[个条座家]|唯一")
# 双会公路|9.4公里、马沟路2公里|全面开工建设
_LONG = re.compile(r"(?:全长|长)?约?[\d.]{1,8}(?:公里|千米|米)(?:、[\u4e00-\u9fff]{2,12}?(?:全长|长)?约?[\d.]{1,8}(?:公里|千米|米)){0,6}")
_ETC = re.compile(
    r"等(?:重[大点])?(?:交通|水利|基础)?(?:设施|线路|街区|园区|道路|路段|景区|学校|医院|桥梁|水库|河道|公园|小区|城区|[一二三四五六七八九十\d]{1,2}[条座所个处](?:街区|园区|道路|主次干道|主干道|路|景区|学校|医院|桥梁|水库|河道|公园|小区)?)?"
)


@dataclass(slots=True)
class Candidate:
    """A span that may be a name, with the head words in it and its place among the phrases."""

    i: int
    phrase: Phrase
    item: Item
    start: int
    end: int
    heads: list[Head]
    kind: str | None  # what the text calls the list it stands in
    first: bool
    last: bool

    @property
    def head(self) -> Head:
        """The last head word that is not a mere extension (一期, 东段)."""
        for head in reversed(self.heads):
            if head[2] != "ext":
                return head
        return self.heads[-1]


class Asked(Context):
    """What several rules ask of a candidate."""

    def refuse(self, rule: str, c: Candidate, why: str) -> str | None:
        """Note why a candidate is no name, and return that it has no rule."""
        self.text.refuse(rule, c.start, c.end, why)
        return None

    def behind(self, end: int) -> int:
        """Return where the text goes on behind a name and the bracket after it: 云平高铁(简称…)|开工建设."""
        if etc := _ETC.match(self.folded, end) or _LONG.match(self.folded, end):
            return etc.end()
        if self.folded[end : end + 1] != "(":
            return end
        close = self.folded.find(")", end, end + 40)
        return close + 1 if close > 0 else end

    def of_institution(self, c: Candidate) -> bool:
        """Say whether a building is that of a school or hospital with a name: 水头中学新教学楼, 泗洲中专2号楼."""
        return any(
            head.term in INSTITUTIONS and (residue(self.folded[c.start : head.start]) >= 1 or OWN.match(self.folded, c.start))
            for head in c.heads
            if head.end <= c.head.start
        )

"""What tells of progress without a word for it: shares and works done («完成路基85%»), plans that list a project, what a list is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ljnews.facts.project import patterns as p
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

_AHEAD = re.compile(p.FUTURE.pattern + "|准备$")
_ON_PLAN = re.compile(r"(?:列入|纳入)[^,。;、\n]{2,16}(?:规划|计划)(?![^,。;]{0,4}项目)")
_LAUNCHED = re.compile(r"(?<=项目|工程)(?:正式|全面|顺利)?启动(?=[,。!])")
_ADJECTIVE = re.compile(
    r"等(?:\d{1,5}|[一二三四五六七八九十百]{1,5})?[余多]?[个项]?(?:均?为|属于?|是)?(?:重点|重大|市级|省级)?"
    r"(在建|续建|新开工|开工|竣工|签约|在谈|洽谈|意向|前期|拟建|投产|储备)(?:重点|重大|产业)?(?:项目|工程)"
)
_ADJECTIVES = {
    "在建": "under_construction", "续建": "under_construction", "新开工": "started", "开工": "started", "竣工": "completed", "签约": "signed",
    "在谈": "negotiating", "洽谈": "negotiating", "意向": "negotiating", "前期": "preliminary", "拟建": "planned", "投产": "operating", "储备": "preliminary",
}  # fmt: skip


def signs(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the signs of progress."""
    yield from _adjectives(text, teller)
    yield from _shares(text, teller)
    yield from _scheduled(text, teller)
    yield from _launched(text, teller)


def _launched(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«3月23日,某水库建设项目启动,»: begun, where the name itself is the subject."""
    for match in _LAUNCHED.finditer(text.folded):
        event = teller.before(match.start())
        start = text.clause_at(match.start())[0]
        if event is None or event.kind != "name" or event.project is None or event.end != match.start():
            continue
        if not _AHEAD.search(text.folded, max(start, event.start - 12), event.start):
            yield Attribute(event.project, "status", "started", *match.span(), "project.status")


def _shares(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«路基工程完成85%», «工程量已完成过半», «完成桩基120根»: works are under way."""
    for match in chain(p.SHARE_DONE.finditer(text.folded), p.PHYSICAL.finditer(text.folded)):
        if match.re is p.PHYSICAL and _AHEAD.search(text.folded, max(text.clause_at(match.start())[0], match.start() - 16), match.start()):
            continue
        for event in teller.whose(match.start(), match.end(), lists=True, carry=False):
            status, phase = "under_construction", teller.phase(event, match.start())
            yield Attribute(event.project or "", "status", status, match.start(), match.end(), "project.status", phase=phase, weak=True)


def _scheduled(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«天然气支线列入国家管网建设规划»: planned, where nothing else is said."""
    for match in _ON_PLAN.finditer(text.folded):
        if not p.NEGATED.search(text.folded, max(0, match.start() - 4), match.start()):
            for event in teller.whose(match.start(), match.end(), lists=True, carry=False):
                if event.end <= match.start() and event.start >= text.clause_at(match.start())[0]:
                    yield Attribute(event.project or "", "status", "planned", match.start(), match.end(), "project.status", weak=True)


def _adjectives(text: Text, teller: Teller) -> Iterator[Attribute]:
    """«甲、乙等26个在建项目»: what the list is called."""
    for match in _ADJECTIVE.finditer(text.folded):
        event = teller.before(match.start())
        if event is not None and event.project is not None and 0 <= match.start() - event.end <= 2:
            for one in teller.list_of(event):
                status = _ADJECTIVES[match.group(1)]
                yield Attribute(one.project or "", "status", status, match.start(1), match.end(1), "project.status")

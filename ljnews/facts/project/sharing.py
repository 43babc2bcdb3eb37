"""What the names of one phrase share: the works behind the last one, the class that closes them, its head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ljnews.facts.project import span
from ljnews.facts.project.candidate import PARTLY
from ljnews.facts.project.chunks import Item
from ljnews.facts.project.rules import Rules
from ljnews.facts.project.shared import INSTITUTION, county_tails, tail_for
from ljnews.facts.project.specific import FIRM, heads_in, located, residue

_A_ROAD = re.compile(r"(?:[一二三四]级)?(高速公路|公路|铁路)|[大中小]型(水电站|水库)(?:建设)?(?:项目|工程)")


@dataclass(slots=True)
class Name:
    """A project's name where it stands in the text; `text` differs from the span only where a shared head was given to it."""

    start: int
    end: int
    text: str
    klass: str
    rule: str
    listed: int = -1  # ordinal of its list, -1 outside lists


class Sharing(Rules):
    """Gives the names of one phrase what they share."""

    def _tailed(self, listed: int, groups: list[Item], found: list[Name]) -> list[Name]:
        """«徒骇河、马颊河治理工程»: give the bare items before the last name what they share with it."""
        last = found[-1]
        if len(found) > 1 or last.start < groups[-1].start:
            return self._runs(listed, groups, found)
        tails = county_tails(self.text, [(g.start, g.end) for g in groups[:-1]], (last.start, last.end))
        tails = tails or [tail_for(self.folded[g.start : g.end], self.folded[last.start : last.end]) for g in groups[:-1]]
        if not all(tails):
            return self._runs(listed, groups, found)
        added = [
            Name(g.start, g.end, self.text.string[g.start : g.end] + tail, last.klass, "project.shared", listed)
            for g, tail in zip(groups, tails, strict=False)
        ]
        return [*added, last]

    def _runs(self, listed: int, groups: list[Item], found: list[Name]) -> list[Name]:
        """«甲、乙灌区改造和丙河、丁河治理»: give the bare items right before a name what they share with it."""
        added: list[Name] = []
        for name in found:
            k = next(n for n, g in enumerate(groups) if g.start <= name.start < g.end)
            before: list[Name] = []
            while k > 0 and not any(groups[k - 1].start <= n.start < groups[k - 1].end for n in found):
                g, k = groups[k - 1], k - 1
                tail = tail_for(self.folded[g.start : g.end], name.text)
                if not tail:
                    before = []
                    break
                before.append(Name(g.start, g.end, self.text.string[g.start : g.end] + tail, name.klass, "project.shared", listed))
            added += before
        return sorted([*found, *added], key=lambda n: n.start)

    def _roads(self, i: int, found: list[Name]) -> None:
        """«甲至乙、丙至丁等公路建设»: what the list calls them belongs to the names of roads without a head."""
        tail = _A_ROAD.fullmatch(self.following(i)[0])
        for name in found if tail else []:
            if tail and ("至" in name.text or tail.group(2)) and not heads_in(name.text):
                name.text, name.rule = name.text + (tail.group(1) or tail.group(2)), "project.shared"

    def _siblings(self, listed: int, groups: list[Item], found: list[Name]) -> list[Name]:
        """«六中新校区、新兴小学、第五幼儿园投入使用»: a generic-looking school among named ones is named too."""
        finished = self.phrases[listed].right.klass == "pred" and len(found) * 2 >= len(groups)
        for group in groups:
            head = group.heads[-1] if group.heads else None
            if head is None and finished and _firm_alone(self.folded[group.start : group.end]):
                found.append(Name(group.start, group.end, self.text.string[group.start : group.end], "list", "project.listed", listed))
            if head is None or head.end != group.end or head.start == group.start or head.klass not in ("civic", "road", "item"):
                continue
            start = span.begin(self.text, group)
            if head.klass == "item" and (group is groups[0] and self.phrases[listed].left.klass == "count"):
                continue  # 新引进4条某生产线项目
            if head.term in PARTLY and not located(self.text, start, head.start):
                continue
            if head.klass == "item" and residue(self.folded[start : head.start]) < 2:
                continue
            alike = any(n.klass == head.klass for n in found) or (len(found) * 2 >= len(groups) and located(self.text, start, head.start))
            if alike and not any(group.start <= name.start < group.end for name in found):
                found.append(Name(start, group.end, self.text.string[start : group.end], head.klass, "project.listed", listed))
        return sorted(found, key=lambda n: n.start)

    def _share(self, groups: list[Item], found: list[Name]) -> list[Name]:
        """Give the last item's head to the bare institutions before it: 川北医学院、西华师范大学新校区 → 川北医学院新校区."""
        last = groups[-1]
        if not found or len(last.heads) < 2 or found[-1].start < last.start:
            return found
        pairs = zip(last.heads, last.heads[1:], strict=False)
        tail = next(
            (
                b
                for a, b in pairs
                if a.klass == "civic" and a.term.endswith(INSTITUTION) and a.end == b.start and b.klass in ("civic", "work", "ext")
            ),
            None,
        )
        if tail is None:
            return found
        for name in found[:-1]:
            heads = next(g.heads for g in groups if g.start <= name.start < g.end)
            if name.rule != "project.shared" and len(heads) == 1 and heads[0].end == name.end and heads[0].term.endswith(INSTITUTION):
                name.text, name.rule = name.text + self.text.string[tail.start : found[-1].end], "project.shared"
        return found


def _firm_alone(string: str) -> bool:
    """Say whether an item is a firm's short name: 飞虎科技; not 飞虎集团."""
    return len(string) <= 10 and FIRM.search(string) is not None and not string.endswith(("集团", "公司"))

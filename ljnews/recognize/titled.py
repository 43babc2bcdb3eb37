"""Persons shown by a title beside their name: «市长许勤», «副市长甲、乙、丙», «习近平总书记», «甲、乙等市领导»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ljnews.lexicon import load
from ljnews.recognize import names
from ljnews.recognize.naming import Claim, Scene, designate, list_after, name_at, skip_bracket, token_at
from ljnews.text.mention import Mention

RULES = {
    "person.title": "职务、身份之后的姓名(市长许勤、村民向大妹)",
    "person.list": "职务之后并列的姓名(副市长甲、乙、丙)",
    "person.before_title": "姓名之后的职务(习近平总书记、钟南山院士)",
    "person.led_list": "并列姓名之后的统称(甲、乙等市领导)",
}
# How sure a reading must be after a title of each class; everyday words (村民, 学生) deserve more doubt than 市长.
_SPOKEN = 3.0  # how much less a name between a title and a colon must read
_FLOORS = {
    "head": 1.2,
    "office": 1.2,
    "member": 1.8,
    "leader": 0.8,
    "state": 1.5,
    "foreign": 1.5,
    "business": 1.8,
    "expert": 2.2,
    "citizen": 3.0,
    "other": 2.5,
    "deputy": 2.0,
}
_KINDS = {"business": "business", "expert": "expert", "citizen": "citizen", "other": "other", "deputy": "other"}
_CANDIDATE = re.compile(r"(?:正式)?(?:候选人|人选|提名人选)(?:初步人选)?")
_BEFORE_NAME = re.compile(r"[”\"’' ]{0,3}")
_LISTED = re.compile(
    r"([\u4e00-\u9fff·]{2,8}(?: [\u4e00-\u9fff]{1,2})?(?:、[\u4e00-\u9fff·]{2,8}(?: [\u4e00-\u9fff])?){1,30})等(?:\d+位|\d+名)?$"
)


def find(scene: Scene) -> Iterator[Claim]:
    """Yield the persons named beside a title."""
    for chain in scene.chains:
        yield from list(_before(scene, chain)) or list(_after(scene, chain))


def kind_of(chain: list[Mention]) -> str | None:
    """Return the kind that a chain of posts gives: official where one is public, else by the first that tells what somebody does."""
    if any(p.value.public for p in chain):
        return "official"
    if len(chain) > 1 and chain[0].roles["org_klass"] == "association" and any(_of_firm(p) for p in chain[1:]):
        return "business"  # 商会会长、公司董事长: the firm tells more than the chamber
    told = [kind for post in chain if (kind := _one_kind(post)) is not None]
    return min(told, key=_TELLING.__getitem__) if told else None


_TELLING = {"business": 0, "expert": 0, "citizen": 1, "other": 2}  # 人大代表、合作社理事长: what he does tells more


def _of_firm(post: Mention) -> bool:
    """Say whether a post is one in a firm."""
    return bool(post.roles["klass"] == "business" or post.roles["org_klass"] == "company")


def _one_kind(post: Mention) -> str | None:
    """Return the kind that one post gives."""
    klass, org = post.roles["klass"], post.roles["org_klass"]
    if klass in ("office", "member", "head"):
        return "business" if org == "company" else "expert" if org == "association" else "other"
    if klass == "business" and org == "association":
        return "expert"
    return _KINDS.get(klass)


def _after(scene: Scene, chain: list[Mention]) -> Iterator[Claim]:
    """The name after the last title, and the names a list goes on with."""
    last = chain[-1]
    klass, folded = last.roles["klass"], scene.folded
    at = skip_bracket(folded, last.end)
    candidate = _CANDIDATE.match(folded, at)
    if candidate:
        at = candidate.end()
    if klass in _PUBLIC_CLASSES and folded.startswith(("是:", "为:"), at):
        at += 2  # «本次大会的执行主席是:甲、乙»
    at = _BEFORE_NAME.match(folded, at).end()  # type: ignore[union-attr]
    foreign = klass == "foreign" or (klass != "citizen" and _foreign(last.value.organization))
    floor = _FLOORS[klass] + (0.6 if at > last.end and folded[last.end] == " " else 0)
    reading = None
    if last.value.organization and last.value.organization.startswith("日本"):
        reading = _japanese(folded, at)
    if reading is None:
        reading = name_at(scene, at, floor=floor, foreign=foreign)
    if reading is None and at > last.end and folded[at + 2 : at + 4].find(":") >= 0:
        reading = name_at(scene, at, floor=floor - _SPOKEN)  # 生产厂长 苏杭:我们…
    if reading is not None and ((not foreign and _doubtful(folded, at, reading, klass)) or _firm(folded, reading.end)):
        reading = None
    if reading is None and klass in ("head", "office", "leader", "member", "citizen"):
        reading = token_at(scene, at)
    if reading is None and folded[last.end : last.end + 1] == "的" and _holding(folded, chain[0].start):
        at = last.end + 1
        reading = name_at(scene, at, floor=4.0)
    if reading is None and klass in _PUBLIC_CLASSES and folded[last.end : last.end + 1] in ("是", "由"):
        at = last.end + 1
        reading = name_at(scene, at, floor=4.0)
        if reading is not None and not _HELD_BY.match(folded, reading.end):
            reading = None
    if reading is None:
        scene.text.refuse("person.title", at, min(at + 3, len(folded)), "no name is read here")
        return
    kind = kind_of(chain)
    posts = [*chain[:-1], designate(last, candidate.group())] if candidate else list(chain)
    yield Claim(at, reading.end, "person.title", kind, posts, score=reading.score + 1)
    for start, end in list_after(scene, reading.end, floor=min(floor, 1.2), foreign=foreign):
        yield Claim(start, end, "person.list", kind, list(chain), score=4.0)


_PUBLIC_CLASSES = frozenset(("head", "office", "member", "leader", "state", "foreign"))


# 身为副局长的甲, 时任副主任的甲.
_HOLDING = re.compile(r"(?:身为|作为|时任|现任|曾任|担任|出任|就任|当选|任|身兼|同为|同样是|兼任)$")
# «市委原书记是甲。», «市委书记由甲兼任».
_HELD_BY = re.compile(r"[,。;]|兼任|担任|出任|接任")


def _holding(folded: str, start: int) -> bool:
    """Say whether a chain of posts is one that somebody is said to hold: 身为|副局长, 时任市委书记."""
    return _HOLDING.search(folded, max(0, start - 4), start) is not None or folded.startswith(("时任", "现任", "曾任"), start)


_FIRM = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:有限|股份|公司|集团|合作社|家庭农场|酒业|药业)")


def _firm(folded: str, end: int) -> bool:
    """Say whether a firm's name goes on here (出口大户金宝|电子有限公司)."""
    return not names.follower(folded, end) and _FIRM.match(folded, end) is not None


# Surnames that are function words: 农户和农机, 总书记曾来到, 居民都可.
_FUNCTION_SURNAMES = frozenset("和曾都时应令能要相同从当会经与还将多")


def _doubtful(folded: str, start: int, reading: names.Reading, klass: str) -> bool:
    """A surname that is an everyday word: it needs a border or a verb of saying after the name, the more so after an everyday title."""
    if names.surname_length(folded, start) != 1 or reading.end - start > 3:
        return False
    char, length = folded[start], reading.end - start
    after = folded[reading.end : reading.end + 1]
    closed = not after or not names.is_han(after) or names.followers().get(names.follower(folded, reading.end)) == "speech"
    if char in _FUNCTION_SURNAMES and names.is_act(folded[start + 1 : reading.end]):
        return True
    if char in _FUNCTION_SURNAMES and not closed and (char == "和" or length == 2 or reading.score < 4.0):
        return char != "曾" or reading.score < 4.5
    rare = names.surname_classes().get(char) == "d"
    if rare and (length == 2 or not (closed or names.follower(folded, reading.end)) or names.is_word(folded[start : start + 2])):
        return True
    if klass not in _PUBLIC_CLASSES and names.surname_classes().get(char) != "a" and names.is_word(folded[start : start + 2]):
        return True
    everyday = rare or names.surname_classes().get(char) in ("b", "c")
    if klass in _PUBLIC_CLASSES:
        return False
    return (everyday and length == 2 and reading.score < 4.6) or (everyday and not closed and reading.score < 4.0)


def _foreign(organization: str | None) -> bool:
    """Say whether an organisation opens with a country."""
    return organization is not None and organization.startswith(_countries())


@cache
def _countries() -> tuple[str, ...]:
    return tuple(load("countries").entries)


def _japanese(folded: str, at: int) -> names.Reading | None:
    """A Japanese name of up to five characters that ends before a verb or a border (田尻和宏等出席)."""
    for end in range(at + 3, at + 6):
        if end >= len(folded) or not names.is_han(folded[end - 1]):
            return None
        if not names.is_han(folded[end]) or names.follower(folded, end):
            return names.Reading(end, 2.0)
    return None


def _before(scene: Scene, chain: list[Mention]) -> Iterator[Claim]:
    """The name in front of the first title: a whole segment that reads as a name, or a list that «等» closes."""
    first = chain[0]
    presidium = first.roles["klass"] == "member" and (first.value.organization or "").endswith("主席团")
    if first.roles["klass"] in ("leader", "deputy") or presidium:
        yield from _led(scene, first, chain)
        return
    size = first.roles["named"]
    end = first.roles["head_start"]
    if size:
        yield Claim(end - size, end, "person.before_title", kind_of(chain[:1]), list(chain), score=5.0)


def _led(scene: Scene, first: Mention, chain: list[Mention]) -> Iterator[Claim]:
    """甲、乙、丙等市领导."""
    low = max(0, first.start - 160)
    match = _LISTED.search(scene.folded[low : first.start])
    if not match:
        return
    at, text = low + match.start(), match.group(1)
    spans: list[tuple[int, int, bool]] = []
    for part in text.split("、"):
        spans.append(_member(scene.folded, at, at + len(part), first=not spans))
        at += len(part) + 1
    good = sum(ok for _, _, ok in spans)
    for start, end, ok in spans:
        plain = good >= _LIST_GOOD and end - start <= 3 and names.surname_length(scene.folded, start) > 0
        if ok or (plain and not names.is_word(scene.folded[start:end])):
            yield Claim(start, end, "person.led_list", kind_of(chain), list(chain), score=3.5)


_LIST_GOOD = 2  # names that read well beside one that does not (甲、刘向、乙等主席团成员)


def _member(folded: str, start: int, end: int, *, first: bool) -> tuple[int, int, bool]:
    """Return an item of a list as (start, end, reads well); words before the first name are left off (就座的还有|蒋某某)."""
    for size in (end - start, 3, 2) if first and end - start > 3 else (end - start,):
        reading = names.read(folded, end - size, stop=end)
        if reading is not None and reading.end == end and (size == end - start or folded[end - size - 1] in "有是括由为"):
            return end - size, end, True
    return start, end, False

"""Persons named by what is decided about them: «任命甲为…», «免去甲的…职务», «甲当选…», «甲任…», 任职名单."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.recognize import names
from ljnews.recognize.naming import Claim, Scene
from ljnews.text.mention import Mention

RULES = {
    "person.appointed": "任命、提名、当选(任命甲为副市长)",
    "person.dismissed": "免去、辞去(免去甲的局长职务)",
    "person.holds": "甲任、甲担任(姓名与任职动词)",
}
_TO_POST = re.compile(r"(任命|决定任命|提名|推荐|聘任|聘请|选举|补选|任用|提拔|增补|推选|选聘|批准任命|接受)?[ :]?([\u4e00-\u9fff· ]{2,12}?)(?:\([^()\n]{1,12}\))?(?:同志|为|当选为?|担任|出任|兼任|接任|任|拟任|挂任|现任|历任|曾任|被任命为|辞去|不再担任|不再兼任|的)+$")
_FREE = re.compile(r"免去|免职|撤销|罢免|终止")
_RESIGN = re.compile(r"辞去|不再担任|不再兼任")
_APPOINT = re.compile(r"任命|聘任|当选|选举|补选|增补|推选|选聘|任职")
_NOMINATE = re.compile(r"提名|拟任|推荐|拟提拔|公示")


def find(scene: Scene) -> Iterator[Claim]:
    """Yield persons tied to the posts that follow a verb of office."""
    for chain in scene.chains:
        claim = _one(scene, chain)
        if claim is not None:
            yield claim


def _one(scene: Scene, chain: list[Mention]) -> Claim | None:
    folded, first = scene.folded, chain[0]
    low = max(folded.rfind("\n", 0, first.start), folded.rfind("。", 0, first.start), first.start - 30) + 1
    left = folded[low : first.start]
    match = re.search(r"(?:为|当选为?|担任|出任|兼任|接任|拟任|挂任|现任|曾任|任|被任命为|辞去|不再担任|不再兼任|的)$", left)
    if not match:
        return None
    end = low + match.start()
    verb = match.group()
    end = _back(folded, end, low)
    name = _name_before(folded, end, low)
    if name is None:
        return None
    start, end = name
    before = folded[max(0, start - 60) : start]
    sentence = folded[scene.text.sentence_at(start)[0] : start]
    state, rule = _state(sentence, before, verb, folded[chain[-1].end : chain[-1].end + 6])
    if rule is None:
        return None
    return Claim(start, end, rule, None, list(chain), state, score=5.5)


def _back(folded: str, end: int, low: int) -> int:
    """Step back over a bracket or 同志 between name and verb."""
    if folded[end - 1 : end] == ")":
        opening = folded.rfind("(", low, end)
        if opening > low:
            end = opening
    if folded.endswith("同志", low, end):
        end -= 2
    return end


def _name_before(folded: str, end: int, low: int) -> tuple[int, int] | None:
    """Return the name that ends at an offset."""
    for size in (3, 2, 4, 5):
        start = end - size
        if start < low:
            continue
        if folded[start + 1 : end].count(" ") and names.read_spaced(folded, start) == end:
            return start, end
        opens = start == low or not names.is_han(folded[start - 1]) or folded.endswith(_BEFORE, 0, start)
        if not opens or " " in folded[start:end]:
            continue
        reading = names.read(folded, start, stop=end)
        if reading is not None and reading.end == end and reading.score >= 2.5:
            return start, end
        dot = folded.rfind("·", low, end)
        if dot > 0 and size == 3:
            head = dot
            while head > low and names.is_han(folded[head - 1]) and not folded.endswith(_BEFORE, 0, head):
                head -= 1
            if dot - head >= 1 and end - dot >= 2:
                return head, end
    return None


_BEFORE = ("任命", "免去", "提名", "选举", "补选", "聘任", "推荐", "接受", "决定", "同意", "增补", "推选", "批准", "由", "撤销", "罢免", "聘请", "去")


def _state(sentence: str, before: str, verb: str, after: str) -> tuple[str | None, str | None]:
    """Return the state and the rule, (None, None) where nothing decides about the person."""
    if verb == "的":
        if _FREE.search(sentence) or (_FREE.search(before) and "职务" in after):
            return "dismissed", "person.dismissed"
        return None, None
    if _RESIGN.match(verb):
        return "former", "person.dismissed"
    if verb in ("拟任",) or _NOMINATE.search(sentence):
        return "designate", "person.appointed"
    if _APPOINT.search(sentence) or _APPOINT.search(before) or verb.startswith("当选"):
        return "appointed", "person.appointed"
    if verb in ("任", "担任", "出任", "兼任", "接任", "现任", "挂任", "曾任"):
        return ("former" if verb == "曾任" else "appointed" if verb in ("出任", "接任") else None), "person.holds"
    return None, None

"""Persons shown by other words than a title: a verb of saying, 同志, an interview turn, «他叫…», an age or a birth year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.recognize import names
from ljnews.recognize.naming import Claim, Scene, list_after, name_at

RULES = {
    "person.speech": "句首的姓名与言说动词(石国平说)",
    "person.courtesy": "姓名与同志、先生、女士、烈士",
    "person.member": "机构名后直接接姓名与言说动词(能源研究所韩某接受采访时表示)",
    "person.turn": "访谈中的说话人(王熊骅:)",
    "person.called": "他叫向大妹",
    "person.age": "姓名与年龄、性别(向大妹今年58岁)",
}
_SPEECH = re.compile(r"(?:^|[\n。!?;,:”\"」])[ ]*([\u4e00-\u9fff]{2,4}?)(?:[\u4e00-\u9fff]{0,6}?地)?(?:也|还|又|则|笑着|曾|如是)?(?:说|表示|介绍|告诉记者|告诉|坦言|笑称|感慨|回忆|感叹|称|强调|指出|透露|认为|直言|笑道|说道|高兴|激动|开心|算了|乐呵呵|指着)(?=[,:。“\"道说]|[\u4e00-\u9fff])")
_COURTESY = re.compile(r"(同志|先生|女士|烈士|老人|老师|院士|教授|医生|大爷|大娘|夫妇|一行|等人)")
_CALLED = re.compile(r"(?:[他她]|主人公|主人|老板|小伙子?|名字|姓名)(?:就是|名?叫做?|便是|是|为)?(?:做|作)?[“\"]?(?=[\u4e00-\u9fff]{2,4})(?<=[叫是为作做“\"])")
_AGE = re.compile(r"(?:^|[\n。!?;,”])[ ]*([\u4e00-\u9fff]{2,4})(?:,?今年\d{2}岁|,(?:男|女)[,,。]|\((?:男|女)[,)]|,\d{2}岁|\(\d{2}岁\)|,\d{4}年\d{0,2}月?(?:出)?生)")


def find(scene: Scene) -> Iterator[Claim]:
    """Yield persons by the words around their names."""
    yield from _speakers(scene)
    yield from _members(scene)
    yield from _courtesy(scene)
    yield from _turns(scene)
    yield from _by_pattern(scene, _CALLED, "person.called", 3.5)
    for match in _AGE.finditer(scene.folded):
        reading = names.read(scene.folded, match.start(1), stop=match.end(1))
        if reading is not None and reading.end == match.end(1) and reading.score >= 3:
            yield Claim(match.start(1), reading.end, "person.age", "citizen", score=4.0)


def _speakers(scene: Scene) -> Iterator[Claim]:
    """A name at the head of a clause before a verb of saying."""
    for match in _SPEECH.finditer(scene.folded):
        start = match.start(1)
        reading = name_at(scene, start, floor=5.0)
        if reading is None:
            continue
        yield Claim(start, reading.end, "person.speech", None, score=reading.score - 2)


_MEMBER_KINDS = {"institution": "expert", "association": "expert", "company": "business"}


def _members(scene: Scene) -> Iterator[Claim]:
    """A name between an institution or firm and a verb of saying."""
    for mention in scene.text.of("organization"):
        kind = _MEMBER_KINDS.get(mention.value.klass)
        if kind is None or not names.surname_length(scene.folded, mention.end):
            continue
        reading = name_at(scene, mention.end, floor=5.0)
        if reading is None:
            continue
        word = names.follower(scene.folded, reading.end)
        if word and names.followers()[word] == "speech" or word in ("接受", "接受采访", "在接受"):
            yield Claim(mention.end, reading.end, "person.member", kind, score=reading.score - 2)


def _courtesy(scene: Scene) -> Iterator[Claim]:
    """A name before 同志, 先生, 烈士 …"""
    folded = scene.folded
    for match in _COURTESY.finditer(folded):
        end, word = match.start(), match.group()
        for size in (3, 2, 4):
            start = end - size
            if start < 0 or (start and names.is_han(folded[start - 1]) and not _opens(folded, start)):
                continue
            reading = names.read(folded, start, stop=end)
            if reading is None or reading.end != end or reading.score < 4.4:
                continue
            kind = "historical" if word == "烈士" else "expert" if word in ("院士", "教授") else None
            yield Claim(start, end, "person.courtesy", kind, score=reading.score - 2)
            break


_OPENERS = tuple("以向对与和由在受把被请让为是的、经将随给同学习追忆缅怀纪念悼念采访任命免去提名推荐".replace("学习追忆缅怀纪念悼念采访任命免去提名推荐", "")) + (
    "学习", "追忆", "缅怀", "纪念", "悼念", "采访", "任命", "免去", "提名", "推荐", "以", "革命",
)  # fmt: skip


def _opens(folded: str, start: int) -> bool:
    """Say whether a name may begin after these characters."""
    return folded.endswith(_OPENERS, 0, start)


def _turns(scene: Scene) -> Iterator[Claim]:
    """The speaker of an interview turn."""
    text = scene.text
    for turn in text.turns:
        end = turn.start
        while end > 0 and text.folded[end - 1] in ": ":
            end -= 1
        start = end - len(turn.speaker)
        if start < 0 or text.string[start:end] != turn.speaker:
            continue
        reading = names.read(text.folded, start, stop=end)
        if reading is not None and reading.end == end and reading.score >= 3:
            yield Claim(start, end, "person.turn", None, score=4.5)


def _by_pattern(scene: Scene, pattern: re.Pattern[str], rule: str, floor: float) -> Iterator[Claim]:
    for match in pattern.finditer(scene.folded):
        reading = name_at(scene, match.end(), floor=floor)
        if reading is not None:
            yield Claim(match.end(), reading.end, rule, "citizen", score=reading.score - 1)

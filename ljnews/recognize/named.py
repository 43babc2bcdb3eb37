"""Persons shown by other words than a title: a verb of saying, 同志, an interview turn, «他叫…», an age or a birth year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ljnews.recognize import names, places, sounded, titles
from ljnews.recognize.naming import Claim, Scene, name_at, token_at
from ljnews.text.turns import turns

RULES = {
    "person.speech": "句首的姓名与言说动词(石国平说)",
    "person.subject": "句首三字姓名与多字动词(项某某宣读了)",
    "person.courtesy": "姓名与同志、先生、女士、烈士",
    "person.member": "机构名后直接接姓名与言说动词(能源研究所韩某接受采访时表示)",
    "person.turn": "访谈中的说话人(王熊骅:)",
    "person.called": "他叫向大妹、姓名:向大妹、在向大妹看来",
    "person.caption": "图片说明中带方位的姓名(王振(右))",
    "person.age": "姓名与年龄、性别(向大妹今年58岁)",
    "person.series": "三个以上并列、每项都像姓名(甲、乙、丙在主席台就座)",
}
# After a name at the head of a clause: up to six characters of manner, then a verb of saying.
_SPEECH = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?地)?(?:也|还|又|则|笑着|曾|如是)?"
    r"(?:说|表示|介绍|告诉|坦言|笑称|感慨|回忆|感叹|称|强调|指出|透露|认为|直言|笑道|高兴|激动|开心|算了|乐呵呵|指着)"
)
_SPEECH_SOON = re.compile(r"[\u4e00-\u9fff]{2,12}?[说表介告坦笑感回称强指透认直高激开算乐]")
_COURTESY_KINDS = {"烈士": "historical"}
_CALLED_TAIL = frozenset("他她字人就是名老伙子板公叫")
# What tells an age, a sex or a birth right after a name.
_AGE = re.compile(r",(?=[\d男女今])(?:(?:男|女)[,。]|今年\d\d岁|\d\d岁|\d{4}年\d{0,2}月?(?:出)?生)|今年\d\d岁|\((?:(?:男|女)[,)]|\d\d岁\))")


def find(scene: Scene) -> Iterator[Claim]:
    """Yield persons by the words around their names."""
    yield from _speakers(scene)
    yield from _members(scene)
    yield from _courtesy(scene)
    yield from _turns(scene)
    yield from _bracketed(scene)
    yield from _called(scene)
    yield from _in_whose_eyes(scene)
    yield from _aged(scene)
    yield from _pictured(scene)
    yield from _series(scene)


@cache
def _clause_head() -> re.Pattern[str]:
    """A pattern of where a clause after another begins with a character that begins a surname."""
    first = "".join(sorted({surname[0] for surname in names.surname_classes()}))
    return re.compile(rf"[\n。!?;,:”\"」] *(?=[{first}])")


def _clause_starts(folded: str) -> Iterator[int]:
    """Yield where a clause begins that may begin with a name."""
    yield len(folded) - len(folded.lstrip(" "))
    for match in _clause_head().finditer(folded):
        yield match.end()


def _speakers(scene: Scene) -> Iterator[Claim]:
    """A name at the head of a clause before a verb of saying."""
    folded, surnames = scene.folded, names.surname_classes()
    seen: dict[str, list[Claim]] = {}
    for start in _clause_starts(folded):
        if folded[start : start + 1] not in surnames and folded[start : start + 2] not in surnames:
            continue
        if not _SPEECH_SOON.match(folded, start):
            subject = _subject(folded, start)
            if subject is not None:
                seen.setdefault(folded[start : subject.end], []).append(subject)
            continue
        reading = name_at(scene, start, floor=4.0)
        if reading is not None and _SPEECH.match(folded, reading.end) and (reading.score >= 5.0 or _comes_again(folded, start, reading)):
            yield Claim(start, reading.end, "person.speech", None, score=reading.score - 2)
    for claims in seen.values():
        if len(claims) > 1 or claims[0].score >= _ONCE:
            yield from (replace(c, score=3.0) for c in claims)


_SAID = re.compile(r"(?:说|表示|介绍|坦言|强调|指出|认为)[,:]")


def _comes_again(folded: str, start: int, reading: names.Reading) -> bool:
    """Say whether a name that reads less well stands right before «说,» and is a subject at another place too (周骥说,……周骥带领)."""
    name = folded[start : reading.end]
    if _SAID.match(folded, reading.end) is None or names.surname_classes().get(name[0]) != "a" or names.is_word(name):
        return False
    if any(names.given_classes().get(c) != "strong" for c in name[1:]):
        return False
    return any(at != start and not names.is_han(folded[at - 1 : at] or " ") for at in _places_of(folded, name))


def _places_of(folded: str, name: str) -> Iterator[int]:
    """Yield where a string stands, the first few places."""
    at = folded.find(name)
    for _ in range(8):
        if at < 0:
            return
        yield at
        at = folded.find(name, at + 1)


# A subject that comes but once must read better than one that comes again.
_ONCE = 6.0
# What else may follow one that comes again (卢伟是, 肖丽在).
_PLAIN = frozenset("是在有和跟把从")


def _subject(folded: str, start: int) -> Claim | None:
    """A name at the head of a clause before a verb of several characters (甲某某宣读了…)."""
    if names.surname_classes().get(folded[start : start + 2]) != "compound" and names.surname_classes().get(folded[start]) != "a":
        return None
    if not any(names.follower(folded, start + size) for size in (2, 3, 4)):
        return None
    reading = names.read(folded, start)
    if reading is None or reading.score < 4.8:
        return None
    end, table = reading.end, names.given_classes()
    given = folded[start + names.surname_length(folded, start) : end]
    after = names.follower(folded, end)
    if (len(after) < 2 and after not in _PLAIN) or any(table.get(c) not in ("strong", "usual") for c in given):
        return None
    if names.is_act(given) or names.is_word(folded[start : start + 2]) or names.is_word(folded[start:end]):
        return None
    once = (
        len(after) > 1
        and len(given) == 2
        and all(table.get(c) == "strong" for c in given)
        and names.tagged_name(folded[start : end + 6], end - start)
    )
    return Claim(start, end, "person.subject", None, score=reading.score if once else min(reading.score, 5.5))


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
        if (word and names.followers()[word] == "speech") or word in ("接受", "接受采访", "在接受"):
            yield Claim(mention.end, reading.end, "person.member", kind, score=reading.score - 2)


def _courtesy(scene: Scene) -> Iterator[Claim]:
    """A name before 同志, 先生, 烈士 …"""
    folded = scene.folded
    for hit in titles.hits(folded):
        if hit.entry.klass != "courtesy":
            continue
        end = hit.start
        for size in (3, 2, 4):
            start = end - size
            if start < 0 or (start and names.is_han(folded[start - 1]) and not folded.endswith(_OPENERS, 0, start)):
                continue
            if size == 3 and folded[start] in _OPENERS and _reads(folded, start + 1, end):
                continue  # 向|雷锋|同志
            reading = names.read(folded, start, stop=end)
            if reading is None or reading.end != end or reading.score < 4.4:
                continue
            yield Claim(start, end, "person.courtesy", _COURTESY_KINDS.get(hit.entry.term), score=reading.score - 2)
            break


def _reads(folded: str, start: int, end: int) -> bool:
    """Say whether a span reads as a name."""
    reading = names.read(folded, start, stop=end)
    return reading is not None and reading.end == end and reading.score >= 3.0


# A name may begin after these.
_OPENERS = (
    "以", "向", "对", "与", "和", "由", "在", "受", "把", "被", "请", "让", "为", "是", "的", "、", "经", "将", "随", "给", "同", "学习",
    "追忆", "缅怀", "纪念", "悼念", "采访", "任命", "免去", "提名", "推荐", "革命", "听取", "陪同", "会见", "慰问",
)  # fmt: skip


def _turns(scene: Scene) -> Iterator[Claim]:
    """The speaker of an interview turn."""
    text = scene.text
    spoken = text.turns or (turns(text.string) if "记者" in text.folded or "问:" in text.folded else [])
    for turn in spoken:
        end = turn.start
        while end > 0 and text.folded[end - 1] in ": ":
            end -= 1
        start = end - len(turn.speaker)
        if start < 0 or text.string[start:end] != turn.speaker:
            continue
        reading = names.read(text.folded, start, stop=end)
        if reading is not None and reading.end == end and reading.score >= 3:
            yield Claim(start, end, "person.turn", None, score=4.5)


# «[金剑欣]好的。» at the head of a line: how some sites set a talk.
_BRACKET_TURN = re.compile(r"^[\[【]([\u4e00-\u9fff]{2,4})[\]】]", re.M)


def _bracketed(scene: Scene) -> Iterator[Claim]:
    """The speaker of a turn in square brackets."""
    if "\n[" not in scene.folded and "\n【" not in scene.folded:
        return
    for match in _BRACKET_TURN.finditer(scene.folded):
        start, end = match.span(1)
        reading = names.read(scene.folded, start, stop=end)
        if reading is not None and reading.end == end and reading.score >= 4.0:
            yield Claim(start, end, "person.turn", None, score=4.5)


def _called(scene: Scene) -> Iterator[Claim]:
    """他叫甲, 主人名叫乙."""
    folded = scene.folded
    at = folded.find("叫")
    while at >= 0:
        start = at + 1
        if folded[at - 1 : at] in _CALLED_TAIL:
            while folded[start : start + 1] in ("做", "作", "“", '"'):
                start += 1
            reading = name_at(scene, start, floor=3.5)
            place = (
                reading is not None and folded[reading.end - 1] in "河湖江溪沟村镇乡寨岭" and folded[reading.end : reading.end + 1] == "的"
            )
            if reading is not None and not place:
                yield Claim(start, reading.end, "person.called", "citizen", score=reading.score - 1)
        at = folded.find("叫", start)
    at = folded.find("姓名:")
    while at >= 0:
        reading = name_at(scene, at + 3, floor=2.0)
        if reading is not None:
            yield Claim(at + 3, reading.end, "person.called", None, score=4.0)
        at = folded.find("姓名:", at + 3)


_RUN = re.compile(r"(?:、[\u4e00-\u9fff]{2,4}){2,}")
_NO_HEAD = frozenset("、”》")
# Together and one by one, how well the items of a series must read.
_SERIES_MEAN, _SERIES_LEAST = 4.2, 2.4


def _series(scene: Scene) -> Iterator[Claim]:
    """Three names or more in a row that no title opens (甲、乙、丙等和主席团成员在主席台就座)."""
    for start in _series_heads(scene.folded):
        spans = list(_items(scene.folded, start))
        if len(spans) < 3:
            continue
        scores = [score for _, _, score in spans]
        if sum(scores) / len(scores) >= _SERIES_MEAN and min(scores) >= _SERIES_LEAST:
            for start, end, _ in spans:
                yield Claim(start, end, "person.series", None, score=3.0)


def _series_heads(folded: str) -> Iterator[int]:
    """Yield where a run of short items begins: two or three characters behind a border, then 、 and two items more."""
    at = folded.find("、")
    while at >= 0:
        run = _RUN.match(folded, at)
        if run is None:
            at = folded.find("、", at + 1)
            continue
        for size in (2, 3):
            start = at - size
            before = folded[start - 1] if start > 0 else "\n"
            if start >= 0 and not names.is_han(before) and before not in _NO_HEAD and all(map(names.is_han, folded[start:at])):
                yield start
        at = folded.find("、", run.end())


def _items(folded: str, at: int) -> Iterator[tuple[int, int, float]]:
    """Yield the items of a series with how well they read; nothing where one is no name."""
    found = []
    while True:
        reading = names.read(folded, at)
        end = reading.end if reading else at
        after = folded[end : end + 1]
        if (
            reading is None
            or names.is_word(folded[at:end])
            or names.word_at(folded, at)
            or (after and names.is_han(after) and not names.follower(folded, end))
        ):
            return
        found.append((at, end, reading.score))
        if after != "、":
            break
        at = end + 1
    if not any(place for place in _places(folded, found)):
        yield from found


def _places(folded: str, found: list[tuple[int, int, float]]) -> Iterator[str]:
    """Yield the items that are places (高坪、顺庆、嘉陵)."""
    for start, end, _ in found:
        if folded[start:end] in places.divisions():
            yield folded[start:end]


_PLACED = re.compile(r"\((?:前排|后排)?[左右中前后][一二三四五六起侧边者图]{0,3}\)")


_DOTTED_END = re.compile(r"[\u4e00-\u9fff]{1,6}[·•‧][\u4e00-\u9fff]{1,7}$")


def _pictured(scene: Scene) -> Iterator[Claim]:
    """A name before its place in a picture: 甲(左二)."""
    folded = scene.folded
    for match in _PLACED.finditer(folded):
        end = match.start()
        dotted = _DOTTED_END.search(folded, max(0, end - 16), end)
        if dotted and sounded.sounds(dotted.group().replace("·", "")) > 0.6:
            yield Claim(dotted.start(), end, "person.caption", None, score=4.0)
            continue
        for size in (3, 2, 4):
            start = end - size
            if start < 0 or (start and names.is_han(folded[start - 1])):
                continue
            reading = names.read(folded, start, stop=end)
            if names.surname_classes().get(folded[start], "a") != "a" and names.is_word(folded[start + 1 : end]):
                continue  # 厂房(左)和|仓库(右)
            if reading is not None and reading.end == end and reading.score >= 3.0:
                yield Claim(start, end, "person.caption", None, score=4.0)
                break


def _in_whose_eyes(scene: Scene) -> Iterator[Claim]:
    """在甲看来."""
    folded = scene.folded
    at = folded.find("看来")
    while at >= 0:
        for size in (3, 2, 4):
            start = at - size
            if start > 0 and folded[start - 1] == "在":
                reading = names.read(folded, start, stop=at)
                if reading is not None and reading.end == at and reading.score >= 4.0:
                    yield Claim(start, at, "person.called", None, score=4.0)
        at = folded.find("看来", at + 2)


def _aged(scene: Scene) -> Iterator[Claim]:
    """A name at the head of a clause before an age, a sex or a birth year."""
    folded = scene.folded
    at = folded.find("岁的")
    while at >= 0:
        if names.surname_length(folded, at + 2) or sounded.sounds(folded[at + 2 : at + 3]):
            reading = name_at(scene, at + 2, floor=3.0) if names.surname_length(folded, at + 2) else token_at(scene, at + 2)
            if reading is not None and not names.is_word(folded[at + 2 : reading.end]):
                yield Claim(at + 2, reading.end, "person.age", "citizen", score=4.5)
        at = folded.find("岁的", at + 2)
    for match in _AGE.finditer(folded):
        end = match.start()
        for size in (3, 2, 4):
            start = end - size
            if start < 0 or (start and folded[start - 1] not in "\n。!?;,”: 的"):
                continue
            reading = names.read(folded, start, stop=end)
            if reading is not None and reading.end == end and reading.score >= 3:
                yield Claim(start, end, "person.age", "citizen", score=4.0)
                break

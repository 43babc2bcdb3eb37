"""Persons named by what is decided about them: «任命甲为…», «免去甲的…职务», «甲当选…», «甲任…», «接受甲辞去…的请求».

The post is found first; then the name is looked for to its left, across the verb that ties them. Where the post has no name of its own
(«免去其…职务», «回村担任…») it belongs to the person named last in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ljnews.recognize import names, places
from ljnews.recognize.naming import Claim, Scene, designate
from ljnews.text.mention import Mention

RULES = {
    "person.appointed": "任命、提名、当选(任命甲为副市长)",
    "person.dismissed": "免去、辞去(免去甲的局长职务)",
    "person.holds": "甲任、甲担任(姓名与任职动词)",
}
# Longest first: what ties a name on its left to the post on its right.
_VERBS = (
    "改任", "调任", "转任", "升任", "续任", "卸任", "拟推荐提名为", "拟提名为", "被提名为", "推荐提名为", "提名为", "被任命为",
    "拟任命为", "不再担任", "不再兼任", "当选为", "推选为", "选举为", "聘任为", "担任了", "当选", "担任", "出任", "兼任",
    "接任", "拟任", "挂任", "现任", "曾任", "历任", "辞去", "代理", "为", "任", "的", "系", "是",
)  # fmt: skip
_REACH = 40  # characters between a name and the post that it is tied to
_WHO_REACH, _WHO_FLOOR = 26, 4.5
_SENTENCE_REACH = 600  # a decree with forty names is one sentence; more of it decides nothing
_LAST = frozenset(v[-1] for v in _VERBS)
_CANDIDATE = re.compile(r"(?:正式)?(?:候选人|人选)")
_FREE = re.compile(r"免去|免职|撤销|罢免|终止|不再担任")
_RESIGN = re.compile(r"辞去|卸任|不再担任|不再兼任")
_APPOINT = re.compile(r"任命|聘任|当选|选举|补选|增补|推选|选聘|任职")
_NOMINATE = re.compile(r"提名|拟任|推荐|拟提拔|公示|候选人")
# What may stand right before the name in such a sentence.
_BEFORE = (
    "任命", "拟任", "拟任命", "拟提名", "免去", "提名", "选举", "补选", "聘任", "推荐", "接受", "决定", "同意", "增补", "推选", "批准",
    "由", "选举出", "选出", "推选出", "撤销", "罢免", "聘请", "选聘", "任用", "关于", "提请", "的", "以及", "和", "及",
)  # fmt: skip
# «他就担任了…», «现任…» after a full stop: the person named last in the paragraph.
_DECIDES = ("任命", "免去", "选举", "补选", "提名", "聘任", "撤销", "罢免", "接受", "增补", "推选")
_PRONOUN = re.compile(r"(?:^|[,。;])(?:[^,。;]{0,12},)?[他她](?:就|便|又|也|还|曾|已|先后|再次)?$")
_PRESENT = re.compile(r"(?:^|[,;。)])(?:现任|时任|现|曾任|历任|原任|拟任|任)?$")


def find(scene: Scene, known: Iterable[Claim]) -> Iterator[Claim]:
    """Yield persons tied to the posts that follow a verb of office."""
    named = sorted(known, key=lambda c: c.start)
    taken = {id(p) for c in named for p in c.posts}
    found: list[Claim] = []
    for chain in scene.chains:
        if id(chain[0]) in taken:
            continue
        made = list(_tied(scene, chain, named)) or list(_goes_on(scene, chain, found))
        found += made
        named += made
    yield from found


def _goes_on(scene: Scene, chain: list[Mention], found: list[Claim]) -> Iterator[Claim]:
    """«免去其市委常委、委员和|副市长职务»: a post after 和 goes to the person whom the one before it was given to or taken from."""
    at = chain[0].start - 1
    if scene.folded[at : at + 1] not in ("和", "及", "、") or not found:
        return
    last = found[-1]
    if last.posts and last.posts[-1].end == at:
        yield Claim(last.start, last.end, last.rule, last.kind, list(chain), last.state, score=last.score)


def _tied(scene: Scene, chain: list[Mention], known: list[Claim]) -> Iterator[Claim]:
    folded, first = scene.folded, chain[0]
    reach = max(0, first.start - _REACH)
    low = max(folded.rfind("\n", reach, first.start), folded.rfind("。", reach, first.start), reach - 1) + 1
    sentence_start = max(scene.text.sentence_at(first.start)[0], first.start - _SENTENCE_REACH)
    left = folded[low : first.start]
    verb = next((v for v in _VERBS if left.endswith(v)), None) if left[-1:] in _LAST else None
    after = folded[chain[-1].end : chain[-1].end + 5]
    if verb is None and left.endswith("其"):
        decided = folded[sentence_start : first.start]
        state = "dismissed" if decided.endswith(("免去其", "撤销其", "罢免其")) else None
        yield from _last_named(scene, chain, known, sentence_start, first.start, state, "person.dismissed" if state else "person.appointed")
        return
    if verb is None:
        yield from _who(scene, chain, sentence_start, after)
        yield from _bare_dismissal(scene, chain, sentence_start, low, after)
        yield from _described(scene, chain, known, sentence_start)
        return
    end = first.start - len(verb)
    state, rule = _state(_heading(folded, sentence_start) + folded[sentence_start:end], verb, after, first)
    if rule is None or (verb in ("现任", "历任", "曾任", "任", "拟任") and _PRESENT.search(folded[low : first.start])):
        yield from _described(scene, chain, known, sentence_start)
    if rule is None:
        yield from _who(scene, chain, sentence_start, after)
        return
    at = _back(folded, end, low)
    spans = _names_before(folded, at, low) or [(c.start, c.end) for c in known if c.end == at]
    candidate = _CANDIDATE.match(after) if state == "designate" else None
    if candidate:
        chain = [*chain[:-1], designate(chain[-1], candidate.group())]
    for start, stop in spans:
        yield Claim(start, stop, rule, None, list(chain), state, score=5.5)
    if not spans and _PRONOUN.search(folded[low:end]):
        yield from _in_paragraph(scene, chain, known, end, state, rule)
    elif not spans and verb not in ("为", "是", "系", "任"):
        yield from _last_named(scene, chain, known, sentence_start, end, state, rule)


def _last_named(
    scene: Scene, chain: list[Mention], known: list[Claim], sentence_start: int, end: int, state: str | None, rule: str
) -> Iterator[Claim]:
    """The person named last in the sentence, where nothing but a few words stand between (回村担任, 决定其代理)."""
    folded = scene.folded
    last = [c for c in known if sentence_start <= c.start and c.end <= end]
    if not last:
        return
    one = max(last, key=lambda c: c.end)
    between = folded[one.end : end]
    near = len(between) <= (12 if between.startswith(",") and "、" not in between else 6)
    if len(between) > 40 or not (near or "其" in between[-8:] or _SAME_SUBJECT.search(between)):
        return
    yield Claim(one.start, one.end, rule, one.kind, list(chain), state, score=5.0)


# «甲同志任市委书记,|不再担任市长职务»: the subject goes on behind his own post.
_SAME_SUBJECT = re.compile(r"^(?:同志|先生|女士)?(?:现|拟|兼)?(?:任|担任|当选为?|为)[^;。]{2,30},(?:并|同时)?$")


def _in_paragraph(scene: Scene, chain: list[Mention], known: list[Claim], end: int, state: str | None, rule: str) -> Iterator[Claim]:
    """The person named last in the paragraph, whom 他 or 她 stands for."""
    start = scene.text.paragraph_at(end)[0]
    last = [c for c in known if start <= c.start and c.end <= end]
    if last:
        one = max(last, key=lambda c: c.end)
        yield Claim(one.start, one.end, rule, one.kind, list(chain), state, score=5.0)


def _described(scene: Scene, chain: list[Mention], known: list[Claim], sentence_start: int) -> Iterator[Claim]:
    """«甲,1962年12月生,江苏沭阳县委书记»: the post belongs to the person whose birth or sex opens the description."""
    first = chain[0]
    if not _PRESENT.search(scene.folded[max(0, first.start - 4) : first.start]):
        return
    if scene.folded[first.start - 1 : first.start] == "," and _CARD_END.match(scene.folded, chain[-1].end):
        card = list(_card(scene, chain))
        if card:
            yield from card
            return
    last = [c for c in known if sentence_start <= c.start and c.end <= first.start]
    one = max(last, key=lambda c: c.end, default=None)
    between = scene.folded[one.end : first.start] if one else ""
    if one is None or one.rule != "person.age" or ";" in between or between.count("(") > between.count(")"):
        return
    designate = scene.folded.endswith("拟任", 0, first.start)
    yield Claim(one.start, one.end, "person.holds", None, list(chain), "designate" if designate else None, score=5.0)


_WHO = re.compile(r"([\u4e00-\u9fff]{2,4})(?:就|便|也)?是[^,。;:!?\n“”]{0,18}$")


def _who(scene: Scene, chain: list[Mention], sentence_start: int, after: str) -> Iterator[Claim]:
    """«甲是该公司五分厂的|厂长,…»: a name at the head of the sentence, 是, and the post a few words on."""
    first = chain[0]
    if after[:1] not in ("", ",", "。", "\n") or first.start - sentence_start > _WHO_REACH:
        return
    match = _WHO.match(scene.folded, sentence_start, first.start)
    if match is None:
        return
    start = match.start(1)
    reading = names.read(scene.folded, start)
    if reading is not None and scene.folded.startswith(("是", "就是", "也是", "便是"), reading.end) and reading.score >= _WHO_FLOOR:
        yield Claim(start, reading.end, "person.holds", None, list(chain), None, score=5.0)


_CARD_END = re.compile(r" {0,3}(?:[。;,\n]|$)")


def _card(scene: Scene, chain: list[Mention]) -> Iterator[Claim]:
    """«\\n甲,某某村党支部书记。»: who somebody is, a line or sentence for itself."""
    folded, end = scene.folded, chain[0].start - 1
    for size in (3, 2, 4):
        start = end - size
        if start < 0 or (start and folded[start - 1] not in "\n。:"):
            continue
        reading = names.read(folded, start, stop=end)
        if reading is not None and reading.end == end and reading.score >= 4.0 and not names.is_word(folded[start:end]):
            yield Claim(start, end, "person.holds", None, list(chain), None, score=5.0)
            return


def _bare_dismissal(scene: Scene, chain: list[Mention], sentence_start: int, low: int, after: str) -> Iterator[Claim]:
    """«免去甲乙市环境保护局局长职务»: the name stands between the verb and the organisation with nothing to part them."""
    folded, first = scene.folded, chain[0]
    if not after.startswith(("职务", "的职务", "一职")):
        return
    at = max(folded.rfind(v, low, first.roles["head_start"]) + len(v) for v in ("免去", "撤销", "罢免"))
    if at < low + 2:
        if "免" not in _heading(folded, sentence_start):
            return
        at = sentence_start
    reading = _before_body(folded, at) or names.read(folded, at)
    if reading is None or reading.score < 2.0 or reading.end > first.roles["head_start"]:
        return
    after_name = reading.end + 2 if folded.startswith("同志", reading.end) else reading.end
    if first.start < after_name and first.value.organization:
        _trim(chain, after_name, scene)
    yield Claim(at, reading.end, "person.dismissed", None, list(chain), "dismissed", score=5.5)


def _before_body(folded: str, at: int) -> names.Reading | None:
    """The name that a division follows at once (免去许少华|南充市环境保护局)."""
    for size in (3, 2):
        end = at + size
        reading = names.read(folded, at, stop=end)
        if reading is not None and reading.end == end and any(s == 0 for s, _, _ in places.find(folded[end : end + 8])):
            return reading
    return None


def _trim(chain: list[Mention], start: int, scene: Scene) -> None:
    """Take the name off the front of a post's organisation, and of what the posts after it share with it."""
    first = chain[0]
    cut = scene.text.string[first.start : start]
    for post in chain[1:]:
        shared = post.value.organization or ""
        if len(shared) > len(cut) and shared.startswith(cut):
            post.value = replace(post.value, organization=shared[len(cut) :])
    first.value = replace(first.value, organization=scene.text.string[start : first.roles["head_start"]] or None)
    first.start = start


# «甲、乙、丙三位同志», «甲等15位同志».
_GROUP = re.compile(r"(?:等)?(?:[\d一二三四五六七八九十两]{1,3}[位名])?(?:同志|人|等)$")


def _back(folded: str, end: int, low: int) -> int:
    """Step back over a bracket, 同志, or a reason (因年龄原因) between name and verb."""
    while end > low and folded[end - 1] == " ":
        end -= 1
    if folded.endswith(("原因", "需要", "变动", "调动"), low, end):
        because = folded.rfind("因", max(low, end - 12), end - 2)
        end = because if because > low else end
    group = _GROUP.search(folded, max(low, end - 12), end)
    if group:
        end = group.start()
    for word in (
        "分别提出",
        "分别",
        "自愿",
        "同志",
        "先生",
        "女士",
        "提出",
        "请求",
        "捕前",
        "案发前",
        "生前",
        "此前",
        "先后",
        "利用",
        "利用其",
        "同时",
    ):
        if folded.endswith(word, low, end):
            end -= len(word)
            while end > low and folded[end - 1] == " ":
                end -= 1
    if folded[end - 1 : end] == ")":
        opening = folded.rfind("(", low, end)
        if opening > low:
            end = opening
    return end - 2 if folded.endswith("同志", low, end) else end


def _names_before(folded: str, end: int, low: int) -> list[tuple[int, int]]:
    """Return the names that end at an offset, listed ones included (任命甲、乙为…), in text order."""
    spans: list[tuple[int, int]] = []
    while True:
        name = _name_before(folded, end, low, listed=bool(spans))
        if name is None:
            return spans[::-1]
        spans.append(name)
        at = name[0]
        if folded[at - 1 : at] != "、":
            return spans[::-1]
        end = _back(folded, at - 1, low)


def _name_before(folded: str, end: int, low: int, *, listed: bool) -> tuple[int, int] | None:
    """Return the name that ends at an offset."""
    dotted = _dotted_before(folded, end, low)
    if dotted is not None:
        return dotted
    for size in (3, 5, 2, 4):
        start = end - size
        if start < low:
            continue
        if " " in folded[start:end].strip() and names.read_spaced(folded, start) == end:
            return start, end
        opens = start == low or not names.is_han(folded[start - 1]) or folded.endswith(_BEFORE, 0, start)
        if not opens or " " in folded[start:end]:
            continue
        reading = names.read(folded, start, stop=end)
        floor = 0.5 if folded.endswith(_DECIDES, 0, start) else 1.0 if listed else 2.5
        if reading is not None and reading.end == end and reading.score >= floor:
            return start, end
    return None


def _dotted_before(folded: str, end: int, low: int) -> tuple[int, int] | None:
    """A name with a middle dot that ends at an offset (任命巴特尔·斯琴为)."""
    dot = max(folded.rfind(d, max(low, end - 9), end) for d in "·•‧")
    if dot < 0 or not all(names.is_han(c) for c in folded[dot + 1 : end]):
        return None
    head = dot
    while (
        head > low
        and (names.is_han(folded[head - 1]) or folded[head - 1] in "·•‧")
        and not folded.endswith(_BEFORE, low, head)
        and dot - head < 12
    ):
        head -= 1
    return (head, end) if head < dot else None


_HEADED = re.compile(
    r"^[一二三四五六七八九十\d、.(): ]{0,6}(?:决定|经[\u4e00-\u9fff]{2,12})?"
    r"(?:任命|免去|免职|任职|辞去|批准任命|决定任命|决定免去)[\u4e00-\u9fff]{0,8}[::]?$"
)
_HEADING_REACH = 1500


def _heading(folded: str, start: int) -> str:
    """Return the line («任命:», «二、免去») that heads the list in which a line stands, an empty string where none does."""
    if start == 0 or folded[start - 1] != "\n":
        return ""
    for line in reversed(folded[max(0, start - _HEADING_REACH) : start - 1].split("\n")):
        if _HEADED.match(line.strip()):
            return line
        if len(line) > 60:
            return ""
    return ""


_HELD = {
    "任": None, "担任": None, "兼任": None, "现任": None, "挂任": None, "续任": None, "曾任": "former", "历任": "former",
    "出任": "appointed", "接任": "appointed", "调任": "appointed", "改任": "appointed", "转任": "appointed", "升任": "appointed",
}  # fmt: skip


def _state(sentence: str, verb: str, after: str, post: Mention) -> tuple[str | None, str | None]:
    """Return the state and the rule, (None, None) where nothing decides about a person."""
    if post.value.state in ("acting", "former") and verb == "的":
        return None, None
    decided = max(sentence.rfind(w) for w in ("任命", "免去", "聘任", "当选", "选举", "补选", "辞去", "提名", "拟任", "撤销", "推选"))
    recent = sentence[max(0, decided) :]
    if verb == "的":
        return ("dismissed", "person.dismissed") if _FREE.search(recent) and decided >= 0 else (None, None)
    if _RESIGN.match(verb):
        return "former", "person.dismissed"
    if verb == "代理":
        return "acting", "person.appointed"
    if verb.startswith("拟任") or "提名" in verb or _NOMINATE.search(recent):
        return "designate", "person.appointed"
    if (_APPOINT.search(recent) and decided >= 0) or verb.startswith(("当选", "被任命", "推选", "选举", "聘任")):
        return "appointed", "person.appointed"
    if verb in _HELD:
        return _HELD[verb], "person.holds"
    if verb in ("是", "系") and post.value.organization:
        return None, "person.holds"
    return None, None

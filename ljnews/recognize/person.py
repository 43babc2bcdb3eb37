"""Recognizer for `person` mentions: every name of every person that the text shows to be one.

Evidence comes first, one finder per kind of it; each yields `Claim`s. Then the claims are settled (one span, one claim; a doubtful reading
gives way to a sure one), every further occurrence of a settled name becomes a mention too, and each name gets its kind.

Reading order: `person`, then the finders in `FINDERS` (`titled`, `named`, `spoken`, `appointed`), then `settle`.
A mention's roles: `posts` (the `post` mentions that stand with it), `state` (appointed, dismissed … where the sentence says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from ljnews.recognize import appointment, byline, named, names, roster, titled
from ljnews.recognize.naming import Claim, Scene, scene
from ljnews.recognize.values import PersonName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    **titled.RULES,
    **named.RULES,
    **appointment.RULES,
    **roster.RULES,
    "person.byline": "署名中的记者、通讯员、编辑",
    "person.again": "已知姓名再次出现",
}
_DOTS = "·•‧・"


@extractor(
    "person", provides=("person",), requires=("post", "place"),
    lexicons=("surnames", "given_characters", "name_followers", "not_names"),
)  # fmt: skip
def person(text: Text) -> Iterator[Mention]:
    """Yield every mention of every person, in text order."""
    stage = scene(text)
    claims = [Claim(s, e, "person.byline", "journalist", score=9.0) for s, e in byline.credits(text)]
    claims += [Claim(s, e, "person.byline", "journalist", score=6.0) for s, e in byline.inline(text.folded)]
    credited = {at for c in claims for at in range(c.start, c.end)}
    claims += [c for c in titled.find(stage) if not credited or not any(p.roles["head_start"] in credited for p in c.posts)]
    claims += named.find(stage)
    claims += appointment.find(stage, claims)
    claims += roster.find(stage)
    settled = settle(claims, stage)
    settled += _after_titles(settled, stage)
    kinds = kinds_of(settled, text)
    mentions = [_mention(claim, text, kinds) for claim in settled]
    mentions += again(text, settled, kinds)
    yield from sorted(mentions, key=lambda m: (m.start, m.end))


def _after_titles(settled: list[Claim], stage: Scene) -> list[Claim]:
    """Return a claim where a name that is settled elsewhere stands right behind a title that has none (市长陈先运来…, 陈先运市长说)."""
    taken = {id(p) for c in settled for p in c.posts}
    starts = {c.start for c in settled}
    known = {_name(stage.text, c.start, c.end) for c in settled if c.end - c.start > 2}
    found = []
    for chain in stage.chains:
        end = chain[-1].end
        name = next((n for size in (3, 4) if (n := stage.folded[end : end + size]) in known), None)
        if name and end not in starts and id(chain[0]) not in taken:
            found.append(Claim(end, end + len(name), "person.title", titled.kind_of(chain), list(chain), score=5.0))
    return found


def _name(text: Text, start: int, end: int) -> str:
    name = names.plain(text.string[start:end])
    return name if name.isalnum() else name.translate(_dots(text.string))


@lru_cache(maxsize=4)
def _dots(string: str) -> dict[int, str]:
    """Return what dots in names become: the kind of dot that the text prints first, so that one name has one form."""
    first = min((at, dot) for dot in _DOTS if (at := string.find(dot)) >= 0)[1] if any(dot in string for dot in _DOTS) else "·"
    return dict.fromkeys(map(ord, _DOTS), first)


def _mention(claim: Claim, text: Text, kinds: dict[str, str | None]) -> Mention:
    name = _name(text, claim.start, claim.end)
    roles: dict[str, object] = {"posts": claim.posts}
    if claim.state:
        roles["state"] = claim.state
    return Mention("person", claim.start, claim.end, PersonName(name, kinds.get(name)), claim.rule, roles)


def settle(claims: Iterable[Claim], stage: Scene) -> list[Claim]:
    """Return the claims that stand: of overlapping ones the surer; a name that is another's beginning or runs on is corrected."""
    text = stage.text
    claims = list(claims)
    best: dict[str, float] = {}
    for claim in claims:
        name = _name(text, claim.start, claim.end)
        best[name] = max(best.get(name, 0.0), claim.score)
    kept: list[Claim] = []
    owner: dict[int, Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.score, c.start, c.end)):
        _agree(claim, text, best)
        clash = next((owner[at] for at in range(claim.start, claim.end) if at in owner), None)
        if clash is None:
            kept.append(claim)
            owner.update(dict.fromkeys(range(claim.start, claim.end), claim))
        elif (clash.start, clash.end) == (claim.start, claim.end):
            _merge(clash, claim)
    return sorted(kept, key=lambda c: c.start)


def _stated(post: Mention, state: str | None) -> Mention:
    """The post with a state of its own."""
    return Mention("post", post.start, post.end, replace(post.value, state=state), post.rule, post.roles) if state else post


def _merge(kept: Claim, other: Claim) -> None:
    """Join two claims of one span."""
    if kept.posts and other.posts and kept.state != other.state:
        # 现任县长甲,……拟任区委书记: each post keeps what its own sentence says.
        for claim in (kept, other):
            claim.posts = [_stated(p, claim.state) for p in claim.posts]
            claim.state = None
    known = {(p.start, p.value.title) for p in kept.posts}
    kept.posts += [p for p in other.posts if (p.start, p.value.title) not in known]
    kept.state = kept.state or other.state
    kept.kind = kept.kind or other.kind


def _agree(claim: Claim, text: Text, best: dict[str, float]) -> None:
    """Shorten or lengthen a doubtful reading to a sure name of the article (王波表 → 王波)."""
    if claim.score >= 5.0 or "·" in text.folded[claim.start : claim.end]:
        return
    length = claim.end - claim.start
    own = best.get(_name(text, claim.start, claim.end), 0.0)  # where the text has this very name elsewhere, it stands
    for other in (length - 1, length + 1):
        name = _name(text, claim.start, claim.start + other)
        if other >= 2 and best.get(name, 0.0) >= claim.score + 1.5 and best.get(name, 0.0) > own:
            claim.end = claim.start + other
            return


def kinds_of(claims: list[Claim], text: Text) -> dict[str, str | None]:
    """Return the kind of every name: official where a public post stands with it anywhere, else what a title says, else what other words say."""
    by_name: dict[str, list[Claim]] = {}
    for claim in claims:
        by_name.setdefault(_name(text, claim.start, claim.end), []).append(claim)
    return {name: _kind(ones) for name, ones in by_name.items()}


def _short_of(title: str, other: str) -> bool:
    """Say whether a title is how one is addressed whose own is longer (主任, 主任医师)."""
    return other != title and other.startswith(title) and other.endswith("师")


def _kind(claims: list[Claim]) -> str | None:
    posts = [p.value for c in claims for p in c.posts]
    fuller = {p.title for p in posts if p.organization is not None}
    posts = [p for p in posts if p.organization is not None or not any(_short_of(p.title, o.title) for o in posts)]
    # A bare 秘书长 after 协会秘书长 is the same post, and no public one.
    if any(p.public and (p.organization is not None or p.title not in fuller) for p in posts):
        return "official"
    kinds = [(c, c.kind or (titled.kind_of(c.posts) if c.posts else None)) for c in sorted(claims, key=lambda c: not c.posts)]
    told = [kind for _, kind in kinds if kind not in (None, "official")]
    return told[0] if told else None


def again(text: Text, settled: list[Claim], kinds: dict[str, str | None]) -> Iterator[Mention]:
    """Yield the further occurrences of known names, the longer name first."""
    folded = text.folded
    taken = {(c.start, c.end) for c in settled}
    covered = bytearray(len(folded))
    for claim in settled:
        covered[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
    for name in sorted(kinds, key=lambda n: (-len(n), n)):
        for start in _occurrences(folded, name):
            end = start + len(name)
            if (start, end) in taken or any(covered[start:end]):
                continue
            if not _stands_alone(folded, start, end, name):
                text.refuse("person.again", start, end, "part of a longer word")
                continue
            covered[start:end] = b"\1" * len(name)
            yield Mention("person", start, end, PersonName(name, kinds[name]), "person.again", {"posts": []})


def _occurrences(folded: str, name: str) -> Iterator[int]:
    at = folded.find(name)
    while at >= 0:
        yield at
        at = folded.find(name, at + len(name))


# A known name of two characters before an unknown word (高山|茶园): how well it must still read.
_LOOSE = 2.5
_NOT_AFTER = (
    "精神",
    "思想",
    "路",
    "街",
    "大道",
    "小学",
    "中学",
    "奖",
    "广场",
    "纪念",
    "故居",
    "村",
    "镇",
    "县",
    "乡",
    "区",
    "市",
    "公司",
    "集团",
)


# 习近平生态文明思想 names a doctrine, not the man.
_DOCTRINE = re.compile(r"[\u4e00-\u9fff]{2,12}思想")


def _stands_alone(folded: str, start: int, end: int, name: str) -> bool:
    """Say whether an occurrence is the name and not part of another word."""
    if folded.startswith(_NOT_AFTER, end) or _DOCTRINE.match(folded, end):
        return False
    if len(name) > 2:
        return True
    if end >= len(folded) or not names.is_han(folded[end]) or names.follower(folded, end):
        return True
    reading = names.read(folded, start)
    return reading is not None and reading.end == end and reading.score >= _LOOSE

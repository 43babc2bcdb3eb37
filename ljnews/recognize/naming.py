"""What finds persons share: a claim that a span is a name, the context it was found in, and how a name list goes on.

A `Claim` is made where something shows that a person is meant: a title before or after, a list that began with a title, a byline, a verb of
saying. `Scene` holds the text's posts by place so that no name runs into an organisation or a title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from ljnews.recognize import names, sounded
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_BRACKET = re.compile(r"\([^()\n]{1,14}\)")
_LIST_GAP = re.compile(r"、 ?|(?:以及|及|和|与) ?")
_TOKEN = re.compile(r"[\u4e00-\u9fff·•]{2,9}")


@dataclass(slots=True)
class Claim:
    """A span claimed to be a name, with the posts that stand with it."""

    start: int
    end: int
    rule: str
    kind: str | None = None
    posts: list[Mention] = field(default_factory=list)
    state: str | None = None
    score: float = 5.0


@dataclass(eq=False)
class Scene:
    """The text, its posts in order and where they begin."""

    text: Text
    folded: str
    posts: list[Mention]
    chains: list[list[Mention]]
    starts: list[int]

    def stop(self, at: int) -> int:
        """Return the next place where an organisation or title begins."""
        i = bisect_left(self.starts, at + 1)
        return self.starts[i] if i < len(self.starts) else len(self.folded)

    def is_post(self, at: int) -> bool:
        """Say whether an organisation with a title begins here."""
        i = bisect_left(self.starts, at)
        return i < len(self.starts) and self.starts[i] == at


def scene(text: Text) -> Scene:
    """Return the scene of a text whose posts are found."""
    posts = text.of("post")
    chains: list[list[Mention]] = []
    last = -1
    for post in posts:
        number = post.roles["chain"]
        if number != last:
            chains.append([])
            last = number
        chains[-1].append(post)
    return Scene(text, text.folded, posts, chains, sorted(p.start for p in posts))


def name_at(scene: Scene, at: int, *, floor: float, foreign: bool = False) -> names.Reading | None:
    """Return the name that begins at an offset, None where the reading is below the floor.

    Order: a middle dot decides at once; then a printed space (罗 淮 蓉); then the ordinary grammar; last a transliterated name.
    """
    folded = scene.folded
    if scene.is_post(at):
        return None
    dotted = sounded.read_dotted(folded, at)
    if dotted:
        return names.Reading(dotted, 6.0)
    if folded[at + 1 : at + 2] == " " or folded[at + 2 : at + 3] == " ":
        spaced = names.read_spaced(folded, at)
        plain = names.read(folded, at, stop=scene.stop(at), closed=False)
        if spaced and not (plain and plain.score >= 4 and plain.end == at + 2):
            return names.Reading(spaced, 4.0)
    reading = names.read(folded, at, stop=scene.stop(at), closed=False)
    if foreign:
        return _foreign_at(scene, at, reading)
    run = sounded.read_foreign(folded, at)
    if run and _outreads(scene, at, run, reading) and not (reading and reading.score >= 5 and reading.end >= run):
        return names.Reading(run, 4.0)
    return reading if reading is not None and reading.score >= floor else None


def _foreign_at(scene: Scene, at: int, reading: names.Reading | None) -> names.Reading | None:
    """Return the name after a foreign title: a run of sounds, else a Chinese or Korean one, else what stands before the next verb."""
    folded = scene.folded
    run = sounded.read_foreign(folded, at)
    plain = reading is not None and reading.score >= 3.5
    if run and names.ends_well(folded, run) and not (plain and reading and reading.end >= run):
        return names.Reading(run, 4.0)
    if plain:
        return reading
    end = sounded.read_foreign(folded, at, sure=True)
    return names.Reading(end, 4.0) if end and names.word_at(folded, at) != folded[at:end] else None


def _outreads(scene: Scene, at: int, end: int, reading: names.Reading | None) -> bool:
    """Say whether a long run of sounds (索南旺堆, 梅德韦杰夫) that ends well beats a short reading that does not."""
    folded = scene.folded
    if end - at < 4 or end > scene.stop(at) or not names.ends_well(folded, end) or names.holds_words(folded[at:end]):
        return False
    return reading is None or (reading.end < end and not names.ends_well(folded, reading.end))


def token_at(scene: Scene, at: int) -> names.Reading | None:
    """Return a whole run between separators as a name of another people (沙马依姑), where its characters allow."""
    folded = scene.folded
    match = _TOKEN.match(folded, at)
    if not match or scene.is_post(at) or names.word_at(folded, at):
        return None
    end = min(match.end(), scene.stop(at))
    for stop in range(at + 2, end):
        found = names.follower(folded, stop)
        if len(found) > 1 or folded[stop] in "等和及说则":
            end = stop
            break
    if sounded.sounds(folded[at]) == 0:
        return None
    while end - at > 2 and sounded.sounds(folded[end - 1]) == 0:
        end -= 1
    while end - at > 3 and folded[end - 1] in "时后":
        end -= 1
    if end - at == 3 and folded[end - 1] in "时后":
        end -= 1
    if end - at == 2 and sounded.sounds(folded[at:end]) == 1.0 and names.ends_well(folded, end) and not names.is_word(folded[at:end]):
        return names.Reading(end, 2.0)
    if not 3 <= end - at <= 6 or sounded.sounds(folded[at:end]) < 0.75 or names.holds_words(folded[at:end]):
        return None
    return names.Reading(end, 2.0)


def designate(post: Mention, word: str) -> Mention:
    """The post that a candidate (县长候选人甲) stands for; the word stays in the title."""
    value = replace(post.value, title=post.value.title + word, state="designate")
    return Mention("post", post.start, post.end + len(word), value, post.rule, post.roles)


def skip_bracket(folded: str, at: int) -> int:
    """Return the offset after a short bracket (女, 挂职) that opens here."""
    match = _BRACKET.match(folded, at)
    return match.end() if match else at


def list_after(scene: Scene, end: int, *, floor: float, foreign: bool = False) -> list[tuple[int, int]]:
    """Return the (start, end) of the names that a list goes on with («甲、乙、丙»), none where it does not."""
    found: list[tuple[int, int]] = []
    folded = scene.folded
    while True:
        at = skip_bracket(folded, end)
        gap = _LIST_GAP.match(folded, at)
        spaced = gap is None and folded[at : at + 1] == " "
        start = gap.end() if gap else at + 1 if spaced else 0
        if not start:
            return found
        reading = name_at(scene, start, floor=floor if gap and gap.group().startswith("、") else floor + 1.5, foreign=foreign)
        if reading is None and gap and gap.group().startswith("、"):
            reading = token_at(scene, start)
        if reading is None and gap and _goes_on(gap):
            reading = _between_names(scene, start)
        if reading is None:
            return found
        found.append((start, reading.end))
        end = reading.end


def _goes_on(gap: re.Match[str]) -> bool:
    """Say whether a list goes on with 、."""
    return gap.group().startswith("、")


_ITEM = re.compile(r"([\u4e00-\u9fff]{2,3})、")


def _between_names(scene: Scene, at: int) -> names.Reading | None:
    """Return an item that stands in a list of names and reads badly (甲、宗和、乙): a surname opens it, no word is it, a sure name follows."""
    match = _ITEM.match(scene.folded, at)
    if match is None or not names.surname_length(scene.folded, at) or scene.is_post(at) or scene.stop(at) < match.end():
        return None
    if names.is_word(match.group(1)) or names.word_at(scene.folded, at):
        return None
    after = names.read(scene.folded, match.end(), stop=scene.stop(match.end()), closed=False)
    return names.Reading(match.end(1), 1.5) if after is not None and after.score >= 3.5 else None

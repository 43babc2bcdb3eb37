"""Extractor of `official` mentions: each person of the text with the posts that the text gives them.

Reads `person` and `post` mentions; one mention per place where a person stands with posts (or first stands without any). Its value is a
`Tenure`: the name, its kind, and the posts with organisations completed from the neighbour in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ljnews.facts.official.patterns import GAP, MINISTRIES
from ljnews.lexicon import load
from ljnews.recognize.post import institution, stem_of
from ljnews.recognize.titles import suffix_class
from ljnews.recognize.values import PostName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text


@dataclass(frozen=True, slots=True)
class Holding:
    """A post as it stands in the text."""

    post: PostName
    start: int
    end: int
    rule: str
    printed: str
    klass: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person at one place of the text, with the posts found there."""

    name: str
    kind: str | None
    holdings: tuple[Holding, ...]


_PARTY_TITLES = ("书记", "委员", "常委", "成员")
# Titles that stand for themselves: no organisation is taken over from a neighbour.
_SELF_STANDING = frozenset(("head", "leader", "state", "foreign", "citizen", "deputy", "other"))


@extractor("official", provides=("official",), requires=("person", "post"))
def official(text: Text) -> Iterator[Mention]:
    """Yield every person with the posts that stand beside the name."""
    before = _Before()
    for person in text.of("person"):
        posts: list[Mention] = person.roles.get("posts", [])
        inherited = before.shared(text, posts[0]) if posts else None
        holdings = tuple(
            h for p in posts for h in _holdings(text, p, inherited if p.start < person.start else None, person.roles.get("state"))
        )
        before.see(person, holdings)
        yield Mention("official", person.start, person.end, Tenure(person.value.name, person.value.kind, holdings), person.rule)


@dataclass(slots=True)
class _Before:
    """The person last seen, and the organisation that the next title may share."""

    end: int = -1
    organization: str | None = None
    bodies: tuple[str, ...] = ()  # all that this person's posts name
    title: str = ""
    posts_at: int = -1
    given: str | None = None

    def see(self, person: Mention, holdings: tuple[Holding, ...]) -> None:
        """Remember a person. One who only comes again does not part a list from its title."""
        if person.rule == "person.again":
            return
        self.end = person.end
        if holdings and (person.rule != "person.list" or holdings[0].start != self.posts_at):
            last = next((h for h in reversed(holdings) if h.post.organization), None)
            self.organization = last.post.organization if last else None
            self.bodies = tuple(h.post.organization for h in holdings if h.post.organization)
            self.title = holdings[-1].post.title
            self.posts_at = holdings[0].start

    def shared(self, text: Text, post: Mention) -> str | None:
        """Return the organisation of the person before, when the next post is its neighbour in a list, or its deputy later in the sentence."""
        if post.start == self.posts_at:
            return self.given
        self.given = self._given(text, post)
        return self.given

    def _given(self, text: Text, post: Mention) -> str | None:
        if self.organization is None or not self.end <= post.start or post.value.title.startswith("驻村"):
            return None
        if post.start <= self.end + 20 and GAP.fullmatch(text.folded, self.end, post.start):
            own = post.value.organization
            # 局党委委员、大队长甲,党委委员乙: the same committee, not one of the 大队.
            return next((b for b in self.bodies if own and len(b) > len(own) and b.endswith(own)), self.organization)
        same_head = post.roles["head"] == self.title[-len(post.roles["head"]) :] and post.value.title.startswith("副")
        same_sentence = text.sentence_index(post.start) == text.sentence_index(self.end - 1)
        return self.organization if same_head and same_sentence and post.start - self.end < 60 else None


def _joined(inherited: str, own: str) -> str:
    """The second body of a place (新区党工委, 管委会 → 新区管委会)."""
    if inherited.endswith(own):
        return inherited
    stem = stem_of(inherited)
    return own if stem == inherited and stem[-1] in "委组" and len(stem) < 5 else stem + own  # 局党委 leaves nothing to share


def _holdings(text: Text, post: Mention, inherited: str | None, state: str | None) -> Iterator[Holding]:
    """Yield the post, once for each organisation that shares its title."""
    value: PostName = post.value
    rule, klass = post.rule, post.roles["klass"]
    if inherited and klass not in _SELF_STANDING:
        own = value.organization
        if own is None:
            body = inherited if value.title.endswith(_PARTY_TITLES) else institution(inherited)
            if body is not None:
                value, rule = replace(value, organization=body), "official.shared"
        elif load("organization_parts").klass(own) == "body":
            value, rule = replace(value, organization=_joined(inherited, own)), "official.shared"
        elif inherited in load("countries") and own in MINISTRIES:
            value, rule = replace(value, organization=inherited + own), "official.shared"
    if rule == "official.shared" and value.public and suffix_class(value.organization or "") in ("company", "association"):
        value = replace(value, public=False)  # 集团董事长甲,党委副书记乙
    if state:
        value = replace(value, state=state)
    printed = text.string[post.start : post.end]
    for organization in (*post.roles["extra"], value.organization):
        yield Holding(replace(value, organization=organization), post.start, post.end, rule, printed, klass)

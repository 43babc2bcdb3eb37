"""Extractor of `official` mentions: each person of the text with the posts that the text gives them.

Reads `person` and `post` mentions; one mention per place where a person stands with posts (or first stands without any). Its value is a
`Tenure`: the name, its kind, and the posts with organisations completed from the neighbour in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ljnews.facts.official.patterns import GAP
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


# Titles that stand for themselves: no organisation is taken over from a neighbour.
_SELF_STANDING = frozenset(("head", "leader", "state", "foreign", "citizen", "deputy", "other"))


@extractor("official", provides=("official",), requires=("person", "post"))
def official(text: Text) -> Iterator[Mention]:
    """Yield every person with the posts that stand beside the name."""
    previous: Mention | None = None
    shared: str | None = None
    for person in text.of("person"):
        posts: list[Mention] = person.roles.get("posts", [])
        if not posts:
            if person.rule != "person.list":
                previous = person if person.rule != "person.again" else previous
            yield Mention("official", person.start, person.end, Tenure(person.value.name, person.value.kind, ()), person.rule)
            continue
        inherited = shared if previous is not None and _neighbours(text, previous, posts[0]) else None
        holdings = tuple(h for p in posts for h in _holdings(text, p, inherited, person.roles.get("state")))
        shared = next((h.post.organization for h in reversed(holdings) if h.post.organization), None)
        if person.rule == "person.list" and previous is not None and shared is None:
            shared = None
        previous = person
        yield Mention("official", person.start, person.end, Tenure(person.value.name, person.value.kind, holdings), person.rule)


def _neighbours(text: Text, person: Mention, post: Mention) -> bool:
    """Say whether nothing but a list's joint stands between a person and the next post."""
    return person.end <= post.start <= person.end + 20 and GAP.fullmatch(text.folded, person.end, post.start) is not None


def _holdings(text: Text, post: Mention, inherited: str | None, state: str | None) -> Iterator[Holding]:
    """Yield the post, once for each organisation that shares its title."""
    value: PostName = post.value
    rule, klass = post.rule, post.roles["klass"]
    if value.organization is None and inherited and klass not in _SELF_STANDING:
        value, rule = replace(value, organization=inherited), "official.shared"
    if state:
        value = replace(value, state=state)
    value = replace(value, organization=_surface(value.organization), title=_surface(value.title) or value.title)
    yield Holding(value, post.start, post.end, rule, text.string[post.start : post.end], klass)
    for organization in post.roles["extra"]:
        yield Holding(replace(value, organization=organization), post.start, post.end, rule, text.string[post.start : post.end], klass)


def _surface(string: str | None) -> str | None:
    return string

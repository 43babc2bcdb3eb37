"""Build `officials` and `people` from the persons of the text: one record per name, all posts, all mentions."""

from __future__ import annotations

from typing import Any

from ljnews.facts.draft import Draft, evidence
from ljnews.facts.official.extractor import Holding, Tenure
from ljnews.facts.official.patterns import EVERYDAY, absorbs
from ljnews.recognize.address import full_address
from ljnews.recognize.home import Home, home
from ljnews.recognize.titles import suffix_class
from ljnews.text.mention import Mention
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ()
_GENERAL = ("领导", "相关领导", "有关领导", "部分领导")
_DESCRIBED = ("person.age", "person.called")


def build(text: Text, draft: Draft) -> None:
    """Add every person of the article: to `officials` where a public post is known, to `people` otherwise."""
    by_name: dict[str, list[Mention]] = {}
    for mention in text.of("official"):
        by_name.setdefault(mention.value.name, []).append(mention)
    place = home(text)
    for name, mentions in by_name.items():
        _add(text, draft, name, mentions, place)


def _add(text: Text, draft: Draft, name: str, mentions: list[Mention], place: Home) -> None:
    holdings = merge([h for m in mentions for h in m.value.holdings])
    public = any(h.post.public for h in holdings)
    if public:
        holdings = [h for h in holdings if h.klass not in EVERYDAY]
    posts = [_post(text, h, place) for h in holdings]
    first = next((i for i, m in enumerate(mentions) if m.value.holdings), 0)
    ordered = [mentions[first], *mentions[:first], *mentions[first + 1 :]]
    spans = [evidence(text, m.start, m.end, m.rule) for m in ordered]
    if public:
        draft.add("officials", {"name": name, "posts": posts, "evidence": spans}, mention=mentions[0])
        return
    kind = _kind(mentions)
    draft.add("people", {"name": name, "kind": kind, "posts": posts, "evidence": spans}, mention=mentions[0])


def _kind(mentions: list[Mention]) -> str:
    """The kind its mentions tell; one known by age or by «他叫» is a citizen, another name «other»."""
    tenure: Tenure = mentions[0].value
    if tenure.kind and tenure.kind != "official":
        return tenure.kind
    if any(suffix_class(h.post.organization or "") == "company" for m in mentions for h in m.value.holdings):
        return "business"
    return "citizen" if any(m.rule in _DESCRIBED for m in mentions) else "other"


def merge(holdings: list[Holding]) -> list[Holding]:
    """Return a person's posts, each once, the fullest form of each.

    >>> [h.post.organization for h in merge([])]
    []
    """
    kept: list[Holding] = []
    for holding in holdings:
        if any((k.post.organization, k.post.title) == (holding.post.organization, holding.post.title) for k in kept):
            continue
        kept.append(holding)
    kept = [h for h in kept if not any(absorbs(other.post, h.post) for other in kept if other is not h)]
    return [h for h in kept if len(kept) == 1 or not (h.post.organization is None and h.post.title in _GENERAL)]


def _post(text: Text, holding: Holding, place: Home) -> dict[str, Any]:
    post = holding.post
    resolved, division = full_address(post, place)
    return {
        "post": written(post.organization, post.title, holding.printed),
        "organization": post.organization,
        "title": post.title,
        "state": post.state,
        "organization_resolved": resolved,
        "place": {"adcode": division.adcode, "name": division.name} if division and division.adcode else None,
        "evidence": evidence(text, holding.start, holding.end, holding.rule),
    }


def written(organization: str | None, title: str, printed: str) -> str:
    """Return organisation and title as one string, a shared character once where the text prints it once (市委组织部长)."""
    if organization and organization[-1] == title[0] and printed.endswith(organization[-2:] + title[1:]):
        return organization + title[1:]
    return (organization or "") + title

"""Build `projects` from the project mentions: one record per project, its attributes with evidence, its amounts told whose they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ljnews.facts.draft import Draft, Fact, evidence
from ljnews.facts.project import table
from ljnews.facts.project.amounts import amounts
from ljnews.facts.project.attributes import texts
from ljnews.facts.project.builders import firm_turns
from ljnews.facts.project.ceremony import ceremonies
from ljnews.facts.project.classes import class_words, leads
from ljnews.facts.project.dates import dates, lead_dates, terms
from ljnews.facts.project.governed import governed
from ljnews.facts.project.own_place import own_places
from ljnews.facts.project.setting import settings
from ljnews.facts.project.status import final, statuses
from ljnews.facts.project.story import Event, aside
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

AFTER: tuple[str, ...] = ("official", "amount")
_KINDS = {"project": "name", "project_ref": "ref", "project_class": "class"}
_ORDER = (
    "status", "location", "owner", "content", "total_investment", "completed_investment", "annual_investment", "land_area", "floor_area",
    "capacity", "length", "started_on", "due_on", "completed_on", "other",
)  # fmt: skip


def build(text: Text, draft: Draft) -> None:
    """Add the article's projects to the draft, and each attached amount its `project_id`."""
    events = _events(text)
    if not any(e.kind == "name" for e in events):
        return
    found: dict[str, list[Attribute]] = {}
    for attribute in _attributes(text, events):
        found.setdefault(attribute.project, []).append(attribute)
    named: dict[str, list[Event]] = {e.project: [] for e in events if e.project is not None}
    for event in events:
        if event.kind == "name" and event.project is not None:
            named[event.project].append(event)
    for name, mine in named.items():
        if mine:
            _add(text, draft, name, mine, found.get(name, []))


def _events(text: Text) -> list[Event]:
    events = [
        Event(m.start, m.end, m.roles["project"], kind, m.rule, m.value, m.roles["list"], m.roles["phase"])
        for label, kind in _KINDS.items()
        for m in text.of(label)
    ]
    return sorted(events, key=lambda e: (e.start, -e.end))


def _attributes(text: Text, events: list[Event]) -> list[Attribute]:
    """All statements, in text order within each kind; the ceremony's status and day where nothing else is said."""
    events = sorted([*events, *firm_turns(text, events)], key=lambda e: (e.start, -e.end))
    teller = Teller(text, [e for e in events if not (e.project and aside(text.folded, e.start, e.end))])
    told = list(statuses(text, teller))
    found = [
        *told,
        *texts(text, teller),
        *amounts(text, teller),
        *dates(text, teller),
        *terms(text, teller),
        *table.attributes(text, teller),
        *governed(text, teller),
        *class_words(text, teller),
    ]
    found += lead_dates(text, teller, told)
    found += own_places(text, teller, found)
    found += list(ceremonies(text, events, found))
    found += settings(text, teller, found)
    return [*found, *leads(text, teller, found)]


def _add(text: Text, draft: Draft, name: str, events: list[Event], found: list[Attribute]) -> None:
    spans = sorted(events, key=lambda e: (e.text != name, e.start))
    aliases = list(dict.fromkeys(e.text for e in events if e.text != name))
    chosen = _choose(found)
    fact = draft.add(
        "projects",
        {
            "name": name,
            "aliases": aliases,
            "status": final([a for a in found if a.name == "status"], under_way=_under_way(text, found), fresh=_fresh(text, found)),
            "place": _place(text, events, chosen),
            "attributes": [_attribute(text, draft, a) for a in chosen],
            "evidence": [evidence(text, e.start, e.end, e.rule) for e in spans],
        },
    )
    for attribute in chosen:
        amount = draft.of_mention(attribute.amount) if attribute.amount is not None else None
        if amount is not None:
            amount["project_id"] = fact["id"]


def _under_way(text: Text, found: list[Attribute]) -> bool:
    """Say whether a start more than two months before publication is dated: works go on since."""
    if text.published is None:
        return False
    limit = (text.published - timedelta(days=60)).isoformat()
    starts = [a for a in found if a.name == "started_on" and a.to is not None and a.to < limit]
    # «9月26日举行了开工仪式» on a page of April is its news all the same
    return any((a.to or "")[:4] == str(text.published.year) or a.from_ != a.to or "年" in text.folded[a.start : a.end] for a in starts)


def _fresh(text: Text, found: list[Attribute]) -> bool:
    """Say whether the start is news: dated in the month before publication."""
    if text.published is None:
        return False
    first, last = (text.published - timedelta(days=31)).isoformat(), text.published.isoformat()
    return any(a.name == "started_on" and a.to is not None and first <= a.to <= last for a in found)


def _choose(found: list[Attribute]) -> list[Attribute]:
    """One value per attribute and phase: the first that is said of the whole; every change of status once."""
    best: dict[tuple[Any, ...], Attribute] = {}
    for attribute in found:
        key: tuple[Any, ...] = (attribute.name, attribute.phase)
        if attribute.name in ("status", "content"):
            key = (*key, attribute.value)
        held = best.get(key)
        if held is None or (held.weak and (not attribute.weak or attribute.name == "due_on")):
            best[key] = attribute
    return sorted(best.values(), key=lambda a: (_ORDER.index(a.name), a.start))


def _place(text: Text, events: list[Event], chosen: list[Attribute]) -> Fact | None:
    """Return the administrative division in the name or the location."""
    spans = [(e.start, e.end) for e in events] + [(a.start, a.end) for a in chosen if a.name == "location"]
    for start, end in spans:
        for mention in text.within("place", start, end):
            if mention.value.adcode:
                return {"adcode": mention.value.adcode, "name": mention.value.name}
    return None


def _attribute(text: Text, draft: Draft, found: Attribute) -> Fact:
    amount = draft.of_mention(found.amount) if found.amount is not None else None
    return {
        "name": found.name,
        "phase": found.phase,
        "value": found.value,
        "unit": found.unit,
        "amount_id": amount["id"] if amount else None,
        "from": found.from_,
        "to": found.to,
        "surface": text.string[found.start : found.end],
        "evidence": evidence(text, found.start, found.end, found.rule),
    }

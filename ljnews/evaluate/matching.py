"""Pair predicted facts with gold, by the rules of the annotation guideline.

Every function takes plain dicts and returns what `scores.py` counts. A predicted fact whose evidence is not in the text matches nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from ljnews.evaluate.gold import locate, squeeze

Fact = dict[str, Any]
Pair = tuple[Fact, Fact]
Span = tuple[int, int]

_QUOTES = re.compile(r"[\s“”\"'‘’「」『』《》〈〉()()]")
_TAIL = re.compile(r"(项目|工程|建设)$")
_SWAP = {"dated", "quantified"}
# A span longer than this many times the fact shows nothing: whole sentences are evidence, whole articles are not.
_EVIDENCE_CAP = 160


def spans(fact: Fact) -> list[Span]:
    """Return the spans of a fact's evidence."""
    evidence = fact.get("evidence") or []
    return [(e["start"], e["end"]) for e in (evidence if isinstance(evidence, list) else [evidence])]


def sound(fact: Fact, text: str) -> bool:
    """Say whether every span of a fact stands in the text, as it claims, and is of a sensible length."""
    evidence = fact.get("evidence") or []
    evidence = evidence if isinstance(evidence, list) else [evidence]
    return bool(evidence) and all(
        isinstance(e, dict)
        and 0 <= e["start"] < e["end"] <= len(text)
        and text[e["start"] : e["end"]] == e["text"]
        and e["end"] - e["start"] <= _EVIDENCE_CAP
        for e in evidence
    )


def number(value: Any, unit: str | None = None) -> str | None:
    """Return a value in one spelling: areas to two decimals, ratios to four."""
    if value is None:
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    places = {"m2": 2, "倍": 4}.get(unit or "", 6)
    plain = format(exact.quantize(Decimal(1).scaleb(-places)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def amount_key(fact: Fact) -> tuple[Any, ...]:
    """Return what identifies an amount: kind, value or bounds, unit."""
    unit = fact.get("unit")
    value = number(fact.get("value"), unit)
    bounds = (None, None) if value is not None else (number(fact.get("lower"), unit), number(fact.get("upper"), unit))
    return (fact["kind"], value, *bounds, unit)


def gold_amount_spans(items: list[Fact], text: str) -> list[Span | None]:
    """Return the span of each gold amount: its surface inside its context; a context that recurs is taken in order."""
    used: set[Span] = set()
    found: list[Span | None] = []
    for item in items:
        span, start = None, 0
        while span is None:
            context = locate(text, item["context"], start)
            if context is None:
                break
            inner = locate(text[context[0] : context[1]], item["surface"])
            candidate = (context[0] + inner[0], context[0] + inner[1]) if inner else context
            if candidate not in used:
                span = candidate
            start = context[0] + 1
        if span:
            used.add(span)
        found.append(span)
    return found


def pair_amounts(gold: list[Fact], predicted: list[Fact], text: str) -> list[Pair]:
    """Pair amounts that agree in key and whose evidence overlaps the gold occurrence."""
    pairs: list[Pair] = []
    free = [p for p in predicted if sound(p, text)]
    for item, span in zip(gold, gold_amount_spans(gold, text), strict=True):
        if span is None:
            continue
        key = amount_key(item)
        for p in free:
            (start, end), *_ = spans(p)
            if start < span[1] and span[0] < end and amount_key(p) == key:
                pairs.append((item, p))
                free.remove(p)
                break
    return pairs


def project_forms(names: list[str]) -> set[str]:
    """Return the comparable forms of a project's names: no white space, quotes, brackets' own signs, or trailing 项目/工程/建设."""
    forms = set()
    for name in names:
        form = _QUOTES.sub("", name)
        forms.add(form)
        while _TAIL.search(form):
            form = _TAIL.sub("", form)
        forms.add(form)
    return forms - {""}


def pair_projects(gold: list[Fact], predicted: list[Fact], text: str) -> list[Pair]:
    """Pair projects whose predicted name is the gold name or one of its aliases."""
    pairs: list[Pair] = []
    free = [p for p in predicted if sound(p, text)]
    for item in gold:
        forms = project_forms([item["name"], *item.get("aliases", [])])
        match = next((p for p in free if project_forms([p["name"]]) & forms), None)
        if match is not None:
            pairs.append((item, match))
            free.remove(match)
    return pairs


def pair_targets(gold: list[Fact], predicted: list[Fact], text: str) -> list[Pair]:
    """Pair targets that share half of the shorter and a third of the longer, and agree in kind; best overlap first."""
    candidates = []
    for g, item in enumerate(gold):
        places = _places(item["text"], text)
        for p, fact in enumerate(predicted):
            if not sound(fact, text) or not _same_kind(item["kind"], fact["kind"]):
                continue
            (start, end), *_ = spans(fact)
            shared = max((min(end, e) - max(start, s) for s, e in places), default=0)
            long, short = max(end - start, len(item["text"])), min(end - start, len(item["text"]))
            if shared * 2 >= short and shared * 3 >= long:
                candidates.append((-shared, g, p))
    pairs, used_gold, used = [], set(), set()
    for _, g, p in sorted(candidates):
        if g not in used_gold and p not in used:
            used_gold.add(g)
            used.add(p)
            pairs.append((gold[g], predicted[p]))
    return pairs


def _places(quote: str, text: str) -> list[Span]:
    found, start = [], 0
    while (span := locate(text, quote, start)) is not None:
        found.append(span)
        start = span[0] + 1
        if text.find(quote, start) < 0:
            break
    return found


def _same_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= _SWAP


def same_phrase(gold: str | None, predicted: str | None) -> bool:
    """Say whether two phrases are the same but for a word: equal without 的, or one holds the other and is at most twice it."""
    a, b = squeeze(gold).replace("的", ""), squeeze(predicted).replace("的", "")
    if not a or not b:
        return a == b
    short, long = sorted((a, b), key=len)
    return a == b or (short in long and len(long) <= 2 * len(short))


def same_day(gold: str, value: str | None, start: str | None, end: str | None) -> bool:
    """Say whether a date of gold (2021, 2021-11, 2021-11-05) is the predicted one."""
    if gold in (value, start, end):
        return True
    return bool(start and end and start.startswith(gold) and end.startswith(gold))

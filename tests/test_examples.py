"""Every rule finds what its `+` lines mark and nothing in its `-` lines.

The lines stand beside the rules: `ljnews/facts/*/examples.txt`, `ljnews/recognize/examples/*.txt`. A `+` line is a rule, a sentence with the
answer marked ⟦so⟧ and, if wanted, `key=value` pairs that the mention's value, roles or fact must show. A line `@2022-08-05` sets the reference
date for the lines after it, `@` alone takes it away.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ljnews
from ljnews import resources
from ljnews.facts.draft import Draft, decimal_text
from ljnews.run.discover import builders, extractors
from ljnews.text.text import Text

_FOLDERS = ("ljnews.recognize.", "ljnews.facts.")


@dataclass(frozen=True)
class Line:
    """One line of an examples file."""

    file: str
    number: int
    sign: str
    rule: str
    sentence: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    wanted: dict[str, str] = field(default_factory=dict)
    reference: date | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


def _files() -> list[Path]:
    return sorted([*resources.PACKAGE.glob("facts/*/examples.txt"), *resources.PACKAGE.glob("recognize/examples/*.txt")])


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence without its marks, and the marked spans."""
    sentence, spans, start = "", [], 0
    for char in marked:
        if char == "⟦":
            start = len(sentence)
        elif char == "⟧":
            spans.append((start, len(sentence)))
        else:
            sentence += char
    return sentence, spans


def _read(path: Path) -> Iterator[Line]:
    reference: date | None = None
    name = path.relative_to(resources.PACKAGE).as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            reference = date.fromisoformat(line[1:].strip()) if line[1:].strip() else None
            continue
        cells = line.split("\t")
        assert len(cells) in (3, 4), f"{name}:{number}: expected sign, rule, sentence"
        assert cells[0] in ("+", "-"), f"{name}:{number}: expected + or - first"
        sentence, spans = _unmark(cells[2].replace("\\n", "\n").replace("\\t", "\t").replace("\\t", "\t"))
        assert bool(spans) == (cells[0] == "+"), f"{name}:{number}: + lines mark a span, - lines none"
        wanted = dict(pair.split("=", 1) for pair in cells[3].split(" ")) if len(cells) == 4 and cells[3] else {}
        yield Line(name, number, cells[0], cells[1], sentence, spans, wanted, reference)


LINES = [line for path in _files() for line in _read(path)]


@cache
def rules() -> dict[str, str]:
    """Return every rule id and the module that lists it."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(ljnews.__path__, "ljnews."):
        if module.name.startswith(_FOLDERS):
            for rule in getattr(importlib.import_module(module.name), "RULES", {}):
                found.setdefault(rule, module.name)
    return found


@dataclass(frozen=True)
class Find:
    """What a rule made of a span: a mention, or a piece of evidence of a fact."""

    rule: str
    start: int
    end: int
    shown: dict[str, Any]


def _finds(line: Line) -> list[Find]:
    """Run everything on a sentence."""
    text = Text(line.sentence, published=line.reference)
    for one in extractors().values():
        text.add(one(text))
    found = [Find(m.rule, m.start, m.end, _shown(m.value, m.roles)) for ms in text.mentions.values() for m in ms]
    draft = Draft("example")
    for build in builders().values():
        build(text, draft)
    for facts in draft.facts.values():
        for fact in facts:
            found += _evidence(fact, fact)
            for part in (*fact.get("posts", ()), *fact.get("attributes", ())):
                found += _evidence(part, part)
    return found


def _evidence(fact: dict[str, Any], shown: dict[str, Any]) -> list[Find]:
    evidence = fact["evidence"]
    return [Find(e["rule"], e["start"], e["end"], shown) for e in (evidence if isinstance(evidence, list) else [evidence])]


def _shown(value: Any, roles: dict[str, Any]) -> dict[str, Any]:
    """The fields of a mention's value, and its roles."""
    names = getattr(value, "__slots__", None) or getattr(value, "_fields", None) or ()
    return {name.rstrip("_"): getattr(value, name) for name in names} | roles


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("surface") or value.get("to")
    if isinstance(value, Decimal):
        return decimal_text(value) or ""
    return "" if value is None else str(value)


@pytest.mark.parametrize("line", LINES, ids=str)
def test_examples_line(line: Line) -> None:
    finds = [f for f in _finds(line) if f.rule == line.rule]
    shown = [(line.sentence[f.start : f.end], {k: _plain(f.shown.get(k)) for k in line.wanted}) for f in finds]
    if line.sign == "-":
        assert not finds, f"{line}: {line.rule} must find nothing in «{line.sentence}», it found {shown}"
        return
    for start, end in line.spans:
        here = [f for f in finds if (f.start, f.end) == (start, end)]
        assert here, f"{line}: {line.rule} must find «{line.sentence[start:end]}» in «{line.sentence}», it found {shown}"
        assert any(all(_plain(f.shown.get(k)) == v for k, v in line.wanted.items()) for f in here), (
            f"{line}: wanted {line.wanted}, found {shown}"
        )


@pytest.mark.parametrize("sign", ["+", "-"])
@pytest.mark.parametrize("rule", sorted(rules()))
def test_examples_every_rule_has_lines(rule: str, sign: str) -> None:
    assert any(line.rule == rule and line.sign == sign for line in LINES), (
        f"{rule} ({rules()[rule]}) has no {sign} line in an examples file"
    )


def test_examples_name_known_rules() -> None:
    unknown = {str(line): line.rule for line in LINES if line.rule not in rules()}
    assert not unknown

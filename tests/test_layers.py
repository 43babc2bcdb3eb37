"""The import arrows of the design hold: records, errors, resources ← fetch, layout, text, lexicon ← recognize ← facts ← store, evaluate ← run, cli."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LEVEL = {
    "records": 0, "errors": 0, "resources": 0, "__init__": 0,
    "fetch": 1, "sites": 1, "layout": 1, "text": 1, "lexicon": 1,
    "recognize": 2, "facts": 3, "store": 4, "evaluate": 4,
    "run": 5, "ledger": 5, "review": 5, "verbs": 6, "cli": 7,
}  # fmt: skip


def _modules() -> list[Path]:
    return sorted(p for p in (ROOT / "ljnews").rglob("*.py") if "__pycache__" not in p.parts)


def _imports(path: Path) -> Iterator[str]:
    """Names of our own modules that a file imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("ljnews."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ljnews":
            yield from [node.module] if "." in node.module else (f"ljnews.{a.name}" for a in node.names)


def _room(dotted: str) -> str:
    return dotted.split(".")[1]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_layers_no_import_against_the_arrow(path: Path) -> None:
    room = path.relative_to(ROOT / "ljnews").parts[0].removesuffix(".py")
    against = [name for name in _imports(path) if not name.startswith("ljnews.__") and LEVEL[_room(name)] > LEVEL[room]]
    assert not against, f"{room} may not import {against}"


def test_layers_every_room_has_a_level() -> None:
    rooms = {p.relative_to(ROOT / "ljnews").parts[0].removesuffix(".py") for p in _modules()}
    assert rooms <= set(LEVEL)


def test_layers_entry_points_are_the_discovered_extractors() -> None:
    from ljnews.run.discover import extractors

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["spacy_factories"]
    assert declared == {f"ljnews_{name}": f"ljnews.run.components:ljnews_{name}" for name in extractors()}


def test_layers_default_pipeline_names_every_extractor_after_what_it_needs(nlp: object) -> None:
    from ljnews.run.discover import extractors

    names = [name.removeprefix("ljnews_") for name in nlp.pipe_names]  # type: ignore[attr-defined]
    assert sorted(names) == sorted(extractors())
    made: set[str] = set()
    for name in names:
        one = extractors()[name]
        assert set(one.requires) <= made, f"{name} stands before what it requires"
        made |= set(one.provides)


def test_layers_no_network_import_outside_fetch() -> None:
    for path in _modules():
        if path.relative_to(ROOT / "ljnews").parts[0] != "fetch":
            source = path.read_text(encoding="utf-8")
            assert not any(f"import {name}" in source for name in ("requests", "urllib3", "socket", "http.client")), path

"""Find extractors and builders by folder: a recognizer is a module of `recognize/`, a fact type a folder of `facts/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from graphlib import TopologicalSorter

from ljnews import facts, recognize
from ljnews.facts.draft import Draft
from ljnews.text.extractor import Extractor
from ljnews.text.text import Text

Builder = Callable[[Text, Draft], None]


@cache
def extractors() -> dict[str, Extractor]:
    """Return every extractor by name, in an order in which what one requires is provided before it."""
    found: dict[str, Extractor] = {}
    modules = [f"ljnews.recognize.{m.name}" for m in pkgutil.iter_modules(recognize.__path__) if m.name != "values"]
    modules += [f"ljnews.facts.{m.name}.extractor" for m in pkgutil.iter_modules(facts.__path__) if m.ispkg]
    for name in modules:
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Extractor):
                found[value.name] = value
    makers: dict[str, list[str]] = {}
    for one in found.values():
        for label in one.provides:
            makers.setdefault(label, []).append(one.name)
    graph = {
        name: sorted({maker for label in found[name].requires for maker in makers.get(label, []) if maker != name})
        for name in sorted(found)
    }
    return {name: found[name] for name in TopologicalSorter(graph).static_order()}


@cache
def builders() -> dict[str, Builder]:
    """Return every fact type's `build(text, draft)`, in an order that its `AFTER` allows."""
    names = sorted(m.name for m in pkgutil.iter_modules(facts.__path__) if m.ispkg)
    modules = {name: importlib.import_module(f"ljnews.facts.{name}.build") for name in names}
    order = TopologicalSorter({name: sorted(module.AFTER) for name, module in modules.items()}).static_order()
    return {name: modules[name].build for name in order}

"""Gold: facts annotated by hand, validated before use.

A gold file is one object or a list of objects in the form of `corpus/gold/`. An item may be `optional` (finding it is no error, missing it
neither); a name that does not stand literally in the text is `derived`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ljnews.errors import GoldError

Gold = dict[str, Any]
TYPES = ("officials", "people", "amounts", "projects", "targets")
_NEEDED = {
    "officials": ("name", "posts"),
    "people": ("name", "kind"),
    "amounts": ("surface", "context", "kind", "unit"),
    "projects": ("name", "attributes"),
    "targets": ("text", "kind"),
}


def read(paths: Iterable[Path]) -> list[Gold]:
    """Return the gold of files and folders, shape checked. Raises GoldError with file, item and key."""
    return [one for path in paths for file in _files(path) for one in _read_file(file)]


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.json")) if path.is_dir() else [path]


def _read_file(path: Path) -> Iterator[Gold]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: expected gold JSON, found {error}", file=str(path)) from error
    for one in data if isinstance(data, list) else [data]:
        if not isinstance(one, dict) or "id" not in one:
            raise GoldError(f"{path}: expected objects with an id", file=str(path))
        _check_shape(one, path)
        yield one


def _check_shape(gold: Gold, path: Path) -> None:
    for type_ in TYPES:
        for item in gold.setdefault(type_, []):
            missing = [key for key in _NEEDED[type_] if key not in item]
            if missing:
                raise GoldError(f"{path}: {gold['id']}: {type_}: {item} lacks {', '.join(missing)}", file=str(path))


def squeeze(string: str | None) -> str:
    """Return a string without white space."""
    return "".join((string or "").split())


def problems(gold: Gold, text: str) -> list[str]:
    """Return what gold quotes that does not stand in the text (white space aside)."""
    flat = squeeze(text)
    quotes = [(t, item["name"]) for t in ("officials", "people", "projects") for item in gold[t] if not item.get("derived")]
    quotes += [("amounts", item["context"]) for item in gold["amounts"]]
    quotes += [("targets", item["text"]) for item in gold["targets"]]
    found = [f"{gold['id']}: {type_}: «{quote}» is not in the text" for type_, quote in quotes if squeeze(quote) not in flat]
    for item in gold["amounts"]:
        if squeeze(item["surface"]) not in squeeze(item["context"]):
            found.append(f"{gold['id']}: amounts: «{item['surface']}» is not in its context «{item['context']}»")
    return found


def locate(text: str, quote: str, start: int = 0) -> tuple[int, int] | None:
    """Return the span of a quote in the text, white space ignored where an exact search fails."""
    at = text.find(quote, start)
    if at >= 0:
        return (at, at + len(quote))
    kept = [i for i in range(start, len(text)) if not text[i].isspace()]
    at = "".join(text[i] for i in kept).find(squeeze(quote))
    return (kept[at], kept[at + len(squeeze(quote)) - 1] + 1) if at >= 0 and squeeze(quote) else None

"""The only door to data files: the same from a checkout, an editable install and a wheel.

Data that lives inside the package (lexicons, sites) is found beside the code. `pipelines/`, `schemas/` and `corpus/`
live at the top of a checkout; a wheel carries them under `ljnews/_data/`, an editable install does not, so both are tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_TOP_FOLDERS = ("pipelines", "schemas", "corpus")


def path(name: str) -> Path:
    """Return the path of a data file or folder, named from the project's top (`pipelines/default.cfg`) or from `ljnews/`.

    Raises FileNotFoundError when neither a checkout nor a wheel holds it.
    """
    head = name.split("/", 1)[0]
    if head in _TOP_FOLDERS:
        candidates = [PACKAGE / "_data" / name, PACKAGE.parent / name]
    else:
        candidates = [PACKAGE / name]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"data file {name!r} is neither in the package nor in the checkout")


def text(name: str) -> str:
    """Return a data file's text (UTF-8)."""
    return path(name).read_text(encoding="utf-8")


def _files(suffixes: tuple[str, ...], *folders: str) -> Iterator[Path]:
    for folder in folders:
        root = PACKAGE / folder
        yield from sorted(p for p in root.rglob("*") if p.suffix in suffixes and "__pycache__" not in p.parts)


def _hash(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for p in paths:
        digest.update(p.relative_to(PACKAGE).as_posix().encode())
        digest.update(b"\0" + p.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def lexicon_hash() -> str:
    """Return the hash of every word list that extraction reads."""
    return _hash(_files((".tsv",), "lexicon", "layout", "recognize", "facts"))


@cache
def rules_hash() -> str:
    """Return the hash of all code and site data that decide what a record holds."""
    return _hash(_files((".py", ".toml"), "layout", "sites", "text", "recognize", "facts"))

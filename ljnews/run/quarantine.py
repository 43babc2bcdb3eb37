"""Quarantine: pages that hung, crashed or ate memory, kept with a command that replays each of them alone."""

from __future__ import annotations

import shlex
from pathlib import Path

import orjson

from ljnews.records import Page
from ljnews.store.sink import Key


class Quarantine:
    """A folder of such pages, made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, key: Key, page: Page) -> str:
        """Keep a page's bytes or object and return the command that replays it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if page.given is not None:
            path = self.folder / f"{key.id}.json"
            path.write_bytes(orjson.dumps(page.given | ({"id": page.input_id} if page.input_id else {})))
        else:
            path = self.folder / f"{key.id}.html"
            path.write_bytes(page.content)
        return f"ljnews extract --workers 1 {shlex.quote(str(path))}"

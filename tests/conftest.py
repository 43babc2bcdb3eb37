"""Fixtures for every test: the measuring texts beside the project, the pipeline loaded once, no network beyond the loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """No test reaches beyond this machine."""
    from pytest_socket import _remove_restrictions, socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    _remove_restrictions()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring texts; tests that read them skip where they are absent."""
    if not SHARED.exists():
        pytest.skip("the measuring texts are not beside the project (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The default pipeline."""
    from ljnews.run.process import load

    return load()


@pytest.fixture(scope="session")
def record_of(nlp: Any) -> Callable[..., dict[str, Any]]:
    """A function from a plain text (and its publication day, title, source) to its record as JSON data."""
    from ljnews.layout import given
    from ljnews.records import Page
    from ljnews.run.process import analyse

    def make(text: str, day: str | None = "2022-08-05", title: str | None = None, source: str | None = None) -> dict[str, Any]:
        page = Page(input="test", given={"text": text, "date": day, "title": title, "source": source})
        record, _ = analyse(given(page), nlp)
        return json.loads(record.model_dump_json())

    return make


@pytest.fixture(scope="session")
def text_of(nlp: Any) -> Callable[..., Any]:
    """A function from a plain text to its `Text` with all mentions made."""
    from ljnews.run.components import make_doc
    from ljnews.text.text import Text

    def make(string: str, day: str | None = "2022-08-05") -> Any:
        text = Text(string, published=date.fromisoformat(day) if day else None, refusals=[])
        nlp(make_doc(nlp.vocab, text))
        return text

    return make

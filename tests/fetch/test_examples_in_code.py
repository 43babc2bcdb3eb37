"""The examples in the docstrings of ljnews/fetch are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from ljnews import fetch


@pytest.mark.parametrize("name", sorted(m.name for m in pkgutil.iter_modules(fetch.__path__)))
def test_examples_in_code(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"ljnews.fetch.{name}")).failed == 0

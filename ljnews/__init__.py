"""ljnews: checked facts from Chinese regional news pages.

Public names, imported when they are used: `load()` (the spaCy pipeline), `extract()` (page or text to record), `records`, `__version__`.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "load", "records"]

_HOMES = {"load": "ljnews.run.pipeline", "extract": "ljnews.run.api"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name == "records":
        return importlib.import_module("ljnews.records")
    raise AttributeError(f"module 'ljnews' has no attribute {name!r}")

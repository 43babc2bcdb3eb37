"""Every shipped regular expression is linear on attack strings: under 0.2 s at 100,000 characters, twice the text at most 2.5 times the time.

Patterns are found in all modules of the package, in module globals and in what they hold, and are tried at every offset, however they are used.
To mend one: begin it with \\A where it is only matched at a start, bound its repetitions ({0,20} for *), or give it a cheap first character.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

import ljnews
from ljnews.facts.amount.extractor import amount
from ljnews.recognize.date import date as dates
from ljnews.recognize.quantity import quantity
from ljnews.text.text import Text

TINY, LONG = 2_000, 100_000
CAUGHT = 0.01  # seconds at TINY: only a pattern that is not linear needs them (the slowest linear one takes 1 ms)
LIMIT = 0.2  # seconds at LONG
RATIO = 2.5
NOISE = 0.005
UNITS = (
    "的", "、", "1", "亿", " ", "一", "1、", "一 ", "“", "(", "《", "年", "1年", "1月", "至", "-", ".", ",", "a", "总投资", "第", "记者", "“一", "市", "副", "\n",
    "<", "=", "/", ":", "·", "百 ", "1-", "。", "和", "项目",
)  # fmt: skip


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern of the package by module and name."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(ljnews.__path__, "ljnews."):
        if module.name.endswith("__main__") or ".migrations" in module.name:  # scripts, run by alembic only
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            # An optional dependency is not installed; a module of ours must load.
            if (error.name or "").startswith("ljnews"):
                raise
            continue
        for name, value in vars(loaded).items():
            for path, pattern in _inside(value, name, 0):
                found.setdefault(f"{module.name}.{path}", pattern)
    return {key: p for key, p in found.items() if isinstance(p.pattern, str)}


def _inside(value: Any, path: str, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield path, value
    elif depth < 4 and isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(one, f"{path}[{key}]", depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset) and len(value) < 1000:
        for i, one in enumerate(value):
            yield from _inside(one, f"{path}[{i}]", depth + 1)
    elif depth == 0 and isinstance(value, type) and value.__module__.startswith("ljnews"):
        for name, one in vars(value).items():
            yield from _inside(one, f"{path}.{name}", depth + 1)


def _attack(unit: str, length: int) -> str:
    return unit * (length // len(unit)) + "§"


class _TooLong(Exception):
    """A pattern that does not come back."""


def _stop(*_: Any) -> None:
    raise _TooLong


def _seconds(pattern: re.Pattern[str], string: str) -> float:
    """Return the best of two runs of CPU time; one where it is long already; infinity after three seconds."""
    best = float("inf")
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, 3)
    try:
        for _ in range(2):
            start = time.process_time()
            for _match in pattern.finditer(string):
                pass
            best = min(best, time.process_time() - start)
            if best > LIMIT:
                break
    except _TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return best


@pytest.mark.parametrize("name", sorted(patterns()))
def test_redos_pattern_is_linear(name: str) -> None:
    """Short strings first: they catch what is not linear in milliseconds. Then the two worst units in full."""
    pattern = patterns()[name]
    tiny = {}
    for unit in UNITS:
        tiny[unit] = _seconds(pattern, _attack(unit, TINY))
        assert tiny[unit] < CAUGHT, f"{name} takes {tiny[unit]:.3f} s on only {TINY} characters of {unit!r}: {pattern.pattern[:160]}"
    for unit in sorted(tiny, key=lambda u: -tiny[u])[:2]:
        long, half = _seconds(pattern, _attack(unit, LONG)), _seconds(pattern, _attack(unit, LONG // 2))
        if long > RATIO * half + NOISE:  # a busy machine: once more
            long, half = min(long, _seconds(pattern, _attack(unit, LONG))), max(half, _seconds(pattern, _attack(unit, LONG // 2)))
        assert long < LIMIT, f"{name} takes {long:.2f} s on {LONG} characters of {unit!r}: {pattern.pattern[:160]}"
        assert long <= RATIO * half + NOISE, f"{name} is not linear on {unit!r}: {half:.3f} s, then {long:.3f} s"


@pytest.mark.parametrize("unit", [*UNITS, "1亿元、", "增长1%、", "2022年1月1日至", "“十四五”", "三五百亩"])
def test_redos_amounts_are_linear(unit: str) -> None:
    """The readers themselves, not only their patterns."""

    def seconds(length: int) -> float:
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            text = Text(_attack(unit, length), published=date(2022, 8, 5))
            for one in (quantity, dates, amount):
                text.add(one(text))
            best = min(best, time.process_time() - start)
        return best

    half, whole = seconds(5_000), seconds(10_000)
    assert whole <= RATIO * half + 10 * NOISE

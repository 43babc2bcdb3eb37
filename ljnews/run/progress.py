"""One progress display for a run, on standard error: done, failed, rate, time left; or one JSON line per event for other programs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson

from ljnews.run.batch import Event, OnEvent
from ljnews.run.kinds import PAGE_SUFFIXES

# What ends a line or turns the direction of writing somewhere; JSON lets it stand.
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_json(event: Event) -> str:
    """Return an event as one line of JSON."""
    told: dict[str, object] = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event.kind, **event.summary.counts()}
    if event.failure is not None:
        told["failure"] = event.failure.model_dump()
    if event.note:
        told["note"] = event.note
    if event.kind == "end":
        told |= {"run": event.summary.run, "state": event.summary.state, "seconds": event.summary.seconds, "hint": event.summary.hint}
    return _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", orjson.dumps(told).decode())


@contextmanager
def display(say: Callable[[str], None], *, total: int | None = None, as_lines: bool = False) -> Iterator[OnEvent]:
    """Give an `on_event` that shows a run. `say` prints one line; `total` is the number of pages where it is known; `as_lines` gives JSON."""
    if as_lines:
        yield lambda event: say(as_json(event))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task, started = bar.add_task("reading", total=total), time.monotonic()

        def show(event: Event) -> None:
            s = event.summary
            if event.kind == "begin":
                bar.update(task, total=s.total if s.total is not None else total)
            elif event.kind == "stage":
                bar.console.print(event.note, markup=False, highlight=False)
            elif event.kind == "stored":
                rate = s.done / max(time.monotonic() - started, 1e-9)
                said = f"{s.done} done, {s.skipped} unchanged, {s.failed + s.failed_before} failed, {rate:.0f}/s"
                bar.update(task, completed=s.done + s.skipped + s.failed + s.failed_before, description=said)
            elif event.failure is not None:
                say(f"failed: {event.failure.error}: {event.failure.message}")

        yield show


def count(inputs: list[str]) -> int | None:
    """Return how many pages inputs hold, None where that is known only by reading them."""
    from glob import glob

    total = 0
    for one in inputs:
        paths = [p for p in Path(one).rglob("*") if p.is_file()] if Path(one).is_dir() else [Path(p) for p in glob(one, recursive=True)]
        for path in paths:
            if path.suffix.lower() == ".jsonl":
                total += _lines(path)
            elif path.suffix.lower() in PAGE_SUFFIXES:
                total += 1
            else:
                return None
    return total


def _lines(path: Path) -> int:
    lines = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            lines += chunk.count(b"\n")
    return lines

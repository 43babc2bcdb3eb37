"""`ljnews extract`: inputs into an output, with what went wrong said a line at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ljnews.run.batch import Event, RunSummary, run_batch
from ljnews.run.inputs import Options, pages
from ljnews.store.sink import open_sink


def extract_to(
    inputs: Iterable[str],
    output: str | None,
    *,
    options: Options,
    workers: int,
    force: bool,
    pipeline: Path | None,
    say: Callable[[str], None],
) -> int:
    """Extract every input into the output (default: standard output); return the exit code: 0, 1 inputs failed, 130/143 stopped."""

    def show(event: Event) -> None:
        if event.failure is not None:
            say(f"failed: {event.failure.error}: {event.failure.message}")

    sink = open_sink(output or "-", force=force)
    try:
        summary = run_batch(pages(inputs, options), sink, workers=workers, config=str(pipeline) if pipeline else None, on_event=show)
    finally:
        sink.close()
    if output:
        say(f"{output}: {said(summary)}")
    if summary.hint:
        say(summary.hint)
    return summary.exit_code


def said(summary: RunSummary) -> str:
    """Return a run's counts in words."""
    parts = [f"{summary.done} articles done"]
    parts += [f"{n} {word}" for n, word in ((summary.skipped, "unchanged"), (summary.failed + summary.failed_before, "failed")) if n]
    facts = ", ".join(f"{n} {name}" for name, n in summary.facts.items() if n)
    return ", ".join(parts) + (f"; {facts}" if facts else "") + f" ({summary.seconds.get('wall', 0):.1f} s)"

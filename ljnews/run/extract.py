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
    retry_failed: bool = False,
) -> int:
    """Extract every input into the output (default: standard output); return the exit code: 0, 1 inputs failed, 130/143 stopped."""

    def show(event: Event) -> None:
        if event.failure is not None:
            say(f"failed: {event.failure.error}: {event.failure.message}")

    sink = open_sink(output or "-", force=force)
    try:
        config = str(pipeline) if pipeline else None
        summary = run_batch(pages(inputs, options), sink, workers=workers, config=config, on_event=show, retry_failed=retry_failed)
    finally:
        sink.close()
    if output:
        say(f"{output}: {said(summary)}")
        if told := before(summary, output):
            say(told)
    if summary.hint:
        say(summary.hint)
    return summary.exit_code


def before(summary: RunSummary, store: str) -> str | None:
    """Return where to see what failed before this run and was not tried again."""
    if not summary.failed_before:
        return None
    shown = f"`ljnews query {store} --failures` lists them, " if store.lower().endswith((".sqlite", ".sqlite3", ".db")) else ""
    return f"failed before: {shown}--retry-failed tries them again"


def said(summary: RunSummary) -> str:
    """Return a run's counts in words."""
    parts = [f"{summary.done} articles done"]
    further = ((summary.skipped, "unchanged"), (summary.failed, "failed"), (summary.failed_before, "failed before"))
    parts += [f"{n} {word}" for n, word in further if n]
    facts = ", ".join(f"{n} {name}" for name, n in summary.facts.items() if n)
    return ", ".join(parts) + (f"; {facts}" if facts else "") + f" ({summary.seconds.get('wall', 0):.1f} s)"

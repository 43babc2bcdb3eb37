"""`ljnews demo`: the demo pages through the whole road, facts on the screen and in SQLite."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ljnews import resources
from ljnews.records import ArticleRecord
from ljnews.run.batch import run_batch
from ljnews.run.explain import COLOURS, NAMES, Line, lines
from ljnews.run.extract import said
from ljnews.run.inputs import pages
from ljnews.store.source import LINES

# A ceremony, an inspection, an interview with two more stories, appointments, an e-paper feature, a village story, statistics.
SHOWN = 8


def demo_pages() -> list[Path]:
    """Return the demo pages, in order."""
    return sorted(resources.path("corpus/pages").glob("*.html"))[:SHOWN]


def run_demo(output: Path, facts: int) -> int:
    """Extract the demo pages into `output` (written anew), show `facts` facts of every type; return the exit code."""
    console = Console(highlight=False)
    sources = [str(p) for p in demo_pages()]
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder, "demo.jsonl")
        run_batch(pages(sources), shown, workers=0, job="demo")
        records = [ArticleRecord.model_validate_json(line) for line in shown.read_text(encoding="utf-8").splitlines()]
    for old in (output, *(output.with_name(output.name + tail) for tail in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    summary = run_batch(pages(sources), output, workers=0, job="demo")
    _articles(console, records)
    for type_ in COLOURS:
        console.print(_table(type_, records, facts))
    console.print(f"[bold]{output}[/]: {said(summary)}\n")
    _next(console, output, sources)
    return summary.exit_code


def _articles(console: Console, records: list[ArticleRecord]) -> None:
    """The pages read, one line each."""
    table = Table(title="Pages read (invented places and people, in the styles of real sites)", title_justify="left", box=None)
    for head in ("稿件", "发布", "来源", *NAMES.values()):
        table.add_column(head, overflow="fold")
    for record in records:
        counts = [str(len(getattr(record, t)) or "") for t in NAMES]
        a = record.article
        table.add_row(a.title or "", (a.published_at or "")[:16].replace("T", " "), a.source or "", *counts)
    console.print(table)


def _table(type_: str, records: list[ArticleRecord], facts: int) -> Table:
    """A few facts of one type, each beside its evidence, spread over the pages."""
    found: list[tuple[Line, ArticleRecord]] = [(line, r) for r in records for line in lines(r) if line.type == type_]
    taken: Counter[str] = Counter()
    spread = []
    for line, record in found:
        taken[record.article.id] += 1
        spread.append((taken[record.article.id], line, record))
    spread.sort(key=lambda row: row[0])
    title = f"{NAMES[type_]} {type_}: {len(found)} in {len(records)} pages"
    table = Table(title=title, title_justify="left", title_style=f"bold {COLOURS[type_]}", expand=True)
    table.add_column("事实 fact", ratio=3, overflow="fold")
    table.add_column("证据 evidence, in its place", ratio=3, overflow="fold")
    for _, line, record in spread[:facts]:
        table.add_row(line.said, _in_place(line, record.article.text, COLOURS[type_]))
    return table


def _in_place(line: Line, text: str, colour: str) -> Styled:
    """The evidence with a few characters around it."""
    start, end = line.evidence.start, line.evidence.end
    left, right = text[max(0, start - 12) : start].rpartition("\n")[2], text[end : end + 12].partition("\n")[0]
    return Styled.assemble("…", left, (line.evidence.text, f"bold {colour}"), right, "…")


def _next(console: Console, output: Path, sources: list[str]) -> None:
    """What to try next."""
    console.print("Try next:", style="bold")
    ask = f"ljnews query {output} --project 工程", "ask the database"
    lines_only = output.name.lower().endswith(LINES)
    for command, why in (
        (f"ljnews explain {sources[2]}", "one article in colour, every fact with its rule"),
        (f"ljnews export {output} --to demo.sqlite", "put the records into a database") if lines_only else ask,
        ("ljnews extract YOUR_PAGES/ -o facts.sqlite", "your own pages, texts or tables (ljnews extract --help)"),
    ):
        console.print(f"  {command}", style="cyan", end="")
        console.print(f"   {why}", style="dim")

"""`ljnews fetch, archive, sites`: bringing pages in, keeping them, and the files that describe sites."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ljnews.verbs.output import FORMATS, plain, rows, say

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="SITE|URL...")
@click.option("--out", type=FILE, default=Path("archive"), show_default=True, help="The archive folder.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave older articles out.")
@click.option("--pages", type=click.IntRange(1), help="Fetch at most so many pages, lists included.")
@click.option("--contact", metavar="ADDRESS", help="How a site's administrator can reach you; needed for more than 50 pages.")
@click.option("--delay", type=click.FloatRange(0), default=2.0, show_default=True, help="Seconds between two questions to a host.")
@click.option(
    "--allow-network", "networks", multiple=True, metavar="CIDR", help="Open an address range that is refused otherwise (intranet)."
)
@click.option("--proxy", metavar="URL", help="Go through this proxy; none is taken from the environment.")
@click.option("--lists", "as_list", is_flag=True, help="The URLs are lists of articles.")
@click.option("--dry-run", is_flag=True, help="Say what would be fetched; read lists only, keep nothing.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON line per event, for other programs.")
def fetch(targets: tuple[str, ...], out: Path, since: Any, pages: int | None, as_list: bool, as_lines: bool, **wishes: Any) -> None:
    """Bring pages into an archive, politely: a SITE (name, domain or .toml), or URLs. Run it again to fetch what is new."""
    from ljnews.fetch import Settings, crawl

    settings = Settings(
        contact=wishes["contact"],
        delay=wishes["delay"],
        allow_networks=wishes["networks"],
        proxy=wishes["proxy"],
        dry_run=wishes["dry_run"],
    )
    with _showing(as_lines) as show:
        summary = crawl(
            targets, out=out, since=since.date() if since else None, pages=pages, settings=settings, as_list=as_list, on_event=show
        )
    if not as_lines:
        _tell(summary)
    sys.exit(130 if summary.interrupted else int(bool(summary.failed)))


class _showing:  # noqa: N801 (used as a function)
    """Events as JSON lines, or as one progress line on a terminal."""

    def __init__(self, as_lines: bool) -> None:
        self.as_lines = as_lines

    def __enter__(self) -> Any:
        if self.as_lines:
            return lambda event: click.echo(json.dumps(event, ensure_ascii=False, default=str))
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.bar.__enter__()
        task = self.bar.add_task("fetching", total=None)
        counts: dict[str, int] = {}

        def show(event: dict[str, Any]) -> None:
            counts[event["event"]] = counts.get(event["event"], 0) + 1
            told = ", ".join(f"{n} {name}" for name, n in counts.items() if name not in ("start", "end"))
            self.bar.update(task, description=plain(f"{event.get('host') or event.get('url') or ''}  {told}"))

        return show

    def __exit__(self, *_: object) -> None:
        if not self.as_lines:
            self.bar.__exit__(None, None, None)


def _tell(summary: Any) -> None:
    """The summary of a crawl in a few lines and a table per host."""
    if summary.would_fetch:
        for url in summary.would_fetch:
            click.echo(plain(url))
        return
    kept = f"{summary.new} new, {summary.changed} changed, {summary.unchanged} unchanged, {summary.duplicates} duplicates, {summary.reposts} reposts"
    say(f"{summary.out}: {summary.pages} pages ({kept}), {summary.listings} lists, {summary.bytes:,} bytes in {summary.seconds:.0f} s")
    rows([{"host": host, **counts} for host, counts in summary.hosts.items()], "table") if summary.hosts else None
    for why, count in summary.failed.items():
        say(f"failed: {why}: {count}")
    for stop in summary.stops:
        say(f"stopped: {stop}")
    if summary.pending:
        say(f"{summary.pending} still to fetch; run the same command again to go on")


@click.group()
def archive() -> None:
    """Look at an archive of fetched pages, check it, take it elsewhere."""


@archive.command("ls")
@click.argument("folder", type=FILE)
@click.option("--match", metavar="REGEX", help="Only URLs that match.")
@click.option("--since", metavar="DAY", help="Fetched on this day or later.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def archive_ls(folder: Path, form: str, **wishes: Any) -> None:
    """List captures."""
    from ljnews.fetch.tools import ls

    rows(ls(folder, **wishes), form)


@archive.command("show")
@click.argument("folder", type=FILE)
@click.argument("which", metavar="ID|URL")
@click.option("--body", is_flag=True, help="The page's bytes on standard output.")
def archive_show(folder: Path, which: str, body: bool) -> None:
    """Show one capture: its index row, or its bytes."""
    from ljnews.fetch.tools import show

    row, content = show(folder, which)
    if body:
        sys.stdout.buffer.write(content)
    else:
        click.echo(plain(json.dumps(row, ensure_ascii=False, indent=1, default=str)))


@archive.command("verify")
@click.argument("folder", type=FILE)
@click.option("--requeue", is_flag=True, help="Have damaged pages fetched again by the next run.")
def archive_verify(folder: Path, requeue: bool) -> None:
    """Check every stored byte; exit 1 where something is damaged."""
    from ljnews.fetch.tools import verify

    found = verify(folder, requeue=requeue)
    for number, url, why in found.damaged:
        click.echo(plain(f"damaged: {number} {url}: {why}"))
    for problem in found.files:
        click.echo(plain(f"file: {problem}"))
    say(f"{folder}: {found.captures} captures, {found.bytes:,} bytes, {'sound' if found.sound else 'NOT sound'}")
    sys.exit(int(not found.sound))


@archive.command("export")
@click.argument("folder", type=FILE)
@click.argument("to", type=FILE)
@click.option("--match", metavar="REGEX", help="Only URLs that match.")
@click.option("--force", is_flag=True, help="Write over an existing output.")
def archive_export(folder: Path, to: Path, match: str | None, force: bool) -> None:
    """Take articles elsewhere: OUT.warc.gz, OUT.jsonl or a folder of pages."""
    from ljnews.fetch.tools import export

    say(f"{to}: {export(folder, to, match=match, force=force)} pages")


@click.group()
def sites() -> None:
    """Site files: check them against their example pages, draft a new one."""


@sites.command("check")
@click.argument("folder", type=FILE, required=False)
def sites_check(folder: Path | None) -> None:
    """Run every site file of a folder (default: the package's own) against its example page; exit 1 on drift."""
    from ljnews.sites import check

    found = check(folder)
    for row in found:
        click.echo(plain(f"{row.status:10} {row.site:20} {row.file}"))
        for problem in row.problems:
            click.echo(plain(f"           {problem}"))
    sys.exit(int(any(row.status in ("drift", "error") for row in found)))

"""`ljnews fetch, archive, sites`: bringing pages in, keeping them, and the files that describe sites."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ljnews.verbs.output import FORMATS, plain, rows, say

FILE = click.Path(path_type=Path)


@click.command(short_help="Bring pages into an archive, politely.")
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
    from ljnews.fetch import Settings, crawl, show

    settings = Settings(
        contact=wishes["contact"],
        delay=wishes["delay"],
        allow_networks=wishes["networks"],
        proxy=wishes["proxy"],
        dry_run=wishes["dry_run"],
    )
    once: dict[str, Any] = {"out": out, "since": since.date() if since else None, "pages": pages, "settings": settings, "as_list": as_list}
    with _stoppable():
        if as_lines:
            summary = crawl(targets, on_event=lambda event: click.echo(show.json_line(event)), **once)
        else:
            with show.Progress(pages) as bar:
                summary = crawl(targets, on_event=bar, **once)
            _tell(summary)
    sys.exit(130 if summary.interrupted else int(bool(summary.failed)))


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM ends a crawl as Ctrl-C does: cleanly, with the place kept."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(summary: Any) -> None:
    """What a crawl did: the addresses of a dry run, or a table per host and what it does not say."""
    from rich.console import Console

    from ljnews.fetch import show

    for url in summary.would_fetch:
        click.echo(plain(url))
    if summary.hosts:
        Console(stderr=True, highlight=False).print(show.summary_table(summary))
    for line in show.summary_lines(summary):
        say(line)


@click.group(short_help="List, show, check, export an archive of fetched pages.")
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


@archive.command("export", short_help="Take articles elsewhere: .warc.gz, .jsonl, a folder.")
@click.argument("folder", type=FILE)
@click.argument("to", type=FILE)
@click.option("--match", metavar="REGEX", help="Only URLs that match.")
@click.option("--force", is_flag=True, help="Write over an existing output.")
def archive_export(folder: Path, to: Path, match: str | None, force: bool) -> None:
    """Take articles elsewhere: OUT.warc.gz, OUT.jsonl or a folder of pages."""
    from ljnews.fetch.tools import export

    say(f"{to}: {export(folder, to, match=match, force=force)} pages")


@click.group(short_help="Check site files, draft a new one.")
def sites() -> None:
    """Site files: check them against their example pages, draft a new one."""


@sites.command("check", short_help="Run site files against their example pages.")
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


@sites.command("new", short_help="Draft a site file from an example article and list.")
@click.argument("page", metavar="URL|FILE")
@click.option("--list", "listing", metavar="URL|FILE", help="An example list of articles of the site.")
@click.option("--url", help="Where a saved page came from, if the file does not say.")
@click.option("--name", help="The site's name.")
@click.option("-o", "--output", type=FILE, help="Write the site file here (default: standard output).")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def sites_new(page: str, listing: str | None, url: str | None, name: str | None, output: Path | None, force: bool) -> None:
    """Draft a site file from an example article and an example list, and show what it takes from them."""
    from ljnews.errors import OutputExists
    from ljnews.fetch import show
    from ljnews.fetch.draft import draft, page_of

    made = draft(page_of(page, url=url), page_of(listing) if listing else None, name=name)
    if output is None:
        click.echo(made.text)
    elif output.exists() and not force:
        raise OutputExists(f"{output} is there already; name another file or add --force")
    else:
        output.write_text(made.text, encoding="utf-8")
    for line in show.draft_lines(made):
        say(line)

"""What a crawl looks like: a bar with hosts below it while it runs, tables when it is done, one JSON line an event for machines.

`Progress` draws on a terminal only; into a pipe or a file it draws nothing. The command line prints, this module makes what is printed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from ljnews.fetch.crawling import CrawlSummary
    from ljnews.fetch.draft import Draft

_STATES = ("new", "changed", "unchanged", "duplicate", "repost", "part", "listing", "redirect", "later", "skipped", "failed")
_LABELS = {
    "new": "新", "changed": "改", "unchanged": "未变", "duplicate": "相同", "repost": "转载", "part": "续页", "listing": "列表",
    "redirect": "转向", "later": "稍后", "skipped": "不取", "failed": "失败",
}  # fmt: skip


def plain(value: str) -> str:
    """Return text that a terminal shows and does not obey: control and direction characters are spelled out.

    >>> plain("标题\\x1b[31m")
    '标题\\\\x1b[31m'
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in value)


def size(count: float) -> str:
    """Return a number of bytes for people.

    >>> size(1536)
    '1.5 KB'
    """
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return ""


def json_line(event: dict[str, Any]) -> str:
    """Return an event as one line: JSON, non-ASCII as it is, line separators escaped."""
    return json.dumps(event, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


class Progress:
    """Draws a running crawl: `with Progress(pages) as show: crawl(..., on_event=show)`."""

    def __init__(self, pages: int | None = None, *, console: Console | None = None, hosts: int = 8) -> None:
        self._console = console or Console(stderr=True)
        self._pages = pages
        self._most_hosts = hosts
        self._states = dict.fromkeys(_STATES, 0)
        self._hosts: dict[str, dict[str, int]] = {}
        self._count = self._bytes = 0
        self._last = ""
        self._live = Live(console=self._console, refresh_per_second=4, transient=True, get_renderable=self._draw)

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live.is_started:
            self._live.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        """Take one event of `crawl`."""
        if event.get("event") != "page":
            return
        state, host = str(event.get("state")), str(event.get("host"))
        row = self._hosts.pop(host, None) or {"pages": 0, "new": 0, "unchanged": 0, "failed": 0, "bytes": 0}
        self._hosts[host] = row  # the host heard of last stands last
        if len(self._hosts) > 1000:
            del self._hosts[next(iter(self._hosts))]
        self._count += "status" in event
        self._bytes += int(event.get("bytes", 0))
        row["pages"] += "status" in event
        row["bytes"] += int(event.get("bytes", 0))
        if state in self._states:
            self._states[state] += 1
        if state in row:
            row[state] += 1
        self._last = str(event.get("url", ""))

    def _draw(self) -> Group:
        of = f"/{self._pages}" if self._pages else ""
        counts = "  ".join(f"{_LABELS[s]} {n}" for s, n in self._states.items() if n)
        head = Text(f"已取 {self._count}{of} 页  {size(self._bytes)}  {counts}", style="bold")
        table = Table(box=None, padding=(0, 2), show_edge=False)
        for name in ("host", "pages", "new", "unchanged", "failed", "bytes"):
            table.add_column(name, justify="left" if name == "host" else "right")
        for host, row in list(self._hosts.items())[-self._most_hosts :]:
            table.add_row(Text(plain(host)), *(str(row[k]) for k in ("pages", "new", "unchanged", "failed")), size(row["bytes"]))
        return Group(head, table, Text(plain(self._last)[:120], style="dim"))


def summary_table(summary: CrawlSummary) -> Table:
    """Return the table of a finished crawl: a row a host, the busiest first, and a sum."""
    table = Table(title=f"{summary.out}  run {summary.run}" + ("  (resumed)" if summary.resumed else ""))
    names = ("pages", "new", "unchanged", "failed", "bytes")
    table.add_column("host")
    for name in names:
        table.add_column(name, justify="right")
    ranked = sorted(summary.hosts.items(), key=lambda one: (-one[1]["pages"], one[0]))
    for host, row in ranked[:30]:
        table.add_row(Text(plain(host)), *(str(row[k]) for k in names[:-1]), size(row["bytes"]))
    if len(ranked) > 30:
        table.add_row(f"… {len(ranked) - 30} more", *[""] * len(names))
    total = (summary.pages, summary.new, summary.unchanged, sum(summary.failed.values()))
    table.add_section()
    table.add_row("all", *map(str, total), size(summary.bytes), style="bold")
    return table


def summary_lines(summary: CrawlSummary) -> list[str]:
    """Return what the table does not say: lists, parts, copies, failures by kind, why something was not gone on with, what is left."""
    lines = [
        f"{summary.pages} pages in {summary.seconds:.0f} s: {summary.new} new, {summary.changed} changed, {summary.unchanged} unchanged, "
        f"{summary.duplicates} exact copies, {summary.reposts} reposts, {summary.listings} lists, {summary.parts} further pages, "
        f"{summary.redirects} redirects, {summary.skipped} not fetched"
    ]
    lines += [f"failed: {count} {name}" for name, count in sorted(summary.failed.items(), key=lambda one: (-one[1], one[0]))]
    lines += [f"  {plain(message)}" for message in summary.failures[:10]]
    lines += [f"stopped: {plain(reason)}" for reason in summary.stops]
    if summary.pending:
        lines.append(f"{summary.pending} URLs are still to fetch; the same command goes on with them")
    if summary.retry_later:
        lines.append(f"{summary.retry_later} failed for a passing reason; a run after ten minutes or more asks for them again")
    if summary.interrupted:
        lines.append("interrupted; the same command goes on where it was")
    return lines


def draft_lines(made: Draft) -> list[str]:
    """Return what a drafted site file would take: notes, articles with their days, the next page, and the example article's facts."""
    lines = [f"family: {made.family or 'none fits'}", *(f"note: {plain(note)}" for note in made.notes)]
    lines.append(f"articles on the list: {len(made.items)}")
    lines += [f"  {item.day or '----------'}  {plain(item.title)[:40]}  {plain(item.url)}" for item in made.items[:10]]
    if len(made.items) > 10:
        lines.append(f"  … {len(made.items) - 10} more")
    lines += [f"next page: {plain(url)}" for url in made.next]
    if (article := made.article) is not None:
        lines += [f"{name}: {plain(str(getattr(article, name)))}" for name in ("title", "published_at", "source") if getattr(article, name)]
        lines.append(f"text: {len(article.text)} characters: {plain(article.text[:60])}…")
    return lines

"""How verbs speak: plain lines with nothing sent to the terminal that is not printable, and tables in three forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

FORMATS = click.Choice(["table", "json", "csv"])
_PIPE_WIDTH = 160
_GUARD = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def plain(string: str) -> str:
    """Return a string with control and direction characters shown, not sent to the terminal."""
    return "".join(c if c == "\n" or c.isprintable() or c == "\u3000" else f"\\u{ord(c):04x}" for c in string)


def say(line: str) -> None:
    """Print one line on standard error."""
    click.echo(plain(line), err=True)


def rows(found: Iterable[Mapping[str, Any]], form: str, columns: Sequence[str] | None = None) -> None:
    """Print rows as a table (of `columns`, empty ones left out), JSON lines or CSV (all columns; cells that look like formulas get a quote)."""
    found = list(found)
    if not found:
        say("nothing found")
        if form == "table":
            return
    if form == "json":
        for row in found:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        return
    names = list(found[0] if found else ())
    if form == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([_guarded(row.get(name)) for name in names] for row in found)
        click.echo(stream.getvalue(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = [name for name in columns or names if any(row.get(name) not in (None, "", []) for row in found)]
    table = Table(box=None, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in found:
        table.add_row(*(Text(plain(_cell(row.get(name)))) for name in names))
    console = Console(highlight=False)
    Console(highlight=False, width=None if console.is_terminal else _PIPE_WIDTH).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _guarded(value: Any) -> Any:
    shown = _cell(value)
    return f"'{shown}" if isinstance(value, str) and shown.startswith(_GUARD) else shown

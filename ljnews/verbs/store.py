"""`ljnews run, export, diff, query, forget`: jobs, and what is done with the databases that they fill."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ljnews.verbs.output import FORMATS, rows, say

# A table's columns on the screen; JSON and CSV give all.
_SHOWN = [
    "published_on",
    "type",
    "said",
    "posts",
    "status",
    "measure",
    "value",
    "unit",
    "day_to",
    "project",
    "speaker",
    "sentence",
    "source",
]
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Do a job: fetch, read, extract, store.")
@click.argument("job", metavar="JOB")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where pages are done.")
@click.option("--workers", type=click.IntRange(0), help="Worker processes in place of the job's own number.")
@click.option("--retry-failed", is_flag=True, help="Try pages again that failed for good.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON line per event, for other programs.")
def run(job: str, engine: Any, workers: int | None, retry_failed: bool, as_lines: bool) -> None:
    """Do a job: fetch, read, extract, store. JOB is a .toml file or a shipped job (demo). Run it again to go on or to do what is new."""
    from ljnews.run.extract import before, said
    from ljnews.run.jobs import run_job
    from ljnews.run.progress import display

    with display(say, as_lines=as_lines) as on_event:
        done = run_job(job, engine=engine, workers=workers, retry_failed=retry_failed, on_event=on_event)
    if not as_lines:
        counts = done.run
        idle = f"nothing to do, {counts.skipped} articles unchanged" + (
            f", {counts.failed_before} failed before" * bool(counts.failed_before)
        )
        say(f"{job}: {said(counts) if counts.done or counts.failed else idle}")
        if told := before(counts, done.store):
            say(told)
        for target, given in done.exported.items():
            say(f"{target}: {given.articles} articles, {given.facts} facts")
        if done.run.hint:
            say(done.run.hint)
    sys.exit(done.exit_code)


@click.command(short_help="Give the facts of a store away, all or what changed.")
@click.argument("store", metavar="STORE")
@click.option(
    "--to", "target", required=True, metavar="SINK", help="OUT.jsonl (.gz, .zst), .parquet, .csv, .xlsx, .sqlite, postgresql://…, -"
)
@click.option("--since", metavar="RUN|TIME|CURSOR", help="Only what changed since then: added, changed, withdrawn.")
@click.option("--cursor", "cursor_file", type=click.Path(path_type=Path), metavar="FILE", help="Keep the place of the feed in a file.")
@click.option("--no-text", is_flag=True, help="Leave the article texts out (copyright).")
@click.option("--mask-citizens", is_flag=True, help="Hide the names of citizens (personal information).")
@click.option("--raw-csv", is_flag=True, help="Leave cells that look like formulas as they are.")
@click.option("--force", is_flag=True, help="Write over an existing output.")
def export(store: str, target: str, **wishes: Any) -> None:
    """Give the facts of a store to another one, all or what changed."""
    from ljnews.store.export import export as give

    made = give(store, target, **wishes)
    changes = ", ".join(f"{n} {word}" for word, n in sorted(made.changes.items()))
    say(f"{target}: {made.articles} articles, {made.facts} facts{f' ({changes})' if changes else ''}; cursor {made.cursor or '–'}")


@click.command(short_help="List the facts that differ between two runs.")
@click.argument("store", metavar="STORE")
@click.argument("before", metavar="RUN1")
@click.argument("after", metavar="RUN2")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def diff(store: str, before: str, after: str, form: str) -> None:
    """List the facts that were added, changed or withdrawn between two runs, by rule, with their evidence."""
    from ljnews.store.feed import compare, first_evidence, moment
    from ljnews.store.source import open_database

    database = open_database(store)
    try:
        with database.reading() as conn:
            found = []
            for change in compare(conn, moment(conn, before), moment(conn, after)):
                fact = change.after or change.before or {}
                proof = first_evidence(fact) or {}
                told = {"change": change.change, "type": change.type, "rule": change.rule, "evidence": proof.get("text")}
                found.append(
                    {**told, "what": _differs(change.before, change.after), "article": change.article.get("title"), "id": change.id}
                )
    finally:
        database.close()
    rows(
        sorted(found, key=lambda r: (r["rule"] or "", r["type"], r["change"])),
        form,
        ["change", "type", "rule", "evidence", "what", "article", "id"],
    )


def _differs(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    """Which fields differ, old and new."""
    if not before or not after:
        return ""
    keys = [k for k in after if k != "evidence" and before.get(k) != after[k]]
    return "; ".join(f"{k}: {before.get(k)} → {after[k]}" for k in keys)[:300] or "evidence"


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a question."""
    options = []
    for name, told in (
        ("person", "A name, or part of one."), ("project", "A project, or part of its name."), ("place", "A place, or its code."),
        ("measure", "What amounts measure (总投资)."), ("search", "Words anywhere in texts and evidence."), ("article", "An article's id."),
        ("type", "officials, people, amounts, projects or targets."),
    ):  # fmt: skip
        options.append(click.option(f"--{name}", help=told))
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Ask a store for facts.")
@click.argument("store", metavar="STORE")
@_asking
@click.option("--since", type=_DAY, help="Articles of this day or later.")
@click.option("--until", type=_DAY, help="Articles of this day or earlier.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("--runs", is_flag=True, help="List the runs instead.")
@click.option("--failures", is_flag=True, help="List what gave no record instead, and why.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def query(store: str, runs: bool, failures: bool, form: str, since: Any, until: Any, **asked: Any) -> None:
    """Ask a store for facts: of a person, a project, a place, a range of days, or by words."""
    from ljnews.store.query import Question, list_failures, list_runs
    from ljnews.store.query import query as ask

    if runs:
        rows(list_runs(store), form, ["id", "job", "state", "started_at", "ended_at", "version", "counts"])
        return
    if failures:
        rows(list_failures(store), form, ["input", "error", "message"])
        return
    days = {name: day.date().isoformat() for name, day in (("since", since), ("until", until)) if day}
    found = ask(store, Question(**asked, **days))
    if form == "table" and len({row["type"] for row in found}) > 1:
        found = [row | {"what": _what(row)} for row in found]
        rows(found, form, ["published_on", "type", "said", "what", "sentence", "source"])
    else:
        rows(found, form, _SHOWN)
    if len(found) == asked["limit"]:
        say(f"the first {len(found)}; --limit gives more")


def _what(row: dict[str, Any]) -> str:
    """What a fact says besides its name, in a few words."""
    parts = [row["posts"], row["status"], row["measure"], row["value"] and f"{row['value']} {row['unit']}"]
    parts += [row["day_to"] and f"至 {row['day_to']}", row["project"], row["speaker"]]
    return " · ".join(part for part in parts if part)


@click.command(short_help="Take a private person out of a store.")
@click.argument("store", metavar="STORE")
@click.argument("name", metavar="NAME")
@click.option("--officials-too", is_flag=True, help="Also where the name is an official's.")
@click.confirmation_option("--yes", prompt="This cannot be undone. Go on?")
def forget(store: str, name: str, officials_too: bool) -> None:
    """Take a private person out of a store: the facts go, the name is masked in the texts."""
    from ljnews.store.forget import forget as drop
    from ljnews.store.source import open_database

    database = open_database(store)
    try:
        told = drop(database, name, officials_too=officials_too)
    finally:
        database.close()
    say(f"{told.articles} articles rewritten, {told.facts} facts gone, {told.left} articles left alone where the name is an official's")

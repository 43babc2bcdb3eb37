"""The command line: one verb per stage. Every verb imports what it needs when it runs, so that `ljnews --help` answers at once.

Exit codes: 0 done, 1 some inputs failed, 2 usage or a data file in error, 130/143 stopped by a signal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ljnews import __version__
from ljnews.verbs import fetch, store
from ljnews.verbs.output import plain, say

if TYPE_CHECKING:
    from ljnews.records import ArticleRecord, Page
    from ljnews.run.inputs import Options

FILE = click.Path(path_type=Path)
_INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_FORCE = click.option("--force", is_flag=True, help="Write over an existing file (a database is always continued).")
_WORKERS = click.option(
    "--workers", type=click.IntRange(0), default=None, help="Worker processes (default: one a core); 0: none, no guard."
)


def _workers(given: int | None, inputs: tuple[str, ...]) -> int:
    """Worker processes: as given; none for one small file (its record is there before a worker would be); else one a core."""
    import os

    if given is not None:
        return given
    one = Path(inputs[0])
    small = len(inputs) == 1 and one.suffix.lower() in (".html", ".htm", ".txt") and one.is_file() and one.stat().st_size < 1 << 20
    return 0 if small else os.cpu_count() or 1


class _Verbs(click.Group):
    """The group: errors of ours become one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return self._invoke(ctx)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except KeyboardInterrupt:
            say("ljnews: stopped; what is written is whole, run the same command again to go on")
            ctx.exit(130)

    def _invoke(self, ctx: click.Context) -> Any:
        from ljnews.errors import LjnewsError, UsageError

        try:
            return super().invoke(ctx)
        except LjnewsError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(plain(f"ljnews: {type(error).__name__}: {error.message}"), err=True)
            ctx.exit(2 if isinstance(error, UsageError) or error.stage in ("data", "store") else 1)
        except OSError as error:
            if ctx.params.get("debug") or isinstance(error, BrokenPipeError):
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(plain(f"ljnews: {where}{error.strerror or error}; check the path and its permissions"), err=True)
            ctx.exit(2)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="ljnews")
@click.option("--debug", is_flag=True, help="Show a traceback where an error ends the command.")
def main(debug: bool) -> None:
    """Checked facts from Chinese regional news pages: officials, amounts, projects and targets, each with its evidence."""


def _columns(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dict[str, str]:
    """Read `text=正文,title=标题`."""
    if not value:
        return {}
    from ljnews.run.inputs import FIELDS

    pairs = [part.partition("=") for part in value.split(",")]
    unknown = [ours for ours, _, theirs in pairs if ours.strip() not in FIELDS or not theirs.strip()]
    if unknown:
        raise click.BadParameter(f"expected FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}; found {', '.join(unknown)}")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError as error:
        raise click.BadParameter(f"expected a day as 2022-08-05, found {value!r}") from error


def _reading(command: Any) -> Any:
    """Options of every verb that reads articles."""
    for option in (
        click.option("--columns", callback=_columns, metavar="FIELD=COLUMN,...", help="A table's columns: text=正文,title=标题,date=日期."),
        click.option("--assume-date", callback=_day, metavar="DAY", help="Publication day of articles that state none."),
        click.option("--collection", metavar="NAME", help="Name of the collection that input ids belong to (default: the file's name)."),
        click.option(
            "--pipeline",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="CFG",
            help="A spaCy config in place of pipelines/default.cfg.",
        ),
    ):
        command = option(command)
    return command


def _options(columns: dict[str, str], assume_date: str | None, collection: str | None) -> Options:
    from ljnews.run.inputs import Options

    return Options(columns=columns, assume_date=assume_date, collection=collection)


@main.command(short_help="Read articles and give their facts.")
@_INPUTS
@click.option("-o", "--output", metavar="OUT", help="OUT.jsonl, OUT.sqlite …; default: JSON lines on standard output.")
@_WORKERS
@click.option("--retry-failed", is_flag=True, help="Try pages again that failed for good.")
@_FORCE
@_reading
def extract(
    inputs: tuple[str, ...], output: str | None, workers: int | None, retry_failed: bool, force: bool, pipeline: Path | None, **reading: Any
) -> None:
    """Read articles and give their facts.

    INPUT: HTML or text files, folders, globs, `-`, URLs, .json/.jsonl, tables (.csv .xlsx .parquet), archives (.warc .zip .tar).
    """
    from ljnews.run.extract import extract_to

    how: dict[str, Any] = {"force": force, "pipeline": pipeline, "retry_failed": retry_failed, "say": say}
    sys.exit(extract_to(inputs, output, options=_options(**reading), workers=_workers(workers, inputs), **how))


def _one(source: str, options: Options) -> Page:
    """Return the first page of an input, and say so where there are more; its failure is the command's error."""
    from itertools import islice

    from ljnews.errors import UsageError
    from ljnews.records import Failure
    from ljnews.run.inputs import pages

    found = [*islice(pages([source], options), 2)]
    page = found[0] if found else None
    if page is None or isinstance(page, Failure):
        raise UsageError(page.message if page else f"{source}: nothing to read in it")
    if len(found) > 1:
        say(f"{source}: more than one article in it; this is the first, {page.input}")
    return page


@main.command(short_help="Show one article, each fact beside its rule and evidence.")
@click.argument("file", metavar="FILE")
@click.option("--html", "html", type=FILE, metavar="OUT", help="Write one self-contained page instead.")
@click.option("--at", "offset", type=int, metavar="OFFSET", help="Say which rules looked at this character, and why they refused it.")
@_FORCE
@_reading
def explain(file: str, html: Path | None, offset: int | None, force: bool, pipeline: Path | None, **reading: Any) -> None:
    """Show one article with its facts marked, each beside its rule and evidence."""
    from ljnews.errors import OutputExists, UsageError
    from ljnews.run import explain as shown
    from ljnews.run.pipeline import pipeline as chosen
    from ljnews.run.process import analyse, article_of

    page = _one(file, _options(**reading))
    record, text = analyse(article_of(page), chosen(str(pipeline) if pipeline else None), explain=offset is not None)
    if offset is not None:
        if not 0 <= offset < len(text.string):
            raise UsageError(f"--at {offset}: expected an offset in the text, 0 to {len(text.string) - 1}")
        click.echo(plain("\n".join(shown.at(text, record, offset))))
    elif html is not None:
        if html.exists() and not force:
            raise OutputExists(f"{html} is there already; name another file or add --force")
        html.write_text(shown.page(record), encoding="utf-8")
        say(f"{html}: {len(record.article.text)} characters, {len(shown.marks(record))} marked spans")
    else:
        _show(record)


def _show(record: ArticleRecord) -> None:
    """Print an article and its facts in colour."""
    from ljnews.run.explain import COLOURS, NAMES, lines, pieces

    for string, types in pieces(record):
        click.secho(plain(string), fg=COLOURS[types[-1]] if types else None, bold=bool(types), underline=len(types) > 1, nl=False)
    click.echo("\n")
    last = None
    for line in lines(record):
        if line.type != last:
            click.secho(f"{NAMES[line.type]} ({line.type})", fg=COLOURS[line.type], bold=True)
            last = line.type
        click.echo(plain(f"  {line.said}"))
        click.secho(plain(f"      «{line.evidence.text}» {line.evidence.start}–{line.evidence.end}  {line.evidence.rule}"), dim=True)


@main.command(short_help="Facts of a few invented pages: on the screen and in SQLite.")
@click.option("-o", "--output", type=FILE, default=Path("ljnews-demo.sqlite"), show_default=True, help="The SQLite file to write.")
@click.option("--facts", type=click.IntRange(1), default=4, show_default=True, help="Facts shown per type.")
def demo(output: Path, facts: int) -> None:
    """Extract the facts of a few invented but realistic pages: on the screen and in SQLite."""
    from ljnews.run.demo import run_demo

    sys.exit(run_demo(output, facts))


@contextmanager
def _as_lines(records: Path) -> Iterator[Path]:
    """Give the path of a file of records: a store or a compressed file is unpacked into one, for as long as it is needed."""
    if not records.name.lower().endswith((".sqlite", ".sqlite3", ".db", ".jsonl.gz", ".jsonl.zst")):
        yield records
        return
    from tempfile import TemporaryDirectory

    from ljnews.store.export import export

    with TemporaryDirectory(prefix="ljnews-") as folder:
        lines = Path(folder, "records.jsonl")
        export(records, lines)
        yield lines


@main.command(short_help="Score records against gold: precision, recall, F1.")
@click.argument("predicted", type=click.Path(exists=True, path_type=Path))
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--errors", is_flag=True, help="List every false find and miss.")
@click.option("--json", "as_json", is_flag=True, help="Scores as JSON.")
def evaluate(predicted: Path, gold: tuple[Path, ...], errors: bool, as_json: bool) -> None:
    """Score records (.jsonl, or a SQLite store) against gold files: precision, recall and F1 per row of the guideline."""
    from ljnews.evaluate import report

    with _as_lines(predicted) as records:
        total, problems = report.evaluate(records, gold)
    for problem in problems:
        say(f"gold: {problem}")
    for line in [report.as_json(total)] if as_json else report.lines(total, errors=errors):
        click.echo(plain(line))


@main.command(short_help="Draw a sheet of facts to mark; score the marks.")
@click.argument("records", type=click.Path(exists=True, path_type=Path))
@click.option("--per-rule", type=click.IntRange(1), default=20, show_default=True, help="Facts drawn per rule.")
@click.option("-o", "--output", type=FILE, default=Path("sample.csv"), show_default=True, help="The sheet to mark.")
@click.option("--seed", default="", help="Another draw of the same records.")
@click.option("--marked", is_flag=True, help="RECORDS is a marked sheet: print precision per rule.")
@_FORCE
def sample(records: Path, per_rule: int, output: Path, seed: str, marked: bool, force: bool) -> None:
    """Draw a sheet of facts of RECORDS (.jsonl, or a SQLite store) to mark right or wrong; with --marked, say how far each rule can be trusted."""
    from ljnews.errors import OutputExists, UsageError
    from ljnews.evaluate import sample as sheet
    from ljnews.evaluate.report import iterate

    if marked:
        told = [*sheet.precision(records)]
        if not told:
            raise UsageError(f"{records}: no mark in a column «right»; write 1 or 0 into the sheet that `ljnews sample RECORDS` drew")
        click.echo(f"{'type':10} {'rule':36} {'right':>6} {'marked':>6} {'precision':>9}  95% interval")
        for type_, rule, right, count, share, low, high in told:
            click.echo(plain(f"{type_:10} {rule:36} {right:>6} {count:>6} {share:>9.3f}  {low:.3f}–{high:.3f}"))
        return
    if output.exists() and not force:
        raise OutputExists(f"{output} is there already; name another file or add --force")
    with _as_lines(records) as lines:
        count = sheet.write(sheet.draw(iterate(lines), per_rule=per_rule, seed=seed), output)
    say(f"{output}: {count} facts; write 1 or 0 into «right», then: ljnews sample --marked {output}")


@main.command(short_help="Write JSON Schema, SQL and the codebook (in a checkout).")
@click.option("--check", is_flag=True, help="Only say what has drifted; exit 1 where something has.")
def schema(check: bool) -> None:
    """Write JSON Schema, SQL and the codebook from the record models (in a checkout)."""
    from ljnews import resources
    from ljnews.run import schema as made

    root = resources.PACKAGE.parent
    names = made.drift(root) if check else made.write(root)
    for name in names:
        click.echo(f"{'drifted' if check else 'written'}: {name}")
    sys.exit(1 if check and names else 0)


for _verb in (store.run, store.export, store.diff, store.query, store.forget, fetch.fetch, fetch.archive, fetch.sites):
    main.add_command(_verb)

if __name__ == "__main__":
    main()

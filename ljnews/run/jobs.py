"""Jobs: a TOML file that says what to read, how, and where the facts go; `run_job` does it, from fetching to the last sink.

    name = "nanchuan"
    [source]
    inputs = ["pages/*.html"]            # files, folders, globs, tables, archives, URLs; or:
    # site = "nanchuan.toml"  archive = "out/nanchuan"  since = 2022-08-01  pages = 200
    [options]
    workers = 2
    [[sink]]
    to = "out/nanchuan.sqlite"           # the store: it knows what is done
    [[sink]]
    to = "out/nanchuan.parquet"          # further sinks are written from it
    no_text = true

Paths are relative to the folder that the command runs in; `ljnews:corpus/pages` is a path inside the package. `${NAME}` in `to` is taken from the
environment, so that no password stands in a file.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ljnews import resources
from ljnews.errors import JobError, OutputExists
from ljnews.records import Failure, Page
from ljnews.run.batch import Event, OnEvent, RunSummary, run_batch
from ljnews.run.columns import FIELDS
from ljnews.run.progress import count
from ljnews.run.worker import Limits
from ljnews.store.database import Database
from ljnews.store.export import Exported, export
from ljnews.store.feed import last_change
from ljnews.store.files import storage_errors, whole_file
from ljnews.store.sink import Sink, open_sink, safe
from ljnews.store.source import LINES

# A job file is a page of text; what is larger or nested deeper is not one.
_MAX_BYTES = 1 << 20
_MAX_DEPTH = 50


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(_Part):
    """What to read."""

    inputs: list[str] = Field(default_factory=list, description="文件、文件夹、通配、表格、压缩包、网址")
    site: str | None = Field(default=None, description="站点:名称、域名或 .toml")
    urls: list[str] = Field(default_factory=list, description="要抓取的网址")
    archive: str | None = Field(default=None, description="抓取所存的文件夹")
    since: date | None = Field(default=None, description="只抓取此日以后的稿件")
    pages: int | None = Field(default=None, ge=1, description="最多抓取的页数")
    contact: str | None = Field(default=None, description="抓取时留下的联系方式")
    delay: Annotated[float, Field(strict=False, ge=0)] = Field(default=2.0, description="对同一主机两次请求之间的秒数")
    allow_networks: list[str] = Field(default_factory=list, description="放行的内网地址段")
    hosts: list[str] = Field(default_factory=list, description="只取这些域名(含其子域)的网页")
    columns: dict[str, str] = Field(default_factory=dict, description="表格的列:text = 正文")
    assume_date: date | None = Field(default=None, description="未注明日期的稿件所用的日期")
    collection: str | None = Field(default=None, description="输入编号所属的集合")

    @field_validator("columns")
    @classmethod
    def _fields(cls, value: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(value) - set(FIELDS)):
            raise ValueError(f"expected fields among {', '.join(FIELDS)}, found {', '.join(unknown)}")
        return value

    @model_validator(mode="after")
    def _something(self) -> Source:
        fetched = bool(self.site or self.urls)
        if not self.inputs and not fetched:
            raise ValueError("name inputs, a site or urls")
        if fetched and not self.archive:
            raise ValueError("name the archive folder that fetched pages are kept in")
        return self


class Options(_Part):
    """How to run."""

    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=0, le=256)
    seconds_per_page: Annotated[float, Field(strict=False)] = Field(default=10.0, gt=0)
    megabytes_per_worker: int = Field(default=1024, ge=256)
    pipeline: str | None = None
    retry_failed: bool = False


class SinkOptions(_Part):
    """One place that the facts go to."""

    to: str
    no_text: bool = False
    mask_citizens: bool = False


class Job(_Part):
    """A job file."""

    name: str = Field(min_length=1)
    source: Source
    options: Options = Field(default_factory=Options)
    sink: list[SinkOptions] = Field(min_length=1)


@dataclass
class JobSummary:
    """What a job did: the batch, and each further sink that was written."""

    run: RunSummary
    store: str = ""  # the first sink, without its password
    exported: dict[str, Exported] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The batch's."""
        return self.run.exit_code


def load_job(path: str | Path) -> Job:
    """Read a job file, or the shipped job of a name (`demo`).

    Raises JobError, naming file and line, for what is no TOML, an unknown key, a missing or wrong value.
    """
    found = _find(str(path))
    data = found.read_bytes()
    if len(data) > _MAX_BYTES:
        raise JobError(f"{path}: {len(data)} bytes; a job file has at most {_MAX_BYTES}", file=str(path))
    text = data.decode("utf-8", "replace")
    if _depth(text) > _MAX_DEPTH:
        raise JobError(f"{path}: nested deeper than {_MAX_DEPTH}; a job file is flat", file=str(path))
    try:
        return Job.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise JobError(
            f"{path}:{line[1] if line else '?'}: not TOML: {error}", file=str(path), line=int(line[1]) if line else None
        ) from error
    except ValidationError as error:
        raise _job_error(str(path), text, error) from error


def _find(path: str) -> Path:
    if Path(path).is_file():
        return Path(path)
    if re.fullmatch(r"[a-z0-9_-]+", path):
        try:
            return resources.path(f"pipelines/{path}.toml")
        except FileNotFoundError:
            pass
    raise JobError(f"{path}: no such job file; name a .toml file or one of the shipped jobs ({', '.join(shipped())})", file=path)


def shipped() -> list[str]:
    """Return the names of the jobs that come with the package."""
    return sorted(p.stem for p in resources.path("pipelines").glob("*.toml"))


def _depth(text: str) -> int:
    """The deepest nesting of brackets (in strings too: more than a job file has anywhere), or of dotted keys."""
    deepest = depth = 0
    for c in text:
        depth += (c in "[{") - (c in "]}")
        deepest = max(deepest, depth)
    return max(deepest, *(line.count(".") for line in text.split("\n")))


def _job_error(path: str, text: str, error: ValidationError) -> JobError:
    """The first thing that is wrong, with the line of its key, or of the table that lacks it."""
    first = error.errors()[0]
    where = [str(part) for part in first["loc"]]
    known = where[:-1] if first["type"] == "missing" else where
    key = next((part for part in reversed(known) if not part.isdigit()), "")
    number = int(known[-1]) if known and known[-1].isdigit() else 0
    pattern = rf"\s*(\[+\s*)?[\w.\"]*\b{re.escape(key)}\b"
    lines = [n for n, line in enumerate(text.split("\n"), 1) if key and re.match(pattern, line)]
    what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    line = lines[min(number, len(lines) - 1)] if lines else 1
    return JobError(f"{path}:{line}: {'.'.join(where) or 'job'}: {what}; see docs/store.md for the keys of a job", file=path, line=line)


def run_job(
    job: Job | str | Path,
    *,
    engine: Literal["local", "ray"] = "local",
    workers: int | None = None,
    on_event: OnEvent | None = None,
    retry_failed: bool = False,
) -> JobSummary:
    """Fetch, lay out, extract and store what a job names; return what was done.

    Run again, it does what is new or changed, goes on where it was stopped, or does nothing. `engine="ray"` spreads Parquet or WARC inputs over a
    Ray cluster (needs ljnews[ray]).
    """
    job = job if isinstance(job, Job) else load_job(job)
    show = on_event or (lambda _event: None)
    targets = [_expanded(sink.to) for sink in job.sink]
    if engine == "ray":
        from ljnews.run.ray_engine import run_ray

        return JobSummary(run_ray(job, targets, workers=workers, on_event=show), safe(targets[0]))
    for target in targets:
        if "://" not in target:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
    sink = _store(job, targets)
    try:
        stopped = _fetch(job, show)
        run = _batch(job, () if stopped else read(job), sink, workers, show, retry_failed)
        if stopped:
            run.stopped_by, run.hint = 2, "stopped while fetching; run the same command again to go on from there"
    finally:
        sink.close()
    summary = JobSummary(run, safe(targets[0]))
    if run.state == "done" and not stopped:
        _export(job, targets, sink, summary, show)
    return summary


def _store(job: Job, targets: list[str]) -> Sink:
    """Open the sink that knows what is done.

    Raises JobError where further sinks need a store and the first is none, OutputExists for lines that are finished.
    """
    first = targets[0]
    if len(targets) > 1 and first.lower().endswith((*LINES, "-")):
        raise JobError(f"job {job.name}: the first of several sinks must be a store (.sqlite, postgresql://, .parquet), not {first}")
    try:
        return open_sink(first)
    except OutputExists as error:
        hint = "take it away to write it anew, or let a store (.sqlite) be the first sink: it knows what is new"
        raise OutputExists(f"{safe(first)} is there already; {hint}") from error


def _batch(job: Job, found: Iterable[Page | Failure], sink: Sink, workers: int | None, show: OnEvent, retry_failed: bool) -> RunSummary:
    """Run a job's pages as its options say."""
    options = job.options
    return run_batch(
        found,
        sink,
        workers=options.workers if workers is None else workers,
        config=options.pipeline,
        limits=Limits(seconds=options.seconds_per_page, memory=options.megabytes_per_worker << 20),
        on_event=show,
        job=job.name,
        total=None if job.source.archive else count([inside(one) for one in job.source.inputs]),
        retry_failed=retry_failed or options.retry_failed,
    )


def read(job: Job) -> Iterator[Page | Failure]:
    """Yield the pages of a job's source."""
    from ljnews.run.inputs import Options as Reading
    from ljnews.run.inputs import pages

    source = job.source
    day = source.assume_date.isoformat() if source.assume_date else None
    options = Reading(columns=source.columns, assume_date=day, collection=source.collection)
    if source.archive and (source.site or source.urls):
        from ljnews.fetch import pages_of_archive

        yield from wanted(pages_of_archive(source.archive), source.hosts)
    yield from wanted(pages([inside(one) for one in source.inputs], options), source.hosts)


def wanted(found: Iterable[Page | Failure], hosts: list[str]) -> Iterator[Page | Failure]:
    """Yield what comes from these hosts or hosts under them; everything where none is named."""
    for one in found:
        host = urlsplit(one.url or "").hostname or ""
        if not hosts or any(host == name or host.endswith(f".{name}") for name in hosts):
            yield one


def inside(name: str) -> str:
    """Return a path; `ljnews:…` is one inside the package."""
    if not name.startswith("ljnews:"):
        return name
    top, _, rest = name.removeprefix("ljnews:").partition("/")
    return str(resources.path(top) / rest)


def _fetch(job: Job, show: OnEvent) -> bool:
    """Bring the job's site into its archive; return whether it was interrupted."""
    source = job.source
    if not source.archive or not (source.site or source.urls):
        return False
    from ljnews.fetch import Settings, crawl

    settings = Settings(contact=source.contact, delay=source.delay, allow_networks=tuple(source.allow_networks))
    note = Event("stage", RunSummary(), note=f"fetching {source.site or f'{len(source.urls)} addresses'}")
    show(note)
    done = crawl(source.site or source.urls, out=source.archive, since=source.since, pages=source.pages, settings=settings)
    show(Event("stage", RunSummary(), note=f"fetched {done.new} new and {done.changed} changed pages, {sum(done.failed.values())} failed"))
    return done.interrupted


def _export(job: Job, targets: list[str], sink: Sink, summary: JobSummary, show: OnEvent) -> None:
    """Write the further sinks from the first, where something changed or they are not what this job has written to the end."""
    for wish, target in zip(job.sink[1:], targets[1:], strict=True):
        state, mark = _state(sink, wish), _mark(target, targets[0])
        if not summary.run.done and not summary.run.failed and _whole(target, mark, state):
            continue
        show(Event("stage", summary.run, note=f"writing {wish.to}"))
        store = getattr(sink, "path", targets[0])
        summary.exported[wish.to] = export(store, target, no_text=wish.no_text, mask_citizens=wish.mask_citizens, force=True)
        if mark is not None:
            with storage_errors(target), whole_file(mark) as part:
                part.write_text(state, encoding="utf-8")


def _state(sink: Sink, wish: SinkOptions) -> str:
    """What a further sink is written from: the store's last change, and what is left out."""
    last = 0
    if isinstance(sink, Database):
        with sink.reading() as conn:
            last = last_change(conn)
    return f"seq:{last} no_text={wish.no_text} mask_citizens={wish.mask_citizens}\n"


def _whole(target: str, mark: Path | None, state: str) -> bool:
    """Say whether a further sink was written to the end from a state: a run may have been killed before, or on the way."""
    there = "://" in target or Path(target).exists()
    return there and mark is not None and mark.exists() and mark.read_text(encoding="utf-8") == state


def _mark(target: str, store: str) -> Path | None:
    """The file that says what a further sink was written from: beside it, else beside the store; none where both are servers."""
    if "://" not in target:
        return Path(target).with_name(f".{Path(target).name}.from")
    if "://" in store:
        return None
    named = hashlib.sha256(safe(target).encode()).hexdigest()[:16]
    return Path(store).with_name(f".{Path(store).name}.{named}.from")


def _expanded(to: str) -> str:
    """Put values of the environment in place of `${NAME}`."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise JobError(f"sink {to}: the environment has no {match[1]}; set it before the run")
        return os.environ[match[1]]

    return re.sub(r"\$\{(\w+)\}", value, to)

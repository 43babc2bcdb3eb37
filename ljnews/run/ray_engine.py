"""Jobs on a Ray cluster: the same pure function, spread over many machines; files in, a Parquet folder (or any other sink) out.

Reading is one task per input file, extraction is done by actors that load the pipeline once (each guards its pages with a worker of its own, as the
local pool does), and a Parquet folder is written by the tasks themselves: nothing passes through one machine but the list of files. Paths must mean
the same on every machine. A killed worker's tasks are done again by another one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from glob import glob
from pathlib import Path
from typing import Any

import orjson

from ljnews.errors import UsageError
from ljnews.records import ArticleRecord, Failure, Page
from ljnews.run.batch import Event, OnEvent, RunSummary, key_of, recipe_of
from ljnews.run.worker import Limits, Task
from ljnews.store.rows import TYPES, failure_row, rows_of
from ljnews.store.sink import Item, Key, open_sink

# Pages handed to an actor at once: about half a second of work, a few MB of HTML.
_BATCH = 128
# A block is what an actor takes at once, so a large file is shared by many.
_BLOCK_BYTES = 8 << 20
# Part of a processor that reading and writing take: actors on every processor must not keep the reader, which feeds them, from its turn.
_SHARE = 0.25

Row = dict[str, Any]


def run_ray(job: Any, targets: list[str], *, workers: int | None, on_event: OnEvent) -> RunSummary:
    """Do a job's files on Ray and write the first sink; further sinks are refused.

    `workers` is the number of actors (default: the job's). Uses the cluster of RAY_ADDRESS, or starts one on this machine.
    """
    if len(targets) > 1 or job.source.site or job.source.urls:
        raise UsageError("--engine ray: expected files as inputs and one sink; fetch first, and export the rest afterwards")
    ray = _connected()
    summary, started = RunSummary(run=1), time.perf_counter()
    on_event(Event("begin", summary))
    actors = workers or job.options.workers or 1
    limits = Limits(seconds=job.options.seconds_per_page, memory=job.options.megabytes_per_worker << 20)
    files = [{"file": name} for name in _files(job.source.inputs)]
    found = (
        ray.data.from_items(files, override_num_blocks=len(files))
        .flat_map(_Reader(_reading(job), job.source.hosts), num_cpus=_SHARE)
        .map_batches(
            Extract,
            fn_constructor_kwargs={"config": job.options.pipeline, "limits": limits},
            compute=ray.data.ActorPoolStrategy(size=actors),
            num_cpus=1 - _SHARE,
            batch_size=_BATCH,
            batch_format="pyarrow",
        )
    )
    if targets[0].lower().endswith(".parquet"):
        _write_folder(ray, found, Path(targets[0]), summary)
    else:
        _write_sink(found, targets[0], job, summary, on_event)
    summary.seconds["wall"] = time.perf_counter() - started
    on_event(Event("end", summary))
    return summary


def _connected() -> Any:
    """Return Ray, connected."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError("--engine ray needs Ray; install ljnews[ray]") from error
    if not ray.is_initialized():
        if os.environ.get("RAY_ADDRESS"):
            ray.init(log_to_driver=False)
        else:
            ray.init(address="local", _node_ip_address="127.0.0.1", include_dashboard=False, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = _BLOCK_BYTES
    return ray


def _files(inputs: list[str]) -> list[str]:
    """Return the files that inputs name."""
    from ljnews.run.jobs import inside

    files: list[str] = []
    for name in map(inside, inputs):
        if Path(name).is_dir():
            files += sorted(str(p) for p in Path(name).rglob("*") if p.is_file())
        else:
            files += sorted(glob(name, recursive=True))
    if not files:
        raise UsageError(f"{', '.join(inputs)}: no such file; --engine ray reads files, folders and patterns")
    return [str(Path(name).resolve()) if os.environ.get("RAY_ADDRESS") else name for name in files]


def _reading(job: Any) -> dict[str, Any]:
    day = job.source.assume_date
    return {"columns": job.source.columns, "assume_date": day.isoformat() if day else None, "collection": job.source.collection}


class _Reader:
    """Turns a file into rows of pages."""

    def __init__(self, options: dict[str, Any], hosts: list[str]) -> None:
        self.options, self.hosts, self.folder = options, hosts, os.getcwd()

    def __call__(self, row: Row) -> Iterator[Row]:
        from ljnews.run.inputs import Options, pages
        from ljnews.run.jobs import wanted

        os.chdir(self.folder)
        for one in wanted(pages([row["file"]], Options(**self.options)), self.hosts):
            yield page_row(one)


def page_row(one: Page | Failure) -> Row:
    """Return a page, or the failure of reading one, as a row."""
    if isinstance(one, Failure):
        return {"page": "", "content": b"", "more": [], "failure": one.model_dump_json()}
    told = one.model_dump(exclude={"content", "more"})
    return {"page": orjson.dumps(told).decode(), "content": one.content, "more": one.more, "failure": ""}


def page_of(row: Row) -> Page | Failure:
    """Return what a row was made of."""
    if row["failure"]:
        return Failure.model_validate_json(row["failure"])
    return Page(**orjson.loads(row["page"]), content=row["content"], more=row["more"])


class Extract:
    """An actor: loads once, then does batch after batch."""

    def __init__(self, config: str | None, limits: Limits) -> None:
        from ljnews.run.pool import Pool

        self.pool = Pool(1, _line, config=config, limits=limits)

    def __call__(self, batch: Any) -> Any:
        """Return the results of a batch of pages."""
        import pyarrow as pa

        read = [page_of(row) for row in batch.to_pylist()]
        tasks = (Task(key_of(one), one) for one in read if isinstance(one, Page))
        items = [Item(key_of(one), failure=one) for one in read if isinstance(one, Failure)]
        items += self.pool.run(tasks)
        return pa.Table.from_pylist([_result(item) for item in items], schema=_results(pa))


def _line(record: ArticleRecord) -> str:
    return record.model_dump_json()


def _results(pa: Any) -> Any:
    return pa.schema([(name, pa.string()) for name in ("id", "page_hash", "input", "record", "failure")])


def _result(item: Item) -> Row:
    failure = item.failure.model_dump_json() if item.failure is not None else None
    return {"id": item.key.id, "page_hash": item.key.page_hash, "input": item.key.input, "record": item.body, "failure": failure}


def _write_folder(ray: Any, found: Any, path: Path, summary: RunSummary) -> None:
    """Have the tasks write the tables; the folder gets its name when all are whole."""
    from ljnews.store.sinks.parquet import Folder
    from ljnews.store.tables import TABLES

    folder = Folder(path)
    recipe = recipe_of()
    counted = _datasink(ray)(folder.part.resolve(), (recipe.rules_hash, recipe.lexicon_hash, recipe.pipeline), summary)
    found.write_datasink(counted, ray_remote_args={"num_cpus": _SHARE})
    folder.finish(TABLES, {"schema_version": "1.0"})


def _datasink(ray: Any) -> Callable[..., Any]:
    """Return the class of our sink; its base is Ray's, which is imported only here."""

    class Tables(ray.data.Datasink):  # type: ignore[misc]
        """Writes results as the tables of a Parquet folder, a set of files per task."""

        def __init__(self, root: Path, made_with: tuple[str, str, str], summary: RunSummary) -> None:
            self.root, self.made_with, self._summary = root, made_with, summary

        def __getstate__(self) -> dict[str, Any]:
            return {"root": self.root, "made_with": self.made_with}

        def write(self, blocks: Iterable[Any], ctx: Any) -> dict[str, int]:
            return write_part(self.root, f"part-{ctx.task_idx:06}", blocks, self.made_with)

        def on_write_complete(self, write_result: Any) -> None:
            for told in write_result.write_returns:
                add_counts(self._summary, told)

    return Tables


def write_part(root: Path, name: str, blocks: Iterable[Any], made_with: tuple[str, str, str]) -> dict[str, int]:
    """Write the tables of some results; return the counts. Done again, it writes the same files."""
    from ljnews.store.sinks.parquet import Writer
    from ljnews.store.tables import TABLES

    writer, counts = Writer(root, name), dict.fromkeys(("done", "failed", *TYPES), 0)
    for block in blocks:
        for row in block.to_pylist():
            if row["failure"]:
                failure = Failure.model_validate_json(row["failure"])
                writer.add(TABLES[-1], None, [failure_row(row["id"], row["page_hash"], failure, made_with)])
                counts["failed"] += 1
                continue
            record = ArticleRecord.model_validate_json(row["record"])
            writer.add_record(rows_of(record))
            counts["done"] += 1
            for type_ in TYPES:
                counts[type_] += len(getattr(record, type_))
    writer.close()
    return counts


def add_counts(summary: RunSummary, counts: dict[str, int]) -> None:
    """Add a task's counts to the run's."""
    summary.done += counts["done"]
    summary.failed += counts["failed"]
    summary.read += counts["done"] + counts["failed"]
    summary.facts.update({type_: counts[type_] for type_ in TYPES})


def _write_sink(found: Any, target: str, job: Any, summary: RunSummary, on_event: OnEvent) -> None:
    """Bring the results to this machine, into any other sink."""
    sink = open_sink(target)
    state = "failed"
    try:
        summary.run = sink.begin(job.name, recipe_of(job.options.pipeline))
        for batch in found.iter_batches(batch_size=_BATCH, batch_format="pyarrow"):
            items = [_item(row, sink.encode) for row in batch.to_pylist()]
            summary.changes.update(sink.write(items))
            failed = sum(item.failure is not None for item in items)
            add_counts(summary, {"done": len(items) - failed, "failed": failed} | {t: sum(i.facts.get(t, 0) for i in items) for t in TYPES})
            on_event(Event("stored", summary))
        state = "done"
    finally:
        sink.end(state, summary.counts(), {})
        sink.close()


def _item(row: Row, encode: Callable[[ArticleRecord], Any]) -> Item:
    key = Key(row["id"], row["page_hash"], row["input"])
    if row["failure"]:
        return Item(key, failure=Failure.model_validate_json(row["failure"]))
    record = ArticleRecord.model_validate_json(row["record"])
    return Item(key, body=encode(record), facts={type_: len(getattr(record, type_)) for type_ in TYPES})

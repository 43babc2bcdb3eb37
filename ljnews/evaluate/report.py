"""Read predictions, score them, print the table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ljnews.errors import InputMalformed
from ljnews.evaluate import gold as gold_module
from ljnews.evaluate.scores import Score, score


def iterate(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a .jsonl file. Raises InputMalformed, naming the line, for a line that is none."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                record["article"]["text"]
            except (ValueError, KeyError, TypeError) as error:
                what = f"{path}:{number}: expected a record per line, found {error}"
                raise InputMalformed(what, file=str(path), line=number) from error
            yield record


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """Return the records of a .jsonl file by every name that gold may call them: input id, article id, file stem."""
    records: dict[str, dict[str, Any]] = {}
    for record in iterate(path):
        article = record["article"]
        for name in (Path(article["input"]).stem, article["id"], article.get("input_id")):
            if name:
                records[str(name)] = record
    return records


def evaluate(predicted: Path, gold_paths: Iterable[Path]) -> tuple[Score, list[str]]:
    """Return the scores and gold's own problems (quotes that are not in the text)."""
    records = read_records(predicted)
    gold = gold_module.read(gold_paths)
    for one in gold:  # gold of a page may be named by its file
        stem = Path(str(one.get("file", ""))).stem
        if one["id"] not in records and stem in records:
            records[one["id"]] = records[stem]
    problems = [p for one in gold if one["id"] in records for p in gold_module.problems(one, records[one["id"]]["article"]["text"])]
    return score(gold, records), problems


def lines(total: Score, *, errors: bool = False) -> Iterator[str]:
    """Yield the printed table, a line at a time, with the errors under it when asked."""
    yield f"{'':16}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>7}{'false':>7}{'missed':>7}"
    for name, row in total.rows.items():
        yield f"{name:16}{row.precision:>10.3f}{row.recall:>8.3f}{row.f1:>8.3f}{row.hit:>7}{row.false:>7}{row.missed:>7}"
    if errors:
        for name, row in total.rows.items():
            if name == "measure exact":
                continue
            for article, what, shown in row.errors:
                yield f"{name}\t{article}\t{what}\t{shown}"


def as_json(total: Score) -> str:
    """Return the scores as JSON."""
    return json.dumps(
        {
            name: {
                "precision": r.precision,
                "recall": r.recall,
                "f1": r.f1,
                "right": r.hit,
                "false": r.false,
                "missed": r.missed,
            }
            for name, r in total.rows.items()
        },
        ensure_ascii=False,
    )

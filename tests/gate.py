"""The quality gate: F1 per row on the corpus (and on the measuring texts beside the project, where present) against pinned floors.

`python -m tests.gate` prints where each row stands. `--raise` pins higher floors after an improvement; `--lower` is needed to pin a lower
one, and wants a line in the changelog that says why. The floors know the hash of the texts and gold that they were measured on.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ljnews.evaluate import gold as gold_module
from ljnews.evaluate.scores import score
from ljnews.records import ArticleRecord, Page
from ljnews.run.process import process

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests" / "gate.json"
# A floor stands this far under the measured score, so that a neutral change of one fact in a small set does not block.
SLACK = 0.01
ROWS = (
    "names", "posts", "split posts", "people", "people kinds", "amounts", "approximation", "measure", "projects", "attributes", "targets",
    "deadlines", "first outcome", "strength", "speaker", "article fields", "offsets",
)  # fmt: skip


def sets() -> Iterator[tuple[str, list[Page], list[dict[str, Any]]]]:
    """Yield (name, pages, gold) of every set that is here."""
    gold = gold_module.read([ROOT / "corpus" / "gold"])
    pages = [
        Page(input=one["id"], input_id=one["id"], content=(ROOT / "corpus" / "pages" / Path(one["file"]).name).read_bytes()) for one in gold
    ]
    yield "corpus", pages, gold
    if not SHARED.exists():
        return
    rows = [json.loads(line) for line in (SHARED / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    yield "dev", [Page(input=r["id"], input_id=r["id"], given=r) for r in rows], gold_module.read([SHARED / "gold" / "dev.gold.json"])
    seed = next((SHARED / "seed").glob("*.txt"))
    yield "seed", [Page(input="seed", input_id="seed", content=seed.read_bytes())], gold_module.read([SHARED / "gold" / "seed.json"])


def measure(pages: list[Page], gold: list[dict[str, Any]]) -> dict[str, float]:
    """Return F1 per row."""
    records = {}
    for page in pages:
        result = process(page)
        if isinstance(result, ArticleRecord):
            records[str(page.input_id)] = json.loads(result.model_dump_json())
    total = score(gold, records)
    return {row: round(total.rows[row].f1, 4) for row in ROWS}


def fingerprint(pages: list[Page], gold: list[dict[str, Any]]) -> str:
    """Return the hash of texts and gold."""
    digest = hashlib.sha256(json.dumps(gold, ensure_ascii=False, sort_keys=True).encode())
    for page in pages:
        digest.update(page.content or json.dumps(page.given, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def main(arguments: list[str]) -> int:
    """Print the scores beside their floors; pin new floors when asked."""
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fallen = False
    for name, pages, gold in sets():
        old = pinned.get(name, {}).get("floors", {})
        new = measure(pages, gold)
        for row, value in new.items():
            floor = old.get(row)
            under = floor is not None and value < floor
            fallen |= under
            print(f"{name:8}{row:16}{value:7.3f}  floor {floor if floor is not None else '–'}{'   UNDER' if under else ''}")
        keep = {r: max(0.0, round(v - SLACK, 3)) for r, v in new.items()}
        if "--lower" not in arguments:
            keep = {r: max(v, old.get(r, 0.0)) for r, v in keep.items()}
        pinned[name] = {"hash": fingerprint(pages, gold), "floors": keep}
    if "--raise" in arguments or "--lower" in arguments:
        FLOORS.write_text(json.dumps(pinned, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(fallen and "--lower" not in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A stratified sample of facts to mark right or wrong, and what the marks say: precision per rule, with its interval.

`draw()` makes the sheet (CSV: one row a fact, with its sentence); a reader writes 1 or 0 (对/错, y/n) into the column `right`;
`precision()` reads it back. The interval is Wilson's at 95%.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ljnews.errors import InputMalformed

_SENTENCE_ENDS = "。!?\uff01\uff1f\n"
COLUMNS = ("right", "type", "rule", "fact", "sentence", "article", "start", "end", "id", "note")
TYPES = ("officials", "people", "amounts", "projects", "targets")
_YES, _NO = {"1", "y", "yes", "对", "是", "√"}, {"0", "n", "no", "错", "否", "×"}
_GUARD = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def draw(records: Iterable[dict[str, Any]], *, per_rule: int = 20, seed: str = "") -> list[dict[str, str]]:
    """Return up to `per_rule` facts of every (fact type, rule), chosen by a hash of their ids: the same records give the same sheet."""
    strata: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for record in records:
        for type_ in TYPES:
            for fact in record[type_]:
                row = _row(record, type_, fact)
                key = hashlib.sha256(f"{seed}\x1f{row['id']}\x1f{row['rule']}".encode()).hexdigest()
                strata[type_, row["rule"]].append((key, row))
    return [row for stratum in sorted(strata) for _, row in sorted(strata[stratum], key=lambda pair: pair[0])[:per_rule]]


def _row(record: dict[str, Any], type_: str, fact: dict[str, Any]) -> dict[str, str]:
    evidence = fact["evidence"][0] if isinstance(fact["evidence"], list) else fact["evidence"]
    text, start, end = record["article"]["text"], evidence["start"], evidence["end"]
    left = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    right = min((p for p in (text.find(mark, end) for mark in _SENTENCE_ENDS) if p >= 0), default=len(text))
    sentence = f"{text[left:start]}【{evidence['text']}】{text[end:right]}".replace("\n", " ").strip()
    return {
        "right": "", "type": type_, "rule": evidence["rule"], "fact": _said(type_, fact), "sentence": sentence,
        "article": record["article"]["input"], "start": str(start), "end": str(end), "id": fact["id"], "note": "",
    }  # fmt: skip


def _said(type_: str, fact: dict[str, Any]) -> str:
    if type_ in ("officials", "people"):
        return " ".join([fact["name"], *(p["post"] for p in fact["posts"])])
    if type_ == "amounts":
        value = fact["value"] or f"{fact['lower']}–{fact['upper']}"
        return f"{fact['surface']} = {value} {fact['unit']} {fact['approximation']} {fact['subject'] or ''}·{fact['measure'] or ''}"
    if type_ == "projects":
        return f"{fact['name']} [{fact['status']}] " + "; ".join(f"{a['name']}={a['value'] or a['surface']}" for a in fact["attributes"])
    deadline = fact["deadline"] or {}
    return f"{fact['kind']}/{fact['strength']} {fact['text']} → {deadline.get('to')}"


def write(rows: Iterable[dict[str, str]], path: Path) -> int:
    """Write the sheet as CSV (UTF-8 with BOM, as spreadsheets want it; cells that look like formulas get a quote); return its rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for row in rows:
            writer.writerow({k: f"'{v}" if v.startswith(_GUARD) else v for k, v in row.items()})
            count += 1
    return count


def precision(path: Path) -> Iterator[tuple[str, str, int, int, float, float, float]]:
    """Yield (type, rule, right, marked, precision, low, high) per rule and per type (rule «*») of a marked sheet."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number, row in enumerate(csv.DictReader(io.StringIO(_sheet(path), newline="")), 2):
        mark = (row.get("right") or "").strip().lower()
        if not mark:
            continue
        if mark not in _YES | _NO:
            raise InputMalformed(f"{path}:{number}: expected 1 or 0 in «right», found {mark!r}", file=str(path), line=number)
        for key in ((row["type"], row["rule"]), (row["type"], "*")):
            counts[key][0] += mark in _YES
            counts[key][1] += 1
    for (type_, rule), (right, marked) in sorted(counts.items()):
        low, high = wilson(right, marked)
        yield type_, rule, right, marked, right / marked, low, high


def _sheet(path: Path) -> str:
    """Return a sheet's text: UTF-8, or GB18030 as Chinese spreadsheets save it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return path.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputMalformed(f"{path}: neither UTF-8 nor GB18030; save the sheet as CSV", file=str(path))


def wilson(right: int, marked: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share.

    >>> [round(x, 3) for x in wilson(95, 100)]
    [0.888, 0.978]
    """
    share, n = right / marked, marked
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)

"""How a case of the public Chinese suites is judged: what ljnews reads of the input, in the suite's own terms.

Numbers: every numeral of the input with its value (fractions to four decimals, as the guideline has them); where the suite expects nothing,
nothing may be an amount. Percents: the amounts of kind percent and percentage point. Dates: the day or the period named, and the modifier; a
time of day is not read, only its day is compared; durations are amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ljnews.recognize import _fraction
from ljnews.recognize._number import number_at, starts
from ljnews.recognize._units import SIMPLIFY
from ljnews.recognize.date import dates
from ljnews.recognize.quantity import quantity
from ljnews.text.mention import Mention
from ljnews.text.text import Text

Case = dict[str, Any]
_MODES = {"before": "by", "until": "by", "since": "since", "after": "since", None: "in"}
_DURATION = re.compile(r"P(T?)([\d.]+)([YMWDH])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "H": "hour"}


def _amounts(string: str, reference: date | None = None) -> list[Mention]:
    text = Text(string, published=reference)
    return list(quantity(text))


def _numbers(string: str) -> Iterator[tuple[int, int, Decimal]]:
    done = 0
    for start in starts(string):
        if start < done:
            continue
        fraction = _fraction.fraction_at(string, start, done)
        if fraction is not None and fraction.kind == "ratio" and fraction.value is not None:
            done = fraction.end
            yield fraction.start, fraction.end, fraction.value
            continue
        number = number_at(string, start)
        if number is not None and number.upper is None:
            done = number.end
            yield number.start, number.end, number.value


def number(case: Case) -> bool:
    """The numerals are those of the suite; where it expects none, none is an amount."""
    string = Text(case["Input"]).folded.translate(SIMPLIFY)
    if not case["Results"]:
        return not _amounts(case["Input"])
    want = [(r["Start"], r["End"] + 1, Decimal(r["Resolution"]["value"])) for r in case["Results"]]
    have = list(_numbers(string))
    if len(want) != len(have):
        return False
    # 四百多: the modifier may be in or out of the span.
    have = [(a, b - (string[b - 1] in "多余" and b not in {end for _, end, _ in want}), v) for a, b, v in have]
    return all((a, b) == (c, d) and round(x - y, 4) == 0 for (a, b, x), (c, d, y) in zip(want, have, strict=True))


def percent(case: Case) -> bool:
    """The percents are those of the suite, in place and value."""
    found = [m for m in _amounts(case["Input"]) if m.value.kind in ("percent", "percentage_point") and m.value.value is not None]
    want = [(r["Start"], r["End"] + 1, Decimal(r["Resolution"]["value"].rstrip("%"))) for r in case["Results"]]
    have = [(m.value.number_start, m.value.number_end, m.value.value) for m in found]
    return len(want) == len(have) and all(a == b for a, b in zip(want, have, strict=True))


def datetime(case: Case) -> bool:
    """Every result of the suite is found where it stands, and nothing else is."""
    reference = date.fromisoformat((case.get("Context") or {}).get("ReferenceDateTime", "2020-01-01")[:10])
    text = Text(case["Input"], published=reference)
    found = dates(text)
    durations = [m for m in quantity(text) if m.value.kind == "duration" and not any(m.overlaps(d) for d in found)]
    # A day that does not exist (2月30日) is not resolved there and refused here.
    results = [r for r in case["Results"] if any(v.get("value") != "not resolved" for v in r["Resolution"]["values"])]
    used = 0
    for result in results:
        pool = durations if result["TypeName"].endswith("duration") else found
        here = [m for m in pool if m.start <= result["End"] and result["Start"] < m.end]
        if not here or not any(_agrees(result, m) for m in here):
            return False
        used += 1
    return len(found) + len(durations) <= used or all(
        any(m.start <= r["End"] and r["Start"] < m.end for r in results) for m in (*found, *durations)
    )


def _agrees(result: dict[str, Any], mention: Mention) -> bool:
    values = result["Resolution"]["values"]
    if result["TypeName"].endswith("duration"):
        return any(_same_duration(v["timex"], mention) for v in values)
    return any(_same_date(v, mention.value) for v in values)


def _same_duration(timex: str, mention: Mention) -> bool:
    match = _DURATION.fullmatch(timex)
    if match is None:
        return False
    unit = _UNITS[match.group(1) + match.group(3) if match.group(3) in "HM" else match.group(3)]
    return bool(mention.value.unit == unit and mention.value.value == Decimal(match.group(2)))


def _same_date(value: dict[str, str], period: Any) -> bool:
    if "value" in value and value["value"] != "not resolved":
        day = date.fromisoformat(value["value"][:10])
        return day in (period.from_, period.to)
    mode = _MODES[value.get("Mod")]
    if mode == "by" and period.mode == "until_now":
        mode = "until_now"
    if mode != "in" and period.mode != mode:
        return False
    if mode != "in":
        return period.iso is not None and value["timex"].startswith(period.iso[:10].replace("/", ","))
    start, end = (date.fromisoformat(value[k][:10]) if k in value else None for k in ("start", "end"))
    return period.from_ == start and _ends(period.to, end)


def _ends(have: date | None, want: date | None) -> bool:
    """The suite ends a period on the first day after it, or on the first day of its last part; ours is the last day inside."""
    if have is None or want is None:
        return have == want
    return (
        have in (want, want - timedelta(1))
        or have.replace(day=1) == want
        or (want.month == want.day == 1 and have == want.replace(month=12, day=31))
    )

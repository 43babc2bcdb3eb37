"""From a point to a period: relative parts resolve against the reference date, unknown parts stay unknown.

A month or a day without a year takes the year in which it lies nearest in sense to the reference date, by the rule of `year_near`:
the reference year; but the year before where that date would be more than `AHEAD` days off and nothing points forward, and the year after
where it would be more than `BEHIND` days gone and a word of the clause points forward (将, 计划, 预计, 力争, 前).
"""

from __future__ import annotations

from datetime import date, timedelta

from ljnews.recognize._date_calendar import Context, days_of, festival, month_end, month_start
from ljnews.recognize._date_point import Point
from ljnews.recognize.values import Period

# Days, swept over 30 to 365 (AHEAD) and 15 to 240 (BEHIND) on the seed, the 36 development articles and 20 local ones: 140 to 300 and 30 to 240 give
# the same years; AHEAD 120 sends 下半年 of an August story to last year, BEHIND 15 sends 在3月10日前 of an April story to the next.
AHEAD = 180
_SPRING, _HALF = 3, 6
BEHIND = 60
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "winter": (12, 14),
    "winterspring": (12, 17),
    "autumnwinter": (9, 14),
    "summerautumn": (6, 11),
}


def year_near(month: int, day: int | None, context: Context) -> int | None:
    """Return the year that a month without a year means."""
    last, reference = context.last, context.reference
    if last is not None and last.from_ is not None and context.last_year_explicit and last.grain in ("day", "month", "decade"):
        return last.from_.year + (1 if month < last.from_.month else 0)
    if reference is None:
        return None
    here = _safe(reference.year, month, day or 15)
    ahead = (here - reference).days
    if ahead > AHEAD and not context.forward:
        return reference.year - 1
    if ahead < -BEHIND and context.forward:
        return reference.year + 1
    if ahead < -270 and not context.forward:
        return reference.year + 1 if (_safe(reference.year + 1, month, day or 15) - reference).days <= 31 else reference.year
    return reference.year


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, days_of(year, month)))


def _year_of(point: Point, context: Context) -> int | None:
    """Return the stated year of a point, None where it states none."""
    if point.year is not None:
        return point.year
    if point.shift is None:
        return None
    base = context.reference.year if context.reference else context.hint if point.shift in ("0", "-1") else None
    if point.shift in ("same", "next"):
        known = context.year if context.year is not None else base
        return None if known is None else known + (point.shift == "next")
    return None if base is None else base + int(point.shift)


def resolve(point: Point, context: Context) -> Period | None:
    """Return the period of a point; None where the date cannot exist (2月30日)."""
    year = _year_of(point, context)
    kind, rest = (point.body[0], point.body[1:]) if point.body else ("", ())
    maker = _MAKERS[kind]
    return maker(point, rest, year, context)


def _year(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    if year is None and (point.edge or rest) and context.reference:
        year = _bare_year(point, context, context.reference)
    elif year is None and (point.edge or rest):
        year = context.hint
    if year is None:
        return Period(None, None, "year", "in", None)
    if rest and rest[0] in ("年内", "本年内"):
        return Period(None, date(year, 12, 31), "year", "by", str(year))
    return _edged(date(year, 1, 1), date(year, 12, 31), "year", point.edge, str(year))


def _bare_year(point: Point, context: Context, reference: date) -> int:
    """全年 and 年末 of the first half-year are those of the year before where the text spoke of it last (a yearly report)."""
    last = context.last
    named = last is not None and (last.grain == "year" or (last.grain == "month" and context.last_year_explicit))
    if named and last is not None and last.mode == "in" and last.from_ is not None and last.from_.year == reference.year - 1:
        return last.from_.year  # «2013年,预计全年生产总值…» in a story of 2014
    if context.forward or point.edge == "start":
        return reference.year
    told = context.year == reference.year - 1 and reference.month <= 6
    return reference.year - (told or (point.edge == "end" and reference.month <= 2))


def _years(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    first, last = year or 1, int(rest[0])
    return Period(date(first, 1, 1), date(last, 12, 31), "span", "in", f"{first}/{last}")


def _edged(start: date, end: date, grain: str, edge: str | None, iso: str) -> Period:
    """Apply 底, 初, 中 to a period."""
    if edge == "end":
        return Period(None, end, grain, "by", end.isoformat())
    if edge == "start":
        late = month_end(start.year, start.month) if grain == "year" else start + timedelta(9)
        return Period(start, late, "month" if grain == "year" else "decade", "in", f"{start:%Y-%m}")
    if edge == "mid":
        middle = date(start.year, 6, 30)
        return Period(date(start.year, 6, 1), middle, "month", "in", f"{start.year}-06")
    return Period(start, end, grain, "in", iso)


def _months(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    first, last = int(rest[0]), int(rest[1])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if year is None:
        year = year_near(last, None, context) if last >= first else year_near(first, None, context)
        reference = context.reference
        if (
            reference is not None
            and year is not None
            and last - first >= 2
            and first > _HALF
            and _SPRING <= reference.month <= _HALF
            and year < reference.year
        ):
            year = reference.year  # 下半年, 四季度 of a May story lie ahead
    grain = (
        "month"
        if first == last
        else {(1, 6): "half", (7, 12): "half"}.get((first, last), "quarter" if last - first == 2 and first % 3 == 1 else "span")
    )
    if year is None:
        return Period(None, None, grain, "by" if point.edge == "end" else "in", None)
    start, end = month_start(year, first), month_end(year, last if last >= first else last + 12)
    iso = f"{start:%Y-%m}" if first == last else f"{start.isoformat()}/{end.isoformat()}"
    return _edged(start, end, grain, point.edge, iso)


def _day(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    month, day = int(rest[0]), int(rest[1])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is None:
        year = year_near(month, day, context)
        if year is not None and (month, day) == (2, 29):
            year -= year % 4
    if year is None:
        return Period(None, None, "day", "in", None) if day <= (29 if month == 2 else days_of(2024, month)) else None
    if day > days_of(year, month):
        return None
    return _one_day(date(year, month, day))


def _one_day(day: date) -> Period:
    return Period(day, day, "day", "in", day.isoformat())


def _day_of(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """A day without a month: the month of the date before it in the sentence, else the reference month, or the one before it."""
    day = int(rest[0])
    if not 1 <= day <= 31:
        return None
    base = context.last.from_ if context.last is not None and context.last.grain in ("day", "month") else None
    if base is not None and context.last is not None and (context.last.grain == "month" or day >= base.day):
        year, month = base.year, base.month
    elif context.reference is not None:
        year, month = context.reference.year, context.reference.month
        if day > context.reference.day + 1 and not context.forward:
            year, month = _month_before(year, month, day)
        elif context.forward and day < context.reference.day - 7:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    else:
        return Period(None, None, "day", "in", None)
    return _one_day(date(year, month, day)) if day <= days_of(year, month) else None


def _month_before(year: int, month: int, day: int) -> tuple[int, int]:
    """Return the last month before that has the day."""
    while True:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if day <= days_of(year, month):
            return year, month


def _decade(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    month, part = int(rest[0]), int(rest[1])
    if year is None:
        year = year_near(month, part * 10 - 5, context)
    if year is None:
        return Period(None, None, "decade", "in", None)
    start = date(year, month, part * 10 - 9)
    end = month_end(year, month) if part == 3 else date(year, month, part * 10)
    return Period(start, end, "decade", "in", f"{start:%Y-%m}")


def _season(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    first, last = _SEASONS[rest[0]]
    if year is None:
        year = year_near((last - 1) % 12 + 1 if last <= 12 else first, None, context)
    if year is None:
        return Period(None, None, "season", "in", None)
    return Period(month_start(year, first), month_end(year, last), "season", "in", str(year))


def _festival(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    name = rest[0]
    if year is None:
        year = _festival_year(name, context) if context.reference is not None else None
    day = festival(name, year) if year is not None else None
    return _one_day(day) if day else Period(None, None, "day", "in", None)


def _holiday(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """国庆黄金周: seven days from the festival on."""
    first = _festival(point, rest, year, context)
    if first is None or first.from_ is None:
        return Period(None, None, "span", "in", None)
    last = first.from_ + timedelta(6)
    return Period(first.from_, last, "span", "in", f"{first.from_.isoformat()}/{last.isoformat()}")


def _festival_year(name: str, context: Context) -> int:
    """The nearest one; the coming one where the clause points forward."""
    reference = context.reference
    assert reference is not None
    days = {y: festival(name, y) for y in (reference.year - 1, reference.year, reference.year + 1)}
    known = {y: d for y, d in days.items() if d is not None}
    if not known:
        return reference.year
    if context.forward:
        coming = [y for y, d in known.items() if d >= reference]
        return min(coming) if coming else reference.year
    return min(known, key=lambda y: (abs((known[y] - reference).days), y))


def _lunar(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """正月初六: counted from 春节 where the table has it; other lunar days stay unknown."""
    if rest and year is None and context.reference is not None:
        year = _festival_year("春节", context)
    first = festival("春节", year) if rest and year is not None else None
    return _one_day(first + timedelta(int(rest[0]) - 1)) if first else Period(None, None, "day", "in", None)


def _plan(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    return Period(date(int(rest[0]), 1, 1), date(int(rest[1]), 12, 31), "plan", "in", f"{rest[0]}/{rest[1]}")


def _month_word(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    base = context.reference
    shift = rest[0]
    if shift in ("same", "next"):
        base = context.last.from_ if context.last is not None and context.last.from_ is not None else (base if shift == "same" else None)
        shift = "1" if shift == "next" else "0"
    if base is None:
        return Period(None, None, "month", "in", None)
    start = _shift_month(base, int(shift))
    return Period(start, month_end(start.year, start.month), "month", "in", f"{start:%Y-%m}")


def _month_day(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """本月29日, 下月3日."""
    month = _month_word(point, rest, year, context)
    if month is None or month.from_ is None:
        return Period(None, None, "day", "in", None)
    day = int(rest[1])
    return _one_day(month.from_.replace(day=day)) if 1 <= day <= days_of(month.from_.year, month.from_.month) else None


def _shift_month(day: date, months: int) -> date:
    return month_start(day.year, day.month + months) if day.month + months > 0 else date(day.year - 1, day.month + months + 12, 1)


def _month_edge(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    value, base = rest[0], context.reference
    shift = 1 if value.startswith("next") else -1 if value.startswith("last") else 0
    if base is None:
        return Period(None, None, "month", "by" if value.endswith("end") else "in", None)
    start = _shift_month(base, shift)
    return _edged(start, month_end(start.year, start.month), "month", "end" if value.endswith("end") else "start", f"{start:%Y-%m}")


def _day_word(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    if rest[0] in ("same", "next"):
        known = context.day
        return _one_day(known + timedelta(rest[0] == "next")) if known else Period(None, None, "day", "in", None)
    if context.reference is None:
        return Period(None, None, "day", "in", None)
    return _one_day((context.wire or context.reference) + timedelta(int(rest[0])))


def _weekday(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """周三 is the nearest one back, or the coming one where the clause points forward; 上周三, 下周三 say their week; 周末 is two days."""
    if context.reference is None:
        return Period(None, None, "day", "in", None)
    shift, number = rest[0], int(rest[1])
    monday = context.reference - timedelta(context.reference.weekday())
    if shift:
        monday += timedelta(7 * int(shift))
    else:
        ahead = number - 1 > context.reference.weekday()
        monday -= timedelta(7 if ahead and not context.forward else 0)
        monday += timedelta(7 if context.forward and number - 1 < context.reference.weekday() else 0)
    if number == 67:
        return Period(monday + timedelta(5), monday + timedelta(6), "week", "in", f"{monday:%G-W%V}")
    return _one_day(monday + timedelta(number - 1))


def _years_decade(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    """八十年代, 上世纪九十年代, 21世纪20年代."""
    first = int(rest[0])
    start, end = date(first, 1, 1), date(first + 9, 12, 31)
    return Period(start, end, "span", "in", f"{first}/{first + 9}")


def _half_month(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    if context.reference is None:
        return Period(None, None, "span", "in", None)
    start = context.reference.replace(day=1 if rest[0] == "1" else 16)
    end = start.replace(day=15) if rest[0] == "1" else month_end(start.year, start.month)
    return Period(start, end, "span", "in", f"{start.isoformat()}/{end.isoformat()}")


def _week(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    if context.reference is None:
        return Period(None, None, "week", "in", None)
    monday = context.reference - timedelta(context.reference.weekday()) + timedelta(7 * int(rest[0]))
    return Period(monday, monday + timedelta(6), "week", "in", f"{monday:%G-W%V}")


def _quarter_word(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    if context.reference is None:
        return Period(None, None, "quarter", "in", None)
    shift = {"this": 0, "last": -3, "next": 3}[rest[0]]
    start = _shift_month(context.reference.replace(day=1, month=(context.reference.month - 1) // 3 * 3 + 1), shift)
    end = month_end(start.year, start.month + 2)
    return Period(start, end, "quarter", "in", f"{start.isoformat()}/{end.isoformat()}")


def _vague(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    return Period(None, None, "span", "in", None)


def _now(point: Point, rest: tuple[str, ...], year: int | None, context: Context) -> Period | None:
    day = context.reference
    return Period(None, day, "day", "until_now", day.isoformat() if day else None)


_MAKERS = {
    "": _year,
    "year": _year,
    "years": _years,
    "decades": _years_decade,
    "plan": _plan,
    "season": _season,
    "quarter": _quarter_word,
    "months": _months,
    "month": _month_word,
    "monthday": _month_day,
    "monthedge": _month_edge,
    "halfmonth": _half_month,
    "decade": _decade,
    "week": _week,
    "weekday": _weekday,
    "day": _day,
    "dayof": _day_of,
    "dayword": _day_word,
    "festival": _festival,
    "holiday": _holiday,
    "lunar": _lunar,
    "vague": _vague,
    "now": _now,
}

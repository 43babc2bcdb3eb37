"""What dates are resolved against (`Context`), and the calendar: the ends of months, the days of festivals."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from ljnews.lexicon import loader
from ljnews.recognize.values import Period

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass
class Context:
    """What earlier dates of the text offer: the reference date, the last explicit month and day, and whether the clause points forward."""

    reference: date | None
    forward: bool = False
    year: int | None = None  # the year that 当年 means
    last: Period | None = None  # the last date before, in the same sentence
    last_year_explicit: bool = False
    day: date | None = None  # the day that 当天 means
    wire: date | None = None  # the day of the wire (某报1月6日讯), from which 今天 and 昨天 count
    hint: int | None = None  # the year that an undated text speaks of most


def days_of(year: int, month: int) -> int:
    """Return the days of a month; the calendar's own function works out a weekday too."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; months past 12 run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, days_of(year, month))


def month_start(year: int, month: int) -> date:
    """Return the first day of a month; months past 12 run into the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def festival(name: str, year: int) -> date | None:
    """Return the day of a festival in a year: fixed (10-01), or from the table; None outside the table."""
    if name[0].isdecimal():
        return date.fromisoformat(f"{year}-{name}")
    entry = loader.load("recognize/lexicon/festivals").entries.get(f"{name}{year}")
    return date.fromisoformat(entry.klass) if entry else None

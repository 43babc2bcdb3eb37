"""Days in URLs and beside links: enough to honour `--since`, no more. The publication time of an article is the layout stage's."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

_IN_URL = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_.]?(?P<m>0[1-9]|1[0-2]|[1-9](?=[-/_.]))[-/_.]?(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d{1,3}(?!\d))"
)
_IN_TEXT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d-])(?P<m>\d{1,2})\s*[-/月]\s*(?P<d>\d{1,2})(?![\d-])")


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def in_url(url: str) -> date | None:
    """Return the day that a URL carries, or None.

    >>> in_url("http://nanchong.example/html/2022-08/05/content_1234.htm")
    datetime.date(2022, 8, 5)
    >>> in_url("http://nanchong.example/zwgk/202208/t20220805_4567.html")
    datetime.date(2022, 8, 5)
    """
    tail = url.split("//", 1)[-1].partition("/")[2]
    found = [_day(int(m["y"]), m["m"], m["d"]) for m in _IN_URL.finditer(tail)]
    return next((d for d in reversed(found) if d is not None and d.year <= date.today().year + 1), None)


def in_text(text: str, today: date) -> date | None:
    """Return the day printed beside a link; one without a year is the last such day before tomorrow.

    >>> in_text("南充高新区项目开工 [08-05]", date(2022, 9, 1))
    datetime.date(2022, 8, 5)
    >>> in_text("[12-30]", date(2022, 9, 1))
    datetime.date(2021, 12, 30)
    """
    for match in _IN_TEXT.finditer(text):
        if found := _day(int(match["y"]), match["m"], match["d"]):
            return found
    for match in _MONTH_DAY.finditer(text):
        found = _day(today.year, match["m"], match["d"])
        if found is not None and found > today + timedelta(days=1):
            found = _day(today.year - 1, match["m"], match["d"])
        if found is not None:
            return found
    return None


def in_feed(value: str) -> date | None:
    """Return the day of a feed's or sitemap's date: RFC 822, ISO 8601, or as printed in China."""
    value = value.strip()[:64]
    if match := _IN_TEXT.search(value.replace("T", " ", 1)):
        return _day(int(match["y"]), match["m"], match["d"])
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def each_day(since: date, until: date) -> list[date]:
    """Return every day from one to another, the newest first."""
    return [until - timedelta(days=n) for n in range((until - since).days + 1)]

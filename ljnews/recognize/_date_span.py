"""Spans of time counted from the reference date: 未来三年, 两年内, 近五年来, 三个月前, 五年后."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ljnews.recognize import numeral
from ljnews.recognize._date_calendar import Context, month_end
from ljnews.recognize.values import Period

_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十半]{1,3})"
_UNIT = r"个?(年|月|天|日|周|星期|季度|工作日|小时|分钟)"
_AHEAD = re.compile(
    rf"(?:未来|今后|接下来的?|往后) ?(?:的 ?)?(?:{_NUMBER}(?:至|到|[-~—–]))?{_NUMBER}(?:多|余)?{_UNIT}(?:时间)?(?:内|里|之内|以内)?"
)
_BOTH = re.compile("今明[两二2]年")
_PAST = re.compile(rf"(?:近|过去|最近|此前|过往) ?(?:的 ?)?{_NUMBER}(?:多|余)?{_UNIT}(?:时间|以?来|间)?")
_LAST = re.compile(rf"(前|后) ?{_NUMBER}个?(周|星期|天|日|年)(?![级度代]|以|之|内)")
_WITHIN = re.compile(rf"{_NUMBER}{_UNIT}(?:时间)?(?:之内|以内|内(?!部|容|外|陆|地))")
_AFTER = re.compile(rf"{_NUMBER}{_UNIT}(?:之后|以后|后(?!台|勤|备|续|期))")
_MONTH_BEFORE = re.compile(r"(?:1[0-2]|[1-9])月(?!份)")  # 10月前 is a day in the calendar, 10个月前 is not
_AGO = re.compile(rf"{_NUMBER}{_UNIT}(?:之前|以前|前(?!期|列|后|沿|瞻|三|两))")


def span_at(string: str, start: int, context: Context) -> tuple[int, Period] | None:
    """Read the span that starts at an offset; return its end and its period."""
    if (start and string[start - 1] in "0123456789第.年") or (string[start] == "0" and string[start + 1 : start + 2].isdecimal()):
        return None
    reference, char = context.reference, string[start]
    if char in _WORDS:
        return _worded(string, start, reference)
    if char not in _NUMERALS:
        return None
    within = _WITHIN.match(string, start)
    if within:
        end = _shift(reference, within.group(1), within.group(2), 1)
        return within.end(), Period(None, end, "span", "by", None)
    after = _AFTER.match(string, start)
    if after:
        begin = _shift(reference, after.group(1), after.group(2), 1)
        return after.end(), Period(begin, None, "span", "since", None)
    ago = _AGO.match(string, start)
    if ago and not re.match(r"\d{4}", string[start : start + 4]) and not _MONTH_BEFORE.match(string, start):
        day = _shift(reference, ago.group(1), ago.group(2), -1)
        grain = {"年": "year", "月": "month", "季度": "month", "周": "week", "星期": "week"}.get(ago.group(2), "day")
        return ago.end(), Period(day, day, grain, "in", day.isoformat() if day else None)
    return None


_WORDS = frozenset("未今接往近过最此前后")
_NUMERALS = frozenset("0123456789一二两三四五六七八九十半")


def _worded(string: str, start: int, reference: date | None) -> tuple[int, Period] | None:
    """未来三年, 近五年来, 前1周."""
    both = _BOTH.match(string, start)
    if both and reference is not None:
        return both.end(), Period(date(reference.year, 1, 1), date(reference.year + 1, 12, 31), "span", "in", None)
    ahead = _AHEAD.match(string, start)
    if ahead:
        end = _shift(reference, ahead.group(2), ahead.group(3), 1)
        return ahead.end(), Period(reference, end, "span", "in", None)
    past = _PAST.match(string, start)
    if past:
        begin = _shift(reference, past.group(1), past.group(2), -1)
        return past.end(), Period(begin, reference, "span", "in", None)
    last = _LAST.match(string, start)
    if last and not (start and string[start - 1] in "以之目年月的前后最"):
        return _neighbour(reference, last)
    return None


def _neighbour(reference: date | None, match: re.Match[str]) -> tuple[int, Period]:
    """前1周 is the week up to the reference date, 后1年 the year from the day after it."""
    if reference is None:
        return match.end(), Period(None, None, "span", "in", None)
    if match.group(1) == "前":
        return match.end(), Period(_shift(reference, match.group(2), match.group(3), -1), reference, "span", "in", None)
    return match.end(), Period(reference + timedelta(1), _shift(reference, match.group(2), match.group(3), 1), "span", "in", None)


def _shift(reference: date | None, number: str, unit: str, sign: int) -> date | None:
    """Return the reference date moved by a number of units."""
    if reference is None:
        return None
    amount = numeral.value(number) if number != "半" else None
    if number == "半":
        months = {"年": 6}.get(unit)
        if months is not None:
            return _add_months(reference, sign * months)
        return reference + timedelta(sign * 15) if unit == "月" else reference
    if amount is None:
        return None
    whole = int(amount) * sign
    if unit in ("年", "月", "季度"):
        return _add_months(reference, whole * {"年": 12, "月": 1, "季度": 3}[unit])
    if unit in ("小时", "分钟"):
        return reference
    return reference + timedelta(whole * (7 if unit in ("周", "星期") else 1))


def _add_months(day: date, months: int) -> date | None:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))

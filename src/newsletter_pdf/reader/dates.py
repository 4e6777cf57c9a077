"""Dates as editors write them, and what is wrong with those that are none."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
_LOOSE_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.A)
_FIRST, _LAST = 1900, 2199
"""Years in which a periodical could appear."""


def read_date(text: str) -> dt.date | None:
    """The date that ``text`` is (``2026-11-20``); None when it is none."""
    return _calendar(_DATE.fullmatch(text))


def date_trouble(text: str) -> dict[str, object]:
    """For a text that is no date: why, and what was probably meant, as fields of the finding."""
    match = _LOOSE_DATE.fullmatch(text)
    guess = None if _DATE.fullmatch(text) else _calendar(match)
    why_zh, why = ("", "") if match is None or guess else _no_such_day(*(int(part) for part in match.groups()))
    return {
        "guess_zh": f"；这里可写 {guess.isoformat()}" if guess else "",
        "guess_en": f"; here {guess.isoformat()}" if guess else "",
        "why_zh": f"：{why_zh}" if why_zh else "",
        "why": f": {why}" if why else "",
    }


def _calendar(match: re.Match[str] | None) -> dt.date | None:
    if match is None or not _FIRST <= int(match[1]) <= _LAST:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _no_such_day(year: int, month: int, day: int) -> tuple[str, str]:
    if not _FIRST <= year <= _LAST:
        return f"年份要在 {_FIRST} 到 {_LAST} 之间", f"the year must be from {_FIRST} to {_LAST}"
    if not 1 <= month <= 12:
        return f"没有 {month} 月", f"there is no month {month}"
    days = calendar.monthrange(year, month)[1]
    if day > days:
        name = calendar.month_name[month]
        return f"{year} 年 {month} 月只有 {days} 天", f"{name} {year} has {days} days"
    return f"没有 {day} 日", f"there is no day {day}"

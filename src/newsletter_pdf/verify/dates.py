"""Dates and issue numbers as they are printed, read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter_pdf.verify.layoutwords import han_value

_HAN = "〇零一二三四五六七八九十"
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CHINESE = re.compile(
    r"([0-9]{4}|[〇零一二三四五六七八九]{4})年"
    rf"(?:([0-9]{{1,2}}|[{_HAN}]{{1,3}})月)?(?:([0-9]{{1,2}}|[{_HAN}]{{1,3}})[日号])?"
)
_NUMERIC = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-./])([0-9]{1,2})(?:\2([0-9]{1,2}))?(?![0-9])")
_ENGLISH = re.compile(rf"({'|'.join(_MONTHS)})(?:([0-9]{{1,2}}),)?((?:19|20)[0-9]{{2}})", re.IGNORECASE)
_ISSUE = re.compile(rf"(总)?第([0-9]{{1,5}}|[{_HAN}百]{{1,6}})期|(?:No\.|Issue)()([0-9]{{1,5}})")


class Printed(NamedTuple):
    """A date or number as printed: ``text`` from ``start`` to ``stop``; parts that are not printed are None."""

    text: str
    start: int
    stop: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


class IssueNumber(NamedTuple):
    """An issue's number as printed; ``running`` for 总第…期."""

    text: str
    start: int
    stop: int
    value: int
    running: bool


def dates_in(text: str) -> Iterator[Printed]:
    """The dates in ``text`` (without blanks), each with a year."""
    for match in _CHINESE.finditer(text):
        year, month, day = (_value(part) for part in match.groups())
        yield Printed(match[0], match.start(), match.end(), year, month, day)
    for match in _NUMERIC.finditer(text):
        month, day = int(match[3]), int(match[4]) if match[4] else None
        if 1 <= month <= 12:
            yield Printed(match[0], match.start(), match.end(), int(match[1]), month, day)
    for match in _ENGLISH.finditer(text):
        month = _MONTHS.index(match[1].lower()) + 1
        yield Printed(match[0], match.start(), match.end(), int(match[3]), month, int(match[2]) if match[2] else None)


def numbers_in(text: str) -> Iterator[IssueNumber]:
    """The issue numbers in ``text`` (without blanks)."""
    for match in _ISSUE.finditer(text):
        value = _value(match[2] or match[4])
        if value is not None:
            yield IssueNumber(match[0], match.start(), match.end(), value, match[1] is not None)


def facts_in(text: str) -> Iterator[Printed | IssueNumber]:
    """The dates and the issue numbers in ``text`` (without blanks)."""
    yield from dates_in(text)
    yield from numbers_in(text)


def agrees(printed: Printed, date: dt.date) -> bool:
    """Whether what is printed of a date is that of ``date``."""
    return all(
        part is None or part == wanted
        for part, wanted in ((printed.year, date.year), (printed.month, date.month), (printed.day, date.day))
    )


def cn_month_texts(date: dt.date) -> tuple[str, ...]:
    """The ways in which a running head may print a date, longest first."""
    return (f"{date.year}年{date.month}月{date.day}日", f"{date.year}年{date.month}月", f"{date.year}年")


def _value(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() else han_value(text)

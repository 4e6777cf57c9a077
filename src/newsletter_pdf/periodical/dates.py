"""Dates in the text: such as there are, on the day of the week that is said, in the issue's period."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from newsletter_pdf.copyreading import masked
from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.model import Article, Paragraph
from newsletter_pdf.periodical.articles import articles_of, text_of
from newsletter_pdf.periodical.context import Scene
from newsletter_pdf.source import Passage

_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s?年\s?)?(?<![\d.])(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]"
    r"(?:\s?(?:至|到|—|–|-|～|~|、)\s?(?P<last>\d{1,2})\s?日)?"
    r"(?:\s?[（(，,是]?\s?(?:星期|周)(?P<weekday>[一二三四五六日天]))?"
)
_ISO = re.compile(
    r"(?<![A-Za-z0-9_./-])(?P<year>(?:19|20|21)\d\d)(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![A-Za-z0-9_/-])"
)
_MONTH = re.compile(
    r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月(?!\s?\d)|(?<![\d第共个])(?P<bare>\d{2})月(?:份|底|初|[上中下]旬)"
)
_YEAR = re.compile(r"((?:19|20|21)\d\d)\s?年")
_LUNAR = re.compile(r"(?:农历|阴历|旧历|腊月)\D{0,6}$")
_WEEKDAYS = "一二三四五六日"
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# 「1月23日消息」「新华社北京1月23日电」「据某报2月1日报道」, at the beginning of an article.
_DATELINE = re.compile(
    r"^[^，。；：]{0,16}?(?:(?P<year>\d{4})\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日\s?"
    r"(?:消息|讯|电|报道|[（(]记者)"
)
_SOURCE_DATE = re.compile(r"(?P<year>\d{4})\s?[-年/.]\s?(?P<month>\d{1,2})\s?[-月/.]\s?(?P<day>\d{1,2})(?!\d)")
SLACK = dt.timedelta(days=31)
"""How much older than the last issue news may be."""
_FIRST_PERIOD = dt.timedelta(days=62)
_QUICK = re.compile(r"\d\s?月|\d[-/]\d")


def check_dates(scene: Scene) -> None:
    """Report impossible dates, wrong days of the week, and news from outside the issue's period."""
    for passage in scene.passages:
        if _QUICK.search(passage.text) is not None:
            _impossible(scene, passage)
            _weekdays(scene, passage)
    for article in articles_of(scene.issue):
        _period(scene, article)


def _impossible(scene: Scene, passage: Passage) -> None:
    text = masked(passage.text)
    for start, shown in _wrong(text):
        if _LUNAR.search(text, max(0, start - 12), start) is None:
            scene.report(rules.NO_SUCH_DATE, passage.place(start), text=shown)


def _wrong(text: str) -> Iterator[tuple[int, str]]:
    for match in _DAY.finditer(text):
        year, month = match["year"], int(match["month"])
        days = [int(day) for day in (match["day"], match["last"]) if day]
        if not all(_exists(int(year) if year else None, month, day) for day in days):
            yield match.start(), _until(match, "日号")
    for match in _ISO.finditer(text):
        if not _exists(int(match["year"]), int(match["month"]), int(match["day"])):
            yield match.start(), match[0]
    for match in _MONTH.finditer(text):
        if not 1 <= int(match["month"] or match["bare"]) <= 12:
            yield match.start(), match[0]


def _until(match: re.Match[str], ends: str) -> str:
    """The match without what follows its last day."""
    return match[0][: max(match[0].rfind(end) for end in ends) + 1]


def _exists(year: int | None, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    leap = 2000 if year is None or not 1 <= year <= 9999 else year
    return 1 <= day <= calendar.monthrange(leap, month)[1]


def _weekdays(scene: Scene, passage: Passage) -> None:
    for match in _DAY.finditer(passage.text):
        if match["weekday"] is None or match["last"] is not None:
            continue
        said = _WEEKDAYS.index(match["weekday"].replace("天", "日"))
        dates = list(_candidates(scene, passage.text, match))
        if dates and all(date.weekday() != said for date in dates):
            date = dates[0]
            fields = {
                "right": _WEEKDAYS[date.weekday()],
                "right_en": _ENGLISH[date.weekday()],
                "wrong": match["weekday"],
            }
            shown = f"{date.year}年{date.month}月{date.day}日"
            scene.report(rules.WEEKDAY, passage.place(match.start()), date=shown, **fields)


def _candidates(scene: Scene, text: str, match: re.Match[str]) -> Iterator[dt.date]:
    """The dates that may be meant: of the year given, else nearest to the issue and of every year named around."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        years = [int(match["year"])]
    else:
        near = _nearest(scene.date, month, day)
        years = ([near.year] if near else []) + [int(year) for year in _YEAR.findall(text)]
    for year in years:
        if _exists(year, month, day):
            yield dt.date(year, month, day)


def _nearest(date: dt.date, month: int, day: int) -> dt.date | None:
    found = [dt.date(y, month, day) for y in (date.year - 1, date.year, date.year + 1) if _exists(y, month, day)]
    return min(found, key=lambda other: abs(other - date), default=None)


def _reported(date: dt.date, month: int, day: int) -> dt.date | None:
    """The day that news without a year speaks of: the last such day, or one so near ahead that it is a slip."""
    found = [
        dt.date(year, month, day) for year in (date.year - 1, date.year, date.year + 1) if _exists(year, month, day)
    ]
    return max((other for other in found if other <= date + SLACK), default=None)


def _period(scene: Scene, article: Article) -> None:
    """The date line at an article's beginning, and a full date in its source.

    Only what calls itself news is judged: an article that begins with a date may tell of history.
    """
    first = article.blocks[0]
    if isinstance(first, Paragraph):
        match = _DATELINE.search(text_of(first))
        if match is not None:
            _judge(scene, article, match)
    for match in _SOURCE_DATE.finditer(article.source or ""):
        _judge(scene, article, match)


def _judge(scene: Scene, article: Article, match: re.Match[str]) -> None:
    month, day = int(match["month"]), int(match["day"])
    if match["year"] is None:
        date = _reported(scene.date, month, day)
    else:
        year = int(match["year"])
        date = dt.date(year, month, day) if 1900 <= year <= 2199 and _exists(year, month, day) else None
    if date is None:
        return
    place = scene.place_in(article, match[0])
    start = (scene.date - _FIRST_PERIOD if scene.last is None else scene.last.date) - SLACK
    if date > scene.date:
        scene.report(rules.DATE_AHEAD, place, text=match[0], end=scene.date)
    elif date < start:
        scene.report(rules.DATE_OUTSIDE, place, text=match[0], start=start)

"""Number, running number and date against the neighbouring issues, the folder's name and what is typed elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.newissue import KnownIssue
from newsletter_pdf.periodical.context import Scene, named_date

_NUMBER = re.compile(r"(?<!总)(?<!累计)第\s?(\d{1,3})\s?期")
_RUNNING = re.compile(r"(?:总|累计)第?\s?(\d{1,5})\s?期")
_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")
_IMPRINT_LABEL = re.compile(r"出版日期|出刊日期|出版时间|刊期|期号|期次|总期号")


def check_numbers(scene: Scene) -> None:
    """Report numbers and dates that do not follow."""
    _number(scene)
    _running(scene)
    _date(scene)
    _folder(scene)
    _typed(scene)


def _number(scene: Scene) -> None:
    facts, last = scene.issue.facts, scene.last
    expected = _expected(scene)
    taken = next((o for o in scene.known if o.date.year == facts.date.year and o.number == facts.number), None)
    if taken is None and last is not None and last.date.year == facts.date.year and facts.number < last.number:
        taken = last
    if taken is not None:
        fields = {"number": facts.number, "other": taken.folder.name, "date": taken.date, "last": taken.number}
        scene.report(rules.NUMBER_USED, scene.field_place("number"), expected=expected[0], **fields)
    elif last is not None and facts.number not in expected:
        fields = {"number": facts.number, "other": last.folder.name, "date": last.date, "last": last.number}
        scene.report(rules.NUMBER_GAP, scene.field_place("number"), expected=expected[0], **fields)


def _expected(scene: Scene) -> tuple[int, ...]:
    """The numbers that may come next, the likeliest first."""
    last, year = scene.last, scene.date.year
    if last is None:
        highest = max((other.number for other in scene.known if other.date.year == year), default=0)
        return (highest + 1,)
    if last.date.year == year:
        return (last.number + 1,)
    restarts = _restarts(scene.known)
    if restarts is None:
        return (1, last.number + 1)
    return (1,) if restarts else (last.number + 1,)


def _restarts(known: Sequence[KnownIssue]) -> bool | None:
    """Whether a new year began with a lower number so far; None when no year has changed yet."""
    answer = None
    for before, after in pairwise(known):
        if after.date.year > before.date.year:
            answer = after.number <= before.number
    return answer


def _running(scene: Scene) -> None:
    number, last = scene.issue.facts.running_number, scene.last
    if number is None:
        if last is not None and last.running_number is not None:
            fields = {"other": last.folder.name, "last": last.running_number, "expected": last.running_number + 1}
            scene.report(rules.RUNNING_MISSING, scene.issue.facts.place, **fields)
        return
    taken = next((other for other in scene.known if other.running_number == number), None)
    before = None if last is None else last.running_number
    if taken is None and before is not None and number < before:
        taken = last
    other = taken or last
    if other is None or other.running_number is None:
        return
    expected = (before or other.running_number) + 1
    fields = {"number": number, "other": other.folder.name, "date": other.date, "last": other.running_number}
    if taken is not None:
        scene.report(rules.RUNNING_USED, scene.field_place("running_number"), expected=expected, **fields)
    elif before is not None and number > before + 1:
        scene.report(rules.RUNNING_GAP, scene.field_place("running_number"), expected=expected, **fields)


def _date(scene: Scene) -> None:
    last, words = scene.last, {"which_zh": "上一期", "which": "the last issue"}
    if last is None or last.date < scene.date:
        last = next((other for other in scene.known if other.date == scene.date), None)
        words = {"which_zh": "另一期", "which": "another issue"}
    if last is not None:
        fields = {"date": scene.date, "other": last.folder.name, "last": last.date, **words}
        scene.report(rules.DATE_NOT_LATER, scene.field_place("date"), **fields)


def _folder(scene: Scene) -> None:
    offset = _offset(scene.issue.name, scene.date)
    if not offset:
        return
    usual = None if scene.last is None else _offset(scene.last.folder.name, scene.last.date)
    if offset != usual:
        scene.report(rules.FOLDER_DATE, scene.field_place("date"), name=scene.issue.name, date=scene.date)


def _offset(name: str, date: dt.date) -> int | None:
    """How many months the date is behind the folder's name (days, when the name has a day); None without a date."""
    named = named_date(name)
    if named is None:
        return None
    year, month, day = named
    months = (date.year - year) * 12 + date.month - month
    return months or (0 if day is None else (date.day - day) * 100)


def _typed(scene: Scene) -> None:
    """Numbers and dates written by hand on the cover and in the imprint."""
    facts = scene.issue.facts
    for key, text in (("title", facts.title), ("subtitle", facts.subtitle)):
        for fact_zh, fact in _disagreeing(scene, text or ""):
            scene.report(rules.FACT_DISAGREES, scene.field_place(key), text=text, fact_zh=fact_zh, fact=fact)
    masthead = scene.issue.masthead
    for line in masthead.imprint if masthead is not None else ():
        if _IMPRINT_LABEL.search(line.label):
            place = scene.text_place(line.value) or (masthead.place if masthead is not None else facts.place)
            for fact_zh, fact in _disagreeing(scene, line.value):
                scene.report(rules.FACT_DISAGREES, place, text=line.value, fact_zh=fact_zh, fact=fact)


def _disagreeing(scene: Scene, text: str) -> Iterator[tuple[str, str]]:
    facts = scene.issue.facts
    if any(int(match[1]) != facts.number for match in _NUMBER.finditer(text)):
        yield f"第{facts.number}期", f"number {facts.number}"
    if facts.running_number and any(int(match[1]) != facts.running_number for match in _RUNNING.finditer(text)):
        yield f"总第{facts.running_number}期", f"running number {facts.running_number}"
    for match in _DATE.finditer(text):
        day = int(match[3]) if match[3] else facts.date.day
        if (int(match[1]), int(match[2]), day) != (facts.date.year, facts.date.month, facts.date.day):
            yield facts.date.isoformat(), facts.date.isoformat()
            return

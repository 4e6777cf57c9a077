"""Do cover, running heads, metadata and file name agree on which issue this is."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.dates import IssueNumber, Printed, agrees, dates_in, facts_in, numbers_in
from newsletter_pdf.verify.expected import Expected, ExpectedFacts, ExpectedPassage, Role
from newsletter_pdf.verify.layoutwords import LayoutWords
from newsletter_pdf.verify.shown import Stream
from newsletter_pdf.verify.wording import letters

_SHOWN = 60
_ON_COVER = ("封面", "on the cover")
_IN_HEAD = ("书眉", "in a running head")
_IN_TITLE = ("文档标题", "in the document's title")
_DATE = ("日期", "date")
_NUMBER = ("期号", "issue number")
_RUNNING = ("总期号", "running number")
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_DC_TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def check_facts(context: Context, expected: Expected) -> None:
    """Compare the facts on cover, running heads and in the metadata with those of the issue."""
    _check_cover(context, expected)
    _check_heads(context, expected)
    _check_metadata(context, expected.facts)


def check_file_name(context: Context, expected: Expected, name: str) -> None:
    """The file is called after its issue."""
    wanted = f"{expected.facts.name}.pdf"
    if name != wanted:
        context.findings.add(rules.FILE_NAME.at(shown=name, wanted=wanted))


def check_agreement(context: Context) -> None:
    """Without an issue to compare with: cover, running heads and document title must tell of one issue."""
    sources = [
        (_ON_COVER, context.shown.cover.text),
        (_IN_TITLE, letters(context.pdf.information.get("Title", ""))),
        *((_IN_HEAD, text) for text in _usual(list(_heads(context)))),
    ]
    seen: dict[tuple[str, str], tuple[str, tuple[str, str], str]] = {}
    told: set[tuple[str, str]] = set()
    for where, text in sources:
        for field, key, shown in _facts_in(text):
            first = seen.setdefault(field, (key, where, shown))
            if first[0] != key and first[1] != where and field not in told:
                told.add(field)
                context.findings.add(
                    rules.FACTS_DISAGREE.at(
                        field_zh=field[0], field_en=field[1], one=first[2], one_zh=first[1][0], one_en=first[1][1],
                        other=shown, other_zh=where[0], other_en=where[1],
                    )
                )  # fmt: skip


def _facts_in(text: str) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Year, month and numbers in a text that names an issue: field, value, and as printed."""
    for date in dates_in(text):
        yield ("年份", "year"), str(date.year), date.text
        if date.month is not None:
            yield ("月份", "month"), str(date.month), date.text
    for number in numbers_in(text):
        yield (_RUNNING if number.running else _NUMBER), str(number.value), number.text


def _heads(context: Context) -> Iterator[str]:
    for runs in context.shown.margins:
        text = "".join(run.text for run in runs)
        if "年" in text or "期" in text:
            yield text


def _usual(heads: Sequence[str]) -> list[str]:
    """The dates and numbers that most running heads have; another may be a title's."""
    counts = Counter(each.text for head in heads for each in facts_in(head))
    return [text for text, count in counts.items() if 2 * count > len(heads)]


# cover --------------------------------------------------------------------------------------------------------------


class _Taken(NamedTuple):
    """A text of the cover with what is known of it blanked out."""

    text: str

    def without(self, start: int, stop: int) -> _Taken:
        return _Taken(self.text[:start] + "\0" * (stop - start) + self.text[stop:])


def _check_cover(context: Context, expected: Expected) -> None:
    """Title, number and date must be there and right; whatever else is there must be the issue's or the layout's."""
    cover, facts = context.shown.cover, expected.facts
    if not cover.pieces:
        return
    left = _Taken(cover.text)
    for text in sorted(filter(None, map(letters, _known(expected))), key=len, reverse=True):
        found = left.text.find(text)
        while found >= 0:
            left = left.without(found, found + len(text))
            found = left.text.find(text, found + len(text))
    left, wrong = _check_printed(context, cover, left, facts)
    _check_present(context, cover, facts, wrong)
    _check_rest(context, cover, left, expected)


def _known(expected: Expected) -> list[str]:
    facts = expected.facts
    given = (facts.title, facts.subtitle, facts.title_en, facts.nameplate, *facts.cover)
    return [text for text in given if text]


def _check_printed(
    context: Context, cover: Stream, left: _Taken, facts: ExpectedFacts
) -> tuple[_Taken, set[tuple[str, str]]]:
    """The dates and numbers on the cover; gives what is left, and which facts were wrong."""
    wrong: set[tuple[str, str]] = set()
    for each in list(facts_in(left.text)):
        field, wanted = _wanted(each, facts)
        left = left.without(each.start, each.stop)
        if wanted is not None:
            wrong.add(field)
            _tell(context, cover, (each.start, each.stop), each.text, field, wanted)
    return left, wrong


def _wanted(each: Printed | IssueNumber, facts: ExpectedFacts) -> tuple[tuple[str, str], str | None]:
    """Which fact is printed, and what it should be when it is wrong."""
    if isinstance(each, Printed):
        return _DATE, None if agrees(each, facts.date) else facts.date.isoformat()
    if each.running:
        value, text = facts.running_number, f"总第{facts.running_number}期" if facts.running_number else "—"
        return _RUNNING, None if each.value == value else text
    return _NUMBER, None if each.value == facts.number else f"第{facts.number}期"


def _tell(
    context: Context, cover: Stream, at: tuple[int, int], shown: str, field: tuple[str, str], wanted: str
) -> None:
    context.findings.add(
        rules.COVER_FACT.at(
            cover.place(*at), where_zh=_ON_COVER[0], where_en=_ON_COVER[1], field_zh=field[0], field_en=field[1],
            shown=shown, wanted=wanted,
        )
    )  # fmt: skip


def _check_present(context: Context, cover: Stream, facts: ExpectedFacts, wrong: set[tuple[str, str]]) -> None:
    text = cover.text
    at = cover.place(0, len(text))
    for field, value in (
        (("刊名", "title"), facts.title),
        (("副题", "subtitle"), facts.subtitle),
        (("英文刊名", "English title"), facts.title_en),
        (("刊名字样", "nameplate"), facts.nameplate),
    ):
        if value and letters(value) not in text:
            context.findings.add(rules.COVER_LACKS.at(at, field_zh=field[0], field_en=field[1], wanted=value))
    numbers = {(each.running, each.value) for each in numbers_in(text)}
    for field, running, number in ((_NUMBER, False, facts.number), (_RUNNING, True, facts.running_number)):
        if number is not None and field not in wrong and (running, number) not in numbers:
            context.findings.add(rules.COVER_LACKS.at(at, field_zh=field[0], field_en=field[1], wanted=number))
    if _DATE not in wrong and not any(agrees(date, facts.date) and date.month for date in dates_in(text)):
        wanted = facts.date.isoformat()
        context.findings.add(rules.COVER_LACKS.at(at, field_zh=_DATE[0], field_en=_DATE[1], wanted=wanted))


def _check_rest(context: Context, cover: Stream, left: _Taken, expected: Expected) -> None:
    words = LayoutWords(expected)
    edge = ExpectedPassage(Role.FACT, "", expected.place)
    for match in re.finditer("[^\\0]+", left.text):
        start, stop = words.strip(match[0], edge, edge)
        if any(char.isalnum() for char in match[0][start:stop]):
            first, last = match.start() + start, match.start() + stop
            quote = cover.text[first:last][:_SHOWN]
            context.findings.add(rules.TEXT_FOREIGN.at(cover.place(first, last), quote=quote))


# running heads and metadata -----------------------------------------------------------------------------------------


def _check_heads(context: Context, expected: Expected) -> None:
    """A date or number in a running head is this issue's; one that a title has in it is the title's."""
    titles = [letters(heading.head) for heading in expected.headings if heading.head]
    titles += [letters(each) for each in (*expected.heads, *_known(expected))]
    told: set[str] = set()
    for page, runs in enumerate(context.shown.margins):
        text = "".join(run.text for run in runs)
        if "年" not in text and "期" not in text:
            continue
        for title in titles:
            text = text.replace(title, "\0") if title else text
        for each in facts_in(text):
            field, wanted = _wanted(each, expected.facts)
            if wanted is not None and each.text not in told:
                told.add(each.text)
                context.findings.add(
                    rules.COVER_FACT.at(
                        place(page), where_zh=_IN_HEAD[0], where_en=_IN_HEAD[1], field_zh=field[0], field_en=field[1],
                        shown=each.text, wanted=wanted,
                    )
                )  # fmt: skip


def _check_metadata(context: Context, facts: ExpectedFacts) -> None:
    """Title, author, subject, keywords, language and dates; what is missing altogether is told elsewhere."""
    info = context.pdf.information
    for title in filter(None, (info.get("Title", "").strip(), _xmp_title(context.pdf.xmp))):
        wrong = letters(facts.title) not in letters(title) or any(
            _wanted(each, facts)[1] is not None for each in facts_in(_rest(title, facts))
        )
        if wrong:
            wanted = f"{facts.title} {facts.date.year}年第{facts.number}期"
            _differs(context, ("标题", "title"), title, wanted)
    for key, field, given in (
        ("Author", ("作者", "author"), facts.author),
        ("Subject", ("主题", "subject"), facts.subject),
        ("Keywords", ("关键词", "keywords"), "、".join(facts.keywords) or None),
    ):
        shown = info.get(key, "")
        if given is not None and shown.strip() and _bare(shown) != _bare(given):
            _differs(context, field, shown, given)
    language = context.pdf.language or ""
    if facts.language and language.strip() and language.casefold() != facts.language.casefold():
        _differs(context, ("语言", "language"), language, facts.language)
    for key, field in (("CreationDate", ("创建日期", "creation date")), ("ModDate", ("修改日期", "date of change"))):
        date = _PDF_DATE.match(info.get(key, ""))
        if date and not _same_day(date, facts.date):
            _differs(context, field, info[key], facts.date.isoformat())


def _rest(title: str, facts: ExpectedFacts) -> str:
    return letters(title).replace(letters(facts.title), "\0")


def _xmp_title(xmp: bytes) -> str:
    match = _DC_TITLE.search(xmp)
    if match is None:
        return ""
    text = match[1].decode("utf-8", "replace").strip()
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _bare(text: str) -> str:
    """A list of words or a text without what parts the words."""
    return re.sub("[,，;；、]", "", letters(text))


def _same_day(match: re.Match[str], date: dt.date) -> bool:
    given: Sequence[str | None] = match.groups()
    return all(
        part is None or int(part) == wanted
        for part, wanted in zip(given, (date.year, date.month, date.day), strict=True)
    )


def _differs(context: Context, field: tuple[str, str], shown: str, wanted: str) -> None:
    context.findings.add(
        rules.METADATA_DIFFERS.at(field_zh=field[0], field_en=field[1], shown=shown[:_SHOWN], wanted=wanted[:_SHOWN])
    )

"""report.html: one file without anything from outside, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from newsletter_pdf import __version__
from newsletter_pdf.findings import Place, Severity
from newsletter_pdf.report.data import Report
from newsletter_pdf.report.pictures import SMALL, Pages, open_pages
from newsletter_pdf.report.views import groups, large_pictures, locate, pages_named

_WORDS = {
    Severity.ERROR: ("错误", "Errors"),
    Severity.WARNING: ("警告", "Warnings"),
    Severity.INFO: ("提示", "Notes"),
}
_STAGES = {
    "check": ("检查", "check"),
    "read": ("读取", "read"),
    "compose": ("组版", "compose"),
    "layout": ("排版", "layout"),
    "write": ("写出", "write"),
    "verify": ("校验", "proof"),
    "report": ("报告", "report"),
}
_PARTS = {
    "cover": ("封面", "cover"),
    "masthead": ("刊头页", "masthead"),
    "contents": ("目录", "contents"),
    "services": ("服务页", "services"),
}

Say = Callable[[str, str], str]


def report_page(report: Report, lang: str = "zh", *, now: datetime | None = None, pages: Pages | None = None) -> str:
    """The report as an HTML page; every text of the issue is escaped, every picture is inside the page.

    All pages are shown small. Pages that findings name are drawn large (24 at most, errors first), with a rectangle
    around the place where it is known. A PDF that cannot be read leaves the page without pictures. ``now`` is the time
    printed, by default the present. ``pages`` are those of the report's file, when they are open already; they keep
    what was drawn and found.
    """
    say: Say = (lambda _zh, en: en) if lang == "en" else (lambda zh, _en: zh)
    with open_pages(report.file) if pages is None else nullcontext(pages) as pages:
        located = locate(report.findings, pages)
        large = large_pictures(pages, located)
        small = pages.draw((n for n in range(1, len(pages) + 1) if n not in large), SMALL)
        shown = groups(located, pages, large)
    first: dict[int, int] = {}
    for group in shown:
        for item in group.items:
            first.setdefault(item.page or 0, item.number)
    return _template().render(
        report=report,
        lang=lang,
        say=say,
        styles=Markup(_resource("report.css")),  # noqa: S704  # the package's own file
        groups=shown,
        severities=[(s, say(*words), [g for g in shown if g.severity is s]) for s, words in _WORDS.items()],
        marked=pages_named(located),
        first=first,
        pictures=dict(sorted({**small, **large}.items())),
        large=large,
        where=lambda item: _where(item.finding.place, item.page, _front(report), say),
        stage=lambda name: say(*_STAGES.get(name, (name, name))),
        part=lambda name: _part(name, say),
        path=lambda file: str(Place(file)),
        pages_text=lambda numbers: _ranges(numbers, say),
        size=_size(report),
        verdict=_verdict(report, say),
        made=(now or datetime.now().astimezone()).strftime("%Y-%m-%d %H:%M"),
        version=__version__,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_resource("report.html.j2"))


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _verdict(report: Report, say: Say) -> dict[str, str]:
    """The outcome in a word (as the seal has it), a sentence, and what follows from it."""
    errors, warnings = report.findings.errors, report.findings.warnings
    if not report.good:
        kept = say("原有的 PDF（如果有）没有改动。", "The PDF that was there, if any, is unchanged.")
        if report.pdf is None:
            text = say(f"没有做成 PDF：有 {errors} 个错误。", f"No PDF was made: {_count(errors, 'error')}.")
        else:
            text = say(f"没有通过：有 {errors} 个错误。", f"Not passed: {_count(errors, 'error')}.")
        follow = say("改好下面的错误，再做一次。", "Mend the errors below and build again. ") + kept
        return {"kind": "bad", "seal": say("退改", "MEND"), "text": text, "follow": follow}
    if warnings:
        text = say(f"校验通过，另有 {warnings} 处请看一眼。", f"Proved, with {_count(warnings, 'warning')} to look at.")
        follow = say(
            "没有错误，PDF 可以使用；签字之前，请把警告逐条看过。",
            "No errors: the PDF can be used. Look at each warning before you sign.",
        )
        return {"kind": "fair", "seal": say("待看", "LOOK"), "text": text, "follow": follow}
    follow = say(
        "目录、页码、书签、链接、字体和每一页的内容，都已从做好的 PDF 里读回核对。",
        "Contents, folios, bookmarks, links, fonts and every page were read back from the finished PDF.",
    )
    return {
        "kind": "good",
        "seal": say("校讫", "PROVED"),
        "text": say("校验通过，PDF 可以使用。", "Proved: the PDF is ready for use."),
        "follow": follow,
    }


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _front(report: Report) -> int | None:
    """How many pages stand before the one that prints 1; None when the contents do not tell."""
    for entry in report.contents:
        if entry.page_index is not None and entry.printed.isdecimal():
            return entry.page_index + 1 - int(entry.printed)
    return None


def _where(place: Place, number: int | None, front: int | None, say: Say) -> str:
    """The file with its line, and the page of the file with the folio that it prints, in words."""
    page = "" if number is None else say(f"第\u00a0{number}\u00a0页", f"page\u00a0{number}")
    if number is not None and front and number > front:
        page += say(f"（印 {number - front}）", f" (prints {number - front})")
    file = "" if place.file is None else str(Place(place.file))
    if file and place.line is not None:
        file += say(f" 第\u00a0{place.line}\u00a0行", f" line\u00a0{place.line}")
    return " · ".join(part for part in (file, page) if part)


def _part(name: str, say: Say) -> str:
    word, _, number = name.partition("-")
    if word == "section" and number.isdigit():
        return say(f"第 {number} 栏目", f"section {number}")
    return say(*_PARTS.get(name, (name, name)))


def _ranges(numbers: tuple[int, ...], say: Say) -> str:
    """Page numbers for people: ``3–5、9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return say("、", ", ").join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _size(report: Report) -> str:
    try:
        size = 0 if report.file is None else report.file.stat().st_size
    except OSError:
        size = 0
    return f"{size / 1_000_000:.2f}" if size else ""

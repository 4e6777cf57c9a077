"""report.html: one file without anything from outside, Chinese first."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from newsletter_pdf import __version__
from newsletter_pdf.findings import Finding, Place, Severity
from newsletter_pdf.report.data import Report
from newsletter_pdf.report.thumbnails import pages_named, pages_of_interest, thumbnails

_WORDS = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.INFO: ("提示", "note"),
}
_STAGES = {
    "check": ("检查", "check"),
    "read": ("读取", "read"),
    "compose": ("组版", "compose"),
    "layout": ("排版", "layout"),
    "write": ("写出", "write"),
    "verify": ("校验", "verify"),
    "report": ("报告", "report"),
}


def report_page(report: Report, lang: str = "zh") -> str:
    """The report as an HTML page; every text of the issue is escaped, every picture is inside the page.

    Pages that findings name are shown (24 at most); without findings, a few pages of interest. A PDF that cannot be
    read leaves the page without pictures.
    """
    say: Callable[[str, str], str] = (lambda _zh, en: en) if lang == "en" else (lambda zh, _en: zh)

    def where(place: Place) -> str:
        if place.page is None:
            return str(place)
        page = say(f"第 {place.page} 页", f"page {place.page}")
        return page if place.file is None else f"{Place(place.file, place.line, place.column)} {page}"

    named = pages_named(report.findings)
    wanted = named or (pages_of_interest(report.pages, report.contents) if report.good else ())
    shown = {t.page: t for t in thumbnails(report.pdf, wanted)} if report.pdf is not None else {}
    elsewhere, on_pages = _by_page(report)
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(files(__package__).joinpath("report.html.j2").read_text(encoding="utf-8"))
    return template.render(
        report=report,
        lang=lang,
        other="zh" if lang == "en" else "en",
        say=say,
        where=where,
        word=lambda severity: say(*_WORDS[severity]),
        stage=lambda name: say(*_STAGES.get(name, (name, name))),
        path=lambda file: str(Place(file)),
        size=_size(report),
        counts=_counts(report, say),
        elsewhere=elsewhere,
        on_pages=on_pages,
        pictures=shown,
        not_shown=sum(1 for page in on_pages if page not in shown),
        gallery=() if named else tuple(shown.values()),
        version=__version__,
    )


def _by_page(report: Report) -> tuple[list[Finding], dict[int, list[Finding]]]:
    """The findings that name no page, and the others by page; errors before warnings in each."""
    rank = list(_WORDS)
    ordered = sorted(report.findings, key=lambda f: rank.index(f.severity))
    pages: dict[int, list[Finding]] = {}
    for finding in ordered:
        if finding.place.page is not None:
            pages.setdefault(finding.place.page, []).append(finding)
    return [f for f in ordered if f.place.page is None], dict(sorted(pages.items()))


def _counts(report: Report, say: Callable[[str, str], str]) -> str:
    findings = report.findings
    notes = len(findings) - findings.errors - findings.warnings
    return say(
        f"{findings.errors} 个错误，{findings.warnings} 个警告，{notes} 条提示",
        f"errors: {findings.errors}, warnings: {findings.warnings}, notes: {notes}",
    )


def _size(report: Report) -> str:
    try:
        size = 0 if report.pdf is None else report.pdf.stat().st_size
    except OSError:
        size = 0
    return f"{size / 1_000_000:.2f} MB" if size else ""

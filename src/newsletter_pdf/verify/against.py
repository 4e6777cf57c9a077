"""Is this PDF the one that a report describes: ``verify --against report.json``."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import proof_document as rules
from newsletter_pdf.verify.model import ContentsEntry, Proof

_Row = tuple[int, str, str]
_FIELDS = (("printed", "页码", "page number"), ("page_index", "所在页", "sheet"), ("label", "页面标签", "page label"))


def compare_with_report(proof: Proof, report: Mapping[str, object]) -> Findings:
    """Name every difference between a proof and the data of a ``report.json``.

    Compared are ``sha256``, ``pages`` and ``contents``; a part that the report lacks or that has another shape is
    itself a finding. Nothing is raised, whatever ``report`` holds.
    """
    findings = Findings()
    reported = report.get("sha256")
    if not isinstance(reported, str) or not reported:
        findings.add(rules.REPORT_UNUSABLE.at(reason_zh="没有 sha256", reason_en="no sha256"))
    elif reported.lower() != proof.sha256:
        findings.add(rules.REPORT_OTHER_FILE.at(reported=reported[:12], actual=proof.sha256[:12]))
    pages = report.get("pages")
    if not isinstance(pages, int) or isinstance(pages, bool):
        findings.add(rules.REPORT_UNUSABLE.at(reason_zh="没有页数 pages", reason_en="no pages"))
    elif pages != proof.pages:
        findings.add(rules.REPORT_PAGES.at(reported=pages, actual=proof.pages))
    contents = report.get("contents")
    if not isinstance(contents, list) or not all(isinstance(row, Mapping) for row in contents):
        findings.add(rules.REPORT_UNUSABLE.at(reason_zh="没有目录 contents", reason_en="no contents"))
    else:
        _compare_contents(proof.contents, contents, findings)
    return findings


def _compare_contents(
    actual: tuple[ContentsEntry, ...], reported: list[Mapping[str, object]], findings: Findings
) -> None:
    ours: list[_Row] = [(entry.level, entry.number, entry.title) for entry in actual]
    theirs: list[_Row] = [(_int(row.get("level")), str(row.get("number")), str(row.get("title"))) for row in reported]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        for i, j in zip_longest(range(i1, i2), range(j1, j2)):
            if kind == "equal" and i is not None and j is not None:
                _compare_entry(actual[j], reported[i], findings)
            elif i is not None and j is not None:
                was, now = _name(theirs[i]), _name(ours[j])
                _differ(findings, actual[j], f"报告为「{was}」，文件为「{now}」。", f"report “{was}”, file “{now}”.")
            elif i is not None:
                name = _name(theirs[i])
                _differ(findings, None, f"文件里没有「{name}」。", f"“{name}” is not in the file.")
            elif j is not None:
                name = _name(ours[j])
                _differ(findings, actual[j], f"报告里没有「{name}」。", f"“{name}” is not in the report.")


def _compare_entry(entry: ContentsEntry, row: Mapping[str, object], findings: Findings) -> None:
    name = _name((entry.level, entry.number, entry.title))
    for key, zh, en in _FIELDS:
        was, now = row.get(key), getattr(entry, key)
        if was != now:
            _differ(
                findings,
                entry,
                f"「{name}」的{zh}，报告为 {was}，文件为 {now}。",
                f"{en} of “{name}”: report {was}, file {now}.",
            )


def _differ(findings: Findings, entry: ContentsEntry | None, zh: str, en: str) -> None:
    at = Place(page=entry.page_index + 1) if entry is not None and entry.page_index is not None else None
    findings.add(rules.REPORT_CONTENTS.at(at, difference_zh=zh, difference_en=en))


def _name(row: _Row) -> str:
    return f"{row[1]}{row[2]}"


def _int(value: object) -> int:
    return value if isinstance(value, int) else -1

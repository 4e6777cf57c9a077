"""``issue.yaml`` of the next issue: the last one's text with date and numbers moved on, or a template.

The text is edited, not written anew, so that comments, order and everything that an organisation has added stay.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import newissue as rules
from newsletter_pdf.newissue.known import KnownIssue, known_issues
from newsletter_pdf.source import YamlMapping, YamlScalar, load_yaml, parse_yaml

_MONTH_NAME = re.compile(r"(\d{4})-(\d{2})(?!\d)")
_TOP_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:")
_PLACEHOLDER_TITLE = "刊名待定"


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """The facts of a new issue; ``text`` is its ``issue.yaml``, ``based_on`` the folder of the issue it follows."""

    text: str
    date: dt.date
    number: int
    running_number: int | None
    based_on: Path | None


def draft_issue(name: str, content: Path, findings: Findings, today: dt.date | None = None) -> IssueDraft:
    """The facts for a new issue ``name`` beside the issues in ``content`` (which need not exist).

    A name that begins with ``YYYY-MM`` sets the month, else the month after the last issue is taken. The day is that of
    the last issue, clamped to the month's length. The number counts on from the last issue of the same year and begins
    at 1 in a new year; the running number counts on. Without a readable issue a template with today's date is given,
    and a warning names what the editor has to fill in.
    """
    place = Place(file=content / name / "issue.yaml")
    known = known_issues(content, name, findings)
    month = _named_month(name)
    if not known:
        return _from_template(month, content, place, today or dt.date.today(), findings)
    latest = known[-1]
    year, month_number = month or _month_after(latest.date)
    before = [issue for issue in known if (issue.date.year, issue.date.month) < (year, month_number)]
    last = before[-1] if before else None
    date = _same_day(year, month_number, known)
    number = last.number + 1 if last is not None and last.date.year == year else 1
    running = last.running_number + 1 if last is not None and last.running_number is not None else None
    edited = _edited(latest, {"date": date.isoformat(), "number": str(number), "running_number": running})
    text, cleared = _without_highlights(edited)
    draft = IssueDraft(text, date, number, running, latest.folder)
    _report(draft, known, cleared=cleared, place=place, findings=findings)
    return draft


def _named_month(name: str) -> tuple[int, int] | None:
    match = _MONTH_NAME.match(name)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        return None
    return int(match[1]), int(match[2])


def _month_after(date: dt.date) -> tuple[int, int]:
    if date.month < 12:
        return date.year, date.month + 1
    return (date.year + 1, 1) if date.year < dt.MAXYEAR else (date.year, 12)


def _same_day(year: int, month: int, known: list[KnownIssue]) -> dt.date:
    """The usual day in the month; after a clamped one (28 February) the latest day of any issue counts again."""
    last = known[-1].date
    clamped = last.day == calendar.monthrange(last.year, last.month)[1]
    day = max(issue.date.day for issue in known) if clamped else last.day
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _edited(latest: KnownIssue, values: dict[str, object]) -> str:
    text = latest.text
    for key, value in values.items():
        line = re.compile(rf"^({key}[ \t]*:[ \t]*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^#\n]*?)([ \t]*(?:[ \t]#.*)?)$", re.M)
        replacement = "" if value is None else str(value)
        found = line.search(text)
        if found is None:
            continue
        if value is None:
            text = text[: found.start()] + f"# {found[0]}" + text[found.end() :]
        else:
            text = text[: found.start()] + found[1] + replacement + found[2] + text[found.end() :]
    return text


def _without_highlights(text: str) -> tuple[str, bool]:
    """``text`` with the block ``highlights`` as comments: the last issue's would stand on the new cover."""
    lines, inside, cleared = [], False, False
    for line in text.split("\n"):
        if _TOP_KEY.match(line) or line.startswith("#"):
            inside = line.startswith("highlights") and _TOP_KEY.match(line) is not None
        if inside and line.strip():
            cleared = True
            line = f"# {line}"
        lines.append(line)
    return "\n".join(lines), cleared


def _report(draft: IssueDraft, known: list[KnownIssue], *, cleared: bool, place: Place, findings: Findings) -> None:
    based_on = draft.based_on.name if draft.based_on is not None else ""
    findings.add(rules.FACTS_DRAFTED.at(place, based_on=based_on, date=draft.date, number=_numbers(draft)))
    if cleared:
        findings.add(rules.HIGHLIGHTS_CLEARED.at(place))
    for issue in known:
        if issue.date.year == draft.date.year and issue.number == draft.number:
            findings.add(
                rules.NUMBER_TAKEN.at(place, number=draft.number, year=draft.date.year, other=issue.folder.name)
            )


def _numbers(draft: IssueDraft) -> str:
    running = f"（总第{draft.running_number}期）" if draft.running_number is not None else ""
    return f"第{draft.number}期{running}"


def _from_template(
    month: tuple[int, int] | None, content: Path, place: Place, today: dt.date, findings: Findings
) -> IssueDraft:
    year, month_number = month or (today.year, today.month)
    date = dt.date(year, month_number, min(today.day, calendar.monthrange(year, month_number)[1]))
    title = _masthead_title(content) or _PLACEHOLDER_TITLE
    schema = content.parent / "schemas" / "issue.schema.json"
    first = "# yaml-language-server: $schema=../../schemas/issue.schema.json\n" if schema.is_file() else ""
    text = (
        f"{first}"
        f"title: {quoted(title)}    # 刊名，印在封面和书眉上\n"
        "# subtitle: 副题，印在刊名下面\n"
        "# title_en: English Title\n"
        f"date: {date.isoformat()}    # 出版日期：年-月-日\n"
        f"number: {date.month}    # 本年第几期\n"
        "# running_number: 1    # 总第几期；不用就留着前面的 #\n"
        "# highlights:    # 封面要目，每行一条\n"
        "#   - 第一条要目\n"
        "language: zh-CN\n"
        "layout: classic    # 版式，见 layouts 文件夹\n"
        "# options:    # 版式选项，全部列在 layouts/classic/layout.yaml\n"
        "#   body_on_new_page: false    # 栏目短的，文章接在栏目标题下面，不另起一页\n"
    )
    findings.add(rules.FACTS_PLACEHOLDER.at(place, title=title, date=date, number=date.month))
    return IssueDraft(text, date, date.month, None, None)


def _masthead_title(content: Path) -> str | None:
    path = content / "masthead.yaml"
    root = load_yaml(path, Findings()) if path.is_file() else None
    nameplate = root.get("nameplate") if isinstance(root, YamlMapping) else None
    text = nameplate.get("text") if isinstance(nameplate, YamlMapping) else None
    return text.text.strip() or None if isinstance(text, YamlScalar) else None


def quoted(text: str) -> str:
    """``text`` as a YAML value: plain when that reads the same, else in single quotes."""
    root = parse_yaml(f"t: {text}    # x\n", Path(), trouble := Findings())
    value = root.get("t") if isinstance(root, YamlMapping) else None
    if len(trouble) == 0 and isinstance(value, YamlScalar) and value.plain and value.text == text:
        return text
    return "'" + text.replace("'", "''") + "'"

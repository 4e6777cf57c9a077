"""The issues that are there already: what counts of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import newissue as rules
from newsletter_pdf.source import YamlMapping, YamlScalar, load_yaml


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """What counts of an existing issue."""

    folder: Path
    text: str
    date: dt.date
    number: int
    running_number: int | None


def known_issues(content: Path, name: str, findings: Findings) -> list[KnownIssue]:
    """The readable issues in ``content``, oldest first; one that cannot be read is reported and passed over."""
    try:
        folders = sorted(path for path in content.iterdir() if path.name != name and not path.name.startswith("."))
    except OSError:
        return []
    issues = []
    for folder in folders:
        path = folder / "issue.yaml"
        if not path.is_file():
            continue
        issue = _read(path)
        if issue is None:
            findings.add(rules.ISSUE_PASSED_OVER.at(Place(file=path), name=folder.name))
        else:
            issues.append(issue)
    return sorted(issues, key=lambda issue: (issue.date, issue.number))


def _read(path: Path) -> KnownIssue | None:
    trouble = Findings()
    root = load_yaml(path, trouble)
    if not isinstance(root, YamlMapping) or trouble.errors:
        return None
    texts = {key.text: value.text for key, value in root if isinstance(value, YamlScalar)}
    try:
        running = texts.get("running_number")
        return KnownIssue(
            folder=path.parent,
            # The bytes are good UTF-8, or load_yaml would have given an error.
            text=path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"),
            date=dt.date.fromisoformat(texts["date"]),
            number=int(texts["number"]),
            running_number=int(running) if running else None,
        )
    except (KeyError, ValueError, OSError):
        return None

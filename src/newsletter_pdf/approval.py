"""``approval.yaml``: who approved which PDF, and when.

The file lies in the issue folder and is committed with it. It is a list that only grows: an entry that is there is kept
byte for byte. A PDF is named by its SHA-256, so that an approval holds for that one file and no other.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter_pdf.files import confined, locked, read_text, write_atomic
from newsletter_pdf.findings import Findings, Place, Severity
from newsletter_pdf.findings.signoff import APPROVED, BAD_RECORD, STALE
from newsletter_pdf.source import YamlMapping, YamlNode, YamlScalar, YamlSequence, parse_yaml

FILE_NAME = "approval.yaml"
_HEADER = """\
# 签发记录：谁在什么时候签发了哪一份 PDF。由 newsletter-pdf approve 添加，请提交；已有的条目不要改动。
# Record of approvals, added to by newsletter-pdf approve. Commit this file; do not edit the entries.
"""
_PATIENCE = 30.0  # seconds to wait for another process that adds to the record
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Approval:
    """One entry: ``by`` approved the PDF whose SHA-256 is ``sha256`` at ``at``, a time with its offset from UTC."""

    sha256: str
    by: str
    at: dt.datetime
    note: str | None = None
    pdf: str | None = None
    pages: int | None = None
    layout: str | None = None
    program: str | None = None

    @property
    def when(self) -> str:
        """The time of the place where it was approved, to the minute, with the offset: ``2026-11-24 18:51 +08:00``."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.at.isoformat()[-6:]}"

    def as_json(self) -> dict[str, Any]:
        """The shape that ``approval.yaml`` and ``--json`` give to an approval; what is not known is left out."""
        fields = {
            "pdf": self.pdf,
            "sha256": self.sha256,
            "pages": self.pages,
            "layout": self.layout,
            "by": self.by,
            "note": self.note,
            "utc": f"{self.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "local": self.at.isoformat(timespec="seconds"),
            "program": self.program,
        }
        return {name: value for name, value in fields.items() if value is not None}


class RecordError(Exception):
    """The record cannot be added to; ``zh`` and ``en`` say why, and nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def approval_of(folder: Path, pdf_sha256: str) -> Approval | None:
    """The latest approval of the PDF with this SHA-256 in the issue ``folder``, None when there is none.

    A record that cannot be read approves nothing: :func:`read_approvals` tells what is wrong with it.
    """
    approvals = read_approvals(folder, Findings()) or ()
    return next((entry for entry in reversed(approvals) if entry.sha256 == pdf_sha256), None)


def read_approvals(folder: Path, findings: Findings) -> tuple[Approval, ...] | None:
    """The entries of ``approval.yaml`` in order; empty without the file, None with N674 when it cannot be read."""
    path = folder / FILE_NAME
    if not os.path.lexists(path):
        return ()
    try:
        return _parsed(_text_of(path), path)
    except RecordError as error:
        findings.add(BAD_RECORD.at(Place(path), reason_zh=error.zh, reason=error.en))
        return None


def check_approval(folder: Path, sha256: str, kept: Path, findings: Findings, *, layout: str, usual: str) -> None:
    """Say whether the PDF just built, with this SHA-256, is approved (N678), or another one was (N677).

    ``kept`` is where the approved PDF lies, if it is still there. A PDF in ``layout``, other than the ``usual`` one of
    the issue, is a trial and makes no approval stale.
    """
    approvals = read_approvals(folder, findings)
    if not approvals:
        return
    place = Place(folder / FILE_NAME)
    approved = next((entry for entry in reversed(approvals) if entry.sha256 == sha256), None)
    if approved is not None:
        findings.add(APPROVED.at(place, by=approved.by, when=approved.when))
    elif layout == usual:
        last = approvals[-1]
        fields = {
            "look_zh": "签发的那份不在这台电脑上，请把现在这份全部看过",
            "look": "The approved one is not on this computer: look through all of this one",
        }
        if kept.is_file():
            compare = f"newsletter-pdf diff {Place(kept)} {Place(kept.parent.parent / kept.name)}"
            fields = {"look_zh": f"用 {compare} 看改了哪里", "look": f"See what has changed with {compare}"}
        findings.add(STALE.at(place, by=last.by, when=last.when, then=last.sha256[:12], now=sha256[:12], **fields))


def add_approval(folder: Path, approval: Approval) -> Path:
    """Append ``approval`` to the record of the issue ``folder``, which is made when it is missing; returns its path.

    What is there already stays as it is, byte for byte. Raises :class:`RecordError` when the record cannot be read or
    added to, OSError when it cannot be written.
    """
    path = folder / FILE_NAME
    with locked(folder, _PATIENCE):
        old = b""
        before: tuple[Approval, ...] = ()
        if os.path.lexists(path):
            before = _parsed(_text_of(path), path)
            old = path.read_bytes()
        start = old or _HEADER.encode()
        new = start + (b"" if start.endswith(b"\n") else b"\n") + _entry(approval).encode()
        if _parsed(new.decode("utf-8"), path) != (*before, approval):
            # Such as entries that are indented, or a document that has ended.
            raise RecordError("已有条目的写法特殊，新的一条接不上", "its entries are written in a way of their own")
        write_atomic(path, new)
    return path


def _entry(approval: Approval) -> str:
    """One item of the list; a JSON string is a YAML string, too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in approval.as_json().items()]
    return "- " + "\n  ".join(lines) + "\n"


def _text_of(path: Path) -> str:
    if confined(path, path.parent) is None:
        raise RecordError("它是指向别处的链接", "it is a link that leads elsewhere")
    findings = Findings()
    try:
        if path.is_file() and not path.read_bytes().strip():
            return ""
    except OSError as error:
        raise RecordError(error.strerror or str(error), error.strerror or str(error)) from error
    text = read_text(path, findings)
    _raise_first(findings)
    return text or ""


def _raise_first(findings: Findings) -> None:
    for finding in findings:
        if finding.severity is Severity.ERROR:
            line = finding.place.line
            where_zh, where = ("", "") if line is None else (f"第 {line} 行，", f"line {line}: ")
            raise RecordError(where_zh + finding.message_zh, where + finding.message_en)


def _parsed(text: str, path: Path) -> tuple[Approval, ...]:
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return ()
    findings = Findings()
    node = parse_yaml(text, path, findings)
    _raise_first(findings)
    if not isinstance(node, YamlSequence):
        raise RecordError("它不是一个列表", "it is no list")
    return tuple(_approval(item) for item in node.items)


def _approval(node: YamlNode) -> Approval:
    line = node.place.line

    def wrong(name: str) -> RecordError:
        return RecordError(f"第 {line} 行起的一条缺少 {name}，或写得不对", f"line {line}: {name} is missing or wrong")

    if not isinstance(node, YamlMapping):
        raise wrong("by")
    fields = {key.text: value.text for key, value in node if isinstance(value, YamlScalar) and not value.is_null}
    sha256, by = fields.get("sha256", ""), fields.get("by", "")
    if not _SHA256.fullmatch(sha256):
        raise wrong("sha256")
    if not by.strip():
        raise wrong("by")
    try:
        at = dt.datetime.fromisoformat(fields.get("local") or fields.get("utc", ""))
    except ValueError:
        raise wrong("utc") from None
    if at.tzinfo is None:
        raise wrong("utc")
    pages = fields.get("pages", "")
    return Approval(
        sha256=sha256,
        by=by,
        at=at,
        note=fields.get("note"),
        pdf=fields.get("pdf"),
        pages=int(pages) if re.fullmatch(r"[0-9]{1,6}", pages) else None,
        layout=fields.get("layout"),
        program=fields.get("program"),
    )

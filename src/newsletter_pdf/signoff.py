"""Approving a PDF: only the one that was proved, that lies where it was put, and that is still what would be built."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf import __version__
from newsletter_pdf.approval import FILE_NAME, Approval, RecordError, add_approval, read_approvals
from newsletter_pdf.files import locked, write_atomic
from newsletter_pdf.findings import Findings, Place, Severity
from newsletter_pdf.findings import signoff as rules
from newsletter_pdf.inputs import read
from newsletter_pdf.manifest import FILE_NAME as MANIFEST
from newsletter_pdf.manifest import Manifest, input_differences
from newsletter_pdf.provenance import recorded_inputs, some_names
from newsletter_pdf.publish import KEPT, PATIENCE, output_folder
from newsletter_pdf.reproduction import read_manifest

REPORT = "report.json"
LONGEST_NAME, LONGEST_NOTE = 80, 500
"""Characters that the name and the note of an approval may have."""
_LARGEST_REPORT = 20_000_000  # bytes; some hundred times that of a large issue
_SPACES = str.maketrans("\u3000\u00a0", "  ")


@dataclass(slots=True)
class Signed:
    """What came of an approval.

    ``approval`` is the entry that stands in the record at ``record``, None when the approval was refused; ``added`` is
    False when the same person had approved this PDF before. ``warnings`` is how many warnings the proof has left open.
    """

    findings: Findings = field(default_factory=Findings)
    approval: Approval | None = None
    record: Path | None = None
    pdf: Path | None = None
    added: bool = False
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class _Built:
    """The finished PDF with what was written beside it."""

    pdf: Path
    sha256: str
    manifest: Manifest
    pages: int | None
    warnings: int


def approve(
    folder: Path, by: str, *, note: str | None = None, out: Path | None = None, now: dt.datetime | None = None
) -> Signed:
    """Record that ``by`` approves the PDF built of the issue in ``folder``; all that speaks against it is a finding.

    ``out`` is the folder that the PDF was built in, by default ``build/<issue>/``; ``now`` the time with its offset, by
    default the clock's. The PDF and its manifest are kept in ``approved/`` beside it, as the next build may replace
    them.
    """
    signed = Signed()
    findings = signed.findings
    folder = folder.resolve()
    name = _line(by, ("签发人", "name"), LONGEST_NAME, findings)
    remark = None if note is None else _line(note, ("附言", "note"), LONGEST_NOTE, findings)
    built = _built(folder, out.resolve() if out is not None else output_folder(folder), findings)
    if built is not None:
        _check_inputs(folder, built, findings)
    approvals = read_approvals(folder, findings)
    if approvals is None:
        text = {"reason_zh": "原有的记录读不懂", "reason": "the record cannot be read"}
        findings.add(rules.NOT_RECORDED.at(Place(folder / FILE_NAME), **text))
    if built is None or approvals is None or not findings.good:
        return signed
    signed.pdf, signed.record, signed.warnings = built.pdf, folder / FILE_NAME, built.warnings
    approval = Approval(
        sha256=built.sha256,
        by=name,
        at=(now or dt.datetime.now().astimezone()).replace(microsecond=0),
        note=remark,
        pdf=built.pdf.name,
        pages=built.pages,
        layout=built.manifest.layout,
        program=f"newsletter-pdf {__version__}",
    )
    same = [old for old in approvals if (old.sha256, old.by) == (approval.sha256, name) and remark in (None, old.note)]
    try:
        with locked(built.pdf.parent, PATIENCE):
            _keep(built)
        if same:
            signed.approval = same[-1]
        else:
            add_approval(folder, approval)
            signed.approval, signed.added = approval, True
    except RecordError as error:
        findings.add(rules.NOT_RECORDED.at(Place(folder / FILE_NAME), reason_zh=error.zh, reason=error.en))
    except OSError as error:
        reason = error.strerror or str(error)
        findings.add(rules.NOT_RECORDED.at(Place(folder / FILE_NAME), reason_zh=reason, reason=reason))
    return signed


def _line(text: str, what: tuple[str, str], limit: int, findings: Findings) -> str:
    """``text`` as it is recorded; N676 when it is not one line of plain text."""
    plain = unicodedata.normalize("NFC", text.translate(_SPACES)).strip()
    if not plain or len(plain) > limit or not plain.isprintable():
        findings.add(rules.BAD_SIGNATURE.at(what_zh=what[0], what=what[1], limit=limit))
    return plain


def _built(folder: Path, out: Path, findings: Findings) -> _Built | None:
    """The PDF in ``out`` when it, its report and its manifest speak of the same good file; else None and findings."""
    pdf = out / f"{folder.name}.pdf"
    missing = [path.name for path in (pdf, out / REPORT, out / MANIFEST) if not path.is_file()]
    if missing:
        names = ", ".join(missing)
        fields = {"reason_zh": f"缺少 {names}", "reason": f"{names} missing"}
        findings.add(rules.NOT_BUILT.at(Place(out), **fields))
        return None
    report = _report(out / REPORT)
    manifest = read_manifest(out / MANIFEST, findings)
    if report is None or (manifest is not None and (manifest.issue, manifest.pdf.file) != (folder.name, pdf.name)):
        wrong = REPORT if report is None else MANIFEST
        fields = {"reason_zh": f"{wrong} 不是这一期的", "reason": f"{wrong} is not that of this issue"}
        findings.add(rules.NOT_BUILT.at(Place(out / wrong), **fields))
        return None
    if manifest is None:
        return None
    errors = _errors(report)
    if errors:
        findings.add(rules.PROOF_ERRORS.at(Place(out / REPORT), errors=errors))
        return None
    with pdf.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if not sha256 == report.get("sha256") == manifest.pdf.sha256:
        findings.add(rules.PDF_CHANGED.at(Place(pdf), file=pdf.name))
        return None
    pages = report.get("pages")
    return _Built(pdf, sha256, manifest, pages if isinstance(pages, int) else None, _warnings(report))


def _report(path: Path) -> Mapping[str, object] | None:
    """The object in report.json, None when the file is no report."""
    try:
        if path.stat().st_size > _LARGEST_REPORT:
            return None
        report = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return report if isinstance(report, dict) and isinstance(report.get("findings"), list) else None


def _errors(report: Mapping[str, object]) -> int:
    """How many errors the report tells of; a finding that is none of ours counts as one."""
    findings = report["findings"]
    assert isinstance(findings, list)  # noqa: S101 - made sure of when the report was read
    harmless = {Severity.WARNING.value, Severity.INFO.value}
    return sum(1 for finding in findings if not isinstance(finding, dict) or finding.get("severity") not in harmless)


def _warnings(report: Mapping[str, object]) -> int:
    """How many warnings the report tells of."""
    findings = report["findings"]
    assert isinstance(findings, list)  # noqa: S101 - made sure of when the report was read
    return sum(1 for found in findings if isinstance(found, dict) and found.get("severity") == Severity.WARNING.value)


def _check_inputs(folder: Path, built: _Built, findings: Findings) -> None:
    """N672 when a file is not as it was when the PDF was made."""
    inputs = read(folder, built.manifest.layout, found := Findings())
    if inputs is None:
        findings.extend(finding for finding in found if finding.severity is Severity.ERROR)
        return
    now = recorded_inputs(inputs.issue, inputs.layout, inputs.fonts, inputs.home)
    names = [difference.name for difference in input_differences(built.manifest.inputs, now)]
    if names:
        findings.add(rules.INPUTS_CHANGED.at(Place(folder), names=some_names(names)))


def _keep(built: _Built) -> None:
    """Keep the PDF and its manifest where no build replaces them.

    Raises OSError, and RecordError when a build has replaced the PDF since it was looked at.
    """
    folder = built.pdf.parent / KEPT
    folder.mkdir(exist_ok=True)
    data = built.pdf.read_bytes()
    if hashlib.sha256(data).hexdigest() != built.sha256:
        raise RecordError("PDF 刚刚被重新制作过，请再签发一次", "the PDF has just been built anew: approve again")
    for path in (folder / built.pdf.name, folder / MANIFEST):
        _set_aside(path, folder / built.pdf.name, built.sha256)
    write_atomic(folder / built.pdf.name, data)
    write_atomic(folder / MANIFEST, built.manifest.dumps())


def _set_aside(path: Path, kept: Path, sha256: str) -> None:
    """Give a file that was approved before a name of its own, from the digest of its PDF, when another takes its place.

    The manifest comes last, so that the PDF that it belongs to is known by then.
    """
    if not path.is_file():
        return
    if path == kept:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    else:
        manifest = read_manifest(path, Findings())
        digest = manifest.pdf.sha256 if manifest is not None else ""
    if digest and digest != sha256:
        path.rename(path.with_name(f"{path.stem}.{digest[:12]}{path.suffix}"))

"""Making a PDF again from its manifest: is it the same, and if not, what is different now."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf import pipeline
from newsletter_pdf.edition import Progress
from newsletter_pdf.findings import Finding, Findings, Place, Severity
from newsletter_pdf.findings import signoff as rules
from newsletter_pdf.manifest import (
    MAX_BYTES,
    Difference,
    Manifest,
    ManifestError,
    differences,
    input_differences,
    loads,
)
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import present_inputs, versions


@dataclass(slots=True)
class Outcome:
    """What came of making a PDF again.

    ``same`` tells whether the bytes are those that the manifest records, and the PDF beside the manifest, if there is
    one, has them, too. ``rebuilt`` and ``beside`` are the SHA-256 of the two, None where there is no such file.
    """

    findings: Findings = field(default_factory=Findings)
    manifest: Manifest | None = None
    folder: Path | None = None
    rebuilt: str | None = None
    beside: str | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        """True when the PDF was made again, byte for byte."""
        return self.rebuilt is not None and self.findings.good


def read_manifest(path: Path, findings: Findings) -> Manifest | None:
    """The manifest in the file ``path``, None with N660 when it is none."""
    try:
        with path.open("rb") as file:
            return loads(file.read(MAX_BYTES))  # what is cut off there is no JSON
    except OSError as error:
        findings.add(rules.MANIFEST_UNREADABLE.at(Place(path), reason=error.strerror or str(error)))
    except ManifestError as error:
        findings.add(rules.MANIFEST_UNREADABLE.at(Place(path), reason=str(error)))
    return None


def reproduce(
    path: Path, *, content: Path | None = None, out: Path | None = None, progress: Progress, lang: str = "zh"
) -> Outcome:
    """Make the PDF of the manifest ``path`` again and compare the bytes.

    ``content`` is the issue folder, by default looked for above the manifest and above the current folder. The new PDF
    and its reports are kept in the folder ``out``; without it they are made in a temporary folder.
    """
    outcome = Outcome()
    outcome.manifest = manifest = read_manifest(path, outcome.findings)
    if manifest is None:
        return outcome
    outcome.folder = folder = content.resolve() if content is not None else _find_issue(path, manifest)
    if folder is None:
        outcome.findings.add(rules.ISSUE_NOT_FOUND.at(Place(path), issue=manifest.issue))
        return outcome
    beside = path.with_name(manifest.pdf.file)
    outcome.beside = _sha256(beside)
    if outcome.beside not in (None, manifest.pdf.sha256):
        outcome.findings.add(rules.PDF_NOT_RECORDED.at(Place(beside), file=beside.name))
    if out is not None:
        _rebuild(outcome, manifest, folder, out, progress, lang)
    else:
        with tempfile.TemporaryDirectory(prefix="newsletter-pdf-") as temporary:
            _rebuild(outcome, manifest, folder, Path(temporary), progress, lang)
    return outcome


def _rebuild(outcome: Outcome, manifest: Manifest, folder: Path, out: Path, progress: Progress, lang: str) -> None:
    result = pipeline.build(folder, layout=manifest.layout, out=out, progress=progress, lang=lang)
    now = None if result.manifest is None else read_manifest(result.manifest, outcome.findings)
    findings = outcome.findings
    if now is None:
        errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
        findings.extend(errors)
        outcome.differences = _without_rebuilding(manifest, folder)
        findings.extend(_explained(outcome.differences, folder))
        findings.add(rules.NOT_REBUILT.at(errors=len(errors)))
        return
    outcome.rebuilt = now.pdf.sha256
    outcome.differences = differences(manifest, now)
    findings.extend(_explained(outcome.differences, folder))
    if now.pdf.sha256 != manifest.pdf.sha256:
        rule = rules.BYTES_DIFFER if outcome.differences else rules.UNEXPLAINED
        findings.add(rule.at(then=manifest.pdf.sha256[:12], now=now.pdf.sha256[:12]))


def _find_issue(path: Path, manifest: Manifest) -> Path | None:
    """The issue folder, as the manifest tells it or in ``content/``, in a folder above the manifest or above here."""
    names = dict.fromkeys((manifest.folder or f"content/{manifest.issue}", f"content/{manifest.issue}"))
    for start in (path.resolve(), Path.cwd() / "here"):
        for base in start.parents:
            for name in names:
                if (base / name / "issue.yaml").is_file():
                    return base / name
    return None


def _without_rebuilding(manifest: Manifest, folder: Path) -> tuple[Difference, ...]:
    """What is different as far as can be told without a build."""
    home = find_home(folder)
    if home is None:
        return ()
    files = input_differences(manifest.inputs, present_inputs(manifest.inputs, folder.parent, home))
    now = versions()
    changed = (
        Difference("version", name, manifest.versions.get(name), now.get(name))
        for name in sorted(manifest.versions.keys() | now.keys())
    )
    return (*files, *(difference for difference in changed if difference.then != difference.now))


def _explained(found: tuple[Difference, ...], folder: Path) -> Iterator[Finding]:
    home = find_home(folder)
    for difference in found:
        if difference.kind in ("version", "option"):
            rule = rules.VERSION_DIFFERS if difference.kind == "version" else rules.OPTION_DIFFERS
            then, now = (_shown(value) for value in (difference.then, difference.now))
            yield rule.at(name=difference.name, then=then, now=now)
        else:
            what_zh, what = _WORDS[difference.then is not None, difference.now is not None]
            base = folder.parent if difference.kind == "content" or home is None else home
            below = {"layouts": "layouts", "fonts": "fonts"}.get(difference.kind, "")
            place = Place(base / below / difference.name)
            yield rules.INPUT_DIFFERS.at(place, what_zh=what_zh, what=what, name=difference.name)


def _shown(value: str | None) -> str:
    """A version for a message: digests shortened, a dash for what is not there."""
    if value is None:
        return "—"
    return f"{value[:12]}…" if len(value) == _DIGEST else value


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


_DIGEST = 64  # hexadecimal digits of a SHA-256
_WORDS = {
    (True, True): ("改过的文件", "changed"),
    (False, True): ("新加的文件", "new"),
    (True, False): ("不见了的文件", "gone"),
}

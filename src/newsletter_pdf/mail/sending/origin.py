"""Whether the letter, which is made now, speaks of the PDF, which was made before: both have to be of the same content.

The letter takes its words from the content and from the layout's templates. Fonts and the lock file have no part in it:
who renews the program between the approval and the sending sends the approved PDF all the same.
"""

from __future__ import annotations

from dataclasses import replace

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.layouts import load_layout
from newsletter_pdf.mail.sending.prepare import Prepared
from newsletter_pdf.manifest import FILE_NAME, MAX_BYTES, Inputs, Manifest, ManifestError, input_differences, loads
from newsletter_pdf.model import Issue
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import content_inputs, layout_inputs, some_names


def check_origin(prepared: Prepared, findings: Findings, *, stop: bool) -> None:
    """N840 (with ``stop``), else the warning N841, naming the files that are not as they were when the PDF was made.

    N870 when the manifest beside the PDF does not tell what that was.
    """
    folder, pdf = prepared.issue.folder, prepared.pdf
    manifest = _manifest(prepared)
    if isinstance(manifest, tuple):
        zh, en = manifest
        fields = {"reason_zh": zh, "reason": en, "folder": str(Place(folder))}
        findings.add(rules.NOT_VERIFIED.at(Place(pdf.path), **fields))
        return
    names = changed_files(prepared.issue, manifest)
    if names:
        rule = rules.CONTENT_CHANGED if stop else rules.CONTENT_DIFFERS
        findings.add(rule.at(Place(folder), names=some_names(names), folder=str(Place(folder))))


def changed_files(issue: Issue, manifest: Manifest) -> list[str]:
    """The files of content and layout that are new, gone or other than when the PDF of ``manifest`` was made."""
    home = find_home(issue.folder)
    layout = None if home is None else load_layout(manifest.layout, home, issue.facts.options, Findings())
    then: Inputs = replace(manifest.inputs, fonts={}, lock=None)
    # Without its layout here the letter is the plain one, which the layout has no part in.
    layouts = then.layouts if home is None or layout is None else layout_inputs(layout, home)
    now = Inputs(content=content_inputs(issue), layouts=layouts, fonts={}, lock=None)
    prefix = {"content": f"{issue.folder.parent.name}/", "layouts": "layouts/"}
    return [prefix.get(found.kind, "") + found.name for found in input_differences(then, now)]


def _manifest(prepared: Prepared) -> Manifest | tuple[str, str]:
    """The manifest of the PDF; the reason in Chinese and English when there is none."""
    path = prepared.pdf.path.parent / FILE_NAME
    if not path.is_file():
        return f"缺少 {FILE_NAME}", f"{FILE_NAME} missing"
    try:
        manifest = loads(path.read_bytes()) if path.stat().st_size <= MAX_BYTES else None
    except (OSError, ManifestError):
        manifest = None
    if manifest is None or manifest.pdf.sha256 != prepared.pdf.sha256:
        return f"{FILE_NAME} 不是这一份 PDF 的", f"{FILE_NAME} is not that of this PDF"
    return manifest

"""From what was read to a PDF in its place: lay out, write, prove, report, publish."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsletter_pdf.approval import check_approval
from newsletter_pdf.cache import cache_folder
from newsletter_pdf.compose import Composer
from newsletter_pdf.edition import Abroad, lay_out, metadata, page_labels, send
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.copy import UNFINISHED
from newsletter_pdf.findings.environment import NO_ENGINE
from newsletter_pdf.findings.proof_text import RESIDUE_WRITTEN
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.inputs import Inputs
from newsletter_pdf.manifest import FILE_NAME
from newsletter_pdf.partner import PartnerGoneError
from newsletter_pdf.provenance import Origin, pictures
from newsletter_pdf.publish import KEPT, Candidate, undisturbed

if TYPE_CHECKING:
    from newsletter_pdf.edition import Edition, Progress
    from newsletter_pdf.partner import Partner
    from newsletter_pdf.report import Report
    from newsletter_pdf.report.pictures import Pages
    from newsletter_pdf.verify import Proof


@dataclass(slots=True)
class BuildResult:
    """What came of a build.

    ``pdf`` is the finished file, None when the build failed; ``rejected`` the one that failed the proof. The report
    files are None when not even they could be written. ``manifest`` tells what the finished file was made from.
    """

    findings: Findings
    report: Report | None = None
    pdf: Path | None = None
    rejected: Path | None = None
    report_json: Path | None = None
    report_html: Path | None = None
    manifest: Path | None = None


@dataclass(slots=True)
class Clock:
    """The seconds that each stage took, in the order run."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside; what is done in several goes adds up."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Company:
    """Whom a build works with: who is told of its progress, the clock, and the second process if there is one."""

    progress: Progress
    clock: Clock
    partner: Partner | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What is prepared before all is checked: the composer, the folders that may be read from, the partner's share."""

    composer: Composer
    folders: Sequence[Path]
    abroad: Abroad | None

    @classmethod
    def of(cls, inputs: Inputs, findings: Findings, company: Company) -> Begun:
        """Compose the partner's share and have it laid out, while the words and the facts are checked here."""
        composer = Composer(inputs.issue, inputs.layout, findings, cache_folder("templates"))
        # Of the issue just the pictures that the reader has checked can be read.
        folders = [*pictures(inputs.issue), *inputs.layout.folders]
        if company.partner is None:
            return cls(composer, folders, None)
        company.partner.open(folders, inputs.layout.pdf_variant)
        return cls(composer, folders, send(inputs.issue, composer, company.partner))


@dataclass(frozen=True, slots=True)
class Made:
    """What was laid out and written of ``inputs``: the PDF's bytes, its parts, and where it all comes from."""

    inputs: Inputs
    origin: Origin
    edition: Edition
    data: bytes

    @classmethod
    def of(cls, inputs: Inputs, begun: Begun, findings: Findings, company: Company) -> Made | None:
        """Lay out and write; None when a finding stops it."""
        origin = Origin.of(inputs.issue, inputs.layout, inputs.fonts, inputs.home, inputs.stamps)
        made = _render(inputs, begun, findings, company)
        return None if made is None else cls(inputs, origin, *made)


def _render(inputs: Inputs, begun: Begun, findings: Findings, company: Company) -> tuple[Edition, bytes] | None:
    """Lay the issue out and write it; None when a finding stops it."""
    from newsletter_pdf.render import open_renderer

    issue, layout, progress = inputs.issue, inputs.layout, company.progress
    with company.clock.stage("layout"):
        faces = inputs.home / "fonts"
        try:
            renderer = open_renderer(
                folders=begun.folders,
                fontconfig=fontconfig_file(faces, cache_folder("fontconfig")),
                fonts=faces,
                variant=layout.pdf_variant,
            )
        except OSError as fault:
            findings.add(NO_ENGINE.at(reason=str(fault).splitlines()[0]))
            return None
        edition = lay_out(issue, begun.composer, renderer, findings, progress, begun.abroad)
    if edition is None:
        return None
    with company.clock.stage("write"):
        progress.stage("write", 0, 1)
        labels = page_labels(edition, roman=layout.roman_front)
        data = renderer.write(edition.placed, metadata(issue), labels, findings)
        progress.stage("write", 1, 1)
    return edition, data


def publish(made: Made, target: Path, result: BuildResult, company: Company, lang: str) -> None:
    """Prove what was made; put it in its place, together with the report and the manifest. Raises OSError.

    When anything is raised, the old PDF is there unchanged.
    """
    findings, issue = result.findings, made.inputs.issue
    candidate = Candidate(target, made.data)
    try:
        company.progress.stage("verify", 0, 1)
        with company.clock.stage("verify"):
            asked = _asked(made)
            if company.partner is not None:
                company.partner.prove(candidate.path, asked)
        from newsletter_pdf.report import report_files
        from newsletter_pdf.report.pictures import open_pages

        with open_pages(candidate.path) as pages:
            with company.clock.stage("verify"):
                proof = _prove(made, candidate, asked, findings, pages, company, lang)
                _take_over(proof, findings)
                company.progress.stage("verify", 1, 1)
            findings.extend(made.origin.changes())
            if findings.good:
                names = {"layout": made.inputs.layout.name, "usual": issue.facts.layout}
                check_approval(issue.folder, proof.sha256, target.parent / KEPT / target.name, findings, **names)
            good = findings.good
            report = _report(
                made, proof, findings, target if good else candidate.rejected_path, candidate, company.clock
            )
            paths = [candidate.add(name, data) for name, data in report_files(report, lang, pages).items()]
        if good:
            manifest = made.origin.manifest(target, proof.sha256, len(made.data))
            paths.append(candidate.add(FILE_NAME, manifest.dumps()))
        with undisturbed():
            if good:
                result.pdf = candidate.accept()
                result.manifest = paths[2]
            else:
                result.rejected = candidate.reject()
            result.report_json, result.report_html = paths[:2]
            result.report = replace(report, candidate=None)
    finally:
        candidate.discard()


def _asked(made: Made) -> dict[str, Any]:
    """What the proof is told besides the file."""
    from newsletter_pdf.expectation import expected, limits

    inputs = made.inputs
    return {
        "font_names": inputs.fonts.postscript_names,
        "font_files": inputs.fonts.files,
        "expected_pages": made.edition.pages,
        "limits": limits(inputs.layout),
        "expected": expected(inputs.issue, inputs.layout),
    }


def _prove(
    made: Made,
    candidate: Candidate,
    asked: Mapping[str, Any],
    findings: Findings,
    pages: Pages,
    company: Company,
    lang: str,
) -> Proof:
    """The proof of the candidate, by the partner when there is one; the report's pictures are drawn meanwhile."""
    if company.partner is not None:
        from newsletter_pdf.report.page import report_page
        from newsletter_pdf.verify import Proof
        from newsletter_pdf.verify.enginepages import SecondEngine

        reading = SecondEngine(made.data).pages()
        company.partner.second(reading)
        pages.know([page.text for page in reading[0]])
        # What there is to show is mostly known: it is drawn now, and not again when the report is made.
        nothing = Proof(made.edition.pages, len(made.data), "", (), Findings())
        report_page(_report(made, nothing, findings, candidate.path, candidate, company.clock), lang, pages=pages)
        with contextlib.suppress(PartnerGoneError):
            return company.partner.proof()
    from newsletter_pdf.verify import prove

    return prove(candidate.path, **asked)


def _take_over(proof: Proof, findings: Findings) -> None:
    """Add what the proof has found, but for what the reader has told already, and better."""
    told = {(it.place.file, it.place.line) for it in findings if it.code == UNFINISHED.code}
    doubled = {RESIDUE_WRITTEN.code} if told else set()
    findings.extend(it for it in proof.findings if it.code not in doubled or (it.place.file, it.place.line) not in told)


def _report(made: Made, proof: Proof, findings: Findings, pdf: Path, candidate: Candidate, clock: Clock) -> Report:
    from newsletter_pdf.report import Part, Report

    return Report(
        issue=made.inputs.issue.name,
        pdf=pdf,
        sha256=proof.sha256,
        pages=proof.pages,
        layout=made.inputs.layout.name,
        contents=proof.contents,
        parts=tuple(Part(p.name, p.pages, p.seconds, p.reused) for p in made.edition.parts),
        findings=findings,
        seconds=clock.seconds,
        title=made.inputs.issue.facts.title,
        fonts=proof.fonts,
        characters=proof.characters,
        images=proof.images,
        candidate=candidate.path,
    )

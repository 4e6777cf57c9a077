"""Runs the stages in their order: read, lay out, write, prove, publish, report. No logic of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.approval import check_approval
from newsletter_pdf.cache import cache_folder, forget
from newsletter_pdf.collection import without_collection
from newsletter_pdf.copyreading import Mended, proofread
from newsletter_pdf.copyreading import mend as mend_passages
from newsletter_pdf.environment import check_environment
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.copy import UNFINISHED
from newsletter_pdf.findings.environment import NO_ENGINE, NO_HOME, NO_OUTPUT, OUTPUT_BUSY
from newsletter_pdf.findings.proof_text import RESIDUE_WRITTEN
from newsletter_pdf.fonts import FontSet, fontconfig_file, load_fonts
from newsletter_pdf.layouts import Layout, load_layout
from newsletter_pdf.model import Issue
from newsletter_pdf.periodical import PlacedLink, check_facts
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import Origin, Stamps, pictures, stamps
from newsletter_pdf.publish import output_folder as output_folder
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import Passage

if TYPE_CHECKING:
    from newsletter_pdf.edition import Edition, Progress
    from newsletter_pdf.render.partner import Partner
    from newsletter_pdf.report import Report


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
class Inputs:
    """All that a build starts from, read and validated."""

    home: Path
    fonts: FontSet
    issue: Issue
    layout: Layout
    stamps: Stamps


@dataclass(slots=True)
class _Clock:
    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - started


def check(
    folder: Path, *, layout: str | None = None, online: bool = False, progress: Progress | None = None
) -> Findings:
    """Validate the issue in ``folder`` and its layout; nothing is rendered or written.

    With ``online`` its links are asked for on the network, which nothing else here uses.
    """
    findings = Findings()
    links: list[PlacedLink] = []
    read(folder, layout, findings, links=links)
    if online:
        from newsletter_pdf.periodical.links import check_links

        def told(done: int, total: int) -> None:
            if progress is not None:
                progress.stage("links", done, total)

        check_links(links, findings, told)
    return findings


def mend(folder: Path, *, write: bool) -> tuple[Findings, list[Mended]]:
    """Carry out the safe corrections of proof-reading in the issue's files, or without ``write`` only say which.

    Returns what there is to say about the issue after that, and the files with their texts before and after.
    """
    findings, trouble = Findings(), Findings()
    passages: list[Passage] = []
    read(folder, None, findings, passages=passages)
    mended = mend_passages(passages, trouble, wanted=lambda code: not findings.is_off(code), write=write)
    if write and mended:
        findings = check(folder)
    findings.extend(trouble)
    return findings, mended


def read(
    folder: Path,
    layout: str | None,
    findings: Findings,
    fonts: FontSet | None = None,
    *,
    passages: list[Passage] | None = None,
    links: list[PlacedLink] | None = None,
) -> Inputs | None:
    """Read and check fonts, issue and layout; None when a finding stops the work. Everything is reported that can be.

    ``fonts`` are those of the project when they have been read and checked before. The words and the links of the issue
    are added to ``passages`` and ``links``.
    """
    folder = folder.resolve()
    home = find_home(folder)
    if home is None:
        findings.add(NO_HOME.at(Place(folder)))
        return None
    fonts = fonts or load_fonts(home / "fonts", findings)
    before = stamps(folder)
    words: list[Passage] = [] if passages is None else passages
    issue = read_issue(folder, findings, covers=None if fonts is None else fonts.covers, passages=words)
    proofread(words, findings, "zh-CN" if issue is None else issue.facts.language)
    if issue is None:
        if layout is not None:
            load_layout(layout, home, {}, findings)
        return None
    found = check_facts(issue, words, findings)
    if links is not None:
        links.extend(found)
    facts = issue.facts
    place = facts.place if layout is not None else facts.layout_place or facts.place
    chosen = load_layout(
        layout or facts.layout, home, facts.options, findings, place=place, option_places=facts.option_places
    )
    if fonts is None or chosen is None or not findings.good:
        return None
    return Inputs(home, fonts, issue, chosen, before)


def build(
    folder: Path,
    *,
    layout: str | None = None,
    out: Path | None = None,
    fresh: bool = False,
    progress: Progress,
    lang: str = "zh",
) -> BuildResult:
    """Make the PDF of the issue in ``folder``, prove it and put it in its place.

    ``out`` is the output folder, by default :func:`output_folder`. With ``fresh`` nothing kept from earlier runs is
    used. The old PDF is replaced only by a proved one; ``report.json`` and ``report.html`` tell of this run either
    way. Raises nothing for bad input: that is in the findings.
    """
    from newsletter_pdf.files import BusyError
    from newsletter_pdf.publish import alone
    from newsletter_pdf.report import Report, write_report

    findings = Findings()
    clock = _Clock()
    folder = folder.resolve()
    target = (out.resolve() if out is not None else output_folder(folder)) / f"{folder.name}.pdf"
    result = BuildResult(findings)
    if fresh:
        forget()
    with contextlib.ExitStack() as stack:
        partner = _partner(folder, stack)
        with clock.stage("read"):
            progress.stage("read", 0, 1)
            check_environment(findings)
            inputs = read(folder, layout, findings)
            progress.stage("read", 1, 1)
        result.report = Report(folder.name, None, None, 0, layout or "", findings=findings, seconds=clock.seconds)
        if not (folder / "issue.yaml").is_file():
            return result  # no issue, and no place for its output
        try:
            with without_collection():
                made = None if inputs is None else _Made.of(inputs, findings, clock, progress, partner)
                # From here to the end the output folder is ours: PDF, report and manifest are those of one build.
                stack.enter_context(alone(target.parent, lambda: progress.stage("wait", 0, 1)))
                if made is not None:
                    _publish(made, target, result, clock, progress, lang)
            if result.report_json is None:
                result.report_json, result.report_html = write_report(result.report, target.parent, lang)
        except BusyError:
            findings.add(OUTPUT_BUSY.at(Place(target.parent)))
        except OSError as fault:
            findings.add(NO_OUTPUT.at(Place(target.parent), reason=fault.strerror or str(fault)))
            # What hindered the PDF need not hinder the report of it.
            with contextlib.suppress(OSError):
                result.report_json, result.report_html = write_report(result.report, target.parent, lang)
        except KeyboardInterrupt:
            if result.pdf is None:
                raise
            # The interruption came too late: the PDF is in its place, with all that belongs to it.
    return result


def _partner(folder: Path, stack: contextlib.ExitStack) -> Partner | None:
    """A second process for an issue that is long enough to be worth it; ``stack`` ends it."""
    from newsletter_pdf.render.partner import start

    home = find_home(folder)
    if home is None:
        return None
    size = sum(file.stat().st_size for file in folder.glob("*.md") if file.is_file())
    return start(size, lambda: fontconfig_file(home / "fonts", cache_folder("fontconfig")), stack)


@dataclass(frozen=True, slots=True)
class _Made:
    """What was laid out and written of ``inputs``: the PDF's bytes, its parts, and where it all comes from."""

    inputs: Inputs
    origin: Origin
    edition: Edition
    data: bytes

    @classmethod
    def of(
        cls, inputs: Inputs, findings: Findings, clock: _Clock, progress: Progress, partner: Partner | None
    ) -> _Made | None:
        """Lay out and write; None when a finding stops it."""
        origin = Origin.of(inputs.issue, inputs.layout, inputs.fonts, inputs.home, inputs.stamps)
        made = _render(inputs, findings, clock, progress, partner)
        return None if made is None else cls(inputs, origin, *made)


def _publish(made: _Made, target: Path, result: BuildResult, clock: _Clock, progress: Progress, lang: str) -> None:
    """Prove what was made; put it in its place, together with the report and the manifest. Raises OSError.

    When anything is raised, the old PDF is there unchanged.
    """
    from newsletter_pdf.expectation import expected
    from newsletter_pdf.manifest import FILE_NAME
    from newsletter_pdf.publish import KEPT, Candidate, undisturbed
    from newsletter_pdf.report import Part, Report, report_files
    from newsletter_pdf.verify import Limits, prove

    findings = result.findings
    inputs, issue, edition = made.inputs, made.inputs.issue, made.edition
    candidate = Candidate(target, made.data)
    orphans, widows = inputs.layout.lone_lines
    try:
        with clock.stage("verify"):
            progress.stage("verify", 0, 1)
            proof = prove(
                candidate.path,
                font_names=inputs.fonts.postscript_names,
                expected_pages=edition.pages,
                limits=Limits(orphans=orphans, widows=widows),
                expected=expected(issue, inputs.layout),
            )
            told = {(it.place.file, it.place.line) for it in findings if it.code == UNFINISHED.code}
            doubled = {RESIDUE_WRITTEN.code} if told else set()
            findings.extend(
                it for it in proof.findings if it.code not in doubled or (it.place.file, it.place.line) not in told
            )
            progress.stage("verify", 1, 1)
        findings.extend(made.origin.changes())
        if findings.good:
            names = {"layout": inputs.layout.name, "usual": issue.facts.layout}
            check_approval(issue.folder, proof.sha256, target.parent / KEPT / target.name, findings, **names)
        good = findings.good
        report = Report(
            issue=issue.name,
            pdf=target if good else candidate.rejected_path,
            sha256=proof.sha256,
            pages=proof.pages,
            layout=inputs.layout.name,
            contents=proof.contents,
            parts=tuple(Part(p.name, p.pages, p.seconds, p.reused) for p in edition.parts),
            findings=findings,
            seconds=clock.seconds,
            title=issue.facts.title,
            fonts=proof.fonts,
            characters=proof.characters,
            images=proof.images,
            candidate=candidate.path,
        )
        paths = [candidate.add(name, data) for name, data in report_files(report, lang).items()]
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


def _render(
    inputs: Inputs, findings: Findings, clock: _Clock, progress: Progress, partner: Partner | None
) -> tuple[Edition, bytes] | None:
    """Lay the issue out and write it; None when a finding stops it."""
    from newsletter_pdf.compose import Composer
    from newsletter_pdf.render import open_renderer

    issue, layout = inputs.issue, inputs.layout
    with clock.stage("layout"):
        # Of the issue just the pictures that the reader has checked can be read.
        folders, faces = [*pictures(issue), *layout.folders], inputs.home / "fonts"
        if partner is not None:
            partner.open(folders, faces, layout.pdf_variant)
        try:
            renderer = open_renderer(
                folders=folders,
                fontconfig=fontconfig_file(faces, cache_folder("fontconfig")),
                fonts=faces,
                variant=layout.pdf_variant,
            )
        except OSError as fault:
            findings.add(NO_ENGINE.at(reason=str(fault).splitlines()[0]))
            return None
        from newsletter_pdf.edition import lay_out, metadata, page_labels

        composer = Composer(issue, layout, findings, cache_folder("templates"))
        edition = lay_out(issue, composer, renderer, findings, progress, partner if renderer.draws else None)
    if edition is None:
        return None
    with clock.stage("write"):
        progress.stage("write", 0, 1)
        labels = page_labels(edition, roman=layout.roman_front)
        data = renderer.write(edition.placed, metadata(issue), labels, findings)
        progress.stage("write", 1, 1)
    return edition, data

"""Runs the stages in their order: read, lay out, write, prove, publish, report. No logic of its own."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.approval import check_approval
from newsletter_pdf.environment import check_environment
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.environment import NO_ENGINE, NO_HOME, NO_OUTPUT
from newsletter_pdf.fonts import FontSet, fontconfig_file, load_fonts
from newsletter_pdf.layouts import Layout, load_layout
from newsletter_pdf.model import Issue
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import Origin, Stamps, stamps
from newsletter_pdf.reader import read_issue

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


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cyclic garbage collector: a layout makes millions of objects that all live to its end.

    Searching them again and again for cycles costs a sixth of the time and frees next to nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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


def check(folder: Path, *, layout: str | None = None) -> Findings:
    """Validate the issue in ``folder`` and its layout; nothing is rendered or written."""
    findings = Findings()
    read(folder, layout, findings)
    return findings


def read(folder: Path, layout: str | None, findings: Findings) -> Inputs | None:
    """Read fonts, issue and layout; None when a finding stops the work. Everything is reported that can be."""
    folder = folder.resolve()
    home = find_home(folder)
    if home is None:
        findings.add(NO_HOME.at(Place(folder)))
        return None
    fonts = load_fonts(home / "fonts", findings)
    before = stamps(folder)
    issue = read_issue(folder, findings, covers=None if fonts is None else fonts.covers)
    if issue is None:
        if layout is not None:
            load_layout(layout, home, {}, findings)
        return None
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
    from newsletter_pdf.report import Report, write_report

    findings = Findings()
    clock = _Clock()
    folder = folder.resolve()
    target = (out.resolve() if out is not None else output_folder(folder)) / f"{folder.name}.pdf"
    result = BuildResult(findings)
    if fresh:
        shutil.rmtree(_caches(), ignore_errors=True)
    with contextlib.ExitStack() as stack:
        partner = _partner(folder, stack)
        with clock.stage("read"):
            progress.stage("read", 0, 1)
            check_environment(findings)
            inputs = read(folder, layout, findings)
            progress.stage("read", 1, 1)
        report = Report(folder.name, None, None, 0, layout or "", findings=findings, seconds=clock.seconds)
        try:
            if inputs is not None:
                with _no_collection():
                    report = _produce(inputs, target, result, clock, progress, partner)
            if folder.is_dir():
                result.report_json, result.report_html = write_report(report, target.parent, lang)
        except OSError as fault:
            findings.add(NO_OUTPUT.at(Place(target.parent), reason=fault.strerror or str(fault)))
    result.report = report
    return result


def _partner(folder: Path, stack: contextlib.ExitStack) -> Partner | None:
    """A second process for an issue that is long enough to be worth it; ``stack`` ends it."""
    from newsletter_pdf.render.partner import Partner, pays

    home = find_home(folder)
    if home is None or not pays(sum(file.stat().st_size for file in folder.glob("*.md") if file.is_file())):
        return None
    try:
        partner = Partner(fontconfig_file(home / "fonts", _cache("fontconfig")))
    except OSError:
        return None
    stack.callback(partner.close)
    return partner


def _produce(
    inputs: Inputs,
    target: Path,
    result: BuildResult,
    clock: _Clock,
    progress: Progress,
    partner: Partner | None,
) -> Report:
    """Lay out, write, prove, publish; the report says how far it came."""
    from newsletter_pdf.publish import KEPT, Candidate
    from newsletter_pdf.report import Part, Report
    from newsletter_pdf.verify import prove

    findings = result.findings
    issue = inputs.issue
    origin = Origin.of(issue, inputs.layout, inputs.fonts, inputs.home, inputs.stamps)
    made = _render(inputs, findings, clock, progress, partner)
    parts: tuple[Part, ...] = ()
    proof = None
    if made is not None:
        edition, data = made
        parts = tuple(Part(p.name, p.pages, p.seconds, p.reused) for p in edition.parts)
        candidate = Candidate(target, data)
        try:
            with clock.stage("verify"):
                progress.stage("verify", 0, 1)
                proof = prove(
                    candidate.path,
                    font_names=inputs.fonts.postscript_names,
                    expected_pages=edition.pages,
                )
                findings.extend(proof.findings)
                progress.stage("verify", 1, 1)
            findings.extend(origin.changes())
            if findings.good:
                names = {"layout": inputs.layout.name, "usual": issue.facts.layout}
                check_approval(issue.folder, proof.sha256, target.parent / KEPT / target.name, findings, **names)
                result.pdf = candidate.accept()
                result.manifest = origin.write_manifest(result.pdf, proof.sha256)
            else:
                result.rejected = candidate.reject()
        finally:
            candidate.discard()
    return Report(
        issue=issue.name,
        pdf=result.pdf or result.rejected,
        sha256=None if proof is None else proof.sha256,
        pages=0 if proof is None else proof.pages,
        layout=inputs.layout.name,
        contents=() if proof is None else proof.contents,
        parts=parts,
        findings=findings,
        seconds=clock.seconds,
        title=issue.facts.title,
        fonts=() if proof is None else proof.fonts,
        characters=0 if proof is None else proof.characters,
        images=0 if proof is None else proof.images,
    )


def _render(
    inputs: Inputs, findings: Findings, clock: _Clock, progress: Progress, partner: Partner | None
) -> tuple[Edition, bytes] | None:
    """Lay the issue out and write it; None when a finding stops it."""
    from newsletter_pdf.compose import Composer
    from newsletter_pdf.render import open_renderer

    issue, layout = inputs.issue, inputs.layout
    with clock.stage("layout"):
        folders, faces = [issue.folder, issue.folder.parent, *layout.folders], inputs.home / "fonts"
        if partner is not None:
            partner.open(folders, faces, layout.pdf_variant)
        try:
            renderer = open_renderer(
                folders=folders,
                fontconfig=fontconfig_file(faces, _cache("fontconfig")),
                fonts=faces,
                variant=layout.pdf_variant,
            )
        except OSError as fault:
            findings.add(NO_ENGINE.at(reason=str(fault).splitlines()[0]))
            return None
        from newsletter_pdf.edition import lay_out, metadata, page_labels

        composer = Composer(issue, layout, findings, _cache("templates"))
        edition = lay_out(issue, composer, renderer, findings, progress, partner if renderer.draws else None)
    if edition is None:
        return None
    with clock.stage("write"):
        progress.stage("write", 0, 1)
        labels = page_labels(edition, roman=layout.roman_front)
        data = renderer.write(edition.placed, metadata(issue), labels, findings)
        progress.stage("write", 1, 1)
    return edition, data


def output_folder(folder: Path) -> Path:
    """Where output goes: ``build/<issue>/`` beside the ``content/`` that it lies in, else in the current folder."""
    parent = folder.resolve().parent
    base = parent.parent if parent.name == "content" else Path.cwd()
    return base / "build" / folder.resolve().name


def _caches() -> Path:
    """The folder of the user's own for what may be kept between runs."""
    if asked := os.environ.get("XDG_CACHE_HOME"):
        base = Path(asked)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    return base / "newsletter-pdf"


def _cache(name: str) -> Path:
    """A folder in it: for fontconfig's scan of the font folder, or for compiled templates."""
    folder = _caches() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"newsletter-pdf-{os.getuid()}" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

"""Runs the stages in their order: read, lay out, write, prove, publish, report. No logic of its own."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.cache import forget
from newsletter_pdf.collection import without_collection
from newsletter_pdf.environment import check_environment
from newsletter_pdf.files import BusyError
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.environment import NO_OUTPUT, OUTPUT_BUSY
from newsletter_pdf.inputs import Reading, read
from newsletter_pdf.making import Begun, Clock, Company, Made, publish
from newsletter_pdf.making import BuildResult as BuildResult
from newsletter_pdf.partner import Partner, start
from newsletter_pdf.publish import alone
from newsletter_pdf.publish import output_folder as output_folder
from newsletter_pdf.source import Passage

if TYPE_CHECKING:
    from newsletter_pdf.copyreading import Mended
    from newsletter_pdf.edition import Progress
    from newsletter_pdf.periodical import PlacedLink


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
    from newsletter_pdf.copyreading import mend as mend_passages

    findings, trouble = Findings(), Findings()
    passages: list[Passage] = []
    Reading(folder, None, findings, passages=passages).check()
    mended = mend_passages(passages, trouble, wanted=lambda code: not findings.is_off(code), write=write)
    if write and mended:
        findings = check(folder)
    findings.extend(trouble)
    return findings, mended


def build(
    folder: Path,
    *,
    layout: str | None = None,
    out: Path | None = None,
    fresh: bool = False,
    progress: Progress,
    lang: str = "zh",
    partner: Partner | None = None,
) -> BuildResult:
    """Make the PDF of the issue in ``folder``, prove it and put it in its place.

    ``out`` is the output folder, by default :func:`output_folder`. With ``fresh`` nothing kept from earlier runs is
    used. The old PDF is replaced only by a proved one; ``report.json`` and ``report.html`` tell of this run either
    way. ``partner`` is a second process that was started before; without one, one is started when it pays. Raises
    nothing for bad input: that is in the findings.
    """
    findings = Findings()
    clock = Clock()
    folder = folder.resolve()
    target = (out.resolve() if out is not None else output_folder(folder)) / f"{folder.name}.pdf"
    result = BuildResult(findings)
    if fresh:
        forget()

    def tell() -> None:
        # A build that went no further than reading has the report of one that did.
        from newsletter_pdf.report import Report, write_report

        result.report = result.report or Report(
            folder.name, None, None, 0, layout or "", findings=findings, seconds=clock.seconds
        )
        result.report_json, result.report_html = write_report(result.report, target.parent, lang)

    with contextlib.ExitStack() as stack:
        company = Company(progress, clock, partner or start(folder, stack))
        with clock.stage("read"):
            progress.stage("read", 0, 1)
            check_environment(findings)
            reading = Reading(folder, layout, findings)
            begun = None if reading.inputs is None else Begun.of(reading.inputs, findings, company)
            inputs = reading.check()
            progress.stage("read", 1, 1)
        if not (folder / "issue.yaml").is_file():
            return result  # no issue, and no place for its output
        try:
            with without_collection():
                made = None if inputs is None or begun is None else Made.of(inputs, begun, findings, company)
                # From here to the end the output folder is ours: PDF, report and manifest are those of one build.
                stack.enter_context(alone(target.parent, lambda: progress.stage("wait", 0, 1)))
                if made is not None:
                    publish(made, target, result, company, lang)
            if result.report_json is None:
                tell()
        except BusyError:
            findings.add(OUTPUT_BUSY.at(Place(target.parent)))
        except OSError as fault:
            findings.add(NO_OUTPUT.at(Place(target.parent), reason=fault.strerror or str(fault)))
            # What hindered the PDF need not hinder the report of it.
            with contextlib.suppress(OSError):
                tell()
        except KeyboardInterrupt:
            if result.pdf is None:
                raise
            # The interruption came too late: the PDF is in its place, with all that belongs to it.
    return result

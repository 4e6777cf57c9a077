"""``newsletter-pdf send --status``, ``--report`` and ``--export``: the ledger told, nothing sent."""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.cli import common
from newsletter_pdf.cli.language import Say


def _title(folder: Path, say: Say) -> str:
    """The periodical's title with the number of the issue; empty when issue.yaml cannot be read."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.reader import read_issue

    issue = read_issue(folder.resolve(), Findings())
    if issue is None:
        return ""
    facts = issue.facts
    return say(
        f"{facts.title} {facts.date.year}年第{facts.number}期",
        f"{facts.title_en or facts.title}, no. {facts.number} of {facts.date.year}",
    )


def run(folder: Path, out: Path | None, report: bool, export: Path | None, json_output: bool, say: Say) -> int:
    """Show the states of the issue in ``folder``, write what was asked for, and return the exit code."""
    from newsletter_pdf import pipeline
    from newsletter_pdf.console import print_json
    from newsletter_pdf.files import write_atomic
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings import mailing_sending as rules
    from newsletter_pdf.mail.ledger import Ledger, LedgerError, State
    from newsletter_pdf.mail.sending.plan import ledger_path
    from newsletter_pdf.mail.sending.report import export_bytes, write_report
    from newsletter_pdf.report import findings_json

    findings = Findings()
    path = ledger_path(folder)
    counts: dict[State, int] = {}
    uncertain: list[str] = []
    written: list[Path] = []
    target = out.resolve() if out is not None else pipeline.output_folder(folder)
    if not path.exists():
        findings.add(rules.NO_LEDGER.at(Place(path), file=str(Place(path)), folder=str(Place(folder))))
    else:
        try:
            with Ledger(path, folder.resolve().name, write=False) as ledger:
                counts = ledger.counts()
                uncertain = [entry.address for entry in ledger.entries(State.UNCERTAIN)]
                if report:
                    written += write_report(ledger, folder.resolve().name, target, say.lang.value, _title(folder, say))
                if export is not None and export.exists():
                    findings.add(rules.EXPORT_EXISTS.at(Place(export), file=str(Place(export))))
                elif export is not None:
                    write_atomic(export, export_bytes(ledger.entries(), say))
                    written.append(export)
        except LedgerError as error:
            findings.add(rules.LEDGER_UNUSABLE.at(Place(path), reason_zh=error.zh, reason=error.en))
        except OSError as error:
            place = Place(export if export is not None else target)
            findings.add(rules.NOT_WRITTEN.at(place, file=str(place), reason=error.strerror or str(error)))
    if json_output:
        print_json(
            {
                "counts": {state.value: count for state, count in counts.items()},
                "uncertain": uncertain,
                "files": [str(Place(file)) for file in written],
                "findings": findings_json(findings, say.lang.value),
            }
        )
        return common.exit_code(findings)
    screen = common.screen(say)
    screen.findings(findings)
    if counts:
        from newsletter_pdf.cli.sendshow import show_counts

        show_counts(counts, screen)
    for address in uncertain[:50]:
        screen.fact(say("不确定", "Uncertain"), address)
    for file in written:
        screen.fact(say("写出", "Written"), file)
    return common.exit_code(findings)

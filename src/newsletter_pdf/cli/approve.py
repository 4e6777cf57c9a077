"""``newsletter-pdf approve``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say

if TYPE_CHECKING:
    from newsletter_pdf.signoff import Signed


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def approve(
        folder: Annotated[Path, common.issue_argument(say)],
        by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("签发人的姓名", "who approves"))],
        note: Annotated[
            str | None, typer.Option("--note", metavar="TEXT", help=say("附言，一行", "a remark of one line"))
        ] = None,
        out: Annotated[Path | None, common.where_option(say)] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(common.existing_folder(folder), by, note, out, json_output, say)

    app.command(
        "approve",
        cls=HelpfulCommand,
        short_help=say("签发做好的 PDF，记入 approval.yaml", "approve the PDF built: adds to approval.yaml"),
        help=say(
            "签发：在这一期的 approval.yaml 里记下谁、什么时候、签发了哪一份 PDF（SHA-256），请与稿件一起提交。"
            "只签发校验通过、此后没有改动的那一份；稿件改过，要先重新制作。",
            "Approves: records in the issue's approval.yaml, which you commit, who approved which PDF (SHA-256) when. "
            "Only a PDF that passed the proof and is still what would be built can be approved.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf approve content/2026-11 --by 张三",
            "newsletter-pdf approve content/2026-11 --by 李四 --note 终审，可以发送",
        ),
    )(approve)


def run(folder: Path, by: str, note: str | None, out: Path | None, json_output: bool, say: Say) -> int:
    """Approve the PDF of the issue in ``folder``, show the outcome, and return the exit code."""
    from newsletter_pdf.signoff import approve

    signed = approve(folder, by, note=note, out=out)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.findings import Place
        from newsletter_pdf.report import findings_json

        print_json(
            {
                "issue": folder.resolve().name,
                "approved": signed.approval is not None,
                "added": signed.added,
                "warnings": signed.warnings,
                "approval": None if signed.approval is None else signed.approval.as_json(),
                "record": None if signed.record is None else str(Place(signed.record)),
                "pdf": None if signed.pdf is None else str(Place(signed.pdf)),
                "findings": findings_json(signed.findings, say.lang.value),
            }
        )
    else:
        _show(signed, folder.resolve().name, say)
    return common.GOOD if signed.approval is not None else common.STOPPED


def _show(signed: "Signed", name: str, say: Say) -> None:
    screen = common.screen(say)
    screen.findings(signed.findings)
    approval = signed.approval
    if approval is None or signed.pdf is None or signed.record is None:
        screen.line(say("没有签发。", "Not approved."), "bold red")
        screen.fact(say("期", "Issue"), name)
        return
    by, when = approval.by, approval.when
    if signed.added:
        screen.line(say(f"已签发：{by}，{when}。", f"Approved by {by}, {when}."), "bold green")
    else:
        screen.line(
            say(f"{by}已经签发过这一份：{when}。", f"{by} has approved this one already: {when}."), "bold green"
        )
    if signed.warnings:
        screen.line(
            say(
                f"这一份还有 {signed.warnings} 个警告没有处理，签发前请逐条看过（见报告）。",
                f"The proof has left {signed.warnings} warnings open: look at each of them (see the report).",
            ),
            "yellow",
        )
    screen.fact("PDF", signed.pdf)
    screen.fact("SHA-256", approval.sha256)
    screen.fact(say("签发记录（请提交）", "Record (commit it)"), signed.record)
    screen.fact(say("期", "Issue"), name)

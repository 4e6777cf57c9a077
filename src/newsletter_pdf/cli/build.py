"""``newsletter-pdf build``."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say

if TYPE_CHECKING:
    from newsletter_pdf.pipeline import BuildResult
    from newsletter_pdf.report import Report


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def build(
        folder: Annotated[Path, common.issue_argument(say)],
        layout: Annotated[
            str | None,
            typer.Option(
                "--layout",
                metavar="N",
                help=say("用另一种版式（layouts/ 里的名字），不看 issue.yaml", "another layout than issue.yaml names"),
            ),
        ] = None,
        out: Annotated[
            Path | None, common.where_option(say, "PDF 和报告放在哪里", "where the PDF and reports go")
        ] = None,
        fresh: Annotated[
            bool,
            typer.Option(
                "--fresh", help=say("不沿用上次留下的任何东西，全部重做", "use nothing kept from earlier runs")
            ),
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(common.existing_folder(folder), layout, out, fresh, json_output, say)

    app.command(
        "build",
        cls=HelpfulCommand,
        short_help=say("检查、排版、校验，做出一期的 PDF", "check, lay out and prove an issue: makes the PDF"),
        help=say(
            "检查内容、排版、写出 PDF，再从 PDF 里逐条核对目录页码、书签、字体等。全部通过，新的 PDF 才替换旧的；"
            "没有通过，旧的原样不动，没通过的那份另存为 *.rejected.pdf。",
            "Checks the content, lays it out, writes the PDF and proves it: contents, bookmarks, fonts. The old PDF is "
            "replaced only when all is well; else it stays, and the new one is kept as *.rejected.pdf.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf build content/2026-11",
            "newsletter-pdf build content/2026-11 --layout classic --out /tmp/proof",
        ),
    )(build)


def run(folder: Path, layout: str | None, out: Path | None, fresh: bool, json_output: bool, say: Say) -> int:
    """Build the issue in ``folder``, show the outcome, and return the exit code."""
    from newsletter_pdf.cli.progress import ScreenProgress
    from newsletter_pdf.partner import start

    with ExitStack() as stack:
        # It starts while the rest of the program is imported here; what is kept has to be removed before it does.
        partner = None if fresh else start(folder.resolve(), stack)
        from newsletter_pdf import pipeline

        progress = stack.enter_context(ScreenProgress(say))
        result = pipeline.build(
            folder, layout=layout, out=out, fresh=fresh, progress=progress, lang=say.lang.value, partner=partner
        )
    good = result.pdf is not None and result.findings.good
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import Report

        # A build that could not even begin has the shape of one that did.
        report = result.report or Report(folder.resolve().name, None, None, 0, layout or "", findings=result.findings)
        print_json(report.as_json(say.lang.value))
    else:
        _show(result, say)
    return common.GOOD if good else common.STOPPED


def _show(result: "BuildResult", say: Say) -> None:
    screen = common.screen(say)
    screen.findings(result.findings)
    report = result.report
    counts = screen.counts(result.findings)
    if result.pdf is not None and report is not None:
        seconds = sum(report.seconds.values())
        size = result.pdf.stat().st_size / 1_000_000
        screen.line(
            say(
                f"做好了：{report.pages} 页，{size:.2f} MB，用时 {seconds:.1f} 秒。",
                f"Done: {report.pages} pages, {size:.2f} MB, {seconds:.1f} s.",
            ),
            "bold green",
        )
        screen.line(_proved(report, say))
        screen.line(say(f"{counts}。", f"{counts.capitalize()}."))
        screen.fact("PDF", result.pdf)
    else:
        screen.line(
            say(
                f"没有做成：{counts}。请先处理上面的错误，再做一次。",
                f"Not made: {counts}. Mend the errors above, then build again.",
            ),
            "bold red",
        )
        screen.line(say("原有的 PDF（如果有）没有改动。", "The PDF that was there, if any, is unchanged."))
        if result.rejected is not None:
            screen.fact(say("没有通过校验的 PDF", "The PDF that failed the proof"), result.rejected)
    if result.report_html is not None:
        screen.fact(say("报告", "Report"), result.report_html)


def _proved(report: "Report", say: Say) -> str:
    number = len(report.contents)
    if not number:
        return say("这份 PDF 没有目录条目可核对。", "The PDF has no contents entries to prove.")
    return say(
        f"目录 {number} 条，印出的页码与正文逐条核对无误。",
        f"All {number} contents entries print the page on which they stand.",
    )

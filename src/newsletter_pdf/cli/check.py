"""``newsletter-pdf check``."""

from pathlib import Path
from typing import Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def check(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("一期内容的文件夹", "the issue folder"))],
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(common.existing_folder(folder), json_output, say)

    app.command(
        "check",
        cls=HelpfulCommand,
        short_help=say("只检查内容，不排版，不写任何文件", "check the content; renders and writes nothing"),
        help=say(
            "检查一期内容和它的版式，一次列出全部问题：在哪个文件、哪一行、怎么改。不排版，不写任何文件。",
            "Checks an issue and its layout and lists every problem at once: which file, which line, what to do. "
            "Renders and writes nothing.",
        ),
        epilog=common.example(say, "newsletter-pdf check content/2026-11"),
    )(check)


def run(folder: Path, json_output: bool, say: Say) -> int:
    """Check the issue in ``folder``, show the findings, and return the exit code."""
    from newsletter_pdf import pipeline

    findings = pipeline.check(folder)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json({"issue": folder.resolve().name, "findings": findings_json(findings, say.lang.value)})
        return common.exit_code(findings)
    screen = common.screen(say)
    screen.findings(findings)
    counts = screen.counts(findings)
    if findings.good:
        screen.line(say(f"检查通过：{counts}，可以制作。", f"Good to build: {counts}."), "bold green")
    else:
        screen.line(say(f"检查没有通过：{counts}。", f"Not good to build: {counts}."), "bold red")
    screen.fact(say("期", "Issue"), folder.resolve().name)
    return common.exit_code(findings)

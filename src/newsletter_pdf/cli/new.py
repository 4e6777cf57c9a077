"""``newsletter-pdf new``."""

from pathlib import Path
from typing import Annotated

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def new(
        name: Annotated[
            str,
            typer.Argument(
                metavar="NAME", help=say("新一期的名字，例如 2026-12", "the new issue's name, such as 2026-12")
            ),
        ],
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(name, json_output, say)

    app.command(
        "new",
        cls=HelpfulCommand,
        short_help=say("开始新的一期：建好可以直接制作的文件夹", "begin a new issue: a folder that is ready to build"),
        help=say(
            "照上一期的情况建好 content/NAME：期号加一，日期顺延，配好一篇示例。已有的文件夹不会改动。",
            "Makes content/NAME from the last issue's facts: next number, next date, one example section. An existing "
            "folder is never touched.",
        ),
        epilog=common.example(say, "newsletter-pdf new 2026-12"),
    )(new)


def content_folder() -> Path:
    """Where issues lie: ``content/`` in the current folder, else in the project that the current folder belongs to."""
    from newsletter_pdf.project import find_home

    here = Path.cwd() / "content"
    home = None if here.is_dir() else find_home(Path.cwd())
    return here if home is None else home / "content"


def run(name: str, json_output: bool, say: Say) -> int:
    """Make the issue folder, say where it is, and return the exit code."""
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.newissue import create_issue

    findings = Findings()
    folder = create_issue(name, content_folder(), findings)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        where = None if folder is None else str(Place(folder))
        print_json({"issue": name, "folder": where, "findings": findings_json(findings, say.lang.value)})
    else:
        screen = common.screen(say)
        screen.findings(findings)
        if folder is None:
            screen.line(say("没有建立新的一期。", "No issue was made."), "bold red")
        else:
            screen.line(say("新的一期建好了。", "The new issue is ready."), "bold green")
            screen.fact(say("文件夹", "Folder"), folder)
            command = called(f"newsletter-pdf build {Place(folder)}")
            screen.fact(say("现在就可以制作", "Build it with"), command)
    return common.STOPPED if folder is None else common.exit_code(findings)

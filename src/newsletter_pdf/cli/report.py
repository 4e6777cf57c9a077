"""``newsletter-pdf report``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

_PATIENCE = 3.0  # seconds; an opener that still runs then is a browser at work


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def report(
        folder: Annotated[Path, common.issue_argument(say)],
        out: Annotated[Path | None, common.where_option(say, "报告所在的文件夹", "where the report lies")] = None,
        no_open: Annotated[
            bool, typer.Option("--no-open", help=say("只写出报告的位置，不打开", "only tell where it is"))
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(common.existing_folder(folder), out, not no_open, json_output, say)

    app.command(
        "report",
        cls=HelpfulCommand,
        short_help=say("打开上一次制作的报告", "open the report of the last build"),
        help=say(
            "在浏览器里打开上一次制作的校样报告（report.html）：结论、数字、问题和所在的页、全部页面、目录核对、字体。"
            "没有图形界面时只写出它的位置。报告的语言是制作时的语言。",
            "Opens the proof report (report.html) of the last build in the browser: verdict, figures, findings on "
            "their pages, all pages, contents and fonts. Without a display it only tells where it is. The report "
            "speaks the language of the build.",
        ),
        epilog=common.example(
            say, "newsletter-pdf report content/2026-11", "newsletter-pdf report content/2026-11 --no-open"
        ),
    )(report)


def run(folder: Path, out: Path | None, opening: bool, json_output: bool, say: Say) -> int:
    """Open the report of the issue in ``folder``, tell where it is, and return the exit code."""
    from newsletter_pdf.findings import Place
    from newsletter_pdf.publish import output_folder
    from newsletter_pdf.report.write import HTML_NAME

    page = (out.resolve() if out is not None else output_folder(folder)) / HTML_NAME
    if not page.is_file():
        command = called(f"newsletter-pdf build {Place(folder)}")
        raise WrongUsageError(
            f"还没有报告：{page}。先制作：{command}", f"There is no report yet: {page}. Build first: {command}"
        )
    opened = opening and open_file(page)
    if json_output:
        from newsletter_pdf.console import print_json

        print_json({"report": str(page), "opened": opened})
        return common.GOOD
    screen = common.screen(say)
    screen.fact(say("报告", "Report"), page)
    if opening and not opened:
        screen.line(
            say("这里没有图形界面，请在浏览器里打开它。", "There is no display here: open it in a browser elsewhere.")
        )
    return common.GOOD


def open_file(path: Path) -> bool:
    """Open ``path`` with the program that the desktop has for it; False when there is no desktop or it refuses."""
    command = _opener()
    if command is None:
        return False
    try:
        process = subprocess.Popen(  # noqa: S603  # the desktop's own opener, given the report's path and no shell
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None

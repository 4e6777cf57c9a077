"""``newsletter-pdf new``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.newissue import Task


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def new(
        name: Annotated[
            str | None,
            typer.Argument(
                metavar="NAME", help=say("新一期的名字，例如 2026-12", "the new issue's name, such as 2026-12")
            ),
        ] = None,
        layout: Annotated[
            str | None,
            typer.Option(
                "--layout",
                metavar="NAME",
                help=say("不建一期，建一个继承 classic 的版式", "make a layout that inherits from classic instead"),
            ),
        ] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        if (name is None) == (layout is None):
            raise WrongUsageError(
                "写新一期的名字（如 2026-12），或用 --layout 写新版式的名字，只写一样。",
                "Give the name of an issue (such as 2026-12) or of a layout (--layout), not both.",
            )
        if layout is not None:
            return run_layout(layout, json_output, say)
        return run(name or "", json_output, say)

    app.command(
        "new",
        cls=HelpfulCommand,
        short_help=say("开始新的一期：建好可以直接制作的文件夹", "begin a new issue: a folder that is ready to build"),
        help=say(
            "照上一期的情况建好 content/NAME：期号加一，日期顺延，配好一篇示例。已有的文件夹不会改动。",
            "Makes content/NAME from the last issue's facts: next number, next date, one example section. An existing "
            "folder is never touched.",
        ),
        epilog=common.example(say, "newsletter-pdf new 2026-12", "newsletter-pdf new --layout ours"),
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
    from newsletter_pdf.newissue import checklist, create_issue

    findings = Findings()
    folder = create_issue(name, content_folder(), findings)
    tasks = () if folder is None else checklist(folder)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        where = None if folder is None else str(Place(folder))
        found = findings_json(findings, say.lang.value)
        print_json({"issue": name, "folder": where, "checklist": tasks_json(tasks, say), "findings": found})
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
            show_tasks(screen, tasks, say)
    return common.STOPPED if folder is None else common.exit_code(findings)


def run_layout(name: str, json_output: bool, say: Say) -> int:
    """Make the layout folder, say where it is, and return the exit code."""
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings.environment import NO_HOME
    from newsletter_pdf.newissue import create_layout
    from newsletter_pdf.project import find_home

    findings = Findings()
    home = find_home(Path.cwd())
    folder = None
    if home is None:
        findings.add(NO_HOME.at(Place(file=Path.cwd())))
    else:
        folder = create_layout(name, home / "layouts", findings)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        where = None if folder is None else str(Place(folder))
        print_json({"layout": name, "folder": where, "findings": findings_json(findings, say.lang.value)})
        return common.STOPPED if folder is None else common.exit_code(findings)
    screen = common.screen(say)
    screen.findings(findings)
    if folder is None:
        screen.line(say("没有建立新的版式。", "No layout was made."), "bold red")
        return common.STOPPED
    screen.line(
        say("新的版式建好了，现在与 classic 一样。", "The new layout is ready; it looks like classic."), "bold green"
    )
    screen.fact(say("改这个文件", "Edit"), folder / "layout.yaml")
    screen.fact(say("在 issue.yaml 里写", "Write into issue.yaml"), f"layout: {name}")
    return common.exit_code(findings)


def tasks_json(tasks: "Sequence[Task]", say: Say) -> list[dict[str, object]]:
    """The checklist for programs: where, and what to do."""
    return [{"where": str(task.place), "task": say(task.zh, task.en)} for task in tasks]


def show_tasks(screen: "Screen", tasks: "Sequence[Task]", say: Say) -> None:
    """The checklist of what is still to fill in."""
    if not tasks:
        return
    screen.line("")
    screen.line(say("还要填写、核对的：", "Still to fill in and to check:"), "bold")
    for task in tasks:
        screen.line(f"  ☐ {say(task.zh, task.en)}　{task.place}")

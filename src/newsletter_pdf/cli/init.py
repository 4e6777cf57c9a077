"""``newsletter-pdf init``."""

import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

LANGUAGES = ("zh-CN", "zh-TW", "zh-HK", "en")


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def init(
        folder: Annotated[
            Path, typer.Argument(metavar="DIR", help=say("新刊的文件夹，还没有的或空的", "a folder, new or empty"))
        ],
        name: Annotated[
            str | None, typer.Option("--name", metavar="NAME", help=say("刊名", "the periodical's name"))
        ] = None,
        organisation: Annotated[
            str | None, typer.Option("--organisation", metavar="ORG", help=say("主办单位", "the organisation"))
        ] = None,
        language: Annotated[
            str | None,
            typer.Option(
                "--language", metavar="LANG", help=say("刊物的语言：", "its language: ") + ", ".join(LANGUAGES)
            ),
        ] = None,
        issue: Annotated[
            str | None,
            typer.Option(
                "--issue",
                metavar="NAME",
                help=say("第一期的名字，如 2026-12；默认本月", "name of the first issue, such as 2026-12; this month"),
            ),
        ] = None,
        yes: Annotated[
            bool, typer.Option("--yes", help=say("不提问，没写的用默认值", "ask nothing, take defaults"))
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        given = {"name": name, "organisation": organisation, "language": language, "issue": issue}
        return run(folder, given, say, ask=not (yes or json_output), json_output=json_output)

    app.command(
        "init",
        cls=HelpfulCommand,
        short_help=say("办一份新刊：内容、版式、字体一应俱全的文件夹", "begin a new periodical"),
        help=say(
            "建好一份新刊的文件夹：刊头、服务页、第一期，版式和字体，VS Code 的设置和 make 命令。"
            "建好就能做出 PDF，不用联网。在终端里会问刊名、主办单位、语言和第一期的名字，也可以写成选项。",
            "Makes the folder of a new periodical: masthead, service pages, a first issue, layouts and fonts, settings "
            "for VS Code, a Makefile. It builds at once and needs no network. In a terminal it asks for name, "
            "organisation, language and the first issue's name; options answer beforehand.",
        ),
        epilog=common.example(
            say,
            say(
                "newsletter-pdf init 月览 --name 月览 --organisation 某某协会",
                "newsletter-pdf init review --name Review --organisation Society --language en",
            ),
        ),
    )(init)


def run(folder: Path, given: dict[str, str | None], say: Say, *, ask: bool, json_output: bool) -> int:
    """Make the periodical, say what comes next, and return the exit code."""
    import datetime as dt

    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings import founding as rules
    from newsletter_pdf.newissue import Founding, checklist, found_periodical, usable_name
    from newsletter_pdf.project import find_home

    def unknown_language(text: str) -> tuple[str, str] | None:
        listed = "、".join(LANGUAGES)
        return (
            None if text in LANGUAGES else (f"不认识的语言「{text}」，可选：{listed}", f"Unknown: “{text}”: {listed}")
        )

    def no_folder(text: str) -> tuple[str, str] | None:
        told = f"「{text}」不能用作文件夹的名字，请写年月，如 2026-12", f"“{text}” cannot be a folder; such as 2026-12"
        return None if usable_name(text) else told

    ask = ask and sys.stdin.isatty()
    name = _answer(given["name"], ask, say("刊名", "Name of the periodical"), folder.resolve().name, say)
    organisation = _answer(given["organisation"], ask, say("主办单位", "Organisation"), "主办单位待定", say)
    language = _answer(
        given["language"],
        ask,
        say("语言", "Language") + f"（{'、'.join(LANGUAGES)}）",
        "zh-CN",
        say,
        unknown_language,
    )
    if (wrong := unknown_language(language)) is not None:
        raise WrongUsageError(*wrong)
    month = f"{dt.date.today():%Y-%m}"
    first = _answer(given["issue"], ask, say("第一期（年-月）", "First issue (year-month)"), month, say, no_folder)
    findings = Findings()
    home = find_home(Path.cwd())
    issue = None
    if home is None:
        findings.add(rules.NO_STOCK.at(Place(file=folder)))
    else:
        answers = Founding(name, organisation, language, _program(), shlex.quote(sys.executable), first)
        issue = found_periodical(folder, answers, home, findings, further=_schemas())
    tasks = () if issue is None else checklist(issue)
    if json_output:
        from newsletter_pdf.cli.new import tasks_json
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json(
            {
                "folder": None if issue is None else str(folder),
                "issue": None if issue is None else str(issue),
                "checklist": tasks_json(tasks, say),
                "findings": findings_json(findings, say.lang.value),
            }
        )
    else:
        _show(folder, issue, tasks, findings, say)
    return common.STOPPED if issue is None else common.exit_code(findings)


def _show(folder: Path, issue: Path | None, tasks: Any, findings: Any, say: Say) -> None:
    from newsletter_pdf.cli.new import show_tasks

    screen = common.screen(say)
    screen.findings(findings)
    if issue is None:
        screen.line(say("没有建立新刊。", "No periodical was made."), "bold red")
        return
    screen.line(say("新刊建好了。", "The new periodical is ready."), "bold green")
    screen.fact(say("文件夹", "Folder"), folder)
    if shutil.which("make") is None:
        screen.fact(say("现在就可以制作", "Build it with"), called(f"newsletter-pdf build {issue}"))
    else:
        command = f"cd {shlex.quote(str(folder))} && make issue ISSUE={shlex.quote(issue.name)}"
        screen.fact(say("现在就可以制作", "Build it with"), command)
    show_tasks(screen, tasks, say)


def _answer(
    given: str | None,
    ask: bool,
    question: str,
    default: str,
    say: Say,
    refused: Callable[[str], tuple[str, str] | None] = lambda _: None,
) -> str:
    """What was given, else what is answered, else the default; in one line. What is ``refused`` is asked again."""
    while given is None and ask:
        try:
            answer = " ".join(str(typer.prompt(question, default=default, err=True)).split())
        except typer.Abort:
            raise KeyboardInterrupt from None
        wrong = refused(answer)
        if wrong is None:
            given = answer
        else:
            typer.echo(say(*wrong), err=True)
    return " ".join((given or "").split()) or default


def _program() -> str:
    """How the new folder's Makefile calls this program when it is not on the path."""
    beside = Path(sys.executable).parent / "newsletter-pdf"
    return shlex.quote(str(beside)) if beside.is_file() else f"{shlex.quote(sys.executable)} -m newsletter_pdf"


def _schemas() -> dict[str, bytes]:
    import tempfile

    from newsletter_pdf.reader.schema import write_schemas

    with tempfile.TemporaryDirectory() as folder:
        return {f"schemas/{path.name}": path.read_bytes() for path in write_schemas(Path(folder))}

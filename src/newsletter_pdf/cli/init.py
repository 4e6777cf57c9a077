"""``newsletter-pdf init``."""

import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

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
            "建好就能做出 PDF，不用联网。在终端里会问刊名、主办单位和语言，也可以写成选项。",
            "Makes the folder of a new periodical: masthead, service pages, a first issue, layouts and fonts, settings "
            "for VS Code, a Makefile. It builds at once and needs no network. In a terminal it asks for name, "
            "organisation and language; options answer beforehand.",
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
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings import founding as rules
    from newsletter_pdf.newissue import Founding, checklist, found_periodical
    from newsletter_pdf.project import find_home

    ask = ask and sys.stdin.isatty()
    name = _answer(given["name"], ask, say("刊名", "Name of the periodical"), folder.resolve().name)
    organisation = _answer(
        given["organisation"], ask, say("主办单位", "Organisation"), say("主办单位待定", "主办单位待定")
    )
    language = _answer(
        given["language"], ask, say("语言", "Language") + f"（{'、'.join(LANGUAGES)}）", "zh-CN", LANGUAGES
    )
    if language not in LANGUAGES:
        listed = "、".join(LANGUAGES)
        raise WrongUsageError(f"不认识的语言「{language}」，可选：{listed}", f"Unknown language “{language}”: {listed}")
    findings = Findings()
    home = find_home(Path.cwd())
    issue = None
    if home is None:
        findings.add(rules.NO_STOCK.at(Place(file=folder)))
    else:
        answers = Founding(name, organisation, language, _program(), given["issue"])
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
    screen.fact(say("现在就可以制作", "Build it with"), f"newsletter-pdf build {issue}")
    show_tasks(screen, tasks, say)


def _answer(given: str | None, ask: bool, question: str, default: str, choices: tuple[str, ...] = ()) -> str:
    """What was given, else what is answered, else the default; in one line. Of ``choices`` it asks until it is one."""
    while given is None and ask:
        try:
            answer = str(typer.prompt(question, default=default, err=True)).strip()
        except typer.Abort:
            raise KeyboardInterrupt from None
        given = answer if not choices or answer in choices else None
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

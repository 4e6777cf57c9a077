"""``newsletter-pdf import``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.importers import ImportResult


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def import_(
        files: Annotated[
            list[Path],
            typer.Argument(
                metavar="FILE…", help=say("稿件，一份一个栏目，按栏目的顺序写", "manuscripts, one a section, in order")
            ),
        ],
        issue: Annotated[
            Path,
            typer.Option(
                metavar="DIR", help=say("放进哪一期的文件夹；没有就新建", "the issue folder; made when there is none")
            ),
        ],
        replace: Annotated[
            bool,
            typer.Option(
                "--replace", help=say("同名的栏目文件已经有了，用新的替换", "replace section files that exist")
            ),
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(files, issue, replace, json_output, say)

    app.command(
        "import",
        cls=HelpfulCommand,
        short_help=say("把稿件（.md）导入成栏目文件", "turn manuscripts (.md) into section files"),
        help=say(
            "读稿件，认出标题、导读、关键词和来源，去掉手工编的序号，写成栏目文件。放不进去的内容逐条列出。"
            "全部读完、查完才写；已有的文件不会被覆盖，除非写明 --replace。",
            "Reads manuscripts, finds titles, leads, keywords and sources, drops typed numbers and writes section "
            "files. What has no place is listed. Nothing is written before all is read; existing files stay unless "
            "--replace is given.",
        ),
        epilog=common.example(say, "newsletter-pdf import 稿件/01.md 稿件/02.md --issue content/2026-12"),
    )(import_)


def run(files: list[Path], issue: Path, replace: bool, json_output: bool, say: Say) -> int:
    """Import ``files`` into ``issue``, show what came of it, and return the exit code."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.importers import import_manuscripts

    missing = [str(file) for file in files if not file.exists()]
    if missing:
        names = ", ".join(missing)
        raise WrongUsageError(f"没有这些稿件：{names}", f"No such manuscripts: {names}")
    findings = Findings()
    result = import_manuscripts(files, issue, findings, replace=replace)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json({**result.as_json(), "findings": findings_json(findings, say.lang.value)})
    else:
        _show(result, findings, say)
    return common.exit_code(findings)


def _show(result: "ImportResult", findings: "Findings", say: Say) -> None:
    from newsletter_pdf.findings import Place

    screen = common.screen(say)
    screen.findings(findings)
    found = say(
        f"{result.sections} 个栏目、{result.groups} 个组、{result.articles} 篇文章",
        f"sections: {result.sections}, groups: {result.groups}, articles: {result.articles}",
    )
    counts = screen.counts(findings)
    if not findings.good:
        screen.line(say(f"没有导入：{counts}。读到 {found}。", f"Not imported: {counts}. Read: {found}."), "bold red")
        return
    screen.line(say(f"导入好了：{found}。", f"Imported: {found}."), "bold green")
    screen.line(f"{counts}。" if say.lang is Lang.ZH else f"{counts.capitalize()}.")
    for path in result.written:
        screen.fact(say("写成", "Written"), path)
    if result.unplaced:
        number = len(result.unplaced)
        screen.line(say(f"有 {number} 处没有地方放，见上。", f"{number} pieces had no place; see above."), "yellow")
    screen.fact(say("接着检查", "Now check it"), called(f"newsletter-pdf check {Place(result.issue)}"))
    screen.fact(say("期", "Issue"), result.issue.resolve().name)

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
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.importers import ImportResult
    from newsletter_pdf.importers.beside import Beside

#: Most lines of a difference that are shown on the screen.
MAX_DIFFERENCE = 60
#: Most pieces of deleted text that are shown on the screen.
MAX_DELETED = 30


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def import_(
        files: Annotated[
            list[Path],
            typer.Argument(
                metavar="FILE…",
                help=say(
                    "稿件（.docx、.md、.txt），按栏目的顺序写",
                    "manuscripts (.docx, .md, .txt), in the order of sections",
                ),
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
        dry_run: Annotated[
            bool,
            typer.Option(
                "--dry-run",
                help=say("只列出大纲和问题，什么也不写", "only show the outline and the findings; write nothing"),
            ),
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(files, issue, say, replace=replace, dry_run=dry_run, json_output=json_output)

    app.command(
        "import",
        cls=HelpfulCommand,
        short_help=say(
            "把稿件（Word、Markdown、纯文本）导入成栏目文件", "turn manuscripts (Word, text) into section files"
        ),
        help=say(
            "读稿件，认出标题、导读、关键词和来源，去掉手工编的序号，写成栏目文件。Word 稿件里的列表、表格、图片、"
            "脚注、链接一并导入；批注、文本框、页眉页脚等放不进去的内容逐条列出。全部读完、查完才写；已有的栏目文件"
            "不会被覆盖：内容不同时，新的写在旁边并显示差别，除非写明 --replace。",
            "Reads manuscripts, finds titles, leads, keywords and sources, drops typed numbers and writes section "
            "files. Lists, tables, pictures, notes and links of Word files come along; comments, text boxes, headers "
            "and all else that has no place is listed. Nothing is written before all is read. A section file that "
            "exists stays: when it differs, the new text goes beside it and the difference is shown, unless --replace "
            "is given.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf import 稿件/01.docx --issue content/2026-12 --dry-run",
            "newsletter-pdf import 稿件/01.docx --issue content/2026-12",
            "newsletter-pdf import 稿件/01.md 稿件/02.txt --issue content/2026-12",
        ),
    )(import_)


def run(files: list[Path], issue: Path, say: Say, *, replace: bool, dry_run: bool, json_output: bool) -> int:
    """Import ``files`` into ``issue``, show what came of it, and return the exit code."""
    from newsletter_pdf.cli.progress import ScreenProgress
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.importers import import_manuscripts

    missing = [str(file) for file in files if not file.exists()]
    if missing:
        names = ", ".join(missing)
        raise WrongUsageError(f"没有这些稿件：{names}", f"No such manuscripts: {names}")
    findings = Findings()
    with ScreenProgress(say) as progress:
        result = import_manuscripts(files, issue, findings, replace=replace, dry_run=dry_run, stage=progress.stage)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json({**result.as_json(say.lang.value), "findings": findings_json(findings, say.lang.value)})
    else:
        _show(result, findings, say)
    return common.exit_code(findings)


def _show(result: "ImportResult", findings: "Findings", say: Say) -> None:
    from newsletter_pdf.findings import Place, Severity

    screen = common.screen(say)
    # A manuscript may have hundreds of hints: what stops the import stands last, where the eye is.
    screen.findings(finding for finding in findings if finding.severity is not Severity.ERROR)
    if result.dry_run:
        _outline(screen, result, say)
    screen.findings(finding for finding in findings if finding.severity is Severity.ERROR)
    found = say(
        f"{result.sections} 个栏目、{result.groups} 个组、{result.articles} 篇文章",
        f"sections: {result.sections}, groups: {result.groups}, articles: {result.articles}",
    )
    counts = screen.counts(findings)
    if not findings.good:
        screen.line(say(f"没有导入：{counts}。读到 {found}。", f"Not imported: {counts}. Read: {found}."), "bold red")
        return
    _deleted(screen, result, say)
    for item in result.beside:
        _difference(screen, item, say)
    if result.dry_run:
        screen.line(say(f"试读完了，什么也没有写：{found}。", f"Read only, nothing written: {found}."), "bold green")
    else:
        screen.line(say(f"导入好了：{found}。", f"Imported: {found}."), "bold green")
    screen.line(f"{counts}。" if say.lang is Lang.ZH else f"{counts.capitalize()}.")
    for path in result.written:
        screen.fact(say("写成", "Written"), path)
    if result.unplaced:
        number = len(result.unplaced)
        screen.line(
            say(
                f"有 {number} 处没有放进栏目文件，见上；全文用 --json 列出。",
                f"{number} pieces are in no section file; see above. --json lists them in full.",
            ),
            "yellow",
        )
    if not result.dry_run:
        screen.fact(say("接着检查", "Now check it"), called(f"newsletter-pdf check {Place(result.issue)}"))
        screen.fact(say("期", "Issue"), result.issue.resolve().name)


def _outline(screen: "Screen", result: "ImportResult", say: Say) -> None:
    """The sections, groups and articles that would be written, with their sizes; guesses are marked."""
    for entry in result.outline:
        mark = say("（猜的）", " (guessed)") if entry.guessed else ""
        if entry.level == 1:
            screen.row(f"{entry.title}{mark}  {entry.file}", "bold")
            continue
        sizes = [say(f"{entry.characters} 字", f"{entry.characters} characters")] if entry.level > 2 else []
        sizes += [say(f"{entry.tables} 个表", f"tables: {entry.tables}")] if entry.tables else []
        sizes += [say(f"{entry.pictures} 幅图", f"pictures: {entry.pictures}")] if entry.pictures else []
        told = f"  {say('，', ', ').join(sizes)}" if sizes else ""
        screen.row("  " * (entry.level - 1) + entry.title + mark + told)
    screen.row("")


def _deleted(screen: "Screen", result: "ImportResult", say: Say) -> None:
    """What tracked changes took out, as an author may not have meant all of it."""
    deleted = [item for item in result.unplaced if item.kind == "deleted"]
    if not deleted:
        return
    screen.row(say("修订删去的文字：", "Text deleted by tracked changes:"), "bold")
    for item in deleted[:MAX_DELETED]:
        who = say(f"（{item.author}）", f" ({item.author})") if item.author else ""
        number = item.place.paragraph
        screen.line(say(f"第 {number} 段{who}：{item.text}", f"Paragraph {number}{who}: {item.text}"))
    if len(deleted) > MAX_DELETED:
        left = len(deleted) - MAX_DELETED
        screen.row(say(f"  ……还有 {left} 处，用 --json 看全", f"  ... {left} more; --json shows all"), "dim")
    screen.row("")


def _difference(screen: "Screen", item: "Beside", say: Say) -> None:
    """What the new text has (+) and lacks (-) against the section file; a long difference is cut."""
    from newsletter_pdf.findings import Place

    names = (Place(item.section), Place(item.beside))
    screen.row(say(f"{names[0]} 与 {names[1]} 的差别：", f"{names[0]} against {names[1]}:"), "bold")
    for line in item.difference[:MAX_DIFFERENCE]:
        style = {"+": "green", "-": "red"}.get(line[:1], "dim")
        screen.row(f"  {line}", style)
    left = len(item.difference) - MAX_DIFFERENCE
    if left > 0:
        screen.row(say(f"  ……还有 {left} 行，用 --json 看全", f"  ... {left} lines more; --json shows all"), "dim")
    screen.row("")

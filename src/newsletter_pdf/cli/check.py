"""``newsletter-pdf check``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.copyreading import Mended
    from newsletter_pdf.findings import Findings


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def check(
        folder: Annotated[Path, common.issue_argument(say)],
        fix: Annotated[
            bool,
            typer.Option(
                "--fix",
                help=say(
                    "代改有把握的标点、引号、空格，并列出改了哪里",
                    "mend marks, quotes and spaces where that is safe, and show what was changed",
                ),
            ),
        ] = False,
        dry_run: Annotated[
            bool,
            typer.Option(
                "--dry-run",
                help=say("与 --fix 同用：只列出会改哪里，不动文件", "with --fix: only show, change nothing"),
            ),
        ] = False,
        online: Annotated[
            bool,
            typer.Option(
                "--online", help=say("上网看看链接还能不能打开", "ask on the network whether links still work")
            ),
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        sarif_output: Annotated[
            bool,
            typer.Option(
                "--sarif", help=say("结果用 SARIF 输出，供编辑器和代码平台显示", "print the result as SARIF 2.1.0")
            ),
        ] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        if dry_run and not fix:
            raise WrongUsageError("--dry-run 要和 --fix 一起用。", "--dry-run goes with --fix.")
        if online and fix:
            raise WrongUsageError("--online 和 --fix 请分两次运行。", "Run --online and --fix one after the other.")
        existing = common.existing_folder(folder)
        if fix:
            return mend(existing, json_output, say, write=not dry_run)
        return run(existing, json_output, say, online=online, sarif_output=sarif_output)

    app.command(
        "check",
        cls=HelpfulCommand,
        short_help=say("只检查内容，不排版", "check the content; renders nothing"),
        help=say(
            "检查一期内容和它的版式，一次列出全部问题：在哪个文件、哪一行、怎么改。期号、日期、来源、重复的文章、"
            "中文标点都在内。不排版；不加 --fix 就不写任何文件，不加 --online 就不上网。",
            "Checks an issue and its layout and lists every problem at once: which file, which line, what to do. "
            "Numbers, dates, sources, doubled articles and Chinese punctuation are part of it. Renders nothing; writes "
            "no file without --fix and uses no network without --online.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf check content/2026-11",
            "newsletter-pdf check content/2026-11 --fix --dry-run",
        ),
    )(check)


def run(folder: Path, json_output: bool, say: Say, *, online: bool = False, sarif_output: bool = False) -> int:
    """Check the issue in ``folder``, show the findings, and return the exit code."""
    from newsletter_pdf import pipeline
    from newsletter_pdf.cli.progress import ScreenProgress

    with ScreenProgress(say) as progress:
        findings = pipeline.check(folder, online=online, progress=progress)
    if sarif_output:
        from newsletter_pdf.console import print_json, sarif

        print_json(sarif(findings, say.lang.value, Path.cwd()))
        return common.exit_code(findings)
    if json_output:
        _print_json(folder, findings, say)
    else:
        screen = common.screen(say)
        screen.findings(findings)
        _verdict(screen, findings, say)
        screen.fact(say("期", "Issue"), folder.resolve().name)
    return common.exit_code(findings)


def mend(folder: Path, json_output: bool, say: Say, *, write: bool) -> int:
    """Carry out the safe corrections, show them and what is left, and return the exit code."""
    from newsletter_pdf import pipeline

    findings, mended = pipeline.mend(folder, write=write)
    if json_output:
        _print_json(folder, findings, say, mended, written=write)
        return common.exit_code(findings)
    screen = common.screen(say)
    for file in mended:
        screen.diff(file.path, file.before, file.after)
    if mended:
        screen.line()
    screen.findings(findings)
    places, files = sum(file.count for file in mended), len(mended)
    if not mended:
        screen.line(say("没有可以代改的地方。", "There is nothing that can safely be mended."))
    elif write:
        screen.line(
            say(f"改了 {files} 个文件，{places} 个字符。", f"Changed {places} characters in {files} files."), "bold"
        )
    else:
        screen.line(
            say(
                f"会改 {files} 个文件，{places} 个字符；没有动文件。去掉 --dry-run 就改。",
                f"Would change {places} characters in {files} files; nothing is written. Leave out --dry-run to do it.",
            ),
            "bold",
        )
    _verdict(screen, findings, say)
    return common.exit_code(findings)


def _verdict(screen: "Screen", findings: "Findings", say: Say) -> None:
    counts = screen.counts(findings)
    if findings.good:
        screen.line(say(f"检查通过：{counts}，可以制作。", f"Good to build: {counts}."), "bold green")
    else:
        screen.line(say(f"检查没有通过：{counts}。", f"Not good to build: {counts}."), "bold red")
        screen.line(
            say(
                "有错误时，期号、日期、来源、重复的文章可能还没有查到；改好错误，再检查一次。",
                "With errors, numbers, dates, sources and doubled articles may not have been looked at: check again.",
            )
        )


def _print_json(
    folder: Path, findings: "Findings", say: Say, mended: "list[Mended] | None" = None, *, written: bool = False
) -> None:
    from newsletter_pdf.console import print_json, show_path
    from newsletter_pdf.report import findings_json

    result: dict[str, object] = {
        "issue": folder.resolve().name,
        "findings": findings_json(findings, say.lang.value),
    }
    if findings.silenced:
        result["switched_off"] = findings.silenced
    if mended is not None:
        result["written"] = written
        result["mended"] = [{"file": show_path(file.path), "characters": file.count} for file in mended]
    print_json(result)

"""``newsletter-pdf reproduce``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.reproduction import Outcome


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def reproduce(
        manifest: Annotated[
            Path,
            typer.Argument(
                metavar="manifest.json", help=say("与 PDF 一起写出的清单", "the manifest written beside a PDF")
            ),
        ],
        content: Annotated[
            Path | None,
            typer.Option(
                "--content",
                metavar="DIR",
                help=say("这一期内容的文件夹，默认自己找", "the issue folder; looked for by default"),
            ),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(
                "--out",
                metavar="DIR",
                help=say(
                    "把重做的 PDF 留在这个文件夹里；默认比较完就删去", "keep the new PDF here; by default it is removed"
                ),
            ),
        ] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(manifest, content, out, json_output, say)

    app.command(
        "reproduce",
        cls=HelpfulCommand,
        short_help=say("照清单重做一份 PDF，逐字节比较", "make a PDF again and compare the bytes"),
        help=say(
            "照 manifest.json 在临时文件夹里把 PDF 重做一遍，逐字节比较；不一样，就列出哪些稿件、版式、字体、"
            "选项、版本与当时不同。一样时结束码为 0。",
            "Makes the PDF of a manifest.json again in a temporary folder and compares the bytes; when they differ, "
            "lists the content, layout files, fonts, options and versions that are not as they were. Exit code 0: "
            "the same.",
        ),
        epilog=common.example(say, "newsletter-pdf reproduce build/2026-11/manifest.json"),
    )(reproduce)


def run(manifest: Path, content: Path | None, out: Path | None, json_output: bool, say: Say) -> int:
    """Make the PDF of ``manifest`` again, show the outcome, and return the exit code."""
    from newsletter_pdf.cli.progress import ScreenProgress
    from newsletter_pdf.reproduction import reproduce

    if not manifest.is_file():
        command = called(f"newsletter-pdf build content/{manifest.resolve().parent.name}")
        raise WrongUsageError(
            f"没有这个清单文件：{manifest}。先制作：{command}", f"No such manifest: {manifest}. Build first: {command}"
        )
    if out is not None and out.resolve() == manifest.resolve().parent:
        raise WrongUsageError(
            f"--out 不能是清单所在的文件夹：{out}，否则会盖掉要比较的 PDF。",
            f"--out must not be the manifest's own folder {out}: the PDF to compare with would be replaced.",
        )
    folder = None if content is None else common.existing_folder(content)
    with ScreenProgress(say) as progress:
        outcome = reproduce(manifest, content=folder, out=out, progress=progress, lang=say.lang.value)
    if json_output:
        from newsletter_pdf.console import print_json

        print_json(_as_json(manifest, outcome, say))
    else:
        _show(outcome, out, say)
    return common.GOOD if outcome.same else common.STOPPED


def _as_json(manifest: Path, outcome: "Outcome", say: Say) -> dict[str, object]:
    from newsletter_pdf.findings import Place
    from newsletter_pdf.report import findings_json

    return {
        "manifest": str(Place(manifest)),
        "same": outcome.same,
        "recorded": None if outcome.manifest is None else outcome.manifest.pdf.sha256,
        "rebuilt": outcome.rebuilt,
        "beside": outcome.beside,
        "differences": [difference.as_json() for difference in outcome.differences],
        "findings": findings_json(outcome.findings, say.lang.value),
    }


def _show(outcome: "Outcome", out: Path | None, say: Say) -> None:
    screen = common.screen(say)
    screen.findings(outcome.findings)
    if outcome.same:
        screen.line(say("重做出来的一模一样，逐字节相同。", "Made again, byte for byte the same."), "bold green")
        if outcome.beside is None:
            screen.line(
                say(
                    "清单旁边没有 PDF，是与清单记下的指纹比较的。",
                    "No PDF lies beside the manifest; it was compared by digest.",
                )
            )
    elif outcome.rebuilt is None:
        screen.line(say("没有重做成。", "It could not be made again."), "bold red")
    else:
        screen.line(say("与清单不符。", "Not what the manifest records."), "bold red")
    if outcome.rebuilt is not None:
        screen.fact("SHA-256", outcome.rebuilt)
    if out is not None and outcome.rebuilt is not None and outcome.manifest is not None:
        screen.fact("PDF", out / outcome.manifest.pdf.file)

"""``newsletter-pdf verify``."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.fonts import FontSet
    from newsletter_pdf.verify import Proof

#: The largest report that is read, in bytes: some hundred times that of a large issue.
_PDF_LIMIT = 200_000_000  # bytes
_REPORT_LIMIT = 20_000_000


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def verify(
        pdf: Annotated[Path, typer.Argument(metavar="PDF", help=say("本工具做出的 PDF", "a PDF that this tool made"))],
        against: Annotated[
            Path | None,
            typer.Option(
                "--against",
                metavar="report.json",
                help=say(
                    "并与这份报告对照：是否同一个文件，页数、目录是否一致；默认用 PDF 旁边的那份",
                    "compare with this report of a build, too; by default the one beside the PDF",
                ),
            ),
        ] = None,
        content: Annotated[
            Path | None,
            typer.Option(
                "--content",
                metavar="DIR",
                help=say(
                    "并与这一期的稿件逐句对照：漏印、改动、重复、次序，标题、书眉、封面和文档信息",
                    "compare with this issue's content, too: every sentence, titles, running heads, cover, metadata",
                ),
            ),
        ] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(pdf, against, content, json_output, say)

    app.command(
        "verify",
        cls=HelpfulCommand,
        short_help=say("单独校验一份 PDF", "prove a PDF by itself"),
        help=say(
            "只凭 PDF 本身校验：目录印出的每个页码是否就是标题所在的页，书签、链接、页码标签、字体、空白页、文件大小，"
            "有没有没填好的模板，另一个阅读引擎读到的是否一样。给出稿件（--content）时，再与稿件逐句对照。",
            "Proves a PDF from the file alone: every printed page number, bookmarks, links, labels, fonts, empty pages "
            "and size, residue of templates, and whether a second engine reads the same. With --content it is compared "
            "with the text of the issue, sentence by sentence.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf verify build/2026-11/2026-11.pdf",
            "newsletter-pdf verify build/2026-11/2026-11.pdf --content content/2026-11",
            "newsletter-pdf verify build/2026-11/2026-11.pdf --against build/2026-11/report.json",
        ),
    )(verify)


def run(pdf: Path, against: Path | None, content: Path | None, json_output: bool, say: Say) -> int:
    """Prove ``pdf``, show the findings, and return the exit code."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.project import issue_of
    from newsletter_pdf.reader import read_levels
    from newsletter_pdf.verify import compare_with_report

    common.existing_pdf(pdf)
    against = against or _report_beside(pdf)
    report = None if against is None else read_report(against)
    fonts = _fonts(pdf)
    with tempfile.TemporaryDirectory() as folder:
        # A personal copy is proved as what it was made from: the rest is our own update, to the byte.
        finished, mark = _without_mark(pdf, Path(folder))
        proof = _prove(finished, fonts) if content is None else _prove_with(content, finished, fonts)
    if report is not None:
        # What tells that the file is another than the one that was made comes first; the rest may follow from it.
        compared = Findings()
        compared.extend(compare_with_report(proof, report))
        compared.extend(proof.findings)
        proof = replace(proof, findings=compared)
    if (issue := content or issue_of(pdf)) is not None:
        proof.findings.configure(read_levels(issue))
    if json_output:
        from newsletter_pdf.console import print_json

        print_json(_as_json(pdf, content, proof, say))
    else:
        _show(pdf, content, proof, fonts is not None, say)
        if mark is not None:
            common.screen(say).fact(say("专用本", "Personal copy"), mark)
        if against is not None:
            common.screen(say).fact(say("对照的报告", "Compared with"), against)
    return common.exit_code(proof.findings)


def _without_mark(pdf: Path, folder: Path) -> tuple[Path, str | None]:
    """The file that a personal copy was made from, written into ``folder``, and whose copy it is; else ``pdf``."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.mail.sending.copies import mark_face
    from newsletter_pdf.personal import recognise
    from newsletter_pdf.personal.stamp import BEGIN

    if pdf.stat().st_size > _PDF_LIMIT:
        return pdf, None
    data = pdf.read_bytes()
    found = recognise(data, mark_face(pdf.resolve().parent, Findings())) if BEGIN in data else None
    if found is None:
        return pdf, None
    finished = folder / pdf.name
    finished.write_bytes(data[: found.length])
    return finished, "　".join(part for part in (found.mark.text, found.mark.number) if part)


def _report_beside(pdf: Path) -> Path | None:
    """The report.json beside a PDF when it tells of a file of that name, as a build leaves the two."""
    path = pdf.parent / "report.json"
    if not path.is_file():
        return None
    try:
        named = read_report(path).get("pdf")
    except WrongUsageError:
        return None
    return path if isinstance(named, str) and Path(named).name == pdf.name else None


def read_report(path: Path) -> Mapping[str, object]:
    """The object in a report.json; WrongUsageError when the file is none."""
    try:
        if not path.is_file():  # a device or pipe would be read without end
            raise WrongUsageError(f"没有这份报告：{path}", f"No such report: {path}")
        if path.stat().st_size > _REPORT_LIMIT:
            raise WrongUsageError(f"{path} 太大，不是本工具的报告。", f"{path} is too large to be a report.")
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise WrongUsageError(f"读不了报告 {path}：{reason}", f"Cannot read the report {path}: {reason}") from error
    except (ValueError, RecursionError) as error:
        raise WrongUsageError(f"{path} 不是 JSON 报告。", f"{path} is no JSON report.") from error
    if not isinstance(report, dict) or "findings" not in report or "contents" not in report:
        raise WrongUsageError(f"{path} 不是本工具的报告。", f"{path} is no report of this tool.")
    return report


def _fonts(pdf: Path) -> "FontSet | None":
    """The project's fonts, or None when there is no project to compare with."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.fonts import load_fonts
    from newsletter_pdf.project import find_home

    home = find_home(pdf.resolve().parent)
    return None if home is None else load_fonts(home / "fonts", Findings())


def _prove(pdf: Path, fonts: "FontSet | None", **asked: Any) -> "Proof":
    from newsletter_pdf.verify import prove

    known: dict[str, Any] = {} if fonts is None else {"font_names": fonts.postscript_names, "font_files": fonts.files}
    return prove(pdf, **known, **asked)


def _prove_with(content: Path, pdf: Path, fonts: "FontSet | None") -> "Proof":
    """Prove ``pdf`` against the issue in ``content``; what is wrong with the issue itself is told with the rest."""
    from newsletter_pdf.expectation import expected, limits
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.inputs import read

    if not content.is_dir():
        raise WrongUsageError(f"没有这个文件夹：{content}", f"No such folder: {content}")
    found = Findings()
    inputs = read(content, None, found)
    if inputs is None:
        proof = _prove(pdf, fonts)
    else:
        wanted = expected(inputs.issue, inputs.layout)
        proof = _prove(pdf, fonts, limits=limits(inputs.layout), expected=wanted, name=pdf.name)
    proof.findings.extend(found)
    return proof


def _as_json(pdf: Path, content: Path | None, proof: "Proof", say: Say) -> dict[str, object]:
    from newsletter_pdf.findings import Place
    from newsletter_pdf.report import contents_json, findings_json

    compared = {} if content is None else {"content": str(Place(content))}
    return {
        "pdf": str(Place(pdf)),
        "pages": proof.pages,
        "sha256": proof.sha256,
        "contents": contents_json(proof.contents),
        "findings": findings_json(proof.findings, say.lang.value),
        **compared,
    }


def _show(pdf: Path, content: Path | None, proof: "Proof", fonts_known: bool, say: Say) -> None:
    screen = common.screen(say)
    screen.findings(proof.findings)
    counts = screen.counts(proof.findings)
    if proof.findings.good:
        screen.line(say(f"校验通过：{counts}。", f"Proved: {counts}."), "bold green")
    else:
        screen.line(say(f"校验没有通过：{counts}。", f"Not proved: {counts}."), "bold red")
    entries, size = len(proof.contents), proof.size / 1_000_000
    screen.line(
        say(
            f"{proof.pages} 页，{size:.2f} MB，目录 {entries} 条。",
            f"{proof.pages} pages, {size:.2f} MB, {entries} contents entries.",
        )
    )
    if not fonts_known:
        screen.line(
            say(
                "没有找到可用的 fonts/ 文件夹，字体是否出自其中没有核对。",
                "No usable fonts/ folder was found, so the fonts' origin was not checked.",
            )
        )
    if content is None:
        screen.line(
            say(
                "没有给出稿件（--content），内容没有逐句对照。",
                "Without the content (--content) the text was not compared.",
            )
        )
    screen.fact("PDF", pdf)

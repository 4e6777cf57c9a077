"""``newsletter-pdf lines``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.verify.setting import Row, Setting

_SHOWN = 3  # worst places shown of each measure
_NAME_WIDTH = 42  # cells
#: What each measure is called in the table, and the unit of its amounts.
_NAMES = {
    "off_edge": ("两端对齐的行偏离右边 0.02 em 以上", "justified lines off the edge by > 0.02 em", "em"),
    "loose": ("字距拉开 0.08 em 以上的行", "lines stretched by > 0.08 em", "em"),
    "very_loose": ("字距拉开 0.15 em 以上的行", "lines stretched by > 0.15 em", "em"),
    "lone_character": ("末行只有一个字的段落", "paragraphs ending in a lone character", ""),
    "forbidden_end": ("不合避头尾的行首行末", "forbidden line starts or ends", ""),
    "broken_unit": ("断开的 ——、……、数字与单位", "broken —— …… number–unit pairs", ""),
    "wide_marks": ("超过一个半字的相邻标点", "adjacent marks wider than 1.5 em", "em"),
    "no_gap": ("汉字与西文之间没有间隙", "Han–Latin boundaries without a gap", ""),
    "off_grid": ("不在行格上的正文行", "lines of text off the grid", "pt"),
    "text_pdfium": ("PDFium 取文多出的空格、丢失的字", "spaces added, letters lost: PDFium", ""),
    "text_pdftotext": ("pdftotext 取文多出的空格、丢失的字", "spaces added, letters lost: pdftotext", ""),
}


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def lines(
        pdf: Annotated[Path, typer.Argument(metavar="PDF", help=say("本工具做出的 PDF", "a PDF that this tool made"))],
        strict: Annotated[
            bool, typer.Option("--strict", help=say("有一项超过限度就以 1 结束", "exit with 1 when a limit is passed"))
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(pdf, strict, json_output, say)

    app.command(
        "lines",
        cls=HelpfulCommand,
        short_help=say("测量一份 PDF 的排版：对齐、字距、避头尾、行格", "measure the line setting of a PDF"),
        help=say(
            "从 PDF 里每个字的位置测量排版：右边是否对齐，字距是否均匀，避头尾、孤字、标点挤压、中西文间隙、行格，"
            "以及复制出来的文字是否干净。逐项列出数字、限度和最差的几处。",
            "Measures the setting from the place of every glyph: right edge, stretching, line starts and ends, lone "
            "characters, adjacent marks, gaps between Han and Latin, the line grid, and whether copied text is clean. "
            "Every figure with its limit and the worst places.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf lines build/2026-11/2026-11.pdf",
            "newsletter-pdf lines build/2026-11/2026-11.pdf --strict --json",
        ),
    )(lines)


def run(pdf: Path, strict: bool, json_output: bool, say: Say) -> int:
    """Measure ``pdf``, show the table, and return the exit code."""
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings.setting import NOT_MEASURABLE
    from newsletter_pdf.verify.setting import UnreadablePdfError, judge, measure

    common.existing_pdf(pdf)
    setting, findings = None, Findings()
    try:
        setting = measure(pdf)
        findings.extend(judge(setting))
    except UnreadablePdfError as error:
        findings.add(NOT_MEASURABLE.at(Place(pdf), reason_zh=error.zh, reason_en=error.en))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.add(NOT_MEASURABLE.at(Place(pdf), reason_zh=reason, reason_en=reason))
    if json_output:
        _print_json(pdf, setting, findings, say)
    elif setting is None:
        common.screen(say).findings(findings)
    else:
        screen = common.screen(say)
        _show(setting, screen, say)
        screen.fact("PDF", pdf)
    return common.STOPPED if strict and len(findings) else common.exit_code(findings)


def _print_json(pdf: Path, setting: "Setting | None", findings: "Findings", say: Say) -> None:
    from dataclasses import asdict

    from newsletter_pdf.console import print_json
    from newsletter_pdf.findings import Place
    from newsletter_pdf.report import findings_json

    found: dict[str, object] = {"pdf": str(Place(pdf))}
    if setting is not None:
        found["facts"] = {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in asdict(setting.facts).items()
        }
        found["measures"] = [_row_json(row) for row in setting.rows]
    found["findings"] = findings_json(findings, say.lang.value)
    print_json(found)


def _row_json(row: "Row") -> dict[str, object]:
    return {
        "measure": row.key.value,
        "count": row.count,
        "total": row.total,
        "limit": {"count": row.most, "share": row.most_share},
        "passed": row.passed,
        "worst": [{"page": spot.page, "text": spot.text, "amount": round(spot.amount, 4)} for spot in row.worst],
    }


def _show(setting: "Setting", screen: "Screen", say: Say) -> None:
    facts = setting.facts
    screen.line(
        say(
            f"{facts.pages} 页，正文 {facts.paragraphs} 段 {facts.lines} 行，其中两端对齐 {facts.justified} 行；"
            + (
                f"字号 {facts.size:.4g} pt，版心宽 {facts.measure:.4g} pt，行距 {facts.pitch:.4g} pt。"
                if facts.size
                else "正文太少，字号、版心和行格量不出来。"
            ),
            f"{facts.pages} pages, {facts.paragraphs} paragraphs with {facts.lines} lines, {facts.justified} of them "
            "justified; "
            + (
                f"type {facts.size:.4g} pt, measure {facts.measure:.4g} pt, leading {facts.pitch:.4g} pt."
                if facts.size
                else "too little text to tell its size, measure and grid."
            ),
        )
    )
    if not facts.tagged:
        screen.line(
            say(
                "文件没有标签，段落是按缩进和间距猜的。",
                "The file has no tags: paragraphs were guessed from indents and gaps.",
            )
        )
    elif not facts.aligned:
        screen.line(
            say(
                "标签没有写明对齐方式，左对齐的段落也当作两端对齐来量。",
                "The tags do not tell how text is aligned: ragged paragraphs are measured as justified ones.",
            )
        )
    if facts.half_lines:
        screen.line(
            say(
                f"{facts.half_lines} 行在半行的位置上（标题占半行所致），算在行格上。",
                f"{facts.half_lines} lines stand on half a grid line, as headings may take one; they count as on it.",
            )
        )
    screen.line()
    for row in setting.rows:
        _show_row(row, screen, say)
    screen.line()
    failed = sum(not row.passed for row in setting.rows)
    if failed:
        screen.line(
            say(
                f"{failed} 项超过限度。",
                f"{failed} {'measure passes its limit' if failed == 1 else 'measures pass their limits'}.",
            ),
            "bold yellow",
        )
    else:
        words = ("各项都在限度以内。", "Every measure keeps to its limit.")
        if not facts.size:
            words = (
                "量到的各项都在限度以内；行格没有量。",
                "What could be measured keeps to its limit; the grid was not.",
            )
        screen.line(say(*words), "bold green")


def _show_row(row: "Row", screen: "Screen", say: Say) -> None:
    from newsletter_pdf.console import cell_width
    from newsletter_pdf.verify.setting import RULES, limit_of

    zh, en, unit = _NAMES[row.key]
    name = say(zh, en)
    name += " " * max(1, _NAME_WIDTH - cell_width(name))
    if row.total is None:
        screen.row(f"–  {name}{say('没有测：没有这个程序', 'not measured: no such program')}", "dim")
        return
    figure = f"{row.count} / {row.total}".rjust(12)
    share = (f"{row.share:.2%}" if row.count else "").rjust(8)
    code = "" if row.passed else f"  {RULES[row.key].code}"
    style = "" if row.passed else "yellow"
    screen.row(f"{'✓' if row.passed else '✗'}  {name}{figure}{share}  ≤ {limit_of(row).ljust(4)}{code}", style)
    for spot in row.worst[:_SHOWN]:
        amount = f"{spot.amount:+.2f} {unit}  " if unit else ""
        screen.row(
            say(f"      第 {spot.page} 页  {amount}{spot.text}", f"      page {spot.page}  {amount}{spot.text}"), "dim"
        )

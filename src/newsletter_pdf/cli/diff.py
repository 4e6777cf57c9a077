"""``newsletter-pdf diff``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.difference import Difference
    from newsletter_pdf.findings import Findings

#: The name of the page that is written beside the new PDF.
HTML_NAME = "diff.html"
_MOST_SHOWN = 20


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def diff(
        old: Annotated[Path, typer.Argument(metavar="OLD.pdf", help=say("旧的校样", "the old proof"))],
        new: Annotated[Path, typer.Argument(metavar="NEW.pdf", help=say("新的校样", "the new proof"))],
        out: Annotated[
            Path | None,
            typer.Option(
                "--out",
                metavar="FILE",
                help=say(
                    "对照页写到哪里，默认是新校样旁的 diff.html", "where the page goes; default: diff.html beside NEW"
                ),
            ),
        ] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(old, new, out, json_output, say)

    app.command(
        "diff",
        cls=HelpfulCommand,
        short_help=say("比较两份校样：改了哪些页、哪些句子", "compare two proofs: which pages and sentences changed"),
        help=say(
            "比较两份 PDF：哪些页、哪些文章、哪些句子改了，哪些只是随之重排、移位。页按内容配对，不按页号。"
            "结果写成一个网页，有变化的页左右对照，改动处标出。有变化时以 1 结束，没有时以 0 结束。",
            "Compares two PDFs: which pages, articles and sentences changed, and which only reflowed or moved. Pages "
            "are paired by content, not by number. Writes one HTML page with the pages that differ side by side. "
            "Exits with 1 when something changed, with 0 when not.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf diff proof-1.pdf build/2026-11/2026-11.pdf",
            "newsletter-pdf diff proof-1.pdf proof-2.pdf --out changes.html",
        ),
    )(diff)


def run(old: Path, new: Path, out: Path | None, json_output: bool, say: Say) -> int:
    """Compare the two files, show and write the outcome, and return the exit code."""
    from newsletter_pdf.cli.progress import ScreenProgress
    from newsletter_pdf.difference import UnreadableSideError, compare, write_difference
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings import difference as rules

    for pdf in (old, new):
        if not pdf.is_file():
            raise WrongUsageError(f"没有这个 PDF 文件：{pdf}", f"No such PDF file: {pdf}")
    target = _target(old, new, out)
    findings = Findings()
    difference = written = None
    with ScreenProgress(say) as progress:
        try:
            difference = compare(old, new, progress.stage)
        except UnreadableSideError as error:
            place = Place(error.pdf)
            findings.add(rules.NOT_COMPARABLE.at(place, name=error.pdf.name, reason_zh=error.zh, reason_en=error.en))
        if difference is not None:
            try:
                write_difference(
                    difference, old, new, target, say.lang.value, lambda n, of: progress.stage("diff-pictures", n, of)
                )
                written = target
            except OSError as error:
                reason = error.strerror or type(error).__name__
                findings.add(rules.PAGE_NOT_WRITTEN.at(Place(target), name=target.name, reason=reason))
    if json_output:
        _print_json(difference, findings, written, say)
    else:
        _show(difference, findings, written, say)
    return common.GOOD if difference is not None and difference.same and findings.good else common.STOPPED


def _target(old: Path, new: Path, out: Path | None) -> Path:
    target = out if out is not None else new.parent / HTML_NAME
    if target.is_dir():
        target /= HTML_NAME
    for pdf in (old, new):
        if target.exists() and target.samefile(pdf):
            raise WrongUsageError(
                f"--out 不能是要比较的文件：{target}", f"--out must not be one of the files compared: {target}"
            )
    return target


def _print_json(difference: "Difference | None", findings: "Findings", written: Path | None, say: Say) -> None:
    from newsletter_pdf.console import print_json
    from newsletter_pdf.difference import as_json
    from newsletter_pdf.findings import Place
    from newsletter_pdf.report import findings_json

    found: dict[str, object] = {} if difference is None else as_json(difference)
    found["html"] = None if written is None else str(Place(written))
    found["findings"] = findings_json(findings, say.lang.value)
    print_json(found)


def _show(difference: "Difference | None", findings: "Findings", written: Path | None, say: Say) -> None:
    screen = common.screen(say)
    if difference is not None:
        _show_difference(difference, screen, say)
    screen.findings(findings)
    if written is not None:
        screen.fact(say("对照页", "Side by side"), written)


def _show_difference(difference: "Difference", screen: "Screen", say: Say) -> None:
    from newsletter_pdf.difference import wording

    def tell(zh: str, en: str) -> str:
        return say(zh, en)

    screen.line(wording.verdict(difference, tell), "bold green" if difference.same else "bold yellow")
    screen.line(wording.page_counts(difference, tell))
    if difference.same:
        return
    _show_pages(difference, screen, say)
    title = place = ""
    for change in difference.changes[:_MOST_SHOWN]:
        spot = change.new_spot or change.old_spot
        if spot is not None and spot.title != title:
            title, place = spot.title, ""
            screen.line()
            screen.line(title, "bold")
        where = wording.spot_name(difference, change.old_spot, change.new_spot, tell)
        if where != place:
            place = where
            screen.row(f"  {where}", "dim")
        # A side without a changed letter tells nothing: the other one shows what was put in or taken out.
        if any(piece.changed for piece in change.old):
            screen.line(f"− {wording.excerpt(change.old, '[-', '-]')}", "red")
        if any(piece.changed for piece in change.new):
            screen.line(f"+ {wording.excerpt(change.new, '{+', '+}')}", "green")
    if (more := len(difference.changes) - _MOST_SHOWN) > 0:
        screen.line(say(f"……另有 {more} 处，见对照页。", f"... and {more} more, see the page."))
    screen.line()
    _show_asides(difference, screen, say)


def _show_pages(difference: "Difference", screen: "Screen", say: Say) -> None:
    from newsletter_pdf.difference import Status, wording

    for status, words in wording.STATUS.items():
        pairs = [pair for pair in difference.pairs if pair.status is status]
        if not pairs or status in (Status.UNCHANGED, Status.MOVED):
            continue
        pages = [page for pair in pairs if (page := pair.old if status is Status.REMOVED else pair.new) is not None]
        numbers = wording.page_ranges(pages)
        screen.line(say(f"  {words[0]}：第 {numbers} 页", f"  {words[1]}: {numbers}"))
    for old, new in wording.moved_pages(difference):
        screen.line(say(f"  原样移位：第 {old} 页 → 第 {new} 页", f"  moved: {old} → {new}"))


def _show_asides(difference: "Difference", screen: "Screen", say: Say) -> None:
    from newsletter_pdf.difference import wording

    counted = (
        (difference.moves, "移动的文字 {} 处", "text moved: {}"),
        (difference.reparagraphed, "分段改变 {} 处", "paragraphs split or joined: {}"),
        (difference.looks, "图或外观不同 {} 处", "pictures or looks that differ: {}"),
        (difference.restyled, "字体字号改变 {} 种", "changes of type: {}"),
        (difference.renumbered, "页码、编号随之变动 {} 处", "page numbers and numbering moved: {}"),
    )
    for items, zh, en in counted:
        if items:
            screen.line(say(zh, en).format(len(items)))
    for item in (*difference.margins, *difference.links, *difference.facts)[:_MOST_SHOWN]:
        name = wording.fact_name(item.name, lambda zh, en: say(zh, en))
        screen.line(f"{name}{say('：', ': ')}{item.old or '–'} → {item.new or '–'}")

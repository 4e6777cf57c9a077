"""The setting of a PDF measured: the whole table."""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.collection import without_collection
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.pdfobjects import quiet
from newsletter_pdf.verify.setting.blocks import Block, tagged_blocks
from newsletter_pdf.verify.setting.columns import column_of, join_pages, justified_lines, right_edges
from newsletter_pdf.verify.setting.ends import broken_row, forbidden_row, lone_row
from newsletter_pdf.verify.setting.extraction import pdfium_row, pdftotext_row
from newsletter_pdf.verify.setting.grid import find_grid, grid_row
from newsletter_pdf.verify.setting.model import Facts, Setting
from newsletter_pdf.verify.setting.spacing import edge_row, gap_row, marks_row, stretch_rows
from newsletter_pdf.verify.setting.tags import Kind, read_tags
from newsletter_pdf.verify.setting.untagged import guessed_blocks

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_MOST_BYTES = 200_000_000


class UnreadablePdfError(Exception):
    """The file cannot be measured: it is no PDF, is encrypted, damaged or too large; ``zh`` and ``en`` tell which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def measure(pdf: Path, *, extraction: bool = True) -> Setting:
    """Measure the setting of ``pdf`` from the places of its glyphs alone.

    Distances are in em of the type measured, places of pages 1-based. Without ``extraction`` the two rows of extracted
    text are left out. Raises OSError when the file cannot be read and UnreadablePdfError when it is no sound PDF.
    """
    if pdf.stat().st_size > _MOST_BYTES:
        raise UnreadablePdfError("文件太大", "it is too large")
    data = pdf.read_bytes()
    with quiet(), without_collection():
        try:
            file = PdfFile(data)
            setting = None if file.encrypted else _measure(pdf, data, file, extraction=extraction)
        except Exception as error:  # pypdf and PDFium raise many kinds of error on damaged files
            detail = f"{type(error).__name__}: {error}"[:200]
            raise UnreadablePdfError(f"结构已损坏（{detail}）", f"it is damaged ({detail})") from error
    if setting is None:
        raise UnreadablePdfError("文件加了密", "it is encrypted")
    if not setting.facts.lines:
        raise UnreadablePdfError("里面没有成段的文字", "it has no paragraphs of text")
    return setting


def _measure(pdf: Path, data: bytes, file: PdfFile, *, extraction: bool) -> Setting:
    centred = (file.language or "").lower().startswith(_TRADITIONAL)
    tags = read_tags(file)
    pieces = tagged_blocks(file.contents, tags) if tags else []
    tagged = bool(pieces)
    if not tagged:
        pieces = guessed_blocks(file.contents)
    aligned = tags.aligned if tags and tagged else False
    blocks = join_pages(pieces, centred=centred)
    justified = justified_lines(blocks, aligned=aligned, centred=centred)
    grid = find_grid(blocks)
    grid_result, half = grid_row(blocks, grid, aligned=aligned)
    typeset = [block for block in blocks if block.kind is not Kind.DRAWING]
    rows = [
        edge_row(justified),
        *stretch_rows(justified),
        lone_row(blocks),
        forbidden_row(typeset),
        broken_row(typeset),
        marks_row(typeset),
        gap_row(typeset),
        grid_result,
    ]
    if extraction:
        rows += [pdfium_row(data, file.contents), pdftotext_row(pdf, file.contents)]
    text = [block for block in blocks if block.kind is Kind.TEXT]
    return Setting(
        Facts(
            pages=len(file.page_objects),
            paragraphs=len(text),
            lines=sum(len(block.lines) for block in text),
            justified=len(justified),
            size=grid.size if grid else 0.0,
            measure=_measure_of(text, centred=centred),
            pitch=grid.pitch if grid else 0.0,
            half_lines=half,
            tagged=tagged,
            aligned=aligned,
        ),
        tuple(rows),
    )


def _measure_of(blocks: list[Block], *, centred: bool) -> float:
    """The width of the column with most lines, pt."""
    edges = right_edges(blocks, centred=centred)
    if not edges:
        return 0.0
    counts: dict[tuple[int, float], int] = {}
    for block in blocks:
        counts[column_of(block)] = counts.get(column_of(block), 0) + len(block.lines) - 1
    main = max(edges, key=lambda column: counts.get(column, 0))
    lefts = sorted(block.left for block in blocks if column_of(block) == main)
    return edges[main] - lefts[len(lefts) // 2]

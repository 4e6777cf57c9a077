"""Ways to spoil a good PDF: text moved, dropped or added, things painted over it, pages changed.

All distances are in pt from the page's lower left corner, pages are 0-based, as the file shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf

from newsletter_pdf.findings import Findings
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.pages.rows import Pages, Row
from newsletter_pdf.verify.pdffile import PdfFile

# What to do with text that stands at x, y: give its new place, or None to leave it out.
Change = Callable[[float, float], "tuple[float, float] | None"]
_SHOWS = {"TJ", "Tj", "'", '"'}


class Sound:
    """A good issue, looked at once: where its lines stand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pages = Pages(Context(PdfFile(path.read_bytes()), Findings()))

    def rows(self, page: int) -> list[Row]:
        """The lines of a page without running head and folio, from the top down."""
        return self.pages.rows[page]

    def head_y(self, page: int) -> float:
        """The baseline of the running head."""
        return self.pages.furniture[page][0].y

    def folio_y(self, page: int) -> float:
        """The baseline of the folio."""
        return self.pages.furniture[page][-1].y

    def open(self) -> pikepdf.Pdf:
        """The file, to be spoilt."""
        return pikepdf.open(self.path)


def change_text(pdf: pikepdf.Pdf, page: int, change: Change) -> None:
    """Move text or leave it out; ``change`` is asked for each place at which a run of text begins."""
    leaf = pdf.pages[page]
    kept = []
    matrices = [pikepdf.Matrix()]
    dropping = False
    for operands, operator in pikepdf.parse_content_stream(leaf):
        name = str(operator)
        if name == "q":
            matrices.append(matrices[-1])
        elif name == "Q" and len(matrices) > 1:
            matrices.pop()
        elif name == "cm":
            matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
        elif name == "Tm":
            x, y = matrices[-1].transform((float(operands[4]), float(operands[5])))
            place = change(x, y)
            dropping = place is None
            if place is not None:
                x, y = matrices[-1].inverse().transform(place)
                operands = [*list(operands)[:4], x, y]
        elif name in _SHOWS and dropping:
            continue
        kept.append((operands, operator))
    leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def at(y: float, change: Change) -> Change:
    """``change`` for the line whose baseline is at ``y`` alone."""
    return lambda x, here: change(x, here) if abs(here - y) < 2 else (x, here)


def shift(dx: float, dy: float) -> Change:
    """Move by so much."""
    return lambda x, y: (x + dx, y + dy)


def drop(_x: float, _y: float) -> None:
    """Leave out."""


def paint(pdf: pikepdf.Pdf, page: int, content: bytes, *, before: bool = False) -> None:
    """Paint something after (or before) all else, in the page's own space."""
    leaf = pdf.pages[page]
    old = leaf.Contents.read_bytes()
    new = b"q\n" + content + b"\nQ\n"
    data = new + old if before else b"q\n" + old + b"\nQ\n" + new
    leaf.Contents = pdf.make_stream(data)


def wrap(pdf: pikepdf.Pdf, page: int, content: bytes) -> None:
    """Put ``content`` (a matrix, a clipping path) in force for the whole page."""
    leaf = pdf.pages[page]
    leaf.Contents = pdf.make_stream(b"q\n" + content + b"\n" + leaf.Contents.read_bytes() + b"\nQ\n")


def add_image(pdf: pikepdf.Pdf, page: int, box: tuple[float, float, float, float], pixels: tuple[int, int]) -> None:
    """Paint a grey image of ``pixels`` into ``box`` (left, bottom, width, height), over all else."""
    image = pdf.make_stream(b"\x80" * (pixels[0] * pixels[1]))
    image.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=pixels[0],
            Height=pixels[1],
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
    )
    name = pdf.pages[page].add_resource(image, pikepdf.Name.XObject)
    left, bottom, width, height = box
    paint(pdf, page, f"{width} 0 0 {height} {left} {bottom} cm {name} Do".encode())


def add_text(pdf: pikepdf.Pdf, page: int, x: float, y: float, size: float = 14) -> None:
    """Show five times the last glyph of the page's longest run of text, outside all tags."""
    font = longest = b""
    shown = b""
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
        if str(operator) == "Tf":
            font = str(operands[0]).encode()
        for item in operands[0] if str(operator) == "TJ" else ():
            if isinstance(item, pikepdf.String) and len(bytes(item)) > len(longest):
                longest, shown = bytes(item), font
    paint(pdf, page, b"BT %s %f Tf 1 0 0 1 %f %f Tm <%s> Tj ET" % (shown, size, x, y, longest[-2:].hex().encode() * 5))


def swap_lines(pdf: pikepdf.Pdf, one: tuple[int, float], other: tuple[int, float]) -> None:
    """Exchange the text at a height of one page with that at a height of another, fonts and all."""
    taken = []
    for page, y in (one, other):
        found: list[pikepdf.ContentStreamInstruction] = []
        _cut_lines(pdf, page, y, found)
        taken.append(pikepdf.unparse_content_stream(found))
    for (page, _y), content in zip((one, other), reversed(taken), strict=True):
        fonts = pdf.pages[one[0] if page == other[0] else other[0]].Resources.Font
        for name, font in fonts.items():
            pdf.pages[page].Resources.Font[name] = font
        paint(
            pdf, page, b"/Span <</MCID 9999>> BDC\n1 0 0 -1 0 841.889764 cm 0.75 0 0 0.75 0 0 cm\n" + content + b"\nEMC"
        )


def _cut_lines(pdf: pikepdf.Pdf, page: int, y: float, found: list[pikepdf.ContentStreamInstruction]) -> None:
    """Move the text at a height, as text objects, from the page to ``found``."""
    leaf = pdf.pages[page]
    kept, text, here = [], [], False
    inside = False
    for instruction in pikepdf.parse_content_stream(leaf):
        name = str(instruction.operator)
        if name == "BT":
            inside, here, text = True, False, []
        if not inside:
            kept.append(instruction)
            continue
        text.append(instruction)
        if name == "Tm":
            here = here or abs(841.889764 - 0.75 * float(instruction.operands[5]) - y) < 2
        if name == "ET":
            inside = False
            if here:
                found += [each for each in text if str(each.operator) not in ("BDC", "EMC", "BMC")]
            else:
                kept += text
    leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))

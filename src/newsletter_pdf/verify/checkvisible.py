"""Is all that the pages hold to be seen: no boxes that cut, no text that is not painted."""

from __future__ import annotations

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.lines import box_around, inked
from newsletter_pdf.verify.pdfobjects import number, numbers

_BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_TOLERANCE = 0.75  # pt
_MM = 25.4 / 72
_SMALLEST = 1.0  # pt; type smaller than this is meant not to be read
_QUOTED = 20


def check_boxes(context: Context) -> None:
    """Every box of a page is its paper, and a unit is 1/72 inch (ISO 32000-1, 14.11.2 and table 30)."""
    for index, page in enumerate(context.pdf.page_objects):
        paper = context.pdf.inherited_numbers(page, "/MediaBox", 4)
        for key in _BOXES:
            box = context.pdf.inherited_numbers(page, key, 4) if key == "/CropBox" else numbers(page, key, 4)
            if paper is None or box is None:
                continue
            off = max(abs(one - other) for one, other in zip(sorted_box(box), sorted_box(paper), strict=True))
            if off > _TOLERANCE:
                context.findings.add(rules.PAGE_BOXES.at(place(index), box=key[1:], cut=round(off * _MM)))
        unit = number(page.get("/UserUnit"))
        if unit is not None and unit != 1:
            context.findings.add(rules.PAGE_BOXES.at(place(index), box=f"UserUnit {unit:g}", cut="—"))


def sorted_box(box: tuple[float, ...]) -> tuple[float, float, float, float]:
    """A rectangle as lower left and upper right corner, whichever corners it was given by (7.9.5)."""
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def check_hidden_text(context: Context) -> None:
    """No text in a mode that does not paint, none too small to be read (ISO 32000-1, 9.3.6)."""
    for content in context.pdf.contents:
        if content is None:
            continue
        hidden = [g for g in content.glyphs if (not g.visible or g.size < _SMALLEST) and inked(g)]
        if hidden:
            near = "".join(glyph.text for glyph in hidden)[:_QUOTED]
            at = place(content.index, box_around(hidden))
            context.findings.add(rules.HIDDEN_TEXT.at(at, count=len(hidden), near=near or "—"))

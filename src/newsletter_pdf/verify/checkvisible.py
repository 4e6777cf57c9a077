"""Is all that the pages hold to be seen: no boxes that cut, no text that is not painted."""

from __future__ import annotations

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.colours import WHITE, alike
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.glyphs import Glyph, PageContent, Paint
from newsletter_pdf.verify.lines import box_around, inked
from newsletter_pdf.verify.pdfobjects import number, numbers
from newsletter_pdf.verify.transparency import CLEAR, Colour

_BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_TOLERANCE = 0.75  # pt
_MM = 25.4 / 72
_SMALLEST = 1.0  # pt; type smaller than this is meant not to be read
_QUOTED = 20
_MIDDLE = 0.35  # em above the baseline
_THINNEST = 3.0  # pt; what is thinner is a rule or a border, and no type stands on it
_OPAQUE = 0.99  # what lets less through has a colour of its own


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
    """No text that does not paint (ISO 32000-1, 9.3.6), none too small to be read, none in the colour of its ground."""
    for content in context.pdf.contents:
        if content is None:
            continue
        hidden = [g for g in content.glyphs if (not g.visible or g.size < _SMALLEST) and inked(g)]
        hidden += _camouflaged(content)
        if hidden:
            near = "".join(glyph.text for glyph in hidden)[:_QUOTED]
            at = place(content.index, box_around(hidden))
            context.findings.add(rules.HIDDEN_TEXT.at(at, count=len(hidden), near=near or "—"))


def _camouflaged(content: PageContent) -> list[Glyph]:
    """The glyphs that look as what lies under them does: the paper, or what was painted before them."""
    grounds = [paint for paint in content.paints if paint.kind != "stroke" and paint.opacity > 0 and _is_ground(paint)]
    found: list[Glyph] = []
    ends = [start for start, _colour, _veil in content.tints[1:]]
    for (start, colour, veil), stop in zip(content.tints, [*ends, len(content.glyphs)], strict=False):
        if colour is None:
            continue
        # Black type on white paper is almost all there is: only what may lie on its own colour is looked at.
        plain = veil == CLEAR
        own = [
            paint.box
            for paint in grounds
            if paint.drawn < stop and paint.colour and (not plain or alike(colour, paint.colour))
        ]
        white = alike(veil.shown(colour, WHITE), WHITE)
        if not own and not white:
            continue
        for place_, glyph in enumerate(content.glyphs[start:stop], start):
            if not white and not any(
                x0 < glyph.right and glyph.x < x1 and y0 <= glyph.y <= y1 for x0, y0, x1, y1 in own
            ):
                continue
            x, y = glyph.x + glyph.advance / 2, glyph.y + _MIDDLE * glyph.size
            ground = _ground(grounds, place_, x, y)
            if not glyph.visible or glyph.size < _SMALLEST or ground is None or not inked(glyph):
                continue
            if alike(veil.shown(colour, ground, veil.through(x, y)), ground):
                found.append(glyph)
    return found


def _is_ground(paint: Paint) -> bool:
    x0, y0, x1, y1 = paint.box
    return x1 - x0 >= _THINNEST and y1 - y0 >= _THINNEST


def _ground(grounds: list[Paint], drawn: int, x: float, y: float) -> Colour | None:
    """The colour at a point under a glyph drawn after ``drawn`` others; None when it cannot be told."""
    under = [paint for paint in grounds if paint.drawn <= drawn and paint.holds(x, y)]
    colour: Colour | None = WHITE
    for paint in under:
        share = paint.veil.through(x, y) if paint.veil.masks else 1.0
        if paint.colour is None or colour is None:
            plain = paint.colour is not None and paint.veil.alpha * share >= _OPAQUE and not paint.veil.modes
            colour = paint.colour if plain else None
        else:
            colour = paint.veil.shown(paint.colour, colour, share)
    return colour

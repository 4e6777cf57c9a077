"""Is everything where it can be seen: on the page, inside the type area, not cut off, and no page drawn smaller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.geometry import Box, intersect
from newsletter_pdf.verify.glyphs import Cut, Glyph, PageContent, Paint
from newsletter_pdf.verify.lines import box_around, inked
from newsletter_pdf.verify.pages.area import TypeArea, type_area
from newsletter_pdf.verify.pages.covers import ink_points
from newsletter_pdf.verify.pages.rows import ASCENT, DESCENT, Pages, Row, ink, quoted, turned_glyphs

_BLEED = 9.0  # pt; a picture that fills the page may be 3 mm larger for trimming
_OUT = 0.4  # em by which a line may stand out of the type area: less is a matter of a letter's own shape
_OUT_ABOVE = 0.75  # em; a line of tight leading stands higher
_INSET = 0.1  # em inside a glyph's em box, in which its ink stands
_CUT = 0.2  # share of a glyph's ink that must be hidden
_FEWEST_ROWS = 6  # on a page whose scale is judged
_FEWEST_ALIKE = 3  # pages that make a place or a style usual
_ALONE = 0.85  # share of a page's lines that are like none of another page
_LINE_WIDE = 2.0  # pt; thinner paints are rules


def check_places(pages: Pages) -> None:
    """Everything on the page, inside the type area and whole; every page at the scale of the others."""
    area = type_area(pages)
    pdf = pages.context.pdf
    for index, content in enumerate(pdf.contents):
        bounds = pdf.bounds[index]
        if content is None or bounds is None:
            continue
        out = _check_page(pages, content, bounds)
        if index in pages.numbered:
            _check_area(pages, area, content, out)
    _check_scale(pages)


def _check_page(pages: Pages, content: PageContent, bounds: Box) -> set[int]:
    """Text and pictures on the page and whole; gives the identities of the rows' lines that are told of already."""
    context, index = pages.context, content.index
    told: set[int] = set()
    turned = turned_glyphs(content)
    for line in context.lines[index]:
        first, last = line.glyphs[0], line.glyphs[-1]
        inside = bounds[0] <= first.x and last.x + last.advance <= bounds[2]
        if inside and bounds[1] <= line.y and line.y + first.size <= bounds[3]:
            continue
        off = [glyph for glyph in line.glyphs if inked(glyph) and id(glyph) not in turned]
        hidden = {id(glyph): _hidden(glyph, bounds) for glyph in off}
        gone = [glyph for glyph in off if hidden[id(glyph)] > 1 - _CUT]
        part = [glyph for glyph in off if hidden[id(glyph)] > _CUT]
        if gone or part:
            told.add(id(line))
            rule, of = (rules.OFF_PAGE, gone) if gone else (rules.TEXT_CLIPPED, part)
            text = _quote(of)
            context.findings.add(rule.at(place(index, box_around(of)), what_zh=f"文字「{text}」", what_en=f"“{text}”"))
    for paint in content.paints:
        box = paint.picture.box if paint.picture is not None else paint.box
        if _is_picture(content, paint) and _beyond(box, bounds) > _BLEED:
            context.findings.add(rules.OFF_PAGE.at(place(index, box), what_zh="图片", what_en="A picture"))
            break
    if content.lost:
        what = {"what_zh": f"{content.lost} 个字", "what_en": f"Text of {content.lost} glyphs"}
        context.findings.add(rules.OFF_PAGE.at(place(index), **what))
    told |= _check_cuts(pages, content, told)
    return told


def _check_cuts(pages: Pages, content: PageContent, told: set[int]) -> set[int]:
    """Glyphs that a clipping path cuts off."""
    hidden: set[int] = set()
    for cut in content.cuts:
        hidden.update(id(glyph) for glyph in content.glyphs[cut.start : cut.stop] if _is_cut(glyph, cut))
    if not hidden:
        return set()
    found: set[int] = set()
    for line in pages.context.lines[content.index]:
        gone = [glyph for glyph in line.glyphs if id(glyph) in hidden]
        if gone and id(line) not in told:
            found.add(id(line))
            text = _quote(gone)
            pages.context.findings.add(
                rules.TEXT_CLIPPED.at(
                    place(content.index, box_around(gone)), what_zh=f"文字「{text}」", what_en=f"“{text}”"
                )
            )
    return found


def _is_cut(glyph: Glyph, cut: Cut) -> bool:
    if not glyph.visible or not inked(glyph):
        return False
    if cut.clip is None or _hidden(glyph, cut.clip) > _CUT:
        return True
    if not cut.clips:
        return False
    points = ink_points(glyph)
    return sum(1 for x, y in points if all(clip.holds(x, y) for clip in cut.clips)) < (1 - _CUT) * len(points)


def _hidden(glyph: Glyph, seen: Box) -> float:
    """The share of a glyph's ink, as a rectangle, that lies outside ``seen``."""
    left, right = ink(glyph)
    inset = _INSET * glyph.size
    if right - left > 3 * inset:
        left, right = left + inset, right - inset
    box = (left, glyph.y - DESCENT * glyph.size + inset, right, glyph.y + ASCENT * glyph.size - inset)
    shared = intersect(box, seen)
    if shared is None:
        return 1.0
    whole = max(box[2] - box[0], 0.01) * (box[3] - box[1])
    return 1 - (shared[2] - shared[0]) * (shared[3] - shared[1]) / whole if right > left else 0.0


def _check_area(pages: Pages, area: TypeArea, content: PageContent, told: set[int]) -> None:
    """Text and pictures inside the type area; what is off the page or cut is told of already."""
    index, add = content.index, pages.context.findings.add
    for row in pages.rows[index]:
        if id(row.line) not in told and _is_out(row, area):
            text = quoted(row)
            add(
                rules.OUTSIDE_TYPE_AREA.at(
                    place(index, row.box), what_zh=f"文字「{text}」", what_en=f"“{text}”", **_by(area.excess(row.box))
                )
            )
    bounds = pages.context.pdf.bounds[index]
    for paint in content.paints:
        excess = area.excess(paint.box)
        if excess > area.size and _is_picture(content, paint) and bounds and _beyond(paint.box, bounds) <= _BLEED:
            add(rules.OUTSIDE_TYPE_AREA.at(place(index, paint.box), what_zh="图片", what_en="A picture", **_by(excess)))
            break


def _is_out(row: Row, area: TypeArea) -> bool:
    aside = area.excess((row.left, row.bottom, row.hang, None))
    return aside > _OUT * row.size or area.excess((None, None, None, row.top)) > _OUT_ABOVE * area.size


def _by(excess: float) -> dict[str, str]:
    return {"by": f"{excess * 25.4 / 72:.1f}"}


def _is_picture(content: PageContent, paint: Paint) -> bool:
    """Whether it is an image, or a drawing that is tagged as a figure."""
    if paint.kind == "image":
        return True
    wide = min(paint.box[2] - paint.box[0], paint.box[3] - paint.box[1]) > _LINE_WIDE
    return wide and paint.mark >= 0 and content.marks[paint.mark].tag == "Figure"


def _beyond(box: Box, bounds: Box) -> float:
    """How far a box reaches out of another, pt."""
    return max(bounds[0] - box[0], bounds[1] - box[1], box[2] - bounds[2], box[3] - bounds[3], 0.0)


def _check_scale(pages: Pages) -> None:
    """No page that is drawn larger or smaller than the others, or moved aside: its folio tells it.

    A folio has an edge or its middle where other folios have theirs. When a page has none at the usual height, that may
    be by design; it is out of scale when nearly all of its lines have sizes and left edges that other pages have not.
    """
    folios = {index: _verticals(folio.box) for index, folio in pages.context.folios.items() if folio.box is not None}
    places = Counter(near for edges in folios.values() for near in {*_near(edges)})
    styles = [[(round(row.size * 5), round(row.left / 2)) for row in rows] for rows in pages.rows]
    on_pages: Counter[tuple[int, int]] = Counter()
    for of_page in styles:
        on_pages.update({(size + i, left + j) for size, left in of_page for i in (-1, 0, 1) for j in (-1, 0, 1)})
    for index in pages.numbered:
        rows = pages.rows[index]
        if index in folios:
            aside = len(folios) > 2 * _FEWEST_ALIKE and all(places[edge] < _FEWEST_ALIKE for edge in folios[index])
        else:
            alone = sum(1 for style in styles[index] if on_pages[style] < _FEWEST_ALIKE)
            aside = len(rows) >= _FEWEST_ROWS and alone >= _ALONE * len(rows)
        if aside:
            box = box_around(glyph for row in rows for glyph in row.line.glyphs)
            pages.context.findings.add(rules.PAGE_SCALED.at(place(index, box)))


def _verticals(box: Box) -> tuple[tuple[str, int], ...]:
    """The left edge, the middle and the right edge of a folio, to a point."""
    return ("left", round(box[0])), ("middle", round((box[0] + box[2]) / 2)), ("right", round(box[2]))


def _near(edges: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    for name, x in edges:
        yield from ((name, x - 1), (name, x), (name, x + 1))


def _quote(glyphs: Sequence[Glyph], most: int = 16) -> str:
    text = "".join(glyph.text for glyph in glyphs)
    return text if len(text) <= most else text[: most - 1] + "…"

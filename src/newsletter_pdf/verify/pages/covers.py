"""Is text covered by what was painted after it: images, shapes of any kind, strokes, several of them together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from newsletter_pdf.findings import proof as proof_rules
from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.geometry import Box, Point, intersect
from newsletter_pdf.verify.glyphs import Glyph, PageContent, Paint
from newsletter_pdf.verify.lines import box_around, inked
from newsletter_pdf.verify.pages.rows import ASCENT, DESCENT, Pages, ink

_COVERED = 0.4  # share of a glyph's ink that must be covered
_OPAQUE = 0.7  # from here on what is painted hides what is below
_FAINT = 0.05  # what is fainter hides nothing, however often it is painted
_TOUCHED = 0.01  # share of a glyph from which on a paint counts
_LEAST_INK = (
    0.25  # em to which the box of a flat glyph is widened, so that a rule across it (一) is not taken for a cover
)
_POINTS = 32  # of a glyph that are looked at
_FIRST = 8  # of them, one of which is covered where many are
_MOST_LOOKS = 8_000_000  # at paints on one page, some seconds; a drawing of thousands of shapes over text takes a tenth
_SHOWN = 12  # characters of a finding's text
_APART = 2.0  # pt between covers that are told of as one


def _spread(count: int) -> tuple[Point, ...]:
    """Points spread over the unit square so that no regular pattern of bars passes between them.

    Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences": the R2 sequence.
    """
    return tuple(((0.5 + 0.7548776662 * n) % 1, (0.5 + 0.5698402910 * n) % 1) for n in range(1, count + 1))


_GRID = _spread(_POINTS)


class _TooMuchError(Exception):
    """There is more painted over the text of a page than on any honest one."""


class _Cover(NamedTuple):
    box: Box
    image: bool
    glyphs: list[Glyph]


def check_covers(pages: Pages) -> None:
    """Nothing painted over text that hides it, in any colour, the paper's among them."""
    for content in pages.context.pdf.contents:
        if content is None or content.cut_short:
            continue
        try:
            covers = _covers(pages, content)
        except _TooMuchError:
            pages.context.findings.add(proof_rules.PAGE_UNREADABLE.at(place(content.index)))
            continue
        for cover in covers:
            text = "".join(glyph.text for glyph in cover.glyphs)[:_SHOWN]
            words = {"by_zh": "图片", "by_en": "an image"} if cover.image else {"by_zh": "色块", "by_en": "a shape"}
            at = place(content.index, box_around(cover.glyphs))
            pages.context.findings.add(rules.TEXT_COVERED.at(at, text=text, **words))


def _covers(pages: Pages, content: PageContent) -> list[_Cover]:
    over = _over_glyphs(pages, content)
    found: list[_Cover] = []
    for glyph, paints in over:
        top = covered_by(glyph, paints)
        if top is None:
            continue
        image = top.kind == "image"
        near = next((cover for cover in found if cover.image == image and _touch(cover.box, top.box)), None)
        if near is None:
            found.append(_Cover(top.box, image, [glyph]))
        else:
            near.glyphs.append(glyph)
            box = _around(near.box, top.box)
            found[found.index(near)] = near._replace(box=box)
    return found


def _over_glyphs(pages: Pages, content: PageContent) -> list[tuple[Glyph, list[Paint]]]:
    """The glyphs that later paints reach into, in the order of their lines, each with those paints."""
    later = [paint for paint in content.paints if paint.drawn and paint.opacity > _FAINT]
    if not later:
        return []
    found: list[tuple[Glyph, list[Paint]]] = []
    order: dict[int, int] = {}
    looks = 0
    for line in pages.context.lines[content.index]:
        looks += len(later)
        if looks > _MOST_LOOKS:
            raise _TooMuchError
        size = line.glyphs[0].size
        low, high = line.y - size, line.y + size
        near = [paint for paint in later if paint.box[1] < high and low < paint.box[3]]
        if not near:
            continue
        left, right = line.left, line.right
        near = [paint for paint in near if paint.box[0] < right and left < paint.box[2]]
        # What is painted in the margin of a line, or as a rule below it, is nearly all there is.
        near = [paint for paint in near if _shared(_band(left, right, line.y, size), paint.box) > 0]
        if not near:
            continue
        order = order or {id(glyph): index for index, glyph in enumerate(content.glyphs)}
        for glyph in line.glyphs:
            paints = [p for p in near if p.box[0] < glyph.right and glyph.x < p.box[2] and order[id(glyph)] < p.drawn]
            if paints and inked(glyph):
                found.append((glyph, paints))
                looks += _POINTS * sum(1 + len(paint.clips) for paint in paints)
            looks += len(near)
            if looks > _MOST_LOOKS:
                raise _TooMuchError
    return found


def _band(left: float, right: float, y: float, size: float) -> Box:
    return left, y - DESCENT * size, right, y + ASCENT * size


def covered_by(glyph: Glyph, paints: Sequence[Paint]) -> Paint | None:
    """The paint that hides most of a glyph, where all together hide so much of its ink that it is hard to read."""
    box = ink_box(glyph)
    whole = (box[2] - box[0]) * (box[3] - box[1])
    if whole <= 0:
        return None
    areas = [(paint, _shared(box, paint.box)) for paint in paints]
    if sum(area for _paint, area in areas) < _COVERED * whole:
        return None
    # The box around a line says little of where it runs: most only pass by, or are too thin to hide anything.
    shares = [(paint, _most(paint, box, area) / whole) for paint, area in areas if area > 0]
    near = [paint for paint, share in shares if share > _TOUCHED]
    if sum(share for _paint, share in shares) < _COVERED or not near:
        return None
    hidden = [0] * len(near)
    covered = 0
    for number, (x, y) in enumerate(_points(box)):
        if number == _FIRST and not covered:
            return None
        passing = 1.0
        for index, paint in enumerate(near):
            if paint.holds(x, y):
                opacity = paint.opacity * paint.veil.through(x, y) if paint.veil.masks else paint.opacity
                passing *= 1 - opacity
                hidden[index] += 1
        covered += passing <= 1 - _OPAQUE + 1e-9
    return near[max(range(len(near)), key=hidden.__getitem__)] if covered >= _COVERED * _POINTS else None


def _most(paint: Paint, box: Box, area: float) -> float:
    """The area that ``paint`` reaches at most of the ``area`` that its box shares with the ``box`` of a glyph."""
    shape = paint.shape
    if shape is None or (paint.kind != "stroke" and shape.encloses):
        return area
    area = min(area, shape.most(box))
    return min(area, shape.steps * 2 * shape.aside * math.hypot(box[2] - box[0], box[3] - box[1]))


def ink_box(glyph: Glyph) -> Box:
    """The box around a glyph's ink, as its font tells it; the part of its em box that is no blank where it does not."""
    shape, size = glyph.shape, glyph.size
    program = glyph.font.program
    bounds = program.bounds(shape.glyph) if program is not None and shape.glyph is not None else None
    if bounds is None or shape.width <= 0:
        left, right = ink(glyph)
        return left, glyph.y - DESCENT * size, right, glyph.y + ASCENT * size
    across = glyph.advance / shape.width
    left, right = glyph.x + bounds[0] * across, glyph.x + bounds[2] * across
    low, high = glyph.y + bounds[1] * size, glyph.y + bounds[3] * size
    wider, taller = (max(0.0, _LEAST_INK * size - extent) / 2 for extent in (right - left, high - low))
    return left - wider, low - taller, right + wider, high + taller


def ink_points(glyph: Glyph) -> list[Point]:
    """Points spread over a glyph's ink."""
    return _points(ink_box(glyph))


def _points(box: Box) -> list[Point]:
    x0, y0, x1, y1 = box
    return [(x0 + across * (x1 - x0), y0 + up * (y1 - y0)) for across, up in _GRID]


def _shared(one: Box, other: Box) -> float:
    shared = intersect(one, other)
    return 0.0 if shared is None else (shared[2] - shared[0]) * (shared[3] - shared[1])


def _touch(one: Box, other: Box) -> bool:
    x0, y0, x1, y1 = one
    return intersect((x0 - _APART, y0 - _APART, x1 + _APART, y1 + _APART), other) is not None


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

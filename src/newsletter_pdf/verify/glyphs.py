"""What a page shows, as data: every glyph with its place, and the boxes of everything else that is painted.

:mod:`.content` fills these from a content stream. Coordinates are those of the page's default user space: pt, x to the
right, y up, the origin where the page's media box says (for our pages the lower left corner).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from newsletter_pdf.verify.fontface import FontFace, Shape
from newsletter_pdf.verify.lexer import Operand

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 with x0 <= x1 and y0 <= y1, pt

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FARTHEST = 1e6  # pt; what lies farther out is no page's


class Glyph(NamedTuple):
    """One glyph as drawn.

    ``x``, ``y`` is its origin on the baseline, pt. ``advance`` is its own width, pt, without the shifts that the
    content adds after it (the distance to the next glyph's ``x`` tells those). ``size`` is the type size in effect, pt.
    ``mark`` is the index in :attr:`PageContent.marks` of the innermost marked content, or -1. ``visible`` is False for
    invisible text (rendering modes 3 and 7, or nearly
    transparent). Where the marked content has replacement text, the shape's text is its part of
    that.
    """

    x: float
    y: float
    advance: float
    size: float
    code: int
    shape: Shape
    font: FontFace
    mark: int
    visible: bool

    @property
    def text(self) -> str:
        """The glyph's text, empty when unknown."""
        return self.shape.text or ""

    @property
    def right(self) -> float:
        """The x of its right edge, pt."""
        return self.x + self.advance

    @property
    def missing(self) -> bool:
        """Whether the font has no glyph for it."""
        return self.font.is_missing(self.shape)


class Mark(NamedTuple):
    """A marked-content sequence (ISO 32000-1, 14.6): its tag, structure id, replacement text and enclosing mark."""

    tag: str
    mcid: int | None
    actual_text: str | None
    parent: int


Outline = tuple[tuple[float, float], ...] | None
"""The corners of a filled shape in order, pt; None for an upright rectangle, ``()`` for what is more than one shape."""


class Picture(NamedTuple):
    """An image: its ``pixels`` across and down, the ``size`` at which these are printed, pt, and its unclipped box.

    ``source`` is the library's object for it, None for one that stands in the content itself.
    """

    pixels: tuple[int, int]
    size: tuple[float, float]
    box: Box
    source: object = None


class Paint(NamedTuple):
    """Something painted that is not text: ``kind`` is fill, stroke, image or shading; ``box`` its clipped box.

    ``mark`` is the innermost marked content, as :attr:`Glyph.mark`. ``drawn`` counts the glyphs that were drawn before
    it and may lie under it. ``opacity`` is 1 for what hides all below it.
    """

    kind: str
    box: Box
    mark: int = -1
    drawn: int = 0
    opacity: float = 1.0
    outline: Outline = None
    picture: Picture | None = None
    colour: Colour | None = None


class Cut(NamedTuple):
    """A run of glyphs, from index ``start`` to before ``stop``, that may not all be seen.

    ``clip`` is the box outside which nothing of them shows; None when nothing of them shows at all.
    """

    start: int
    stop: int
    clip: Box | None


@dataclass(slots=True)
class PageContent:
    """Everything a page shows, in drawing order; ``index`` is the page's 0-based place in the file.

    ``turned`` are the runs of glyphs, from one index to before another, that do not run from left to right, ``cuts``
    those that a clipping path comes near to. ``cut_short`` tells that there was more than any honest page holds, and
    that the rest was left out; ``lost`` counts the glyphs too far out to be any page's, which are left out, too.
    ``tints`` are the glyphs from which on type has another colour, and that colour, None when unknown.
    ``replaced`` are the marks of glyphs whose replacement text has other letters than the glyphs' own.
    """

    index: int
    glyphs: list[Glyph] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    turned: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    cut_short: bool = False
    lost: int = 0
    replaced: set[int] = field(default_factory=set)
    tints: list[tuple[int, Colour | None]] = field(default_factory=list)

    def drop(self, indices: Sequence[int]) -> None:
        """Take the glyphs at the ascending ``indices`` out; what counts glyphs counts on without them."""
        if not indices:
            return
        for index in reversed(indices):
            del self.glyphs[index]

        def moved(place: int) -> int:
            return place - bisect_left(indices, place)

        self.paints = [paint._replace(drawn=moved(paint.drawn)) if paint.drawn else paint for paint in self.paints]
        self.turned = [(moved(start), moved(stop)) for start, stop in self.turned]
        self.cuts = [Cut(moved(cut.start), moved(cut.stop), cut.clip) for cut in self.cuts]
        self.tints = [(moved(start), colour) for start, colour in self.tints]


class Form(NamedTuple):
    """A form XObject (ISO 32000-1, 8.10)."""

    content: bytes
    matrix: Matrix
    box: Box | None
    resources: Resources


class Resources(Protocol):
    """What names in a content stream stand for; each answer is None for an unknown name."""

    def font(self, name: bytes) -> FontFace | None:
        """The font that ``Tf`` names."""

    def form(self, name: bytes) -> Form | None:
        """The form XObject that ``Do`` names."""

    def is_image(self, name: bytes) -> bool:
        """Whether ``Do`` names an image."""

    def pixels(self, name: bytes) -> tuple[int, int] | None:
        """How many pixels the image that ``Do`` names has across and down."""

    def image(self, name: bytes) -> object:
        """The library's object for the image that ``Do`` names."""

    def opacity(self, name: bytes) -> float | None:
        """The opacity of fills that ``gs`` sets; 0 where it blends with what is below, so that nothing is hidden."""

    def alpha(self, name: bytes) -> float | None:
        """The opacity of fills and type that ``gs`` sets, whatever they blend with."""

    def properties(self, name: bytes) -> Mapping[bytes, Operand] | None:
        """The property list that ``BDC`` names."""


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """``m`` followed by ``n`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def box_of(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box | None:
    """The box around transformed points; None when it is no place on a page."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    return box if all(-FARTHEST < edge < FARTHEST for edge in box) else None


def intersect(one: Box, other: Box | None) -> Box | None:
    """What two boxes share; ``other`` None is the whole plane, the result None is nothing."""
    if other is None:
        return one
    box = (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    return box if box[0] <= box[2] and box[1] <= box[3] else None

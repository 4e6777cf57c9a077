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
from newsletter_pdf.verify.geometry import Box, Matrix
from newsletter_pdf.verify.lexer import Operand
from newsletter_pdf.verify.shapes import Reach
from newsletter_pdf.verify.transparency import CLEAR, Colour, Veil


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
    it and may lie under it. ``opacity`` is 1 for what hides all below it, soft masks left aside. Of its box it reaches
    what lies in the ``shape`` (None: all of it) and in all ``clips``. ``colour`` is None when unknown, ``veil`` tells
    how it blends with what lies below.
    """

    kind: str
    box: Box
    mark: int = -1
    drawn: int = 0
    opacity: float = 1.0
    shape: Reach | None = None
    picture: Picture | None = None
    colour: Colour | None = None
    clips: tuple[Reach, ...] = ()
    veil: Veil = CLEAR

    def holds(self, x: float, y: float) -> bool:
        """Whether it reaches a point of the page."""
        x0, y0, x1, y1 = self.box
        if not (x0 <= x <= x1 and y0 <= y <= y1) or not (self.shape is None or self.shape.holds(x, y)):
            return False
        return all(clip.holds(x, y) for clip in self.clips)


class Cut(NamedTuple):
    """A run of glyphs, from index ``start`` to before ``stop``, that may not all be seen.

    ``clip`` is the box outside which nothing of them shows; None when nothing of them shows at all. ``clips`` are the
    clipping paths of other shapes, inside all of which they show.
    """

    start: int
    stop: int
    clip: Box | None
    clips: tuple[Reach, ...] = ()


@dataclass(slots=True)
class PageContent:
    """Everything a page shows, in drawing order; ``index`` is the page's 0-based place in the file.

    ``turned`` are the runs of glyphs, from one index to before another, that do not run from left to right, ``cuts``
    those that a clipping path comes near to. ``cut_short`` tells that there was more than any honest page holds, and
    that the rest was left out; ``lost`` counts the glyphs too far out to be any page's, which are left out, too.
    ``tints`` are the glyphs from which on type is painted otherwise: its colour, None when unknown, and its veil.
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
    tints: list[tuple[int, Colour | None, Veil]] = field(default_factory=list)

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
        self.cuts = [cut._replace(start=moved(cut.start), stop=moved(cut.stop)) for cut in self.cuts]
        self.tints = [(moved(start), colour, veil) for start, colour, veil in self.tints]


class Form(NamedTuple):
    """A form XObject (ISO 32000-1, 8.10); a ``group`` is put together by itself and then painted as one (11.6.6)."""

    content: bytes
    matrix: Matrix
    box: Box | None
    resources: Resources
    group: bool = False


class SoftMask(NamedTuple):
    """A soft mask (11.6.5.2): the ``form`` whose luminosity or opacity it is, the colour below that.

    ``form`` is None for one that cannot be read.
    """

    form: Form | None
    luminosity: bool = True
    backdrop: Colour = (0.0, 0.0, 0.0)


class Settings(NamedTuple):
    """What a graphics state parameter dictionary sets (8.4.5); None for what it leaves as it is.

    ``alpha`` is the opacity of fills, ``pen_alpha`` that of strokes, ``blend`` the blend mode, empty for a normal one.
    ``mask`` is False when it takes the soft mask away. ``width``, ``cap`` and ``dashes`` are of lines.
    """

    alpha: float | None = None
    pen_alpha: float | None = None
    blend: str | None = None
    mask: SoftMask | bool | None = None
    width: float | None = None
    cap: float | None = None
    dashes: tuple[float, ...] | None = None


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

    def settings(self, name: bytes) -> Settings | None:
        """What the graphics state that ``gs`` names sets."""

    def properties(self, name: bytes) -> Mapping[bytes, Operand] | None:
        """The property list that ``BDC`` names."""

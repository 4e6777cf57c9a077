"""The operators of a content stream that build, paint and clip paths, and paint images (ISO 32000-1, 8.5, 8.7, 8.9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from newsletter_pdf.verify.geometry import EVERYWHERE, Box, box_of, intersect
from newsletter_pdf.verify.glyphs import PageContent, Paint, Picture
from newsletter_pdf.verify.graphics import State
from newsletter_pdf.verify.lexer import Operand
from newsletter_pdf.verify.shapes import Path, half_width

_MOST_CLIPS = 100  # clipping paths within each other that are no rectangles; each point is looked for in all of them


class Painter:
    """What a reader of content needs of itself to paint: the page, the state, the mark, the path that is being built.

    ``clipping`` tells that the path will clip: False by the nonzero rule, True by the even-odd rule, None not at all.
    """

    page: PageContent
    state: State
    mark: int
    path: Path
    clipping: bool | None

    # paths ------------------------------------------------------------------------------------------------------

    def begin_piece(self, operands: list[Operand]) -> None:
        """``m``."""
        x, y = operands[-2:]
        self.path.move(as_float(x), as_float(y))

    def line_to(self, operands: list[Operand]) -> None:
        """``l``."""
        x, y = operands[-2:]
        self.path.step(as_float(x), as_float(y))

    def curve_to(self, operands: list[Operand]) -> None:
        """``c``."""
        numbers = [as_float(number) for number in operands[-6:]]
        if len(numbers) == 6:
            self.path.step(*numbers)

    def curve_from(self, operands: list[Operand]) -> None:
        """``v``: the first control point is where the path stands."""
        x2, y2, x3, y3 = (as_float(number) for number in operands[-4:])
        self.path.step(*(self.path.points[-1] if self.path.points else (x2, y2)), x2, y2, x3, y3)

    def curve_into(self, operands: list[Operand]) -> None:
        """``y``: the second control point is where the curve ends."""
        x1, y1, x3, y3 = (as_float(number) for number in operands[-4:])
        self.path.step(x1, y1, x3, y3, x3, y3)

    def close_piece(self, _operands: list[Operand]) -> None:
        """``h``."""
        self.path.close()

    def add_rectangle(self, operands: list[Operand]) -> None:
        """``re``."""
        x, y, width, height = (as_float(number) for number in operands[-4:])
        self.path.rectangle(x, y, width, height)

    # clipping ---------------------------------------------------------------------------------------------------

    def clip(self, _operands: list[Operand]) -> None:
        """``W``."""
        self.clipping = False

    def clip_even_odd(self, _operands: list[Operand]) -> None:
        """``W*``."""
        self.clipping = True

    def end_path(self, _operands: list[Operand]) -> None:
        """``n``."""
        if self.clipping is not None and self.path.points:
            self.page.cut_short |= len(self.state.clips) >= _MOST_CLIPS
            clip_to(self.state, self.path, even_odd=self.clipping)
        self.path, self.clipping = Path(), None

    # painting ---------------------------------------------------------------------------------------------------

    def fill(self, operands: list[Operand], *, even_odd: bool = False) -> None:
        """``f``."""
        state = self.state
        box = self._seen(box_of(self.path.points, state.ctm)) if self.path.points else None
        if box is not None:
            whole = box_of(self.path.points, state.ctm) or box
            shape, veil = self.path.inside(state.ctm, whole, even_odd=even_odd), state.fill_veil
            opacity = veil.hiding(state.colour) if veil.modes else veil.alpha
            self._add(Paint("fill", box, opacity=opacity, shape=shape, colour=state.colour, veil=veil))
        self.end_path(operands)

    def fill_even_odd(self, operands: list[Operand]) -> None:
        """``f*``."""
        self.fill(operands, even_odd=True)

    def stroke(self, operands: list[Operand]) -> None:
        """``S``."""
        state = self.state
        box = box_of(self.path.points, state.ctm) if self.path.points else None
        if box is not None:
            aside, veil = half_width(state.ctm, state.line), state.pen_veil
            box = self._seen((box[0] - aside, box[1] - aside, box[2] + aside, box[3] + aside))
        if box is not None:
            shape, opacity = self.path.line(state.ctm, state.line), veil.hiding(state.pen)
            self._add(Paint("stroke", box, opacity=opacity, shape=shape, colour=state.pen, veil=veil))
        self.end_path(operands)

    def close_and_stroke(self, operands: list[Operand]) -> None:
        """``s``."""
        self.path.close()
        self.stroke(operands)

    def fill_and_stroke(self, operands: list[Operand], *, even_odd: bool = False) -> None:
        """``B``."""
        path, clipping = self.path, self.clipping
        self.clipping = None  # the path clips what comes after both
        self.fill(operands, even_odd=even_odd)
        self.path, self.clipping = path, clipping
        self.stroke(operands)

    def fill_even_odd_and_stroke(self, operands: list[Operand]) -> None:
        """``B*``."""
        self.fill_and_stroke(operands, even_odd=True)

    def close_fill_and_stroke(self, operands: list[Operand]) -> None:
        """``b``."""
        self.path.close()
        self.fill_and_stroke(operands)

    def close_fill_even_odd_and_stroke(self, operands: list[Operand]) -> None:
        """``b*``."""
        self.path.close()
        self.fill_and_stroke(operands, even_odd=True)

    def shade(self, _operands: list[Operand]) -> None:
        """``sh``: a shading fills all that is not clipped (8.7.4.2)."""
        box, veil = self._seen(self.state.clip or EVERYWHERE), self.state.fill_veil
        if box is not None:
            self._add(Paint("shading", box, opacity=veil.hiding(None), veil=veil))

    def inline_image(self, operands: list[Operand]) -> None:
        """``EI``."""
        values = operands[0] if operands and isinstance(operands[0], dict) else {}
        width, height = (values.get(short, values.get(full)) for short, full in ((b"W", b"Width"), (b"H", b"Height")))
        whole = isinstance(width, float) and isinstance(height, float)
        self.draw_image((int(width), int(height)) if whole else None, None)  # type: ignore[arg-type] # see above

    def draw_image(self, pixels: tuple[int, int] | None, source: object) -> None:
        """An image fills the unit square (8.9.5.1)."""
        state = self.state
        whole = box_of(_UNIT_SQUARE.points, state.ctm)
        box = self._seen(whole)
        if whole is None or box is None:
            return
        a, b, c, d, *_ = state.ctm
        picture = None
        if pixels is not None:
            picture = Picture(pixels, (math.hypot(a, b), math.hypot(c, d)), whole, source)
        shape, veil = _UNIT_SQUARE.inside(state.ctm, whole, even_odd=False), state.fill_veil
        self._add(Paint("image", box, opacity=veil.hiding(None), shape=shape, picture=picture, veil=veil))

    def _seen(self, box: Box | None) -> Box | None:
        """What the clipping box leaves of ``box``; None when that is nothing."""
        return intersect(box, self.state.clip) if box and not self.state.clipped_away else None

    def _add(self, paint: Paint) -> None:
        drawn = len(self.page.glyphs)
        self.page.paints.append(paint._replace(mark=self.mark, drawn=drawn, clips=self.state.clips))


_UNIT_SQUARE = Path()
_UNIT_SQUARE.rectangle(0.0, 0.0, 1.0, 1.0)


def clip_to(state: State, path: Path, *, even_odd: bool = False) -> None:
    """Let only what lies inside ``path`` be seen from now on."""
    box = box_of(path.points, state.ctm)
    shared = intersect(box, state.clip) if box else None
    state.clipped_away |= shared is None
    state.clip = shared
    if box is None or len(state.clips) >= _MOST_CLIPS:
        return
    if (shape := path.inside(state.ctm, box, even_odd=even_odd)) is not None:
        state.clips = (*state.clips, shape)


def as_float(value: Operand) -> float:
    """``value`` when it is a number; TypeError for any other operand."""
    if isinstance(value, float):
        return value
    raise TypeError("not a number")


PAINTING: Mapping[bytes, Callable[[Painter, list[Operand]], None]] = {
    b"m": Painter.begin_piece,
    b"l": Painter.line_to,
    b"c": Painter.curve_to,
    b"v": Painter.curve_from,
    b"y": Painter.curve_into,
    b"h": Painter.close_piece,
    b"re": Painter.add_rectangle,
    b"W": Painter.clip,
    b"W*": Painter.clip_even_odd,
    b"n": Painter.end_path,
    **dict.fromkeys((b"f", b"F"), Painter.fill),
    b"f*": Painter.fill_even_odd,
    b"B": Painter.fill_and_stroke,
    b"B*": Painter.fill_even_odd_and_stroke,
    b"b": Painter.close_fill_and_stroke,
    b"b*": Painter.close_fill_even_odd_and_stroke,
    b"S": Painter.stroke,
    b"s": Painter.close_and_stroke,
    b"sh": Painter.shade,
    b"EI": Painter.inline_image,
}

"""From a page's content stream to glyphs with places.

This interprets the stream (ISO 32000-1, 8 and 9) as far as places need it: matrices, text state, marked content, form
XObjects, clipping boxes. It knows no PDF library: what the operators name is asked of a :class:`.glyphs.Resources`.
It never raises on damaged content: what cannot be understood is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from newsletter_pdf.verify.actualtext import settle
from newsletter_pdf.verify.colours import COLOUR_OPERATORS, ink_of
from newsletter_pdf.verify.glyphs import (
    FARTHEST,
    IDENTITY,
    Cut,
    Glyph,
    Mark,
    Matrix,
    PageContent,
    Paint,
    Picture,
    Resources,
    box_of,
    intersect,
    multiply,
)
from newsletter_pdf.verify.graphics import Path, State
from newsletter_pdf.verify.lexer import Name, Operand, text_string, tokens

# What a page may hold at most; a full page of text has some thousands of each.
_MOST_OPERATORS = 1_000_000
_MOST_GLYPHS = 200_000
_DEEPEST_STATE = 512
_DEEPEST_FORM = 12
_FAINTEST = 0.1  # opacity; type fainter than this is not seen
_LEVEL = 0.01  # slope from which on text does not run from left to right


def read_content(content: bytes, resources: Resources, *, index: int = 0) -> PageContent:
    """Read one page's ``content``; ``index`` is only passed on. Never raises."""
    page = PageContent(index)
    _Reader(page, [_MOST_OPERATORS]).run(content, resources, State(), -1, 0)
    settle(page)
    return page


class _Reader:
    """The operators of one content stream. ``budget`` is a shared count of operators still allowed on the page."""

    def __init__(self, page: PageContent, budget: list[int]) -> None:
        self.page = page
        self.budget = budget

    def run(self, content: bytes, resources: Resources, state: State, mark: int, depth: int) -> None:
        self.resources, self.state, self.mark, self.depth = resources, state, mark, depth
        self.stack: list[State] = []
        self.matrix = self.line = IDENTITY
        self.path = Path()
        self.clipping = False
        operators = _OPERATORS
        for operator, operands in tokens(content):
            action = operators.get(operator)
            if action is None:
                paint_with = COLOUR_OPERATORS.get(operator)
                if paint_with is not None:
                    paint_with(self.state, operands)
                continue
            self.budget[0] -= 1
            if self.budget[0] < 0:
                self.page.cut_short = True
                return
            try:
                action(self, operands)
            except (IndexError, TypeError, ValueError, OverflowError):
                continue  # too few operands or of the wrong kind: a viewer passes such an operator over, too

    # graphics state ---------------------------------------------------------------------------------------------

    def save(self, _operands: list[Operand]) -> None:
        if len(self.stack) < _DEEPEST_STATE:
            self.stack.append(self.state.copy())

    def restore(self, _operands: list[Operand]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, operands: list[Operand]) -> None:
        self.state.ctm = multiply(_matrix(operands), self.state.ctm)

    def set_parameters(self, operands: list[Operand]) -> None:
        name = operands[-1]
        opacity = self.resources.opacity(name.value) if isinstance(name, Name) else None
        if opacity is not None:
            self.state.opacity = opacity
        alpha = self.resources.alpha(name.value) if isinstance(name, Name) else None
        if alpha is not None:
            self.state.alpha = alpha

    # text state -------------------------------------------------------------------------------------------------

    def set_font(self, operands: list[Operand]) -> None:
        name, size = operands[-2:]
        self.state.font = self.resources.font(name.value) if isinstance(name, Name) else None
        self.state.size = _float(size)

    def set_spacing(self, operands: list[Operand]) -> None:
        self.state.spacing = _float(operands[-1])

    def set_word_spacing(self, operands: list[Operand]) -> None:
        self.state.word_spacing = _float(operands[-1])

    def set_scale(self, operands: list[Operand]) -> None:
        self.state.scale = _float(operands[-1]) / 100

    def set_leading(self, operands: list[Operand]) -> None:
        self.state.leading = _float(operands[-1])

    def set_rise(self, operands: list[Operand]) -> None:
        self.state.rise = _float(operands[-1])

    def set_mode(self, operands: list[Operand]) -> None:
        self.state.mode = int(_float(operands[-1]))

    # text position and showing ----------------------------------------------------------------------------------

    def begin_text(self, _operands: list[Operand]) -> None:
        self.matrix = self.line = IDENTITY

    def move(self, operands: list[Operand]) -> None:
        x, y = operands[-2:]
        self.line = self.matrix = multiply((1.0, 0.0, 0.0, 1.0, _float(x), _float(y)), self.line)

    def move_leading(self, operands: list[Operand]) -> None:
        self.state.leading = -_float(operands[-1])
        self.move(operands)

    def set_matrix(self, operands: list[Operand]) -> None:
        self.line = self.matrix = _matrix(operands)

    def next_line(self, _operands: list[Operand]) -> None:
        self.move([0.0, -self.state.leading])

    def show(self, operands: list[Operand]) -> None:
        self.show_array([[operands[-1]]])

    def show_next_line(self, operands: list[Operand]) -> None:
        self.next_line([])
        self.show(operands)

    def show_spaced(self, operands: list[Operand]) -> None:
        self.set_word_spacing(operands[-3:-2])
        self.set_spacing(operands[-2:-1])
        self.show_next_line(operands)

    def show_array(self, operands: list[Operand]) -> None:
        state, font = self.state, self.state.font
        items = operands[-1]
        if font is None or not isinstance(items, list):
            return
        if len(self.page.glyphs) > _MOST_GLYPHS:
            self.page.cut_short = True
            return
        a, b, c, d, e, f = multiply(self.matrix, state.ctm)
        e, f = e + c * state.rise, f + d * state.rise
        size, scale, mark = state.size, state.scale, self.mark
        visible = state.mode % 4 != 3 and state.alpha >= _FAINTEST
        along, type_size = math.hypot(a, b) * abs(size) * scale, math.hypot(c, d) * abs(size)
        shift, add, begun = 0.0, self.page.glyphs.append, len(self.page.glyphs)
        spacing, back = state.spacing, size * scale / 1000
        for item in items:
            if isinstance(item, bytes):
                for code in font.codes(item):
                    shape = font.shape(code)
                    width = shape.width
                    x, y = e + a * shift, f + b * shift
                    if -FARTHEST < x < FARTHEST and -FARTHEST < y < FARTHEST:
                        add(Glyph(x, y, width * along, type_size, code, shape, font, mark, visible))
                    else:
                        self.page.lost += 1
                    shift += (width * size + spacing) * scale
                    if code == 32 and not font.wide:
                        shift += state.word_spacing * scale
            elif isinstance(item, float):
                shift -= item * back
        self.matrix = multiply((1.0, 0.0, 0.0, 1.0, shift, 0.0), self.matrix)
        end = len(self.page.glyphs)
        ink, tints = ink_of(state) if state.mode else state.colour, self.page.tints
        if not tints or tints[-1][1] != ink:
            tints.append((begun, ink))
        if abs(b) > _LEVEL * abs(a) or a < 0:
            self.page.turned.append((begun, end))
        if state.clipped_away:
            self.page.cuts.append(Cut(begun, end, None))
        elif state.clip is not None:
            x0, y0, x1, y1 = state.clip
            x, y = e + a * shift, f + b * shift
            inside = x0 <= min(e, x) - type_size and max(e, x) + type_size <= x1
            if not (inside and y0 <= min(f, y) - type_size and max(f, y) + type_size <= y1):
                self.page.cuts.append(Cut(begun, end, state.clip))

    # marked content ---------------------------------------------------------------------------------------------

    def begin_mark(self, operands: list[Operand]) -> None:
        tag = operands[0] if operands else None
        given = operands[1] if len(operands) > 1 else None
        values = self.resources.properties(given.value) if isinstance(given, Name) else given
        mcid = actual = None
        if isinstance(values, Mapping):
            number, text = values.get(b"MCID"), values.get(b"ActualText")
            mcid = int(number) if isinstance(number, float) else None
            actual = text_string(text) if isinstance(text, bytes) else None
        name = tag.value.decode("latin-1") if isinstance(tag, Name) else ""
        self.page.marks.append(Mark(name, mcid, actual, self.mark))
        self.mark = len(self.page.marks) - 1

    def end_mark(self, _operands: list[Operand]) -> None:
        if self.mark >= 0:
            self.mark = self.page.marks[self.mark].parent

    # paths and pictures -----------------------------------------------------------------------------------------

    def add_points(self, operands: list[Operand]) -> None:
        numbers = [_float(number) for number in operands]
        self.path.points.extend(zip(numbers[::2], numbers[1::2], strict=True))

    def begin_piece(self, operands: list[Operand]) -> None:
        self.path.pieces += 1
        self.add_points(operands)

    def add_rectangle(self, operands: list[Operand]) -> None:
        x, y, width, height = (_float(number) for number in operands[-4:])
        self.path.pieces += 1
        self.path.points += [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]

    def clip(self, _operands: list[Operand]) -> None:
        self.clipping = True

    def end_path(self, _operands: list[Operand]) -> None:
        if self.clipping and self.path.points:
            box = box_of(self.path.points, self.state.ctm)
            shared = intersect(box, self.state.clip) if box else None
            self.state.clipped_away |= shared is None
            self.state.clip = shared
        self.path, self.clipping = Path(), False

    def fill(self, operands: list[Operand]) -> None:
        self.paint("fill", self.path)
        self.end_path(operands)

    def stroke(self, operands: list[Operand]) -> None:
        self.paint("stroke", self.path)
        self.end_path(operands)

    def shade(self, _operands: list[Operand]) -> None:
        if self.state.clip is not None:
            drawn = len(self.page.glyphs)
            self.page.paints.append(Paint("shading", self.state.clip, self.mark, drawn, self.state.opacity))

    def inline_image(self, operands: list[Operand]) -> None:
        values = operands[0] if operands and isinstance(operands[0], dict) else {}
        width, height = (values.get(short, values.get(full)) for short, full in ((b"W", b"Width"), (b"H", b"Height")))
        pixels = (int(width), int(height)) if isinstance(width, float) and isinstance(height, float) else None
        self.paint("image", _UNIT_SQUARE, pixels)

    def paint(self, kind: str, path: Path, pixels: tuple[int, int] | None = None, source: object = None) -> None:
        state = self.state
        box = box_of(path.points, state.ctm) if path.points and not state.clipped_away else None
        seen = intersect(box, state.clip) if box else None
        if box is None or seen is None:
            return
        outline = path.outline(state.ctm, box) if kind == "fill" else None
        picture = None
        if pixels is not None:
            a, b, c, d, *_ = state.ctm
            picture = Picture(pixels, (math.hypot(a, b), math.hypot(c, d)), box, source)
        drawn, colour = len(self.page.glyphs), state.colour if kind == "fill" else None
        self.page.paints.append(Paint(kind, seen, self.mark, drawn, state.opacity, outline, picture, colour))

    def draw_object(self, operands: list[Operand]) -> None:
        name = operands[-1]
        if not isinstance(name, Name):
            return
        if self.resources.is_image(name.value):
            self.paint("image", _UNIT_SQUARE, self.resources.pixels(name.value), self.resources.image(name.value))
            return
        form = self.resources.form(name.value) if self.depth < _DEEPEST_FORM else None
        if form is None:
            return
        state = self.state.copy()
        state.ctm = multiply(form.matrix, state.ctm)
        if form.box is not None:
            x0, y0, x1, y1 = form.box
            box = box_of([(x0, y0), (x1, y1), (x0, y1), (x1, y0)], state.ctm)
            state.clip = intersect(box, state.clip) if box else None
            state.clipped_away |= state.clip is None
        _Reader(self.page, self.budget).run(form.content, form.resources, state, self.mark, self.depth + 1)


_UNIT_SQUARE = Path([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)], 1)


def _float(value: Operand) -> float:
    if isinstance(value, float):
        return value
    raise TypeError("not a number")


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = (_float(number) for number in operands[-6:])
    return a, b, c, d, e, f


_OPERATORS = {
    b"q": _Reader.save,
    b"Q": _Reader.restore,
    b"cm": _Reader.concatenate,
    b"gs": _Reader.set_parameters,
    b"BT": _Reader.begin_text,
    b"Tf": _Reader.set_font,
    b"Tc": _Reader.set_spacing,
    b"Tw": _Reader.set_word_spacing,
    b"Tz": _Reader.set_scale,
    b"TL": _Reader.set_leading,
    b"Ts": _Reader.set_rise,
    b"Tr": _Reader.set_mode,
    b"Td": _Reader.move,
    b"TD": _Reader.move_leading,
    b"Tm": _Reader.set_matrix,
    b"T*": _Reader.next_line,
    b"Tj": _Reader.show,
    b"TJ": _Reader.show_array,
    b"'": _Reader.show_next_line,
    b'"': _Reader.show_spaced,
    **dict.fromkeys((b"BMC", b"BDC"), _Reader.begin_mark),
    b"EMC": _Reader.end_mark,
    b"m": _Reader.begin_piece,
    **dict.fromkeys((b"l", b"c", b"v", b"y"), _Reader.add_points),
    b"re": _Reader.add_rectangle,
    **dict.fromkeys((b"W", b"W*"), _Reader.clip),
    b"n": _Reader.end_path,
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), _Reader.fill),
    **dict.fromkeys((b"S", b"s"), _Reader.stroke),
    b"sh": _Reader.shade,
    b"EI": _Reader.inline_image,
    b"Do": _Reader.draw_object,
}

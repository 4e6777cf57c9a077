"""From a page's content stream to glyphs with places.

This interprets the stream (ISO 32000-1, 8 and 9) as far as places need it: matrices, text state, marked content, form
XObjects, clipping boxes. It knows no PDF library: what the operators name is asked of a :class:`.glyphs.Resources`.
It never raises on damaged content: what cannot be understood is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from newsletter_pdf.verify.actualtext import settle
from newsletter_pdf.verify.colours import COLOUR_OPERATORS, ink_of
from newsletter_pdf.verify.geometry import FARTHEST, IDENTITY, Matrix, multiply
from newsletter_pdf.verify.glyphs import Cut, Form, Glyph, Mark, PageContent, Resources, SoftMask
from newsletter_pdf.verify.graphics import State, apply
from newsletter_pdf.verify.lexer import Name, Operand, text_string, tokens
from newsletter_pdf.verify.masks import mask_of, unmask
from newsletter_pdf.verify.painting import PAINTING, Painter, as_float, clip_to
from newsletter_pdf.verify.shapes import Path
from newsletter_pdf.verify.transparency import Mask

# What a page may hold at most; a full page of text has some thousands of each.
_MOST_OPERATORS = 1_000_000
_MOST_GLYPHS = 200_000
_DEEPEST_STATE = 512
_DEEPEST_FORM = 12
_FAINTEST = 0.1  # opacity; type fainter than this is not seen
_NARROWEST = 0.1  # of its width; type that is squeezed more is a line
_LEVEL = 0.01  # slope from which on text does not run from left to right


def read_content(content: bytes, resources: Resources, *, index: int = 0) -> PageContent:
    """Read one page's ``content``; ``index`` is only passed on. Never raises."""
    page = PageContent(index)
    _Reader(page, [_MOST_OPERATORS]).run(content, resources, State(), -1, 0)
    settle(page)
    return page


class _Reader(Painter):
    """The operators of one content stream. ``budget`` is a shared count of operators still allowed on the page."""

    def __init__(self, page: PageContent, budget: list[int]) -> None:
        self.page = page
        self.budget = budget

    def run(self, content: bytes, resources: Resources, state: State, mark: int, depth: int) -> None:
        self.resources, self.state, self.mark, self.depth = resources, state, mark, depth
        self.stack: list[State] = []
        self.matrix = self.line = IDENTITY
        self.path = Path()
        self.clipping = None
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
        given = self.resources.settings(name.value) if isinstance(name, Name) else None
        if given is None:
            return
        apply(self.state, given)
        if given.mask is False:
            self.state.masks = ()
        elif isinstance(given.mask, SoftMask):
            self.state.masks = (self._mask(given.mask),)

    def _mask(self, mask: SoftMask) -> Mask:
        """What a soft mask lets through, in the space that is in force where it is set (11.6.5.2)."""
        page = PageContent(self.page.index)
        if mask.form is not None and self.depth < _DEEPEST_FORM:
            self.run_form(mask.form, State(self.state.ctm), page, -1)
        return mask_of(page.paints, luminosity=mask.luminosity, backdrop=mask.backdrop)

    def set_width(self, operands: list[Operand]) -> None:
        self.state.line = self.state.line._replace(width=abs(as_float(operands[-1])))

    def set_cap(self, operands: list[Operand]) -> None:
        self.state.line = self.state.line._replace(cap=int(as_float(operands[-1])))

    def set_dashes(self, operands: list[Operand]) -> None:
        dashes = operands[-2]
        if isinstance(dashes, list):
            self.state.line = self.state.line.dashed([as_float(length) for length in dashes])

    # text state -------------------------------------------------------------------------------------------------

    def set_font(self, operands: list[Operand]) -> None:
        name, size = operands[-2:]
        self.state.font = self.resources.font(name.value) if isinstance(name, Name) else None
        self.state.size = as_float(size)

    def set_spacing(self, operands: list[Operand]) -> None:
        self.state.spacing = as_float(operands[-1])

    def set_word_spacing(self, operands: list[Operand]) -> None:
        self.state.word_spacing = as_float(operands[-1])

    def set_scale(self, operands: list[Operand]) -> None:
        self.state.scale = as_float(operands[-1]) / 100

    def set_leading(self, operands: list[Operand]) -> None:
        self.state.leading = as_float(operands[-1])

    def set_rise(self, operands: list[Operand]) -> None:
        self.state.rise = as_float(operands[-1])

    def set_mode(self, operands: list[Operand]) -> None:
        self.state.mode = int(as_float(operands[-1]))

    # text position and showing ----------------------------------------------------------------------------------

    def begin_text(self, _operands: list[Operand]) -> None:
        self.matrix = self.line = IDENTITY

    def move(self, operands: list[Operand]) -> None:
        x, y = operands[-2:]
        self.line = self.matrix = multiply((1.0, 0.0, 0.0, 1.0, as_float(x), as_float(y)), self.line)

    def move_leading(self, operands: list[Operand]) -> None:
        self.state.leading = -as_float(operands[-1])
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
        veil = state.pen_veil if state.mode % 4 == 1 else state.fill_veil
        visible = state.mode % 4 != 3 and veil.alpha >= _FAINTEST and abs(scale) >= _NARROWEST
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
        if not tints or tints[-1][1] != ink or tints[-1][2] != veil:
            tints.append((begun, ink, veil))
        if veil.masks and visible:
            unmask(self.page.glyphs, begun, veil, _FAINTEST)
        if abs(b) > _LEVEL * abs(a) or a < 0:
            self.page.turned.append((begun, end))
        if state.clipped_away:
            self.page.cuts.append(Cut(begun, end, None))
        elif state.clips:
            self.page.cuts.append(Cut(begun, end, state.clip, state.clips))
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

    # forms ------------------------------------------------------------------------------------------------------

    def draw_object(self, operands: list[Operand]) -> None:
        name = operands[-1]
        if not isinstance(name, Name):
            return
        if self.resources.is_image(name.value):
            self.draw_image(self.resources.pixels(name.value), self.resources.image(name.value))
            return
        form = self.resources.form(name.value) if self.depth < _DEEPEST_FORM else None
        if form is not None:
            state = self.state.copy()
            if form.group:
                state.veil, state.alpha, state.pen_alpha, state.blend, state.masks = state.fill_veil, 1.0, 1.0, "", ()
            self.run_form(form, state, self.page, self.mark)

    def run_form(self, form: Form, state: State, page: PageContent, mark: int) -> None:
        state.ctm = multiply(form.matrix, state.ctm)
        if form.box is not None:
            x0, y0, x1, y1 = form.box
            path = Path()
            path.rectangle(x0, y0, x1 - x0, y1 - y0)
            clip_to(state, path)
        _Reader(page, self.budget).run(form.content, form.resources, state, mark, self.depth + 1)


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = (as_float(number) for number in operands[-6:])
    return a, b, c, d, e, f


_OPERATORS: Mapping[bytes, Callable[[_Reader, list[Operand]], None]] = {
    **PAINTING,
    b"q": _Reader.save,
    b"Q": _Reader.restore,
    b"cm": _Reader.concatenate,
    b"gs": _Reader.set_parameters,
    b"w": _Reader.set_width,
    b"J": _Reader.set_cap,
    b"d": _Reader.set_dashes,
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
    b"Do": _Reader.draw_object,
}

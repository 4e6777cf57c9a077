"""The colours that a content stream paints with (ISO 32000-1, 8.6.8), as far as they tell what is to be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from newsletter_pdf.verify.graphics import State
from newsletter_pdf.verify.lexer import Operand
from newsletter_pdf.verify.transparency import Colour

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
_ALIKE = 0.08  # of each channel's range; type that differs less from its ground cannot be read


def colour_of(operands: Sequence[Operand]) -> Colour | None:
    """The colour that one, three or four numbers name: grey, RGB or CMYK; None for patterns and inks of other kinds."""
    values = tuple(min(1.0, max(0.0, value)) for value in operands if isinstance(value, float))
    if len(values) != len(operands):
        return None
    if len(values) == 1:
        return values * 3
    if len(values) == 3:
        return values
    if len(values) == 4:
        red, green, blue, black = values
        return (1 - red) * (1 - black), (1 - green) * (1 - black), (1 - blue) * (1 - black)
    return None


def alike(one: Colour, other: Colour) -> bool:
    """Whether two colours are so near that one on the other is not seen."""
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))


def ink_of(state: State) -> Colour | None:
    """The colour that type shows in the state's rendering mode (9.3.6); None when unknown or more than one."""
    mode = state.mode % 4
    if mode == 0:
        return state.colour
    return state.pen if mode == 1 or state.pen == state.colour else None


def _fill(state: State, operands: list[Operand]) -> None:
    state.colour = colour_of(operands)


def _stroke(state: State, operands: list[Operand]) -> None:
    state.pen = colour_of(operands)


def _fill_space(state: State, _operands: list[Operand]) -> None:
    state.colour = BLACK


def _stroke_space(state: State, _operands: list[Operand]) -> None:
    state.pen = BLACK


COLOUR_OPERATORS: Mapping[bytes, Callable[[State, list[Operand]], None]] = {
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), _fill),
    **dict.fromkeys((b"G", b"RG", b"K", b"SC", b"SCN"), _stroke),
    b"cs": _fill_space,
    b"CS": _stroke_space,
}

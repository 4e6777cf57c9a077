"""The graphics state of a content stream (ISO 32000-1, 8.4 and 9.3)."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import IDENTITY, Box, Matrix
from newsletter_pdf.verify.glyphs import Settings
from newsletter_pdf.verify.shapes import HAIR, Pen, Reach
from newsletter_pdf.verify.transparency import CLEAR, Colour, Mask, Veil


@dataclass(slots=True)
class State:
    """The graphics state that matters to places and to what hides what.

    ``clips`` are the clipping paths that are no upright rectangles, ``clip`` is the box that all leave. ``alpha`` is
    the opacity of fills, images and type, ``pen_alpha`` that of strokes; ``blend`` the blend mode, empty for a normal
    one; ``masks`` the soft masks; ``veil`` what the transparency groups around add. ``colour`` fills and ``pen``
    strokes, None for a colour that is unknown; ``line`` is how strokes are drawn.
    """

    ctm: Matrix = IDENTITY
    clip: Box | None = None
    clipped_away: bool = False
    clips: tuple[Reach, ...] = ()
    font: FontFace | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    alpha: float = 1.0
    colour: Colour | None = (0.0, 0.0, 0.0)
    pen: Colour | None = (0.0, 0.0, 0.0)
    line: Pen = HAIR
    pen_alpha: float = 1.0
    blend: str = ""
    masks: tuple[Mask, ...] = ()
    veil: Veil = CLEAR

    def copy(self) -> State:
        """The state as ``q`` keeps it."""
        return State(
            self.ctm,
            self.clip,
            self.clipped_away,
            self.clips,
            self.font,
            self.size,
            self.spacing,
            self.word_spacing,
            self.scale,
            self.leading,
            self.rise,
            self.mode,
            self.alpha,
            self.colour,
            self.pen,
            self.line,
            self.pen_alpha,
            self.blend,
            self.masks,
            self.veil,
        )

    @property
    def fill_veil(self) -> Veil:
        """What lies between fills and the page."""
        return self.veil.over(self.alpha, self.blend, self.masks)

    @property
    def pen_veil(self) -> Veil:
        """What lies between strokes and the page; of a dashed line the gaps let all through."""
        return self.veil.over(self.pen_alpha * self.line.share, self.blend, self.masks)


def apply(state: State, given: Settings) -> None:
    """Set what a graphics state parameter dictionary sets, soft masks left aside."""
    if given.alpha is not None:
        state.alpha = given.alpha
    if given.pen_alpha is not None:
        state.pen_alpha = given.pen_alpha
    if given.blend is not None:
        state.blend = given.blend
    if given.width is not None:
        state.line = state.line._replace(width=abs(given.width))
    if given.cap is not None:
        state.line = state.line._replace(cap=int(given.cap))
    if given.dashes is not None:
        state.line = state.line.dashed(given.dashes)

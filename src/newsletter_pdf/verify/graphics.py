"""The graphics state and the path that a content stream builds up (ISO 32000-1, 8.4, 8.5 and 9.3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.glyphs import IDENTITY, Box, Colour, Matrix, Outline

_MOST_CORNERS = 64  # of an outline that is kept; what has more is a drawing
_SAME = 0.01  # pt


@dataclass(slots=True)
class State:
    """The graphics state that matters to places and to what hides what.

    ``opacity`` is that of fills and images, ``alpha`` the same whatever the blend mode;
    ``colour`` fills and ``pen`` strokes, None for a colour that is unknown.
    """

    ctm: Matrix = IDENTITY
    clip: Box | None = None
    clipped_away: bool = False
    opacity: float = 1.0
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

    def copy(self) -> State:
        """The state as ``q`` keeps it."""
        return State(
            self.ctm,
            self.clip,
            self.clipped_away,
            self.opacity,
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
        )


@dataclass(slots=True)
class Path:
    """The points of a path, the control points of its curves among them, and of how many pieces it is made."""

    points: list[tuple[float, float]] = field(default_factory=list)
    pieces: int = 0

    def outline(self, matrix: Matrix, box: Box) -> Outline:
        """Its outline on the page, where it fills ``box``: see :data:`.glyphs.Outline`."""
        if self.pieces != 1 or len(self.points) > _MOST_CORNERS:
            return ()
        a, b, c, d, e, f = matrix
        corners = tuple((a * x + c * y + e, b * x + d * y + f) for x, y in self.points)
        x0, y0, x1, y1 = box
        upright = len(corners) >= 4 and all(
            (abs(x - x0) < _SAME or abs(x - x1) < _SAME) and (abs(y - y0) < _SAME or abs(y - y1) < _SAME)
            for x, y in corners
        )
        return None if upright else corners

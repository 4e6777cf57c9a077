"""What colour comes of paint that is translucent or blended with what lies below (ISO 32000-1, 11.3 and 11.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
Mask = Callable[[float, float], float]  # how much of what is painted at a point of the page is let through, 0 to 1


class Veil(NamedTuple):
    """What lies between paint and page: its opacity ``alpha``, the blend modes that are not normal, soft masks.

    Those of the transparency groups around it are among them.
    """

    alpha: float = 1.0
    modes: tuple[str, ...] = ()
    masks: tuple[Mask, ...] = ()

    def over(self, alpha: float, mode: str, masks: tuple[Mask, ...]) -> Veil:
        """The veil with that of one more graphics state under it."""
        if alpha == 1.0 and not mode and not masks:
            return self
        return Veil(self.alpha * alpha, (*self.modes, mode) if mode else self.modes, self.masks + masks)

    def through(self, x: float, y: float) -> float:
        """What the soft masks let through at a point."""
        share = 1.0
        for mask in self.masks:
            share *= mask(x, y)
        return share

    def shown(self, colour: Colour, ground: Colour, share: float = 1.0) -> Colour:
        """The colour that is seen of ``colour`` on ``ground``; ``share`` is what soft masks let through."""
        alpha = self.alpha * share
        for mode in self.modes:
            if mode in _OF_GROUND:
                return ground
            blend = _BLENDS.get(mode)
            if blend is not None:
                red, green, blue = (blend(below, own) for below, own in zip(ground, colour, strict=True))
                colour = red, green, blue
        red, green, blue = (alpha * own + (1 - alpha) * below for own, below in zip(colour, ground, strict=True))
        return red, green, blue

    def hiding(self, colour: Colour | None) -> float:
        """How well paint of ``colour`` hides what is below, 0 to 1: 1 when white and black below look the same.

        Soft masks are left aside. Of a colour that is unknown, blended paint is taken to hide nothing.
        """
        if not self.modes:
            return self.alpha
        if colour is None:
            return 0.0
        black, white = self.shown(colour, (0.0, 0.0, 0.0)), self.shown(colour, (1.0, 1.0, 1.0))
        return 1 - max(abs(one - other) for one, other in zip(black, white, strict=True))


CLEAR = Veil()


def _overlay(below: float, own: float) -> float:
    return _hard_light(own, below)


def _dodge(below: float, own: float) -> float:
    if below <= 0:
        return 0.0
    return min(1.0, below / (1 - own)) if own < 1 else 1.0


def _burn(below: float, own: float) -> float:
    if below >= 1:
        return 1.0
    return 1 - min(1.0, (1 - below) / own) if own > 0 else 0.0


def _hard_light(below: float, own: float) -> float:
    return 2 * below * own if own <= 0.5 else 1 - 2 * (1 - below) * (1 - own)


def _soft_light(below: float, own: float) -> float:
    if own <= 0.5:
        return below - (1 - 2 * own) * below * (1 - below)
    root = ((16 * below - 12) * below + 4) * below if below <= 0.25 else float(below**0.5)
    return below + (2 * own - 1) * (root - below)


# Table 136; what is not separable and keeps the luminosity of the ground leaves white paper white (table 137).
_BLENDS: dict[str, Callable[[float, float], float]] = {
    "Multiply": lambda below, own: below * own,
    "Screen": lambda below, own: below + own - below * own,
    "Overlay": _overlay,
    "Darken": min,
    "Lighten": max,
    "ColorDodge": _dodge,
    "ColorBurn": _burn,
    "HardLight": _hard_light,
    "SoftLight": _soft_light,
    "Difference": lambda below, own: abs(below - own),
    "Exclusion": lambda below, own: below + own - 2 * below * own,
}
_OF_GROUND = frozenset(("Hue", "Saturation", "Color"))

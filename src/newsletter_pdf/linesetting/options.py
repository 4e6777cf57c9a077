"""The options of line setting, as a layout gives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineEnd(StrEnum):
    """What becomes of a mark at the end of a line.

    ``HALF`` keeps its ink side alone, half an em (行末半角, GB/T 15834-2011 5.1.10; CLREQ 6.3.2). ``FULL`` keeps the
    whole em. ``HANG`` lets full stops and commas hang outside the type area (行末标点悬挂), other marks are halved.
    """

    HALF = "half"
    FULL = "full"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Options:
    """How paragraphs are set.

    ``strict`` turns the setting on; without it the engine's own is used. ``gap`` is the natural space between Chinese
    and Latin in em (⅛ to ¼; CLREQ on mixed text gives ¼ as the largest). ``lone_character`` allows a paragraph's last
    line to hold one character alone. ``squeeze`` is how much of its em an in-line mark may give up when a line is too
    full.
    """

    strict: bool = True
    line_end: LineEnd = LineEnd.HALF
    gap: float = 1 / 6
    lone_character: bool = False
    squeeze: float = 0.25

    def __post_init__(self) -> None:
        """Refuse gaps and squeezes that the marks have no room for (ValueError)."""
        if not 0 <= self.gap <= 0.25:
            raise ValueError(f"the gap between Chinese and Latin is 0 to 0.25 em, not {self.gap}")
        if not 0 <= self.squeeze <= 0.25:
            raise ValueError(f"a mark gives up 0 to 0.25 em, not {self.squeeze}")


DEFAULTS = Options()
STOCK = Options(strict=False)

"""What the measuring of line setting says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: The worst places kept of each measure.
WORST = 5


class Key(StrEnum):
    """The measures, in the order of the table."""

    OFF_EDGE = "off_edge"
    LOOSE = "loose"
    VERY_LOOSE = "very_loose"
    LONE = "lone_character"
    FORBIDDEN = "forbidden_end"
    BROKEN = "broken_unit"
    WIDE_MARKS = "wide_marks"
    NO_GAP = "no_gap"
    OFF_GRID = "off_grid"
    PDFIUM = "text_pdfium"
    PDFTOTEXT = "text_pdftotext"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that misses: 1-based ``page``, the line's text (or what of it matters), and by how much.

    ``amount`` is in em for distances, pt for the grid, a count for extracted text, and 0 where there is nothing to
    measure (a forbidden mark).
    """

    page: int
    text: str
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: ``count`` of ``total`` miss; ``worst`` are the worst places, worst first.

    ``most`` is the largest count and ``most_share`` the largest share that passes; either is enough.
    ``total`` is None when the measure could not be taken (a program that is not installed).
    """

    key: Key
    count: int
    total: int | None
    worst: tuple[Spot, ...]
    most: int = 0
    most_share: float = 0.0

    @property
    def share(self) -> float:
        """The share that misses, 0 when there is nothing to count."""
        return self.count / self.total if self.total else 0.0

    @property
    def passed(self) -> bool:
        """Whether the figure keeps to its limit."""
        return self.count <= self.most or self.share <= self.most_share


@dataclass(frozen=True, slots=True)
class Facts:
    """What was measured on: counts, and the type area as it was found.

    ``size``, ``measure`` and ``pitch`` (of the line grid) are in pt and belong to the commonest text; they are 0 when
    there is no text. ``half_lines`` are the lines that stand on half a grid line. ``tagged`` tells whether paragraphs
    were taken from the file's tags or guessed from indents and gaps, ``aligned`` whether the tags tell justified text
    from ragged.
    """

    pages: int
    paragraphs: int
    lines: int
    justified: int
    size: float
    measure: float
    pitch: float
    half_lines: int
    tagged: bool
    aligned: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """The outcome: facts and the table's rows."""

    facts: Facts
    rows: tuple[Row, ...]

    @property
    def good(self) -> bool:
        """Whether every measure keeps to its limit."""
        return all(row.passed for row in self.rows)

    def row(self, key: Key) -> Row:
        """The row of one measure (KeyError when it is not there)."""
        for row in self.rows:
            if row.key is key:
                return row
        raise KeyError(key)


def make_row(key: Key, total: int | None, spots: Sequence[Spot], *, most: int = 0, most_share: float = 0.0) -> Row:
    """A row of which every spot is one miss."""
    return Row(key, len(spots), total, worst(spots), most, most_share)


def worst(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The worst spots, the earliest first among equals."""
    return tuple(sorted(spots, key=lambda spot: (-abs(spot.amount), spot.page))[:WORST])

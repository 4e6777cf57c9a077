"""How much a stroked line hides is bounded before it is looked at point by point."""

from __future__ import annotations

import pytest

from newsletter_pdf.verify.geometry import length_in
from newsletter_pdf.verify.shapes import Pen, Reach

BOX = (10.0, 10.0, 20.0, 22.0)
STEPS = 60


@pytest.mark.parametrize("cap", [0, 1, 2])
@pytest.mark.parametrize(
    ("points", "width"),
    [
        (((0, 16), (40, 16)), 0.5),
        (((0, 0), (40, 40)), 0.5),
        (((5, 0), (18, 40)), 4),
        (((12, 12), (16, 12), (16, 20)), 3),
        (((15, 15), (40, 15)), 8),
        (((0, 8), (40, 8)), 6),
    ],
)
def test_a_line_never_hides_more_than_it_is_told_to(
    points: tuple[tuple[float, float], ...], width: float, cap: int
) -> None:
    """What its points cover of a box, counted on a fine grid, is within the bound."""
    reach = Reach([points], (1, 0, 0, 1, 0, 0), pen=Pen(width, cap))
    x0, y0, x1, y1 = BOX
    across, up = (x1 - x0) / STEPS, (y1 - y0) / STEPS
    held = sum(reach.holds(x0 + (i + 0.5) * across, y0 + (j + 0.5) * up) for i in range(STEPS) for j in range(STEPS))
    assert 0 < held * across * up <= 1.05 * reach.most(BOX)


def test_a_thin_line_hides_little_and_one_that_passes_by_nothing() -> None:
    """Though the boxes around both hold the whole of the box asked about."""
    across = Reach([((0, 0), (40, 40))], (1, 0, 0, 1, 0, 0), pen=Pen(0.5))
    beside = Reach([((0, 0), (0, 40), (40, 40))], (1, 0, 0, 1, 0, 0), pen=Pen(0.5))
    assert across.most(BOX) < 0.1 * (BOX[2] - BOX[0]) * (BOX[3] - BOX[1])
    assert beside.most(BOX) == 0


def test_the_part_of_a_line_in_a_box_is_measured() -> None:
    """Across, along an edge, inside, outside; a line of one point."""
    assert length_in((0, 0, 3, 4), (-3, -4), (6, 8)) == pytest.approx(5)
    assert length_in((0, 0, 3, 4), (0, -1), (0, 9)) == pytest.approx(4)
    assert length_in((0, 0, 3, 4), (1, 1), (1, 2)) == pytest.approx(1)
    assert length_in((0, 0, 3, 4), (2, 2), (2, 2)) == 0
    assert length_in((0, 0, 3, 4), (4, -9), (9, 9)) is None
    assert length_in((0, 0, 3, 4), (5, 1), (5, 2)) is None

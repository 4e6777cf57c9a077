"""What the steps of the alignment hand on: stretches that are equal, and what lies between them."""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """Cells that are the same in both texts: from ``old`` and ``new`` on, ``length`` cells."""

    old: int
    new: int
    length: int


class Gap(NamedTuple):
    """Sentences, by index, that stand at one place in the old and the new text and are not the same."""

    old: tuple[int, ...]
    new: tuple[int, ...]

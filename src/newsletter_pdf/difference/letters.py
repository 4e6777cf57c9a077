"""The changed letters of a sentence and its new version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsletter_pdf.difference.align import equal_blocks
from newsletter_pdf.difference.model import Piece
from newsletter_pdf.difference.runs import Run
from newsletter_pdf.verify.flow import Cell

_SHORT = 1  # units; what is alike between two changes and no longer is by chance


@dataclass(frozen=True, slots=True)
class Letters:
    """Two versions compared: pieces to show, the indices of changed cells, and the cells that are alike."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    old_changed: frozenset[int]
    new_changed: frozenset[int]
    runs: list[Run]


def compare_letters(old: Sequence[tuple[int, Cell]], new: Sequence[tuple[int, Cell]]) -> Letters:
    """Compare two versions, given as cells with their indices; words and numbers are compared whole."""
    a, b = _units(old), _units(new)
    keys_a, keys_b = ["".join(c.key for _i, c in unit) for unit in a], ["".join(c.key for _i, c in unit) for unit in b]
    blocks = _without_chance(equal_blocks(keys_a, keys_b), len(a), len(b))
    same_a, same_b = set[int](), set[int]()
    runs: list[Run] = []
    for i, j, size in blocks:
        for n in range(size):
            for (place, _cell), (other, _other) in zip(a[i + n], b[j + n], strict=False):
                runs.append(Run(place, other, 1))
            same_a.update(place for place, _cell in a[i + n])
            same_b.update(place for place, _cell in b[j + n])
    return Letters(
        _pieces(old, same_a),
        _pieces(new, same_b),
        frozenset(place for place, _cell in old) - same_a,
        frozenset(place for place, _cell in new) - same_b,
        runs,
    )


def one_sided(cells: Sequence[tuple[int, Cell]]) -> tuple[Piece, ...]:
    """The pieces of text that is on one side only."""
    return _pieces(cells, ())


def _units(cells: Sequence[tuple[int, Cell]]) -> list[list[tuple[int, Cell]]]:
    """Latin words and numbers together, every other letter by itself."""
    units: list[list[tuple[int, Cell]]] = []
    for item in cells:
        cell = item[1]
        if units and not cell.space and _wordy(cell) and _wordy(units[-1][-1][1]):
            units[-1].append(item)
        else:
            units.append([item])
    return units


def _wordy(cell: Cell) -> bool:
    return cell.key.isascii() and cell.key.isalnum()


def _without_chance(blocks: Sequence[tuple[int, int, int]], len_a: int, len_b: int) -> list[tuple[int, int, int]]:
    """Drop what is alike between two longer changes by chance, so that the marks do not flicker."""
    kept: list[tuple[int, int, int]] = []
    for place, (i, j, size) in enumerate(blocks):
        before = kept[-1] if kept else (0, 0, 0)
        after = blocks[place + 1] if place + 1 < len(blocks) else (len_a, len_b, 0)
        left = (i - before[0] - before[2], j - before[1] - before[2])
        right = (after[0] - i - size, after[1] - j - size)
        inside = (left[0] or left[1]) and (right[0] or right[1])
        if size <= _SHORT and inside and max(*left) > 1 and max(*right) > 1:
            continue
        kept.append((i, j, size))
    return kept


def _pieces(cells: Sequence[tuple[int, Cell]], same: Iterable[int]) -> tuple[Piece, ...]:
    alike = set(same)
    pieces: list[Piece] = []
    for count, (place, cell) in enumerate(cells):
        text = (" " if cell.space and count else "") + cell.text
        changed = place not in alike
        if pieces and pieces[-1].changed == changed:
            pieces[-1] = Piece(pieces[-1].text + text, changed)
            continue
        if pieces and text.startswith(" "):  # a space before a change is none of it
            pieces[-1] = Piece(pieces[-1].text + " ", pieces[-1].changed)
        pieces.append(Piece(text.lstrip(), changed))
    return tuple(pieces)

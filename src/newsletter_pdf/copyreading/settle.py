"""The safe corrections of one passage, carried on until nothing more is to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsletter_pdf.copyreading.check import edits_of

_ROUNDS = 12


def settled(text: str, editable: Callable[[int, int], bool], wanted: Callable[[str], bool]) -> list[str]:
    """What each character of ``text`` becomes: itself, nothing, or other characters.

    One correction may make room for the next (a mark that becomes full-width makes the space behind it superfluous), so
    they are repeated on their own result. ``editable`` tells whether a range of ``text`` may be changed, ``wanted``
    whether the rule of a code is. Should the corrections never come to rest, nothing is changed at all.
    """
    pieces = list(text)
    for _ in range(_ROUNDS):
        current = "".join(pieces)
        owners = [(owner, offset) for owner, piece in enumerate(pieces) for offset in range(len(piece))]
        changes = [
            (start, end, new)
            for start, end, new, code in _safe(current)
            if wanted(code) and editable(owners[start][0], owners[end - 1][0] + 1)
        ]
        if not changes:
            return pieces
        # From right to left: what stands before a change keeps its offset.
        for start, end, new in reversed(changes):
            _put(pieces, owners[start], owners[end - 1], new)
    return list(text)


def _safe(text: str) -> Iterator[tuple[int, int, str, str]]:
    for edit in edits_of(text):
        if edit.safe and edit.new is not None:
            yield edit.start, edit.end, edit.new, edit.rule.code


def _put(pieces: list[str], first: tuple[int, int], last: tuple[int, int], new: str) -> None:
    """Write ``new`` for the characters from ``first`` to ``last``, each given as a piece and its offset in there."""
    (start, head), (end, tail) = first, last
    rest = pieces[end][tail + 1 :]
    before = pieces[start][:head]
    pieces[start : end + 1] = [""] * (end + 1 - start)
    pieces[end] = rest
    pieces[start] = before + new + (rest if start == end else "")

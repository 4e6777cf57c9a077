"""The words of an issue as its editors typed them: passages of text, each character with its place in the file.

The reader collects them while it reads, so that what looks at the wording (proof-reading, dates, addresses) sees parsed
text alone: no markup, code, address or field name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Place

GAP = "\ufffc"
"""Stands in a passage for something that is no text: code, a picture."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a passage from one line: ``start`` in the passage, then its 1-based line and columns.

    ``columns`` is None where the characters follow each other in the file as they do here; else it holds the column of
    each. ``fixed`` holds the indices (in the run) of what is written otherwise in the file, after a backslash, say.
    """

    start: int
    line: int
    column: int
    columns: tuple[int, ...] | None = None
    fixed: frozenset[int] | None = frozenset()


@dataclass(slots=True)
class Passage:
    r"""The text of one paragraph, heading, cell or value, in reading order.

    Line ends inside it are ``\n``; ``GAP`` is no text. Index 0 is the first character of ``text``.
    """

    file: Path
    _parts: list[str] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _length: int = 0
    _text: str | None = None

    @property
    def text(self) -> str:
        """All of it."""
        if self._text is None:
            self._text = "".join(self._parts)
        return self._text

    def add(self, text: str, place: Place, *, exact: bool = True) -> None:
        """Add ``text``, which stands at ``place`` as it is; when not ``exact``, somewhere about there."""
        self._append(text, _Run(self._length, place.line or 1, place.column or 1, None, frozenset() if exact else None))

    def add_written(self, text: str, place: Place, columns: Sequence[int], fixed: frozenset[int]) -> None:
        """Add ``text`` whose characters stand ``columns`` (0-based) behind ``place``; those in ``fixed`` otherwise."""
        column = place.column or 1
        self._append(text, _Run(self._length, place.line or 1, column, tuple(column + c for c in columns), fixed))

    def add_mark(self, mark: str, place: Place) -> None:
        """Add a line end or a ``GAP``."""
        self._append(mark, _Run(self._length, place.line or 1, place.column or 1, None, None))

    def _append(self, text: str, run: _Run) -> None:
        self._parts.append(text)
        self._runs.append(run)
        self._length += len(text)
        self._text = None

    def _run(self, index: int) -> _Run:
        return self._runs[max(0, bisect_right(self._runs, index, key=lambda run: run.start) - 1)]

    def place(self, index: int) -> Place:
        """Where the character stands (exact only where :meth:`editable`)."""
        run = self._run(index)
        if run.fixed is None:
            return Place(self.file, run.line, run.column)
        offset = index - run.start
        if run.columns is not None:
            return Place(self.file, run.line, run.columns[min(offset, len(run.columns) - 1)])
        return Place(self.file, run.line, run.column + offset)

    def editable(self, start: int, end: int) -> bool:
        """True when the characters from ``start`` to before ``end`` stand side by side in the file as they do here."""
        run = self._run(start)
        if run.fixed is None or self._run(max(start, end - 1)) is not run:
            return False
        if run.columns is None:
            return True
        inside = range(start - run.start, end - run.start)
        if any(index in run.fixed for index in inside):
            return False
        return all(run.columns[i + 1] == run.columns[i] + 1 for i in inside[:-1])

"""Two texts as a unified diff whose changed characters are known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line: the sign it starts with, its text in pieces with whether they changed, and a style."""

    start: str
    pieces: tuple[tuple[str, bool], ...]
    style: str = ""


def unified(before: str, after: str, name: str) -> Iterator[DiffLine]:
    """The lines that differ, each old one followed by its new one; line ends of every kind count as the same."""
    old, new = _LINE_END.split(before), _LINE_END.split(after)
    if old == new:
        return
    yield DiffLine("--- ", ((name, False),), "bold")
    yield DiffLine("+++ ", ((name, False),), "bold")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        yield DiffLine(f"@@ -{a + 1},{b - a} +{c + 1},{d - c} @@", (), "cyan")
        pairs = [_marked(x, y) for x, y in zip(old[a:b], new[c:d], strict=False)]
        yield from (DiffLine("-", one, "red") for one, _ in pairs)
        yield from (DiffLine("-", ((line, False),), "red") for line in old[a + len(pairs) : b])
        yield from (DiffLine("+", other, "green") for _, other in pairs)
        yield from (DiffLine("+", ((line, False),), "green") for line in new[c + len(pairs) : d])


_Pieces = tuple[tuple[str, bool], ...]


def _marked(old: str, new: str) -> tuple[_Pieces, _Pieces]:
    """Both lines in pieces that are the same in the other, or not."""
    one: list[tuple[str, bool]] = []
    other: list[tuple[str, bool]] = []
    for operation, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = operation != "equal"
        if b > a:
            one.append((old[a:b], changed))
        if d > c:
            other.append((new[c:d], changed))
    return tuple(one), tuple(other)

"""Where the inline tokens of a block stand in its source lines: the parser gives them no columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from newsletter_pdf.findings import Place
from newsletter_pdf.reader.context import Source
from newsletter_pdf.source import Passage

_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&#?\w{1,31};")
_UNESCAPED = r"(?<!\\)(?:\\\\)*"


class Cursor:
    """Follows the inline tokens of one block through its source lines, to tell their columns."""

    def __init__(self, source: Source, lines: Sequence[int], column: int = 0) -> None:
        self.source = source
        self.line, self.end = lines[0], max(lines[1], lines[0] + 1)
        self.column = column
        self.open_tags: set[str] = set()
        self.passage = Passage(source.file)

    def seek(self, content: str) -> bool:
        """Move to ``content``; False (and no move) when it does not stand there literally, as after an escape."""
        for line in range(self.line, self.end):
            start = self.column if line == self.line else 0
            found = self.source.line(line).find(content, start)
            if found >= 0:
                self.line, self.column = line, found
                return True
        return False

    def skip(self, content: str) -> None:
        """Move behind ``content``, which stands here."""
        self.column += len(content)

    def next_line(self) -> None:
        """Move to the beginning of the next line of the block."""
        if self.line + 1 < self.end:
            self.line, self.column = self.line + 1, 0

    def at(self, offset: int = 0) -> Place:
        """The place ``offset`` characters on, at most the end of the line: code may run on in the next one."""
        return self.source.place(self.line, min(self.column + offset, len(self.source.line(self.line))))

    def seek_written(self, content: str) -> tuple[list[int], frozenset[int]] | None:
        """Move behind ``content`` that stands on this line with escapes or entities, else None and no move.

        Returns the column (0-based, from the line's beginning) of each character, and the indices of those that are
        written otherwise.
        """
        line = self.source.line(self.line)
        match = self._written(content)
        if match is None:
            return None
        columns, fixed, here = [], set(), match.start()
        for index, character in enumerate(content):
            columns.append(here)
            if line[here : here + 2] == "\\" + character and character in _ESCAPABLE:
                fixed.add(index)
                here += 2
            elif (entity := _ENTITY.match(line, here)) is not None and unescape(entity[0]) == character:
                fixed.add(index)
                here = entity.end()
            else:
                here += line[here : here + 1] == character
        if here != match.end():
            return None
        self.column = here
        return columns, frozenset(fixed)

    def _written(self, content: str) -> re.Match[str] | None:
        """``content`` on this line from here on, each of its marks perhaps escaped or an entity."""
        form = "".join(rf"(?:\\?{re.escape(c)}|&\#?\w{{1,31}};)" if c in _ESCAPABLE else re.escape(c) for c in content)
        return re.compile(form).search(self.source.line(self.line), self.column)

    def seek_text(self, content: str) -> bool:
        """As :meth:`seek`, but False when ``content`` stands nearer with escapes: what is found is not it then."""
        line, column = self.line, self.column
        if not self.seek(content):
            return False
        between = self.source.line(line)[column : self.column if self.line == line else None]
        if "\\" in between or "&" in between:
            found = (self.line, self.column)
            self.line, self.column = line, column
            nearer = self._written(content)
            if nearer is not None and (line, nearer.start()) < found:
                return False
            self.line, self.column = found
        return True

    def find_unescaped(self, marker: str) -> Place | None:
        """Where ``marker`` stands from here on without a backslash before it; the cursor stays."""
        pattern = re.compile(_UNESCAPED + re.escape(marker))
        for line in range(self.line, self.end):
            match = pattern.search(self.source.line(line), self.column if line == self.line else 0)
            if match is not None:
                return self.source.place(line, match.end() - len(marker))
        return None

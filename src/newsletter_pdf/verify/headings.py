"""Where the heading that an entry of the contents names really stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newsletter_pdf.verify.lines import Line, fold
from newsletter_pdf.verify.toc import Entry

_HEADING_LINES = 4  # among the first lines under a destination its heading begins
_LONGEST_HEADING = 12  # lines
_LONGEST_ORNAMENT = 3  # characters
_SAME_PLACE = 2.0  # pt


def heading_page(entry: Entry, pages: Sequence[Sequence[Line]], contents: Collection[int]) -> int | None:
    """The 0-based page on which the entry's heading really stands: where its link leads, or else anywhere.

    ``pages`` are the lines of each page, ``contents`` the pages of the contents themselves. None: there is no such
    heading.
    """
    wanted = fold(entry.label)
    if not wanted:
        return None
    target = entry.target
    if target is not None and target.page < len(pages):
        below = list(pages[target.page])
        if target.y is not None:
            below = [line for line in below if line.y <= target.y + _SAME_PLACE]
        if find_heading(below, wanted) is not None:
            return target.page
    for page, lines in enumerate(pages):
        if page not in contents and find_heading(lines, wanted, len(lines)) is not None:
            return page
    return None


def find_heading(lines: Sequence[Line], wanted: str, most: int = _HEADING_LINES) -> int | None:
    """On which of the first ``most`` lines a heading ``wanted`` (folded) begins that ends with a line; None: on none.

    Before it on its line there may be an ornament, but nothing that is read.
    """
    folded = [fold(line.text) for line in lines[: most + _LONGEST_HEADING]]
    for first in range(min(most, len(folded))):
        for begin in range(_LONGEST_ORNAMENT + 1):
            if any(char.isalnum() for char in folded[first][:begin]):
                break
            text = folded[first][begin:]
            for following in folded[first + 1 : first + _LONGEST_HEADING]:
                if not text or len(text) >= len(wanted) or not wanted.startswith(text):
                    break
                text += following
            if text.startswith(wanted) and not any(char.isalnum() for char in text[len(wanted) :]):
                return first
    return None

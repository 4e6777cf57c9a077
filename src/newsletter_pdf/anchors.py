"""The names of the destinations inside the PDF.

Composition writes them, the proof reads them back from the finished file, and neither needs to know the other: an
anchor says by itself which level of the contents it belongs to. Numbers are 1-based and follow the reading order;
group 0 is the unnamed group of a section that has none.

``s2`` section 2 · ``s2-g1`` its first group · ``s2-g1-a3`` the third article of that group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ANCHOR = re.compile(r"s([1-9]\d{0,3})(?:-g(\d{1,4})(?:-a([1-9]\d{0,3}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """One destination; ``group`` and ``article`` are None above their level."""

    section: int
    group: int | None = None
    article: int | None = None

    @property
    def level(self) -> int:
        """Level in the contents: 1 section, 2 group, 3 article."""
        if self.article is not None:
            return 3
        return 1 if self.group is None else 2

    def __str__(self) -> str:
        text = f"s{self.section}"
        if self.group is not None:
            text += f"-g{self.group}"
        if self.article is not None:
            text += f"-a{self.article}"
        return text


def parse_anchor(text: str) -> Anchor | None:
    """The anchor that ``text`` names, or None when it is another kind of destination."""
    match = _ANCHOR.fullmatch(text)
    if match is None:
        return None
    section, group, article = match.groups()
    return Anchor(int(section), None if group is None else int(group), None if article is None else int(article))

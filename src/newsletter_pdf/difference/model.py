"""What a comparison of two proofs says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from newsletter_pdf.verify.geometry import Box


class Status(StrEnum):
    """What became of a page.

    ``margins`` is a page on which nothing but page numbers, numbering or running heads differ; ``reflowed`` one with
    the same text, broken or placed otherwise; ``moved`` the very same page elsewhere in the file.
    """

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REFLOWED = "reflowed"
    MARGINS = "margins"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class MarkKind(StrEnum):
    """What a marked region of a page is."""

    SENTENCE = "sentence"
    REMOVED = "removed"
    ADDED = "added"
    FLOWED = "flowed"
    MOVED = "moved"
    NUMBER = "number"
    LOOK = "look"


class Mark(NamedTuple):
    """A marked region of a page, pt from the lower left corner."""

    kind: MarkKind
    box: Box


class Piece(NamedTuple):
    """A part of a sentence: its text, and whether it is on this side only."""

    text: str
    changed: bool


class Spot(NamedTuple):
    """Where something stands: the 0-based page and the title of the article (or section) there."""

    page: int
    title: str


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page of the old file and the page of the new one with its content, 0-based; None where there is none."""

    old: int | None
    new: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class Change:
    """A changed sentence; one that was added has no ``old`` pieces, one that was removed no ``new`` ones.

    Sentences that were split or joined are one change, and so are sentences of a paragraph added or removed together.
    """

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    old_spot: Spot | None
    new_spot: Spot | None

    @property
    def kind(self) -> str:
        """``changed``, ``added`` or ``removed``."""
        if self.old and self.new:
            return "changed"
        return "added" if self.new else "removed"


@dataclass(frozen=True, slots=True)
class Move:
    """Text that stands elsewhere in the order of reading; ``sentences`` is their number, ``text`` the first."""

    text: str
    sentences: int
    old_spot: Spot
    new_spot: Spot


@dataclass(frozen=True, slots=True)
class Look:
    """Something to be seen that is no text: a figure, or (``figure`` False) any other region of a page."""

    old: Spot | None
    new: Spot | None
    figure: bool


@dataclass(frozen=True, slots=True)
class Restyled:
    """Text in another type: how much of it, and the first of it."""

    old: str
    new: str
    letters: int
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Reparagraphed:
    """A paragraph that was ``split`` before ``text``, or, when not, joined there with the one before it."""

    split: bool
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The same text under another number: ``contents`` (a page number), ``heading`` or ``note``."""

    what: str
    text: str
    old: str
    new: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Altered:
    """A fact of the file, a figure's alternative text or a running head that reads otherwise; an empty text is none.

    ``pages`` are new, 0-based.
    """

    name: str
    old: str
    new: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: its name, digest, pages, what a reader calls each page, and their sizes, pt."""

    name: str
    sha256: str
    labels: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Difference:
    """The outcome; ``marks`` are the regions to mark by 0-based page, of the old file and of the new one."""

    old: Side
    new: Side
    pairs: tuple[PagePair, ...]
    changes: tuple[Change, ...] = ()
    moves: tuple[Move, ...] = ()
    looks: tuple[Look, ...] = ()
    restyled: tuple[Restyled, ...] = ()
    reparagraphed: tuple[Reparagraphed, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    margins: tuple[Altered, ...] = ()
    links: tuple[Altered, ...] = ()
    facts: tuple[Altered, ...] = ()
    old_marks: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)
    new_marks: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether a reader finds no difference."""
        text = (self.changes, self.moves, self.reparagraphed, self.restyled)
        rest = (self.looks, self.renumbered, self.margins, self.links, self.facts)
        return not any((*text, *rest)) and all(pair.status is Status.UNCHANGED for pair in self.pairs)

    def count(self, status: Status) -> int:
        """How many pages have ``status``."""
        return sum(1 for pair in self.pairs if pair.status is status)

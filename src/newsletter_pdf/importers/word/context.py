"""What is gathered while a Word file is read: places, what was left out, and how often something happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.importers.manuscript import Unplaced
from newsletter_pdf.importers.word.names import Element, W
from newsletter_pdf.importers.word.numbering import Numbering
from newsletter_pdf.importers.word.package import WordPackage
from newsletter_pdf.importers.word.styles import Styles
from newsletter_pdf.model import FootnoteCall

_SOUGHT = 300_000_000  # characters looked through for moved text at most


@dataclass(slots=True)
class Context:
    """One reading of one file. ``paragraph`` is the number of the paragraph being read, from 1."""

    package: WordPackage
    findings: Findings
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], FootnoteCall] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, tuple[Place, str]] = field(default_factory=dict)
    pictures: dict[Path, bytes] = field(default_factory=dict)
    commented: dict[str, Place] = field(default_factory=dict)
    quoted: dict[str, str] = field(default_factory=dict)
    unclosed: dict[Element, frozenset[Element]] = field(default_factory=dict)
    moved: str | None = None
    sought: int = 0
    paragraph: int = 0

    @property
    def path(self) -> Path:
        """The Word file."""
        return self.package.path

    @property
    def place(self) -> Place:
        """Where the reading is."""
        return Place(file=self.path, paragraph=self.paragraph or None)

    def stands_elsewhere(self, text: str) -> bool:
        """Whether a text that was moved away stands where the document says that something was moved to."""
        if self.moved is None:
            places = self.package.document.iter(W + "moveTo")
            self.moved = "".join(part.text or "" for place in places for part in place.iter(W + "t", W + "delText"))
        # So many moves that looking for each takes long are listed, as if their text stood nowhere.
        self.sought += len(self.moved)
        return self.sought < _SOUGHT and text.strip() in self.moved

    def leave_out(self, kind: str, text: str, author: str = "", place: Place | None = None) -> None:
        """Name something in the report that goes into no section file; blank text is nothing."""
        if not text.strip():
            return
        where = place or self.place
        last = self.unplaced[-1] if self.unplaced else None
        if last is not None and kind == "hidden" and (last.kind, last.place) == (kind, where):
            # The runs of one hidden passage are one thing.
            self.unplaced[-1] = Unplaced(where, last.text + text, kind, author)
        else:
            self.unplaced.append(Unplaced(where, text.strip(), kind, author))

    def count(self, what: str, text: str = "", times: int = 1, place: Place | None = None) -> None:
        """Note that ``what`` happened, with the first place and text of it."""
        self.counts[what] += times
        self.firsts.setdefault(what, (place or self.place, text))

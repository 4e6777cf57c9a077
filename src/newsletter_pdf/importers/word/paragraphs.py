"""A paragraph as it was read, with all that decides what it becomes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.inlines import tidy
from newsletter_pdf.importers.word.atoms import Atom, inline_nodes
from newsletter_pdf.importers.word.numbering import Number
from newsletter_pdf.importers.word.styles import ParagraphStyle
from newsletter_pdf.importers.word.text import settled
from newsletter_pdf.model import Figure, Inline


@dataclass(slots=True)
class Para:
    """One paragraph of the body. ``level`` is what its style or outline level says, as in :class:`ParagraphStyle`."""

    atoms: list[Atom]
    place: Place
    style: ParagraphStyle
    level: int | None = None
    number: Number | None = None
    centred: bool = False
    figures: list[Figure] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The plain text without the automatic number."""
        return "".join(getattr(atom.node, "text", "\n" if atom.node.kind == "break" else "") for atom in self.atoms)

    @property
    def bold(self) -> bool:
        """Whether every letter is bold."""
        inked = [atom for atom in self.atoms if getattr(atom.node, "text", "").strip()]
        return bool(inked) and all(atom.look.bold for atom in inked)

    @property
    def size(self) -> float | None:
        """The size of most of the letters, in pt."""
        sizes: Counter[float | None] = Counter()
        for atom in self.atoms:
            sizes[atom.look.size] += len(getattr(atom.node, "text", "").strip())
        return sizes.most_common(1)[0][0] if sizes else None

    @property
    def font(self) -> str | None:
        """The East Asian font of most of the letters."""
        fonts: Counter[str | None] = Counter()
        for atom in self.atoms:
            fonts[atom.look.font] += len(getattr(atom.node, "text", "").strip())
        return fonts.most_common(1)[0][0] if fonts else None

    def inlines(self, *, ignore_bold: bool = False) -> tuple[Inline, ...]:
        """The text as nodes, blanks at both ends taken off."""
        return tidy(inline_nodes(settled(self.atoms), ignore_bold=ignore_bold))

"""What a paragraph is read into: nodes with the looks of their runs, and what floats beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsletter_pdf.importers.word.names import Element
from newsletter_pdf.importers.word.styles import Look
from newsletter_pdf.model import Emphasis, Figure, FootnoteCall, Inline, LineBreak, Link, Strong


@dataclass(slots=True)
class Atom:
    """A node without emphasis, and how it looks."""

    node: Inline
    look: Look
    href: str | None = None


@dataclass(slots=True)
class Content:
    """What one paragraph holds. ``atoms`` keep the looks, from which headings are recognised."""

    atoms: list[Atom] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    page_break: bool = False

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(node_text(atom.node) for atom in self.atoms)


def node_text(node: Inline) -> str:
    """The text of a node without children; a line end for a forced break."""
    return getattr(node, "text", "\n" if isinstance(node, LineBreak) else "")


def inline_nodes(atoms: list[Atom], *, ignore_bold: bool = False) -> tuple[Inline, ...]:
    """The atoms with links and emphasis around them; neighbours that look alike are left for ``tidy`` to join."""
    out: list[Inline] = []
    href: str | None = None
    linked: list[Inline] = []
    for atom in [*atoms, None]:
        found = None if atom is None else atom.href
        if found != href:
            if linked:
                out.append(Link(href=href or "", children=tuple(linked)))
            href, linked = found, []
        if atom is None:
            break
        node = _emphasised(atom, ignore_bold=ignore_bold)
        (linked if href is not None else out).append(node)
    return tuple(out)


def _emphasised(atom: Atom, *, ignore_bold: bool) -> Inline:
    node, look = atom.node, atom.look
    if isinstance(node, LineBreak | FootnoteCall) or not node_text(node).strip():
        return node
    if look.italic or look.mark or (look.underline and atom.href is None):
        node = Emphasis(children=(node,))
    return Strong(children=(node,)) if look.bold and not ignore_bold else node

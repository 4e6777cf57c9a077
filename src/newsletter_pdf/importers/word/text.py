"""What is done to the text of a whole paragraph: tabs, and lines that are paragraphs of their own."""

from __future__ import annotations

import itertools

from newsletter_pdf.files import CONTROL, DIRECTION, INVISIBLE
from newsletter_pdf.importers.labels import starts_own_line
from newsletter_pdf.importers.word.atoms import Atom
from newsletter_pdf.model import LineBreak, Text
from newsletter_pdf.source import is_cjk

_ENDINGS = "。！？!?…；;：:”’」』》）)】."


def without_hidden(text: str) -> tuple[str, int]:
    """The text without characters that are not seen, and how many it had; a line end of the file is a blank of it.

    Word's non-breaking blank is a blank too.
    """
    hidden = sum(len(pattern.findall(text)) for pattern in (CONTROL, DIRECTION, INVISIBLE))
    clean = INVISIBLE.sub("", DIRECTION.sub("", CONTROL.sub(" ", text))) if hidden else text
    return clean.replace("\r", " ").replace("\n", " ").replace("\xa0", " "), hidden


def settled(atoms: list[Atom]) -> list[Atom]:
    """The atoms with each tab as one blank: an ideographic one beside Han characters, else a space.

    A tab jumps to a place on the author's page, which the layout does not have.
    """
    if not any(isinstance(atom.node, Text) and "\t" in atom.node.text for atom in atoms):
        return atoms
    whole = "".join(getattr(atom.node, "text", "\n") for atom in atoms)
    out: list[Atom] = []
    offset = 0
    for atom in atoms:
        length = len(getattr(atom.node, "text", "\n"))
        if isinstance(atom.node, Text):
            text = "".join(_blank(whole, offset + i) if c == "\t" else c for i, c in enumerate(atom.node.text))
            atom = Atom(Text(text=text), atom.look, atom.href)
        out.append(atom)
        offset += length
    return out


def inner_tabs(atoms: list[Atom]) -> int:
    """How many tabs stand between words, not at the ends."""
    return "".join(getattr(atom.node, "text", "\n") for atom in atoms).strip().count("\t")


def _blank(text: str, position: int) -> str:
    before, after = text[:position].rstrip()[-1:], text[position + 1 :].lstrip()[:1]
    return "\u3000" if (before and is_cjk(before)) or (after and is_cjk(after)) else " "


def lines_of(atoms: list[Atom]) -> list[list[Atom]]:
    """The atoms divided at forced line breaks where each line is a paragraph of its own, else all as they are.

    Authors who paste from web pages have line breaks (↓) in the place of paragraph ends (↵): then every line but the
    last ends as a sentence does, or the next one begins with a label, or the first is a heading in bold.
    """
    lines: list[list[Atom]] = [[]]
    for atom in atoms:
        if isinstance(atom.node, LineBreak):
            lines.append([])
        else:
            lines[-1].append(atom)
    filled = [line for line in lines if _text(line).strip()]
    if len(filled) < 2:
        return [atoms]
    heading = _all_bold(filled[0]) and not any(_all_bold(line) for line in filled[1:])
    rest = filled[1:] if heading else filled
    ended = all(
        _text(line).rstrip()[-1:] in _ENDINGS or starts_own_line(_text(following).strip())
        for line, following in itertools.pairwise(rest)
    )
    return filled if ended else [atoms]


def _text(line: list[Atom]) -> str:
    return "".join(getattr(atom.node, "text", "") for atom in line)


def _all_bold(line: list[Atom]) -> bool:
    return all(atom.look.bold for atom in line if getattr(atom.node, "text", "").strip())

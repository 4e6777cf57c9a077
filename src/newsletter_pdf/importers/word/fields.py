"""Fields: text that Word computes (ECMA-376 Part 1, 17.16). What is kept is the result that it computed last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter_pdf.importers.word.names import MC, Element, W, alternative
from newsletter_pdf.inlines import Inline, Ruby, Text

_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_CONTENTS = {"TOC", "INDEX", "TOA"}
_RUBY = re.compile(
    r"\\o\s*\\ad\s*\(\s*\\s\s*\\up\s*-?\d+\s*\((?P<reading>[^()]*)\)\s*[,;，；]\s*(?P<text>[^()]*)\)\s*$", re.I
)
_ENCLOSED = re.compile(r"\\o\s*\\ac\s*\(\s*([^,;，；()]*)\s*[,;，；]\s*([^()]*)\)\s*$", re.I)

_GONE = frozenset({W + "del", W + "moveFrom"})
_STORIES = frozenset(W + name for name in ("body", "footnote", "endnote", "comment", "hdr", "ftr", "txbxContent"))


@dataclass(slots=True)
class Field:
    """A field that is open; ``code`` collects until the result begins, ``typed`` what of it is text of the document."""

    code: str = ""
    typed: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        """``HYPERLINK``, ``TOC`` … in capitals; empty while unknown."""
        words = self.code.split(maxsplit=1)
        return words[0].upper() if words else ""

    @property
    def contents(self) -> bool:
        """True for a table of contents, an index and the like: the layout makes its own."""
        return self.name in _CONTENTS

    @property
    def href(self) -> str | None:
        """The address of a HYPERLINK; None for a place inside the document, and for other fields."""
        if self.name != "HYPERLINK":
            return None
        return hyperlink(self.code)


def unclosed(root: Element) -> frozenset[Element]:
    """The ``w:fldChar`` that begin a field which the final text never ends: it is none, or it would swallow the rest.

    An end counts only within its story, and not where it was deleted or says again what a richer form said.
    """
    opened: dict[Element, list[Element]] = {}
    for node in root.iter(W + "fldChar"):
        kind = node.get(W + "fldCharType")
        if kind not in {"begin", "end"}:
            continue
        story = _story(node)
        if story is None:
            continue
        stack = opened.setdefault(story, [])
        if kind == "begin":
            stack.append(node)
        elif stack:
            stack.pop()
    return frozenset(node for stack in opened.values() for node in stack)


def _story(node: Element) -> Element | None:
    """The text that a field mark belongs to; None when it is not read."""
    above = node
    for above in node.iterancestors():
        if above.tag in _GONE or _another(above):
            return None
        if above.tag in _STORIES:
            break
    return above


def _another(node: Element) -> bool:
    """Whether this form of a text is not the one that counts."""
    parent = node.getparent()
    return parent is not None and parent.tag == MC + "AlternateContent" and alternative(parent) is not node


def coded(fields: list[Field]) -> Field:
    """The innermost field of which the code is being read."""
    return next(field for field in reversed(fields) if not field.in_result)


def hyperlink(code: str) -> str | None:
    """The address of a HYPERLINK field (17.16.5.25), None when it only names a place inside the document."""
    words = [match[1] if match[1] is not None else match[2] for match in _ARGUMENT.finditer(code)][1:]
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.lower() in {"\\l", "\\o", "\\t"}:
            skip = True
        elif not word.startswith("\\"):
            return word.strip() or None
    return None


def equation(code: str) -> tuple[Inline, ...] | None:
    """What an EQ field prints, as far as it is text: a reading above characters, or characters over one another.

    Word writes phonetic guides (拼音指南) so when the file comes from an older version. None for any other equation.
    """
    ruby = _RUBY.search(code)
    if ruby is not None and ruby["text"].strip() and ruby["reading"].strip():
        return (Ruby(text=ruby["text"].strip(), reading=" ".join(ruby["reading"].split())),)
    enclosed = _ENCLOSED.search(code)
    if enclosed is not None:
        return (Text(text=enclosed[2].strip() or enclosed[1].strip()),)
    return None

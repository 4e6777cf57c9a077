"""All text that a Word file holds, by a plain walk over its XML, for the account at the end of an import.

It knows only where text stands (ECMA-376: ``w:t``, ``m:t``, ``a:t``, the values of charts) and which of two forms of
the same counts; what the text means is the readers' affair. So what a reader passes over is found by comparing.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.part import Part

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.manuscript import Passage
from newsletter_pdf.importers.word.names import CHART_TEXT, MC, A, Element, W, alternative
from newsletter_pdf.importers.word.package import WordPackage, root_of

_STORIES = ("footnotes", "endnotes", "comments", "header", "footer")
_CHARTS = ("chart", "chartEx", "chartUserShapes", "diagramData")
_SILENT = frozenset(
    W + name
    for name in ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "instrText", "delInstrText")
) | {W + "fldData"}
_PARAGRAPHS = frozenset({W + "p", A + "p"})
# What is named, or stands, apart from the text around it.
_APART = frozenset({W + "del", W + "moveFrom", W + "rt"})
_CALLS = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes", W + "commentReference": "comments"}
_NOTES = frozenset(W + name for name in ("footnote", "endnote", "comment"))


def inventory(package: WordPackage) -> tuple[Passage, ...]:
    """Every passage of text in the file, in the order of the body; places are numbered as the body's reader does."""
    body = _Walk(package)
    body.walk(package.document)
    for kind, part in _parts(package, _STORIES):
        story = _Walk(package, kind, body.called)
        story.walk(root_of(part))
        body.passages += story.passages
    for _, part in _parts(package, _CHARTS):
        # The reader joins all that a chart says; it may be shown twice, or said again by the drawing of it.
        runs = tuple(text for node in root_of(part).iter(*CHART_TEXT) if (text := node.text or "").strip())
        body.passages.append(Passage(Place(file=package.path), runs, once=False))
    return tuple(passage for passage in body.passages if passage.runs)


def _parts(package: WordPackage, kinds: tuple[str, ...]) -> Iterator[tuple[str, Part]]:
    """The parts of these kinds that belong to the text, not to the building blocks beside it (``/word/glossary/``)."""
    seen: set[int] = set()
    for part in package.parts:
        for relation in part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if relation.is_external or kind not in kinds or id(relation.target_part) in seen:
                continue
            if "/glossary/" not in str(part.partname):
                seen.add(id(relation.target_part))
                yield kind, relation.target_part


class _Walk:
    """One story's passages. ``called`` is the paragraph in which each note is called and each comment stands."""

    def __init__(self, package: WordPackage, kind: str = "", called: dict[tuple[str, str], int] | None = None) -> None:
        self.package = package
        self.kind = kind
        self.called = {} if called is None else called
        self.passages: list[Passage] = []
        self._runs: list[str] = []
        self._number = 0
        self._boxed = 0
        self._moved = 0

    def walk(self, element: Element) -> None:
        """Add the passages in ``element``."""
        self._into(element)
        self._flush()

    def _into(self, element: Element) -> None:
        for node in element.iterchildren():
            tag = node.tag
            if not isinstance(tag, str) or tag in _SILENT:
                pass
            elif tag.endswith("}t") or tag == W + "delText" or "}" not in tag:
                # An element without a namespace is a web page's, in a text box of the older kind.
                self._runs.append(node.text or "")
                self._into(node)
            elif tag in _PARAGRAPHS:
                self._paragraph(node)
            elif tag in _APART:
                self._moved += tag == W + "moveFrom"
                self._apart(node)
                self._moved -= tag == W + "moveFrom"
            elif tag == MC + "AlternateContent":
                chosen = alternative(node)
                if chosen is not None:
                    self._into(chosen)
            elif tag in _NOTES and node.get(W + "type") not in {None, "normal"}:
                pass  # the lines between text and notes
            else:
                self._note_call(node)
                self._boxed += tag == W + "txbxContent"
                self._into(node)
                self._boxed -= tag == W + "txbxContent"
            if node.tail is not None and node.tail.strip():
                self._runs.append(node.tail)

    def _paragraph(self, node: Element) -> None:
        self._number += node.tag == W + "p" and not self._boxed and not self.kind
        self._apart(node)

    def _apart(self, node: Element) -> None:
        around, self._runs = self._runs, []
        self._into(node)
        self._flush()
        self._runs = around

    def _flush(self) -> None:
        if any(run.strip() for run in self._runs):
            place = Place(file=self.package.path, paragraph=self._number or None)
            once = self.kind not in {"header", "footer"} and not self._moved
            self.passages.append(Passage(place, tuple(self._runs), once))
        self._runs = []

    def _note_call(self, node: Element) -> None:
        tag = str(node.tag)
        if tag in _CALLS:
            self.called.setdefault((_CALLS[tag], node.get(W + "id") or ""), self._number)
        elif tag in _NOTES:
            self._number = self.called.get((self.kind, node.get(W + "id") or ""), 0)

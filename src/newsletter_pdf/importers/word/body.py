"""The body of a Word file in order: paragraphs, tables; what floats above the text is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.word.atoms import Content
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.names import (
    MC,
    Element,
    M,
    W,
    alternative,
    child,
    switched_on,
    text_of,
    value,
    whole,
)
from newsletter_pdf.importers.word.numbering import Number
from newsletter_pdf.importers.word.paragraphs import Para
from newsletter_pdf.importers.word.runs import RunReader
from newsletter_pdf.importers.word.styles import outline_level
from newsletter_pdf.importers.word.tables import TableContent, read_table
from newsletter_pdf.importers.word.text import inner_tabs, lines_of

# What stands in a paragraph only; where it stands beside paragraphs, it is one of its own.
_LOOSE = {W + "r", W + "hyperlink", W + "fldSimple", M + "oMath", M + "oMathPara"}
_STEP = 200
_CONTENTS_TITLES = {"目录", "目次", "目錄", "contents"}
Progress = Callable[[int, int], None]
"""Told now and then how many of how many paragraphs are read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A table in its place among the paragraphs."""

    content: TableContent


class BodyReader:
    """Reads the body once, from the first paragraph to the last, as numbers and fields count on."""

    def __init__(self, context: Context, progress: Progress | None = None) -> None:
        self.context = context
        self.runs = RunReader(context)
        self.progress = progress
        self.total = 1
        self._held: Content | None = None
        self._drop_cap: Content | None = None

    def read(self) -> list[Para | Box]:
        """All paragraphs with something in them and all tables."""
        body = child(self.context.package.document, W + "body")
        assert body is not None  # noqa: S101 - a file without one is refused when it is opened
        self.total = sum(1 for _ in body.iter(W + "p"))
        out = list(self._blocks(body))
        # A file that breaks off inside a table of contents, or whose last paragraph mark was deleted.
        self.runs.end_story()
        for left in (self._held, self._drop_cap):
            if left is not None:
                self.context.leave_out("text", left.text)
        return out

    def _blocks(self, element: Element, *, in_cell: bool = False) -> Iterator[Para | Box]:
        """What stands in ``element``; in a cell a table is read through, as a section file cannot hold it."""
        for node in _wrapped(element):
            if node.tag == W + "p":
                yield from self._paragraph(node)
            elif node.tag == W + "tbl" and not in_cell:
                yield from self._table(node)
            elif node.tag == W + "sdt":
                yield from self._control(node, in_cell=in_cell)
            elif node.tag == MC + "AlternateContent":
                chosen = alternative(node)
                if chosen is not None:
                    yield from self._blocks(chosen, in_cell=in_cell)
            elif node.tag in {W + "del", W + "moveFrom"}:
                self._deleted(node)
            elif node.tag == W + "altChunk":
                self.runs._outside(node, None)
            else:
                # Whatever it is: what holds no text is passed through without a trace.
                yield from self._blocks(node, in_cell=in_cell)

    def _deleted(self, node: Element) -> None:
        self.context.count("deleted")
        text = "".join(part.text or "" for part in node.iter(W + "delText", W + "t"))
        if node.tag == W + "del" or not self.context.stands_elsewhere(text):
            self.context.leave_out("deleted", text, node.get(W + "author") or "")
        self.context.paragraph += sum(1 for _ in node.iter(W + "p"))

    def _control(self, node: Element, *, in_cell: bool) -> Iterator[Para | Box]:
        gallery = value(node, W + "sdtPr", W + "docPartObj", W + "docPartGallery") or ""
        content = child(node, W + "sdtContent")
        if content is None:
            return
        if "table of contents" in gallery.lower():
            self.context.leave_out("contents", "\n".join(_texts(p) for p in content.iter(W + "p")))
            self.context.paragraph += sum(1 for _ in content.iter(W + "p"))
            return
        if switched_on(child(node, W + "sdtPr"), W + "showingPlcHdr"):
            self.context.leave_out("placeholder", "\n".join(_texts(p) for p in content.iter(W + "p")))
            self.context.paragraph += sum(1 for _ in content.iter(W + "p"))
            return
        yield from self._blocks(content, in_cell=in_cell)

    def _table(self, node: Element) -> Iterator[Para | Box]:
        place = Place(file=self.context.path, paragraph=self.context.paragraph + 1)
        content = read_table(node, place, self.context, self._cell_paragraphs)
        yield from content.paragraphs
        if content.table is not None or content.figures or content.calls:
            yield Box(content)

    def _cell_paragraphs(self, element: Element) -> list[Para]:
        """The paragraphs of a cell; a table in it is read through, as a section file cannot hold it."""
        return [item for item in self._blocks(element, in_cell=True) if isinstance(item, Para)]

    # --- one paragraph ----------------------------------------------------------------------------------------------

    def _paragraph(self, node: Element) -> Iterator[Para]:
        context = self.context
        context.paragraph += 1
        if self.progress is not None and context.paragraph % _STEP == 0:
            self.progress(min(context.paragraph, self.total), self.total)
        properties = child(node, W + "pPr")
        style_id = value(properties, W + "pStyle")
        style = context.styles.of_paragraph(style_id)
        content = self.runs.paragraph(node)
        context.leave_out("contents", self.runs.take_contents())
        self._boxes(content)
        if self._waits(content, properties):
            return
        if style.contents or "".join(content.text.split()).lower() in _CONTENTS_TITLES:
            context.leave_out("contents", content.text.replace("\t", " "))
            return
        number = self._number(properties, style_id) if content.text.strip() or content.figures else None
        if (
            not content.text.strip()
            and not content.figures
            and not any(a.node.kind == "footnote" for a in content.atoms)
        ):
            return
        own = outline_level(properties)
        level = style.level if own is None else (own or None)
        if tabs := inner_tabs(content.atoms):
            context.count("tab", content.text[:30], tabs)
        # A heading by style is one, however many lines it takes.
        lines = lines_of(content.atoms) if level is None else [content.atoms]
        if len(lines) > 1:
            context.count("lines", content.text[:30], len(lines) - 1)
        for index, atoms in enumerate(lines):
            last = index == len(lines) - 1
            para = Para(atoms, context.place, style, level, number if index == 0 else None)
            para.centred = self._centred(properties, style_id)
            para.figures = content.figures if last else []
            yield para

    def _waits(self, content: Content, properties: Element | None) -> bool:
        """Whether a paragraph is one with the next: its mark was deleted, or it is a drop cap in a frame of its own.

        What waited before is put in front of it.
        """
        for earlier in (self._held, self._drop_cap):
            if earlier is not None:
                content.atoms[:0] = earlier.atoms
                content.figures[:0] = earlier.figures
        self._held = self._drop_cap = None
        frame = child(properties, W + "framePr")
        if frame is not None and frame.get(W + "dropCap") in {"drop", "margin"} and len(content.text.strip()) <= 3:
            self._drop_cap = content
            return True
        if child(properties, W + "rPr", W + "del") is not None:
            self.context.count("deleted")
            self._held = content
            return True
        return False

    def _boxes(self, content: Content) -> None:
        for box in content.boxes:
            reader = RunReader(self.context)
            texts = []
            for paragraph in box.iter(W + "p"):
                inner = reader.paragraph(paragraph)
                texts.append(inner.text)
                content.figures += inner.figures
            self.context.leave_out("text-box", "\n".join(text for text in texts if text.strip()))

    def _number(self, properties: Element | None, style_id: str | None) -> Number | None:
        """The automatic number: the paragraph's own list, else the one of its style (17.9.18)."""
        own = child(properties, W + "numPr")
        if own is not None and (found := value(own, W + "numId")) is not None:
            return self.context.numbering.next(found, whole(value(own, W + "ilvl")) or 0)
        for inherited in self.context.styles.paragraph_properties(style_id):
            numbers = child(inherited, W + "numPr")
            if numbers is None:
                continue
            number_id = value(numbers, W + "numId")
            level = whole(value(own, W + "ilvl")) if own is not None else whole(value(numbers, W + "ilvl"))
            if level is None:
                level = self.context.numbering.level_of_style(number_id, style_id)
            return self.context.numbering.next(number_id, level)
        return None

    def _centred(self, properties: Element | None, style_id: str | None) -> bool:
        sources = [properties, *self.context.styles.paragraph_properties(style_id)]
        alignment = next((found for each in sources if (found := value(each, W + "jc")) is not None), None)
        return alignment == "center"


def _wrapped(element: Element) -> list[Element]:
    """The children, neighbours that need a paragraph around them put into one."""
    out: list[Element] = []
    opened: Element | None = None
    for node in list(element.iterchildren("*")):
        if node.tag not in _LOOSE:
            opened = None
            out.append(node)
            continue
        if opened is None:
            opened = etree.Element(W + "p")
            node.addprevious(opened)
            out.append(opened)
        opened.append(node)
    return out


def _texts(element: Element) -> str:
    parts = {W + "t", M + "t", W + "tab"}
    return "".join(" " if node.tag == W + "tab" else text_of(node) for node in element.iter(*parts))

"""Word files made by the tests: python-docx where it can, raw XML where it cannot, and the text that is in them."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as WordParagraph
from imported import Imported
from lxml import etree

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import import_manuscripts
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.model import Block, Figure, Inline, Issue, ListBlock, Paragraph, Quote, Ruby, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NS = nsdecls("w", "r", "wp", "a", "pic", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def new() -> Document:
    """An empty document."""
    return docx.Document()


def xml(text: str) -> etree._Element:
    """An element from XML whose first tag needs no namespace declarations."""
    end = min(position for mark in (" ", ">", "/>") if (position := text.find(mark)) > 0)
    return parse_xml(text[:end] + " " + NS + text[end:])


def add(document: Document, text: str) -> etree._Element:
    """Append raw XML to the body, before its section properties."""
    element = xml(text)
    document.element.body.insert(len(document.element.body) - 1, element)
    return element


def article(document: Document, title: str = "某文章", section: str = "某栏目") -> Document:
    """Begin with a section and an article by heading styles."""
    document.add_heading(section, 1)
    document.add_heading(title, 3)
    return document


def plain_paragraph(document: Document, text: str, *, size: float | None = None, bold: bool = False) -> WordParagraph:
    """A paragraph with direct formatting only."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = None if size is None else docx.shared.Pt(size)
    return paragraph


def as_bytes(document: Document) -> bytes:
    """The file's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def edited(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its parts changed by ``change``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: str, kind: str, content_type: str) -> bytes:
    """The package with one more part, related to the document as ``kind``."""

    def change(parts: dict[str, bytes]) -> None:
        parts[f"word/{name}"] = content.encode()
        override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
        relation = (
            f'<Relationship Id="rId{kind}" Target="{name}" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
        )
        rels = "word/_rels/document.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())

    return edited(data, change)


WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def with_notes(data: bytes, texts: dict[int, str], kind: str = "footnote") -> bytes:
    """The package with notes of these ids and texts, and the separators that every such part has."""
    notes = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r>'
        f"</w:p></w:{kind}>"
        for number, text in texts.items()
    )
    content = (
        f'<w:{kind}s {NS}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f"{notes}</w:{kind}s>"
    )
    return with_part(data, f"{kind}s.xml", content, f"{kind}s", f"{WML}{kind}s+xml")


NUMBERING = """<w:numbering {ns}>{body}</w:numbering>"""


def numbering_of(document: Document, body: str) -> None:
    """Replace the numbering definitions of a document."""
    part = document.part.numbering_part
    part._element = parse_xml(NUMBERING.format(ns=NS, body=body))


def level(index: int, form: str, text: str, more: str = "") -> str:
    """A ``w:lvl``."""
    begin = f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'{begin}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(document: Document, text: str, number: int, depth: int = 0) -> etree._Element:
    """A paragraph of an automatic list."""
    return add(
        document,
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>",
    )


# --- importing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word(Imported):
    """A Word file that was imported, and what came of it."""

    data: bytes

    def messages(self, code: str) -> list[str]:
        """The Chinese messages of ``code``."""
        return [finding.message_zh for finding in self.findings if finding.code == code]

    def left_out(self, kind: str) -> list[str]:
        """The texts of a kind that went into no section file."""
        return [item.text for item in self.result.unplaced if item.kind == kind]

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the only article."""
        ((article,),) = [group.articles for section in self.read().sections for group in section.groups]
        return article.blocks

    def texts(self) -> list[str]:
        """The only article's paragraphs as plain text."""
        return [plain(block.children) for block in self.blocks() if isinstance(block, Paragraph)]

    def outline(self) -> list[tuple[int, str]]:
        """Levels and titles."""
        return [(entry.level, entry.title) for entry in self.result.outline]

    def lost(self) -> str:
        """The characters of the file's text that are neither in the issue nor in the report, sorted; blanks apart."""
        kept = Counter("".join("".join(issue_texts(self.read())).split()))
        kept += Counter("".join("".join(item.text for item in self.result.unplaced).split()))
        return "".join(sorted((Counter("".join(document_text(self.data).split())) - kept).elements()))


def import_word(folder: Path, document: Document | bytes, name: str = "稿件.docx", **options: bool) -> Word:
    """Import a Word file into a new issue in ``folder``."""
    data = document if isinstance(document, bytes) else as_bytes(document)
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    findings = Findings()
    issue = folder / "content" / "2026-11"
    result = import_manuscripts([path], issue, findings, **options)  # type: ignore[arg-type] # flags of its own
    return Word(result, findings, issue, data)


# --- text -----------------------------------------------------------------------------------------------------------

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def document_text(data: bytes) -> str:
    """The text that a reader of the final version sees: deletions are out, alternatives count once."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name in _PARTS or name.startswith(("word/header", "word/foot"))]
        return "".join(part_text(etree.fromstring(archive.read(name))) for name in names)


def part_text(root: etree._Element) -> str:
    """The text of one part's XML."""
    return "".join(_visible(root))


def _visible(element: etree._Element) -> Iterator[str]:
    if element.tag in {W + "del", W + "moveFrom", MC + "Fallback", W + "instrText"}:
        return
    if element.tag == W + "t":
        yield element.text or ""
    for child in element:
        yield from _visible(child)


def issue_texts(issue: Issue) -> Iterator[str]:
    """All text of an issue's sections: titles, leads, keywords, blocks, notes, captions, sources."""
    for section in issue.sections:
        yield section.title
        yield from section.keywords
        for paragraph in section.lead:
            yield from _inline(paragraph.children)
        for group in section.groups:
            yield group.title or ""
            for found in group.articles:
                yield found.title
                yield found.source or ""
                for block in found.blocks:
                    yield from _block(block)


def _inline(children: tuple[Inline, ...]) -> Iterator[str]:
    yield plain(children)
    yield from (ruby.reading for ruby in _rubies(children))
    for note in footnotes(children).values():
        yield from _inline(note)


def _rubies(children: tuple[Inline, ...]) -> Iterator[Ruby]:
    for child in children:
        if isinstance(child, Ruby):
            yield child
        elif hasattr(child, "children") and child.kind != "footnote":
            yield from _rubies(child.children)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _inline(block.children)
        case Table():
            yield block.caption or ""
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from _inline(cell.children)
        case Figure():
            yield (block.caption or "") + (block.credit or "")
        case ListBlock():
            for item in block.items:
                for inner in item.blocks:
                    yield from _block(inner)
        case Quote():
            for inner in block.blocks:
                yield from _block(inner)
            yield block.attribution or ""
        case _:
            raise AssertionError(block.kind)

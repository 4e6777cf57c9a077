"""Footnotes, endnotes and comments of a Word file (ECMA-376 Part 1, 17.11 and 17.13.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.inlines import plain, tidy
from newsletter_pdf.importers.manuscript import Heading, ManuscriptBlock
from newsletter_pdf.importers.word.atoms import inline_nodes
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.names import W14, W15, Element, W
from newsletter_pdf.importers.word.package import root_of
from newsletter_pdf.importers.word.runs import RunReader
from newsletter_pdf.importers.word.text import settled
from newsletter_pdf.model import Block, FootnoteCall, Inline, LineBreak, ListBlock, Paragraph, Quote, Table

_KINDS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_EXCERPT = 40


def read_notes(context: Context) -> None:
    """Read all notes into ``context.notes``, labelled in the order of their calls; both kinds become footnotes."""
    order: dict[tuple[str, str], int] = {}
    for call in context.package.document.iter(*_KINDS):
        order.setdefault((_KINDS[str(call.tag)], call.get(W + "id") or ""), len(order) + 1)
    for kind in ("footnote", "endnote"):
        part = context.package.part(f"{kind}s")
        if part is None:
            continue
        reader = RunReader(context, part)
        for note in root_of(part).iterchildren(W + kind):
            if note.get(W + "type") not in {None, "normal"}:
                continue
            key = (kind, note.get(W + "id") or "")
            children = note_text(note, reader)
            if children:
                label = str(order.setdefault(key, len(order) + 1))
                context.notes[key] = FootnoteCall(label=label, children=children)


def note_text(element: Element, reader: RunReader) -> tuple[Inline, ...]:
    """The paragraphs of a note as one, with line breaks between them; its pictures are left out and named."""
    out: list[Inline] = []
    for paragraph in element.iter(W + "p"):
        content = reader.paragraph(paragraph)
        line = tidy(inline_nodes(settled(content.atoms), ignore_bold=True))
        if line:
            out += [*([LineBreak()] if out else []), *line]
        for figure in content.figures:
            reader.context.leave_out("picture", figure.alt or figure.path.name)
    reader.end_story()
    return tuple(out)


def report_uncalled(context: Context, items: Iterable[Heading | ManuscriptBlock]) -> None:
    """Notes that are called nowhere in what was read are not printed; they are named."""
    called = {label for item in items for label in _labels(item)}
    for (kind, _), call in context.notes.items():
        if call.label not in called:
            context.leave_out(kind, _flat(call.children), place=Place(file=context.path))


def _labels(item: Heading | ManuscriptBlock | Block) -> Iterator[str]:
    match item:
        case Heading() | Paragraph():
            yield from footnotes(item.children)
        case ListBlock():
            for inner in (block for entry in item.items for block in entry.blocks):
                yield from _labels(inner)
        case Quote():
            for inner in item.blocks:
                yield from _labels(inner)
        case Table():
            for cell in (cell for row in (item.head, *item.rows) for cell in row):
                yield from footnotes(cell.children)
        case _:
            return


def report_comments(context: Context) -> None:
    """A finding for each comment, with author, the text commented and what is said; answers and settled ones too."""
    part = context.package.part("comments")
    if part is None:
        return
    quoted = _quoted(context.package.document)
    done = _settled(context)
    reader = RunReader(context, part)
    for comment in root_of(part).iterchildren(W + "comment"):
        identity = comment.get(W + "id") or ""
        author = (comment.get(W + "author") or "").strip() or "?"
        text = _flat(note_text(comment, reader))
        place = context.commented.get(identity, Place(file=context.path))
        context.leave_out("comment", text, author, place)
        settled_one = any(node.get(W14 + "paraId") in done for node in comment.iter(W + "p"))
        rule = rules.COMMENT_DONE if settled_one else rules.COMMENT
        about = quoted.get(identity, "")
        fields = {"author": author, "text": _short(text, 200), "about": _short(about) if about else "—"}
        context.findings.add(rule.at(place, **fields))


def _quoted(document: Element) -> dict[str, str]:
    """What each comment is about: the text in its range (17.13.4.4)."""
    found: dict[str, str] = {}
    opened: list[str] = []
    for node in document.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t"):
        identity = node.get(W + "id") or ""
        if node.tag == W + "t":
            for each in opened:
                if len(found[each]) <= _EXCERPT:
                    found[each] += node.text or ""
        elif node.tag == W + "commentRangeStart":
            found.setdefault(identity, "")
            opened.append(identity)
        elif identity in opened:
            opened.remove(identity)
    return found


def _settled(context: Context) -> set[str | None]:
    root = context.package.root("commentsExtended")
    if root is None:
        return set()
    return {node.get(W15 + "paraId") for node in root if node.get(W15 + "done") in {"1", "true"}}


def _short(text: str, limit: int = _EXCERPT) -> str:
    return text if len(text) <= limit else text[:limit] + "…"


def _flat(children: tuple[Inline, ...]) -> str:
    return " ".join(plain(children).split())

"""Automatically numbered paragraphs → lists, nested as their levels are; numbers that a list cannot show, as text."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_pdf.importers.inlines import tidy
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.numbering import Number
from newsletter_pdf.importers.word.paragraphs import Para
from newsletter_pdf.model import Inline, ListBlock, ListItem, Paragraph, Text

_CLOSED = ("、", "）", "】", "」", "：", "．")
Entry = tuple[Para, tuple[Inline, ...]]


def written_out(number: Number, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The text with its number typed before it; a space only where the number ends in no mark of its own."""
    blank = "" if number.label.endswith(_CLOSED) else " "
    return tidy((Text(text=number.label + blank), *children))


def build_lists(entries: Sequence[Entry], context: Context) -> list[ListBlock | Paragraph]:
    """Lists, and paragraphs for numbers in other forms, from paragraphs that all have an automatic number."""
    out: list[ListBlock | Paragraph] = []
    items: list[list[ListBlock | Paragraph]] = []
    head: Para | None = None
    last = 0

    def close() -> None:
        nonlocal items, head
        if head is not None and head.number is not None:
            blocks = tuple(ListItem(blocks=tuple(item)) for item in items)
            ordered = not head.number.bullet
            start = head.number.value if ordered else 1
            out.append(ListBlock(ordered=ordered, start=start, items=blocks, place=head.place))
        items, head = [], None

    position = 0
    while position < len(entries):
        para, children = entries[position]
        number = para.number
        assert number is not None  # noqa: S101 - the caller's promise
        if head is not None and head.number is not None and number.level > head.number.level:
            end = position
            while end < len(entries) and _level(entries[end]) > head.number.level:
                end += 1
            items[-1] += build_lists(entries[position:end], context)
            position = end
            continue
        paragraph = Paragraph(children=children, place=para.place)
        if not (number.bullet or number.plain) or number.value < 0:
            close()
            context.count("number", number.label, place=para.place)
            out.append(paragraph.model_copy(update={"children": written_out(number, children)}))
        else:
            if head is not None and head.number is not None and not _continues(head.number, number, last):
                close()
            head = head or para
            items.append([paragraph])
            last = number.value
        position += 1
    close()
    return out


def _level(entry: Entry) -> int:
    number = entry[0].number
    return 0 if number is None else number.level


def _continues(head: Number, number: Number, last: int) -> bool:
    same = (head.bullet, head.source, head.level) == (number.bullet, number.source, number.level)
    return same and (number.bullet or number.value == last + 1)

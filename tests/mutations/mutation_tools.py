"""How mutations are declared, and tools to spoil a PDF with.

A mutation is a function that changes the sample opened with pikepdf; ``@mutation`` gives it a name and the codes of the
rules meant for it. To add one, write such a function in a module ``mutation_*.py`` that ``test_mutations.py`` imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from newsletter_pdf.findings import Findings
from newsletter_pdf.verify import Limits
from newsletter_pdf.verify.cmap import to_unicode
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.expected import Expected
from newsletter_pdf.verify.pdffile import PdfFile


@dataclass(frozen=True)
class Entry:
    """An entry of the sample's contents: the 0-based page it stands on, and that of its heading."""

    page: int
    anchor: str
    label: str
    printed: str
    heading: int


@dataclass(frozen=True)
class Sample:
    """The unspoilt file, the fonts that it may use, its contents, and what it should show."""

    data: bytes
    font_names: frozenset[str]
    entries: tuple[Entry, ...]
    pages: int
    expected: Expected
    limits: Limits
    font_files: Mapping[str, Path]

    @classmethod
    def read(cls, path: Path, font_files: Mapping[str, Path], expected: Expected, limits: Limits) -> Sample:
        data = path.read_bytes()
        context = Context(PdfFile(data), Findings())
        entries = tuple(
            Entry(entry.page, entry.name, entry.label, entry.printed, page)
            for entry, page in zip(context.entries, context.heading_pages, strict=True)
            if page is not None
        )
        pages = len(context.pdf.page_objects)
        return cls(data, frozenset(font_files), entries, pages, expected, limits, font_files)

    def entry(self, anchor: str) -> Entry:
        """The entry of an anchor such as ``s1-g1-a1``."""
        return next(entry for entry in self.entries if entry.anchor == anchor)


Spoil = Callable[[Pdf, Sample], None]
SpoilBytes = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Mutation:
    """One way to spoil a file; either ``edit`` or ``edit_bytes`` is given.

    ``compared`` tells that it is found by comparing the file with the content.
    """

    name: str
    codes: frozenset[str]
    edit: Spoil | None = None
    edit_bytes: SpoilBytes | None = None
    compared: bool = False


MUTATIONS: list[Mutation] = []


def mutation(name: str, *codes: str, compared: bool = False) -> Callable[[Spoil], Spoil]:
    """Declare a change of the opened file, and the codes that must be among the findings."""

    def declare(edit: Spoil) -> Spoil:
        MUTATIONS.append(Mutation(name, frozenset(codes), edit=edit, compared=compared))
        return edit

    return declare


def mutation_of_bytes(name: str, *codes: str) -> Callable[[SpoilBytes], SpoilBytes]:
    """Declare a change of the file's bytes."""

    def declare(edit: SpoilBytes) -> SpoilBytes:
        MUTATIONS.append(Mutation(name, frozenset(codes), edit_bytes=edit))
        return edit

    return declare


def spoil(mutation_: Mutation, sample: Sample) -> bytes:
    """The sample's bytes after the mutation."""
    if mutation_.edit_bytes is not None:
        return mutation_.edit_bytes(sample.data)
    assert mutation_.edit is not None
    with pikepdf.open(BytesIO(sample.data)) as pdf:
        mutation_.edit(pdf, sample)
        return saved(pdf)


def saved(pdf: Pdf, **options: object) -> bytes:
    """The file written by pikepdf (qpdf), which gives object streams and an ID of its own."""
    out = BytesIO()
    pdf.save(out, static_id=True, **options)  # type: ignore[arg-type] # passed on as they are
    return out.getvalue()


# --- the tag tree -------------------------------------------------------------------------------------------------


def elements(pdf: Pdf, tag: str | None = None) -> Iterator[Dictionary]:
    """The structure elements in the order of reading; of one type, such as ``H1``."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        node = stack.pop()
        if isinstance(node, Array):
            stack.extend(reversed(list(node)))
        elif isinstance(node, Dictionary) and "/S" in node:
            if tag is None or f"/{tag}" == node.S:
                yield node
            if "/K" in node:
                stack.append(node.K)


def first(pdf: Pdf, tag: str) -> Dictionary:
    """The first structure element of a type."""
    return next(elements(pdf, tag))


def kids(element: Dictionary) -> list[Dictionary]:
    """The kids of an element that are elements."""
    found = element.K if isinstance(element.K, Array) else [element.K]
    return [kid for kid in found if isinstance(kid, Dictionary) and "/S" in kid]


def drop(element: Dictionary) -> None:
    """Take an element out of its parent."""
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not _same(kid, element)])


def _same(one: object, other: Dictionary) -> bool:
    return isinstance(one, Dictionary) and one.objgen == other.objgen


# --- text on pages ------------------------------------------------------------------------------------------------


Operator = tuple[list[Any], str]


@dataclass
class _Letter:
    operator: int
    item: int | None
    offset: int
    char: str
    codes: dict[str, int]


def retype(pdf: Pdf, page: int, old: str, new: str, *, after: str = "") -> None:
    """Print ``new`` in place of ``old`` (of like length, the first one behind ``after``) with glyphs of its fonts.

    ``page`` is 0-based; neither text has white space.
    """
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    letters = _letters(pdf.pages[page], operators)
    text = "".join(letter.char for letter in letters)
    at = text.index(old, text.index(after) + len(after))
    for letter, char in zip(letters[at : at + len(old)], new, strict=True):
        _set(operators, letter, letter.codes[char])
    _forget_replacements(operators, letters[at].operator, letters[at + len(old) - 1].operator)
    _write(pdf, page, operators)


def _letters(page: pikepdf.Page, operators: list[Operator]) -> list[_Letter]:
    letters: list[_Letter] = []
    maps: dict[str, tuple[dict[int, str], dict[str, int]]] = {}
    meaning: tuple[dict[int, str], dict[str, int]] = ({}, {})
    for index, (operands, operator) in enumerate(operators):
        if operator == "Tf":
            name = str(operands[0])
            if name not in maps:
                mapping = to_unicode(page.Resources.Font[name].ToUnicode.read_bytes())
                maps[name] = (mapping, {char: code for code, char in mapping.items()})
            meaning = maps[name]
        elif operator in ("TJ", "Tj"):
            shown = operands[0]
            items = list(enumerate(shown)) if operator == "TJ" else [(None, shown)]
            for item, string in items:
                if isinstance(string, pikepdf.String):
                    raw = bytes(string)
                    for offset in range(0, len(raw) - 1, 2):
                        char = meaning[0].get(int.from_bytes(raw[offset : offset + 2]), "")
                        if len(char) == 1 and not char.isspace():
                            letters.append(_Letter(index, item, offset, char, meaning[1]))
    return letters


def _set(operators: list[Operator], letter: _Letter, code: int) -> None:
    operands = operators[letter.operator][0]
    holder = operands[0] if letter.item is not None else operands
    place = letter.item if letter.item is not None else 0
    raw = bytearray(bytes(holder[place]))
    raw[letter.offset : letter.offset + 2] = code.to_bytes(2)
    holder[place] = pikepdf.String(bytes(raw))


def _forget_replacements(operators: list[Operator], begin: int, end: int) -> None:
    """Drop the replacement texts around and between, which would still say what was printed before."""
    open_: list[int] = []
    for index, (operands, operator) in enumerate(operators[: end + 1]):
        if operator in ("BMC", "BDC"):
            open_.append(index)
            if index >= begin and operator == "BDC":
                _without_replacement(operands)
        elif operator == "EMC" and open_:
            open_.pop()
        if index == begin:
            for around in open_:
                if operators[around][1] == "BDC":
                    _without_replacement(operators[around][0])


def _without_replacement(operands: list[Any]) -> None:
    properties = operands[1]
    if isinstance(properties, Dictionary) and "/ActualText" in properties:
        del properties["/ActualText"]


def _write(pdf: Pdf, page: int, operators: list[Operator]) -> None:
    stream = pikepdf.unparse_content_stream(
        [(operands, pikepdf.Operator(operator)) for operands, operator in operators]
    )
    pdf.pages[page].Contents = pdf.make_stream(stream)


def append(pdf: Pdf, page: int, content: bytes) -> None:
    """Draw something more on a page, with the page's own fonts; nothing is tagged."""
    target = pdf.pages[page]
    old = target.Contents.read_bytes()
    target.Contents = pdf.make_stream(b"q\n" + old + b"\nQ\n" + content)


def show(pdf: Pdf, page: int, text: str, *, size: float = 12, more: bytes = b"") -> bytes:
    """Operators that show ``text`` amid the page, in a font of it that has all its characters."""
    for name, font in pdf.pages[page].Resources.Font.items():
        codes = {char: code for code, char in to_unicode(font.ToUnicode.read_bytes()).items()}
        if all(char in codes for char in text):
            string = "".join(f"{codes[char]:04x}" for char in text)
            head = b"BT %s %g Tf 1 0 0 1 100 400 Tm " % (name.encode(), size)
            return head + more + b"<" + string.encode() + b"> Tj ET"
    raise LookupError(f"no font of the page has {text}")


def printed(pdf: Pdf, page: int) -> str:
    """The text of a page in the order of its content, without white space."""
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    return "".join(letter.char for letter in _letters(pdf.pages[page], operators))


def _pagination(operators: list[Operator]) -> list[tuple[int, int]]:
    """The pieces of content marked as pagination artifacts: index of the mark and of its end."""
    found, open_ = [], []
    for index, (_operands, operator) in enumerate(operators):
        if operator in ("BMC", "BDC"):
            open_.append(index)
        elif operator == "EMC":
            begin = open_.pop()
            if "Pagination" in str(operators[begin][0]):
                found.append((begin, index))
    return found


def head(pdf: Pdf, page: int) -> str:
    """The first piece of the running head."""
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    begin, end = _pagination(operators)[0]
    return "".join(letter.char for letter in _letters(pdf.pages[page], operators) if begin < letter.operator < end)


def replace_head(pdf: Pdf, page: int, text: str) -> None:
    """Put ``text`` in place of the first piece of the running head; the whole head goes when it is empty."""
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    pieces = _pagination(operators)[:-1]  # the last one is the folio
    if not text:
        for begin, end in reversed(pieces):
            del operators[begin + 1 : end]
    else:
        begin, end = pieces[0]
        name, font = next(
            (n, f) for n, f in pdf.pages[page].Resources.Font.items() if str(f.BaseFont).endswith("+NL-Sans")
        )
        codes = {char: code for code, char in to_unicode(font.ToUnicode.read_bytes()).items()}
        shown = [i for i in range(begin + 1, end) if operators[i][1] in ("TJ", "BDC", "EMC")]
        at = next(i for i in shown if operators[i][1] == "TJ")
        operators[next(i for i in range(begin, at) if operators[i][1] == "Tf")][0][0] = pikepdf.Name(name)
        operators[at] = ([pikepdf.String(b"".join(codes[char].to_bytes(2) for char in text))], "Tj")
        for index in reversed(shown):
            if index != at:
                del operators[index]
    _write(pdf, page, operators)


def drop_folio(pdf: Pdf, page: int) -> None:
    """Leave the folio of a page out."""
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    begin, end = _pagination(operators)[-1]
    del operators[begin + 1 : end]
    _write(pdf, page, operators)


def move_last_line(pdf: Pdf, page: int, down: float) -> None:
    """Set the last line of a page, folio and running head aside, ``down`` pt lower."""
    operators = [(list(o.operands), str(o.operator)) for o in pikepdf.parse_content_stream(pdf.pages[page])]
    furniture = [range(begin, end) for begin, end in _pagination(operators)]
    text = [
        operands
        for index, (operands, operator) in enumerate(operators)
        if operator == "Tm" and not any(index in piece for piece in furniture)
    ]
    last = max(float(operands[5]) for operands in text)  # the page is drawn from its head down, in px
    for operands in text:
        if abs(float(operands[5]) - last) < 0.5:
            operands[5] = Decimal(f"{float(operands[5]) + down / 0.75:.6f}")
    _write(pdf, page, operators)


def fonts(pdf: Pdf) -> dict[str, Dictionary]:
    """The fonts of the file by the name without the subset's mark."""
    found: dict[str, Dictionary] = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", Dictionary()).values():
            found.setdefault(str(font.BaseFont).rpartition("+")[2], font)
    return found


def outline(pdf: Pdf) -> list[Dictionary]:
    """The bookmarks in order."""
    found: list[Dictionary] = []

    def walk(node: Dictionary | None) -> None:
        while node is not None:
            found.append(node)
            if "/First" in node:
                walk(node.First)
            node = node.get("/Next")

    walk(pdf.Root.Outlines.First)
    return found


def action(pdf: Pdf, kind: str, **entries: object) -> Dictionary:
    """An action dictionary of a kind, as an object of the file."""
    return pdf.make_indirect(Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **entries))

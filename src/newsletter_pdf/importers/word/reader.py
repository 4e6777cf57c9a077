"""A Word file → :class:`Manuscript`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.findings import wordopening as opening
from newsletter_pdf.importers.guessing import report_guesses, title_from_name
from newsletter_pdf.importers.headings import recognise
from newsletter_pdf.importers.looks import Line
from newsletter_pdf.importers.manuscript import Manuscript
from newsletter_pdf.importers.word.arrange import Arranger
from newsletter_pdf.importers.word.body import BodyReader, Box
from newsletter_pdf.importers.word.captions import is_caption
from newsletter_pdf.importers.word.container import open_word
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.inventory import inventory
from newsletter_pdf.importers.word.names import Element, V, W
from newsletter_pdf.importers.word.notes import read_notes, report_comments, report_uncalled
from newsletter_pdf.importers.word.numbering import Numbering
from newsletter_pdf.importers.word.package import External, externals, root_of
from newsletter_pdf.importers.word.paragraphs import Para
from newsletter_pdf.importers.word.runs import RunReader
from newsletter_pdf.importers.word.styles import Styles
from newsletter_pdf.importers.word.tally import report_counts

_KNOWN = frozenset({".docx", ".docm", ".dotx", ".dotm", ".wps", ".wpt", ".doc"})
# A link in the text is the text's; all else outside the file is named.
_ORDINARY = frozenset({"hyperlink"})


def read_word(path: Path, findings: Findings, progress: Callable[[int, int], None] | None = None) -> Manuscript | None:
    """Read a Word file; None when it cannot be opened. The findings say why, and what was guessed or left out.

    Nothing outside the file is read, whatever it refers to. ``progress`` is told of paragraphs read.
    """
    package = open_word(path, findings)
    if package is None:
        return None
    if path.suffix.lower() not in _KNOWN:
        findings.add(opening.EXTENSION.at(Place(file=path), name=path.name))
    context = Context(package, findings, Styles(package.root("styles")), Numbering(package.root("numbering")))
    for kind, address in dict.fromkeys((e.kind, e.address) for e in externals(package) if _worth_telling(e)):
        findings.add(rules.EXTERNAL.at(Place(file=path), kind=kind, address=address[:200]))
    read_notes(context)
    items = BodyReader(context, progress).read()
    lines = [_line(item) for item in items]
    found = recognise(lines)
    guesses = report_guesses(lines, found, findings)
    arranged = Arranger(context, ignore_bold=_mostly_bold(lines)).arrange(items, found.levels, found.lengths)
    if found.untitled:
        arranged.insert(0, title_from_name(path, findings))
    report_uncalled(context, arranged)
    _leave_out_margins(context)
    report_comments(context)
    report_counts(context)
    return Manuscript(
        tuple(arranged), Place(file=path), tuple(context.unplaced), guesses, context.pictures, inventory(package)
    )


def _worth_telling(external: External) -> bool:
    return external.kind not in _ORDINARY


def _line(item: Para | Box) -> Line:
    if isinstance(item, Box):
        return Line("表", item.content.table.place if item.content.table else Place(), eligible=False)
    label = f"{item.number.label} " if item.number is not None and not item.number.bullet else ""
    bullet = item.number is not None and item.number.bullet
    eligible = not (bullet or item.style.quote or item.figures or is_caption(item))
    return Line(
        text=label + " ".join(item.text.split()),
        place=item.place,
        level=item.level,
        size=item.size,
        bold=item.bold,
        centred=item.centred,
        font=item.font,
        eligible=eligible,
    )


def _mostly_bold(lines: list[Line]) -> bool:
    """Whether all of the text is set in bold, which then emphasises nothing."""
    total = sum(len(line.text) for line in lines)
    return sum(len(line.text) for line in lines if line.bold) > 0.6 * total


def _leave_out_margins(context: Context) -> None:
    """Headers and footers: the layout makes running heads and folios of its own. Watermarks stand in headers."""
    told: set[tuple[str, str]] = set()
    for kind in ("header", "footer"):
        for _, part in context.package.related(kind):
            root = root_of(part)
            for path in root.iter(V + "textpath"):
                context.leave_out("word-art", path.get("string") or "", place=Place(file=context.path))
            text = _flat(root, RunReader(context, part))
            if text and (kind, text) not in told:
                told.add((kind, text))
                context.leave_out(kind, text, place=Place(file=context.path))


def _flat(root: Element, reader: RunReader) -> str:
    texts = (" ".join(reader.paragraph(paragraph).text.split()) for paragraph in root.iter(W + "p"))
    return "\n".join(text for text in texts if text)

"""Addresses, pictures and their texts, and things that stand or lead where they should not."""

from __future__ import annotations

from decimal import Decimal

import pikepdf
import segno
from mutation_tools import Sample, append, elements, mutation, outline
from pikepdf import Array, Dictionary, Name, Pdf, String

from newsletter_pdf.verify.pdffile import PdfFile


def _outside(pdf: Pdf) -> list[Dictionary]:
    """The links to addresses outside, in order."""
    return [link for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link and link.A.S == "/URI"]


def _to(pdf: Pdf, words: str) -> list[Dictionary]:
    return [link for link in _outside(pdf) if words in str(link.A.URI)]


@mutation("an address outside changed by one letter", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    for link in _to(pdf, "flk.npc.gov.cn"):
        link.A.URI = String("https://f1k.npc.gov.cn/")


@mutation("two addresses outside exchanged", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other = _to(pdf, "flk.npc.gov.cn")[0], _to(pdf, "www.gov.cn")[0]
    one.A.URI, other.A.URI = other.A.URI, one.A.URI


@mutation("a link outside taken away", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    for page in pdf.pages:
        for index, link in reversed(list(enumerate(page.get("/Annots", [])))):
            if "/A" in link and "rfc-editor" in str(link.A.URI):
                del page.Annots[index]


@mutation("alternative text of a picture changed", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    figure = next(elements(pdf, "Figure"))
    figure.Alt = String(str(figure.Alt).replace("2016", "2015"))


@mutation("alternative texts of two pictures exchanged", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other, *_rest = elements(pdf, "Figure")
    one.Alt, other.Alt = String(str(other.Alt)), String(str(one.Alt))


@mutation("alternative text of a code changed", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    figure = next(figure for figure in elements(pdf, "Figure") if "december" in str(figure.Alt))
    figure.Alt = String("二维码：https://example.org/chengguan")


@mutation("two drawings exchanged, their texts left", "N565", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, _chart, other, *_rest = elements(pdf, "Figure")
    one.K, other.K, one.Pg, other.Pg = other.K, one.K, other.Pg, one.Pg


def _codes(pdf: Pdf, sample: Sample) -> list[tuple[int, tuple[float, float, float, float]]]:
    """The page and the box of each code that the sample shows, its light margin included."""
    file = PdfFile(sample.data)
    found = []
    for figure in (figure for figure in elements(pdf, "Figure") if str(figure.get("/Alt", "")).startswith("二维码")):
        page = next(index for index, leaf in enumerate(pdf.pages) if leaf.objgen == figure.Pg.objgen)
        content = file.contents[page]
        assert content is not None
        mcid = figure.K if isinstance(figure.K, int) else figure.K[0] if isinstance(figure.K, Array) else figure.K.MCID
        marks = {index for index, mark in enumerate(content.marks) if mark.mcid == int(mcid)}
        boxes = [paint.box for paint in content.paints if paint.mark in marks]
        found.append((page, max(boxes, key=lambda box: box[2] - box[0])))
    return found


def _squares(data: str, box: tuple[float, float, float, float]) -> bytes:
    """A code for ``data`` that fills ``box``, drawn as squares on white."""
    matrix = segno.make(data, error="m", micro=False).matrix
    x0, y0, x1, y1 = box
    side = (x1 - x0) / (len(matrix) + 8)
    parts = [b"1 g %f %f %f %f re f 0 g" % (x0, y0, x1 - x0, y1 - y0)]
    parts += [
        b"%f %f %f %f re f" % (x0 + (column + 4) * side, y1 - (row + 5) * side, side, side)
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    ]
    return b" ".join(parts)


@mutation("a code for another address pasted over the code", "N565", compared=True)
def _(pdf: Pdf, sample: Sample) -> None:
    page, box = _codes(pdf, sample)[0]
    append(pdf, page, _squares("https://example.com/other", box))


@mutation("a patch in a code", "N565", compared=True)
def _(pdf: Pdf, sample: Sample) -> None:
    page, (x0, y0, x1, _y1) = _codes(pdf, sample)[0]
    width = (x1 - x0) / 5
    append(pdf, page, b"1 g %f %f %f %f re f" % (x0 + 2 * width, y0 + 2 * width, width, width))


@mutation("a picture pasted over a code", "N565", compared=True)
def _(pdf: Pdf, sample: Sample) -> None:
    page, (x0, y0, x1, y1) = _codes(pdf, sample)[0]
    image = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI"
    append(pdf, page, b"q %f 0 0 %f %f %f cm %s Q" % (x1 - x0, y1 - y0, x0, y0, image))


@mutation("a code drawn for another address", "N565", compared=True)
def _(pdf: Pdf, sample: Sample) -> None:
    page, _box = _codes(pdf, sample)[0]
    leaf, dropped = pdf.pages[page], 0
    kept = []
    for operands, operator in pikepdf.parse_content_stream(leaf):
        if str(operator) == "l" and dropped % 7 == 3:
            operands = [operands[0] + 4, operands[1]]
        dropped += str(operator) == "l"
        kept.append((operands, operator))
    leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _destination(pdf: Pdf, anchor: str) -> Array:
    """The explicit destination that a name stands for."""
    names = list(pdf.Root.Names.Dests.Names)
    return next(names[index + 1] for index in range(0, len(names), 2) if str(names[index]) == anchor)


def _mark(pdf: Pdf, words: str) -> Array:
    """Where a bookmark leads."""
    mark = next(mark for mark in outline(pdf) if words in str(mark.Title))
    return mark.Dest if "/Dest" in mark else mark.A.D


@mutation("a destination below its heading", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _destination(pdf, "s2-g1-a3")[3] -= 60


@mutation("a destination on the text before its heading", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _destination(pdf, "s2-g1-a3")[3] += 90


@mutation("a destination at the right of the page", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _destination(pdf, "s2-g1-a3")[2] = 400


@mutation("a destination at six times the size", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _destination(pdf, "s2-g1-a3")[4] = 6


@mutation("a destination that shows a corner of the page", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    target = _destination(pdf, "s2-g1-a3")
    target[1:] = [Name.FitR, 0, 0, 90, 90]


@mutation("a bookmark below its heading", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _mark(pdf, "国家数据局揭牌")[3] = 60


@mutation("a bookmark of no entry below its title", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _mark(pdf, "联系与投稿")[3] = 60


@mutation("a bookmark at a tenth of the size", "N554")
def _(pdf: Pdf, _sample: Sample) -> None:
    _mark(pdf, "国家数据局揭牌")[4] = Decimal("0.1")


@mutation("areas of two links to the outside exchanged", "N555")
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other = _to(pdf, "mailto:chengguan")[-1], _to(pdf, "/chengguan")[0]
    one.Rect, other.Rect = other.Rect, one.Rect


@mutation("a link moved off its words", "N555")
def _(pdf: Pdf, _sample: Sample) -> None:
    link = _to(pdf, "rfc-editor")[0]
    link.Rect = Array([link.Rect[0], link.Rect[1] + 40, link.Rect[2], link.Rect[3] + 40])


@mutation("a link over the whole page", "N555")
def _(pdf: Pdf, _sample: Sample) -> None:
    _to(pdf, "rfc-editor")[0].Rect = Array([0, 0, 595, 842])


@mutation("links of a contents entry moved half a page down", "N555")
def _(pdf: Pdf, sample: Sample) -> None:
    entry = sample.entry("s2-g1-a3")
    for link in pdf.pages[entry.page].Annots:
        if str(link.get("/Dest", "")) == entry.anchor:
            link.Rect = Array([link.Rect[0], link.Rect[1] - 200, link.Rect[2], link.Rect[3] - 200])

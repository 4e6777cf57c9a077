"""Tags, metadata and fonts that are not what PDF/UA-1 asks for."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from mutation_tools import Sample, append, drop, elements, first, fonts, kids, mutation, show
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

# --- the tree -------------------------------------------------------------------------------------------------------


@mutation("structure tree removed", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root["/StructTreeRoot"]


@mutation("structure tree emptied", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.StructTreeRoot.K = Array()


@mutation("all tags of a page removed", "N683")
def _(pdf: Pdf, _sample: Sample) -> None:
    page = pdf.pages[20].obj.objgen
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array([kid for kid in document.K if kid.Pg.objgen != page])


@mutation("a paragraph out of the tree", "N683")
def _(pdf: Pdf, _sample: Sample) -> None:
    drop(next(element for element in elements(pdf, "P") if len(element.K) > 1))


@mutation("watermark over a page, untagged", "N683")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, show(pdf, 20, "本期", size=60))


@mutation("a picture drawn without a tag", "N683")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"0.8 g 100 100 200 200 re f")


@mutation("parent tree gone", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


@mutation("parent tree names other elements", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    lists = [entry for entry in nums if isinstance(entry, Array) and len(entry) > 3]
    lists[20][0] = lists[20][len(lists[20]) - 1]


@mutation("content in two elements", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other = [e for e in elements(pdf, "P") if any(isinstance(kid, int) for kid in e.K)][5:7]
    other.K.append(next(kid for kid in one.K if isinstance(kid, int)))


@mutation("an element that names another parent", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    first(pdf, "LBody").P = first(pdf, "Document")


@mutation("tags are suspect", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.MarkInfo.Suspects = True


@mutation("not marked as tagged", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.MarkInfo.Marked = False


@mutation("an unknown structure type", "N690")
def _(pdf: Pdf, _sample: Sample) -> None:
    first(pdf, "BlockQuote").S = Name.Zitat


@mutation("a standard type mapped to another", "N690")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Span)


@mutation("a paragraph in a paragraph", "N690")
def _(pdf: Pdf, _sample: Sample) -> None:
    kids(next(element for element in elements(pdf, "P") if kids(element)))[0].S = Name.P


@mutation("alt text of a figure gone", "N563")
def _(pdf: Pdf, _sample: Sample) -> None:
    del first(pdf, "Figure")["/Alt"]


@mutation("alt text of a figure blank", "N563")
def _(pdf: Pdf, _sample: Sample) -> None:
    first(pdf, "Figure").Alt = String("  ")


@mutation("a heading a level too deep", "N685")
def _(pdf: Pdf, _sample: Sample) -> None:
    list(elements(pdf, "H2"))[25].S = Name.H4


@mutation("a heading a level too high", "N685")
def _(pdf: Pdf, _sample: Sample) -> None:
    list(elements(pdf, "H3"))[10].S = Name.H2


@mutation("a heading tagged as a paragraph", "N685")
def _(pdf: Pdf, _sample: Sample) -> None:
    list(elements(pdf, "H3"))[10].S = Name.P


@mutation("no heading of the first level", "N685")
def _(pdf: Pdf, _sample: Sample) -> None:
    for heading in list(elements(pdf, "H1")):
        heading.S = Name.H2


@mutation("an empty heading", "N685")
def _(pdf: Pdf, _sample: Sample) -> None:
    document = first(pdf, "Document")
    empty = Dictionary(Type=Name.StructElem, S=Name.H2, P=document, K=Array(), Pg=pdf.pages[30].obj)
    document.K.append(pdf.make_indirect(empty))


@mutation("header cells tagged as data", "N686")
def _(pdf: Pdf, _sample: Sample) -> None:
    for cell in list(elements(pdf, "TH")):
        cell.S = Name.TD


@mutation("header cells without scope and name", "N686")
def _(pdf: Pdf, _sample: Sample) -> None:
    for cell in elements(pdf, "TH"):
        del cell["/ID"]
        del cell.A["/Scope"]


@mutation("a cell of a table gone", "N686")
def _(pdf: Pdf, _sample: Sample) -> None:
    row = next(row for row in elements(pdf, "TR") if len(kids(row)) > 2)
    drop(kids(row)[-1])


@mutation("a row outside its table", "N686")
def _(pdf: Pdf, _sample: Sample) -> None:
    row = first(pdf, "TR")
    drop(row)
    document = first(pdf, "Document")
    row.P = document
    document.K.append(row)


@mutation("a list item without its body", "N687")
def _(pdf: Pdf, _sample: Sample) -> None:
    first(pdf, "LBody").S = Name.P


@mutation("a list item outside its list", "N687")
def _(pdf: Pdf, _sample: Sample) -> None:
    first(pdf, "L").S = Name.Div


@mutation("link elements renamed", "N688")
def _(pdf: Pdf, _sample: Sample) -> None:
    for link in list(elements(pdf, "Link")):
        link.S = Name.Span


@mutation("a link out of its element", "N688")
def _(pdf: Pdf, _sample: Sample) -> None:
    link = first(pdf, "Link")
    link.K = Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR")])


@mutation("descriptions of links gone", "N688")
def _(pdf: Pdf, sample: Sample) -> None:
    for link in pdf.pages[sample.entry("s2").page].Annots:
        if "/Contents" in link:
            del link["/Contents"]


@mutation("tab order gone", "N562")
def _(pdf: Pdf, sample: Sample) -> None:
    del pdf.pages[sample.entry("s2").page]["/Tabs"]


# --- metadata -------------------------------------------------------------------------------------------------------


@mutation("title gone", "N560")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.docinfo["/Title"]


@mutation("title changed in one place", "N681")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/Title"] = String("未命名")


@mutation("language gone", "N560")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root["/Lang"]


@mutation("author gone", "N561")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.docinfo["/Author"]


@mutation("date changed in one place", "N681")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/ModDate"] = String("D:20200101000000Z")


@mutation("date that is none", "N561")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/CreationDate"] = String("二〇二六年")


@mutation("title not shown", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@mutation("XMP metadata gone", "N680")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root["/Metadata"]


@mutation("claim of PDF/UA gone", "N680")
def _(pdf: Pdf, _sample: Sample) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b'pdfuaid:part="1"', b""))


# --- fonts ----------------------------------------------------------------------------------------------------------


def _inner(font: Dictionary) -> Dictionary:
    return font.DescendantFonts[0]


@mutation("a font not embedded", "N540")
def _(pdf: Pdf, _sample: Sample) -> None:
    del _inner(fonts(pdf)["NL-Kai"]).FontDescriptor["/FontFile2"]


@mutation("a font of another name", "N541")
def _(pdf: Pdf, _sample: Sample) -> None:
    font = fonts(pdf)["NL-Mono"]
    name = Name("/ABCDEF+SimSun")
    font.BaseFont = _inner(font).BaseFont = _inner(font).FontDescriptor.FontName = name
    program = _inner(font).FontDescriptor.FontFile2
    program.write(program.read_bytes().replace("NL-Mono".encode("utf-16-be"), "SimSun2".encode("utf-16-be")))


@mutation("ToUnicode of a font gone", "N543")
def _(pdf: Pdf, _sample: Sample) -> None:
    del fonts(pdf)["NL-Serif"]["/ToUnicode"]


@mutation("ToUnicode of a font shifted by one", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    cmap = fonts(pdf)["NL-Kai"].ToUnicode
    lines = cmap.read_bytes().split(b"\n")
    for index, line in enumerate(lines):
        parts = line.split()
        if len(parts) == 2 and all(part.startswith(b"<") for part in parts) and len(parts[1]) == 6:
            lines[index] = b"%s <%04x>" % (parts[0], int(parts[1][1:-1], 16) + 1)
    cmap.write(b"\n".join(lines))


@mutation("one character of ToUnicode wrong", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    cmap = fonts(pdf)["NL-Serif"].ToUnicode
    data = cmap.read_bytes()
    assert b"<56fd>" in data.lower()
    cmap.write(data.lower().replace(b"<56fd>", b"<5bb6>"))


@mutation("outlines of a font emptied", "N542")
def _(pdf: Pdf, _sample: Sample) -> None:
    _empty_outlines(_inner(fonts(pdf)["NL-Kai"]).FontDescriptor.FontFile2, lambda glyph: glyph >= 0)


@mutation("one glyph of a font emptied", "N542")
def _(pdf: Pdf, _sample: Sample) -> None:
    font = fonts(pdf)["NL-Serif"]
    code = int(next(line for line in font.ToUnicode.read_bytes().lower().split(b"\n") if b"<56fd>" in line)[1:5], 16)
    _empty_outlines(_inner(font).FontDescriptor.FontFile2, lambda glyph: glyph == code)


def _empty_outlines(stream: Stream, wanted: Callable[[int], bool]) -> None:
    """Take the outlines of the glyphs that are ``wanted`` (by their ids) out of an embedded font file."""
    font = TTFont(BytesIO(stream.read_bytes()), recalcBBoxes=False, recalcTimestamp=False)
    order = font.getGlyphOrder()
    for index, name in enumerate(order):
        if wanted(index):
            font["glyf"][name] = Glyph()
    out = BytesIO()
    font.save(out)
    stream.write(out.getvalue())


@mutation("a glyph that no font has", "N542")
def _(pdf: Pdf, _sample: Sample) -> None:
    name = next(iter(pdf.pages[20].Resources.Font))
    append(pdf, 20, b"/Artifact BMC BT %s 12 Tf 100 400 Td <fff0> Tj ET EMC" % name.encode())


@mutation("widths of a font wrong", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    inner = _inner(fonts(pdf)["NL-Latin"])
    inner.W = Array([entry if not isinstance(entry, Array) else Array([600 for _ in entry]) for entry in inner.W])


@mutation("subset mark of a font gone", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    font = fonts(pdf)["NL-Serif"]
    font.BaseFont = _inner(font).BaseFont = _inner(font).FontDescriptor.FontName = Name("/NL-Serif")


@mutation("a font with two names", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    _inner(fonts(pdf)["NL-Serif"]).FontDescriptor.FontName = Name("/ABCDEF+Other")


@mutation("glyphs mapped to others", "N689")
def _(pdf: Pdf, _sample: Sample) -> None:
    inner = _inner(fonts(pdf)["NL-Kai"])
    inner.CIDToGIDMap = pdf.make_stream(b"\x00\x05" * 3000)

"""Scripts, attachments, forms, layers, traces of a computer, damage to the file."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdf
from mutation_tools import Sample, action, append, mutation, mutation_of_bytes, outline, saved, show
from pikepdf import Array, Dictionary, Name, Pdf, String


@mutation("script on opening", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.OpenAction = action(pdf, "JavaScript", JS=String("app.alert(1)"))


@mutation("script in the name tree", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    script = action(pdf, "JavaScript", JS=String("1"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


@mutation("script when a page is turned to", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[5].AA = Dictionary(O=action(pdf, "JavaScript", JS=String("1")))


@mutation("script behind a link's action", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    link = next(a for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a)
    link.A.Next = action(pdf, "JavaScript", JS=String("1"))


@mutation("bookmark that starts a program", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    mark = outline(pdf)[3]
    if "/Dest" in mark:
        del mark["/Dest"]
    mark.A = action(pdf, "Launch", F=String("calc.exe"))


@mutation("link that opens another file", "N691")
def _(pdf: Pdf, sample: Sample) -> None:
    link = pdf.pages[sample.entry("s2").page].Annots[0]
    del link["/Dest"]
    link.A = action(pdf, "GoToR", F=String("other.pdf"), D=Array([0, Name.Fit]))


@mutation("link that submits data", "N691")
def _(pdf: Pdf, sample: Sample) -> None:
    link = pdf.pages[sample.entry("s2").page].Annots[0]
    del link["/Dest"]
    link.A = action(pdf, "SubmitForm", F=String("https://example.org"))


@mutation("a file attached", "N692")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.attachments["draft.docx"] = b"draft"


@mutation("a file attached to a note on a page", "N692")
def _(pdf: Pdf, _sample: Sample) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, b"draft", filename="draft.docx")
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([10, 10, 30, 30]), FS=spec.obj)
    _annotate(pdf, 20, note)


@mutation("an associated file", "N692")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.AF = Array([pikepdf.AttachedFileSpec(pdf, b"x", filename="data.csv").obj])


def _annotate(pdf: Pdf, page: int, annotation: Dictionary) -> None:
    target = pdf.pages[page]
    target.Annots = Array([*target.get("/Annots", Array()), pdf.make_indirect(annotation)])


@mutation("a comment left on a page", "N693")
def _(pdf: Pdf, _sample: Sample) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("改！"))
    _annotate(pdf, 20, note)


@mutation("a stamp on the cover", "N693")
def _(pdf: Pdf, _sample: Sample) -> None:
    _annotate(pdf, 0, Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 100, 300, 200])))


@mutation("a link put on a page by another program", "N688", "N562")
def _(pdf: Pdf, _sample: Sample) -> None:
    page = next(index for index, page in enumerate(pdf.pages) if "/Annots" not in page and index > 8)
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([100, 100, 300, 200]),
        A=action(pdf, "URI", URI=String("https://x.org")),
    )
    if "/Tabs" in pdf.pages[page]:
        del pdf.pages[page]["/Tabs"]
    _annotate(pdf, page, link)


@mutation("a form", "N693")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array()))


@mutation("a layer", "N694")
def _(pdf: Pdf, _sample: Sample) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("watermark")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


@mutation("a path of a home folder in the metadata", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/Creator"] = String("newsletter-pdf /home/zhangsan/build")


@mutation("a path of Windows in a picture's name", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    next(iter(pdf.pages[0].Resources.XObject.values())).Source = String("C:\\Users\\zhang\\Desktop\\图.svg")


@mutation("a file address in XMP", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"</rdf:RDF>", b"<!-- file:///srv/build/x.html --></rdf:RDF>"))


@mutation("a path in a stream that nothing refers to", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[3].PieceInfo = Dictionary(X=Dictionary(Private=pdf.make_stream(b"made in /Users/lisi/Documents")))


@mutation("a path in Chinese in the metadata", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/Source"] = String("/home/张三/期刊/十一月")


@mutation("invisible text", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"/Artifact BMC " + show(pdf, 20, "本期", more=b"3 Tr ") + b" EMC")


@mutation("opened at another page", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[20].obj, Name.Fit])


@mutation("bars of the window hidden", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.ViewerPreferences.HideMenubar = True


@mutation("opened as a slide show", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.PageMode = Name.FullScreen


@mutation("a page that turns itself", "N691")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[20].Dur = 1


@mutation("private data of another program", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[3].PieceInfo = Dictionary(X=Dictionary(Private=String("notes")))


@mutation("a link that draws", "N693")
def _(pdf: Pdf, sample: Sample) -> None:
    link = pdf.pages[sample.entry("s2").page].Annots[0]
    link.AP = Dictionary(N=pdf.make_stream(b"0 g 0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form))


@mutation("a link with a border", "N693")
def _(pdf: Pdf, sample: Sample) -> None:
    del pdf.pages[sample.entry("s2").page].Annots[0]["/BS"]


@mutation("text too faint to be seen", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[20].Resources.ExtGState = Dictionary(Faint=Dictionary(ca=0.01))
    append(pdf, 20, b"/Artifact BMC /Faint gs " + show(pdf, 20, "本期") + b" EMC")


@mutation("text that only clips", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"/Artifact BMC " + show(pdf, 20, "本期", more=b"7 Tr ") + b" EMC")


@mutation("white text on the paper", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"/Artifact BMC 0 0 0 0.02 k " + show(pdf, 20, "本期") + b" EMC")


@mutation("text outlined in white", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"/Artifact BMC 1 G " + show(pdf, 20, "本期", more=b"1 Tr ") + b" EMC")


@mutation("text in the colour of the box below it", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    box = b"/DeviceRGB cs 0.2 0.3 0.4 sc 90 390 60 30 re f 0.2 0.3 0.4 rg "
    append(pdf, 20, b"/Artifact BMC " + box + show(pdf, 20, "本期") + b" EMC")


@mutation("text too small to be seen", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    append(pdf, 20, b"/Artifact BMC " + show(pdf, 20, "本期", size=0.2) + b" EMC")


@mutation("a version that PDF/UA-1 does not know", "N682")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.Version = Name("/2.0")


@mutation_of_bytes("encrypted", "N503")
def _(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="secret", user="", R=4))


@mutation_of_bytes("cut off", "N502")
def _(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@mutation_of_bytes("end mark lost", "N502")
def _(data: bytes) -> bytes:
    return data[: data.rindex(b"%%EOF")]


def _xmp(pdf: Pdf, addition: bytes) -> None:
    """Put ``addition`` before the end of the last description in the XMP metadata."""
    before, end, after = pdf.Root.Metadata.read_bytes().rpartition(b"</rdf:RDF>")
    described = b'<rdf:Description rdf:about="" xmlns:x1="http://example.org/x/">' + addition + b"</rdf:Description>"
    pdf.Root.Metadata.write(before + described + end + after)


@mutation("a home folder in XMP, its slashes as entities", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    _xmp(pdf, "<x1:From>&#x2F;home&#47;王五/稿件</x1:From>".encode())


@mutation("a folder of Windows in XMP, its colon as an entity", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    _xmp(pdf, b"<x1:From>C&#58;&#92;Users&#92;wang&#92;x.docx</x1:From>")


@mutation("an account in XMP", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    _xmp(pdf, b"<x1:UserName>wangwu</x1:UserName>")


@mutation("user and computer in the document information", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/Producer"] = String("WeasyPrint on wangwu@wangwu-laptop")


@mutation("a field for the owner of a computer in the document information", "N695")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.docinfo["/LastModifiedBy"] = String("王五")


@mutation_of_bytes("garbage behind the end", "N696")
def _(data: bytes) -> bytes:
    return data + b"\nhidden words" * 20


@mutation_of_bytes("much garbage behind the end", "N696")
def _(data: bytes) -> bytes:
    return data + b"hidden words" * 2000


@mutation_of_bytes("garbage before the beginning", "N696")
def _(data: bytes) -> bytes:
    return b"From: someone\n" + data


@mutation_of_bytes("a change appended", "N696")
def _(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(data), incremental=True)
    writer.add_metadata({"/Note": "later"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@mutation_of_bytes("empty", "N501")
def _(data: bytes) -> bytes:
    return data[:0]


@mutation_of_bytes("a web page called .pdf", "N501")
def _(data: bytes) -> bytes:
    return b"<!doctype html><title>login</title>" + b" " * len(data)


@mutation_of_bytes("too large", "N506")
def _(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[3].PieceInfo = Dictionary(X=Dictionary(Private=pdf.make_stream(bytes(15_100_000))))
        return saved(pdf, compress_streams=False)

"""Pictures, text boxes, charts, diagrams and embedded objects of a Word file (ECMA-376 Part 1, 20; Part 4 for VML)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docx.opc.part import Part

from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.naming import slug
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.names import (
    CHART_TEXT,
    CX,
    DGM,
    MC,
    WP,
    A,
    C,
    Element,
    O,
    R,
    V,
    W,
    alternative,
    text_of,
    whole,
)
from newsletter_pdf.importers.word.package import External, root_of, target
from newsletter_pdf.importers.word.raster import Crop, usable_picture
from newsletter_pdf.model import Figure

# What programs put into the description by themselves says nothing to a reader who cannot see the picture.
_FILE_NAME = re.compile(
    r"(?:[A-Za-z]:|https?:|[/\\]).*|\S*\.(?:png|jpe?g|gif|bmp|tiff?|webp|emf|wmf|svg)|[0-9a-f-]{16,}"
    r"|(?:图片|picture|image|img|截图|微信图片|qq图片|屏幕截图|screenshot|wps图片)[\s_\-]*[\d_\-\s]*",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(
    r"\s*(?:描述已自动生成|AI 生成的内容可能不正确。?|Description automatically generated.*|"
    r"AI-generated content may be incorrect\.?|已自动生成说明)\s*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Drawing:
    """What a drawing holds that can be used or has to be named: pictures, and the contents of text boxes."""

    figures: list[Figure] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def read_drawing(element: Element, part: Part, context: Context) -> Drawing:
    """Read a ``w:drawing``, ``w:pict`` or ``w:object``; what cannot be used is left out and named."""
    drawing = Drawing()
    alt = _description(element)
    if element.tag == W + "object":
        program = next((node.get("ProgID") for node in element.iter(O + "OLEObject")), None)
        context.leave_out("object", program or alt or "OLE")
        drawing.boxes += _own(element, W + "txbxContent")
        return drawing
    for chart in _own(element, C + "chart", CX + "chart"):
        context.leave_out("chart", _chart_text(target(part, chart.get(R + "id"))) or alt or "图表")
    for diagram in _own(element, DGM + "relIds"):
        context.leave_out("diagram", _diagram_text(target(part, diagram.get(R + "dm"))) or alt or "SmartArt")
    drawing.boxes += _own(element, W + "txbxContent")
    for text in _shape_texts(element):
        context.leave_out("text-box", text)
    for blip in _own(element, A + "blip"):
        _picture(blip.get(R + "embed"), blip.get(R + "link"), _crop(blip), alt, part, context, drawing)
    for image in _own(element, V + "imagedata"):
        _picture(image.get(R + "id"), image.get(R + "href"), Crop(), alt, part, context, drawing)
    for path in _own(element, V + "textpath"):
        context.leave_out("word-art", path.get("string") or "")
    return drawing


def _own(element: Element, *names: str) -> list[Element]:
    """What a drawing holds itself: not in its text boxes, which are read apart, nor in a form that does not count."""
    found: list[Element] = []
    for node in element.iterchildren():
        if node.tag in names:
            found.append(node)
        elif node.tag == MC + "AlternateContent":
            chosen = alternative(node)
            found += [] if chosen is None else _own(chosen, *names)
        elif node.tag != W + "txbxContent":
            found += _own(node, *names)
    return found


def _shape_texts(element: Element) -> list[str]:
    """The texts of shapes that are no text boxes of Word's: those of a locked canvas, and web pages in old ones."""
    texts = ["".join(text_of(text) for text in body.iter(A + "t")) for body in _own(element, A + "txBody")]
    boxes = _own(element, V + "textbox")
    return texts + [text_of(inner) for box in boxes for inner in box.iterchildren("{}*")]


def _description(element: Element) -> str:
    """The alternative text: ``descr`` before ``title``; VML has ``alt``."""
    for name in (WP + "docPr", V + "shape", V + "rect"):
        for node in element.iter(name):
            for key in ("descr", "title", "alt"):
                text = _BY_MACHINE.sub("", " ".join((node.get(key) or "").split()))
                if text and not _FILE_NAME.fullmatch(text):
                    return text
    return ""


def _crop(blip: Element) -> Crop:
    """The part of the picture that is shown, ``a:srcRect`` in thousandths of a per cent (20.1.8.55), and its turn."""
    fill = blip.getparent()
    frame = None if fill is None else fill.getparent()
    source = None if fill is None else fill.find(A + "srcRect")
    turn = None if frame is None else next(frame.iter(A + "xfrm"), None)
    sides = [0.0] * 4 if source is None else [(whole(source.get(side)) or 0) / 100_000 for side in "ltrb"]
    rotation = 0 if turn is None else whole(turn.get("rot")) or 0
    left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in sides)
    return Crop(left, top, right, bottom, turn=round(rotation / 5_400_000) % 4)


def _picture(
    embedded: str | None, linked: str | None, crop: Crop, alt: str, part: Part, context: Context, drawing: Drawing
) -> None:
    found = target(part, embedded) or target(part, linked)
    if isinstance(found, External):
        # Named with the other external references; it is never fetched.
        context.leave_out("picture", alt or found.address[:200])
        return
    name = alt or "图片"
    if found is None:
        context.leave_out("picture", name)
        return
    kind = PurePosixPath(str(found.partname)).suffix.lower()
    data, extension = usable_picture(found.blob, crop)
    if data is None:
        rule = rules.METAFILE if extension == "metafile" else rules.PICTURE_UNUSABLE
        context.findings.add(rule.at(context.place, name=PurePosixPath(str(found.partname)).name, alt=name, kind=kind))
        context.leave_out("picture", name)
        return
    number = len(context.pictures) + 1
    known = next((path for path, held in context.pictures.items() if held == data), None)
    path = known or context.path.parent / f"{slug(context.path.stem)}-图{number}{extension}"
    context.pictures[path] = data
    drawing.figures.append(Figure(path=path, alt=alt, place=context.place))


def _chart_text(part: Part | External | None) -> str:
    if not isinstance(part, Part):
        return ""
    related = (rel.target_part for rel in part.rels.values() if not rel.is_external)
    parts = [part, *(each for each in related if str(each.partname).startswith("/word/drawings/"))]
    texts = [node.text or "" for each in parts for node in root_of(each).iter(*CHART_TEXT)]
    return " ".join(text.strip() for text in texts if text.strip())


def _diagram_text(part: Part | External | None) -> str:
    if not isinstance(part, Part):
        return ""
    return " ".join(text for node in root_of(part).iter(A + "t") if (text := (node.text or "").strip()))

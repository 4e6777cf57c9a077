"""PDFs whose setting is known: every glyph is put where a test says.

The type is 10 pt, the measure 20 em from x = 100 pt, the leading 20 pt, the first baseline at y = 700 pt. Han and
full-width marks are an em wide, ASCII half an em; every glyph of the font is a box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path

import pydyf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from newsletter_pdf.verify.setting import Setting

#: The fixture that writes three sound paragraphs followed by those given, and measures them.
Measured = Callable[..., Setting]

SIZE, LEFT, MEASURE, LEADING, TOP = 10.0, 100.0, 20, 20.0, 700.0
HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"


def han(number: int, start: int = 0) -> str:
    """``number`` Han characters, all the same in no two neighbouring places."""
    return "".join(HAN[(start + index) % len(HAN)] for index in range(number))


@dataclass
class Put:
    """One line: ``text`` with ``stretch`` em between any two characters, ``more`` em before single ones (by index).

    ``indent`` em from the left edge, ``down`` pt below its place on the grid. ``actual`` is an ``ActualText`` around
    all of it. ``small`` are indices of characters set as raised note calls.
    """

    text: str
    stretch: float = 0.0
    more: Mapping[int, float] = field(default_factory=dict)
    indent: float = 0.0
    down: float = 0.0
    actual: str | None = None
    small: frozenset[int] = frozenset()


@dataclass
class Paragraph:
    """Lines of one structure element; ``page_break`` is the index of the line that starts the next page."""

    lines: Sequence[Put | str]
    tag: str = "P"
    align: str | None = None
    page_break: int | None = None


def full(paragraph: int = 0, lines: int = 3) -> list[Put | str]:
    """Whole lines of Han with an indent of 2 em, and a last line of 7."""
    first = Put(han(18, paragraph), indent=2)
    return [first, *(han(20, paragraph + 3 * line) for line in range(1, lines)), han(7, paragraph)]


def spread(text: str, *, more: Mapping[int, float] | None = None, width: float = MEASURE) -> Put:
    """A line stretched to the measure: by as much between any two characters."""
    natural = sum(advance(char) for char in text) + sum((more or {}).values())
    return Put(text, stretch=(width - natural) / (len(text) - 1), more=more or {})


def advance(char: str) -> float:
    """The width of a character, em."""
    return 0.5 if ord(char) < 0x80 else 1.0


def write(path: Path, paragraphs: Sequence[Paragraph], *, tagged: bool = True, language: str = "zh-CN") -> Path:
    """Write the paragraphs one under another, half a line between none."""
    pdf = pydyf.PDF()
    characters = "".join(sorted({char for p in paragraphs for line in p.lines for char in _put(line).text}))
    font = _font(pdf, characters)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "K": pydyf.Array()})
    pdf.add_object(root)
    pages: list[pydyf.Dictionary] = []
    streams: list[pydyf.Stream] = []

    def new_page() -> None:
        stream = pydyf.Stream()
        pdf.add_object(stream)
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array((0, 0, 595, 842)),
                "Contents": stream.reference,
                "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F": font.reference})}),
            }
        )
        pdf.add_page(page)
        pages.append(page)
        streams.append(stream)

    new_page()
    y, ids = TOP, count()
    for paragraph in paragraphs:
        element = _element(pdf, root, paragraph, pages[-1])
        for index, line in enumerate(paragraph.lines):
            if index == paragraph.page_break:
                new_page()
                y = TOP
                element = _element(pdf, root, paragraph, pages[-1])
            put, mcid = _put(line), next(ids)
            if tagged:
                element["K"].append(mcid)
            streams[-1].stream.extend(
                _operators(put, y - put.down, paragraph.tag, mcid if tagged else None, characters)
            )
            y -= LEADING
    if tagged:
        pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["Lang"] = pydyf.String(language)
    with path.open("wb") as file:
        pdf.write(file)
    return path


def _put(line: Put | str) -> Put:
    return Put(line) if isinstance(line, str) else line


def _element(pdf: pydyf.PDF, root: pydyf.Dictionary, paragraph: Paragraph, page: pydyf.Dictionary) -> pydyf.Dictionary:
    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": f"/{paragraph.tag}", "P": root.reference, "Pg": page.reference, "K": pydyf.Array()}
    )
    if paragraph.align:
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextAlign": f"/{paragraph.align}"})
    pdf.add_object(element)
    root["K"].append(element.reference)
    return element


def _operators(put: Put, y: float, tag: str, mcid: int | None, characters: str) -> list[bytes]:
    made = []
    if mcid is not None:
        made.append(f"/{tag} <</MCID {mcid}>> BDC")
    if put.actual is not None:
        made.append(f"/Span <</ActualText <feff{put.actual.encode('utf-16-be').hex()}>>> BDC")
    made.append("BT")
    x = LEFT + put.indent * SIZE
    for index, char in enumerate(put.text):
        x += put.more.get(index, 0.0) * SIZE
        size, rise = (SIZE * 0.6, SIZE * 0.4) if index in put.small else (SIZE, 0.0)
        made.append(f"/F {size} Tf 1 0 0 1 {x:.4f} {y + rise:.4f} Tm <{characters.index(char) + 1:04x}> Tj")
        x += advance(char) * size + put.stretch * SIZE
    made.append("ET")
    made += ["EMC"] * ((mcid is not None) + (put.actual is not None))
    return [line.encode() for line in made]


def _font(pdf: pydyf.PDF, characters: str) -> pydyf.Dictionary:
    """A font whose glyph 1 is the first of ``characters``, 2 the second, and so on."""
    file = pydyf.Stream([font_file(characters)])
    pdf.add_object(file)
    mapping = pydyf.Stream(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def",
            b"1 begincodespacerange <0000> <ffff> endcodespacerange",
            f"{len(characters)} beginbfchar".encode(),
            *(f"<{glyph:04x}> <{ord(char):04x}>".encode() for glyph, char in enumerate(characters, 1)),
            b"endbfchar endcmap end end",
        ]
    )
    pdf.add_object(mapping)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": "/Paper",
            "Flags": 4,
            "FontBBox": pydyf.Array((0, -120, 1000, 880)),
            "ItalicAngle": 0,
            "Ascent": 880,
            "Descent": -120,
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )
    pdf.add_object(descriptor)
    inner = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": "/Paper",
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": "/Identity",
            "W": pydyf.Array((1, pydyf.Array(int(advance(char) * 1000) for char in characters))),
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(inner)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": "/Paper",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array((inner.reference,)),
            "ToUnicode": mapping.reference,
        }
    )
    pdf.add_object(font)
    return font


@lru_cache(maxsize=64)
def font_file(characters: str) -> bytes:
    """A TrueType file of boxes for ``characters``, the family ``Paper``."""
    names = [".notdef", *(f"u{ord(char):04X}" for char in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): name for char, name in zip(characters, names[1:], strict=True)})
    widths = {".notdef": 500} | {f"u{ord(char):04X}": int(advance(char) * 1000) for char in characters}
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(None)
        if name != "u0020":
            pen.moveTo((50, 0))
            pen.lineTo((50, 700))
            pen.lineTo((widths[name] - 50, 700))
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Paper", "styleName": "Regular", "psName": "Paper"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()

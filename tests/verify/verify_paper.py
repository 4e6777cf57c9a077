"""A small sound issue as WeasyPrint writes it, and ways to spoil it.

The pages: cover, contents, then the body from folio 1: opener of section 1 (folio 1), its group with the first article
(2), the second article (3), opener of section 2 (4), its two articles without a group (5, 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfWriter

from newsletter_pdf.verify import Proof

LONG = "关于在城市公共停车场开展夜间错时共享试点并同步公布收费标准和投诉渠道的说明"
BODY = "本段文字用来填满版面，说明停车场夜间开放的安排。"


@dataclass(frozen=True)
class Row:
    """One entry of the contents as printed."""

    anchor: str
    label: str
    page: str


ROWS = (
    Row("s1", "本月要闻", "1"),
    Row("s1-g1", "（一）全国", "2"),
    Row("s1-g1-a1", "1. 图书馆延长开放", "2"),
    Row("s1-g1-a2", f"2. {LONG}", "3"),
    Row("s2", "读者来信", "4"),
    Row("s2-g0-a1", "1. 公园里的长椅", "5"),
    Row("s2-g0-a2", "2. 一条小路的名字", "6"),
)


@dataclass
class Paper:
    """The HTML of the issue in parts that a test may change before it is written."""

    rows: list[Row] = field(default_factory=lambda: list(ROWS))
    titles: dict[str, str] = field(default_factory=lambda: {row.anchor: row.label for row in ROWS})
    css: str = ""
    cover: str = "<p>停车与图书</p>"
    after: str = ""
    head: str = (
        "<title>停车与图书</title><meta name=author content=编辑部>"
        '<meta name=dcterms.created content="2026-11-01"><meta name=dcterms.modified content="2026-11-02">'
    )
    lang: str = "zh-CN"
    labels: list[tuple[int, dict[str, object]]] | None = field(
        default_factory=lambda: [(0, {"S": "/r"}), (2, {"S": "/D"})]
    )
    options: dict[str, object] = field(default_factory=lambda: {"pdf_variant": "pdf/ua-1"})

    def html(self, font: Path) -> str:
        contents = "".join(
            f'<p><a href="#{row.anchor}" data-page="{row.page}">{row.label}</a></p>' for row in self.rows
        )
        body = ""
        for anchor, title in self.titles.items():
            level = 1 if "-" not in anchor else 3 if "-a" in anchor else 2
            own_page = "" if anchor == "s1-g1-a1" else ' class="new"'
            folio = next((row.page for row in ROWS if row.anchor == anchor), "")
            text = BODY * 3 if level == 3 else BODY
            body += f'<h{level} id="{anchor}" data-folio="{folio}"{own_page}>{title}</h{level}><p>{text}</p>'
        return f"""<html lang="{self.lang}"><head>{self.head}<style>
        @font-face {{ font-family: "Paper Song"; src: url({font.as_uri()}) }}
        @page {{ size: A4; margin: 30mm 25mm }}
        @page body {{ @top-center {{ content: string(section); border-bottom: 0.5pt solid }}
                      @bottom-center {{ content: "— " string(folio) " —" }} }}
        html {{ font: 12pt/2 "Paper Song" }}
        h1, h2, h3 {{ font-size: 14pt; margin: 0; bookmark-label: content(); font-weight: 400 }}
        h1 {{ bookmark-level: 1; string-set: section content(), folio attr(data-folio) }}
        h2 {{ bookmark-level: 2 }} h3 {{ bookmark-level: 3 }} h2, h3 {{ string-set: folio attr(data-folio) }}
        .contents, .body {{ break-before: page }} .body {{ page: body }}
        .contents p {{ margin: 0 }} .contents a::after {{ content: leader(".") attr(data-page) }}
        .new + .new, .new ~ .new {{ break-before: page }} p {{ margin: 0 }} svg {{ display: block }}
        {self.css}</style></head><body><div>{self.cover}</div><div class="contents">{contents}</div>
        <div class="body">{body}{self.after}</div></body></html>"""


def build_font(path: Path, family: str, characters: str) -> None:
    """A font of plain boxes: Han and full-width characters 1 em wide, others half."""
    names = {char: f"u{ord(char):04X}" for char in sorted(set(characters))}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    widths = {name: 1000 if ord(char) > 0x2000 else 500 for char, name in names.items()} | {".notdef": 500}
    glyphs = {}
    for name, width in widths.items():
        pen = TTGlyphPen(None)
        if name != "u0020":
            pen.moveTo((50, 0))
            pen.lineTo((50, 700))
            pen.lineTo((width - 50, 700))
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family.replace(' ', '')}-Test"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)


ALPHABET = (
    "".join(row.label for row in ROWS)
    + BODY
    + "停车与图书目录旧题另一个标编号（二）— ·…\ufffd见第页期转《》"
    + "".join(chr(code) for code in range(32, 127))
)


# Types of the fixtures ``printed`` (write a changed paper) and ``rewrite`` (change the sound file).
Printed = Callable[[Paper], Path]
Rewrite = Callable[[Callable[[PdfWriter], None]], Path]
# The families that the papers may use.
FONTS = frozenset(("Paper Song",))


def codes(proof: Proof) -> set[str]:
    """The codes of a proof's findings."""
    return {finding.code for finding in proof.findings}


def pages_of(proof: Proof, code: str) -> list[int | None]:
    """The 1-based pages at which a code was found."""
    return [finding.place.page for finding in proof.findings if finding.code == code]

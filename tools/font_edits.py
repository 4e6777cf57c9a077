"""The changes that ``make fonts`` makes to faces; lengths are font units of 1000 to the em.

Recipes name these functions; each takes the open font and its :class:`Job`, and gives the font to go on with. Every
edit is deterministic: the same source file gives the same bytes. The first line of each docstring goes into the
manifest as the account of what was changed.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.misc.roundTools import otRound
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import build as build_variable
from fontTools.varLib.instancer import instantiateVariableFont

from font_recipes import (
    ASCENT,
    DESCENT,
    LATIN_BLEND,
    LATIN_FEATURES,
    UNDERLINE_POSITION,
    UNDERLINE_THICKNESS,
    Recipe,
    Source,
)

EM = 1000
MIDDLE_DOT = 0x00B7
EM_DASH = 0x2014
#: Where quotation marks stand in Noto Serif SC: 75 units of air between ink and the edge that they lean on.
QUOTE_BEARING = 75
#: Blocks of the CJK unified ideographs (Unicode 16, Blocks.txt), extensions A to I.
UNIFIED_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
WINDOWS_ENGLISH = (3, 1, 0x409)
#: OpenType name IDs that are kept: copyright, trademark, maker, designer, licence and its address.
KEPT_NAMES = frozenset({0, 7, 8, 9, 11, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class Job:
    """A recipe being carried out; ``open_source`` opens another file of the same package."""

    recipe: Recipe
    open_source: Callable[[Source], TTFont]


def subset(font: TTFont, job: Job) -> TTFont:
    """Keep the recipe's characters and features only; hinting goes, as PDF readers ignore it."""
    options = Options(
        layout_features=list(LATIN_FEATURES),
        hinting=False,
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
        recalc_timestamp=False,
        drop_tables=["STAT", "DSIG", "meta"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in job.recipe.characters for code in range(first, last + 1)])
    subsetter.subset(font)
    return font


def blend(font: TTFont, job: Job) -> TTFont:
    """A weight between two of a family: outlines, advances, kerning and anchors interpolated by ``LATIN_BLEND``."""
    if job.recipe.heavier is None:
        raise ValueError(f"{job.recipe.postscript_name}: no heavier face to blend with")
    heavier = subset(job.open_source(job.recipe.heavier), job)
    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(name="Weight", tag="wght", minimum=0, default=0, maximum=1))
    for number, master in enumerate((font, heavier)):
        definitions = master["GDEF"].table
        # GDEF 1.0 has neither, and varLib asks for both.
        definitions.MarkGlyphSetsDef = definitions.VarStore = None
        space.addSource(SourceDescriptor(font=master, name=f"master {number}", location={"Weight": number}))
    variable, _, _ = build_variable(space)
    blended = instantiateVariableFont(variable, {"wght": LATIN_BLEND})
    del blended["STAT"]
    return blended


def scale(font: TTFont, job: Job) -> TTFont:
    """Enlarge outlines, advances and kerning by the recipe's factor on an unchanged em."""
    scale_upem(font, otRound(EM * job.recipe.scale))
    font["head"].unitsPerEm = EM
    return font


def em_box_metrics(font: TTFont, _: Job) -> TTFont:
    """Give the face the em box as ascent and descent, no line gap, and the common underline."""
    hhea, os2, post = font["hhea"], font["OS/2"], font["post"]
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    if os2.version >= 4:
        os2.fsSelection |= 1 << 7  # USE_TYPO_METRICS: no reader of the file falls back to the clipping box
    post.underlinePosition, post.underlineThickness = UNDERLINE_POSITION, UNDERLINE_THICKNESS
    return font


def _moved(font: TTFont, name: str, x_scale: float = 1.0, x_offset: float = 0.0) -> object:
    """The outline of glyph ``name``, stretched and moved along the line, as a simple glyph."""
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    glyphs[name].draw(TransformPen(pen, (x_scale, 0, 0, 1, x_offset, 0)))
    return pen.glyph()


def _put(font: TTFont, name: str, glyph: object, advance: int) -> None:
    """Store ``glyph`` under ``name`` with ``advance``, new or in place of the old one; vertical advance is the em's."""
    new = name not in font.getReverseGlyphMap()
    table = font["glyf"]
    if new:
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    table[name] = glyph
    glyph.recalcBounds(table)  # type: ignore[attr-defined] # fontTools ships no types
    left = getattr(glyph, "xMin", 0)
    font["hmtx"][name] = (advance, left)
    if new and "vmtx" in font:
        font["vmtx"][name] = (EM, ASCENT - getattr(glyph, "yMax", 0))


def _map(font: TTFont, code: int, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode() and code in table.cmap:
            table.cmap[code] = name


def full_width_quotes(font: TTFont, _: Job) -> TTFont:
    """Set “”‘’ full width, openers at the right of their em and closers at the left (GB/T 15834—2011 5.1.3)."""
    cmap = font.getBestCmap()
    for code, opener in ((0x2018, True), (0x2019, False), (0x201C, True), (0x201D, False)):
        name = cmap[code]
        outline = font["glyf"][name]
        offset = (EM - QUOTE_BEARING - outline.xMax) if opener else (QUOTE_BEARING - outline.xMin)
        wide = f"{name}.full"
        _put(font, wide, _moved(font, name, x_offset=offset), EM)
        _map(font, code, wide)
    return font


def full_em_han(font: TTFont, _: Job) -> TTFont:
    """Set the few Han characters that are narrower than the em in the middle of a whole em."""
    advances = font["hmtx"]
    for code, name in font.getBestCmap().items():
        advance = advances[name][0]
        if advance != EM and any(first <= code <= last for first, last in UNIFIED_IDEOGRAPHS):
            _put(font, name, _moved(font, name, x_offset=otRound((EM - advance) / 2)), EM)
    return font


def joined_dashes(font: TTFont, _: Job) -> TTFont:
    """Stretch the dash over its whole em, so that the two of —— join without a gap."""
    name = font.getBestCmap()[EM_DASH]
    outline = font["glyf"][name]
    factor = EM / (outline.xMax - outline.xMin)
    _put(font, name, _moved(font, name, factor, -outline.xMin * factor), EM)
    return font


def half_em_middle_dot(font: TTFont, _: Job) -> TTFont:
    """Give · a glyph of its own, half an em wide, the dot in its middle (GB/T 15834—2011 5.1.7)."""
    name = font.getBestCmap()[MIDDLE_DOT]
    outline = font["glyf"][name]
    centre = (outline.xMin + outline.xMax) / 2
    half = "periodcentered.half"
    _put(font, half, _moved(font, name, x_offset=EM / 4 - centre), EM // 2)
    _map(font, MIDDLE_DOT, half)
    return font


def chinese_by_default(font: TTFont, _: Job) -> TTFont:
    """Make the Simplified Chinese forms (long, high dashes) the default ones, whatever language the text declares."""
    scripts = font["GSUB"].table.ScriptList.ScriptRecord
    chinese = {
        record.ScriptTag: language.LangSys
        for record in scripts
        for language in record.Script.LangSysRecord
        if language.LangSysTag == "ZHS "
    }
    for record in scripts:
        found = chinese.get(record.ScriptTag) or chinese.get("hani")
        if found is not None:
            record.Script.DefaultLangSys = found
    return font


def contextual_spacing(font: TTFont, _: Job) -> TTFont:
    """Add ``halt``/``chws`` (half-width and contextual half-width marks) where the face has none."""
    from east_asian_spacing.builder import Builder

    gpos = font["GPOS"].table.FeatureList.FeatureRecord if "GPOS" in font else ()
    if any(record.FeatureTag == "chws" for record in gpos):
        return font
    logging.getLogger("build").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "face.ttf"
        font.save(path)  # the builder shapes with HarfBuzz, from a file
        builder = Builder(path)
        asyncio.run(builder.build())
        if not builder.has_spacings:
            raise RuntimeError(f"no contextual spacing could be built for {font['name'].getDebugName(4)}")
        spaced = Path(folder) / "spaced.ttf"
        builder.save(spaced)
        return TTFont(spaced, recalcTimestamp=False, lazy=False)


def rename(font: TTFont, job: Job) -> TTFont:
    """Put our family's names in place of the old ones, which licences reserve; keep notices and licence.

    All faces are renamed, not only those whose licence demands it (OFL 1.1 clause 3): a changed face must not pass for
    the original.
    """
    recipe, table = job.recipe, font["name"]
    old_name = table.getDebugName(4)
    old_version = table.getDebugName(5)
    table.names = [
        record
        for record in table.names
        if record.nameID in KEPT_NAMES and (record.platformID, record.platEncID, record.langID) == WINDOWS_ENGLISH
    ]
    names = {
        1: recipe.family,
        2: recipe.subfamily,
        3: f"{recipe.package.name.rpartition('/')[2]} {recipe.package.version}; {recipe.postscript_name}",
        4: f"{recipe.family} {recipe.subfamily}",
        5: "Version 1.000",
        6: recipe.postscript_name,
        10: f"Modified version of {old_name} ({old_version}).",
    }
    for name_id, text in names.items():
        table.setName(text, name_id, *WINDOWS_ENGLISH)
    font["OS/2"].usWeightClass = recipe.weight
    return font


EDITS: dict[str, Callable[[TTFont, Job], TTFont]] = {
    edit.__name__: edit
    for edit in (
        subset,
        blend,
        scale,
        em_box_metrics,
        full_width_quotes,
        full_em_han,
        joined_dashes,
        half_em_middle_dot,
        chinese_by_default,
        contextual_spacing,
        rename,
    )
}

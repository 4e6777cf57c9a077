"""Do the font files agree with what the PDF says of them: outlines, characters, widths, names (ISO 14289-1, 7.21)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import proof as proof_rules
from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.lines import box_around, fold

_MOST_QUOTED = 8  # characters in one message
_WIDTH_TOLERANCE = 0.002  # em; widths in the PDF are rounded to 1/1000
_ACCENT = 0.1  # em; a glyph no wider is an accent on the one before it
_MOSTLY_BLANK = 0.5  # share of glyphs without outline from which on a font file is a subset
_DOTTED = {"ı": "i", "ȷ": "j"}
_WORDS = {
    "name": ("在两处写着不同的名字", "has one name here and another there"),
    "glyphs": ("的字形对照表不是原样的（CIDToGIDMap）", "maps codes to other glyphs (CIDToGIDMap)"),
    "subset": ("只嵌了一部分字，名字却没有子集标记", "is a subset, but its name does not say so"),
}


def check_programs(context: Context) -> None:
    """Look at each embedded font file, and at each glyph of it that a page shows."""
    add = context.findings.add
    for font in context.pdf.fonts:
        codes = sorted(context.drawn.get(font, ()))
        name = font.base_name or font.file_name or "?"
        for flaw in (*font.flaws, *_unmarked_subset(font)):
            what_zh, what_en = _WORDS[flaw]
            add(rules.FONT_INCONSISTENT.at(font=name, what_zh=what_zh, what_en=what_en))
        blank = [code for code in codes if _is_blank(font, code)]
        if blank:
            quoted = "".join(font.unicode.get(code, "") for code in blank[:_MOST_QUOTED])
            add(proof_rules.GLYPH_MISSING.at(first_place(context, font, set(blank)), font=name, characters=quoted))
        other = [(code, own) for code in codes if (own := _means_other(font, code))]
        if other:
            shown = "、".join(f"{own}→{font.unicode.get(code, '')}" for code, own in other[:_MOST_QUOTED])
            add(
                rules.FONT_INCONSISTENT.at(
                    first_place(context, font, {code for code, _own in other}),
                    font=name,
                    what_zh=f"有 {len(other)} 个字复制出来是别的字：{shown}",
                    what_en=f"has {len(other)} glyphs that are copied as other characters: {shown}",
                )
            )
        wrong = [code for code in codes if _has_other_width(font, code)]
        if wrong:
            shown = "".join(font.unicode.get(code, "") for code in wrong[:_MOST_QUOTED])
            add(
                rules.FONT_INCONSISTENT.at(
                    first_place(context, font, set(wrong)),
                    font=name,
                    what_zh=f"有 {len(wrong)} 个字的宽度与字体文件不符：{shown}",
                    what_en=f"has {len(wrong)} widths unlike those of the font file: {shown}",
                )
            )


def _unmarked_subset(font: FontFace) -> Iterator[str]:
    """Source: ISO 32000-1, 9.6.4: a subset's name begins with six capitals and a plus sign."""
    if font.program is not None and not font.subset and font.program.blank_share > _MOSTLY_BLANK:
        yield "subset"


def _is_blank(font: FontFace, code: int) -> bool:
    """Whether a glyph that stands for something to be seen has no outline."""
    shape, own = font.shape(code), font.unicode.get(code)
    if font.program is None or shape.glyph is None or not own or not fold(own) or shape.width <= _ACCENT:
        return False
    return not font.is_missing(shape) and font.program.is_blank(shape.glyph)


def _means_other(font: FontFace, code: int) -> str:
    """What the font file says the glyph is, when ``ToUnicode`` says something else; empty when they agree.

    Glyphs that only come about by shaping (ligatures, variants) are in no ``cmap``, and ``ToUnicode`` has its way.
    """
    glyph, own = font.shape(code).glyph, font.unicode.get(code)
    if font.program is None or glyph is None or not own:
        return ""
    known = font.program.characters.get(glyph)
    if not known or any(char in own for char in known):
        return ""
    if any(stands_for(char, own) for char in known):
        return ""
    return min(known)


def stands_for(char: str, own: str) -> bool:
    """Whether the glyph of ``char`` may be set for ``own``: for the same letter, or for a part of an accented one.

    Under an accent i and j lose their dots, and a letter with two accents is set in pieces (OpenType feature ``ccmp``).
    """
    if fold(char) == fold(own) or own == _DOTTED.get(char):
        return True
    return unicodedata.combining(char) > 0 and char in unicodedata.normalize("NFD", own)


def _has_other_width(font: FontFace, code: int) -> bool:
    shape = font.shape(code)
    if font.program is None or shape.glyph is None:
        return False
    width = font.program.width(shape.glyph)
    return width is not None and abs(width - shape.width) > _WIDTH_TOLERANCE


def first_place(context: Context, font: FontFace, codes: set[int]) -> Place | None:
    """The place of the first glyph of ``font`` that is one of ``codes``."""
    for content in context.pdf.contents:
        for glyph in content.glyphs if content else ():
            if glyph.font is font and glyph.code in codes:
                return place(content.index, box_around([glyph])) if content else None
    return None

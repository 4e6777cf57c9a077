"""Is every glyph there: fonts embedded and our own, no missing glyph, text behind every glyph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.lines import box_around, takes_room

_NEAR = 6  # glyphs quoted on either side of one without text
_MOST_QUOTED = 8  # characters in one message


def check_fonts(context: Context, font_names: Collection[str] | None) -> None:
    """Look at each font once; ``font_names`` None leaves out whose they are."""
    known = {_plain(name) for name in font_names} if font_names is not None else None
    for font in context.pdf.fonts:
        if not font.embedded:
            context.findings.add(rules.FONT_NOT_EMBEDDED.at(font=_name(font)))
        if known is not None and not known & {_plain(font.base_name), _plain(font.file_name or font.base_name)}:
            context.findings.add(rules.FONT_FOREIGN.at(font=_name(font)))


def check_glyphs(context: Context) -> None:
    """Look at each glyph of each page."""
    for content in context.pdf.contents:
        if content is not None:
            _check_page(context, content)


def _check_page(context: Context, content: PageContent) -> None:
    missing: dict[FontFace, dict[str, int]] = defaultdict(dict)
    unmapped: dict[FontFace, list[int]] = defaultdict(list)
    for index, glyph in enumerate(content.glyphs):
        shape = glyph.shape
        if glyph.font.is_missing(shape):
            missing[glyph.font].setdefault(_quoted(shape.text), index)
        elif "\ufffd" in shape.text if shape.text else takes_room(glyph):
            unmapped[glyph.font].append(index)
    for font, characters in missing.items():
        at = _at(content, next(iter(characters.values())))
        listed = "、".join(list(characters)[:_MOST_QUOTED]) + ("…" if len(characters) > _MOST_QUOTED else "")
        context.findings.add(rules.GLYPH_MISSING.at(at, font=_name(font), characters=listed))
    for font, indices in unmapped.items():
        at, near = _at(content, indices[0]), _near(content, indices[0])
        context.findings.add(rules.TEXT_UNMAPPED.at(at, font=_name(font), count=len(indices), near=near))


def _at(content: PageContent, index: int) -> Place:
    """The place of one glyph."""
    return place(content.index, box_around((content.glyphs[index],)))


def _near(content: PageContent, index: int) -> str:
    """The text around a glyph that has none, itself as □."""
    around = content.glyphs[max(0, index - _NEAR) : index + _NEAR + 1]
    texts = (glyph.text or ("□" if takes_room(glyph) else "") for glyph in around)
    return "".join(texts).replace("\ufffd", "□")


def _quoted(text: str | None) -> str:
    if not text:
        return "□"
    return f"「{text}」(" + " ".join(f"U+{ord(char):04X}" for char in text[:4]) + ")"


def _name(font: FontFace) -> str:
    return font.base_name or font.file_name or "?"


def _plain(name: str) -> str:
    """A font's name as compared: the PDF writes spaces as hyphens."""
    return name.replace(" ", "").replace("-", "").casefold()

"""Is each picture the content's, and is what is read out in place of it the content's text.

A raster picture is known by its pixels, a QR code by its squares. Another drawing is known by the words in it: two
drawings without words, or with the same words, cannot be told apart here.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher

from newsletter_pdf.findings import Rule
from newsletter_pdf.findings import proof_document as rules
from newsletter_pdf.verify.checktext import quoted
from newsletter_pdf.verify.codes import shows_code
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.embedded import embedded_pixels
from newsletter_pdf.verify.expected import Expected, ExpectedFigure
from newsletter_pdf.verify.glyphs import Paint
from newsletter_pdf.verify.structure import Element
from newsletter_pdf.verify.wording import letters

_FEWEST_LETTERS = 4  # of a drawing that must show some of them


def check_figures(context: Context, expected: Expected) -> None:
    """Compare the figures of the tag tree with those of the content, in the order of reading."""
    if context.tree is None or not expected.figures:
        return
    elements = [element for element in context.tree.elements if element.tag == "Figure"]
    wanted = [_key(figure.alt) for figure in expected.figures]
    shown = [_key(element.text("/Alt")) for element in elements]
    for index, figure in enumerate(expected.figures):
        if figure.code is not None:  # what is read out for a code says what it is, too
            shown = [wanted[index] if alt.endswith(wanted[index]) else alt for alt in shown]
    paired: list[tuple[ExpectedFigure, Element]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, wanted, shown, autojunk=False).get_opcodes():
        here = list(zip(expected.figures[i1:i2], elements[j1:j2], strict=False))
        paired += here
        if kind == "equal":
            continue
        for figure, element in here:
            _tell(context, rules.ALT_DIFFERS, figure, element, shown=quoted(element.text("/Alt")) or "—")
        for figure in expected.figures[i1 + len(here) : i2]:
            _tell(context, rules.ALT_DIFFERS, figure, None, shown="—")
    _check_pictures(context, paired)


def _key(alt: str) -> str:
    return " ".join(alt.split())


def _tell(context: Context, rule: Rule, figure: ExpectedFigure, element: Element | None, **fields: str) -> None:
    at = figure.place
    if element is not None and element.page is not None:
        at = place(element.page)
    context.findings.add(rule.at(at, alt=quoted(figure.alt), **fields))


def _check_pictures(context: Context, paired: list[tuple[ExpectedFigure, Element]]) -> None:
    marks: dict[tuple[int | None, int], ExpectedFigure] = {}
    owner: dict[int, Element] = {}
    for figure, element in paired:
        owner[id(figure)] = element
        for holder in (element, *element.below()):
            for page, mcid in holder.content:
                marks[page, mcid] = figure
    images: dict[int, list[Paint]] = defaultdict(list)
    codes: dict[int, list[Paint]] = defaultdict(list)
    over: dict[int, list[Paint]] = defaultdict(list)
    words: dict[int, list[str]] = defaultdict(list)
    for page in {page for page, _mcid in marks if page is not None}:
        content = context.pdf.contents[page]
        if content is None:
            continue
        of_mark: list[ExpectedFigure | None] = []
        for mark in content.marks:
            above = of_mark[mark.parent] if mark.parent >= 0 else None
            of_mark.append(above if mark.mcid is None else marks.get((page, mark.mcid), above))
        for index, paint in enumerate(content.paints):
            held = of_mark[paint.mark] if paint.mark >= 0 else None
            if held is None:
                continue
            if held.modules:
                over[id(held)] = over[id(held)] or content.paints[index:]
                codes[id(held)].append(paint)
            if paint.picture is not None:
                images[id(held)].append(paint)
        for glyph in content.glyphs:
            held = of_mark[glyph.mark] if glyph.mark >= 0 else None
            if held is not None:
                words[id(held)].append(glyph.text)
    for figure, element in paired:
        fault = _fault(figure, images[id(figure)], letters("".join(words[id(figure)])))
        if fault is None and figure.modules and not shows_code(codes[id(figure)], over[id(figure)], figure.modules):
            fault = "二维码的图形不是这个内容的", "the squares of the code say something else"
        if fault is not None:
            _tell(context, rules.PICTURE_DIFFERS, figure, element, what_zh=fault[0], what_en=fault[1])


def _fault(figure: ExpectedFigure, images: list[Paint], shown: str) -> tuple[str, str] | None:
    """What tells that something else is shown than the content's picture; None when nothing does."""
    if figure.known is None:
        if images and figure.words is not None and not shown:
            return "稿件里是矢量图，PDF 里是照片一类的图", "the content has a drawing, the PDF a raster picture"
        if figure.words is None:
            return None
        known = letters(figure.words)
        foreign = "".join(dict.fromkeys(char for char in shown if char not in known))
        if foreign:
            return (
                f"图里有原图没有的字「{quoted(foreign)}」",
                f"it shows letters that are not in it: “{quoted(foreign)}”",
            )
        return None
    if len(images) != 1 or images[0].picture is None:
        return f"PDF 里有 {len(images)} 张图片，应为一张", f"the PDF has {len(images)} pictures in place of one"
    here = embedded_pixels(images[0].picture, like=figure.known.data is None)
    if here is None:
        return "图片的编码无法核对", "it is encoded in a way that cannot be compared"
    if here.differs(figure.known):
        one, other = ("{}×{}".format(*size) for size in (figure.known.size, here.size))
        if one != other:
            return f"原图 {one} 像素，PDF 里 {other}", f"the original has {one} pixels, the one in the PDF {other}"
        return "像素与原图不同", "its pixels are not those of the original"
    return None

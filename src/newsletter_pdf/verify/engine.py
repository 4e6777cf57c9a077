"""The second engine's reading compared with the proof's own, so that the proof does not rest on one reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.enginepages import EnginePage, SecondReading
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.lines import fold
from newsletter_pdf.verify.shown import Run, glyphs_of
from newsletter_pdf.verify.wording import letters

_TOLERANCE = 1.0  # pt by which the sizes of a page may differ
_REACH = 1.1  # em by which ink may begin or end within a line; an opening mark has the left half of its em blank
_BELOW, _ABOVE = 0.45, 1.15  # em under and over a baseline within which its line's ink stands
_OFF = 1  # runs of a page that may be off before it is told: odd glyphs have odd boxes
_MOST = 12
# Hyphens at line ends and leaders, which the engine drops or adds.
_NOISE = str.maketrans(dict.fromkeys(map(ord, "\u0002\ufffe\u00ad-‐–·."), None))


class Area(NamedTuple):
    """Where a run of text stands: its baseline ``y``, its ends and its type size, pt."""

    y: float
    left: float
    right: float
    size: float


def check_engine(context: Context, engine: SecondReading) -> None:
    """Compare what the engine reads with what the proof has read: pages, sizes, letters, and where lines stand."""
    pages, fault = engine.pages()
    if fault is not None:
        detail = {"detail_zh": f"打不开或读不下去（{fault}）", "detail_en": f"it cannot read the file ({fault})"}
        context.findings.add(rules.ENGINE_PAGES.at(None, **detail))
        return
    sheets = context.pdf.sheets
    if len(pages) != len(sheets):
        detail = {"detail_zh": f"{len(pages)} 页，校验读到 {len(sheets)} 页"}
        detail["detail_en"] = f"{len(pages)} pages, the proof reads {len(sheets)}"
        context.findings.add(rules.ENGINE_PAGES.at(None, **detail))
        return
    told = 0
    for index, (page, sheet, content) in enumerate(zip(pages, sheets, context.pdf.contents, strict=True)):
        if sheet is None or content is None:
            continue  # told already: the page cannot be read
        width, height = (sheet.height, sheet.width) if sheet.rotation in (90, 270) else (sheet.width, sheet.height)
        if max(abs(page.width - width), abs(page.height - height)) > _TOLERANCE:
            detail = {"detail_zh": f"这一页是 {page.width:.0f} × {page.height:.0f} pt"}
            detail["detail_en"] = f"this page has {page.width:.0f} × {page.height:.0f} pt"
            context.findings.add(rules.ENGINE_PAGES.at(place(index), **detail))
        if told < _MOST and _check_page(context, index, page):
            told += 1


def _check_page(context: Context, index: int, page: EnginePage) -> bool:
    """Compare the letters of a page, then the places of its lines; whether something differs."""
    ours, theirs = Counter(context.shown.copied[index]), Counter(letters(page.text))
    if ours != theirs:
        ours, theirs = _counted(context.shown.copied[index]), _counted(page.text)
    if ours != theirs:
        lost, added = _listed(ours - theirs), _listed(theirs - ours)
        zh = [f"少了「{lost}」"] * bool(lost) + [f"多了「{added}」"] * bool(added)
        en = [f"without “{lost}”"] * bool(lost) + [f"with “{added}” besides"] * bool(added)
        at = place(index)
        context.findings.add(rules.ENGINE_TEXT.at(at, detail_zh="，".join(zh), detail_en=", ".join(en)))
        return True
    runs = context.shown.runs[index]
    areas = [_area(context, run) for run in runs]
    off = runs_off(areas, page.boxes)
    if len(off) > _OFF:
        quote = runs[off[0]].text[:20]
        detail = {"detail_zh": f"{len(off)} 处的位置不同，如「{quote}」"}
        detail["detail_en"] = f"{len(off)} places are elsewhere, such as “{quote}”"
        context.findings.add(rules.ENGINE_TEXT.at(place(index), **detail))
        return True
    return False


def _area(context: Context, run: Run) -> Area:
    glyphs = glyphs_of(context.pdf.contents, run)
    return Area(run.y, run.x, glyphs[-1].right, run.size)


def runs_off(areas: Sequence[Area], boxes: Sequence[Box]) -> list[int]:
    """The indices of the areas that the boxes of ink do not fill from end to end."""
    order = sorted(range(len(areas)), key=lambda index: areas[index].y)
    sorted_areas = [(index, *areas[index]) for index in order]
    heights = [areas[index].y for index in order]
    largest = max((area.size for area in areas), default=0.0)
    begins, ends = [area.right for area in areas], [area.left for area in areas]
    below, above = _BELOW * largest, _ABOVE * largest
    for left, low, right, high in boxes:
        middle = (low + high) / 2
        for index, y, begin, end, size in sorted_areas[
            bisect_left(heights, middle - above) : bisect_right(heights, middle + below)
        ]:
            if not -_BELOW * size <= middle - y <= _ABOVE * size or right < begin - size / 2 or left > end + size / 2:
                continue
            if left < begins[index]:
                begins[index] = left
            if right > ends[index]:
                ends[index] = right
    off = []
    for index, area in enumerate(areas):
        reach = _REACH * area.size
        if begins[index] > area.left + reach or ends[index] < area.right - reach:
            off.append(index)
    return off


def _counted(text: str) -> Counter[str]:
    return Counter(fold(text.translate(_NOISE)).translate(_NOISE))


def _listed(counts: Counter[str]) -> str:
    text = "".join(counts.elements())
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"

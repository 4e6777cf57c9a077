"""The second engine: what PDFium reads, so that the proof does not rest on one reading of the file.

PDFium is what Chrome and Edge show PDFs with. It reads in a thread of its own, as its work needs no Python; small
questions are asked of it without giving up the interpreter, which would cost more than the answer.
"""

from __future__ import annotations

import ctypes
import threading
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.glyphs import Box
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


@dataclass(slots=True)
class EnginePage:
    """One page as PDFium reads it: its size, pt, its text, and the boxes of the ink of its text, pt."""

    width: float
    height: float
    text: str
    boxes: list[Box] = field(default_factory=list)


class Area(NamedTuple):
    """Where a run of text stands: its baseline ``y``, its ends and its type size, pt."""

    y: float
    left: float
    right: float
    size: float


class SecondEngine:
    """Reads a file's bytes in the background; :meth:`pages` waits for the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[EnginePage] = []
        self._fault: str | None = None
        self._thread = threading.Thread(target=self._read, name="second-engine", daemon=True)
        self._thread.start()

    def pages(self) -> tuple[list[EnginePage], str | None]:
        """The pages, and why reading them failed (None when it did not)."""
        self._thread.join()
        return self._pages, self._fault

    def _read(self) -> None:
        try:
            document = pypdfium2.PdfDocument(self._data)
            try:
                for index in range(len(document)):
                    self._pages.append(_read_page(document[index]))
            finally:
                document.close()
        except Exception as error:  # any file is read here; that the engine cannot is what is to be told
            self._fault = " ".join(str(error).split())[:200] or type(error).__name__


def _read_page(page: pypdfium2.PdfPage) -> EnginePage:
    try:
        textpage = page.get_textpage()
        try:
            width, height = page.get_size()
            read = EnginePage(width, height, textpage.get_text_range())
            left, top, right, bottom = (ctypes.c_double() for _ in range(4))
            edges = [ctypes.byref(each) for each in (left, top, right, bottom)]
            handle = textpage.raw
            for index in range(_count_rects(handle, 0, -1)):
                if _get_rect(handle, index, *edges):
                    read.boxes.append((left.value, bottom.value, right.value, top.value))
            return read
        finally:
            textpage.close()
    finally:
        page.close()


def _quick(function: object, *arguments: object) -> Callable[..., int]:
    """A function of PDFium that keeps hold of the interpreter while it runs: for calls shorter than letting go."""
    prototype = ctypes.PYFUNCTYPE(ctypes.c_int, *arguments)  # type: ignore[arg-type]
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


_count_rects = _quick(pdfium.FPDFText_CountRects, ctypes.c_void_p, ctypes.c_int, ctypes.c_int)
_get_rect = _quick(pdfium.FPDFText_GetRect, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)


def check_engine(context: Context, engine: SecondEngine) -> None:
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

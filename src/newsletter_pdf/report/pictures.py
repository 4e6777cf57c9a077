"""Pictures of pages as data URIs, and where on a page a text stands, by pypdfium2."""

from __future__ import annotations

import base64
import contextlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Box = tuple[float, float, float, float]  # left, bottom, right, top in pt from the lower left corner

#: The widths of a picture that is read and of one in the overview, in pixels, and the greatest heights.
LARGE, SMALL = 1080, 112
_TALLEST = 3  # times the width
_QUALITY = {LARGE: 74, SMALL: 55}
_MOST_PLACES = 3  # marked places of one text on a page
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
_SHORTEST = 2  # characters that can be searched for


@dataclass(frozen=True, slots=True)
class Picture:
    """A page (1-based) as a picture; ``width`` and ``height`` are the page's, pt."""

    page: int
    uri: str
    width: float
    height: float


class Pages:
    """The pages of one PDF; those of a file that cannot be read are none. What was drawn and found is kept.

    pypdfium2 ships no type information, hence ``Any``.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._drawn: dict[tuple[int, int], Picture] = {}
        self._found: dict[tuple[int, tuple[str, ...]], tuple[Box, ...]] = {}
        self._origins: dict[int, tuple[float, float] | None] = {}

    def __len__(self) -> int:
        return 0 if self._document is None else len(self._document)

    def draw(self, numbers: Iterable[int], width: int) -> dict[int, Picture]:
        """Pictures of the pages ``numbers`` (1-based), ``width`` pixels wide; what cannot be drawn is left out."""
        import pypdfium2

        pictures = {}
        for number in numbers:
            if (number, width) in self._drawn:
                pictures[number] = self._drawn[number, width]
                continue
            # A fault of one page costs its picture, not the report.
            with contextlib.suppress(pypdfium2.PdfiumError), self._page(number) as page:
                if page is not None:
                    pictures[number] = self._drawn[number, width] = _draw(page, number, width)
        return pictures

    def find(self, number: int, texts: Sequence[str]) -> tuple[Box, ...]:
        """Where the first of ``texts`` that page ``number`` (1-based) has stands: a rectangle for each of its lines.

        White space and line breaks do not count, nor do compatible forms (NFKC). A text that stands there more often
        is marked three times at most.
        """
        wanted = tuple(folded for text in texts if len(folded := _fold(text)) >= _SHORTEST)
        if (number, wanted) not in self._found:
            self._found[number, wanted] = self._search(number, wanted)
        return self._found[number, wanted]

    def _search(self, number: int, wanted: Sequence[str]) -> tuple[Box, ...]:
        import pypdfium2

        with self._page(number) as page:
            if page is None or not wanted:
                return ()
            try:
                with contextlib.closing(page.get_textpage()) as text:
                    return _find(text, wanted)
            except pypdfium2.PdfiumError:
                return ()

    def only_page_of(self, text: str) -> int | None:
        """The page (1-based) on which ``text`` stands; None when it stands nowhere, or more often than once."""
        folded = _fold(text)
        counts = {number: each.count(folded) for number, each in self._texts.items() if folded and folded in each}
        return next(iter(counts)) if sum(counts.values()) == 1 else None

    @cached_property
    def _texts(self) -> dict[int, str]:
        """The text of each page (1-based), folded."""
        import pypdfium2

        texts = {}
        for number in range(1, len(self) + 1):
            with contextlib.suppress(pypdfium2.PdfiumError), self._page(number) as page:
                if page is not None:
                    with contextlib.closing(page.get_textpage()) as text:
                        texts[number] = _fold(text.get_text_range())
        return texts

    def know(self, texts: Sequence[str]) -> None:
        """Take ``texts`` for those of the pages, in order: somebody has read them already."""
        self._texts = {number: _fold(text) for number, text in enumerate(texts, start=1)}

    def origin(self, number: int) -> tuple[float, float] | None:
        """The lower left corner of what is shown of the page, pt; None when the page is turned or missing."""
        if number not in self._origins:
            with self._page(number) as page:
                if page is None or page.get_rotation():
                    self._origins[number] = None
                else:
                    left, bottom, _right, _top = page.get_cropbox()
                    self._origins[number] = float(left), float(bottom)
        return self._origins[number]

    @contextlib.contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        import pypdfium2

        page = None
        if 1 <= number <= len(self):
            with contextlib.suppress(pypdfium2.PdfiumError):
                page = self._document[number - 1]
        if page is None:
            yield None
            return
        with contextlib.closing(page):
            yield page


@contextlib.contextmanager
def open_pages(pdf: Path | None) -> Iterator[Pages]:
    """The pages of ``pdf``, read into memory, as the file may be replaced by a build in another window."""
    if pdf is None:
        yield Pages(None)
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf.read_bytes())
    except (OSError, pypdfium2.PdfiumError):
        yield Pages(None)
        return
    with contextlib.closing(document):
        yield Pages(document)


def _draw(page: Any, number: int, width: int) -> Picture:
    wide, high = page.get_size()
    scale = min(width / max(wide, 1), _TALLEST * width / max(high, 1))
    # Link areas draw nothing; looking for what they draw is a tenth of the time that small pictures take.
    annotated = width > SMALL
    stream = io.BytesIO()
    # Four bytes a pixel in this order go to the encoder as they are; three would be copied twice on the way.
    order = {"prefer_bgrx": True, "rev_byteorder": True}
    with contextlib.closing(
        page.render(scale=scale, draw_annots=annotated, may_draw_forms=annotated, **order)
    ) as drawn:
        drawn.to_pil().save(stream, "JPEG", quality=_QUALITY.get(width, 70))
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    return Picture(number, f"data:image/jpeg;base64,{data}", round(wide, 1), round(high, 1))


def _fold(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text.rstrip("…")))


def _find(text: Any, wanted: Sequence[str]) -> tuple[Box, ...]:
    from pypdfium2 import raw

    folded: list[str] = []
    origins: list[int] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        for char in _fold(chr(code)) if 32 < code <= 0x10FFFF else "":
            folded.append(char)
            origins.append(index)
    whole = "".join(folded)
    for each in wanted:
        boxes: list[Box] = []
        start = whole.find(each)
        for _time in range(_MOST_PLACES):
            if start < 0:
                break
            indices = dict.fromkeys(origins[start : start + len(each)])
            boxes += _lines(text.get_charbox(index, loose=True) for index in indices)
            start = whole.find(each, start + len(each))
        if boxes:
            return tuple(boxes)
    return ()


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """Neighbouring boxes of one line made one."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if lines and bottom < lines[-1][3] and top > lines[-1][1]:
            before = lines[-1]
            lines[-1] = (min(left, before[0]), min(bottom, before[1]), max(right, before[2]), max(top, before[3]))
        else:
            lines.append((left, bottom, right, top))
    return lines

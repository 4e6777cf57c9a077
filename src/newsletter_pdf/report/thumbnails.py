"""Small pictures of pages, as data URIs."""

from __future__ import annotations

import base64
import contextlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.findings import Findings, Severity

if TYPE_CHECKING:
    from newsletter_pdf.verify import ContentsEntry

#: The most pages that one report shows.
MOST = 24
#: The width and the greatest height of a picture, in pixels.
WIDTH, HEIGHT = 300, 640
_QUALITY = 72


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A page (1-based) and its picture."""

    page: int
    uri: str
    width: int
    height: int


def pages_named(findings: Findings) -> tuple[int, ...]:
    """The pages that findings speak of, in page order; when there are too many, those of errors come first."""
    weight = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    ordered = sorted(findings, key=lambda f: weight[f.severity])
    pages = dict.fromkeys(f.place.page for f in ordered if f.place.page is not None)
    return tuple(sorted(list(pages)[:MOST]))


def pages_of_interest(pages: int, contents: Sequence[ContentsEntry]) -> tuple[int, ...]:
    """A few pages worth a look when nothing is wrong: cover, front matter before the body, two openings, the last."""
    chosen = {1, pages}
    openings = [entry.page_index + 1 for entry in contents if entry.level == 1 and entry.page_index is not None]
    if openings:
        # The contents end right before the first section.
        chosen |= {openings[0] - 1, openings[0], openings[0] + 1, openings[len(openings) // 2]}
    return tuple(sorted(page for page in chosen if 1 <= page <= pages))


def thumbnails(pdf: Path, pages: Iterable[int]) -> tuple[Thumbnail, ...]:
    """Pictures of ``pages`` (1-based). Pages that do not exist or cannot be drawn are left out."""
    import pypdfium2 as pdfium

    pictures = []
    try:
        # From memory: the file may be replaced by a build in another window.
        document = pdfium.PdfDocument(pdf.read_bytes())
    except (OSError, pdfium.PdfiumError):
        return ()
    with contextlib.closing(document):
        for number in pages:
            if 1 <= number <= len(document):
                with contextlib.suppress(pdfium.PdfiumError):
                    pictures.append(_draw(document, number))
    return tuple(pictures)


def _draw(document: object, number: int) -> Thumbnail:
    page = document[number - 1]  # type: ignore[index]  # pypdfium2 ships no type information
    with contextlib.closing(page):
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1))
        bitmap = page.render(scale=scale)
        with contextlib.closing(bitmap):
            image = bitmap.to_pil().convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    return Thumbnail(number, f"data:image/jpeg;base64,{data}", image.width, image.height)

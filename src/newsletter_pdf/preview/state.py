"""What the preview knows of an issue at one moment, as it goes to the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.compose import ContentsLine
from newsletter_pdf.findings import Finding, Place, Severity

Box = tuple[float, float, float, float]  # left, top, right, bottom in parts of the page, 0 to 1 from the top left

_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)  # what stops the issue stands above


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block stands on a page; ``line`` is the 1-based line of ``file`` on which it begins."""

    file: str
    line: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: ``id`` names its picture, ``label`` is its folio as printed, ``width`` and ``height`` are in pt."""

    id: str
    part: str
    label: str
    width: float
    height: float
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """All that is shown.

    ``version`` counts up. ``findings`` are those of the last reading; when it could not be laid out (``broken``), the
    pages are the ones before. A ``complete`` state has every page drawn; else some are still those of before.
    ``proved`` tells whether the PDF that was proved last was made from the files as they are now.
    """

    version: int
    title: str
    pages: tuple[PageView, ...]
    front: int
    contents: tuple[ContentsLine, ...]
    findings: tuple[Finding, ...]
    broken: bool
    complete: bool
    seconds: float
    proved: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing is told that stops the PDF."""
        return not self.broken and all(finding.severity is not Severity.ERROR for finding in self.findings)

    def as_json(self, lang: str, editor: str | None, folder: Path) -> dict[str, object]:
        """The state for the browser.

        ``editor`` is an address with ``{path}``, ``{line}`` and ``{column}`` in it; ``folder`` is the issue's: places
        in it are told without it.
        """
        index = {page.label: number for number, page in enumerate(self.pages) if number >= self.front}
        return {
            "version": self.version,
            "title": self.title,
            "front": self.front,
            "broken": self.broken,
            "complete": self.complete,
            "proved": self.proved,
            "seconds": round(self.seconds, 3),
            "pages": [
                {"id": page.id, "part": page.part, "label": page.label, "w": page.width, "h": page.height}
                for page in self.pages
            ],
            "contents": [
                {
                    "level": line.level,
                    "number": line.number,
                    "title": line.title,
                    "printed": line.page,
                    "page": index.get(line.page),
                }
                for line in self.contents
            ],
            "findings": [
                _finding(finding, lang, editor, folder, self.pages)
                for finding in sorted(self.findings, key=lambda finding: _FIRST.index(finding.severity))
            ],
        }


def _finding(
    finding: Finding, lang: str, editor: str | None, folder: Path, pages: Sequence[PageView]
) -> dict[str, object]:
    place = finding.place
    told = finding.as_json(lang)
    if place.file is not None and place.file != folder and place.file.is_relative_to(folder):
        whole = str(Place(place.file))
        told["where"] = place.file.relative_to(folder).as_posix() + told["where"].removeprefix(whole)
    made: dict[str, object] = {**told, "file": None, "page": None, "box": None, "link": None}
    if place.file is not None:
        made["file"] = str(place.file)
        made["line"], made["column"] = place.line or 1, place.column or 1
        if editor is not None:
            made["link"] = editor_link(editor, place.file, place.line or 1, place.column or 1)
        spot = find_spot(pages, str(place.file), place.line or 1)
        if spot is not None:
            made["page"], made["box"] = spot[0], spot[1].box
        else:
            made["page"] = _begins(pages, str(place.file))
    if made["page"] is None and place.page is not None:
        made["page"] = place.page - 1
    return made


def _begins(pages: Sequence[PageView], file: str) -> int | None:
    """The page (0-based) on which the section of ``file`` begins, for what stands before its text; None without one."""
    part = next((page.part for page in pages if any(spot.file == file for spot in page.spots)), None)
    return next((number for number, page in enumerate(pages) if page.part == part), None) if part is not None else None


def editor_link(editor: str, file: Path, line: int, column: int) -> str:
    """The address that opens ``file`` in the editor; what stands in an address is escaped (RFC 3986)."""
    from urllib.parse import quote

    return editor.replace("{path}", quote(str(file))).replace("{line}", str(line)).replace("{column}", str(column))


def spot_at(spots: Sequence[Spot], x: float, y: float) -> Spot | None:
    """The innermost block at this place of a page, or the one that begins next above it; None when there is none."""
    inside = [s for s in spots if s.box[0] <= x <= s.box[2] and s.box[1] <= y <= s.box[3]]
    if inside:
        return min(inside, key=lambda s: (s.box[2] - s.box[0]) * (s.box[3] - s.box[1]))
    above = [s for s in spots if s.box[1] <= y]
    return max(above, key=lambda s: s.box[1], default=None)


def find_spot(pages: Sequence[PageView], file: str, line: int) -> tuple[int, Spot] | None:
    """The page (0-based) and the place of the block that the line of the file belongs to; None when there is none."""
    best: tuple[int, Spot] | None = None
    for index, page in enumerate(pages):
        for spot in page.spots:
            if spot.file == file and spot.line <= line and (best is None or spot.line > best[1].line):
                best = index, spot
    return best

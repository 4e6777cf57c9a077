"""The warm side of the preview: an issue laid out again and again, each time no more of it than has changed.

One thread uses a workbench. A reading that finds errors leaves the pages as they were.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.cache import cache_folder
from newsletter_pdf.compose import Composer
from newsletter_pdf.edition import Edition, lay_out, page_labels
from newsletter_pdf.findings import Finding, Findings, Place
from newsletter_pdf.findings.environment import NO_ENGINE
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.fonts import FontSet
from newsletter_pdf.inputs import Inputs, Reading
from newsletter_pdf.preview.pictures import Pictures
from newsletter_pdf.preview.state import PageView, Spot, State
from newsletter_pdf.provenance import pictures
from newsletter_pdf.render import open_renderer

if TYPE_CHECKING:
    from newsletter_pdf.render.engine import Renderer
    from newsletter_pdf.render.sheets import DrawnPart, LaidOutPart

_DEEP = 25  # tidyings of which one is in full
_TRIES = 3
_AT_ONCE = 2  # changed pages that are drawn and shown before the others


class Still:
    """Progress that is shown by the pages themselves."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Show nothing."""


@dataclass(slots=True)
class _Shown:
    """A part as it is shown: what it was made from, the signatures of its pages and their views."""

    key: str
    first: int
    signatures: list[str]
    pages: list[PageView] = field(default_factory=list)
    document: object = None


class Workbench:
    """One issue and everything kept of it. ``pictures`` is where the pages' pictures are got from."""

    def __init__(self, folder: Path, layout: str | None, pictures: Pictures) -> None:
        self.folder = folder.resolve()
        self.pictures = pictures
        self.state: State | None = None
        self._layout = layout
        self._fonts: tuple[object, FontSet] | None = None
        self._renderer: tuple[object, Renderer] | None = None
        self._pictured: dict[Path, object] = {}  # the stamp of each picture when the engine last had it
        self._shown: dict[str, _Shown] = {}
        self._meanwhile: list[Path] = []  # pictures that changed while the pages were made
        self._version = 0
        self._tidied = 0

    def refresh(self, tries: int = _TRIES) -> Iterator[State]:
        """Read the issue and yield what is to be shown now: first with the changed pages, then with all of them.

        Words and facts are checked when the changed pages have been shown. An error in them stops the PDF and not the
        preview: whoever writes an article with its source still to come wants to see it. When pictures change amid
        the layout it is begun anew, ``tries`` times at most.
        """
        started = time.perf_counter()
        findings = Findings()
        reading = self._read(findings)
        fine = self.state is not None and not self.state.broken
        if not fine:
            reading.check()
        made = None if reading.inputs is None else self._lay_out(reading.inputs, findings)
        if made is not None and self._meanwhile and tries:
            yield from self.refresh(tries - 1)
            return
        if reading.inputs is None or made is None:
            if fine:
                reading.check()
            yield self._broken(findings, started)
            return
        inputs, (renderer, edition) = reading.inputs, made
        labels = _labels(edition, roman=inputs.layout.roman_front)
        files = {section.name: str(section.place.file) for section in inputs.issue.sections}
        changed = self._changed(edition)
        early = {name: pages[:_AT_ONCE] for name, pages in changed.items() if pages}
        if early and self.state is not None:
            views = self._views(edition, labels, files, renderer, early)
            known = {page.id for page in self.state.pages}
            # The first only: any other one that is looked at is drawn when it is asked for, while nothing else is done.
            self.pictures.prepare([view.id for view in views if view.id and view.id not in known][:1])
            told = self.state.findings if fine else tuple(findings)
            yield self._state(inputs, edition, views, told, started, complete=False)
        if fine:
            reading.check()
        views = self._views(edition, labels, files, renderer, None, findings)
        yield self._state(inputs, edition, views, tuple(findings), started, complete=True)

    def tidy(self) -> None:
        """Give back the memory of what is gone, in some hundredths of a second; now and then in some tenths.

        Boxes of the engine hold each other, and nothing is collected by itself while the command runs. What was there
        when it was last looked through in full is not looked through, so that of each part one old layout stays.
        """
        if self._tidied % _DEEP == 0:
            gc.unfreeze()
        gc.collect()
        if self._tidied % _DEEP == 0:
            gc.freeze()
        self._tidied += 1

    # reading and laying out -------------------------------------------------------------------------------------

    def _read(self, findings: Findings) -> Reading:
        if self._fonts is not None and self._fonts[0] == _stamp(self._fonts[1].folder):
            return Reading(self.folder, self._layout, findings, self._fonts[1])
        reading = Reading(self.folder, self._layout, findings)
        if reading.inputs is not None:
            self._fonts = _stamp(reading.inputs.fonts.folder), reading.inputs.fonts
        return reading

    def _lay_out(self, inputs: Inputs, findings: Findings) -> tuple[Renderer, Edition] | None:
        issue, layout = inputs.issue, inputs.layout
        shown = {path: _file_stamp(path) for path in sorted(set(pictures(issue)))}
        folders = [*shown, *layout.folders]
        faces = inputs.home / "fonts"
        images = [image for folder in layout.folders for image in sorted((folder / "images").glob("*"))]
        asked = (layout.folders, tuple(map(_file_stamp, images)), layout.pdf_variant, _stamp(faces))
        if self._renderer is None or self._renderer[0] != asked:
            try:
                renderer = open_renderer(
                    folders=folders,
                    fontconfig=fontconfig_file(faces, cache_folder("fontconfig")),
                    fonts=faces,
                    variant=layout.pdf_variant,
                )
            except OSError as fault:
                findings.add(NO_ENGINE.at(Place(self.folder), reason=str(fault).splitlines()[0]))
                return None
            self._renderer = asked, renderer
        else:
            # The engine keeps a picture by its address; one that comes again may have been another meanwhile.
            changed = [path for path, stamp in shown.items() if self._pictured.get(path, stamp) != stamp]
            self._renderer[1].renew(folders, changed)
        self._pictured |= shown
        renderer = self._renderer[1]
        composer = Composer(issue, layout, findings, cache_folder("templates"))
        edition = lay_out(issue, composer, renderer, findings, Still(), draw=False)
        # One that has gone since the reading, or went or came while the pages were made, may be missing on them, and
        # would be as long as they are kept.
        self._meanwhile = [path for path, stamp in shown.items() if stamp == _gone(path) or _file_stamp(path) != stamp]
        if self._meanwhile:
            renderer.renew(folders, self._meanwhile)
        return None if edition is None else (renderer, edition)

    # pages ------------------------------------------------------------------------------------------------------

    def _changed(self, edition: Edition) -> dict[str, list[int]]:
        """The 0-based pages of each part whose text is not where it was."""
        changed: dict[str, list[int]] = {}
        for part in edition.parts:
            before = self._shown.get(part.name)
            if before is not None and before.document is part.document:
                continue
            now = signatures(part)
            was = [] if before is None else before.signatures
            changed[part.name] = [i for i, one in enumerate(now) if i >= len(was) or was[i] != one]
        return changed

    def _views(
        self,
        edition: Edition,
        labels: Sequence[str],
        files: dict[str, str],
        renderer: Renderer,
        early: dict[str, list[int]] | None,
        findings: Findings | None = None,
    ) -> list[PageView]:
        """The pages; with ``early`` only those are drawn, and the rest of their parts are shown as they were."""
        views: list[PageView] = []
        for part, first in zip(edition.parts, edition.firsts, strict=True):
            own = labels[len(views) : len(views) + part.pages]
            before = self._shown.get(part.name)
            file = files.get(part.name)
            if before is not None and before.document is part.document and before.first == first:
                shown = before.pages
            elif early is not None:
                wanted = early.get(part.name, [])
                old = [] if before is None else before.pages
                shown = [
                    old[i] if i < len(old) else PageView("", part.name, label, *_size(part, i))
                    for i, label in enumerate(own)
                ]
                if wanted:
                    drawn = renderer.draw_pages(part, wanted, first)
                    for index, view in zip(wanted, self._drawn(drawn, part, renderer, file, wanted), strict=True):
                        shown[index] = view
            else:
                drawn = renderer.draw(part, first, findings if findings is not None else Findings())
                shown = self._drawn(drawn, part, renderer, file, range(part.pages))
                key = _Shown(part.key, first, signatures(part), shown, part.document)
                self._shown[part.name] = key
            views.extend(replace(view, label=label) for view, label in zip(shown, own, strict=True))
        if early is None:
            names = {part.name for part in edition.parts}
            self._shown = {name: shown for name, shown in self._shown.items() if name in names}
            self.pictures.keep({view.id for view in views})
            renderer.keep(names)
        return views

    def _drawn(
        self, drawn: DrawnPart, part: LaidOutPart, renderer: Renderer, file: str | None, indices: Sequence[int]
    ) -> list[PageView]:
        names = [_name(drawn, index) for index in range(len(drawn.sheets))]
        self.pictures.add(names, renderer.sketch(drawn))
        return [
            PageView(name, part.name, "", sheet.width, sheet.height, spots(part, index, file))
            for name, sheet, index in zip(names, drawn.sheets, indices, strict=True)
        ]

    # states -----------------------------------------------------------------------------------------------------

    def _state(
        self,
        inputs: Inputs,
        edition: Edition,
        views: Sequence[PageView],
        findings: tuple[Finding, ...],
        started: float,
        *,
        complete: bool,
    ) -> State:
        self._version += 1
        self.state = State(
            version=self._version,
            title=inputs.issue.facts.title,
            pages=tuple(views),
            front=edition.front,
            contents=edition.contents,
            findings=findings,
            broken=False,
            complete=complete,
            seconds=time.perf_counter() - started,
        )
        return self.state

    def _broken(self, findings: Findings, started: float) -> State:
        self._version += 1
        before = self.state or State(0, self.folder.name, (), 0, (), (), True, True, 0.0)
        self.state = replace(
            before,
            version=self._version,
            findings=tuple(findings),
            broken=True,
            seconds=time.perf_counter() - started,
        )
        return self.state


def _labels(edition: Edition, *, roman: bool) -> list[str]:
    """The label of each page, as the PDF will have it."""
    from newsletter_pdf.verify.labels import format_number

    labels: list[str] = []
    runs = page_labels(edition, roman=roman)
    for index in range(edition.pages):
        run = max((run for run in runs if run.index <= index), key=lambda run: run.index)
        number = "" if run.style is None else format_number(f"/{run.style}", run.start + index - run.index)
        labels.append(run.prefix + number)
    return labels


def _size(part: LaidOutPart, index: int) -> tuple[float, float]:
    page = part.document.pages[index]
    return page.width * 0.75, page.height * 0.75


def _name(drawn: DrawnPart, index: int) -> str:
    """The name of a page's picture: the same for the same picture."""
    sheet = drawn.sheets[index]
    digest = hashlib.sha256(sheet.content)
    digest.update(f"{sheet.width} {sheet.height}".encode())
    if any(drawn.resources[kind] for kind in ("XObject", "Pattern", "Shading")):
        # Names of pictures and groups in the content say nothing of what they show.
        digest.update(pickle.dumps((drawn.resources, drawn.pictures)))
    return digest.hexdigest()[:24]


def signatures(part: LaidOutPart) -> list[str]:
    """One digest a page of which text stands where on it."""
    from newsletter_pdf.render.boxes import text_places

    return [hashlib.sha256(repr(text_places(page)).encode()).hexdigest() for page in part.document.pages]


def spots(part: LaidOutPart, index: int, file: str | None) -> tuple[Spot, ...]:
    """Where the blocks of the manuscript ``file`` stand on a page of the part."""
    from newsletter_pdf.render.boxes import marked_lines

    if file is None:
        return ()
    return tuple(Spot(file, line, box) for line, box in marked_lines(part.document.pages[index]))


def _stamp(folder: Path) -> object:
    """What changes when a file of the folder does."""
    try:
        return tuple(sorted(_file_stamp(path) for path in folder.iterdir()))
    except OSError:  # it is not there now, as in the midst of a checkout: the reading tells
        return None


def _file_stamp(path: Path) -> tuple[str, int, int]:
    try:
        facts = path.stat()
    except FileNotFoundError:  # it was deleted since the reading
        return _gone(path)
    return str(path), facts.st_mtime_ns, facts.st_size


def _gone(path: Path) -> tuple[str, int, int]:
    return str(path), 0, 0

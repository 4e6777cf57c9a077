"""Layout and writing with WeasyPrint.

Parts are laid out one by one, drawn one by one, and joined when the file is written, where links and bookmarks across
parts are resolved. A part is broken into pages before it is known which number its first page bears; that is asked for
when it is drawn. So the numbers in the contents are known before the contents are set, and parts that have not changed
are neither laid out nor drawn again.

With an engine that this was not made for, or for a variant other than PDF/UA, the pages are left to the engine's own
writing (:mod:`.stock`).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from PIL import ImageFile
from weasyprint.css.counters import CounterStyle
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.linesetting import ENGINE_UNTESTED
from newsletter_pdf.findings.render import FORBIDDEN_ADDRESS
from newsletter_pdf.part import Part
from newsletter_pdf.render.assembly import assemble
from newsletter_pdf.render.drawing import draw_pages, draw_part
from newsletter_pdf.render.faces import Faces
from newsletter_pdf.render.hooks import install
from newsletter_pdf.render.hooks.furniture import is_furnished, needs_numbers, without_furniture
from newsletter_pdf.render.identifier import with_identifier
from newsletter_pdf.render.messages import collected
from newsletter_pdf.render.particulars import Metadata, PageLabels
from newsletter_pdf.render.sheets import DrawnPart, LaidOutPart
from newsletter_pdf.render.stock import write_stock
from newsletter_pdf.render.surroundings import Pictures

# WeasyPrint lets Pillow take damaged pictures for good ones, in the whole process; the reader has to see the damage.
ImageFile.LOAD_TRUNCATED_IMAGES = False


class ConfinedFetcher(URLFetcher):  # type: ignore[misc] # URLFetcher has no types
    """Fetches ``data:`` addresses and files below the folders given, and nothing else.

    Symbolic links are followed first and the place they lead to is what counts.
    """

    def __init__(self, folders: Sequence[Path], findings: Findings) -> None:
        super().__init__(allowed_protocols={"file", "data"})
        self.findings = findings
        self.allow(folders)

    def allow(self, folders: Sequence[Path]) -> None:
        """Let files below these folders be fetched, and no others any more."""
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Fetch ``url``; ValueError, which WeasyPrint logs, when it lies outside."""
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(unquote(parts.path)).resolve()
            allowed = parts.netloc in ("", "localhost") and any(path.is_relative_to(f) for f in self._folders)
        else:
            allowed = parts.scheme == "data"
        if not allowed:
            self.findings.add(FORBIDDEN_ADDRESS.at(address=url[:120]))
            raise ValueError("address not allowed")
        return super().fetch(url, headers)


class Renderer:
    """Lays parts out, draws them and writes them as one PDF.

    What was made for a part is kept by the part's key: a part that has not changed since the last call is not laid out
    again, nor drawn again with the same folios. The order of work is the caller's; a renderer is not safe to use from
    two threads.
    """

    def __init__(self, folders: Sequence[Path], variant: str | None, fonts: Path) -> None:
        self._fonts = FontConfiguration()
        self._counters = CounterStyle()
        self._fetcher = ConfinedFetcher(folders, Findings())
        self._variant = variant
        self._images = Pictures()
        self._sheets: dict[Path, tuple[str, object]] = {}
        self._renewed: dict[str, int] = {}
        self._kept: dict[str, LaidOutPart] = {}
        self._drawn: dict[str, tuple[str, int, DrawnPart]] = {}
        self._faces = Faces(fonts)
        self._untested = install()
        self.draws = self._untested is None and variant in (None, "pdf/ua-1")

    def lay_out(self, part: Part, findings: Findings, *, first: int | None = None) -> LaidOutPart:
        """Lay out one part; what WeasyPrint has to say about it is added to ``findings``.

        ``first``, the number of the first page (1-based), need not be known yet; given, it goes into the layout. It has
        to be given where :attr:`draws` is false or :attr:`.LaidOutPart.needs_first` true.
        """
        if self._untested is not None:
            findings.add(ENGINE_UNTESTED.at(engine=self._untested))
        key = part.key if first is None else f"{part.key} {first}"
        # The part names its pictures by their addresses, which stay when the pictures are replaced.
        key += "".join(f" {address} {times}" for address, times in self._renewed.items() if address in part.html)
        kept = self._kept.get(part.name)
        if kept is not None and kept.key == key:
            return replace(kept, seconds=0.0, reused=True)
        started = time.perf_counter()
        self._fetcher.findings = findings
        problems = Findings()
        with collected(problems), contextlib.nullcontext() if first is not None else without_furniture():
            html = weasyprint.HTML(string=part.html, base_url=self._base(part), url_fetcher=self._fetcher)
            sheets = [self._sheet(path, text) for path, text in part.css]
            if first is not None:
                sheets.append(self._sheet(Path("/"), f"@page :first {{ counter-reset: page {first} }}"))
            document = html.render(
                font_config=self._fonts,
                counter_style=self._counters,
                stylesheets=sheets,
                cache=self._images,
                pdf_variant=self._variant,
            )
        findings.extend(problems)
        anchors: dict[str, int] = {}
        for index, page in enumerate(document.pages):
            for anchor in page.anchors:
                anchors.setdefault(anchor, index)
        seconds = time.perf_counter() - started
        page = document.pages[0]._page_box
        laid_out = LaidOutPart(
            name=part.name,
            key=key,
            pages=len(document.pages),
            anchors=anchors,
            seconds=seconds,
            needs_first=first is None and (is_furnished(page) or needs_numbers(page)),
            document=document,
        )
        if not len(problems):
            # A part with something to say is laid out again next time, so that it says it again.
            self._kept[part.name] = laid_out
        return laid_out

    def renew(self, folders: Sequence[Path], changed: Iterable[Path]) -> None:
        """From now on read from ``folders`` alone; the pictures ``changed`` are not what they were before.

        Parts with such a picture are laid out again when they are asked for, others are not.
        """
        self._fetcher.allow(folders)
        for path in changed:
            address = path.as_uri()
            self._renewed[address] = self._renewed.get(address, 0) + 1
            self._images.pop(address, None)

    def keep(self, names: Container[str]) -> None:
        """Forget what was made for parts with other names than these, and charts and codes that are not used."""
        self._kept = {name: made for name, made in self._kept.items() if name in names}
        self._drawn = {name: made for name, made in self._drawn.items() if name in names}
        # What was laid out holds those that it needs.
        for address in [address for address in self._images if address.startswith("data:")]:
            del self._images[address]

    def draw(self, part: LaidOutPart, first: int, findings: Findings) -> DrawnPart:
        """Draw a part whose first page bears the number ``first``; what there is to say is added to ``findings``."""
        name, key, document = part.name, part.key, part.document
        kept = self._drawn.get(name)
        if kept is not None and kept[:2] == (key, first):
            return kept[2]
        problems = Findings()
        with collected(problems):
            drawn = draw_part(name, document, first - 1, self._faces, tagged=self._variant is not None)
        findings.extend(problems)
        if not len(problems):
            self._drawn[name] = (key, first, drawn)
        return drawn

    def draw_pages(self, part: LaidOutPart, indices: Sequence[int], first: int) -> DrawnPart:
        """Draw the pages with these 0-based ``indices`` alone, just as :meth:`draw` does; nothing is kept.

        ``first`` is the number of the part's first page. What the engine has to say is said when the part is drawn.
        """
        with collected(Findings()):
            return draw_pages(
                part.name, part.document, indices, first - 1, self._faces, tagged=self._variant is not None
            )

    def sketch(self, part: DrawnPart) -> bytes:
        """A PDF of one drawn part by itself, without tags and labels: for pictures of its pages."""
        with collected(Findings()):
            return assemble([part], DocumentMetadata(), {}, None, self._faces, compact=False)

    def write(
        self,
        parts: Sequence[LaidOutPart | DrawnPart],
        metadata: Metadata,
        labels: Sequence[PageLabels],
        findings: Findings,
    ) -> bytes:
        """Join the parts in the order given and return the PDF's bytes.

        All of them are drawn where :attr:`draws` is true, else none. The same input gives the same bytes: dates come
        from ``metadata``, not from the clock.
        """
        told = DocumentMetadata(
            title=metadata.title,
            authors=[metadata.author] if metadata.author else [],
            description=metadata.subject,
            keywords=list(metadata.keywords),
            generator="newsletter-pdf",
            created=metadata.date,
            modified=metadata.date,
            lang=metadata.language,
        )
        catalog = {"PageLabels": pydyf.Dictionary({"Nums": _numbers(labels)}), "PageMode": "/UseOutlines"}
        with collected(findings):
            if self.draws:
                drawn = [part for part in parts if isinstance(part, DrawnPart)]
                data = assemble(drawn, told, catalog, self._variant, self._faces)
            else:
                documents = [part.document for part in parts if isinstance(part, LaidOutPart)]
                data = write_stock(documents, told, catalog, self._variant, self._images)
        return with_identifier(data)

    def _base(self, part: Part) -> str | None:
        """The address of the style sheets' folder, which relative addresses in templates start from."""
        return part.css[-1][0].as_uri() if part.css else None

    def _sheet(self, path: Path, text: str) -> object:
        """The parsed style sheet, parsed once."""
        known, sheet = self._sheets.get(path, ("", None))
        if sheet is None or known != text:
            sheet = weasyprint.CSS(
                string=text,
                base_url=path.as_uri(),
                url_fetcher=self._fetcher,
                font_config=self._fonts,
                counter_style=self._counters,
            )
            self._sheets[path] = (text, sheet)
        return sheet


def _numbers(labels: Sequence[PageLabels]) -> pydyf.Array:
    """The number tree of page labels."""
    numbers = pydyf.Array()
    for label in labels:
        entry = pydyf.Dictionary()
        if label.style is not None:
            entry["S"] = f"/{label.style}"
        if label.prefix:
            entry["P"] = pydyf.String(label.prefix)
        if label.style is not None and label.start != 1:
            entry["St"] = label.start
        numbers.extend((label.index, entry))
    return numbers

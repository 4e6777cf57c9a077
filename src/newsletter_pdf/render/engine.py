"""Layout and writing with WeasyPrint, the only module that knows it.

Sections are laid out one by one and joined at the end (``Document.copy``): links and bookmarks across parts are
resolved when the file is written, so the page numbers in the contents can be known before the contents are set.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

from newsletter_pdf.compose import Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.linesetting import ENGINE_UNTESTED
from newsletter_pdf.findings.render import FORBIDDEN_ADDRESS
from newsletter_pdf.render.compact import drop_plain_spans, with_identifier
from newsletter_pdf.render.hooks import install
from newsletter_pdf.render.messages import collected
from newsletter_pdf.render.surroundings import Pictures
from newsletter_pdf.render.tagtree import mend

# WeasyPrint lets Pillow take damaged pictures for good ones, in the whole process; the reader has to see the damage.
ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True, slots=True)
class PageLabels:
    """A run of page labels (ISO 32000-1, 12.4.2) starting at physical page ``index`` (0-based).

    ``style`` is ``D`` decimal, ``r`` lower-case roman or None for the bare ``prefix``; ``start`` is the first number.
    """

    index: int
    style: str | None
    prefix: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the PDF says of itself; dates in the W3C form (``2026-11-20``), language as BCP 47."""

    title: str
    language: str
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class LaidOutPart:
    """A part with its pages; ``anchors`` maps each destination to the 0-based page of the part it stands on."""

    name: str
    key: str
    document: Any  # weasyprint.Document; the package has no types
    anchors: Mapping[str, int]
    seconds: float
    reused: bool = False

    @property
    def pages(self) -> int:
        """How many pages the part has."""
        return len(self.document.pages)


class ConfinedFetcher(URLFetcher):  # type: ignore[misc] # URLFetcher has no types
    """Fetches ``data:`` addresses and files below the folders given, and nothing else.

    Symbolic links are followed first and the place they lead to is what counts.
    """

    def __init__(self, folders: Sequence[Path], findings: Findings) -> None:
        super().__init__(allowed_protocols={"file", "data"})
        self._folders = tuple(folder.resolve() for folder in folders)
        self.findings = findings

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
    """Lays parts out and writes them as one PDF.

    Laid-out parts are kept by their key: a part that has not changed since the last call is not laid out again.
    The order of work is the caller's; a renderer is not safe to use from two threads.
    """

    def __init__(self, folders: Sequence[Path], variant: str | None) -> None:
        self._fonts = FontConfiguration()
        self._counters = CounterStyle()
        self._fetcher = ConfinedFetcher(folders, Findings())
        self._variant = variant
        self._images = Pictures()
        self._sheets: dict[tuple[Path, str], object] = {}
        self._kept: dict[str, LaidOutPart] = {}
        self._untested = install()

    def lay_out(self, part: Part, findings: Findings) -> LaidOutPart:
        """Lay out one part; what WeasyPrint has to say about it is added to ``findings``."""
        if self._untested is not None:
            findings.add(ENGINE_UNTESTED.at(engine=self._untested))
        kept = self._kept.get(part.name)
        if kept is not None and kept.key == part.key:
            return LaidOutPart(kept.name, kept.key, kept.document, kept.anchors, 0.0, reused=True)
        started = time.perf_counter()
        self._fetcher.findings = findings
        problems = Findings()
        with collected(problems):
            html = weasyprint.HTML(string=part.html, base_url=self._base(part), url_fetcher=self._fetcher)
            document = html.render(
                font_config=self._fonts,
                counter_style=self._counters,
                stylesheets=[self._sheet(path, text) for path, text in part.css],
                cache=self._images,
                pdf_variant=self._variant,
            )
        findings.extend(problems)
        anchors: dict[str, int] = {}
        for index, page in enumerate(document.pages):
            for anchor in page.anchors:
                anchors.setdefault(anchor, index)
        laid_out = LaidOutPart(part.name, part.key, document, anchors, time.perf_counter() - started)
        if not len(problems):
            # A part with something to say is laid out again next time, so that it says it again.
            self._kept[part.name] = laid_out
        return laid_out

    def write(
        self, parts: Sequence[LaidOutPart], metadata: Metadata, labels: Sequence[PageLabels], findings: Findings
    ) -> bytes:
        """Join the parts in the order given and return the PDF's bytes.

        The same input gives the same bytes: dates come from ``metadata``, not from the clock.
        """
        first = parts[0].document
        joined = first.copy([page for part in parts for page in part.document.pages])
        joined.metadata = DocumentMetadata(
            title=metadata.title,
            authors=[metadata.author] if metadata.author else [],
            description=metadata.subject,
            keywords=list(metadata.keywords),
            generator="newsletter-pdf",
            created=metadata.date,
            modified=metadata.date,
            lang=metadata.language,
        )

        def finish(_document: object, pdf: Any) -> None:
            pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": _numbers(labels)})
            pdf.catalog["PageMode"] = "/UseOutlines"
            mend(pdf)
            drop_plain_spans(pdf)

        with collected(findings):
            data: bytes = joined.write_pdf(finisher=finish, pdf_variant=self._variant, cache=self._images)
        return with_identifier(data)

    def _base(self, part: Part) -> str | None:
        """The address of the style sheets' folder, which relative addresses in templates start from."""
        return part.css[-1][0].as_uri() if part.css else None

    def _sheet(self, path: Path, text: str) -> object:
        """The parsed style sheet, parsed once."""
        sheet = self._sheets.get((path, text))
        if sheet is None:
            sheet = weasyprint.CSS(
                string=text,
                base_url=path.as_uri(),
                url_fetcher=self._fetcher,
                font_config=self._fonts,
                counter_style=self._counters,
            )
            self._sheets[path, text] = sheet
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

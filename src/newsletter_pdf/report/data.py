"""What a build reports, and its JSON shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.verify import ContentsEntry, FontUse


@dataclass(frozen=True, slots=True)
class Part:
    """One part as laid out: its pages, the seconds its layout took, and whether it was kept from an earlier run."""

    name: str
    pages: int
    seconds: float
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one build.

    ``pdf`` is the file that the report speaks of (the rejected one after a failed proof, None when none was written),
    ``contents`` what was read back from it, ``seconds`` the time of each stage in the order run. ``good`` tells whether
    the PDF was put in its place. ``title`` is the issue's; ``fonts``, ``characters`` and ``images`` are the proof's.
    ``candidate`` is where the file lies while the report is made, before it is put in its place.
    """

    issue: str
    pdf: Path | None
    sha256: str | None
    pages: int
    layout: str
    contents: tuple[ContentsEntry, ...] = ()
    parts: tuple[Part, ...] = ()
    findings: Findings = field(default_factory=Findings)
    seconds: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    fonts: tuple[FontUse, ...] = ()
    characters: int = 0
    images: int = 0
    candidate: Path | None = None

    @property
    def file(self) -> Path | None:
        """Where the file that the report speaks of is to be read."""
        return self.candidate or self.pdf

    @property
    def articles(self) -> int:
        """How many articles the contents list."""
        return sum(1 for entry in self.contents if entry.level == 3)

    @property
    def good(self) -> bool:
        """True when nothing stopped the build."""
        return self.pdf is not None and self.findings.good

    def as_json(self, lang: str = "zh") -> dict[str, object]:
        """The object that ``report.json`` holds; the names and their order are a contract with other tools.

        ``where`` of a finding is one string; its place is also given as separate values, as far as they are known.
        """
        return {
            "issue": self.issue,
            "pdf": None if self.pdf is None else str(Place(self.pdf)),
            "sha256": self.sha256,
            "pages": self.pages,
            "layout": self.layout,
            "contents": contents_json(self.contents),
            "parts": [
                {"name": p.name, "pages": p.pages, "seconds": round(p.seconds, 3), "reused": p.reused}
                for p in self.parts
            ],
            "findings": findings_json(self.findings, lang),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "title": self.title,
            "articles": self.articles,
            "characters": self.characters,
            "images": self.images,
            "fonts": [
                {"name": f.name, "embedded": f.embedded, "subset": f.subset, "glyphs": f.glyphs, "mapped": f.mapped}
                for f in self.fonts
            ],
        }


def contents_json(contents: tuple[ContentsEntry, ...]) -> list[dict[str, object]]:
    """The entries of the contents as ``report.json`` gives them; ``page_index`` is 0-based and physical."""
    return [
        {
            "level": entry.level,
            "number": entry.number,
            "title": entry.title,
            "printed": entry.printed,
            "page_index": entry.page_index,
            "label": entry.label,
        }
        for entry in contents
    ]


def findings_json(findings: Findings, lang: str = "zh") -> list[dict[str, object]]:
    """The findings as ``report.json`` and ``--json`` give them, in the order found."""
    result: list[dict[str, object]] = []
    for finding in findings:
        item: dict[str, object] = dict(finding.as_json(lang))
        place = finding.place
        for name, value in (("line", place.line), ("column", place.column), ("page", place.page)):
            if value is not None:
                item[name] = value
        if place.box is not None:
            item["box"] = list(place.box)
        if finding.suggestion is not None:
            old, new, safe = finding.suggestion.old, finding.suggestion.new, finding.suggestion.safe
            item["suggestion"] = {"old": old, "new": new, "safe": safe}
        result.append(item)
    return result

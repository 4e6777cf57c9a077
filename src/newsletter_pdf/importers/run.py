"""``import``: read all manuscripts, check, then write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.files import check_confined, write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import importing as rules
from newsletter_pdf.findings import manuscripts as manuscript_rules
from newsletter_pdf.importers.manuscript import Unplaced
from newsletter_pdf.importers.naming import MAX_SECTIONS, parse_section_file, section_file, slug
from newsletter_pdf.importers.pictures import PictureNames
from newsletter_pdf.importers.registry import read_manuscript
from newsletter_pdf.importers.structure import DraftSection, structure
from newsletter_pdf.importers.writer import section_text
from newsletter_pdf.model import Figure
from newsletter_pdf.newissue import create_folder, draft_issue, example_section, usable_name


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``written`` are absolute paths in the order written, empty when an error stopped it.

    ``groups`` counts titled groups. The counts are of what was read, also when nothing was written.
    """

    issue: Path
    sections: int
    groups: int
    articles: int
    written: tuple[Path, ...]
    unplaced: tuple[Unplaced, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that ``--json`` gives to it (without the findings)."""
        return {
            "issue": str(Place(file=self.issue)),
            "sections": self.sections,
            "groups": self.groups,
            "articles": self.articles,
            "written": [str(Place(file=path)) for path in self.written],
            "unplaced": [item.as_json() for item in self.unplaced],
        }


def import_manuscripts(
    files: Sequence[Path],
    issue: Path,
    findings: Findings,
    *,
    replace: bool = False,
    today: dt.date | None = None,
) -> ImportResult:
    """Turn ``files`` into section files of the folder ``issue``, one for each heading of level 1, in the order given.

    The folder and its ``issue.yaml`` are made when they are missing (``today`` then stands in the template when no
    other issue lies beside it). Existing section files are replaced only with ``replace``; nothing is ever deleted
    except the untouched example of a new issue. Any error means that nothing is written.
    """
    before = findings.errors
    issue = issue.absolute()
    _check_folder(issue, findings)
    sections, unplaced = _read_all(files, findings)
    for item in unplaced:
        findings.add(rules.NOT_PLACED.at(item.place, text=item.text))
    plan = _Plan(issue, findings, replace=replace)
    plan.place_sections(sections)
    plan.place_facts(today)
    plan.check_places()
    written = plan.write() if findings.errors == before and sections else ()
    return ImportResult(
        issue=issue,
        sections=len(sections),
        groups=sum(1 for section in sections for group in section.groups if group.title is not None),
        articles=sum(len(group.articles) for section in sections for group in section.groups),
        written=written,
        unplaced=tuple(unplaced),
    )


def _check_folder(issue: Path, findings: Findings) -> None:
    if (issue.exists() and not issue.is_dir()) or (not issue.exists() and not usable_name(issue.name)):
        findings.add(rules.BAD_ISSUE_FOLDER.at(Place(file=issue), name=issue.name or str(issue)))


def _read_all(files: Sequence[Path], findings: Findings) -> tuple[list[DraftSection], list[Unplaced]]:
    sections: list[DraftSection] = []
    unplaced: list[Unplaced] = []
    seen: set[Path] = set()
    for path in files:
        if path.resolve() in seen:
            findings.add(rules.GIVEN_TWICE.at(Place(file=path), name=path.name))
            continue
        seen.add(path.resolve())
        manuscript = read_manuscript(path, findings)
        if manuscript is not None:
            found, left = structure(manuscript, findings)
            sections += found
            unplaced += left
    titles: dict[str, DraftSection] = {}
    for section in sections:
        first = titles.setdefault(section.title, section)
        if first is not section:
            findings.add(rules.SAME_TITLE.at(section.place, title=section.title, other=first.place))
    return sections, unplaced


class _Plan:
    """What will be written where; nothing touches the disk before :meth:`write`."""

    def __init__(self, issue: Path, findings: Findings, *, replace: bool) -> None:
        self.issue = issue
        self.findings = findings
        self.replace = replace
        self.files: dict[str, bytes] = {}
        self.pictures = PictureNames(issue / "images", findings)
        self.example: Path | None = None
        self.existing: dict[str, int] = {}
        for path in sorted(issue.glob("*.md")) if issue.is_dir() else ():
            parsed = parse_section_file(path.name)
            if parsed is None:
                continue
            if _is_example(path):
                self.example = path
            else:
                self.existing.setdefault(parsed[1], parsed[0])

    def place_sections(self, sections: Sequence[DraftSection]) -> None:
        """Give every section its file: the one it had, else its number in the order given, else the next free one."""
        used = set(self.existing.values())
        names: set[str] = set()
        for position, section in enumerate(sections, start=1):
            name = _unused(slug(section.title), names)
            names.add(name)
            number = self.existing.get(name)
            if number is not None:
                file_name = section_file(number, name)
                if not self.replace:
                    self.findings.add(rules.SECTION_EXISTS.at(Place(file=self.issue / file_name), name=file_name))
            else:
                number = position if position not in used else max(used) + 1
                file_name = section_file(number, name)
                if number != position:
                    place = Place(file=self.issue / file_name)
                    self.findings.add(rules.SECTION_APPENDED.at(place, title=section.title[:30], name=file_name))
            if number > MAX_SECTIONS:
                self.findings.add(rules.TOO_MANY_SECTIONS.at(section.place, limit=MAX_SECTIONS))
                return
            used.add(number)
            self.files[file_name] = section_text(section, self._picture_name, self.findings).encode()

    def _picture_name(self, figure: Figure) -> str:
        if not figure.alt:
            self.findings.add(manuscript_rules.PICTURE_WITHOUT_ALT.at(figure.place, name=figure.path.name))
        return self.pictures.name_for(figure.path, figure.place)

    def place_facts(self, today: dt.date | None) -> None:
        """Plan an ``issue.yaml`` when the folder has none."""
        if not (self.issue / "issue.yaml").exists() and self.files:
            draft = draft_issue(self.issue.name, self.issue.parent, self.findings, today)
            self.files = {"issue.yaml": draft.text.encode(), **self.files}

    def check_places(self) -> None:
        """Report what would be written outside the folder, by way of a symbolic link."""
        for name in ("images", *(f"images/{name}" for name in self.pictures.copies), *self.files):
            check_confined(Path(name), self.issue, Place(file=self.issue / name), self.findings)

    def write(self) -> tuple[Path, ...]:
        """Write everything: a new folder at once, files of an existing folder one by one, pictures first."""
        files = {f"images/{name}": data for name, data in self.pictures.copies.items()} | self.files
        current = self.issue
        try:
            if not self.issue.exists():
                create_folder(self.issue, files)
            else:
                (self.issue / "images").mkdir(exist_ok=True)
                for name, data in files.items():
                    current = self.issue / name
                    write_atomic(current, data)
                self._remove_example()
        except OSError as error:
            reason = error.strerror or str(error)
            self.findings.add(rules.CANNOT_WRITE.at(Place(file=current), name=current.name, reason=reason))
            return ()
        return tuple(self.issue / name for name in files)

    def _remove_example(self) -> None:
        if self.example is not None and self.example.name not in self.files:
            self.example.unlink(missing_ok=True)
            place = Place(file=self.example)
            self.findings.add(rules.EXAMPLE_REMOVED.at(place, name=self.example.name))


def _unused(name: str, names: set[str]) -> str:
    """``name``, or ``name-2`` and so on when two titles of one import give the same name."""
    candidate, number = name, 1
    while candidate in names:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def _is_example(path: Path) -> bool:
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") == example_section().encode()
    except OSError:
        return False

"""``import``: read all manuscripts, check, then write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.files import check_confined, write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import importing as rules
from newsletter_pdf.findings import manuscripts as manuscript_rules
from newsletter_pdf.findings import wordfiles as word_rules
from newsletter_pdf.importers.account import unaccounted
from newsletter_pdf.importers.beside import Beside, put_beside
from newsletter_pdf.importers.leftovers import report_left_out
from newsletter_pdf.importers.manuscript import GuessedHeading, Unplaced
from newsletter_pdf.importers.naming import MAX_SECTIONS, parse_section_file, section_file, slug
from newsletter_pdf.importers.outline import OutlineEntry, outline
from newsletter_pdf.importers.pictures import PictureNames
from newsletter_pdf.importers.registry import read_manuscript
from newsletter_pdf.importers.structure import DraftSection, structure
from newsletter_pdf.importers.writer import section_text
from newsletter_pdf.model import Figure
from newsletter_pdf.newissue import create_folder, draft_issue, example_section, usable_name


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``written`` are absolute paths in the order written, empty when an error stopped it.

    ``groups`` counts titled groups. The counts are of what was read, also when nothing was written. ``beside`` are the
    section files that were left alone because they hold something else, each with the new text's file. ``unplaced``
    holds in full what went into no section file.
    """

    issue: Path
    sections: int
    groups: int
    articles: int
    written: tuple[Path, ...]
    unplaced: tuple[Unplaced, ...]
    beside: tuple[Beside, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    guesses: tuple[GuessedHeading, ...] = ()
    dry_run: bool = False

    def as_json(self, lang: str = "zh") -> dict[str, object]:
        """The shape that ``--json`` gives to it (without the findings)."""
        return {
            "issue": str(Place(file=self.issue)),
            "sections": self.sections,
            "groups": self.groups,
            "articles": self.articles,
            "written": [str(Place(file=path)) for path in self.written],
            "dry_run": self.dry_run,
            "outline": [entry.as_json() for entry in self.outline],
            "guesses": [guess.as_json(lang) for guess in self.guesses],
            "unplaced": [item.as_json() for item in self.unplaced],
            "beside": [item.as_json() for item in self.beside],
        }


Stage = Callable[[str, int, int], None]
"""Told that ``done`` of ``total`` steps of the stage called so are finished."""


def import_manuscripts(
    files: Sequence[Path],
    issue: Path,
    findings: Findings,
    *,
    replace: bool = False,
    dry_run: bool = False,
    today: dt.date | None = None,
    stage: Stage | None = None,
) -> ImportResult:
    """Turn ``files`` into section files of the folder ``issue``, one for each heading of level 1, in the order given.

    The folder and its ``issue.yaml`` are made when they are missing (``today`` then stands in the template when no
    other issue lies beside it). A section file that is there is replaced only with ``replace``; without it, the new
    text goes into a file beside it when the two differ. Nothing is ever deleted except the untouched example of a new
    issue. Any error means that nothing is written, and so does ``dry_run``.
    """
    before = findings.errors
    issue = issue.absolute()
    _check_folder(issue, findings)
    read = _read_all(files, findings, stage)
    report_left_out(read.unplaced, findings)
    plan = _Plan(issue, findings, replace=replace, inside=read.pictures)
    plan.place_sections(read.sections, stage)
    if not dry_run:
        plan.place_facts(today)
    plan.check_places()
    good = findings.errors == before and bool(read.sections)
    written = plan.write() if good and not dry_run else ()
    return ImportResult(
        issue=issue,
        sections=len(read.sections),
        groups=sum(1 for section in read.sections for group in section.groups if group.title is not None),
        articles=sum(len(group.articles) for section in read.sections for group in section.groups),
        written=written,
        unplaced=tuple(read.unplaced),
        beside=tuple(plan.beside) if good else (),
        outline=outline(plan.placed, read.guesses),
        guesses=tuple(read.guesses),
        dry_run=dry_run,
    )


def _check_folder(issue: Path, findings: Findings) -> None:
    if (issue.exists() and not issue.is_dir()) or (not issue.exists() and not usable_name(issue.name)):
        findings.add(rules.BAD_ISSUE_FOLDER.at(Place(file=issue), name=issue.name or str(issue)))


@dataclass(slots=True)
class _Read:
    """What all manuscripts together hold."""

    sections: list[DraftSection] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    guesses: list[GuessedHeading] = field(default_factory=list)
    pictures: dict[Path, bytes] = field(default_factory=dict)


def _read_all(files: Sequence[Path], findings: Findings, stage: Stage | None) -> _Read:
    read = _Read()
    seen: set[Path] = set()
    for path in files:
        if path.resolve() in seen:
            findings.add(rules.GIVEN_TWICE.at(Place(file=path), name=path.name))
            continue
        seen.add(path.resolve())
        progress = None if stage is None else (lambda done, total: stage("import", done, total))
        manuscript = read_manuscript(path, findings, progress)
        if manuscript is not None:
            found, left = structure(manuscript, findings)
            if found:
                left += unaccounted(manuscript.passages, found, left)
            read.sections += found
            read.unplaced += left
            read.guesses += manuscript.guesses
            read.pictures |= manuscript.pictures
    titles: dict[str, DraftSection] = {}
    for section in read.sections:
        first = titles.setdefault(section.title, section)
        if first is not section:
            findings.add(rules.SAME_TITLE.at(section.place, title=section.title, other=first.place))
    return read


class _Plan:
    """What will be written where; nothing touches the disk before :meth:`write`."""

    def __init__(self, issue: Path, findings: Findings, *, replace: bool, inside: dict[Path, bytes]) -> None:
        self.issue = issue
        self.findings = findings
        self.replace = replace
        self.files: dict[str, bytes] = {}
        self.pictures = PictureNames(issue / "images", findings)
        self.pictures.inside = inside
        self.placed: list[tuple[DraftSection, str]] = []
        self.beside: list[Beside] = []
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

    def place_sections(self, sections: Sequence[DraftSection], stage: Stage | None = None) -> None:
        """Give every section its file: the one it had, else its number in the order given, else the next free one."""
        used = set(self.existing.values())
        names: set[str] = set()
        for position, section in enumerate(sections, start=1):
            name = _unused(slug(section.title), names)
            names.add(name)
            number = self.existing.get(name)
            if number is not None:
                file_name = section_file(number, name)
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
            self.placed.append((section, file_name))
            self._place_text(file_name, section_text(section, self._picture_name, self.findings).encode())
            if stage is not None:
                stage("import-write", position, len(sections))

    def _place_text(self, file_name: str, text: bytes) -> None:
        """Plan a section file, or one beside it when it is there with other text and shall not be replaced."""
        path = self.issue / file_name
        if self.replace or not path.is_file():
            self.files[file_name] = text
            return
        try:
            beside = put_beside(path, text)
        except OSError as error:
            reason = error.strerror or str(error)
            self.findings.add(rules.CANNOT_WRITE.at(Place(file=path), name=file_name, reason=reason))
            return
        if beside is None:
            self.findings.add(word_rules.SECTION_UNCHANGED.at(Place(file=path), name=file_name))
            return
        self.beside.append(beside)
        self.files[beside.beside.name] = text
        fields = {"beside": beside.beside.name, "added": beside.added, "removed": beside.removed}
        self.findings.add(rules.SECTION_EXISTS.at(Place(file=path), name=file_name, **fields))

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

"""An issue folder → Issue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from newsletter_pdf.files import check_confined, read_text
from newsletter_pdf.findings import Findings, Level, Place, sectionfiles
from newsletter_pdf.findings import content as rules
from newsletter_pdf.findings import fields as field_rules
from newsletter_pdf.findings import source as source_rules
from newsletter_pdf.findings.groups import levels
from newsletter_pdf.model import Issue, IssueFacts, Masthead, Node, Section, Services
from newsletter_pdf.project import shared_file
from newsletter_pdf.reader.context import Context
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.section import SectionReader
from newsletter_pdf.reader.shapes import Shape
from newsletter_pdf.reader.single import read_fields
from newsletter_pdf.reader.vocabulary import BLOCK, ISSUE, MASTHEAD, SERVICES
from newsletter_pdf.residue import SAMPLE_MARK
from newsletter_pdf.source import Passage, TooDeepError, YamlMapping

_COPY = re.compile(r"副本|复件|\bcopy\b|[(（]\d{1,2}[)）]$", re.IGNORECASE)
SECTION_NAME = re.compile(r"[0-9]{2}-[^\s.][^/\\]*\.md")
_SHARED = {
    "masthead.yaml": ("刊头页", "the masthead pages"),
    "services.yaml": ("服务页", "the service pages"),
}
_BESIDE = ".新稿"  # what import has written beside a section file that was edited
_MANUSCRIPT = re.compile(r"[^.~].*\.(?:txt|docx?|wps|rtf|odt|markdown|mkd|pages)", re.I)
_SAMPLE = re.compile(rf"^{SAMPLE_MARK} (\S+)", re.M)
_Model = TypeVar("_Model", bound=Node)


def read_issue(
    folder: Path,
    findings: Findings,
    *,
    covers: Callable[[str], bool] | None = None,
    passages: list[Passage] | None = None,
) -> Issue | None:
    """Read and validate the issue in ``folder``.

    Reads ``issue.yaml``, the section files in order of their names, and ``masthead.yaml`` and ``services.yaml`` from
    the issue folder or the one above. Everything is read whatever is wrong, and all of it reported to ``findings``.
    ``covers`` tells whether a character is in one of the fonts; without it that is not checked. The words of every
    file are added to ``passages``, with their places, also when something is wrong.

    Returns None when anything found here is an error. Raises nothing for bad content.
    """
    errors = findings.errors
    context = Context(findings, covers) if passages is None else Context(findings, covers, passages)
    folder = folder.resolve()
    if not folder.is_dir():
        context.report(rules.FOLDER_MISSING, Place(file=folder), name=folder.name)
        return None
    pictures = Pictures(context, folder)
    facts = _read_yaml(context, folder / "issue.yaml", ISSUE, pictures, IssueFacts)
    if facts is not None:
        findings.configure(levels(facts.rules))
    masthead = _shared(context, folder, "masthead.yaml", MASTHEAD, pictures, Masthead)
    services = _shared(context, folder, "services.yaml", SERVICES, pictures, Services)
    sections = _sections(context, folder, pictures)
    _report_left_out(context, folder)
    if findings.errors == errors:
        # A section that could not be read, or a name misspelt, would make pictures seem superfluous that are not.
        pictures.report_unused()
    if facts is None or findings.errors > errors:
        return None
    return Issue(
        name=folder.name, folder=folder, facts=facts, masthead=masthead, services=services, sections=tuple(sections)
    )


def read_levels(folder: Path) -> Mapping[str, Level]:
    """What the issue in ``folder`` sets the rules to (rule code → level); nothing when that cannot be read."""
    context = Context(Findings())
    facts = _read_yaml(context, folder / "issue.yaml", ISSUE, Pictures(context, folder), IssueFacts)
    return {} if facts is None else levels(facts.rules)


def _shared(
    context: Context, folder: Path, name: str, shape: Shape, pictures: Pictures, model: type[_Model]
) -> _Model | None:
    path = shared_file(folder, name)
    if path is None:
        part_zh, part = _SHARED[name]
        context.report(field_rules.SHARED_MISSING, Place(file=folder / name), name=name, part=part, part_zh=part_zh)
        return None
    text = read_text(path, Findings())
    marked = _SAMPLE.search(text or "")
    if marked is not None and marked[1] != folder.name:
        line = (text or "").count("\n", 0, marked.start()) + 1
        context.report(field_rules.SAMPLE_SHARED, Place(file=path, line=line, column=1), name=name)
    own = pictures if path.parent == folder else Pictures(context, path.parent)
    return _read_yaml(context, path, shape, own, model)


def _read_yaml(context: Context, path: Path, shape: Shape, pictures: Pictures, model: type[_Model]) -> _Model | None:
    """Read one YAML file into ``model``; None after any error in it."""
    places: dict[str, object] = {}

    def noted(node: YamlMapping) -> YamlMapping:
        if shape is ISSUE:
            places.update(_layout_places(node))
        return node

    values = read_fields(context, path, shape, pictures, noted)
    return None if values is None else model.model_validate(_modelled(values) | places)


def _layout_places(node: YamlMapping) -> dict[str, object]:
    """Where the layout's name and its options stand: what is wrong with them is found out when the layout is read."""
    options, layout = node.get("options"), node.get("layout")
    places: dict[str, object] = {}
    if isinstance(options, YamlMapping):
        places["option_places"] = {key.text: key.place for key, _ in options}
    if layout is not None:
        places["layout_place"] = layout.place
    return places


def _modelled(values: dict[str, object]) -> dict[str, object]:
    """The values as the model names them: a block's one field becomes its kind, prose its several blocks."""
    pages = values.get("pages")
    if not isinstance(pages, tuple):
        return values
    return {**values, "pages": [{**page, "blocks": _blocks(page["blocks"])} for page in pages]}


def _blocks(blocks: tuple[dict[str, object], ...]) -> list[object]:
    result: list[object] = []
    for block in blocks:
        place = block["place"]
        kind = next(field.key for field in BLOCK.fields if field.key in block)
        value = block[kind]
        if kind == "text" and isinstance(value, tuple):
            result.extend(value)
        elif isinstance(value, dict):
            value = {"kind": kind, "place": place, **value}
            if kind == "callout":
                value["blocks"] = value.pop("text")
            result.append(value)
    return result


def _sections(context: Context, folder: Path, pictures: Pictures) -> list[Section]:
    sections: list[Section] = []
    readable = 0
    for path in sorted(folder.glob("*.[mM][dD]"), key=lambda path: path.name):
        if path.name.startswith((".", "~$")):  # hidden, or held open by a word processor
            continue
        if not SECTION_NAME.fullmatch(path.name):
            context.report(
                rules.SECTION_FILE_NAME, Place(file=path), name=path.name, stem=path.stem.lstrip("0123456789-_. ")
            )
            continue
        readable += 1
        if check_confined(path, folder, Place(file=path), context.findings) is None:
            continue
        text = read_text(path, context.findings)
        if text is None:
            continue
        try:
            section = SectionReader(context, pictures, path, text).read()
        except TooDeepError as deep:
            context.report(source_rules.TOO_DEEP, Place(file=path, line=deep.line + 1, column=1))
            continue
        if section is not None:
            sections.append(section)
    if not readable:
        context.report(rules.NO_SECTIONS, Place(file=folder))
    _report_same(context, sections)
    _report_same_number(context, sections)
    return sections


def _report_left_out(context: Context, folder: Path) -> None:
    """Manuscripts in the folder that are no section files, as ``05-来信.txt``."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not _MANUSCRIPT.fullmatch(path.name) or _BESIDE in path.name or not path.is_file():
            continue
        stem = path.stem if path.stem.lower().endswith(".md") else f"{path.stem}.md"
        if path.suffix.lower() in (".txt", ".markdown", ".mkd"):
            remedy = (
                f"已是栏目格式的，改名为 {stem}；是稿件的，用 make import 导入",
                f"Rename it {stem}, or import it",
            )
        else:
            remedy = ("用 make import 导入它", "Import it")
        rule = sectionfiles.FILE_LEFT_OUT if re.match(r"\d", path.name) else sectionfiles.FILE_IGNORED
        context.report(rule, Place(file=path), name=path.name, remedy_zh=remedy[0], remedy=remedy[1])


def _report_same_number(context: Context, sections: list[Section]) -> None:
    """Two section files with one number; those with one title or one name are reported as such."""
    for before, after in pairwise(sections):
        number = after.name[:2]
        if before.name[:2] == number and before.title != after.title and before.name[3:] != after.name[3:]:
            place = Place(file=after.place.file)
            context.report(sectionfiles.SAME_NUMBER, place, number=number, other=f"{before.name}.md")


def _report_same(context: Context, sections: list[Section]) -> None:
    """Two sections with one title, or one name after their numbers."""

    def title(section: Section) -> str:
        return section.title

    def name(section: Section) -> str:
        return section.name[3:]

    for what, what_zh, key in (("title", "标题", title), ("name", "文件名", name)):
        seen: dict[str, Section] = {}
        # 「01-要闻 - 副本.md」 sorts before the file that it is a copy of.
        for section in sorted(sections, key=lambda section: _COPY.search(section.name) is not None):
            first = seen.setdefault(key(section), section)
            if first is not section:
                other = f"{first.name}.md"
                context.report(
                    rules.SAME_SECTION, Place(file=section.place.file), other=other, what=what, what_zh=what_zh
                )

"""A whole issue folder → the validated model, every problem of it reported in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from newsletter_pdf.files import read_text
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import content as rules
from newsletter_pdf.findings import fields as field_rules
from newsletter_pdf.model import (
    Block,
    Callout,
    Cards,
    Contact,
    Figure,
    Issue,
    IssueFacts,
    Masthead,
    Process,
    QrCode,
    Section,
    ServicePage,
    Services,
)
from newsletter_pdf.project import shared_file
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.sections import prose_reader, read_section
from newsletter_pdf.reader.shapes import Shape
from newsletter_pdf.reader.vocabulary import ISSUE, MASTHEAD, SERVICES
from newsletter_pdf.source import YamlMapping, parse_yaml

_SECTION_FILE = re.compile(r"\d{2,3}-[^/\\]+\.md")
_KINDS: Mapping[str, type[Cards | Process | Contact | QrCode | Figure]] = {
    "cards": Cards,
    "process": Process,
    "contact": Contact,
    "qr": QrCode,
    "figure": Figure,
}
_PARTS = {"masthead.yaml": ("the masthead pages", "编委会页"), "services.yaml": ("the service pages", "服务页")}


def read_issue(folder: Path, findings: Findings, *, covers: Callable[[str], bool] | None = None) -> Issue | None:
    """Read and validate the issue in ``folder``.

    ``covers`` tells whether some font has a character. Everything is read whatever is wrong, so that all findings of
    a run come at once; None is returned when one of them is an error.
    """
    folder = folder.resolve()
    before = findings.errors
    if not folder.is_dir():
        findings.add(rules.FOLDER_MISSING.at(Place(folder), name=folder.name))
        return None
    context = Context(findings, covers)
    pictures = Pictures(context, folder)
    facts = _facts(folder / "issue.yaml", context, pictures)
    masthead = _masthead(folder, context, pictures)
    services = _services(folder, context, pictures)
    sections = _sections(folder, context, pictures)
    pictures.report_unused()
    if findings.errors != before or facts is None:
        return None
    return Issue(name=folder.name, folder=folder, facts=facts, masthead=masthead, services=services, sections=sections)


def _values(path: Path, shape: Shape, context: Context, pictures: Pictures) -> dict[str, object] | None:
    """The good values of a YAML file, or None when it cannot be read or anything in it is an error."""
    before = context.findings.errors
    text = read_text(path, context.findings)
    node = None if text is None else parse_yaml(text, path, context.findings)
    if node is None or text is None:
        return None
    if not isinstance(node, YamlMapping):
        context.report(field_rules.NOT_FIELDS, node.place, name=path.name)
        return None
    values = prose_reader(context, Source(path, tuple(text.split("\n"))), pictures).mapping(node, shape)
    return values if context.findings.errors == before else None


def _facts(path: Path, context: Context, pictures: Pictures) -> IssueFacts | None:
    values = _values(path, ISSUE, context, pictures)
    return None if values is None else IssueFacts.model_validate(values)


def _shared(folder: Path, name: str, context: Context) -> Path | None:
    path = shared_file(folder, name)
    if path is None:
        part, part_zh = _PARTS[name]
        context.report(field_rules.SHARED_MISSING, Place(folder / name), name=name, part=part, part_zh=part_zh)
    return path


def _masthead(folder: Path, context: Context, pictures: Pictures) -> Masthead | None:
    path = _shared(folder, "masthead.yaml", context)
    values = None if path is None else _values(path, MASTHEAD, context, _pictures(path, context, pictures))
    return None if values is None else Masthead.model_validate(values)


def _services(folder: Path, context: Context, pictures: Pictures) -> Services | None:
    path = _shared(folder, "services.yaml", context)
    values = None if path is None else _values(path, SERVICES, context, _pictures(path, context, pictures))
    if values is None:
        return None
    pages = []
    for page in values["pages"] if isinstance(values["pages"], tuple) else ():
        blocks = tuple(block for item in page["blocks"] for block in _blocks(item))
        pages.append(ServicePage.model_validate({**page, "blocks": blocks}))
    return Services.model_validate({"pages": tuple(pages), "place": values["place"]})


def _pictures(path: Path, context: Context, pictures: Pictures) -> Pictures:
    """Pictures named in a shared file lie beside it."""
    return pictures if path.parent == pictures.folder else Pictures(context, path.parent)


def _blocks(values: dict[str, object]) -> tuple[Block, ...]:
    """The blocks of one entry of a service page."""
    kind, value = next((k, v) for k, v in values.items() if k != "place")
    if kind == "text":
        return value if isinstance(value, tuple) else ()
    if kind == "callout" and isinstance(value, dict):
        return (Callout(title=value.get("title"), blocks=value["text"], place=value["place"]),)
    return (_KINDS[kind].model_validate(value),)


def _sections(folder: Path, context: Context, pictures: Pictures) -> tuple[Section, ...]:
    files = sorted(path for path in folder.glob("*.md") if not path.name.startswith("."))
    sections: list[Section] = []
    places: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path in files:
        if not _SECTION_FILE.fullmatch(path.name):
            context.report(rules.SECTION_FILE_NAME, Place(path), name=path.name, stem=path.stem)
            continue
        _unique(path.stem.split("-", 1)[1], path, places, ("name", "名字"), context)
        section = read_section(path, context, pictures)
        if section is not None:
            _unique(section.title, path, titles, ("title", "标题"), context)
            sections.append(section)
    if not files:
        context.report(rules.NO_SECTIONS, Place(folder))
    return tuple(sections)


def _unique(value: str, path: Path, seen: dict[str, str], words: tuple[str, str], context: Context) -> None:
    other = seen.setdefault(value, path.name)
    if other != path.name:
        context.report(rules.SAME_SECTION, Place(path), other=other, what=words[0], what_zh=words[1])

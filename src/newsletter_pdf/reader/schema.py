"""JSON Schemas (draft-07) of the files that editors write, made from the same declarations as the reader's checks.

Code editors use them to complete and check YAML while it is typed. They are a help, not the judge: what the reader
accepts is decided by :mod:`.validate`.
"""

from __future__ import annotations

import json
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.findings import Level
from newsletter_pdf.findings.groups import allowed_levels, rules_named, setting_names
from newsletter_pdf.reader.mailfields import MAIL
from newsletter_pdf.reader.shapes import (
    Address,
    Anything,
    Choice,
    Date,
    Field,
    Integer,
    Kind,
    ListOf,
    Numbers,
    Picture,
    Prose,
    Raw,
    RuleLevels,
    Shape,
    Text,
)
from newsletter_pdf.reader.vocabulary import CHART, ISSUE, MASTHEAD, SECTION, SERVICES

FILES = {"issue": ISSUE, "masthead": MASTHEAD, "services": SERVICES, "section": SECTION, "mail": MAIL, "chart": CHART}
"""Schema name → the shape of the file; ``section`` is the front matter of a section file, ``chart`` a block in it."""

Json = dict[str, object]


def schema_of(shape: Shape) -> Json:
    """The schema of a whole file."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_shape(shape, whole=True)}


def write_schemas(folder: Path) -> list[Path]:
    """Write ``<name>.schema.json`` for every file into ``folder``; returns the paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, shape in FILES.items():
        path = folder / f"{name}.schema.json"
        write_atomic(path, (json.dumps(schema_of(shape), ensure_ascii=False, indent=2) + "\n").encode())
        paths.append(path)
    return paths


def _shape(shape: Shape, *, whole: bool = False) -> Json:
    schema: Json = {
        "title": shape.title,
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _field(field) for field in shape.fields},
    }
    required = [field.key for field in shape.fields if field.required]
    if required:
        schema["required"] = required
    if shape.one_of:
        schema |= {"minProperties": 1, "maxProperties": 1}
    if shape.shorthand is None or whole:
        return schema
    return {"anyOf": [_scalar(), schema]}


def _field(field: Field) -> Json:
    about = f"{field.label}。{field.about}" if field.about else field.label
    return {**_kind(field.kind), "description": about}


def _scalar() -> Json:
    """What stands in YAML for a text: an unquoted number or yes/no is taken as it is written."""
    return {"type": ["string", "number", "boolean"]}


def _rule_levels() -> Json:
    """Every code and group with the levels that it may be set to."""
    names: Json = {}
    for name in setting_names():
        levels = sorted({level for rule in rules_named(name) for level in allowed_levels(rule)}, key=list(Level).index)
        # An unquoted off is a truth value to some readers of YAML.
        names[name] = {"enum": [*levels, *([False] if Level.OFF in levels else [])]}
    return names


def _kind(kind: Kind) -> Json:
    match kind:
        case Shape():
            return _shape(kind)
        case ListOf():
            items: Json = {"type": "array", "items": _kind(kind.item)}
            if kind.filled:
                items["minItems"] = 1
            return {"anyOf": [items, _kind(kind.item)]} if kind.single or kind.split else items
        case Integer():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case Choice():
            meanings = "；".join(f"{value}：{meaning}" for value, meaning in kind.values)
            return {"enum": [value for value, _ in kind.values], "markdownDescription": meanings}
        case Date():
            return {"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}$"}
        case Address():
            return {"type": "string", "pattern": "^(https?://|mailto:)"}
        case Anything():
            return {"type": "object"}
        case Numbers():
            number: Json = {"type": ["number", "string"]}
            return {"type": "object", "additionalProperties": {"anyOf": [number, {"type": "array", "items": number}]}}
        case RuleLevels():
            return {"type": "object", "additionalProperties": False, "properties": _rule_levels()}
        case Text() | Raw():
            return {**_scalar(), "maxLength": kind.limit}
        case Prose() | Picture():
            return {"type": "string"}

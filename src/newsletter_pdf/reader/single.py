"""One YAML file against a declared shape: for files that are no part of an issue's text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsletter_pdf.files import check_confined, read_text
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import fields as field_rules
from newsletter_pdf.findings import source as source_rules
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.shapes import Shape
from newsletter_pdf.reader.values import validator
from newsletter_pdf.source import YamlMapping, parse_yaml


def read_fields(
    context: Context,
    path: Path,
    shape: Shape,
    pictures: Pictures,
    prepare: Callable[[YamlMapping], YamlMapping] | None = None,
) -> dict[str, object] | None:
    """The values of the fields in the YAML file ``path``, by key; None after any error in it, all of them reported.

    ``prepare`` sees the parsed file before it is validated and gives what shall be validated instead.
    """
    errors = context.findings.errors
    if check_confined(path, path.parent, Place(file=path), context.findings) is None:
        return None
    text = read_text(path, context.findings)
    if text is None:
        return None
    node = parse_yaml(text, path, context.findings)
    if not isinstance(node, YamlMapping):
        if node is not None:
            context.report(field_rules.NOT_FIELDS, node.place, name=path.name)
        elif context.findings.errors == errors:
            # Comments alone.
            context.report(source_rules.EMPTY_FILE, Place(file=path))
        return None
    source = Source(path, tuple(text.split("\n")))
    values = validator(context, source, pictures).mapping(node if prepare is None else prepare(node), shape)
    return None if context.findings.errors > errors else values


def read_settings(
    path: Path, shape: Shape, findings: Findings, prepare: Callable[[YamlMapping], YamlMapping] | None = None
) -> dict[str, object] | None:
    """As :func:`read_fields`, for a file without pictures."""
    context = Context(findings)
    return read_fields(context, path, shape, Pictures(context, path.parent), prepare)

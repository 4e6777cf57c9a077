"""What the rendering engine logs, turned into findings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsletter_pdf.findings import Finding, Findings
from newsletter_pdf.findings.render import (
    DEAD_LINK,
    DOUBLE_ANCHOR,
    ENGINE_NOTE,
    FOREIGN_FONT,
    IMAGE_FAULT,
    MISSING_GLYPH,
    STYLE_FAULT,
)

# Matched against the start of WeasyPrint's message templates (70.0), whose arguments follow in order.
_STYLE_STARTS = (
    "Ignored `",
    "Parse error at",
    "Unknown rule",
    "Unknown empty rule",
    "Unknown @page rule",
    "Unsupported @page selector",
    "Invalid ",
    "Error: ",
    "Deprecated `",
    "Expected a media type",
    "In counter style",
    "Unable to compute content",
    "Only strings are allowed",
    "Unsupported @layer",
    "@import rule",
    "@layer rule",
)


def finding_of(record: logging.LogRecord) -> Finding:
    """The finding that one log record stands for."""
    template = str(record.msg)
    args = record.args if isinstance(record.args, tuple) else ()
    detail = record.getMessage()
    makers: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("Failed to load image at", lambda: IMAGE_FAULT.at(address=_short(str(args[0])), reason=str(args[1]))),
        ("Failed to render SVG image", lambda: IMAGE_FAULT.at(address=_short(str(args[0])), reason="SVG")),
        (".notdef glyph", lambda: MISSING_GLYPH.at(char=str(args[0]), code=_number(args[1]))),
        ("No anchor", lambda: DEAD_LINK.at(anchor=str(args[0]))),
        ("Content discarded: target", lambda: DEAD_LINK.at(anchor=str(args[0]))),
        ("Anchor defined twice", lambda: DOUBLE_ANCHOR.at(anchor=str(args[0]))),
        ("Font-face", lambda: FOREIGN_FONT.at(detail=detail)),
        ("Failed to load stylesheet", lambda: STYLE_FAULT.at(detail=detail)),
    )
    for start, make in makers:
        if template.startswith(start):
            return make() if args else ENGINE_NOTE.at(detail=detail)
    if template.startswith(_STYLE_STARTS):
        return STYLE_FAULT.at(detail=detail)
    return ENGINE_NOTE.at(detail=detail)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _short(address: str) -> str:
    """A file address as its last part; data addresses without their data."""
    return address.rsplit("/", 1)[-1] if address.startswith("file:") else address[:60]


class _Collector(logging.Handler):
    def __init__(self, findings: Findings) -> None:
        super().__init__(level=logging.WARNING)
        self._findings = findings

    def emit(self, record: logging.LogRecord) -> None:
        self._findings.add(finding_of(record))


@contextmanager
def collected(findings: Findings) -> Iterator[None]:
    """Within the block, warnings and errors of WeasyPrint and fontTools become findings and are printed nowhere."""
    collector = _Collector(findings)
    names = ("weasyprint", "fontTools")
    before = [(logging.getLogger(name), logging.getLogger(name).propagate) for name in names]
    for logger, _ in before:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in before:
            logger.removeHandler(collector)
            logger.propagate = propagate

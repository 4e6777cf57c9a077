"""Whether an SVG is safe to print: no scripts, nothing from outside, no entities."""

from __future__ import annotations

import re
from xml.parsers import expat

_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "include"})
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|webp)[;,]", re.I)
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.I)
_IMPORT = re.compile(r"@import|expression\s*\(", re.I)
MAX_ELEMENTS = 200_000


class UnsafeSvgError(Exception):
    """The SVG holds something that is refused; the text names it."""


class BrokenSvgError(Exception):
    """The file is not a well-formed SVG; ``line`` is 1-based."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class _Checker:
    def __init__(self) -> None:
        self.root: str | None = None
        self.count = 0
        self.in_style = 0
        self.style: list[str] = []

    def doctype(self, *_args: object) -> None:
        # Entities live in a document type declaration; refusing it refuses their expansion too.
        raise UnsafeSvgError("<!DOCTYPE>")

    def instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise UnsafeSvgError("<?xml-stylesheet?>")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self.root = self.root or local
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise UnsafeSvgError(f"> {MAX_ELEMENTS} elements")
        if local in _FORBIDDEN:
            raise UnsafeSvgError(f"<{name}>")
        self.in_style += local == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(":")[2].lower(), value.strip())

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            raise UnsafeSvgError(f"{key}=…")
        if key in ("href", "src") and value and not value.startswith("#") and not _EMBEDDED.match(value):
            raise UnsafeSvgError(f"{key}={value[:40]}")
        if key == "base":
            raise UnsafeSvgError("xml:base")
        _check_style(value)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2].lower() == "style":
            self.in_style -= 1
            _check_style("".join(self.style))
            self.style.clear()

    def text(self, data: str) -> None:
        if self.in_style:
            self.style.append(data)


def _check_style(text: str) -> None:
    """Refuse addresses that leave the file; a backslash escape in CSS could hide one."""
    if _IMPORT.search(text):
        raise UnsafeSvgError(text.strip()[:40])
    for match in _URL.finditer(text):
        if match[1] and not match[1].startswith("#") and not _EMBEDDED.match(match[1]):
            raise UnsafeSvgError(match[0][:40])
    if "\\" in text and "(" in text:
        raise UnsafeSvgError(text.strip()[:40])


def check_svg(data: bytes) -> None:
    """Raise UnsafeSvgError or BrokenSvgError when ``data`` is not an SVG that may be printed."""
    checker = _Checker()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = checker.doctype
    parser.ProcessingInstructionHandler = checker.instruction
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.CharacterDataHandler = checker.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenSvgError(getattr(error, "lineno", 1)) from error
    if checker.root != "svg":
        raise BrokenSvgError(1)

"""Whether an SVG is safe to print: no scripts, nothing from outside, no entities."""

from __future__ import annotations

import base64
import re
from collections import Counter, defaultdict
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

_ALL = "*"  # the file as a whole, which no id can be: ids here are without the mark that a selector has
_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "include"})
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|webp)(?:;[^,]*?)??(;base64)?,(.*)", re.I | re.S)
_PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF....WEBP", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTED = re.compile(r"[.#]?[\w-]+|\*")
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.I)
_IMPORT = re.compile(r"@import|expression\s*\(", re.I)
MAX_ELEMENTS = 200_000
"""Elements that may be drawn, those drawn once more by reference included."""
_LARGEST = 1e9  # px; nothing that is printed is larger, and infinity and “not a number” are not less
MAX_DEPTH = 100
"""How deep elements may stand in one another."""


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
        self.open: list[list[str]] = []
        self.sizes: Counter[str] = Counter()
        self.references: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.selected: list[tuple[frozenset[str], frozenset[str]]] = []
        self.styles: defaultdict[str, set[str]] = defaultdict(set)

    def doctype(self, *_args: object) -> None:
        # Entities live in a document type declaration; refusing it refuses their expansion too.
        raise UnsafeSvgError("<!DOCTYPE>")

    def instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise UnsafeSvgError("<?xml-stylesheet?>")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if self.root is None:
            _check_size(attributes)
        self.root = self.root or local
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise UnsafeSvgError(f"> {MAX_ELEMENTS} elements")
        if local in _FORBIDDEN:
            raise UnsafeSvgError(f"<{name}>")
        self.in_style += local == "style"
        plain = {key.rpartition(":")[2].lower(): value.strip() for key, value in attributes.items()}
        for key, value in plain.items():
            self._attribute(key, value)
        self.open.append([plain["id"]] if plain.get("id") else [])
        if len(self.open) > MAX_DEPTH:
            raise UnsafeSvgError(f"> {MAX_DEPTH} levels")
        within = frozenset(name for names in self.open for name in names) | {_ALL}
        self.sizes.update(within)
        targets = {match[1][1:] for value in plain.values() for match in _URL.finditer(value) if match[1][:1] == "#"}
        if local != "a" and plain.get("href", "").startswith("#"):
            targets.add(plain["href"][1:])
        for owner in within if targets else ():
            self.references[owner].update(targets)
        names = {local, "*", *(f".{name}" for name in plain.get("class", "").split()), f"#{plain.get('id', '')}"}
        self.selected.append((frozenset(names), within))

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            raise UnsafeSvgError(f"{key}=…")
        if key in ("href", "src") and value and not value.startswith("#") and not _is_picture(value):
            raise UnsafeSvgError(f"{key}={value[:40]}")
        if key == "base":
            raise UnsafeSvgError("xml:base")
        _check_style(value)

    def end(self, name: str) -> None:
        self.open.pop()
        if name.rpartition(":")[2].lower() == "style":
            self.in_style -= 1
            style = "".join(self.style)
            _check_style(style)
            for selectors, body in _RULE.findall(style):
                if targets := {match[1][1:] for match in _URL.finditer(body) if match[1][:1] == "#"}:
                    for selector in selectors.split(","):
                        self.styles[(_SELECTED.findall(selector.lower()) or ["*"])[-1]] |= targets
            self.style.clear()

    def text(self, data: str) -> None:
        if self.in_style:
            self.style.append(data)

    def check_references(self) -> None:
        """Refuse references in a circle, and those that multiply what is drawn beyond all measure."""
        for names, within in self.selected if self.styles else ():
            for target in {target for name in names for target in self.styles.get(name.lower(), ())}:
                for owner in within:
                    self.references[owner][target] += 1
        totals: dict[str, int] = {}
        under_way: list[str] = []

        def total(name: str) -> int:
            if name in under_way or len(under_way) > MAX_DEPTH:
                raise UnsafeSvgError(f"#{name} → #{name}" if name in under_way else f"> {MAX_DEPTH} levels")
            if name not in totals:
                under_way.append(name)
                inner = sum(count * total(target) for target, count in self.references[name].items())
                totals[name] = self.sizes[name] + inner
                under_way.pop()
            if totals[name] > MAX_ELEMENTS:
                raise UnsafeSvgError(f"> {MAX_ELEMENTS} elements")
            return totals[name]

        total(_ALL)
        for name in list(self.references):
            total(name)


def _check_size(attributes: dict[str, str]) -> None:
    """Refuse a picture without a size that can be printed."""
    for key, least in (("viewBox", 4), ("width", 1), ("height", 1)):
        value = attributes.get(key, "auto")
        if value == "auto":
            continue
        try:
            numbers = [float(part.strip("abcdeghijklmnopqrstuvwxyz% ")) for part in re.split(r"[\s,]+", value.strip())]
        except ValueError:
            numbers = []
        sizes = numbers[-2:] if key == "viewBox" else numbers
        if len(numbers) != least or not all(abs(n) < _LARGEST for n in numbers) or not all(n > 0 for n in sizes):
            raise UnsafeSvgError(f"{key}={value[:40]}")


def _is_picture(address: str) -> bool:
    """True for a data URI that holds what its label says: a picture made of pixels."""
    match = _EMBEDDED.match(address)
    if match is None:
        return False
    data = "".join(match[2][:4096].split())
    start = unquote_to_bytes(data)
    if match[1]:
        try:
            start = base64.b64decode(start[: len(start) // 4 * 4])
        except ValueError:
            return False
    return _PICTURE.match(start) is not None


def _check_style(text: str) -> None:
    """Refuse addresses that leave the file; a backslash escape in CSS could hide one."""
    if _IMPORT.search(text):
        raise UnsafeSvgError(text.strip()[:40])
    for match in _URL.finditer(text):
        if match[1] and not match[1].startswith("#") and not _is_picture(match[1]):
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
    checker.check_references()

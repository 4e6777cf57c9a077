"""What the machine must have: the system libraries of the typesetting engine.

The libraries are looked for under the names that the engine itself uses, by loading them, which it will do in any
case; nothing is imported for it, so the check costs a few milliseconds.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings import environment as rules

#: WeasyPrint 70, documentation, "First steps": Pango 1.44 or newer.
PANGO_NEEDED = (1, 44, 0)

#: File names by library, for Linux, macOS and Windows; source: ``weasyprint/text/ffi.py`` of WeasyPrint 70.
_NEEDED: dict[str, tuple[str, ...]] = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}
_SUBSETTER = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")


def check_environment(findings: Findings) -> None:
    """Report missing or too old system libraries: N904 and N905 (errors), N906 (a warning: slow, not wrong)."""
    loaded = {library: _load(names) for library, names in _NEEDED.items()}
    missing = [library for library, handle in loaded.items() if handle is None]
    if missing:
        findings.add(rules.PANGO_MISSING.at(libraries=", ".join(missing)))
    pango = loaded["Pango"]
    if pango is not None and (found := _version(pango.pango_version())) < PANGO_NEEDED:
        findings.add(rules.PANGO_OLD.at(found=_dotted(found), needed=_dotted(PANGO_NEEDED)))
    if _load(_SUBSETTER) is None:
        findings.add(rules.SUBSETTER_MISSING.at())


def library_versions() -> dict[str, str | None]:
    """The versions of the engine's system libraries, None for one that is missing.

    ``HarfBuzz subset`` takes the used characters out of the fonts; without it Python does, and the bytes differ.
    """
    texts = {"Pango": "pango_version_string", "HarfBuzz": "hb_version_string"}
    found = {library: _text(_load(_NEEDED[library]), function) for library, function in texts.items()}
    fontconfig = _load(_NEEDED["fontconfig"])
    number = None if fontconfig is None else int(fontconfig.FcGetVersion())
    subsetter = _load(_SUBSETTER)
    return {
        **found,
        "fontconfig": None if number is None else _dotted(_version(number)),
        "HarfBuzz subset": _text(subsetter, "hb_version_string"),
    }


def _text(library: ctypes.CDLL | None, function: str) -> str | None:
    """What a function without arguments says of the library's version."""
    if library is None:
        return None
    call = getattr(library, function)
    call.restype = ctypes.c_char_p
    value = call()
    return value.decode("ascii", "replace") if isinstance(value, bytes) else None


def _load(names: Sequence[str]) -> ctypes.CDLL | None:
    """The first of the libraries that can be loaded."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _version(number: int) -> tuple[int, int, int]:
    """A library's number as major, minor, micro: 15012 is 1.50.12; Pango and fontconfig count alike."""
    return number // 10000, number // 100 % 100, number % 100


def _dotted(version: tuple[int, int, int]) -> str:
    return ".".join(str(part) for part in version)

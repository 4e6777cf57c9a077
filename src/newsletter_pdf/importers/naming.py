"""Names of section files: ``NN-<name>.md``, which sort in reading order on every system.

The name is cut from the title: Han characters (々 and 〇 too), ASCII letters and digits stay, all else becomes one
hyphen. Such names are legal on Windows (no reserved name begins with two digits and a hyphen), do not change under the
normalisation of macOS, and survive in zip files, which mark UTF-8 names; and the editor sees the title in the folder.
"""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 24
"""Longest name in characters; with three bytes a Han character well below every system's 255 bytes."""

MAX_SECTIONS = 99

_OTHER = re.compile(r"[^0-9A-Za-z\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_SECTION_FILE = re.compile(r"(\d{2})-(.+)\.md")


def slug(title: str) -> str:
    """The name for a section's title, never empty and at most :data:`MAX_NAME` characters."""
    latin = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    # Compatibility ideographs normalise to the unified ones; other Han characters do not change.
    whole = _OTHER.sub("-", latin).strip("-")
    if len(whole) <= MAX_NAME:
        return whole or "section"
    # A long title ends at a part of it when one ends in the second half, else anywhere.
    at = whole.rfind("-", MAX_NAME // 2, MAX_NAME + 1)
    return whole[: at if at > 0 else MAX_NAME].strip("-")


def section_file(number: int, name: str) -> str:
    """The file name of section ``number`` (1–99)."""
    return f"{number:02d}-{name}.md"


def parse_section_file(file_name: str) -> tuple[int, str] | None:
    """Number and name of a section file's name, or None for another file."""
    match = _SECTION_FILE.fullmatch(file_name)
    return None if match is None else (int(match[1]), match[2])

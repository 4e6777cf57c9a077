"""The words that a layout prints by itself: labels, brackets, titles of its pages.

They are read from its templates, style sheets and options, so that the proof can tell a layout's words from words that
nobody wrote.
"""

from __future__ import annotations

import re
from pathlib import Path

from newsletter_pdf.layouts import Layout

_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
_LOGIC = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
_SILENT = re.compile(r"<(style|script|title)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile("'([^'\\\\]*)'|\"([^\"\\\\]*)\"")
_GENERATED = re.compile(r"\b(?:content|suffix|prefix)\s*:([^;}]*)")
_EXPRESSION = "\0"
_HAN = re.compile("[\u3400-\u9fff]")
#: What composition itself writes around a source that runs on at the end of a paragraph.
_COMPOSED = ("（来源：", "）")


def layout_words(layout: Layout) -> tuple[str, ...]:
    """The texts of ``layout``, each once, longest first. A template or style sheet that cannot be read has none."""
    words = set(_COMPOSED)
    for name in {path.name for folder in layout.template_folders for path in folder.glob("*.j2")}:
        path = next(folder / name for folder in layout.template_folders if (folder / name).is_file())
        words |= _template_words(_read(path))
    for path in layout.css_files:
        for value in _GENERATED.findall(_COMMENT.sub("", _read(path))):
            words |= _quoted(value)
    for name, spec in layout.specs.items():
        if spec.type == "text":
            words.add(str(getattr(layout.options, name)))
    return tuple(sorted(filter(None, (word.strip() for word in words)), key=lambda word: (-len(word), word)))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _template_words(source: str) -> set[str]:
    """The texts between tags; of what is in expressions, quoted Chinese."""
    source = _SILENT.sub(_EXPRESSION, _COMMENT.sub("", source))
    words: set[str] = set()
    for match in _LOGIC.finditer(source):
        words |= {text for text in _quoted(match[1] or match[2]) if _HAN.search(text)}
    plain = _TAG.sub(_EXPRESSION, _LOGIC.sub(_EXPRESSION, source))
    return words | {text.strip() for text in plain.split(_EXPRESSION)}


def _quoted(source: str) -> set[str]:
    return {match[1] or match[2] or "" for match in _QUOTED.finditer(source)}

"""Is anything left unfinished or unseen on the pages: marks of templates, fillers, private characters, hidden text."""

from __future__ import annotations

import re
from dataclasses import replace

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.residue import CHINESE, TASKS, VALUES
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.expected import Expected, ExpectedPassage, Role
from newsletter_pdf.verify.lines import Line, box_around

# What no editor writes: marks of templates and of filler text.
_MARKS = r"\{\{|\}\}|\{%|%\}|\{#|(?i:lorem\s+ipsum)"
_MARK = re.compile(_MARKS)
_WORD = re.compile(f"{VALUES}|{TASKS}|{CHINESE}", re.MULTILINE)
# Quickly seen, so that most pages need no second look.
_HINTS = (
    "{{", "}}", "{%", "%}", "{#", "None", "undefined", "nan", "NaN", "Nan", "TODO", "FIXME", "TBD", "XXX", "xxxx",
    "待补", "待定", "待写", "待查", "待核", "此处待", "oremipsum", "OREMIPSUM",
)  # fmt: skip
_ENGLISH = re.compile(r"[A-Za-z]{2,}[,;]?\s$|^\s[a-z]{2,}")
# Private use areas (Unicode 23.5) and noncharacters (23.7).
_PRIVATE = re.compile(
    "[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff" + "".join(
        chr(plane * 0x10000 + low) for plane in range(1, 15) for low in (0xFFFE, 0xFFFF)
    ) + "]"
)  # fmt: skip
_MONOSPACED = re.compile("mono|courier|consol|code", re.IGNORECASE)
_NEAR = 12
_MOST = 8


def check_residue(context: Context, expected: Expected | None) -> None:
    """Look at every page; what the content itself has is told with its place there."""
    for page, lines in enumerate(context.lines):
        text = context.shown.by_page[page]
        if any(hint in text for hint in _HINTS):
            for line in lines:
                _check_line(context, page, line, expected)
        if not text.isprintable() and _PRIVATE.search(text):  # private characters are not printable
            _tell_private(context, page)
    for run in context.shown.hidden[:_MOST]:
        content = context.pdf.contents[run.page]
        glyphs = content.glyphs[run.first : run.last] if content else ()
        context.findings.add(rules.HIDDEN_TEXT.at(place(run.page, box_around(glyphs)), quote=run.text[:30]))


def _check_line(context: Context, page: int, line: Line, expected: Expected | None) -> None:
    text = line.text
    for pattern in (_MARK, _WORD):
        for match in pattern.finditer(text):
            if pattern is _WORD and _in_english(text, match):
                continue
            near = text[max(match.start() - _NEAR, 0) : match.end() + _NEAR].strip()
            at = place(page, box_around(line.glyphs))
            if expected is None and _is_code(line, match):
                continue
            source = _source(match[0], expected) if expected is not None else None
            if source is not None and source.role is Role.CODE:
                continue  # a program may have what it likes
            if source is not None:
                at = replace(source.place, page=at.page, box=at.box)
            # Without the content a word may be its own; a template's mark never is.
            own = source is not None or (expected is None and pattern is _WORD)
            rule = rules.RESIDUE_WRITTEN if own else rules.RESIDUE
            context.findings.add(rule.at(at, text=match[0], near=near))


def _is_code(line: Line, match: re.Match[str]) -> bool:
    """Whether the text is set as programs are, in a face of one width."""
    offset = 0
    for glyph in line.glyphs:
        offset += len(glyph.text)
        if offset > match.start():
            return bool(_MONOSPACED.search(glyph.font.base_name))
    return False


def _in_english(text: str, match: re.Match[str]) -> bool:
    """Whether a word is part of an English sentence, where it means what it says."""
    if not match[0].isalpha() or not match[0].isascii() or match[0].isupper():
        return False
    return bool(_ENGLISH.search(text[: match.start()][-20:]) or re.match(r"\s[A-Za-z]{2,}", text[match.end() :]))


def _source(text: str, expected: Expected) -> ExpectedPassage | None:
    """The passage of the content that has ``text`` in it."""
    facts = expected.facts
    given = [facts.title, facts.subtitle, facts.title_en, *facts.cover]
    own = [ExpectedPassage(Role.FACT, each, expected.place) for each in given if each]
    return next((each for each in (*expected.passages, *expected.notes, *own) if text in each.text), None)


def _tell_private(context: Context, page: int) -> None:
    """Name the characters; one without a glyph is told as such."""
    content = context.pdf.contents[page]
    glyphs = content.glyphs if content else []
    found = [index for index, each in enumerate(glyphs) if _PRIVATE.search(each.text) and not each.missing]
    if not found:
        return
    kinds = list(dict.fromkeys(char for index in found for char in _PRIVATE.findall(glyphs[index].text)))
    first = found[0]
    around = glyphs[max(first - _NEAR, 0) : first + _NEAR]
    characters = "、".join(f"U+{ord(char):04X}" for char in kinds[:_MOST]) + ("…" if len(kinds) > _MOST else "")
    near = _PRIVATE.sub("□", "".join(glyph.text for glyph in around))
    at = place(page, box_around(glyphs[first : first + 1]))
    context.findings.add(rules.PRIVATE_USE.at(at, characters=characters, near=near))

"""Safe corrections carried out in the files: only the characters concerned change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.copyreading.settle import settled
from newsletter_pdf.files import write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import copy as rules
from newsletter_pdf.source import Passage, YamlMapping, YamlNode, YamlSequence, parse_markdown, parse_yaml

_LINE = re.compile(r"\r\n|\r|\n")
_Changes = dict[tuple[int, int], tuple[str, str]]


class _RefusedError(Exception):
    """Why a file is left alone, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.fields = {"reason_zh": zh, "reason": en}


@dataclass(frozen=True, slots=True)
class Mended:
    """A file's text before and after, with its own line ends; ``count`` places were changed."""

    path: Path
    before: str
    after: str
    count: int


def mend(
    passages: Sequence[Passage], findings: Findings, *, wanted: Callable[[str], bool], write: bool
) -> list[Mended]:
    """Carry out the safe corrections of ``passages`` whose rule is ``wanted`` (asked by its code).

    Each file is written as a whole and at once, with its line ends and byte order mark; without ``write`` none is. A
    file that changed since it was read stays as it is, and so does a paragraph whose structure would change (emphasis
    depends on the marks beside it); both are reported.
    """
    result = []
    for path, paragraphs in _changes(passages, wanted).items():
        try:
            file = _File(path)
            kept = _kept(file, paragraphs)
            for refused in (changes for changes in paragraphs if changes not in kept):
                zh, en = "改了以后，这一段的加粗、链接等会不同", "emphasis or links of this paragraph would change"
                findings.add(rules.FIX_REFUSED.at(Place(path, *min(refused)), reason_zh=zh, reason=en))
            if not kept:
                continue
            mended = file.with_changes(kept)
            if write:
                write_atomic(path, mended.after.encode("utf-8"))
            result.append(mended)
        except _RefusedError as refusal:
            findings.add(rules.FIX_REFUSED.at(Place(path), **refusal.fields))
        except (OSError, UnicodeDecodeError) as fault:
            reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
            findings.add(rules.FIX_REFUSED.at(Place(path), reason=reason, reason_zh=reason))
    return result


def _changes(passages: Iterable[Passage], wanted: Callable[[str], bool]) -> dict[Path, list[_Changes]]:
    """By file, for each passage: (line, column) → the character there and what it becomes.

    No character is changed twice: a footnote that is called twice is read twice.
    """
    files: dict[Path, list[_Changes]] = {}
    seen: set[tuple[Path, int, int]] = set()
    for passage in passages:
        text = passage.text
        changes: _Changes = {}
        for index, piece in enumerate(settled(text, passage.editable, wanted)):
            if piece != text[index]:
                place = passage.place(index)
                line, column = place.line or 1, place.column or 1
                if (passage.file, line, column) not in seen:
                    seen.add((passage.file, line, column))
                    changes[line, column] = (text[index], piece)
        if changes:
            files.setdefault(passage.file, []).append(changes)
    return files


def _kept(file: _File, paragraphs: list[_Changes]) -> list[_Changes]:
    """The changes that leave the structure as it is: all of them, nearly always, else found by halving."""
    if not paragraphs or file.keeps_structure(paragraphs):
        return paragraphs
    if len(paragraphs) == 1:
        return []
    half = len(paragraphs) // 2
    return _kept(file, paragraphs[:half]) + _kept(file, paragraphs[half:])


class _File:
    """A file as it is now. Raises OSError and UnicodeDecodeError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # No universal newlines: the file's own line ends and its mark stay.
        self.text = path.read_bytes().decode("utf-8")
        mark = 1 if self.text.startswith("\ufeff") else 0
        self.starts = [mark, *(match.end() for match in _LINE.finditer(self.text))]
        self.structure = _structure(self.text, path)

    def keeps_structure(self, paragraphs: list[_Changes]) -> bool:
        """Whether it says the same with the changes, but for the words."""
        return _structure(self.with_changes(paragraphs).after, self.path) == self.structure

    def with_changes(self, paragraphs: list[_Changes]) -> Mended:
        """Its text before and after; _RefusedError when something else stands at one of the places."""
        parts: list[str] = []
        done, text = 0, self.text
        changes = {place: change for paragraph in paragraphs for place, change in paragraph.items()}
        for (line, column), (old, new) in sorted(changes.items()):
            index = self.starts[line - 1] + column - 1 if line <= len(self.starts) else len(text)
            if text[index : index + 1] != old:
                raise _RefusedError("检查之后它又改过", "it has changed since it was checked")
            parts += [text[done:index], new]
            done = index + 1
        return Mended(self.path, text, "".join([*parts, text[done:]]), len(changes))


def _structure(text: str, path: Path) -> object:
    """All of a file but its words: the tokens of Markdown with their addresses, the keys of YAML."""
    text = _LINE.sub("\n", text.removeprefix("\ufeff"))
    if path.suffix.lower() != ".md":
        return _yaml_structure(parse_yaml(text, path, Findings()))
    shape: list[object] = []
    for token in parse_markdown(text, front_matter=True):
        if token.type == "front_matter":
            shape.append(_yaml_structure(parse_yaml(token.content, path, Findings())))
        shape.append((token.type, token.tag, token.level, token.map, token.info.split(" ")[0]))
        # Text may fall into more or fewer pieces; everything between the pieces may not change.
        for child in token.children or ():
            if child.type != "text":
                code = child.content if child.type == "code_inline" else ""
                shape.append((child.type, child.attrGet("href"), child.attrGet("src"), code))
    return shape


def _yaml_structure(node: YamlNode | None) -> object:
    match node:
        case YamlMapping():
            return {key.text: _yaml_structure(value) for key, value in node}
        case YamlSequence():
            return [_yaml_structure(item) for item in node.items]
        case None:
            return None
    return (node.place.line, node.plain, node.literal)

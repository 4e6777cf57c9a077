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
    file that changed since it was read, or whose structure would change, stays as it is and is reported.
    """
    result = []
    for path, changes in _changes(passages, wanted).items():
        try:
            mended = _mended(path, changes)
            if write:
                write_atomic(path, mended.after.encode("utf-8"))
            result.append(mended)
        except _RefusedError as refusal:
            findings.add(rules.FIX_REFUSED.at(Place(path), **refusal.fields))
        except (OSError, UnicodeDecodeError) as fault:
            reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
            findings.add(rules.FIX_REFUSED.at(Place(path), reason=reason, reason_zh=reason))
    return result


def _changes(passages: Iterable[Passage], wanted: Callable[[str], bool]) -> dict[Path, _Changes]:
    """By file: (line, column) → the character there and what it becomes. A footnote called twice is read twice."""
    files: dict[Path, _Changes] = {}
    for passage in passages:
        text = passage.text
        for index, piece in enumerate(settled(text, passage.editable, wanted)):
            if piece != text[index]:
                place = passage.place(index)
                key = (place.line or 1, place.column or 1)
                files.setdefault(passage.file, {}).setdefault(key, (text[index], piece))
    return files


def _mended(path: Path, changes: _Changes) -> Mended:
    # No universal newlines: the file's own line ends and its mark stay.
    before = path.read_bytes().decode("utf-8")
    mark = 1 if before.startswith("\ufeff") else 0
    starts = [mark, *(match.end() for match in _LINE.finditer(before))]
    parts: list[str] = []
    done = 0
    for (line, column), (old, new) in sorted(changes.items()):
        index = starts[line - 1] + column - 1 if line <= len(starts) else len(before)
        if before[index : index + 1] != old:
            raise _RefusedError("检查之后它又改过", "it has changed since it was checked")
        parts += [before[done:index], new]
        done = index + 1
    after = "".join([*parts, before[done:]])
    if _structure(before, path) != _structure(after, path):
        raise _RefusedError("改了以后结构会不同", "its structure would change")
    return Mended(path, before, after, len(changes))


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

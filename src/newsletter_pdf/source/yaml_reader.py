"""YAML text → nodes with places.

Built on PyYAML's events: nothing is constructed, aliases are never expanded, and depth and number of nodes are limited
while reading, so a hostile file costs no more than its size. The C parser is used where PyYAML was built with it (it is
some fifteen times faster); both give the same events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import yaml

from newsletter_pdf.files import read_text
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import source as rules
from newsletter_pdf.findings.markup import TEMPLATE_COMMAND
from newsletter_pdf.source.nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

MAX_DEPTH = 32
MAX_NODES = 20_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB_INDENT = re.compile(r"^[ ]*\t[ \t]*(?=\S)", re.M)
# 「title：月览」 and 「title:月览」, but no address (https://…).
_BAD_COLON = re.compile(r"\s*(?:- )?[A-Za-z_]+(?=：|:[^\s/])")
_CHINESE_COLON = re.compile(r"[a-z_]+：")
_STANDARD_TAG = re.compile(r"tag:yaml\.org,2002:(str|int|float|bool|null|seq|map|timestamp)")

_KEY = re.compile(r"[ ]*(?:- )?([A-Za-z_]+):(?:[ ]+([^\s|>#].*))?$")
_BLOCK = re.compile(r"[ ]*(?:- )?[A-Za-z_]+:[ ]+[|>][-+0-9]*[ ]*$")

# PyYAML's words (of the C and the Python parser) → what an editor can act on; the first that matches.
_PROBLEMS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "这里不该出现冒号；值里有「: 」时，整个值要加引号"),
    ("could not find expected ':'", "这一行缺少「: 」（英文冒号加一个空格）"),
    ("unexpected end of stream", "引号没有成对"),
    ("unknown escape character", "双引号里的反斜杠 \\ 要写成 \\\\，或改用单引号"),
    ("document separator", "引号没有成对"),
    ("cannot start any token", "值以特殊符号开头，要加引号"),
    ("expected ',' or ", "方括号或花括号没有成对，或缺少逗号"),
    ("<document start>", "前面的内容已经结束，这里多出了东西"),
    ("'-' indicator", "列表各项要以「- 」开头，并对齐"),
    ("<block end>", "缩进没有对齐，或引号、括号后面多出了文字"),
    ("expected key", "缩进没有对齐，或引号、括号后面多出了文字"),
    ("not allowed here", "列表的「- 」不该出现在这里；检查缩进"),
    ("not allowed in this context", "列表的「- 」不该出现在这里；检查缩进"),
    ("incompatible YAML document", "删去 %YAML 一行"),
    ("expected the node content", "值以特殊符号开头，或多了一个逗号"),
    ("did not find expected node content", "值以特殊符号开头，或多了一个逗号"),
)


class _Mark(Protocol):
    """A mark of either parser: 0-based line and column."""

    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or mapping under construction."""

    mapping: bool
    place: Place
    items: list[YamlNode] = field(default_factory=list)


def load_yaml(path: Path, findings: Findings) -> YamlNode | None:
    """Read a YAML file; None when it cannot be read at all (the findings say why)."""
    text = read_text(path, findings)
    return None if text is None else parse_yaml(text, path, findings)


def parse_yaml(text: str, file: Path, findings: Findings, first_line: int = 1) -> YamlNode | None:
    """Parse the YAML ``text``, whose first line is line ``first_line`` (1-based) of ``file``.

    Returns None when there is no value or the syntax is broken; every problem is a finding. Places count from the
    beginning of ``file``.
    """
    reader = _Reader(text, file, findings, first_line)
    return None if reader.has_tab_indent() else reader.read()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _Reader:
    def __init__(self, text: str, file: Path, findings: Findings, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.file = file
        self.findings = findings
        self.first_line = first_line
        self.count = 0
        self.stack: list[_Open] = []
        self.root: YamlNode | None = None

    def place(self, mark: _Mark | None) -> Place:
        if mark is None:
            return Place(file=self.file, line=self.first_line, column=1)
        return Place(file=self.file, line=mark.line + self.first_line, column=mark.column + 1)

    def has_tab_indent(self) -> bool:
        """Report lines indented with tabs; only when YAML itself stumbles, as a tab may stand inside block text."""
        lines = [self.text.count("\n", 0, match.start()) for match in _TAB_INDENT.finditer(self.text)]
        if not lines:
            return False
        try:
            for _ in yaml.parse(self.text, Loader=_Loader):
                pass
        except yaml.YAMLError:
            for line in lines:
                self.findings.add(rules.TAB_INDENT.at(Place(file=self.file, line=line + self.first_line, column=1)))
            return True
        return False

    def read(self) -> YamlNode | None:
        documents = 0
        try:
            for event in yaml.parse(self.text, Loader=_Loader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.findings.add(rules.YAML_DOCUMENTS.at(self.place(event.start_mark)))
                        break
                elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent) and not self._take(event):
                    return None
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return None
        except yaml.YAMLError as error:
            # Characters that YAML forbids; read_text has already reported those that editors meet.
            self.findings.add(rules.YAML_SYNTAX.at(self.place(None), problem=str(error), problem_zh="有不允许的字符"))
            return None
        return self.root

    def _take(self, event: yaml.Event) -> bool:
        """Take one event of the body; False when reading has to stop."""
        place = self.place(event.start_mark)
        if isinstance(event, yaml.CollectionEndEvent):
            done = self.stack.pop()
            self._put(self._mapping(done) if done.mapping else YamlSequence(tuple(done.items), done.place))
            return True
        self.count += 1
        if self.count > MAX_NODES:
            self.findings.add(rules.YAML_TOO_COMPLEX.at(place, what="values", what_zh="项数", limit=MAX_NODES))
            return False
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.findings.add(rules.YAML_ALIAS.at(place, mark=f"*{anchor}"))
            self._put(YamlScalar(f"*{anchor}", place, plain=False))
            return True
        if anchor:
            self.findings.add(rules.YAML_ALIAS.at(place, mark=f"&{anchor}"))
        if tag and tag != "!" and not _STANDARD_TAG.fullmatch(tag):
            self.findings.add(rules.YAML_TAG.at(place, tag=tag.replace("tag:yaml.org,2002:", "!!")))
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            self._put(YamlScalar(event.value, place, plain=not style, literal=style == "|"))
            return True
        if len(self.stack) >= MAX_DEPTH:
            self.findings.add(rules.YAML_TOO_COMPLEX.at(place, what="levels", what_zh="层数", limit=MAX_DEPTH))
            return False
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), place))
        return True

    def _put(self, node: YamlNode) -> None:
        if self.stack:
            self.stack[-1].items.append(node)
        else:
            self.root = node

    def _mapping(self, done: _Open) -> YamlMapping:
        entries: dict[str, tuple[YamlScalar, YamlNode]] = {}
        for key, value in zip(done.items[::2], done.items[1::2], strict=True):
            if isinstance(key, YamlMapping) and self._is_template(key.place):
                self.findings.add(TEMPLATE_COMMAND.at(done.place, code="{{"))
            elif not isinstance(key, YamlScalar):
                self.findings.add(rules.KEY_NOT_TEXT.at(key.place))
            elif key.text in entries:
                first = entries[key.text][0].place.line
                self.findings.add(rules.DUPLICATE_KEY.at(key.place, key=key.text, line=first))
            else:
                entries[key.text] = (key, value)
        return YamlMapping(tuple(entries.values()), done.place)

    def _is_template(self, place: Place) -> bool:
        """True for ``{{``, which YAML takes for a mapping whose key is a mapping."""
        line = self.lines[(place.line or 1) - self.first_line]
        return line[: place.column or 0].endswith("{{")

    def _misplaced(self, number: int) -> tuple[int, str, str] | None:
        """What is wrong with the blanks before a line at or above the 0-based line ``number``, with its line."""
        number = min(number, len(self.lines) - 1)
        while number > 0 and not self.lines[number].strip():
            number -= 1
        line = self.lines[number]
        above = next((i for i in range(number - 1, -1, -1) if self.lines[i].strip()), None)
        if above is None:
            return None
        indent, outer = _indent(line), _indent(self.lines[above])
        key, before = _KEY.match(line), _KEY.match(self.lines[above])
        if key is not None and before is not None and before[2] and indent > outer:
            more = indent - outer
            return number, f"行首多了 {more} 个空格，要与上一行对齐", f"{more} blanks too many before the line"
        block = None if key is not None else self._block_above(number, indent)
        if block is None:
            return None
        name = self.lines[block].split(":")[0].strip(" -")
        lines = range(block + 1, number + 1)
        first = next(i for i in lines if self.lines[i].strip() and _indent(self.lines[i]) <= indent)
        zh = f"「{name}」的文字每行前面都要空两格"
        return first, zh, f"every line of the text of “{name}” needs two blanks before it"

    def _block_above(self, number: int, indent: int) -> int | None:
        """The nearest ``lead: |`` above a line with ``indent`` blanks, when no other field stands between the two."""
        for index in range(number - 1, -1, -1):
            line = self.lines[index]
            if _indent(line) > indent or not line.strip():
                continue
            if _BLOCK.match(line):
                return index
            if _KEY.match(line):
                return None
        return None

    def _line_above(self, number: int) -> int:
        """The nearest line above the 0-based line ``number`` that is neither blank nor a comment; -1 without one."""
        above = range(min(number, len(self.lines)) - 1, -1, -1)
        return next((i for i in above if self.lines[i].strip() and not self.lines[i].lstrip().startswith("#")), -1)

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        problem = error.problem or error.context or "syntax error"
        problem_zh = next((zh for words, zh in _PROBLEMS if words in problem), "格式有误")
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in (error.context or "") or "could not find expected ':'" in problem:
            # The place where the quotation or the line began is where the mistake is.
            mark = error.context_mark or mark
        place = self.place(mark)
        certain = False
        for number in (mark.line, self._line_above(mark.line)) if mark is not None else ():
            match = _BAD_COLON.match(self.lines[number]) if 0 <= number < len(self.lines) else None
            if match is not None:
                # YAML stumbles only in the next line; the mistake is here.
                place = Place(file=self.file, line=number + self.first_line, column=match.end() + 1)
                problem_zh = "冒号要用英文的「:」，后面空一格"
                problem = "a key needs a plain colon and a space after it"
                # At the margin no text of a field above can be meant.
                certain = _CHINESE_COLON.match(self.lines[number]) is not None
        if mark is not None and not certain and (told := self._misplaced(mark.line)) is not None:
            number, problem_zh, problem = told
            place = Place(file=self.file, line=number + self.first_line, column=1)
        self.findings.add(rules.YAML_SYNTAX.at(place, problem=problem, problem_zh=problem_zh))

"""Findings and summaries on a terminal, in Chinese or English."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Literal, NoReturn

from rich.console import Console
from rich.text import Text

from newsletter_pdf.console.excerpt import excerpt
from newsletter_pdf.console.folding import fold
from newsletter_pdf.console.text import printable, wrap
from newsletter_pdf.console.unified import unified
from newsletter_pdf.findings import Finding, Findings, Place, Severity

Lang = Literal["zh", "en"]
#: The width of a line where there is no terminal to ask, in cells.
DEFAULT_WIDTH = 80
_WIDEST = 120
_LINES_NAMED = 12
_WORDS = {
    Severity.ERROR: ("错误", "error", "bold red"),
    Severity.WARNING: ("警告", "warning", "yellow"),
    Severity.INFO: ("提示", "note", "cyan"),
}


def print_json(value: object, stream: IO[str] | None = None) -> None:
    """Write ``value`` as one JSON object, readable by people too."""
    out = stream or sys.stdout
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


class _Console(Console):
    """rich's console, which leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> NoReturn:
        """Pass the error on instead of ending the process with exit code 1."""
        raise BrokenPipeError


class Screen:
    """Writes to one stream in one language.

    Colours appear on a terminal only, and not under ``NO_COLOR``. Lines are at most as wide as the terminal (80 cells
    when the stream is none); paths and addresses are never broken. Text is stripped of what a terminal would obey.
    """

    def __init__(self, lang: Lang = "zh", stream: IO[str] | None = None, width: int | None = None) -> None:
        self.lang: Lang = lang
        out = stream or sys.stdout
        self.width = width or _terminal_width(out)
        # Breaking lines is done here, as rich breaks Han text without regard to punctuation, and paths anywhere.
        self._console = _Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def say(self, zh: str, en: str) -> str:
        """The text in the language of this screen."""
        return en if self.lang == "en" else zh

    def line(self, text: str = "", style: str = "") -> None:
        """One paragraph, broken to the width."""
        for piece in wrap(printable(text), self.width):
            self._console.print(Text(piece, style=style))

    def row(self, text: str, style: str = "") -> None:
        """One line as it is, such as a row of a table: not broken, leading blanks kept."""
        self._console.print(Text(printable(text), style=style))

    def fact(self, label: str, value: str | Path) -> None:
        """A label and a value on one line, which is not broken."""
        text = Text()
        text.append(label + self.say("：", ": "), style="dim")
        text.append(printable(show_path(value) if isinstance(value, Path) else value))
        self._console.print(text)

    def findings(self, findings: Iterable[Finding]) -> None:
        """All findings, grouped by file in the order found, and by line within a file."""
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            groups.setdefault(self._heading(finding.place), []).append(finding)
        for heading, items in groups.items():
            self._console.print(Text(heading, style="bold underline"))
            shown, folded = fold(sorted(items, key=lambda f: _order(f.place)))
            for finding in shown:
                self._finding(finding)
            for alike in folded:
                self._folded(alike)

    def _folded(self, findings: list[Finding]) -> None:
        """One summary for findings of one kind of which the first were shown."""
        first = findings[0]
        zh, en, style = _WORDS[first.severity]
        lines = list(dict.fromkeys(f.place.line for f in findings if f.place.line is not None))
        numbers = [str(line) for line in lines[:_LINES_NAMED]]
        where = self.say("、", ", ").join(numbers) + ("…" if len(lines) > _LINES_NAMED else "")
        text = Text()
        text.append(f"  {self.say(zh, en)}", style=style)
        text.append(f" {first.code}", style="bold")
        text.append(self.say(f"  另有 {len(findings)} 处", f"  {len(findings)} more"), style="bold")
        self._console.print(text)
        told = self.say(f"第 {where} 行；全部列在 --json 里", f"lines {where}; --json lists them all")
        for line in wrap(told, self.width, first="    ", rest="    "):
            self._console.print(Text(line))
        self._console.print()

    def diff(self, name: str | Path, before: str, after: str) -> None:
        """What has changed between two texts, as a unified diff; on a terminal the changed characters stand out."""
        for line in unified(before, after, show_path(name) if isinstance(name, Path) else name):
            text = Text(line.start, style=line.style)
            for piece, changed in line.pieces:
                text.append(printable(piece), style=f"{line.style} reverse" if changed else line.style)
            self._console.print(text)

    def counts(self, findings: Findings) -> str:
        """How many errors and warnings there are, as a phrase."""
        off = findings.silenced
        notes = len(findings) - findings.errors - findings.warnings
        zh = [f"{n} 个{word}" for n, word in ((findings.errors, "错误"), (findings.warnings, "警告")) if n]
        en = [_plural(n, word) for n, word in ((findings.errors, "error"), (findings.warnings, "warning")) if n]
        if notes:
            zh.append(f"{notes} 条提示")
            en.append(_plural(notes, "note"))
        zh_off = f"（另有 {off} 处，issue.yaml 的 rules 设为不查）" if off else ""
        en_off = f" ({off} more of rules that issue.yaml switches off)" if off else ""
        return self.say(("、".join(zh) or "没有发现问题") + zh_off, (", ".join(en) or "nothing found") + en_off)

    def _heading(self, place: Place) -> str:
        if place.file is not None:
            return printable(show_path(place.file))
        return self.say("整体", "In general") if place.page is None else self.say("成品 PDF", "The finished PDF")

    def _finding(self, finding: Finding) -> None:
        zh, en, style = _WORDS[finding.severity]
        word = self.say(zh, en)
        where = self._where(finding.place)
        text = Text()
        text.append(f"  {word}", style=style)
        text.append(f" {finding.code}", style="bold")
        text.append(f"  {where}" if where else "", style="dim")
        self._console.print(text)
        self._excerpt(finding.place, style)
        for line in wrap(printable(finding.message(self.lang)), self.width, first="    ", rest="    "):
            self._console.print(Text(line))
        hint = finding.hint(self.lang)
        if hint:
            label = self.say("怎么办：", "Remedy: ")
            first, rest = f"    {label}", "            "
            for number, line in enumerate(wrap(printable(hint), self.width, first=first, rest=rest)):
                shown = Text(line)
                if number == 0:
                    shown.stylize("green", 4, len(first))
                self._console.print(shown)
        self._console.print()

    def _where(self, place: Place) -> str:
        parts = []
        if place.line is not None:
            column = "" if place.column is None else self.say(f"第 {place.column} 字", f", column {place.column}")
            parts.append(self.say(f"第 {place.line} 行", f"line {place.line}") + column)
        if place.paragraph is not None:
            parts.append(self.say(f"第 {place.paragraph} 段", f"paragraph {place.paragraph}"))
        if place.page is not None:
            parts.append(self.say(f"第 {place.page} 页", f"page {place.page}"))
        return self.say("，", ", ").join(parts)

    def _excerpt(self, place: Place, style: str) -> None:
        gutter = f"    {place.line} | "
        shown = excerpt(place, self.width - len(gutter))
        if shown is None:
            return
        text = Text(gutter, style="dim")
        text.append(shown.text, style="default not dim")
        self._console.print(text)
        if shown.offset is not None:
            caret = Text(" " * (len(gutter) - 2) + "| ", style="dim")
            caret.append(" " * shown.offset + "^" * shown.span, style=style)
            self._console.print(caret)


def show_path(path: Path) -> str:
    """The path as a reader in the current folder would write it."""
    return str(Place(path))


def _order(place: Place) -> tuple[int, int, int]:
    return (place.page or 0, place.line or place.paragraph or 0, place.column or 0)


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _terminal_width(stream: IO[str]) -> int:
    if not stream.isatty():
        return DEFAULT_WIDTH
    return max(40, min(_WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns))

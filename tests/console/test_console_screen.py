"""Findings as an editor sees them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from newsletter_pdf.console import Screen, cell_width, print_json
from newsletter_pdf.findings import Findings, Place, Rule, Severity


def _rule(code: str = "N201", severity: Severity = Severity.ERROR, message: str = "不认识的字段「{key}」") -> Rule:
    return Rule(
        code=code,
        severity=severity,
        message_zh=message,
        message_en="unknown key {key}",
        hint_zh="改成 title",
        hint_en="write title",
        what="x",
        why="x",
        example="x",
        remedy="x",
    )


def _shown(findings: Findings, lang: str = "zh", width: int | None = None) -> str:
    stream = io.StringIO()
    Screen("en" if lang == "en" else "zh", stream, width).findings(findings)
    return stream.getvalue()


def test_findings_are_grouped_by_file_and_ordered_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is named once, with its findings in the order of the lines."""
    monkeypatch.chdir(tmp_path)
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    findings = Findings()
    for file, line in ((first, 9), (second, 1), (first, 2)):
        findings.add(_rule().at(Place(file, line, 3), key="titel"))
    text = _shown(findings)
    assert text.count("a.md") == 1
    assert text.index("第 2 行第 3 字") < text.index("第 9 行第 3 字") < text.index("b.md")


def test_a_finding_shows_code_word_line_caret_message_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is needed to mend it stands together."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("---\n标题titel: 甲\n", encoding="utf-8")
    findings = Findings()
    findings.add(_rule().at(Place(tmp_path / "a.md", 2, 3), key="titel"))
    assert _shown(findings) == (
        "a.md\n"
        "  错误 N201  第 2 行第 3 字\n"
        "    2 | 标题titel: 甲\n"
        "      |     ^\n"
        "    不认识的字段「titel」\n"
        "    怎么办：改成 title\n"
        "\n"
    )


def test_english_is_spoken_when_asked() -> None:
    """With lang en no Chinese is left in our words."""
    findings = Findings()
    findings.add(_rule(severity=Severity.WARNING).at(Place(page=12), key="x"))
    assert _shown(findings, "en") == (
        "The finished PDF\n  warning N201  page 12\n    unknown key x\n    Remedy: write title\n\n"
    )


def test_findings_without_file_have_a_heading_of_their_own(tmp_path: Path) -> None:
    """A page's finding is not read as one of the file before it."""
    findings = Findings()
    findings.add(_rule().at(Place(tmp_path / "a.md", 1, 1), key="x"))
    findings.add(_rule().at(Place(page=3), key="x"))
    findings.add(_rule().at(key="x"))
    text = _shown(findings)
    assert "\n成品 PDF\n  错误 N201  第 3 页\n" in text
    assert "\n整体\n  错误 N201\n" in text


def test_messages_keep_to_the_width_and_paths_stay_whole() -> None:
    """Text is broken at 80 cells where there is no terminal, a path is not."""
    path = "/" + "很长的文件夹/" * 12 + "x.md"
    findings = Findings()
    findings.add(_rule(message="说明文字很长，" * 20 + "{key}").at(Place(Path(path), 1, 1), key="x"))
    lines = _shown(findings).splitlines()
    assert lines[0] == path
    assert all(cell_width(line) <= 80 for line in lines[1:])


def test_markup_in_content_is_only_text() -> None:
    """Square brackets of a message are no styles, and an escape does not reach the terminal."""
    findings = Findings()
    findings.add(_rule().at(key="[bold]x[/bold]\x1b[31m"))
    assert "「[bold]x[/bold]␛[31m」" in _shown(findings)


def test_counts_are_a_phrase() -> None:
    """Errors, warnings and notes are counted in words of either language."""
    findings = Findings()
    stream = io.StringIO()
    assert Screen("zh", stream).counts(findings) == "没有发现问题"
    for number, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.INFO)):
        findings.add(_rule(f"N10{number}", severity).at(key="x"))
    assert Screen("zh", stream).counts(findings) == "1 个错误、2 个警告、1 条提示"
    assert Screen("en", stream).counts(findings) == "1 error, 2 warnings, 1 note"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_colour_only_where_wanted(monkeypatch: pytest.MonkeyPatch, no_color: str | None, coloured: bool) -> None:
    """A terminal gets colours unless NO_COLOR is set."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    findings = Findings()
    findings.add(_rule().at(key="x"))
    stream = _Terminal()
    Screen("zh", stream).findings(findings)
    assert ("\x1b[1;31m" in stream.getvalue()) is coloured


def test_json_keeps_han_and_survives_odd_names() -> None:
    """JSON is one object in readable Chinese; a file name that is not UTF-8 does no harm."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    print_json({"标题": "甲", "name": "x\udce9"}, stream)
    stream.flush()
    data = stream.buffer.getvalue()  # type: ignore[attr-defined]  # the BytesIO that was given above
    assert "甲".encode() in data
    assert json.loads(data) == {"标题": "甲", "name": "x\udce9"}

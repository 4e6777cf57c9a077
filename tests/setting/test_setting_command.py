"""The command ``lines`` on papers whose setting is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from setting_paper import Paragraph, Put, full, han, write

from newsletter_pdf.cli import main


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "sound.pdf", [Paragraph(full(number)) for number in range(3)])


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    lone = Paragraph([Put(han(18), indent=2), han(17), "天。"])
    return write(tmp_path / "spoilt.pdf", [Paragraph(full(1)), Paragraph(full(2)), lone])


def test_a_sound_file_is_told_to_be_so(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure has a row, and all keep to their limits."""
    assert main(["lines", str(sound), "--strict", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "各项都在限度以内" in out
    assert "✗" not in out
    assert out.count("≤") + out.count("没有测") == 11


def test_misses_are_shown_with_page_and_line(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row over its limit names its code, and the place is told; the exit code stays 0."""
    assert main(["lines", str(spoilt), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "2 项超过限度" in out
    assert "N580" in out
    assert "N583" in out
    assert f"第 1 页  -3.00 em  {han(17)}" in out
    assert main(["lines", str(spoilt), "--lang", "en"]) == 0
    assert "2 measures pass their limits" in capsys.readouterr().out


def test_strict_exits_with_one(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --strict a limit that is passed stops."""
    assert main(["lines", str(spoilt), "--strict"]) == 1
    assert capsys.readouterr().err == ""


def test_json_holds_facts_measures_and_findings(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Machines get every figure, its limit, the worst places and the findings."""
    assert main(["lines", str(spoilt), "--json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["facts"]["measure"] == 200
    rows = {row["measure"]: row for row in told["measures"]}
    assert rows["off_edge"]["count"] == 1
    assert rows["off_edge"]["passed"] is False
    assert rows["off_edge"]["worst"] == [{"page": 1, "text": han(17), "amount": -3.0}]
    assert rows["loose"]["limit"] == {"count": 0, "share": 0.003}
    assert [finding["code"] for finding in told["findings"]] == ["N580", "N583"]
    assert {finding["severity"] for finding in told["findings"]} == {"warning"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnonsense", "不是 PDF".encode()])
def test_what_is_no_pdf_is_a_finding(tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no PDF exits with 1 and N591, not with a traceback."""
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    assert main(["lines", str(path), "--lang", "zh"]) == 1
    assert "N591" in capsys.readouterr().out


def test_a_file_without_text_cannot_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without any paragraph does not pass for a good one."""
    path = write(tmp_path / "empty.pdf", [Paragraph([])])
    assert main(["lines", str(path), "--json"]) == 1
    assert "N591" in capsys.readouterr().out


def test_a_missing_file_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is told as wrong usage."""
    assert main(["lines", str(tmp_path / "none.pdf"), "--lang", "zh"]) == 2
    assert "没有这个 PDF 文件" in capsys.readouterr().err

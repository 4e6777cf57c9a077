"""``newsletter-pdf report``: the report of the last build is found and opened."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stands in for xdg-open")


@pytest.fixture
def report(issue: Path) -> Path:
    page = issue.parents[1] / "build" / "2026-11" / "report.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>x", encoding="utf-8")
    return page


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A display and an ``xdg-open`` that notes what it is given; gives the file of its notes."""
    notes, programs = tmp_path / "opened.txt", tmp_path / "bin"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{notes}"\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("DISPLAY", ":0")
    return notes


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def test_the_report_is_opened(run, report: Path, desktop: Path) -> None:
    """The desktop's program gets the file, and its place is told."""
    result = run("report", "content/2026-11")
    assert result.code == 0
    assert desktop.read_text(encoding="utf-8") == str(report)
    assert result.out == "报告：build/2026-11/report.html\n"


@pytest.mark.usefixtures("no_display", "report")
def test_without_a_display_the_place_is_told(run) -> None:
    """On a server the path is what helps."""
    result = run("report", "content/2026-11")
    assert result.code == 0
    assert "build/2026-11/report.html" in result.out
    assert "没有图形界面" in result.out


@pytest.mark.usefixtures("desktop")
def test_an_opener_that_refuses_is_no_failure(run, report: Path, tmp_path: Path) -> None:
    """The report is there all the same."""
    (tmp_path / "bin" / "xdg-open").write_text("#!/bin/sh\nexit 4\n", encoding="utf-8")
    result = run("report", "content/2026-11", "--json")
    assert result.code == 0
    assert json.loads(result.out) == {"report": str(report), "opened": False}


@pytest.mark.usefixtures("report")
def test_no_open_only_tells_the_place(run, desktop: Path) -> None:
    """Nothing is started."""
    result = run("report", "content/2026-11", "--no-open", "--lang", "en")
    assert result.out == "Report: build/2026-11/report.html\n"
    assert not desktop.exists()


@pytest.mark.usefixtures("issue")
def test_the_report_of_another_folder_can_be_opened(run, desktop: Path, tmp_path: Path) -> None:
    """``--out`` as given to the build."""
    (tmp_path / "report.html").write_text("x", encoding="utf-8")
    assert run("report", "content/2026-11", "--out", ".").code == 0
    assert desktop.read_text(encoding="utf-8") == str(tmp_path / "report.html")


@pytest.mark.usefixtures("issue")
def test_an_issue_never_built_has_no_report(run, desktop: Path) -> None:
    """The message says what to do first."""
    result = run("report", "content/2026-11")
    assert result.code == 2
    assert "newsletter-pdf build content/2026-11" in result.err
    assert not desktop.exists()

"""A command line that runs in this process, in Chinese, with a home of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import newsletter_pdf
from newsletter_pdf.cli import main
from newsletter_pdf.findings import Rule, Severity

Run = Callable[..., SimpleNamespace]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; gives ``code``, ``out`` and ``err``."""

    def _run(*arguments: str) -> SimpleNamespace:
        code = main(arguments)
        captured = capsys.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return _run


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A stand-in for the pipeline; a test gives it ``build`` and ``check``."""
    fake = SimpleNamespace()
    monkeypatch.setattr(newsletter_pdf, "pipeline", fake, raising=False)
    return fake


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue folder, as far as the command line looks at it."""
    folder = tmp_path / "content" / "2026-11"
    folder.mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 甲\n", encoding="utf-8")
    return folder


@pytest.fixture
def error() -> Rule:
    """A rule that stops the build."""
    return make_rule("N201", Severity.ERROR)


@pytest.fixture
def warning() -> Rule:
    """A rule that does not."""
    return make_rule("N202", Severity.WARNING)


def make_rule(code: str, severity: Severity) -> Rule:
    return Rule(
        code=code,
        severity=severity,
        message_zh="这里不对",
        message_en="this is wrong",
        hint_zh="改好它",
        hint_en="mend it",
        what="x",
        why="x",
        example="x",
        remedy="x",
    )

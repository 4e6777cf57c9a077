"""Layouts and fonts are found from wherever an issue lies."""

from pathlib import Path

import pytest

from newsletter_pdf.project import find_home, shared_file


def _home(folder: Path) -> Path:
    (folder / "layouts").mkdir(parents=True)
    (folder / "fonts").mkdir()
    return folder


def test_the_home_above_the_issue_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the one above the current folder, and before the package's own."""
    monkeypatch.delenv("NEWSLETTER_PDF_HOME", raising=False)
    near, other = _home(tmp_path / "near"), _home(tmp_path / "other")
    issue = near / "content" / "2026-11"
    issue.mkdir(parents=True)
    monkeypatch.chdir(other)
    assert find_home(issue) == near
    assert find_home(tmp_path) == other


def test_an_issue_anywhere_uses_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder has no home above it."""
    monkeypatch.delenv("NEWSLETTER_PDF_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    home = find_home(tmp_path)
    assert home is not None
    assert (home / "fonts").is_dir()
    assert not tmp_path.is_relative_to(home)


def test_the_variable_decides_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is not papered over by another home."""
    home = _home(tmp_path / "home")
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(home))
    assert find_home(tmp_path) == home
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(tmp_path / "wrong"))
    assert find_home(home) is None


def test_an_issues_own_file_wins_over_the_shared_one(tmp_path: Path) -> None:
    """The folder of the issue first, then the one above; no further."""
    issue = tmp_path / "content" / "2026-11"
    issue.mkdir(parents=True)
    (tmp_path / "masthead.yaml").touch()
    assert shared_file(issue, "masthead.yaml") is None
    (issue.parent / "masthead.yaml").touch()
    assert shared_file(issue, "masthead.yaml") == issue.parent / "masthead.yaml"
    (issue / "masthead.yaml").touch()
    assert shared_file(issue, "masthead.yaml") == issue / "masthead.yaml"

"""Folders for what is kept: never in the way of the work."""

from pathlib import Path

import pytest

from newsletter_pdf import cache


def test_a_user_without_a_home_and_a_folder_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home the temporary folder serves, yet never a folder that others can write to."""

    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(cache.Path, "home", no_home)
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path))
    assert cache.cache_base() is None
    own = cache.cache_folder("templates")
    assert own.is_dir()
    assert own.is_relative_to(tmp_path)
    own.parent.chmod(0o777)
    assert cache.cache_folder("templates").parent != own.parent


def test_a_cache_that_cannot_be_written_to_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work goes on in the temporary folder."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path / "tmp"))
    assert cache.cache_folder("fontconfig").is_relative_to(tmp_path / "tmp")

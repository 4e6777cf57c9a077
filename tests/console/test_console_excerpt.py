"""The source line under a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.console import Excerpt, cell_width, excerpt
from newsletter_pdf.findings import Place


def _file(folder: Path, text: str | bytes) -> Path:
    path = folder / "01-甲.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_caret_counts_cells_not_characters(tmp_path: Path) -> None:
    """After three Han characters the caret stands six cells in, and is as wide as what it marks."""
    path = _file(tmp_path, "题目\n第一句错字\n")
    assert excerpt(Place(path, 2, 4), 40) == Excerpt("第一句错字", 6, 2)


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    """The marked character stays in sight, with ellipses where something is left out."""
    path = _file(tmp_path, "前" * 200 + "错" + "后" * 200)
    shown = excerpt(Place(path, 1, 201), 40)
    assert shown is not None
    assert shown.text.startswith("…前")
    assert shown.text.endswith("后…")
    assert cell_width(shown.text) <= 40
    assert shown.offset is not None
    before = shown.text[: shown.text.index("错")]
    assert cell_width(before) == shown.offset


def test_a_gbk_file_is_shown_readably(tmp_path: Path) -> None:
    """The line of a file that office software saved as GBK is shown as its characters."""
    shown = excerpt(Place(_file(tmp_path, "来源：某网站".encode("gbk")), 1, 1), 40)
    assert shown is not None
    assert shown.text == "来源：某网站"


def test_escape_sequences_of_a_file_are_defused(tmp_path: Path) -> None:
    """Content cannot colour or clear the terminal, and the caret counts what is shown."""
    shown = excerpt(Place(_file(tmp_path, "\x1b[2J\u202e错"), 1, 6), 40)
    assert shown == Excerpt("␛[2J<U+202E>错", 12, 2)


@pytest.mark.parametrize("place", [(9, 1), (0, 1), (None, None)])
def test_a_place_outside_the_file_has_no_excerpt(tmp_path: Path, place: tuple[int | None, int | None]) -> None:
    """A line that is not there is not invented."""
    assert excerpt(Place(_file(tmp_path, "一行"), *place), 40) is None


def test_folders_and_missing_files_have_no_excerpt(tmp_path: Path) -> None:
    """A finding may speak of a folder or of a file that is missing."""
    assert excerpt(Place(tmp_path, 1, 1), 40) is None
    assert excerpt(Place(tmp_path / "no.md", 1, 1), 40) is None


@given(st.text(max_size=200), st.integers(1, 6), st.integers(1, 220), st.integers(12, 80))
def test_excerpts_fit_and_point_inside(
    tmp_path_factory: pytest.TempPathFactory, text: str, line: int, column: int, width: int
) -> None:
    """Whatever the file holds, the excerpt is at most as wide as asked and the caret within it or just behind."""
    path = tmp_path_factory.mktemp("x") / "f.md"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    shown = excerpt(Place(path, line, column), width)
    if shown is not None:
        assert cell_width(shown.text) <= width
        assert shown.offset is None or 0 <= shown.offset <= cell_width(shown.text)

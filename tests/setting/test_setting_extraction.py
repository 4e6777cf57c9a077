"""What readers get out of a file, compared with what its glyphs say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from setting_paper import Measured, Paragraph, Put, full, han, write

from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.setting import Key
from newsletter_pdf.verify.setting.extraction import compare


def contents(tmp_path: Path, *lines: Put | str) -> list[object]:
    path = write(tmp_path / "page.pdf", [Paragraph(list(lines))])
    return list(PdfFile(path.read_bytes()).contents)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("天地2026年\n玄黄", 0),
        ("天地2026年玄黄", 0),
        ("玄黄\r\n天地2026年", 0),
        ("天地 2026年\n玄黄", 1),
        ("天地 2026 年\n玄黄", 2),
        ("天 地2026年\n玄黄", 1),
        ("天地20 26年\n玄黄", 1),
        ("天地2026年\n玄", 1),
        ("天地2026\n", 3),
        ("⼤地2026年\n玄黄", 2),
        ("", 9),
    ],
)
def test_added_spaces_and_lost_letters_are_counted(tmp_path: Path, text: str, found: int) -> None:
    """Each space beside Han or inside a number, each letter lost and each look-alike counts; order and lines do not."""
    pages = contents(tmp_path, "天地2026年", "玄黄")
    row = compare(Key.PDFIUM, [text], pages)  # type: ignore[arg-type] # pages of a sound file are all there
    assert (row.total, row.count) == (9, found)
    assert bool(row.worst) is bool(found)


def test_a_space_that_is_there_is_no_addition(tmp_path: Path) -> None:
    """A typed space, and a gap as wide as between columns, may come out as a space; a narrow gap may not."""
    wide = contents(tmp_path, Put("天地玄黄", more={2: 1.0}), "宇 宙")
    assert compare(Key.PDFIUM, ["天地 玄黄\n宇 宙"], wide).count == 0  # type: ignore[arg-type]
    narrow = contents(tmp_path, Put("天地玄黄", more={2: 0.2}))
    assert compare(Key.PDFIUM, ["天地 玄黄"], narrow).count == 1  # type: ignore[arg-type]


def test_actual_text_is_what_was_written(tmp_path: Path) -> None:
    """The spaces of an ActualText are meant, but it may not lose a letter that is drawn."""
    pages = contents(tmp_path, Put("天地2026年", actual="天地 2026年"))
    assert compare(Key.PDFIUM, ["天地 2026"], pages).count == 1  # type: ignore[arg-type]
    assert compare(Key.PDFIUM, ["天地 2026年"], pages).count == 0  # type: ignore[arg-type]
    assert compare(Key.PDFIUM, ["天地 2026 年"], pages).count == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [Key.PDFIUM, Key.PDFTOTEXT])
def test_both_programs_read_a_sound_file_whole(measured: Measured, key: Key) -> None:
    """Whole lines of Han come out of PDFium and pdftotext as they are."""
    if key is Key.PDFTOTEXT and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    row = measured(extraction=True).row(key)
    assert row.total == 3 * 65
    assert row.count == 0


def test_a_gap_that_comes_out_as_a_space_is_found(measured: Measured) -> None:
    """Some programs take a quarter of an em for a space; one that does is found, and ActualText cures it."""
    line = Put(han(8) + "PDF" + han(10), more={8: 0.25, 11: 0.25})
    keys = [Key.PDFIUM, Key.PDFTOTEXT] if shutil.which("pdftotext") else [Key.PDFIUM]
    gaps = measured(Paragraph([*full(4)[:2], line, han(7)]), extraction=True)
    assert max(gaps.row(key).count for key in keys) == 2
    line.actual = line.text
    cured = measured(Paragraph([*full(4)[:2], line, han(7)]), extraction=True)
    assert [cured.row(key).count for key in keys] == [0] * len(keys)


def test_without_the_program_nothing_is_said(measured: Measured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pdftotext is not installed its row has no total and does not fail."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    row = measured(extraction=True).row(Key.PDFTOTEXT)
    assert (row.total, row.passed) == (None, True)

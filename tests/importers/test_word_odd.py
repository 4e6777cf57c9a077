"""Word files that Word itself would hardly write: half-deleted fields, odd wrappings. Nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from wordfile import Word, add, article, import_word, new


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _imported(tmp_path: Path, *blocks: str) -> Word:
    document = article(new())
    for block in blocks:
        add(document, block)
    return import_word(tmp_path, document)


_CODE = "<w:r><w:instrText> REF x </w:instrText></w:r>"


@pytest.mark.parametrize(
    "field",
    [
        _mark("begin") + _CODE + _run("甲文"),
        _mark("begin") + _CODE + f'<w:del w:author="某">{_mark("separate")}{_mark("end")}</w:del>' + _run("甲文"),
        _mark("begin") + _CODE + f"{_mark('begin')}{_CODE}{_mark('separate')}{_run('甲文')}{_mark('end')}",
    ],
)
def test_a_field_without_an_end_swallows_nothing(field: str, tmp_path: Path) -> None:
    """Neither the rest of its paragraph nor those that follow."""
    word = _imported(tmp_path, f"<w:p>{field}</w:p>", f"<w:p>{_run('乙文')}</w:p>")
    assert [name for name in ("甲文", "乙文") if name in word.section_text()] == ["甲文", "乙文"]


def test_moved_text_that_arrives_nowhere_is_named(tmp_path: Path) -> None:
    """What was moved within the document is not: it is there."""
    gone = f'<w:p><w:moveFrom w:author="某">{_run("甲文")}</w:moveFrom>{_run("丙文")}</w:p>'
    came = f'<w:p><w:moveTo w:author="某">{_run("甲文")}</w:moveTo></w:p>'
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert _imported(tmp_path / "a", gone).left_out("deleted") == ["甲文"]
    assert _imported(tmp_path / "b", gone, came).left_out("deleted") == []


def _wrapped(name: str, inside: str) -> str:
    if name == "sdt":
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    if name == "off":
        return f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    if name == "choice":
        choice = f'<mc:Choice Requires="w14">{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>'
        return f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    return f"<w:unknown>{inside}</w:unknown>"


@pytest.mark.parametrize("name", ["sdt", "choice", "off"])
def test_tables_and_rows_in_wrappings_are_read_once(name: str, tmp_path: Path) -> None:
    """Content controls and alternatives around a row of a table, a table in a cell, a row of that."""
    row = f"<w:tr><w:tc><w:p>{_run('甲文')}</w:p></w:tc><w:tc><w:p>{_run('乙文')}</w:p></w:tc></w:tr>"
    inner = _wrapped(name, f"<w:tbl>{_wrapped(name, row)}</w:tbl>")
    last = f"<w:tr><w:tc>{inner}<w:p/></w:tc><w:tc><w:p>{_run('丁文')}</w:p></w:tc></w:tr>"
    text = _imported(tmp_path, f"<w:tbl>{_wrapped(name, row)}{last}</w:tbl>").section_text()
    assert [text.count(word) for word in ("甲文", "乙文", "丁文")] == [2, 2, 1]


@pytest.mark.parametrize(
    "block",
    [
        _run("甲文"),
        f"<w:hyperlink>{_run('甲文')}</w:hyperlink>",
        "<m:oMathPara><m:oMath><m:r><m:t>甲文</m:t></m:r></m:oMath></m:oMathPara>",
        _wrapped("unknown", f"<w:p>{_run('甲文')}</w:p>"),
        _wrapped("off", f"<w:p>{_run('甲文')}</w:p>"),
        f"<w:p>{_wrapped('off', _run('甲文'))}</w:p>",
    ],
)
def test_text_outside_of_paragraphs_is_text(block: str, tmp_path: Path) -> None:
    """Runs, links and formulas beside paragraphs, unknown elements around them, placeholders that are none."""
    assert _imported(tmp_path, block, f"<w:p>{_run('乙文')}</w:p>").section_text().count("甲文") == 1

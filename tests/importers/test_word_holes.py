"""Places in a Word file from which text was lost once: each word is written or named, without the net's help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wordfile import add, article, as_bytes, import_word, new, with_notes


def _p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


_NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_BOX = "<w:r><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></w:r>"
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

CASES = {
    "columns beyond the last": _table(*[[_p(f"格{row}之{column}") for column in range(70)] for row in range(2)]),
    "a note alone in a row": _table([_p("甲"), _p("乙")], [f"<w:p>{_NOTE}</w:p>", "<w:p/>"]),
    "a note of hidden text": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id='2'/></w:r></w:p>",
    "a note in a text box": f"<w:p>{_BOX.format(f'<w:txbxContent><w:p>{_NOTE}</w:p></w:txbxContent>')}</w:p>",
    "a comment in the text": "<w:p><w:r><w:t>前字<!-- 说明 -->后字<?x y?>末字</w:t></w:r></w:p>",
    "an empty richer form": '<mc:AlternateContent><mc:Choice Requires="w14"/><mc:Fallback>'
    + _p("后备的话")
    + "</mc:Fallback></mc:AlternateContent>",
    "text of Word's in a formula": "<w:p><m:oMath><m:r><w:t>式中文字</w:t></m:r>"
    "<m:r><m:t>x</m:t></m:r></m:oMath></w:p>",
    "a formula under a reading": "<w:p><w:r><w:ruby><w:rt><w:r><w:t>音</w:t></w:r></w:rt><w:rubyBase><m:oMath><m:r>"
    "<m:t>底字</m:t></m:r></m:oMath></w:rubyBase></w:ruby></w:r></w:p>",
    "a locked canvas": "<w:p><w:r><w:drawing><a:sp><a:txSp><a:txBody><a:p><a:r><a:t>画布的字</a:t></a:r></a:p>"
    "</a:txBody></a:txSp></a:sp></w:drawing></w:r></w:p>",
    "a web page in a box": f"<w:p>{_BOX.format('<div>网页的字</div>')}</w:p>",
    "text in a field's code": f"<w:p>{_FIELD.format('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>"
    f"<w:r><w:t>代码的字</w:t></w:r>{_FIELD.format('end')}</w:p>",
    "a text box of an object": "<w:p><w:r><w:object><v:shape><v:textbox><w:txbxContent>"
    + _p("对象的字")
    + "</w:txbxContent></v:textbox></v:shape></w:object></w:r></w:p>",
}
_WORDS = {
    "columns beyond the last": [f"格{row}之{column}" for row in range(2) for column in range(70)],
    "a comment in the text": ["前字后字末字"],
    "an empty richer form": ["后备的话"],
    "text of Word's in a formula": ["式中文字x"],
    "a formula under a reading": ["底字", "音"],
    "a locked canvas": ["画布的字"],
    "a web page in a box": ["网页的字"],
    "text in a field's code": ["代码的字"],
    "a text box of an object": ["对象的字"],
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_in(name: str, tmp_path: Path) -> None:
    """The reader itself finds the words, so that the account has nothing to name."""
    document = article(new())
    add(document, _p("正文。"))
    add(document, CASES[name])
    word = import_word(tmp_path, with_notes(as_bytes(document), {2: "注文在此"}))
    found = word.section_text() + json.dumps(word.result.as_json(), ensure_ascii=False)
    assert [each for each in [*_WORDS.get(name, []), "注文在此"] if each not in found] == []
    assert "N829" not in word.codes


def test_a_picture_in_a_text_box_comes_once(tmp_path: Path) -> None:
    """The box is read on its own; the drawing around it does not take its pictures a second time."""
    document = article(new())
    document.add_paragraph("正文。")
    document.add_picture(str(_picture(tmp_path)))
    body = document.element.body
    shape = add(document, f"<w:p>{_BOX.format('<w:txbxContent><w:p/></w:txbxContent>')}</w:p>")
    inner = next(shape.iter("{*}txbxContent"))
    inner.append(next(each for each in body.iterchildren() if next(each.iter("{*}blip"), None) is not None))
    word = import_word(tmp_path, document)
    assert word.section_text().count("![") == 1


def _picture(folder: Path) -> Path:
    from PIL import Image

    path = folder / "图.png"
    Image.new("RGB", (40, 30), (9, 9, 200)).save(path)
    return path


@pytest.mark.parametrize(("to", "listed"), [("移动的话。", []), ("别的话。", ["移动的话。"])])
def test_a_paragraph_that_moved_is_listed_only_when_it_stands_nowhere(
    to: str, listed: list[str], tmp_path: Path
) -> None:
    """A move within the text loses nothing, also when whole paragraphs move."""
    document = article(new())
    add(document, f'<w:moveFrom w:author="某">{_p("移动的话。")}</w:moveFrom>')
    add(document, _p("中间。"))
    add(document, f'<w:moveTo w:author="某">{_p(to)}</w:moveTo>')
    word = import_word(tmp_path, document)
    assert (word.left_out("deleted"), word.texts()) == (listed, ["中间。", to])
    assert "N829" not in word.codes


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["甲地", "12"], ["乙地", "15"]], True),
        ([["地区", "数量"], ["乙地", "15"]], False),
        ([["地区", "2025年"], ["乙地", "15"]], False),
        ([["甲地", "乙地"], ["丙地", "丁地"]], False),
    ],
)
def test_a_first_row_of_figures_may_be_no_head(rows: list[list[str]], told: bool, tmp_path: Path) -> None:
    """A table needs a head; where the first row looks like data, the editor is told that it became one."""
    document = article(new())
    add(document, _p("正文。"))
    add(document, _table(*[[_p(text) for text in row] for row in rows]))
    assert any("表头" in message for message in import_word(tmp_path, document).messages("N839")) == told


def test_fields_without_end_of_nesting_are_read_as_text(tmp_path: Path) -> None:
    """Fields far deeper than Word allows are passed over; their text stays, and a warning tells."""
    document = article(new())
    depth = 3000
    begin = _FIELD.format("begin") + _FIELD.format("separate")
    text = "<w:r><w:t>字</w:t></w:r>" * depth
    add(document, f"<w:p>{begin * depth}{text}{_FIELD.format('end') * depth}</w:p>")
    word = import_word(tmp_path, document)
    assert word.texts() == ["字" * depth]
    assert any("域套得太深" in message for message in word.messages("N649"))

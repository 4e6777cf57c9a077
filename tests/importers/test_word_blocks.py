"""Lists, tables and pictures of Word files."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from PIL import Image
from wordfile import (
    Word,
    add,
    article,
    as_bytes,
    edited,
    import_word,
    level,
    new,
    numbered,
    numbering_of,
    with_part,
    xml,
)

from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.word.numerals import numeral
from newsletter_pdf.model import Figure, ListBlock, Paragraph, Table


def _list(block: object) -> list[object]:
    """A list as nested Python lists, its kind and first number in front."""
    assert isinstance(block, ListBlock)
    out: list[object] = [block.start if block.ordered else "-"]
    for item in block.items:
        for inner in item.blocks:
            out.append(plain(inner.children) if isinstance(inner, Paragraph) else _list(inner))
    return out


def _lists(document: Document, *levels: str, more: str = "") -> None:
    """Numbering 1 with these levels, and 2 as the same list beginning anew."""
    numbering_of(
        document,
        f'<w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>{more}'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    )


# --- lists ----------------------------------------------------------------------------------------------------------


def test_nested_lists_keep_their_levels(tmp_path: Path) -> None:
    """Numbers, bullets below them, numbers again."""
    document = article(new())
    _lists(document, level(0, "decimal", "%1."), level(1, "bullet", "·"), level(2, "decimal", "%3)"))
    for text, depth in (("一", 0), ("子", 1), ("孙", 2), ("孙二", 2), ("子二", 1), ("二", 0)):
        numbered(document, text, 1, depth)
    (block,) = import_word(tmp_path, document).blocks()
    assert _list(block) == [1, "一", ["-", "子", [1, "孙", "孙二"], "子二"], "二"]


def test_a_list_goes_on_after_text_and_begins_anew_where_the_author_said(tmp_path: Path) -> None:
    """Its numbers are those that Word shows."""
    document = article(new())
    _lists(document, level(0, "decimal", "%1、"))
    numbered(document, "甲", 1)
    document.add_paragraph("打断。")
    numbered(document, "乙", 1)
    numbered(document, "丙", 2)
    first, _, second, third = import_word(tmp_path, document).blocks()
    assert [_list(first), _list(second), _list(third)] == [[1, "甲"], [2, "乙"], [1, "丙"]]


def test_numbers_that_a_list_cannot_show_are_written_out(tmp_path: Path) -> None:
    """「（一）」「第二条」「1.2」 would be other numbers in a list; text may refer to them."""
    document = article(new())
    _lists(
        document,
        level(0, "chineseCounting", "（%1）"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        more='<w:abstractNum w:abstractNumId="6">' + level(0, "chineseCountingThousand", "第%1条") + "</w:abstractNum>"
        '<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>',
    )
    for text, depth in (("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1)):
        numbered(document, text, 1, depth)
    numbered(document, "本办法施行。", 3)
    word = import_word(tmp_path, document)
    assert word.texts() == ["（一）甲", "1.1 子", "1.2 丑", "（二）乙", "2.1 寅", "第一条 本办法施行。"]
    assert word.messages("N648") == ["自动编号写成文字，共 6 处，如「（一）」"]


def test_levels_restart_as_the_file_says(tmp_path: Path) -> None:
    """A level restarts after any above it, only after the one named by lvlRestart, or never."""
    document = article(new())
    _lists(
        document,
        level(0, "upperRoman", "%1."),
        level(1, "upperLetter", "%2."),
        level(2, "lowerLetter", "%3.", '<w:lvlRestart w:val="1"/>'),
        level(3, "lowerRoman", "%4.", '<w:lvlRestart w:val="0"/>'),
    )
    for depth in (0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3):
        numbered(document, "文", 1, depth)
    labels = [text.split()[0] for text in import_word(tmp_path, document).texts()]
    assert labels == ["I.", "A.", "a.", "i.", "B.", "b.", "ii.", "II.", "A.", "a.", "iii."]


def test_a_style_brings_its_number(tmp_path: Path) -> None:
    """A list by its style only, the level by w:pStyle; numId 0 takes the number away again."""
    document = article(new())
    _lists(document, level(0, "decimal", "%1."), level(1, "decimal", "%2.", '<w:pStyle w:val="own"/>'))
    style = (
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    document.styles.element.append(xml(style + "</w:pPr></w:style>"))
    number = '<w:p><w:pPr><w:pStyle w:val="own"/>{}</w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    add(document, number.format("", "甲"))
    add(document, number.format("", "乙"))
    add(document, number.format('<w:numPr><w:numId w:val="0"/></w:numPr>', "无号"))
    block, text = import_word(tmp_path, document).blocks()
    assert _list(block) == [1, "甲", "乙"]
    assert isinstance(text, Paragraph)


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        *(("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCounting", 20, "二十")),
        *(("chineseCountingThousand", 105, "一百零五"), ("chineseCountingThousand", 1010, "一千零一十")),
        *(("chineseLegalSimplified", 12, "壹拾贰"), ("ideographDigital", 2026, "二〇二六")),
        *(("ideographTraditional", 3, "丙"), ("ideographZodiac", 1, "子"), ("decimalEnclosedCircle", 20, "⑳")),
        *(("decimalEnclosedCircleChinese", 21, "㉑"), ("lowerLetter", 28, "bb"), ("upperRoman", 1994, "MCMXCIV")),
        *(("decimalZero", 7, "07"), ("decimalFullWidth", 12, "１２"), ("ordinal", 12, "12th"), ("unknown", 3, "3")),
        *(("none", 3, ""), ("chineseCounting", 0, "0")),
    ],
)
def test_number_formats(form: str, number: int, shown: str) -> None:
    """As Word shows them."""
    assert numeral(number, form) == shown


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(document: Document, rows: list[list[str]]) -> docx.table.Table:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def _rows(word: Word) -> list[list[str]]:
    (table,) = [block for block in word.blocks() if isinstance(block, Table)]
    return [[plain(cell.children) for cell in row] for row in (table.head, *table.rows)]


def test_a_plain_table_is_a_table(tmp_path: Path) -> None:
    """With the caption above it, its alignment, and marks that a table cell has to escape."""
    document = article(new())
    document.add_paragraph("表1　三部法律")
    table = _table(document, [["法律", "数"], ["甲|乙", "1"], ["丙*", "2"]])
    for row in table.rows[1:]:
        row.cells[1].paragraphs[0].alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    word = import_word(tmp_path, document)
    (block,) = word.blocks()
    assert isinstance(block, Table)
    assert (block.caption, block.head[0].align, block.head[1].align) == ("表1　三部法律", None, "right")
    assert _rows(word) == [["法律", "数"], ["甲|乙", "1"], ["丙*", "2"]]
    assert (word.codes, word.lost()) == ([], "")


def test_merged_cells_are_written_out(tmp_path: Path) -> None:
    """A head of two rows becomes one, a cell over rows stands in each, a row of one cell is a heading in bold."""
    document = article(new())
    table = _table(
        document,
        [
            *(["地区", "数量", "", "备注"], ["", "上半年", "下半年", ""]),
            *(["华东", "1", "2", "甲"], ["", "3", "4", "乙"], ["小计", "", "", ""], ["西南", "5", "", ""]),
        ],
    )
    for a, b in (((0, 1), (0, 2)), ((0, 0), (1, 0)), ((0, 3), (1, 3)), ((2, 0), (3, 0)), ((4, 0), (4, 3))):
        table.cell(*a).merge(table.cell(*b))
    for cell in (table.cell(0, 0), table.cell(0, 3), table.cell(2, 0), table.cell(0, 1), table.cell(4, 0)):
        for paragraph in [p for p in cell.paragraphs if not p.text]:
            cell._tc.remove(paragraph._p)
    word = import_word(tmp_path, document)
    assert _rows(word) == [
        ["地区", "数量：上半年", "数量：下半年", "备注"],
        ["华东", "1", "2", "甲"],
        ["华东", "3", "4", "乙"],
        ["小计", "", "", ""],
        ["西南", "5", "", ""],
    ]
    assert word.messages("N642") == ["表格「地区」有 5 个合并的单元格，已拆开写"]
    assert word.lost() == ""


def test_places_count_the_paragraphs_of_tables(tmp_path: Path) -> None:
    """A finding behind a table names the paragraph that one finds by counting all of them."""
    document = article(new())
    _table(document, [["一", "二"], ["三", "四"]])
    document.add_paragraph("删吗").runs[0].font.strike = True
    (finding,) = [f for f in import_word(tmp_path, document).findings if f.code == "N649"]
    assert finding.place.paragraph == 2 + 4 + 1


def test_a_first_row_of_one_cell_is_the_caption(tmp_path: Path) -> None:
    """A title inside the table, across all columns."""
    document = article(new())
    table = _table(document, [["三部法律", ""], ["法律", "年"], ["甲", "2017"]])
    table.cell(0, 0).merge(table.cell(0, 1))
    (block,) = import_word(tmp_path, document).blocks()
    assert isinstance(block, Table)
    assert (block.caption, plain(block.head[0].children)) == ("三部法律", "法律")


def test_a_box_of_one_cell_is_text(tmp_path: Path) -> None:
    """A table of one cell only draws a frame: its paragraphs, lists and all, are text."""
    document = article(new())
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "框里第一段。"
    cell.add_paragraph("框里第二段。")
    assert import_word(tmp_path, document).texts() == ["框里第一段。", "框里第二段。"]


def test_tables_in_tables_lists_and_paragraphs_in_cells_lose_nothing(tmp_path: Path) -> None:
    """A cell is one line: what stands in it comes in order, with its numbers."""
    document = article(new())
    _lists(document, level(0, "decimal", "%1."))
    table = _table(document, [["头", "头二"], ["甲", "乙"]])
    cell = table.cell(1, 1)
    cell.add_paragraph("第二段")
    inner = cell.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"
    cell._tc.append(numbered(document, "条目", 1))
    word = import_word(tmp_path, document)
    assert _rows(word)[1] == ["甲", "乙 第二段 内一 内二 1. 条目"]
    assert "N649" in word.codes
    assert word.lost() == ""


def test_irregular_rows_are_filled_up(tmp_path: Path) -> None:
    """Rows with fewer cells, or cells skipped at their beginning, keep their columns."""
    document = article(new())
    _table(document, [["一", "二", "三"]])
    rows = (
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>'
    )
    for row in xml(f"<w:tbl>{rows}</w:tbl>"):
        document.tables[0]._tbl.append(row)
    assert _rows(import_word(tmp_path, document)) == [["一", "二", "三"], ["甲", "", ""], ["", "", "乙"]]


# --- pictures -------------------------------------------------------------------------------------------------------


def _picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> io.BytesIO:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    stream = io.BytesIO()
    image.save(stream, kind)
    stream.seek(0)
    return stream


def _describe(document: Document, text: str) -> None:
    for shape in document.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        shape.set("descr", text)


@pytest.mark.parametrize(
    ("lines", "caption", "credit", "printed"),
    [
        (["供图：秘书处"], None, "秘书处", "供图：秘书处"),
        (["李四 摄"], None, "李四 摄", "李四 摄"),
        (["（李四/摄）"], None, "李四 摄", "李四 摄"),
        (["摄影：李四"], None, "李四 摄", "李四 摄"),
        (["图1　会场", "李四 摄"], "图1　会场", "李四 摄", "李四 摄"),
        (["图为会场全景。李四 摄"], "图为会场全景。", "李四 摄", "李四 摄"),
        (["学员们正在拍摄"], None, None, None),
        (["图为会场全景。李四拍摄"], None, None, None),
        (["会上播放了李四多年前在外地拍摄的影片，由他自己摄"], None, None, None),
    ],
)
def test_lines_below_a_picture_are_its_credit(
    lines: list[str], caption: str | None, credit: str | None, printed: str | None, tmp_path: Path
) -> None:
    """Who gave or took it is printed with what he did."""
    document = article(new())
    document.add_picture(_picture())
    _describe(document, "主席台上坐着五人")
    for line in lines:
        document.add_paragraph(line)
    word = import_word(tmp_path, document)
    figure = word.blocks()[0]
    assert isinstance(figure, Figure)
    assert (figure.caption, figure.credit, figure.printed_credit) == (caption, credit, printed)
    assert "N829" not in word.codes


def test_a_picture_with_caption_and_credit(tmp_path: Path) -> None:
    """The file is copied, 替代文字 taken, the lines below become caption and credit."""
    document = article(new())
    document.add_paragraph("正文。")
    document.add_picture(_picture())
    _describe(document, "主席台上坐着五人")
    document.add_paragraph("图1　会议现场")
    document.add_paragraph("供图：秘书处")
    word = import_word(tmp_path, document)
    _, figure = word.blocks()
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, figure.credit) == ("主席台上坐着五人", "图1　会议现场", "秘书处")
    assert figure.path.read_bytes() == _picture().getvalue()
    assert figure.path.name == "稿件-图1.png"
    assert (word.codes, word.lost()) == ([], "供图：")


@pytest.mark.parametrize("description", ["", "C:\\Users\\a\\图.png", "微信图片_20261103", "https://a.cn/x", "图片 3"])
def test_what_programs_write_is_no_alternative_text(description: str, tmp_path: Path) -> None:
    """Then the caption stands in, and the editor is told to write a better one."""
    document = article(new())
    document.add_paragraph("图1 会议现场")
    document.add_picture(_picture())
    _describe(document, description)
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    figure = word.blocks()[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, word.codes) == ("图1 会议现场", "图1 会议现场", ["N647"])


def test_a_picture_without_any_words_has_to_be_described(tmp_path: Path) -> None:
    """It is copied; the alternative text is asked for, as for every manuscript."""
    document = article(new())
    document.add_picture(_picture())
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert word.codes == ["N638"]
    assert [path.name for path in (word.folder / "images").iterdir()] == ["稿件-图1.png"]


def test_what_was_cut_off_stays_cut_off(tmp_path: Path) -> None:
    """A picture that Word shows cut is cut: nobody wants the rest printed."""
    document = article(new())
    document.add_picture(_picture())
    _describe(document, "右半")
    blip = next(document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    blip.addnext(xml('<a:srcRect l="50000"/>'))
    figure = import_word(tmp_path, document).blocks()[0]
    assert isinstance(figure, Figure)
    with Image.open(figure.path) as image:
        assert (image.size, image.convert("RGB").getcolors()) == ((20, 20), [(400, (0, 0, 255))])


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", ".jpg"), ("GIF", ".png"), ("BMP", ".png"), ("TIFF", ".png")])
def test_kinds_of_pictures(kind: str, extension: str, tmp_path: Path) -> None:
    """Those that an issue cannot hold become PNG."""
    document = article(new())
    document.add_picture(_picture(kind))
    _describe(document, "红与蓝")
    figure = import_word(tmp_path, document).blocks()[0]
    assert isinstance(figure, Figure)
    assert figure.path.suffix == extension


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(40), "N643"),
        (b"\xd7\xcd\xc6\x9a" + bytes(40), "N643"),
        (b"\x89PNG\r\n\x1a\n broken", "N644"),
        (b"", "N644"),
    ],
    ids=["emf", "wmf", "broken", "empty"],
)
def test_pictures_that_cannot_be_used_are_named(data: bytes, code: str, tmp_path: Path) -> None:
    """Their place and words are told, and how to get a picture that can be used; the text stays."""
    document = article(new())
    document.add_picture(_picture())
    _describe(document, "统计图")
    document.add_paragraph("正文。")
    changed = edited(as_bytes(document), lambda parts: parts.update({"word/media/image1.png": data}))
    word = import_word(tmp_path, changed)
    assert (word.codes, word.left_out("picture"), word.texts()) == ([code, "N837"], ["统计图"], ["正文。"])


def test_a_picture_inside_a_sentence_follows_it(tmp_path: Path) -> None:
    """A picture stands on its own in an issue."""
    document = article(new())
    document.add_paragraph("前").add_run().add_picture(_picture())
    document.paragraphs[-1].add_run("后。")
    _describe(document, "红与蓝")
    text, figure = import_word(tmp_path, document).blocks()
    assert isinstance(text, Paragraph)
    assert (plain(text.children), figure.kind) == ("前后。", "figure")


def test_a_table_of_pictures_is_pictures(tmp_path: Path) -> None:
    """Pictures side by side with a row of captions below them."""
    document = article(new())
    table = _table(document, [["", ""], ["图一 左", "图二 右"]])
    for cell, size in zip(table.rows[0].cells, ((40, 20), (20, 20)), strict=True):
        cell.paragraphs[0].add_run().add_picture(_picture(size=size))
    word = import_word(tmp_path, document)
    figures = [(block.caption, block.path.name) for block in word.blocks() if isinstance(block, Figure)]
    assert figures == [("图一 左", "稿件-图1.png"), ("图二 右", "稿件-图2.png")]
    assert word.lost() == ""


def test_embedded_objects_and_charts_are_named(tmp_path: Path) -> None:
    """An Excel sheet in the text is not read, and not forgotten."""
    document = article(new())
    add(document, '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>')
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert (word.left_out("object"), word.codes) == (["Excel.Sheet.12"], ["N837"])


def test_pictures_in_the_older_drawing_language(tmp_path: Path) -> None:
    """WPS and files that were .doc once hold pictures in VML."""
    document = article(new())
    document.add_picture(_picture())
    blip = next(document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    rid = blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed")
    old = f'<w:pict><v:shape alt="红与蓝"><v:imagedata r:id="{rid}" o:title="x"/></v:shape></w:pict>'
    drawing = next(document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing"))
    drawing.getparent().replace(drawing, xml(old))
    document.add_paragraph("正文。")
    figure = import_word(tmp_path, document).blocks()[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.path.read_bytes()) == ("红与蓝", _picture().getvalue())


def test_a_chart_is_named_with_its_words(tmp_path: Path) -> None:
    """Its title and values, from which it can be drawn again."""
    document = article(new())
    chart = '<a:graphic><a:graphicData uri="c"><c:chart xmlns:c="{}" r:id="rIdchart"/></a:graphicData></a:graphic>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    add(document, f"<w:p><w:r><w:drawing><wp:inline>{chart.format(space)}</wp:inline></w:drawing></w:r></w:p>")
    document.add_paragraph("正文。")
    content = f'<c:chartSpace xmlns:c="{space}"><c:v>上半年</c:v><c:v>12</c:v></c:chartSpace>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    data = with_part(as_bytes(document), "chart1.xml", content, "chart", kind)
    assert import_word(tmp_path, data).left_out("chart") == ["上半年 12"]

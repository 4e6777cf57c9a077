"""The text of a Word file: every character of its final version is in the issue or named in the report."""

from __future__ import annotations

import tempfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfile import WML, add, article, as_bytes, document_text, import_word, new, with_notes, with_part, xml

from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.word.fields import equation, hyperlink
from newsletter_pdf.importers.word.symbols import GETA, raised, symbol
from newsletter_pdf.model import Emphasis, FootnoteCall, LineBreak, Link, Paragraph, Quote, Ruby, Strong, Text


def _body(*paragraphs: str) -> docx.document.Document:
    """An article of raw paragraphs, each given as the XML of its runs."""
    document = article(new())
    for runs in paragraphs:
        add(document, f"<w:p>{runs}</w:p>")
    return document


def _run(text: str, properties: str = "") -> str:
    pr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{pr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(code: str, result: str | None = None) -> str:
    middle = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{middle}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def test_a_quotation_of_nothing_but_an_attribution_is_text(tmp_path: Path) -> None:
    """Paragraphs in Word's Quote style that all open with a dash would be read back as attributions of nothing."""
    document = article(new())
    for text in ("--1", "——某人"):
        document.add_paragraph(text, style="Quote")
    blocks = import_word(tmp_path, document).blocks()
    assert [type(block) for block in blocks] == [Paragraph, Paragraph]


# --- emphasis and characters ----------------------------------------------------------------------------------------


def test_emphasis_is_kept_as_the_content_format_has_it(tmp_path: Path) -> None:
    """Bold is strong; italic, underline and emphasis marks are emphasis; blanks never are."""
    mark = '<w:em w:val="dot"/>'
    runs = _run("甲", "<w:b/>") + _run(" ", "<w:b/>") + _run("乙", "<w:i/>") + _run("丙") + _run("丁", mark)
    word = import_word(tmp_path, _body(runs, _run("子") + _run("丑", '<w:u w:val="single"/>') + _run("。")))
    first, second = word.blocks()
    assert isinstance(first, Paragraph)
    assert [type(node) for node in first.children] == [Strong, Text, Emphasis, Text, Emphasis]
    assert isinstance(second, Paragraph)
    assert [type(node) for node in second.children] == [Text, Emphasis, Text]
    assert word.codes == ["N648"]


def test_a_text_all_in_bold_emphasises_nothing(tmp_path: Path) -> None:
    """When the whole manuscript is bold, no asterisks are written."""
    word = import_word(tmp_path, _body(*[_run("这一段全是粗体，没有别的。", "<w:b/>")] * 3))
    assert "**" not in next(word.folder.glob("*.md")).read_text(encoding="utf-8")


def test_emphasis_comes_from_styles_too(tmp_path: Path) -> None:
    """A character style, and a paragraph style with its base, count; a run can take the bold away again."""
    document = article(new())
    document.add_paragraph("甲").add_run("乙", style="Strong")
    style = document.styles.add_style("粗段", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    paragraph = document.add_paragraph("丙", style="粗段")
    paragraph.add_run("丁").bold = False
    first, second = import_word(tmp_path, document).blocks()
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.children[1] == Strong(children=(Text(text="乙"),))
    assert [type(node) for node in second.children] == [Strong, Text]


def test_symbols_and_special_characters(tmp_path: Path) -> None:
    """Symbols of symbol fonts become characters, hyphens and breaks stay, what cannot be told is marked and told."""
    runs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
        '<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>'
        "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>"
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:tab/><w:t>X</w:t></w:r>"
        + _run("m")
        + _run("2", '<w:vertAlign w:val="superscript"/>')
        + _run("\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
        + _run("零\u200b宽")
    )
    word = import_word(tmp_path, _body(runs))
    assert word.texts() == ["✓α〓A-BC甲\u3000乙\u3000Xm²✓零宽"]
    assert sorted(word.codes) == ["N622", "N648", "N648", "N649"]


@pytest.mark.parametrize(
    ("code", "font", "character"),
    [
        (0xF061, "Symbol", "α"),
        (0x61, "Symbol", "α"),
        (0xF0D8, "Wingdings", "➢"),
        (0x4E2D, None, "中"),
        (0xE123, None, GETA),
    ],
)
def test_symbol_fonts(code: int, font: str | None, character: str) -> None:
    """With the code of the font, or moved to the private area; unknown ones are the mark for a missing sort."""
    assert symbol(code, font) == character


def test_raised_characters() -> None:
    """Only what Unicode has raised or lowered is; a word stays a word."""
    assert (raised("2+", "superscript"), raised("12", "subscript"), raised("th", "superscript")) == ("²⁺", "₁₂", None)


def test_struck_text_is_kept_and_told(tmp_path: Path) -> None:
    """Nobody knows whether an author who struck text out by hand wants it gone."""
    word = import_word(tmp_path, _body(_run("甲") + _run("删吗", "<w:strike/>") + _run("乙。")))
    assert word.texts() == ["甲删吗乙。"]
    assert "删吗" in word.messages("N649")[0]


def test_hidden_text_is_left_out_and_named(tmp_path: Path) -> None:
    """It is not printed by Word, but an editor should know of it."""
    word = import_word(tmp_path, _body(_run("看得见。") + _run("看不见", "<w:vanish/>")))
    assert (word.texts(), word.left_out("hidden"), word.lost()) == (["看得见。"], ["看不见"], "")


# --- breaks ---------------------------------------------------------------------------------------------------------


def test_line_breaks_between_sentences_end_paragraphs(tmp_path: Path) -> None:
    """Text pasted from the web has ↓ where paragraphs end; a break inside a sentence stays a break."""
    br = "<w:r><w:br/></w:r>"
    word = import_word(tmp_path, _body(_run("第一句。") + br + _run("第二句。") + br + _run("（来源：某网）")))
    assert word.texts() == ["第一句。", "第二句。"]
    assert word.read().sections[0].groups[0].articles[0].source == "某网"
    verse = import_word(tmp_path, _body(_run("床前明月光") + br + _run("疑是地上霜")), replace=True)
    (block,) = verse.blocks()
    assert isinstance(block, Paragraph)
    assert isinstance(block.children[1], LineBreak)


def test_a_break_in_a_title_joins_its_lines(tmp_path: Path) -> None:
    """Chinese without a gap, Latin with a space."""
    document = new()
    document.add_heading("某栏目", 1)
    add(
        document,
        '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>关于印发</w:t><w:br/><w:t>办法的 new</w:t>'
        "<w:br/><w:t>rules</w:t></w:r></w:p>",
    )
    document.add_paragraph("正文。")
    assert import_word(tmp_path, document).outline()[1] == (3, "关于印发办法的 new rules")


def test_a_drop_cap_belongs_to_its_paragraph(tmp_path: Path) -> None:
    """Word keeps the large first letter in a frame of its own."""
    document = article(new())
    add(document, f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{_run("从")}</w:p>')
    document.add_paragraph("前有座山。")
    assert import_word(tmp_path, document).texts() == ["从前有座山。"]


# --- ruby, links, fields --------------------------------------------------------------------------------------------

RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yù chí</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>尉迟</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)


def test_a_phonetic_guide_is_a_reading(tmp_path: Path) -> None:
    """As an element, and as the EQ field of older versions; in a title the reading is left out by name."""
    equation_field = _field("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(hàn zì),汉字)")
    document = _body(_run("姓") + RUBY + _run("，写") + equation_field + _run("。"))
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr>' + RUBY + "</w:p>"
    document.element.body.replace(document.paragraphs[1]._p, xml(heading))
    word = import_word(tmp_path, document)
    (block,) = word.blocks()
    assert isinstance(block, Paragraph)
    assert [node for node in block.children if isinstance(node, Ruby)] == [
        Ruby(text="尉迟", reading="yù chí"),
        Ruby(text="汉字", reading="hàn zì"),
    ]
    assert (word.outline()[1], word.left_out("reading"), word.lost()) == ((3, "尉迟"), ["尉迟（yù chí）"], "")


def test_links_of_all_kinds(tmp_path: Path) -> None:
    """By relationship and by field, across runs; one inside the document is text, a local one text and a finding."""
    document = article(new())
    paragraph = document.add_paragraph("见")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    for address, text in (("https://example.org/a", "网页"), ("file:///C:/a.doc", "附件")):
        rid = document.part.relate_to(address, kind, is_external=True)
        paragraph._p.append(xml(f'<w:hyperlink r:id="{rid}">{_run(text)}</w:hyperlink>'))
    paragraph._p.append(xml(f'<w:hyperlink w:anchor="x">{_run("前文")}</w:hyperlink>'))
    add(
        document, "<w:p>" + _field('HYPERLINK "https://example.org/b c" \\o "提示"', _run("甲") + _run("乙")) + "</w:p>"
    )
    add(document, f"<w:p>{_run('官网（&lt;https://example.org/d&gt;）。')}</w:p>")
    word = import_word(tmp_path, document)
    links = [
        (node.href, "".join(getattr(child, "text", "") for child in node.children))
        for block in word.blocks()
        if isinstance(block, Paragraph)
        for node in block.children
        if isinstance(node, Link)
    ]
    assert links == [
        ("https://example.org/a", "网页"),
        ("https://example.org/b%20c", "甲乙"),
        ("https://example.org/d", "https://example.org/d"),
    ]
    assert word.codes == ["N635"]
    assert word.lost() == "<>"


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (' HYPERLINK "https://a.cn" ', "https://a.cn"),
        ('HYPERLINK \\l "_Toc1"', None),
        ('HYPERLINK "https://a.cn" \\l "p" \\t "_blank"', "https://a.cn"),
        ("HYPERLINK https://a.cn", "https://a.cn"),
        ("HYPERLINK", None),
    ],
)
def test_addresses_of_fields(code: str, address: str | None) -> None:
    """With and without quotation marks and switches."""
    assert hyperlink(code) == address


def test_other_equations_are_not_text() -> None:
    """A fraction is none; characters in a circle are the character."""
    assert equation("EQ \\f(1,2)") is None
    assert equation("eq \\o\\ac(○,正)") == (Text(text="正"),)


def test_fields_keep_their_results(tmp_path: Path) -> None:
    """A cross-reference stays as text, nested fields too; a field without a result is marked and named."""
    nested = _field("IF " + _field("PAGE", _run("9")) + " = 1", _run("结果"))
    word = import_word(tmp_path, _body(_run("见") + _field("REF _Ref1", _run("图 1")) + nested, _field("EQ \\f(1,2)")))
    assert word.texts() == ["见图 1结果", "〓"]
    assert word.left_out("field") == ["EQ \\f(1,2)"]
    assert word.codes == ["N648", "N837"]


def test_a_table_of_contents_is_left_out_by_name(tmp_path: Path) -> None:
    """As a field over several paragraphs, as a content control and as typed lines in its styles."""
    document = new()
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    add(document, f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("甲……1")}</w:p>')
    add(document, f'<w:p>{_run("乙……2")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    add(document, f"<w:sdt>{gallery}<w:sdtContent><w:p>{_run('丙……3')}</w:p></w:sdtContent></w:sdt>")
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("丁……4", style="toc 1")
    article(document).add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert word.left_out("contents") == ["甲……1\n乙……2", "丙……3", "丁……4"]
    assert (word.texts(), set(word.codes), word.lost()) == (["正文。"], {"N619"}, "")


def test_content_controls_are_read_and_placeholders_named(tmp_path: Path) -> None:
    """What was filled in is text; 「单击此处输入」 is not."""
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{_run('填好的')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_run('单击此处')}</w:sdtContent></w:sdt>"
    word = import_word(tmp_path, _body(filled + empty + _run("文字。")))
    assert (word.texts(), word.left_out("placeholder")) == (["填好的文字。"], ["单击此处"])


# --- revisions ------------------------------------------------------------------------------------------------------


def test_tracked_changes_give_the_final_text(tmp_path: Path) -> None:
    """Insertions in, deletions out but named with their author, moves once; one warning with the counts."""
    deleted = '<w:del w:id="2" w:author="李四"><w:r><w:delText>删去的</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="1" w:author="张三">{_run("插入的")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" w:author="李四">{_run("搬走的")}</w:moveFrom>'
    arrived = f'<w:moveTo w:id="4" w:author="李四">{_run("搬走的。")}</w:moveTo>'
    document = _body(_run("甲") + inserted + deleted + moved + _run("乙。"), arrived)
    mark = '<w:pPr><w:rPr><w:del w:id="5" w:author="李四"/></w:rPr></w:pPr>'
    add(document, f"<w:p>{mark}{_run('前半，')}</w:p>")
    document.add_paragraph("后半。")
    table = document.add_table(rows=3, cols=2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "格"
    table.rows[2].cells[0].text = "删掉的行"
    table.rows[2]._tr.get_or_add_trPr().append(xml('<w:del w:id="6" w:author="王五"/>'))
    word = import_word(tmp_path, document)
    assert word.texts() == ["甲插入的乙。", "搬走的。", "前半，后半。"]
    assert [(u.text, u.author) for u in word.result.unplaced] == [("删去的", "李四"), ("删掉的行 格", "王五")]
    assert word.messages("N615") == ["稿件里有修订：插入 1 处，删除 4 处，移动 1 处；按全部接受修订后的样子导入"]
    assert word.lost() == ""


# --- notes, comments, boxes, margins --------------------------------------------------------------------------------


def test_footnotes_and_endnotes_stand_with_their_calls(tmp_path: Path) -> None:
    """In the order of their calls, whatever their ids; a note of a title moves to the next paragraph."""
    document = new()
    document.add_heading("栏目", 1)
    document.add_heading("文章", 3)._p.append(xml('<w:r><w:footnoteReference w:id="7"/></w:r>'))
    document.add_paragraph("正文")._p.append(xml('<w:r><w:endnoteReference w:id="1"/></w:r>'))
    document.paragraphs[-1].add_run("又")._r.append(xml('<w:footnoteReference w:id="2"/>'))
    data = with_notes(as_bytes(document), {2: "第三注", 7: "作者简介", 9: "没有引用的"})
    word = import_word(tmp_path, with_notes(data, {1: "尾注文字"}, "endnote"))
    (block,) = word.blocks()
    assert isinstance(block, Paragraph)
    calls = [node for node in block.children if isinstance(node, FootnoteCall)]
    notes = ["".join(getattr(child, "text", "") for child in call.children) for call in calls]
    assert notes == ["尾注文字", "第三注", "作者简介"]
    assert word.left_out("footnote") == ["没有引用的"]
    assert word.lost() == ""


@pytest.mark.parametrize(
    ("runs", "last"),
    [
        (_run("正文。（来源：某网") + CALL + _run("）"), "正文。[注]"),
        (_run("正文。") + CALL + _run("（来源：某网）"), "正文。[注]"),
        (_run("来源：某网") + CALL, "首段。[注]"),
        (_run("关键词：甲") + CALL + _run("、乙"), "末段。[注]"),
    ],
)
def test_notes_of_fields_move_to_the_text(runs: str, last: str, tmp_path: Path) -> None:
    """A source or keywords hold no note; it stands with the nearest paragraph, and is printed."""
    document = _body(_run("首段。"), runs)
    if "关键词" in runs:
        document.add_paragraph("末段。")
    word = import_word(tmp_path, with_notes(as_bytes(document), {2: "注"}))
    block = word.blocks()[-1]
    assert isinstance(block, Paragraph)
    shown = (f"[{plain(n.children)}]" if isinstance(n, FootnoteCall) else plain((n,)) for n in block.children)
    assert "".join(shown) == last
    assert set(word.lost()) <= set("（来源：）")


def test_comments_are_listed_with_author_and_place(tmp_path: Path) -> None:
    """What was said, by whom, about which words, in which paragraph."""
    document = article(new())
    document.add_paragraph("去年共有")
    document.paragraphs[-1].add_run("三十二")
    document.add_comment(document.paragraphs[-1].runs[1], text="请核对\n来源？", author="王老师")
    word = import_word(tmp_path, document)
    assert word.messages("N616") == ["王老师 的批注没有导入：「请核对 来源？」（批在「三十二」）"]
    (finding,) = [f for f in word.findings if f.code == "N616"]
    assert (finding.place.paragraph, str(finding.place).endswith("稿件.docx ¶3")) == (3, True)
    assert word.lost() == ""


def test_a_settled_comment_is_only_a_note(tmp_path: Path) -> None:
    """Marked as done in Word, it asks for nothing more."""
    document = article(new())
    document.add_paragraph("正文。")
    document.add_comment(document.paragraphs[-1].runs, text="已改", author="王老师")
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    paragraph = next(iter(document.part._comments_part.element.iter(docx.oxml.ns.qn("w:p"))))
    paragraph.set(f"{{{w14}}}paraId", "0A")
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    more = f'<w15:commentsEx {w15}><w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>'
    data = with_part(as_bytes(document), "commentsExtended.xml", more, "commentsExtended", f"{WML}commentsExtended+xml")
    assert import_word(tmp_path, data).codes == ["N617"]


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="x">'
    "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p><w:p><w:r><w:t>两段</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_listed_once_with_its_text(tmp_path: Path) -> None:
    """Both forms of it in the file are one; the text around it stays whole."""
    word = import_word(tmp_path, _body(_run("前") + BOX + _run("后。")))
    assert (word.texts(), word.left_out("text-box")) == (["前后。"], ["框里\n两段"])
    assert word.messages("N618") == ["文本框没有导入：「框里 两段」"]
    assert word.lost() == ""


def test_headers_and_footers_are_named(tmp_path: Path) -> None:
    """Each text once, for information."""
    document = article(new())
    document.add_paragraph("正文。")
    document.sections[0].header.paragraphs[0].text = "某某通讯"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    word = import_word(tmp_path, document)
    assert (word.left_out("header"), word.left_out("footer")) == (["某某通讯"], ["第 1 页"])
    assert word.codes == ["N619", "N619"]
    assert word.lost() == ""


def test_quotation_styles_are_quotations(tmp_path: Path) -> None:
    """Neighbouring paragraphs in the style Quote are one quotation."""
    document = article(new())
    document.add_paragraph("引文一。", style="Quote")
    document.add_paragraph("引文二。", style="Intense Quote")
    document.add_paragraph("正文。")
    quote, _ = import_word(tmp_path, document).blocks()
    assert isinstance(quote, Quote)
    assert len(quote.blocks) == 2


def test_a_formula_is_kept_as_its_characters(tmp_path: Path) -> None:
    """With a warning, as its shape is lost."""
    word = import_word(tmp_path, _body(_run("由") + "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>" + _run("可知。")))
    assert word.texts() == ["由E=mc可知。"]
    assert word.codes == ["N649"]


def test_text_before_the_first_heading_is_named(tmp_path: Path) -> None:
    """Whole, not only its beginning."""
    document = new()
    long = "封面上的一段说明文字，" * 20
    document.add_paragraph(long)
    article(document).add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert word.left_out("") == [long]
    assert word.lost() == ""


# --- anything -------------------------------------------------------------------------------------------------------

words = st.text(alphabet="甲乙丙，。aB1 *_[]<>|#`~\\{}&:：、（）-", min_size=1, max_size=12)
run_properties = st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:u w:val="single"/>', "<w:strike/>"])
runs = st.one_of(
    st.tuples(words, run_properties).map(lambda v: ("run", v[0], v[1])),
    words.map(lambda text: ("ins", text, "")),
    words.map(lambda text: ("link", text, "")),
    st.sampled_from([("br", "", ""), ("tab", "", ""), ("box", "", "")]),
)
shapes = st.sampled_from(["", "", "List Bullet", "List Number", "Quote", "Heading 3", "Heading 4", "Caption"])


@settings(max_examples=60)
@given(st.lists(st.tuples(shapes, st.lists(runs, max_size=5)), min_size=1, max_size=8))
def test_random_documents_lose_nothing(content: list[tuple[str, list[tuple[str, str, str]]]]) -> None:
    """Paragraphs and runs of any text, look and kind: what is in no section file is in the report."""
    document = article(new())
    document.add_paragraph("开头。")
    for style, pieces in content:
        paragraph = document.add_paragraph(style=style or None)
        for kind, text, properties in pieces:
            escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            made = {
                "run": _run(escaped, properties),
                "ins": f'<w:ins w:id="1" w:author="a">{_run(escaped)}</w:ins>',
                "link": _field('HYPERLINK "https://example.org/a"', _run(escaped)),
                "br": "<w:r><w:br/></w:r>",
                "tab": "<w:r><w:tab/></w:r>",
                "box": BOX,
            }[kind]
            for element in xml(f"<w:p>{made}</w:p>"):
                paragraph._p.append(element)
        # An article without text cannot be set, which is no loss.
        document.add_paragraph("文。")
    with tempfile.TemporaryDirectory() as folder:
        word = import_word(Path(folder), document)
        assert len(document_text(word.data)) > 0
        # Numbers before titles, marks around sources and labels of quotations are understood, not printed.
        assert not set(word.lost()) - set("0123456789、，:：（）-<>1。")

"""Where the headings of a Word file or a plain text are, whether its author set them as such or not."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from wordfile import Word, add, import_word, level, new, numbering_of, plain_paragraph, xml

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.importers import import_manuscripts
from newsletter_pdf.importers.headings import recognise
from newsletter_pdf.importers.looks import Line, number_form

LONG = "这一段是正文，比标题长得多，说的是事情的经过，到这里为止。"


def _titles(word: Word) -> list[tuple[int, str]]:
    """The outline, after a look that all that was guessed is marked and told."""
    told = [guess.title for guess in word.result.guesses]
    for entry in word.result.outline:
        assert entry.guessed == any(title.endswith(entry.title) for title in told)
    return word.outline()


# --- styles ---------------------------------------------------------------------------------------------------------


def test_heading_styles_are_the_levels(tmp_path: Path) -> None:
    """Heading 1 is a section, 2 a group, 3 an article; nothing is guessed."""
    document = new()
    for title, depth in (("栏目", 1), ("（一）组", 2), ("1. 文", 3)):
        document.add_heading(title, depth)
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert word.outline() == [(1, "栏目"), (2, "组"), (3, "文")]
    assert (word.codes, word.result.guesses) == ([], ())


@pytest.mark.parametrize("name", ["heading {}", "标题 {}", "标题{}", "Heading {}"])
def test_localised_style_names_are_known(name: str, tmp_path: Path) -> None:
    """Word and WPS name the styles in the language of the program; their ids are only numbers."""
    document = new()
    for depth in (1, 3):
        style = xml(f'<w:style w:type="paragraph" w:styleId="{depth}"><w:name w:val="{name.format(depth)}"/></w:style>')
        for known in document.styles.element.findall(docx.oxml.ns.qn("w:style")):
            if known.get(docx.oxml.ns.qn("w:styleId")) == f"Heading{depth}":
                document.styles.element.remove(known)
        document.styles.element.append(style)
        add(document, f'<w:p><w:pPr><w:pStyle w:val="{depth}"/></w:pPr><w:r><w:t>题{depth}</w:t></w:r></w:p>')
    document.add_paragraph("正文。")
    assert import_word(tmp_path, document).outline() == [(1, "题1"), (3, "题3")]


def test_a_style_based_on_a_heading_and_an_outline_level_are_headings(tmp_path: Path) -> None:
    """What an author derived from Heading 1, and an outline level set at the paragraph, mean the same."""
    document = new()
    style = (
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="本刊栏目"/><w:basedOn w:val="Heading1"/></w:style>'
    )
    document.styles.element.append(xml(style))
    add(document, '<w:p><w:pPr><w:pStyle w:val="own"/></w:pPr><w:r><w:t>栏目</w:t></w:r></w:p>')
    add(document, '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>文章</w:t></w:r></w:p>')
    add(
        document,
        '<w:p><w:pPr><w:pStyle w:val="Heading3"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>',
    )
    word = import_word(tmp_path, document)
    assert (word.outline(), word.texts()) == ([(1, "栏目"), (3, "文章")], ["正文。"])


def test_a_title_above_two_levels_is_the_section(tmp_path: Path) -> None:
    """Title, Heading 1, Heading 2 are section, group, article; that the headings moved down is told."""
    document = new()
    for title, depth in (("栏目", 0), ("组", 1), ("文", 2)):
        document.add_heading(title, depth)
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert _titles(word) == [(1, "栏目"), (2, "组"), (3, "文")]
    assert word.codes == ["N613", "N613"]


def test_a_title_above_sections_is_the_issues_name(tmp_path: Path) -> None:
    """With three levels below it, it belongs to no section and is left out by name."""
    document = new()
    for title, depth in (("某某通讯第九期", 0), ("栏目", 1), ("组", 2), ("文", 3)):
        document.add_heading(title, depth)
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document)
    assert word.outline() == [(1, "栏目"), (2, "组"), (3, "文")]
    assert word.left_out("") == ["某某通讯第九期"]


def test_articles_without_a_style_below_groups_with_one(tmp_path: Path) -> None:
    """Heading 1 and 2 are styles, articles are only bold: they are articles where they follow the groups at once."""
    document = new()
    document.add_heading("栏目", 1)
    for group in ("组一", "组二"):
        document.add_heading(group, 2)
        plain_paragraph(document, "文章", bold=True)
        plain_paragraph(document, LONG)
    assert _titles(import_word(tmp_path, document))[1:] == [(2, "组一"), (3, "文章"), (2, "组二"), (3, "文章")]
    document = new()
    document.add_heading("栏目", 1)
    for title in ("文一", "文二"):
        document.add_heading(title, 2)
        plain_paragraph(document, LONG)
        plain_paragraph(document, "小标题", bold=True)
        plain_paragraph(document, LONG)
    assert import_word(tmp_path, document).outline() == [(1, "栏目"), (3, "文一"), (3, "文二")]


def test_a_lead_in_a_heading_style_is_text(tmp_path: Path) -> None:
    """A long paragraph with the wrong style is no title, and the report says so."""
    document = new()
    document.add_heading("栏目", 1)
    document.add_heading("文", 3)
    document.add_heading(LONG * 6, 3)
    word = import_word(tmp_path, document)
    assert word.outline() == [(1, "栏目"), (3, "文")]
    assert word.texts() == [LONG * 6]
    assert [guess.level for guess in word.result.guesses] == [0]


# --- looks ----------------------------------------------------------------------------------------------------------


def _unstyled(document: Document) -> Document:
    heading = plain_paragraph(document, "境外观察：数据安全", size=22, bold=True)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    plain_paragraph(document, "导读：" + LONG)
    for group in ("一、国家层面", "二、地方层面"):
        plain_paragraph(document, group, size=16, bold=True)
        for title in ("（一）印发办法", "（二）公布草案"):
            plain_paragraph(document, title, size=14, bold=True)
            plain_paragraph(document, LONG, size=12)
            plain_paragraph(document, "1.这是正文里的条目；", size=12)
    return document


def test_sizes_and_numbers_show_the_levels(tmp_path: Path) -> None:
    """Title by size and place, groups by 一、, articles by （一）; items in the text stay text."""
    word = import_word(tmp_path, _unstyled(new()))
    group = [(3, "印发办法"), (3, "公布草案")]
    assert _titles(word) == [(1, "境外观察：数据安全"), (2, "国家层面"), *group, (2, "地方层面"), *group]
    assert word.codes == ["N613"] * 3
    assert word.read().sections[0].groups[0].articles[0].blocks[1].children[0].text == "1.这是正文里的条目；"  # type: ignore[union-attr] # a paragraph
    assert word.lost() == "".join(sorted("导读：" + "一、二、" + "（一）（二）" * 2))


def test_a_title_of_two_paragraphs_is_one(tmp_path: Path) -> None:
    """Lines of the same look that follow each other at once, as official documents break their titles."""
    document = new()
    for text in ("澄江数字治理促进会", "关于本月工作的通报"):
        plain_paragraph(document, text, size=22).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for title in ("一、工作", "二、安排"):
        plain_paragraph(document, title, bold=True)
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document)
    assert word.outline() == [(1, "澄江数字治理促进会关于本月工作的通报"), (3, "工作"), (3, "安排")]
    assert word.lost() == "、、一二"


def test_bold_alone_shows_articles(tmp_path: Path) -> None:
    """One size throughout: the first line is the section, bold lines are articles, bold words in a line are not."""
    document = new()
    plain_paragraph(document, "行业动态")
    for title in ("三家单位入会", "冬季讲堂报名"):
        plain_paragraph(document, title, bold=True)
        plain_paragraph(document, LONG).add_run("重点").bold = True
    word = import_word(tmp_path, document)
    assert _titles(word) == [(1, "行业动态"), (3, "三家单位入会"), (3, "冬季讲堂报名")]


def test_numbers_alone_show_articles_when_text_follows(tmp_path: Path) -> None:
    """「1.」 before short lines with text below is a heading; a list of such lines is none."""
    document = new()
    plain_paragraph(document, "行业动态")
    for number in (1, 2):
        plain_paragraph(document, f"{number}. 第{number}篇")
        plain_paragraph(document, LONG)
        for item in range(1, 4):
            plain_paragraph(document, f"（{item}）做法")
    word = import_word(tmp_path, document)
    assert _titles(word) == [(1, "行业动态"), (3, "第1篇"), (3, "第2篇")]


def test_sections_with_leads_are_told_by_them(tmp_path: Path) -> None:
    """Only sections have 导读: the kind of line above it is the section's, whatever stands before."""
    document = new()
    plain_paragraph(document, "某某通讯", size=30, bold=True)
    for section in ("一、政策", "二、动态"):
        plain_paragraph(document, section, size=16, bold=True)
        plain_paragraph(document, "导读：" + LONG)
        plain_paragraph(document, "1. 文章", bold=True)
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document)
    assert [level for level, _ in word.outline()] == [1, 3, 1, 3]
    assert word.left_out("") == ["某某通讯"]


def test_automatic_numbers_show_headings_too(tmp_path: Path) -> None:
    """A number that Word counts is as good as one that was typed, and goes like it."""
    document = new()
    numbering_of(
        document,
        '<w:abstractNum w:abstractNumId="0">' + level(0, "chineseCounting", "（%1）") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    plain_paragraph(document, "行业动态")
    for title in ("入会", "报名"):
        pr = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        add(document, f"<w:p>{pr}<w:r><w:rPr><w:b/></w:rPr><w:t>{title}</w:t></w:r></w:p>")
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document)
    assert _titles(word) == [(1, "行业动态"), (3, "入会"), (3, "报名")]
    assert "N633" not in word.codes


def test_without_a_section_title_the_files_name_is_taken(tmp_path: Path) -> None:
    """Without its number and 「终稿」; the editor is warned."""
    document = new()
    for number in (1, 2):
        plain_paragraph(document, f"{number}. 第{number}篇", bold=True)
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document, "03 境外动态（终稿）.docx")
    assert _titles(word) == [(1, "境外动态"), (3, "第1篇"), (3, "第2篇")]
    assert "N614" in word.codes


def test_nothing_to_go_by_is_one_article(tmp_path: Path) -> None:
    """Text without anything like a heading is kept whole under the file's name."""
    document = new()
    for _ in range(3):
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document, "会议纪要.docx")
    assert word.outline() == [(1, "会议纪要"), (3, "会议纪要")]
    assert word.texts() == [LONG] * 3
    assert word.lost() == ""


def test_what_is_never_a_heading(tmp_path: Path) -> None:
    """Bold labels, sources, dates, by-lines, captions and sentences stay text."""
    document = new()
    document.add_heading("栏目", 1)
    plain_paragraph(document, "第一篇", bold=True)
    for text in ("作者：张三", "2026年11月3日", "图1 现场", "这是一句加粗的话。", "——一则消息"):
        plain_paragraph(document, text, bold=True)
        plain_paragraph(document, LONG)
    word = import_word(tmp_path, document)
    assert word.outline() == [(1, "栏目"), (3, "第一篇")]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        *(("一、甲", "一、"), ("十二、甲", "一、"), ("（三）甲", "（一）"), ("(三) 甲", "（一）"), ("1.甲", "1.")),
        *(("12、甲", "1."), ("(1)甲", "（1）"), ("①甲", "（1）"), ("第一章 甲", "第一章"), ("第二节　甲", "第一节")),
        *(("3.15 晚会", None), ("一、二线城市", None), ("5 家", None), ("一", None), ("（一）", None)),
    ],
)
def test_forms_of_numbers(text: str, form: str | None) -> None:
    """The four levels of GB/T 9704 and chapters; figures that belong to the text are none."""
    assert number_form(text) == form


def test_kinds_nest_by_their_numbers_when_sizes_are_equal() -> None:
    """「一、」 is above 「（一）」 above 「1.」, also where a section has no groups."""
    texts = ["总题", "1. 无组的文章", LONG, "（一）组", "1. 组内文章", LONG, "（二）组", "1. 组内文章", LONG]
    found = recognise([Line(text, Place()) for text in texts])
    assert found.levels == {0: 1, 1: 3, 3: 2, 4: 3, 6: 2, 7: 3}


# --- plain text -----------------------------------------------------------------------------------------------------

TEXT = (
    f"行业动态\n导读：{LONG}\n\n1. 三家单位入会\n{LONG}\n星号*和[括号]、2 * 3 照印。\n（来源：秘书处）\n"
    f"2. 讲堂报名\n{LONG}\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16"])
def test_plain_text_is_recognised_the_same_way(encoding: str, tmp_path: Path) -> None:
    """A .txt without marks, in any encoding of an office, keeps every character."""
    path = tmp_path / "动态.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    findings = Findings()
    result = import_manuscripts([path], tmp_path / "2026-11", findings)
    assert [(e.level, e.title) for e in result.outline] == [(1, "行业动态"), (3, "三家单位入会"), (3, "讲堂报名")]
    assert result.outline[1].source == "秘书处"
    written = (tmp_path / "2026-11" / "01-行业动态.md").read_text(encoding="utf-8")
    assert "星号\\*和\\[括号\\]、2 \\* 3 照印。" in written
    assert written.count(LONG) == 3


def test_plain_text_with_marks_is_markdown(tmp_path: Path) -> None:
    """One heading with # is enough: then nothing is guessed."""
    path = tmp_path / "a.txt"
    path.write_text("# 栏目\n### 文\n1. 第一点\n正文。\n", encoding="utf-8")
    result = import_manuscripts([path], tmp_path / "2026-11", Findings())
    assert [(e.level, e.title) for e in result.outline] == [(1, "栏目"), (3, "文")]
    assert result.guesses == ()

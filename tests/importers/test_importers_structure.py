"""A manuscript's headings, labels and numbers become sections, groups, articles and their fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from imported import Imported

from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.model import ListBlock, Paragraph, Quote, Section, Strong, Table

Import = Callable[..., Imported]

WHOLE = """\
# 观察：政策

导读：本月有三件事。

第二段导读。

关键词：数据出境、“公开、透明”原则

## （一）国家层面

### 1. 某部门印发通知

通知共五章。

要求明确。（来源：某网）

### 2．另一件事

正文。

（来源：甲、乙）

## （二）地方层面

### 1、第三件事

正文,有半角逗号.
"""


def _section(imported: Imported) -> Section:
    (section,) = imported.read().sections
    return section


def _texts(section: Section) -> list[list[str]]:
    return [
        [plain(block.children) for block in article.blocks if isinstance(block, Paragraph)]
        for group in section.groups
        for article in group.articles
    ]


def test_a_whole_manuscript_becomes_fields(import_text: Import) -> None:
    """Title, lead, keywords, groups, articles and sources are fields; typed numbers and labels are gone."""
    imported = import_text(WHOLE)
    assert imported.codes == []
    assert (imported.result.sections, imported.result.groups, imported.result.articles) == (1, 2, 3)
    section = _section(imported)
    assert section.title == "观察：政策"
    assert [plain(paragraph.children) for paragraph in section.lead] == ["本月有三件事。", "第二段导读。"]
    assert section.keywords == ("数据出境", "“公开、透明”原则")
    assert [group.title for group in section.groups] == ["国家层面", "地方层面"]
    articles = [article for group in section.groups for article in group.articles]
    assert [(a.title, a.source) for a in articles] == [
        ("某部门印发通知", "某网"),
        ("另一件事", "甲、乙"),
        ("第三件事", None),
    ]
    assert _texts(section) == [["通知共五章。", "要求明确。"], ["正文。"], ["正文,有半角逗号."]]


def test_bold_labels_are_labels(import_text: Import) -> None:
    """Asterisks around a label, with or without its colon, make no difference."""
    section = _section(
        import_text("# 甲\n\n**导读：**概述。\n\n**关键词**：一、二\n\n### 乙\n\n正文。\n\n**（来源：某网）**\n")
    )
    assert plain(section.lead[0].children) == "概述。"
    assert section.keywords == ("一", "二")
    assert section.groups[0].articles[0].source == "某网"


def test_labels_may_be_headings(import_text: Import) -> None:
    """「## 导读」 and 「## 关键词」 label what stands below them."""
    section = _section(import_text("# 甲\n\n## 导读\n\n概述。\n\n## 关键词\n\n一、二\n\n### 乙\n\n正文。\n"))
    assert ([plain(p.children) for p in section.lead], section.keywords) == (["概述。"], ("一", "二"))


def test_labels_count_without_empty_lines_before_them(import_text: Import) -> None:
    """Lines that begin with a label are paragraphs of their own."""
    imported = import_text("# 甲\n导读：概述。\n关键词：一、二\n### 乙\n正文。\n来源：某网\n")
    section = _section(imported)
    assert ([plain(p.children) for p in section.lead], section.keywords) == (["概述。"], ("一", "二"))
    assert section.groups[0].articles[0].source == "某网"
    assert imported.codes == []


def test_opening_paragraphs_without_a_label_are_the_lead(import_text: Import) -> None:
    """They are kept, and the editor is told."""
    imported = import_text("# 甲\n\n概述。\n\n### 乙\n\n正文。\n")
    assert imported.codes == ["N627"]
    assert plain(_section(imported).lead[0].children) == "概述。"


def test_lines_of_a_paragraph_are_joined_in_markdown(import_text: Import) -> None:
    """As Markdown says, without a space between Chinese; the editor is told where."""
    imported = import_text("# 甲\n\n### 乙\n\n第一行，\n第二行。\nEnd of\nline.\n")
    assert _texts(_section(imported)) == [["第一行，第二行。End of line."]]
    assert imported.where("N640") == [6]


def test_lines_of_a_text_file_are_paragraphs(import_text: Import) -> None:
    """A .txt, as Word saves it, has a paragraph a line, indented by two wide spaces."""
    imported = import_text("# 甲\n　　导读：一。\n　　二。\n### 乙\n　　正文。\n    又一段。\n", "稿.txt")
    section = _section(imported)
    assert [plain(p.children) for p in section.lead] == ["一。", "二。"]
    assert _texts(section) == [["正文。", "又一段。"]]
    assert imported.codes == []


def test_a_source_inside_an_article_stays_in_the_text(import_text: Import) -> None:
    """Only what stands at the very end is the article's."""
    text = "# 甲\n\n### 乙\n\n（1）某省\n\n某事。（来源：某省网）\n\n（2）某市\n\n某事。（来源：某市网）\n"
    section = _section(import_text(text))
    assert section.groups[0].articles[0].source == "某市网"
    assert _texts(section) == [["（1）某省", "某事。（来源：某省网）", "（2）某市", "某事。"]]


def test_several_sources_at_the_end_are_one_field(import_text: Import) -> None:
    """On lines of their own or behind each other."""
    section = _section(import_text("# 甲\n\n### 乙\n\n正文。（来源：一网）（来源：二网）\n\n（来源：三网）\n"))
    assert section.groups[0].articles[0].source == "一网、二网、三网"
    assert _texts(section) == [["正文。"]]


def test_a_source_in_the_last_item_of_a_list_is_the_articles(import_text: Import) -> None:
    """The list keeps its items and their texts."""
    (article,) = _section(import_text("# 甲\n\n### 乙\n\n- 一；\n- 二。（来源：某网）\n")).groups[0].articles
    assert article.source == "某网"
    (block,) = article.blocks
    assert isinstance(block, ListBlock)
    assert [plain(p.children) for item in block.items for p in item.blocks if isinstance(p, Paragraph)] == [
        "一；",
        "二。",
    ]


def test_a_source_with_a_link_keeps_its_text(import_text: Import) -> None:
    """The field is what is printed."""
    section = _section(import_text("# 甲\n\n### 乙\n\n正文。（来源：[某网](https://example.org/a_b)）\n"))
    assert section.groups[0].articles[0].source == "某网"


def test_numbers_that_do_not_count_on_are_reported(import_text: Import) -> None:
    """A gap may be a lost article; beginning anew in a group, and counting through, are both in use."""
    text = "# 甲\n\n## 一、乙\n\n### 1. 一\n\n文。\n\n### 2. 二\n\n文。\n\n## 二、丙\n\n### {0}. 三\n\n"
    text += "文。\n\n### {1}. 四\n\n文。\n"
    assert import_text(text.format(1, 2)).codes == []
    assert import_text(text.format(3, 4), replace=True).codes == []
    assert import_text(text.format(1, 3), replace=True).where("N633") == [19]


def test_two_levels_of_headings_make_articles(import_text: Import) -> None:
    """Without any ### a ## with text is an article, one without text still a group."""
    imported = import_text("# 甲\n\n## （一）组\n\n## 1. 一\n\n文。\n\n## 2. 二\n\n文。\n")
    (group,) = _section(imported).groups
    assert (group.title, [article.title for article in group.articles]) == ("组", ["一", "二"])
    assert imported.codes == ["N631"]


def test_a_section_without_headings_is_one_article(import_text: Import) -> None:
    """It takes the section's title, and the editor is told."""
    imported = import_text("# 卷首语\n\n第一段。\n\n第二段。（来源：某网）\n")
    (article,) = _section(imported).groups[0].articles
    assert (article.title, article.source) == ("卷首语", "某网")
    assert imported.codes == ["N626"]


def test_deeper_headings_are_bold_paragraphs(import_text: Import) -> None:
    """Nothing is lost, and the editor is told."""
    imported = import_text("# 甲\n\n### 乙\n\n#### 一、背景\n\n文。\n")
    block = _section(imported).groups[0].articles[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert isinstance(block.children[0], Strong)
    assert plain(block.children) == "一、背景"
    assert imported.codes == ["N632"]


def test_what_has_no_place_is_listed_with_its_line(import_text: Import) -> None:
    """Text before the section, between a group and its first article, after the keywords; notes nobody calls."""
    text = (
        "某刊 2026 年稿件\n\n# 甲\n\n导读：概述。\n\n关键词：一\n\n多出的一段。\n\n## （一）组\n\n组的说明。\n\n"
        "### 1. 乙\n\n正文<!-- 给编辑的话 -->。\n\n[^9]: 没有人引用\n"
    )
    imported = import_text(text)
    left = [(item.place.line, item.text) for item in imported.result.unplaced]
    assert sorted(left, key=lambda item: item[0] or 0) == [
        (1, "某刊 2026 年稿件"),
        (9, "多出的一段。"),
        (13, "组的说明。"),
        (17, "<!-- 给编辑的话 -->"),
        (19, "[^9]"),
    ]
    assert imported.codes == ["N611"] * 5
    assert _texts(_section(imported)) == [["正文。"]]


def test_several_sections_in_one_manuscript(import_text: Import) -> None:
    """Each heading of level 1 is a file, numbered in order."""
    imported = import_text("# 甲\n\n### 一\n\n文。\n\n# 乙\n\n### 二\n\n文。\n")
    assert [section.name for section in imported.read().sections] == ["01-甲", "02-乙"]


def test_tables_lists_quotations_and_notes_are_kept(import_text: Import) -> None:
    """The blocks of a manuscript arrive as the same blocks."""
    text = (
        "# 甲\n\n### 乙\n\n表：进度\n\n| 步骤 | 期限 |\n|:--|--:|\n| 收\\|稿 | 5 日<br>前 |\n\n"
        "3. 三\n4. 四\n\n   又一段\n\n> 引文。\n\n正文[^1]在此。\n\n[^1]: 注的 *内容*\n"
    )
    table, numbered, quote, paragraph = _section(import_text(text)).groups[0].articles[0].blocks
    assert isinstance(table, Table)
    assert (table.caption, plain(table.rows[0][0].children)) == ("进度", "收|稿")
    assert [cell.align for cell in table.head] == ["left", "right"]
    assert isinstance(numbered, ListBlock)
    assert (numbered.start, len(numbered.items[1].blocks)) == (3, 2)
    assert isinstance(quote, Quote)
    assert isinstance(paragraph, Paragraph)
    assert [child.kind for child in paragraph.children] == ["text", "footnote", "text"]


def test_a_list_with_the_authors_own_numbers_keeps_them(import_text: Import) -> None:
    """「3.」「7.」 would be counted anew by a list, so they are text."""
    assert _texts(_section(import_text("# 甲\n\n### 乙\n\n3. 三\n7. 七\n"))) == [["3. 三", "7. 七"]]


def test_a_table_inside_a_list_comes_after_it(import_text: Import) -> None:
    """Section files have no tables in lists."""
    section = _section(import_text("# 甲\n\n### 乙\n\n- 一\n\n  | a | b |\n  |---|---|\n  | c | d |\n\n- 二\n"))
    assert [block.kind for block in section.groups[0].articles[0].blocks] == ["list", "table"]


@pytest.mark.parametrize(
    "text",
    [
        "a_b_c 与 __x__",
        "R&D 和 &copy; 之类",
        "电话 138****1234、139****5678",
        "{{ 变量 }} 与 {% 命令 %}",
        "数组[0](第一项)",
        "1.正文 2、正文",
        "#话题#今天",
        "甲|乙|丙",
        "5 < 6 > 4 <3",
        "C:\\目录",
        "~~旧~~新",
        "：：：三个冒号",
    ],
)
def test_marks_meant_as_text_are_printed(text: str, import_text: Import) -> None:
    """What the author typed is what the reader of the section file finds, where Markdown gives it no meaning."""
    if "&copy;" in text or "__x__" in text:
        # Both are Markdown; the author's text says so by a backslash.
        imported = import_text("# 甲\n\n### 乙\n\n" + text.replace("&", "\\&").replace("_", "\\_") + "\n")
    else:
        imported = import_text(f"# 甲\n\n### 乙\n\n{text}\n")
    assert _texts(_section(imported)) == [[text]]
    assert imported.codes == []


def test_html_is_kept_as_text_and_reported(import_text: Import) -> None:
    """Tags are shown, as they may be meant; a line break tag is a line break."""
    imported = import_text("# 甲\n\n### 乙\n\n<font color=red>重要</font><br>下一行\n")
    assert imported.codes == ["N634", "N634"]
    assert _texts(_section(imported)) == [["<font color=red>重要</font>\n下一行"]]


def test_links_that_lead_nowhere_become_text(import_text: Import) -> None:
    """Addresses on the network stay, others are reported."""
    imported = import_text("# 甲\n\n### 乙\n\n[名单](附件/名单.xlsx)与[某网](https://example.org/a(b))。\n")
    assert imported.codes == ["N635"]
    block = _section(imported).groups[0].articles[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert [child.kind for child in block.children] == ["text", "link", "text"]
    assert plain(block.children) == "名单与某网。"


def test_a_title_that_yaml_would_misread_is_quoted(import_text: Import) -> None:
    """Colons, number signs, quotation marks and leading marks reach the reader as typed."""
    for title in (
        "甲: 乙",
        "甲 #乙",
        "“甲”说",
        '"甲"',
        "'甲'",
        "- 甲",
        "[甲]",
        "2026",
        "no",
        "甲：乙",
        "*甲",
        "&甲",
        "@甲",
    ):
        imported = import_text(f"# {title}\n\n### 乙\n\n文。\n", replace=True)
        assert [s.title for s in imported.read().sections] == [title]
        for path in imported.folder.glob("*.md"):
            path.unlink()


def test_a_missing_picture_keeps_its_place(import_text: Import) -> None:
    """A picture in the middle of a paragraph follows it as a figure; one that is missing is reported, not lost."""
    imported = import_text('# 甲\n\n### 乙\n\n前![合影](a/照 片.png "图“题”")后。\n')
    assert imported.codes == ["N838", "N637"]
    assert '前后。\n\n![合影](images/照-片.png "图“题”")\n' in imported.section_text()

"""Manuscripts in the syntax of section files, and what was typed otherwise than it is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from imported import Imported

from newsletter_pdf.importers.naming import slug
from newsletter_pdf.model import Callout, Paragraph, ProperName, Ruby

Import = Callable[..., Imported]
HEAD = "# 栏目\n\n### 文\n\n"


def _body(imported: Imported) -> str:
    return imported.section_text().split("### 文\n\n", 1)[1]


def test_a_call_out_stays_one(import_text: Import) -> None:
    """Its name, its title and the blocks inside come through."""
    imported = import_text(HEAD + "::: 背景 什么是\n第一段。\n\n第二段。\n:::\n\n后文。\n")
    assert _body(imported).startswith("::: 背景 什么是\n")
    assert "\\" not in imported.section_text()
    (callout, after) = imported.read().sections[0].groups[0].articles[0].blocks
    assert isinstance(callout, Callout)
    assert callout.title == "什么是"
    assert len(callout.blocks) == 2
    assert isinstance(after, Paragraph)


@pytest.mark.parametrize("typed", ["::: 提示\n没有结尾。", "::: 提示 内容 :::", "::: 别的\n内容。", ":::\n内容。"])
def test_colons_that_make_no_whole_call_out_are_text_and_told(import_text: Import, typed: str) -> None:
    """Nothing behind them is swallowed, headings least of all."""
    imported = import_text(HEAD + typed + "\n\n### 下一篇\n\n正文。\n")
    assert "N839" in imported.codes
    assert imported.result.articles == 2
    assert "\\:::" in imported.section_text()


def test_readings_and_proper_names_stay(import_text: Import) -> None:
    """What stands in braces is an annotation, as in a section file."""
    imported = import_text(HEAD + "{尉迟|yù chí}与{屈原|-}。\n")
    assert _body(imported) == "{尉迟|yù chí}与{屈原|-}。\n"
    (paragraph,) = imported.read().sections[0].groups[0].articles[0].blocks
    assert isinstance(paragraph, Paragraph)
    kinds = [type(child) for child in paragraph.children]
    assert Ruby in kinds
    assert ProperName in kinds


def test_a_picture_on_its_own_line_stays_with_its_caption_and_credit(import_text: Import) -> None:
    """The lines above remain above it; 「图1 …」 and 「供图：…」 below it belong to it."""
    imported = import_text(HEAD + "看下图：\n![会场](a.png)\n图1 会场\n供图：张三\n来源：某网\n")
    assert _body(imported) == '看下图：\n\n![会场](images/a.png "图1 会场")\n供图：张三\n\n来源：某网\n'
    assert "N838" not in imported.codes


def test_lines_around_a_picture_keep_their_order(import_text: Import) -> None:
    """Text below a picture that is no caption follows it."""
    imported = import_text(HEAD + '![会场](a.png "图题")\n供图：张三\n\n前\n![乙](b.png)\n后\n')
    expected = '![会场](images/a.png "图题")\n供图：张三\n\n前\n\n![乙](images/b.png)\n\n后\n'
    assert _body(imported) == expected


def test_a_picture_within_a_line_is_moved_and_told(import_text: Import) -> None:
    """A picture has to be a paragraph of its own."""
    imported = import_text(HEAD + "前![会场](a.png)后。\n")
    assert imported.where("N838") == [5]
    assert _body(imported) == "前后。\n\n![会场](images/a.png)\n"


@pytest.mark.parametrize(
    "typed",
    [
        "（来源：甲；电话1）\n\n后文。",
        "正文。（来源：甲）（责任编辑：乙）",
        "正文。\n\n（摘自甲报）",
        "正文。（本文来源于甲网）",
        "正文。\n\n转自：甲网",
        "正文。\n\n摘自《甲报》",
        "正文。\n\n来源：会员单位  作者：李某",
        "正文。\n\n图为会场全景。李四 摄",
    ],
)
def test_what_may_be_a_source_or_a_caption_is_told(import_text: Import, typed: str) -> None:
    """It is kept as it stands, and the editor hears of it once."""
    assert import_text(HEAD + typed + "\n").codes.count("N839") == 1


@pytest.mark.parametrize(
    "typed", ["正文。（来源：甲网）", "正文。\n\n来源：甲网", "数据来源于调查。", "他拍摄了照片。"]
)
def test_a_plain_source_and_plain_text_are_not_told(import_text: Import, typed: str) -> None:
    """No false alarm."""
    assert "N839" not in import_text(HEAD + typed + "\n").codes


def test_what_stands_before_the_label_of_the_lead_is_told(import_text: Import) -> None:
    """「（2026年12月稿）」 would be printed in the lead."""
    imported = import_text("# 栏目\n\n（2026年12月稿）\n\n导读：本月。\n\n### 文\n\n正文。\n")
    assert imported.where("N839") == [3]


def test_a_sections_typed_number_goes(import_text: Import) -> None:
    """Neither the title nor the file name keeps it."""
    imported = import_text("# 三、要闻\n\n### 文\n\n正文。\n")
    assert imported.section_text().startswith("---\ntitle: 要闻\n")
    assert [path.name for path in imported.folder.glob("*.md")] == ["01-要闻.md"]


@pytest.mark.parametrize("title", ["二〇二六年", "佐々木", "𠮷野家"])
def test_rare_han_characters_stay_in_file_names(title: str) -> None:
    """〇, 々 and the extensions beyond the basic plane are characters as others are."""
    assert slug(title) == title

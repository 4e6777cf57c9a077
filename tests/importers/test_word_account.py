"""The account at the end of an import: what neither a section file nor the report has is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfile import add, article, as_bytes, import_word, new, with_notes

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.account import unaccounted
from newsletter_pdf.importers.manuscript import Passage, Unplaced
from newsletter_pdf.importers.structure import DraftArticle, DraftGroup, DraftSection
from newsletter_pdf.model import Paragraph, Text


def _section(*texts: str) -> DraftSection:
    blocks = tuple(Paragraph(children=(Text(text=text),), place=Place()) for text in texts)
    group = DraftGroup(None, (DraftArticle("文", blocks, (), Place()),), Place())
    return DraftSection("栏", (), ("甲词", "乙词"), (group,), Place())


def _passages(*texts: str) -> list[Passage]:
    return [Passage(Place(paragraph=number), (text,)) for number, text in enumerate(texts, start=1)]


def test_text_that_no_reader_knows_is_named_with_its_paragraph(tmp_path: Path) -> None:
    """A paragraph where none may stand, between the rows of a table, is quoted in a warning of its own."""
    document = article(new())
    add(document, "<w:p><w:r><w:t>正文。</w:t></w:r></w:p>")
    cell = "<w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>"
    stray = "<w:p><w:r><w:t>行间的话</w:t></w:r></w:p>"
    add(document, f"<w:tbl><w:tr>{cell}{cell}</w:tr>{stray}<w:tr>{cell}{cell}</w:tr></w:tbl>")
    word = import_word(tmp_path, document)
    (finding,) = [finding for finding in word.findings if finding.code == "N829"]
    assert "「行间的话」" in finding.message_zh
    assert finding.place.paragraph == 6
    assert word.left_out("unaccounted") == ["行间的话"]


def test_a_second_paragraph_of_the_same_words_must_be_written_too() -> None:
    """Each written character accounts for one: a sentence that stands once does for one paragraph only."""
    missed = unaccounted(_passages("栏", "文", "同一句话。", "同一句话。"), [_section("同一句话。")], [])
    assert [(item.place.paragraph, item.text) for item in missed] == [(4, "同一句话。")]


def test_part_of_a_paragraph_is_named() -> None:
    """Only the run that was passed over is quoted."""
    passage = Passage(Place(paragraph=3), ("前半句，", "中间，", "后半句。"))
    assert [item.text for item in unaccounted([passage], [_section("前半句，后半句。")], [])] == ["中间，"]


@pytest.mark.parametrize(
    "text",
    [
        "一、文",
        "关键词：甲词；乙词",
        "【关键词】 甲词　乙词",
        "正文。（来源：某网）",
        "导读：正文。",
        "供图：某人",
        "面积\u00ad12\u200bm2",
        "官网（<https://example.org/a>）",
        "列为删去的字",
    ],
)
def test_what_is_taken_away_on_purpose_is_no_loss(text: str) -> None:
    """Typed numbers, labels, brackets of sources and addresses, invisible characters and listed text do not count."""
    section = _section("正文。", "某网", "某人", "面积12m²", "官网（https://example.org/a）")
    assert unaccounted(_passages(text), [section], [Unplaced(Place(), "列为删去的字", "deleted")]) == []


_WORDS = [f"甲{chr(0x4E00 + 7 * number)}乙{chr(0x5000 + 11 * number)}" for number in range(40)]
_WRAP = ["{}", "<w:ins>{}</w:ins>", "<w:smartTag>{}</w:smartTag>", "<w:hyperlink>{}</w:hyperlink>"]
_WRAP += [
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:bdo>{}</w:bdo>",
    "<w:del>{}</w:del>",
    "<w:odd>{}</w:odd>",
]
_WRAP += [
    '<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
    '<mc:AlternateContent><mc:Choice Requires="x">{}</mc:Choice><mc:Fallback/></mc:AlternateContent>',
]
_BLOCK = [
    "{}",
    "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
    "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
]
_BLOCK += [wrapped for wrapped in _WRAP if "del" not in wrapped]
_BLOCK += [
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    "<w:tbl><w:tr>{}</w:tr></w:tbl>",
]
_RUN = [
    "<w:r><w:t>{}</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>",
    "<m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath>",
    "<m:oMath><m:r><w:t>{}</w:t></m:r></m:oMath>",
    "<w:r><w:t>{}<!-- x --></w:t></w:r>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>",
    "<w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{}</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
]


@st.composite
def _tree(draw: st.DrawFn) -> tuple[str, list[str]]:
    """The XML of some blocks in odd nests, and the words in them."""
    words = iter(_WORDS)
    used: list[str] = []
    blocks = []
    for _ in range(draw(st.integers(1, 5))):
        runs = []
        for _ in range(draw(st.integers(1, 4))):
            used.append(next(words))
            run = draw(st.sampled_from(_RUN)).format(used[-1])
            for _ in range(draw(st.integers(0, 2))):
                run = draw(st.sampled_from(_WRAP)).format(run)
            runs.append(run)
        block = f"<w:p>{''.join(runs)}</w:p>"
        for _ in range(draw(st.integers(0, 3))):
            block = draw(st.sampled_from(_BLOCK)).format(block)
        blocks.append(block)
    return "".join(blocks), used


@settings(max_examples=80)
@given(tree=_tree())
def test_no_nest_of_elements_loses_a_word(
    tree: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands in whatever: each word is in the section file or in the report."""
    xml, words = tree
    document = article(new())
    add(document, f"<w:customXml>{xml}</w:customXml>")
    word = import_word(tmp_path_factory.mktemp("nest"), document)
    found = "".join(path.read_text(encoding="utf-8") for path in word.folder.glob("*.md"))
    found += json.dumps(word.result.as_json(), ensure_ascii=False)
    assert [each for each in words if each not in found] == []


def test_notes_and_their_calls_are_accounted_for(tmp_path: Path) -> None:
    """A note is written once however its parts are divided, and no alarm is given."""
    document = article(new())
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    add(document, f"<w:p><w:r><w:t>正文</w:t></w:r>{call}<w:r><w:t>完。</w:t></w:r></w:p>")
    word = import_word(tmp_path, with_notes(as_bytes(document), {2: "注文在此。"}))
    assert word.codes == []

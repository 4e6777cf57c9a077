"""Line setting inside the engine: boxes, pages, PDF, text."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from linesetting_boxes import line_boxes, text_of

from newsletter_pdf.render import hooks
from newsletter_pdf.render.hooks import patches

LayOut = Callable[..., Any]
TEXT = "标点在行末只占半个字的宽度，行首的引号也收进一半；“这样，版心左右两边才是齐的。”"


def lines(document: Any) -> list[str]:
    """The texts of all lines."""
    return [text_of(line) for line in line_boxes(document)]


def copied(document: Any) -> str:
    """What PDFium copies from the whole document, lines joined."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(document.write_pdf()))
    try:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
    return text.replace("\r\n", "")


def test_every_justified_line_is_as_wide_as_the_measure(lay_out: LayOut) -> None:
    """The last line alone is shorter."""
    found = list(line_boxes(lay_out(f"<p>{TEXT * 4}</p>", 17)))
    assert len(found) > 5
    assert all(line.width == pytest.approx(17 * 16, abs=0.01) for line in found[:-1])


def test_nothing_is_lost_across_lines_tags_and_pages(lay_out: LayOut) -> None:
    """Inline elements of all kinds, broken over lines and pages, give back their text in order."""
    body = f"<p>{TEXT}<strong>粗体{TEXT}</strong>（<em>楷体</em>）<code>pip install x</code>{TEXT * 20}</p>"
    document = lay_out(body, 14)
    assert len(document.pages) > 1
    assert "".join(lines(document)).replace(" ", "") == (f"{TEXT}粗体{TEXT}（楷体）pipinstallx{TEXT * 20}")


def test_gaps_and_adjacent_marks_are_set_across_tags(lay_out: LayOut) -> None:
    """A tag makes no difference to the width of a line."""
    plain, tagged = (
        next(line_boxes(lay_out(body, 40))).width
        for body in (
            "<p>他用AI写《书》（好）吗</p>",
            "<p>他用<b style='font-weight:400'>AI</b>写《书<span>》</span>（好）吗</p>",
        )
    )
    assert plain == pytest.approx(tagged, abs=0.01)


def test_a_note_call_never_starts_a_line(lay_out: LayOut) -> None:
    """Wherever the line ends, the call stays with its word."""
    for measure in range(8, 16):
        document = lay_out("<p>一二三四五六七八九十甲乙<sup>12</sup>丙丁戊己庚辛</p>", measure)
        assert not any(line.startswith("1") for line in lines(document))


def test_padding_of_inline_boxes_counts(lay_out: LayOut) -> None:
    """The line with the padded box is as wide as the others, and the box has both its paddings."""
    document = lay_out(f"<p>{TEXT}<span style='padding:0 8px'>甲乙</span>{TEXT}</p>", 12)
    found = list(line_boxes(document))
    assert all(line.width <= 12 * 16 + 0.01 for line in found)
    assert all(line.width == pytest.approx(12 * 16, abs=0.01) for line in found[:-1])


def test_forced_breaks_and_inline_blocks_keep_their_places(lay_out: LayOut) -> None:
    """A line before a forced break is not stretched; an inline block counts as a character."""
    document = lay_out("<p>甲乙丙<br>丁<span style='display:inline-block;width:32px'>戊</span>己</p>", 10)
    found = list(line_boxes(document))
    assert found[0].width == pytest.approx(48, abs=0.01)
    assert max(line.width for line in found) == pytest.approx(64, abs=0.01)


@pytest.mark.parametrize("text", ["甲A乙B丙C丁1戊", "《AI》，「5G」与2026年，“好”", "A「」B"])
def test_shrink_to_fit_boxes_are_as_wide_as_their_text_is_set(lay_out: LayOut, text: str) -> None:
    """Measured and set widths agree: an inline block with gaps and trims has one line, and no room to spare."""
    from weasyprint.formatting_structure import boxes

    document = lay_out(f"<p>见<span style='display:inline-block'>{text}</span></p>", 40)
    blocks = [
        box for page in document.pages for box in page._page_box.descendants() if isinstance(box, boxes.InlineBlockBox)
    ]
    assert [text_of(line) for block in blocks for line in block.children] == [text]
    assert blocks[0].width == pytest.approx(blocks[0].children[0].width, abs=0.01)


def test_floats_are_left_to_the_engine(lay_out: LayOut) -> None:
    """Beside a float the engine sets the lines, and nothing is lost."""
    body = f"<p><span style='float:left;width:50px;height:50px'></span>{TEXT}</p>"
    assert "".join(lines(lay_out(body, 12))) == TEXT


def test_text_from_right_to_left_is_left_to_the_engine(lay_out: LayOut) -> None:
    """The paragraph comes out whole, and none of its lines is ours."""
    document = lay_out("<p>汉字 עברית 汉字</p>")
    assert lines(document) == ["汉字 עברית 汉字"]
    assert not any(getattr(line, "line_is_set", False) for line in line_boxes(document))


def test_stock_setting_can_be_asked_for(lay_out: LayOut) -> None:
    """The layout's option turns line setting off, for a document or an element."""
    body = f"<p>{TEXT * 3}</p>"
    stock = list(line_boxes(lay_out(body, 17, "html { --line-setting: stock }")))
    assert any(line.width < 17 * 16 - 4 for line in stock[:-1])


@pytest.mark.parametrize(("option", "width"), [("0", 0), ("0.25", 4), ("0.125", 2), ("nonsense", 16 / 6)])
def test_the_gap_is_the_layouts(lay_out: LayOut, option: str, width: float) -> None:
    """``--cjk-latin-gap`` is in em; what makes no sense counts as not given."""
    with_gap = next(line_boxes(lay_out("<p>汉A</p>", 20, f"html {{ --cjk-latin-gap: {option} }}"))).width
    latin = next(line_boxes(lay_out("<p>A</p>", 20))).width
    assert with_gap - latin - 16 == pytest.approx(width, abs=0.01)


def test_what_is_copied_is_what_was_written(lay_out: LayOut) -> None:
    """No gap, trim or stretch becomes a space, and no character is lost, in PDFium."""
    text = "2026年11月，用AI写《报告》（共5万字）的3家机构——甲、乙、丙——称：“好。”OpenAI也这样说"
    assert copied(lay_out(f"<p>{text * 3}</p>", 16)) == text * 3


@pytest.mark.parametrize("measure", [9, 11, 13])
def test_loose_lines_are_copied_without_spaces(lay_out: LayOut, measure: int) -> None:
    """The widest gaps that a line can have, on both sides of one figure, across a tag too."""
    text = "于2026年3月1日向5家企业和8所学校发出第9号文件共7份并在6月2日前收回4份"
    body = text.replace("企业", "<strong>企业</strong>").replace("7", "<em>7</em>")
    assert copied(lay_out(f"<p>{body}</p>", measure, "html { --cjk-latin-gap: 0.25 }")) == text


def test_typed_spaces_are_copied_and_set_as_gaps(lay_out: LayOut) -> None:
    """A space between Chinese and Latin has the width of a gap and remains a space."""
    spaced, bare = (next(line_boxes(lay_out(f"<p>{text}</p>"))).width for text in ("用 AI 写", "用AI写"))
    assert spaced == pytest.approx(bare, abs=0.01)
    assert copied(lay_out("<p>用 AI 写</p>")) == "用 AI 写"


def test_letter_spaced_text_is_copied_without_spaces(lay_out: LayOut) -> None:
    """Spaced titles are words all the same."""
    assert copied(lay_out("<p style='letter-spacing:0.3em'>关键词</p>")) == "关键词"


def test_english_paragraphs_are_justified_and_hyphenated(lay_out: LayOut) -> None:
    """Latin text goes through the same total fit, with the hyphenation that the style asks for."""
    words = "international organisations collaborate on extraordinarily complicated typographical considerations "
    document = lay_out(f"<p lang='en' style='hyphens:auto'>{words * 3}</p>", 12, lang="en")
    found = list(line_boxes(document))
    assert all(line.width == pytest.approx(12 * 16, abs=0.01) for line in found[:-1])
    assert any(text_of(line).endswith("-") or text_of(line).endswith("‐") for line in found)


def test_hooks_are_not_installed_in_an_engine_they_were_not_tested_with(
    monkeypatch: pytest.MonkeyPatch, engine: Any
) -> None:
    """Another version, or a function with other parameters, is named instead."""
    assert hooks.installed()
    monkeypatch.setattr(patches, "installed", lambda: False)
    monkeypatch.setattr(engine, "__version__", "99.0")
    assert patches.install.__wrapped__() == "WeasyPrint 99.0"
    monkeypatch.setattr(engine, "__version__", "70.0")
    monkeypatch.setitem(patches._SIGNATURES, (patches.inline, "justify_line"), ("context", "line"))
    assert patches.install.__wrapped__() == "WeasyPrint 70.0, justify_line"


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["", "strong", "em", "code", "sup", "a", "br", "i"]),
        st.text(alphabet="汉字排版国月，。；！？（）「」《》“”——……·～AaBbz 0195%-/.@ーっ々①\u0301é🙂ｱ", max_size=24),
    ),
    max_size=7,
)


@settings(max_examples=60)
@given(RUNS, st.floats(8, 60), st.sampled_from(["justify", "left", "center"]))
@example([("", "，" * 30), ("em", "「" * 20), ("code", "x" * 50)], 8.0, "justify")
@example([("br", ""), ("br", ""), ("", "甲")], 8.0, "justify")
def test_any_mix_in_any_measure_loses_nothing_and_never_runs_over(
    lay_out: LayOut, runs: list[tuple[str, str]], measure: float, align: str
) -> None:
    """Han, kana, Latin, figures, marks, emoji, combining marks and inline tags, 8 to 60 em wide."""
    body = "".join(
        "<br>" if tag == "br" else f"<{tag}>{html.escape(text)}</{tag}>" if tag else html.escape(text)
        for tag, text in runs
    )
    document = lay_out(f"<p style='text-align:{align}'>{body}</p>", measure)
    written = "".join(text for tag, text in runs if tag != "br").replace(" ", "")
    assert "".join(lines(document)).replace(" ", "") == written
    assert all(line.width <= measure * 16 + 0.02 for line in line_boxes(document))


def test_a_leader_is_one_text_with_the_dots_where_they_were(lay_out: LayOut, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dots of a leader are one box, as wide and in the same place as the boxes that the engine makes."""

    def dots() -> list[tuple[str, float, float]]:
        document = lay_out("<p>标题<a></a>12</p>", 20, 'p { text-align: left } a::after { content: leader(" ·") }')
        [line] = line_boxes(document)
        [leader] = [box for box in line.descendants() if getattr(box, "is_leader", False)]
        return sorted((box.text, box.position_x, box.width) for box in leader.children)

    joined = dots()
    monkeypatch.setattr(patches, "join_dots", lambda _line: None)
    single = dots()
    assert len(single) > 10
    [(text, x, width)] = joined
    assert text == "".join(text for text, _, _ in single)
    assert x == pytest.approx(min(x for _, x, _ in single))
    assert width == pytest.approx(sum(width for _, _, width in single))


@pytest.mark.parametrize("title", ["标题", "数据“入表”", "《规范》", "一件事：", "No. 5"])
def test_the_dots_of_a_leader_are_as_far_apart_after_any_title(lay_out: LayOut, title: str) -> None:
    """A mark before a leader closes up with text, not with the dots."""
    document = lay_out(f"<p>{title}<a></a>12</p>", 20, 'p { text-align: left } a::after { content: leader(" ·") }')
    [line] = line_boxes(document)
    [leader] = [box for box in line.descendants() if getattr(box, "is_leader", False)]
    [row] = leader.children
    plain = lay_out("<p>字<a></a>12</p>", 20, 'p { text-align: left } a::after { content: leader(" ·") }')
    [other] = next(box for line in line_boxes(plain) for box in line.descendants() if box.is_leader).children
    assert row.width / row.text.count("·") == pytest.approx(other.width / other.text.count("·"))

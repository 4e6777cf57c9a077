"""Total fit and the distribution of space."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter_pdf.linesetting import DEFAULTS, LineEnd, Options, Paragraph, Run, analyse, fit, spread
from newsletter_pdf.linesetting.classes import NO_END, NO_START

MIXED = st.text(
    alphabet="汉字排版国月中文。，、：；！？（）「」《》“”——……·～AaBbz 019%-/.@\u0301々ーっ①🙂", max_size=120
)


def paragraph(text: str, options: Options = DEFAULTS) -> Paragraph:
    """A paragraph of em-wide characters, Latin ones half as wide."""
    widths = [0.0 if char == "\u0301" else 0.5 if ord(char) < 0x2000 else 1.0 for char in text]
    allowed = [0] + [int(before == " " != after) for before, after in pairwise(text)] + [1]
    graphemes = [int(char != "\u0301") for char in text] + [1]
    whole = frozenset(place for place, flag in enumerate(graphemes[: len(text)]) if not flag and place)
    run = Run(text, widths, 1.0, whole=whole)
    return analyse([run], allowed[: len(text) + 1], graphemes, options)


def lines(text: str, measure: float, options: Options = DEFAULTS, indent: float = 0.0) -> list[str]:
    """The lines of ``text``."""
    return [text[line.start : line.end] for line in fit(paragraph(text, options), measure, indent=indent)]


def test_lines_of_plain_characters_fill_the_measure() -> None:
    """A grid of characters stays a grid."""
    assert lines("一二三四五六七八九十甲乙", 5.0) == ["一二三四五", "六七八九十", "甲乙"]


def test_a_mark_at_the_end_of_a_line_has_half_a_character() -> None:
    """Five and a half characters fit into five and a half em when the last is a comma."""
    assert lines("一二三四五，六七八", 5.5)[0] == "一二三四五，"


def test_a_mark_hangs_when_the_layout_says_so() -> None:
    """With ``hang`` the comma stands outside of the measure; without, the line is set otherwise."""
    text = "一二三四五，六七八九十，甲乙丙"
    assert lines(text, 5.0, Options(line_end=LineEnd.HANG))[0] == "一二三四五，"
    assert lines(text, 5.0, Options(line_end=LineEnd.FULL))[0] != "一二三四五，"


def test_an_opening_mark_at_the_start_of_a_line_is_trimmed() -> None:
    """The line with 「 is half an em narrower than its characters."""
    made = paragraph("「一二三")
    assert made.width(0, 4) == pytest.approx(3.5)


def test_adjacent_marks_share_their_blank() -> None:
    """。」 and 」「 take an em and a half."""
    made = paragraph("一。」「二")
    assert made.natural[5] == pytest.approx(5 - 0.5 - 0.5)


def test_no_paragraph_ends_in_a_lone_character() -> None:
    """One character with its full stop does not have a line to itself when it can be helped."""
    text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子。"
    assert len(lines(text, 10.0)[-1].rstrip("。")) >= 2
    assert lines(text, 10.0, Options(lone_character=True))[-1] == "子。"


def test_the_paragraph_is_taken_as_a_whole() -> None:
    """A line that greedy breaking would stretch by a long number shares the space with the lines before it."""
    text = "甲乙丙丁戊，己庚辛壬癸，子丑寅卯辰，巳午未申酉，戌亥甲乙20260000年甲乙丙丁戊己庚辛壬癸"
    made = paragraph(text)
    loosest = 0.0
    for line in fit(made, 16.0):
        if not line.last:
            spare = 16.0 - made.width(line.start, line.end)
            loosest = max(loosest, spare / (line.end - line.start))
    assert loosest < 0.12


def test_units_are_kept_and_only_a_measure_too_narrow_breaks_them() -> None:
    """20260000年 stays whole in 8 em, and is cut in 3."""
    assert any("20260000年" in line for line in lines("甲乙丙丁20260000年戊己", 8.0))
    assert max(map(len, lines("20260000年", 2.0))) <= 4


def test_long_words_are_cut_rather_than_set_over_the_measure() -> None:
    """A word of forty letters has no break, and still no line is too long."""
    text = "甲" + "w" * 40 + "乙"
    made = paragraph(text)
    assert all(made.width(line.start, line.end) <= 8.0 + 1e-6 for line in fit(made, 8.0))


@given(MIXED, st.floats(8, 60), st.booleans())
@example("，" * 40, 8.0, True)
@example("「" * 40, 8.0, True)
@example("\u0301\u0301 汉", 8.0, False)
def test_any_text_in_any_measure_loses_nothing_and_never_runs_over(text: str, measure: float, justify: bool) -> None:
    """Lines follow each other without loss but for spaces; what is set is never wider than the measure."""
    made = paragraph(text)
    found = fit(made, measure, justify=justify)
    at = 0
    for line in found:
        assert not text[at : line.start].strip(" ")
        assert not text[line.end : line.resume].strip(" ")
        at = line.resume
        done = spread(made, line, measure, justify=justify and not line.last)
        shown = sum(made.advances[line.start : line.end]) + done.lead + sum(done.spaces)
        assert shown == pytest.approx(done.width, abs=1e-6)
        assert done.width <= measure * (1 + 1e-6)
    assert not text[at:].strip(" ")


@given(MIXED)
def test_wide_measures_keep_every_rule(text: str) -> None:
    """With room enough, no line starts or ends with what may not."""
    made = paragraph(text)
    for line in fit(made, 60.0)[:-1]:
        assert made.kinds[line.resume] not in NO_START - {" "}
        assert made.kinds[line.end - 1] not in NO_END


def test_a_full_line_takes_from_its_marks_first() -> None:
    """The comma gives way; the characters keep their distance."""
    made = paragraph("一二，三四五六七")
    line = fit(made, 7.8)[0]
    done = spread(made, line, 7.8, justify=True)
    assert line.end == 8
    assert done.spaces[2] == pytest.approx(-0.2)
    assert done.spaces[0] == done.spaces[4] == 0.0


def test_a_short_line_gives_to_word_spaces_then_gaps_then_evenly() -> None:
    """Word spaces take up to a quarter of an em, gaps grow to a quarter, and the rest goes between characters."""
    made = paragraph("ab cd汉字汉字汉字汉字")
    line = fit(made, 60.0)[0]
    natural = made.width(line.start, line.end)
    little = spread(made, line, natural + 0.2, justify=True)
    assert little.spaces[2] == pytest.approx(0.2)
    assert little.spaces[6] == 0.0
    more = spread(made, line, natural + 0.3, justify=True)
    assert more.spaces[2] == pytest.approx(0.25)
    assert more.spaces[4] > made.space[4]
    much = spread(made, line, natural + 1.0, justify=True)
    assert much.spaces[4] > 0.25
    assert much.spaces[6] == pytest.approx(much.spaces[8])
    assert much.spaces[6] > 0


def test_dashes_ellipses_and_numbers_are_never_stretched() -> None:
    """However loose a line, —— stays one stroke and 2026 one number."""
    made = paragraph("汉——字……与2026年")
    line = fit(made, 60.0)[0]
    done = spread(made, line, 20.0, justify=True)
    assert done.spaces[1] == done.spaces[4] == 0.0
    assert done.spaces[7:10] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("name", "value"), [("gap", 0.3), ("gap", -0.1), ("squeeze", 0.6)])
def test_options_that_the_marks_have_no_room_for_are_refused(name: str, value: float) -> None:
    """A gap is a quarter of an em at most, and so is a squeeze."""
    with pytest.raises(ValueError, match="em"):
        Options(**{name: value})

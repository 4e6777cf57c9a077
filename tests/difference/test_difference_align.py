"""Sentences of two texts aligned, and the letters of their versions compared."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.difference.align import align, match, versions
from newsletter_pdf.difference.letters import compare_letters
from newsletter_pdf.difference.runs import Gap
from newsletter_pdf.difference.sentences import Text, read_text
from newsletter_pdf.verify.flow import Cell, Flow, Passage
from newsletter_pdf.verify.setting.tags import Kind

_WORDS = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12)


def _text(*paragraphs: str) -> Text:
    """A text of one page with these paragraphs."""
    passages = []
    for row, paragraph in enumerate(paragraphs):
        cells = [
            Cell(c, c, False, 0, 10.0 * n, 10.0 * n + 10, 800.0 - 20 * row, 10.0, 0) for n, c in enumerate(paragraph)
        ]
        passages.append(Passage(Kind.TEXT, 0, None, cells))
    return read_text(Flow("", [None], ["1"], passages, [""], [[]], [], [], {}, [], {}, [], True))


def _sentences(text: Text) -> list[str]:
    return [text.show(sentence.start, sentence.stop) for sentence in text.sentences]


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both versions with their changed letters in brackets."""
    a, b = _text(old), _text(new)
    found = compare_letters(list(enumerate(a.cells)), list(enumerate(b.cells)))
    return tuple("".join(f"[{p.text}]" if p.changed else p.text for p in side) for side in (found.old, found.new))


def test_sentences_end_at_stops_with_the_marks_that_close_them() -> None:
    """A closing quote or bracket belongs to the sentence before it; a paragraph's end ends a sentence."""
    assert _sentences(_text("他说：“走吧。”她点头！（笑。）没有句号", "新的一段")) == [
        "他说：“走吧。”",
        "她点头！",
        "（笑。）",
        "没有句号",
        "新的一段",
    ]


@given(_WORDS, _WORDS)
def test_matches_are_equal_and_rise_on_both_sides(a: list[str], b: list[str]) -> None:
    """Whatever the texts, only equal items are matched, each once, in order."""
    pairs = match(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@given(_WORDS)
def test_equal_texts_match_whole(a: list[str]) -> None:
    """A text matches itself item by item."""
    assert match(a, list(a)) == [(i, i) for i in range(len(a))]


def test_one_changed_sentence_is_one_gap() -> None:
    """All other sentences stay equal, repeated ones too."""
    old = _text("第一句在这里。是。第二句在那里。是。第三句。")
    new = _text("第一句在这里。是。第二句不在那里。是。第三句。")
    assert align(old, new).gaps == [Gap((2,), (2,))]


def test_text_cut_otherwise_is_the_same() -> None:
    """A paragraph that a page break cuts in two is no change."""
    found = align(
        _text("前一段到此为止。", "这一句在页末断开接着写完。"),
        _text("前一段到此为止。", "这一句在页末断", "开接着写完。"),
    )
    assert found.gaps == []
    assert sum(run.length for run in found.runs) == 21


def test_a_paragraph_put_elsewhere_has_moved() -> None:
    """Moved text is neither removed nor added, and short sentences move with their neighbours."""
    a, b, c = "甲段讲立法的由来，内容较长。好。", "乙段讲实施的情形。它也不短。", "丙段讲以后的打算。打算不少。"
    found = align(_text(a, b, c), _text(b, c, a))
    assert found.gaps == []
    assert found.moved == [(0, 4), (1, 5)]


def test_a_sentence_cut_in_two_is_one_change() -> None:
    """The two halves are versions of the whole; a new sentence beside them is not."""
    old = _text("条例自十月起施行，旧的规定同时废止。")
    new = _text("条例自十月起施行。旧的规定同时废止。另有一事须说。")
    parts = versions(old, new, Gap((0,), (0, 1, 2)))
    assert parts == [Gap((0,), (0, 1)), Gap((), (2,))]


def test_changed_letters_are_marked_and_no_others() -> None:
    """Numbers and Latin words are marked whole; a letter alike by chance between two changes is marked, too."""
    assert _marked("于2025年施行。", "于2026年施行。") == ("于[2025]年施行。", "于[2026]年施行。")
    assert _marked("见Windows一节。", "见Linux一节。") == ("见[Windows]一节。", "见[Linux]一节。")
    assert _marked("共八条。", "共八条，另附则两条。") == ("共八条。", "共八条[，另附则两条]。")
    assert _marked("甲乙的丙丁", "戊己的庚辛") == ("[甲乙的丙丁]", "[戊己的庚辛]")


def test_long_texts_without_anything_in_common_take_no_time() -> None:
    """A rewritten issue is told as such instead of being searched for likenesses without end."""
    letters = random.Random(4)  # noqa: S311  # no secret
    old, new = ("".join(letters.choices("的一是在不了", k=20_000)) for _side in range(2))
    parts = versions(_text(old), _text(new), Gap((0,), (0,)))
    assert parts == [Gap((0,), (0,))]

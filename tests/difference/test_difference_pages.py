"""What became of each page, on small proofs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter_pdf.difference import Difference, Status
from newsletter_pdf.difference.model import Look

Differ = Callable[..., Difference]
Proof = Callable[..., Path]

ONE = "<p>春天的第一件事，是把去年的账本翻开看一遍。有几笔记得太草，要问过经手的人才明白。</p>"
TWO = "<p>夏天雨多，仓库的屋顶漏了两处。工人们趁晴天补好，顺手把排水沟也通了。</p>"
THREE = "<p>秋天收上来的谷子比去年多了三成。晒场不够用，只好借了学校的操场。</p>"
FOUR = "<p>冬天没有什么事，大家围着炉子说话。说得最多的，还是明年种什么。</p>"
LINES = "".join(f"<p>第{n}行写着一件不大的事，记在这里备查。</p>" for n in "一二三四五六七八九十")
PICTURE = (
    "<figure><svg viewBox='0 0 100 40' width='200pt' height='80pt' role='img'>"
    "<title>图</title>"
    "<rect width='100' height='40' fill='#eeeeee'/>"
    "<rect x='{x}' y='5' width='20' height='30' fill='#225588'/></svg></figure>"
)


def _statuses(difference: Difference) -> list[tuple[int | None, int | None, str]]:
    """Every pair of pages, counted from 1."""
    return [
        (None if p.old is None else p.old + 1, None if p.new is None else p.new + 1, p.status.value)
        for p in difference.pairs
    ]


def _texts(difference: Difference) -> list[tuple[str, str]]:
    return [
        tuple("".join(piece.text for piece in side) for side in (change.old, change.new))
        for change in difference.changes
    ]


def test_equal_proofs_have_no_difference(differ: Differ) -> None:
    """Two files of the same pages are the same, although their bytes may differ."""
    assert differ((ONE, TWO), (ONE, TWO)).same


def test_a_changed_word_is_named_and_its_page_alone_is_changed(differ: Differ) -> None:
    """The sentence is given whole on both sides, its changed letters marked."""
    difference = differ((ONE, TWO, THREE), (ONE, TWO.replace("两处", "三处"), THREE))
    assert _statuses(difference) == [(1, 1, "unchanged"), (2, 2, "changed"), (3, 3, "unchanged")]
    (change,) = difference.changes
    assert [p.text for p in change.old if p.changed] == ["两"]
    assert [p.text for p in change.new if p.changed] == ["三"]
    assert "".join(p.text for p in change.new) == "夏天雨多，仓库的屋顶漏了三处。"


def test_punctuation_is_text(differ: Differ) -> None:
    """A half-width comma in place of a full-width one is a change, though most comparisons fold the two."""
    assert _texts(differ((ONE,), (ONE.replace("事，", "事,"),))) == [
        ("春天的第一件事，是把去年的账本翻开看一遍。", "春天的第一件事,是把去年的账本翻开看一遍。")
    ]


def test_an_inserted_page_moves_the_others(differ: Differ) -> None:
    """Pages behind it are the same pages elsewhere: their folio is no change."""
    difference = differ((ONE, THREE, FOUR), (ONE, TWO, THREE, FOUR))
    assert _statuses(difference) == [(1, 1, "unchanged"), (None, 2, "added"), (2, 3, "moved"), (3, 4, "moved")]
    assert [change.kind for change in difference.changes] == ["added"]


def test_a_removed_page_is_told_where_it_was(differ: Differ) -> None:
    """The removed page stands between its neighbours."""
    difference = differ((ONE, TWO, THREE), (ONE, THREE))
    assert _statuses(difference) == [(1, 1, "unchanged"), (2, None, "removed"), (3, 2, "moved")]


def test_pages_put_in_another_order_are_moved(differ: Differ) -> None:
    """Nothing is rewritten when a page changes place; the text that moved is named."""
    difference = differ((ONE, TWO, THREE), (TWO, THREE, ONE))
    assert _statuses(difference) == [(2, 1, "moved"), (3, 2, "moved"), (1, 3, "moved")]
    assert difference.changes == ()
    assert [(move.sentences, move.old_spot.page, move.new_spot.page) for move in difference.moves] == [(2, 0, 2)]


def test_pages_that_cut_a_sentence_may_change_places(differ: Differ) -> None:
    """Pages swapped whole take parts of sentences along; still nothing is rewritten."""
    halves = (
        "<p>这一句话从这一页写起，到了页末还没有",
        "<p>写完，要翻过来才看得到后半句。又一句，也没有",
        "<p>写完就断了，接着才完。最后一页另有别的话",
    )
    lone = "<p>前面的一页自有它的句子，与别页无干。</p>"
    difference = differ((lone, *halves), (lone, halves[1], halves[0], halves[2]))
    assert _statuses(difference) == [(1, 1, "unchanged"), (3, 2, "moved"), (2, 3, "moved"), (4, 4, "unchanged")]
    assert difference.changes == ()


def test_a_paragraph_split_or_joined_is_told(differ: Differ) -> None:
    """The sentences are the same, and so is not the text: it begins a new paragraph."""
    split = ONE.replace("一遍。", "一遍。</p><p>")
    (told,) = differ((ONE, TWO), (split, TWO)).reparagraphed
    assert (told.split, told.text, told.spot.page) == (True, "有几笔记得太草，要问过经手的人才明白。", 0)
    (told,) = differ((split, TWO), (ONE, TWO)).reparagraphed
    assert not told.split


def test_rows_of_a_table_are_told_together(differ: Differ) -> None:
    """Cells removed side by side are one entry, not one each."""
    row = "<tr><td>{}</td><td>{}</td></tr>"
    rows = [row.format(f"{name}项", f"数目{name}") for name in "甲乙丙丁"]
    difference = differ((f"<table>{''.join(rows)}</table>",), (f"<table>{rows[0]}{rows[3]}</table>",))
    assert _texts(difference) == [("乙项 数目乙 丙项 数目丙", "")]


def test_text_pushed_on_is_reflowed(differ: Differ) -> None:
    """A line more pushes lines over two page breaks: only the page of the change is changed."""
    long = LINES * 3
    difference = differ(
        (long, FOUR), (long.replace("备查。", "备查。" + "又添了很长很长的一句话，好让这一段多出一行。", 1), FOUR)
    )
    statuses = [status for _old, _new, status in _statuses(difference)]
    assert statuses[:2] == ["changed", "reflowed"]
    assert "changed" not in statuses[1:]
    assert len(difference.changes) == 1


def test_a_paragraph_over_a_page_break_is_one_sentence(differ: Differ) -> None:
    """Where the break cuts a sentence in two is no matter, even when the paragraph itself changed."""
    long = "<p>" + "这是一句没有句号的长话，" * 40 + "到这里才完。</p>"
    moved = differ((LINES[: LINES.index("<p>第五")] + long,), (LINES[: LINES.index("<p>第三")] + long,))
    assert all("长话" not in old + new for old, new in _texts(moved))


def test_a_running_head_is_told_apart_from_the_text(differ: Differ, proof: Proof) -> None:
    """Another running head is listed with its pages; the pages are not changed."""
    difference = differ(proof(ONE, TWO, THREE), proof(ONE, TWO, THREE, head="月报"))
    assert difference.count(Status.MARGINS) == 3
    assert [(item.old, item.new, item.pages) for item in difference.margins] == [("通讯", "月报", (0, 1, 2))]
    assert difference.changes == ()


def test_a_figure_that_differs_is_seen(differ: Differ) -> None:
    """Text and its place are the same; the picture is not."""
    difference = differ((ONE + PICTURE.format(x=10), TWO), (ONE + PICTURE.format(x=60), TWO))
    assert _statuses(difference) == [(1, 1, "changed"), (2, 2, "unchanged")]
    assert [(look.figure, look.new.page) for look in difference.looks] == [(True, 0)]
    assert difference.new_marks[0]


def test_a_figure_on_a_reflowed_page_is_compared_by_itself(differ: Differ) -> None:
    """Pushed down with its text it is the same figure; drawn otherwise it differs."""
    same = differ((ONE + TWO + PICTURE.format(x=10),), (ONE + THREE + TWO + PICTURE.format(x=10),))
    assert same.looks == ()
    other = differ((ONE + TWO + PICTURE.format(x=10),), (ONE + THREE + TWO + PICTURE.format(x=40),))
    assert [isinstance(look, Look) and look.figure for look in other.looks] == [True]


def test_a_colour_is_seen(differ: Differ) -> None:
    """The same letters in another colour make the page differ."""
    difference = differ((ONE, TWO), (ONE, TWO.replace("<p>", "<p style='color:#c00000'>")))
    assert _statuses(difference) == [(1, 1, "unchanged"), (2, 2, "changed")]
    assert [look.figure for look in difference.looks] == [False]


def test_another_font_is_named(differ: Differ) -> None:
    """Text in another type is told with the fonts before and after, not as new text."""
    difference = differ((ONE, TWO), (ONE, TWO.replace("<p>", "<p style='font-family:B'>")))
    assert [(item.letters, item.text[:3]) for item in difference.restyled] == [(len(TWO[3:-4]), "夏天雨")]
    assert "Bold" in difference.restyled[0].new
    assert difference.changes == ()


def test_a_repeated_table_head_is_no_new_text(differ: Differ) -> None:
    """A table pushed over a page break repeats its head there; that is no change."""
    rows = "".join(f"<tr><td>第{n}项</td><td>数目{n}</td></tr>" for n in "甲乙丙丁戊己庚辛")
    table = f"<table><thead><tr><th>名目</th><th>数量</th></tr></thead><tbody>{rows}</tbody></table>"
    difference = differ((table,), (ONE + table,))
    assert difference.new.pages == 2
    assert _texts(difference) == [("", ONE[3:-4])]


def test_notes_at_the_foot_follow_their_page(differ: Differ) -> None:
    """A note that comes to another page with its call is neither removed nor added."""
    note = "<p>这件事另有说法<span class=foot>见镇上的旧志。</span>，以后再查。</p>"
    difference = differ(
        (LINES[: LINES.index("<p>第八")] + note + TWO,), (ONE + LINES[: LINES.index("<p>第八")] + note + TWO,)
    )
    assert _texts(difference) == [("", ONE[3:-4])]


def test_links_and_facts_are_compared(differ: Differ, proof: Proof) -> None:
    """What no picture shows, an address or the title of the file, is told."""
    old = proof("<p><a href='https://example.org/a'>请看这里。</a></p>", title="旧名")
    new = proof("<p><a href='https://example.org/b'>请看这里。</a></p>", title="新名")
    difference = differ(old, new)
    assert [(item.old, item.new) for item in difference.links] == [
        ("", "https://example.org/b"),
        ("https://example.org/a", ""),
    ]
    assert [(item.name, item.old, item.new) for item in difference.facts] == [("Title", "旧名", "新名")]
    assert not difference.same


def test_alternative_texts_are_compared(differ: Differ) -> None:
    """A figure drawn alike but described otherwise is a change to those who have it read out."""
    figure = "<img alt='{}' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    figure += "%3Crect width='9' height='9'/%3E%3C/svg%3E\">"
    difference = differ((ONE + figure.format("一个黑方块"),), (ONE + figure.format("一块黑砖"),))
    assert [(item.name, item.old, item.new) for item in difference.facts] == [("alt", "一个黑方块", "一块黑砖")]
    assert difference.count(Status.UNCHANGED) == 1


@pytest.mark.parametrize("tagged", [(False, False), (True, False)])
def test_files_without_tags_are_compared_by_their_lines(
    tagged: tuple[bool, bool], differ: Differ, proof: Proof
) -> None:
    """Without structure, paragraphs are guessed alike on both sides."""
    old = proof(ONE, TWO, THREE, tagged=tagged[0])
    new = proof(ONE, TWO.replace("两处", "三处"), THREE, tagged=tagged[1])
    difference = differ(old, new)
    assert _texts(difference) == [("夏天雨多，仓库的屋顶漏了两处。", "夏天雨多，仓库的屋顶漏了三处。")]
    assert [status for _o, _n, status in _statuses(difference)] == ["unchanged", "changed", "unchanged"]


def test_pages_without_text_are_paired_by_their_place(differ: Differ) -> None:
    """A page that is one picture is compared with the one that stands at its place."""
    difference = differ((ONE, PICTURE.format(x=10), TWO), (ONE, PICTURE.format(x=70), TWO))
    assert _statuses(difference) == [(1, 1, "unchanged"), (2, 2, "changed"), (3, 3, "unchanged")]


def test_a_number_before_a_figure_is_no_part_of_the_title(differ: Differ) -> None:
    """An article more before it makes “1. 43亿个” to “2. 43亿个”: that is no other title."""
    old, new = "<h1>1. 43亿个门牌号</h1>" + ONE, "<h1>1. 账本</h1>" + TWO + "<h1>2. 43亿个门牌号</h1>" + ONE
    difference = differ((old,), (new,))
    assert not any("43亿个" in side for change in _texts(difference) for side in change)

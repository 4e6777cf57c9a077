"""Passages: the words of an issue, each character with its place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import GAP, Passage

FILE = Path("a.md")


def test_places_follow_the_runs() -> None:
    """Across lines and gaps; what is not exact has the place of its beginning and may not be edited."""
    passage = Passage(FILE)
    passage.add("甲乙", Place(FILE, 3, 5))
    passage.add_mark("\n", Place(FILE, 3, 7))
    passage.add("丙", Place(FILE, 4, 1))
    passage.add_mark(GAP, Place(FILE, 4, 2))
    passage.add("丁戊", Place(FILE, 4, 9), exact=False)
    assert passage.text == f"甲乙\n丙{GAP}丁戊"
    assert [(p.line, p.column) for p in map(passage.place, range(7))] == [
        (3, 5), (3, 6), (3, 7), (4, 1), (4, 2), (4, 9), (4, 9)
    ]  # fmt: skip
    assert [passage.editable(i, i + 1) for i in range(7)] == [True, True, False, True, False, False, False]
    assert passage.editable(0, 2)
    assert not passage.editable(1, 4)


def test_escaped_characters_keep_their_places_and_are_not_edited() -> None:
    """Their neighbours are; a range over one is not."""
    passage = Passage(FILE)
    passage.add_written("甲*乙", Place(FILE, 1, 1), [0, 1, 3], frozenset({1}))
    assert [passage.place(i).column for i in range(3)] == [1, 2, 4]
    assert [passage.editable(i, i + 1) for i in range(3)] == [True, False, True]
    assert not passage.editable(0, 3)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("甲**乙**丙", ["甲乙丙"]),
        ("甲`码`乙", [f"甲{GAP}乙"]),
        ("甲\n乙", ["甲\n乙"]),
        ("[甲](https://example.org/a)，乙", ["甲，乙"]),
        ("| 甲 | 甲 |\n|---|---|\n| 乙 | 甲 |", ["甲", "甲", "乙", "甲"]),
        ("甲\\*乙&amp;丙", ["甲*乙&丙"]),
        ("甲[^1]乙\n\n[^1]: 丙", ["甲乙", "丙"]),
        ('![甲](a.svg "乙")\n供图：丙', ["\n供图：丙", "甲", "乙"]),
        ("::: 提示 甲\n乙\n:::", ["甲", "乙"]),
        ("```\n甲\n```\n\n乙", ["乙"]),
        ("乙<!-- 甲 -->", ["乙"]),
    ],
)
def test_the_reader_collects_the_words_and_no_markup(tmp_path: Path, body: str, words: list[str]) -> None:
    """In the order read; every editable character stands in the file where its place says."""
    folder = tmp_path / "2026-11"
    folder.mkdir()
    (folder / "issue.yaml").write_text("title: 样\ndate: 2026-11-20\nnumber: 11\n", encoding="utf-8")
    path = folder / "01-news.md"
    path.write_text(f"---\ntitle: 要闻\n---\n\n### 题目\n\n{body}\n", encoding="utf-8")
    passages: list[Passage] = []
    read_issue(folder, Findings(), passages=passages)
    own = [passage for passage in passages if passage.file == path]
    texts = [passage.text for passage in own]
    assert sorted(texts) == sorted(["要闻", "题目", *words])
    lines = path.read_text(encoding="utf-8").split("\n")
    for passage in own:
        for index, character in enumerate(passage.text):
            if passage.editable(index, index + 1):
                place = passage.place(index)
                assert lines[(place.line or 0) - 1][(place.column or 0) - 1] == character

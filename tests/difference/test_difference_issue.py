"""Two builds of a whole issue: one sentence on page 31 grows and pushes four pages on."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.difference import Difference, compare

TITLE = "《民法典》为个人信息单列条文"


@pytest.fixture(scope="module")
def difference(builds: tuple[Path, Path]) -> Difference:
    return compare(*builds)


def test_the_sentence_is_named_with_its_article(difference: Difference) -> None:
    """One change: the sentence, what was put in, the article and the page."""
    (change,) = difference.changes
    assert (change.new_spot.page + 1, change.new_spot.title) == (31, TITLE)
    assert difference.new.labels[30] == "24"
    (added,) = [piece.text for piece in change.new if piece.changed]
    assert added.startswith("，并要求任何组织")
    assert not any(piece.changed for piece in change.old)
    assert "".join(piece.text for piece in change.old).startswith("2017年的《民法总则》")


def test_four_pages_are_reflowed_and_none_rewritten(difference: Difference) -> None:
    """The pages pushed on keep their text; all others are untouched, but for a number in the contents."""
    told = {(p.old + 1, p.new + 1): p.status.value for p in difference.pairs if p.status.value != "unchanged"}
    assert told == {(6, 6): "margins", (31, 31): "changed"} | {(n, n): "reflowed" for n in range(32, 36)}


def test_a_page_number_that_follows_is_listed_apart(difference: Difference) -> None:
    """The contents print another number for an article that went over to the next page."""
    assert [(item.what, int(item.new) - int(item.old)) for item in difference.renumbered] == [("contents", 1)]
    assert difference.margins == difference.links == difference.facts == difference.looks == ()


def test_lines_that_came_over_are_marked(difference: Difference) -> None:
    """On a reflowed page what stood elsewhere is marked, on both sides; the marks lie on the sheet."""
    for marks, sizes in (
        (difference.old_marks, difference.old.sizes),
        (difference.new_marks, difference.new.sizes),
    ):
        assert {mark.kind.value for mark in marks[32]} == {"flowed"}
        for page, items in marks.items():
            width, height = sizes[page]
            assert all(0 <= m.box[0] < m.box[2] <= width and 0 <= m.box[1] < m.box[3] <= height for m in items)


def test_the_command_tells_it_and_writes_the_page(
    builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, the sentence on the screen, the page where --out says."""
    out = tmp_path / "changes.html"
    assert main(["diff", *map(os.fspath, builds), "--out", os.fspath(out)]) == 1
    screen = capsys.readouterr().out
    assert TITLE in screen
    assert "第 31 页（印 24）" in screen
    assert "只是重排：第 32–35 页" in screen
    assert "{+，并要求任何组织" in screen
    page = out.read_text(encoding="utf-8")
    assert page.count('<div class="pair"') == 6
    assert re.search(r"<ins>，并要求任何组织[^<]*</ins>", page)


def test_the_json_tells_the_same(builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get the counts, the pages and the sentence, counted from 1."""
    out = tmp_path / "changes.html"
    assert main(["diff", *map(os.fspath, builds), "--out", os.fspath(out), "--json"]) == 1
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["counts"]["reflowed"] == 4
    assert found["changes"][0]["new_place"] == {"page": 31, "label": "24", "title": TITLE}
    assert found["numbers_moved"][0]["what"] == "contents"
    assert found["findings"] == []


def test_the_same_build_has_no_difference(
    builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0, and a page that says so without any picture."""
    old = os.fspath(builds[0])
    out = tmp_path / "same.html"
    assert main(["diff", old, old, "--out", os.fspath(out), "--lang", "en"]) == 0
    assert "The two proofs are the same." in capsys.readouterr().out
    assert "data:image" not in out.read_text(encoding="utf-8")

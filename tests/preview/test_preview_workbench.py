"""What is laid out again, and what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter_pdf.inputs import Reading
from newsletter_pdf.preview import workbench
from newsletter_pdf.preview.address import Address
from newsletter_pdf.preview.pictures import Pictures
from newsletter_pdf.preview.state import State, editor_link, find_spot, spot_at
from newsletter_pdf.preview.workbench import Workbench


@pytest.fixture
def bench(issue: Path) -> Workbench:
    return Workbench(issue, None, Pictures())


def last(bench: Workbench) -> State:
    """The state after the files were looked at again."""
    return list(bench.refresh())[-1]


def test_only_the_changed_part_is_laid_out_again(bench: Workbench, issue: Path) -> None:
    """Pages of other parts keep their pictures; those of the changed one have others."""
    before = last(bench)
    path = issue / "01-甲.md"
    path.write_text(path.read_text(encoding="utf-8").replace("甲编的正文", "甲编改过的正文"), encoding="utf-8")
    first, *_, after = bench.refresh()
    assert not first.complete
    assert after.complete
    was, now = ({page.id: page.part for page in state.pages} for state in (before, after))
    assert {was[name] for name in was.keys() - now.keys()} == {"01-甲"}
    assert {page.id for page in first.pages} >= now.keys() - was.keys()


def test_an_error_in_the_facts_is_told_on_pages_that_follow_the_text(bench: Workbench, issue: Path) -> None:
    """A lack of a source is told with the new pages, and each save is shown as long as it lasts."""
    before = last(bench)
    path = issue / "01-甲.md"
    text = path.read_text(encoding="utf-8")
    longer = text.replace("title: 甲编", "title: 甲编\nsources: required", 1)
    path.write_text(longer.replace("甲编的正文。", "甲编的正文。" + "又是一句话。" * 400), encoding="utf-8")
    early, told = bench.refresh()
    assert (early.complete, early.good, early.findings) == (False, True, before.findings)
    assert (told.complete, told.broken, told.good) == (True, False, False)
    assert len(told.pages) > len(before.pages)
    assert "N751" in {finding.code for finding in told.findings}
    path.write_text(longer, encoding="utf-8")
    early, shorter = bench.refresh()
    assert not early.good, "the error stays while the pages change"
    assert not shorter.good
    assert len(shorter.pages) == len(before.pages)
    path.write_text(text, encoding="utf-8")
    mended = last(bench)
    assert mended.good
    assert [page.id for page in mended.pages] == [page.id for page in before.pages]


def test_changed_pages_are_shown_before_words_and_facts_are_checked(
    bench: Workbench, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check has not begun when the changed page comes, and is done when all pages have come."""
    last(bench)
    checked: list[bool] = []
    check = Reading.check
    monkeypatch.setattr(Reading, "check", lambda *given: checked.append(True) or check(*given))
    path = issue / "01-甲.md"
    path.write_text(path.read_text(encoding="utf-8").replace("甲编的正文", "甲编改过的正文"), encoding="utf-8")
    states = bench.refresh()
    assert not next(states).complete
    assert not checked
    assert next(states).complete
    assert checked


def test_numbers_follow_when_pages_are_pushed_on(bench: Workbench, issue: Path) -> None:
    """Longer by pages, the first section moves the second: its folios and the contents' numbers are right."""
    before = last(bench)
    path = issue / "01-甲.md"
    longer = "甲编的正文。" + "又是一句话。" * 400
    path.write_text(path.read_text(encoding="utf-8").replace("甲编的正文。", longer), encoding="utf-8")
    after = last(bench)
    more = len(after.pages) - len(before.pages)
    assert more >= 2
    for line, old in zip(after.contents, before.contents, strict=True):
        moved = line.title not in ("甲编", "甲编第一篇")
        assert int(line.page) == int(old.page) + (more if moved else 0)
    assert [page.label for page in after.pages[after.front :]] == [
        str(number) for number in range(1, len(after.pages) - after.front + 1)
    ]


def test_a_replaced_picture_is_shown(bench: Workbench, issue: Path) -> None:
    """A figure saved again under its name, the manuscript unchanged, is the new one on its page."""
    figure = issue / "图.svg"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v{}H0z"/></svg>'
    figure.write_text(drawing.format(20), encoding="utf-8")
    path = issue / "01-甲.md"
    text = path.read_text(encoding="utf-8") + "\n![一条黑带](图.svg)\n"
    path.write_text(text, encoding="utf-8")
    before = last(bench)
    assert not before.broken
    figure.write_text(drawing.format(10), encoding="utf-8")
    after = last(bench)
    assert {page.part for page in after.pages if page.id not in {old.id for old in before.pages}} == {"01-甲"}


def test_an_error_leaves_the_pages_as_they_were(bench: Workbench, issue: Path) -> None:
    """The findings are those of now; mended, the pages go on."""
    good = last(bench)
    path = issue / "02-乙.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    broken = last(bench)
    assert broken.broken
    assert "N201" in [finding.code for finding in broken.findings]
    assert broken.pages == good.pages
    path.write_text(text, encoding="utf-8")
    mended = last(bench)
    assert not mended.broken
    assert [page.id for page in mended.pages] == [page.id for page in good.pages]


def test_sections_come_and_go(bench: Workbench, issue: Path) -> None:
    """A new file is a new section, a deleted one is gone, a renamed one stays."""
    last(bench)
    text = (issue / "02-乙.md").read_text(encoding="utf-8")
    (issue / "03-丙.md").write_text(text.replace("乙编", "丙编"), encoding="utf-8")
    assert [line.title for line in last(bench).contents if line.level == 1] == ["甲编", "乙编", "丙编"]
    (issue / "01-甲.md").unlink()
    (issue / "02-乙.md").rename(issue / "04-乙.md")
    assert [line.title for line in last(bench).contents if line.level == 1] == ["丙编", "乙编"]


def test_blocks_lead_from_the_line_to_the_page_and_back(bench: Workbench, issue: Path) -> None:
    """A line of a manuscript has a place on a page, and that place leads to the line."""
    state = last(bench)
    file = str((issue / "01-甲.md").resolve())
    found = find_spot(state.pages, file, 7)
    assert found is not None
    page, spot = found
    assert state.pages[page].part == "01-甲"
    middle = ((spot.box[0] + spot.box[2]) / 2, (spot.box[1] + spot.box[3]) / 2)
    assert spot_at(state.pages[page].spots, *middle) == spot
    assert spot.line == 7


def test_pictures_are_those_of_the_pages(bench: Workbench) -> None:
    """Every page shown has a picture of the width asked for; a name that is not shown has none."""
    state = last(bench)
    for page in state.pages:
        data = bench.pictures.png(page.id, 300)
        assert data is not None
        assert int.from_bytes(data[16:20], "big") == pytest.approx(300, abs=1)
    assert bench.pictures.png("0" * 24, 300) is None


def test_addresses_of_the_editor_are_escaped() -> None:
    """Spaces and Han in a path cannot break the address."""
    assert (
        editor_link("vscode://file/{path}:{line}:{column}", Path("/a b/稿"), 3, 7)
        == "vscode://file//a%20b/%E7%A8%BF:3:7"
    )


def test_the_address_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Port and token are read back; a damaged file gives none."""
    kept = Address(tmp_path / "i", tmp_path)
    assert kept.read() == (None, None)
    kept.write(8123, "t" * 24)
    assert kept.read() == (8123, "t" * 24)
    (file,) = tmp_path.glob("*.json")
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("{", encoding="utf-8")
    assert kept.read() == (None, None)


def test_a_picture_that_goes_while_pages_are_made_is_not_missing_on_them(
    bench: Workbench, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moved away amid the layout it is told, the pages are those of before; moved back as it was, it is there."""
    figure = issue / "图.svg"
    figure.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v9z"/></svg>')
    path = issue / "01-甲.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n![一块](图.svg)\n", encoding="utf-8")
    good = last(bench)
    assert not good.broken
    path.write_text(path.read_text(encoding="utf-8").replace("甲编的正文", "甲编改过的正文"), encoding="utf-8")
    stock = workbench.lay_out

    def while_it_goes(*given: object, **options: object) -> object:
        figure.rename(issue / "别处.svg")
        monkeypatch.setattr(workbench, "lay_out", stock)
        return stock(*given, **options)

    monkeypatch.setattr(workbench, "lay_out", while_it_goes)
    told = list(bench.refresh())
    assert [state.broken for state in told] == [True]
    assert told[-1].pages == good.pages
    (issue / "别处.svg").rename(figure)
    path.write_text(path.read_text(encoding="utf-8").replace("甲编改过的正文", "甲编的正文"), encoding="utf-8")
    again = last(bench)
    assert [page.id for page in again.pages] == [page.id for page in good.pages]

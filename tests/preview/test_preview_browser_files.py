"""What happens to files while the page is open: they come, go, change their names, are half written or many at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from preview_chromium import NAMES, Opened, contents, drawn, edit, put, ready, update

from newsletter_pdf.preview.state import State
from newsletter_pdf.preview.workbench import Workbench

ROOT = Path(__file__).parents[2]
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v20H0z"/></svg>'


def test_sections_come_go_and_change_their_names(page: Any, issue: Path) -> None:
    """Contents, page numbers and pages follow; pages of the other sections keep their pictures."""
    text = (issue / "02-乙.md").read_text(encoding="utf-8")
    before = page.evaluate(NAMES)
    (issue / "03-丙.md").write_text(text.replace("乙编", "丙编"), encoding="utf-8")
    contents(page, "甲编", "乙编", "丙编")
    ready(page, 1)
    more = page.evaluate(NAMES)
    assert len(more) > len(before)
    assert len(set(before) & set(more)) >= len(before) - 1  # the printed contents have changed

    (issue / "02-乙.md").rename(issue / "04-乙.md")
    contents(page, "甲编", "丙编", "乙编")
    (issue / "01-甲.md").unlink()
    contents(page, "丙编", "乙编")
    numbers = page.evaluate("() => [...document.querySelectorAll('#contents .p')].map(e => +e.textContent)")
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    drawn(page)


def test_a_deleted_picture_is_told_and_comes_back(page: Any, issue: Path) -> None:
    """While it is missing the last good pages stay, with the file's name above; put back, all is as it was."""
    picture = issue / "images" / "图.svg"
    picture.write_text(_DRAWING, encoding="utf-8")
    path = issue / "02-乙.md"
    before = page.evaluate(NAMES)
    path.write_text(path.read_text(encoding="utf-8") + "\n![一块黑](images/图.svg)\n", encoding="utf-8")
    # The picture alone is a change, too: that of the page is waited for.
    page.wait_for_function(
        f"was => String(({NAMES})()) !== String(was) && document.body.dataset.complete === 'true'", arg=before
    )
    good = page.evaluate(NAMES)
    aside = issue.parent / "图.svg"
    picture.rename(aside)
    page.wait_for_selector("#alarm:not([hidden])")
    assert "图.svg" in page.inner_text("#findings")
    assert page.evaluate(NAMES) == good
    drawn(page)
    aside.rename(picture)
    page.wait_for_selector("#alarm", state="hidden")
    assert page.evaluate(NAMES) == good


def test_an_option_of_the_layout_changes_every_page(page: Any, issue: Path) -> None:
    """Smaller type in issue.yaml: all pages are others at once; the option taken away, they are as before."""
    before = page.evaluate(NAMES)
    facts = issue / "issue.yaml"
    text = facts.read_text(encoding="utf-8")
    with update(page):
        put(facts, text + "options:\n  body_size: 13pt\n  accent: '#005f56'\n")
    smaller = page.evaluate(NAMES)
    assert not set(before) & set(smaller)
    drawn(page)
    with update(page):
        put(facts, text)
    assert page.evaluate(NAMES) == before


def test_a_style_sheet_of_the_layout_is_followed(
    served: Callable[..., str], opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule added to a layout's style sheet is seen without starting again."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "layouts", home / "layouts")
    (home / "fonts").symlink_to(ROOT / "fonts")
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", os.fspath(home))
    page = ready(opened(served()))
    before = page.evaluate(NAMES)
    sheet = sorted((home / "layouts" / "classic" / "css").glob("*.css"))[-1]
    with update(page):
        sheet.write_text(
            sheet.read_text(encoding="utf-8") + "\nbody { color: #005f56 !important; }\n", encoding="utf-8"
        )
    assert page.evaluate(NAMES) != before
    drawn(page)


def test_a_font_that_is_gone_is_told_and_comes_back(
    served: Callable[..., str], opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one of its fonts nothing is shown anew; with it the pages are what they were."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "layouts", home / "layouts")
    (home / "fonts").mkdir()
    for file in (ROOT / "fonts").iterdir():
        (home / "fonts" / file.name).symlink_to(file)
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", os.fspath(home))
    page = ready(opened(served()))
    before = page.evaluate(NAMES)
    font = next(path for path in sorted((home / "fonts").iterdir()) if path.suffix in (".ttf", ".otf"))
    font.rename(tmp_path / font.name)
    page.wait_for_selector("#alarm:not([hidden])")
    assert font.name in page.inner_text("#findings")
    assert page.evaluate(NAMES) == before
    (tmp_path / font.name).rename(font)
    page.wait_for_selector("#alarm", state="hidden")
    assert page.evaluate(NAMES) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_checkout_is_followed_in_both_directions(page: Any, issue: Path) -> None:
    """Files that another branch adds, removes and changes all at once end in what that branch holds."""

    def git(*words: str) -> None:
        settings = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.hooksPath=/dev/null")
        subprocess.run(["git", *settings, *words], cwd=issue, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    git("add", ".")
    git("commit", "-qm", "one")
    before = page.evaluate(NAMES)
    git("checkout", "-qb", "two")
    text = (issue / "02-乙.md").read_text(encoding="utf-8")
    for number in range(3, 15):
        (issue / f"{number:02}-编{number}.md").write_text(text.replace("乙编", f"第{number}编"), encoding="utf-8")
    (issue / "01-甲.md").unlink()
    edit(issue / "issue.yaml", "小刊月览", "大刊月览")
    git("add", "-A")
    git("commit", "-qm", "two")
    second = ["乙编", *(f"第{number}编" for number in range(3, 15))]
    contents(page, *second)
    ready(page)
    many = page.evaluate(NAMES)
    git("checkout", "-q", "one")
    contents(page, "甲编", "乙编")
    page.wait_for_function("document.querySelector('#title').textContent === '小刊月览'")
    page.wait_for_function("document.body.dataset.complete === 'true'")
    assert page.evaluate(NAMES) == before
    git("checkout", "-q", "two")
    contents(page, *second)
    page.wait_for_function("document.body.dataset.complete === 'true'")
    assert page.evaluate(NAMES) == many
    assert page.locator("#alarm").is_hidden()


def test_an_issue_that_is_gone_for_a_moment_comes_back(page: Any, issue: Path) -> None:
    """The folder moved away, the pages stay; back in its place, it is followed again."""
    names = page.evaluate(NAMES)
    issue.rename(issue.with_name("away"))
    page.wait_for_selector("#alarm:not([hidden])")
    assert page.evaluate(NAMES) == names
    issue.with_name("away").rename(issue)
    page.wait_for_selector("#alarm", state="hidden")
    edit(issue / "01-甲.md", "甲编的正文。", "甲编改过的正文。")
    page.wait_for_function(f"names => String(({NAMES})()) !== String(names)", arg=names)


def test_half_a_file_never_alarms(page: Any, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was read when half of it was written is no error when the other half follows."""
    seen, refresh = threading.Event(), Workbench.refresh

    def watched(bench: Workbench) -> Iterator[State]:
        for state in refresh(bench):
            if state.broken:
                seen.set()
            yield state

    monkeypatch.setattr(Workbench, "refresh", watched)
    monkeypatch.setattr("newsletter_pdf.preview.loop._SETTLE", 2.0)  # however slow the machine is
    page.evaluate(
        "new MutationObserver(() => { if (!document.querySelector('#alarm').hidden) window.alarmed = true; })"
        ".observe(document.querySelector('#alarm'), { attributes: true })"
    )
    path = issue / "02-乙.md"
    text = path.read_text(encoding="utf-8").replace("乙编第二篇", "乙编第二篇改过")
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:6])
        file.flush()
        assert seen.wait(30)
        file.write(text[6:])
    page.wait_for_function("document.querySelector('#contents').textContent.includes('第二篇改过')")
    assert page.evaluate("window.alarmed") is None


def test_the_last_of_200_quick_saves_is_seen(page: Any, issue: Path) -> None:
    """Written in place and over the file in turn, as fast as they go: the last one is what stands in the page."""
    path = issue / "01-甲.md"
    text = path.read_text(encoding="utf-8")
    before = page.evaluate(NAMES)
    for number in range(200):
        now = text.replace("### 甲编第一篇", f"### 甲编第一篇之{number}")
        if number % 2:
            put(path, now)
        else:
            path.write_text(now, encoding="utf-8")
    page.wait_for_function("document.querySelector('#contents').textContent.includes('第一篇之199')")
    page.wait_for_function("document.body.dataset.complete === 'true'")
    assert page.evaluate(NAMES) != before
    drawn(page)
    put(path, text)
    page.wait_for_function("!document.querySelector('#contents').textContent.includes('之199')")
    page.wait_for_function("document.body.dataset.complete === 'true'")
    assert page.evaluate(NAMES) == before

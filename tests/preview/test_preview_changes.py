"""What changes around the manuscripts while the preview runs: pictures, layouts, fonts, whole checkouts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from newsletter_pdf.preview.pictures import Pictures
from newsletter_pdf.preview.state import State
from newsletter_pdf.preview.workbench import Workbench

ROOT = Path(__file__).parents[2]
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v{}H0z"/></svg>'


@pytest.fixture
def bench(issue: Path) -> Workbench:
    return Workbench(issue, None, Pictures())


@pytest.fixture
def home(issue: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with layouts and fonts that it may change."""
    made = issue.parents[1]
    shutil.copytree(ROOT / "layouts", made / "layouts")
    (made / "fonts").mkdir()
    for file in (ROOT / "fonts").iterdir():
        (made / "fonts" / file.name).hardlink_to(file)
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", os.fspath(made))
    return made


def last(bench: Workbench) -> State:
    """The state after the files were looked at again."""
    return list(bench.refresh())[-1]


def documents(bench: Workbench) -> dict[str, object]:
    """The layout of each part that is shown."""
    return {name: shown.document for name, shown in bench._shown.items()}


def waited(address: str, good: Callable[[dict], bool]) -> dict:
    """The state of the preview at this address once ``good`` holds of it."""
    end = time.monotonic() + 30
    told: dict = {}
    while time.monotonic() < end:
        with urlopen(address + "state.json") as answer:
            told = json.load(answer)
        if told and good(told):
            return told
    raise AssertionError(f"the state did not come: {told}")


def sections(told: dict) -> list[str]:
    return [line["title"] for line in told["contents"] if line["level"] == 1]


def test_a_picture_concerns_its_part_alone(bench: Workbench, issue: Path) -> None:
    """Put in, replaced, taken out and put in again otherwise: only the section that shows it is laid out again."""
    figure, path = issue / "图.svg", issue / "01-甲.md"
    text = path.read_text(encoding="utf-8")
    last(bench)
    pages: list[tuple[str, ...]] = []
    for picture in (DRAWING.format(20), DRAWING.format(10), None, DRAWING.format(5)):
        before = documents(bench)
        if picture is None:
            path.write_text(text, encoding="utf-8")
            figure.unlink()
        else:
            figure.write_text(picture, encoding="utf-8")
            path.write_text(text + "\n![一条黑带](图.svg)\n", encoding="utf-8")
        state = last(bench)
        assert not state.broken
        after = documents(bench)
        assert [name for name in after if after[name] is not before[name]] == ["01-甲"]
        pages.append(tuple(page.id for page in state.pages))
    assert len(set(pages)) == 4


def test_a_chart_follows_its_table(bench: Workbench, issue: Path) -> None:
    """Another number in the CSV draws the chart anew, and only its section."""
    table, path = issue / "数.csv", issue / "01-甲.md"
    table.write_text("月份,件数\n一月,3\n二月,5\n", encoding="utf-8")
    chart = "\n```chart\nkind: bar\ntitle: 每月件数\nsource: 编辑部\ndata: 数.csv\n```\n"
    path.write_text(path.read_text(encoding="utf-8") + chart, encoding="utf-8")
    first = last(bench)
    assert not first.broken, [finding.message for finding in first.findings]
    before = documents(bench)
    table.write_text("月份,件数\n一月,3\n二月,9\n", encoding="utf-8")
    second = last(bench)
    after = documents(bench)
    assert [name for name in after if after[name] is not before[name]] == ["01-甲"]
    assert {page.id for page in second.pages} != {page.id for page in first.pages}


def test_what_is_gone_is_forgotten(bench: Workbench, issue: Path) -> None:
    """A section deleted or renamed leaves nothing behind in the engine."""
    last(bench)
    (issue / "01-甲.md").rename(issue / "03-丙.md")
    last(bench)
    (issue / "02-乙.md").unlink()
    last(bench)
    assert bench._renderer is not None
    renderer = bench._renderer[1]
    assert set(renderer._kept) == set(renderer._drawn) == {"cover", "contents", "03-丙"}


def test_pictures_used_last_are_kept_longest(bench: Workbench) -> None:
    """When there are too many, those go that nobody has looked at for longest."""
    state = last(bench)
    names = [page.id for page in state.pages][:4]
    for name in names:
        bench.pictures.png(name, 400)
    sizes = [len(bench.pictures.made(name, 400) or b"") for name in names]
    places = bench.pictures._places
    pictures = Pictures(most=sum(sizes[:3]) + sizes[3] // 2)
    pictures._places = places
    for name in names[:3]:
        pictures.png(name, 400)
    assert pictures.made(names[0], 400) is not None  # looked at again
    pictures.png(names[3], 400)
    assert pictures.made(names[0], 400) is not None
    assert pictures.made(names[1], 400) is None
    assert pictures.made(names[3], 400) is not None


def test_another_style_is_shown_at_once(home: Path, bench: Workbench) -> None:
    """A style sheet saved, an option changed in the layout, a sheet with a fault and mended."""
    first = last(bench)
    sheet = home / "layouts" / "classic" / "css" / "50-section.css"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text + "\nh3 { color: #00f }\n", encoding="utf-8")
    second = last(bench)
    changed = {new.part for old, new in zip(first.pages, second.pages, strict=True) if old.id != new.id}
    assert {"01-甲", "02-乙"} <= changed
    sheet.write_text(text + "\nh3 { color: {{ nothing.at.all }} }\n", encoding="utf-8")
    broken = last(bench)
    assert broken.broken
    assert broken.pages == second.pages
    sheet.write_text(text, encoding="utf-8")
    mended = last(bench)
    assert [page.id for page in mended.pages] == [page.id for page in first.pages]


def test_another_font_is_shown_and_a_damaged_one_told(home: Path, bench: Workbench) -> None:
    """A face that is not the one of the manifest leaves the pages; back again, they go on."""
    first = last(bench)
    face = home / "fonts" / "NLSerif-Regular.ttf"
    data = face.read_bytes()
    face.unlink()  # the file that it was linked to is not ours
    face.write_bytes(data[:5000])
    damaged = last(bench)
    assert damaged.broken
    assert damaged.pages == first.pages
    face.unlink()
    assert last(bench).broken
    face.write_bytes(data)
    again = last(bench)
    assert not again.broken
    assert [page.id for page in again.pages] == [page.id for page in first.pages]


def test_the_issue_may_be_missing_and_come(served: Callable[..., str], issue: Path) -> None:
    """Without issue.yaml at the start there is the finding and no page; it comes, goes and comes back."""
    aside = issue / "issue.txt"
    (issue / "issue.yaml").rename(aside)
    address = served()
    told = waited(address, lambda told: bool(told["findings"]))
    assert told["broken"]
    assert told["pages"] == []
    aside.rename(issue / "issue.yaml")
    shown = waited(address, lambda told: told["complete"] and not told["broken"])
    assert sections(shown) == ["甲编", "乙编"]
    (issue / "issue.yaml").rename(aside)
    gone = waited(address, lambda told: told["broken"])
    assert gone["pages"] == shown["pages"]
    aside.rename(issue / "issue.yaml")
    waited(address, lambda told: told["complete"] and not told["broken"])


def test_a_folder_that_is_gone_and_back_is_shown_again(served: Callable[..., str], issue: Path) -> None:
    """As when another branch without this issue is checked out for a while."""
    address = served()
    first = waited(address, lambda told: told["complete"])
    away = issue.parents[1] / "away"
    issue.rename(away)
    assert waited(address, lambda told: told["broken"])["pages"] == first["pages"]
    away.rename(issue)
    waited(address, lambda told: told["complete"] and not told["broken"])
    path = issue / "01-甲.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title: 甲编", "title: 新甲编"), encoding="utf-8")
    waited(address, lambda told: sections(told) == ["新甲编", "乙编"])


@pytest.mark.parametrize("wait", [False, True], ids=["at once", "after it was shown"])
def test_content_that_is_gone_and_made_anew_is_watched_again(
    served: Callable[..., str], issue: Path, wait: bool
) -> None:
    """A checkout may remove the folder of all issues and bring it back: another folder of the same name."""
    address = served()
    waited(address, lambda told: told["complete"])
    content = issue.parent
    kept = content.with_name("kept")
    shutil.copytree(content, kept)
    shutil.rmtree(content)
    if wait:
        waited(address, lambda told: told["broken"])
    shutil.copytree(kept, content)
    for number in range(2):  # the first change may be seen by the look that the new folder is worth
        path = issue / "01-甲.md"
        title = f"新{number}甲编"
        path.write_text(f"---\ntitle: {title}\n---\n\n### 文\n\n文。\n", encoding="utf-8")
        waited(address, lambda told, title=title: told["complete"] and title in sections(told))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_checkout_of_many_files_is_followed(served: Callable[..., str], issue: Path) -> None:
    """Sections changed, renamed, removed and added at once: in the end what the branch has is shown."""

    def git(*words: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false"]
        subprocess.run(["git", *who, "-C", str(issue), *words], check=True, capture_output=True)

    text = (issue / "01-甲.md").read_text(encoding="utf-8")
    for number in range(3, 9):
        (issue / f"{number:02}-{number}.md").write_text(text.replace("甲编", f"{number}编"), encoding="utf-8")
    git("init", "-q", "-b", "one")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "two")
    (issue / "02-乙.md").unlink()
    (issue / "03-3.md").rename(issue / "09-三.md")
    for number in range(4, 9):
        (issue / f"{number:02}-{number}.md").write_text(text.replace("甲编", f"又{number}编"), encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "two")
    address = served()
    two = ["甲编", "又4编", "又5编", "又6编", "又7编", "又8编", "3编"]
    waited(address, lambda told: told["complete"] and sections(told) == two)
    git("checkout", "-q", "one")
    one = ["甲编", "乙编", "3编", "4编", "5编", "6编", "7编", "8编"]
    waited(address, lambda told: told["complete"] and not told["broken"] and sections(told) == one)
    git("checkout", "-q", "two")
    waited(address, lambda told: told["complete"] and not told["broken"] and sections(told) == two)


def test_a_save_by_renaming_is_seen(served: Callable[..., str], issue: Path) -> None:
    """Many editors write a new file and rename it over the old one; the temporary one is no section."""
    address = served()
    waited(address, lambda told: told["complete"])
    path = issue / "01-甲.md"
    beside = issue / ".01-甲.md.swp"
    beside.write_text(path.read_text(encoding="utf-8").replace("title: 甲编", "title: 新甲编"), encoding="utf-8")
    beside.replace(path)
    told = waited(address, lambda told: told["complete"] and sections(told) == ["新甲编", "乙编"])
    assert not told["broken"]

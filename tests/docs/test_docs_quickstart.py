"""Somebody follows docs/quickstart.md word by word: its commands are run, its files written, as the page has them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageDraw

from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "quickstart.md").read_text(encoding="utf-8")
_STEP = re.compile(r"((?:^<!-- .*? -->\n)*)^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"<!-- ([\w ]+?(?:来源)?): (\S+) -->")


def _project(folder: Path) -> Path:
    """What somebody has who was given the project and has run its set-up."""
    for name in (
        "content",
        "layouts",
        "fonts",
        "schemas",
        "tools",
        "src",
        "Makefile",
        "pyproject.toml",
        "requirements-dev.lock",
    ):
        source = ROOT / name
        copy = folder / name
        if source.is_dir():
            shutil.copytree(
                source,
                copy,
                copy_function=os.link if name == "fonts" else shutil.copy2,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        else:
            copy.write_bytes(source.read_bytes())
            os.utime(copy, (0, 0))  # older than the stamp of the set-up, which is not to run again here
    os.utime(folder / "tools" / "setup.sh", (0, 0))
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def _follow(folder: Path) -> tuple[Path, list[str]]:
    """Do all that the page says, beginning in ``folder``; the folder one ends in, and what was done."""
    done = []
    environment = {k: v for k, v in os.environ.items() if k not in ("NEWSLETTER_PDF_HOME", "MAKEFLAGS")} | {
        "LANG": "zh_CN.UTF-8"
    }
    for marks, kind, text in _STEP.findall(PAGE):
        for what, name in _MARK.findall(marks):
            path = folder / name
            done.append(f"{what} {name}")
            if what == "write":
                path.write_text(text, encoding="utf-8")
            elif what == "edit":
                _edit(path, text)
            elif what == "picture":
                picture = Image.new("RGB", (1200, 800), "#d8d0c0")
                ImageDraw.Draw(picture).rectangle((100, 200, 1100, 700), fill="#705030")
                picture.save(path)
            else:
                before, mark, after = path.read_text(encoding="utf-8").rpartition("来源：")
                path.write_text(f"{before}{text}\n{mark}{after}", encoding="utf-8")
        if kind == "sh":
            done.append(text.strip())
            script = f"set -e\n{text}\npwd > {folder.parent}/where\n"
            ran = subprocess.run(
                ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            assert ran.returncode == 0, f"{text}\n{ran.stdout}\n{ran.stderr}"
            folder = Path((folder.parent / "where").read_text(encoding="utf-8").strip())
    return folder, done


def _edit(path: Path, text: str) -> None:
    """Put the page's lines in the place of the lines with the same keys."""
    content = path.read_text(encoding="utf-8")
    for line in text.strip().splitlines():
        key = line.split(":")[0]
        content, count = re.subn(rf"^{key}: .*$", line, content, flags=re.MULTILINE)
        assert count == 1, line
    path.write_text(content, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The periodical that came of it, and the steps."""
    if not (ROOT / ".venv" / ".setup-stamp").exists():
        pytest.skip("the project's own environment is not set up")
    here = tmp_path_factory.mktemp("home") / "project"
    here.mkdir()
    return _follow(_project(here))


def test_the_page_leads_from_an_empty_folder_to_a_proved_pdf(followed: tuple[Path, list[str]]) -> None:
    """Every command succeeds; the PDF has the articles and the picture, and nothing is found amiss."""
    folder, _ = followed
    report = json.loads((folder / "build" / "2026-12" / "report.json").read_text(encoding="utf-8"))
    assert [one for one in report["findings"] if one["severity"] == "error"] == []
    titles = [line["title"] for line in report["contents"]]
    assert {"三家单位加入促进会", "冬季讲堂报名开始", "理事会年度会议召开"} <= set(titles)
    pdf = pypdf.PdfReader(folder / "build" / "2026-12" / "2026-12.pdf")
    assert {image.image.size for page in pdf.pages for image in page.images if image.image} == {(1200, 800)}
    text = "".join(page.extract_text() for page in pdf.pages).replace(" ", "")
    for words in ("去年的冬季讲堂", "促进会秘书处", "第12期"):
        assert words in text, words


def test_the_page_has_all_the_steps_that_it_promises(followed: tuple[Path, list[str]]) -> None:
    """What somebody does: make the sample, found a periodical, fill in, import, write, put a picture, check, make."""
    _, done = followed
    for step in (
        "make issue",
        "init ",
        "edit content/2026-12/issue.yaml",
        "make import",
        "write content/2026-12/02",
        "picture ",
        "make check",
        "make issue ISSUE=2026-12",
        "make new",
    ):
        assert any(step in one for one in done), step


def test_the_next_issue_of_the_page_is_ready_to_build(followed: tuple[Path, list[str]]) -> None:
    """It counts on from what was filled in."""
    folder, _ = followed
    issue = read_issue(folder / "content" / "2027-01", Findings())
    assert issue is not None
    assert (issue.facts.number, issue.facts.running_number) == (1, 9)

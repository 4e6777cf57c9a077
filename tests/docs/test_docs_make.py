"""The commands that the pages for editors prescribe exist in the folder of a new periodical, where editors stand."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PAGES = [
    *sorted(page for page in (ROOT / "docs").glob("*.md") if page.name not in ("architecture.md", "linesetting.md")),
    ROOT / "layouts" / "README.md",
]
_FENCED = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(make [^`]+)`|：(make [a-z]+ [A-Z][^。\n]*)")
_OF_THE_PROJECT = {"setup", "fonts", "clean"}
"""What only those run who have the project's own folder; the pages say so."""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def _lines(page: Path) -> list[str]:
    """Every make line of a page, as it stands there."""
    text = page.read_text(encoding="utf-8")
    fenced = [line for block in _FENCED.findall(text) for line in block.splitlines() if line.startswith("make ")]
    return fenced + [one for pair in _INLINE.findall(text) for one in pair if one.startswith("make ")]


def _dry(folder: Path, words: list[str]) -> tuple[int, str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("ISSUE", "MAKEFLAGS", "MAKELEVEL")}
    ran = subprocess.run(
        ["make", "-n", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_make_line_works_in_a_new_periodical(page: Path, founded: Path) -> None:
    """Make knows the target and every variable, and asks for nothing more."""
    targets = set(
        re.findall(
            r"^  make (\S+)",
            subprocess.run(["make", "help"], cwd=founded, capture_output=True, text=True, check=True).stdout,
            re.MULTILINE,
        )
    ) | {"help"}
    wrong = []
    for line in _lines(page):
        words = shlex.split(line, comments=True)[1:]
        if words[0] in _OF_THE_PROJECT:
            continue
        if len(words) == 1 and words[0] in targets:
            continue  # named, not prescribed
        code, told = _dry(founded, words)
        if code != 0:
            wrong.append(f"{line}: {told}")
    assert wrong == []


def test_the_pages_prescribe_make_lines() -> None:
    """So that the test above tests something."""
    assert sum(len(_lines(page)) for page in _PAGES) > 40


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_sends_editors_to_a_program_that_is_not_there(page: Path) -> None:
    """A new periodical has no environment of its own; before there is one, the project's is used."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if ".venv/" in line]
    assert [line for line in lines if not line.startswith(".venv/bin/newsletter-pdf init ")] == []

"""Fixtures of the text's tests: an invented issue, built once, and what should stand in its PDF."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pikepdf import Pdf
from text_issue import HOME, Built, write_issue

from newsletter_pdf.cli import main
from newsletter_pdf.expectation import expected
from newsletter_pdf.findings import Findings
from newsletter_pdf.inputs import read
from newsletter_pdf.verify import Proof, prove
from newsletter_pdf.verify.expected import Expected


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_PDF_HOME", os.fspath(HOME))
        yield


def expectation(issue: Path) -> Expected:
    inputs = read(issue, None, Findings())
    assert inputs is not None
    return expected(inputs.issue, inputs.layout)


def make(issue: Path, out: Path) -> Path:
    assert main(["build", os.fspath(issue), "--out", os.fspath(out)]) == 0
    return out / f"{issue.name}.pdf"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sound issue."""
    root = tmp_path_factory.mktemp("sound")
    issue = write_issue(root)
    return Built(issue, make(issue, root / "out"), expectation(issue))


@pytest.fixture(scope="session")
def spoilt(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Proof:
    """The PDF of an issue changed in many places, proved against the sound one's text."""
    from text_spoilt import CHANGES

    root = tmp_path_factory.mktemp("spoilt")
    issue = write_issue(root)
    for name, old, new in CHANGES:
        path = issue.parent / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    return prove(make(issue, root / "out"), expected=built.expected)


@pytest.fixture
def edited(built: Built, tmp_path: Path) -> Callable[[Callable[[Pdf], None]], Proof]:
    """Change the sound PDF as another program would, and prove it."""

    def change(edit: Callable[[Pdf], None]) -> Proof:
        path = tmp_path / "2026-11.pdf"
        with Pdf.open(built.pdf) as pdf:
            edit(pdf)
            pdf.save(path)
        return prove(path, expected=built.expected, name="2026-11.pdf")

    return change

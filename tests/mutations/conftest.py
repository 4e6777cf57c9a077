"""The sample issue, built once a session, and what the mutations need to know of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mutation_tools import Mutation, Sample, spoil

from newsletter_pdf import pipeline
from newsletter_pdf.expectation import expected, limits
from newsletter_pdf.findings import Findings
from newsletter_pdf.fonts import load_fonts
from newsletter_pdf.verify import Proof, prove

ROOT = Path(__file__).parents[2]
ISSUE = ROOT / "content" / "2026-11"


class Quiet:
    """Progress that nobody watches."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample issue as it is built."""
    out = tmp_path_factory.mktemp("sample")
    result = pipeline.build(ISSUE, out=out, progress=Quiet())
    assert result.pdf is not None, [finding.message_en for finding in result.findings]
    fonts = load_fonts(ROOT / "fonts", Findings())
    assert fonts is not None
    inputs = pipeline.read(ISSUE, None, Findings())
    assert inputs is not None
    return Sample.read(result.pdf, fonts.files, expected(inputs.issue, inputs.layout), limits(inputs.layout))


@pytest.fixture
def proof_of(sample: Sample, tmp_path: Path) -> Callable[[Mutation], Proof]:
    """The proof of the sample as a mutation leaves it."""

    def run(mutation: Mutation) -> Proof:
        path = tmp_path / "spoilt.pdf"
        path.write_bytes(spoil(mutation, sample))
        wanted = sample.expected if mutation.compared else None
        return prove(
            path,
            font_names=sample.font_names,
            font_files=sample.font_files,
            limits=sample.limits,
            expected=wanted,
        )

    return run


@pytest.fixture
def issue_copy(tmp_path: Path) -> Path:
    """The sample's content in a folder of its own, to be spoilt."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "content", home / "content")
    for name in ("layouts", "fonts"):
        (home / name).symlink_to(ROOT / name)
    return home / "content" / "2026-11"

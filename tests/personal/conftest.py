"""The sample issue, built once, and the face that marks are set in."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.personal import Face, Stamper, read_face

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("finished")
    assert main(["build", str(ROOT / "content" / "2026-11"), "--out", str(out)]) == 0
    return (out / "2026-11.pdf").read_bytes()


@pytest.fixture(scope="session")
def face() -> Face:
    return read_face(ROOT / "fonts" / "NLSans-Regular.ttf", "NL-Sans")


@pytest.fixture(scope="session")
def stamper(finished: bytes, face: Face) -> Stamper:
    return Stamper(finished, face)

"""Settings for all tests: a slow machine is no failure, and `make test` is no editor who called `make`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("all", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("all")

# The Makefile says by these who calls and which issue is meant; printed commands and their tests depend on them.
for name in ("NEWSLETTER_PDF_CALLER", "ISSUE"):
    os.environ.pop(name, None)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new periodical, as ``init`` makes it."""
    from newsletter_pdf.cli import main

    folder = tmp_path_factory.mktemp("founded") / "月讯"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).resolve().parents[1])
        patch.delenv("NEWSLETTER_PDF_HOME", raising=False)
        assert main(["init", str(folder), "--yes", "--issue", "2026-12"]) == 0
    return folder

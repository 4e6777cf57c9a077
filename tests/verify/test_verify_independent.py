"""What other programs say of our files: pdfua (PDF/UA-1), qpdf and MuPDF find nothing wrong with them."""

from __future__ import annotations

from pathlib import Path

import pdfua
import pikepdf
import pymupdf
import pytest

from newsletter_pdf import pipeline
from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import import_manuscripts

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parents[1] / "shared" / "reference"
MANUSCRIPTS = [REFERENCE / "manuscript" / f"0{number}.md" for number in range(1, 7)]


class Quiet:
    """Progress that nobody watches."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Say nothing."""


@pytest.fixture(scope="module", params=["sample", "reference"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished PDF of the sample, and of the reference issue where it lies beside the project."""
    folder, out = ROOT / "content" / "2026-11", tmp_path_factory.mktemp("out")
    if request.param == "reference":
        if not all(path.is_file() for path in MANUSCRIPTS):
            pytest.skip("the reference issue is not here")
        home = tmp_path_factory.mktemp("home")
        for name in ("layouts", "fonts"):
            (home / name).symlink_to(ROOT / name)
        folder = home / "content" / "reference"
        import_manuscripts(MANUSCRIPTS, folder, Findings())
        for name in ("masthead.yaml", "services.yaml"):
            (home / "content" / name).write_bytes((ROOT / "content" / name).read_bytes())
    result = pipeline.build(folder, out=out, progress=Quiet())
    assert result.pdf is not None, [finding.message_en for finding in result.findings]
    return result.pdf


def test_pdfua_finds_no_failure(built: Path) -> None:
    """No rule of PDF/UA-1 that a machine can check fails, not even those that only warn."""
    report = pdfua.validate(str(built))
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []


def test_qpdf_finds_nothing_wrong(built: Path) -> None:
    """Syntax, cross-references and streams are sound."""
    with pikepdf.open(built) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_mupdf_reads_every_page(built: Path) -> None:
    """MuPDF opens the file without repairing it and finds text on every page."""
    pymupdf.TOOLS.reset_mupdf_warnings()
    with pymupdf.open(built) as document:
        assert not document.is_repaired
        assert all(page.get_text().strip() for page in document)
    assert pymupdf.TOOLS.mupdf_warnings() == ""

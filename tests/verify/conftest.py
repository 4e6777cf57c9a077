"""Fixtures of the proof's tests: the small issue of ``verify_paper``, written and spoilt."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pydyf
import pytest
from pypdf import PdfWriter
from verify_paper import ALPHABET, Paper, build_font
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from newsletter_pdf.render.assembly import assemble
from newsletter_pdf.render.drawing import draw_part
from newsletter_pdf.render.faces import Faces
from newsletter_pdf.render.hooks.furniture import install_furniture, without_furniture
from newsletter_pdf.render.identifier import with_identifier


@pytest.fixture(scope="session")
def paper_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("font") / "paper.ttf"
    build_font(path, "Paper Song", ALPHABET)
    return path


@pytest.fixture(scope="session")
def write_paper(paper_font: Path) -> Callable[[Paper], bytes]:
    """Write a paper as the program does: laid out by WeasyPrint, drawn and put together by us."""
    install_furniture()

    def write(paper: Paper) -> bytes:
        catalog = {}
        if paper.labels is not None:
            nums = pydyf.Array()
            for start, style in paper.labels:
                nums.extend((start, pydyf.Dictionary(style)))
            catalog["PageLabels"] = pydyf.Dictionary({"Nums": nums})
        variant = paper.options.get("pdf_variant")
        faces = Faces(paper_font.parent)
        with without_furniture():
            html = HTML(string=paper.html(paper_font), base_url=None)
            document = html.render(font_config=FontConfiguration(), **paper.options)
        drawn = draw_part("paper", document, 0, faces, tagged=variant is not None)
        return with_identifier(assemble([drawn], document.metadata, catalog, variant, faces))

    return write


@pytest.fixture(scope="session")
def sound_bytes(write_paper: Callable[[Paper], bytes]) -> bytes:
    return write_paper(Paper())


@pytest.fixture
def rewrite(sound_bytes: bytes, tmp_path: Path) -> Callable[[Callable[[PdfWriter], None]], Path]:
    """Change the sound PDF as another program would, and give the changed file."""

    def change(edit: Callable[[PdfWriter], None]) -> Path:
        writer = PdfWriter(clone_from=BytesIO(sound_bytes))
        edit(writer)
        path = tmp_path / "changed.pdf"
        writer.write(path)
        return path

    return change


@pytest.fixture
def printed(write_paper: Callable[[Paper], bytes], tmp_path: Path) -> Callable[[Paper], Path]:
    """Write a changed paper to a file."""

    def to_file(paper: Paper) -> Path:
        path = tmp_path / "paper.pdf"
        path.write_bytes(write_paper(paper))
        return path

    return to_file


@pytest.fixture
def sound(sound_bytes: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "sound.pdf"
    path.write_bytes(sound_bytes)
    return path

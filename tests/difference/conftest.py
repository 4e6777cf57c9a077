"""Small proofs written on the spot, and two builds of one issue that differ by one sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from newsletter_pdf.cli import main
from newsletter_pdf.difference import Difference, compare

HOME = Path(__file__).resolve().parents[2]
Proof = Callable[..., Path]
_PAGE = """
@font-face { font-family: S; src: url(fonts/NLSerif-Regular.ttf) }
@font-face { font-family: B; src: url(fonts/NLSerif-Bold.ttf) }
@page { size: 300pt 240pt; margin: 40pt 30pt; @top-left { content: "%(head)s"; font: 7pt S }
  @bottom-right { content: counter(page); font: 7pt S } }
* { margin: 0; padding: 0; orphans: 1; widows: 1 }
body { font: 10pt/16pt S } h1 { font: 14pt/32pt B } td, th { font: 10pt/16pt S; width: 60pt }
section { break-after: page } .foot { float: footnote; font-size: 8pt }
"""


class Builds(NamedTuple):
    """Two PDFs of one issue."""

    old: Path
    new: Path


@pytest.fixture
def proof(tmp_path: Path) -> Proof:
    """Write a PDF from HTML: each of ``pages`` begins a new page; ``tagged`` False leaves out the structure."""
    count = 0

    def write(*pages: str, head: str = "通讯", title: str = "样张", css: str = "", tagged: bool = True) -> Path:
        nonlocal count
        count += 1
        body = "".join(f"<section>{page}</section>" for page in pages)
        html = (
            f"<html lang=zh-CN><head><title>{title}</title><style>{_PAGE % {'head': head}}{css}</style></head>"
            f"<body>{body}</body></html>"
        )
        path = tmp_path / f"proof-{count}.pdf"
        options = {"pdf_variant": "pdf/ua-1"} if tagged else {}
        document = HTML(string=html, base_url=HOME.as_uri() + "/")
        document.write_pdf(path, font_config=FontConfiguration(), **options)
        return path

    return write


@pytest.fixture
def differ(proof: Proof) -> Callable[..., Difference]:
    """Compare two proofs, each given as a tuple of pages or a path."""

    def run(old: tuple[str, ...] | Path, new: tuple[str, ...] | Path) -> Difference:
        paths = [each if isinstance(each, Path) else proof(*each) for each in (old, new)]
        return compare(*paths)

    return run


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """The sample issue, its third section cut short, built before and after one sentence on page 31 grew."""
    root = tmp_path_factory.mktemp("builds")
    pdfs = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_PDF_HOME", os.fspath(HOME))
        for name in ("old", "new"):
            content = root / name / "content"
            shutil.copytree(HOME / "content", content)
            section = content / "2026-11" / "03-privacy.md"
            text = section.read_text(encoding="utf-8")
            text = text[: text.index("\n### 刷脸")] + "\n"
            if name == "new":
                begin = text.index("第一百一十一条首次")
                end = text.index("。", begin)
                text = text[:end] + ADDED + text[end:]
            section.write_text(text, encoding="utf-8")
            assert main(["build", os.fspath(content / "2026-11"), "--out", os.fspath(root / name)]) == 0
            pdfs.append(root / name / "2026-11.pdf")
    return Builds(*pdfs)


#: What the sentence gains: three lines.
ADDED = (
    "，并要求任何组织和个人依法取得、确保安全，不得非法收集、使用、加工、传输，也不得非法买卖、提供或者公开他人的信息"
)

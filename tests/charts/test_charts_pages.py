"""A chart on the page: vector, in the issue's own faces, a figure with its numbers as alternative text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdf
import pytest

from newsletter_pdf.cli import main

HOME = Path(__file__).resolve().parents[2]
SECTION = """---
title: 数字
---

### 一篇

这一年的数字，见下面的图。

```图表
kind: line
title: 两类培训的人次
unit: 人次
data: images/rows.csv
source: 本会统计
note: 线上按签到人数计
```

图后的文字要有几行，才看得出落没落在行格上：这一行写得长一些，一直写到下一行去，再写到又一行去；这一行写得长一些，一直写到下一行去，再写到又一行去；这一行写得长一些，一直写到下一行去，再写到又一行去；这一行写得长一些，一直写到下一行去，再写到又一行去；写到这里为止。

来源：本刊
"""


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The PDF of a small issue with a chart whose numbers come from a table in GB 18030, as WPS writes it."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    folder = tmp_path / "content" / "2026-12"
    (folder / "images").mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 月览\ndate: 2026-12-20\nnumber: 12\n", encoding="utf-8")
    (folder / "01-数字.md").write_text(SECTION, encoding="utf-8")
    (folder / "images" / "rows.csv").write_bytes("年份,线下,线上\n2024,300,410\n2025,320,520\n".encode("gb18030"))
    out = tmp_path / "out"
    assert main(["build", str(folder), "--out", str(out)]) == 0
    return out / "2026-12.pdf"


def _figures(pdf: pypdf.PdfReader) -> list[str]:
    found = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt")))
            walk(node.get("/K"))

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_a_chart_is_a_figure_that_tells_its_numbers(built: Path) -> None:
    """The tag's alternative text is made of the table, and the words on the page can be found."""
    pdf = pypdf.PdfReader(built)
    alt = "折线图：两类培训的人次（单位：人次）。线下：2024，300；2025，320。线上：2024，410；2025，520。"
    assert alt in _figures(pdf)
    text = "".join(page.extract_text() for page in pdf.pages).replace(" ", "")
    for words in ("线上520", "线下320", "单位：人次", "资料来源：本会统计", "注：线上按签到人数计"):
        assert words in text, words


def test_a_chart_is_drawn_with_the_fonts_of_the_issue(built: Path) -> None:
    """No picture of pixels, no face but those of the project."""
    pdf = pypdf.PdfReader(built)
    assert not [image for page in pdf.pages for image in page.images]
    names = {
        str(font["/BaseFont"])
        for page in pdf.pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
    }
    assert names
    assert all("+NL-" in name for name in names)


def test_the_table_of_a_chart_belongs_to_what_the_pdf_was_made_from(built: Path) -> None:
    """The manifest names it with its digest, so that a change of a number is noticed."""
    manifest = json.loads((built.parent / "manifest.json").read_text(encoding="utf-8"))
    assert "rows.csv" in json.dumps(manifest, ensure_ascii=False)


def test_the_text_after_a_chart_is_on_the_line_grid(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The measured line setting finds no line off it."""
    assert main(["lines", str(built), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    off = next(one for one in measured["measures"] if one["measure"] == "off_grid")
    assert (off["count"], off["total"] > 0) == (0, True)


def test_jade_draws_it_in_its_own_colour(built: Path, tmp_path: Path) -> None:
    """The accent of the layout is in the page's drawing, that of classic is not."""
    folder = tmp_path / "content" / "2026-12"
    shutil.rmtree(built.parent)
    assert main(["build", str(folder), "--layout", "jade", "--out", str(built.parent)]) == 0
    pages = [page.get_contents() for page in pypdf.PdfReader(built).pages]
    drawn = "\n".join(page.get_data().decode("latin-1") for page in pages if page is not None)
    jade, classic = ("{:.4g} {:.4g} {:.4g}".format(*(c / 255 for c in bytes.fromhex(h))) for h in ("0b6b5d", "9b1c1f"))
    assert jade[:5] in drawn
    assert classic not in drawn

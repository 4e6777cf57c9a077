"""An import writes in the issue folder and nowhere else, and loses nothing on the way."""

from datetime import date
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers.run import import_manuscripts

TEXT = "# 栏\n\n### 文\n\n正文。\n\n![图](a.png)\n"


def _manuscript(folder: Path, text: str) -> Path:
    from PIL import Image

    folder.mkdir()
    Image.new("RGB", (600, 400)).save(folder / "a.png")
    (folder / "m.md").write_text(text, encoding="utf-8")
    return folder / "m.md"


@pytest.mark.parametrize("linked", ["images", "01-a.md"])
def test_a_link_out_of_the_issue_folder_is_not_written_through(linked: str, tmp_path: Path) -> None:
    """A symbolic link in the issue folder to elsewhere is an error; what it leads to stays as it is."""
    source, elsewhere, issue = _manuscript(tmp_path / "in", TEXT), tmp_path / "else", tmp_path / "2026-12"
    elsewhere.mkdir()
    first = import_manuscripts([source], issue, Findings(), today=date(2026, 12, 1)).written
    section = next(path for path in first if path.suffix == ".md")
    name = section.name if linked.endswith(".md") else linked
    (issue / name).rename(elsewhere / name)
    (issue / name).symlink_to(elsewhere / name)
    before = {path: path.stat().st_mtime_ns for path in (elsewhere, *elsewhere.rglob("*"))}
    findings = Findings()
    assert import_manuscripts([source], issue, findings, replace=True).written == ()
    assert "N122" in {finding.code for finding in findings}
    assert {path: path.stat().st_mtime_ns for path in (elsewhere, *elsewhere.rglob("*"))} == before


def test_a_list_forty_deep_is_an_error(tmp_path: Path) -> None:
    """Its inner items would be dropped."""
    deep = "\n".join("  " * depth + "- 项" for depth in range(40))
    source, findings = _manuscript(tmp_path / "in", f"# 栏\n\n### 文\n\n{deep}\n"), Findings()
    assert import_manuscripts([source], tmp_path / "2026-12", findings).written == ()
    assert "N123" in {finding.code for finding in findings}


def test_the_first_of_two_notes_of_one_name_is_listed_as_left_out(tmp_path: Path) -> None:
    """Only the last is read; the author's other text is told of."""
    text = "# 栏\n\n### 文\n\n正文[^1]。\n\n[^1]: 甲注\n\n[^1]: 乙注\n"
    result = import_manuscripts([_manuscript(tmp_path / "in", text)], tmp_path / "2026-12", Findings())
    assert [item.text for item in result.unplaced] == ["[^1]: 甲注"]
    section = next(path for path in result.written if path.suffix == ".md")
    assert "乙注" in section.read_text(encoding="utf-8")

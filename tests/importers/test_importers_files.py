"""Files in and out: encodings, formats, hostile input, existing files, pictures, the new folder."""

from __future__ import annotations

import datetime as dt
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from imported import TODAY, Imported

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import ImportResult, import_manuscripts, run
from newsletter_pdf.importers.naming import MAX_NAME, slug
from newsletter_pdf.newissue import create_issue
from newsletter_pdf.reader import read_issue

Import = Callable[..., Imported]

TEXT = "# 甲：乙\n\n导读：概述。\n\n### 1. 丙\n\n正文。（来源：某网）\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'


def _tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _import(files: list[Path], folder: Path, *, replace: bool = False) -> tuple[ImportResult, list[str]]:
    findings = Findings()
    result = import_manuscripts(files, folder, findings, replace=replace, today=TODAY)
    return result, [finding.code for finding in findings]


# --- encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (TEXT.encode(), []),
        (TEXT.encode("utf-8-sig"), []),
        (TEXT.replace("\n", "\r\n").encode(), []),
        (TEXT.replace("\n", "\r").encode(), []),
        (TEXT.encode("gb18030"), ["N621"]),
        (TEXT.replace("\n", "\r\n").encode("gbk"), ["N621"]),
        (TEXT.encode("utf-16"), ["N621"]),
        (TEXT.replace("正文", "正\u200b文\x0b").encode(), ["N622"]),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "gb18030", "gbk-crlf", "utf-16", "invisible"],
)
def test_what_offices_send_is_read(data: bytes, codes: list[str], import_text: Import) -> None:
    """Each encoding gives the same section; a guessed one is reported; the file written has Unix line ends."""
    imported = import_text(data)
    assert imported.codes == codes
    (section,) = imported.read().sections
    assert (section.title, section.groups[0].articles[0].source) == ("甲：乙", "某网")
    assert "\r" not in imported.section_text()


def test_the_place_of_an_invisible_character_is_told(import_text: Import) -> None:
    """Line and column of the first."""
    findings = import_text("# 甲\n\n### 乙\n\n正文\u200b又\u202e文。\n").findings
    (place,) = [finding.place for finding in findings if finding.code == "N622"]
    assert (place.line, place.column) == (5, 3)


# --- hostile input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N105"),
        (b"\xef\xbb\xbf \r\n\t", "N105"),
        (zlib.compress(b"newsletter" * 99) * 40, "N620"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "N620"),
        ("#  標題".encode("big5") * 60, "N620"),
        (b"\xff\xfe\x00\xd8", "N620"),
        (b"# a\n" + b"x" * (2 * 1024 * 1024), "N104"),
        ("没有标题的文字。\n".encode(), "N624"),
        (b"---\ntitle: x\n---\n\n### y\n\nz\n", "N623"),
    ],
    ids=["empty", "blank", "compressed", "picture", "big5", "half-utf-16", "huge", "no-heading", "section-file"],
)
def test_what_is_no_manuscript_is_refused(data: bytes, code: str, import_text: Import) -> None:
    """One error each, nothing written, no folder made."""
    imported = import_text(data)
    assert imported.codes == [code]
    assert imported.findings.errors == 1
    assert imported.result.written == ()
    assert not imported.folder.exists()


def test_a_manuscript_of_headings_alone_is_taken_with_warnings(import_text: Import) -> None:
    """Every lack is reported at its line, and the headings are kept to be filled."""
    imported = import_text("# 甲\n## （一）乙\n## （二）丙\n### 1. 丁\n### 2. 戊\n# 己\n")
    assert [(f.code, f.place.line) for f in imported.findings if f.code != "N659"] == [
        ("N628", 4),
        ("N628", 5),
        ("N629", 2),
        ("N625", 6),
    ]
    assert imported.findings.errors == 0
    assert len(imported.result.written) == 3


def test_a_long_manuscript_of_marks_is_read_in_time(import_text: Import) -> None:
    """Unpaired marks by the thousand cost no more than their number."""
    imported = import_text("# 甲\n\n### 乙\n\n" + "（来源：" * 4000 + "\n\n" + "**" * 4000 + "[" * 4000 + "\n")
    assert imported.findings.errors == 0


@pytest.mark.parametrize("name", ["稿件.odt", "稿件.RTF", "稿件.pdf", "稿件.pages"])
def test_other_word_processors_files_are_refused_with_the_way_out(name: str, import_text: Import) -> None:
    """The remedy says how to save the file so that it can be imported."""
    (finding,) = import_text(b"PK\x03\x04", name).findings
    assert finding.code == "N601"
    assert ".docx" in finding.hint_zh


def test_other_formats_are_refused(import_text: Import) -> None:
    """The formats that can be read are named."""
    (finding,) = import_text(b"a,b", "名单.csv").findings
    assert finding.code == "N602"
    assert ".md" in finding.hint_zh


def test_all_bad_files_are_reported_and_nothing_is_written(tmp_path: Path) -> None:
    """One bad manuscript among good ones stops the import, after all were read."""
    good, empty = tmp_path / "a.md", tmp_path / "b.md"
    good.write_text(TEXT, encoding="utf-8")
    empty.write_bytes(b"")
    folder = tmp_path / "issue"
    result, codes = _import([good, empty, tmp_path / "missing.md", tmp_path, good], folder)
    assert sorted(codes) == ["N101", "N105", "N602", "N603", "N659"]
    assert (result.sections, result.written) == (1, ())
    assert not folder.exists()


def test_two_sections_of_one_title_are_refused(import_text: Import) -> None:
    """The contents could not tell them apart; the finding names the other place."""
    imported = import_text("# 甲\n\n### 一\n\n文。\n\n# 甲\n\n### 二\n\n文。\n")
    (finding,) = [f for f in imported.findings if f.code == "N604"]
    assert finding.place.line == 7
    assert "01.md:1" in finding.message_zh


def test_more_than_99_sections_are_refused(import_text: Import) -> None:
    """Two digits order the files."""
    imported = import_text("".join(f"# 第{n}栏\n\n### 文\n\n文。\n\n" for n in range(100)))
    assert "N605" in imported.codes
    assert imported.result.written == ()


# --- existing files -------------------------------------------------------------------------------------------------


def test_importing_again_changes_nothing(import_text: Import) -> None:
    """The same manuscript gives the same file, which is not even written; --replace writes the same bytes."""
    first = import_text(TEXT)
    before = _tree(first.folder)
    again = import_text(TEXT)
    assert (again.codes, again.result.written, again.result.beside) == (["N612"], (), ())
    assert _tree(first.folder) == before
    replaced = import_text(TEXT, replace=True)
    assert replaced.codes == []
    assert [path.name for path in replaced.result.written] == ["01-甲-乙.md"]
    assert _tree(first.folder) == before


def test_an_edited_section_stays_and_the_new_text_goes_beside_it(import_text: Import) -> None:
    """The editor's work is kept until --replace; the difference is shown line by line."""
    path = import_text(TEXT).result.written[-1]
    edited = path.read_text(encoding="utf-8").replace("正文。", "改过的正文。")
    path.write_text(edited, encoding="utf-8")
    again = import_text(TEXT)
    assert again.codes == ["N606"]
    assert path.read_text(encoding="utf-8") == edited
    (beside,) = again.result.beside
    assert beside.beside.name == "01-甲-乙.新稿.txt"
    assert "正文。" in beside.beside.read_text(encoding="utf-8")
    assert (beside.added, beside.removed) == (1, 1)
    assert {"-改过的正文。", "+正文。"} <= set(beside.difference)
    # What lies beside it is no section, and an older one is not overwritten by another text.
    assert [section.name for section in again.read().sections] == ["01-甲-乙"]
    assert import_text(TEXT).result.written == (beside.beside,)
    third = import_text(TEXT.replace("正文。", "又一稿。"))
    assert [path.name for path in third.result.written] == ["01-甲-乙.新稿-2.txt"]
    import_text(TEXT, replace=True)
    assert "改过" not in path.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """Neither a folder nor a file; the outline tells what would be written, and where."""
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    findings = Findings()
    result = import_manuscripts([path], tmp_path / "issue", findings, dry_run=True)
    assert (result.written, result.dry_run, findings.errors) == ((), True, 0)
    assert not (tmp_path / "issue").exists()
    section, article = result.outline
    assert section.as_json() == {"level": 1, "title": "甲：乙", "file": "01-甲-乙.md"}
    assert article.as_json() == {"level": 3, "title": "丙", "characters": 3, "paragraphs": 1, "source": "某网"}


def test_a_table_with_empty_cells_is_kept(import_text: Import) -> None:
    """Empty cells stay empty."""
    assert "| 甲 |  |\n" in import_text("# 栏\n\n### 文\n\n| 头 | 头 |\n|---|---|\n| 甲 | |\n").section_text()


def test_a_further_section_follows_the_existing_ones(import_text: Import) -> None:
    """Its number in the order given is taken, so it takes the next, and the editor is told."""
    import_text(TEXT)
    imported = import_text("# 丁\n\n### 戊\n\n文。\n", "别的.md")
    assert imported.codes == ["N607"]
    assert [section.name for section in imported.read().sections] == ["01-甲-乙", "02-丁"]


def test_existing_facts_are_left_alone(import_text: Import) -> None:
    """An issue.yaml that is there is the editor's."""
    imported = import_text(TEXT)
    facts = imported.folder / "issue.yaml"
    facts.write_text("title: 自己的\ndate: 2026-11-20\nnumber: 11\n", encoding="utf-8")
    import_text(TEXT, replace=True)
    assert imported.read().facts.title == "自己的"


def test_an_untouched_example_makes_room(tmp_path: Path) -> None:
    """The example of a new issue goes when real sections come; one that was edited stays."""
    content = tmp_path / "content"
    content.mkdir()
    manuscript = tmp_path / "a.md"
    manuscript.write_text(TEXT, encoding="utf-8")
    folder = create_issue("2026-12", content, Findings(), today=TODAY)
    assert folder is not None
    result, codes = _import([manuscript], folder)
    assert codes == ["N608"]
    assert [path.name for path in folder.glob("*.md")] == ["01-甲-乙.md"]
    other = create_issue("2027-01", content, Findings(), today=TODAY)
    assert other is not None
    (example,) = other.glob("*.md")
    example.write_text(example.read_text(encoding="utf-8") + "\n编辑写的。\n", encoding="utf-8")
    result, codes = _import([manuscript], other)
    assert codes == ["N607"]
    assert [path.name for path in result.written] == ["02-甲-乙.md"]
    assert example.exists()


@pytest.mark.parametrize("name", ["a.md", "con", "x?"])
def test_a_bad_issue_folder_is_refused(name: str, tmp_path: Path) -> None:
    """A file, and names that some system cannot hold."""
    manuscript = tmp_path / "a.md"
    manuscript.write_text(TEXT, encoding="utf-8")
    result, codes = _import([manuscript], tmp_path / name)
    assert "N609" in codes
    assert result.written == ()


def test_a_new_folder_appears_whole_or_not_at_all(import_text: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full in the middle, no folder and no temporary one stays behind."""
    written = []

    def full(path: Path, data: bytes) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        path.write_bytes(data)

    monkeypatch.setattr("newsletter_pdf.newissue.folder.write_atomic", full)
    imported = import_text(TEXT)
    assert imported.codes == ["N610"]
    assert imported.result.written == ()
    assert list(imported.folder.parent.iterdir()) == []


def test_a_file_that_cannot_be_written_is_reported(import_text: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an existing folder the finding names the file, and the old one is whole."""
    first = import_text(TEXT)
    before = _tree(first.folder)

    def locked(_path: Path, _data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(run, "write_atomic", locked)
    imported = import_text(TEXT.replace("正文", "别的"), replace=True)
    assert [f.place.file.name for f in imported.findings if f.code == "N610" and f.place.file] == ["01-甲-乙.md"]
    assert _tree(first.folder) == before


# --- pictures -------------------------------------------------------------------------------------------------------


def test_pictures_come_along(tmp_path: Path) -> None:
    """They are copied into images/ under safe names; one name for two pictures becomes two names; again is the same."""
    inbox = tmp_path / "in"
    for place, data in (("一/图 1.svg", SVG), ("二/图 1.svg", SVG.replace(b"8", b"9")), ("三/图 1.SVG", SVG)):
        path = inbox / place
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    text = "# 甲\n\n### 乙\n\n文。\n\n![一](一/图 1.svg)\n\n![二](<二/图 1.svg>)\n\n![三](三/图%201.SVG)\n"
    manuscript = inbox / "a.md"
    manuscript.write_text(text, encoding="utf-8")
    folder = tmp_path / "issue"
    result, codes = _import([manuscript], folder)
    assert codes == ["N659"]
    assert {p.name: p.read_bytes() for p in (folder / "images").iterdir()} == {
        "图-1.svg": SVG,
        "图-1-2.svg": SVG.replace(b"8", b"9"),
    }
    findings = Findings()
    assert read_issue(folder, findings) is not None, [f.message_en for f in findings]
    before = _tree(folder)
    result, codes = _import([manuscript], folder, replace=True)
    assert (codes, len(result.written)) == ([], 1)
    assert _tree(folder) == before


def test_pictures_from_elsewhere_are_not_fetched(tmp_path: Path) -> None:
    """Neither from the network nor from outside the manuscript's folder, be it by a link; they are listed."""
    (tmp_path / "secret.svg").write_bytes(SVG)
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "link.svg").symlink_to(tmp_path / "secret.svg")
    manuscript = inbox / "a.md"
    manuscript.write_text(
        "# 甲\n\n### 乙\n\n文。\n\n![a](../secret.svg)\n\n![b](link.svg)\n\n![c](https://example.org/c.png)\n\n"
        f"![d]({tmp_path}/secret.svg)\n\n![e](data:image/png;base64,AAAA)\n",
        encoding="utf-8",
    )
    folder = tmp_path / "issue"
    result, codes = _import([manuscript], folder)
    assert [item.place.line for item in result.unplaced] == [7, 9, 11, 13, 15]
    assert [code for code in codes if code not in {"N611", "N659"}] == ["N641", "N641", "N636", "N641", "N636"]
    assert list((folder / "images").iterdir()) == []
    assert "secret" not in (folder / "01-甲.md").read_text(encoding="utf-8")


def test_a_picture_without_alternative_text_is_reported(import_text: Import) -> None:
    """It would stop the build later; the editor hears of it now."""
    assert "N638" in import_text("# 甲\n\n### 乙\n\n文。\n\n![](a.png)\n").codes


# --- names and the new folder ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("境内观察：政策立法", "境内观察-政策立法"),
        ("AI 治理 / 2026", "AI-治理-2026"),
        ("“一带一路”", "一带一路"),
        ("Café", "Cafe"),
        ("……", "section"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b", "a-b"),
        ("第一部分很长很长很长很长：第二部分也很长很长很长很长", "第一部分很长很长很长很长"),
    ],
)
def test_section_names_are_safe_and_readable(title: str, name: str) -> None:
    """Han, letters and digits stay; nothing else reaches the file system; long titles end at a part."""
    assert slug(title) == name
    assert len(slug(title * 9)) <= MAX_NAME


def test_two_titles_with_one_name_get_two_files(import_text: Import) -> None:
    """Titles that differ in punctuation alone do not overwrite each other."""
    imported = import_text("# 甲：乙\n\n### 一\n\n文。\n\n# 甲，乙\n\n### 二\n\n文。\n")
    assert [section.name for section in imported.read().sections] == ["01-甲-乙", "02-甲-乙-2"]


def test_a_new_folder_takes_the_last_issues_facts(tmp_path: Path) -> None:
    """Title, layout and comments of the newest sibling, with its date and numbers moved on."""
    last = tmp_path / "content" / "2026-11"
    last.mkdir(parents=True)
    (last / "issue.yaml").write_text(
        "# 说明\ntitle: 某月览\ndate: 2026-11-20\nnumber: 11\nrunning_number: 7\n", encoding="utf-8"
    )
    manuscript = tmp_path / "a.md"
    manuscript.write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "content" / "2026-12"
    _, codes = _import([manuscript], folder)
    assert codes == ["N656"]
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == (
        "# 说明\ntitle: 某月览\ndate: 2026-12-20\nnumber: 12\nrunning_number: 8\n"
    )


def test_a_folder_without_neighbours_gets_placeholders(import_text: Import) -> None:
    """Ready to build, with a warning."""
    imported = import_text(TEXT)
    facts = imported.read().facts
    assert (facts.date, facts.number, facts.layout) == (dt.date(2026, 11, 20), 11, "classic")
    (finding,) = [f for f in imported.findings if f.code == "N659"]
    assert finding.severity == "warning"


def test_the_result_can_be_shown_as_json(import_text: Import) -> None:
    """Places as file:line, paths as strings."""
    shown = import_text("多余\n\n" + TEXT).result.as_json()
    assert (shown["sections"], shown["groups"], shown["articles"]) == (1, 0, 1)
    (left,) = shown["unplaced"]  # type: ignore[misc]  # a list in this shape
    assert left["where"].endswith(f"{os.sep}01.md:1")
    assert left["text"] == "多余"

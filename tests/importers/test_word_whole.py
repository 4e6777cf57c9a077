"""Whole manuscripts: the reference, three hundred pages, and issues that are checked and built."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path

import pytest
from wordfile import (
    add,
    article,
    as_bytes,
    import_word,
    level,
    new,
    numbered,
    numbering_of,
    plain_paragraph,
    with_notes,
)

from newsletter_pdf import pipeline
from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import import_manuscripts

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "reference" / "manuscript"
WORD_FILE = REFERENCE / "manuscript.docx"


@pytest.mark.skipif(not WORD_FILE.is_file(), reason="the reference issue is not here")
def test_the_reference_gives_the_same_sections_as_its_markdown(tmp_path: Path) -> None:
    """Byte for byte, file for file; nothing is guessed or left out."""
    trouble = Findings()
    word = import_manuscripts([WORD_FILE], tmp_path / "word", trouble)
    markdown = import_manuscripts(sorted(REFERENCE.glob("0[1-6].md")), tmp_path / "markdown", Findings())
    assert (word.sections, word.groups, word.articles, word.unplaced, word.guesses) == (6, 7, 64, (), ())
    names = [path.name for path in markdown.written if path.suffix == ".md"]
    assert [path.name for path in word.written if path.suffix == ".md"] == names
    for name in names:
        assert (tmp_path / "word" / name).read_bytes() == (tmp_path / "markdown" / name).read_bytes()


def test_three_hundred_pages_lose_nothing(tmp_path: Path) -> None:
    """240,000 characters in six sections, with progress told; only labels and numbers are not printed."""
    chance = random.Random(7)  # noqa: S311 - text for a test
    han = "".join(chr(0x4E00 + 17 * n) for n in range(1000))
    document = new()
    for section in range(6):
        document.add_heading(f"栏目{'甲乙丙丁戊己'[section]}", 1)
        document.add_paragraph("导读：" + "".join(chance.choices(han, k=200)) + "。")
        for number in range(50):
            document.add_heading(f"{number + 1}. " + "".join(chance.sample(han, 20)), 3)
            for _ in range(6):
                paragraph = document.add_paragraph()
                for _ in range(5):
                    paragraph.add_run("".join(chance.choices(han, k=24)) + "，").bold = chance.random() < 0.1
            document.add_paragraph("完。（来源：某网）")
    path = tmp_path / "稿件.docx"
    data = as_bytes(document)
    path.write_bytes(data)
    stages: list[tuple[str, int, int]] = []
    findings = Findings()
    import_manuscripts([path], tmp_path / "2026-11", findings, stage=lambda *step: stages.append(step))
    word = import_word(tmp_path, data)
    assert (word.result.sections, word.result.articles) == (6, 300)
    assert re.sub(r"[导读来源：（）\d.]", "", word.lost()) == ""
    assert {name for name, _, _ in stages} == {"import", "import-write"}
    assert all(0 < done <= total for _, done, total in stages)


class _Quiet:
    """Nobody watches."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Nothing is shown."""


def _office_file() -> bytes:
    """What a department sends: no heading styles, a list, a table, a note, changes, a comment."""
    document = new()
    plain_paragraph(document, "会员动态", size=22, bold=True)
    plain_paragraph(document, "导读：本月有两家单位加入。")
    plain_paragraph(document, "关键词：会员、讲堂")
    plain_paragraph(document, "1. 两家单位加入", size=15, bold=True)
    add(
        document,
        '<w:p><w:r><w:t>本月入会</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>',
    )
    numbering_of(
        document,
        '<w:abstractNum w:abstractNumId="0">' + level(0, "decimal", "%1.") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    numbered(document, "澄江大学；", 1)
    numbered(document, "岑川市信息安全协会。", 1)
    plain_paragraph(document, "（来源：秘书处）")
    plain_paragraph(document, "2. 讲堂课表", size=15, bold=True)
    plain_paragraph(document, "课表如下，时间以通知为准。")
    document.add_paragraph("表1　课表")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ("日期", "课", "三日", "{意识}课"), strict=True
    ):
        cell.text = text
    plain_paragraph(document, "（来源：秘书处）")
    return with_notes(as_bytes(document), {2: "按入会先后。"})


@pytest.mark.parametrize("kind", ["office", "reference"])
def test_an_imported_issue_is_checked_and_built(kind: str, tmp_path: Path) -> None:
    """As it is imported, without a hand's touch, it passes the check and the proof of the PDF."""
    if kind == "reference" and not WORD_FILE.is_file():
        pytest.skip("the reference issue is not here")
    content = tmp_path / "content"
    content.mkdir()
    for name in ("masthead.yaml", "services.yaml"):
        (content / name).write_bytes((ROOT / "content" / name).read_bytes())
    path = tmp_path / "稿件.docx"
    path.write_bytes(_office_file() if kind == "office" else WORD_FILE.read_bytes())
    findings = Findings()
    result = import_manuscripts([path], content / "2026-11", findings)
    assert (findings.errors, result.unplaced) == (0, ())
    built = pipeline.build(content / "2026-11", out=tmp_path / "out", progress=_Quiet())
    assert [f.message_en for f in built.findings if f.severity.value == "error"] == []
    assert built.pdf is not None


def test_two_manuscripts_of_different_formats_make_one_issue(tmp_path: Path) -> None:
    """Word, Markdown and plain text go together; pictures of two Word files do not get in each other's way."""
    document = article(new(), section="甲栏")
    document.add_paragraph("正文。")
    (tmp_path / "一.docx").write_bytes(as_bytes(document))
    (tmp_path / "二.md").write_text("# 乙栏\n\n### 文\n\n正文。\n", encoding="utf-8")
    (tmp_path / "三.txt").write_bytes("丙栏\n1. 文章\n这里是正文，比标题长。\n".encode("gb18030"))
    findings = Findings()
    files = [tmp_path / name for name in ("一.docx", "二.md", "三.txt")]
    result = import_manuscripts(files, tmp_path / "2026-11", findings)
    assert [path.name for path in result.written[1:]] == ["01-甲栏.md", "02-乙栏.md", "03-丙栏.md"]


@pytest.mark.parametrize(
    ("names", "given"),
    [
        ("第 1 期.docx", ["第 1 期.docx"]),
        ("a.docx 第 1 期.docx", ["a.docx", "第 1 期.docx"]),
        ("*.docx", ["a.docx", "第 1 期.docx"]),
        ("a.docx nowhere.docx", ["a.docx", "nowhere.docx"]),
        ("$(touch x) `touch x`;touch x", ["$(touch x) `touch x`;touch x"]),
    ],
)
def test_make_import_takes_names_with_spaces(names: str, given: list[str], tmp_path: Path) -> None:
    """FILES names files that exist, however many spaces their names have; wildcards work, commands do not."""
    for file in ("第 1 期.docx", "a.docx"):
        (tmp_path / file).write_bytes(b"")
    script = ROOT / "src" / "newsletter_pdf" / "newissue" / "periodical" / "tools" / "import_files.sh"
    command = ["sh", str(script), names, "printf", "%s|"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert told.split("|")[:-1] == given
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "第 1 期.docx"]

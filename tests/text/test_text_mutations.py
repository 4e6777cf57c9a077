"""Spoilt text, titles and facts are found, each by the rule meant for it; the sound issue has no finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf
from text_issue import Built
from text_spoilt import FINDINGS

from newsletter_pdf.cli import main
from newsletter_pdf.verify import Proof, prove

Edited = Callable[[Callable[[Pdf], None]], Proof]


def told(proof: Proof) -> list[tuple[str, str]]:
    return [(finding.code, finding.message_zh) for finding in proof.findings]


def codes(proof: Proof) -> set[str]:
    return {finding.code for finding in proof.findings}


def test_sound_issue_has_no_finding(built: Built) -> None:
    """Every kind of block, notes, readings and the layout's own words are explained."""
    assert told(prove(built.pdf, expected=built.expected, name="2026-11.pdf")) == []


@pytest.mark.parametrize(("code", "message"), FINDINGS, ids=[message for _code, message in FINDINGS])
def test_change_of_the_text_is_found(spoilt: Proof, code: str, message: str) -> None:
    """Each change is told by its rule, with the letters that differ."""
    assert [each for each in told(spoilt) if each[0] == code and message in each[1]], told(spoilt)


def test_findings_tell_page_and_line(spoilt: Proof, built: Built) -> None:
    """An altered sentence is shown on its page and in its file."""
    finding = next(each for each in spoilt.findings if "欧阳明【达】" in each.message_zh)
    assert finding.place.file == built.issue.parent / "masthead.yaml"
    line = (built.issue.parent / "masthead.yaml").read_text(encoding="utf-8").splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith("欧阳明远")
    assert finding.place.page == 2
    assert finding.place.box is not None


def test_what_is_not_changed_is_not_told(spoilt: Proof) -> None:
    """The changes do not make a stir around them: every finding is one that is expected, or follows from it."""
    known = [message for _code, message in FINDINGS]
    follows = ("周览", "10月", "江边见闻", "20261020")
    others = [each for each in told(spoilt) if not any(part in each[1] for part in (*known, *follows))]
    assert others == []


# --- the file changed by another program ------------------------------------------------------------------------------


def streams(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return bytes(page.Contents.read_bytes())


def write(pdf: Pdf, page: pikepdf.Page, data: bytes) -> None:
    page.Contents = pdf.make_stream(data)


def opener(pdf: Pdf) -> pikepdf.Page:
    """The first page of the first section: its title, and a lead of two paragraphs."""
    return pdf.pages[4]


def test_swapped_pages_are_found(edited: Edited) -> None:
    """Two pages of the text in each other's place."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[5]
        del pdf.pages[5]
        pdf.pages.insert(6, page)

    assert "N723" in codes(edited(edit))


def test_lost_page_is_found(edited: Edited) -> None:
    """A page of the text taken out: its sentences are missed, as one run."""

    def edit(pdf: Pdf) -> None:
        del pdf.pages[6]

    missing = [message for code, message in told(edited(edit)) if code == "N720"]
    assert any("起的" in message for message in missing)


@pytest.mark.parametrize("tagged", [False, True])
def test_inserted_text_is_found(edited: Edited, tagged: bool) -> None:
    """Words put on a page, as an overlay or within a paragraph's tag."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        shown = _PARAGRAPH.search(data)
        assert shown is not None
        glyphs = re.findall(rb"....", shown["glyphs"])[::-1]
        words = b"BT 1 0 0 -1 200 900 Tm %s [<%s>] TJ ET " % (shown["font"], b"".join(glyphs[:6]))
        end = data.index(b"EMC", shown.end())
        at = end if tagged else end + 4
        write(pdf, opener(pdf), data[:at] + words + data[at:])

    assert "N724" in codes(edited(edit))


_PARAGRAPH = re.compile(rb"(?P<font>/\S+ [\d.]+ Tf)\s+\[<(?P<glyphs>[0-9a-f]{60,})>")
_COPIED = re.compile(rb"/ActualText <feff(?P<text>[0-9a-f]{4})>>>\s+BDC[^\[]*\[<(?P<glyph>[0-9a-f]{4})>")


def test_changed_glyph_under_the_same_copied_text_is_found(edited: Edited) -> None:
    """The page shows another letter, while copying gives the old one: both rules tell."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        first, other = list(_COPIED.finditer(data))[:2]
        assert first["text"] != other["text"]
        write(pdf, opener(pdf), data[: first.start("glyph")] + other["glyph"] + data[first.end("glyph") :])

    proof = edited(edit)
    assert "N725" in codes(proof)
    assert ("N725", "看到的和复制出来的不一样：印着「关」，复制、检索得到「导」。") in told(proof)


def test_changed_copied_text_is_found(edited: Edited) -> None:
    """The page shows the right letter, while copying gives another."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        first, other = list(_COPIED.finditer(data))[:2]
        write(pdf, opener(pdf), data[: first.start("text")] + other["text"] + data[first.end("text") :])

    assert told(edited(edit)) == [("N725", "看到的和复制出来的不一样：印着「导」，复制、检索得到「关」。")]


def test_changed_letter_is_found(edited: Edited) -> None:
    """Two letters of a line in each other's place."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        shown = _PARAGRAPH.search(data)
        assert shown is not None
        glyphs = shown["glyphs"]
        start, stop = shown.span("glyphs")
        write(pdf, opener(pdf), data[:start] + glyphs[4:8] + glyphs[:4] + glyphs[8:] + data[stop:])

    assert "N721" in codes(edited(edit))


def test_invisible_text_is_found(edited: Edited) -> None:
    """Text in rendering mode 3 is there for those who copy, search and listen."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        shown = _PARAGRAPH.search(data)
        assert shown is not None
        words = b"q BT 3 Tr 1 0 0 -1 200 900 Tm %s [<%s>] TJ ET Q " % (shown["font"], shown["glyphs"][:40])
        at = data.index(b"EMC", shown.end()) + 4
        write(pdf, opener(pdf), data[:at] + words + data[at:])

    assert "N737" in codes(edited(edit))


def test_line_put_above_the_one_before_is_found(edited: Edited) -> None:
    """What is seen first is read second: the tags are as they were, the places are not."""

    def edit(pdf: Pdf) -> None:
        data = streams(opener(pdf))
        line = rb"1 0 0 -1 (\S+) (?P<y>\S+) Tm\s+/\S+ [\d.]+ Tf\s+\[<[0-9a-f]{24,}"
        _title, first, second = re.finditer(line, data)
        swapped = data[: first.start("y")] + second["y"] + data[first.end("y") : second.start("y")]
        write(pdf, opener(pdf), swapped + first["y"] + data[second.end("y") :])

    assert "N723" in codes(edited(edit))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/Title", "渡口月览 2026年第10期"),
        ("/Title", "江边周报"),
        ("/Author", "另一个读书会"),
        ("/CreationDate", "D:20261020"),
    ],
)
def test_changed_document_information_is_found(edited: Edited, key: str, value: str) -> None:
    """Title, author and date of another issue."""

    def edit(pdf: Pdf) -> None:
        pdf.docinfo[key] = value

    assert "N731" in codes(edited(edit))


def test_other_file_name_is_found(built: Built) -> None:
    """The file of one issue under another's name is told, as a warning."""
    assert codes(prove(built.pdf, expected=built.expected, name="2026-10.pdf")) == {"N732"}


def test_wrong_number_of_a_heading_is_found(built: Built) -> None:
    """The second article of a group cannot be the third."""
    passages = tuple(
        replace(each, number=3) if each.text == "江水退去以后" else each for each in built.expected.passages
    )
    proof = prove(built.pdf, expected=replace(built.expected, passages=passages))
    assert told(proof) == [("N726", "文章标题「江水退去以后」应当是第 3 个，编号印的是 2。")]


# --- without the content ----------------------------------------------------------------------------------------------


def test_file_alone_has_no_finding(built: Built) -> None:
    """Without the content the checks that the file allows pass."""
    assert told(prove(built.pdf)) == []


def test_facts_that_disagree_within_the_file_are_found(built: Built, tmp_path: Path) -> None:
    """The cover says issue 11, the document's title says 10."""
    path = tmp_path / "x.pdf"
    with Pdf.open(built.pdf) as pdf:
        pdf.docinfo["/Title"] = "渡口月览 2026年第10期"
        pdf.save(path)
    assert "N733" in codes(prove(path))


def test_verify_compares_with_the_content(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """The command tells of a sentence that was added after the build, in its file, and exits 1."""
    path = built.issue / "02-books.md"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(
            before.replace("读的是一部江的传记。", "读的是一部江的传记。作者已经不在了。"), encoding="utf-8"
        )
        assert main(["verify", str(built.pdf), "--content", str(built.issue)]) == 1
    finally:
        path.write_text(before, encoding="utf-8")
    shown = capsys.readouterr().out
    assert "N720" in shown
    assert "作者已经不在了。" in shown
    assert main(["verify", str(built.pdf), "--content", str(built.issue)]) == 0

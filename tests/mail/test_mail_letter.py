"""The layout's letter: what stands in it, for whom, and that nothing in it comes from outside or breaks out."""

from __future__ import annotations

import dataclasses
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_letter import (
    ATTACHED,
    LEAVE,
    LINKED,
    ROOT,
    SETTINGS,
    ZHANG,
    ZOE,
    Letters,
    contents_of,
    cover_pdf,
    make_letters,
)

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.letters import layout_letter
from newsletter_pdf.mail.letters.cells import WIDTH, cells, row, wrap
from newsletter_pdf.mail.letters.colours import LEAST, contrast, palettes, readable
from newsletter_pdf.mail.letters.cover import LARGEST, cover_picture
from newsletter_pdf.mail.message import PlainLetter
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.sending.proved import Proved
from newsletter_pdf.reader import read_issue


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return make_letters(tmp_path_factory.mktemp("letters"))


class Elements(HTMLParser):
    """Names, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_both_forms_tell_the_whole_issue(letters: Letters) -> None:
    """Date, number, highlights, lead, every line of the contents with its page, the publisher, the way out."""
    letter, facts = letters.of(), letters.issue.facts
    html, plain = Elements(letter.html).text, "".join(letter.text.split())
    for words in (facts.title, "2026年第11期", "总第7期", "2026年11月20日", "张三：", "编辑出版", *facts.highlights):
        assert words in html
        assert "".join(words.split()) in plain
    lead = next(section.lead for section in letters.issue.sections if section.lead)
    assert all("".join(p.children[0].text[:12].split()) in plain and p.children[0].text[:12] in html for p in lead)
    for entry in contents_of(letters.issue):
        assert "".join(entry.title.split()) in plain
        assert re.search(rf"{re.escape(''.join(entry.title.split()))}\.{{2,}}{entry.page}", plain)
    assert LEAVE in letter.text
    assert LEAVE in [link["href"] for link in Elements(letter.html).all("a")]


def test_a_blank_parts_number_and_title(letters: Letters) -> None:
    """The seventh article's 43亿 is no 7.43亿, in either form; after a bracket none is wanted."""
    letter, numbered = letters.of(), [entry for entry in contents_of(letters.issue) if entry.number]
    assert {entry.level for entry in numbered} == {2, 3}
    html = Elements(letter.html).text
    for entry in numbered:
        start = entry.number + ("" if entry.level == 2 else " ") + entry.title[:4]
        assert start in html
        assert start in letter.text


@pytest.mark.parametrize("reader", [ZHANG, ZOE], ids=["zh", "en"])
def test_a_way_out_by_mail_is_told_in_words(letters: Letters, reader: Recipient) -> None:
    """Plain text says where to write and with which subject; the HTML has the link, which fills both in."""
    way = "mailto:leave+list@chengguan.example?subject=unsubscribe%2019f2"
    delivery = dataclasses.replace(ATTACHED, unsubscribe=way)
    for letter in (letters.letter, PlainLetter(letters.issue.facts, [])):
        text = " ".join(letter.for_reader(reader, delivery).text.split())
        assert "leave+list@chengguan.example" in text
        assert ("「退订」" if reader is ZHANG else "“unsubscribe”") in text
        assert "mailto:" not in text
        assert "%20" not in text
    assert way in [link["href"] for link in Elements(letters.letter.for_reader(reader, delivery).html).all("a")]


def test_readers_of_english_get_english(letters: Letters) -> None:
    """Greeting, headings and the way out; the titles stay what they are, and say in which language."""
    letter = letters.of("en")
    for words in ("Monthly Review of Cyberspace", "20 November 2026", "Dear Zoë O'Neil,", "Contents", "In this issue"):
        assert words in Elements(letter.html).text
        assert words in letter.text
    assert "Unsubscribe" in letter.html
    assert "退订" not in letter.html
    assert {"zh-CN"} == {a["lang"] for a in (Elements(letter.html).all("table")) if "lang" in a}
    assert letters.letter.subjects["en"].endswith("no. 11 of 2026")
    assert letters.letter.subjects["zh"] == "网络治理与数据安全月览 2026年第11期（总第7期）"


def test_the_name_is_used_as_it_is_given(letters: Letters) -> None:
    """No 先生 or 女士; without a name nobody in particular is addressed."""
    assert re.search(r"^张三：$", letters.of().text, re.MULTILINE)
    nobody = letters.letter.for_reader(dataclasses.replace(ZHANG, name=""), ATTACHED)
    assert re.search(r"^尊敬的读者：$", nobody.text, re.MULTILINE)
    assert not re.search("先生|女士", nobody.html + letters.of().html)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>', "a&amp;b", "{{ 7*7 }}", "甲\n乙"])
def test_a_name_is_text(letters: Letters, name: str) -> None:
    """Whatever stands in the list: it opens no element and is no template."""
    page = letters.letter.for_reader(dataclasses.replace(ZHANG, name=name), ATTACHED).html
    clean = Elements(page)
    assert [tag for tag, _ in clean.found] == [tag for tag, _ in Elements(letters.of().html).found]
    assert " ".join(name.split()) in clean.text


def test_a_link_or_the_attachment(letters: Letters) -> None:
    """The letter says which, with size and pages."""
    linked, attached = letters.of("link"), letters.of()
    assert LINKED.url in linked.text
    assert LINKED.url in [a["href"] for a in Elements(linked.html).all("a")]
    assert "chengguan-2026-11.pdf" in attached.text
    assert "68 页" in attached.html
    locked = letters.letter.for_reader(ZHANG, dataclasses.replace(ATTACHED, personal=True, locked=True))
    for form in (locked.text, locked.html):
        assert "打开时请输入收到过的密码" in form
        assert "请勿转发" in form


def test_nothing_comes_from_outside_and_nothing_runs(letters: Letters) -> None:
    """The only picture is in the message; no script, no style sheet, no form, no handler, no address in CSS."""
    for kind in ("zh", "en", "link"):
        letter = letters.of(kind)
        page = Elements(letter.html)
        assert [image["src"] for image in page.all("img")] == ["cid:cover"]
        assert not {tag for tag, _ in page.found} & {"script", "link", "iframe", "form", "object", "embed", "base"}
        assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
        assert "url(" not in letter.html
        assert "@import" not in letter.html
        assert len(letter.html.encode()) < 102_000
        (picture,) = letter.pictures
        assert len(picture.data) <= LARGEST


def test_the_text_is_made_to_be_read(letters: Letters) -> None:
    """No line wider than 64 cells but addresses; no more than one empty line in a row; no markup."""
    for kind in ("zh", "en", "link"):
        text = letters.of(kind).text
        assert [line for line in text.split("\n") if cells(line) > WIDTH and "://" not in line] == []
        assert "\n\n\n" not in text
        assert "<" not in text
        assert text.endswith("\n")


def test_fewer_levels_where_the_layout_says_so(tmp_path: Path, letters: Letters) -> None:
    """The option mail_depth."""
    issue = letters.issue.model_copy(
        update={"facts": letters.issue.facts.model_copy(update={"options": {"mail_depth": 1}})}
    )
    pdf = Proved(tmp_path / "a.pdf", cover_pdf(), "0" * 64, 68, contents_of(issue))
    short = layout_letter(issue, pdf, SETTINGS, Findings()).for_reader(ZHANG, ATTACHED)
    assert issue.sections[1].title in short.html
    assert issue.sections[1].groups[0].articles[0].title not in short.html + short.text
    assert issue.sections[1].groups[0].articles[0].title in letters.of().html


def test_templates_of_a_layout_are_inherited_and_sandboxed(tmp_path: Path) -> None:
    """An own mail.txt.j2 stands in for the inherited one; one that reaches out is a finding, not an exception."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "layouts", home / "layouts")
    shutil.copytree(ROOT / "content", home / "content", ignore=shutil.ignore_patterns("*.sqlite", "recipients.*"))
    (home / "fonts").mkdir()
    own = home / "layouts" / "ours"
    (own / "templates").mkdir(parents=True)
    (own / "layout.yaml").write_text("name: ours\ntitle: {zh: 甲, en: A}\ninherits: classic\n", encoding="utf-8")
    facts = home / "content" / "2026-11" / "issue.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("layout: classic", "layout: ours"), encoding="utf-8")
    issue = read_issue(home / "content" / "2026-11", Findings())
    pdf = Proved(tmp_path / "a.pdf", b"no pdf", "0" * 64, None, contents_of(issue))
    text = own / "templates" / "mail.txt.j2"
    text.write_text("自己的信 {{ reader_name }}\n", encoding="utf-8")
    letter = layout_letter(issue, pdf, SETTINGS, Findings()).for_reader(ZHANG, ATTACHED)
    assert letter.text == "自己的信 张三\n"
    assert "本期要目" in letter.html
    assert letter.pictures == ()
    for bad in ("{{ issue.titel }}", "{{ ''.__class__.__mro__ }}", "{{ issue.folder.read_text() }}", "{% if %}"):
        text.write_text(bad, encoding="utf-8")
        findings = Findings()
        assert layout_letter(issue, pdf, SETTINGS, findings) is None
        assert {finding.code for finding in findings} == {"N401"}
    (home / "layouts" / "classic" / "templates" / "mail.html.j2").unlink()
    assert isinstance(layout_letter(issue, pdf, SETTINGS, Findings()), PlainLetter)


def test_a_letter_is_made_once_for_all(letters: Letters) -> None:
    """The pictures are one object for every reader; two names give two letters that differ in the name alone."""
    one, other = letters.of(), letters.letter.for_reader(dataclasses.replace(ZHANG, name="李四"), ATTACHED)
    assert one.pictures[0] is other.pictures[0]
    assert one.html.replace("张三", "李四") == other.html
    assert letters.letter.for_reader(ZOE, ATTACHED).html != other.html


def test_what_is_no_pdf_has_no_cover() -> None:
    """The letter does without."""
    assert cover_picture(b"%PDF-1.7 nothing") is None


COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(COLOUR, COLOUR, COLOUR, COLOUR)
def test_colours_are_readable_whatever_the_layout_chose(accent: str, ink: str, soft: str, tint: str) -> None:
    """On white, on a tint that leaves room for it, and in the dark."""
    if contrast(tint, "#ffffff") > 1.8:
        tint = "#f5f1ea"
    for palette in palettes([("accent", accent), ("ink", ink), ("soft", soft), ("tint", tint)]):
        for text in (palette.ink, palette.soft, palette.accent):
            assert min(contrast(text, g) for g in (palette.page, palette.ground, palette.box)) >= LEAST
        assert contrast(palette.on_accent, palette.accent) >= LEAST


def test_a_colour_that_is_readable_stays() -> None:
    """Only what has to be changed is changed."""
    assert readable("#9b1c1f", "#ffffff") == "#9b1c1f"


@given(st.text("中文，。《》“”（）、 abcde-/:.é0123456789", max_size=300), st.integers(0, 6))
def test_wrapping_loses_nothing_and_keeps_the_rules(text: str, indent: int) -> None:
    """All words in order; lines within the width unless one word is longer; no mark where it may not stand."""
    lines = wrap(text, indent).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines[1:]:
        assert line.strip()[:1] not in set("，。》”）、") or not line.strip()
    for line in lines[:-1]:
        assert line.rstrip()[-1:] not in set("《“（")


def test_lines_are_filled_by_cells() -> None:
    """Thirty-two Han characters a line, none split from its mark."""
    assert [len(line) for line in wrap("中" * 70).split("\n")] == [32, 32, 6]
    assert wrap("中" * 31 + "文。" + "中").split("\n") == ["中" * 31, "文。中"]
    assert row("题目", "12", 2).startswith("  题目 ....")
    assert cells(row("题" * 50, "7").split("\n")[-1]) == WIDTH

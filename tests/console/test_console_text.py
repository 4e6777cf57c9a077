"""Breaking and cleaning text for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.console import cell_width, printable, wrap

MIXED = st.text(st.sampled_from("汉字，。《》（）“”、！：a B-1/ \u3000……——"), max_size=120)


def test_han_lines_break_at_the_width() -> None:
    """A Han character counts two cells, and a line is filled before it is broken."""
    assert wrap("一二三四五六七八九十", 8) == ["一二三四", "五六七八", "九十"]


def test_closing_marks_do_not_begin_a_line() -> None:
    """A full stop goes to the next line with the character before it."""
    assert wrap("一二三四，五", 8) == ["一二三", "四，五"]


def test_opening_marks_do_not_end_a_line() -> None:
    """An opening bracket goes to the next line with what it opens."""
    assert wrap("一二三《四五》", 8) == ["一二三", "《四五》"]


def test_paths_stay_whole() -> None:
    """A path wider than the line is not broken, so that it can be copied."""
    path = "/a/very/long/path/of/some/issue/2026-11.pdf"
    assert path in wrap(f"文件在 {path} 里", 20)


def test_prefixes_take_part_in_the_width() -> None:
    """The first line and the others have their own indents."""
    assert wrap("一二三四", 8, first="    ", rest="  ") == ["    一二", "  三四"]


@given(MIXED, st.integers(4, 40))
def test_wrapping_loses_only_spaces(text: str, width: int) -> None:
    """Every character but spaces comes out again, in order."""
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("汉字排版一二三四 "), max_size=120), st.integers(4, 40))
def test_plain_lines_fit(text: str, width: int) -> None:
    """Without marks that cling together, no line is wider than asked."""
    assert all(cell_width(line) <= width for line in wrap(text, width))


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    """Controls, invisible characters and surrogates never reach the terminal."""
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in printable(text) if unicodedata.category(c) in bad]


def test_hidden_characters_are_named() -> None:
    """An escape is shown as its picture, a direction override by its code point."""
    assert printable("\x1b[31m\u202e\t") == "␛[31m<U+202E>    "


@pytest.mark.parametrize(
    "command",
    [
        '.venv/bin/keyring set newsletter-pdf "monthly@chengguan.example@smtp.chengguan.example"',
        ".venv/bin/newsletter-pdf approve content/2026-12 --by 姓名",
        "make send ISSUE=2026-12 LIVE=1",
        "/home/张三/刊物/.venv/bin/python3.12 -m newsletter_pdf build content/2026-12",
        "env/bin/newsletter-pdf send content/2026-12 --live",
        'make import FILES="a.docx b.md" ISSUE=2026-12',
    ],
)
def test_commands_stay_on_one_line(command: str) -> None:
    """However narrow the terminal is, so that they can be copied; the words around them are broken as ever."""
    lines = wrap(f"放进环境变量 NEWSLETTER_PDF_SMTP_PASSWORD，或存进系统的钥匙串：{command}，再试一次。", 30)
    assert any(command in line for line in lines)
    assert len(lines) > 3


@pytest.mark.parametrize(
    "written", ['![会场的照片](<images/我的 照片.jpg> "图　会场全景")', "[中国人大网站](https://www.npc.gov.cn/a)"]
)
def test_what_is_to_be_written_stays_on_one_line(written: str) -> None:
    """A link or a picture, so that it can be copied; the sentence before it is broken as ever."""
    lines = wrap(f"怎么办：这一处的写法不对，请照下面这样改过来，写成：{written}", 30)
    assert written in lines[-1]
    assert len(lines) > 2


def test_long_runs_are_broken_in_no_time() -> None:
    """Of Han, of Latin and of both, as a manuscript may hold them."""
    for run in ("张" * 20_000, "a" * 20_000, "a张" * 10_000, "newsletter-pdf " * 2_000, "[" * 20_000, "![张](" * 4_000):
        assert "".join(wrap(run, 60)).replace(" ", "") == run.replace(" ", "")


def test_the_words_after_a_command_are_broken() -> None:
    """Only what belongs to a command is kept together."""
    lines = wrap("Run newsletter-pdf build again and look at the new PDF before you approve it.", 40)
    assert max(map(len, lines)) <= 40

"""The list of readers, as offices keep it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.addresses import AddressError, parse_address, same_key
from newsletter_pdf.mail.recipients import Status, Suppressed, read_recipients, read_suppressed, write_suppressed
from newsletter_pdf.mail.recipients.table import safe_cell, table_bytes


def read(tmp_path: Path, data: bytes | str, name: str = "recipients.csv"):
    """The readers and the findings by code."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    findings = Findings()
    return read_recipients(path, findings), {finding.code: finding for finding in findings}


PLAIN = "姓名,邮箱,分组\n张三,zhang@example.org,会员\n李四,li@example.org,\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("gb18030"),
        b"\xff\xfe" + PLAIN.replace(",", "\t").encode("utf-16-le"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", "，").encode(),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("姓名,邮箱,分组", " Name , E-Mail Address ,GROUP").encode(),
        PLAIN.replace("姓名,邮箱,分组", '"姓名","电子邮箱","组别"').encode(),
        ("\n\n" + PLAIN + ",,\n\n").encode(),
        PLAIN.replace("zhang@example.org", '"=""zhang@example.org"""').encode(),
        PLAIN.replace("zhang@example.org", "'zhang@example.org").encode(),
        PLAIN.replace("zhang@example.org", "=zhang@example.org").encode(),
        PLAIN.replace("zhang@example.org", '"=HYPERLINK(""mailto:zhang@example.org"",""x"")"').encode(),
        PLAIN.replace("zhang@example.org", " zhang＠example。org\u3000").encode(),
        PLAIN.replace("zhang@example.org", "mailto:zhang@EXAMPLE.org").encode(),
        PLAIN.replace("zhang@example.org", "\u200bｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ\u200b").encode(),
        PLAIN.replace("张三,zhang@example.org", ",张三 <zhang@example.org>").encode(),
        PLAIN.replace("zhang@example.org", "zhang@example.org；").encode(),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, data: bytes) -> None:
    """Whatever the encoding, the delimiter, the headings and the habits: the same two readers."""
    people, found = read(tmp_path, data)
    assert people is not None
    assert set(found) <= {"N867"}
    assert [(p.name, p.address, p.groups) for p in people.people] == [
        ("张三", "zhang@example.org", ("会员",)),
        ("李四", "li@example.org", ()),
    ]


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_names_are_not_guessed_from_another_encoding(tmp_path: Path, encoding: str) -> None:
    """Nearly any bytes decode as GB 18030, into names that nobody has: such a list is refused."""
    text = "姓名,mail\n山田太郎,a@example.org\n高橋美和子,b@example.org\n"
    people, found = read(tmp_path, text.encode(encoding))
    assert people is None
    assert set(found) == {"N861"}


def test_a_yaml_list_is_read_too(tmp_path: Path) -> None:
    """With Chinese or English keys, groups as a list, or bare addresses."""
    text = "- {姓名: 张三, 邮箱: zhang@example.org, 分组: [会员, 理事]}\n- li@example.org\n"
    people, found = read(tmp_path, text, "recipients.yaml")
    assert [(p.name, p.address, p.groups) for p in people.people] == [
        ("张三", "zhang@example.org", ("会员", "理事")),
        ("", "li@example.org", ()),
    ]
    assert not found


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("ZHANG@Example.org", "N864"),
        ("ｚｈａｎｇ＠example.org", "N864"),
        ("zhang @example.org", "N864"),
        ("zhang", "N863"),
        ("zhang@", "N863"),
        ("@example.org", "N863"),
        ("zhang@example", "N863"),
        ("张@example.org", "N863"),
        ("a@example.org b@example.org", "N863"),
        ('"a@example.org; b@example.org"', "N863"),
        ("", "N863"),
        ("a@example..org", "N863"),
        ('"a@example.org\nBcc: b@example.org"', "N863"),
        ("a@example.org\u2028b", "N863"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_told(tmp_path: Path, other: str, code: str) -> None:
    """The others stay; nobody is there twice, in whatever spelling."""
    people, found = read(tmp_path, f"姓名,邮箱\n张三,zhang@example.org\n王五,{other}\n李四,li@example.org\n")
    assert [p.address for p in people.people] == ["zhang@example.org", "li@example.org"]
    assert list(found) == [code]
    assert found[code].place.line == 3
    assert people.left_out == 1


def test_the_line_that_says_no_decides(tmp_path: Path) -> None:
    """One mailbox twice, once unsubscribed: it gets nothing."""
    people, _ = read(tmp_path, "邮箱,状态\nzhang@example.org,\nZhang@example.org,退订\n")
    assert [p.status for p in people.people] == [Status.UNSUBSCRIBED]


@pytest.mark.parametrize(
    ("word", "status"),
    [("", "active"), ("正常", "active"), ("暂停", "paused"), ("已退订", "unsubscribed"), ("Bounced", "bounced")],
)
def test_states_are_understood(tmp_path: Path, word: str, status: str) -> None:
    """In both languages."""
    people, found = read(tmp_path, f"邮箱,状态\na@example.org,{word}\n")
    assert people.people[0].status == status
    assert not found


def test_an_unknown_state_is_not_written_to(tmp_path: Path) -> None:
    """Not knowing is no yes."""
    people, found = read(tmp_path, "邮箱,状态\na@example.org,待定\n")
    assert not people.people
    assert list(found) == ["N866"]


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ('"张\n三"', "张 三"),
        ("张\x07三", "张 三"),
        ("\u202e三张", "三张"),
        ("甲" * 10_000, ""),
        ('"=cmd|calc"', "cmd|calc"),
        ("#NAME?", ""),
    ],
)
def test_harmful_names_are_made_harmless(tmp_path: Path, name: str, read_as: str) -> None:
    """Line ends, controls, marks of direction, 10,000 characters: told, and one plain line or nothing is left."""
    people, found = read(tmp_path, f"姓名,邮箱\n{name},a@example.org\n")
    assert people.people[0].name == read_as
    assert list(found) == ([] if name.startswith('"=') else ["N865"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N861"),
        (b"PK\x03\x04rest", "N861"),
        (b"\x00\x01\x02", "N861"),
        ("张三,zhang@example.org\n".encode(), "N862"),
        (b"\xff\xfe\x00", "N861"),
        ('邮箱\n"a@example.org\n'.encode(), None),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, data: bytes, code: str | None) -> None:
    """With one finding that says what to do; an unclosed quotation mark is read to the end."""
    people, found = read(tmp_path, data)
    assert (people is None) == (code is not None)
    assert list(found) == ([] if code is None else [code])


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t"))
def test_no_table_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, rows: list, delimiter: str) -> None:
    """Any cells: readers and findings, never an exception; every address that comes out can be sent to."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([["姓名", "邮箱"], *rows])
    data = stream.getvalue().encode("utf-8", errors="ignore")
    people, _ = read(tmp_path_factory.mktemp("t"), data)
    for person in people.people if people is not None else ():
        assert parse_address(person.address).key == person.key
        assert person.name.isprintable() or "\n" not in person.name


@given(st.text(max_size=60))
def test_keys_do_not_depend_on_spelling(text: str) -> None:
    """What is an address has the same key in capitals, and its key is the key of its tidy form."""
    try:
        address = parse_address(text)
    except AddressError:
        return
    assert same_key(address.text.upper()) == address.key == same_key(text.upper()).casefold()
    assert address.text.isascii()


@given(st.text(max_size=30))
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    """Not with a sign before it, not in full width; what was harmless stays as it was."""
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    if text.isalnum() and text.isascii():
        assert cell == text


def test_a_table_begins_with_the_mark_that_excel_needs() -> None:
    """UTF-8 with its byte order mark; numbers stay numbers."""
    data = table_bytes(("姓名", "次数"), [("=1+1", 2)])
    assert data == "\ufeff姓名,次数\r\n'=1+1,2\r\n".encode()


def test_suppressed_addresses_are_kept_and_found_in_any_spelling(tmp_path: Path) -> None:
    """Written, read back, and equal to what people type."""
    path = tmp_path / "suppressed.csv"
    write_suppressed(path, [Suppressed("zhang@example.org", "退订", "2026-11-25", "=x")])
    findings = Findings()
    entries = read_suppressed(path, findings)
    assert not list(findings)
    assert entries == {"zhang@example.org": Suppressed("zhang@example.org", "退订", "2026-11-25", "=x")}
    assert same_key("ZHANG＠example.org") in entries


def test_a_list_of_suppressed_that_cannot_be_read_stops_the_work(tmp_path: Path) -> None:
    """Otherwise those who left would get mail."""
    path = tmp_path / "suppressed.csv"
    path.write_bytes(b"\x00\x01")
    findings = Findings()
    assert read_suppressed(path, findings) is None
    assert not findings.good


def test_a_bare_column_of_suppressed_addresses_is_read(tmp_path: Path) -> None:
    """As editors paste them, without headings."""
    path = tmp_path / "suppressed.csv"
    path.write_text("a@example.org\nb＠example.org\n", encoding="utf-8")
    assert set(read_suppressed(path, Findings())) == {"a@example.org", "b@example.org"}


@pytest.mark.parametrize(
    ("listed", "suppressed"),
    [
        ("a@例子.中国", "a@例子.中国"),
        ("a@例子.中国", "A@xn--fsqu00a.xn--fiqs8s"),
        ("li@example.org", "<LI＠example。org>"),
        ("li@example.org", "mailto:li@Example.org"),
    ],
)
def test_a_suppressed_reader_is_the_same_in_any_spelling(tmp_path: Path, listed: str, suppressed: str) -> None:
    """One rule makes the keys of both lists."""
    path = tmp_path / "suppressed.csv"
    path.write_text(f"邮箱\n{suppressed}\n", encoding="utf-8")
    assert set(read_suppressed(path, Findings())) == {parse_address(listed).key}


@pytest.mark.parametrize("cell", ["b@x.cn; c@x.cn", "b@x.cn/c@x.cn", "b@x.cn 退订", "某甲 b@x.cn", "b@x.cn.", "某甲"])
def test_a_suppressed_line_that_is_no_address_stops_the_work(tmp_path: Path, cell: str) -> None:
    """Nobody knows who it was meant to name."""
    path = tmp_path / "suppressed.csv"
    path.write_text(f"邮箱,原因\na@x.cn,退订\n{cell},退订\n", encoding="utf-8")
    findings = Findings()
    assert read_suppressed(path, findings) is None
    assert [(finding.code, finding.place.line) for finding in findings] == [("N898", 3)]

"""Text files are read safely and written whole."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf import files
from newsletter_pdf.files import check_confined, confined, read_text, write_atomic
from newsletter_pdf.findings import Findings, Place


def _read(path: Path, **limits: int) -> tuple[str | None, list[str]]:
    findings = Findings()
    text = read_text(path, findings, **limits)
    return text, [f"{f.code} {f.place.line}:{f.place.column}" for f in findings]


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "a.md"
    path.write_bytes(data)
    return path


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    """Windows and old Mac line ends give the same text, so places agree on every system."""
    assert _read(_file(tmp_path, "甲\r\n乙\r丙\n".encode())) == ("甲\n乙\n丙\n", [])


def test_the_place_of_a_bad_byte_counts_characters(tmp_path: Path) -> None:
    """The column is that of an editor, not of a hex dump, and CRLF is one line end."""
    assert _read(_file(tmp_path, "甲乙\r\n丙丁".encode() + b"\xff\x80\xfa")) == (None, ["N106 2:3"])


def test_gbk_is_named_with_what_it_says(tmp_path: Path) -> None:
    """An editor recognises the file by its first words, read rightly."""
    findings = Findings()
    assert read_text(_file(tmp_path, "title: 本月要闻\n正文若干\n".encode("gbk")), findings) is None
    (finding,) = findings
    assert finding.code == "N107"
    assert "本月要闻" in finding.message_zh


def test_random_bytes_are_not_taken_for_gbk(tmp_path: Path) -> None:
    """Bytes that GB 18030 would read as rare characters are called by no name."""
    assert _read(_file(tmp_path, b"ab\x81\x40\x82\x45\x83\x50")) == (None, ["N106 1:3"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    """Notepad's "Unicode" is recognised, also when the mark was lost."""
    assert _read(_file(tmp_path, "title: abc 甲\nnumber: 1\n".encode(encoding)))[1] == ["N108 1:1"]


def test_after_a_byte_order_mark_the_text_is_read_on(tmp_path: Path) -> None:
    """The mark is reported, and everything else in the file can still be checked."""
    assert _read(_file(tmp_path, b"\xef\xbb\xbfabc")) == ("abc", ["N109 1:1"])


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_blank_files_are_empty(tmp_path: Path, data: bytes) -> None:
    """Blanks and a mark alone are nothing."""
    assert _read(_file(tmp_path, data)) == (None, ["N105 None:None"])


def test_hidden_characters_keep_their_places(tmp_path: Path) -> None:
    """Control and direction characters become blanks, so later columns stay true; zero-width ones stay."""
    text, found = _read(_file(tmp_path, "甲\x07乙\n\u200b丙\u202e丁\x85".encode()))
    assert text == "甲 乙\n\u200b丙 丁 "
    assert found == ["N110 1:2", "N111 2:1", "N112 2:3", "N110 2:5"]


def test_a_file_of_the_limit_is_read_and_a_longer_one_not(tmp_path: Path) -> None:
    """The limit counts bytes and is itself allowed."""
    path = _file(tmp_path, b"x" * 100)
    assert _read(path, max_bytes=100) == ("x" * 100, [])
    assert _read(path, max_bytes=99) == (None, ["N104 None:None"])


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    """A folder, a missing file, a path through a file, and a named pipe, which would block for ever."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert _read(tmp_path)[1] == ["N102 None:None"]
    assert _read(tmp_path / "pipe")[1] == ["N102 None:None"]
    assert _read(tmp_path / "none")[1] == ["N101 None:None"]
    assert _read(tmp_path / "file" / "x")[1] == ["N101 None:None"]


def test_what_the_system_refuses_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No permission is a finding with the system's words, not a traceback."""
    path = _file(tmp_path, b"x")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    findings = Findings()
    assert read_text(path, findings) is None
    assert [(f.code, "Permission denied" in f.message_zh) for f in findings] == [("N103", True)]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_finding(data: bytes) -> None:
    """Whatever a file holds, the reader does not raise, and None always has its reason."""
    findings = Findings()
    text = files._decode(data, Path("a.md"), findings)
    assert (text is None) == any(f.code != "N109" for f in findings)


def test_paths_are_confined_to_their_folder(tmp_path: Path) -> None:
    """By their text and through symbolic links, loops included."""
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (root / "link").symlink_to(tmp_path / "out")
    (root / "inner").symlink_to(root / "in")
    (root / "loop").symlink_to(root / "loop")
    assert confined(Path("in/x"), root) == (root / "in" / "x").resolve()
    assert confined(Path("inner/x"), root) == (root / "in" / "x").resolve()
    assert confined(Path(), root) == root.resolve()
    for bad in ("../out", "in/../../out/x", "link/x", "/etc/passwd", "loop/x", "a\0b"):
        assert confined(Path(bad), root) is None


def test_leaving_by_text_and_by_link_are_told_apart(tmp_path: Path) -> None:
    """The remedies differ: another path, or the real file in place of the link."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    findings = Findings()
    assert check_confined(Path("../x"), root, Place(), findings) is None
    assert check_confined(Path("link/x"), root, Place(), findings) is None
    assert [f.code for f in findings] == ["N121", "N122"]


def test_writing_replaces_the_file_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    """No temporary file stays behind."""
    path = _file(tmp_path, b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_readable_as_others_are(tmp_path: Path) -> None:
    """Its permissions follow the umask instead of those of a temporary file."""
    write_atomic(tmp_path / "new", b"x")
    (tmp_path / "plain").write_bytes(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk (here: fsync fails) harms nothing."""
    path = _file(tmp_path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_writing_to_a_link_replaces_its_target(tmp_path: Path) -> None:
    """The link stays a link."""
    path = _file(tmp_path, b"old")
    (tmp_path / "link").symlink_to(path)
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert path.read_bytes() == b"new"

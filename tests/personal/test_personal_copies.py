"""Copies of the finished PDF: nothing of it changes, the mark is there, and ours is told from any other change."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings
from newsletter_pdf.fonts import load_fonts
from newsletter_pdf.personal import (
    Face,
    FaceError,
    Mark,
    NotStampableError,
    Stamper,
    dots_of,
    number_in,
    recognise,
)
from newsletter_pdf.personal.lock import lock
from newsletter_pdf.personal.whose import LockedError, numbers_of
from newsletter_pdf.verify.proof import prove

ROOT = Path(__file__).parents[2]
MARK = Mark("张三丰 · 0A1B2C3D4E", "0A1B2C3D4E")
MARKS = [MARK, Mark("Zoë Ångström", "FFFFFFFFFF"), Mark("", "0000000000")]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.text or "specks")
def test_every_copy_passes_the_proof(finished: bytes, face: Face, mark: Mark, tmp_path: Path) -> None:
    """With the same contents, in the project's faces, and nothing found but the update; qpdf finds nothing wrong."""
    path, before = tmp_path / "copy.pdf", tmp_path / "before.pdf"
    path.write_bytes(Stamper(finished, face if mark.text else None).copy(mark))
    before.write_bytes(finished)
    fonts = load_fonts(ROOT / "fonts", Findings())
    proof, original = (prove(file, font_names=fonts.postscript_names) for file in (path, before))
    assert [finding.code for finding in proof.findings] == ["N696"]
    assert (proof.pages, proof.contents) == (original.pages, original.contents)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.text or "specks")
def test_verify_knows_our_own_update(
    finished: bytes, face: Face, mark: Mark, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command passes a copy and says whose it is; one byte more is a change like any other."""
    path = tmp_path / "copy.pdf"
    path.write_bytes(Stamper(finished, face if mark.text else None).copy(mark))
    assert main(["verify", str(path)]) == 0
    assert mark.number in capsys.readouterr().out
    path.write_bytes(path.read_bytes() + b"%")
    assert main(["verify", str(path)]) == 1
    assert "N696" in capsys.readouterr().out


def test_the_finished_bytes_stay_and_the_same_reader_gets_the_same(finished: bytes, face: Face) -> None:
    """An update after the last byte (7.5.6); made again, by another stamper, it is the same."""
    one = Stamper(finished, face).copy(MARK)
    assert one.startswith(finished)
    assert one == Stamper(finished, face).copy(MARK)
    assert one != Stamper(finished, face).copy(Mark(MARK.text, "0A1B2C3D4F"))
    assert len(one) - len(finished) < 60_000


def test_links_tags_and_text_are_kept(finished: bytes, stamper: Stamper) -> None:
    """Annotations, structure tree and first identifier are those of the finished file; the text has the mark too."""
    with pikepdf.open(BytesIO(finished)) as before, pikepdf.open(BytesIO(stamper.copy(MARK))) as after:
        assert after.Root.StructTreeRoot.objgen == before.Root.StructTreeRoot.objgen
        assert after.trailer.ID[0] == before.trailer.ID[0]
        assert after.trailer.ID[1] != before.trailer.ID[1]
        links = 0
        for old, new in zip(before.pages, after.pages, strict=True):
            kept = [annotation.objgen for annotation in old.get("/Annots", [])]
            assert [annotation.objgen for annotation in new.get("/Annots", [])] == kept
            assert new.StructParents == old.StructParents
            links += len(kept)
        assert links > 50
    with pymupdf.open(stream=finished) as before, pymupdf.open(stream=stamper.copy(MARK)) as after:
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            text = new.get_text().rstrip("\n").split("\n")
            if number:
                assert text.pop() == MARK.text
            assert "\n".join(text) == old.get_text().rstrip("\n")


def test_the_mark_stands_small_in_the_lower_margin(stamper: Stamper) -> None:
    """On every page but the cover, centred, below everything else, inside the page."""
    with pymupdf.open(stream=stamper.copy(MARK)) as pdf:
        for page in list(pdf)[1:]:
            words = page.get_text("words")
            mark = [word for word in words if word[1] > page.rect.height - 40]
            assert [word[4] for word in mark] == MARK.text.split()
            x0, x1 = min(w[0] for w in mark), max(w[2] for w in mark)
            top = min(w[1] for w in mark)
            assert (x0 + x1) / 2 == pytest.approx(page.rect.width / 2, abs=1)
            assert max(w[3] for w in mark) < page.rect.height - 14
            assert all(w[3] < top for w in words if w not in mark)


def test_pdf_ua_is_kept(finished: bytes, stamper: Stamper, tmp_path: Path) -> None:
    """An independent checker says of the copy what it says of the finished file."""
    told = []
    for name, data in (("before", finished), ("copy", stamper.copy(MARK))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        report = pdfua.validate(str(path))
        told.append(sorted({finding.rule_id for finding in report.findings}))
    assert told[0] == told[1]


def test_a_copy_tells_nothing_of_other_readers(stamper: Stamper) -> None:
    """The font has the glyphs of the own mark and no more."""
    stamper.copy(Mark("李四", "1111111111"))
    with pikepdf.open(BytesIO(stamper.copy(MARK))) as pdf:
        font = pdf.pages[3].Resources.Font.NpReader
        assert font.ToUnicode.read_bytes().count(b"\n<") - 1 == len(set(MARK.text))
        assert len(bytes(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes())) < 20_000


def test_our_own_stamp_is_recognised_and_no_other(finished: bytes, face: Face, stamper: Stamper) -> None:
    """To the byte: a change in it, another one after it, another's facts in it, a plain file are not ours."""
    copy = stamper.copy(MARK)
    found = recognise(copy, face)
    assert found is not None
    assert (found.mark, copy[: found.length]) == (MARK, finished)
    assert recognise(finished, face) is None
    assert recognise(stamper.copy(Mark("", "0000000000")), face) is None  # made with letters, told as without
    assert recognise(Stamper(finished, None).copy(Mark("", "0000000000")), None) is not None
    forged = copy.replace("张三丰".encode().hex().encode(), "张三风".encode().hex().encode())
    for other in (forged, copy + b"\n", copy + copy[len(finished) :], copy[:-1], copy[: len(finished) + 40], b"", b"x"):
        assert other != copy
        assert recognise(other, face) is None


@given(data=st.data())
@settings(max_examples=40)
def test_any_changed_byte_of_the_update_is_seen(data: st.DataObject, finished: bytes, face: Face) -> None:
    """Wherever it is."""
    copy = bytearray(Stamper(finished, face).copy(MARK))
    at = data.draw(st.integers(len(finished), len(copy) - 1))
    copy[at] ^= 1 << data.draw(st.integers(0, 7))
    assert recognise(bytes(copy), face) is None


def test_a_file_with_a_table_gets_a_table(finished: bytes, face: Face) -> None:
    """An update is of the kind that the file has (7.5.8.4)."""
    plain = BytesIO()
    with pikepdf.open(BytesIO(finished)) as pdf:
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    copy = Stamper(plain.getvalue(), face).copy(MARK)
    assert copy[len(plain.getvalue()) :].count(b"\nxref\n") == 1
    with pikepdf.open(BytesIO(copy)) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert numbers_of(copy) == (MARK.number,)


def test_specks_outlive_other_programs(stamper: Stamper) -> None:
    """Pages taken out, saved anew, compressed: the number can still be read."""
    with pikepdf.open(BytesIO(stamper.copy(MARK))) as pdf, pikepdf.new() as part:
        part.pages.extend(pdf.pages[20:22])
        out = BytesIO()
        part.save(out, compress_streams=True, recompress_flate=True)
    assert numbers_of(out.getvalue()) == (MARK.number,)
    with pymupdf.open(stream=stamper.copy(MARK)) as pdf:
        assert numbers_of(pdf.tobytes(garbage=4, clean=True, deflate=True)) == (MARK.number,)


@given(st.integers(0, 16**10 - 1), st.floats(0, 500), st.floats(0, 500))
def test_every_number_comes_back_from_its_specks(value: int, left: float, bottom: float) -> None:
    """Anywhere on the page; one speck moved, and it is no number."""
    number = f"{value:010X}"
    drawn = dots_of(number, left, bottom).encode()
    assert number_in(b"1 0 0 1 0 0 cm\n" + drawn) == number
    lines = drawn.split(b"\n")
    assert number_in(b"\n".join(lines[:20] + lines[21:])) is None


@given(st.binary(max_size=3000))
def test_anything_may_be_read_for_specks(content: bytes) -> None:
    """No exception."""
    assert number_in(content) is None or len(number_in(content)) == 10


def test_a_password_locks_and_opens(stamper: Stamper) -> None:
    """AES-256, revision 6; everything is permitted to whoever opens it; the pages inside are those of the copy."""
    copy = stamper.copy(MARK)
    locked = lock(copy, "春江花月夜")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked))
    with pytest.raises(LockedError):
        numbers_of(locked, "wrong")
    assert numbers_of(locked, "春江花月夜") == (MARK.number,)
    with pikepdf.open(BytesIO(locked), password="春江花月夜") as opened, pikepdf.open(BytesIO(copy)) as before:
        assert (opened.encryption.R, opened.encryption.stream_method.name) == (6, "aesv3")
        assert opened.allow.accessibility
        assert opened.allow.print_highres
        for one, other in zip(opened.pages, before.pages, strict=True):
            assert [c.read_bytes() for c in one.Contents] == [c.read_bytes() for c in other.Contents]
        out = BytesIO()
        opened.save(out)
    for bad in ("", "x" * 128):
        with pytest.raises(ValueError, match="octets"):
            lock(copy, bad)


def test_a_copy_takes_at_most_five_milliseconds(stamper: Stamper) -> None:
    """Of one core's time, with a different name each time."""
    marks = [Mark(f"读者{chr(0x4E00 + n)}{chr(0x5E00 + n)} · {n:010X}", f"{n:010X}") for n in range(200)]
    started = time.process_time()
    for mark in marks:
        stamper.copy(mark)
    assert (time.process_time() - started) / len(marks) < 0.005


def test_a_long_text_is_cut_to_fit(stamper: Stamper) -> None:
    """Within the margins, with an ellipsis."""
    shown = stamper.fitted("长" * 150)
    assert shown.endswith("…")
    assert stamper.fitted(shown) == shown
    with pymupdf.open(stream=stamper.copy(Mark("长" * 150, "0" * 10))) as pdf:
        (word,) = [w for w in pdf[5].get_text("words") if w[4] == shown]
        assert word[0] > 70
        assert word[2] < pdf[5].rect.width - 70


@pytest.mark.parametrize(
    "bad", [b"", b"%PDF-1.7\nno\nstartxref\n9\n%%EOF\n", b"x" * 500, b"%PDF-1.7\nstartxref\n5\n%%EOF"]
)
def test_what_is_no_finished_pdf_is_refused(bad: bytes, face: Face) -> None:
    """With a reason, whatever it is."""
    with pytest.raises(NotStampableError):
        Stamper(bad, face)


def test_a_locked_file_is_refused(finished: bytes, face: Face) -> None:
    """It cannot be read, so nothing is put on it."""
    with pytest.raises(NotStampableError):
        Stamper(lock(finished, "x"), face)


def test_marks_are_one_line_and_numbered() -> None:
    """Nothing else becomes part of the file."""
    for text, number in (("甲\n乙", "0" * 10), ("甲", "xyz"), ("甲", "0" * 9), ("\u202e", "0" * 10)):
        with pytest.raises(ValueError, match=r"mark|number"):
            Mark(text, number)


def test_a_face_has_what_it_has(face: Face) -> None:
    """Characters beyond it are refused; composite glyphs bring their parts."""
    assert face.has("张三 · 0A é")
    assert not face.has("😀")
    with pytest.raises(FaceError):
        face.cut("😀")
    with pytest.raises(FaceError):
        Face(b"OTTO" + bytes(100), "none")
    cut = face.cut("éab")
    assert cut.widths == tuple(cut.widths)
    assert cut.codes("ba") == f"{2:04x}{1:04x}"

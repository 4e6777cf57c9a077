"""Files that are not what they should be are found, and never raise."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from verify_paper import FONTS, Rewrite, codes

from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify import Limits, prove


@pytest.mark.parametrize(
    ("warn", "fail", "expected"), [(1000, 10**6, {"N507"}), (500, 1000, {"N506"}), (10**6, 10**6, set())]
)
def test_size_limits(sound: Path, warn: int, fail: int, expected: set[str]) -> None:
    """Above the first limit a warning, above the second an error, and only one of them."""
    assert codes(prove(sound, limits=Limits(warn=warn, fail=fail))) == expected


def test_truncated_file_is_found(sound: Path) -> None:
    """A copy that stopped half-way."""
    sound.write_bytes(sound.read_bytes()[:-600])
    assert "N502" in codes(prove(sound))


def test_encrypted_file_is_found(rewrite: Rewrite) -> None:
    """A file with a password is told apart from a damaged one."""
    path = rewrite(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert codes(prove(path)) == {"N503"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N501"),
        (b"plain text, no PDF", "N501"),
        (b"%PDF-1.7\n%%EOF\n", "N501"),
        (b"%PDF-1.7\ntrailer<</Root 1 0 R>>startxref\n0\n%%EOF", "N501"),
    ],
)
def test_what_is_no_pdf_is_found(tmp_path: Path, data: bytes, code: str) -> None:
    """Empty, of another kind, or a shell with nothing in it."""
    path = tmp_path / "no.pdf"
    path.write_bytes(data)
    proof = prove(path)
    assert codes(proof) == {code}
    assert (proof.pages, proof.contents) == (0, ())


def test_absent_file_and_folder_are_findings(tmp_path: Path) -> None:
    """A wrong path is told, not raised."""
    assert codes(prove(tmp_path / "none.pdf")) == {"N500"}
    assert codes(prove(tmp_path)) == {"N500"}


def test_pdf_of_another_program_is_found(tmp_path: Path) -> None:
    """Without our heading marks nothing can be proved of the contents."""
    writer = PdfWriter()
    writer.add_blank_page(595.276, 841.89)
    writer.write(tmp_path / "other.pdf")
    assert {"N505", "N510"} <= codes(prove(tmp_path / "other.pdf"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_never_raise_nor_log(
    sound_bytes: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """Whatever happens to a file's bytes, the answer is findings and no log line."""
    damaged = bytearray(sound_bytes)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(damaged))
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        prove(path, font_names=FONTS, expected_pages=8)
    assert caplog.records == []


def test_every_object_of_the_file_may_be_nonsense(rewrite: Rewrite) -> None:
    """Wrong types where the proof looks are findings, not faults."""
    for key in ("/Names", "/Outlines", "/PageLabels", "/StructTreeRoot", "/Metadata", "/MarkInfo", "/Lang"):
        for value in (NumberObject(7), ArrayObject([FloatObject(1.5)]), TextStringObject("x"), DictionaryObject()):

            def edit(writer: PdfWriter, key: str = key, value: object = value) -> None:
                writer.root_object[NameObject(key)] = value  # type: ignore[assignment] # nonsense is meant

            proof = prove(rewrite(edit), font_names=FONTS)
            assert "N504" not in codes(proof), [f.message_en for f in proof.findings]


def test_rules_of_the_proof_are_complete() -> None:
    """Every code is declared once and is in the range of the proof."""
    listed = [rule.code for rule in rules.RULES]
    assert len(set(listed)) == len(listed)
    assert all(code.startswith(("N5", "N68", "N69")) for code in listed)

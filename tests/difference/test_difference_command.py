"""The command: what it refuses, and what the page it writes is made of."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter_pdf.cli import main
from newsletter_pdf.difference import UnreadableSideError, compare, difference_page, page

Proof = Callable[..., Path]
TEXT = "<p>这里是正文，不长。</p>"


def test_a_missing_file_is_wrong_usage(proof: Proof, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, naming the file."""
    assert main(["diff", "没有.pdf", os.fspath(proof(TEXT))]) == 2
    assert "没有.pdf" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"Dear editor", b"%PDF-1.7\nnothing more"])
def test_what_is_no_pdf_is_a_finding(
    content: bytes, proof: Proof, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 and N645; nothing is written."""
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    assert main(["diff", os.fspath(proof(TEXT)), os.fspath(bad), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [item["code"] for item in found["findings"]] == ["N645"]
    assert not (tmp_path / "diff.html").exists()


def test_a_page_that_cannot_be_written_is_a_finding(
    proof: Proof, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The outcome is on the screen all the same, with N646."""
    old, new = map(os.fspath, (proof(TEXT), proof(TEXT + TEXT)))
    assert main(["diff", old, new, "--out", os.fspath(tmp_path / "none" / "x.html")]) == 1
    screen = capsys.readouterr().out
    assert "N646" in screen
    assert "文字改动 1 处" in screen


def test_a_proof_is_never_overwritten(proof: Proof) -> None:
    """--out naming one of the proofs is wrong usage, and the proof stays."""
    old, new = proof(TEXT), proof(TEXT)
    before = new.read_bytes()
    assert main(["diff", os.fspath(old), os.fspath(new), "--out", os.fspath(new)]) == 2
    assert new.read_bytes() == before


def test_the_page_goes_beside_the_new_proof(proof: Proof, tmp_path: Path) -> None:
    """Without --out it is diff.html there; equal proofs replace an old one by one that says so."""
    (tmp_path / "diff.html").write_text("old", encoding="utf-8")
    assert main(["diff", os.fspath(proof(TEXT)), os.fspath(proof(TEXT))]) == 0
    assert "没有任何不同" in (tmp_path / "diff.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_self_contained_and_escapes_text(lang: str, proof: Proof) -> None:
    """Nothing is loaded or run; markup in the text is shown, not obeyed."""
    old = proof(TEXT, title="x")
    new = proof("<p>&lt;script&gt;alert(1)&lt;/script&gt;换了。</p>", title="&lt;b&gt;y")
    html = difference_page(compare(old, new), old, new, lang)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert set(re.findall(r'(?:src|href)="([a-z]+:|#)', html)) == {"data:", "#"}
    assert "http:" not in html.replace("http://www.w3.org", "")
    assert "default-src 'none'" in html


def test_only_pages_that_differ_are_pictured(proof: Proof) -> None:
    """Two pictures for the page that changed, none for the others."""
    other = "<p>另一页没有动过。</p>"
    old, new = proof(TEXT, other, other), proof(TEXT.replace("不长", "很短"), other, other)
    html = difference_page(compare(old, new), old, new)
    assert html.count("data:image/png") == 2
    assert html.count("m-added") > html.count(".m-added")


def test_pictures_are_limited_and_the_rest_is_counted(proof: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many pages, those with changes are pictured first."""
    monkeypatch.setattr(page, "MOST", 1)
    many = "".join(f"<p>第{n}行写着一件不大的事，记在这里备查。</p>" for n in "一二三四五六七八九十子丑寅卯")
    old, new = proof(many), proof("<p>开头添了一行。</p>" + many)
    html = difference_page(compare(old, new), old, new)
    assert html.count("data:image/png") == 2
    assert "另有 1 页没有附图" in html
    assert html.index("有改动") < html.index('<div class="pair"')


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from weasyprint import HTML

    path = tmp_path_factory.mktemp("sound") / "sound.pdf"
    HTML(string=f"<html lang=zh-CN><title>x</title>{TEXT * 20}").write_pdf(path, pdf_variant="pdf/ua-1")
    return path.read_bytes()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=40))
def test_damage_is_never_a_traceback(sound: bytes, tmp_path: Path, place: float, junk: bytes) -> None:
    """A file with bytes put over it is compared or refused."""
    at = int(place * len(sound))
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(sound)
    bad.write_bytes(sound[:at] + junk + sound[at + len(junk) :])
    assert _compared(good, bad)


def _compared(old: Path, new: Path) -> str:
    """The page, or why there is none."""
    try:
        return difference_page(compare(old, new), old, new)
    except UnreadableSideError as error:
        return error.zh

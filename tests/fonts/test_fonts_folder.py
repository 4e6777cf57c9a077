"""The font folder: what a build accepts, what it refuses, and what the project's own folder holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.fonts import FONT_SUFFIXES, CodePoints, FontSet, load_fonts

FONTS = Path(__file__).resolve().parents[2] / "fonts"
MEGABYTE = 1_000_000


def codes(findings: Findings) -> list[str]:
    """The codes found, in order."""
    return [finding.code for finding in findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small font folder with one face that is right in all points."""
    (tmp_path / "A.ttf").write_bytes(b"a face")
    (tmp_path / "OFL.txt").write_text("licence", encoding="utf-8")
    coverage = json.dumps({"version": 1, "families": {"A": "41-5a"}}).encode()
    (tmp_path / "coverage.json").write_bytes(coverage)
    face = {
        "family": "A",
        "weight": 400,
        "style": "normal",
        "file": "A.ttf",
        "sha256": hashlib.sha256(b"a face").hexdigest(),
        "postscript_name": "A-Regular",
        "characters": 26,
        "licence": "OFL.txt",
        "source": {"package": "a", "version": "1", "files": [{"path": "A.ttf", "sha256": "0" * 64}]},
        "changes": [],
    }
    listed = {"file": "coverage.json", "sha256": hashlib.sha256(coverage).hexdigest()}
    manifest = {"version": 1, "coverage": listed, "faces": [face]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def test_a_sound_folder_gives_its_faces(folder: Path) -> None:
    """Nothing is found, and names and characters are those of the lists."""
    findings = Findings()
    fonts = load_fonts(folder, findings)
    assert isinstance(fonts, FontSet)
    assert codes(findings) == []
    assert fonts.postscript_names == {"A-Regular"}
    assert fonts.covers("A")
    assert fonts.covers("\u2060")
    assert not fonts.covers("字")


@pytest.mark.parametrize(
    ("spoil", "code", "stops"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "N350", True),
        (lambda folder: (folder / "manifest.json").write_text("{}", encoding="utf-8"), "N351", True),
        (lambda folder: (folder / "A.ttf").unlink(), "N352", True),
        (lambda folder: (folder / "A.ttf").write_bytes(b"another face"), "N353", True),
        (lambda folder: (folder / "B.otf").write_bytes(b"foreign"), "N354", None),
        (lambda folder: (folder / "OFL.txt").unlink(), "N355", False),
    ],
)
def test_what_is_not_as_the_manifest_says_is_found(
    folder: Path, spoil: Callable[[Path], object], code: str, stops: bool | None
) -> None:
    """A missing, changed or foreign file and a missing licence have a finding each; wrong faces stop the build."""
    spoil(folder)
    findings = Findings()
    fonts = load_fonts(folder, findings)
    assert codes(findings) == [code]
    if stops is not None:
        assert (fonts is None) is stops


def test_the_projects_folder_is_sound_and_small() -> None:
    """No finding; every font file is in the manifest; 80 MB in all at most; a licence beside each face."""
    findings = Findings()
    fonts = load_fonts(FONTS, findings)
    assert fonts is not None
    assert codes(findings) == []
    files = [path for path in FONTS.rglob("*") if path.is_file()]
    assert {path.name for path in files if path.suffix in FONT_SUFFIXES} == {face.file for face in fonts.faces}
    assert sum(path.stat().st_size for path in files) <= 80 * MEGABYTE
    for face in fonts.faces:
        assert "SIL OPEN FONT LICENSE" in (FONTS / face.licence).read_text(encoding="utf-8").upper()


def test_faces_are_what_the_manifest_says() -> None:
    """PostScript name, weight and number of characters stand in the face itself; none is a collection."""
    fonts = load_fonts(FONTS, Findings())
    assert fonts is not None
    for face in fonts.faces:
        with TTFont(FONTS / face.file, lazy=True) as font:
            assert font["name"].getDebugName(6) == face.postscript_name
            assert font["OS/2"].usWeightClass == face.weight
            assert len(font.getBestCmap()) == face.characters


def test_families_of_one_page_share_their_vertical_metrics() -> None:
    """Song, Hei, Kai and their Latin companion have one ascent and descent, so that no line is moved by its fonts."""
    fonts = load_fonts(FONTS, Findings())
    assert fonts is not None
    found = set()
    for face in fonts.faces:
        if face.family in ("NL Serif", "NL Sans", "NL Kai", "NL Latin"):
            with TTFont(FONTS / face.file, lazy=True) as font:
                units = font["head"].unitsPerEm
                found.add((round(font["hhea"].ascent / units, 3), round(-font["hhea"].descent / units, 3)))
    assert len(found) == 1


def test_the_engine_is_shown_this_folder_and_no_other(tmp_path: Path) -> None:
    """The configuration names one folder of fonts and takes in no configuration of the system."""
    text = fontconfig_file(FONTS, tmp_path).read_text(encoding="utf-8")
    assert text.count("<dir>") == 1
    assert f"<dir>{FONTS}</dir>" in text
    assert "<include" not in text


def test_a_replaced_face_gets_a_cache_of_its_own(folder: Path, tmp_path: Path) -> None:
    """Fontconfig would take it for the old face: the folder's time stays when a file in it is written over."""

    def cache() -> str:
        text = fontconfig_file(folder, tmp_path / "cache").read_text(encoding="utf-8")
        return text.partition("<cachedir>")[2].partition("</cachedir>")[0]

    before = cache()
    assert cache() == before
    assert Path(before).parent == tmp_path / "cache"
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    data["faces"][0]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
    assert cache() != before


def test_two_projects_do_not_share_a_configuration(folder: Path, tmp_path: Path) -> None:
    """Builds at the same time each read their own."""
    ours, other = fontconfig_file(FONTS, tmp_path / "cache"), fontconfig_file(folder, tmp_path / "cache")
    assert ours != other
    assert f"<dir>{FONTS}</dir>" in ours.read_text(encoding="utf-8")


def test_ranges_of_code_points() -> None:
    """Ranges that touch are one; ends belong to them."""
    points = CodePoints.parse("41-43 44 61")
    assert list(points.ranges) == [(0x41, 0x44), (0x61, 0x61)]
    assert 0x44 in points
    assert 0x45 not in points
    assert 0x40 not in points

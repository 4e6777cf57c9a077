"""Pictures are inside the folder, of a kind that prints, and harmless."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reader_samples import SVG, Outcome, Reader

from newsletter_pdf.reader.svg import BrokenSvgError, UnsafeSvgError, check_svg


def _picture(read: Reader, name: str) -> Outcome:
    return read(f"### 文\n![图]({name})\n")


def _raster(kind: str, width: int = 500, height: int = 300) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_kind_is_told_by_content(read: Reader, folder: Path, kind: str) -> None:
    """A wrong extension is no obstacle."""
    (folder / "images" / "a.dat").write_bytes(_raster(kind))
    outcome = _picture(read, "images/a.dat")
    assert outcome.found == []
    assert outcome.issue is not None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_raster("GIF"), "N274"),
        (b"%PDF-1.7 ...", "N274"),
        (_raster("PNG")[:80], "N294"),
        (b"", "N274"),
        (_raster("PNG", 399), "N276"),
        (_raster("PNG", 8000, 8000), "N275"),
        (b"x" * (20 * 1024 * 1024 + 1), "N275"),
        (SVG.replace("<rect", "<script/><rect").encode(), "N277"),
        (SVG[:-6].encode(), "N278"),
        (b"<html><svg/></html>", "N278"),
    ],
)
def test_a_picture_that_does_not_print_well_is_told(read: Reader, folder: Path, data: bytes, code: str) -> None:
    """Other formats, damaged, too small, too large, unsafe: at the picture's place in the text."""
    (folder / "images" / "a.png").write_bytes(data)
    assert _picture(read, "images/a.png").found == [f"{code} 01-news.md:5:1"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("images/b.svg", "N270"),
        ("images/A.svg", "N273"),
        ("Images/a.svg", "N273"),
        ("../x.svg", "N121"),
        ("images/../../x.svg", "N121"),
        ("images/out.svg", "N122"),
        ("https://a.cn/a.svg", "N271"),
        ("//a.cn/a.svg", "N271"),
        ("data:image/png;base64,AA", "N271"),
        ("/etc/a.svg", "N280"),
        ("file:///etc/a.svg", "N280"),
        ("C:/a.svg", "N280"),
        ("images%5Ca.svg", "N280"),
        ("images", "N102"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(read: Reader, folder: Path, name: str, code: str) -> None:
    """Outside by text or link, from the network, absolute, misspelt, a folder."""
    (folder / "images" / "a.svg").write_text(SVG, encoding="utf-8")
    (folder.parent / "x.svg").write_text(SVG, encoding="utf-8")
    (folder / "images" / "out.svg").symlink_to(folder.parent / "x.svg")
    found = [entry.split()[0] for entry in _picture(read, name).found if not entry.startswith("N279")]
    assert found == [code]


def test_a_missing_alternative_text_is_an_error(read: Reader, folder: Path) -> None:
    """Every picture says what it shows."""
    (folder / "images" / "a.svg").write_text(SVG, encoding="utf-8")
    assert read("### 文\n![](images/a.svg)\n").found == ["N272 01-news.md:5:1"]


def test_unused_pictures_are_mentioned(read: Reader, folder: Path) -> None:
    """As information; hidden files, links and other files are not meant."""
    for name in ("a.svg", "b.svg", ".c.svg", "notes.txt"):
        (folder / "images" / name).write_text(SVG, encoding="utf-8")
    outcome = _picture(read, "images/a.svg")
    assert outcome.found == ["N279 b.svg"]
    assert outcome.issue is not None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<foreignObject/>",
        '<a onclick="x()"/>',
        '<image href="https://a.cn/a.png"/>',
        '<image xlink:href="file:///etc/passwd" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        '<use href="other.svg#x"/>',
        '<image href="data:image/svg+xml;base64,AA"/>',
        '<rect style="fill: url(https://a.cn/x)"/>',
        "<rect fill=\"url( '//a.cn/x')\"/>",
        "<style>@import 'x';</style>",
        "<style>rect{fill:url(x.svg#a)}</style>",
        "<style>rect{fill:u\\72l(x.svg)}</style>",
        '<g xml:base="https://a.cn/"/>',
    ],
)
def test_an_svg_with_reach_is_refused(inside: str) -> None:
    """Nothing in a picture runs, fetches or reads."""
    with pytest.raises(UnsafeSvgError):
        check_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<?xml-stylesheet href="x.css"?>',
    ],
)
def test_declarations_that_reach_out_are_refused(head: str) -> None:
    """Entities could fill the memory or read a file."""
    with pytest.raises(UnsafeSvgError):
        check_svg(f'{head}<svg xmlns="http://www.w3.org/2000/svg"/>'.encode())


def test_an_ordinary_svg_passes() -> None:
    """Gradients, own references, embedded pictures, styles, metadata of drawing programs."""
    check_svg(
        b'<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg">'
        b"<style>.a{fill:#222} .b{fill:url(#g)}</style><metadata>x</metadata>"
        b'<linearGradient id="g"/><rect fill="url(#g)" style="stroke:#000"/><use href="#g"/>'
        b'<image href="data:image/png;base64,iVBORw0KGgo="/><text>a\\b</text></svg>'
    )


@given(st.binary(max_size=200) | st.text(alphabet="<>svg!DOCTYPE[]&; '\"/?-", max_size=80).map(str.encode))
def test_any_bytes_pass_or_are_refused(data: bytes) -> None:
    """A file is an SVG, unsafe, or broken; the check raises nothing else."""
    try:
        check_svg(data)
    except (UnsafeSvgError, BrokenSvgError):
        return
    assert b"svg" in data

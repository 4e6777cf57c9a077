"""A picture in a PDF is the content's own, pixel by pixel where that can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from mutation_tools import saved
from pikepdf import Name, Pdf, Stream
from PIL import Image

from newsletter_pdf import pipeline
from newsletter_pdf.expectation import expected
from newsletter_pdf.findings import Findings
from newsletter_pdf.verify import prove
from newsletter_pdf.verify.expected import Expected

ROOT = Path(__file__).parents[2]
SIZE = (640, 400)
NAMES = ("photo.jpg", "turned.jpg", "plain.png", "clear.png", "few.png", "grey.png", "web.webp")


class _Quiet:
    """Progress that nobody watches."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Printed:
    """An issue with pictures of all kinds, as it is built, and what it should show."""

    data: bytes
    expected: Expected


def _picture(step: int) -> Image.Image:
    """A picture with soft and hard edges, another one for each step."""
    columns, rows = (Image.linear_gradient("L").resize(SIZE), Image.radial_gradient("L").resize(SIZE))
    image = Image.merge("RGB", (columns, rows, columns.rotate(180)))
    image.paste((20 * step, 200, 40), (40 * step, 30, 40 * step + 90, 300))
    return image


def _write(folder: Path) -> None:
    folder.mkdir(parents=True)
    pictures = [_picture(step) for step in range(len(NAMES))]
    turned = Image.Exif()
    turned[0x0112] = 6
    pictures[0].save(folder / NAMES[0], quality=90)
    pictures[1].save(folder / NAMES[1], quality=90, exif=turned)
    pictures[2].save(folder / NAMES[2])
    pictures[3].putalpha(200)
    pictures[3].save(folder / NAMES[3])
    pictures[4].quantize(16).save(folder / NAMES[4])
    pictures[5].convert("L").save(folder / NAMES[5])
    pictures[6].save(folder / NAMES[6], quality=80)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    home = tmp_path_factory.mktemp("home")
    for name in ("layouts", "fonts"):
        (home / name).symlink_to(ROOT / name)
    folder = home / "content" / "2026-11"
    _write(folder / "images")
    (folder / "issue.yaml").write_text("title: 样刊\ndate: 2026-11-20\nnumber: 11\nauthor: 甲\n", encoding="utf-8")
    body = "\n\n".join(f"甲乙丙丁。\n\n![图{name}](images/{name})" for name in NAMES)
    (folder / "01-news.md").write_text(f"---\ntitle: 要闻\n---\n\n### 文章\n\n{body}\n", encoding="utf-8")
    for name, text in (("masthead", "nameplate: 样"), ("services", "pages: [{title: 甲, blocks: [文字]}]")):
        (folder.parent / f"{name}.yaml").write_text(text + "\n", encoding="utf-8")
    result = pipeline.build(folder, out=home / "build", progress=_Quiet())
    made = result.pdf or result.rejected
    inputs = pipeline.read(folder, None, Findings())
    assert made is not None, [finding.message_en for finding in result.findings]
    assert inputs is not None
    return Printed(made.read_bytes(), expected(inputs.issue, inputs.layout))


@pytest.fixture
def found(printed: Printed, tmp_path: Path) -> Callable[[Callable[[Pdf], None]], list[str]]:
    """What is said of the pictures when the file was changed."""

    def run(edit: Callable[[Pdf], None]) -> list[str]:
        path = tmp_path / "spoilt.pdf"
        with pikepdf.open(BytesIO(printed.data)) as pdf:
            edit(pdf)
            path.write_bytes(saved(pdf))
        proof = prove(path, expected=printed.expected)
        return [finding.message_en for finding in proof.findings if finding.code in ("N564", "N565")]

    return run


def _images(pdf: Pdf) -> Iterator[Stream]:
    """The images in the order in which they are printed."""
    seen = set()
    for page in pdf.pages:
        names = [str(o.operands[0]) for o in pikepdf.parse_content_stream(page) if str(o.operator) == "Do"]
        for name in names:
            image = page.Resources.XObject[name]
            if image.Subtype == Name.Image and image.objgen not in seen:
                seen.add(image.objgen)
                yield image


def test_pictures_as_they_are_embedded_are_known_again(found: Callable[[Callable[[Pdf], None]], list[str]]) -> None:
    """JPEG, a JPEG that a camera turned, PNG in colour, with transparency, with a palette, in grey, and WebP."""
    assert found(lambda _pdf: None) == []


@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_another_picture_of_the_same_size_is_found(
    found: Callable[[Callable[[Pdf], None]], list[str]], place: int
) -> None:
    """Encoded as the right one is, only with other pixels."""

    def edit(pdf: Pdf) -> None:
        image = list(_images(pdf))[place]
        size = (int(image.Width), int(image.Height))
        grey = image.ColorSpace == Name.DeviceGray
        other = Image.new("RGB", size, (250, 10, 10)).convert("L" if grey else "RGB")
        if image.Filter == Name.DCTDecode:
            out = BytesIO()
            other.save(out, "JPEG")
            image.write(out.getvalue(), filter=Name.DCTDecode)
        else:
            del image["/DecodeParms"]
            image.write(other.tobytes())

    (message,) = found(edit)
    assert NAMES[place] in message
    assert "pixels are not those" in message


def test_one_pixel_is_enough_where_nothing_was_lost(found: Callable[[Callable[[Pdf], None]], list[str]]) -> None:
    """A PNG is embedded with all its pixels."""

    def edit(pdf: Pdf) -> None:
        image = list(_images(pdf))[2]
        data = bytearray(image.read_bytes())
        data[5000] ^= 1
        del image["/DecodeParms"]
        image.write(bytes(data))

    (message,) = found(edit)
    assert NAMES[2] in message


def test_two_pictures_exchanged_are_found(found: Callable[[Callable[[Pdf], None]], list[str]]) -> None:
    """Each is known by its own place in the content."""

    def edit(pdf: Pdf) -> None:
        one, other = list(_images(pdf))[2:5:2]
        ours, theirs = one.read_raw_bytes(), other.read_raw_bytes()
        filters = one.Filter, one.DecodeParms, other.Filter, other.DecodeParms
        one.write(theirs, filter=filters[2], decode_parms=filters[3])
        other.write(ours, filter=filters[0], decode_parms=filters[1])

    assert len(found(edit)) == 2


def test_a_picture_of_other_pixels_is_found(found: Callable[[Callable[[Pdf], None]], list[str]]) -> None:
    """The same picture at half its resolution."""

    def edit(pdf: Pdf) -> None:
        image = next(iter(_images(pdf)))
        out = BytesIO()
        _picture(0).resize((320, 200)).save(out, "JPEG")
        image.write(out.getvalue(), filter=Name.DCTDecode)
        image.Width, image.Height = 320, 200

    (message,) = found(edit)
    assert "640×400" in message

"""What would vanish, run away or reach outside is found by the reader."""

from __future__ import annotations

import base64
import time

import pytest
from reader_samples import Reader

from newsletter_pdf.reader.inline import plain_text
from newsletter_pdf.reader.svg import UnsafeSvgError, check_svg


def _svg(body: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        f"{body}</svg>"
    ).encode()


def test_a_line_like_a_link_definition_is_text(read: Reader) -> None:
    """「[注]: …」 is what the editor wrote, and is printed."""
    article = read("### 文\n\n前文。\n\n[注]: 这句说明\n\n来源：社\n").article
    assert [plain_text(block.children) for block in article.blocks] == ["前文。", "[注]: 这句说明"]


def test_two_notes_of_one_name_are_an_error(read: Reader) -> None:
    """Only one of them could be printed; what only looks like a note in program text is none."""
    body = "### 文\n\n正文[^1]。\n\n```\n[^1]: 代码\n```\n\n[^1]: 甲\n\n[^1]: 乙\n"
    assert [code for code in read(body).found if code.startswith("N243")] == ["N243 01-news.md:14:1"]


def test_a_note_longer_than_the_foot_of_a_page_is_an_error(read: Reader) -> None:
    """It would run off the paper."""
    assert not [code for code in read(f"### 文\n\n正文[^1]。\n\n[^1]: {'字' * 1000}\n").found if "N244" in code]
    assert [code for code in read(f"### 文\n\n正文[^1]。\n\n[^1]: {'字' * 1001}\n").found if "N244" in code]


@pytest.mark.parametrize(
    "body",
    [
        ">" * 3000 + "字",
        "\n".join("  " * depth + "- 项" for depth in range(40)),
        "字*_" * 2000 + "核" + "_*" * 2000,
    ],
)
def test_what_is_nested_too_deep_is_an_error(body: str, read: Reader) -> None:
    """Nothing is dropped without a word, and nothing ends in a fault."""
    assert "N123 01-news.md:6:1" in read(f"### 文\n\n{body}\n").found


@pytest.mark.parametrize(
    "body",
    [
        "字*强*" * 4000,
        "".join(f"[甲{n}](https://a.cn/{n})" for n in range(2000)),
        "[甲】(https://a.cn) " * 1000,
        "甲" + " " * 200_000 + "乙",
        "字[^1]" * 4000 + "\n\n[^1]: 注" + "字" * 500,
    ],
)
def test_long_paragraphs_take_no_quadratic_time(body: str, read: Reader) -> None:
    """Each of these took minutes when every piece looked at all others."""
    started = time.perf_counter()
    read(f"### 文\n\n{body}\n")
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "payload",
    [
        "data:image/png;base64," + base64.b64encode(_svg('<image href="file:///etc/x.png"/>')).decode(),
        "data:image/png,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E",
        "data:image/jpeg;base64,",
        "data:image/png;base64,?",
    ],
)
def test_an_embedded_picture_is_what_its_label_says(payload: str) -> None:
    """An SVG under the label of a PNG would bring in what the check of SVGs keeps out."""
    with pytest.raises(UnsafeSvgError):
        check_svg(_svg(f'<image href="{payload}"/>'))
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
    check_svg(_svg(f'<image xlink:href="data:image/png;base64,{png}"/>'))
    check_svg(_svg(f'<image xlink:href="data:image/png;name=a;base64, {png[:30]} {png[30:]}"/>'))


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<mask id="m"><rect mask="url(#m)"/></mask>',
        '<style>.x{clip-path:url(#c)}</style><clipPath id="c"><rect class="x"/></clipPath>',
        '<g id="l0"><rect/></g>'
        + "".join(f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10}</g>' for n in range(1, 10)),
        "<g>" * 3000 + "</g>" * 3000,
    ],
)
def test_references_in_circles_and_beyond_measure_are_refused(body: str) -> None:
    """They would end the build or keep it busy for ever."""
    with pytest.raises(UnsafeSvgError):
        check_svg(_svg(body))


def test_usual_references_are_good() -> None:
    """Gradients, clips, masks and symbols used a few times, as drawing programs write them."""
    check_svg(
        _svg(
            '<defs><linearGradient id="g"/><linearGradient id="h" xlink:href="#g"/><clipPath id="c"><rect class="a"/>'
            '</clipPath><symbol id="s"><path fill="url(#h)"/></symbol></defs><style>.a{fill:none}'
            '.b{clip-path:url(#c)}</style><g class="b" id="top"><use href="#s"/><use href="#s"/></g>'
            '<g id="link"><a href="#link"><rect/></a></g>'
        )
    )


def test_a_table_with_more_columns_than_fit_is_an_error(read: Reader) -> None:
    """Its last columns would be printed beside the paper."""

    def table(columns: int) -> str:
        return "\n".join("|" + f"{cell}|" * columns for cell in ("头", "-", "格"))

    assert not [code for code in read(f"### 文\n\n{table(18)}\n").found if "N245" in code]
    assert "N245 01-news.md:6:1" in read(f"### 文\n\n{table(19)}\n").found


@pytest.mark.parametrize("size", ['viewBox="nan 0 9 9"', 'viewBox="0 0 1e999 9"', 'width="0"', 'height="-3mm"'])
def test_an_svg_without_a_printable_size_is_refused(size: str) -> None:
    """It would fail only when it is drawn, and name a template instead of the file."""
    with pytest.raises(UnsafeSvgError):
        check_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())
    for good in ('viewBox="0,0 9.5 1e2"', 'width="100%" height="12.5mm"', 'viewBox="-1 -1 3 3" width="8px"'):
        check_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {good}/>'.encode())

"""What was left unfinished on a page is found, with the page; what only looks like it is not."""

from __future__ import annotations

import pytest
from verify_paper import FONTS, Paper, Printed, codes, pages_of

from newsletter_pdf.verify import prove


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ title }}", "N734"),
        ("{% if x %}", "N734"),
        ("Lorem ipsum dolor", "N734"),
        ("停None车", "N735"),
        ("undefined", "N735"),
        ("nan", "N735"),
        ("TODO", "N735"),
        ("FIXME: 停车", "N735"),
        ("XXX", "N735"),
        ("TBD", "N735"),
    ],
)
def test_residue_is_found(printed: Printed, text: str, code: str) -> None:
    """A template's marks are an error; words that might be the content's are a warning."""
    proof = prove(printed(Paper(after=f"<p>{text}</p>")), font_names=FONTS)
    assert codes(proof) == {code}
    assert set(pages_of(proof, code)) == {8}


@pytest.mark.parametrize(
    "text",
    [
        "None of the above",
        "We have None left",
        "finance and nanny",
        "an undefined term",
        "TODOS",
        "{ 1 } % } {",
        "The NONE-such",
    ],
)
def test_ordinary_words_are_left_alone(printed: Printed, text: str) -> None:
    """English that has such words in it, and single braces, are text."""
    assert codes(prove(printed(Paper(after=f"<p>{text}</p>")), font_names=FONTS)) == set()

"""Letters that a face sets in pieces are no letters that were exchanged."""

from __future__ import annotations

import pytest

from newsletter_pdf.verify.checkprograms import stands_for


@pytest.mark.parametrize(
    ("char", "own"), [("ı", "i"), ("ȷ", "j"), ("\u0323", "\u1ecb"), ("\u030c", "e\u0302\u030c"), ("⼀", "一")]
)
def test_a_part_of_a_letter_stands_for_it(char: str, own: str) -> None:
    """A dotless i under an accent is copied as i, the dot of ị́ as ị; a twin of a character is the same."""
    assert stands_for(char, own)


@pytest.mark.parametrize(
    ("char", "own"), [("i", "ı"), ("ı", "j"), ("e", "é"), ("\u0301", "\u00e8"), ("二", "一"), ("\u0301", "e")]
)
def test_another_letter_does_not(char: str, own: str) -> None:
    """Neither a letter that lost its accent, nor another accent, nor another letter."""
    assert not stands_for(char, own)

"""Addresses, pictures and their texts, and things that stand or lead where they should not."""

from __future__ import annotations

from mutation_tools import Sample, elements, mutation
from pikepdf import Dictionary, Pdf, String


def _outside(pdf: Pdf) -> list[Dictionary]:
    """The links to addresses outside, in order."""
    return [link for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link and link.A.S == "/URI"]


def _to(pdf: Pdf, words: str) -> list[Dictionary]:
    return [link for link in _outside(pdf) if words in str(link.A.URI)]


@mutation("an address outside changed by one letter", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    for link in _to(pdf, "flk.npc.gov.cn"):
        link.A.URI = String("https://f1k.npc.gov.cn/")


@mutation("two addresses outside exchanged", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other = _to(pdf, "flk.npc.gov.cn")[0], _to(pdf, "www.gov.cn")[0]
    one.A.URI, other.A.URI = other.A.URI, one.A.URI


@mutation("a link outside taken away", "N553", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    for page in pdf.pages:
        for index, link in reversed(list(enumerate(page.get("/Annots", [])))):
            if "/A" in link and "rfc-editor" in str(link.A.URI):
                del page.Annots[index]


@mutation("alternative text of a picture changed", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    figure = next(elements(pdf, "Figure"))
    figure.Alt = String(str(figure.Alt).replace("2016", "2015"))


@mutation("alternative texts of two pictures exchanged", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other, *_rest = elements(pdf, "Figure")
    one.Alt, other.Alt = String(str(other.Alt)), String(str(one.Alt))


@mutation("alternative text of a code changed", "N564", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    figure = next(figure for figure in elements(pdf, "Figure") if "december" in str(figure.Alt))
    figure.Alt = String("二维码：https://example.org/chengguan")


@mutation("two drawings exchanged, their texts left", "N565", compared=True)
def _(pdf: Pdf, _sample: Sample) -> None:
    one, _chart, other, *_rest = elements(pdf, "Figure")
    one.K, other.K, one.Pg, other.Pg = other.K, one.K, other.Pg, one.Pg

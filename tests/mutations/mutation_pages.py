"""Pages swapped, lost, doubled, turned, cut."""

from __future__ import annotations

from decimal import Decimal

from mutation_tools import Sample, append, move_last_line, mutation, show
from pikepdf import Array, Dictionary, Name, Pdf


@mutation("two pages swapped", "N513", "N521")
def _(pdf: Pdf, sample: Sample) -> None:
    one, other = sample.entry("s2-g1").heading, sample.entry("s3-g1").heading
    pages = list(pdf.pages)
    pages[one], pages[other] = pages[other], pages[one]
    nodes = [page.obj for page in pages]
    pdf.Root.Pages.Kids = Array(nodes)


@mutation("two pages without headings swapped", "N513")
def _(pdf: Pdf, _sample: Sample) -> None:
    kids = pdf.Root.Pages.Kids
    kids[11], kids[22] = kids[22], kids[11]


@mutation("a page deleted", "N513")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.pages[20]


@mutation("a page deleted and the labels made to fit", "N717", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.pages[11]
    _relabel(pdf, 11, 6)


def _relabel(pdf: Pdf, page: int, number: int) -> None:
    nums = list(pdf.Root.PageLabels.Nums)
    pdf.Root.PageLabels.Nums = Array([*nums, page, Dictionary(S=Name.D, St=number)])


@mutation("a page doubled", "N513")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages.insert(21, pdf.pages[20])


@mutation("an empty page put in", "N510", "N513")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.add_blank_page(page_size=(595.276, 841.89))
    page = pdf.pages[-1]
    del pdf.pages[-1]
    pdf.pages.insert(15, page)


@mutation("a foreign page put in, labels made to fit", "N718", "N716")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.add_blank_page(page_size=(595.276, 841.89))
    page = pdf.pages[-1]
    page.Resources = pdf.pages[20].Resources
    page.Contents = pdf.make_stream(b"0.9 g 100 100 300 300 re f 0 g")
    append(pdf, len(pdf.pages) - 1, show(pdf, len(pdf.pages) - 1, "本期"))
    page = pdf.pages[-1]
    del pdf.pages[-1]
    pdf.pages.insert(15, page)
    nums = list(pdf.Root.PageLabels.Nums)
    pdf.Root.PageLabels.Nums = Array([*nums, 15, Dictionary(P="A"), 16, Dictionary(S=Name.D, St=9)])


@mutation("the last page lost", "N537")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.pages[-1]


@mutation("a page turned", "N511")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[12].Rotate = 90


@mutation("a page upside down", "N511")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[12].Rotate = 180


@mutation("paper of a page changed", "N511")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[12].MediaBox = Array([0, 0, 612, 792])


@mutation("paper of all pages a little larger", "N511")
def _(pdf: Pdf, _sample: Sample) -> None:
    for page in pdf.pages:
        page.MediaBox = Array([0, 0, Decimal("595.28"), 850])


@mutation("paper moved", "N699")
def _(pdf: Pdf, _sample: Sample) -> None:
    page = pdf.pages[12]
    page.MediaBox = Array([20, 20, Decimal("615.28"), Decimal("861.89")])


@mutation("crop box that cuts text", "N699")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[12].CropBox = Array([0, 300, Decimal("595.28"), Decimal("841.89")])


@mutation("crop box for all pages, inherited", "N699")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.Pages.CropBox = Array([50, 50, 500, 780])


@mutation("trim box smaller than the paper", "N699")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[9].TrimBox = Array([10, 10, 580, 830])


@mutation("unit of a page doubled", "N699")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[9].UserUnit = 2


@mutation("content of a page gone", "N510", "N684")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.pages[20].Contents = pdf.make_stream(b"")


@mutation("content of a page damaged", "N504", "N510")
def _(pdf: Pdf, _sample: Sample) -> None:
    stream = pdf.pages[20].Contents
    stream.write(b"no deflated data", filter=Name.FlateDecode)


@mutation("page labels gone", "N512")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root.PageLabels


@mutation("page labels shifted by one", "N513", "N521")
def _(pdf: Pdf, _sample: Sample) -> None:
    nums = pdf.Root.PageLabels.Nums
    for index in range(1, len(nums), 2):
        if nums[index].get("/S") == "/D":
            nums[index].St = 2


@mutation("page labels of the front all the body's", "N513")
def _(pdf: Pdf, _sample: Sample) -> None:
    pdf.Root.PageLabels.Nums = Array([0, Dictionary(S=Name.D)])


@mutation("the last line of a full page set one line lower", "N701")
def _(pdf: Pdf, _sample: Sample) -> None:
    move_last_line(pdf, 12, 28)

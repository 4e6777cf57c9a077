"""Contents, bookmarks, links, numbers and running heads that do not tell the truth."""

from __future__ import annotations

from mutation_tools import Sample, drop_folio, head, mutation, outline, printed, replace_head, retype
from pikepdf import Array, Dictionary, Name, Pdf, String


def _links_to(pdf: Pdf, page: int, anchor: str) -> list[Dictionary]:
    return [link for link in pdf.pages[page].Annots if str(link.get("/Dest", "")) == anchor]


def _destination(pdf: Pdf, anchor: str) -> int:
    """Where the value of a named destination stands in the name tree."""
    names = list(pdf.Root.Names.Dests.Names)
    return next(index + 1 for index in range(0, len(names), 2) if str(names[index]) == anchor)


def _bookmark(pdf: Pdf, words: str) -> Dictionary:
    return next(mark for mark in outline(pdf) if words in str(mark.Title))


def _unlink(mark: Dictionary) -> None:
    """Take a bookmark out of the chain, with all below it."""
    before, after, parent = mark.get("/Prev"), mark.get("/Next"), mark.Parent
    if before is not None:
        if after is not None:
            before.Next = after
        else:
            del before["/Next"]
    elif after is not None:
        parent.First = after
    if after is not None:
        if before is not None:
            after.Prev = before
        else:
            del after["/Prev"]
    elif before is not None:
        parent.Last = before


@mutation("wrong page number printed for an article", "N521")
def _(pdf: Pdf, sample: Sample) -> None:
    entry = sample.entry("s2-g1-a3")
    retype(pdf, entry.page, "13", "14", after=entry.label[-5:])


@mutation("wrong page number printed for a section", "N521")
def _(pdf: Pdf, sample: Sample) -> None:
    entry = sample.entry("s3")
    retype(pdf, entry.page, "23", "32", after=entry.label[-5:])


@mutation("number of an article changed in the contents", "N527")
def _(pdf: Pdf, sample: Sample) -> None:
    retype(pdf, sample.entry("s2-g1-a3").page, "3.国家数据", "4.国家数据")


@mutation("number of an article changed in contents and text", "N528")
def _(pdf: Pdf, sample: Sample) -> None:
    entry = sample.entry("s2-g1-a3")
    for page in (entry.page, entry.heading):
        retype(pdf, page, "3.国家数据", "4.国家数据")


@mutation("number of a group changed in contents and text", "N528")
def _(pdf: Pdf, sample: Sample) -> None:
    entry = sample.entry("s2-g2")
    for page in (entry.page, entry.heading):
        retype(pdf, page, "（二）部门", "（三）部门")


@mutation("a title shortened in the contents", "N527")
def _(pdf: Pdf, sample: Sample) -> None:
    retype(pdf, sample.entry("s2-g1-a3").page, "国家数据局揭牌", "国家国家国家国")


@mutation("a title changed in the text", "N527")
def _(pdf: Pdf, sample: Sample) -> None:
    retype(pdf, sample.entry("s2-g1-a3").heading, "国家数据局揭牌", "国家国家国家国")


@mutation("an entry without its links", "N523")
def _(pdf: Pdf, sample: Sample) -> None:
    page = pdf.pages[sample.entry("s2-g1-a3").page]
    page.Annots = Array([link for link in page.Annots if str(link.get("/Dest", "")) != "s2-g1-a3"])


@mutation("links of all entries gone", "N520")
def _(pdf: Pdf, sample: Sample) -> None:
    for page in {entry.page for entry in sample.entries}:
        pdf.pages[page].Annots = Array()


@mutation("two entries lead to one article", "N524", "N523")
def _(pdf: Pdf, sample: Sample) -> None:
    for link in _links_to(pdf, sample.entry("s2-g1-a3").page, "s2-g1-a3"):
        link.Dest = String("s2-g1-a2")


@mutation("links of two entries exchanged", "N525", "N526")
def _(pdf: Pdf, sample: Sample) -> None:
    one, other = sample.entry("s2-g1-a2"), sample.entry("s2-g2-a1")
    ours, theirs = _links_to(pdf, one.page, one.anchor), _links_to(pdf, other.page, other.anchor)
    for links, anchor in ((ours, other.anchor), (theirs, one.anchor)):
        for link in links:
            link.Dest = String(anchor)


@mutation("a destination on the wrong page", "N526")
def _(pdf: Pdf, sample: Sample) -> None:
    at = _destination(pdf, "s2-g1-a3")
    pdf.Root.Names.Dests.Names[at][0] = pdf.pages[sample.entry("s2-g1-a3").heading + 1].obj


@mutation("a destination on a page that is gone", "N550")
def _(pdf: Pdf, _sample: Sample) -> None:
    at = _destination(pdf, "s2-g1-a3")
    pdf.Root.Names.Dests.Names[at][0] = pdf.make_indirect(Dictionary(Type=Name.Page))


@mutation("all destinations gone", "N505", "N550")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root.Names["/Dests"]


@mutation("a link to nowhere", "N550")
def _(pdf: Pdf, sample: Sample) -> None:
    pdf.pages[sample.entry("s2").page].Annots[0].Dest = String("nowhere")


@mutation("an address without its scheme", "N551")
def _(pdf: Pdf, _sample: Sample) -> None:
    link = next(a for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a and a.A.S == "/URI")
    link.A.URI = String("www.example.org")


@mutation("links without area", "N552")
def _(pdf: Pdf, sample: Sample) -> None:
    for link in _links_to(pdf, sample.entry("s2-g1-a3").page, "s2-g1-a3"):
        link.Rect[3] = link.Rect[1]


@mutation("a bookmark missing", "N530")
def _(pdf: Pdf, _sample: Sample) -> None:
    _unlink(_bookmark(pdf, "国家数据局揭牌"))


@mutation("all bookmarks missing", "N530")
def _(pdf: Pdf, _sample: Sample) -> None:
    del pdf.Root["/Outlines"]


@mutation("a bookmark to another page", "N531")
def _(pdf: Pdf, sample: Sample) -> None:
    mark = _bookmark(pdf, "国家数据局揭牌")
    target = mark.Dest if "/Dest" in mark else mark.A.D
    target[0] = pdf.pages[sample.entry("s2-g1-a3").heading + 2].obj


@mutation("all bookmarks one page on", "N531")
def _(pdf: Pdf, _sample: Sample) -> None:
    nodes = [page.obj for page in pdf.pages]
    index = {node.objgen: at for at, node in enumerate(nodes)}
    for mark in outline(pdf):
        target = mark.Dest if "/Dest" in mark else mark.A.D
        target[0] = nodes[min(index[target[0].objgen] + 1, len(nodes) - 1)]


@mutation("a bookmark renamed", "N532")
def _(pdf: Pdf, _sample: Sample) -> None:
    _bookmark(pdf, "国家数据局揭牌").Title = String("国家数据局")


@mutation("a bookmark without a destination", "N537")
def _(pdf: Pdf, _sample: Sample) -> None:
    mark = _bookmark(pdf, "联系与投稿")
    for key in ("/Dest", "/A"):
        if key in mark:
            del mark[key]


@mutation("a bookmark that no page knows", "N537")
def _(pdf: Pdf, _sample: Sample) -> None:
    _bookmark(pdf, "联系与投稿").Title = String("附录")


@mutation("two bookmarks of services exchanged", "N537")
def _(pdf: Pdf, _sample: Sample) -> None:
    one, other = _bookmark(pdf, "关于我们"), _bookmark(pdf, "联系与投稿")
    one.Title, other.Title = other.Title, one.Title
    one.Dest, other.Dest = other.Dest, one.Dest


@mutation("bookmarks of a section a level too deep", "N537")
def _(pdf: Pdf, _sample: Sample) -> None:
    mark, before = _bookmark(pdf, "（二）部门层面"), _bookmark(pdf, "（一）国家层面")
    _unlink(mark)
    last = before.Last
    last.Next, mark.Prev, mark.Parent, before.Last = mark, last, before, mark
    if "/Next" in mark:
        del mark["/Next"]


@mutation("folio of one page wrong", "N513")
def _(pdf: Pdf, sample: Sample) -> None:
    page = sample.entry("s2-g1-a5").heading
    _retype_last(pdf, page, "14", "15")


def _retype_last(pdf: Pdf, page: int, old: str, new: str) -> None:
    """Retype the last occurrence on the page, which is the folio."""
    text = printed(pdf, page)
    retype(pdf, page, old, new, after=text[: text.rindex(old)])


@mutation("folio wrong and its label with it", "N717")
def _(pdf: Pdf, sample: Sample) -> None:
    page = sample.entry("s2-g1-a5").heading
    _retype_last(pdf, page, "14", "15")
    nums = list(pdf.Root.PageLabels.Nums)
    extra = [page, Dictionary(S=Name.D, St=15), page + 1, Dictionary(S=Name.D, St=15)]
    pdf.Root.PageLabels.Nums = Array(nums + extra)


@mutation("running head of another section on one page", "N715")
def _(pdf: Pdf, sample: Sample) -> None:
    replace_head(pdf, sample.entry("s2-g1-a5").heading, head(pdf, sample.entry("s3-g1").heading))


@mutation("running head of another section on all its pages", "N715")
def _(pdf: Pdf, sample: Sample) -> None:
    other = head(pdf, sample.entry("s3-g1").heading)
    for page in range(sample.entry("s2").heading + 1, sample.entry("s3").heading):
        replace_head(pdf, page, other)


@mutation("running head missing on one page", "N716")
def _(pdf: Pdf, sample: Sample) -> None:
    replace_head(pdf, sample.entry("s2-g1-a5").heading, "")


@mutation("folio missing on one page", "N718")
def _(pdf: Pdf, sample: Sample) -> None:
    drop_folio(pdf, sample.entry("s2-g1-a5").heading)

"""Do tags and pages fit together: all content in the tree or an artifact, the parent tree right (ISO 14289-1, 7.1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.glyphs import Mark, PageContent
from newsletter_pdf.verify.lines import box_around
from newsletter_pdf.verify.pdfobjects import dictionary, entry, number, resolve, text
from newsletter_pdf.verify.structure import Element, Tree, number_tree

_QUOTED = 16  # characters of untagged text in a message
_FAULTS = {
    "kid": ("结构树里有认不出的东西", "the tree holds what is no element"),
    "twice": ("有元素在树里出现两次", "elements stand in the tree twice"),
    "parent": ("有元素记的上级不是它的上级", "elements name another parent than their own"),
    "content": ("有内容不知道在哪一页", "content is on no known page"),
    "object": ("有标签指向不存在的链接", "tags name annotations that do not exist"),
    "shared": ("同一处内容属于几个标签", "content belongs to several elements"),
    "doubled": ("同一个编号在一页上用了两次", "an identifier is used twice on a page"),
    "gone": ("标签指向页面上没有的内容", "tags name content that is not on the page"),
    "back": ("对照表（ParentTree）缺漏或指错", "the parent tree lacks entries or names others"),
}


def check_tags(context: Context) -> None:
    """Every piece of content is tagged or an artifact; tree, parent tree and pages name the same."""
    tree = context.tree
    if tree is None:
        return
    faults: defaultdict[str, list[int | None]] = defaultdict(list)
    for name, pages in tree.faults.items():
        faults[name] += pages
    shown: set[tuple[int, int]] = set()
    for content in context.pdf.contents:
        if content is not None:
            _check_content(context, tree, content)
            _note_identifiers(content, shown, faults)
    for (page, _mcid), owners in tree.owners.items():
        faults["shared"] += [page] * (len(owners) - 1)
    faults["gone"] += [page for page, mcid in tree.owners if (page, mcid) not in shown]
    faults["back"] += _parent_tree_faults(context, tree)
    for name, pages in faults.items():
        if pages:
            what_zh, what_en = _FAULTS[name]
            first = next((page for page in pages if page is not None), None)
            at = None if first is None else place(first)
            context.findings.add(rules.TREE_BROKEN.at(at, what_zh=what_zh, what_en=what_en, count=len(pages)))


def _note_identifiers(content: PageContent, shown: set[tuple[int, int]], faults: dict[str, list[int | None]]) -> None:
    for mark in content.marks:
        if mark.mcid is not None:
            if (content.index, mark.mcid) in shown:
                faults["doubled"].append(content.index)
            shown.add((content.index, mark.mcid))


def _check_content(context: Context, tree: Tree, content: PageContent) -> None:
    sorts = list(_sorts(content.marks, tree, content.index))
    loose = {mark for mark, sort in enumerate(sorts) if sort == ""} | {-1}
    glyphs = [glyph for glyph in content.glyphs if glyph.mark in loose]
    pieces = Counter(glyph.mark for glyph in glyphs)
    pieces.update(paint.mark for paint in content.paints if paint.mark in loose)
    mixed = sum(1 for sort in sorts if sort == "mixed")
    if not pieces and not mixed:
        return
    near = "".join(glyph.text for glyph in glyphs)[:_QUOTED].strip()
    box = box_around(glyphs) or next((paint.box for paint in content.paints if paint.mark in loose), None)
    count = len(pieces) + mixed
    context.findings.add(rules.CONTENT_UNTAGGED.at(place(content.index, box), count=count, near=near or "—"))


def _sorts(marks: list[Mark], tree: Tree, page: int) -> Iterator[str]:
    """What each mark's content is: ``artifact``, ``tagged``, neither (empty), or ``mixed`` when one is in the other.

    Source: ISO 14289-1, 7.1: an artifact does not stand inside tagged content, nor tagged content in an artifact.
    """
    known: list[str] = []
    for mark in marks:
        above = known[mark.parent] if mark.parent >= 0 else ""
        own = above
        if mark.tag == "Artifact":
            own = "mixed" if above == "tagged" else "artifact"
        elif mark.mcid is not None and (page, mark.mcid) in tree.owners:
            own = "mixed" if above == "artifact" else "tagged"
        known.append(own)
        yield own


def _parent_tree_faults(context: Context, tree: Tree) -> list[int | None]:
    """The pages on which the parent tree (ISO 32000-1, 14.7.4.4) does not lead from content to its element."""
    root = dictionary(context.pdf.root, "/StructTreeRoot")
    back = number_tree(dictionary(root, "/ParentTree"))
    lists: dict[int, list[object]] = {}
    wrong: list[int | None] = []
    for page, node in enumerate(context.pdf.page_objects):
        key = number(entry(node, "/StructParents"))
        listed = resolve(back.get(int(key))) if key is not None else None
        lists[page] = list(listed) if isinstance(listed, ArrayObject) else []
    for (page, mcid), owners in tree.owners.items():
        listed_here = lists.get(page, [])
        given = listed_here[mcid] if mcid < len(listed_here) else None
        if not (isinstance(given, IndirectObject) and given.idnum == owners[0].number):
            wrong.append(page)
    return wrong + [page for page, _link in misfiled(context, tree, back)]


def misfiled(context: Context, tree: Tree, back: dict[int, object]) -> Iterator[tuple[int, Element]]:
    """Annotations whose ``StructParent`` does not lead to the element that holds them."""
    for page, number_, node in all_annotations(context):
        holders = tree.holders.get(number_)
        if not holders:
            continue  # in no element: a finding of its own
        key = number(entry(node, "/StructParent"))
        given = back.get(int(key)) if key is not None else None
        if not (isinstance(given, IndirectObject) and given.idnum == holders[0].number):
            yield page, holders[0]


def all_annotations(context: Context) -> Iterator[tuple[int, int, DictionaryObject]]:
    """Every annotation: its 0-based page, its object number (0 for a direct one), itself."""
    for page, node in enumerate(context.pdf.page_objects):
        listed = entry(node, "/Annots")
        for raw in list(listed) if isinstance(listed, ArrayObject) else []:
            annotation = resolve(raw)
            if isinstance(annotation, DictionaryObject):
                yield page, raw.idnum if isinstance(raw, IndirectObject) else 0, annotation


def check_links_tagged(context: Context) -> None:
    """Each link is in a Link element and has a description; pages with links have the order of the tree (7.18)."""
    tree = context.tree
    if tree is None:
        return
    untagged: Counter[int] = Counter()
    silent: Counter[int] = Counter()
    pages: set[int] = set()
    for page, number_, node in all_annotations(context):
        pages.add(page)
        if text(node, "/Subtype") != "/Link":
            continue  # what is no link has no business here: see FORM_OR_NOTE
        if not any(element.tag == "Link" for element in tree.holders.get(number_, ())):
            untagged[page] += 1
        if not (text(node, "/Contents") or "").strip():
            silent[page] += 1
    add = context.findings.add
    for page, count in untagged.items():
        what_zh, what_en = "不在 Link 标签里", "are in no Link element"
        add(rules.LINK_UNTAGGED.at(place(page), count=count, what_zh=what_zh, what_en=what_en))
    for page, count in silent.items():
        what_zh, what_en = "没有说明文字（Contents）", "have no description (Contents)"
        add(rules.LINK_UNTAGGED.at(place(page), count=count, what_zh=what_zh, what_en=what_en))

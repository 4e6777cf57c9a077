"""Is the structure tree well-formed: tables, lists, figures, types (ISO 14289-1, 7.1 to 7.9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pypdf.generic import ArrayObject

from newsletter_pdf.findings import proof_document, proof_file
from newsletter_pdf.findings.rule import Rule
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.pdfobjects import as_text, number, resolve
from newsletter_pdf.verify.structure import STANDARD, Element, Tree

_HEADINGS = {"H": 0, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_TRANSPARENT = frozenset(("NonStruct", "Div", "Private"))  # say nothing of what they hold
# What may stand right below an element (ISO 32000-1, tables 335 to 337; the same lists in the profile of veraPDF).
_KIDS = {
    "Table": frozenset(("TR", "THead", "TBody", "TFoot", "Caption")),
    "THead": frozenset(("TR",)),
    "TBody": frozenset(("TR",)),
    "TFoot": frozenset(("TR",)),
    "TR": frozenset(("TH", "TD")),
    "L": frozenset(("LI", "L", "Caption")),
    "LI": frozenset(("Lbl", "LBody")),
    "TOC": frozenset(("TOCI", "TOC", "Caption")),
    "TOCI": frozenset(("Lbl", "Reference", "NonStruct", "P", "TOC", "Link")),
}
# What an element must stand in.
_PARENTS = {
    "TR": frozenset(("Table", "THead", "TBody", "TFoot")),
    "THead": frozenset(("Table",)),
    "TBody": frozenset(("Table",)),
    "TFoot": frozenset(("Table",)),
    "TH": frozenset(("TR",)),
    "TD": frozenset(("TR",)),
    "LI": frozenset(("L",)),
    "LBody": frozenset(("LI",)),
    "TOCI": frozenset(("TOC",)),
}
_LISTS = frozenset(("L", "LI", "LBody"))
_TABLES = frozenset(("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"))
# Blocks of text hold no blocks of text and no grouping (14.8.4.3: a paragraph or heading is the lowest-level division).
_TEXT = frozenset(("P", *_HEADINGS))
_NOT_IN_TEXT = _TEXT | {"Document", "Part", "Art", "Sect", "BlockQuote", "TOC", "TOCI", "Index", "L", "Table"}
_WIDEST = 1000  # columns

Tally = defaultdict[tuple[Rule, str, str], list[Element]]


def check_structure(context: Context) -> None:
    """Check the elements of the tree one by one, and tell each kind of fault once with how often it was found."""
    tree = context.tree
    if tree is None:
        return
    tally: Tally = defaultdict(list)
    _check_types(tree, tally)
    for element in tree.elements:
        _check_nesting(element, tally)
        if element.tag == "Table":
            _check_table(element, tally)
    for (rule, what_zh, what_en), elements in tally.items():
        at = place(elements[0].page) if elements[0].page is not None else None
        context.findings.add(rule.at(at, what_zh=what_zh, what_en=what_en, count=len(elements)))
    _check_figures(context, tree)


def _check_types(tree: Tree, tally: Tally) -> None:
    rule = proof_file.ELEMENT_MISPLACED
    for own, element in tree.unknown_types.items():
        tally[rule, f"类型「{own or '（无）'}」不是标准的", f"the type “{own or '(none)'}” is no standard one"] = [
            element
        ]
    for name in tree.remapped:
        users = [element for element in tree.elements if element.own_tag == name]
        if users:
            tally[rule, f"标准类型「{name}」被改作别的", f"the standard type “{name}” is mapped to another"] = users
    notes = [element.text("/ID") for element in tree.elements if element.tag == "Note"]
    if len(set(notes)) < len(notes) or "" in notes:
        faulty = [element for element in tree.elements if element.tag == "Note"]
        tally[rule, "注没有各自的编号（ID）", "notes have no identifiers of their own"] = faulty


def _check_nesting(element: Element, tally: Tally) -> None:
    tag, parent = element.tag, element.parent
    wanted = _PARENTS.get(tag)
    if wanted is not None and (parent is None or parent.tag not in wanted):
        what = f"{tag} 在 {parent.tag if parent else '—'} 里", f"{tag} in {parent.tag if parent else '—'}"
        tally[_rule_of(tag), *what].append(element)
    elif parent is not None and tag not in _KIDS.get(parent.tag, STANDARD) and tag in STANDARD:
        tally[_rule_of(parent.tag), f"{tag} 在 {parent.tag} 里", f"{tag} in {parent.tag}"].append(element)
    if tag in _KIDS and tag != "TOCI" and element.content:
        tally[_rule_of(tag), f"文字直接放在 {tag} 里", f"text right in {tag}"].append(element)
    if tag in _NOT_IN_TEXT and (around := _around(element)) is not None and around.tag in _TEXT:
        tally[_rule_of(tag), f"{tag} 套在 {around.tag} 里", f"{tag} within {around.tag}"].append(element)
    if tag == "L" and not any(kid.tag in ("LI", "L") for kid in element.kids):
        tally[proof_file.LIST_WRONG, "列表没有项", "a list without items"].append(element)
    if tag == "LI" and sum(kid.tag == "LBody" for kid in element.kids) != 1:
        tally[proof_file.LIST_WRONG, "列表项没有正文或有几个", "an item with no body, or several"].append(element)
    captions = [index for index, kid in enumerate(element.kids) if kid.tag == "Caption"]
    if tag in ("Table", "L") and captions and (len(captions) > 1 or captions[0] not in (0, len(element.kids) - 1)):
        tally[_rule_of(tag), "说明不在开头或结尾", "a caption amid the rows or items"].append(element)


def _rule_of(tag: str) -> Rule:
    if tag in _TABLES:
        return proof_file.TABLE_WRONG
    return proof_file.LIST_WRONG if tag in _LISTS else proof_file.ELEMENT_MISPLACED


def _around(element: Element) -> Element | None:
    """The nearest element around that is more than a box."""
    parent = element.parent
    while parent is not None and parent.tag in _TRANSPARENT:
        parent = parent.parent
    return parent


def _check_table(table: Element, tally: Tally) -> None:
    """Rows of like width, and every cell under a header that says what it heads (7.5)."""
    rule = proof_file.TABLE_WRONG
    rows = [element for element in table.below() if element.tag == "TR" and table_of(element) is table]
    cells = [[kid for kid in row.kids if kid.tag in ("TH", "TD")] for row in rows]
    if not rows:
        tally[rule, "表格没有行", "a table without rows"].append(table)
        return
    headers = [cell for row in cells for cell in row if cell.tag == "TH"]
    if not headers:
        tally[rule, "没有表头（TH）", "no header cells (TH)"].append(table)
    names = {name for cell in headers if (name := cell.text("/ID"))}
    for cell in headers:
        if as_text(cell.attribute("/Scope")) not in ("/Row", "/Column", "/Both") and not _headed(table, cell, names):
            tally[rule, "表头没有说明管行还是管列（Scope）", "header cells without Scope"].append(cell)
    for row in cells:
        for cell in row:
            given = cell.attribute("/Headers")
            listed = [as_text(resolve(name)) for name in given] if isinstance(given, ArrayObject) else []
            if any(name not in names for name in listed):
                tally[rule, "格子指向不存在的表头", "cells that name headers which do not exist"].append(cell)
    widths = _widths(cells)
    if len(set(widths)) > 1:
        tally[rule, "各行的格数不同", "rows of unlike width"].append(table)


def _headed(table: Element, header: Element, names: set[str]) -> bool:
    """Whether a header without a scope is at least named by the cells that it heads."""
    own = header.text("/ID")
    if not own or own not in names:
        return False
    for cell in table.below():
        given = cell.attribute("/Headers") if cell.tag == "TD" else None
        if isinstance(given, ArrayObject) and any(as_text(resolve(name)) == own for name in given):
            return True
    return False


def table_of(row: Element) -> Element | None:
    """The table that a row belongs to."""
    parent = row.parent
    while parent is not None and parent.tag != "Table":
        parent = parent.parent
    return parent


def _widths(rows: Iterable[list[Element]]) -> list[int]:
    """How many columns each row fills, spans of earlier rows included."""
    widths: list[int] = []
    hanging: dict[int, int] = {}  # column → rows that a cell above still reaches down
    for row in rows:
        taken = {column for column, left in hanging.items() if left > 0}
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            down = span(cell, "/RowSpan")
            for _step in range(span(cell, "/ColSpan")):
                taken.add(column)
                if down > 1:
                    hanging[column] = down - 1
                column += 1
        widths.append(len(taken))
    return widths


def span(cell: Element, key: str) -> int:
    """How many rows (``/RowSpan``) or columns (``/ColSpan``) a cell fills."""
    value = number(cell.attribute(key))
    return min(max(int(value), 1), _WIDEST) if value is not None else 1


def _check_figures(context: Context, tree: Tree) -> None:
    """Figures and formulas have alternative texts (7.3, 7.7)."""
    silent: Counter[int | None] = Counter()
    for element in tree.elements:
        if element.tag in ("Figure", "Formula") and not (element.text("/Alt") or element.text("/ActualText")).strip():
            silent[element.page] += 1
    for page, count in silent.items():
        at = place(page) if page is not None else None
        context.findings.add(proof_document.FIGURE_WITHOUT_ALT.at(at, count=count))

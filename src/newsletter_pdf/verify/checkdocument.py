"""Is the document what it says of itself: metadata, and the parts that PDF/UA asks for."""

from __future__ import annotations

import re

from pypdf.generic import BooleanObject

from newsletter_pdf.findings import proof_document as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, text

_DATE = re.compile(r"D:\d{4}(?:\d{2}){0,5}(?:Z|[-+]\d{2}'?(?:\d{2}'?)?)?")
_CLAIM = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"']|>)\s*[12]")
_MOST_ELEMENTS = 500_000


def check_metadata(context: Context) -> None:
    """Title and language must be there, author and dates should (ISO 32000-1, 14.3.3)."""
    info, add = context.pdf.information, context.findings.add
    if not info.get("Title", "").strip():
        add(rules.METADATA_MISSING.at(field_zh="标题", field_en="title"))
    if not (context.pdf.language or "").strip():
        add(rules.METADATA_MISSING.at(field_zh="语言", field_en="language"))
    if not info.get("Author", "").strip():
        add(rules.METADATA_INCOMPLETE.at(field_zh="作者", field_en="author"))
    for key, field_zh, field_en in (
        ("CreationDate", "创建日期", "creation date"),
        ("ModDate", "修改日期", "date of change"),
    ):
        if not _DATE.fullmatch(info.get(key, "")):
            add(rules.METADATA_INCOMPLETE.at(field_zh=field_zh, field_en=field_en))


def check_accessibility(context: Context) -> None:
    """When PDF/UA (ISO 14289-1) is claimed: marked content, a structure tree, a title shown, alternative texts."""
    pdf, add = context.pdf, context.findings.add
    if not _CLAIM.search(pdf.xmp):
        return
    if not _is_true(entry(dictionary(pdf.root, "/MarkInfo"), "/Marked")):
        add(rules.UA_INCOMPLETE.at(field_zh="标签标记（MarkInfo）", field_en="its mark (MarkInfo)"))
    if not _is_true(entry(dictionary(pdf.root, "/ViewerPreferences"), "/DisplayDocTitle")):
        add(rules.UA_INCOMPLETE.at(field_zh="显示标题的设置", field_en="the setting that shows its title"))
    if _is_true(entry(dictionary(pdf.root, "/MarkInfo"), "/Suspects")):
        add(
            rules.UA_INCOMPLETE.at(field_zh="确定的标签（Suspects 应为否）", field_en="certain tags (Suspects is true)")
        )
    for index, page in enumerate(pdf.page_objects):
        if array(page, "/Annots") and text(page, "/Tabs") != "/S":
            add(
                rules.UA_INCOMPLETE.at(
                    place(index), field_zh="按结构跳转的次序（Tabs）", field_en="the tab order of the tags (Tabs)"
                )
            )
    tree = dictionary(pdf.root, "/StructTreeRoot")
    if tree is None or not (array(tree, "/K") or dictionary(tree, "/K")):
        add(rules.UA_INCOMPLETE.at(field_zh="结构树（StructTreeRoot）", field_en="its structure tree (StructTreeRoot)"))


def _is_true(value: object) -> bool:
    return bool(value.value) if isinstance(value, BooleanObject) else value is True

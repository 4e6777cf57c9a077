"""Page labels (ISO 32000-1, 12.4.2): what a viewer calls each page."""

from __future__ import annotations

from pypdf.generic import DictionaryObject

from newsletter_pdf.verify.pdfobjects import array, entry, number, resolve, text

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_RANGES = 10_000
_MOST_ROMAN = 100_000  # beyond it a damaged file would only fill the memory with m's


def page_labels(tree: DictionaryObject | None, pages: int) -> list[str] | None:
    """The label of each of ``pages`` pages; None when the file has no label tree or it names no page."""
    ranges: dict[int, DictionaryObject] = {}
    stack: list[object] = [tree]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_RANGES:
        node = stack.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        nums = array(node, "/Nums")
        for key, value in zip(nums[::2], nums[1::2], strict=False):
            start, style = number(key), resolve(value)
            if start is not None and isinstance(style, DictionaryObject):
                ranges[int(start)] = style
        stack.extend(resolve(kid) for kid in array(node, "/Kids"))
    if not any(start < pages for start in ranges):
        return None
    labels: list[str] = []
    current: DictionaryObject | None = None
    begun = 0
    for index in range(pages):
        if index in ranges:
            current, begun = ranges[index], index
        labels.append(_label(current, index - begun))
    return labels


def _label(style: DictionaryObject | None, offset: int) -> str:
    if style is None:
        return ""
    first = number(entry(style, "/St"))
    value = int(1 if first is None else first) + offset
    return (text(style, "/P") or "") + format_number(text(style, "/S") or "", value)


def format_number(style: str, value: int) -> str:
    """``value`` in a numbering style of ISO 32000-1, table 159: ``/D``, ``/R``, ``/r``, ``/A``, ``/a``; else empty."""
    if value < 1:
        return str(value) if style == "/D" else ""
    if style == "/D":
        return str(value)
    if style in ("/r", "/R"):
        roman, rest = "", value if value < _MOST_ROMAN else 0
        for size, letters in _ROMAN:
            count, rest = divmod(rest, size)
            roman += letters * count
        return roman.upper() if style == "/R" else roman
    if style in ("/a", "/A"):
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 40)
        return letter.upper() if style == "/A" else letter
    return ""

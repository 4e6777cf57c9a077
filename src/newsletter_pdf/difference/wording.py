"""The words in which a comparison is told, Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from newsletter_pdf.difference.model import Difference, PagePair, Piece, Side, Spot, Status

Say = Callable[[str, str], str]

#: Each status: the word for it, and the phrase for a count of pages.
STATUS = {
    Status.CHANGED: ("有改动", "changed", "页有改动", "changed"),
    Status.ADDED: ("新增", "added", "页新增", "added"),
    Status.REMOVED: ("删去", "removed", "页删去", "removed"),
    Status.REFLOWED: ("只是重排", "reflowed", "页只是重排（文字未动）", "reflowed (same text)"),
    Status.MARGINS: (
        "只改了页码或书眉",
        "numbers only",
        "页只改了页码或书眉",
        "with other numbers or running heads only",
    ),
    Status.MOVED: ("原样移位", "moved", "页原样移到别处", "moved as they are"),
    Status.UNCHANGED: ("没有变化", "unchanged", "页没有变化", "unchanged"),
}
_CONTEXT = 16  # letters of the unchanged text around a change
_FACTS = {
    "margins": ("书眉", "running head"),
    "alt": ("图的替代文字", "alternative text of a figure"),
    "link": ("链接", "link"),
    "Title": ("标题", "title"),
    "Author": ("作者", "author"),
    "Subject": ("主题", "subject"),
    "Keywords": ("关键词", "keywords"),
    "Language": ("语言", "language"),
}
NUMBERED = {
    "contents": ("目次页码", "page in the contents"),
    "heading": ("标题编号", "number of the heading"),
    "note": ("注号", "number of the note"),
}


def sayer(lang: str) -> Say:
    """What chooses between the Chinese and the English text."""
    return (lambda _zh, en: en) if lang == "en" else (lambda zh, _en: zh)


def page_name(side: Side, page: int, say: Say) -> str:
    """What to call a 0-based page: its place in the file, and the number printed on it when that is another."""
    label = side.labels[page] if page < len(side.labels) else ""
    number = str(page + 1)
    if label in ("", number):
        return say(f"第 {number} 页", f"page {number}")
    return say(f"第 {number} 页（印 {label}）", f"page {number} (printed {label})")


def pair_name(difference: Difference, pair: PagePair, say: Say) -> str:
    """What to call a pair of pages."""
    old = None if pair.old is None else page_name(difference.old, pair.old, say)
    new = None if pair.new is None else page_name(difference.new, pair.new, say)
    if old is None or new is None or old == new:
        return new or old or ""
    return f"{old} → {new}"


def spot_name(difference: Difference, old: Spot | None, new: Spot | None, say: Say) -> str:
    """Where something stands, in both files when the pages differ."""
    one = None if old is None else page_name(difference.old, old.page, say)
    other = None if new is None else page_name(difference.new, new.page, say)
    if one is None or other is None or one == other:
        return other or one or ""
    return f"{one} → {other}"


def page_ranges(pages: Iterable[int]) -> str:
    """1-based numbers of 0-based pages, neighbours as a range: ``3–7, 9``."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a + 1) if a == b else f"{a + 1}–{b + 1}" for a, b in runs)


def moved_pages(difference: Difference) -> list[tuple[str, str]]:
    """Pages that moved as they are, as ranges of 1-based numbers in the old and in the new file."""
    runs: list[list[int]] = []
    for pair in difference.pairs:
        if pair.status is not Status.MOVED or pair.old is None or pair.new is None:
            continue
        last = runs[-1] if runs else None
        if last is not None and (pair.old, pair.new) == (last[1] + 1, last[3] + 1):
            last[1], last[3] = pair.old, pair.new
        else:
            runs.append([pair.old, pair.old, pair.new, pair.new])
    return [(page_ranges(range(a, b + 1)), page_ranges(range(c, d + 1))) for a, b, c, d in runs]


def verdict(difference: Difference, say: Say) -> str:
    """The outcome in one sentence."""
    if difference.same:
        return say("两份校样没有任何不同。", "The two proofs are the same.")
    number = len(difference.changes)
    parts = []
    if number:
        parts.append(say(f"文字改动 {number} 处", f"{number} {_plural(number, 'change')} of text"))
    else:
        parts.append(say("文字没有改动", "no change of text"))
    if difference.moves:
        number = len(difference.moves)
        parts.append(say(f"移动文字 {number} 处", f"{number} {_plural(number, 'passage')} moved"))
    if difference.reparagraphed:
        number = len(difference.reparagraphed)
        parts.append(say(f"分段 {number} 处", f"{number} {_plural(number, 'paragraph')} split or joined"))
    if difference.looks:
        number = len(difference.looks)
        parts.append(
            say(f"图或外观 {number} 处", f"{number} {_plural(number, 'picture or look', 'pictures or looks')}")
        )
    return say("，".join(parts) + "。", ", ".join(parts).capitalize() + ".")


def page_counts(difference: Difference, say: Say) -> str:
    """How many pages there are of each status."""
    parts = []
    for status, (_zh, _en, zh, en) in STATUS.items():
        number = difference.count(status)
        if number:
            parts.append(say(f"{number} {zh}", f"{number} {_plural(number, 'page')} {en}"))
    return say("，".join(parts) + "。", ", ".join(parts) + ".")


def fact_name(name: str, say: Say) -> str:
    """What a fact of the file is called."""
    return say(*_FACTS[name]) if name in _FACTS else name


def excerpt(pieces: Sequence[Piece], before: str, after: str) -> str:
    """A sentence on one line: its changed parts between ``before`` and ``after``, long unchanged ones cut short."""
    if len(pieces) == 1 and pieces[0].changed:
        return shorten(pieces[0].text, 6 * _CONTEXT)
    shown = []
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.changed:
            shown.append(f"{before}{shorten(text, 6 * _CONTEXT)}{after}")
            continue
        head = text[:_CONTEXT] if place else ""
        tail = text[-_CONTEXT:] if place + 1 < len(pieces) else ""
        shown.append(text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}")
    return "".join(shown)


def shorten(text: str, most: int) -> str:
    """``text``, or its beginning with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _plural(number: int, word: str, words: str = "") -> str:
    return word if number == 1 else words or word + "s"

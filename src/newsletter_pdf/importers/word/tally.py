"""What happened again and again while a Word file was read, told once each with the number of times."""

from __future__ import annotations

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import manuscripts as manuscript_rules
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.leftovers import shortened
from newsletter_pdf.importers.word.context import Context

# Nothing of the text is different, only how it looks or where it stands: for information.
_LOOK = {
    "underline": ("下划线改为强调", "underlined text became emphasis"),
    "highlight": ("突出显示（荧光笔）去掉了", "highlighting was dropped"),
    "raised": ("上标、下标改用单独的字符", "superscripts and subscripts became characters of their own"),
    "tab": ("制表符改为空格", "tabs became blanks"),
    "lines": ("软回车（↓）改为分段", "line breaks (↓) became paragraph ends"),
    "reference": ("交叉引用成了普通文字", "cross-references became plain text"),
    "number": ("自动编号写成文字", "automatic numbers were written out"),
    "heading-number": ("标题的自动编号去掉了", "automatic numbers of headings were dropped"),
    "title-note": (
        "标题、图表题、关键词、来源里的注移到了邻近的段落",
        "notes of titles, captions and sources moved to the text beside",
    ),
    "cell-picture": ("表格里的图片移到了表格后面", "pictures in tables moved behind them"),
}
# What is printed may differ from what the author meant: a warning.
_TEXT = {
    "strike": ("带删除线的文字照样保留", "struck-out text was kept"),
    "symbol": ("认不出的符号印成〓", "unknown symbols became 〓"),
    "math": ("公式只保留了一行字符", "formulas were kept as a line of characters"),
    "raised-lost": ("上标、下标成了普通字符", "superscripts and subscripts became plain characters"),
    "deep-field": ("域套得太深，照文字读了", "fields inside too many others were read as text"),
    "columns": ("表格超过 63 栏，多出的并进最后一栏", "columns beyond 63 went into the last one"),
    "nested-table": ("表格里的表格拆成了文字", "tables inside tables became text"),
}


def report_counts(context: Context) -> None:
    """The findings for everything that was counted."""
    counts = context.counts
    revisions = {kind: counts[kind] for kind in ("inserted", "deleted", "moved")}
    if any(revisions.values()):
        first = next((context.firsts[kind][0] for kind in revisions if kind in context.firsts), None)
        context.findings.add(rules.TRACKED_CHANGES.at(first, **revisions))
    if counts["hidden"]:
        place = context.firsts["hidden"][0]
        context.findings.add(manuscript_rules.HIDDEN_REMOVED.at(place, count=counts["hidden"]))
    for kinds, rule in ((_LOOK, rules.LOOK_CHANGED), (_TEXT, rules.TEXT_CHANGED)):
        for kind, (zh, en) in kinds.items():
            if counts[kind]:
                place, text = context.firsts.get(kind, (Place(file=context.path), ""))
                fields = {"count": counts[kind], "text": shortened(text, 30) or "—"}
                context.findings.add(rule.at(place, what_zh=zh, what_en=en, **fields))

"""The findings of proof-reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsletter_pdf.copyreading.edits import Edit, masked
from newsletter_pdf.copyreading.marks import mark_edits
from newsletter_pdf.copyreading.pairs import pair_edits
from newsletter_pdf.findings import Finding, Findings, Suggestion
from newsletter_pdf.findings import copy as rules
from newsletter_pdf.residue import UNFINISHED
from newsletter_pdf.source import Passage

_TRADITIONAL = ("zh-TW", "zh-HK")


def edits_of(text: str, following: str = "") -> list[Edit]:
    """What is wrong in one passage, from left to right; what lies inside another edit is left to a second look."""
    if text.isascii():
        return []
    shown = masked(text)
    edits = sorted((*mark_edits(shown), *pair_edits(shown, following)), key=lambda edit: (edit.start, -edit.end))
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start >= result[-1].end:
            result.append(edit)
    return result


def proofread(passages: Sequence[Passage], findings: Findings, language: str = "zh-CN") -> None:
    """Report what is wrong with the typography of ``passages``; English issues are left alone."""
    if language == "en":
        return
    for index, passage in enumerate(passages):
        for match in UNFINISHED.finditer(masked(passage.text)):
            findings.add(rules.UNFINISHED.at(passage.place(match.start()), old=match[0].strip("，。；：、")))
        following = passages[index + 1].text if index + 1 < len(passages) else ""
        for edit in edits_of(passage.text, following):
            findings.add(_finding(passage, edit))
    findings.extend(_mixed(passages, language))


def _finding(passage: Passage, edit: Edit) -> Finding:
    old = passage.text[edit.start : edit.end]
    suggestion = None
    if edit.new is not None:
        suggestion = Suggestion(old, edit.new, edit.safe and passage.editable(edit.start, edit.end))
    fields = {"old": edit.shown or old, "usual": edit.usual, **_advice(suggestion)}
    finding = edit.rule.at(passage.place(edit.start), **fields)
    return replace(finding, suggestion=suggestion)


def _advice(suggestion: Suggestion | None) -> dict[str, str]:
    if suggestion is None:
        return {"advice_zh": "请对照原意改正", "advice_en": "Mend it as it was meant"}
    if not suggestion.new:
        zh, en = "删去空格", "Delete the space"
    elif suggestion.new == "\u3000":
        zh, en = "图、表的序号后面空一字：改成一个全角空格", "Write one full-width space behind a caption's number"
    else:
        zh, en = f"改成「{suggestion.new}」", f"Write “{suggestion.new}”"
    if suggestion.safe:
        zh, en = f"{zh}；make fix（check --fix）可以代改", f"{en}; make fix (check --fix) does it"
    return {"advice_zh": zh, "advice_en": en}


def _mixed(passages: Sequence[Passage], language: str) -> list[Finding]:
    """Each quotation of the style that the issue uses less; in doubt the usual one of the language counts."""
    curly = sum(passage.text.count("“") for passage in passages)
    corner = sum(passage.text.count("「") for passage in passages)
    if not curly or not corner:
        return []
    usual_corner = corner > curly or (corner == curly and language in _TRADITIONAL)
    mark, other = ("“”", "「」") if usual_corner else ("「」", "“”")
    found = []
    for passage in passages:
        start = passage.text.find(mark[0])
        while start >= 0:
            edit = Edit(rules.QUOTES_MIXED, start, start + 1, other[0], safe=False, shown=mark, usual=other)
            found.append(_finding(passage, edit))
            start = passage.text.find(mark[0], start + 1)
    return found

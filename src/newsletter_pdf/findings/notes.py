"""Findings about footnotes and tables that do not fit on a page (N243–N245)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

DUPLICATE_FOOTNOTE = Rule(
    code="N243",
    severity=Severity.ERROR,
    message_zh="脚注「{label}」写了两次：第 {first} 行已经有一个",
    message_en="The footnote “{label}” is written twice: line {first} has one already",
    hint_zh="给其中一个换个名字，正文里的 [^{label}] 也照着改；或删去一个",
    hint_en="Give one of them another name, in the text too, or delete it",
    what="同一个文件里，两个脚注用了同一个名字。",
    why="只能印出一个，另一个的文字会丢掉。",
    example="两处都写了 [^1]: ……",
    remedy="改成 [^1]、[^2]。",
)
NOTE_TOO_LONG = Rule(
    code="N244",
    severity=Severity.ERROR,
    message_zh="脚注「{label}」太长：{length} 字，最多 {limit} 字",
    message_en="The footnote “{label}” is too long: {length} characters, {limit} at most",
    hint_zh="把它移进正文，或拆成几个脚注",
    hint_en="Move it into the text, or make several notes of it",
    what="一个脚注的文字超过大约半页。",
    why="脚注排在页脚，太长就排到纸外去了。",
    example="把整条法规抄进脚注。",
    remedy="移进正文，或只留要点和出处。",
)

TABLE_TOO_WIDE = Rule(
    code="N245",
    severity=Severity.ERROR,
    message_zh="表格有 {columns} 列，最多 {limit} 列",
    message_en="The table has {columns} columns, {limit} at most",
    hint_zh="拆成几个表，或把行和列对调",
    hint_en="Make several tables of it, or exchange rows and columns",
    what="表格的列太多，一列放不下两个字。",
    why="排不进版心，右边的列会跑到纸外。",
    example="把 24 列的电子表格整个贴进来。",
    remedy="拆成几个表，或行列对调。",
)

RULES: tuple[Rule, ...] = (DUPLICATE_FOOTNOTE, NOTE_TOO_LONG, TABLE_TOO_WIDE)

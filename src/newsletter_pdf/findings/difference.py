"""Findings about comparing two proofs (N645–N650)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

NOT_COMPARABLE = Rule(
    code="N645",
    severity=Severity.ERROR,
    message_zh="「{name}」不能拿来比较：{reason_zh}",
    message_en="“{name}” cannot be compared: {reason_en}",
    hint_zh="换成一份完好的 PDF；本工具做的 PDF 可以用 build 重做一份",
    hint_en="Give a sound PDF; one that this tool made can be built again",
    what="要比较的两个文件里，有一个不是 PDF，或已经损坏、加了密。",
    why="读不出页和文字，就说不出哪里改了。",
    example="newsletter-pdf diff 上一稿.docx build/2026-11/2026-11.pdf",
    remedy="检查文件名有没有写错；下载或拷贝时损坏的，重新取一份。",
)
PAGE_NOT_WRITTEN = Rule(
    code="N646",
    severity=Severity.ERROR,
    message_zh="比较的结果写不进「{name}」：{reason}",
    message_en="The comparison cannot be written to “{name}”: {reason}",
    hint_zh="检查文件夹是否存在、能否写入，或用 --out 换一个地方",
    hint_en="See that the folder exists and may be written to, or choose another place with --out",
    what="diff.html 没有写成。",
    why="文件夹不存在、只读，或磁盘已满。",
    example="newsletter-pdf diff 旧.pdf 新.pdf --out /没有的文件夹/diff.html",
    remedy="建好文件夹，或写 --out 加另一个文件名。屏幕上的结果仍然有效。",
)

RULES: tuple[Rule, ...] = (NOT_COMPARABLE, PAGE_NOT_WRITTEN)
"""All codes of this area."""

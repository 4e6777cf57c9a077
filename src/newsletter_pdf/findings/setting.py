"""Findings of the measured line setting (N58x): one code a measure of ``newsletter-pdf lines``.

Every message takes ``count`` (that miss), ``total`` (looked at), ``limit`` (that passes) and ``worst`` (the line of the
worst place). They are warnings: a page that is set less well is a page all the same.
"""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REWORD_ZH = "个别的行可以改写一下句子：换一个词、挪开长的英文或网址。很多行都这样时，请告诉维护版式的人。"
_REWORD_EN = (
    "Reword single lines: another word, or a long name or address elsewhere. When there are many, tell whoever "
)
_REWORD_EN += "looks after the layout."
_TELL_ZH = "把这一行和页码告诉维护版式的人。"
_TELL_EN = "Tell whoever looks after the layout the page and the line."

OFF_EDGE = Rule(
    code="N580",
    severity=Severity.WARNING,
    message_zh="两端对齐的行，有 {count} 行（共 {total} 行）没有对齐右边：「{worst}」。",
    message_en="{count} of {total} justified lines miss the right edge: “{worst}”.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="两端对齐的段落里，除末行以外，有的行比版心右边短或长 0.02 em 以上。行末标点按半个字算。",
    why="右边参差不齐，一眼就能看出来。",
    example="行里有一个很长的网址，断不开，前一行只好空着。",
    remedy="改写句子；或请维护版式的人看看这一段为什么没有排齐。",
)
LOOSE = Rule(
    code="N581",
    severity=Severity.WARNING,
    message_zh="有 {count} 行（共 {total} 行）字距拉开超过 0.08 em，最多允许 {limit}：「{worst}」。",
    message_en="{count} of {total} lines are stretched by more than 0.08 em, at most {limit} may be: “{worst}”.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="一行里相邻汉字之间的空，中位数超过 0.08 em。",
    why="字距比上下行松，版面上像漏了一道缝。",
    example="「SLH-DSA」这样断不开的词被挤到下一行，本行只好拉开。",
    remedy="在这一行或上一行增减几个字。",
)
VERY_LOOSE = Rule(
    code="N582",
    severity=Severity.WARNING,
    message_zh="有 {count} 行字距拉开超过 0.15 em，最多允许 {limit} 行：「{worst}」。",
    message_en="{count} lines are stretched by more than 0.15 em, at most {limit} may be: “{worst}”.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="一行里相邻汉字之间的空，中位数超过 0.15 em。",
    why="松得刺眼。",
    example="一行里只有十几个汉字，后面跟着断不开的长网址。",
    remedy="改写这一句，或把网址移到来源里。",
)
LONE = Rule(
    code="N583",
    severity=Severity.WARNING,
    message_zh="有 {count} 段（共 {total} 段）的末行只剩一个字：「{worst}」。",
    message_en="{count} of {total} paragraphs end in a lone character: “{worst}”.",
    hint_zh="在这一段里增减一两个字。",
    hint_en="Add or drop a character or two in this paragraph.",
    what="段落、标题或图题的最后一行只有一个字（标点不算）。",
    why="孤字成行，既不好看也浪费一行。",
    example="末行只有「章。」。",
    remedy="增减一两个字；标题可以换个短些的说法。",
)
FORBIDDEN = Rule(
    code="N584",
    severity=Severity.WARNING,
    message_zh="有 {count} 处（共 {total} 处）行首或行末的标点不合避头尾：「{worst}」。",
    message_en="{count} of {total} line ends have a mark that may not stand there: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="逗号、句号、后括号等出现在行首，或前括号、前引号等出现在行末，或注号独自到了行首。",
    why="GB/T 15834—2011 第 5 章不允许。",
    example="一行以「）」开头。",
    remedy="请维护版式的人检查；临时可以在附近增减一个字。",
)
BROKEN = Rule(
    code="N585",
    severity=Severity.WARNING,
    message_zh="有 {count} 处（共 {total} 处）在破折号、省略号、数字与单位或「第…期」中间断了行：「{worst}」。",
    message_en="{count} of {total} line ends break a dash, an ellipsis, an ordinal or a number’s unit off: “{worst}”.",
    hint_zh="在附近增减一两个字。",
    hint_en="Add or drop a character or two nearby.",
    what="——、……、「20 km」「5万」「第3期」一类应当连在一起的，被分在了两行。",
    why="读者要隔着行才能把数字和单位拼起来；破折号和省略号断开则违反 GB/T 15834—2011。",
    example="上一行末是「2026」，下一行以「年」开头。",
    remedy="在附近增减一两个字；很多处都这样时，请告诉维护版式的人。",
)
WIDE_MARKS = Rule(
    code="N586",
    severity=Severity.WARNING,
    message_zh="有 {count} 处（共 {total} 处）相邻标点之间空得太宽：「{worst}」。",
    message_en="{count} of {total} pairs of adjacent marks are wider than an em and a half: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="两个标点相连，占了一个半字以上的位置。",
    why="两边的空白叠在一起，句中像破了一个洞。",
    example="句号在宋体里，后面的括号在楷体里，两者之间空了一个字。",
    remedy="请维护版式的人检查。",
)
NO_GAP = Rule(
    code="N587",
    severity=Severity.WARNING,
    message_zh="有 {count} 处（共 {total} 处）汉字与西文、数字之间没有间隙：「{worst}」。",
    message_en="{count} of {total} places where Han meets Latin have no gap: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="行内汉字与西文字母、阿拉伯数字相接处，间隙不到十分之一字。",
    why="汉字与西文贴在一起，难以辨认。",
    example="「共6章30条」排得没有间隙。",
    remedy="请维护版式的人检查；不要自己打空格。",
)
OFF_GRID = Rule(
    code="N588",
    severity=Severity.WARNING,
    message_zh="正文有 {count} 行（共 {total} 行）不在行格上：「{worst}」。",
    message_en="{count} of {total} lines of text stand off the line grid: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="正文的基线不在版面的行格（或半行格）上。",
    why="左右两页的行对不齐，透过纸背也看得出来。",
    example="楷体导读每一行都比行距高出一点点，排到页末差了几磅。",
    remedy="请维护版式的人检查这一页里行高不合的地方。",
)
PDFIUM = Rule(
    code="N589",
    severity=Severity.WARNING,
    message_zh="用 Chrome、Edge 打开后复制或查找，有 {count} 处多了空格或丢了字：「{worst}」。",
    message_en="Text copied from or searched in Chrome and Edge has {count} added spaces or lost letters: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="PDFium（Chrome、Edge 所用）取出的文字与页面上的不同：汉字旁边或数字、单词中间多了空格，或少了、换了字。",
    why="读者复制出来的文字要重新整理，按原文查找也找不到。",
    example="「2026年」复制出来成了「2026 年」。",
    remedy="请维护版式的人检查。",
)
PDFTOTEXT = Rule(
    code="N590",
    severity=Severity.WARNING,
    message_zh="用 pdftotext 取出的文字，有 {count} 处多了空格或丢了字：「{worst}」。",
    message_en="Text extracted by pdftotext has {count} added spaces or lost letters: “{worst}”.",
    hint_zh=_TELL_ZH,
    hint_en=_TELL_EN,
    what="pdftotext（许多检索程序所用）取出的文字与页面上的不同。",
    why="检索系统里按原文查找找不到。",
    example="「关键词」取出来成了「关 键词」。",
    remedy="请维护版式的人检查。",
)
NOT_MEASURABLE = Rule(
    code="N591",
    severity=Severity.ERROR,
    message_zh="量不了这个文件：{reason_zh}。",
    message_en="This file cannot be measured: {reason_en}.",
    hint_zh="先用 newsletter-pdf verify 看看它是不是一份完好的 PDF。",
    hint_en="See with “newsletter-pdf verify” whether it is a sound PDF.",
    what="文件不是 PDF、加了密、已损坏或太大。",
    why="读不出字的位置，就无从测量。",
    example="把 Word 文件改名成了 .pdf。",
    remedy="换一份完好的 PDF，或重新生成。",
)
RULES: tuple[Rule, ...] = (
    OFF_EDGE, LOOSE, VERY_LOOSE, LONE, FORBIDDEN, BROKEN, WIDE_MARKS, NO_GAP, OFF_GRID, PDFIUM, PDFTOTEXT,
    NOT_MEASURABLE,
)  # fmt: skip

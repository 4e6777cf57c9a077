"""Findings about opening Word files (N601, N826–N828, N830–N836); listed among the rules of ``importing``."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

OLD_FORMAT = Rule(
    code="N601",
    severity=Severity.ERROR,
    message_zh="「{name}」是旧格式的 Word 文件或别的文字处理格式，不能导入",
    message_en="“{name}” is in an old Word format or another word processor's, which cannot be imported",
    hint_zh="在 Word 或 WPS 里打开，用「另存为」存成「Word 文档（.docx）」，再导入；PDF 请向作者要原稿",
    hint_en="Open it in Word or WPS, save it as a Word document (.docx), import that; for a PDF ask for the original",
    what="文件是 .doc、.wps、.rtf、.odt、.pdf 等格式；或者扩展名虽然是 .docx，内容却是旧格式。",
    why="旧格式没有公开可靠的读法，读错会丢字。",
    example="newsletter-pdf import 稿件.doc --issue content/2026-12",
    remedy="另存为 .docx。只改扩展名没有用，要用「另存为」。",
)
ENCODING = Rule(
    code="N826",
    severity=Severity.ERROR,
    message_zh="「{name}」里的 {part} 用了不合规定的编码（{encoding}），没有打开",
    message_en="“{name}” has a part ({part}) in a forbidden encoding ({encoding}); it was not opened",
    hint_zh="用 Word 或 WPS 打开，另存一份再导入；打不开的，请作者重发",
    hint_en="Open it in Word or WPS, save a copy and import that; else ask the author for it again",
    what="Word 文件内部的文字只许用 UTF-8 或 UTF-16 编码。",
    why="Word 和 WPS 都照规定写；别的编码可以用来藏住不该有的声明。",
    example="用脚本生成的 .docx。",
    remedy="另存一份再导入。",
)
OTHER_OFFICE = Rule(
    code="N827",
    severity=Severity.ERROR,
    message_zh="「{name}」其实是{kind_zh}，不是 Word 文件",
    message_en="“{name}” is {kind_en}, not a Word file",
    hint_zh="检查是否选错了文件；要用里面的表格或文字，复制到 Word 文档里，存成 .docx 再导入",
    hint_en="Check that it is the right file; copy what is needed into a Word document and import that",
    what="扩展名像 Word 文件，内容是 Excel 工作簿或 PowerPoint 演示文稿。",
    why="改扩展名改不了内容。",
    example="把 会员名单.xlsx 改名成了 会员名单.docx。",
    remedy="把要用的内容复制到 Word 里。",
)
NOTHING_INSIDE = Rule(
    code="N828",
    severity=Severity.ERROR,
    message_zh="「{name}」里什么也没有",
    message_en="There is nothing in “{name}”",
    hint_zh="多半是没有下载完、没有同步完或没有保存成功：重新下载，或请作者重发",
    hint_en="It was probably not downloaded, synchronised or saved to the end: download it again or ask for it again",
    what="文件是 0 字节，或全是空字节。",
    why="网盘的占位文件、断了的下载、写满的 U 盘都会留下这样的文件。",
    example="0 KB 的 稿件.docx。",
    remedy="向作者要完好的文件。",
)
NOT_WORD = Rule(
    code="N830",
    severity=Severity.ERROR,
    message_zh="「{name}」的扩展名像 Word 文件，内容却是{kind_zh}",
    message_en="“{name}” is called a Word file but is {kind_en}",
    hint_zh="用 Word 或 WPS 打开它，「另存为」选「Word 文档（.docx）」；纯文本把扩展名改为 .txt；PDF 请要原稿",
    hint_en="Open it in Word or WPS and save it as .docx; rename plain text to .txt; for a PDF ask for the original",
    what="文件的内容与扩展名不符。",
    why="照扩展名去读只会出错。",
    example="把网页存成了「稿件.doc」。",
    remedy="用能打开它的程序另存为 .docx。纯文本把扩展名改为 .txt 即可。",
)
DAMAGED = Rule(
    code="N831",
    severity=Severity.ERROR,
    message_zh="Word 文件「{name}」不完整或已损坏：{reason_zh}",
    message_en="The Word file “{name}” is incomplete or damaged: {reason_en}",
    hint_zh="重新下载或请作者重发；在 Word 里能打开的，另存一份再导入",
    hint_en="Download it again or ask for it again; if Word can open it, save a copy and import that",
    what="文件缺了一截，或里面的内容不合规定。",
    why="残缺的文件读出来会丢文字。",
    example="邮件附件没有下载完。",
    remedy="向作者要完好的文件。",
)
TOO_MUCH = Rule(
    code="N832",
    severity=Severity.ERROR,
    message_zh="「{name}」解压后大得不合情理（{size}，上限 {limit}），没有打开",
    message_en="“{name}” would unpack to an unreasonable size ({size}, limit {limit}); it was not opened",
    hint_zh="正常的稿件不会这样，多半是有人做了手脚；确实是大稿件的，分成几份，压缩图片",
    hint_en="No ordinary manuscript is like that: it may be an attack. Divide one that is really so large",
    what="文件很小，解开却极大，或里面的文件极多。",
    why="这是让电脑耗尽内存的常见手法。",
    example="42 KB 的压缩包解开有几百 GB。",
    remedy="不要再打开它；问清来路。",
)
ENTITIES = Rule(
    code="N833",
    severity=Severity.ERROR,
    message_zh="「{name}」里有不该有的声明（{part} 中的 DOCTYPE），没有打开",
    message_en="“{name}” has a forbidden declaration (DOCTYPE in {part}); it was not opened",
    hint_zh="Word 和 WPS 都不会写这种声明，文件可能被人动过手脚；请作者重发",
    hint_en="Neither Word nor WPS writes it: the file may have been tampered with. Ask the author for it again",
    what="文件里有文档类型声明。",
    why="它能让程序读走电脑上的文件，或耗尽内存；标准也禁止它出现。",
    example="用脚本改过的 .docx。",
    remedy="向作者要原来的文件。",
)
PASSWORD = Rule(
    code="N834",
    severity=Severity.ERROR,
    message_zh="「{name}」有密码，打不开",
    message_en="“{name}” is protected by a password",
    hint_zh="在 Word 里用密码打开，「文件 › 信息 › 保护文档」去掉密码，另存后再导入",
    hint_en="Open it in Word, remove the password under File › Info › Protect Document, save it and import again",
    what="文件加密了。",
    why="没有密码谁也读不了。",
    example="作者给稿件设了打开密码。",
    remedy="去掉密码再导入。",
)
MACROS_IGNORED = Rule(
    code="N835",
    severity=Severity.WARNING,
    message_zh="「{name}」带有宏；只导入了文字，宏没有读",
    message_en="“{name}” contains macros; only its text was imported, the macros were not read",
    hint_zh="普通稿件不该有宏：请与作者核实，不要在 Word 里启用它",
    hint_en="A manuscript needs none: ask the author about it, and do not enable them in Word",
    what="文件里有 VBA 程序。",
    why="宏能在打开文件时做任何事。导入不运行它，但您在 Word 里打开时要小心。",
    example="稿件.docm",
    remedy="请作者另存为 .docx。",
)
EXTENSION = Rule(
    code="N836",
    severity=Severity.INFO,
    message_zh="「{name}」其实是 Word 文件，按 Word 文件读了",
    message_en="“{name}” is a Word file by its content and was read as one",
    hint_zh="不需要做什么；以后把扩展名写成 .docx",
    hint_en="Nothing needs to be done; better name it .docx",
    what="扩展名不是 .docx，内容却是。",
    why="扩展名错了会让别人打不开。",
    example="把 稿件.docx 改名成了 稿件.txt。",
    remedy="把扩展名改回 .docx。",
)

OPENING_RULES: tuple[Rule, ...] = (
    OLD_FORMAT,
    ENCODING,
    OTHER_OFFICE,
    NOTHING_INSIDE,
    NOT_WORD,
    DAMAGED,
    TOO_MUCH,
    ENTITIES,
    PASSWORD,
    MACROS_IGNORED,
    EXTENSION,
)

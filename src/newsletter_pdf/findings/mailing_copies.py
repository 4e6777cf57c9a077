"""Findings about the letter and the readers' own copies of the PDF (N886–N889, N895–N897, N846)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

NOT_STAMPABLE = Rule(
    code="N886",
    severity=Severity.ERROR,
    message_zh="这份 PDF 印不上读者的标记：{reason_zh}",
    message_en="This PDF cannot be marked for readers: {reason}",
    hint_zh="用 build 做出的原文件，不要用别的软件改过的",
    hint_en="Use the file as it was built, unchanged by other programs",
    what="mail.yaml 写了 copies，而这份 PDF 不能追加标记。",
    why="标记追加在做好的 PDF 后面，不重新排版，所以 PDF 要完整、没有密码。",
    example="用别的软件给 PDF 加了密码。",
    remedy="重新制作；或删去 mail.yaml 里的 copies，所有读者同一份。",
)
COPIES_LINKED = Rule(
    code="N887",
    severity=Severity.ERROR,
    message_zh="每位读者一份的 PDF 不能用链接给",
    message_en="Readers' own copies cannot be linked",
    hint_zh="设 delivery: attach，或调大 attach_limit，或删去 copies",
    hint_en="Set delivery: attach, raise attach_limit, or remove copies",
    what="mail.yaml 写了 copies，而 PDF 要用链接给读者（delivery: link，或超过了 attach_limit）。",
    why="链接后面只有一份文件，大家下载到的是同一份。",
    example="`delivery: link` 与 `copies` 写在一起。",
    remedy="附上 PDF，或所有读者同一份。",
)
NO_EXECUTOR = Rule(
    code="N888",
    severity=Severity.ERROR,
    message_zh="加密的帮手起不来：{reason_zh}",
    message_en="The executor for locking cannot be started: {reason}",
    hint_zh="照原因解决，或删去 executor，用本机的进程",
    hint_en="Solve that, or remove executor to use processes of this computer",
    what="copies 的 executor 写了 dask，而 Dask 没有安装，或连不上。",
    why="没有人加密，就做不成带密码的 PDF。",
    example="`scheduler` 的地址写错了。",
    remedy="安装 Dask，核对地址；几千位读者以内，本机的进程就够了。",
)
NO_MARK_FONT = Rule(
    code="N889",
    severity=Severity.ERROR,
    message_zh="印标记的字体（{font}）不能用：{reason_zh}",
    message_en="The font for the marks ({font}) cannot be used: {reason}",
    hint_zh="恢复 fonts 文件夹，或重建：make fonts",
    hint_en="Restore the folder fonts, or make it again: make fonts",
    away_zh="把程序自带的字体文件夹 {program}/fonts 整个拷来，替换本刊的 fonts/",
    away_en="Copy the program's own {program}/fonts over this periodical's fonts",
    what="读者的姓名用 fonts 文件夹里的黑体印，而它缺少或坏了。",
    why="只用期刊自己的字体，在哪台电脑上做出来都一样。",
    example="删去了 fonts/NLSans-Regular.ttf。",
    remedy="在程序的文件夹里用 git checkout fonts 恢复，或 make fonts 重建；init 建的刊物，把它拷过来。",
)
NAMES_NOT_SET = Rule(
    code="N895",
    severity=Severity.WARNING,
    message_zh="{count} 位读者的姓名印不出来（字体没有这些字），改印编号：{names}",
    message_en="{count} names cannot be set (the font lacks characters); the number stands instead: {names}",
    hint_zh="看一看名单里这几个姓名有没有打错",
    hint_en="See whether these names are typed correctly in the list",
    what="姓名里有字体没有的字，如表情符号。",
    why="印成方框不如印编号。",
    example="姓名写成了“张三😀”。",
    remedy="改正名单；确实是生僻字的，印编号也能认出是谁的。",
)
LONG_LETTER = Rule(
    code="N896",
    severity=Severity.WARNING,
    message_zh="信有 {size}，超过 {limit}，Gmail 会截去后面的部分",
    message_en="The letter has {size}, more than {limit}; Gmail cuts off what follows",
    hint_zh="在 issue.yaml 的 options 里把 mail_depth 写小，目录少列一级",
    hint_en="Set mail_depth lower among the options in issue.yaml: fewer levels of the contents",
    what="信里的目录太长。",
    why="截去的是信尾，退订的办法也在那里。",
    example="一期有三四百篇文章，目录列到了第三级。",
    remedy="`mail_depth: 2` 只列栏目和分组，`1` 只列栏目。",
)
NOT_A_COPY = Rule(
    code="N897",
    severity=Severity.ERROR,
    message_zh="认不出这是谁的一份：{reason_zh}",
    message_en="Whose copy this is cannot be told: {reason}",
    hint_zh="要用寄出时的名单和 list_id；密码锁着的先打开另存",
    hint_en="Use the list and list_id of the mailing; unlock a locked file first",
    what="PDF 里没有读者的编号，或编号不属于名单上的人。",
    why="只认程序自己印的标记，不猜。",
    example="拿来的是打印后扫描的文件。",
    remedy="换当时的名单再试；扫描件请看页脚的姓名或编号。",
)
SAME_NUMBER = Rule(
    code="N846",
    severity=Severity.WARNING,
    message_zh="有几位读者的编号碰巧相同：{names}",
    message_en="These readers' numbers are the same by chance: {names}",
    hint_zh="他们的那一份，--whose 会把这几位都列出来",
    hint_en="Of their copies --whose names all of them",
    what="副本的编号有四十位二进制数，几万位读者里也可能碰巧有两位相同。",
    why="流出去的一份只能查到这几位，不能断定是哪一位。",
    example="十万位读者。",
    remedy="不用处理；下一期的编号又不一样。",
)

RULES = (NOT_STAMPABLE, COPIES_LINKED, NO_EXECUTOR, NO_MARK_FONT, NAMES_NOT_SET, LONG_LETTER, NOT_A_COPY, SAME_NUMBER)

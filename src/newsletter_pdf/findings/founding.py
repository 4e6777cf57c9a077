"""Findings about making a new periodical and a layout of one's own (N930–N939)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

LAYOUT_NAME = Rule(
    code="N930",
    severity=Severity.ERROR,
    message_zh="「{name}」不能用作版式的名字",
    message_en="“{name}” cannot be the name of a layout",
    hint_zh="用小写英文字母、数字、短横，以字母或数字开头，如 ours",
    hint_en="Use small letters, digits and hyphens, beginning with a letter or digit, such as ours",
    what="版式的名字里有不允许的字符。",
    why="名字就是 layouts 里的文件夹名，要写进 issue.yaml，在各种电脑上都能用。",
    example="newsletter-pdf new --layout 我的版式",
    remedy="换一个由小写英文字母、数字、短横组成的名字；中文的名称写在 layout.yaml 的 title 里。",
)
LAYOUT_EXISTS = Rule(
    code="N931",
    severity=Severity.ERROR,
    message_zh="版式「{name}」已经存在，没有改动它",
    message_en="The layout “{name}” exists already and was not changed",
    hint_zh="换一个名字，或直接改 layouts/{name}/layout.yaml",
    hint_en="Choose another name, or edit layouts/{name}/layout.yaml",
    what="要新建的版式已经在 layouts 里。",
    why="里面可能有改好的样式，绝不覆盖。",
    example="newsletter-pdf new --layout jade",
    remedy="换一个名字。",
)
LAYOUT_BASE = Rule(
    code="N932",
    severity=Severity.ERROR,
    message_zh="要继承的版式「{base}」读不出来",
    message_en="The layout “{base}” to inherit from cannot be read",
    hint_zh="从安装的项目里把 layouts/{base} 拷回来",
    hint_en="Copy layouts/{base} back from the installed project",
    what="新版式要继承的 classic 不在 layouts 里，或它的 layout.yaml 坏了。",
    why="新版式只写不同的地方，其余都来自 classic。",
    example="layouts/classic 被删去了。",
    remedy="恢复 layouts/classic。",
)
FOLDER_TAKEN = Rule(
    code="N933",
    severity=Severity.ERROR,
    message_zh="「{name}」里已经有东西，没有改动它",
    message_en="“{name}” is not empty and was not changed",
    hint_zh="换一个还没有的、或空的文件夹",
    hint_en="Name a folder that is empty or does not exist yet",
    what="新刊要放进一个空的文件夹，这个文件夹里已有文件，或者它是一个文件。",
    why="已有的东西绝不覆盖。",
    example="newsletter-pdf init 文档",
    remedy="换一个名字；要往现有的刊里加一期，用 newsletter-pdf new。",
)
NOT_MADE = Rule(
    code="N934",
    severity=Severity.ERROR,
    message_zh="无法建立「{name}」：{reason}",
    message_en="Cannot create “{name}”: {reason}",
    hint_zh="检查磁盘空间和写入权限，再试一次",
    hint_en="Check the free space and the permission to write, then try again",
    what="系统不让在这里建立文件夹或文件。",
    why="磁盘已满，或没有写入权限。",
    example="在只读的共享盘上运行 newsletter-pdf init。",
    remedy="腾出空间，或换一个可写的地方。没有留下半成的文件夹。",
)
NO_STOCK = Rule(
    code="N935",
    severity=Severity.ERROR,
    message_zh="没有找到可以拷贝的版式和字体",
    message_en="No layouts and fonts were found to copy",
    hint_zh="把环境变量 NEWSLETTER_PDF_HOME 设为装好的项目文件夹（里面有 layouts 和 fonts）",
    hint_en="Set NEWSLETTER_PDF_HOME to the folder of the installed project, which holds layouts and fonts",
    what="新刊的版式和字体从装好的项目里拷来，但没有找到它。",
    why="程序不联网，也不借用系统的字体。",
    example="只装了程序，没有项目文件夹。",
    remedy="设置 NEWSLETTER_PDF_HOME，再运行一次。",
)

RULES = (LAYOUT_NAME, LAYOUT_EXISTS, LAYOUT_BASE, FOLDER_TAKEN, NOT_MADE, NO_STOCK)

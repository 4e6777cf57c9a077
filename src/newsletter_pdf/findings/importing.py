"""Findings about reading manuscripts and writing section files (N6xx)."""

from __future__ import annotations

from newsletter_pdf.findings.manuscripts import MANUSCRIPT_RULES
from newsletter_pdf.findings.newissue import NEW_ISSUE_RULES
from newsletter_pdf.findings.rule import Rule, Severity
from newsletter_pdf.findings.wordfiles import WORD_RULES
from newsletter_pdf.findings.wordopening import OPENING_RULES

UNKNOWN_FORMAT = Rule(
    code="N602",
    severity=Severity.ERROR,
    message_zh="不认识的稿件格式「{name}」",
    message_en="“{name}” is not a manuscript format that can be imported",
    hint_zh="稿件应是这些格式之一：{known}",
    hint_en="A manuscript is one of: {known}",
    what="文件的扩展名不是稿件的格式。",
    why="按错误的格式去读，只会得到乱码。",
    example="newsletter-pdf import 通讯录.xlsx --issue content/2026-12",
    remedy="检查是否选错了文件；是文字稿件的，把扩展名改为 .md 或 .txt。",
)
GIVEN_TWICE = Rule(
    code="N603",
    severity=Severity.ERROR,
    message_zh="稿件「{name}」给了两次",
    message_en="The manuscript “{name}” is given twice",
    hint_zh="每个稿件只写一次",
    hint_en="Name each manuscript once",
    what="同一个文件在命令里出现了两次。",
    why="照做就会有两个一样的栏目。",
    example="newsletter-pdf import 01.md 01.md --issue content/2026-12",
    remedy="去掉重复的文件名。",
)
SAME_TITLE = Rule(
    code="N604",
    severity=Severity.ERROR,
    message_zh="有两个栏目都叫「{title}」（另一个在 {other}）",
    message_en="Two sections are called “{title}” (the other one: {other})",
    hint_zh="改一个栏目的标题，或把两个栏目合成一个",
    hint_en="Change one title, or make one section of the two",
    what="稿件里有两个一级标题相同。",
    why="目录和书眉里分不清两个同名的栏目。",
    example="两个稿件的第一行都是「# 政策」。",
    remedy="改标题；同一栏目分在两个稿件里的，先合成一个文件。",
)
TOO_MANY_SECTIONS = Rule(
    code="N605",
    severity=Severity.ERROR,
    message_zh="栏目太多：编号会超过 {limit}",
    message_en="Too many sections: their numbers would exceed {limit}",
    hint_zh="检查稿件：一级标题「# 」只用于栏目，文章用「### 」",
    hint_en="Check the manuscript: “# ” is for sections only, articles take “### ”",
    what="一期的栏目超过了编号的上限。",
    why="多半是把文章标题也写成了一级标题。",
    example="每篇文章的标题前都是一个井号。",
    remedy="把文章标题改为三个井号，分组改为两个井号。",
)
SECTION_EXISTS = Rule(
    code="N606",
    severity=Severity.WARNING,
    message_zh="「{name}」与稿件不同，没有动它；新导入的在旁边的「{beside}」（多 {added} 行，少 {removed} 行）",
    message_en="“{name}” differs from the manuscript and was kept; the import is in “{beside}” (+{added} −{removed})",
    hint_zh="对照下面的差别，把要的改动抄进栏目文件，再删去旁边那份；整个换掉用 --replace（改过的文字会丢失）",
    hint_en="Copy what you need into the section file and delete the other; --replace replaces it, and edits are lost",
    what="这个栏目以前导入过，文件还在，而且与这次导入的不一样：或者您改过栏目文件，或者作者改过稿件。",
    why="文件里可能有编辑改过的内容，不经同意绝不覆盖。",
    example="导入之后改了几处，作者又发来新的一稿，再导入一次。",
    remedy="旁边那份名字以「新稿.txt」结尾，不会排进刊物；看完差别、抄完改动就可以删。",
)
SECTION_APPENDED = Rule(
    code="N607",
    severity=Severity.INFO,
    message_zh="栏目「{title}」接在已有的栏目之后，文件名是「{name}」",
    message_en="Section “{title}” follows the existing ones, as “{name}”",
    hint_zh="要调整先后，改文件名开头的数字；多余的旧栏目文件请自己删除",
    hint_en="To change the order, change the digits at the beginning of the file names; delete old files yourself",
    what="刊期文件夹里已有别的栏目占着这个编号。",
    why="已有的栏目文件不会改名，也不会删除。",
    example="已有 01 到 06，再导入一个新栏目，它就是 07。",
    remedy="顺序不合意就改文件名的编号。标题改过的稿件重新导入会成为新栏目，旧文件要自己删。",
)
EXAMPLE_REMOVED = Rule(
    code="N608",
    severity=Severity.INFO,
    message_zh="去掉了没有改动过的示例栏目「{name}」",
    message_en="The untouched example section “{name}” was removed",
    hint_zh="不需要做什么",
    hint_en="Nothing needs to be done",
    what="新建刊期时带的示例栏目一字未改，导入真正的稿件时把它删了。",
    why="不然示例会和稿件一起印出来。",
    example="先 newsletter-pdf new 2026-12，再导入六个栏目。",
    remedy="不需要做什么；改动过的示例不会删除。",
)
BAD_ISSUE_FOLDER = Rule(
    code="N609",
    severity=Severity.ERROR,
    message_zh="「{name}」不能用作刊期文件夹",
    message_en="“{name}” cannot be used as the issue folder",
    hint_zh="--issue 后面写刊期文件夹，如 content/2026-12；它可以还不存在",
    hint_en="Give the issue folder after --issue, such as content/2026-12; it need not exist yet",
    what="--issue 指的是一个文件，或名字不能作文件夹。",
    why="栏目文件要写进一个文件夹。",
    example="newsletter-pdf import 01.md --issue 01.md",
    remedy="改正 --issue 后面的名字。",
)
CANNOT_WRITE = Rule(
    code="N610",
    severity=Severity.ERROR,
    message_zh="无法写入「{name}」：{reason}",
    message_en="Cannot write “{name}”: {reason}",
    hint_zh="检查磁盘空间和写入权限，关闭正在打开它的程序，再导入一次",
    hint_en="Check the free space and the permissions, close the program that holds it, and import again",
    what="系统不让写这个文件。",
    why="磁盘已满、没有权限，或文件被别的程序占用。",
    example="刊期文件夹在只读的共享盘上。",
    remedy="排除原因后加 --replace 再导入；已有的文件不会只写一半。",
)
NOT_PLACED = Rule(
    code="N611",
    severity=Severity.WARNING,
    message_zh="这里的内容没有导入：「{text}」",
    message_en="This was not imported: “{text}”",
    hint_zh="它不属于任何栏目、导读或文章；需要的话，自己抄进栏目文件",
    hint_en="It belongs to no section, lead or article; copy it into a section file if it is needed",
    what="稿件里有一段内容不知道该放在哪里。",
    why="例如：栏目标题之前的文字、分组标题和第一篇文章之间的文字、关键词之后的段落。",
    example="「## （一）国家层面」下面直接写了一段说明，然后才是第一篇文章。",
    remedy="在稿件里给它加上文章标题（### ）或移到导读里，再导入；也可以直接抄进栏目文件。",
)

RULES: tuple[Rule, ...] = (
    UNKNOWN_FORMAT,
    GIVEN_TWICE,
    SAME_TITLE,
    TOO_MANY_SECTIONS,
    SECTION_EXISTS,
    SECTION_APPENDED,
    EXAMPLE_REMOVED,
    BAD_ISSUE_FOLDER,
    CANNOT_WRITE,
    NOT_PLACED,
    *MANUSCRIPT_RULES,
    *NEW_ISSUE_RULES,
    *WORD_RULES,
    *OPENING_RULES,
)
"""All codes of this area, N601–N659, N826–N829 and N83x."""

"""Findings about section files as a whole: left out, not closed, in doubtful order, with long heads (N288–N293)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

FILE_IGNORED = Rule(
    code="N289",
    severity=Severity.WARNING,
    message_zh="「{name}」不会排进去",
    message_en="“{name}” is not part of the issue",
    hint_zh="{remedy_zh}；不想排进去的，移到别的文件夹就不再提示",
    hint_en="{remedy}; move it elsewhere to hear no more of it",
    what="期刊文件夹里有程序不读的文稿。",
    why="也许是忘了导入的稿件。",
    example="笔记.docx",
    remedy="用 make import 导入，或移到别的文件夹。",
)
FILE_LEFT_OUT = Rule(
    code="N288",
    severity=Severity.ERROR,
    message_zh="「{name}」不会排进去：栏目文件要以 .md 结尾",
    message_en="“{name}” would be left out: a section file ends in .md",
    hint_zh="{remedy_zh}；不想排进去的稿件移到别的文件夹",
    hint_en="{remedy}; move drafts elsewhere",
    what="期刊文件夹里有以数字开头、却不是 .md 的稿件。",
    why="只有 .md 文件会排进刊物；别的会被漏掉，整个栏目就不见了。",
    example="05-来信.txt、06-公告.docx",
    remedy="用 make import 导入它；已经写成栏目格式的 .txt，把扩展名改成 .md。",
)
FRONT_MATTER_OPEN = Rule(
    code="N290",
    severity=Severity.ERROR,
    message_zh="文件开头的 --- 没有收尾",
    message_en="The front matter that begins with --- is not closed",
    hint_zh="在第 {line} 行下面加一行 ---（三个英文短横）",
    hint_en="Add a line --- (three hyphens) below line {line}",
    what="栏目信息的开头有 ---，后面没有另一行 ---。",
    why="分不清栏目信息到哪里为止，正文从哪里开始。",
    example="---、title: 协会纪事，接着就是 ## 标题。",
    remedy="在栏目信息的最后一行下面补上 ---。",
)
SAME_NUMBER = Rule(
    code="N291",
    severity=Severity.WARNING,
    message_zh="两个栏目文件都以 {number} 开头：另一个是「{other}」",
    message_en="Two section files begin with {number}: the other is “{other}”",
    hint_zh="改掉其中一个的数字；现在按文件名的次序排",
    hint_en="Change one of the numbers; now their names decide",
    what="两个栏目文件的数字相同。",
    why="谁在前谁在后，要由数字说清楚；也可能是旧稿忘了删。",
    example="04-来信.md 与 04-纪事.md",
    remedy="改名，让每个栏目的数字不同；不要的那个移走。",
)
LONG_HEAD = Rule(
    code="N293",
    severity=Severity.WARNING,
    message_zh="书眉要印「{title}」，约 {length} 个字宽，一行放不下",
    message_en="The running head “{title}” is about {length} characters wide, too wide for one line",
    hint_zh="在文件开头写上 short_title: 短标题（最多 {limit} 个字）",
    hint_en="Write short_title: … (at most {limit} characters) into the front matter",
    what="栏目标题长，又没有写书眉用的短标题；或短标题也太长。",
    why="书眉会折成两行，压到正文。",
    example="title: 写了四十个字，没有 short_title。",
    remedy="写上 short_title，如「short_title: 协会纪事」。",
)

RULES: tuple[Rule, ...] = (FILE_LEFT_OUT, FILE_IGNORED, FRONT_MATTER_OPEN, SAME_NUMBER, LONG_HEAD)

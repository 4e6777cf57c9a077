"""Findings about making an issue folder and its ``issue.yaml`` (N65x); listed among the rules of ``importing``."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

BAD_NAME = Rule(
    code="N651",
    severity=Severity.ERROR,
    message_zh="「{name}」不能用作刊期文件夹的名字",
    message_en="“{name}” cannot be the name of an issue folder",
    hint_zh='用年月作名字，如 2026-12；不能有 / \\ : * ? " < > | 和开头的点，不超过 {limit} 个字',
    hint_en='Use year and month, such as 2026-12; no / \\ : * ? " < > | and no leading dot, at most {limit} characters',
    what="新一期的名字里有文件夹不允许的字符，或名字为空、太长。",
    why="名字就是文件夹名，要在各种电脑上都能用，也不能指到别的文件夹里去。",
    example="newsletter-pdf new ../2026-12",
    remedy="只写名字，不写路径：newsletter-pdf new 2026-12。",
)
ISSUE_EXISTS = Rule(
    code="N652",
    severity=Severity.ERROR,
    message_zh="「{name}」已经存在，没有改动它",
    message_en="“{name}” exists already and was not changed",
    hint_zh="换一个名字；要重新开始，先把原来的文件夹改名或移走",
    hint_en="Choose another name, or rename or move the existing folder first",
    what="要新建的刊期文件夹已经在那里。",
    why="里面可能有做好的稿件，绝不覆盖。",
    example="content 里已有 2026-12，又运行 newsletter-pdf new 2026-12。",
    remedy="直接在现有的文件夹里工作，或换一个名字。",
)
NO_CONTENT = Rule(
    code="N653",
    severity=Severity.ERROR,
    message_zh="找不到放各期内容的文件夹「{folder}」",
    message_en="The folder “{folder}” for the issues does not exist",
    hint_zh="先进入项目文件夹（里面有 content、layouts、fonts）再运行命令",
    hint_en="Change to the project folder (it holds content, layouts and fonts) and run the command again",
    what="新的一期要放进 content 文件夹，但这里没有它。",
    why="多半是在别的文件夹里运行了命令。",
    example="在「下载」文件夹里运行 newsletter-pdf new 2026-12。",
    remedy="进入项目文件夹再运行；确实是新项目时，先建一个 content 文件夹。",
)
CANNOT_CREATE = Rule(
    code="N654",
    severity=Severity.ERROR,
    message_zh="无法建立「{name}」：{reason}",
    message_en="Cannot create “{name}”: {reason}",
    hint_zh="检查磁盘空间和文件夹的写入权限，再试一次",
    hint_en="Check the free space and the permission to write in the folder, then try again",
    what="系统不让在这里建立文件夹或文件。",
    why="磁盘已满，或没有写入权限。",
    example="content 放在只读的共享盘上。",
    remedy="腾出空间，或请管理员给予写入权限。没有留下半成的文件夹。",
)
ISSUE_PASSED_OVER = Rule(
    code="N655",
    severity=Severity.WARNING,
    message_zh="读不懂「{name}」的 issue.yaml，推算刊期时没有算上它",
    message_en="issue.yaml of “{name}” cannot be read; the next number was worked out without it",
    hint_zh="运行 newsletter-pdf check 检查那一期；并核对新一期的期号",
    hint_en="Run newsletter-pdf check on that issue, and check the number of the new one",
    what="某一期的 issue.yaml 缺少日期、期号，或写法有误。",
    why="新一期的日期和期号由以前各期推算，少算一期就可能重号。",
    example="issue.yaml 里写着 date: 2026年11月。",
    remedy="改好那一期的 issue.yaml，再核对新一期的 date、number、running_number。",
)
FACTS_DRAFTED = Rule(
    code="N656",
    severity=Severity.INFO,
    message_zh="刊期依据「{based_on}」拟定：{date}，{number}",
    message_en="Facts drafted from “{based_on}”: {date}, {number}",
    hint_zh="打开 issue.yaml 核对日期、期号和其他各项",
    hint_en="Open issue.yaml and check the date, the numbers and the rest",
    what="新一期的 issue.yaml 由上一期改写而成。",
    why="日期顺延一个月，期号和总期号各加一，新的一年期号从 1 起；其余照旧。",
    example="上一期 2026-11-20、第11期（总第7期），新一期就是 2026-12-20、第12期（总第8期）。",
    remedy="核对即可；合刊、增刊请自己改期号。",
)
HIGHLIGHTS_CLEARED = Rule(
    code="N657",
    severity=Severity.INFO,
    message_zh="上一期的封面要目（highlights）已改成注释",
    message_en="The last issue's highlights were turned into comments",
    hint_zh="写上本期的要目，并去掉各行前面的「# 」",
    hint_en="Write this issue's highlights and remove the “# ” before each line",
    what="封面要目每期不同，没有带到新的一期。",
    why="留着旧要目，就会印在新一期的封面上。",
    example="# highlights:",
    remedy="改写要目，去掉行首的「# 」；不要要目就不必管它。",
)
NUMBER_TAKEN = Rule(
    code="N658",
    severity=Severity.WARNING,
    message_zh="{year} 年第 {number} 期已经有了：「{other}」",
    message_en="Number {number} of {year} exists already: “{other}”",
    hint_zh="在新一期的 issue.yaml 里改 number（和 running_number）",
    hint_en="Change number (and running_number) in issue.yaml of the new issue",
    what="推算出的期号与另一期相同。",
    why="插入较早的一期时，后面各期的期号不会自动改动。",
    example="已有第11期、第12期，又新建 2026-11-增刊。",
    remedy="由编辑部决定期号，写进 issue.yaml。",
)
FACTS_PLACEHOLDER = Rule(
    code="N659",
    severity=Severity.WARNING,
    message_zh="没有以前的刊期可参照，issue.yaml 是暂拟的：「{title}」，{date}，第{number}期",
    message_en="No earlier issue to go by; issue.yaml holds placeholders: “{title}”, {date}, number {number}",
    hint_zh="打开 issue.yaml，填写刊名、日期和期号",
    hint_en="Open issue.yaml and fill in title, date and number",
    what="旁边没有别的刊期，刊名、日期、期号只能先占个位置。",
    why="这样可以马上排版看样，但印出来的刊名和期号不作数。",
    example="在一个空文件夹旁导入稿件。",
    remedy="在 issue.yaml 里填好 title、date、number；要印总期号，填 running_number。",
)

NEW_ISSUE_RULES: tuple[Rule, ...] = (
    BAD_NAME,
    ISSUE_EXISTS,
    NO_CONTENT,
    CANNOT_CREATE,
    ISSUE_PASSED_OVER,
    FACTS_DRAFTED,
    HIGHLIGHTS_CLEARED,
    NUMBER_TAKEN,
    FACTS_PLACEHOLDER,
)

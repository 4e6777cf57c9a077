"""Findings about fields of YAML files and front matter (N201–N219)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

UNKNOWN_KEY = Rule(
    code="N201",
    severity=Severity.ERROR,
    message_zh="不认识的字段「{key}」",
    message_en="Unknown key “{key}”",
    hint_zh="{nearest_zh}",
    hint_en="{nearest_en}",
    what="字段名不在格式里。",
    why="写错的字段不会被印出来，悄悄略去会漏掉内容。",
    example="titel: 月览",
    remedy="按提示改正字段名；不需要的字段整行删除。",
)
MISSING_KEY = Rule(
    code="N202",
    severity=Severity.ERROR,
    message_zh="缺少必填字段「{key}」（{label}）",
    message_en="The required key “{key}” is missing",
    hint_zh="在这里补一行「{key}: …」",
    hint_en="Add a line “{key}: …” here",
    what="必填的字段没有写。",
    why="缺了它，页面上就会空出一块。",
    example="issue.yaml 里没有 date。",
    remedy="补上这个字段。",
)
WRONG_TYPE = Rule(
    code="N203",
    severity=Severity.ERROR,
    message_zh="「{key}」应当是{expected_zh}，这里是{found_zh}",
    message_en="“{key}” must be {expected}, this is {found}",
    hint_zh="改成{expected_zh}；可对照内容格式说明里的例子",
    hint_en="Change it to {expected}; the content guide has an example",
    what="字段里放了别种内容。",
    why="列表、文字和一组字段的写法不同，放错了就读不出来。",
    example="names: {a: b}（这里要列表）",
    remedy="照内容格式说明里该字段的例子改写。",
)
BAD_DATE = Rule(
    code="N204",
    severity=Severity.ERROR,
    message_zh="「{value}」不是日期",
    message_en="“{value}” is not a date",
    hint_zh="写成 年-月-日，如 2026-11-20{guess_zh}",
    hint_en="Write year-month-day, such as 2026-11-20{guess_en}",
    what="日期写法不对，或没有这一天。",
    why="刊期、文件信息都从它来，必须确实。",
    example="date: 2026-02-30",
    remedy="用四位年、两位月、两位日，中间用英文短横。",
)
BAD_NUMBER = Rule(
    code="N205",
    severity=Severity.ERROR,
    message_zh="「{key}」应当是 {low} 到 {high} 之间的整数，这里是「{value}」",
    message_en="“{key}” must be a whole number from {low} to {high}, this is “{value}”",
    hint_zh="只写数字，如 11",
    hint_en="Write digits alone, such as 11",
    what="该写整数的地方不是合适的整数。",
    why="期号和栏数要用来计算和排版。",
    example="number: 第十一期",
    remedy="只写阿拉伯数字，不带「第」「期」。",
)
BAD_CHOICE = Rule(
    code="N206",
    severity=Severity.ERROR,
    message_zh="「{key}」不能是「{value}」",
    message_en="“{key}” cannot be “{value}”",
    hint_zh="可选：{choices_zh}",
    hint_en="Choose from: {choices}",
    what="这个字段只能从几个值里选。",
    why="别的值没有定义。",
    example="style: table",
    remedy="从列出的值中选一个。",
)
EMPTY_VALUE = Rule(
    code="N207",
    severity=Severity.ERROR,
    message_zh="「{key}」没有内容",
    message_en="“{key}” is empty",
    hint_zh="填写内容，或删除这一行{comment_zh}",
    hint_en="Fill it in, or delete the line{comment_en}",
    what="写了字段名，没有写内容。",
    why="多半是漏填；也可能内容以 # 开头，被当成了注释。",
    example="accent: #9b1c1f",
    remedy="填上内容；以 # 开头的值用引号括起来。",
)
VALUE_TOO_LONG = Rule(
    code="N208",
    severity=Severity.ERROR,
    message_zh="「{key}」有 {length} 个字，最多 {limit} 个",
    message_en="“{key}” has {length} characters, at most {limit} are allowed",
    hint_zh="缩短文字；多半是正文误放到了这里",
    hint_en="Shorten it; body text may have slipped in here",
    what="字段里的文字过长。",
    why="这里的版面容不下，也多半是放错了内容。",
    example="title 里放了整段正文。",
    remedy="缩短，或移到正文里。",
)
BAD_FORMAT = Rule(
    code="N209",
    severity=Severity.ERROR,
    message_zh="「{key}」的写法不对：「{value}」",
    message_en="“{key}” is not written as it should be: “{value}”",
    hint_zh="{rule_zh}",
    hint_en="{rule_en}",
    what="文字不合这个字段的写法。",
    why="版式名会成为文件夹名，二维码的容量也有限。",
    example="layout: ../别处",
    remedy="按提示改写。",
)
NAME_SPACED = Rule(
    code="N210",
    severity=Severity.INFO,
    message_zh="姓名「{value}」中间的空格已略去",
    message_en="The space inside the name “{value}” was left out",
    hint_zh="直接写「{name}」，排版时会自动与三字姓名对齐",
    hint_en="Write “{name}”; the layout aligns it with names of three characters",
    what="两字姓名中间打了空格。",
    why="对齐是排版的事；打了空格的名字搜索不到，复制出来也不对。",
    example="闫 东",
    remedy="删去空格。",
)
SHARED_MISSING = Rule(
    code="N211",
    severity=Severity.WARNING,
    message_zh="没有 {name}，{part_zh}不会出现",
    message_en="There is no {name}, so {part} will not appear",
    hint_zh="需要时在这一期的文件夹或上一级文件夹放一个 {name}",
    hint_en="If it is wanted, put a {name} into the issue folder or the folder above",
    what="找不到各期共用的资料文件。",
    why="没有它也能出刊，但少了刊头页或服务页。",
    example="content/ 里没有 masthead.yaml。",
    remedy="从别处复制一份，或新写一份。",
)
NOT_FIELDS = Rule(
    code="N212",
    severity=Severity.ERROR,
    message_zh="「{name}」里应当是「字段: 内容」的形式",
    message_en="“{name}” must hold lines of “key: value”",
    hint_zh="每行写一个「字段: 内容」，冒号用英文冒号，后面空一格",
    hint_en="One “key: value” a line, with a space after the colon",
    what="整个文件不是一组字段。",
    why="没有字段名就不知道每项内容是什么。",
    example="title：月览（用了中文冒号）",
    remedy="把中文冒号改成英文冒号加空格。",
)
ONE_BLOCK_KIND = Rule(
    code="N213",
    severity=Severity.ERROR,
    message_zh="这一块里要有且只有一种内容：{kinds}",
    message_en="A block holds exactly one of: {kinds}",
    hint_zh="分成几块，每块以「- 」开头写一种",
    hint_en="Split it into several blocks, one kind each",
    what="服务页的一块里写了几种内容，或一种都没有。",
    why="不知道先后次序和排法。",
    example="- {text: …, cards: …}",
    remedy="每种内容单独写成一块。",
)

EMPTY_LIST = Rule(
    code="N214",
    severity=Severity.WARNING,
    message_zh="「{key}」（{label}）后面没有写内容，不会印出来",
    message_en="Nothing is written after “{key}”, so nothing is printed for it",
    hint_zh="写上内容，或删去这一行",
    hint_en="Fill it in, or delete the line",
    what="关键词、要目、导读这样的字段留空了。",
    why="多半是忘了填；页面上会少一块。",
    example="keywords:",
    remedy="补上内容；这一期不用它时，删去这一行。",
)

RULES: tuple[Rule, ...] = (
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_DATE,
    BAD_NUMBER,
    BAD_CHOICE,
    EMPTY_VALUE,
    VALUE_TOO_LONG,
    BAD_FORMAT,
    NAME_SPACED,
    SHARED_MISSING,
    NOT_FIELDS,
    ONE_BLOCK_KIND,
    EMPTY_LIST,
)

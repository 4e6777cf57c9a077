"""Findings about what was meant as a picture, a link, a footnote, a table and the like and is not read as one.

Codes N246, N247, N249, N281–N287, N295, N296 and N299. All of them would be printed as they are typed, marks and all.
"""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

PICTURE = Rule(
    code="N281",
    severity=Severity.ERROR,
    message_zh="这里像是图片，但没有写对，会原样印出来：{reason_zh}",
    message_en="This seems to be a picture, but would be printed as typed: {reason}",
    hint_zh="写成：{written}",
    hint_en="Write: {written}",
    what="图片的写法不对，程序认不出来。",
    why="读者会看到一串符号和文件名，图却没有印出来。",
    example='![会场](images/我的 照片.jpg "图　会场")、！[会场](images/会场.jpg)',
    remedy="感叹号、括号、引号都用英文的；图片名里有空格时，用尖括号括起来，或改成没有空格的名字。",
)
FOOTNOTE = Rule(
    code="N282",
    severity=Severity.ERROR,
    message_zh="这里像是脚注，但没有写对，会原样印出来：{reason_zh}",
    message_en="This seems to be a footnote, but would be printed as typed: {reason}",
    hint_zh="写成：{written}",
    hint_en="Write: {written}",
    what="脚注号或脚注内容的写法不对，程序认不出来。",
    why="读者会在正文里看到 [^1] 这样的符号，脚注也不在页脚。",
    example="[^1]：讲堂共四讲",
    remedy="方括号、^ 和冒号都用英文的；脚注内容另起一段，写成「[^1]: 内容」。",
)
TYPED_NOTE = Rule(
    code="N283",
    severity=Severity.WARNING,
    message_zh="「{written}」像是手打的脚注号，会原样印出来",
    message_en="“{written}” seems to be a typed footnote mark and is printed as it is",
    hint_zh="要排成脚注时，这里写 [^{label}]，另起一段写「[^{label}]: 脚注内容」",
    hint_en="For a footnote write [^{label}] here, and “[^{label}]: text” as a paragraph of its own",
    what="文中有方括号围着的数字。",
    why="手打的注号不会跟着页面走，增删一条就要全部重编。",
    example="自明年起施行【1】。",
    remedy="改成脚注的写法；确实要这样印的，不用管它。",
)
CALLOUT = Rule(
    code="N284",
    severity=Severity.ERROR,
    message_zh="这里像是提示框，但没有写对，会原样印出来：{reason_zh}",
    message_en="This seems to be a call-out, but would be printed as typed: {reason}",
    hint_zh="三个英文冒号单独成行：先一行「::: {name}」，再写内容，最后一行「:::」",
    hint_en="Three plain colons on lines of their own: “::: {name}”, the text, then “:::”",
    what="提示框的开头或结尾写法不对，程序认不出来。",
    why="读者会看到冒号和「提示」二字，却没有框。",
    example="：：：提示",
    remedy="冒号用英文的，三个一组；开头、内容、结尾各占一行。",
)
CALLOUT_PERHAPS = Rule(
    code="N295",
    severity=Severity.WARNING,
    message_zh="这一段以几个全角冒号开头，会原样印出来",
    message_en="The paragraph begins with full-width colons and is printed as it is",
    hint_zh="要排成提示框时，冒号用英文的：先一行「::: 提示 {name}」，再写内容，最后一行「:::」",
    hint_en="For a call-out use plain colons: “::: 提示 {name}”, the text, then “:::”",
    what="段落以「：：：」开头，后面不是提示框的名称。",
    why="多半是想做提示框，而输入法打出了全角冒号。",
    example="：：：小贴士",
    remedy="做提示框就改成英文冒号，并用可用的名称（提示、注意、背景、延伸阅读）；不是的话不用管它。",
)
TABLE = Rule(
    code="N285",
    severity=Severity.ERROR,
    message_zh="这里像是表格，但没有写对，会原样印出来：{reason_zh}",
    message_en="This seems to be a table, but would be printed as typed: {reason}",
    hint_zh="各行紧挨着写，用英文竖线；第一行是表头，第二行写：{written}",
    hint_en="Lines without blank ones between, plain bars; the head first, then in the second line: {written}",
    what="几行用竖线分开的文字，没有成为表格。",
    why="读者会看到竖线，列也对不齐。",
    example="""\
| 项目 | 金额 |
| 会费 | 100 |""",
    remedy="第二行补上 |---|---|，表头有几格就写几组；竖线用英文的 |。不是表格、要照印竖线时，把第一根写成 \\|。",
)
CELLS_LOST = Rule(
    code="N286",
    severity=Severity.ERROR,
    message_zh="这一行有 {count} 格，表头只有 {columns} 格，多出的印不出来：「{lost}」",
    message_en="The row has {count} cells, the head only {columns}; what is beyond is not printed: “{lost}”",
    hint_zh="给表头和第二行各补一格，或把多出的并到前面；格子里要印竖线时写成 \\|",
    hint_en="Add a cell to the head and to the second line, or join cells; a bar inside a cell is written \\|",
    what="表格里有一行的格子比表头多。",
    why="多出的内容没有列可放，会丢掉。",
    example="| 甲 | 乙 | 丙 | 这一格会丢 |",
    remedy="让每一行的格数与表头相同。",
)
CELLS_MISSING = Rule(
    code="N287",
    severity=Severity.WARNING,
    message_zh="这一行只有 {count} 格，表头有 {columns} 格，缺的留空",
    message_en="The row has only {count} cells, the head {columns}; the others stay empty",
    hint_zh="补上缺的格子；确实是空的，写成「| |」",
    hint_en="Add the cells that are missing; an empty one is written “| |”",
    what="表格里有一行的格子比表头少。",
    why="少打一根竖线，后面的内容就会错到别的列里。",
    example="| 甲 | 乙 |（表头有三格）",
    remedy="让每一行的格数与表头相同。",
)
TYPED_ORDER = Rule(
    code="N296",
    severity=Severity.WARNING,
    message_zh="段首手打的编号「{number}」，标点不合规范",
    message_en="The number “{number}” typed at the head of the paragraph has the wrong punctuation",
    hint_zh="写成「{right}」；要自动编号，就写成列表：1. 内容",
    hint_en="Write “{right}”; for numbers by themselves make it a list: 1. text",
    what="段落开头的编号用了半角括号，或用错了后面的标点。",
    why="《标点符号用法》（GB/T 15834—2011）附录 B：带括号的编号后面不加标点，括号用全角；"
    "不带括号的阿拉伯数字后面用下脚点「.」，不用顿号。",
    example="(一)第一点；1、第三点",
    remedy="改成「（一）第一点」「1. 第三点」。",
)
LINK = Rule(
    code="N246",
    severity=Severity.WARNING,
    message_zh="这里像是链接，但没有写对，会原样印出来：{reason_zh}",
    message_en="This seems to be a link, but is printed as typed: {reason}",
    hint_zh="写成：{written}",
    hint_en="Write: {written}",
    what="链接的写法不对，程序认不出来。",
    why="读者会看到括号和网址，点不开。",
    example="[网站]（https://example.org）",
    remedy="方括号、圆括号都用英文的，中间不空格；确实要这样印的，不用管它。",
)
FENCE_NAME = Rule(
    code="N247",
    severity=Severity.WARNING,
    message_zh="代码块的名称「{name}」不认识，会按程序代码原样印出来",
    message_en="The fence is named “{name}”, which is unknown: it is printed as program text",
    hint_zh="是不是「{meant}」？可用：图表（chart）、process（流程图）、qr（二维码）",
    hint_en="Did you mean “{meant}”? There are chart (图表), process and qr",
    what="三个反引号后面的名称不认识，而它像是图表、流程图或二维码。",
    why="读者会看到 kind、values 这些字段，却没有图。",
    example="```表图",
    remedy="改成可用的名称；确实是程序代码的，写上语言的英文名，或不写名称。",
)
TYPED_BULLET = Rule(
    code="N249",
    severity=Severity.WARNING,
    message_zh="行首手打的项目符号「{bullet}」，不会排成列表",
    message_en="The bullet “{bullet}” typed at the head of the line makes no list",
    hint_zh="把「{bullet}」换成一个减号和一个空格：- 内容",
    hint_en="Write a hyphen and a space instead of “{bullet}”: - text",
    what="行首有从 Word 或网页带来的项目符号。",
    why="它只是一个字：几项会接成一段，转行也不对齐。",
    example="● 第一项",
    remedy="每一项写成一行，以减号和空格开头；确实要这样印的，不用管它。",
)
JOINED_LINES = Rule(
    code="N299",
    severity=Severity.WARNING,
    message_zh="这一行与上一行之间没有空行，会接成一段（这一段里有 {count} 处）",
    message_en="No empty line before this line, so it joins the paragraph above ({count} such in this paragraph)",
    hint_zh="要另起一段，在这一行前面空一行；本来就是一段的，把两行接起来",
    hint_en="Put an empty line before it for a new paragraph, or join the two lines in the file",
    what="上一行是完整的句子，或者这一行以编号开头，中间却没有空行。",
    why="空行才分段，单独换行只是接着写：几条会连成一段，编号夹在文字中间。",
    example="第一段写完了。\n第二段紧接着",
    remedy="段与段、条与条之间各空一行。",
)

RULES: tuple[Rule, ...] = (
    PICTURE,
    FOOTNOTE,
    TYPED_NOTE,
    CALLOUT,
    CALLOUT_PERHAPS,
    TABLE,
    CELLS_LOST,
    CELLS_MISSING,
    TYPED_ORDER,
    LINK,
    FENCE_NAME,
    TYPED_BULLET,
    JOINED_LINES,
)

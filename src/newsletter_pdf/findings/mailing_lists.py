"""Findings about the list of recipients and the list of suppressed addresses (N86x, N898)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

NO_RECIPIENTS = Rule(
    code="N860",
    severity=Severity.ERROR,
    message_zh="没有收件人名单：{name}",
    message_en="There is no list of recipients: {name}",
    hint_zh="在 content/ 里放 recipients.csv（Excel 另存为 CSV 即可），首行写「姓名,邮箱」，下面一行一位读者",
    hint_en="Put recipients.csv into content/ (saved as CSV by Excel): “name,email”, then one line for each reader",
    what="找不到 recipients.csv 或 recipients.yaml。",
    why="不知道寄给谁。",
    example="content/ 里没有名单。",
    remedy="照 docs/mailing.md 的例子做一份。",
)
LIST_ELSEWHERE = Rule(
    code="N844",
    severity=Severity.ERROR,
    message_zh="没有收件人名单 {name}；找到 {found}，是不是它？",
    message_en="There is no list {name}; is {found} meant?",
    hint_zh="是的话，{how_zh} {wanted}",
    hint_en="If so, {how}: {wanted}",
    what="名单的文件名、格式或所在的文件夹不对。",
    why="程序只读 content/ 或这一期文件夹里的 recipients.csv（或 .yaml），不猜别的文件。",
    example="存成了 `recipients.csv.csv` 或 `收件人.xlsx`。",
    remedy="照提示另存或改名。",
)
LIST_UNREADABLE = Rule(
    code="N861",
    severity=Severity.ERROR,
    message_zh="名单读不懂：{reason_zh}",
    message_en="The list cannot be read: {reason}",
    hint_zh="在 Excel 里另存为“CSV UTF-8（逗号分隔）”",
    hint_en="Save it in Excel as “CSV UTF-8 (comma delimited)”",
    what="名单不是文字表格，或编码认不出来。",
    why="读错一个字，就可能寄错一个人。",
    example="把 .xlsx 改名成了 .csv。",
    remedy="用 Excel 打开原来的表格，另存为 CSV UTF-8。",
)
NO_ADDRESS_COLUMN = Rule(
    code="N862",
    severity=Severity.ERROR,
    message_zh="名单里没有“邮箱”一列；第一行是：{found}",
    message_en="The list has no column “address”; its first line is: {found}",
    hint_zh="第一行写列名：姓名、邮箱、分组、语言、状态",
    hint_en="Let the first line name the columns: name, address, group, language, status",
    what="第一行里没有认得的邮箱列名。",
    why="程序不猜哪一列是地址。",
    example="第一行就是第一位读者。",
    remedy="在最上面加一行列名。",
)
BAD_ADDRESS = Rule(
    code="N863",
    severity=Severity.WARNING,
    message_zh="地址不能用，这一行没有列入：{address}（{reason_zh}）",
    message_en="The address cannot be used, the line is left out: {address} ({reason})",
    hint_zh="改好地址；不再寄的请删去这一行",
    hint_en="Correct the address, or remove the line",
    what="这一行的邮箱地址写得不对。",
    why="寄往写错的地址，读者收不到，退信多了会被服务商限制。",
    example="`zhangsan@example`（缺了后缀）",
    remedy="核对地址后改正。其余的行照常列入。",
)
DOUBLE_ADDRESS = Rule(
    code="N864",
    severity=Severity.WARNING,
    message_zh="地址重复，只寄一次：{address}，先见于第 {line} 行",
    message_en="The address is there twice and gets one mail: {address}, first in line {line}",
    hint_zh="删去重复的一行",
    hint_en="Remove the repeated line",
    what="同一个地址出现了两次；大小写、全角半角、空格不同也算同一个。",
    why="谁都不该收到两封。",
    example="`Li@example.org` 和 `li＠example.org`",
    remedy="留下正确的一行。",
)
BAD_NAME = Rule(
    code="N865",
    severity=Severity.WARNING,
    message_zh="{what_zh}里有不能用的内容，已{done_zh}",
    message_en="The {what} holds what cannot be used and was {done}",
    hint_zh="改短，去掉换行和控制字符",
    hint_en="Make it shorter; remove line breaks and control characters",
    what="姓名或分组太长，或含有换行、控制字符、改变文字方向的字符。",
    why="这样的字符可以伪造邮件的抬头，太长的姓名会被服务器拒收。",
    example="姓名里用 Alt+Enter 换了行。",
    remedy="改成一行普通文字。",
)
UNKNOWN_STATUS = Rule(
    code="N866",
    severity=Severity.WARNING,
    message_zh="不认识的状态“{value}”，这一行没有列入",
    message_en="Unknown status “{value}”, the line is left out",
    hint_zh="状态写“正常”（或空着）、“暂停”、“退订”或“退信”",
    hint_en="Write active (or nothing), paused, unsubscribed or bounced",
    what="状态一列写的不是认得的词。",
    why="不能确定该不该寄时，不寄。",
    example="`状态` 写了“待定”。",
    remedy="改成认得的词。",
)
LIST_ENCODING = Rule(
    code="N867",
    severity=Severity.INFO,
    message_zh="名单按 {encoding} 读出，开头是：{sample}",
    message_en="The list was read as {encoding}; it begins: {sample}",
    hint_zh="看一眼是不是乱码；另存为“CSV UTF-8”就不必猜",
    hint_en="See whether that is right; saved as “CSV UTF-8” nothing is guessed",
    what="名单不是 UTF-8。",
    why="编码是猜的，请核对。",
    example="旧版 Excel 保存的 CSV 是 GBK。",
    remedy="确认没有乱码；最好另存为 CSV UTF-8。",
)
NOBODY = Rule(
    code="N868",
    severity=Severity.ERROR,
    message_zh="没有可寄的读者：{reason_zh}",
    message_en="There is nobody to send to: {reason}",
    hint_zh="检查名单、分组和退订名单",
    hint_en="Look at the list, the group and the suppressed addresses",
    what="名单是空的，或所有的人都退订、暂停了。",
    why="没有收件人。",
    example="`--group` 写错了组名。",
    remedy="核对名单和分组。",
)
ODD_ROW = Rule(
    code="N845",
    severity=Severity.WARNING,
    message_zh="请核对，照样列入：{reason_zh}",
    message_en="Please check, the line is used as it is: {reason}",
    hint_zh="写错了的请改名单；没有错就不用管",
    hint_en="Correct the list if it is wrong; else nothing has to be done",
    what="地址的域名像是打错了的常用邮箱，语言不认得，或有两列邮箱。",
    why="程序不替您改，而寄错了读者收不到，也不会有人知道。",
    example="`lisi@gmial.com`；语言写“法语”",
    remedy="问一问，改正名单。",
)
LIST_ROW = Rule(
    code="N869",
    severity=Severity.WARNING,
    message_zh="这一行没有列入：{reason_zh}",
    message_en="The line is left out: {reason}",
    hint_zh="一行一位读者，一格一个地址",
    hint_en="One reader a line, one address a cell",
    what="这一行的内容不成样子，比如一格里有几个地址，或列数对不上。",
    why="程序不猜是哪一个。",
    example="`a@example.org; b@example.org` 写在一格里",
    remedy="拆成几行。",
)
BAD_SUPPRESSED = Rule(
    code="N898",
    severity=Severity.ERROR,
    message_zh="不寄的名单里这一行不是一个地址：{text}（{reason_zh}）",
    message_en="This line of the suppressed addresses is no address: {text} ({reason})",
    hint_zh="一行一个地址，别的话写在“原因”一列；改好再寄",
    hint_en="One address a line, other words in the column for the reason; then send",
    what="suppressed.csv 的邮箱一格里有几个地址、别的文字，或地址写错了。",
    why="看不懂这一行，就不知道谁不该收到；寄给退订的人不如先停下。",
    example="`a@example.org; b@example.org` 写在一格里",
    remedy="拆成几行，只留地址。",
)

RULES = (
    NO_RECIPIENTS,
    LIST_ELSEWHERE,
    LIST_UNREADABLE,
    NO_ADDRESS_COLUMN,
    BAD_ADDRESS,
    DOUBLE_ADDRESS,
    BAD_NAME,
    UNKNOWN_STATUS,
    LIST_ENCODING,
    NOBODY,
    ODD_ROW,
    LIST_ROW,
    BAD_SUPPRESSED,
)

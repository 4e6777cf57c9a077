"""Findings about the settings of the mailing (N85x, N847, N849)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

SECRET_IN_FILE = Rule(
    code="N850",
    severity=Severity.ERROR,
    message_zh="{file} 第 {line} 行的 {key} 看来是密码或密钥，不能写在文件里",
    message_en="{key} in line {line} of {file} looks like a password or key, which must not stand in the file",
    hint_zh="删去这一行，改放环境变量 {variable}，或用 keyring set newsletter-pdf 存进系统的钥匙串；"
    "已经提交过的密码请更换",
    hint_en="Remove the line; use the environment variable {variable}, or store it with keyring set "
    "newsletter-pdf. Change a password that was committed",
    what="mail.yaml 里有看来是密码、授权码、密钥的字段。",
    why="文件会随稿件提交、拷贝、备份，密码也就跟着出去了。",
    example="`password: abc123`",
    remedy="删去它，把密码放进环境变量或系统的钥匙串；做法见 docs/mailing.md。",
)
NO_SETTINGS = Rule(
    code="N851",
    severity=Severity.ERROR,
    message_zh="没有寄送的设置：{name}",
    message_en="There are no mail settings: {name}",
    hint_zh="在 content/ 里新建 mail.yaml，至少写一行「from: 发件的邮箱」；其余的项照 docs/mailing.md 的例子",
    hint_en="Write content/mail.yaml with at least “from: your address”; docs/mailing.md has an example of the rest",
    what="mail 和 send 需要 mail.yaml：谁寄、标题怎么写、用哪台服务器。",
    why="没有发件人就没有邮件。",
    example="content/ 里没有 mail.yaml。",
    remedy="照 docs/mailing.md 的例子写一份，各期共用。",
)
BAD_SENDER = Rule(
    code="N852",
    severity=Severity.ERROR,
    message_zh="{key} 的地址不能用：{address}（{reason_zh}）",
    message_en="The address of {key} cannot be used: {address} ({reason})",
    hint_zh="写成 name@example.org 的样子",
    hint_en="Write it like name@example.org",
    what="发件人、回复、退信或退订的邮箱地址写得不对。",
    why="地址写错，退信和退订就收不到。",
    example="`from: 编辑部@示例`",
    remedy="核对地址，用半角字符。",
)
BAD_PLACEHOLDER = Rule(
    code="N853",
    severity=Severity.ERROR,
    message_zh="{key} 里的 {name} 没有这个意思",
    message_en="{name} in {key} has no meaning",
    hint_zh="这里可用：{known}",
    hint_en="Known here: {known}",
    what="花括号里的名字不认识，或这一期没有这一项。",
    why="认不出的名字会原样寄给读者。",
    example="`subject: '{{刊名}} 第{{number}}期'`",
    remedy="改成列出的名字之一；issue.yaml 里没有的（如总期号）不要用。",
)
UNSAFE_SERVER = Rule(
    code="N854",
    severity=Severity.ERROR,
    message_zh="与 {host} 的连接没有加密",
    message_en="The connection to {host} is not encrypted",
    hint_zh="写 security: starttls 或 tls；none 只准用于本机，而且不能带用户名",
    hint_en="Use security: starttls or tls; none is for this computer alone, without a username",
    what="server 里写了 security: none，而服务器不在这台电脑上，或要用密码登录。",
    why="不加密时，沿途都能看到读者名单和密码。",
    example="`security: none`，`host: smtp.example.org`",
    remedy="改成 starttls 或 tls；服务商的说明里会写端口。",
)
BAD_WEB_ADDRESS = Rule(
    code="N855",
    severity=Severity.ERROR,
    message_zh="{key} 要写 https:// 开头的网址：{value}",
    message_en="{key} must be an https:// address: {value}",
    hint_zh="写完整的 https:// 网址，只用半角字符",
    hint_en="Write a whole https:// address in ASCII",
    what="退订或下载的网址不是 https，或含有空格、汉字。",
    why="邮件程序只认标准的网址；一键退订规定用 https（RFC 8058）。",
    example="`url: www.example.org/退订`",
    remedy="写完整的网址；汉字要先编码。",
)
NO_EXTRA = Rule(
    code="N856",
    severity=Severity.ERROR,
    message_zh="寄送还缺 Python 包：{packages}",
    message_en="Mailing needs more Python packages: {packages}",
    hint_zh="装上：{command}",
    hint_en="Install them: {command}",
    what="寄送用的 email-validator、dkimpy、cryptography、keyring、pikepdf 没有装齐。",
    why="只排版不寄送的电脑不必装它们。",
    example="只装了 newsletter-pdf，没有装 newsletter-pdf[mail]。",
    remedy="执行提示里的那一条命令，再试。",
)
NO_SECRET = Rule(
    code="N857",
    severity=Severity.ERROR,
    message_zh="没有找到{what_zh}",
    message_en="The {what} was not found",
    hint_zh="放进环境变量 {variable}，或存进系统的钥匙串：{command}",
    hint_en="Put it into the environment variable {variable}, or into the keyring: {command}",
    what="设置里写了用户名或 DKIM，而密码或密钥没有给。",
    why="没有密码服务器不让发；该签名而没有签名的邮件容易进垃圾箱。",
    example="写了 `username`，没有设环境变量 NEWSLETTER_PDF_SMTP_PASSWORD。",
    remedy="照提示给出密码或密钥；不用登录、不用签名就删去设置里的那几行。",
)
BAD_DKIM_KEY = Rule(
    code="N858",
    severity=Severity.ERROR,
    message_zh="DKIM 密钥不能用：{reason_zh}",
    message_en="The DKIM key cannot be used: {reason}",
    hint_zh="密钥是一段以 -----BEGIN 开头的 PEM 文字（RSA，1024 位以上）",
    hint_en="The key is a PEM text that starts with -----BEGIN (RSA, 1024 bits or more)",
    what="环境变量里的 DKIM 私钥读不懂，或太短。",
    why="签错的邮件比没有签名的更容易被拒收。",
    example="把公钥当成了私钥。",
    remedy="重新生成一对密钥，公钥放进 DNS，私钥放进环境变量。",
)
NO_UNSUBSCRIBE = Rule(
    code="N859",
    severity=Severity.WARNING,
    message_zh="没有退订的办法",
    message_en="There is no way to unsubscribe",
    hint_zh="在 mail.yaml 里写 unsubscribe: 的 mailto 或 url",
    hint_en="Give unsubscribe: a mailto or url in mail.yaml",
    what="邮件里没有退订邮箱，也没有退订网址。",
    why="大的邮箱服务商要求群发邮件能退订；不能退订的会被读者标为垃圾邮件。",
    example="mail.yaml 里没有 `unsubscribe`。",
    remedy="写上退订邮箱；有网页的再写网址。",
)
UNSAFE_SCHEDULER = Rule(
    code="N847",
    severity=Severity.ERROR,
    message_zh="与 Dask 调度器 {scheduler} 的连接没有加密",
    message_en="The connection to the Dask scheduler {scheduler} is not encrypted",
    hint_zh="写 tls:// 开头的地址；tcp:// 只准用于本机",
    hint_en="Give an address with tls://; tcp:// is for this computer alone",
    what="copies 的 scheduler 写了另一台电脑的 tcp:// 地址。",
    why="打开 PDF 的密码要交给帮手，不加密时沿途都能看到。",
    example="`scheduler: tcp://cluster:8786`",
    remedy="在 Dask 上设好 TLS，改用 tls://；几千位读者以内，用本机的进程就够了。",
)
BAD_PROJECT_KEY = Rule(
    code="N849",
    severity=Severity.ERROR,
    message_zh="{file} 里的密钥不能用",
    message_en="The key in {file} cannot be used",
    hint_zh="从备份恢复这个文件；没有备份就删去，程序会另做一个",
    hint_en="Restore the file from a backup; without one remove it, and a new key is made",
    what="读者编号和信的编号由 content/mailing.key 里的密钥算出，而它空了、改坏了。",
    why="密钥太短，别人就算得出编号，能替读者退订。",
    example="文件里只有几个字。",
    remedy="从备份恢复。另做了密钥，已经寄出的退订链接就认不出是谁，要看来信的地址。",
)

RULES = (
    SECRET_IN_FILE,
    NO_SETTINGS,
    BAD_SENDER,
    BAD_PLACEHOLDER,
    UNSAFE_SERVER,
    BAD_WEB_ADDRESS,
    NO_EXTRA,
    NO_SECRET,
    BAD_DKIM_KEY,
    NO_UNSUBSCRIBE,
    UNSAFE_SCHEDULER,
    BAD_PROJECT_KEY,
)

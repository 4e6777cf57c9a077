"""Findings about telephone numbers, addresses and links (N760–N765)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

PHONE = Rule(
    code="N760",
    severity=Severity.WARNING,
    message_zh="电话号码「{text}」{reason_zh}",
    message_en="The telephone number “{text}” {reason}",
    hint_zh="核对号码",
    hint_en="Check the number",
    what="电话、手机、传真的号码位数不对，或夹着别的字符。",
    why="号码错一位，读者就打不通。",
    example="电话：0571-1234567890",
    remedy="核对。手机 11 位；固定电话是区号加 7 或 8 位；400 号码 10 位。",
)
MAIL = Rule(
    code="N761",
    severity=Severity.WARNING,
    message_zh="电子邮箱「{text}」写得不对",
    message_en="The mail address “{text}” is not well-formed",
    hint_zh="写成 名字@域名，全部用半角字符",
    hint_en="Write it as name@domain, in ASCII alone",
    what="邮箱地址缺一部分，或用了全角的 ＠、句号。",
    why="寄不到。",
    example="service＠example。org",
    remedy="改正。",
)
ADDRESS = Rule(
    code="N762",
    severity=Severity.WARNING,
    message_zh="网址「{text}」写得不对：{reason_zh}",
    message_en="The address “{text}” is not well-formed: {reason}",
    hint_zh="写成 https://域名/路径",
    hint_en="Write it as https://domain/path",
    what="印出的网址少了一部分，或用了全角的冒号、斜线。",
    why="照着输入打不开。",
    example="https：//example.org",
    remedy="改正。",
)
LINK_DIFFERS = Rule(
    code="N763",
    severity=Severity.WARNING,
    message_zh="印的是「{text}」，链接却通向 {href}",
    message_en="“{text}” is printed, the link goes to {href}",
    hint_zh="让两者一致",
    hint_en="Make the two agree",
    what="印出的网址、邮箱和点开后去的不是一处。",
    why="纸上看的人和屏幕上点的人会到不同的地方，多半有一个是旧的。",
    example="value: a@example.org，href: mailto:b@example.org",
    remedy="改正其中一个。",
)
LINK_DEAD = Rule(
    code="N764",
    severity=Severity.WARNING,
    message_zh="链接打不开：{href}（{reason}）",
    message_en="The link is dead: {href} ({reason})",
    hint_zh="换成能打开的网址，或删去链接",
    hint_en="Find an address that works, or drop the link",
    what="用 check --online 访问时，网站回答没有这一页。",
    why="读者点了只看到错误页。",
    example="https://example.org/old-page（404）",
    remedy="换掉。",
)
LINK_UNREACHED = Rule(
    code="N765",
    severity=Severity.INFO,
    message_zh="链接没有查成：{href}（{reason}）",
    message_en="The link could not be checked: {href} ({reason})",
    hint_zh="在浏览器里打开看看",
    hint_en="Open it in a browser",
    what="用 check --online 访问时，网站没有回答，或拒绝程序访问。",
    why="也许是网络或网站一时的问题，程序判断不了。",
    example="连接超时",
    remedy="自己打开看一眼。",
)

RULES: tuple[Rule, ...] = (
    PHONE,
    MAIL,
    ADDRESS,
    LINK_DIFFERS,
    LINK_DEAD,
    LINK_UNREACHED,
)

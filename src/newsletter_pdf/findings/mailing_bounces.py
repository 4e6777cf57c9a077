"""Findings about bounces and unsubscriptions (N89x)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

NO_MAILBOX = Rule(
    code="N890",
    severity=Severity.ERROR,
    message_zh="找不到信件：{name}",
    message_en="There are no messages: {name}",
    hint_zh="给出 mbox 文件、Maildir 文件夹或 .eml 文件",
    hint_en="Give an mbox file, a Maildir folder or an .eml file",
    what="给出的文件或文件夹不存在，或里面没有信。",
    why="退信要从信件里读。",
    example="文件夹名写错了。",
    remedy="从邮件程序里导出退信，再给出它的位置。",
)
MAILBOX_UNREADABLE = Rule(
    code="N891",
    severity=Severity.ERROR,
    message_zh="读不了信箱 {name}：{reason_zh}",
    message_en="The mailbox {name} cannot be read: {reason}",
    hint_zh="检查文件是不是 mbox、Maildir 或 .eml",
    hint_en="See whether it is an mbox, a Maildir or an .eml file",
    what="信箱的格式认不出来，或连不上 IMAP 服务器。",
    why="读不了就认不出谁退信。",
    example="密码不对。",
    remedy="按原因解决后再试；名单没有改动。",
)
NO_IMAP = Rule(
    code="N842",
    severity=Severity.ERROR,
    message_zh="mail.yaml 里没有 imap，不知道从哪个信箱读",
    message_en="mail.yaml has no imap, so that there is no mailbox to read",
    hint_zh="写上 imap: 的 host、username、folder；或从邮件程序导出退信，用 --from 读",
    hint_en="Write imap: with host, username, folder; or export the messages and read them with --from",
    what="bounces --imap 要读收退信的邮箱，而设置里没有它。",
    why="程序不猜退信寄到了哪里。",
    example="mail.yaml 里没有 `imap`。",
    remedy="照 docs/mailing.md 写上 imap；参数问邮箱的服务商。",
)
SOFT_BOUNCE = Rule(
    code="N892",
    severity=Severity.INFO,
    message_zh="{address} 这一次没有收到（{reason}），地址保留",
    message_en="{address} did not get this one ({reason}); the address stays",
    hint_zh="连续几期都这样，再把它停掉；加 --all 则现在就停",
    hint_en="If it goes on for some issues suppress it; --all does that now",
    what="退信说的是邮箱满了、信太大、暂时拒收之类。",
    why="这样的地址下一期也许就好了。",
    example="邮箱满了。",
    remedy="一般不用管。",
)
STRANGE_BOUNCE = Rule(
    code="N893",
    severity=Severity.INFO,
    message_zh="{count} 封信看来是退信或退订，却不是名单里的地址，没有动",
    message_en="{count} messages look like bounces or unsubscriptions of addresses not on the list; nothing was done",
    hint_zh="想退订的人可能用了另一个地址，请人工看一看",
    hint_en="People may have written from another address; please have a look",
    what="退信或退订信里的地址不在名单和寄送记录里。",
    why="谁都可以伪造退信；只处理我们寄过的地址。",
    example="读者用另一个邮箱来信退订。",
    remedy="按来信的名字在名单里找一找。",
)

RULES = (
    NO_MAILBOX,
    MAILBOX_UNREADABLE,
    NO_IMAP,
    SOFT_BOUNCE,
    STRANGE_BOUNCE,
)

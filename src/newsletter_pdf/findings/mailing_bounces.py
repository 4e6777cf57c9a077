"""Findings about bounces and unsubscriptions (N890–N894, N848, N899)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

NO_MAILBOX = Rule(
    code="N890",
    severity=Severity.ERROR,
    message_zh="找不到信件：{name}",
    message_en="There are no messages: {name}",
    hint_zh="{how_zh}",
    hint_en="{how}",
    what="给出的文件或文件夹（IMAP 邮箱里的也算）不存在，或里面没有信。",
    why="退信要从信件里读。",
    example="文件夹名写错了。",
    remedy="从邮件程序里导出退信，再给出它的位置；IMAP 的，改正 folder。",
)
MAILBOX_UNREADABLE = Rule(
    code="N891",
    severity=Severity.ERROR,
    message_zh="读不了信箱 {name}：{reason_zh}",
    message_en="The mailbox {name} cannot be read: {reason}",
    hint_zh="{how_zh}",
    hint_en="{how}",
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
TOO_MANY_LEAVING = Rule(
    code="N894",
    severity=Severity.ERROR,
    message_zh="一次要停寄 {count} 个地址，超过名单的 {share}%，没有动",
    message_en="{count} addresses would be suppressed at once, more than {share} % of the list; nothing was done",
    hint_zh="先用 --dry-run 看是哪些；确实如此，加 --many",
    hint_en="See which with --dry-run; if that is right, add --many",
    what="读到的退信和退订一下子要停掉名单上的许多人。",
    why="可能是伪造的来信，也可能是服务器一时出错，把好地址都退了回来。",
    example="邮件服务器坏了半天，所有的信都退成“地址不存在”。",
    remedy="看一看名单和退信的原因，没有问题再加 --many。",
)
DOUBTFUL_NOTICE = Rule(
    code="N899",
    severity=Severity.WARNING,
    message_zh="{count} 位读者：看来是退信或退订，不能确定，没有动：{names}",
    message_en="{count} readers: what looks like bounces or unsubscriptions is not sure; nothing was done: {names}",
    hint_zh="请看一看这些信；退信是真的，加 --trust-addresses，退订的请写进 suppressed.csv",
    hint_en="Look at these messages; if the bounces are true add --trust-addresses, put those who leave into "
    "suppressed.csv",
    what="退信里没有我们的编号，只写着读者的地址；或信里提到退订，却不只是一句退订。",
    why="谁都可以写一封样子像退信的信，写上别人的地址。",
    example="服务商的退信不附原信；标题是“TD 银行的报告”。",
    remedy="return_path 里写上 {{id}}，退信就认得出；个别的照提示处理。",
)
UNREADABLE_MESSAGES = Rule(
    code="N848",
    severity=Severity.INFO,
    message_zh="{count} 封信读不懂，跳过了",
    message_en="{count} messages cannot be read and were passed over",
    hint_zh="一般不用管；想知道的，用邮件程序看一看信箱",
    hint_en="Usually nothing has to be done; look at the mailbox with a mail program if in doubt",
    what="信箱里有写坏的信，或大得不合常理的信。",
    why="一封坏信不应耽误其余的退信和退订。",
    example="垃圾邮件的标题编码是错的。",
    remedy="不用处理。",
)

RULES = (
    NO_MAILBOX,
    MAILBOX_UNREADABLE,
    NO_IMAP,
    SOFT_BOUNCE,
    STRANGE_BOUNCE,
    TOO_MANY_LEAVING,
    DOUBTFUL_NOTICE,
    UNREADABLE_MESSAGES,
)

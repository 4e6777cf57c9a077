"""Every field of ``mail.yaml``, declared once. What the mailing makes of them is in :mod:`newsletter_pdf.mail`."""

from __future__ import annotations

import re

from newsletter_pdf.reader.shapes import Address, Choice, Field, Integer, Raw, Shape, Text

_YES_NO = Choice((("yes", "是"), ("no", "否")))
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = Text(
    253,
    re.compile(rf"{_LABEL}(?:\.{_LABEL})+"),
    "写成域名，如 news.example.org",
    "A domain, such as news.example.org",
)
_HOST = Text(
    253,
    re.compile(rf"{_LABEL}(?:\.{_LABEL})*|\[?[0-9A-Fa-f:.]+\]?"),
    "写成主机名，如 smtp.example.org，不带 https:// 和端口",
    "A host name, such as smtp.example.org, without a scheme or port",
)
_SLUG = Text(40, re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*"), "只用英文字母、数字、- 和 _", "Letters, digits, - and _")

MAILBOX = Shape(
    "邮箱",
    (
        Field("address", Raw(254), "地址", "如 news@example.org", required=True),
        Field("name", Text(80), "显示的名字", "如 澄观编辑部"),
    ),
    shorthand="address",
)

_SERVER = Shape(
    "发信服务器",
    (
        Field("host", _HOST, "主机名", "如 smtp.example.org", required=True),
        Field("port", Integer(1, 65535), "端口", "默认：starttls 用 587，tls 用 465，none 用 25"),
        Field(
            "security",
            Choice((("starttls", "先连上再加密"), ("tls", "一开始就加密"), ("none", "不加密，只准本机"))),
            "加密",
            "默认 starttls；证书总是要核对",
        ),
        Field("username", Raw(254), "用户名", "密码不写在文件里，见 docs/mailing.md"),
        Field("ca_file", Raw(200), "自己单位的根证书", "PEM 文件，与 mail.yaml 放在同一个文件夹里"),
        Field("helo", _HOST, "自报的主机名", "默认用这台电脑的"),
        Field("timeout", Integer(1, 600), "等待秒数", "服务器多久不答就算断开，默认 60"),
    ),
)

_UNSUBSCRIBE = Shape(
    "退订",
    (
        Field("mailto", Raw(254), "退订邮箱", "读者往这里写信就是退订"),
        Field("url", Raw(500), "退订网址", "https:// 开头；{id} 换成读者编号，{address} 换成读者的地址"),
        Field("one_click", _YES_NO, "一键退订", "网址支持 RFC 8058 的 POST 时写 yes，默认 no"),
    ),
)

_DKIM = Shape(
    "DKIM 签名",
    (
        Field("domain", _DOMAIN, "签名的域名", "与发件地址同一个域名", required=True),
        Field("selector", _SLUG, "选择器", "DNS 里 <选择器>._domainkey.<域名>", required=True),
    ),
)

_IMAP = Shape(
    "收退信的邮箱",
    (
        Field("host", _HOST, "主机名", "如 imap.example.org", required=True),
        Field("port", Integer(1, 65535), "端口", "默认 993"),
        Field("username", Raw(254), "用户名", required=True),
        Field("folder", Text(120), "文件夹", "默认 INBOX"),
        Field("ca_file", Raw(200), "自己单位的根证书", "PEM 文件，与 mail.yaml 放在同一个文件夹里"),
    ),
)

_RATES = Shape(
    "快慢",
    (
        Field("per_second", Integer(1, 1000), "每秒最多几封", "默认 5"),
        Field("per_domain", Integer(1, 60000), "每分钟往同一个域名最多几封", "默认 60"),
        Field("per_hour", Integer(1, 1000000), "每小时最多几封", "默认不限；服务商有限额时一定要写"),
        Field("connections", Integer(1, 20), "同时几个连接", "默认 2"),
    ),
)

_RETRY = Shape(
    "再试",
    (
        Field("attempts", Integer(1, 20), "一位读者最多试几次", "默认 6"),
        Field("first_delay", Integer(1, 86400), "第一次再试前等几秒", "默认 120，以后每次加倍"),
        Field("longest_delay", Integer(1, 86400), "最多等几秒", "默认 1800"),
    ),
)

_COPIES = Shape(
    "每位读者一份的 PDF",
    (
        Field(
            "mark",
            Choice(
                (
                    ("both", "姓名和编号"),
                    ("name", "姓名，没有姓名的用编号"),
                    ("number", "只印编号"),
                    ("specks", "只有看不见的细点"),
                )
            ),
            "页脚印什么",
            "细点每一页都有",
            required=True,
        ),
        Field("lock", _YES_NO, "打开要密码", "密码不写在文件里，见 docs/mailing.md；默认 no"),
        Field(
            "executor",
            Choice((("processes", "本机的几个进程"), ("dask", "Dask 集群，要另装"))),
            "谁来加密",
            "默认 processes",
        ),
        Field("workers", Integer(1, 256), "几个进程", "默认与处理器核数相同"),
        Field(
            "scheduler",
            Text(200, re.compile(r"(tcp|tls)://[A-Za-z0-9.:\[\]-]+"), "写成 tls://主机:8786", "Write tls://host:8786"),
            "Dask 调度器",
            "不写就在本机起一个",
        ),
    ),
)

MAIL = Shape(
    "寄送的设置（mail.yaml），各期共用",
    (
        Field("from", MAILBOX, "发件人", required=True),
        Field("reply_to", MAILBOX, "回复到", "默认回复发件人"),
        Field("return_path", Raw(254), "退信地址", "默认用发件地址；可写 bounces+{id}@…，{id} 换成读者编号"),
        Field(
            "subject",
            Text(200),
            "邮件标题",
            "可用 {title} {title_en} {subtitle} {year} {month} {number} {running_number} {issue}",
        ),
        Field("subject_en", Text(200), "英文信的标题", "默认与 subject 相同"),
        Field("advertisement", _YES_NO, "广告", "yes 时标题以「【广告】」开头，商业推广一定要写"),
        Field("list_id", _DOMAIN, "邮件列表编号", "像域名，如 monthly.example.org；默认由发件域名得出"),
        Field("unsubscribe", _UNSUBSCRIBE, "退订"),
        Field("archive", Address(), "往期网页", "https:// 开头"),
        Field("slug", _SLUG, "文件名开头", "附件叫 <slug>-2026-11.pdf，默认 newsletter"),
        Field(
            "file_name",
            Choice((("ascii", "英文文件名，最稳妥"), ("chinese", "中文文件名（RFC 2231）"))),
            "附件的文件名",
            "默认 ascii",
        ),
        Field(
            "delivery",
            Choice((("auto", "不太大就附上，否则给链接"), ("attach", "总是附上"), ("link", "只给链接"))),
            "PDF 怎样给读者",
            "默认 auto",
        ),
        Field("attach_limit", Integer(1, 100), "附件上限", "MB，auto 以此决定，默认 10"),
        Field("link", Raw(500), "PDF 的网址", "https:// 开头；{file} 换成文件名，{issue} 换成期名"),
        Field("copies", _COPIES, "每位读者一份的 PDF", "不写就所有读者同一份"),
        Field("server", _SERVER, "发信服务器"),
        Field("dkim", _DKIM, "DKIM 签名", "密钥不写在文件里，见 docs/mailing.md"),
        Field("imap", _IMAP, "收退信的邮箱", "newsletter-pdf bounces --imap 用"),
        Field("rates", _RATES, "快慢"),
        Field("retry", _RETRY, "再试"),
    ),
    placed=True,
)

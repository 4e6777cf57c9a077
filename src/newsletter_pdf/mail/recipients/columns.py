"""The names of columns and of states, as editors write them in Chinese and English."""

from __future__ import annotations

import unicodedata
from typing import Literal

from newsletter_pdf.mail.recipients.model import Status

_COLUMNS: dict[str, tuple[str, ...]] = {
    "address": (
        *("address", "email", "e-mail", "mail", "emailaddress", "e-mailaddress", "mailaddress"),
        *("邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址", "电子邮件地址", "邮件地址", "地址", "信箱", "e-mail地址"),
        *("email地址", "收件地址", "收件邮箱"),
    ),
    "name": ("name", "fullname", "displayname", "姓名", "名字", "读者", "收件人", "称呼", "联系人", "读者姓名"),
    "group": ("group", "groups", "分组", "组", "组别", "类别", "分类", "所属分组"),
    "language": ("language", "lang", "语言", "语种"),
    "status": ("status", "state", "状态", "订阅状态"),
    "reason": ("reason", "原因"),
    "date": ("date", "日期"),
    "source": ("source", "来源", "依据"),
}
_STATES: dict[Status, tuple[str, ...]] = {
    Status.ACTIVE: ("", "active", "ok", "yes", "subscribed", "正常", "有效", "订阅", "已订阅", "在用", "是"),
    Status.PAUSED: ("paused", "pause", "no", "inactive", "暂停", "停", "停寄", "暂停寄送", "否"),
    Status.UNSUBSCRIBED: ("unsubscribed", "unsubscribe", "optout", "opt-out", "退订", "已退订", "拒收"),
    Status.BOUNCED: ("bounced", "bounce", "invalid", "dead", "退信", "无效", "已退信", "地址无效"),
}
_LANGUAGES: dict[str, Literal["zh", "en"]] = {
    **dict.fromkeys(("", "zh", "zh-cn", "zh-hans", "中文", "中", "汉语", "简体中文", "chinese"), "zh"),
    **dict.fromkeys(("en", "en-us", "en-gb", "英文", "英", "英语", "english"), "en"),
}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("_", "").strip("\ufeff'\"*：: ").split())


def column(heading: str) -> str | None:
    """The field that a column's heading names; None for a column that is of no use here."""
    plain = _plain(heading)
    return next((field for field, names in _COLUMNS.items() if plain in names), None)


def status(text: str) -> Status | None:
    """The state that a cell names; None for a word that is not known."""
    plain = _plain(text)
    return next((state for state, names in _STATES.items() if plain in names), None)


def language(text: str) -> Literal["zh", "en"] | None:
    """The language that a cell names; None for one in which no mail is written."""
    return _LANGUAGES.get(_plain(text))

"""Domains that look like a slip of the fingers for one of the mailbox providers that nearly everybody uses."""

from __future__ import annotations

_KNOWN = (
    *("qq.com", "163.com", "126.com", "139.com", "189.cn", "yeah.net", "sina.com", "sina.cn", "sohu.com"),
    *("foxmail.com", "aliyun.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
)
_REAL = frozenset(
    (*("mail.com", "ymail.com", "gmx.com", "email.com", "live.cn", "live.co", "tom.com", "vip.qq.com", "dina.com"),)
)
"""Domains of others that are near to one of these."""
_COM = frozenset(("con", "cm", "co", "om", "cmo", "ocm", "comm", "vom", "xom", "cim", "con.cn", "c0m", "coom"))
_SHORT = 4  # letters; names as short as 163 or qq have neighbours that exist


def likely_meant(domain: str) -> str | None:
    """The well-known domain that ``domain`` (lower case) is one slip away from; None when it is none, or exists.

    A slip is a letter too many, missing, wrong, or two in the wrong order. Of short names only the ending is judged.
    """
    if domain in _KNOWN or domain in _REAL:
        return None
    for known in _KNOWN:
        name, _, ending = known.partition(".")
        if ending == "com" and domain.removeprefix(f"{name}.") in _COM and domain.startswith(f"{name}."):
            return known
        if len(name) >= _SHORT and _one_slip(domain, known):
            return known
    return None


def _one_slip(typed: str, meant: str) -> bool:
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )

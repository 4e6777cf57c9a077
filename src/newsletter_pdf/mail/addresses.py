"""E-mail addresses as people type them → the address to send to, and the key by which two are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from newsletter_pdf.files import DIRECTION, INVISIBLE

_LONGEST = 254
"""Octets of an address: a path has 256 with its brackets (RFC 5321, 4.5.3.1.3)."""
_FORMULA = re.compile(r'=\s*(?:HYPERLINK\s*\(\s*"(?:mailto:)?([^"]*)".*\)|"([^"]*)")\s*', re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*")
_SEVERAL = re.compile(r"@[^@]+[,;，；、/|\s].*@")
_EDGES = " \t\r\n'\"“”‘’<>,;，；、。()（）"


@dataclass(frozen=True, slots=True)
class Address:
    """``text`` is what SMTP gets (ASCII, the domain in lower case and IDNA); ``key`` is equal for equal mailboxes."""

    text: str
    key: str

    @property
    def domain(self) -> str:
        """The domain, in lower case."""
        return self.text.rpartition("@")[2]


class AddressError(ValueError):
    """The text is no address to send to; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def unformula(cell: str) -> str:
    r"""The text that a spreadsheet shows for a cell exported as a formula or as forced text.

    ``="a@b"``, ``=HYPERLINK("mailto:a@b","…")``, ``=a@b`` and ``'a@b`` all mean ``a@b``.
    """
    text = cell.strip()
    match = _FORMULA.fullmatch(text)
    if match is not None:
        return match[1] if match[1] is not None else match[2]
    if text.startswith(("=", "＝")):
        return text.lstrip("=＝ ")
    return text[1:] if text.startswith("'") and not text.startswith("''") else text


def tidy(text: str) -> tuple[str, str]:
    """The address in ``text`` in plain characters, and the name that stands before it in ``Name <address>``.

    Full-width letters, ＠ and ． become half-width, 。 a point; invisible characters and blanks around go, as do
    ``mailto:`` and quotation marks. Nothing is checked here.
    """
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", DIRECTION.sub("", unformula(text))))
    name = ""
    match = _BRACKETED.fullmatch(plain.strip())
    if match is not None:
        name, plain = match["name"].strip(_EDGES), match["address"]
    plain = plain.strip(_EDGES)
    if plain.lower().startswith("mailto:"):
        plain = plain[len("mailto:") :].partition("?")[0]
    local, at, domain = plain.rpartition("@")
    domain = domain.replace("。", ".")
    return f"{local.strip()}{at}{domain.strip()}".strip(_EDGES), name


def same_key(address: str) -> str:
    """What two spellings of one mailbox have in common; no two mailboxes differ by case alone in practice.

    The key that :func:`parse_address` gives; of what is no address, the tidied text.
    """
    try:
        return parse_address(address).key
    except AddressError:
        return tidy(address)[0].casefold()


def parse_address(text: str) -> Address:
    """The address to send to in ``text``; nothing is looked up. Raises :class:`AddressError`."""
    plain, _ = tidy(text)
    if not plain:
        raise AddressError("没有写", "nothing there")
    if _SEVERAL.search(plain) and not plain.startswith('"'):
        raise AddressError("一格里有几个地址", "there are several addresses in it")
    if any(unicodedata.category(character).startswith(("C", "Z")) for character in plain):
        raise AddressError("里面有空格或控制字符", "it holds blanks or control characters")
    if plain.count("@") > 1 and not plain.startswith('"'):
        raise AddressError("@ 不止一个", "there is more than one @ in it")
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(plain, check_deliverability=False, allow_smtputf8=False, allow_quoted_local=False)
    except EmailNotValidError as error:
        raise AddressError(_reason_zh(plain), _short(str(error))) from None
    result = f"{checked.local_part}@{checked.ascii_domain.lower()}"
    if len(result) > _LONGEST:
        raise AddressError("太长", "it is too long")
    return Address(result, result.casefold())


def _reason_zh(plain: str) -> str:
    local, at, domain = plain.rpartition("@")
    if not at:
        return "缺少 @"
    if not local.isascii():
        return "@ 前面有英文字母、数字以外的字符"
    if not local:
        return "@ 前面是空的"
    if "." not in domain:
        return "@ 后面不完整，缺少后缀"
    return "写法不对"


def _short(text: str) -> str:
    return " ".join(text.split())[:160].rstrip(".")

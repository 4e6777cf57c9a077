"""Telephone numbers, mail addresses and web addresses as they are printed, and the links behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import contacts as rules
from newsletter_pdf.inlines import Link, Node
from newsletter_pdf.model import ContactLine, QrCode
from newsletter_pdf.periodical.articles import text_of
from newsletter_pdf.periodical.context import Scene

_PHONE_WORD = r"(?:电话|手机|热线|传真|联系方式|Tel|TEL|Phone|Fax)"
_PHONE_LABEL = re.compile(rf"{_PHONE_WORD}(?:号码)?[:：]?$")
_PHONE_TEXT = re.compile(rf"{_PHONE_WORD}(?:号码)?\s?[:：]\s?(\+?[0-9（(][0-9()（）\-－ ]{{2,}}[0-9])")
_PHONE_SPLIT = re.compile(r"[、，,；;/／]|\s或\s|或")
_PHONE_FORM = re.compile(r"\+?[0-9()（）\- ]+(?:(?:转|ext\.?)\s?[0-9]{1,6})?", re.ASCII)
_AREA = re.compile(r"[(（]?(0[1-9][0-9]{1,2})[)）]?[\- ]?([0-9][0-9 ]*)(?:-[0-9]{1,6})?", re.ASCII)
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*[A-Za-z0-9] ?[@＠] ?[A-Za-z0-9。.,，-]*[A-Za-z0-9]")
_GOOD_MAIL = re.compile(
    r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_BAD_SCHEME = re.compile(
    r"(?<![A-Za-z])(?:https?(?:：\s?/{0,2}|:\s+//|:/(?!/)|:／|:///|://https?:|;//)|(?:htpps?|htttps?|hhttps?|ttps?)://)\S{0,40}"
    r"|(?<![A-Za-z])www[。，．]\S{0,40}"
)
_URL = re.compile(r"https?://[!-~]+", re.ASCII)
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,}|[0-9]{1,3})")
_LOOKS_LIKE_URL = re.compile(r"(?:https?://)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:/[!-~]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link: where it goes, what is printed for it, and its place."""

    href: str
    text: str
    place: Place


def check_contacts(scene: Scene) -> None:
    """Report ill-formed numbers and addresses, and links that go elsewhere than is printed."""
    label = ""
    for passage in scene.passages:
        text = passage.text
        for start, number in _numbers(text, label if passage.file.suffix != ".md" else ""):
            reason = wrong_phone(number)
            if reason is not None:
                fields = {"text": number, "reason_zh": reason[0], "reason": reason[1]}
                scene.report(rules.PHONE, passage.place(start), **fields)
        if "@" in text or "＠" in text:
            for match in _MAIL.finditer(text):
                if _GOOD_MAIL.fullmatch(match[0]) is None:
                    scene.report(rules.MAIL, passage.place(match.start()), text=match[0])
        if "http" in text or "www" in text or "ttp" in text:
            for start, address, zh, en in _bad_addresses(text):
                scene.report(rules.ADDRESS, passage.place(start), text=address, reason_zh=zh, reason=en)
        label = text
    for link in links_of(scene):
        if _differs(link):
            scene.report(rules.LINK_DIFFERS, link.place, text=link.text, href=link.href)


def _numbers(text: str, label: str) -> Iterator[tuple[int, str]]:
    """Telephone numbers: a value whose label says so, or behind such a word in the text."""
    if _PHONE_LABEL.search(label) and text[:1].isascii() and any(character.isdigit() for character in text):
        start = 0
        for part in _PHONE_SPLIT.split(text):
            if part.strip()[:1].isascii() and part.strip():
                yield text.index(part, start), part.strip()
            start += len(part)
        return
    for match in _PHONE_TEXT.finditer(text):
        yield match.start(1), match[1]


def wrong_phone(number: str) -> tuple[str, str] | None:
    """What is wrong with a telephone number, in Chinese and English, or None.

    Judged are its characters, the length of mobile numbers (11 digits), of numbers with an area code (7 or 8 behind it;
    the numbering plan of MIIT) and of 400 numbers (10), and else the length that E.164 allows.
    """
    number = number.replace("－", "-").replace("–", "-")
    if _PHONE_FORM.fullmatch(number) is None:
        return "夹着别的字符", "holds other characters"
    plain = re.split(r"转|ext", number)[0].strip()
    digits = re.sub(r"\D", "", plain)
    if plain.startswith("+") or digits.startswith("00"):
        return None if 7 <= len(digits) <= 17 else ("位数不对", "has a wrong number of digits")
    wrong = False
    if re.match(r"1[3-9]", digits) and len(digits) > 6:
        wrong = len(digits) != 11
    elif re.match(r"[48]00(?!0)", digits) and len(digits) > 6:
        wrong = len(digits) != 10
    elif match := _AREA.fullmatch(plain):
        wrong = not _local(match[1], match[2])
    else:
        wrong = not 3 <= len(digits) <= 15
    return ("位数不对", "has a wrong number of digits") if wrong else None


def _local(area: str, rest: str) -> bool:
    """Whether 7 or 8 digits follow the area code; where it is written on without a break, it has 3 or 4 digits."""
    count = len(rest.replace(" ", ""))
    return count in (7, 8) or (len(area) == 3 and count == 9)


def _bad_addresses(text: str) -> Iterator[tuple[int, str, str, str]]:
    for match in _BAD_SCHEME.finditer(text):
        yield match.start(), match[0], "开头应当是 https:// 或 http://", "it must begin with https:// or http://"
    for match in _URL.finditer(text):
        address = match[0].rstrip(".,;:!?)'\"]>")
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        if _HOST.fullmatch(host) is None and host != "localhost" and _BAD_SCHEME.match(address) is None:
            yield match.start(), address, "域名不对", "the domain is wrong"


def links_of(scene: Scene) -> Iterator[PlacedLink]:
    """Every link of the issue, of its shared pages and of its QR codes, in order."""
    issue = scene.issue
    for part in (issue.masthead, *issue.sections, issue.services):
        if part is not None:
            yield from _links(scene, part, part.place)


def _links(scene: Scene, value: object, place: Place) -> Iterator[PlacedLink]:
    if isinstance(value, tuple):
        for item in value:
            yield from _links(scene, item, place)
        return
    if not isinstance(value, Node):
        return
    place = getattr(value, "place", place)
    match value:
        case Link():
            yield PlacedLink(value.href, text_of(value.children), place)
        case QrCode():
            if value.data.startswith(("http://", "https://")):
                yield PlacedLink(value.data, "", place)
        case ContactLine():
            if value.href is not None:
                yield PlacedLink(value.href, value.value, scene.text_place(value.value, place.file) or place)
        case _:
            for name in type(value).model_fields:
                yield from _links(scene, getattr(value, name), place)


def _differs(link: PlacedLink) -> bool:
    """Whether the printed text is itself an address and another one."""
    text = link.text.strip()
    if _GOOD_MAIL.fullmatch(text):
        address = link.href.removeprefix("mailto:").split("?")[0]
        return link.href.startswith("mailto:") and address.lower() != text.lower()
    if _LOOKS_LIKE_URL.fullmatch(text) is None or not link.href.startswith(("http://", "https://")):
        return False
    printed, target = _bare(text), _bare(link.href)
    return not (target == printed or target.startswith((printed + "/", printed + "?", printed + "#")))


def _bare(address: str) -> str:
    address = re.sub(r"^https?://(?:www\.)?|^www\.", "", address.strip(), flags=re.IGNORECASE).rstrip("/")
    host, slash, path = address.partition("/")
    return host.lower() + slash + path

"""What the reader reads: the interface that a layout's templates fill, and a plain letter for layouts without them.

A letter is text; nothing of the envelope is its business. :class:`~..package.Packer` asks it once for every reader and
keeps what is equal, so a letter that does not speak to readers by name costs nothing for the ten thousandth.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from newsletter_pdf.files import human_size
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.model import IssueFacts


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the reader gets the PDF: ``attached`` under ``file_name``, or at ``url``; ``size`` in bytes.

    ``unsubscribe`` is the address (https: or mailto:) that the letter shall name for leaving, None when there is none.
    ``personal`` is True for a copy with the reader's own mark, ``locked`` for one that a password opens.
    """

    file_name: str
    size: int
    attached: bool
    url: str | None = None
    unsubscribe: str | None = None
    personal: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture that the HTML shows as ``cid:<name>``; ``kind`` is its subtype, such as ``png``."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter to one reader in plain text and in HTML (a whole document), with the pictures that the HTML shows.

    The pictures are the same objects for every reader: they are encoded once.
    """

    text: str
    html: str
    pictures: tuple[InlinePicture, ...] = ()


class Letter(Protocol):
    """What a layout's mail templates give."""

    @property
    def subjects(self) -> Mapping[str, str] | None:
        """Subjects by language, for settings that give none; None to take the common one."""

    def for_reader(self, reader: Recipient, delivery: Delivery) -> LetterText:
        """The letter to ``reader``, in the reader's language. Equal letters may be one object."""


def mail_address(way: str | None) -> str:
    """The address of a ``mailto:`` link, to be told in words where no link can be; empty for another one."""
    return unquote(way.removeprefix("mailto:").partition("?")[0]) if way and way.startswith("mailto:") else ""


@dataclass(frozen=True, slots=True)
class PlainLetter:
    """A letter with the issue's facts and its contents: short, readable everywhere, in Chinese or English.

    ``contents`` are the titles with their printed page numbers, as the proof read them from the PDF.
    """

    facts: IssueFacts
    contents: Sequence[tuple[str, str]]
    sender: str = ""

    @property
    def subjects(self) -> None:
        """None: the common subject."""

    def for_reader(self, reader: Recipient, delivery: Delivery) -> LetterText:
        """The letter to ``reader``."""
        english = reader.language == "en"
        greeting = self._greeting(reader, english)
        opening = self._opening(english)
        getting = self._getting(delivery, english)
        head = "Contents" if english else "本期目次"
        leaving = self._leaving(delivery, english)
        rows = [f"{title}  ……  {page}" if page else title for title, page in self.contents]
        lines = [greeting, "", opening, "", getting]
        if rows:
            lines += ["", head, *(f"  {row}" for row in rows)]
        lines += ["", *filter(None, (self.sender, leaving))]
        return LetterText("\n".join(lines) + "\n", self._html(greeting, opening, delivery, head, leaving, english))

    def _greeting(self, reader: Recipient, english: bool) -> str:
        if english:
            return f"Dear {reader.name}," if reader.name else "Dear reader,"
        return f"{reader.name}：" if reader.name else "尊敬的读者："

    def _opening(self, english: bool) -> str:
        facts = self.facts
        if english:
            return f"The new issue of {facts.title_en or facts.title} is out: no. {facts.number} of {facts.date.year}."
        running = f"（总第{facts.running_number}期）" if facts.running_number is not None else ""
        return f"《{facts.title}》{facts.date.year}年第{facts.number}期{running}已经出版。"

    def _getting(self, delivery: Delivery, english: bool) -> str:
        size = human_size(delivery.size)
        if delivery.attached:
            asks = (" It asks for the password that you were given.", "打开时请输入收到过的密码。")
            more = asks[0 if english else 1] if delivery.locked else ""
            return f"It is attached as PDF ({size}).{more}" if english else f"全文见附件（PDF，{size}）。{more}"
        said = f"Read it as PDF ({size}):" if english else f"请在这里阅读全文（PDF，{size}）："
        return f"{said}\n{delivery.url}"

    def _leaving(self, delivery: Delivery, english: bool) -> str:
        if delivery.unsubscribe is None:
            return ""
        address = mail_address(delivery.unsubscribe)
        if address:
            return (
                f"To unsubscribe, write to {address} with the subject “unsubscribe”."
                if english
                else f"不再接收，请写信到 {address}，标题写「退订」。"
            )
        way = delivery.unsubscribe
        return f"To unsubscribe: {way}" if english else f"不再接收，请用：{way}"

    def _html(self, greeting: str, opening: str, delivery: Delivery, head: str, leaving: str, english: bool) -> str:
        lang = "en" if english else self.facts.language
        paragraphs = [greeting, opening]
        size = human_size(delivery.size)
        if delivery.attached:
            getting = html.escape(self._getting(delivery, english))
        else:
            words = f"Read it as PDF ({size})" if english else f"阅读全文（PDF，{size}）"
            getting = f'<a href="{html.escape(delivery.url or "")}">{html.escape(words)}</a>'
        body = "".join(f"<p>{html.escape(text)}</p>\n" for text in paragraphs) + f"<p>{getting}</p>\n"
        if self.contents:
            items = "".join(
                f'<tr><td>{html.escape(title)}</td><td class="p">{html.escape(page)}</td></tr>\n'
                for title, page in self.contents
            )
            body += f"<h2>{html.escape(head)}</h2>\n<table>\n{items}</table>\n"
        if self.sender:
            body += f"<p>{html.escape(self.sender)}</p>\n"
        if leaving:
            address = delivery.unsubscribe or ""
            words = "Unsubscribe" if english else "退订"
            body += f'<p class="s"><a href="{html.escape(address)}">{words}</a></p>\n'
        return (
            f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{html.escape(self.facts.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
            f"<body>\n{body}</body>\n</html>\n"
        )


_STYLE = (
    "body{max-width:36em;margin:0 auto;padding:1em;line-height:1.7;"
    "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    "h2{font-size:1em;margin:1.5em 0 .5em}table{width:100%;border-collapse:collapse}"
    "td{padding:.3em 0;border-bottom:1px solid #8884;vertical-align:top}.p{text-align:right;padding-left:1em}"
    ".s{font-size:.85em}"
)

"""The letter by a layout's templates: ``mail.html.j2``, ``mail.txt.j2`` and ``mail_subject.txt.j2``.

A template is run a few times for a whole mailing, not for every reader: where the reader's name and the address for
leaving stand it gets marks, which are replaced for each. The name is escaped then; a template sees only whether there
is one.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape

from newsletter_pdf.chinese import clean
from newsletter_pdf.compose.parts import Composer
from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.mailing_copies import LONG_LETTER
from newsletter_pdf.inlines import FootnoteCall, Node
from newsletter_pdf.layouts import Layout, load_layout
from newsletter_pdf.mail.letters import cells
from newsletter_pdf.mail.letters.colours import palettes
from newsletter_pdf.mail.letters.cover import cover_picture
from newsletter_pdf.mail.message import Delivery, InlinePicture, Letter, LetterText, mail_address
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.sending.lettermaker import plain_letter
from newsletter_pdf.mail.sending.proved import Proved
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.model import Issue
from newsletter_pdf.project import find_home

HTML, TEXT, SUBJECT = "mail.html.j2", "mail.txt.j2", "mail_subject.txt.j2"
CLIPPED = 102_000
"""Bytes of HTML beyond which Gmail shows a link in the place of the rest."""
_LONGEST_NAME = 80
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FILTERS: dict[str, Callable[..., object]] = {
    "wrap": cells.wrap,
    "row": cells.row,
    "clean": lambda value: clean(str(value)),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of the cover in the HTML: ``src`` for ``<img>``, and its size in px as it is shown."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Pair:
    html: str
    text: str


class LayoutLetter:
    """The letter of one issue. Thread-safe: what it keeps is the same whoever makes it first."""

    def __init__(self, composer: Composer, fields: Mapping[str, object], pictures: tuple[InlinePicture, ...]) -> None:
        """``fields`` is what templates see, apart from the language, the reader and the delivery."""
        self._composer, self._fields, self._pictures = composer, fields, pictures
        self._name, self._way = f"name-{secrets.token_hex(12)}", f"https://way.invalid/{secrets.token_hex(12)}"
        self._kept: dict[tuple[str, bool, Delivery, str], _Pair] = {}
        self.subjects: Mapping[str, str] | None = None

    def complete(self, delivery: Delivery) -> bool:
        """Run every template once in both languages; False when one is at fault, which is then among the findings."""
        if self._composer.has(SUBJECT):
            found = {
                lang: self._composer.letter(SUBJECT, {**self._fields, "lang": lang}, _FILTERS, escape=False)
                for lang in ("zh", "en")
            }
            if None in found.values():
                return False
            self.subjects = {lang: " ".join((text or "").split()) for lang, text in found.items()}
        # Each language, with a name and without one.
        by_mail = mail_address(delivery.unsubscribe)
        made = [self._pair(lang, named, delivery, by_mail) for lang in ("zh", "en") for named in (True, False)]
        return None not in made

    def for_reader(self, reader: Recipient, delivery: Delivery) -> LetterText:
        """The letter to ``reader``. The name is used as it is given: no title is guessed."""
        way = delivery.unsubscribe
        name = " ".join(reader.name.split())[:_LONGEST_NAME]
        known = replace(delivery, unsubscribe=self._way if way else None)
        pair = self._pair(reader.language, bool(name), known, mail_address(way))
        if pair is None:
            raise ValueError("the layout's templates give no letter")
        html = pair.html.replace(self._name, escape(name)).replace(self._way, escape(way or ""))
        return LetterText(pair.text.replace(self._name, name).replace(self._way, way or ""), html, self._pictures)

    def _pair(self, lang: str, named: bool, delivery: Delivery, leave_by_mail: str = "") -> _Pair | None:
        key = (lang, named, delivery, leave_by_mail)
        if key not in self._kept:
            fields = {
                **self._fields,
                "lang": lang,
                "reader_name": self._name if named else "",
                "delivery": delivery,
                "size": human_size(delivery.size).replace(" ", "\u00a0"),
                "unsubscribe": delivery.unsubscribe,
                "unsubscribe_mail": leave_by_mail,
            }
            html = self._composer.letter(HTML, fields, _FILTERS, escape=True)
            text = self._composer.letter(TEXT, fields, _FILTERS, escape=False)
            if html is None or text is None:
                return None
            self._kept[key] = _Pair(html, _tidy(text))
        return self._kept[key]


def layout_letter(issue: Issue, pdf: Proved, settings: MailSettings, findings: Findings) -> Letter | None:
    """The letter of the issue's layout, the plain one when the layout has no templates for mail; None after errors."""
    home = find_home(issue.folder)
    layout = None if home is None else load_layout(issue.facts.layout, home, issue.facts.options, Findings())
    if layout is None:  # the PDF was made elsewhere; the letter does without its layout
        return plain_letter(issue, pdf, settings, findings)
    composer = Composer(issue, layout, findings)
    if not (composer.has(HTML) and composer.has(TEXT)):
        return plain_letter(issue, pdf, settings, findings)
    drawn = cover_picture(pdf.data)
    fields = letter_fields(issue, layout, pdf, settings)
    pictures: tuple[InlinePicture, ...] = ()
    if drawn is not None:
        picture, ratio = drawn
        pictures, fields["cover"] = (picture,), Cover(f"cid:{picture.name}", 200, round(200 * ratio))
    letter = LayoutLetter(composer, fields, pictures)
    probe = Delivery("newsletter.pdf", len(pdf.data), attached=True, unsubscribe="mailto:leave@example.org")
    if not letter.complete(probe):
        return None
    size = len(letter.for_reader(Recipient("a@example.org", "a@example.org", "张三"), probe).html.encode())
    if size > CLIPPED:
        fields_of = {"size": human_size(size), "limit": human_size(CLIPPED)}
        findings.add(LONG_LETTER.at(Place(issue.folder / "issue.yaml"), **fields_of))
    return letter


def letter_fields(issue: Issue, layout: Layout, pdf: Proved, settings: MailSettings) -> dict[str, object]:
    """What the templates see of the issue, besides ``issue`` and ``o``."""
    light, dark = palettes(layout.options)
    return {
        "light": light,
        "dark": dark,
        "date_en": _english(issue.facts.date),
        "pages": pdf.pages,
        "contents": pdf.contents,
        "lead": _lead(issue),
        "cover": None,
        "sender": settings.sender.name,
        "reply": (settings.reply_to or settings.sender).address,
        "archive": settings.archive,
    }


def _english(date: dt.date) -> str:
    # Not strftime: its months are in the language of the machine.
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


@dataclass(frozen=True, slots=True)
class Lead:
    """The first section's 导读: its title and paragraphs as plain text."""

    title: str
    paragraphs: tuple[str, ...]


def _lead(issue: Issue) -> Lead | None:
    for section in issue.sections:
        if section.lead:
            return Lead(section.title, tuple(clean(plain(paragraph.children)) for paragraph in section.lead))
    return None


def plain(children: Iterable[object]) -> str:
    """Inline content as text, without footnotes."""
    parts = []
    for child in children:
        if isinstance(child, FootnoteCall) or not isinstance(child, Node):
            continue
        inner = getattr(child, "children", None)
        parts.append(plain(inner) if inner is not None else str(getattr(child, "text", "")))
    return "".join(parts)


def _tidy(text: str) -> str:
    """Without spaces at line ends and without more than one empty line in a row."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"

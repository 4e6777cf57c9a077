"""Letters of the sample issue: its text from content/, its contents as a proof would give them, a drawn cover."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.letters import layout_letter
from newsletter_pdf.mail.message import Delivery, Letter, LetterText
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.sending.proved import ContentsRow, Proved
from newsletter_pdf.mail.settings import Mailbox, MailSettings
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue

ROOT = Path(__file__).parents[2]
SETTINGS = MailSettings(
    Mailbox("monthly@chengguan.example", "编辑部"), "monthly.chengguan.example", archive="https://chengguan.example/a"
)
LEAVE = "https://chengguan.example/unsubscribe?a=1&i=00112233445566778899"
ATTACHED = Delivery("chengguan-2026-11.pdf", 1_000_000, attached=True, unsubscribe=LEAVE)
LINKED = Delivery(
    *("chengguan-2026-11.pdf", 30_000_000),
    attached=False,
    url="https://chengguan.example/p.pdf?x=1&y=2",
    unsubscribe=LEAVE,
)
ZHANG = Recipient("zhang@example.org", "zhang@example.org", "张三")
ZOE = Recipient("zoe@example.org", "zoe@example.org", "Zoë O'Neil", language="en")


def contents_of(issue: Issue) -> tuple[ContentsRow, ...]:
    rows = []
    for number, section in enumerate(issue.sections):
        rows.append(ContentsRow(1, "", section.title, str(1 + 10 * number)))
        for place, group in enumerate(section.groups):
            if group.title:
                rows.append(ContentsRow(2, f"（{'一二三四五六七八九'[place]}）", group.title, str(2 + 10 * number)))
            rows += [
                ContentsRow(3, f"{n}.", article.title, str(2 + 10 * number))
                for n, article in enumerate(group.articles, 1)
            ]
    return tuple(rows)


def cover_pdf() -> bytes:
    """A page of A4 with a disc, as a PDF of one picture."""
    image = Image.new("RGB", (595, 842), "#f2ede4")
    ImageDraw.Draw(image).ellipse((200, 300, 400, 500), fill="#9b1c1f")
    stream = io.BytesIO()
    image.save(stream, "PDF", resolution=72)
    return stream.getvalue()


@dataclass
class Letters:
    issue: Issue
    letter: Letter

    def of(self, kind: str = "zh") -> LetterText:
        reader = ZOE if kind == "en" else ZHANG
        return self.letter.for_reader(reader, LINKED if kind == "link" else ATTACHED)

    def standalone(self, kind: str) -> str:
        text = self.of(kind)
        page = text.html
        for picture in text.pictures:
            data = base64.b64encode(picture.data).decode()
            page = re.sub(rf"cid:{picture.name}", f"data:image/{picture.kind};base64,{data}", page)
        return page


def make_letters(folder: Path, change: Callable[[Issue], Issue] = lambda issue: issue) -> Letters:
    findings = Findings()
    issue = read_issue(ROOT / "content" / "2026-11", findings)
    assert issue is not None
    issue = change(issue)
    data = cover_pdf()
    pdf = Proved(folder / "2026-11.pdf", data, "0" * 64, 68, contents_of(issue))
    letter = layout_letter(issue, pdf, SETTINGS, findings)
    assert letter is not None, [finding.message_en for finding in findings]
    return Letters(issue, letter)

"""All that a mailing starts from, read and checked before anything is made: settings, PDF, readers."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsletter_pdf.approval import Approval, approval_of
from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place, Severity
from newsletter_pdf.findings import mailing as setting_rules
from newsletter_pdf.findings import mailing_lists as list_rules
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.findings.mailing_copies import COPIES_LINKED
from newsletter_pdf.mail.message import Delivery, Letter, Packer, PlainLetter, Signer
from newsletter_pdf.mail.message.dkim import KeyProblemError
from newsletter_pdf.mail.projectkey import project_key
from newsletter_pdf.mail.recipients import Recipient, Recipients, Status, Suppressed, read_recipients, read_suppressed
from newsletter_pdf.mail.recipients.nearby import no_list
from newsletter_pdf.mail.recipients.reading import recipients_file
from newsletter_pdf.mail.recipients.suppressed import suppressed_file
from newsletter_pdf.mail.secrets import DKIM_KEY, find_key, tell_missing
from newsletter_pdf.mail.sending.copies import CopyMaker, CopyPlan, shared_copy
from newsletter_pdf.mail.settings import MailSettings, placeholders, read_mail_settings
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue

REPORT = "report.json"
_LARGEST_REPORT = 20_000_000  # bytes
_MB = 1024 * 1024
PROVIDERS = (
    *(("iCloud", 20 * _MB), ("Outlook.com", 20 * _MB), ("Gmail", 25 * _MB), ("Yahoo", 25 * _MB)),
    *(("QQ 邮箱", 50 * _MB), ("163 网易邮箱", 50 * _MB)),
)
"""Octets of a message that common providers take, as published; where sources differ, the smaller number."""


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents as the proof read it: level 1 to 3, number, title, the page number printed beside it."""

    level: int
    number: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Proved:
    """The PDF of an issue that passed its proof, with what the proof read from it."""

    path: Path
    data: bytes
    sha256: str
    pages: int | None
    contents: tuple[ContentsRow, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mailing that can be made: ``readers`` are those of the list (of the group asked for) who may get mail."""

    issue: Issue
    settings: MailSettings
    pdf: Proved
    approval: Approval | None
    listed: Recipients
    suppressed: Mapping[str, Suppressed]
    readers: tuple[Recipient, ...]
    group: str | None
    packer: Packer


LetterMaker = Callable[[Issue, Proved, MailSettings, Findings], Letter | None]


def plain_letter(issue: Issue, pdf: Proved, settings: MailSettings, _findings: Findings) -> Letter:
    """The letter for layouts that bring none of their own."""
    sections = [(row.title, row.page) for row in pdf.contents if row.level == 1]
    return PlainLetter(issue.facts, sections, settings.sender.name)


def prepare(
    folder: Path,
    out: Path,
    findings: Findings,
    *,
    group: str | None = None,
    letter: LetterMaker = plain_letter,
    copies: CopyMaker = shared_copy,
) -> Prepared | None:
    """Read and check all that mailing the issue in ``folder`` needs, with its PDF in ``out``.

    None after any error; everything that can be checked is checked first. ``letter`` and ``copies`` make what readers
    read and the PDF that each gets, a plain letter and one PDF for all by default; they add findings and give None when
    they cannot. Whether the PDF is approved is in the result, for the caller to judge.
    """
    errors = findings.errors
    folder = folder.resolve()
    issue = read_issue(folder, inner := Findings())
    findings.extend(finding for finding in inner if finding.severity is Severity.ERROR)
    settings = read_mail_settings(folder, findings)
    pdf = read_proved(folder, out, findings)
    listed = _listed(folder, findings)
    suppressed = read_suppressed(suppressed_file(folder), findings)
    if issue is None or settings is None or pdf is None or listed is None or suppressed is None:
        return None
    readers = _readers(listed, suppressed, group, findings)
    delivery = _delivery(settings, issue, pdf, findings)
    signer = _signer(settings, findings)
    fields = _subject_fields(settings, issue, findings)
    if delivery is None or findings.errors > errors:
        return None
    secret = project_key(folder, findings, create=True)
    if secret is None:
        return None
    text = letter(issue, pdf, settings, findings)
    own = copies(CopyPlan(pdf.path, pdf.data, delivery.file_name, issue.name, settings, readers, secret), findings)
    if text is None or own is None or findings.errors > errors:
        return None
    subjects = None if settings.own_subject else text.subjects
    packer = Packer(settings, issue.name, fields, text, own, delivery, signer=signer, secret=secret, subjects=subjects)
    prepared = Prepared(
        issue, settings, pdf, approval_of(folder, pdf.sha256), listed, suppressed, readers, group, packer
    )
    _check_size(prepared, findings)
    return prepared


def read_proved(folder: Path, out: Path, findings: Findings) -> Proved | None:
    """The PDF in ``out`` when the report beside it says that this very file passed; else None and N870."""
    path = out / f"{folder.name}.pdf"
    missing = [file.name for file in (path, out / REPORT) if not file.is_file()]
    report: object = None
    data = b""
    if not missing:
        try:
            report = (
                json.loads((out / REPORT).read_bytes()) if (out / REPORT).stat().st_size < _LARGEST_REPORT else None
            )
            data = path.read_bytes()
        except (OSError, ValueError, RecursionError):
            report = None
    sha256 = hashlib.sha256(data).hexdigest()
    wrong = (f"缺少 {', '.join(missing)}", f"{', '.join(missing)} missing") if missing else _wrong(report, sha256)
    if wrong is not None or not isinstance(report, dict):
        zh, en = wrong or ("", "")
        findings.add(rules.NOT_VERIFIED.at(Place(path), reason_zh=zh, reason=en, folder=str(Place(folder))))
        return None
    pages = report.get("pages")
    return Proved(path, data, sha256, pages if isinstance(pages, int) else None, tuple(_contents(report)))


def _wrong(report: object, sha256: str) -> tuple[str, str] | None:
    """Why ``report`` does not prove the PDF with this SHA-256, in Chinese and English; None when it does."""
    if not isinstance(report, dict) or not isinstance(report.get("findings"), list):
        return f"{REPORT} 不是校样报告", f"{REPORT} is no proof report"
    harmless = {Severity.WARNING.value, Severity.INFO.value}
    if any(not isinstance(f, dict) or f.get("severity") not in harmless for f in report["findings"]):
        return "最近一次制作有错误", "the last build had errors"
    if report.get("sha256") != sha256:
        return "PDF 在校验之后被改过", "the PDF was changed after its proof"
    return None


def _contents(report: Mapping[str, object]) -> list[ContentsRow]:
    """The contents that the proof read back from the PDF; what is not as this program writes it is left out."""
    entries = report.get("contents")
    rows = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [
        ContentsRow(row["level"], *(str(row.get(key) or "") for key in ("number", "title", "printed")))
        for row in rows
        if row.get("level") in {1, 2, 3} and isinstance(row["level"], int)
    ]


def _listed(folder: Path, findings: Findings) -> Recipients | None:
    path = recipients_file(folder)
    if path is None:
        findings.add(no_list(folder))
        return None
    return read_recipients(path, findings)


def _readers(
    listed: Recipients, suppressed: Mapping[str, Suppressed], group: str | None, findings: Findings
) -> tuple[Recipient, ...]:
    of_group = listed.in_group(group)
    readers = tuple(p for p in of_group if p.status is Status.ACTIVE and p.key not in suppressed)
    if not readers:
        names = "、".join(listed.groups[:10]) or "–"
        if group is not None and not of_group:
            zh, en = f"没有“{group}”这一组；现有：{names}", f"there is no group “{group}”; there are: {names}"
        elif of_group:
            zh, en = "名单上的人都退订、暂停或退信了", "all on the list are unsubscribed, paused or bounced"
        else:
            zh, en = "名单里没有能用的行", "the list has no line that can be used"
        findings.add(list_rules.NOBODY.at(reason_zh=zh, reason=en))
    return readers


def _delivery(settings: MailSettings, issue: Issue, pdf: Proved, findings: Findings) -> Delivery | None:
    name = file_name(settings, issue)
    size = len(pdf.data)
    attached = settings.delivery == "attach" or (settings.delivery == "auto" and size <= settings.attach_limit)
    own = settings.copies
    if attached:
        return Delivery(name, size, attached=True, personal=own is not None, locked=own is not None and own.lock)
    if own is not None:
        findings.add(COPIES_LINKED.at(settings.places.at("copies")))
        return None
    if settings.link is None:
        findings.add(rules.NO_LINK.at(settings.places.at("delivery")))
        return None
    url = settings.link.replace("{file}", quote(name)).replace("{issue}", quote(issue.name))
    return Delivery(name, size, attached=False, url=url)


def file_name(settings: MailSettings, issue: Issue) -> str:
    """The name under which the reader gets the PDF: ``<slug>-2026-11.pdf``, or in Chinese when the settings say so."""
    facts = issue.facts
    if settings.file_name == "chinese":
        title = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "", facts.title).strip(" .")[:60]
        return f"{title}{facts.date.year}年第{facts.number}期.pdf"
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", issue.name)
    return f"{settings.slug}-{issue.name if plain else f'{facts.date:%Y-%m}'}.pdf"


def _signer(settings: MailSettings, findings: Findings) -> Signer | None:
    if settings.dkim_domain is None or settings.dkim_selector is None:
        return None
    entry = f"dkim:{settings.dkim_selector}._domainkey.{settings.dkim_domain}"
    key = find_key(DKIM_KEY, entry)
    if key is None:
        tell_missing(DKIM_KEY, entry, Place(settings.place.file), findings, " DKIM 私钥", "DKIM key")
        return None
    try:
        return Signer(settings.dkim_domain, settings.dkim_selector, key)
    except KeyProblemError as error:
        findings.add(setting_rules.BAD_DKIM_KEY.at(settings.places.at("dkim"), reason_zh=error.zh, reason=error.en))
        return None


def _subject_fields(settings: MailSettings, issue: Issue, findings: Findings) -> Mapping[str, object]:
    facts = issue.facts
    fields = {
        "title": facts.title,
        "title_en": facts.title_en,
        "subtitle": facts.subtitle,
        "year": facts.date.year,
        "month": facts.date.month,
        "number": facts.number,
        "running_number": facts.running_number,
        "issue": issue.name,
    }
    known = " ".join(f"{{{name}}}" for name, value in fields.items() if value is not None)
    for key, template in (("subject", settings.subject), ("subject_en", settings.subject_en or "")):
        for name in placeholders(template):
            if fields.get(name) is None:
                place = settings.places.at(key)
                findings.add(setting_rules.BAD_PLACEHOLDER.at(place, key=key, name=f"{{{name}}}", known=known))
    return fields


def _check_size(prepared: Prepared, findings: Findings) -> None:
    if not prepared.readers:
        return
    try:
        size = prepared.packer.package(prepared.readers[0]).size
    except ValueError:
        return  # told, with the reader, when all packages are made
    over = [f"{name} {human_size(limit)}" for name, limit in PROVIDERS if size > limit]
    if over:
        fields = {"size": human_size(size), "providers": "、".join(over)}
        findings.add(rules.LARGE_MESSAGE.at(Place(prepared.pdf.path), **fields))


def local_time(seconds: float) -> str:
    """A time of the ledger as the people here write it."""
    return f"{dt.datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M:%S}"

"""``recipients.csv`` or ``recipients.yaml`` → :class:`Recipients`.

A line that cannot be used is left out and reported; what is wrong with the file as a whole stops the work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsletter_pdf.files import CONTROL, DIRECTION, INVISIBLE
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_lists as rules
from newsletter_pdf.mail.addresses import Address, AddressError, parse_address, tidy, unformula
from newsletter_pdf.mail.recipients import columns
from newsletter_pdf.mail.recipients.domains import likely_meant
from newsletter_pdf.mail.recipients.model import Recipient, Recipients, Status
from newsletter_pdf.mail.recipients.table import read_table
from newsletter_pdf.project import shared_file
from newsletter_pdf.source import YamlMapping, YamlScalar, YamlSequence, load_yaml

CSV_NAME, YAML_NAME = "recipients.csv", "recipients.yaml"
LONGEST_NAME = 100
"""Characters of a name that are used; encoded they stay far below the 998 octets of a line (RFC 5322, 2.1.1)."""
_GROUPS = re.compile(r"[、，,;；|/\n]+")
# What a spreadsheet shows in the place of a formula that went wrong.
_SHEET_ERROR = re.compile(r"#(NAME\?|N/A|REF!|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|#+")
Fields = Mapping[str, str]


def recipients_file(issue: Path) -> Path | None:
    """The list for the issue in the folder ``issue``: its own, else the shared one above it, CSV before YAML."""
    for folder in (issue, issue.parent):
        for name in (CSV_NAME, YAML_NAME):
            if (folder / name).is_file():
                return folder / name
    return shared_file(issue, CSV_NAME) or shared_file(issue, YAML_NAME)


def read_recipients(path: Path, findings: Findings) -> Recipients | None:
    """The readers in the file ``path``, each mailbox once; None when the file cannot be read."""
    rows = _yaml_rows(path, findings) if path.suffix.lower() in {".yaml", ".yml"} else _csv_rows(path, findings)
    if rows is None:
        return None
    people: dict[str, Recipient] = {}
    left_out = 0
    for place, fields in rows:
        person = _recipient(place, fields, findings)
        if person is None:
            left_out += 1
        elif person.key in people:
            left_out += 1
            first = people[person.key]
            line = first.place.line if first.place is not None else 0
            findings.add(rules.DOUBLE_ADDRESS.at(place, address=person.address, line=line))
            if person.status is not Status.ACTIVE and first.status is Status.ACTIVE:
                # Of two lines for one mailbox the one that says no decides.
                people[person.key] = person
        else:
            people[person.key] = person
    return Recipients(tuple(people.values()), left_out)


def _csv_rows(path: Path, findings: Findings) -> list[tuple[Place, Fields]] | None:
    rows = read_table(path, findings)
    if rows is None:
        return None
    names = [columns.column(cell) for cell in rows[0].cells]
    if "address" not in names:
        found = "、".join(cell.strip()[:20] for cell in rows[0].cells[:8])
        findings.add(
            rules.NO_ADDRESS_COLUMN.at(Place(path, rows[0].line), found=" ".join(CONTROL.sub(" ", found).split()))
        )
        return None
    doubled = [cell.strip()[:20] for name, cell in zip(names, rows[0].cells, strict=True) if name == "address"]
    if doubled[1:]:
        shown_zh, shown_en = "、".join(doubled), ", ".join(doubled)
        zh = f"有 {len(doubled)} 列邮箱（{shown_zh}），每一行取先写着的一格"
        en = f"there are {len(doubled)} columns of addresses ({shown_en}); of each line the first cell filled in counts"
        findings.add(rules.ODD_ROW.at(Place(path, rows[0].line), reason_zh=zh, reason=en))
    result: list[tuple[Place, Fields]] = []
    for row in rows[1:]:
        fields: dict[str, str] = {}
        for name, cell in zip(names, row.cells, strict=False):
            if name is not None and not fields.get(name):
                fields[name] = cell
        result.append((Place(path, row.line), fields))
    return result


def _yaml_rows(path: Path, findings: Findings) -> list[tuple[Place, Fields]] | None:
    errors = findings.errors
    node = load_yaml(path, findings)
    if not isinstance(node, YamlSequence):
        if findings.errors == errors:
            fields = {"reason_zh": "它不是一个列表（各项以「- 」开头）", "reason": "it is no list"}
            findings.add(rules.LIST_UNREADABLE.at(Place(path), **fields))
        return None
    if findings.errors > errors:
        return None
    return [(item.place, dict(_yaml_fields(item))) for item in node.items]


def _yaml_fields(item: object) -> Iterator[tuple[str, str]]:
    if isinstance(item, YamlScalar):
        yield "address", item.text
    elif isinstance(item, YamlMapping):
        for key, value in item:
            name = columns.column(key.text)
            if name is not None and isinstance(value, YamlScalar) and not value.is_null:
                yield name, value.text
            elif name == "group" and isinstance(value, YamlSequence):
                yield name, "、".join(part.text for part in value.items if isinstance(part, YamlScalar))


def _recipient(place: Place, fields: Fields, findings: Findings) -> Recipient | None:
    raw = fields.get("address", "")
    status = columns.status(unformula(fields.get("status", "")))
    if status is None:
        findings.add(rules.UNKNOWN_STATUS.at(place, value=shown(fields["status"], 20)))
        return None
    try:
        address = parse_address(raw)
    except AddressError as error:
        text = {"address": shown(raw, 60), "reason_zh": error.zh, "reason": error.en}
        findings.add(rules.BAD_ADDRESS.at(place, **text))
        return None
    _tell_odd(place, address, fields, findings)
    name = plain_line(fields.get("name", "") or tidy(raw)[1], ("姓名", "name"), LONGEST_NAME, place, findings)
    groups = plain_line(fields.get("group", ""), ("分组", "group"), 200, place, findings)
    return Recipient(
        address=address.text,
        key=address.key,
        name=name,
        groups=tuple(part.strip() for part in _GROUPS.split(groups) if part.strip()),
        language=columns.language(unformula(fields.get("language", ""))) or "zh",
        status=status,
        place=place,
    )


def _tell_odd(place: Place, address: Address, fields: Fields, findings: Findings) -> None:
    """N845 for what can be used and is likely not what was meant."""
    meant = likely_meant(address.domain)
    if meant is not None:
        local = address.text.rpartition("@")[0]
        zh, en = f"{address.text}，是不是 {local}@{meant}？", f"{address.text}; is {local}@{meant} meant?"
        findings.add(rules.ODD_ROW.at(place, reason_zh=zh, reason=en))
    language = unformula(fields.get("language", ""))
    if columns.language(language) is None:
        word = shown(language, 20)
        zh, en = f"不认识的语言“{word}”，收中文信", f"unknown language “{word}”; the letter will be in Chinese"
        findings.add(rules.ODD_ROW.at(place, reason_zh=zh, reason=en))


def plain_line(text: str, what: tuple[str, str], limit: int, place: Place, findings: Findings) -> str:
    """``text`` as one harmless line: controls and direction marks become blanks, blanks are joined.

    What is longer than ``limit`` characters is left out as a whole (a name cut in two is a wrong name). N865 tells of
    either.
    """
    cell = unformula(text)
    line = INVISIBLE.sub("", DIRECTION.sub(" ", CONTROL.sub(" ", cell)))
    if _SHEET_ERROR.fullmatch(line.strip()):
        findings.add(rules.BAD_NAME.at(place, done_zh="去掉", done="left out", what_zh=what[0], what=what[1]))
        return ""
    line = " ".join(unicodedata.normalize("NFC", line).split())
    said = {"what_zh": what[0], "what": what[1]}
    if len(line) > limit:
        findings.add(rules.BAD_NAME.at(place, done_zh="去掉", done="left out", **said))
        return ""
    if "\n" in cell.strip() or CONTROL.search(cell) or DIRECTION.search(cell):
        findings.add(rules.BAD_NAME.at(place, done_zh="改成一行普通文字", done="made one line of text", **said))
    # A lone surrogate has no UTF-8; it cannot come from a file, but from a caller.
    return line.encode("utf-8", errors="ignore").decode("utf-8")


def shown(text: str, limit: int) -> str:
    """``text`` for a message: one line of at most ``limit`` characters."""
    line = " ".join(INVISIBLE.sub("", DIRECTION.sub("", CONTROL.sub(" ", text))).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"

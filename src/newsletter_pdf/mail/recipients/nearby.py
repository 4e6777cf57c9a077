"""When there is no list of readers: files near by that may be meant for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.findings.mailing_lists import LIST_ELSEWHERE, NO_RECIPIENTS
from newsletter_pdf.mail.recipients.reading import CSV_NAME

_NAME = re.compile(
    r"(recipients?|readers?|subscribers?|.*(收件人|读者|订户|通讯录|名单|邮箱).*)"
    r"(\.(csv|xlsx?|xlsm|ods|et|numbers|ya?ml|txt|tsv))+",
    re.I,
)
_NOT_READERS = re.compile(r"suppressed|退订|不寄|sending", re.I)
_MOST = 500  # files of a folder that are looked at


def no_list(issue: Path) -> Finding:
    """The finding that the issue in the folder ``issue`` has no list: N844 when something like one is near, else N860.

    Looked at are the issue folder, the folder that holds it, the project, and ``build/``.
    """
    wanted = issue.parent / CSV_NAME
    found = next(_near(issue.resolve()), None)
    if found is None:
        return NO_RECIPIENTS.at(Place(wanted), name=CSV_NAME)
    fields = {"name": CSV_NAME, "found": str(Place(found)), "wanted": str(Place(wanted))}
    workbook = found.suffix.lower() in {".xlsx", ".xls", ".xlsm", ".ods", ".et", ".numbers"}
    how = (
        ("用 Excel 打开它，另存为“CSV UTF-8”", "open it in Excel and save it as “CSV UTF-8”")
        if workbook
        else ("把它移到、改名为", "move or rename it")
    )
    return LIST_ELSEWHERE.at(Place(wanted), how_zh=how[0], how=how[1], **fields)


def _near(issue: Path) -> Iterator[Path]:
    content, project = issue.parent, issue.parent.parent
    for folder in (issue, content, project, project / "build", project / "build" / issue.name):
        try:
            files = sorted(path for path, _ in zip(folder.iterdir(), range(_MOST), strict=False))
        except OSError:
            continue
        yield from (
            path
            for path in files
            if _NAME.fullmatch(path.name) and not _NOT_READERS.search(path.name) and path.is_file()
        )

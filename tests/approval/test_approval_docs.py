"""docs/signoff.md shows what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter_pdf.approval import read_approvals
from newsletter_pdf.findings import Findings, catalogue

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "signoff.md").read_text(encoding="utf-8")


def test_the_record_shown_is_one(tmp_path: Path) -> None:
    """The example reads without a finding and is what the program would write."""
    match = re.search(r"<!-- file: approval.yaml -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    (tmp_path / "approval.yaml").write_text(match[1], encoding="utf-8")
    findings = Findings()
    (entry,) = read_approvals(tmp_path, findings) or ()
    assert len(findings) == 0
    assert list(entry.as_json()) == re.findall(r"^(?:- |  )(\w+):", match[1], re.MULTILINE)
    for name, value in entry.as_json().items():
        assert f"{name}: {value}" in match[1].replace('"', "")


def test_every_code_named_has_an_entry() -> None:
    """The links lead to codes that exist, and each says its own code."""
    known = {rule.code for rule in catalogue.all_rules()}
    links = re.findall(r"\[(N\d{3})\]\(findings\.md#(n\d{3})\)", PAGE)
    assert len(links) > 8
    assert all(code in known and anchor == code.lower() for code, anchor in links)

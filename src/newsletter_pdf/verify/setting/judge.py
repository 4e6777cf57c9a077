"""The table's rows as findings."""

from __future__ import annotations

from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.findings import setting as rules
from newsletter_pdf.verify.setting.model import Key, Row, Setting

RULES: dict[Key, Rule] = {
    Key.OFF_EDGE: rules.OFF_EDGE,
    Key.LOOSE: rules.LOOSE,
    Key.VERY_LOOSE: rules.VERY_LOOSE,
    Key.LONE: rules.LONE,
    Key.FORBIDDEN: rules.FORBIDDEN,
    Key.BROKEN: rules.BROKEN,
    Key.WIDE_MARKS: rules.WIDE_MARKS,
    Key.NO_GAP: rules.NO_GAP,
    Key.OFF_GRID: rules.OFF_GRID,
    Key.PDFIUM: rules.PDFIUM,
    Key.PDFTOTEXT: rules.PDFTOTEXT,
}


def judge(setting: Setting) -> Findings:
    """One finding for every measure over its limit, at its worst place."""
    findings = Findings()
    for row in setting.rows:
        if not row.passed:
            spot = row.worst[0] if row.worst else None
            findings.add(
                RULES[row.key].at(
                    Place(page=spot.page) if spot else None,
                    count=row.count,
                    total=row.total,
                    limit=limit_of(row),
                    worst=spot.text if spot else "",
                )
            )
    return findings


def limit_of(row: Row) -> str:
    """The limit as printed: a share of the total, or a count."""
    return f"{row.most_share:.1%}" if row.most_share else str(row.most)

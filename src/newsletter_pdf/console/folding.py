"""Many findings of one kind in one file: the first few, and the rest as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from newsletter_pdf.findings import Finding, Severity

MANY = 8
"""From more than so many findings of one code in one file on, most are folded."""
SHOWN = 3


def fold(findings: Sequence[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """The findings of one file to be shown one by one, and those to be told of together, by code.

    Errors are never folded: each has to be mended before anything is printed.
    """
    counts = Counter(finding.code for finding in findings if finding.severity is not Severity.ERROR)
    shown: list[Finding] = []
    folded: defaultdict[str, list[Finding]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        many = counts[finding.code] > MANY and finding.severity is not Severity.ERROR
        if many and seen[finding.code] > SHOWN:
            folded[finding.code].append(finding)
        else:
            shown.append(finding)
    return shown, list(folded.values())

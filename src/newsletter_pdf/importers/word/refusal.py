"""How the steps of opening a Word file say that they will not open it."""

from __future__ import annotations

from newsletter_pdf.findings import Rule


class RefusedError(Exception):
    """The file is not opened; holds the rule and its fields."""

    def __init__(self, rule: Rule, **fields: object) -> None:
        super().__init__(rule.code)
        self.rule = rule
        self.fields = fields

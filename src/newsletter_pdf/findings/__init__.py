"""Findings: what went wrong, where, and what to do next."""

from newsletter_pdf.findings.rule import Finding, Findings, Place, Rule, Severity

__all__ = ["Finding", "Findings", "Place", "Rule", "Severity"]

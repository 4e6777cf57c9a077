"""Findings: what went wrong, where, and what to do next."""

from newsletter_pdf.findings.rule import Finding, Findings, Level, Place, Rule, Severity, Suggestion

__all__ = ["Finding", "Findings", "Level", "Place", "Rule", "Severity", "Suggestion"]

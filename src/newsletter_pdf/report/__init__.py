"""report.json for other programs and report.html for people."""

from newsletter_pdf.report.data import Part, Report, contents_json, findings_json
from newsletter_pdf.report.write import report_files, write_report

__all__ = ["Part", "Report", "contents_json", "findings_json", "report_files", "write_report"]

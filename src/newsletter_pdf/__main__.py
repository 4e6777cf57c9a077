"""``python -m newsletter_pdf`` is the same as the command ``newsletter-pdf``."""

from newsletter_pdf.cli import run_and_leave

if __name__ == "__main__":
    run_and_leave()

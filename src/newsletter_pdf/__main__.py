"""``python -m newsletter_pdf`` is the same as the command ``newsletter-pdf``."""

import sys

from newsletter_pdf.cli import main

if __name__ == "__main__":
    sys.exit(main())

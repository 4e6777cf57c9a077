"""Set an HTML file with WeasyPrint, with our line setting or with the engine's own.

usage: set_html.py stock|ours FILE.html OUT.pdf

FONTCONFIG_FILE tells the fonts. The alignment of text is written into the tags either way, so that both are measured
alike.
"""

import sys

import weasyprint

from newsletter_pdf.render.alignment import tell_alignment
from newsletter_pdf.render.hooks import install

tell_alignment()
if sys.argv[1] == "ours" and (missing := install()) is not None:
    sys.exit(f"line setting is not made for {missing}")
weasyprint.HTML(filename=sys.argv[2]).write_pdf(sys.argv[3], pdf_variant="pdf/ua-1")

"""The peer: stock WeasyPrint on the same text as one HTML file, with page numbers by ``target-counter``.

usage: stock.py FILE.html OUT.pdf

The HTML is made beforehand by ``bench_build.py``; this script only renders it, in one process, as anyone would who
uses WeasyPrint by itself. It uses the project's fonts through the same fontconfig file (FONTCONFIG_FILE).
"""

import sys

import weasyprint

weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])

"""What the commands put on the screen: findings with the line they speak of, and short summaries."""

from newsletter_pdf.console.excerpt import Excerpt, excerpt
from newsletter_pdf.console.sarif import sarif
from newsletter_pdf.console.screen import Screen, print_json, show_path
from newsletter_pdf.console.text import cell_width, printable, wrap

__all__ = ["Excerpt", "Screen", "cell_width", "excerpt", "print_json", "printable", "sarif", "show_path", "wrap"]

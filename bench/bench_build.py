"""How long ``newsletter-pdf build`` takes, as a ratio to stock WeasyPrint on the same text.

usage: bench_build.py ISSUE_FOLDER [--runs N]

Both are whole processes, run in turn (A B A B …) so that a machine whose speed drifts is unfair to neither. Ours reads,
validates, lays out, writes, proves and reports; the peer renders one ready-made HTML file with the same text, fonts,
type size and measure, whose contents take their page numbers from ``target-counter``. Prints a table and the median
ratio; judges nothing.
"""

from __future__ import annotations

import argparse
import html
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsletter_pdf.compose.markup import inline
from newsletter_pdf.compose.numbering import number_section
from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.model import Issue, ListBlock, Paragraph, Quote, Table
from newsletter_pdf.project import find_home
from newsletter_pdf.reader import read_issue

STYLE = """
@page { size: A4; margin: 40mm 81pt; @bottom-center { content: counter(page) } }
body { font: 14pt/28pt "NL Latin", "NL Serif"; margin: 0; text-align: justify; font-feature-settings: "chws" }
p, h1, h2, h3 { margin: 0; font-size: 14pt }
p { text-indent: 2em; orphans: 2; widows: 2 }
h1 { break-before: page; font-size: 22pt }
h1, h2, h3 { break-after: avoid; text-align: left }
.contents p { text-indent: 0 }
.contents a::after { content: leader('.') target-counter(attr(href), page) }
"""


def stock_html(issue: Issue) -> str:
    """The text of ``issue`` as one plain HTML page with a table of contents."""
    contents: list[str] = []
    body: list[str] = []

    def heading(level: int, anchor: str, text: str) -> None:
        contents.append(f'<p><a href="#{anchor}">{html.escape(text)}</a></p>')
        body.append(f'<h{level} id="{anchor}">{html.escape(text)}</h{level}>')

    def blocks(items: tuple[object, ...]) -> None:
        for block in items:
            if isinstance(block, Paragraph):
                body.append(f"<p>{inline(block.children)}</p>")
            elif isinstance(block, ListBlock):
                for item in block.items:
                    blocks(item.blocks)
            elif isinstance(block, Quote):
                blocks(block.blocks)
            elif isinstance(block, Table):
                for row in (block.head, *block.rows):
                    body.append("<p>" + " ".join(str(inline(cell.children)) for cell in row) + "</p>")

    for index, section in enumerate(issue.sections, start=1):
        numbered = number_section(section, index)
        heading(1, numbered.anchor, numbered.title)
        blocks(numbered.lead)
        for group in numbered.groups:
            if group.title is not None:
                heading(2, group.anchor, group.number + group.title)
            for article in group.articles:
                heading(3, article.anchor, article.number + " " + article.title)
                blocks(article.blocks)
    page = f'<div class="contents">{"".join(contents)}</div>{"".join(body)}'
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>stock</title>'
        f"<style>{STYLE}</style></head><body>{page}"
    )


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds of wall time, seconds of processor time and peak memory (MB) of one run; exits when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: exit {process.returncode}\n{error.decode()[-2000:]}")
    per_mb = 1_000_000 if sys.platform == "darwin" else 1000
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_mb


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issue", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    findings = Findings()
    issue = read_issue(arguments.issue.resolve(), findings)
    home = find_home(arguments.issue)
    if issue is None or home is None:
        sys.exit("\n".join(f"{f.place} {f.message_en}" for f in findings))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        page = work / "stock.html"
        page.write_text(stock_html(issue), encoding="utf-8")
        # Whatever the shell forbids: both have their modules compiled, as they are after an installation.
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**own, "FONTCONFIG_FILE": str(fontconfig_file(home / "fonts", work))}
        ours = [sys.executable, "-m", "newsletter_pdf", "build", str(arguments.issue), "--out", str(work / "out")]
        peer = [sys.executable, str(Path(__file__).with_name("stock.py")), str(page), str(work / "stock.pdf")]
        rows: list[tuple[tuple[float, float, float], tuple[float, float, float]]] = []
        for number in range(arguments.runs + 1):
            pair = (run(ours, own), run(peer, environment))
            if number:  # the first pair warms the caches of both
                rows.append(pair)
        print(f"{resource.getpagesize()}-byte pages, {os.cpu_count()} cores, {arguments.runs} pairs of runs")
        for title, index, unit in (("wall", 0, "s"), ("processor", 1, "s"), ("peak memory", 2, "MB")):
            a = [ours_run[index] for ours_run, _ in rows]
            b = [peer_run[index] for _, peer_run in rows]
            ratio = statistics.median(x / y for x, y in zip(a, b, strict=True))
            print(
                f"{title:12} ours {statistics.median(a):7.2f} {unit}   stock {statistics.median(b):7.2f} {unit}"
                f"   ratio {ratio:.2f} ({min(x / y for x, y in zip(a, b, strict=True)):.2f}"
                f"–{max(x / y for x, y in zip(a, b, strict=True)):.2f})"
            )
        pdf = next((work / "out").glob("*.pdf"))
        peer_size = (work / "stock.pdf").stat().st_size
        print(f"PDF          ours {pdf.stat().st_size / 1e6:.2f} MB, stock {peer_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

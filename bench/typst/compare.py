"""The same text set by stock WeasyPrint, by us and by Typst: measured, and side by side as a picture.

usage: compare.py ISSUE_FOLDER --typst PYTHON [--article N --picture OUT.png]

PYTHON is the interpreter of an environment with the ``typst`` package (``pip install typst``), which the project does
not depend on. The text is the titles and running paragraphs of the issue; type, measure, leading and fonts are the
same. Prints the measures of ``newsletter-pdf lines`` for each; the picture shows a page that begins with article N
(counted from 1 through the issue), ours in the middle, the edges of the type area marked. Judges nothing.
"""

from __future__ import annotations

import argparse
import html
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from newsletter_pdf.chinese import clean
from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.model import Code, Issue, Paragraph, Text
from newsletter_pdf.project import find_home
from newsletter_pdf.reader import read_issue
from newsletter_pdf.verify.setting import Setting, limit_of, measure

HERE = Path(__file__).resolve().parent
STYLE = """
@page { size: A4; margin: 103.92pt 73.62pt 121.9pt }
html { font: 14pt/28pt "NL Latin", "NL Serif"; color: #1f1d1a; font-feature-settings: "chws" }
body, p, h3 { margin: 0; font-size: 14pt }
p { text-align: justify; text-indent: 2em; orphans: 1; widows: 1; overflow-wrap: anywhere }
h3 { font-family: "NL Sans"; break-after: avoid }
"""
COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)
GAP, BORDER, HEAD = 24, 12, 48  # px: between the pages, around them, above them
DPI = 100


def plain(children: Iterable[object]) -> str:
    """The text of inline content without its marks; notes are left out."""
    parts = []
    for child in children:
        if isinstance(child, Text):
            parts.append(clean(child.text))
        elif isinstance(child, Code):
            parts.append(child.text)
        elif hasattr(child, "children") and getattr(child, "kind", "") != "footnote":
            parts.append(plain(child.children))
    return "".join(parts)


def items(issue: Issue) -> list[dict[str, str]]:
    """Titles and paragraphs in order."""
    found = []
    for section in issue.sections:
        for group in section.groups:
            for article in group.articles:
                found.append({"kind": "title", "text": clean(article.title)})
                for block in article.blocks:
                    if isinstance(block, Paragraph):
                        found.append({"kind": "text", "text": plain(block.children)})
    return found


def set_all(text: list[dict[str, str]], fonts: Path, python: str, folder: Path) -> dict[str, Path]:
    """Write the three PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    body = "".join(
        f"<h3>{html.escape(item['text'])}</h3>" if item["kind"] == "title" else f"<p>{html.escape(item['text'])}</p>"
        for item in text
    )
    page = folder / "text.html"
    page.write_text(
        f'<html lang="zh-CN"><meta charset="utf-8"><title>text</title><style>{STYLE}</style><body>{body}</body></html>',
        encoding="utf-8",
    )
    environment = dict(os.environ, FONTCONFIG_FILE=str(fontconfig_file(fonts, folder / "cache")))
    made = {}
    for kind in ("stock", "ours"):
        made[kind] = folder / f"{kind}.pdf"
        command = [sys.executable, str(HERE / "set_html.py"), kind, str(page), str(made[kind])]
        subprocess.run(command, env=environment, check=True)
    shutil.copy(HERE / "page.typ", folder / "page.typ")
    made["typst"] = folder / "typst.pdf"
    subprocess.run([python, "-c", COMPILE, str(folder / "page.typ"), str(made["typst"]), str(fonts)], check=True)
    return made


def table(settings: dict[str, Setting]) -> str:
    """The measures side by side, as Markdown."""
    names = list(settings)
    lines = [f"| measure | at most | {' | '.join(names)} |", "|---|" + "---|" * (len(names) + 1)]
    for row in next(iter(settings.values())).rows:
        figures = []
        for name in names:
            own = settings[name].row(row.key)
            figures.append("–" if own.total is None else f"{own.count} / {own.total}")
        lines.append(f"| {row.key.value} | {limit_of(row)} | {' | '.join(figures)} |")
    facts = [setting.facts for setting in settings.values()]
    lines.append(f"| justified lines | | {' | '.join(str(fact.justified) for fact in facts)} |")
    lines.append(f"| measure, pt | | {' | '.join(f'{fact.measure:.2f}' for fact in facts)} |")
    return "\n".join(lines)


def from_article(text: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    """The text from the article of that number (from 1) on."""
    starts = [index for index, item in enumerate(text) if item["kind"] == "title"]
    return text[starts[number - 1] :]


def picture(made: dict[str, Path], names: dict[str, str], face: Path, out: Path) -> None:
    """The first page of each, cut to the type area with its edges marked, side by side under its name."""
    font = ImageFont.truetype(str(face), 20)
    views = []
    for name in names:
        document = pypdfium2.PdfDocument(made[name])
        image = document[0].render(scale=DPI / 72).to_pil()
        document.close()
        scale = DPI / 72
        left, right, top, bottom = 73.62 - 14, 595.28 - 73.62 + 14, 103.92 - 20, 841.89 - 121.9 + 6
        draw = ImageDraw.Draw(image)
        for edge in (73.64, 595.28 - 73.64):
            draw.line([(edge * scale, top * scale), (edge * scale, bottom * scale)], fill=(214, 120, 112), width=1)
        views.append(image.crop(tuple(round(value * scale) for value in (left, top, right, bottom))))
    width = sum(view.width for view in views) + GAP * (len(views) - 1) + 2 * BORDER
    sheet = Image.new("RGB", (width, views[0].height + HEAD + BORDER), "white")
    x = BORDER
    for name, view in zip(names.values(), views, strict=True):
        ImageDraw.Draw(sheet).text((x + view.width / 2, HEAD / 2), name, (107, 101, 92), font, "mm")
        sheet.paste(view, (x, HEAD))
        x += view.width + GAP
    sheet.quantize(32).save(out, optimize=True)


def weasyprint_version() -> str:
    """The version of the engine."""
    return importlib.metadata.version("weasyprint")


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issue", type=Path)
    parser.add_argument("--typst", required=True, metavar="PYTHON")
    parser.add_argument("--article", type=int, default=1)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--keep", type=Path, help="keep the PDFs in this folder")
    chosen = parser.parse_args()
    home = find_home(chosen.issue.resolve())
    issue = read_issue(chosen.issue, Findings())
    if home is None or issue is None:
        sys.exit("no such issue")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        fonts, text = home / "fonts", items(issue)
        made = set_all(text, fonts, chosen.typst, folder)
        print(table({name: measure(path) for name, path in made.items()}))
        if chosen.picture:
            one = set_all(from_article(text, chosen.article), fonts, chosen.typst, folder / "picture")
            version = subprocess.run(
                [chosen.typst, "-c", "import importlib.metadata as m; print(m.version('typst'))"],
                capture_output=True, text=True, check=True,
            ).stdout.strip()  # fmt: skip
            names = {
                "stock": f"WeasyPrint {weasyprint_version()}",
                "ours": "newsletter-pdf",
                "typst": f"Typst {version}",
            }
            picture(one, names, fonts / "NLSans-Regular.ttf", chosen.picture)


if __name__ == "__main__":
    main()

"""Renew the pictures of the README from the sample issue's PDF.

usage: pictures.py PDF

Writes ``docs/images/cover.png``, ``contents.png`` and ``page.png``: the cover, the first page of the contents, and the
first page of the body that has a table, each 640 px wide.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

WIDTH = 640  # px
IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"


def main() -> None:
    """Draw the pages and write the pictures."""
    pdf = pypdfium2.PdfDocument(sys.argv[1])
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pages = {
        "cover": 0,
        "contents": next(index for index, text in enumerate(texts) if "目" in text[:40] and "次" in text[:40]),
        "page": next(index for index, text in enumerate(texts) if "名称" in text and "施行" in text),
    }
    for name, index in pages.items():
        page = pdf[index]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        # Colours by how far apart they are, not by how common: a page has little red, and it has to stay red.
        few = picture.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

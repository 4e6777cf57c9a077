"""The letter as mail programs show it, in Chromium: narrow, medium and wide, light and dark."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from mail_chromium import needs_chromium
from mail_letter import ATTACHED, ZHANG, Letters, make_letters
from playwright.sync_api import Browser, Page

from newsletter_pdf.mail.letters.colours import contrast
from newsletter_pdf.model import Issue

pytestmark = needs_chromium
WIDTHS = (320, 600, 1200)
SCHEMES = ("light", "dark")

# Every text that is seen, with its colour and the nearest ground behind it that is not transparent.
TEXTS = """() => {
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    if (!text || !box.width || getComputedStyle(element).fontSize === '0px') continue;
    let ground = element;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const style = getComputedStyle(element);
    out.push([text.slice(0, 30), style.color, ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)',
              parseFloat(style.fontSize)]);
  }
  return out;
}"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return make_letters(tmp_path_factory.mktemp("letters"))


@pytest.fixture(params=[(w, s, k) for w in WIDTHS for s in SCHEMES for k in ("zh", "en", "link")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, letters: Letters, tmp_path: Path) -> Iterator[Page]:
    width, scheme, kind = request.param
    path = tmp_path / "mail.html"
    path.write_text(letters.standalone(kind), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    pictures = os.environ.get("NEWSLETTER_PDF_TEST_PICTURES")  # a folder, for looking at them
    if pictures:
        page.screenshot(path=f"{pictures}/mail-{kind}-{width}-{scheme}.png", full_page=True)
    yield page
    context.close()


@pytest.fixture
def phone(browser: Browser, letters: Letters, tmp_path: Path) -> Iterator[Page]:
    """The letter on a phone of 320 px."""
    path = tmp_path / "mail.html"
    path.write_text(letters.standalone("zh"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto(path.as_uri())
    yield page
    page.close()


def _hex(colour: str) -> str:
    channels = [int(float(part)) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return "#" + bytes(channels).hex()


def test_the_letter_fits_and_can_be_read(page: Page) -> None:
    """No sideways scrolling, nothing cut off, 600 px at most; contrast 4.5 : 1 and type of 13 px at least."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rights = page.evaluate("[...document.querySelectorAll('body *')].map(e => e.getBoundingClientRect().right)")
    assert max(rights) <= width + 0.5
    card = page.locator(".cd").bounding_box()
    assert card["width"] == pytest.approx(min(width, 600), abs=1)
    assert card["x"] == pytest.approx((width - card["width"]) / 2, abs=1)
    texts = page.evaluate(TEXTS)
    assert len(texts) > 30
    faint = [(t, c, g) for t, c, g, _size in texts if contrast(_hex(c), _hex(g)) < 4.5]
    assert faint == []
    assert [t for t, _c, _g, size in texts if size < 13] == []


def test_dark_mode_is_dark(page: Page) -> None:
    """The ground follows what the reader's device asks for."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    ground = _hex(page.evaluate("getComputedStyle(document.querySelector('.cd')).backgroundColor"))
    assert (contrast(ground, "#ffffff") > 10) is dark


def test_the_picture_is_the_cover_and_keeps_its_shape(page: Page) -> None:
    """Drawn, inside the letter, not stretched."""
    drawn = json.loads(
        page.evaluate(
            "JSON.stringify((i => ({w: i.naturalWidth, h: i.naturalHeight, "
            "shown: i.clientWidth / i.clientHeight}))(document.querySelector('img')))"
        )
    )
    assert drawn["w"] >= 300
    assert drawn["shown"] == pytest.approx(drawn["w"] / drawn["h"], rel=0.02)


# The lines of an element's text as they are drawn, top to bottom.
LINES = """element => {
  const lines = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      if (!box || !node.data[at].trim()) continue;
      const line = lines[lines.length - 1];
      if (!line || box.top > line.bottom - 3) {
        lines.push({text: node.data[at], left: box.left, right: box.right, bottom: box.bottom});
      } else { line.text += node.data[at]; line.right = box.right; }
    }
  }
  return lines;
}"""


def test_a_long_address_breaks_before_a_mark(browser: Browser, tmp_path: Path) -> None:
    """On a phone of 320 px the address and the file name stay inside the letter and no word of them is cut."""
    local = "chengjiang.digital.governance_association+monthly.review.of.cyberspace"
    address, name = f"{local}@mail.department.chengguan.example", "chengguan_monthly_review_of_cyberspace-2026-11.pdf"

    def change(issue: Issue) -> Issue:
        lines = [
            line.model_copy(update={"value": address, "href": f"mailto:{address}"}) if line.href else line
            for line in issue.masthead.imprint
        ]
        return issue.model_copy(update={"masthead": issue.masthead.model_copy(update={"imprint": lines})})

    letters = make_letters(tmp_path, change)
    path = tmp_path / "mail.html"
    text = letters.letter.for_reader(ZHANG, dataclasses.replace(ATTACHED, file_name=name))
    path.write_text(text.html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto(path.as_uri())
    for element, whole in ((page.locator("a[href^=mailto]").first, address), (page.locator("strong").first, name)):
        lines = element.evaluate(LINES)
        assert "".join(line["text"] for line in lines) == whole == element.text_content()
        assert len(lines) > 1
        assert all(line["text"][0] in "@._+/" or before["text"][-1] == "-" for before, line in pairwise(lines))
        assert max(line["right"] for line in lines) <= 302 + 0.5
    page.close()


def test_a_title_of_the_contents_stands_below_itself(phone: Page) -> None:
    """Its further lines begin where its first one does, not below its number, and none is a single character."""
    cells = phone.locator("table[lang] tr td:first-child:has(span)").evaluate_all(
        f"""cells => cells.map(cell => {{
          const lines = ({LINES})(cell);
          return {{lines, title: cell.querySelector('span').getBoundingClientRect().right}};
        }})"""
    )
    further = [(line, cell["title"]) for cell in cells for line in cell["lines"][1:]]
    assert len(further) > 10
    for line, title in further:
        # A mark that opens the line may stand half an em further left: its blank half is cut off.
        assert line["left"] == pytest.approx(title, abs=3 if line["text"][0] not in "《（“" else 9)
        assert len(line["text"]) > 1


def test_the_letter_asks_for_no_font_that_readers_cannot_have(phone: Page) -> None:
    """The periodical's own fonts are in the PDF alone: every family here comes with a system, or is a generic one."""
    stacks = phone.evaluate(
        "[...new Set([...document.querySelectorAll('body *')].map(e => getComputedStyle(e).fontFamily))]"
    )
    named = [stack for stack in stacks if "," in stack]
    assert named
    for stack in named:
        families = [family.strip(" \"'") for family in stack.split(",")]
        assert families[-1] in {"serif", "sans-serif"}
        assert not [family for family in families if family.startswith("NL")]

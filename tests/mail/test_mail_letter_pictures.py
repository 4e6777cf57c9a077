"""The letter as mail programs show it, in Chromium: narrow, medium and wide, light and dark."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mail_letter import Letters, make_letters
from playwright.sync_api import Browser, Page, sync_playwright

from newsletter_pdf.mail.letters.colours import contrast

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


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

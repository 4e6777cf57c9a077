"""The sending report: its words, and what it looks like in Chromium, narrow, medium and wide."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from mail_chromium import needs_chromium
from playwright.sync_api import Browser

from newsletter_pdf.mail.ledger import Ledger, State
from newsletter_pdf.mail.recipients import Recipient, Status
from newsletter_pdf.mail.sending.replies import in_chinese
from newsletter_pdf.mail.sending.report import write_report

WIDTHS = (320, 600, 1200)
LONG = "a.rather.long.name.of.a.reader+news@department.chengguan.example"


def _ledger(path: Path) -> None:
    people = [Recipient(f"r{n}@d{n}.example.org", f"r{n}@d{n}.example.org", f"读者{n}") for n in range(12)]
    people.append(Recipient(LONG, LONG, "欧阳明月"))
    people.append(Recipient("w@a.example", "w@a.example", "王五", status=Status.PAUSED))
    with Ledger(path, "2026-11", write=True) as ledger:
        ledger.update(people, {"r0@d0.example.org"})
        for entry in ledger.entries(State.PENDING):
            ledger.claim(entry.number, "<x@y>", "0" * 64)
            if entry.address == LONG:
                ledger.answer(entry.number, State.FAILED, 550, "5.1.1 no such user here, see our pages", 0.0)
            elif entry.number == 2:
                ledger.answer(entry.number, State.UNCERTAIN, None, "no answer: timed out", 0.0)
            else:
                ledger.answer(entry.number, State.SENT, 250, "2.0.0 Ok: queued as 4XvT9k2bZ1z9vN", 0.0)
        ledger.bounced(3, "bounced: 5.1.1 unknown")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    _ledger(folder / "sending.sqlite")
    with Ledger(folder / "sending.sqlite", "2026-11", write=False) as ledger:
        write_report(ledger, "2026-11", folder, "zh", "澄观月报 2026年第11期")
    return folder


def test_the_report_names_the_periodical_and_the_zone_of_its_times(report: Path) -> None:
    """Whoever gets the file knows what it is of, and which clock it speaks of."""
    page = (report / "sending.html").read_text(encoding="utf-8")
    assert "<h1>澄观月报 2026年第11期<" in page
    assert page.count("(UTC+") + page.count("(UTC-") >= 3
    table = list(csv.DictReader((report / "sending.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert all(row["时间"][-6] in "+-" for row in table)


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("suppressed", "在不寄的名单上"),
        ("paused", "名单上写着暂停"),
        ("bounced: 5.1.1 unknown", "退信：5.1.1 unknown"),
        ("bounced: unsubscribe", "退订"),
        ("given up after 6 tries: no answer: timed out", "试了 6 次，不再试：没有答复：timed out"),
        ("2.0.0 Ok: suppressed", "2.0.0 Ok: suppressed"),
        ("paused by the server", "paused by the server"),
    ],
)
def test_our_own_notes_are_told_in_chinese(noted: str, told: str) -> None:
    """The words of servers stay as they are."""
    assert in_chinese(noted) == told


def test_the_table_holds_no_english_of_our_own(report: Path) -> None:
    """Neither the page nor the CSV."""
    for name in ("sending.html", "sending.csv"):
        text = (report / name).read_text(encoding="utf-8")
        assert "退信：5.1.1 unknown" in text
        for word in ("bounced:", "paused", "no answer:"):
            assert word not in text


# How many lines the words of each cell take, by the kind of the cell.
LINES = """() => [...document.querySelectorAll('td, th, .a span')].filter(e => e.innerText.trim()).map(element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const tops = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top)));
  return [element.tagName + '.' + element.className, element.innerText.trim(), tops.size];
})"""


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
def test_numbers_times_and_addresses_stay_whole(report: Path, browser: Browser, width: int) -> None:
    """No page wider than the screen, no number in two, addresses broken before the @ at most."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((report / "sending.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    lines = page.evaluate(LINES)
    whole = [(kind, text, count) for kind, text, count in lines if kind in ("TD.n", "TD.t", "TD.k", "TD.m", "TH.n")]
    assert {count for _, _, count in whole} == {1}, whole
    parts = [(text, count) for kind, text, count in lines if kind == "SPAN." and "d1.example" in text]
    assert parts
    assert {count for _, count in parts} == {1}
    page.close()

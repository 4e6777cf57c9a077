"""report.json and report.html."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from newsletter_pdf.findings import Findings, Place, Rule, Severity
from newsletter_pdf.report import Part, Report, write_report
from newsletter_pdf.report.page import report_page
from newsletter_pdf.report.thumbnails import MOST, WIDTH, pages_named, pages_of_interest, thumbnails
from newsletter_pdf.verify import ContentsEntry


def _rule(code: str, severity: Severity) -> Rule:
    return Rule(
        code=code,
        severity=severity,
        message_zh="坏了：{what}",
        message_en="broken: {what}",
        hint_zh="改好",
        hint_en="mend it",
        what="x",
        why="x",
        example="x",
        remedy="x",
    )


BROKEN = _rule("N501", Severity.ERROR)
DOUBTFUL = _rule("N502", Severity.WARNING)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file of 40 empty A4 pages, the third of them lying."""
    document = pdfium.PdfDocument.new()
    for number in range(1, 41):
        size = (842, 595) if number == 3 else (595, 842)
        document.new_page(*size).close()
    path = tmp_path / "2026-11.pdf"
    document.save(path)
    document.close()
    return path


def _report(pdf: Path | None, findings: Findings | None = None) -> Report:
    return Report(
        issue="2026-11",
        pdf=pdf,
        sha256="ab" * 32,
        pages=40,
        layout="classic",
        contents=(
            ContentsEntry(1, "", "专题 & <b>规则</b>", "1", 6, "1"),
            ContentsEntry(3, "1.", "一篇", "3", 8, "2"),
        ),
        parts=(Part("cover", 1, 0.0312345, False), Part("section-1", 20, 1.2, True)),
        findings=findings or Findings(),
        seconds={"read": 0.1, "layout": 1.23456},
    )


class _Tags(HTMLParser):
    """Collects what a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def pictures(self) -> list[str]:
        return [attrs["src"] or "" for tag, attrs in self.tags if tag == "img"]


def _parsed(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    tags.close()
    return tags


def test_the_json_has_the_agreed_names_in_the_agreed_order(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other programs read these names: they and their order are a contract."""
    monkeypatch.chdir(tmp_path)
    findings = Findings()
    findings.add(BROKEN.at(Place(tmp_path / "content" / "02-甲.md", 14, 1), what="甲"))
    json_path, _ = write_report(_report(pdf, findings), tmp_path / "out")
    report = json.loads(json_path.read_text(encoding="utf-8"))
    assert list(report) == ["issue", "pdf", "sha256", "pages", "layout", "contents", "parts", "findings", "seconds"]
    assert report["pdf"] == "2026-11.pdf"
    assert report["contents"][0] == {
        "level": 1,
        "number": "",
        "title": "专题 & <b>规则</b>",
        "printed": "1",
        "page_index": 6,
        "label": "1",
    }
    assert report["parts"][0] == {"name": "cover", "pages": 1, "seconds": 0.031, "reused": False}
    assert list(report["findings"][0])[:5] == ["code", "severity", "where", "message", "hint"]
    assert report["findings"][0]["where"] == "content/02-甲.md:14:1"
    assert report["findings"][0]["message"] == "坏了：甲"
    assert report["seconds"] == {"read": 0.1, "layout": 1.235}


def test_the_json_speaks_english_when_asked(pdf: Path, tmp_path: Path) -> None:
    """Messages follow the language, names do not."""
    findings = Findings()
    findings.add(BROKEN.at(what="x"))
    json_path, html_path = write_report(_report(pdf, findings), tmp_path / "out", "en")
    assert json.loads(json_path.read_text(encoding="utf-8"))["findings"][0]["message"] == "broken: x"
    assert '<html lang="en">' in html_path.read_text(encoding="utf-8")


def test_a_build_that_made_no_pdf_still_has_its_report(tmp_path: Path) -> None:
    """Without a PDF the values that come from it are null, and the page says that none was made."""
    findings = Findings()
    findings.add(BROKEN.at(what="x"))
    report = Report("2026-11", None, None, 0, "", findings=findings)
    json_path, html_path = write_report(report, tmp_path)
    assert json.loads(json_path.read_text(encoding="utf-8"))["pdf"] is None
    assert "没有生成" in html_path.read_text(encoding="utf-8")


def test_the_page_fetches_nothing(pdf: Path) -> None:
    """One file holds it all: no script, no link, no style sheet, pictures as data."""
    findings = Findings()
    findings.add(BROKEN.at(Place(page=2), what="x"))
    page = report_page(_report(pdf, findings))
    tags = _parsed(page)
    assert not {"script", "link", "iframe", "object", "base"} & {tag for tag, _ in tags.tags}
    assert tags.pictures()
    assert all(source.startswith("data:image/jpeg;base64,") for source in tags.pictures())
    assert "url(" not in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_of_the_issue_is_escaped(pdf: Path, lang: str) -> None:
    """Titles, names, messages and places are text, whatever they hold."""
    evil = '<img src=x onerror="alert(1)">{{ 7 * 7 }}'
    findings = Findings()
    findings.add(BROKEN.at(Place(Path(f"/{evil}.md"), 1, 1), what=evil))
    report = Report(
        evil,
        pdf,
        evil,
        40,
        evil,
        (ContentsEntry(1, evil, evil, evil, 1, evil),),
        (Part(evil, 1, 0.1),),
        findings,
        {evil: 1},
    )
    page = report_page(report, lang)
    assert "<img src=x" not in page
    assert "onerror=&#34;alert" in page
    assert "49" not in page


def test_pages_with_errors_are_pictured_beside_their_findings(pdf: Path) -> None:
    """Each page that a finding names is shown once, with its findings."""
    findings = Findings()
    findings.add(DOUBTFUL.at(Place(page=9), what="乙"))
    findings.add(BROKEN.at(Place(page=3), what="甲"))
    findings.add(BROKEN.at(Place(page=9), what="丙"))
    page = report_page(_report(pdf, findings))
    assert len(_parsed(page).pictures()) == 2
    third, ninth = page.index('id="page-3"'), page.index('id="page-9"')
    assert third < page.index("坏了：甲") < ninth
    assert ninth < page.index("坏了：丙") < page.index("坏了：乙")


def test_at_most_24_pages_are_pictured_errors_first(pdf: Path) -> None:
    """Many warnings do not push an error's page out; the report says how many pages are not pictured."""
    findings = Findings()
    for number in range(1, 31):
        findings.add(DOUBTFUL.at(Place(page=number), what=number))
    findings.add(BROKEN.at(Place(page=40), what="尾"))
    assert len(pages_named(findings)) == MOST
    assert pages_named(findings)[-1] == 40
    page = report_page(_report(pdf, findings))
    assert len(_parsed(page).pictures()) == MOST
    assert "另有 7 页没有附图" in page


def test_a_good_issue_shows_some_pages(pdf: Path) -> None:
    """With nothing to mend: cover, last page of the contents, first opening and the page after, last page."""
    assert pages_of_interest(40, _report(pdf).contents) == (1, 6, 7, 8, 40)
    page = report_page(_report(pdf))
    assert len(_parsed(page).pictures()) == 5
    assert "校验通过" in page


def test_a_failed_build_without_page_findings_shows_no_random_pages(pdf: Path) -> None:
    """Errors in the text have no picture."""
    findings = Findings()
    findings.add(BROKEN.at(what="x"))
    page = report_page(_report(pdf, findings))
    assert not _parsed(page).pictures()
    assert "没有通过" in page


def test_contents_that_do_not_agree_are_marked(pdf: Path) -> None:
    """The table tells the page printed from the page where the heading stands."""
    page = report_page(_report(pdf))
    assert page.count("✓") == 1
    assert page.count("不符") == 1


def test_an_entry_that_leads_nowhere_does_not_count_as_agreeing(pdf: Path) -> None:
    """Neither a number that is missing on both sides nor a page that does not exist is a tick."""
    report = Report(
        "x", pdf, None, 40, "x", (ContentsEntry(1, "", "甲", "", None, ""), ContentsEntry(1, "", "乙", "1", None, "1"))
    )
    page = report_page(report)
    assert "✓" not in page
    assert page.count("不符") == 2
    assert pages_of_interest(40, report.contents) == (1, 40)


def test_thumbnails_are_pictures_of_the_size_told(pdf: Path) -> None:
    """Each is a JPEG as wide as agreed, lying pages included; pages that do not exist are left out."""
    import base64

    made = thumbnails(pdf, [1, 3, 41, 0])
    assert [t.page for t in made] == [1, 3]
    for thumbnail in made:
        with Image.open(io.BytesIO(base64.b64decode(thumbnail.uri.partition(",")[2]))) as image:
            assert image.format == "JPEG"
            assert image.size == (thumbnail.width, thumbnail.height)
            assert abs(image.width - WIDTH) <= 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"no pdf"])
def test_a_pdf_that_cannot_be_read_leaves_the_report_without_pictures(tmp_path: Path, data: bytes) -> None:
    """The report of a damaged file is still written."""
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    findings = Findings()
    findings.add(BROKEN.at(Place(page=1), what="x"))
    page = report_page(_report(path, findings))
    assert not _parsed(page).pictures()
    assert "坏了：x" in page


def test_an_existing_report_is_replaced_whole(pdf: Path, tmp_path: Path) -> None:
    """A second run leaves the two files and nothing temporary."""
    out = tmp_path / "out"
    write_report(_report(pdf), out)
    write_report(_report(None), out)
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.json"]
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["pdf"] is None

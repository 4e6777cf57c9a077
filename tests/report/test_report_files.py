"""report.json and report.html."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from newsletter_pdf.findings import Finding, Findings, Place, Rule, Severity
from newsletter_pdf.findings.proof import EMPTY_PAGE
from newsletter_pdf.report import Part, Report, write_report
from newsletter_pdf.report.page import _front, _where, report_page
from newsletter_pdf.report.views import MOST_PAGES, MOST_PICTURED
from newsletter_pdf.verify import ContentsEntry, FontUse


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
        title="停车与图书",
        fonts=(FontUse("Paper-Song", True, True, 1234, True), FontUse("Paper-Kai", False, True, 5, True)),
        characters=36378,
        images=7,
    )


def _with(findings: Findings, one: Finding) -> Findings:
    findings.add(one)
    return findings


class _Tags(HTMLParser):
    """Collects what a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def pictures(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "image"]

    def places(self) -> list[str]:
        """The ``viewBox`` of each picture beside a finding."""
        wanted = {"sheet", "detail"}
        return [attrs["viewbox"] or "" for tag, attrs in self.tags if tag == "svg" and attrs.get("class") in wanted]

    def marks(self) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == "rect"]


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
    agreed = ["issue", "pdf", "sha256", "pages", "layout", "contents", "parts", "findings", "seconds"]
    assert list(report)[: len(agreed)] == agreed
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


def test_the_json_tells_figures_fonts_and_boxes(pdf: Path, tmp_path: Path) -> None:
    """What the report shows, programs can read, after the agreed names."""
    findings = Findings()
    findings.add(BROKEN.at(Place(page=2, box=(1.0, 2.5, 3.0, 4.0)), what="甲"))
    json_path, _ = write_report(_report(pdf, findings), tmp_path / "out")
    report = json.loads(json_path.read_text(encoding="utf-8"))
    assert (report["title"], report["articles"], report["characters"], report["images"]) == ("停车与图书", 1, 36378, 7)
    assert report["fonts"][1] == {
        "name": "Paper-Kai",
        "embedded": False,
        "subset": True,
        "glyphs": 5,
        "mapped": True,
    }
    assert report["findings"][0]["page"] == 2
    assert report["findings"][0]["box"] == [1.0, 2.5, 3.0, 4.0]


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
    assert "@import" not in page
    assert not [a for _, attrs in tags.tags for a, value in attrs.items() if a.startswith("on") or a == "src"]
    assert all((attrs.get("href") or "#")[0] == "#" for tag, attrs in tags.tags if tag != "image")
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_of_the_issue_is_escaped(pdf: Path, lang: str) -> None:
    """Titles, names, messages and places are text, whatever they hold."""
    evil = '<img src=x onerror="alert(1)">{{ 70001 * 70003 }}'
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
    assert "{{ 70001 * 70003 }}" in page
    assert "4900280003" not in page  # long enough not to stand by chance in a path or a picture's data


def test_pages_with_findings_are_pictured_beside_them(pdf: Path) -> None:
    """Each finding that names a page shows it; a page that several name is in the file once."""
    findings = Findings()
    findings.add(DOUBTFUL.at(Place(page=9), what="乙"))
    findings.add(BROKEN.at(Place(page=3), what="甲"))
    findings.add(BROKEN.at(Place(page=9), what="丙"))
    tags = _parsed(report_page(_report(pdf, findings)))
    assert tags.places() == ["0.0 0.0 842.0 595.0", "0.0 0.0 595.0 842.0", "0.0 0.0 595.0 842.0"]
    assert len(tags.pictures()) == len({attrs["id"] for tag, attrs in tags.tags if tag == "image"}) == 40


def test_findings_are_grouped_gravest_first(pdf: Path) -> None:
    """Errors before warnings, one rule's findings together, in the order of pages."""
    findings = Findings()
    findings.add(DOUBTFUL.at(Place(page=2), what="乙"))
    findings.add(BROKEN.at(Place(page=9), what="丙"))
    findings.add(BROKEN.at(Place(page=3), what="甲"))
    page = report_page(_report(pdf, findings)).partition("<h3")[2]
    assert page.index("坏了：甲") < page.index("坏了：丙") < page.index("坏了：乙")
    assert page.count('<article class="rule error">') == page.count('<article class="rule warning">') == 1


def test_the_box_of_a_finding_is_marked_on_its_page(pdf: Path) -> None:
    """The rectangle stands 3 pt around the box, measured from the top, on the page and in the detail."""
    findings = Findings()
    findings.add(BROKEN.at(Place(page=2, box=(100.0, 700.0, 300.0, 712.0)), what="甲"))
    tags = _parsed(report_page(_report(pdf, findings)))
    assert [(m["x"], m["y"], m["width"], m["height"]) for m in tags.marks()] == [("97.0", "127.0", "206.0", "18.0")] * 2
    left, top, width, height = (float(value) for value in tags.places()[1].split())
    assert left < 97
    assert left + width > 303
    assert top < 127
    assert top + height > 145
    assert height < 200


def test_a_box_outside_the_page_is_no_mark(pdf: Path) -> None:
    """What a damaged file claims may lie anywhere; the page is shown without a rectangle."""
    findings = Findings()
    findings.add(BROKEN.at(Place(page=2, box=(900.0, 700.0, 950.0, 712.0)), what="甲"))
    tags = _parsed(report_page(_report(pdf, findings)))
    assert tags.marks() == []
    assert len(tags.places()) == 1


def test_at_most_24_pages_are_drawn_large_errors_first(pdf: Path) -> None:
    """Many warnings do not push an error's page out, and every page is still in the overview."""
    findings = Findings()
    for number in range(1, 31):
        findings.add(replace(DOUBTFUL, code=f"N7{number:02}").at(Place(page=number), what=number))
    findings.add(BROKEN.at(Place(page=40), what="尾"))
    tags = _parsed(report_page(_report(pdf, findings)))
    assert len(tags.places()) == MOST_PAGES
    assert len(tags.pictures()) == 40
    assert 'href="#page-40"' in report_page(_report(pdf, findings)).partition('id="f1"')[2].partition("</li>")[0]


def test_of_one_rule_twelve_findings_are_pictured(pdf: Path) -> None:
    """Every further one is told in words, and its page is framed in the overview all the same."""
    findings = Findings()
    for number in range(1, 31):
        findings.add(DOUBTFUL.at(Place(page=number), what=number))
    page = report_page(_report(pdf, findings))
    assert len(_parsed(page).places()) == MOST_PICTURED
    assert page.count("坏了：") == 30
    assert page.count('<li class="warning">') == 30
    assert "第 1–30 页" in report_page(_report(pdf, _with(findings, BROKEN.at(what="x"))))


def test_a_good_issue_shows_all_pages_small(pdf: Path) -> None:
    """With nothing to mend there is an overview of all pages, and nothing beside it."""
    page = report_page(_report(pdf))
    tags = _parsed(page)
    assert len(tags.pictures()) == 40
    assert tags.places() == []
    assert "校验通过" in page


def test_pages_with_findings_are_framed_in_the_overview(pdf: Path) -> None:
    """The frame has the colour of the gravest finding, and leads to the first."""
    findings = Findings()
    findings.add(DOUBTFUL.at(Place(page=9), what="乙"))
    findings.add(BROKEN.at(Place(page=9), what="丙"))
    overview = report_page(_report(pdf, findings)).partition('<ol class="overview">')[2].partition("</ol>")[0]
    assert overview.count('<li class="error">') == 1
    assert overview.count('<li class="">') == 39
    assert overview.count('<a href="#f1"') == 1


def test_figures_of_the_issue_are_told(pdf: Path) -> None:
    """Pages, articles, characters, images, seconds, and each stage with its own."""
    text = " ".join(re.sub(r"<[^>]+>", " ", report_page(_report(pdf)).partition("<body>")[2]).split())
    for figure in ("页 40", "篇文章 1", "字符 36,378", "幅图 7", "秒 1.3", "读取 0.10 秒", "排版 1.23 秒"):
        assert figure in text


def test_fonts_are_listed_with_what_they_lack(pdf: Path) -> None:
    """Name, number of glyphs, embedded, subset, copyable."""
    fonts = report_page(_report(pdf)).partition('id="fonts"')[2].partition("</table>")[0]
    song, kai = fonts.partition("<tbody>")[2].split("</tr>")[:2]
    assert "Paper-Song" in song
    assert "1,234" in song
    assert song.count("✓") == 3
    assert kai.count("✓") == 2
    assert "否" in kai


def test_a_good_report_can_be_signed(pdf: Path) -> None:
    """Lines for name and date and the begin of the hash; a failed build has none."""
    findings = Findings()
    findings.add(BROKEN.at(what="x"))
    assert 'id="sign"' in report_page(_report(pdf))
    assert "abababababababab" in report_page(_report(pdf)).partition('id="sign"')[2]
    assert 'id="sign"' not in report_page(_report(pdf, findings))


def test_warnings_are_told_in_the_verdict(pdf: Path) -> None:
    """The PDF can be used, and the editor is told that there is something to look at."""
    findings = Findings()
    findings.add(DOUBTFUL.at(Place(page=2), what="x"))
    assert "另有 1 处请看一眼" in report_page(_report(pdf, findings))
    assert "with 1 warning to look at" in report_page(_report(pdf, findings), "en")


def test_a_known_rule_is_explained(pdf: Path) -> None:
    """What, why, example and remedy stand folded beside the findings."""
    findings = Findings()
    for page in (3, 4):
        findings.add(EMPTY_PAGE.at(Place(page=page)))
    page = report_page(_report(pdf, findings))
    details = page.partition("<details>")[2].partition("</details>")[0]
    for text in (EMPTY_PAGE.what, EMPTY_PAGE.why, EMPTY_PAGE.example, EMPTY_PAGE.remedy):
        assert text in details
    assert page.count("<details>") == 1


def test_the_line_of_the_source_is_quoted(tmp_path: Path) -> None:
    """The line at the place, with the character at the column marked."""
    source = tmp_path / "02-甲.md"
    source.write_text("第一行\n第二行有<错>字\n", encoding="utf-8")
    findings = Findings()
    findings.add(BROKEN.at(Place(source, 2, 5), what="x"))
    page = report_page(_report(None, findings))
    assert "第二行有<mark>&lt;</mark>错&gt;字" in page


@pytest.mark.parametrize(("char", "shown"), [("\u200b", "U+200B"), (" ", "␣"), ("\u3000", "␣"), ("错", "错")])
def test_a_character_that_cannot_be_seen_is_told(tmp_path: Path, char: str, shown: str) -> None:
    """What is marked must be there to be seen."""
    source = tmp_path / "甲.md"
    source.write_text(f"前{char}后", encoding="utf-8")
    findings = Findings()
    findings.add(BROKEN.at(Place(source, 1, 2), what="x"))
    assert f"前<mark>{shown}</mark>后" in report_page(_report(None, findings))


@pytest.mark.parametrize("place", [(9, 1), (1, 99), (None, None)])
def test_a_place_that_is_not_there_is_not_quoted(tmp_path: Path, place: tuple[int | None, int | None]) -> None:
    """A line after the end has no text; a column after the end gives the line without a mark."""
    source = tmp_path / "甲.md"
    source.write_text("只有一行", encoding="utf-8")
    findings = Findings()
    findings.add(BROKEN.at(Place(source, *place), what="x"))
    page = report_page(_report(None, findings))
    assert "<mark>" not in page
    assert ("只有一行" in page) == (place == (1, 99))


def test_a_failed_build_without_page_findings_frames_no_page(pdf: Path) -> None:
    """Errors in the text have no picture; the pages are there to be looked at."""
    findings = Findings()
    findings.add(BROKEN.at(what="x"))
    page = report_page(_report(pdf, findings))
    assert not _parsed(page).places()
    assert '<li class="error">' not in page
    assert "没有通过" in page


def test_contents_that_do_not_agree_are_marked(pdf: Path) -> None:
    """The table tells the page printed from the page where the heading stands."""
    page = report_page(_report(pdf))
    table = page.partition('id="contents"')[2].partition("</table>")[0]
    assert table.count("✓") == 1
    assert table.count("不符") == 1


def test_an_entry_that_leads_nowhere_does_not_count_as_agreeing(pdf: Path) -> None:
    """Neither a number that is missing on both sides nor a page that does not exist is a tick."""
    report = Report(
        "x", pdf, None, 40, "x", (ContentsEntry(1, "", "甲", "", None, ""), ContentsEntry(1, "", "乙", "1", None, "1"))
    )
    page = report_page(report)
    assert "✓" not in page
    assert page.count("不符") == 2


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


@pytest.mark.parametrize(
    ("page", "line", "told"),
    [
        (11, None, "第\u00a011\u00a0页（印 6）"),
        (3, None, "第\u00a03\u00a0页"),
        (None, 26, "content/a.md 第\u00a026\u00a0行"),
    ],
)
def test_a_place_is_told_in_words_with_the_folio_printed(page: int | None, line: int | None, told: str) -> None:
    """The sheet as a viewer counts it and the number that stands on it; a line as a line, without its column."""
    entry = ContentsEntry(1, "", "甲", "1", 5, "1")
    report = Report("2026-11", None, None, 60, "classic", (entry,))
    place = Place(Path("content/a.md") if line else None, line, 1 if line else None)
    assert _where(place, page, _front(report), lambda zh, _en: zh) == told

"""The import of a whole real issue, where its text lies beside the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import ImportResult, import_manuscripts
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.model import Issue, Paragraph
from newsletter_pdf.reader import read_issue

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
MANUSCRIPTS = [REFERENCE / "manuscript" / f"0{number}.md" for number in range(1, 7)]
pytestmark = pytest.mark.skipif(not all(p.is_file() for p in MANUSCRIPTS), reason="the reference issue is not here")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportResult, Findings, Issue]:
    folder = tmp_path_factory.mktemp("reference") / "ref"
    findings = Findings()
    result = import_manuscripts(MANUSCRIPTS, folder, findings)
    trouble = Findings()
    issue = read_issue(folder, trouble)
    assert issue is not None
    # Only the two files that issues share may be missing: nothing in the sections is amiss.
    # Long titles and numbers typed at the start of paragraphs are the original's own.
    assert {finding.code for finding in trouble} <= {"N211", "N230", "N293", "N296"}
    assert trouble.good
    return result, findings, issue


def test_everything_is_found(imported: tuple[ImportResult, Findings, Issue]) -> None:
    """Six sections, seven groups, sixty-four articles, nothing left out, one warning (no issue.yaml to go by)."""
    result, findings, _ = imported
    assert (result.sections, result.groups, result.articles, result.unplaced) == (6, 7, 64, ())
    assert [finding.code for finding in findings] == ["N659"]


def test_titles_are_those_of_the_printed_contents(imported: tuple[ImportResult, Findings, Issue]) -> None:
    """In order, without the typed numbers."""
    _, _, issue = imported
    rows = [row.split("\t") for row in (REFERENCE / "contents.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    printed = [(row[0], re.sub(r"^(?:（[一二三四]）|\d+\. )", "", row[1]) if row[0] != "1" else row[1]) for row in rows]
    found = []
    for section in issue.sections:
        found.append(("1", section.title))
        for group in section.groups:
            found += [("2", group.title)] if group.title else []
            found += [("3", article.title) for article in group.articles]
    assert found == printed


def test_lead_keywords_and_sources_are_fields(imported: tuple[ImportResult, Findings, Issue]) -> None:
    """As many as were typed, and none is left in the text."""
    _, _, issue = imported
    typed = "\n".join(path.read_text(encoding="utf-8") for path in MANUSCRIPTS)
    articles = [article for section in issue.sections for group in section.groups for article in group.articles]
    assert sum(1 for article in articles if article.source) == len(re.findall(r"[（(]来源[：:]", typed))
    assert sum(1 for section in issue.sections if section.lead) == typed.count("导读：")
    assert sum(1 for section in issue.sections if section.keywords) == typed.count("关键词：")
    text = "\n".join(_texts(issue))
    assert not re.search(r"导读[：:]|关键词[：:]|[（(]来源[：:]", text)


def test_not_a_character_is_lost(imported: tuple[ImportResult, Findings, Issue]) -> None:
    """The manuscripts' text, without numbers, labels and marks, is the issue's text, character for character."""
    _, _, issue = imported
    expected = []
    for path in MANUSCRIPTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            line = re.sub(r"^(?:# |## （.）|### \d+\. |导读：)", "", line)
            line = re.sub(r"[（(]来源[：:](.*)[）)]$", r"\1", line)
            if line.startswith("关键词："):
                line = line.removeprefix("关键词：").replace("、", "")
            expected.append(re.sub(r"<(https?://[^>]*)>", r"\1", line))
    found = "".join(_texts(issue, keywords=True))
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", "".join(expected))


def _texts(issue: Issue, *, keywords: bool = False) -> list[str]:
    out = []
    for section in issue.sections:
        out += [section.title, *(plain(p.children) for p in section.lead), *(section.keywords if keywords else ())]
        for group in section.groups:
            out.append(group.title or "")
            for article in group.articles:
                out.append(article.title)
                for block in article.blocks:
                    assert isinstance(block, Paragraph)
                    out.append(plain(block.children))
                out.append(article.source or "")
    return out

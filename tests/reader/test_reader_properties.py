"""Whatever an issue's files hold, reading ends with an issue or with errors, at true places."""

import json
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue

HOME = Path(__file__).resolve().parents[2]
PIECES = (
    "## 组\n", "### 文\n", "#### 深\n", "# 大\n", "###缺\n", "甲。", "\n", "\n\n", "来源：某网", "（来源：某）",
    "导读：", "关键词：一、二", "**", "*", "`", "[", "](https://a.cn)", "](x)", "![图](images/a.svg)", "![",
    "<b>", "<!--", "-->", "{{ x }}", "[^1]", "[^1]: 注\n", "> ", "- ", "1. ", "  ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n", "表：题", "::: 提示\n", ":::\n", "```qr\n", "```process\n", "```\n",
    "steps: [一]\n", "---\n", "\\", "&#0;", "&amp;", "\u200b", "\u202e", "\x07", "　　", "1、", "（一）",
)  # fmt: skip
KEYS = st.sampled_from(
    ["title", "date", "number", "pages", "blocks", "text", "qr", "board", "people", "name", "options"]
)
VALUES: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(["甲", "", "2026-11-20", 7, True, None, "https://a.cn", "../x", "{{ x }}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def _read(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "2026-11"
        folder.mkdir()
        for path, text in files.items():
            (folder / path).write_text(text, encoding="utf-8")
        findings = Findings()
        issue = read_issue(folder, findings)
        assert (issue is None) == (findings.errors > 0), [(f.code, str(f.place)) for f in findings]
        for finding in findings:
            place = finding.place
            if place.line is None:
                continue
            assert place.file is not None
            lines = files[place.file.name].split("\n")
            assert place.line <= len(lines) + 1
            line = lines[place.line - 1] if place.line <= len(lines) else ""
            assert place.column is not None
            assert 1 <= place.column <= len(line) + 1, (finding.code, place.line, place.column, line)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example(body="`## 组\n###缺\n`&#0;")
def test_any_section_is_read_or_refused(body: str) -> None:
    """No exception; no issue without reason; no place beyond the file."""
    facts = "title: 样\ndate: 2026-11-20\nnumber: 1\n"
    _read({"issue.yaml": facts, "01-a.md": f"---\ntitle: 题\n---\n{body}"})


@settings(max_examples=150)
@given(VALUES, VALUES, VALUES)
def test_any_yaml_is_read_or_refused(facts: object, masthead: object, services: object) -> None:
    """Every shape of value in every field, as JSON, which is YAML too."""
    values = {"issue.yaml": facts, "masthead.yaml": masthead, "services.yaml": services}
    files = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    _read(files | {"01-a.md": "---\ntitle: 题\n---\n### 文\n甲。\n"})


def test_the_sample_issue_has_nothing_to_complain_of() -> None:
    """What people see first is without a finding, and quickly read."""
    findings = Findings()
    read_issue(HOME / "content" / "2026-11", findings)
    started = time.perf_counter()
    issue = read_issue(HOME / "content" / "2026-11", Findings())
    assert time.perf_counter() - started < 1
    assert [(f.code, str(f.place)) for f in findings] == []
    assert issue is not None
    assert len(issue.sections) >= 5


@pytest.mark.parametrize("name", ["masthead.yaml", "services.yaml", "02-b.md"])
def test_files_that_link_out_of_the_folder_are_not_read(tmp_path: Path, name: str) -> None:
    """A link could carry a private file into print."""
    folder = tmp_path / "content" / "2026-11"
    folder.mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 样\ndate: 2026-11-20\nnumber: 1\n", encoding="utf-8")
    (folder / "01-a.md").write_text("---\ntitle: 题\n---\n### 文\n甲。\n", encoding="utf-8")
    (tmp_path / "secret").write_text("---\ntitle: 密\n---\n### 密\n密。\n", encoding="utf-8")
    (folder / name).symlink_to(tmp_path / "secret")
    findings = Findings()
    assert read_issue(folder, findings) is None
    assert [f.code for f in findings if f.severity == "error"] == ["N122"]

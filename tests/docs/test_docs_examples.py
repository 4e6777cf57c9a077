"""What the editors' pages show can be copied: every example is read without a finding, every field is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from newsletter_pdf.findings import Findings
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue
from newsletter_pdf.reader import vocabulary as words
from newsletter_pdf.reader.blocks import CALLOUTS
from newsletter_pdf.reader.shapes import ListOf, Shape

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONTENT = (DOCS / "content.md").read_text(encoding="utf-8")
QUICKSTART = (DOCS / "quickstart.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^(`{3,4})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"/></svg>'
_SECTION = "---\ntitle: 栏目\n---\n\n### 文章\n\n正文。\n\n{}\n\n来源：本刊\n"


def _marked(page: str, mark: str) -> list[str]:
    """The fenced examples that follow a comment ``<!-- mark -->``."""
    return [match[3] for match in _FENCE.finditer(page) if page[: match.start()].rstrip().endswith(f"<!-- {mark} -->")]


def _blocks() -> list[str]:
    """The examples of what an article may hold; those within four marks show a fence of their own."""
    return _marked(CONTENT, "article") + [match[3] for match in _FENCE.finditer(CONTENT) if match[1] == "````"]


def _one(mark: str) -> str:
    (text,) = _marked(CONTENT, mark)
    return text


def _read(folder: Path, section: str) -> tuple[Issue | None, Findings]:
    """Read an issue that has the page's YAML files and ``section``."""
    issue = folder / "2026-12"
    for images in (folder / "images", issue / "images"):
        images.mkdir(parents=True)
    (folder / "images" / "layers.svg").write_text(_SVG, encoding="utf-8")
    if "images/layers.svg" in section:
        (issue / "images" / "layers.svg").write_text(_SVG, encoding="utf-8")
    (folder / "masthead.yaml").write_text(_one("file: masthead.yaml"), encoding="utf-8")
    (folder / "services.yaml").write_text(_one("file: services.yaml"), encoding="utf-8")
    (issue / "issue.yaml").write_text(_one("file: issue.yaml"), encoding="utf-8")
    (issue / "01-栏目.md").write_text(section, encoding="utf-8")
    findings = Findings()
    return read_issue(issue, findings), findings


@pytest.mark.parametrize("section", _marked(CONTENT, "section") + _marked(QUICKSTART, "section"))
def test_a_whole_section_of_the_pages_reads_without_a_finding(tmp_path: Path, section: str) -> None:
    """With the page's issue.yaml, masthead.yaml and services.yaml it makes an issue, and nothing is reported."""
    issue, findings = _read(tmp_path, section)
    assert [str(f.place) + f.message_zh for f in findings] == []
    assert issue is not None
    assert all(article.source for group in issue.sections[0].groups for article in group.articles)


@pytest.mark.parametrize("block", _blocks())
def test_a_block_of_the_page_reads_without_a_finding(tmp_path: Path, block: str) -> None:
    """Put into an article, the example is accepted, and is more than the text around it."""
    issue, findings = _read(tmp_path, _SECTION.format(block))
    assert [str(f.place) + f.message_zh for f in findings] == []
    assert issue is not None
    assert len(issue.sections[0].groups[0].articles[0].blocks) > 1


def test_every_kind_of_block_has_an_example(tmp_path: Path) -> None:
    """The examples together hold every block that an article may hold."""
    issue, _ = _read(tmp_path, _SECTION.format("\n\n".join(_blocks())))
    assert issue is not None
    found = {block.kind for block in issue.sections[0].groups[0].articles[0].blocks}
    assert found == {"paragraph", "list", "table", "figure", "quote", "callout", "code_block", "qr", "process", "chart"}


def _shapes(shape: Shape) -> Iterator[Shape]:
    yield shape
    for field in shape.fields:
        kind = field.kind
        while isinstance(kind, ListOf):
            kind = kind.item
        if isinstance(kind, Shape):
            yield from _shapes(kind)


@pytest.mark.parametrize(
    "shape", [words.ISSUE, words.MASTHEAD, words.SERVICES, words.SECTION, words.CHART], ids=lambda s: s.title
)
def test_every_field_is_explained(shape: Shape) -> None:
    """Each field that the reader knows stands on the page as code."""
    for part in _shapes(shape):
        for field in part.fields:
            assert f"`{field.key}`" in CONTENT, f"{part.title}: {field.key}"


@pytest.mark.parametrize("shape", [words.ISSUE, words.SECTION], ids=lambda s: s.title)
def test_the_tables_tell_what_must_be_given(shape: Shape) -> None:
    """The column 必填 says what the reader demands."""
    for field in shape.fields:
        rows = re.findall(rf"^\| `{field.key}` \| (.*?) ?\|", CONTENT, re.MULTILINE)
        assert ("是" if field.required else "") in rows, field.key


def test_every_callout_is_named() -> None:
    """The names of call-outs are listed."""
    for name in CALLOUTS:
        assert f"`{name}`" in CONTENT


def test_the_options_named_are_those_of_the_layout() -> None:
    """Each option of the table exists in classic, with the default that is told."""
    options = yaml.safe_load((ROOT / "layouts" / "classic" / "layout.yaml").read_text(encoding="utf-8"))["options"]
    table = CONTENT[CONTENT.index("## 版式选项") :]
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", table, re.MULTILINE)
    assert len(rows) > 5
    for name, told in rows:
        default = options[name]["default"]
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        assert told.strip('"') == shown, name


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    """A relative link names a file that exists, and a heading or anchor that it has."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        page = path if not name else (path.parent / name).resolve()
        assert page.is_file(), target
        if anchor:
            other = page.read_text(encoding="utf-8")
            headings = {_anchor(title) for title in re.findall(r"^#+ (.+)$", other, re.MULTILINE)}
            assert anchor in headings | set(re.findall(r'<a id="([^"]+)"', other)), target


def _anchor(title: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")

"""Whatever a manuscript holds, the section file written from it reads back as the same text."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.importers import Heading, Manuscript
from newsletter_pdf.importers.inlines import plain, tidy
from newsletter_pdf.importers.manuscript import ManuscriptBlock
from newsletter_pdf.importers.markdown import read_markdown
from newsletter_pdf.importers.numbering import typed_number
from newsletter_pdf.importers.structure import structure
from newsletter_pdf.importers.writer import section_text
from newsletter_pdf.model import (
    Article,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    FootnoteCall,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
)
from newsletter_pdf.reader import read_issue
from newsletter_pdf.reader.headings import TYPED_NUMBER

HERE = Place(file=Path("x.md"), line=1)
# Characters that Markdown, YAML, Jinja and the section files act on, beside Chinese, Latin and blanks.
MARKS = "\\`*_{}[]()<>#+-.!|~^&:;\"'/=%@$?,0123456789"
# Letters and marks by category, but shown as nothing, and the sign of a lost character: readers refuse or drop them.
UNPRINTED = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffd"
words = st.one_of(
    st.text(alphabet=MARKS + "aZ中文，。“”（） \u3000\t", max_size=12),
    st.sampled_from(
        (
            *(
                "1. 项",
                "- 项",
                "# 题",
                "> 引",
                "| a | b |",
                "---",
                "===",
                "```",
                "~~~",
                ":::",
                "{{ x }}",
                "{% y %}",
                "&amp;",
            ),
            *(
                "<b>",
                "<!-- c -->",
                "[^1]",
                "[a]: b",
                "http://a.cn",
                "**",
                "__",
                "![a](b)",
                "+ 项",
                "12) 项",
                "\\",
                "&#35;",
            ),
        )
    ),
    st.text(alphabet=st.characters(exclude_categories=("C", "Z"), exclude_characters=UNPRINTED), max_size=8),
)
texts = st.lists(words, min_size=1, max_size=5).map("".join)


def _readable(text: str) -> bool:
    """Not what the section file gives a meaning of its own, whoever typed it."""
    return not any(
        word in text for word in ("来源", "导读", "关键词", "表：", "表:", "——", "—", "--", "＃", "｜", "：：", "＾")
    )


leaf: st.SearchStrategy[Inline] = st.one_of(
    texts.map(lambda text: Text(text=text)),
    texts.map(lambda text: Text(text=text)),
    texts.map(lambda text: Code(text=text.replace("{", "").replace("^", "").strip() or "x")),
    st.just(LineBreak()),
)
inlines: st.SearchStrategy[Inline] = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Strong(children=tuple(c))),
        st.lists(inner, min_size=1, max_size=3).map(lambda c: Emphasis(children=tuple(c))),
        st.lists(inner, min_size=1, max_size=2).map(
            lambda c: Link(href="https://example.org/a_(b)", children=tuple(c))
        ),
    ),
    max_leaves=5,
)


def _paragraph(children: list[Inline]) -> Paragraph:
    return Paragraph(children=tidy(children), place=HERE)


def _usable(paragraph: Paragraph) -> Paragraph:
    """The paragraph, or another one when it is empty or means something to section files."""
    text = plain(paragraph.children)
    return paragraph if text.strip() and _readable(text) else _paragraph([Text(text="甲")])


paragraphs = st.lists(inlines, min_size=1, max_size=4).map(_paragraph).map(_usable)
lists = st.recursive(
    paragraphs.map(lambda p: (p,)),
    lambda inner: st.tuples(
        st.booleans(), st.integers(min_value=0, max_value=99999), st.lists(inner, min_size=1, max_size=3)
    ).map(
        lambda v: (
            ListBlock(
                ordered=v[0],
                start=v[1] if v[0] else 1,
                items=tuple(ListItem(blocks=blocks) for blocks in v[2]),
                place=HERE,
            ),
        )
    ),
    max_leaves=4,
).map(lambda blocks: blocks[0])


def _flat(paragraph: Paragraph) -> tuple[Inline, ...]:
    """A cell's content, which has no forced breaks, at any depth."""
    return paragraph.children if "\n" not in plain(paragraph.children) else (Text(text="乙"),)


cells = paragraphs.map(lambda p: TableCell(children=_flat(p)))
tables = st.integers(min_value=1, max_value=3).flatmap(
    lambda width: st.tuples(st.tuples(*[cells] * width), st.lists(st.tuples(*[cells] * width), max_size=2)).map(
        lambda v: Table(head=v[0], rows=tuple(v[1]), place=HERE)
    )
)
code_blocks = st.builds(
    CodeBlock,
    language=st.sampled_from([None, "text"]),
    text=st.lists(texts, max_size=3).map("\n".join),
    place=st.just(HERE),
)
quotes = st.lists(st.one_of(paragraphs, lists), min_size=1, max_size=2).map(
    lambda blocks: Quote(blocks=tuple(blocks), place=HERE)
)
blocks: st.SearchStrategy[ManuscriptBlock] = st.one_of(paragraphs, lists, tables, code_blocks, quotes)
# A template command cannot be written in front matter at all; the check says so.
titles = texts.map(lambda text: " ".join(text.replace("{", "").split())[:60].strip()).map(
    lambda title: title if title and _readable(title) else "丙"
)


def _write_and_read(manuscript: Manuscript) -> tuple[Section, Findings]:
    """The only section of ``manuscript`` after writing and reading; also the findings of the writing."""
    findings = Findings()
    (section,), unplaced = structure(manuscript, findings)
    assert unplaced == []
    text = section_text(section, lambda figure: figure.path.name, findings)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "2026-11"
        folder.mkdir()
        (folder / "issue.yaml").write_text("title: 甲\ndate: 2026-11-20\nnumber: 11\n", encoding="utf-8")
        (folder / "01-a.md").write_bytes(text.encode())
        trouble = Findings()
        issue = read_issue(folder, trouble)
    assert issue is not None, (text, [(f.code, f.message_en, str(f.place)) for f in trouble])
    return issue.sections[0], findings


def _words(block: Block) -> object:
    """A block as nested plain text, without the markup inside its paragraphs."""
    match block:
        case Paragraph():
            return "\n".join(line.strip() for line in plain(block.children).split("\n") if line.strip())
        case ListBlock():
            items = [[_words(inner) for inner in item.blocks] for item in block.items]
            return ("list", block.ordered, block.start, items)
        case Table():
            return [[plain(cell.children) for cell in row] for row in (block.head, *block.rows)]
        case Quote():
            return ("quote", [_words(inner) for inner in block.blocks])
        case CodeBlock():
            return ("code", block.language, block.text)
        case _:
            raise AssertionError(block.kind)


def _only_article(section: Section) -> Article:
    ((article,),) = [group.articles for group in section.groups]
    return article


@settings(max_examples=150)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_blocks_read_back_as_they_were(content: list[ManuscriptBlock]) -> None:
    """Kinds, order, numbers and every character survive writing and reading, whatever marks the text holds."""
    manuscript = Manuscript(
        (Heading(1, (Text(text="甲"),), HERE), Heading(3, (Text(text="乙"),), HERE), *content), HERE
    )
    section, _ = _write_and_read(manuscript)
    assert [_words(block) for block in _only_article(section).blocks] == [_words(block) for block in content]


@settings(max_examples=150)
@given(st.lists(inlines, min_size=1, max_size=4))
@example([Strong(children=(Text(text="《法》"),)), Text(text="施行")])
@example([Text(text="甲^"), Link(href="https://example.org", children=(Text(text="乙"),)), Text(text="!")])
@example([Text(text="甲!"), Link(href="https://example.org", children=(Text(text="乙"),)), Text(text="^")])
@example([Text(text="a"), Emphasis(children=(Strong(children=(Text(text="b"),)),)), Text(text="c")])
def test_markup_reads_back_or_is_reported(children: list[Inline]) -> None:
    """Emphasis, links and code are the same nodes after reading, or the editor is told that emphasis was dropped."""
    paragraph = _paragraph(children)
    if not plain(paragraph.children).strip() or not _readable(plain(paragraph.children)) or _breaks(paragraph.children):
        return
    manuscript = Manuscript(
        (Heading(1, (Text(text="甲"),), HERE), Heading(3, (Text(text="乙"),), HERE), paragraph), HERE
    )
    section, findings = _write_and_read(manuscript)
    (block,) = _only_article(section).blocks
    assert isinstance(block, Paragraph)
    if not len(findings):
        assert tidy(block.children) == paragraph.children
    else:
        assert [finding.code for finding in findings] == ["N639"]


def _breaks(children: tuple[Inline, ...]) -> bool:
    """A forced break with blanks beside it: Markdown takes the blanks away, which is no loss."""
    return "\n" in plain(children)


@settings(max_examples=100)
@given(titles, st.lists(paragraphs, max_size=3), st.lists(titles, max_size=4))
def test_front_matter_reads_back(title: str, lead: list[Paragraph], keywords: list[str]) -> None:
    """Title, lead and keywords are exact, whatever YAML makes of their characters."""
    # A number typed before a section's title is taken off when it is read, as from every heading.
    assume(TYPED_NUMBER.match(title) is None and typed_number(title) is None)
    divided = set("、，,；;|｜\u3000/（(《“‘「『【〔")
    words = tuple(dict.fromkeys(word for word in keywords if not set(word) & divided and word[-1] not in ".。．"))
    line = Paragraph(children=(Text(text="关键词：" + "、".join(words)),), place=HERE)
    first = Paragraph(children=(Text(text="导读："),), place=HERE)
    manuscript = Manuscript(
        (
            Heading(1, (Text(text=title),), HERE),
            *((first, *lead) if lead else ()),
            *((line,) if words else ()),
            Heading(3, (Text(text="乙"),), HERE),
            Paragraph(children=(Text(text="文。"),), place=HERE),
        ),
        HERE,
    )
    section, _ = _write_and_read(manuscript)
    assert section.title == title
    assert [_words(paragraph) for paragraph in section.lead] == [_words(paragraph) for paragraph in lead]
    if len(words) > 1:
        assert section.keywords == words


@pytest.mark.parametrize("ordered", [True, False])
def test_lists_in_a_row_stay_apart(ordered: bool) -> None:
    """Two or three lists of one kind behind each other are not read as one."""
    item = ListItem(blocks=(_paragraph([Text(text="项")]),))
    content = [ListBlock(ordered=ordered, start=3 if ordered else 1, items=(item, item), place=HERE)] * 3
    manuscript = Manuscript(
        (Heading(1, (Text(text="甲"),), HERE), Heading(3, (Text(text="乙"),), HERE), *content), HERE
    )
    section, _ = _write_and_read(manuscript)
    assert [_words(block) for block in _only_article(section).blocks] == [_words(block) for block in content]


def test_a_note_reads_back_with_its_call() -> None:
    """The note's text, marks included, stands with its call; notes called twice are written once."""
    note = FootnoteCall(label="1", children=(Text(text="1. 注 *文*"), LineBreak(), Text(text="# 又一行")))
    paragraph = _paragraph([Text(text="甲"), note, Text(text="乙"), note])
    manuscript = Manuscript(
        (Heading(1, (Text(text="甲"),), HERE), Heading(3, (Text(text="乙"),), HERE), paragraph), HERE
    )
    section, _ = _write_and_read(manuscript)
    (block,) = _only_article(section).blocks
    assert isinstance(block, Paragraph)
    assert block.children == paragraph.children


@settings(max_examples=150)
@given(st.text(max_size=400))
@example("# 甲\n\n### 乙\n\n\x00\x0b\x0c\u2028\u200b\ufeff")
@example("# \n## \n### ")
@example("# 甲\n\n- \n  > \n  > - ```\n")
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Any text gives a manuscript or findings; what is written from it is a section file that can be parsed."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.md"
        path.write_text("# 甲\n\n### 乙\n\n文。\n\n" + text, encoding="utf-8", errors="replace")
        findings = Findings()
        manuscript = read_markdown(path, findings)
        if manuscript is None:
            assert findings.errors == 1
            return
        sections, _ = structure(manuscript, findings)
        assert sections[0].title == "甲"
        for section in sections:
            assert section_text(section, lambda figure: figure.path.name, findings).startswith("---\ntitle: ")

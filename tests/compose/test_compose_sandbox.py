"""What a layout's templates may do, and what they may not."""

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError
from markupsafe import Markup

from newsletter_pdf.compose.environment import make_environment
from newsletter_pdf.compose.markup import inline, name3
from newsletter_pdf.compose.numbering import number_section
from newsletter_pdf.findings import Place
from newsletter_pdf.model import Article, Code, Group, Link, Paragraph, Section, Strong, Text

HERE = Place(Path("01-a.md"), 1, 1)


def _render(template: str, folder: Path, **fields: object) -> str:
    (folder / "t.html.j2").write_text(template, encoding="utf-8")
    return make_environment([folder], escape=True).get_template("t.html.j2").render(fields)


@pytest.mark.parametrize(
    "template",
    [
        "{{ path.read_text() }}",
        "{{ path.parent }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ call() }}",
        "{{ items.append(1) }}",
    ],
)
def test_a_template_reaches_neither_files_nor_internals(template: str, tmp_path: Path) -> None:
    """Paths are opaque, Python's internals closed, the program's functions and changes out of reach."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    with pytest.raises((SecurityError, UndefinedError)):
        _render(template, tmp_path, path=secret, call=lambda: "called", items=[])


def test_a_template_cannot_include_from_outside(tmp_path: Path) -> None:
    """Only the layout's own folders are looked in."""
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    with pytest.raises(Exception, match=r"\.\./secret\.html"):
        _render("{% include '../secret.html' %}", folder)


def test_text_is_escaped_and_markup_is_not(tmp_path: Path) -> None:
    """An angle bracket in a title stays an angle bracket."""
    assert _render("{{ a }}{{ b }}", tmp_path, a="<b>", b=Markup("<i>")) == "&lt;b&gt;<i>"


def test_inline_content_becomes_html_with_everything_escaped() -> None:
    """Code and addresses are verbatim; running text is cleaned of look-alike characters."""
    children = (
        Text(text="\u2f00<"),
        Strong(children=(Text(text="重"),)),
        Code(text="a<b \u2f00"),
        Link(href="https://example.org/?a=1&b=2", children=(Text(text="看"),)),
    )
    assert inline(children) == (
        '一&lt;<strong>重</strong><code>a&lt;b \u2f00</code><a href="https://example.org/?a=1&amp;b=2">看</a>'
    )


def test_two_character_names_are_spread_by_the_layout() -> None:
    """「闫东」 is set over three characters without a space in the text; longer and Latin names are left."""
    assert name3("闫东") == '<span class="name2"><span>闫</span><span>东</span></span>'
    assert name3("欧阳修") == '<span class="name">欧阳修</span>'
    assert name3("Li") == '<span class="name">Li</span>'


def _article(title: str, source: str | None = None) -> Article:
    return Article(title=title, blocks=(Paragraph(children=(Text(text="文"),), place=HERE),), source=source, place=HERE)


def test_numbers_come_from_the_layout_and_restart_in_each_group() -> None:
    """（一） 1. 2. （二） 1.; anchors follow."""
    groups = (
        Group(title="甲", articles=(_article("a"), _article("b")), place=HERE),
        Group(title="乙", articles=(_article("c"),), place=HERE),
    )
    section = number_section(Section(name="01-a", title="栏目", groups=groups, place=HERE), 3)
    assert [group.number for group in section.groups] == ["（一）", "（二）"]
    assert [[article.number for article in group.articles] for group in section.groups] == [["1.", "2."], ["1."]]
    assert [[article.anchor for article in group.articles] for group in section.groups] == [
        ["s3-g1-a1", "s3-g1-a2"],
        ["s3-g2-a1"],
    ]


def test_a_section_without_groups_numbers_its_articles_through() -> None:
    """The unnamed group has no number and the anchor 0."""
    group = Group(title=None, articles=(_article("a"),), place=HERE)
    section = number_section(Section(name="01-a", title="栏目", groups=(group,), place=HERE), 1)
    assert section.groups[0].number == ""
    assert section.groups[0].articles[0].anchor == "s1-g0-a1"


def test_the_source_is_kept_with_the_last_paragraph() -> None:
    """「（来源：…）」 runs on at the end of the text, so that a page break cannot part them."""
    group = Group(title=None, articles=(_article("a", "某网站"),), place=HERE)
    section = number_section(Section(name="01-a", title="栏目", groups=(group,), place=HERE), 1)
    last = section.groups[0].articles[0].blocks[-1]
    assert isinstance(last, Paragraph)
    assert inline(last.children) == '文<span class="source">（来源：某网站）</span>'

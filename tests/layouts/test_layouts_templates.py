"""What the templates of the project's layouts make of an issue."""

import re
from pathlib import Path

import pytest
from layouts_samples import HOME, Page, every_block, get_layout, make_issue, make_parts, make_section, paragraph, plain

from newsletter_pdf.compose import Composer
from newsletter_pdf.findings import Findings
from newsletter_pdf.layouts import layout_names, load_layout

LAYOUTS = layout_names(HOME)


def test_every_block_prints_all_its_text(tmp_path: Path, picture: Path) -> None:
    """Nothing that an editor wrote is dropped by a template."""
    issue = make_issue(tmp_path, make_section(every_block(picture)))
    html = {part.name: part.html for part in make_parts(issue, get_layout())}
    for text in (
        *("正文", "脚注文字", "甲项", "表题", "图题", "供图者", "引文", "某人", "提示题", "提示文", "a&lt;b", "扫码"),
        *("流程题", "登记", "填表", "三天", "卡片题", "卡2", "联系题", "电话", "000"),
    ):
        assert text in plain(html["01-a"]), text
        assert text in plain(html["services"]), text
    for text in ("栏目全称", "导读文字", "词甲；词乙", "（一）分组1", "（二）分组2", "1.文章1", "（来源：某网）"):
        assert text in plain(html["01-a"]), text
    for text in ("主办", "某会", "按姓氏笔画", "闫东", "欧阳明", "教授", "宗旨文字", "邮箱", "a@example.org"):
        assert text in plain(html["masthead"]), text
    assert "2026年11月第11期（总第7期）" in plain(html["cover"])
    assert 'alt="方块"' in html["01-a"]
    assert 'start="3"' in html["01-a"]


def test_headings_carry_anchors_and_bookmarks_as_the_contents_print_them(tmp_path: Path, picture: Path) -> None:
    """One h1 a part; number and title make the bookmark; blocks add no headings of their own."""
    issue = make_issue(tmp_path, make_section(every_block(picture), groups=1))
    for part in make_parts(issue, get_layout()):
        page = Page(part.html)
        titles = [attributes for tag, attributes in page.elements if tag == "h1"]
        assert len(titles) == (2 if part.name == "services" else 1)
        if part.name == "01-a":
            headings = [(t, a["id"], a["data-bookmark"]) for t, a in page.elements if t in ("h1", "h2", "h3")]
            assert headings == [
                ("h1", "s1", "栏目全称"),
                ("h2", "s1-g1", "（一）分组1"),
                ("h3", "s1-g1-a1", "1. 文章1"),
                ("h3", "s1-g1-a2", "2. 文章2"),
            ]


def test_an_unnamed_group_has_neither_heading_nor_anchor(tmp_path: Path) -> None:
    """Its articles stand in the section directly."""
    section = make_section((paragraph("文"),), groups=1)
    section = section.model_copy(update={"groups": (section.groups[0].model_copy(update={"title": None}),)})
    (html,) = (p.html for p in make_parts(make_issue(tmp_path, section), get_layout()) if p.name == "01-a")
    ids = [a["id"] for _, a in Page(html).elements if "id" in a]
    assert ids == ["s1", "s1-g0-a1", "s1-g0-a2"]


def test_an_entry_of_the_contents_is_one_link_with_number_title_and_page(tmp_path: Path) -> None:
    """The whole line can be clicked, and leads to the heading's anchor."""
    issue = make_issue(tmp_path, make_section((paragraph("文"),)))
    (html,) = (p.html for p in make_parts(issue, get_layout()) if p.name == "contents")
    page = Page(html)
    assert [a["href"] for t, a in page.elements if t == "a"] == ["#s1", "#s1-g1", "#s1-g1-a1"]
    assert [plain(link) for link in page.links] == ["栏目全称1", "（一）分组12", "1." + "文章" * 35 + "12"]


@pytest.mark.parametrize(("depth", "count"), [(1, 1), (2, 2), (3, 3)])
def test_the_contents_are_as_deep_as_the_option_says(tmp_path: Path, depth: int, count: int) -> None:
    """1 sections, 2 groups too, 3 articles too."""
    issue = make_issue(tmp_path, make_section((paragraph("文"),)))
    layout = get_layout(contents_depth=depth)
    (html,) = (p.html for p in make_parts(issue, layout) if p.name == "contents")
    assert len(Page(html).links) == count


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_option_is_described_in_both_languages(name: str) -> None:
    """The manifest is the reference that editors read."""
    for option, spec in get_layout(name).specs.items():
        assert re.search(r"[\u4e00-\u9fff]", spec.zh), option
        assert re.search(r"[a-z]", spec.en), option


def test_every_option_of_classic_is_used() -> None:
    """An option that nothing reads would promise what does not happen."""
    folder = HOME / "layouts" / "classic"
    files = [*folder.glob("templates/*"), *folder.glob("css/*")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    by_program = {"pdf_variant", "page_label"}
    unused = [option for option in get_layout().specs if f"o.{option}" not in text and option not in by_program]
    assert unused == []


def test_a_missing_image_of_the_layout_is_a_finding_with_the_nearest_name(tmp_path: Path) -> None:
    """Templates ask for images by name; the address is made by the program."""
    source = HOME / "layouts" / "classic"
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "classic").symlink_to(source)
    own = tmp_path / "layouts" / "own"
    (own / "templates").mkdir(parents=True)
    (own / "images").mkdir()
    (own / "images" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (own / "layout.yaml").write_text(
        "name: own\ntitle: {zh: 自, en: Own}\n" + _standalone(source, own), encoding="utf-8"
    )
    cover = own / "templates" / "cover.html.j2"
    findings = Findings()
    issue = make_issue(tmp_path, make_section((paragraph("文"),)))
    for image, codes in (("logo.svg", []), ("Logo.svg", ["N330"])):
        cover.write_text(f"{{{{ '{image}'|layout_image }}}}", encoding="utf-8")
        layout = load_layout("own", tmp_path, {}, findings)
        assert layout is not None
        part = Composer(issue, layout, findings).cover()
        assert [f.code for f in findings] == codes
        assert (part is None) == bool(codes)
    (finding,) = findings
    assert "logo.svg" in finding.hint_zh
    assert finding.place.file == cover


def _standalone(source: Path, own: Path) -> str:
    """Make ``own`` a layout without inheritance: copies of the other templates, no options."""
    for path in (source / "templates").glob("*"):
        (own / "templates" / path.name).write_bytes(path.read_bytes())
    return "options:\n"

"""Loading of layouts: inheritance, options, files, and everything that can be wrong with them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.layouts import REQUIRED_TEMPLATES, Layout, Length, MissingImageError, load_layout

BASE = """\
name: plain
title: {zh: 素, en: Plain}
options:
  accent: {type: color, default: "#112233", zh: 主色, en: Accent}
  leading: {type: length, default: 20pt, min: 10pt, max: 40pt, zh: 行距, en: Leading}
  lines: {type: integer, default: 30, zh: 行数, en: Lines}
"""
CHILD = """\
name: child
title: {zh: 子, en: Child}
inherits: plain
options:
  accent: "#445566"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the layout `plain` and `child`, which inherits from it."""
    _write(tmp_path, "plain/layout.yaml", BASE)
    for stem in REQUIRED_TEMPLATES:
        _write(tmp_path, f"plain/templates/{stem}.html.j2", stem)
    _write(tmp_path, "plain/css/10-a.css", "a")
    _write(tmp_path, "plain/css/20-b.css", "b")
    _write(tmp_path, "plain/images/logo.svg", "<svg/>")
    _write(tmp_path, "child/layout.yaml", CHILD)
    return tmp_path


def _write(home: Path, path: str, text: str) -> Path:
    file = home / "layouts" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _load(
    home: Path, name: str = "child", overrides: Mapping[str, object] | None = None
) -> tuple[Layout | None, list[str]]:
    findings = Findings()
    layout = load_layout(name, home, overrides or {}, findings, place=Place(Path("issue.yaml"), 3, 1))
    return layout, [finding.code for finding in findings]


def _good(home: Path, name: str = "child", overrides: Mapping[str, object] | None = None) -> Layout:
    layout, codes = _load(home, name, overrides)
    assert codes == []
    assert layout is not None
    return layout


def test_an_inheriting_layout_changes_defaults_and_the_issue_has_the_last_word(home: Path) -> None:
    """Options come from the base, then the child, then the issue."""
    assert _good(home, "plain").options.accent == "#112233"
    assert _good(home).options.accent == "#445566"
    assert _good(home).options.leading == Length(20, "pt")
    assert _good(home, overrides={"accent": "#fff", "leading": "5mm"}).options.accent == "#fff"


def test_files_of_the_child_come_first_and_sheets_keep_their_place(home: Path) -> None:
    """A sheet of the same name replaces the inherited one where that stood; new sheets come last."""
    own = _write(home, "child/css/10-a.css", "own")
    extra = _write(home, "child/css/05-extra.css", "extra")
    template = _write(home, "child/templates/cover.html.j2", "own")
    layout = _good(home)
    assert layout.css_files == (own, home / "layouts/plain/css/20-b.css", extra)
    assert layout.template_folders == (template.parent, home / "layouts/plain/templates")


def test_images_are_looked_up_along_the_chain_and_only_there(home: Path) -> None:
    """The child's own first, the inherited one else; no path leads out."""
    layout = _good(home)
    assert layout.image("logo.svg") == home / "layouts/plain/images/logo.svg"
    own = _write(home, "child/images/logo.svg", "<svg/>")
    assert layout.image("logo.svg") == own
    for name in ("Logo.svg", "../layout.yaml/", "../../plain/layout.yaml", "/etc/hostname", ""):
        with pytest.raises(MissingImageError):
            layout.image(name)


def test_the_fingerprint_follows_every_file_and_option(home: Path) -> None:
    """Same input, same fingerprint; any change of a file in the chain or of a value, another."""
    first = _good(home).fingerprint
    assert _good(home).fingerprint == first
    assert _good(home, overrides={"lines": 31}).fingerprint != first
    _write(home, "plain/templates/base.html.j2", "changed")
    assert _good(home).fingerprint != first


def test_hidden_files_are_no_part_of_a_layout(home: Path) -> None:
    """What an operating system leaves in a folder changes nothing."""
    first = _good(home).fingerprint
    _write(home, "child/.DS_Store", "x")
    assert _good(home).fingerprint == first


def test_a_missing_layout_suggests_the_nearest(home: Path) -> None:
    """The finding stands where the name is written and names what there is."""
    findings = Findings()
    place = Place(Path("issue.yaml"), 3, 1)
    assert load_layout("plian", home, {}, findings, place=place) is None
    (finding,) = findings
    assert finding.code == "N301"
    assert finding.place == place
    assert "「plain」" in finding.hint_zh
    assert "child, plain" in finding.hint_zh


@pytest.mark.parametrize("name", ["../plain", "/etc", "plain/css", "", ".", "Plain", "a" * 500, "版式"])
def test_a_name_is_no_path(home: Path, name: str) -> None:
    """Only names of folders in layouts/ are looked for."""
    assert _load(home, name) == (None, ["N301"])


def test_a_circle_of_inheritance_is_named(home: Path) -> None:
    """Two layouts that inherit from each other end in a finding, not in a loop."""
    _write(home, "plain/layout.yaml", BASE + "inherits: child\n")
    assert _load(home) == (None, ["N305"])
    assert _load(home, "plain") == (None, ["N305"])


def test_a_missing_parent_is_reported_where_it_is_named(home: Path) -> None:
    """The place is the child's inherits line."""
    _write(home, "child/layout.yaml", CHILD.replace("inherits: plain", "inherits: plan"))
    findings = Findings()
    assert load_layout("child", home, {}, findings) is None
    (finding,) = findings
    assert (finding.code, finding.place.line) == ("N301", 3)


def test_all_wrong_options_are_reported_at_once(home: Path) -> None:
    """Unknown name, wrong type, out of range: one finding each."""
    layout, codes = _load(home, overrides={"acent": "#fff", "accent": "red", "leading": "90pt"})
    assert layout is None
    assert sorted(codes) == ["N310", "N311", "N312"]


def test_an_unknown_default_of_a_child_is_reported_in_its_file(home: Path) -> None:
    """A typing error in a layout does not pass silently."""
    _write(home, "child/layout.yaml", CHILD + '  acent: "#fff"\n')
    findings = Findings()
    assert load_layout("child", home, {}, findings) is None
    (finding,) = findings
    assert (finding.code, finding.place.line) == ("N310", 6)
    assert "accent" in finding.hint_zh


def test_a_child_may_declare_options_of_its_own(home: Path) -> None:
    """A mapping with a type is a declaration."""
    _write(home, "child/layout.yaml", CHILD + "  logo: {type: boolean, default: false, zh: 会标, en: Logo}\n")
    assert _good(home, overrides={"logo": True}).options.logo is True


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (BASE.replace("name: plain", "name: other"), ["N304"]),
        (BASE.replace("title: {zh: 素, en: Plain}\n", ""), ["N304"]),
        (BASE.replace("title: {zh: 素, en: Plain}", "title: 素"), ["N304"]),
        (BASE + "inherit: child\n", ["N303"]),
        (BASE.replace("type: color", "type: colour"), ["N304"]),
        (BASE.replace("default: 20pt", "default: 20"), ["N311"]),
        (BASE.replace("default: 20pt", "default: 90pt"), ["N312"]),
        (BASE.replace("zh: 行距, ", ""), ["N304"]),
        (BASE.replace("min: 10pt", "minimum: 10pt"), ["N303"]),
        (BASE.replace("type: integer, default: 30", "type: choice, default: a"), ["N304"]),
        ("- a\n- b\n", ["N304"]),
        ("options: 5\n" + BASE.split("options:")[0], ["N304"]),
    ],
)
def test_what_is_wrong_in_a_manifest_is_found(home: Path, text: str, codes: list[str]) -> None:
    """One finding for one mistake, and no layout."""
    _write(home, "plain/layout.yaml", text)
    assert _load(home, "plain") == (None, codes)


def test_broken_yaml_and_a_missing_manifest_are_findings(home: Path) -> None:
    """Neither is an exception."""
    manifest = _write(home, "plain/layout.yaml", "name: [\n")
    layout, codes = _load(home, "plain")
    assert layout is None
    assert len(codes) == 1
    assert codes[0].startswith("N1")
    manifest.unlink()
    assert _load(home, "plain") == (None, ["N302"])


def test_links_that_leave_the_layout_are_refused(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link inside the folder is fine, one that leads out is a finding."""
    secret = tmp_path_factory.mktemp("outside") / "secret.css"
    secret.write_text("x", encoding="utf-8")
    (home / "layouts/plain/css/30-c.css").symlink_to("20-b.css")
    _good(home, "plain")
    (home / "layouts/plain/css/40-d.css").symlink_to(secret)
    assert _load(home, "plain") == (None, ["N320"])


def test_a_layout_that_is_itself_a_link_out_is_refused(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Layouts lie in layouts/."""
    outside = tmp_path_factory.mktemp("outside")
    (home / "layouts/plain").rename(outside / "plain")
    (home / "layouts/plain").symlink_to(outside / "plain")
    assert _load(home, "plain") == (None, ["N320"])


def test_missing_templates_are_each_reported(home: Path) -> None:
    """A layout without inheritance needs all of them."""
    for stem in ("cover", "blocks"):
        (home / f"layouts/plain/templates/{stem}.html.j2").unlink()
    assert _load(home, "plain") == (None, ["N321", "N321"])


def test_a_type_area_too_large_for_the_paper_is_refused(home: Path) -> None:
    """Each value may be within its range and the product still too large."""
    assert _load(home, overrides={"lines": 36}) == (None, ["N313"])
    _good(home, overrides={"lines": 35})

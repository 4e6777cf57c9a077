"""Option values: what is accepted, what is refused, and that nothing accepted can break out of a style sheet."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.layouts import Length, Options, OptionSpec
from newsletter_pdf.layouts.options import TYPES

DEFAULTS = {
    "color": "#112233",
    "length": Length(12, "pt"),
    "number": 1.5,
    "integer": 3,
    "boolean": True,
    "choice": "a",
    "text": "目次",
    "fonts": '"NL Serif"',
}


def _spec(kind: str, **fields: object) -> OptionSpec:
    choices = ("a", "b") if kind == "choice" else ()
    return OptionSpec("thing", kind, DEFAULTS[kind], "某物", "a thing", choices=choices, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("color", "#9B1C1F", "#9b1c1f"),
        ("color", "#abc", "#abc"),
        ("length", "28pt", Length(28, "pt")),
        ("length", "10.5 mm", Length(10.5, "mm")),
        ("number", 2, 2.0),
        ("integer", 22, 22),
        ("boolean", False, False),
        ("choice", "b", "b"),
        ("text", "本期要目", "本期要目"),
        ("text", 7, "7"),
        ("fonts", "NL Latin, NL Serif", '"NL Latin", "NL Serif"'),
        ("fonts", ["NL Kai"], '"NL Kai"'),
    ],
)
def test_values_of_the_type_are_read(kind: str, raw: object, value: object) -> None:
    """Each type takes what an editor would write for it."""
    assert _spec(kind).read(raw, None) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("color", "red"),
        ("color", "#12345"),
        ("color", None),
        ("length", 28),
        ("length", "28"),
        ("length", "2em"),
        ("length", "28 furlongs"),
        ("number", True),
        ("number", float("nan")),
        ("integer", 2.5),
        ("integer", True),
        ("boolean", "ja"),
        ("choice", "c"),
        ("text", "a; } body { color: red"),
        ("text", 'a" onload="'),
        ("text", "一\n二"),
        ("text", ["a"]),
        *(("text", f"a{character}b") for character in '{}<>;\\"@\x00\t\x7f'),
        ("fonts", ""),
        ("fonts", "a; b"),
        ("fonts", {"a": 1}),
    ],
)
def test_other_values_are_findings_with_an_example(kind: str, raw: object) -> None:
    """The finding names the option, what is expected and how to write it, at the place given."""
    place = Place(line=4)
    finding = _spec(kind).read(raw, place)
    assert isinstance(finding, Finding)
    assert finding.code == "N311"
    assert finding.place == place
    assert "thing" in finding.message_zh
    assert "thing: " in finding.hint_zh


@pytest.mark.parametrize(
    ("kind", "low", "high", "raw"),
    [
        ("length", Length(9, "pt"), Length(22, "pt"), "3pt"),
        ("length", Length(9, "pt"), Length(22, "pt"), "1in"),
        ("length", None, Length(22, "pt"), "10mm"),
        ("integer", 12, None, 11),
        ("number", 1.0, 2.0, 2.01),
    ],
)
def test_values_out_of_range_are_findings(kind: str, low: object, high: object, raw: object) -> None:
    """A length is compared by its size, whatever its unit."""
    finding = _spec(kind, minimum=low, maximum=high).read(raw, None)
    assert isinstance(finding, Finding)
    assert finding.code == "N312"


def test_the_limits_themselves_are_allowed() -> None:
    """The range includes its ends, also in another unit."""
    spec = _spec("length", minimum=Length(72, "pt"), maximum=Length(144, "pt"))
    assert spec.read("1in", None) == Length(1, "in")
    assert spec.read("144pt", None) == Length(144, "pt")


def test_lengths_print_as_css_and_convert_to_points() -> None:
    """A template prints a length with its unit and reckons with its points."""
    assert str(Length(28, "pt")) == "28pt"
    assert str(Length(0.5, "rlh")) == "0.5rlh"
    assert Length(25.4, "mm").pt == pytest.approx(72)
    with pytest.raises(ValueError, match="no size in points"):
        _ = Length(1, "rlh").pt


def test_options_are_read_as_attributes_and_never_changed() -> None:
    """An unknown name is an AttributeError, which strict templates report."""
    options = Options({"accent": "#123"})
    assert options.accent == "#123"
    assert "accent" in options
    with pytest.raises(AttributeError):
        _ = options.acent
    with pytest.raises(AttributeError):
        options.accent = "#fff"


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text(alphabet="a0#.,{}<>;:\\\"'\n版 "),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(TYPES)), _anything)
def test_any_value_gives_a_value_or_a_finding_and_no_way_out_of_css(kind: str, raw: object) -> None:
    """Whatever stands in the YAML: no exception, and nothing accepted ends a declaration, a string or a tag."""
    result = _spec(kind).read(raw, None)
    if not isinstance(result, Finding):
        assert not re.search(r"[{}<>;\\\n\r\x00]", str(result))
        assert kind == "fonts" or '"' not in str(result)

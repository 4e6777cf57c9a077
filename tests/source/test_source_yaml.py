"""YAML is read with its places, without construction, within limits."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.source import YamlMapping, YamlScalar, YamlSequence, parse_yaml, plain_value, yaml_reader

FILE = Path("a.yaml")


def _parse(text: str, first_line: int = 1) -> tuple[object, list[str]]:
    findings = Findings()
    node = parse_yaml(text, FILE, findings, first_line)
    return node, [f"{f.code} {f.place.line}:{f.place.column}" for f in findings]


@pytest.fixture(params=["c", "python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML, as an installation may lack the C one."""
    if request.param == "python":
        monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)


@pytest.mark.usefixtures("_loader")
def test_every_value_has_its_place_in_characters() -> None:
    """Lines and columns are 1-based, Han counts one, and front matter counts from its file's top."""
    node, found = _parse('标题: 值\n表:\n  - {名: "甲, 乙"}\n', first_line=2)
    assert not found
    assert isinstance(node, YamlMapping)
    value, items = node.get("标题"), node.get("表")
    assert isinstance(value, YamlScalar)
    assert (value.place.line, value.place.column) == (2, 5)
    assert isinstance(items, YamlSequence)
    inner = items.items[0]
    assert isinstance(inner, YamlMapping)
    name = inner.get("名")
    assert isinstance(name, YamlScalar)
    assert (name.text, name.plain, name.place.line, name.place.column) == ("甲, 乙", False, 4, 9)


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize("written", ["no", "12:30", "2026-11-20", "0571", "1_000", "0x1F", "1e3", "13800000000"])
def test_values_stay_the_text_that_was_written(written: str) -> None:
    """What YAML 1.1 takes for truth values, times, dates and octal numbers is text here."""
    node, _ = _parse(f"a: {written}")
    assert isinstance(node, YamlMapping)
    assert node.get("a") == YamlScalar(written, node.entries[0][1].place)


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["N115 3:1"]),
        ("a:\n\t- b\n", ["N113 2:1"]),
        ("a: &x 1\nb: *x\n", ["N116 1:4", "N116 2:4"]),
        ("a: !!python/name:os.system x\n", ["N117 1:4"]),
        ("a: !mine x\n", ["N117 1:4"]),
        ("a: !!str 1\n", []),
        ("a: 1\n---\nb: 2\n", ["N119 2:1"]),
        ("? [a]\n: b\n", ["N120 1:3"]),
        ("a: {{ x }}\n", ["N251 1:4"]),
        ("a: b: c\n", ["N114 1:5"]),
        ("x: 1\na: 'b\nc: d\n", ["N114 2:4"]),
        ("title：甲\ndate: 1\n", ["N114 1:6"]),
        ("title:甲\ndate: 1\n", ["N114 1:6"]),
        ("a: @x\n", ["N114 1:4"]),
        ("a: |\n  x\n\n  \ty\n", []),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, expected: list[str]) -> None:
    """Each mistake is one finding where the mistake is, whichever parser finds it."""
    assert _parse(text)[1] == expected


@pytest.mark.usefixtures("_loader")
def test_depth_and_number_of_values_are_limited() -> None:
    """Ten thousand brackets, or a million values, cost no more than reading up to the limit."""
    assert _parse("[" * 10_000)[1] == ["N118 1:33"]
    assert _parse("[" + "1," * 30_000 + "]")[1] == ["N118 1:40000"]


def test_plain_values_follow_what_editors_mean() -> None:
    """For the layout's options: numbers and truth values, but no dates, times or octal numbers."""
    node, _ = _parse("{a: yes, b: Off, c: 012, d: 1.5, e: 12:30, f: '1', g: ~, h: [1, x], i: 28pt, j: -3, k: 1e3}")
    assert isinstance(node, YamlMapping)
    expected = {"a": True, "b": False, "c": "012", "d": 1.5, "e": "12:30", "f": "1", "g": None, "h": [1, "x"]}
    assert plain_value(node) == {**expected, "i": "28pt", "j": -3, "k": 1000.0}


@given(st.text(alphabet=st.sampled_from(list("ab甲: \n\t-[]{},'\"|>#&*!%@`?~<.\\0")), max_size=60))
def test_any_text_gives_a_node_or_a_finding(text: str) -> None:
    """Hostile YAML never raises, and nothing is refused without a reason."""
    node, found = _parse(text)
    try:
        events = list(yaml.parse(text, Loader=yaml_reader._Loader))
    except yaml.YAMLError:
        assert found
    else:
        assert node is not None or found or not any(isinstance(event, yaml.NodeEvent) for event in events)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: 甲\n  number: 12\n", 2, "行首多了 2 个空格"),
        ("pages:\n  - title: 甲\n      subtitle: 乙\n", 3, "行首多了"),
        ("lead: |\n第一段。\n\n第二段。\nkeywords: 甲\n", 2, "「lead」的文字每行前面都要空两格"),
        ("title: 甲\nlead: |\n  第一段。\n\n第二段。\nkeywords: 甲\n", 5, "「lead」的文字每行前面都要空两格"),
        ("title: 甲\n值 没有字段\nnumber: 1\n", 2, "这一行缺少"),
    ],
)
def test_blanks_before_a_line_are_named_as_the_cause(text: str, line: int, words: str) -> None:
    """A blank too many, or a text that is not indented, is told as that and where it stands."""
    findings = Findings()
    assert parse_yaml(text, Path("a.yaml"), findings) is None
    (found,) = findings
    assert (found.code, found.place.line) == ("N114", line)
    assert words in found.message_zh

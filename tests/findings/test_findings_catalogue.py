"""The codes are one complete set, and their reference page is current."""

from __future__ import annotations

import dataclasses
import re
import sys
import types
from pathlib import Path

import pytest

import newsletter_pdf.findings.source as source_rules
from newsletter_pdf.findings import Rule, Severity, catalogue

DOCS = Path(__file__).parents[2] / "docs"
NOT_TEXTS = {"code", "severity", "fixed", "away_zh", "away_en"}
TEXTS = [field.name for field in dataclasses.fields(Rule) if field.name not in NOT_TEXTS]


@pytest.mark.parametrize("rule", catalogue.all_rules(), ids=lambda rule: rule.code)
def test_every_rule_says_everything(rule: Rule) -> None:
    """A rule has a code of the one form, no empty text, Chinese in its Chinese and English in its English texts."""
    assert re.fullmatch(r"N\d{3}", rule.code)
    for name in TEXTS:
        assert getattr(rule, name).strip(), name
    for name in ("message_zh", "hint_zh", "what", "why", "remedy"):
        # A whole text may be a field that is filled in Chinese.
        assert re.search(r"[\u4e00-\u9fff]|_zh\}", getattr(rule, name)), name
    for name in ("message_en", "hint_en"):
        assert re.search(r"[A-Za-z]{3}", getattr(rule, name)), name


@pytest.mark.parametrize("rule", catalogue.all_rules(), ids=lambda rule: rule.code)
def test_both_languages_say_the_same_things(rule: Rule) -> None:
    """The Chinese and the English message speak of as many fields, and the rule can be filled in."""
    names = {name for text in TEXTS[:4] for name in catalogue.template_fields(getattr(rule, text))}
    finding = rule.at(**dict.fromkeys(names, 7))
    assert "{" not in finding.message_zh.replace("{{", "")
    assert bool(rule.away_zh) is bool(rule.away_en)
    for zh, en in (("message_zh", "message_en"), ("hint_zh", "hint_en")):
        stems = [
            {re.sub(r"_(zh|en)$", "", name) for name in catalogue.template_fields(getattr(rule, text))}
            for text in (zh, en)
        ]
        # 「{label}」 repeats in Chinese what {key} says; no message may lack what the other language tells.
        assert stems[1] <= stems[0], (zh, stems)


def test_codes_are_sorted_and_unique() -> None:
    """A code means one thing."""
    codes = [rule.code for rule in catalogue.all_rules()]
    assert codes == sorted(set(codes))
    assert len(codes) > 50


def test_two_rules_with_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code used twice stops the catalogue, naming the code."""
    other = dataclasses.replace(source_rules.RULES[0], what="别的意思")
    monkeypatch.setattr(source_rules, "RULES", (*source_rules.RULES, other))
    with pytest.raises(ValueError, match=other.code):
        catalogue.all_rules()


def test_a_rule_left_out_of_the_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is declared and not listed would be undocumented, so it is refused."""
    name = "newsletter_pdf.findings.made_up"
    module = types.ModuleType(name)
    module.LOST = dataclasses.replace(source_rules.RULES[0], code="N199")  # type: ignore[attr-defined]  # made here
    monkeypatch.setitem(sys.modules, name, module)
    known = list(catalogue._modules())
    monkeypatch.setattr(catalogue, "_modules", lambda: iter([*known, name]))
    with pytest.raises(ValueError, match=r"made_up\.LOST"):
        catalogue.all_rules()


def test_the_reference_page_is_current() -> None:
    """docs/findings.md is what tools/write_docs.py would write."""
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == catalogue.reference_page()


def test_the_reference_page_has_an_entry_for_every_code() -> None:
    """Each code has a heading, an anchor, its severity and its four explanations."""
    page = catalogue.reference_page()
    rules = catalogue.all_rules()
    for rule in rules:
        assert page.count(f"\n### {rule.code}　") == 1
        assert f'<a id="{rule.code.lower()}"></a>' in page
    for part in ("是什么", "为什么", "例", "怎么办"):
        assert page.count(f"- **{part}**：") == len(rules)
    errors = sum(rule.severity is Severity.ERROR for rule in rules)
    assert page.count("* · 错误\n") == errors


def test_marks_in_a_template_do_not_format_the_page() -> None:
    """Angle brackets and stars of a message are shown, code marks keep working, examples of many lines are fenced."""
    rule = dataclasses.replace(
        source_rules.RULES[0], message_zh="标签 <b> 与 {x!r:>4} *号*", what="写成 `a_b*` 或 a_b", example="一\n```\n二"
    )
    entry = "\n".join(catalogue._entry(rule))
    assert r"标签 \<b> 与 … \*号\*" in entry
    assert r"写成 `a_b*` 或 a\_b" in entry
    assert "  ````\n  一\n  ```\n  二\n  ````" in entry


def test_findings_without_end_are_told_as_a_number() -> None:
    """Of one rule in one file so many are kept as can be shown; one more says how many there are besides."""
    from pathlib import Path

    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings.rule import MOST
    from newsletter_pdf.findings.source import CONTROL_CHARACTER

    findings, file = Findings(), Path("a.md")
    for line in range(1, MOST + 51):
        findings.add(CONTROL_CHARACTER.at(Place(file, line, 1), codepoint="U+0001"))
    findings.add(CONTROL_CHARACTER.at(Place(Path("b.md"), 1, 1), codepoint="U+0001"))
    listed = list(findings)
    assert (len(listed), len(findings), findings.errors) == (MOST + 2, MOST + 2, MOST + 2)
    assert "50" in listed[-1].message_zh
    assert listed[-1].place == Place(file)

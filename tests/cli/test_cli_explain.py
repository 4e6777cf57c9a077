"""``explain`` and the SARIF output of ``check``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.findings.catalogue import all_rules


def test_explain_shows_the_whole_entry(run) -> None:
    """What, why, example and remedy of the code, in whatever case it is typed; the English message beside."""
    rule = next(rule for rule in all_rules() if rule.code == "N201")
    result = run("explain", "n201")
    assert result.code == 0
    for text in (rule.what, rule.why, rule.remedy, rule.example):
        assert all(line in result.out for line in text.strip().splitlines())
    assert "不认识的字段" in result.out
    assert "Unknown key" in result.out


def test_explain_lists_every_code(run) -> None:
    """Without a code there is one line for each."""
    codes = re.findall(r"^N\d{3}(?= )", run("explain").out, re.MULTILINE)
    assert codes == [rule.code for rule in all_rules()]


def test_explain_tells_codes_near_a_wrong_one(run) -> None:
    """A mistyped code is wrong usage, with those that it may have been."""
    result = run("explain", "N20")
    assert result.code == 2
    assert re.search(r"相近的有 N2\d\d", result.err)


def test_explain_as_json_has_what_programs_need(run) -> None:
    """The same entry, field by field."""
    (rule,) = json.loads(run("explain", "N201", "--json").out)["rules"]
    assert rule["code"] == "N201"
    assert set(rule) == {"code", "severity", "message_zh", "message_en", "what", "why", "example", "remedy"}


def test_check_speaks_sarif(run, pipeline: SimpleNamespace, issue: Path, error: Rule) -> None:
    """Every finding is a result with its rule, its level and its place, relative to where the command runs."""
    found = Findings()
    found.add(error.at(Place(issue / "01-栏 目.md", 3, 7)))
    found.add(error.at(Place(page=4)))
    pipeline.check = lambda _folder, **_options: found
    result = run("check", str(issue), "--sarif")
    assert result.code == 1
    (ran,) = json.loads(result.out)["runs"]
    first, second = ran["results"]
    assert first["level"] == "error"
    assert ran["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == error.code
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "content/2026-11/01-%E6%A0%8F%20%E7%9B%AE.md"
    assert location["region"] == {"startLine": 3, "startColumn": 7}
    assert second["properties"] == {"page": 4}

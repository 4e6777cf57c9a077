"""What ``rules:`` of ``issue.yaml`` may hold: names of rules and groups, and the levels that they allow."""

from __future__ import annotations

from newsletter_pdf.findings import Level, Severity
from newsletter_pdf.findings import fields as rules
from newsletter_pdf.findings.groups import allowed_levels, nearest_name, rules_named
from newsletter_pdf.reader.context import Context
from newsletter_pdf.source import YamlNode, YamlScalar

_WORDS = {Level.OFF: "不查", Level.WARN: "警告", Level.ERROR: "错误"}


def rule_level(context: Context, name: YamlScalar, value: YamlNode) -> Level | None:
    """The level that one line sets, or None after reporting what is wrong with it."""
    named = rules_named(name.text)
    if not named:
        near = nearest_name(name.text)
        fields = {
            "nearest_zh": f"是不是「{near}」？" if near else "编号和组名见 docs/findings.md",
            "nearest_en": f"Did you mean “{near}”?" if near else "See docs/findings.md for codes and groups",
        }
        context.report(rules.UNKNOWN_RULE, name.place, name=name.text[:40], **fields)
        return None
    text = value.text.strip() if isinstance(value, YamlScalar) else ""
    if text not in list(Level):
        fields = {
            "choices": ", ".join(Level),
            "choices_zh": "、".join(f"{level}（{word}）" for level, word in _WORDS.items()),
        }
        context.report(rules.BAD_CHOICE, value.place, key=name.text, value=text[:40], **fields)
        return None
    level = Level(text)
    allowed = {level for rule in named for level in allowed_levels(rule)}
    if level in allowed or (level is Level.ERROR and all(rule.severity is Severity.ERROR for rule in named)):
        return level
    context.report(rules.RULE_FIXED, value.place, name=name.text, level=level, **_allowed(allowed))
    return None


def _allowed(levels: set[Level]) -> dict[str, str]:
    if not levels:
        zh = "它保护内容、核对成品，或不由某一期来定，轻重不能改；删去这一行"
        return {
            "allowed_zh": zh,
            "allowed": "It guards the content or the proof, or is not an issue's: delete the line",
        }
    order = [level for level in Level if level in levels]
    zh = "、".join(f"{level}（{_WORDS[level]}）" for level in order)
    return {"allowed_zh": f"可以设为 {zh}；或者删去这一行", "allowed": f"It can be set to {' or '.join(order)}"}

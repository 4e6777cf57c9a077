"""The groups of rules, and what an issue sets its rules to (``rules:`` in ``issue.yaml``)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from newsletter_pdf.findings.rule import Level, Rule


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of one kind: a name for ``issue.yaml``, Chinese words for editors, the codes as ranges (ends included).

    Groups that are not ``settable`` speak of a command or of the computer, not of an issue.
    """

    name: str
    title: str
    ranges: tuple[tuple[int, int], ...]
    settable: bool = True

    def holds(self, code: str) -> bool:
        """Whether the rule ``code`` belongs here."""
        number = int(code[1:])
        return any(low <= number <= high for low, high in self.ranges)


GROUPS: tuple[RuleGroup, ...] = (
    RuleGroup("source", "文件与写法", ((100, 199),)),
    RuleGroup("content", "内容", ((200, 299),)),
    RuleGroup("layout", "版式与字体", ((300, 399),)),
    RuleGroup("rendering", "排版", ((400, 499),)),
    RuleGroup("contents", "目次、页码与链接", ((512, 513), (520, 539), (550, 559), (715, 719))),
    RuleGroup("page", "页面", ((510, 511), (700, 714))),
    RuleGroup("text", "文字", ((720, 739),)),
    RuleGroup("file", "PDF 文件", ((500, 509), (514, 519), (540, 549), (560, 579), (680, 699))),
    RuleGroup("line-setting", "行的排法", ((580, 599),)),
    RuleGroup("facts", "刊物的事实", ((740, 769),)),
    RuleGroup("proof-reading", "校对", ((770, 799),)),
    RuleGroup("commands", "导入、新建、重做、签发与寄送", ((600, 679), (800, 899), (930, 939)), settable=False),
    RuleGroup("environment", "运行环境", ((900, 929), (940, 999)), settable=False),
)


def group_of(code: str) -> RuleGroup:
    """The one group of a rule; ValueError when it has none or several."""
    found = [group for group in GROUPS if group.holds(code)]
    if len(found) != 1:
        raise ValueError(f"{code} belongs to {len(found)} groups; see findings/groups.py")
    return found[0]


@cache
def _rules() -> Mapping[str, Rule]:
    # Loading every rule takes a few milliseconds, which an issue without settings need not spend.
    from newsletter_pdf.findings.catalogue import all_rules

    return {rule.code: rule for rule in all_rules()}


def allowed_levels(rule: Rule) -> tuple[Level, ...]:
    """What an issue may set ``rule`` to."""
    return rule.levels if group_of(rule.code).settable else ()


def rules_named(name: str) -> tuple[Rule, ...]:
    """The rules that a code or a group name means; empty for an unknown name."""
    if name in _rules():
        return (_rules()[name],)
    group = next((group for group in GROUPS if group.name == name), None)
    return () if group is None else tuple(rule for code, rule in _rules().items() if group.holds(code))


def setting_names() -> tuple[str, ...]:
    """Every name that may stand in ``rules:``: the groups, then the codes, of what can be set at all."""
    groups = [group.name for group in GROUPS if any(map(allowed_levels, rules_named(group.name)))]
    return (*groups, *(code for code, rule in _rules().items() if allowed_levels(rule)))


def nearest_name(name: str) -> str | None:
    """The group or code that was probably meant."""
    text = name.strip()
    title = next((group.name for group in GROUPS if text and text in group.title), None)
    names = [*_rules(), *(group.name for group in GROUPS)]
    by_case = {known.lower(): known for known in names}
    near = difflib.get_close_matches(text.lower().replace("_", "-"), by_case, n=1, cutoff=0.55)
    return title or (by_case[near[0]] if near else None)


def levels(settings: Mapping[str, Level]) -> Mapping[str, Level]:
    """Rule code → level. A code's own setting wins over its group's; a rule that may not be set so stays as it is."""
    if not settings:
        return {}
    result: dict[str, Level] = {}
    for name in sorted(settings, key=lambda name: name in _rules()):
        for rule in rules_named(name):
            if settings[name] in allowed_levels(rule):
                result[rule.code] = settings[name]
    return result

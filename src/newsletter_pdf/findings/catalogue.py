"""All finding codes together, and the reference page for editors that is generated from them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator

import newsletter_pdf.findings as package
from newsletter_pdf.calling import with_make
from newsletter_pdf.findings.groups import GROUPS, allowed_levels, group_of
from newsletter_pdf.findings.rule import Rule, Severity

_AREAS = (
    ("N1", "文件与写法", "读文件、YAML 和 Markdown 时发现的问题。"),
    ("N2", "内容", "一期的内容：字段、标题、文章、图片、来源。"),
    ("N3", "版式与字体", "版式（layouts/）的选项，字体文件夹（fonts/）。"),
    ("N4", "排版", "排版过程中发现的问题。"),
    ("N5", "成品校验", "从做好的 PDF 里读回来核对时发现的问题。"),
    (
        "N6",
        "导入、新建、重做与签发；成品文件",
        "导入稿件、建立新的一期、照清单重做、签发时的问题；N68x、N69x 是成品文件本身的问题。",
    ),
    (
        "N7",
        "逐页与逐句的校验；刊物的事实与校对",
        "N700–N739 从做好的 PDF 里逐页、逐句核对；N740 起是期号、日期、编委会、重复的文章、联系方式，"
        "以及中文的标点、引号、空格。",
    ),
    (
        "N8",
        "Word 稿件；寄送",
        "N826–N829、N83x：读 Word 稿件时的问题，导入的其余问题在 N6xx；N84x 起：寄送的设置、名单和台账。",
    ),
    ("N9", "运行环境、新刊与版式", "电脑上缺少的东西，找不到的文件夹；N93x 是建立新刊、新版式时的问题。"),
)
_WORDS = {
    Severity.ERROR: ("错误", "会停下，不做 PDF"),
    Severity.WARNING: ("警告", "照样做，请看一眼"),
    Severity.INFO: ("提示", "照样做，只是告知"),
}


def all_rules() -> tuple[Rule, ...]:
    """Every declared rule, by code.

    Raises ValueError when two different rules have one code, or a module's rule is missing from every ``RULES``.
    """
    rules: dict[str, Rule] = {}
    declared: dict[str, Rule] = {}
    for name in _modules():
        module = importlib.import_module(name)
        for attribute, value in vars(module).items():
            if isinstance(value, Rule):
                declared[f"{name}.{attribute}"] = value
        for rule in getattr(module, "RULES", ()):
            if rules.setdefault(rule.code, rule) != rule:
                raise ValueError(f"two rules have the code {rule.code}; one is {name}'s")
    if unlisted := [name for name, rule in declared.items() if rules.get(rule.code) != rule]:
        raise ValueError("rules missing from RULES: " + ", ".join(unlisted))
    return tuple(rules[code] for code in sorted(rules))


def _modules() -> Iterator[str]:
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name != __name__:
            yield module.name


def template_fields(template: str) -> frozenset[str]:
    """The names of the fields that a message template wants."""
    return frozenset(re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(template) if name)


def reference_page() -> str:
    """``docs/findings.md``: one entry a code, Chinese first with the English message beside."""
    rules = all_rules()
    lines = [
        "# 问题一览",
        "",
        "<!-- 本页由 tools/write_docs.py 从程序里的声明生成，请不要直接改。Generated; do not edit. -->",
        "",
        "每个问题都有一个编号，比如 N201。屏幕上、报告里看到编号，到这里查：它是什么意思，为什么要管，怎么改。",
        "",
        "| 程度 | 意思 |",
        "|---|---|",
        *(f"| {word} | {meaning} |" for word, meaning in _WORDS.values()),
        "",
        "消息里的「…」处，实际显示时是具体的名字或数字。",
        "",
        *_group_table(),
    ]
    shown = 0
    for prefix, title, text in _AREAS:
        of_area = [rule for rule in rules if rule.code.startswith(prefix)]
        if of_area:
            lines += [f"## {prefix.ljust(4, 'x')}　{title}", "", text, ""]
            for rule in of_area:
                lines += _entry(rule)
        shown += len(of_area)
    if shown != len(rules):
        raise ValueError("a rule's code belongs to no area of the reference page")
    # Editors work through make; the plain commands are those of --help.
    return with_make("\n".join(lines).rstrip() + "\n")


def _group_table() -> list[str]:
    return [
        "## 规则组，以及怎样设轻重",
        "",
        "规则分成组。`issue.yaml` 的 `rules` 可以按编号或组名设轻重，对这一期的全部问题生效：",
        "",
        "```yaml",
        "rules:",
        "  proof-reading: error   # 整组都当作错误",
        "  N778: off              # 其中这一条不查",
        "```",
        "",
        "三种程度：`off` 不查，`warn` 警告，`error` 错误（会停下）。编号的设置优先于组的设置。"
        "保护内容、核对页码的规则不能关掉或减轻：每条的「可设」写明它能设成什么；"
        "对整组的设置，只对组里允许的那些起作用。",
        "",
        "| 组名 | 内容 | 编号 |",
        "|---|---|---|",
        *(f"| `{group.name}` | {group.title}{_unset(group.settable)} | {_ranges(group.ranges)} |" for group in GROUPS),
        "",
    ]


def _unset(settable: bool) -> str:
    return "" if settable else "（不能设）"


def _ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    return "、".join(f"N{low}–N{high}" for low, high in ranges)


def _levels(rule: Rule) -> str:
    return "、".join(f"`{level}`" for level in allowed_levels(rule)) or "不能改"


def _entry(rule: Rule) -> list[str]:
    return [
        f'<a id="{rule.code.lower()}"></a>',
        "",
        f"### {rule.code}　{plain_message(rule.message_zh)}",
        "",
        f"*{plain_message(rule.message_en)}* · {_WORDS[rule.severity][0]}",
        "",
        f"组 `{group_of(rule.code).name}` · 可设：{_levels(rule)}",
        "",
        f"- **是什么**：{_flat(rule.what)}",
        f"- **为什么**：{_flat(rule.why)}",
        *_example(rule.example),
        f"- **怎么办**：{_flat(rule.remedy)}",
        "",
    ]


def _example(text: str) -> list[str]:
    lines = text.strip("\n").splitlines()
    if len(lines) > 1:
        # Four marks, as an example may itself hold a fence of three.
        return ["- **例**：", "", "  ````", *(f"  {line}".rstrip() for line in lines), "  ````", ""]
    return [f"- **例**：{_flat(text)}"]


def plain_message(template: str) -> str:
    """A message template without its fields: each of them an ellipsis."""
    parts = []
    for literal, name, _, _ in string.Formatter().parse(template):
        parts.append(literal + ("…" if name is not None else ""))
    return _flat("".join(parts))


def _flat(text: str) -> str:
    """One line, in which nothing is read as HTML or as emphasis; text in code marks stays as it is."""
    pieces = re.split(r"(`[^`]*`)", " ".join(text.split()))
    for index in range(0, len(pieces), 2):
        pieces[index] = re.sub(r"([<*_\[\]|\\])", r"\\\1", pieces[index])
    return "".join(pieces)

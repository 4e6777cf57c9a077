"""All finding codes together, and the reference page for editors that is generated from them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator

import newsletter_pdf.findings as package
from newsletter_pdf.findings.rule import Rule, Severity

_AREAS = (
    ("N1", "文件与写法", "读文件、YAML 和 Markdown 时发现的问题。"),
    ("N2", "内容", "一期的内容：字段、标题、文章、图片、来源。"),
    ("N3", "版式与字体", "版式（layouts/）的选项，字体文件夹（fonts/）。"),
    ("N4", "排版", "排版过程中发现的问题。"),
    ("N5", "成品校验", "从做好的 PDF 里读回来核对时发现的问题。"),
    ("N6", "导入、新建、重做与签发", "导入稿件、建立新的一期、照清单重做、签发时的问题。"),
    ("N8", "寄送", "寄送的设置、收件人名单、寄送和寄送记录、退信。"),
    ("N9", "运行环境", "电脑上缺少的东西，找不到的文件夹。"),
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
    ]
    shown = 0
    for prefix, title, text in _AREAS:
        of_area = [rule for rule in rules if rule.code.startswith(prefix)]
        if of_area:
            lines += [f"## {prefix}xx　{title}", "", text, ""]
            for rule in of_area:
                lines += _entry(rule)
        shown += len(of_area)
    if shown != len(rules):
        raise ValueError("a rule's code belongs to no area of the reference page")
    return "\n".join(lines).rstrip() + "\n"


def _entry(rule: Rule) -> list[str]:
    return [
        f'<a id="{rule.code.lower()}"></a>',
        "",
        f"### {rule.code}　{_plain(rule.message_zh)}",
        "",
        f"*{_plain(rule.message_en)}* · {_WORDS[rule.severity][0]}",
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


def _plain(template: str) -> str:
    """A template as a heading: each field an ellipsis."""
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

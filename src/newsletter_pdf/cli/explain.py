"""``newsletter-pdf explain``."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings.rule import Rule

_WORDS = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note")}


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def explain(
        codes: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="CODE…", help=say("编号，例如 N201；不写则列出全部", "codes such as N201; none: all")
            ),
        ] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(codes or [], json_output, say)

    app.command(
        "explain",
        cls=HelpfulCommand,
        short_help=say("查一个编号：是什么，为什么，怎么改", "what a finding's code means and what to do"),
        help=say(
            "显示一条问题的说明：是什么意思，为什么要管，例子，怎么改。内容与 docs/findings.md 相同。",
            "Shows the entry of a finding's code: what, why, an example and the remedy, as docs/findings.md has it "
            "(in Chinese; message and hint in both languages).",
        ),
        epilog=common.example(say, "newsletter-pdf explain N201", "newsletter-pdf explain"),
    )(explain)


def run(codes: list[str], json_output: bool, say: Say) -> int:
    """Show the entries of ``codes``, or a line for each code there is; returns the exit code."""
    from newsletter_pdf.findings.catalogue import all_rules

    rules = {rule.code: rule for rule in all_rules()}
    asked = [_found(code, rules) for code in codes]
    if json_output:
        from newsletter_pdf.console import print_json

        print_json({"rules": [_as_json(rule) for rule in asked or rules.values()]})
        return common.GOOD
    screen = common.screen(say)
    if not asked:
        for rule in rules.values():
            screen.line(f"{rule.code}  {say(*_WORDS[rule.severity.value])}  {say(*_messages(rule))}")
    for number, rule in enumerate(asked):
        if number:
            screen.line("")
        _show(rule, screen, say)
    return common.GOOD


def _found(code: str, rules: "dict[str, Rule]") -> "Rule":
    from difflib import get_close_matches

    rule = rules.get(code.strip().upper())
    if rule is None:
        typed = code.strip().upper()
        begun = [known for known in rules if typed and known.startswith(typed)]
        near = begun[:5] or get_close_matches(typed, rules, n=3)
        zh, en = f"没有编号 {code}", f"There is no code {code}"
        if near:
            zh += f"；相近的有 {'、'.join(near)}"
            en += f"; near it: {', '.join(near)}"
        raise WrongUsageError(zh, en)
    return rule


def _messages(rule: "Rule") -> tuple[str, str]:
    """The messages with an ellipsis for what is filled in."""
    from newsletter_pdf.findings.catalogue import plain_message

    return plain_message(rule.message_zh), plain_message(rule.message_en)


def _show(rule: "Rule", screen: "Screen", say: Say) -> None:
    zh, en = _messages(rule)
    screen.line(f"{rule.code}  {say(zh, en)}", "bold")
    screen.line(f"{say(*_WORDS[rule.severity.value])}  {say(en, zh)}")
    for title, text in (
        (say("是什么", "What"), rule.what),
        (say("为什么", "Why"), rule.why),
        (say("例", "Example"), rule.example),
        (say("怎么办", "Remedy"), rule.remedy),
    ):
        screen.line("")
        screen.line(f"{title}{say('：', ':')}")
        for line in text.strip("\n").splitlines():
            screen.line(f"  {line}")


def _as_json(rule: "Rule") -> dict[str, str]:
    zh, en = _messages(rule)
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "message_zh": zh,
        "message_en": en,
        "what": rule.what,
        "why": rule.why,
        "example": rule.example,
        "remedy": rule.remedy,
    }

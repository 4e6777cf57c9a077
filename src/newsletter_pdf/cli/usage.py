"""Wrong usage: our own, and the command line library's, told in the user's language."""

from __future__ import annotations

import re

from typer import TyperException

from newsletter_pdf.calling import called
from newsletter_pdf.cli.language import Say

_CHOICE = re.compile(r"(?P<given>'.*') is not one of (?P<choices>.+)\.", re.DOTALL)
_NO_COMMAND = re.compile(r"No such command (?P<name>'.*?')\.?(?: Did you mean (?P<near>.+)\?)?", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<extra>.*)\)", re.DOTALL)
_NEEDS_VALUE = re.compile(r"Option '(?P<name>.*?)' requires (?:an argument|\d+ arguments)\.")
_QUOTED = re.compile(r"'([^']*)'")
_NO_VALUE = re.compile(r"Option '(?P<name>.*?)' does not take a value\.")


class WrongUsageError(Exception):
    """The command was called with something it cannot work on; shown with exit code 2."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def usage_message(error: TyperException | WrongUsageError, say: Say) -> str:
    """What is wrong with the call, as one line."""
    if isinstance(error, WrongUsageError):
        return called(say(error.zh, error.en))
    english = " ".join(error.format_message().split())
    return say(_QUOTED.sub("“\\1”", _in_chinese(error, english)), english)


def _in_chinese(error: TyperException, english: str) -> str:
    """The Chinese for an error of the library; one that we do not know keeps its English text.

    The kinds of error are told apart by what they carry, as the library does not export their classes.
    """
    option = getattr(error, "option_name", None)
    near = getattr(error, "possibilities", None)
    if option is not None and english.startswith("No such option"):
        return f"没有选项 {option}。" + (f"您要写的是不是 {'、'.join(sorted(near))}？" if near else "")
    param = getattr(error, "param", None)
    name = "" if param is None else _name(param)
    if english.startswith("Missing argument"):
        return f"缺少 {name}。"
    if english.startswith("Missing option"):
        return f"缺少选项 {name}。"
    if found := _CHOICE.search(error.message):
        return f"{name} 不能是{found['given']}，只能是{found['choices'].replace(', ', '、')}。"
    if found := _NO_COMMAND.match(english):
        return f"没有命令{found['name']}。" + (f"您要写的是不是{found['near']}？" if found["near"] else "")
    if found := _EXTRA.match(english):
        return f"多出了不认识的内容：{found['extra']}"
    if found := _NEEDS_VALUE.match(english):
        return f"选项 {found['name']} 后面要写一个值。"
    if found := _NO_VALUE.match(english):
        return f"选项 {found['name']} 后面不写值。"
    if english.startswith("Missing command"):
        return "缺少命令。"
    return english


def _name(param: object) -> str:
    """How the parameter is written on the command line."""
    if getattr(param, "param_type_name", "") == "option":
        return " / ".join(getattr(param, "opts", ()))
    return str(getattr(param, "metavar", None) or getattr(param, "name", ""))

"""Help pages in the user's language, with an example, laid out for Han and Latin together."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from newsletter_pdf.cli.language import Say

_INDENT = "  "
_WIDEST_NAME = 24


def _page(command: Any, context: Any, formatter: Any) -> None:
    """Write the help page of ``command``; the library's own has its words in English and counts Han as one cell."""
    say: Say = context.find_root().command.say
    width = max(40, min(shutil.get_terminal_size((80, 24)).columns, 100))
    out = [say("用法：", "Usage: ") + " ".join((context.command_path, *_usage(command, context, say)))]
    for paragraph in (command.help or "").split("\n\n"):
        out += ["", *_wrapped(paragraph, width, _INDENT)]
    arguments, options = [], []
    for param in command.get_params(context):
        if getattr(param, "hidden", False):
            continue
        text = say("显示这份帮助", "Show this help") if param.name == "help" else param.help or ""
        if param.param_type_name == "argument":
            arguments.append((param.metavar or param.name.upper(), text))
        else:
            value = f" {param.metavar}" if param.metavar else ""
            options.append((", ".join(sorted(param.opts, key=len, reverse=True)) + value, text))
    out += _table(say("参数", "Arguments"), arguments, width)
    out += _table(say("选项", "Options"), options, width)
    if isinstance(command, TyperGroup):
        rows = [(name, item.short_help or "") for name, item in command.commands.items() if not item.hidden]
        out += _table(say("命令", "Commands"), rows, width)
    if command.epilog:
        # Examples and exit codes: lines that stay as they are.
        out += ["", *command.epilog.splitlines()]
    formatter.write("\n".join(out) + "\n")


def _usage(command: Any, context: Any, say: Say) -> list[str]:
    """What follows the command's name: its arguments, the options it must have, and that there are others."""
    if isinstance(command, TyperGroup):
        return [say("[选项]", "[OPTIONS]"), say("命令 …", "COMMAND ...")]
    needed = [param for param in command.get_params(context) if param.required]
    words = [param.metavar for param in needed if param.param_type_name == "argument"]
    words += [f"{param.opts[0]} {param.metavar}" for param in needed if param.param_type_name == "option"]
    return [*words, say("[选项]", "[OPTIONS]")]


def _table(title: str, rows: Iterable[tuple[str, str]], width: int) -> list[str]:
    from newsletter_pdf.console.text import cell_width, wrap

    rows = list(rows)
    if not rows:
        return []
    column = min(_WIDEST_NAME, max(cell_width(name) for name, _ in rows)) + 4
    out = ["", title]
    for name, text in rows:
        first = f"{_INDENT}{name}  "
        if cell_width(first) > column:
            out.append(first.rstrip())
            first = ""
        first += " " * (column - cell_width(first))
        out += wrap(text, width, first=first, rest=" " * column)
    return out


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    from newsletter_pdf.console.text import wrap

    return wrap(text, width, first=indent, rest=indent)


class HelpfulCommand(TyperCommand):
    """A command whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _page(self, ctx, formatter)


class HelpfulGroup(TyperGroup):
    """The command as a whole; ``say`` picks the language of every help page below it."""

    say: Say

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse ``args``; asked for help, print it and end before the library loads what checks values (0.2 s)."""
        before = args[: args.index("--")] if "--" in args else args
        if any(name in before for name in ctx.help_option_names):
            command = next((self.commands[word] for word in before if word in self.commands), None)
            if command is not None:
                ctx = command.context_class(command, info_name=command.name, parent=ctx)
            typer.echo(ctx.get_help())
            raise typer.Exit
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _page(self, ctx, formatter)

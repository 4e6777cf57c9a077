"""Completion of commands and options in the shell: the two options that install it, and the answers to the shell.

The scripts and the protocol are the library's; its messages are in English alone, so they are given here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import typer

from newsletter_pdf.cli.language import Say
from newsletter_pdf.cli.usage import WrongUsageError

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABLE = "_NEWSLETTER_PDF_COMPLETE"
"""The environment variable by which the shell asks; what it holds says for which shell."""


def install_option(say: Say) -> Any:
    """``--install-completion SHELL``."""

    def callback(shell: str | None) -> None:
        if shell is not None:
            _install(shell, say)
            raise typer.Exit

    help_text = say("为一种命令行安装补全：", "install completion for a shell: ") + ", ".join(SHELLS)
    return typer.Option("--install-completion", metavar="SHELL", callback=callback, is_eager=True, help=help_text)


def show_option(say: Say) -> Any:
    """``--show-completion SHELL``."""

    def callback(shell: str | None) -> None:
        if shell is not None:
            typer.echo(_script(shell))
            raise typer.Exit

    help_text = say("显示补全的脚本，供自己安装", "print the script, to install it by hand")
    return typer.Option("--show-completion", metavar="SHELL", callback=callback, is_eager=True, help=help_text)


def answer(command: Any, name: str, environ: Mapping[str, str] | None = None) -> int | None:
    """Answer the shell when it asks for completions; None when it does not."""
    instruction = (os.environ if environ is None else environ).get(VARIABLE)
    if not instruction:
        return None
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    return int(shell_complete(command, {}, name, VARIABLE, instruction))


def _known(shell: str) -> str:
    shell = shell.strip().lower()
    if shell not in SHELLS:
        listed = "、".join(SHELLS)
        raise WrongUsageError(f"不认识的命令行「{shell}」，可选：{listed}", f"Unknown shell “{shell}”: {listed}")
    return shell


def _script(shell: str) -> str:
    from typer._completion_shared import get_completion_script

    return get_completion_script(prog_name="newsletter-pdf", complete_var=VARIABLE, shell=_known(shell))


def _install(shell: str, say: Say) -> None:
    from typer._completion_shared import install

    try:
        _, path = install(shell=_known(shell), prog_name="newsletter-pdf", complete_var=VARIABLE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WrongUsageError(f"写不进补全的脚本：{reason}", f"The script cannot be written: {reason}") from error
    typer.echo(say(f"补全装好了：{path}", f"Completion is installed: {path}"))
    typer.echo(say("重新打开终端后生效。", "It takes effect in a new terminal."))

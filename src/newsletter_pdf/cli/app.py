"""The command as a whole: its commands and options in one language."""

from typing import Annotated, cast

import typer
from typer.main import get_command

from newsletter_pdf import __version__
from newsletter_pdf.cli import (
    approve,
    bounces,
    build,
    check,
    common,
    completion,
    diff,
    explain,
    importing,
    init,
    lines,
    mail,
    new,
    preview,
    report,
    reproduce,
    send,
    verify,
)
from newsletter_pdf.cli.help import HelpfulGroup
from newsletter_pdf.cli.language import Lang, Say

NAME = "newsletter-pdf"


def command_in(say: Say) -> HelpfulGroup:
    """The whole command, speaking through ``say``."""
    app = typer.Typer(
        name=NAME,
        cls=HelpfulGroup,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        help=say(
            "把一期通讯从文本文件做成校验过的 PDF。",
            "Typesets an issue of a periodical from text files into a proved PDF.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf new 2026-12",
            "newsletter-pdf check content/2026-12",
            "newsletter-pdf build content/2026-12",
        )
        + "\n\n"
        + say(
            "结束码\n  0 正常  1 有错误，没有做成  2 命令用错了  3 程序的故障（有日志）  130 被中断",
            "Exit codes\n  0 good  1 findings that stop it  2 wrong usage  3 a fault of ours (logged)  130 interrupted",
        ),
    )

    def version(asked: bool) -> None:
        if asked:
            typer.echo(f"{NAME} {__version__}")
            raise typer.Exit

    def root(
        _version: Annotated[
            bool, typer.Option("--version", callback=version, is_eager=True, help=say("显示版本号", "show the version"))
        ] = False,
        _install: Annotated[str | None, completion.install_option(say)] = None,
        _show: Annotated[str | None, completion.show_option(say)] = None,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> None:
        return

    app.callback()(root)
    for module in (
        build, preview, check, report, verify, diff, lines, reproduce, approve, mail, send, bounces, init, new,
        importing, explain,
    ):  # fmt: skip
        module.register(app, say)
    group = cast(HelpfulGroup, get_command(app))
    group.say = say
    return group

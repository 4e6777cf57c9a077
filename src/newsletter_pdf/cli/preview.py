"""``newsletter-pdf preview``."""

import errno
import os
import webbrowser
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

_EDITOR = "NEWSLETTER_PDF_EDITOR"
_KNOWN = {"vscode": "vscode://file/{path}:{line}:{column}"}
"""Editors whose address need not be typed; the address is the one that VS Code documents under “Opening with URLs”."""


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def preview(
        folder: Annotated[Path, common.issue_argument(say)],
        layout: Annotated[
            str | None,
            typer.Option("--layout", metavar="N", help=say("用另一种版式", "another layout than issue.yaml names")),
        ] = None,
        out: Annotated[Path | None, common.where_option(say, "制作时 PDF 放在哪里", "where a built PDF goes")] = None,
        port: Annotated[
            int | None,
            typer.Option(
                "--port",
                min=1,
                max=65535,
                help=say("端口，默认用上次的或任一空闲的", "the port; default: as last time"),
            ),
        ] = None,
        editor: Annotated[
            str | None,
            typer.Option(
                "--editor",
                metavar="URL",
                envvar=_EDITOR,
                help=say(
                    "点「文件:行」时用什么打开：vscode，或一个地址，如 vscode://file/{path}:{line}:{column}；不写则复制路径",
                    "what a click on file:line opens: vscode, or an address such as "
                    "vscode://file/{path}:{line}:{column}; else it copies",
                ),
            ),
        ] = None,
        no_open: Annotated[
            bool, typer.Option("--no-open", help=say("不打开浏览器，只写出地址", "only tell the address"))
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        return run(common.existing_folder(folder), layout, out, port, editor, not no_open, json_output, say)

    app.command(
        "preview",
        cls=HelpfulCommand,
        short_help=say("边写边看：浏览器里的页面随保存更新", "pages in the browser that follow each save"),
        help=say(
            "在浏览器里显示这一期的页面；每次保存文件，只重排改动的部分，改动的页随即更新。只有这台电脑看得到。"
            "按 Ctrl-C 结束。",
            "Shows the issue's pages in the browser; on every save only what has changed is laid out again. It is seen "
            "from this computer alone. Ctrl-C ends it.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf preview content/2026-11",
            "newsletter-pdf preview content/2026-11 --editor vscode",
        ),
    )(preview)


def run(
    folder: Path,
    layout: str | None,
    out: Path | None,
    port: int | None,
    editor: str | None,
    opening: bool,
    json_output: bool,
    say: Say,
) -> int:
    """Serve the preview until it is interrupted, and return the exit code."""
    from newsletter_pdf.cache import cache_folder
    from newsletter_pdf.preview.address import Address
    from newsletter_pdf.preview.serve import Preview
    from newsletter_pdf.publish import output_folder

    editor = _KNOWN.get(editor or "", editor)
    if editor is not None and "{path}" not in editor:
        raise WrongUsageError(
            "--editor 写 vscode，或一个有 {path} 的地址，例如 vscode://file/{path}:{line}:{column}",
            "--editor takes vscode, or an address with {path}, such as vscode://file/{path}:{line}:{column}",
        )
    kept = Address(folder, cache_folder("preview"))
    last_port, last_token = kept.read()

    def ready(address: str) -> None:
        kept.write(*_parts(address))
        if json_output:
            from newsletter_pdf.console import print_json

            print_json({"address": address, "folder": str(folder.resolve())})
        else:
            screen = common.screen(say)
            screen.line(say("预览在这里（按 Ctrl-C 结束）：", "The preview is here (Ctrl-C ends it):"), "bold")
            screen.line(address)
        if opening and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name != "posix" or _mac()):
            webbrowser.open(address)

    def fault(error: Exception) -> None:
        from newsletter_pdf.cli.faults import write_log

        log = write_log(error, ["preview", str(folder)])
        common.screen(say).line(
            say(
                f"预览出了故障，页面停在上一次的样子；详情在日志里：{log}",
                f"A fault of ours; the pages stay as they were. Log: {log}",
            ),
            "bold red",
        )

    output = out.resolve() if out is not None else output_folder(folder)
    settings = {"layout": layout, "lang": say.lang.value, "editor": editor, "ready": ready, "fault": fault}
    try:
        # A browser that still shows the last preview asks its port again and again, whoever listens there now: a token
        # that it tells is good on that port alone.
        token = last_token if port in (None, last_port) else None
        Preview(folder, output, port=port or last_port or 0, token=token, **settings).run()  # type: ignore[arg-type]
    except OSError as error:
        if port is not None and error.errno == errno.EADDRINUSE:
            raise WrongUsageError(
                f"端口 {port} 已经有程序在用，也许是另一个预览",
                f"Port {port} is in use, perhaps by another preview",
            ) from None
        if port is not None:
            raise WrongUsageError(
                f"端口 {port} 用不了：{error.strerror}", f"Port {port} cannot be used: {error.strerror}"
            ) from None
        Preview(folder, output, port=0, **settings).run()  # type: ignore[arg-type] # one table
    return common.GOOD


def _parts(address: str) -> tuple[int, str]:
    """Port and token in the address of a preview."""
    parts = urlsplit(address)
    return parts.port or 0, parts.path.strip("/")


def _mac() -> bool:
    return os.uname().sysname == "Darwin"

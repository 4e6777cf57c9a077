"""What the commands share: options, and how a result leaves the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from newsletter_pdf.calling import NAME, called
from newsletter_pdf.cli.language import Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings import Findings

#: Exit codes: all well; findings that stop the work; wrong usage; a fault of ours; interrupted; output closed.
GOOD, STOPPED, USAGE, FAULT, INTERRUPTED, CLOSED = 0, 1, 2, 3, 130, 141


def example(say: Say, *commands: str) -> str:
    """The part of a help page that shows how the command is called."""
    return "\n".join((say("例", "Example" if len(commands) == 1 else "Examples"), *(f"  {line}" for line in commands)))


def json_option(say: Say) -> Any:
    """``--json``."""
    return typer.Option("--json", help=say("结果只用 JSON 输出，供程序读取", "print the result as JSON, for programs"))


def lang_option(say: Say) -> Any:
    """``--lang``; its effect is decided in :mod:`newsletter_pdf.cli.language`, here it is only checked."""
    return typer.Option(
        "--lang",
        metavar="zh|en",
        help=say(
            "用中文（zh，默认）或英文（en）；系统是英文环境时默认英文",
            "speak Chinese (zh) or English (en); an English locale chooses English by itself",
        ),
    )


def where_option(say: Say, zh: str = "PDF 所在的文件夹", en: str = "where the PDF lies") -> Any:
    """``--out`` of a command that works on a PDF, by default on the one in ``build/<issue>/``."""
    return typer.Option("--out", metavar="DIR", help=say(f"{zh}，默认 build/<期>/", f"{en}; default build/<issue>/"))


def issue_argument(say: Say) -> Any:
    """The folder of an issue."""
    return typer.Argument(metavar="DIR", help=say("一期内容的文件夹", "the issue folder"))


def screen(say: Say) -> Screen:
    """The terminal that results are written to."""
    from newsletter_pdf.console import Screen

    return Screen(say.lang.value)


def existing_folder(folder: Path) -> Path:
    """``folder`` when it is one; else wrong usage, naming the one that is meant, or those beside it."""
    if folder.is_dir():
        return folder
    if folder.exists():
        raise WrongUsageError(
            f"这里要写一期内容的文件夹，而 {folder} 是一个文件。", f"An issue folder is needed; {folder} is a file."
        )
    meant = Path("content") / folder
    if not folder.is_absolute() and meant.is_dir():
        raise WrongUsageError(
            f"没有这个文件夹：{folder}。是不是 {meant}？", f"No such folder: {folder}. Is {meant} meant?"
        )
    near = _issues_beside(folder)
    zh = f"没有这个文件夹：{folder}"
    en = f"No such folder: {folder}"
    if near:
        names = [str(path) for path in near]
        zh += f"。现有：{'、'.join(names)}"
        en += f". There is: {', '.join(names)}"
    raise WrongUsageError(zh, en)


def existing_pdf(pdf: Path) -> Path:
    """``pdf`` when it is a file; else wrong usage, telling how it is made when it is an issue's own."""
    if pdf.is_file():
        return pdf
    zh, en = f"没有这个 PDF 文件：{pdf}", f"No such PDF file: {pdf}"
    if pdf.stem == pdf.resolve().parent.name:
        command = called(f"{NAME} build content/{pdf.stem}")
        zh, en = f"{zh}。先制作：{command}", f"{en}. Build it first: {command}"
    raise WrongUsageError(zh, en)


def _issues_beside(folder: Path) -> list[Path]:
    try:
        return sorted((p for p in folder.parent.iterdir() if (p / "issue.yaml").is_file()), reverse=True)[:5]
    except OSError:
        return []


def exit_code(findings: Findings) -> int:
    """0 when nothing stops the work, else 1."""
    return GOOD if findings.good else STOPPED

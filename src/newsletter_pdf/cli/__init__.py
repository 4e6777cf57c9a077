"""The command ``newsletter-pdf``.

Nothing heavy is imported here or by the command modules at their top: ``--help`` must answer at once.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from newsletter_pdf import calling
from newsletter_pdf.cli.language import Say, chosen_language
from newsletter_pdf.frames import with_room


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (those of the process by default) and return its exit code.

    0 good · 1 findings that stop it · 2 wrong usage · 3 a fault of ours, its traceback in a log file · 130 interrupted
    · 141 the reader of the output went away.
    """
    from newsletter_pdf.cli import common

    words = list(sys.argv[1:] if arguments is None else arguments)
    say = Say(chosen_language(words, os.environ))
    _prepare_streams()
    try:
        code = _run(words, say)
        sys.stdout.flush()
    except KeyboardInterrupt as interruption:
        with contextlib.suppress(OSError):
            print(
                say(
                    "\n已中断。每个文件要么原样没动，要么已经完整写好。",
                    "\nInterrupted. Every file is either as it was or completely written.",
                ),
                file=sys.stderr,
            )
        return interruption.code if isinstance(interruption, TerminatedError) else common.INTERRUPTED
    except BrokenPipeError:
        _silence()
        return common.CLOSED
    except OSError as error:
        # Output on a full disk is no fault of ours; what was done is done.
        if error.errno != errno.ENOSPC or error.filename is not None:
            return _fault(error, words, say)
        _silence()
        with contextlib.suppress(OSError):
            print(say("结果显示不全：磁盘满了。", "The output is not complete: the disk is full."), file=sys.stderr)
        return common.STOPPED
    except Exception as error:
        return _fault(error, words, say)
    return code


def _fault(error: Exception, words: list[str], say: Say) -> int:
    from newsletter_pdf.cli import common

    with contextlib.suppress(OSError):
        _tell_fault(error, words, say)
    return common.FAULT


class TerminatedError(KeyboardInterrupt):
    """The system or another program asks this one to end; ``code`` is the exit code by the custom of shells."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def _end_as_interrupted() -> None:
    """Let SIGTERM and SIGHUP end the program as Ctrl-C does, nothing left half done, unless they are ignored."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise TerminatedError(number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def run_and_leave() -> NoReturn:
    """The entry point of the process: run the command and end the process with its exit code.

    Nothing is collected on the way and nothing taken apart in the end that the system takes back anyway: after a layout
    that is a tenth of the whole time. Everything is on disk by then, and the streams are flushed here.
    """
    gc.disable()
    _end_as_interrupted()
    code = with_room(main)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    logging.shutdown()
    os._exit(code)


def _run(words: list[str], say: Say) -> int:
    import typer

    from newsletter_pdf.cli import common, completion
    from newsletter_pdf.cli.app import NAME, command_in
    from newsletter_pdf.cli.usage import WrongUsageError, usage_message

    command = command_in(say)
    answered = completion.answer(command, NAME)
    if answered is not None:
        return answered
    try:
        # Not command.main(): it would print errors in English and turn a closed pipe into exit code 1.
        with command.make_context(NAME, list(words) or ["--help"]) as context:
            return int(command.invoke(context) or common.GOOD)
    except typer.Exit as done:
        return done.exit_code if words else common.USAGE
    except (typer.TyperException, WrongUsageError) as error:
        called = next((word for word in words if word in command.commands), "")
        message = usage_message(error, say)
        if "--json" in words:
            _print_error("usage", message)
        hint = calling.called(" ".join(part for part in (NAME, called, "--help") if part))
        hint = say(f"用法见：{hint}", f"See: {hint}")
        print(f"{say('用法不对：', 'Wrong usage: ')}{_shown(message)}\n{hint}", file=sys.stderr)
        return common.USAGE


def _tell_fault(error: Exception, words: list[str], say: Say) -> None:
    """Two lines on the screen, the rest in a log file."""
    from newsletter_pdf.cli.faults import write_log

    log = write_log(error, words)
    kind = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    message = say(f"程序出了故障，不是您的错：{kind}", f"A fault of this program, not of yours: {kind}")
    if log is None:
        where = say("日志写不了，请把上面这一行告诉维护者。", "No log could be written; please pass the line above on.")
    else:
        where = say(f"详情在日志里，请把它发给维护者：{log}", f"Please send this log to the maintainers: {log}")
    if "--json" in words:
        _print_error("fault", message, log)
    print(f"{_shown(message)}\n{where}", file=sys.stderr)


def _print_error(kind: str, message: str, log: Path | None = None) -> None:
    from newsletter_pdf.console import print_json

    error = {"kind": kind, "message": message}
    if log is not None:
        error["log"] = str(log)
    print_json({"error": error})


def _shown(text: str) -> str:
    from newsletter_pdf.console import printable

    return printable(text)


def _prepare_streams() -> None:
    """A terminal or locale that cannot show Han gets escapes, not an exception."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, as by ``>&-``
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 # to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _silence() -> None:
    """Let the interpreter flush its output on leaving without an error about the closed pipe."""
    with contextlib.suppress(OSError, ValueError):
        void = os.open(os.devnull, os.O_WRONLY)
        os.dup2(void, sys.stdout.fileno())
        os.close(void)

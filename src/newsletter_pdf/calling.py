"""How the user calls this program, so that a command in a message works as it is printed.

Messages write commands in one form, ``newsletter-pdf check content/2026-12``. Who started the program through make is
told the make command, who started it by its path that path. The Makefile says so by ``NEWSLETTER_PDF_CALLER`` and
``ISSUE``.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = "newsletter-pdf"
ANY_ISSUE = "期号"
"""Stands in documents for the issue, whose name is not known there."""

# What follows a command in a sentence is an argument when it looks like a path, a file, an option or a date.
_END = r"\s。，；、：（）”」`"
_ARGUMENT = rf"--(?:by|note) [^{_END}]+|-[^{_END}]+|\d[^{_END}]*|[^{_END}]*[./][^{_END}]+"
_VERBS = "build|check|report|verify|diff|lines|reproduce|approve|new|import|mail|send"
_COMMAND = re.compile(rf"{NAME} (?P<verb>{_VERBS})\b(?P<rest>(?: (?:{_ARGUMENT}))*)")
_TARGETS = {"build": "issue"}
_ISSUE = re.compile(r"(?:content|build)/([^/\s]+)")


_OPTIONS = {
    **{"--replace": "REPLACE=1", "--live": "LIVE=1", "--yes": "YES=1"},
    **{f"--{name}": f"FLAGS=--{name}" for name in ("new-pdf", "retry-uncertain", "retry-failed")},
}
_OPTION = re.compile(rf"(?<= )(?:{'|'.join(_OPTIONS)})(?![\w-])")
# The keyring's own program; what follows is the name that our entries have there, which is no command.
_KEYRING = re.compile(rf"(?<![\w/-])keyring(?= set {NAME}\b)")
_CALL = re.compile(rf"(?<!keyring set ){NAME} (?=[a-z])")
_PATH = rf"(?:[A-Za-z0-9_./~'-][^{_END}]{{0,200}})"  # before the program's name; not the Han words of a sentence
PRINTED = re.compile(
    rf"(?:{_PATH}?{NAME}|{_PATH}?python[0-9.]* -m newsletter_pdf) (?:[a-z]+)\b(?: (?:{_ARGUMENT}))*"
    rf"|make [a-z]+(?: [A-Z]+=(?:\"[^\"]*\"|[^{_END}]*))+"
    rf"|{_PATH}?keyring set {NAME}(?: (?:\"[^\"]*\"|[^{_END}]+))?"
)
"""A command as it stands in a message: shown on one line, so that it can be copied."""


def called(text: str, words: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> str:
    """``text`` with its commands as this user types them.

    ``words`` are the process's own arguments and ``environment`` its variables; both default to those of the process.
    """
    known = os.environ if environment is None else environment
    if _KEYRING.search(text):
        text = _KEYRING.sub(_keyring().replace("\\", "\\\\"), text)
    if known.get("NEWSLETTER_PDF_CALLER") == "make":
        return with_make(text, known.get("ISSUE") or ANY_ISSUE)
    name = _program(list(sys.argv if words is None else words))
    return text if name == NAME else _CALL.sub(f"{name} ".replace("\\", "\\\\"), text)


def with_make(text: str, issue: str = ANY_ISSUE) -> str:
    """``text`` with its commands as make targets; a command that names no issue works on ``issue``."""
    text = _COMMAND.sub(lambda match: _make(match["verb"], match["rest"].split(), issue), text)
    return _OPTION.sub(lambda match: _OPTIONS[match[0]], text)


def _make(verb: str, arguments: list[str], issue: str) -> str:
    if verb == "send":
        return _make_send(arguments, issue)
    options = {word: (*arguments, "")[i + 1] for i, word in enumerate(arguments) if word.startswith("--")}
    if options.keys() - {"--by", "--note", "--issue"}:
        # make has no variable for it.
        return " ".join((f".venv/bin/{NAME}", verb, *arguments))
    plain = [word for word in arguments if word not in options and word not in options.values()]
    found = _ISSUE.match(options.get("--issue") or next(iter(plain), ""))
    named = found[1] if found is not None and "<" not in found[1] else issue
    target = f"make {_TARGETS.get(verb, verb)}"
    if verb == "new":
        return f"{target} NAME={plain[0] if plain else ANY_ISSUE}"
    if verb == "diff":
        return f"{target} OLD={plain[0]} NEW={plain[1]}" if plain[1:] else f"{target} OLD=旧的.pdf ISSUE={named}"
    if verb == "approve":
        return f"{target} ISSUE={named} BY={options.get('--by') or '姓名'}"
    if verb == "import":
        return f'{target} FILES="{" ".join(plain) or "稿件.md"}" ISSUE={named}'
    return f"{target} ISSUE={named}"


def _make_send(arguments: list[str], issue: str) -> str:
    """``make send``: what make has a variable for by that, all other options as they are, in FLAGS."""
    flags = [word for word in arguments if word not in ("--live", "--yes") and not _ISSUE.match(word)]
    found = next((match for word in arguments if (match := _ISSUE.match(word))), None)
    parts = [f"make send ISSUE={found[1] if found is not None and '<' not in found[1] else issue}"]
    parts += [_OPTIONS[word] for word in arguments if word in ("--live", "--yes")]
    if flags:
        parts.append(f'FLAGS="{" ".join(flags)}"' if flags[1:] else f"FLAGS={flags[0]}")
    return " ".join(parts)


def _keyring() -> str:
    """The keyring's program: beside our Python, where the shell does not find it by its name."""
    own = Path(sys.executable).with_name("keyring")
    return _short(own) if shutil.which("keyring") is None and own.is_file() else "keyring"


def _program(words: list[str]) -> str:
    """How the program was started: by its name when the shell finds it so, else by its path."""
    started = Path(words[0]) if words else Path(NAME)
    if started.name == "__main__.py":
        return f"{_short(Path(sys.executable))} -m newsletter_pdf"
    if started.name != NAME:
        return NAME
    found = shutil.which(NAME)
    return NAME if found is not None and Path(found).resolve() == started.resolve() else _short(started)


def _short(path: Path) -> str:
    """The path from the current folder when it lies in it, quoted for the shell."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))

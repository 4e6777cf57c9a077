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
_VALUES = {
    "--by": "BY",
    "--note": "NOTE",
    "--against": "AGAINST",
    "--content": "CONTENT",
    "--to": "TO",
    "--from": "FROM",
    "--whose": "WHOSE",
}
"""Options with a value that make has a variable for."""
_SWITCHES = {
    "--online": "ONLINE=1",
    "--dry-run": "DRY=1",
    "--replace": "REPLACE=1",
    "--live": "LIVE=1",
    "--yes": "YES=1",
    "--status": "STATUS=1",
    "--report": "REPORT=1",
    "--imap": "IMAP=1",
}
_OTHERS = ("--issue", "--layout", "--out", "--group", "--limit", "--port", "--folder", "--export")
"""Further options with a value."""
_ARGUMENT = (
    rf"(?:{'|'.join((*_VALUES, *_OTHERS))}) [^{_END}]+|-[^{_END}]+|[NS]\d{{3}}|\d[^{_END}]*|[^{_END}]*[./][^{_END}]+"
)
_VERBS = "build|check|report|verify|diff|lines|reproduce|approve|new|import|preview|mail|send|bounces|explain"
_COMMAND = re.compile(rf"{NAME} (?P<verb>{_VERBS})\b(?P<rest>(?: (?:{_ARGUMENT}))*)")
_CONTENT = re.compile(r"content/([^/\s]+)")
_OUTPUT = re.compile(r"build/([^/\s]+)/[^/\s]+")
_SENTENCE = {
    **{name: _SWITCHES[name] for name in ("--dry-run", "--replace", "--live", "--yes")},
    **{name: f"FLAGS={name}" for name in ("--new-pdf", "--retry-uncertain", "--retry-failed", "--many")},
}
"""Options that sentences name without their command."""
_OPTION = re.compile(rf"(?<= )(?:{'|'.join(_SENTENCE)})(?![\w-])")
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
    return _OPTION.sub(lambda match: _SWITCHES.get(match[0], f"FLAGS={match[0]}"), text)


def _make(verb: str, arguments: list[str], issue: str) -> str:
    given: dict[str, str] = {}
    plain: list[str] = []
    variables: list[str] = []
    flags: list[str] = []
    words = iter(arguments)
    for word in words:
        if word in _VALUES or word in ("--issue", "--layout"):
            given[word] = next(words, "")
        elif word in _SWITCHES:
            variables.append(_SWITCHES[word])
        elif word == "--fix":
            verb = "fix"
        elif word.startswith("-"):
            flags += [word, next(words, "")] if word in _OTHERS else [word]
        else:
            plain.append(word)
    first = next(iter(plain), "")
    named = issue
    for word in (given.get("--issue", ""), first):
        match = _CONTENT.match(word) or _OUTPUT.fullmatch(word)
        if match is not None and "<" not in match[1]:
            named = match[1]
            break
    if verb == "approve":
        given.setdefault("--by", "姓名")
    if verb != "new" and "--layout" in given:
        flags += ["--layout", given["--layout"]]
    variables[:0] = [f"{_VALUES[word]}={value}" for word, value in given.items() if word in _VALUES]
    if flags:
        variables.append(f'FLAGS="{" ".join(flags)}"' if flags[1:] else f"FLAGS={flags[0]}")
    return " ".join((f"make {_target(verb, given)}", *_object(verb, plain, given, named), *variables))


def _target(verb: str, given: Mapping[str, str]) -> str:
    """The target that a command has."""
    return "layout" if verb == "new" and "--layout" in given else {"build": "issue"}.get(verb, verb)


def _object(verb: str, plain: Sequence[str], given: Mapping[str, str], issue: str) -> list[str]:
    """The variables that say what a target works on."""
    first = next(iter(plain), "")
    other = bool(first) and _OUTPUT.fullmatch(first) is None
    if verb == "new":
        return [f"NAME={given.get('--layout') or first or ANY_ISSUE}"]
    if verb == "explain":
        return [f"CODE={first or 'N201'}"]
    if verb == "diff":
        return [f"OLD={first}", f"NEW={plain[1]}"] if plain[1:] else ["OLD=旧的.pdf", f"ISSUE={issue}"]
    if verb == "import":
        return [f'FILES="{" ".join(plain) or "稿件.md"}"', f"ISSUE={issue}"]
    if verb in ("verify", "reproduce") and other:
        return [f"{'PDF' if verb == 'verify' else 'MANIFEST'}={first}"]
    return [f"ISSUE={issue}"]


def checkout() -> Path | None:
    """The folder of the program's own source, with its make targets ``setup`` and ``fonts``; None when installed."""
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "tools" / "setup.sh").is_file() else None


def away() -> bool:
    """Whether the user stands outside that folder, as in a periodical that ``init`` made."""
    source = checkout()
    try:
        return source is None or not Path.cwd().is_relative_to(source)
    except OSError:  # the current folder is gone
        return True


def source_folder(unknown: str) -> str:
    """That folder as a shell takes it; ``unknown`` where there is none."""
    source = checkout()
    return unknown if source is None else shlex.quote(str(source))


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

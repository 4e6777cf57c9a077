"""Which language the command speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    """The languages of messages and help."""

    ZH = "zh"
    EN = "en"


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language asked for by ``--lang``, else by an English locale, else Chinese.

    It is found before the arguments are parsed, so that help and usage errors speak it too. As in POSIX, the first of
    ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set decides; the locales ``C`` and ``POSIX`` name no language.
    """
    asked = _asked(arguments)
    if asked is not None:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return Lang.EN if value.lower().startswith("en") else Lang.ZH
    return Lang.ZH


def _asked(arguments: Sequence[str]) -> Lang | None:
    asked = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        value = ""
        if argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        elif argument.startswith("--lang="):
            value = argument.partition("=")[2]
        if value in list(Lang):
            asked = Lang(value)
    return asked


@dataclass(frozen=True, slots=True)
class Say:
    """Picks the text in one language out of a Chinese and an English one: ``say("页", "pages")``."""

    lang: Lang

    def __call__(self, zh: str, en: str) -> str:
        """The text in the chosen language."""
        return en if self.lang is Lang.EN else zh

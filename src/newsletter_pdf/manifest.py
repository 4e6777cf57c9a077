"""What a PDF was made from: ``manifest.json``, and the differences between two of them.

Nothing here reads or writes files. Paths in a manifest are relative and tell nothing of the machine: content files
start from the folder that holds the issues, layout files from ``layouts/``, fonts from ``fonts/``. Its text is the same
wherever and whenever it is made from the same things.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError

FILE_NAME = "manifest.json"
MAX_BYTES = 4 * 1024 * 1024
"""Largest manifest that is read, in bytes: some ten thousand files."""


def _relative(path: str) -> str:
    """Refuse what leads out of the folder that it starts from."""
    parts = PurePosixPath(path)
    if not path or "\\" in path or "\0" in path or parts.is_absolute() or ".." in parts.parts:
        raise ValueError("not a relative path")
    return path


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
RelativePath = Annotated[str, AfterValidator(_relative)]
Digests = Mapping[RelativePath, Sha256]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """The finished PDF: its name in the manifest's folder, SHA-256 and size in bytes."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    file: RelativePath
    sha256: Sha256
    bytes: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """The SHA-256 of every file that the PDF was made from, by relative path.

    ``content`` are the YAML files, sections and pictures used, ``layouts`` all files of the layout and of those it
    inherits from, ``fonts`` the lists and every face. ``lock`` is the lock file, None where there is none.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    content: Digests
    layouts: Digests
    fonts: Digests
    lock: Digests | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that decides the bytes of a PDF.

    ``folder`` is the issue folder, relative to the folder that holds ``build/``, or None when it lies elsewhere.
    ``options`` are the layout's options as they are written in YAML, ``versions`` those of the program, the packages
    and the system libraries, None for what is not there.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    format: Literal[1]
    issue: RelativePath
    folder: RelativePath | None
    layout: str
    options: Mapping[str, str]
    pdf: PdfFile
    inputs: Inputs
    versions: Mapping[str, str | None]

    def dumps(self) -> bytes:
        """The text of ``manifest.json``: sorted keys, UTF-8, a line end at the end."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


class ManifestError(ValueError):
    """A manifest is none; the message says where and why, in English."""


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def loads(data: bytes) -> Manifest:
    """Read ``manifest.json``. Raises :class:`ManifestError` for anything that :meth:`Manifest.dumps` cannot write."""
    try:
        return _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ManifestError(f"{where}: {first['msg']}" if where else str(first["msg"])) from error


Kind = Literal["content", "layouts", "fonts", "lock", "option", "version"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was; ``then`` or ``now`` is None where it was not or is no longer there."""

    kind: Kind
    name: str
    then: str | None
    now: str | None

    def as_json(self) -> dict[str, Any]:
        """The shape that ``--json`` gives to a difference."""
        return {"kind": self.kind, "name": self.name, "then": self.then, "now": self.now}


def input_differences(then: Inputs, now: Inputs) -> tuple[Difference, ...]:
    """The files that are new, gone or changed, by kind and name."""
    pairs: tuple[tuple[Kind, Digests, Digests], ...] = (
        ("content", then.content, now.content),
        ("layouts", then.layouts, now.layouts),
        ("fonts", then.fonts, now.fonts),
        ("lock", then.lock or {}, now.lock or {}),
    )
    return tuple(difference for kind, old, new in pairs for difference in _compared(kind, old, new))


def differences(then: Manifest, now: Manifest) -> tuple[Difference, ...]:
    """All that could explain why two PDFs differ: files first, then options, then versions."""
    return (
        *input_differences(then.inputs, now.inputs),
        *_compared("option", then.options, now.options),
        *_compared("version", then.versions, now.versions),
    )


def _compared(kind: Kind, then: Mapping[str, str | None], now: Mapping[str, str | None]) -> Iterator[Difference]:
    for name in sorted(then.keys() | now.keys()):
        old, new = then.get(name), now.get(name)
        if old != new:
            yield Difference(kind, name, old, new)

"""Finding out what a PDF is made from: the SHA-256 of every file used, and the versions of all that takes part."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import sys
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from newsletter_pdf import __version__
from newsletter_pdf.environment import library_versions
from newsletter_pdf.files import confined
from newsletter_pdf.findings import Finding
from newsletter_pdf.findings.signoff import CHANGED_MEANWHILE
from newsletter_pdf.fonts import FontSet
from newsletter_pdf.inlines import Node
from newsletter_pdf.layouts import Layout
from newsletter_pdf.layouts.loader import layout_files
from newsletter_pdf.manifest import Inputs, Manifest, PdfFile, input_differences
from newsletter_pdf.model import Chart, Figure, Issue
from newsletter_pdf.project import shared_file

LOCK = "requirements-dev.lock"
#: The packages that have a part in the PDF, by their names on PyPI: ours and the engine's.
PACKAGES = (
    "brotli",
    "cffi",
    "cssselect2",
    "fonttools",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "pillow",
    "pydantic",
    "pydyf",
    "pypdf",
    "pypdfium2",
    "pyphen",
    "pyyaml",
    "segno",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "webencodings",
    "zopfli",
)
_PROGRAM_SUFFIXES = frozenset({".py", ".j2", ".md", ".json"})
_GONE = ""  # in place of the digest of a file that could not be read: equal to no digest in a manifest


def recorded_inputs(issue: Issue, layout: Layout, fonts: FontSet, home: Path) -> Inputs:
    """The digests of all files that ``issue`` is made from, as they are now.

    The faces were compared with their list when ``fonts`` was loaded, so their digests are not made once more. A file
    that cannot be read has an empty digest.
    """
    faces = {face.file: str(face.sha256) for face in fonts.faces}
    lists = {path.name: _sha256(path) for path in fonts.folder.glob("*.json")}
    lock = _lock(home)
    return Inputs(
        content=content_inputs(issue),
        layouts=layout_inputs(layout, home),
        fonts=_sorted({**faces, **lists}),
        lock=None if lock is None else {LOCK: _sha256(lock)},
    )


def content_inputs(issue: Issue) -> Mapping[str, str]:
    """The digests of the content that ``issue`` is made from, as it is now; of a file that cannot be read, empty."""
    return _sorted({_name(path, issue.folder.parent): _sha256(path) for path in _content_files(issue)})


def layout_inputs(layout: Layout, home: Path) -> Mapping[str, str]:
    """The digests of the files of ``layout`` and of those it inherits from, as they are now."""
    return _sorted({_name(path, home / "layouts"): _sha256(path) for path in layout_files(layout)})


def present_inputs(recorded: Inputs, issues: Path, home: Path) -> Inputs:
    """The digests that the files of ``recorded`` have now; those that are gone are left out.

    ``issues`` is the folder that holds the issue. For use where the content cannot be read as a whole: files that are
    new since then are not found.
    """

    def present(base: Path, digests: Mapping[str, str]) -> dict[str, str]:
        found = {name: _sha256(path) for name in digests if (path := confined(Path(name), base)) is not None}
        return {name: digest for name, digest in found.items() if digest != _GONE}

    lock = _lock(home)
    return Inputs(
        content=present(issues, recorded.content),
        layouts=present(home / "layouts", recorded.layouts),
        fonts=present(home / "fonts", recorded.fonts),
        lock=None if lock is None else {LOCK: _sha256(lock)},
    )


def _content_files(issue: Issue) -> Iterator[Path]:
    yield issue.folder / "issue.yaml"
    for part, name in ((issue.masthead, "masthead.yaml"), (issue.services, "services.yaml")):
        path = shared_file(issue.folder, name)
        if part is not None and path is not None:
            yield path
    for section in issue.sections:
        if section.place.file is not None:
            yield section.place.file
    yield from pictures(issue)


def pictures(value: object) -> Iterator[Path]:
    """The paths of all figures in the model, and of the tables that charts are drawn from."""
    if isinstance(value, Figure):
        yield value.path
    if isinstance(value, Chart) and value.data is not None:
        yield value.data
    if isinstance(value, Node):
        for _, inner in value:
            yield from pictures(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from pictures(inner)


def _lock(home: Path) -> Path | None:
    """The lock file of the project, or of the checkout that the program runs from; None for an installed program."""
    for folder in (home, Path(__file__).resolve().parents[2]):
        if (folder / LOCK).is_file() and (folder == home or (folder / "pyproject.toml").is_file()):
            return folder / LOCK
    return None


def _name(path: Path, base: Path) -> str:
    # Some file systems take names apart into base characters and accents: the name is the same.
    resolved = base.resolve()
    relative = path if path.is_relative_to(base) else path.resolve()
    root = base if path.is_relative_to(base) else resolved
    return unicodedata.normalize("NFC", relative.relative_to(root).as_posix())


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _GONE


def _sorted(digests: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(digests.items()))


Stamps = Mapping[Path, tuple[int, int]]
"""Time of the last change (ns) and size of files, to tell whether they were changed while they were read."""


def stamps(folder: Path) -> Stamps:
    """The stamps of the files in the issue ``folder`` and of the YAML files beside it, which issues share."""
    found: dict[Path, tuple[int, int]] = {}
    for path in (*folder.rglob("*"), *folder.parent.glob("*.yaml")):
        with contextlib.suppress(OSError):
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size)
    return found


@dataclass(frozen=True, slots=True)
class Origin:
    """What one build starts from, with the digests that its files had then.

    ``restless`` are the content files that were changed between the reading and the taking of the digests.
    """

    issue: Issue
    layout: Layout
    fonts: FontSet
    home: Path
    inputs: Inputs
    restless: tuple[str, ...]

    @classmethod
    def of(cls, issue: Issue, layout: Layout, fonts: FontSet, home: Path, before: Stamps) -> Origin:
        """Take the digests now; ``before`` are the stamps from before the issue was read."""
        inputs = recorded_inputs(issue, layout, fonts, home)
        now = stamps(issue.folder)
        files = sorted(_content_files(issue))
        restless = tuple(_name(path, issue.folder.parent) for path in files if before.get(path) != now.get(path))
        return cls(issue, layout, fonts, home, inputs, restless)

    def changes(self) -> Iterator[Finding]:
        """N669 when a file is no longer what it was, or could not be read: no manifest could tell the PDF's origin."""
        now = recorded_inputs(self.issue, self.layout, self.fonts, self.home)
        names = [*self.restless, *(difference.name for difference in input_differences(self.inputs, now))]
        names += [name for name in _unreadable(now) if name not in names]
        if names:
            yield CHANGED_MEANWHILE.at(names=some_names(list(dict.fromkeys(names))))

    def manifest(self, pdf: Path, sha256: str, size: int) -> Manifest:
        """The manifest of the file of ``size`` bytes that was made from this and goes to ``pdf``."""
        return Manifest(
            format=1,
            issue=self.issue.name,
            folder=_folder_from(pdf.parent, self.issue.folder),
            layout=self.layout.name,
            options={name: _option(value) for name, value in self.layout.options},
            pdf=PdfFile(pdf.name, sha256, size),
            inputs=self.inputs,
            versions=versions(),
        )


def _unreadable(inputs: Inputs) -> Iterator[str]:
    for digests in (inputs.content, inputs.layouts, inputs.fonts, inputs.lock or {}):
        yield from (name for name, digest in digests.items() if digest == _GONE)


def some_names(names: list[str], most: int = 5) -> str:
    """The first few of ``names``, for a message."""
    return ", ".join(names[:most]) + (f" … ({len(names)})" if len(names) > most else "")


def _folder_from(out: Path, folder: Path) -> str | None:
    """The issue folder as seen from the folder that holds ``build/<issue>/``.

    None when ``out`` is no such folder or the issue lies further away: the path would tell how the machine is set up.
    """
    base = out.parent.parent
    near = out.parent.name == "build" and base in (folder.parent, folder.parent.parent)
    return folder.relative_to(base).as_posix() if near else None


def _option(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def versions() -> dict[str, str | None]:
    """The versions of the program, Python, the packages and the system libraries; None for what is not there.

    ``program`` is a digest of the program's own files, as its version says nothing of changes between two releases.
    """
    found: dict[str, str | None] = {
        "newsletter-pdf": __version__,
        "program": _program(),
        "Python": platform.python_version(),
        "machine": f"{sys.platform} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **library_versions(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return dict(sorted(found.items()))


@cache
def _program() -> str:
    """The SHA-256 of the program's files, in order of their names."""
    root = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.suffix in _PROGRAM_SUFFIXES}
    for name in sorted(files):
        data = files[name].read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()

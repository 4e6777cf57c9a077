"""Rebuild ``fonts/`` from the pinned packages: ``make fonts``.

Fetches the packages with the ordinary clients (``npm pack``, ``apt-get download``), checks the SHA-256 of every font
file taken from them, makes the changes of :mod:`font_recipes`, and writes the faces, their licences, ``manifest.json``
and ``coverage.json``. The result is the same, byte for byte, on every machine; ``--check`` says whether the folder is.

    python tools/make_fonts.py [--sources DIR] [--check]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from fontTools.ttLib import TTFont

from font_edits import EDITS, Job
from font_recipes import PACKAGES, RECIPES, Package, Recipe, Source

FONTS = Path(__file__).resolve().parent.parent / "fonts"
SIZE_LIMIT = 80 * 1000 * 1000


def main(arguments: list[str] | None = None) -> int:
    """Build the folder (0), or say that it cannot be built, or with ``--check`` that it differs (1)."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sources", type=Path, help="folder with the packages, fetched there when they are missing")
    parser.add_argument("--check", action="store_true", help="compare with the folder as it is, change nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="fonts-") as scratch:
        work = Path(scratch)
        sources = (options.sources or work / "packages").resolve()
        sources.mkdir(parents=True, exist_ok=True)
        made = work / "fonts"
        made.mkdir()
        try:
            for package in PACKAGES:
                _unpack(package, _fetch(package, sources), work / package.licence_as)
            _build(made, work)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            print(f"字体没有重建 / the fonts were not rebuilt: {error}", file=sys.stderr)
            return 1
        if options.check:
            return _compare(made)
        _install(made)
    print(f"fonts/ 已重建 / rebuilt: {len(RECIPES)} faces")
    return 0


# --- packages -------------------------------------------------------------------------------------------------------


def _fetch(package: Package, folder: Path) -> Path:
    """The package's file in ``folder``, fetched when it is not there."""
    if package.kind == "npm":
        name = package.name.removeprefix("@").replace("/", "-")
        path = folder / f"{name}-{package.version}.tgz"
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        path = folder / f"{package.name}_{package.version}_all.deb"
        command = ["apt-get", "download", "-q", f"{package.name}={package.version}"]
    if not path.exists():
        if shutil.which(command[0]) is None:
            raise ValueError(f"{command[0]} is needed to fetch {package.name} {package.version}")
        print(f"… {package.name} {package.version}", flush=True)
        # S603, S607: the editor's own npm or apt-get, with the arguments above and nothing from outside.
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return path


def _unpack(package: Package, archive: Path, target: Path) -> None:
    """Unpack the archive into ``target``."""
    target.mkdir()
    if package.kind == "npm":
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)  # noqa: S603, S607 # as above


def _inside(work: Path, package: Package, path: str) -> Path:
    """Where ``path`` of ``package`` was unpacked; npm puts everything under ``package/``."""
    return work / package.licence_as / ("package" if package.kind == "npm" else "") / path


# --- faces ----------------------------------------------------------------------------------------------------------


def _open(work: Path, package: Package, source: Source) -> TTFont:
    """Open a font of a package, its SHA-256 checked."""
    path = _inside(work, package, source.path)
    found = _sha256(path)
    if found != source.sha256:
        raise ValueError(f"{package.name} {package.version}: {source.path} has SHA-256 {found}, not {source.sha256}")
    return TTFont(path, recalcTimestamp=False, lazy=False)


def _make(work: Path, made: Path, recipe: Recipe) -> list[int]:
    """Make one face; the code points that it covers."""
    job = Job(recipe, partial(_open, work, recipe.package))
    font = job.open_source(recipe.source)
    modified = font["head"].modified
    for name in recipe.edits:
        font = EDITS[name](font, job)
    font.recalcTimestamp = False
    font["head"].modified = modified  # the source's own time: the build's would make every build differ
    font.save(made / recipe.file, reorderTables=True)
    return sorted(font.getBestCmap())


def _build(made: Path, work: Path) -> None:
    """Make all faces, licences, manifest and coverage in ``made``."""
    with ProcessPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        covered = dict(zip(RECIPES, pool.map(partial(_make, work, made), RECIPES), strict=True))
    for package in PACKAGES:
        (made / package.licence_as).write_text(_licence(package, work), encoding="utf-8", newline="\n")
    _write_json(made / "coverage.json", _coverage(covered))
    _write_json(made / "manifest.json", _manifest(made, covered))
    size = sum(path.stat().st_size for path in made.iterdir())
    if size > SIZE_LIMIT:
        raise ValueError(f"{size} bytes are more than the {SIZE_LIMIT} that the repository allows")


def _licence(package: Package, work: Path) -> str:
    """The OFL text with every copyright notice: the package's own, and the one in the fonts where it differs.

    Debian's copyright file wraps the licence in its own format and names the reserved names in a comment.
    """
    text = _inside(work, package, package.licence).read_text(encoding="utf-8")
    notices: dict[str, None] = {}
    for recipe in RECIPES:
        if recipe.package is package:
            for source in filter(None, (recipe.source, recipe.heavier)):
                notice = _open(work, package, source)["name"].getDebugName(0)
                notice = "\n".join(line.strip() for line in notice.splitlines())
                if notice not in text:
                    notices.setdefault(notice)
    if package.kind == "deb":
        reserved = re.search(r"(?m)^ (With Reserved Font Names .*?)\.", text)
        body = re.search(r"(?m)^License: OFL-1\.1\n((?: .*\n)+)", text[text.index("Files: debian/") :])
        if reserved is None or body is None:
            raise ValueError(f"{package.licence}: the licence was not found")
        notices[f"{reserved[1]}."] = None
        notices["\nThis Font Software is licensed under the SIL Open Font License, Version 1.1."] = None
        text = re.sub(r"(?m)^ \.?", "", body[1])
    return "\n".join([*notices, *([""] if notices else []), text.rstrip()]) + "\n"


# --- manifest and coverage ------------------------------------------------------------------------------------------


def _manifest(made: Path, covered: dict[Recipe, list[int]]) -> object:
    """What stands in ``manifest.json``: a face an entry, in the order of the recipes."""
    return {
        "version": 1,
        "coverage": {"file": "coverage.json", "sha256": _sha256(made / "coverage.json")},
        "faces": [
            {
                "family": recipe.family,
                "weight": recipe.weight,
                "style": recipe.style,
                "file": recipe.file,
                "sha256": _sha256(made / recipe.file),
                "postscript_name": recipe.postscript_name,
                "characters": len(covered[recipe]),
                "licence": recipe.package.licence_as,
                "source": {
                    "package": recipe.package.name,
                    "version": recipe.package.version,
                    "files": [
                        {"path": source.path, "sha256": source.sha256}
                        for source in (recipe.source, recipe.heavier)
                        if source is not None
                    ],
                },
                "changes": [_first_line(name) for name in recipe.edits],
            }
            for recipe in RECIPES
        ],
    }


def _first_line(edit: str) -> str:
    """The account that an edit gives of itself, without reST marks."""
    return (EDITS[edit].__doc__ or edit).partition("\n")[0].replace("``", "")


def _coverage(covered: dict[Recipe, list[int]]) -> object:
    """Per family the code points that every face of it has, as hexadecimal ranges.

    Private use is left out: its users agree on what such a code point means, and a glyph here would mean another.
    """
    families: dict[str, set[int]] = {}
    for recipe, every in covered.items():
        codes = [code for code in every if unicodedata.category(chr(code)) not in ("Co", "Cc")]
        families[recipe.family] = families.get(recipe.family, set(codes)) & set(codes)
    return {"version": 1, "families": {family: _ranges(sorted(codes)) for family, codes in families.items()}}


def _ranges(codes: Iterable[int]) -> str:
    """``[0x20, 0x21, 0x22, 0xA0]`` as ``"20-22 a0"``."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in runs)


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- the folder -----------------------------------------------------------------------------------------------------


def _compare(made: Path) -> int:
    """Say which files of ``fonts/`` differ from those made; 1 when any does."""
    different = [
        path.name
        for path in sorted(made.iterdir())
        if not (FONTS / path.name).exists() or _sha256(path) != _sha256(FONTS / path.name)
    ]
    for name in different:
        print(f"不同 / differs: {name}")
    if not different:
        print(f"fonts/ 与重建结果逐字节相同 / is the same, byte for byte: {len(RECIPES)} faces")
    return 1 if different else 0


def _install(made: Path) -> None:
    """Put the files made in place of the old ones, and take away faces and licences that no recipe makes."""
    FONTS.mkdir(exist_ok=True)
    for old in FONTS.iterdir():
        if (old.suffix == ".ttf" or old.name.startswith("OFL-")) and not (made / old.name).exists():
            old.unlink()
    for path in made.iterdir():
        beside = FONTS / f".{path.name}.new"
        shutil.copyfile(path, beside)
        beside.replace(FONTS / path.name)


if __name__ == "__main__":
    sys.exit(main())

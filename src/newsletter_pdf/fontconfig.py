"""The configuration file for fontconfig with which the engine finds the project's faces and no others."""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path

from newsletter_pdf.files import write_atomic

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 2 * 1024 * 1024


def fontconfig_file(fonts_dir: Path, cache_dir: Path) -> Path:
    """Write a fontconfig configuration that knows the faces of ``fonts_dir`` and nothing else; return its path.

    The engine uses it when the environment variable FONTCONFIG_FILE holds the path before it starts. The file and
    fontconfig's cache lie in ``cache_dir``, which is made when it is not there. Files in ``fonts_dir`` that the
    manifest does not list are rejected. Hinting is off: it would round advances to whole pixels. What a family has no
    glyph for is taken from NL Serif, then from the others. Raises OSError when ``cache_dir`` cannot be written.

    Each font folder has a file of its own, so that a build of one project does not get the fonts of another, and each
    list of faces a cache of its own: fontconfig looks at the folder's time alone and would take a face that was
    replaced in its place for the old one.
    """
    fonts_dir, cache_dir = fonts_dir.resolve(), cache_dir.resolve()
    faces = _faces(fonts_dir / MANIFEST)
    families = list(dict.fromkeys(face["family"] for face in faces))
    listed = hashlib.sha256("".join(face["sha256"] for face in faces).encode()).hexdigest()
    text = _CONFIGURATION.format(
        folder=escape(str(fonts_dir)),
        cache=escape(str(cache_dir / listed[:16])),
        accepted="\n".join(f"      <glob>{escape(str(fonts_dir / face['file']))}</glob>" for face in faces),
        generic="\n".join(
            f'  <alias binding="strong"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>'
            for generic, family in _GENERIC.items()
        ),
        last="".join(f"<string>{escape(family)}</string>" for family in families),
    )
    data = text.encode()
    path = cache_dir / f"fonts-{hashlib.sha256(data).hexdigest()[:16]}.conf"
    if not path.is_file() or path.read_bytes() != data:
        cache_dir.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    return path


def _faces(manifest: Path) -> list[dict[str, str]]:
    """File, family and SHA-256 of each face that the manifest lists; none when it is not as it should be.

    What is wrong with it is told where it is checked (:func:`newsletter_pdf.fonts.load_fonts`), before anything is set.
    """
    try:
        if manifest.stat().st_size > _LARGEST_MANIFEST:
            return []
        faces = json.loads(manifest.read_bytes())["faces"]
        return [{key: _text(face[key]) for key in ("file", "family", "sha256")} for face in faces]
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return []


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_GENERIC = {"serif": "NL Serif", "sans-serif": "NL Sans", "monospace": "NL Mono", "cursive": "NL Kai"}

#: Source of the elements: fontconfig user's manual, "Configuration file format". A face is used when a glob of
#: ``acceptfont`` matches its path; ``rejectfont`` takes away all others.
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
  <selectfont>
    <rejectfont><glob>*</glob></rejectfont>
    <acceptfont>
{accepted}
    </acceptfont>
  </selectfont>
{generic}
  <match target="pattern"><edit name="family" mode="append_last">{last}</edit></match>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
  </match>
</fontconfig>
"""

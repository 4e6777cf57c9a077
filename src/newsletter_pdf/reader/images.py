"""Pictures: found inside the folder, of a kind that can be printed, safe, and of a sane size."""

from __future__ import annotations

import difflib
import re
import unicodedata
import warnings
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from newsletter_pdf.files import check_confined, human_size, read_bytes
from newsletter_pdf.findings import Place
from newsletter_pdf.findings import images as rules
from newsletter_pdf.reader.context import Context
from newsletter_pdf.reader.svg import BrokenSvgError, UnsafeSvgError, check_svg

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
MIN_WIDTH = 400
"""Pixels; at the width of a type area of 160 mm that is 64 dpi, clearly blurred."""

SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PRINTABLE = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_MAGIC = ((b"%PDF", "PDF"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"PK", "ZIP"))


@dataclass(slots=True)
class Pictures:
    """Checks the pictures named in files of ``folder``; each is read once."""

    context: Context
    folder: Path
    used: set[Path] = field(default_factory=set)
    _checked: dict[Path, bool] = field(default_factory=dict)
    _listings: dict[Path, list[str]] = field(default_factory=dict)

    def find(self, name: str, place: Place) -> Path | None:
        """The absolute path of the picture ``name`` (relative to the folder), or None after reporting why not."""
        if re.match(r"(?:https?|ftp|data):|//", name, re.I):
            self.context.report(rules.IMAGE_REMOTE, place, path=name[:80])
            return None
        if not name or _SCHEME.match(name) or "\\" in name or name.startswith(("/", "~")) or "\0" in name:
            self.context.report(rules.IMAGE_PATH, place, path=name[:80])
            return None
        path = check_confined(Path(name), self.folder, place, self.context.findings)
        if path is None or not self._spelled(name, place):
            return None
        self.used.add(path)
        if path not in self._checked:
            self._checked[path] = self._good(path, name, place)
        return path if self._checked[path] else None

    def _spelled(self, name: str, place: Place) -> bool:
        """Compare with the folder's listing: some file systems find a name in the wrong case, others do not."""
        here = self.folder
        actual: list[str] = []
        for part in Path(name).parts:
            if part == "..":
                # Inside the folder, as confinement was checked; spelled the same everywhere.
                here = here.parent
                actual.append(part)
                continue
            names = self._listing(here)
            folded = unicodedata.normalize("NFC", part).casefold()
            found = part if part in names else next((n for n in names if _fold(n) == folded), None)
            if found is None:
                self._missing(name, place)
                return False
            actual.append(found)
            here = here / found
        spelled = "/".join(actual)
        if unicodedata.normalize("NFC", spelled) != unicodedata.normalize("NFC", Path(name).as_posix()):
            self.context.report(rules.IMAGE_CASE, place, actual=spelled)
            self.used.add((self.folder / spelled).resolve())
            return False
        return True

    def _listing(self, folder: Path) -> list[str]:
        if folder not in self._listings:
            try:
                self._listings[folder] = sorted(path.name for path in folder.iterdir())
            except OSError:
                self._listings[folder] = []
        return self._listings[folder]

    def _missing(self, name: str, place: Place) -> None:
        names = [path.relative_to(self.folder).as_posix() for path in self.pictures()]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        near = near or [n for n in names if Path(n).stem.casefold() == Path(name).stem.casefold()][:1]
        if near:
            hint = (f"是不是「{near[0]}」？", f"Did you mean “{near[0]}”?")
        else:
            hint = ("把图片放进 images 文件夹，名字写得完全一样", "Put the picture into images, spelled the same")
        fields = {"nearest_zh": hint[0], "nearest_en": hint[1]}
        self.context.report(rules.IMAGE_MISSING, place, path=name[:80], **fields)

    def pictures(self) -> list[Path]:
        """The picture files in the ``images`` folder, in order of name; hidden files and links are left out."""
        folder = self.folder / "images"
        if not folder.is_dir() or folder.is_symlink():
            return []
        return sorted(
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not path.is_symlink()
        )

    def report_unused(self) -> None:
        """Name the pictures that nothing refers to."""
        for path in self.pictures():
            if path.resolve() not in self.used:
                shown = path.relative_to(self.folder).as_posix()
                self.context.report(rules.IMAGE_UNUSED, Place(file=path), path=shown)

    def _good(self, path: Path, name: str, place: Place) -> bool:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            size, limit = human_size(path.stat().st_size), human_size(MAX_BYTES)
            self.context.report(rules.IMAGE_TOO_LARGE, place, path=name, size=size, limit=limit)
            return False
        data = read_bytes(path, self.context.findings, MAX_BYTES)
        if data is None:
            return False
        if _looks_svg(data):
            return self._good_svg(data, name, place)
        return self._good_raster(data, name, place)

    def _good_svg(self, data: bytes, name: str, place: Place) -> bool:
        try:
            check_svg(data)
        except UnsafeSvgError as error:
            self.context.report(rules.SVG_UNSAFE, place, path=name, what=str(error))
            return False
        except BrokenSvgError as error:
            self.context.report(rules.SVG_BROKEN, place, path=name, line=error.line)
            return False
        return True

    def _good_raster(self, data: bytes, name: str, place: Place) -> bool:
        from PIL import Image, UnidentifiedImageError  # costs 40 ms; an issue may have no photographs

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
                    width, height = image.size
                    if width * height <= MAX_PIXELS:
                        image.load()
        except UnidentifiedImageError:
            if damaged := _printable_kind(data):
                self.context.report(rules.IMAGE_DAMAGED, place, path=name, found=damaged)
            else:
                self.context.report(rules.IMAGE_TYPE, place, path=name, **_guess(data))
            return False
        except Image.DecompressionBombError:
            self._too_many_pixels(name, place, "> 179 MP")
            return False
        except (OSError, SyntaxError, ValueError, EOFError):
            # What Pillow raises for damaged files.
            self.context.report(rules.IMAGE_DAMAGED, place, path=name, found=_printable_kind(data) or "?")
            return False
        if width * height > MAX_PIXELS:
            self._too_many_pixels(name, place, f"{width}×{height}")
            return False
        if width < MIN_WIDTH:
            self.context.report(rules.IMAGE_SMALL, place, path=name, width=width, limit=MIN_WIDTH)
        return True

    def _too_many_pixels(self, name: str, place: Place, size: str) -> None:
        limit = f"{MAX_PIXELS // 1_000_000} MP"
        self.context.report(rules.IMAGE_TOO_LARGE, place, path=name, size=size, limit=limit)


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _looks_svg(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in data[:65536].lower()


def _printable_kind(data: bytes) -> str | None:
    """The name of a kind that can be printed, by the first bytes; None for any other."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    return next((name for magic, name in _PRINTABLE if data.startswith(magic)), None)


def _guess(data: bytes) -> dict[str, str]:
    """What a file seems to be, for the message."""
    if data[4:8] == b"ftyp":
        return {"found": "HEIC/AVIF", "found_zh": "HEIC/AVIF"}
    name = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    return {"found": name or "of a kind unknown here", "found_zh": name or "未知格式"}

"""From a layout's name to the layout: the chain of inheritance, the options' values, and the files of it all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.files import confined
from newsletter_pdf.findings import Finding, Findings, Place
from newsletter_pdf.findings.layout import (
    FILE_OUTSIDE,
    IMAGE_MISSING,
    LAYOUT_CYCLE,
    LAYOUT_MISSING,
    LAYOUT_NO_MANIFEST,
    OPTION_UNKNOWN,
    TEMPLATE_MISSING,
    TYPE_AREA_TOO_LARGE,
)
from newsletter_pdf.layouts.manifest import MANIFEST, Manifest, nearest, read_manifest
from newsletter_pdf.layouts.options import Length, Options, OptionSpec, OptionValue

REQUIRED_TEMPLATES = ("base", "cover", "masthead", "contents", "section", "services", "blocks")
"""Stems of the templates that every layout has, of its own or by inheritance."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_A4_WIDTH, _A4_HEIGHT = 595.28, 841.89  # pt, ISO 216
_LEAST_SIDE, _LEAST_HEAD = 28.0, 64.0  # pt: narrowest margin; least room for running head and for folio


class MissingImageError(LookupError):
    """A layout has no image of the name asked for; ``name`` is that name."""

    def __init__(self, layout: str, name: str) -> None:
        super().__init__(f"the layout {layout!r} has no image {name!r}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout with everything resolved.

    ``folders`` and ``template_folders`` are absolute, the layout's own first, then those it inherits from;
    ``css_files`` are in cascade order: an inherited sheet keeps its position when a file of the same name replaces it,
    sheets under new names come last. ``specs`` are the options' declarations with this layout's defaults.
    ``fingerprint`` changes with any file of the layout and any option's value.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    options: Options
    specs: Mapping[str, OptionSpec]
    folders: tuple[Path, ...]
    template_folders: tuple[Path, ...]
    css_files: tuple[Path, ...]
    fingerprint: str

    def image(self, name: str) -> Path:
        """The absolute path of an image by its file name, the layout's own first; :class:`MissingImageError`."""
        for folder in self.folders:
            path = confined(Path(name), folder / "images")
            if path is not None and path.is_file():
                return path
        raise MissingImageError(self.name, name)

    @property
    def pdf_variant(self) -> str | None:
        """The PDF standard, such as ``pdf/ua-1``; None for a plain PDF."""
        variant = self.options.pdf_variant if "pdf_variant" in self.options else "none"
        return None if variant == "none" else str(variant)

    @property
    def lone_lines(self) -> tuple[int, int]:
        """The fewest lines of a paragraph at a page's foot and at the next one's head; 2 where no option says."""
        orphans, widows = (getattr(self.options, name, 2) for name in ("orphans", "widows"))
        return int(orphans), int(widows)

    @property
    def text_height(self) -> float | None:
        """The height of the type area in pt: its lines at the leading; None where options do not say."""
        leading, lines = (getattr(self.options, name, None) for name in ("leading", "lines"))
        return _extent(leading, lines)

    @property
    def roman_front(self) -> bool:
        """True when the front matter has roman folios, False when it has none."""
        return "front_folios" in self.options and self.options.front_folios == "roman"


def missing_image(layout: Layout, name: str, place: Place) -> Finding:
    """The finding for an image that a template of ``layout`` asks for and none of its folders has."""
    known = {path.name for folder in layout.folders for path in (folder / "images").glob("*")}
    return IMAGE_MISSING.at(place, layout=layout.name, image=name[:60], **nearest(name, sorted(known)))


def layout_names(home: Path) -> tuple[str, ...]:
    """The names of the layouts in ``home/layouts``, sorted."""
    return tuple(sorted(path.parent.name for path in (home / "layouts").glob(f"*/{MANIFEST}")))


def load_layout(
    name: str,
    home: Path,
    overrides: Mapping[str, object],
    findings: Findings,
    *,
    place: Place | None = None,
    option_places: Mapping[str, Place] | None = None,
) -> Layout | None:
    """Load the layout ``name`` from ``home/layouts`` with the options of an issue.

    ``overrides`` are plain YAML values by option name; ``place`` is where the name is written, ``option_places`` where
    each option is. Returns None when anything is wrong; all that is wrong is in ``findings``.
    """
    before = findings.errors
    chain = _chain(name, home, findings, place)
    if not chain:
        return None
    specs = _specs(chain, findings)
    values = {option: spec.default for option, spec in specs.items()}
    places = {option: (option_places or {}).get(option, place) for option in overrides}
    values.update(_given(name, overrides, specs, findings, places))
    _check_type_area(values, findings, places, place)
    folders = tuple((home / "layouts" / manifest.name).resolve() for manifest in chain)
    files = _files(folders, findings)
    for stem in REQUIRED_TEMPLATES:
        if not any(f"templates/{stem}.html.j2" in own for own in files.values()):
            findings.add(TEMPLATE_MISSING.at(chain[0].place, layout=name, template=f"{stem}.html.j2"))
    if findings.errors != before:
        return None
    options = Options(values)
    return Layout(
        name=name,
        title=chain[0].title,
        description=chain[0].description,
        options=options,
        specs=specs,
        folders=folders,
        template_folders=tuple(folder / "templates" for folder in folders if (folder / "templates").is_dir()),
        css_files=_cascade(folders, files),
        fingerprint=_fingerprint(files, options),
    )


def _chain(name: str, home: Path, findings: Findings, place: Place | None) -> tuple[Manifest, ...]:
    """The layout and those it inherits from; empty when one is missing or broken or the chain is a circle."""
    chain: list[Manifest] = []
    names: list[str] = []
    asked: str | None = name
    while asked is not None:
        if asked in names:
            circle = " → ".join([*names[names.index(asked) :], asked])
            findings.add(LAYOUT_CYCLE.at(place, chain=circle))
            return ()
        names.append(asked)
        manifest = _manifest(asked, home, findings, place)
        if manifest is None:
            return ()
        chain.append(manifest)
        asked, place = manifest.inherits, manifest.inherits_place
    return tuple(chain)


def _manifest(name: str, home: Path, findings: Findings, place: Place | None) -> Manifest | None:
    root = home / "layouts"
    folder = root / name if _NAME.fullmatch(name) else None
    if folder is None or not folder.is_dir():
        known = layout_names(home)
        shown = name if len(name) <= 60 else name[:59] + "…"
        findings.add(LAYOUT_MISSING.at(place, name=shown, known=", ".join(known) or "—", **nearest(name, known)))
        return None
    if confined(folder, root) is None or confined(folder / MANIFEST, folder) is None:
        findings.add(FILE_OUTSIDE.at(Place(folder), file=f"{name}/{MANIFEST}"))
        return None
    if not (folder / MANIFEST).is_file():
        findings.add(
            LAYOUT_NO_MANIFEST.at(Place(folder), name=name, reason_zh="没有这个文件", reason_en="no such file")
        )
        return None
    return read_manifest(folder, findings)


def _specs(chain: tuple[Manifest, ...], findings: Findings) -> dict[str, OptionSpec]:
    """The declared options, each with the default of the layout nearest to the one asked for."""
    specs: dict[str, OptionSpec] = {}
    for manifest in reversed(chain):
        specs.update(manifest.declared)
        for option, (raw, place) in manifest.defaults.items():
            value = _value(manifest.name, option, raw, specs, findings, place)
            if value is not None:
                spec = specs[option]
                specs[option] = OptionSpec(
                    spec.name, spec.type, value, spec.zh, spec.en, spec.minimum, spec.maximum, spec.choices
                )
    return specs


def _given(
    layout: str,
    overrides: Mapping[str, object],
    specs: Mapping[str, OptionSpec],
    findings: Findings,
    places: Mapping[str, Place | None],
) -> dict[str, OptionValue]:
    values = {name: _value(layout, name, raw, specs, findings, places[name]) for name, raw in overrides.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(
    layout: str,
    option: str,
    raw: object,
    specs: Mapping[str, OptionSpec],
    findings: Findings,
    place: Place | None,
) -> OptionValue | None:
    spec = specs.get(option)
    if spec is None:
        findings.add(OPTION_UNKNOWN.at(place, layout=layout, option=option, **nearest(option, specs)))
        return None
    result = spec.read(raw, place)
    if isinstance(result, Finding):
        findings.add(result)
        return None
    return result


def _check_type_area(
    values: Mapping[str, OptionValue], findings: Findings, places: Mapping[str, Place | None], place: Place | None
) -> None:
    """Report a type area that leaves no margins; a layout without these options has no type area of this kind."""
    axes = (
        ("宽", "width", "body_size", "measure_em", _A4_WIDTH - 2 * _LEAST_SIDE),
        ("高", "height", "leading", "lines", _A4_HEIGHT - 2 * _LEAST_HEAD),
    )
    for zh, en, pitch_name, count_name, limit in axes:
        extent = _extent(values.get(pitch_name), values.get(count_name))
        if extent is not None and extent > limit:
            fields = {
                "size": f"{extent:g}",
                "limit": f"{limit:.0f}",
                "options": f"{pitch_name}, {count_name}",
            }
            where = places.get(pitch_name) or places.get(count_name) or place
            findings.add(TYPE_AREA_TOO_LARGE.at(where, axis_zh=zh, axis_en=en, **fields))


def _extent(pitch: object, count: object) -> float | None:
    """``count`` times ``pitch``, pt; None where it is not said, or depends on the page."""
    return pitch.pt * count if isinstance(pitch, Length) and pitch.absolute and isinstance(count, int) else None


def _files(folders: tuple[Path, ...], findings: Findings) -> dict[Path, dict[str, Path]]:
    """Every file of each folder by its path in it; a link that leads outside is reported."""
    found: dict[Path, dict[str, Path]] = {}
    for folder in folders:
        own = found.setdefault(folder, {})
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder).as_posix()
            if any(part.startswith(".") for part in path.relative_to(folder).parts):
                continue
            if confined(path, folder) is None:
                findings.add(FILE_OUTSIDE.at(Place(path), file=relative))
            elif path.is_file():
                own[relative] = path
    return found


def layout_files(layout: Layout) -> tuple[Path, ...]:
    """Every file of a layout and of those it inherits from, the layout's own first, in order of name in each folder."""
    files = _files(layout.folders, Findings())
    return tuple(path for own in files.values() for path in own.values())


def _cascade(folders: tuple[Path, ...], files: Mapping[Path, Mapping[str, Path]]) -> tuple[Path, ...]:
    sheets: dict[str, Path] = {}
    for folder in reversed(folders):
        # A key that exists keeps its position, so that a replacement stands where the inherited sheet stood.
        sheets.update(
            (relative, path)
            for relative, path in files[folder].items()
            if relative.startswith("css/") and relative.endswith(".css")
        )
    return tuple(sheets.values())


def _fingerprint(files: Mapping[Path, Mapping[str, Path]], options: Options) -> str:
    digest = hashlib.sha256()
    for folder, own in files.items():
        for relative, path in own.items():
            data = path.read_bytes()
            digest.update(f"{folder.name}/{relative}\0{len(data)}\0".encode())
            digest.update(data)
    for name, value in options:
        digest.update(f"{name}={value!r}\0".encode())
    return digest.hexdigest()

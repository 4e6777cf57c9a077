"""A layout of one's own: a folder that inherits from another, with every option at hand as a comment."""

from __future__ import annotations

import os
import re
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import founding as rules
from newsletter_pdf.newissue.folder import create_folder
from newsletter_pdf.source import YamlMapping, YamlScalar, load_yaml

BASE = "classic"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_SHEET = """/* 自己的样式写在这里，排在 {base} 的样式之后。取选项写 {{{{ o.accent }}}}。
   竖向距离写成 0.5rlh 的倍数，正文就落在行格上。
   Styles of one's own, after those of {base}. Vertical distances in multiples of 0.5rlh keep the text on its grid. */
"""


def create_layout(name: str, layouts: Path, findings: Findings) -> Path | None:
    """Make ``layouts/name``, which inherits from ``classic`` and builds as it is.

    Returns the folder, or None with an error when the name cannot be used, the layout exists, or ``classic`` cannot be
    read. An existing folder is never touched.
    """
    folder = layouts / name
    if not _NAME.fullmatch(name):
        findings.add(rules.LAYOUT_NAME.at(Place(file=layouts), name=name[:60]))
        return None
    if os.path.lexists(folder):
        findings.add(rules.LAYOUT_EXISTS.at(Place(file=folder), name=name))
        return None
    options = _options(layouts / BASE / "layout.yaml")
    if options is None:
        findings.add(rules.LAYOUT_BASE.at(Place(file=layouts / BASE / "layout.yaml"), base=BASE))
        return None
    try:
        create_folder(
            folder,
            {
                "layout.yaml": _manifest(name, options).encode(),
                f"css/90-{name}.css": _SHEET.format(base=BASE).encode(),
            },
        )
    except OSError as error:
        findings.add(rules.NOT_MADE.at(Place(file=folder), name=name, reason=error.strerror or str(error)))
        return None
    return folder


def _options(path: Path) -> list[tuple[str, str, str, str]] | None:
    """Name, default as YAML, Chinese and English explanation of every option; None when they cannot be read."""
    root = load_yaml(path, Findings()) if path.is_file() else None
    options = root.get("options") if isinstance(root, YamlMapping) else None
    if not isinstance(options, YamlMapping):
        return None
    found = []
    for key, spec in options:
        words = [spec.get(field) if isinstance(spec, YamlMapping) else None for field in ("default", "zh", "en")]
        default, zh, en = (word if isinstance(word, YamlScalar) else None for word in words)
        if default is None:
            return None
        value = default.text if default.plain else f'"{default.text}"'
        found.append((key.text, value, zh.text if zh else "", en.text if en else ""))
    return found or None


def _manifest(name: str, options: list[tuple[str, str, str, str]]) -> str:
    lines = [
        f"# 版式 {name}：继承 {BASE}，只写不同的地方。The layout “{name}”: only what differs from {BASE}.",
        "# 要改哪一项，去掉那一行前面的「# 」，改后面的值；颜色要加引号。怎样再往下做：layouts/README.md",
        "# To change an option, remove “# ” before it and change the value; colours are put in quotes.",
        f"name: {name}",
        f"title: {{zh: {name}, en: {name}}}    # 版式的名称",
        "description:",
        "  zh: 自己的版式。",
        "  en: A layout of one's own.",
        f"inherits: {BASE}",
        "options:",
    ]
    for index, (key, value, zh, en) in enumerate(options):
        lines += [f"  # {zh} {en}", f"  {'# ' if index else ''}{key}: {value}"]
    return "\n".join(lines) + "\n"

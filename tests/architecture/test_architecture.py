"""The module plan of docs/architecture.md holds in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "newsletter_pdf"
LONGEST = 350
# The third-party library on the left is touched by the modules on the right and by no other.
ADAPTERS = {
    "weasyprint": ("render",),
    "pypdf": ("personal", "verify"),  # the pages that a mark is put on; the proof
    # pictures of pages; the text that readers get out of them
    "pypdfium2": ("difference", "mail", "preview", "report", "verify"),
    "typer": ("cli",),
    "starlette": ("preview",),
    "uvicorn": ("preview",),
    "watchfiles": ("preview",),
    "autocorrect_py": ("copyreading",),
    "docx": ("importers",),
    "dkim": ("mail",),
    "cryptography": ("mail",),
    "email_validator": ("mail",),
    "keyring": ("mail",),
    "pikepdf": ("personal",),
    "distributed": ("personal",),
}


def _plan() -> dict[str, set[str]]:
    """What each module may import by the table, directly or through those that it may import."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    allowed: dict[str, set[str]] = {}
    for name, permitted in re.findall(r"^\| `([a-z_]+)/?` \|.*\| ([^|]+) \|$", text, re.MULTILINE):
        if permitted.strip() == "all above":
            direct = set(allowed)
        else:
            direct = {part.strip() for part in permitted.split(",")} - {"–"}
        assert direct <= set(allowed), f"{name} may import {direct - set(allowed)}, which is not above it"
        allowed[name] = direct | {further for module in direct for further in allowed[module]}
    return allowed


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, at its top or inside a function, with the line; type-only imports too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


FILES = sorted(PACKAGE.rglob("*.py"))
PLAN = _plan()


def _module(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_table_and_the_package_name_the_same_modules() -> None:
    """Each module of the package stands in the table, and the table names no other."""
    found = {_module(path) for path in FILES} - {"__init__", "__main__"}
    assert found == set(PLAN)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only what the table permits it, directly or through another."""
    module = _module(path)
    if module in {"__init__", "__main__"}:
        return
    for name, line in _imports(path):
        if name.startswith("newsletter_pdf."):
            target = name.split(".")[1]
            if target in {module, "__version__"}:
                continue
            assert target in PLAN[module], f"{path}:{line}: {module} may not import {target}"


@pytest.mark.parametrize(("library", "owners"), sorted(ADAPTERS.items()))
def test_one_adapter_per_library(library: str, owners: tuple[str, ...]) -> None:
    """A library that does the heavy work is imported by its adapters alone."""
    users = {_module(path) for path in FILES for name, _ in _imports(path) if name.split(".")[0] == library}
    assert users == set(owners)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_short(path: Path) -> None:
    """No module is longer than can be read at one sitting."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST

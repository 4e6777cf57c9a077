"""Rendering: parts are laid out and joined into one PDF.

Nothing here imports WeasyPrint before :func:`open_renderer` is called: it reads the fontconfig configuration when it
is imported, and that configuration must be ours, which knows the project's fonts and no others.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.render.surroundings import fix_surroundings

if TYPE_CHECKING:
    from newsletter_pdf.render.engine import Renderer

__all__ = ["open_renderer", "start_engine"]


def open_renderer(*, folders: Sequence[Path], fontconfig: Path, fonts: Path, variant: str | None = None) -> Renderer:
    """Start the engine.

    ``folders`` are all the places that files may be read from, ``fontconfig`` a configuration file for fontconfig,
    ``fonts`` the folder with the faces that it names, ``variant`` a PDF variant such as ``pdf/ua-1``.
    Raises OSError when Pango or one of its libraries is missing.
    """
    start_engine(fontconfig)
    from newsletter_pdf.render.engine import Renderer

    return Renderer(folders, variant, fonts)


def start_engine(fontconfig: Path) -> None:
    """Import the engine with ``fontconfig`` as its configuration. Raises OSError when one of its libraries is missing.

    What a process starts before it knows its work.
    """
    fix_surroundings(fontconfig)
    with _libraries_by_name():
        from newsletter_pdf.render.alignment import tell_alignment  # after the variable is set, see above
        from newsletter_pdf.render.engine import Renderer  # noqa: F401 - imported here for its time

    tell_alignment()


@contextlib.contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let the loader alone find libraries, on Linux, while the engine is imported.

    The engine asks for each library under the names of all systems; for every wrong one Python runs the linker and the
    compiler to search for it, which takes longer than everything else in the import. The right names are among those
    asked for, and the loader knows them.
    """
    if sys.platform != "linux":
        yield
        return
    stock = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the name is part of the signature
    try:
        yield
    finally:
        ctypes.util.find_library = stock

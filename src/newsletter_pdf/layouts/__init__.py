"""Layouts: how an issue looks, kept in folders that a designer can change without touching the program.

A layout is ``layouts/<name>/`` with ``layout.yaml`` (title, description, what it inherits from, options),
``templates/*.html.j2``, ``css/*.css`` and ``images/``. A layout that inherits holds only what differs: other defaults,
or files that stand in for the inherited ones of the same name.
"""

from newsletter_pdf.layouts.loader import (
    REQUIRED_TEMPLATES,
    Layout,
    MissingImageError,
    layout_names,
    load_layout,
    missing_image,
)
from newsletter_pdf.layouts.options import Length, Options, OptionSpec

__all__ = [
    "REQUIRED_TEMPLATES",
    "Layout",
    "Length",
    "MissingImageError",
    "OptionSpec",
    "Options",
    "layout_names",
    "load_layout",
    "missing_image",
]

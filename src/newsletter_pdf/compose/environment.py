"""The Jinja environment of a layout: sandboxed, strict, and without any way to the file system.

Layouts come from people who are not the tool's authors. A template sees data and may format it; it cannot call methods
that read or write files, reach Python's internals, or load templates from outside the layout's folders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from types import BuiltinFunctionType, BuiltinMethodType, FunctionType, MethodType

from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from newsletter_pdf.chinese import cn_date, cn_month, han_number
from newsletter_pdf.compose import extent, markup
from newsletter_pdf.compose.charts import chart
from newsletter_pdf.compose.numbering import runs_on

_VALUE_TYPES = (str, bytes, int, float, tuple, list, dict, frozenset, range)

FILTERS: dict[str, Callable[..., object]] = {
    "inline": markup.inline,
    "text": markup.text,
    "han": han_number,
    "name3": markup.name3,
    "cn_date": cn_date,
    "cn_month": cn_month,
    "qr": markup.qr,
    "chart": chart,
    "image_url": markup.image_url,
    "ems": extent.ems,
    "picture_lines": extent.picture_lines,
    "runs_on": runs_on,
}


class LayoutEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, narrowed to what a layout needs."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Refuse paths' own attributes: they open files."""
        return not isinstance(obj, PurePath) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: object) -> bool:
        """Allow macros, methods of plain values, and the functions that Jinja itself offers; nothing else."""
        if isinstance(obj, Macro):
            return True
        if isinstance(obj, BuiltinMethodType | BuiltinFunctionType | MethodType):
            owner = getattr(obj, "__self__", None)
            return isinstance(owner, (*_VALUE_TYPES, Macro)) and super().is_safe_callable(obj)
        if isinstance(obj, FunctionType):
            return obj.__module__.startswith("jinja2.")
        return isinstance(obj, type) and obj.__module__ == "jinja2.utils"


class _Compiled(FileSystemBytecodeCache):
    """Jinja2's cache of compiled templates; a folder that cannot be written to costs time, not the build."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what is there."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it if that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def make_environment(template_folders: Sequence[Path], *, escape: bool, cache: Path | None = None) -> LayoutEnvironment:
    """Make the environment for a layout's templates; ``escape`` is True for HTML and False for CSS.

    ``cache`` is a folder of the user's own in which compiled templates are kept, by what they were compiled from.
    """
    environment = LayoutEnvironment(
        loader=FileSystemLoader([str(folder) for folder in template_folders]),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=None if cache is None else _Compiled(str(cache), "html-%s" if escape else "css-%s"),
    )
    environment.filters.update(FILTERS)
    return environment

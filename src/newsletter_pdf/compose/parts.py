"""Parts: the pieces of an issue that are laid out on their own, each as one HTML page with its style sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from newsletter_pdf.compose.environment import LayoutEnvironment, make_environment
from newsletter_pdf.compose.markup import inline
from newsletter_pdf.compose.numbering import ContentsLine, NumberedSection
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.render import NO_ROOM, TEMPLATE_FAULT
from newsletter_pdf.layouts import Layout, MissingImageError, missing_image
from newsletter_pdf.model import Issue, Services
from newsletter_pdf.part import Part


class Composer:
    """Makes the parts of one issue with one layout. None of them knows on which page of the issue it will stand.

    Every method adds a finding and returns None when a template of the layout is at fault. ``cache`` is a folder for
    compiled templates.
    """

    def __init__(self, issue: Issue, layout: Layout, findings: Findings, cache: Path | None = None) -> None:
        self._cache = cache
        self._issue = issue
        self._layout = layout
        self._findings = findings
        self._html = self._environment(layout.template_folders, escape=True)
        self._css_folders = sorted({path.parent for path in layout.css_files})
        self._css_cache: tuple[tuple[Path, str], ...] | None = None

    def cover(self) -> Part | None:
        """The cover."""
        return self._part("cover", "cover", {})

    def masthead(self) -> Part | None:
        """Organisations, board and statement."""
        return self._part("masthead", "masthead", {})

    def contents(self, entries: Sequence[ContentsLine]) -> Part | None:
        """The contents with page numbers already known."""
        return self._part("contents", "contents", {"entries": tuple(entries)})

    def section(self, section: NumberedSection) -> Part | None:
        """One section."""
        return self._part(section.name, "section", {"sec": section})

    def services(self, services: Services) -> Part | None:
        """The service pages."""
        return self._part("services", "services", {"services": services})

    def has(self, template: str) -> bool:
        """Whether the layout, or one that it inherits from, has a template of this file name."""
        return any((folder / template).is_file() for folder in self._layout.template_folders)

    def letter(
        self,
        template: str,
        fields: Mapping[str, object],
        filters: Mapping[str, Callable[..., object]],
        *,
        escape: bool,
    ) -> str | None:
        """What a template of the mail gives, as text of HTML (``escape``) or plain text."""
        environment = self._environment(self._layout.template_folders, escape=escape)
        environment.filters.update(filters)
        return self._rendered(environment, template, {"issue": self._issue, "o": self._layout.options, **fields})

    def _environment(self, folders: Sequence[Path], *, escape: bool) -> LayoutEnvironment:
        """The layout's environment.

        ``layout_image`` turns the name of a file in its images/ into an address, ``no_room`` reports a text that the
        layout has to leave out.
        """
        environment = make_environment(folders, escape=escape, cache=self._cache)
        options = self._layout.options
        environment.filters["inline"] = partial(inline, dots="emphasis" in options and options.emphasis == "dots")
        environment.filters["no_room"] = self._report_no_room
        environment.filters["layout_image"] = lambda name: self._layout.image(str(name)).as_uri()
        return environment

    def _report_no_room(self, text: object, where: object) -> str:
        """Warn that the page part called ``where`` has no room for ``text``; returns nothing to print."""
        place = self._issue.facts.place
        self._findings.add(NO_ROOM.at(place, text=str(text)[:60], where=str(where).replace("　", "")[:20]))
        return ""

    def _part(self, name: str, template: str, fields: Mapping[str, object]) -> Part | None:
        context = {
            "issue": self._issue,
            "o": self._layout.options,
            "part": name,
            "lang": self._issue.facts.language,
            **fields,
        }
        html = self._rendered(self._html, f"{template}.html.j2", context)
        css = self._styles(context)
        if html is None or css is None:
            return None
        return Part(name, html, css)

    def _styles(self, context: Mapping[str, object]) -> tuple[tuple[Path, str], ...] | None:
        """The layout's style sheets; the same for every part, so that they are parsed once."""
        if self._css_cache is None:
            sheets: list[tuple[Path, str]] = []
            for path in self._layout.css_files:
                environment = self._environment([path.parent], escape=False)
                text = self._rendered(environment, path.name, context)
                if text is None:
                    return None
                sheets.append((path, text))
            self._css_cache = tuple(sheets)
        return self._css_cache

    def _rendered(self, environment: LayoutEnvironment, name: str, context: Mapping[str, object]) -> str | None:
        try:
            return environment.get_template(name).render(context)
        except MissingImageError as fault:
            self._findings.add(missing_image(self._layout, fault.name, self._place(fault, name)))
            return None
        except (
            TemplateError,
            TypeError,
            ValueError,
            AttributeError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as fault:
            self._findings.add(TEMPLATE_FAULT.at(self._place(fault, name), reason=_reason(fault)))
            return None

    def _place(self, fault: Exception, name: str) -> Place:
        """File and line in the template, as near as Jinja tells."""
        folders = [*self._layout.template_folders, *self._css_folders]
        if isinstance(fault, TemplateSyntaxError):
            file = Path(fault.filename) if fault.filename else _first(folders, fault.name or name)
            return Place(file, fault.lineno)
        if isinstance(fault, TemplateNotFound):
            return Place(_first(folders, name))
        line: tuple[str, int] | None = None
        trace = fault.__traceback__
        while trace is not None:
            file_name = trace.tb_frame.f_code.co_filename
            if any(Path(file_name).is_relative_to(folder) for folder in folders):
                line = (file_name, trace.tb_lineno)
            trace = trace.tb_next
        return Place(_first(folders, name)) if line is None else Place(Path(line[0]), line[1])


def _first(folders: Sequence[Path], name: str) -> Path:
    """The file called ``name`` in the first folder that has one."""
    return next((folder / name for folder in folders if (folder / name).is_file()), Path(name))


def _reason(fault: Exception) -> str:
    if isinstance(fault, UndefinedError | TemplateSyntaxError):
        return str(fault.message or fault)
    if isinstance(fault, TemplateNotFound):
        return f"no template called {fault.name}"
    return f"{type(fault).__name__}: {fault}"

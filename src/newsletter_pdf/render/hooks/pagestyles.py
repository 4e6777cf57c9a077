"""The styles of pages, computed once for all pages of a document to which the same declarations apply.

The engine computes the styles of every page anew, and those of the sixteen boxes in its margins: each has a type of
its own, as its index is part of it. Most pages of a document look alike.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from weasyprint.layout import page


def install_page_styles() -> None:
    """Put the function that shares styles in the engine's place; once in a process."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        computed, cascaded = style_for.get_computed_styles(), style_for.get_cascaded_styles()
        if (page_type, None) in computed:
            return  # the page is made again
        before = len(cascaded)
        style_for.add_page_declarations(page_type)
        declared = {pseudo: cascaded[of, pseudo] for of, pseudo in islice(cascaded, before, None)}
        # Values are objects of the style sheets, which live as long as the document.
        key = frozenset(
            (pseudo, name, id(value), precedence, layer, tuple(specificity))
            for pseudo, declarations in declared.items()
            for name, (value, (precedence, layer, specificity)) in declarations.items()
        )
        known: dict[Any, Any] = style_for.__dict__.setdefault("styles_of_pages", {})
        if key in known:
            computed.update(((page_type, pseudo), style) for pseudo, style in known[key].items())
            return
        root = html.etree_element
        style_for.set_computed_styles(page_type, root=root, parent=root, base_url=html.base_url)
        for pseudo in declared:
            if pseudo:
                style_for.set_computed_styles(
                    page_type, pseudo_type=pseudo, root=root, parent=page_type, base_url=html.base_url
                )
        known[key] = {pseudo: computed[page_type, pseudo] for pseudo in {None, *declared}}

    page.set_page_type_computed_styles = set_page_type_computed_styles

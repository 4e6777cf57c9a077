"""The functions put in the engine's place, and the check that this engine is one they were made for."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import weasyprint
import weasyprint.layout
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page, preferred

from newsletter_pdf.linesetting.opportunities import KEPT
from newsletter_pdf.render.hooks.draw import draw_pieces, draw_whole
from newsletter_pdf.render.hooks.furniture import install_furniture
from newsletter_pdf.render.hooks.leaders import join_dots
from newsletter_pdf.render.hooks.pagestyles import install_page_styles
from newsletter_pdf.render.hooks.pen import SetText
from newsletter_pdf.render.hooks.place import Lists, place_line
from newsletter_pdf.render.hooks.plan import plan_for, tree_of
from newsletter_pdf.render.hooks.tree import Tree

TESTED = frozenset(("70.0",))

_SIGNATURES = {
    (inline, "split_inline_box"): (
        "context", "box", "position_x", "max_x", "bottom_space", "skip_stack", "containing_block", "absolute_boxes",
        "fixed_boxes", "line_placeholders", "waiting_floats", "line_children", "first_letter_style", "first_line_style",
    ),
    (drawing, "draw_first_line"): ("stream", "textbox", "text_overflow", "block_ellipsis", "matrix"),
    (inline, "justify_line"): ("context", "line", "extra_width"),
    (page, "set_page_type_computed_styles"): ("page_type", "html", "style_for"),
    (inline, "handle_leader"): ("context", "line", "containing_block"),
    (preferred, "inline_min_content_width"): (
        "context", "box", "outer", "skip_stack", "first_line", "is_line_start",
    ),
    (preferred, "inline_max_content_width"): ("context", "box", "outer", "is_line_start"),
}  # fmt: skip


def installed() -> bool:
    """Whether line setting stands in the engine's place."""
    return getattr(inline.split_inline_box, "line_setting", False)


@cache
def install() -> str | None:
    """Put line setting in the engine's place, once in a process.

    Returns None when it is there, else what speaks against it (the engine's version); the engine then sets lines
    itself.
    """
    if installed():
        return None
    if weasyprint.__version__ not in TESTED:
        return f"WeasyPrint {weasyprint.__version__}"
    for (module, name), expected in _SIGNATURES.items():
        if tuple(inspect.signature(getattr(module, name)).parameters) != expected:
            return f"WeasyPrint {weasyprint.__version__}, {name}"
    stock_split, stock_justify = inline.split_inline_box, inline.justify_line
    stock_leader = inline.handle_leader
    stock_draw = drawing.draw_first_line
    stock_min, stock_max = preferred.inline_min_content_width, preferred.inline_max_content_width

    def split_inline_box(
        context: Any, box: Any, position_x: float, max_x: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any, line_placeholders: Any, waiting_floats: Any,
        line_children: Any, first_letter_style: Any, first_line_style: Any,
    ) -> Any:  # fmt: skip
        if isinstance(box, boxes.LineBox) and not (first_letter_style or first_line_style or context.excluded_shapes):
            indent = box.text_indent
            found = plan_for(context, box, skip_stack, max_x - position_x + indent, indent, containing_block)
            if found is not None:
                plan, planned, start = found
                lists = Lists(
                    context, containing_block, absolute_boxes, fixed_boxes, line_placeholders, bottom_space, max_x
                )
                line, resume_at, newline = place_line(plan, planned, start, box, position_x, indent, lists)
                return line, resume_at, newline, None, None, {"left": 0, "right": 0}
        return stock_split(
            context, box, position_x, max_x, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes,
            line_placeholders, waiting_floats, line_children, first_letter_style, first_line_style,
        )  # fmt: skip

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if not getattr(line, "line_is_set", False):
            stock_justify(context, line, extra_width)

    def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
        stock_leader(context, line, containing_block)
        join_dots(line)

    def inline_min_content_width(
        context: Any, box: Any, outer: bool = True, skip_stack: Any = None, first_line: bool = False,
        is_line_start: bool = False,
    ) -> float:  # fmt: skip
        if isinstance(box, boxes.LineBox) and skip_stack is None and not first_line:
            tree = tree_of(box, lambda child: preferred.min_content_width(context, child))
            if tree is not None:
                anywhere = box.style["overflow_wrap"] == "anywhere"
                return float(preferred.adjust(box, outer, _narrowest(tree, anywhere, _indent(box))))
        return float(stock_min(context, box, outer, skip_stack, first_line, is_line_start))

    def inline_max_content_width(context: Any, box: Any, outer: bool = True, is_line_start: bool = False) -> float:
        if isinstance(box, boxes.LineBox):
            tree = tree_of(box, lambda child: preferred.max_content_width(context, child))
            if tree is not None:
                return float(preferred.adjust(box, outer, _widest(tree, _indent(box))))
        return float(stock_max(context, box, outer, is_line_start))

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        layout = textbox.pango_layout
        if isinstance(layout, SetText) and text_overflow == "clip" and block_ellipsis == "none":
            if layout.gaps:
                return draw_pieces(stock_draw, stream, textbox, matrix)
            return draw_whole(stock_draw, stream, textbox, layout, matrix)
        return stock_draw(stream, textbox, text_overflow, block_ellipsis, matrix)

    split_inline_box.line_setting = True  # type: ignore[attr-defined] # the mark that installed() looks for
    inline.split_inline_box, inline.justify_line = split_inline_box, justify_line
    inline.handle_leader = handle_leader
    drawing.draw_first_line = draw_first_line
    preferred.inline_min_content_width = inline_min_content_width
    preferred.inline_max_content_width = inline_max_content_width
    install_furniture()
    install_page_styles()
    return None


def _indent(box: Any) -> float:
    """The first line's indent in px; a percentage counts as none, as it does in the engine."""
    value = box.style["text_indent"]
    unit = getattr(value, "unit", None)
    return float(value.value) if unit is not None and unit.lower() == "px" else 0.0


def _ends(text: str) -> tuple[int, int]:
    """The first character and the place after the last that are no spaces."""
    return len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))


def _widest(tree: Tree, indent: float) -> float:
    """The width of the widest line when only forced breaks end lines."""
    widest = 0.0
    for segment in tree.segments:
        widest = max(widest, segment.paragraph.width(*_ends(segment.paragraph.text)) + indent)
        indent = 0.0
    return widest


def _narrowest(tree: Tree, anywhere: bool, indent: float) -> float:
    """The width of the widest piece when a line ends wherever it may."""
    widest = 0.0
    for segment in tree.segments:
        start, end = _ends(segment.paragraph.text)
        for stop in segment.paragraph.stops(cut=anywhere):
            if start < stop.end and stop.start < end and (anywhere or stop.penalty < KEPT):
                widest = max(widest, segment.paragraph.width(start, stop.end, stop.hyphen) + indent)
                start, indent = stop.start, 0.0
        widest = max(widest, segment.paragraph.width(start, end) + indent)
        indent = 0.0
    return widest

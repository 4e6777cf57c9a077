"""The lines of a line box, chosen once and kept on the box until text or measure change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import resolve_percentages

from newsletter_pdf.linesetting import Line, LineEnd, Options, fit
from newsletter_pdf.linesetting.options import DEFAULTS, STOCK
from newsletter_pdf.render.hooks.tree import Segment, Tree, Unsettable, flatten

_KEY = "line_setting"


@dataclass(slots=True)
class Planned:
    """A line with the segment that it belongs to; its indices count within the segment."""

    segment: Segment
    line: Line


@dataclass(slots=True)
class Plan:
    """The lines of one line box in one measure, by the character they start with (over the whole tree)."""

    tree: Tree
    measure: float
    justify: bool
    justify_last: bool
    lines: dict[int, Planned] = field(default_factory=dict)

    def add_from(self, start: int, indent: float) -> None:
        """Choose the lines from character ``start`` on, the first of them ``indent`` shorter (px)."""
        for segment in self.tree.segments:
            end = segment.start + len(segment.paragraph.text)
            if end < start:
                continue
            within = max(0, start - segment.start)
            chosen = fit(segment.paragraph, self.measure, indent=indent, justify=self.justify, start=within)
            if not chosen and segment.newline:
                chosen = [Line(within, within, end - segment.start, True)]
                self.lines[end] = Planned(segment, chosen[0])
            for line in chosen:
                self.lines[segment.start + line.start] = Planned(segment, line)
            if chosen:
                indent = 0.0


def plan_for(
    context: Any, box: Any, skip_stack: Any, measure: float, indent: float, containing_block: Any
) -> tuple[Plan, Planned, int] | None:
    """The plan for ``box``, the line that starts at ``skip_stack`` and its first character; None to leave it alone."""
    kept = box.__dict__.get(_KEY)
    if kept is None or not (kept == "stock" or kept.tree.unchanged):
        kept = box.__dict__[_KEY] = _new(context, box, measure, containing_block)
    if kept == "stock":
        return None
    plan: Plan = kept
    start = _index(plan.tree, box, skip_stack)
    text = plan.tree.text
    while start < len(text) and text[start] == " ":
        start += 1
    if start >= len(text):
        return None
    if abs(plan.measure - measure) > 1e-4:
        # Another measure than before: pages or columns differ.
        if plan.tree.objects:
            return None
        plan = box.__dict__[_KEY] = Plan(plan.tree, measure, plan.justify, plan.justify_last)
    if skip_stack is None or start not in plan.lines:
        if skip_stack is None:
            plan.lines.clear()
        plan.add_from(start, indent)
    found = plan.lines.get(start)
    return None if found is None else (plan, found, start)


def tree_of(box: Any, width_of: Any) -> Tree | None:
    """The tree of a line box for measuring; None when the engine has to do it."""
    kept = box.__dict__.get(_KEY)
    if kept == "stock":
        return None
    if kept is not None and not kept.tree.objects and kept.tree.unchanged:
        tree: Tree = kept.tree
        return tree
    options = options_of(box.style)
    if not options.strict:
        return None
    try:
        tree = flatten(box, options, width_of)
    except Unsettable:
        return None
    if not tree.objects:
        box.__dict__[_KEY] = _plan(tree, box, -1.0)
    return tree


def _new(context: Any, box: Any, measure: float, containing_block: Any) -> Plan | str:
    options = options_of(box.style)
    if not options.strict or measure <= 0 or containing_block.style["block_ellipsis"] != "none":
        return "stock"

    def width_of(child: Any) -> float:
        resolve_percentages(child, containing_block)
        laid_out = atomic_box(context, child.copy(), 0, None, containing_block, [], [])
        width: float = laid_out.margin_width()
        return width

    try:
        tree = flatten(box, options, width_of)
    except Unsettable:
        return "stock"
    return _plan(tree, box, measure)


def _plan(tree: Tree, box: Any, measure: float) -> Plan:
    style = box.style
    align, last = style["text_align_all"], style["text_align_last"]
    justify = align == "justify" and style["white_space"] in ("normal", "nowrap", "pre-line")
    return Plan(tree, measure, justify, justify and last == "justify")


def _index(tree: Tree, box: Any, skip_stack: Any) -> int:
    """The character that ``skip_stack`` (box indices, then a byte offset) points at."""
    while skip_stack is not None:
        (index, deeper), = skip_stack.items()  # fmt: skip
        if isinstance(box, boxes.TextBox):
            start, _ = tree.ranges[id(box)]
            return start + len(box.text.encode()[:index].decode())
        if index >= len(box.children):
            return tree.ranges[id(box)][1] if id(box) in tree.ranges else len(tree.text)
        box, skip_stack = box.children[index], deeper
    return tree.ranges[id(box)][0] if id(box) in tree.ranges else 0


def options_of(style: Any) -> Options:
    """The options that a style's custom properties ask for.

    ``--line-setting: strict | stock``, ``--line-end: half | full | hang``, ``--cjk-latin-gap: <number of em>``,
    ``--lone-character: avoid | allow``, ``--squeeze: <number of em>``. What is missing or makes no sense has its
    default.
    """
    raw = tuple(
        style[name] for name in ("__line_setting", "__line_end", "__cjk_latin_gap", "__lone_character", "__squeeze")
    )
    if not any(raw):
        return DEFAULTS
    setting, end, gap, lone, squeeze = (_value(tokens) for tokens in raw)
    if setting == "stock":
        return STOCK
    try:
        return Options(
            line_end=LineEnd(end) if isinstance(end, str) else DEFAULTS.line_end,
            gap=gap if isinstance(gap, float) else DEFAULTS.gap,
            lone_character=lone == "allow",
            squeeze=squeeze if isinstance(squeeze, float) else DEFAULTS.squeeze,
        )
    except ValueError:
        return DEFAULTS


def _value(tokens: Any) -> str | float | None:
    """The word or number of a custom property."""
    for token in tokens or ():
        if token.type == "ident":
            word: str = token.lower_value
            return word
        if token.type in ("number", "dimension"):
            return float(token.value)
    return None

"""Building the boxes of one planned line, in the place of the engine's ``split_inline_box``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.absolute import absolute_layout
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.line_break import strut

from newsletter_pdf.linesetting import SetLine, spread
from newsletter_pdf.render.hooks.pen import SetText, pen_for
from newsletter_pdf.render.hooks.plan import Plan, Planned
from newsletter_pdf.render.hooks.tree import Tree

_SEEN = 0.06  # em; pdftotext takes a tenth of an em for a space, others more
_CLOSED = -0.3  # em; marks that close up by more look like two lines to pdftotext


@dataclass(slots=True)
class Lists:
    """The engine's lists that boxes out of the flow are put into, and what it lays them out with."""

    context: Any
    containing_block: Any
    absolute_boxes: Any
    fixed_boxes: Any
    placeholders: Any
    bottom_space: float
    max_x: float


def place_line(
    plan: Plan, planned: Planned, start: int, line_box: Any, position_x: float, indent: float, lists: Lists
) -> tuple[Any, Any, bool]:
    """The laid-out copy of ``line_box`` with one line, where to resume (a skip stack) and whether a newline ended it.

    ``start`` is the line's first character in the tree; ``position_x`` is in px, behind ``indent``.
    """
    segment, line = planned.segment, planned.line
    offset = segment.start
    width = plan.measure - indent
    justify = plan.justify_last if line.last else plan.justify
    if line.end > line.start:
        made = spread(segment.paragraph, line, width, justify=justify)
    else:
        made = SetLine(line, 0.0, [], 0.0)
    resume = offset + line.resume + (1 if line.last and segment.newline else 0)
    placer = _Placer(plan.tree, made, offset, resume, lists, first=start)
    new_box = placer.place(line_box, position_x)
    new_box.line_is_set = True
    done = resume >= len(plan.tree.text)
    return new_box, None if done else _stack(plan.tree, line_box, resume), line.last and segment.newline


class _Placer:
    def __init__(self, tree: Tree, made: SetLine, offset: int, resume: int, lists: Lists, first: int) -> None:
        self.tree, self.made, self.lists = tree, made, lists
        self.start, self.end = offset + made.line.start, offset + made.line.end
        self.offset, self.resume, self.first = offset, resume, first
        self.paragraph_advances: list[float] = []
        self.carry = 0.0  # space that the next text box begins with
        self.leaves = {id(leaf.box): n for n, leaf in enumerate(tree.leaves)}

    def place(self, box: Any, position_x: float) -> Any:
        """A copy of ``box`` (the line box or an inline box) with those of its children that are on the line."""
        lists = self.lists
        is_line = isinstance(box, boxes.LineBox)
        own_start, own_end = (0, len(self.tree.text)) if is_line else self.tree.ranges[id(box)]
        at_start = own_start >= self.first
        at_end = own_end <= self.resume
        left = 0.0 if is_line else box.padding_left + box.margin_left + box.border_left_width
        absolute_boxes = [] if box.style["position"] == "relative" else lists.absolute_boxes
        x = position_x + (left if at_start else 0.0)
        children: list[Any] = []
        for index, child in enumerate(box.children):
            begin, stop = self.tree.ranges[id(child)]
            if begin == stop:
                if not (self.first < begin <= self.resume or (begin == self.first == 0)):
                    continue
            elif stop <= self.first or begin >= self.resume:
                continue
            child.position_y = box.position_y
            if not child.is_in_normal_flow():
                waiting: list[Any] = []
                inline._out_of_flow_layout(
                    lists.context, box, lists.containing_block, index, child, [], [], waiting, [], absolute_boxes,
                    lists.fixed_boxes, lists.placeholders, {"left": 0, "right": 0}, lists.max_x, x, lists.bottom_space,
                )  # fmt: skip
                children.extend(item[1] for item in waiting)
                continue
            resolve_percentages(child, lists.containing_block)
            if isinstance(child, boxes.TextBox):
                new_child = self._text(child, x) if begin < stop else None
            elif isinstance(child, boxes.InlineBox):
                for side in ("margin_left", "margin_right"):
                    if getattr(child, side) == "auto":
                        setattr(child, side, 0)
                new_child = self.place(child, x)
            else:
                new_child = inline.atomic_box(
                    lists.context, child, x, None, lists.containing_block, absolute_boxes, lists.fixed_boxes
                )
                new_child.position_x = x
            if new_child is None:
                continue
            children.append(new_child)
            x = new_child.position_x + new_child.margin_width()
            if begin < stop and not isinstance(child, boxes.InlineBox | boxes.TextBox):
                x += self._space(begin)
        new_box = box.copy_with_children(children)
        if not is_line:
            new_box.remove_decoration(start=not at_start, end=not at_end)
            new_box.position_x = position_x
        new_box.width = 0
        for child in reversed(children):
            if child.is_in_normal_flow():
                new_box.width = child.position_x + child.margin_width() - new_box.content_box_x()
                break
        inline._adjust_line_height(new_box)
        if new_box.style["position"] == "relative":
            for absolute_box in absolute_boxes:
                absolute_layout(
                    lists.context, absolute_box, new_box, lists.fixed_boxes, lists.bottom_space, skip_stack=None
                )
        return new_box

    def _space(self, index: int) -> float:
        """What follows character ``index`` besides its own width."""
        within = index - self.start
        return self.made.spaces[within] if 0 <= within < len(self.made.spaces) else 0.0

    def _text(self, box: Any, x: float) -> Any:
        """The part of a text box that is on the line; None when that is nothing."""
        position = self.leaves[id(box)]
        leaf = self.tree.leaves[position]
        begin, stop = max(leaf.start, self.start), min(leaf.end, self.end)
        if begin >= stop or self.tree.text[begin] == "\n":
            return None
        text = self.tree.text[begin:stop]
        advances = self._advances(begin, stop)
        lead = self.carry + (self.made.lead if begin == self.start else 0.0)
        self.carry = 0.0
        pen = pen_for(box.style)
        gaps = self._gaps(text, begin, stop, pen.tracking)
        if lead > _SEEN * box.style["font_size"]:
            gaps[-1] = lead
        if stop < self.end and self._deeper_than_next(position):
            # The space between two boxes belongs to the outer one, so that an underline does not run into it.
            self.carry = self._space(stop - 1)
            advances[-1] -= self.carry
            gaps.pop(stop - 1 - begin, None)
        if self.made.line.hyphen and stop == self.end:
            mark = box.style["hyphenate_character"]
            text = text.rstrip("\u00ad") + mark if text.endswith("\u00ad") else text + mark
            advances = advances[: len(text) - len(mark)] + pen.measure(mark)[0]
        new_box = box.copy_with_text(text)
        new_box.position_x = x
        new_box.width = sum(advances) + lead
        new_box.pango_layout = SetText(pen, text, advances, lead, gaps)
        new_box.height = pen.height
        line_height, _ = strut(box.style)
        half_leading = (line_height - pen.height) / 2
        new_box.margin_top = new_box.margin_bottom = half_leading
        new_box.baseline = pen.baseline + half_leading
        return new_box

    def _advances(self, begin: int, stop: int) -> list[float]:
        """The set widths of characters, without the edges of the boxes around them."""
        paragraph = self._segment.paragraph
        low = begin - self.offset
        own = paragraph.advances[low : stop - self.offset]
        for edges in (self.tree.before, self.tree.after):
            if edges:
                for index in range(begin, stop):
                    if index in edges:
                        own[index - begin] -= edges[index]
        spaces = self.made.spaces[begin - self.start : stop - self.start]
        return [width + space for width, space in zip(own, spaces, strict=True)]

    def _gaps(self, text: str, begin: int, stop: int, tracking: float) -> dict[int, float]:
        """The places in a box's text, and its end, that look like a space or a new line to programs and are none.

        ``tracking`` is the style's letter spacing, which the widths contain.
        """
        low = begin - self.start
        em = self._segment.paragraph.ems[begin - self.offset]
        last = len(text) - 1
        gaps = {}
        for index, own in enumerate(self.made.spaces[low : low + stop - begin]):
            space = own + tracking
            if _CLOSED * em < space < _SEEN * em or text[index] == " ":
                continue
            if index < last:
                if text[index + 1] != " ":
                    gaps[index] = space
            elif tracking or (stop < self.end and self.tree.text[stop] != " "):
                gaps[index] = space
        return gaps

    @property
    def _segment(self) -> Any:
        for segment in self.tree.segments:
            if segment.start == self.offset:
                return segment
        raise LookupError

    def _deeper_than_next(self, position: int) -> bool:
        leaves = self.tree.leaves
        if position + 1 >= len(leaves):
            return False
        beyond = leaves[position + 1]
        return isinstance(beyond.box, boxes.TextBox) and leaves[position].depth > beyond.depth


def _stack(tree: Tree, box: Any, resume: int) -> Any:
    """The skip stack that leads to character ``resume``."""
    for index, child in enumerate(box.children):
        begin, stop = tree.ranges[id(child)]
        if begin <= resume < stop:
            if begin == resume:
                return {index: None}
            if isinstance(child, boxes.TextBox):
                return {index: {len(child.text[: resume - begin].encode()): None}}
            return {index: _stack(tree, child, resume)}
    return None

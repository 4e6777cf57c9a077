"""The inline content of a block, flattened into characters.

A :class:`Tree` numbers the characters of all text boxes under one line box from 0; a picture or an inline block is one
character (U+FFFC), a forced break a newline. Boxes out of the flow (note bodies, absolutely placed boxes) are empty
and stand at a place between characters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import is_not
from typing import Any

from weasyprint.css.functions import check_math
from weasyprint.formatting_structure import boxes

from newsletter_pdf.linesetting import Options, Paragraph, Run, analyse, right_to_left
from newsletter_pdf.render.hooks import unicode
from newsletter_pdf.render.hooks.pen import pen_for

OBJECT = "\ufffc"
_CODE = frozenset(("code", "kbd", "samp", "tt", "pre"))
_SPACES = ("normal", "nowrap", "pre-line")


class Unsettable(Exception):  # noqa: N818 # not an error: the engine sets this line box itself
    """Something that line setting leaves to the engine, such as floats or text from right to left."""


@dataclass(slots=True)
class Leaf:
    """A text box or an atomic box, with its characters ``start`` to ``end``; ``depth`` counts the boxes around it."""

    box: Any
    start: int
    end: int
    depth: int


@dataclass(slots=True)
class Segment:
    """The characters between forced breaks, ``start`` the first; ``newline`` says that a forced break follows."""

    start: int
    paragraph: Paragraph
    newline: bool


@dataclass(slots=True)
class Tree:
    """A flattened line box: ``ranges`` has the characters of every box (by identity), ``leaves`` those with any."""

    text: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    before: dict[int, float] = field(default_factory=dict)
    after: dict[int, float] = field(default_factory=dict)
    objects: bool = False
    parents: list[tuple[Any, tuple[Any, ...]]] = field(default_factory=list)

    @property
    def unchanged(self) -> bool:
        """Whether these are still the boxes and the text that were measured (page counters may change both)."""
        for box, children in self.parents:
            if len(box.children) != len(children) or any(map(is_not, box.children, children)):
                return False
        return all(
            leaf.box.text == self.text[leaf.start : leaf.end]
            for leaf in self.leaves
            if isinstance(leaf.box, boxes.TextBox)
        )


def flatten(line_box: Any, options: Options, width_of: Callable[[Any], float]) -> Tree:
    """The tree of ``line_box``, measured and analysed; ``width_of`` gives the outer width of an atomic box in px.

    Raises :class:`Unsettable` for what the engine has to set.
    """
    if line_box.style["direction"] != "ltr":
        raise Unsettable
    flat = _Flattener(width_of)
    flat.walk(line_box, depth=0, raised=False, verbatim=False)
    return flat.finish(options, line_box.style["lang"])


class _Flattener:
    def __init__(self, width_of: Callable[[Any], float]) -> None:
        self.width_of = width_of
        self.tree = Tree()
        self.texts: list[str] = []
        self.runs: list[Run | None] = []  # None for a forced break
        self.at = 0
        self.leader = False  # within the dots of a leader, whose white space is preserved

    def walk(self, box: Any, *, depth: int, raised: bool, verbatim: bool) -> None:
        """Add the children of ``box``."""
        self.tree.parents.append((box, tuple(box.children)))
        for child in box.children:
            start = self.at
            if not child.is_in_normal_flow():
                if child.is_floated():
                    raise Unsettable
            elif isinstance(child, boxes.TextBox):
                self._text(child, depth, raised, verbatim)
            elif isinstance(child, boxes.InlineBox):
                self._inline(child, depth, raised, verbatim)
            elif isinstance(child, boxes.AtomicInlineLevelBox):
                self._add(child, OBJECT, depth, Run(OBJECT, [self.width_of(child)], child.style["font_size"] or 1.0))
                self.tree.objects = True
            else:
                raise Unsettable
            self.tree.ranges[id(child)] = (start, self.at)

    def _add(self, box: Any, text: str, depth: int, run: Run | None) -> None:
        self.tree.leaves.append(Leaf(box, self.at, self.at + len(text), depth))
        self.texts.append(text)
        self.runs.append(run)
        self.at += len(text)

    def _text(self, box: Any, depth: int, raised: bool, verbatim: bool) -> None:
        text, style = box.text, box.style
        if not text:
            return
        space = style["white_space"]
        if "\n" in text:
            if text != "\n" or space not in ("pre", "pre-line", "pre-wrap", "break-spaces"):
                raise Unsettable
            self._add(box, text, depth, None)
            return
        if (space not in _SPACES and not self.leader) or style["font_size"] < 1e-3 or right_to_left(text):
            raise Unsettable
        if style["text_overflow"] == "ellipsis":
            raise Unsettable
        pen = pen_for(style)
        advances, whole = pen.measure(text)
        run = Run(
            text, advances, style["font_size"],
            raised=raised, verbatim=verbatim, nowrap=space in ("nowrap", "pre"), whole=whole, centred=pen.centred(text),
        )  # fmt: skip
        hyphens = style["hyphens"]
        if (hyphens == "auto" and style["lang"]) or (hyphens != "none" and "\u00ad" in text):
            run.hyphens = unicode.hyphenation(text, style)
            if run.hyphens:
                run.hyphen = sum(pen.measure(style["hyphenate_character"])[0])
        self._add(box, text, depth, run)

    def _inline(self, box: Any, depth: int, raised: bool, verbatim: bool) -> None:
        style = box.style
        left, right = _edge(style, "left"), _edge(style, "right")
        if (left or right) and style["box_decoration_break"] == "clone":
            raise Unsettable
        start = self.at
        within, self.leader = self.leader, self.leader or box.is_leader
        tag = box.element_tag or ""
        self.walk(
            box,
            depth=depth + 1,
            raised=raised or _is_raised(style) or tag.endswith("::footnote-call"),
            verbatim=verbatim or tag in _CODE or box.is_leader,
        )
        self.leader = within
        if not (left or right):
            return
        if start == self.at or self.runs[-1] is None:
            raise Unsettable
        for edges, index, width in ((self.tree.before, start, left), (self.tree.after, self.at - 1, right)):
            edges[index] = edges.get(index, 0.0) + width

    def finish(self, options: Options, lang: str | None) -> Tree:
        """Analyse what was collected, segment by segment."""
        tree = self.tree
        tree.text = text = "".join(self.texts)
        if not text.strip(" "):
            raise Unsettable
        runs: list[Run] = []
        start = 0
        for run in [*self.runs, None]:
            if run is not None:
                runs.append(run)
                continue
            length = sum(len(r.text) for r in runs)
            end = start + length
            newline = end < len(text)
            if runs or newline:
                tree.segments.append(self._segment(runs, start, end, newline, options, lang))
            runs = []
            start = end + 1
        return tree

    def _segment(
        self, runs: list[Run], start: int, end: int, newline: bool, options: Options, lang: str | None
    ) -> Segment:
        piece = self.tree.text[start:end]
        allowed, graphemes = unicode.breaks(piece, lang)
        shifted = (
            {index - start: width for index, width in edges.items() if start <= index < end}
            for edges in (self.tree.before, self.tree.after)
        )
        return Segment(start, analyse(runs, allowed, graphemes, options, *shifted), newline)


def _is_raised(style: Any) -> bool:
    """Whether ``vertical-align`` moves the baseline; its computed value is then a length in px."""
    shift = style["vertical_align"]
    return isinstance(shift, int | float) and shift != 0


def _edge(style: Any, side: str) -> float:
    """Margin, border and padding of one side in px."""
    total = float(style[f"border_{side}_width"])
    for name in (f"margin_{side}", f"padding_{side}"):
        value = style[name]
        if value == "auto":
            continue
        if check_math(value) or value.unit == "%":
            raise Unsettable
        total += value.value
    return total

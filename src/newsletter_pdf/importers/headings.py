"""Headings where authors set none as such: recognised by numbers typed before them, by size, weight and place.

The same for Word files and plain text; what a format does not tell (a size, say) simply does not count. Styles and
outline levels come first: they are what an author said. All else is a guess, and every guess is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsletter_pdf.importers.labels import after_keywords_label, after_lead_label
from newsletter_pdf.importers.looks import LONGEST, RANK, Body, Kind, Line, could_be

LONGEST_STYLED = 120
"""Most characters of a heading by style; a longer one is text that was given the wrong style."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Headings of one kind that were recognised. ``level`` 1 is a section, 2 a group, 3 an article; 0 is no heading."""

    level: int
    reason_zh: str
    reason_en: str
    lines: tuple[int, ...]


@dataclass(slots=True)
class Recognised:
    """The level of each line that is a heading, by index, and on what grounds; ``untitled``: none names the section.

    ``lengths`` are given for titles that take more than one line, by the index of the first.
    """

    levels: dict[int, int] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    untitled: bool = False
    lengths: dict[int, int] = field(default_factory=dict)

    def take(self, lines: Sequence[int], level: int, reason_zh: str, reason_en: str) -> None:
        """Make ``lines`` headings of ``level`` as a guess."""
        self.levels |= dict.fromkeys(lines, level)
        self.guesses.append(Guess(level, reason_zh, reason_en, tuple(lines)))


_TITLE_LINES = 3


def recognise(lines: Sequence[Line]) -> Recognised:
    """Find the headings among ``lines``. Level 1 is always given, or ``untitled`` set, unless there is no line."""
    out = Recognised()
    styled: dict[int, int] = {}
    wrong: list[int] = []
    for index, line in enumerate(lines):
        if line.level is not None and line.text.strip():
            if len(line.text) > LONGEST_STYLED:
                wrong.append(index)
            else:
                styled[index] = line.level
    if wrong:
        out.guesses.append(
            Guess(0, "样式是标题，但太长，作为正文", "a heading style, but too long: text", tuple(wrong))
        )
    if styled:
        _by_style(lines, styled, out)
    else:
        _by_look(lines, range(len(lines)), out, above=0)
    out.untitled = bool(lines) and 1 not in out.levels.values()
    return out


# --- styles ---------------------------------------------------------------------------------------------------------


def _by_style(lines: Sequence[Line], styled: dict[int, int], out: Recognised) -> None:
    titles = [index for index, level in styled.items() if level == 0]
    rest = {index: level for index, level in styled.items() if level > 0}
    levels = sorted(set(rest.values()))
    if not titles:
        _headings_alone(lines, rest, levels, out)
        return
    if not rest:
        out.levels |= dict.fromkeys(titles, 1)
    elif len(titles) == 1 and levels[0] == 1 and _names_the_issue(lines, titles[0], rest, levels):
        out.levels |= rest
        out.guesses.append(
            Guess(
                0,
                "文档标题下面另有栏目，作为刊名，没有导入",
                "a title above the sections: the issue's name",
                (titles[0],),
            )
        )
        return
    else:
        out.levels |= dict.fromkeys(titles, 1)
        shifted = _spread(levels)
        for level in levels:
            members = [index for index, own in rest.items() if own == level]
            if shifted[level] == level:
                out.levels |= dict.fromkeys(members, level)
            else:
                reason = (
                    f"文档标题是栏目，「标题 {level}」下移",
                    f"the title is the section; heading {level} moves down",
                )
                out.take(members, shifted[level], *reason)
    if not rest:
        _by_look(lines, range(titles[0] + 1, len(lines)), out, above=1)


def _names_the_issue(lines: Sequence[Line], title: int, rest: dict[int, int], levels: list[int]) -> bool:
    """A title above three levels of headings, or above headings with leads of their own, is not a section's."""
    first = [index for index, level in rest.items() if level == 1]
    return title < min(rest) and (len(levels) > 2 or any(_labelled(lines, index) for index in first))


def _headings_alone(lines: Sequence[Line], rest: dict[int, int], levels: list[int], out: Recognised) -> None:
    first = min(rest)
    if levels == [1]:
        opening = _opening(lines, first)
        if opening is not None and len(rest) > 1 and not any(_labelled(lines, index) for index in rest):
            out.take([opening], 1, "标题之前的第一行", "the line before the first heading")
            out.take(list(rest), 3, "「标题 1」都在它下面", "the headings 1 stand below it")
            return
        out.levels |= rest
        _by_look(lines, [i for i in range(first, len(lines)) if i not in rest], out, above=1)
    elif levels[0] == 1:
        out.levels |= rest
        if levels == [1, 2]:
            _articles_below(lines, rest, out)
    else:
        opening = _opening(lines, first)
        if opening is not None:
            out.take([opening], 1, "标题之前的第一行", "the line before the first heading")
        shifted = {level: level for level in levels} if levels in ([2, 3], [3]) else _spread(levels)
        for level in levels:
            members = [index for index, own in rest.items() if own == level]
            if shifted[level] == level:
                out.levels |= dict.fromkeys(members, level)
            else:
                out.take(members, shifted[level], f"「标题 {level}」", f"heading {level}")


def _articles_below(lines: Sequence[Line], rest: dict[int, int], out: Recognised) -> None:
    """Articles without a style below groups with one: most groups have such a line directly behind them."""
    found = _kinds(lines, [index for index in range(min(rest), len(lines)) if index not in rest])
    groups = [index for index, level in rest.items() if level == 2]
    if found:
        nearest = (next((i for i in range(g + 1, len(lines)) if lines[i].text.strip()), None) for g in groups)
        if 2 * sum(1 for index in nearest if index in found[0].lines) > len(groups):
            out.take(found[0].lines, 3, found[0].reason_zh, found[0].reason_en)


def _spread(levels: Sequence[int]) -> dict[int, int]:
    """Levels below the section: one kind is articles, two are groups and articles, more are headings inside."""
    if len(levels) == 1:
        return {levels[0]: 3}
    return {level: 2 + position for position, level in enumerate(levels)}


def _opening(lines: Sequence[Line], before: int) -> int | None:
    """The line that heads all: the first one with text, when it could be a title and stands before ``before``."""
    first = next((index for index, line in enumerate(lines) if line.text.strip()), None)
    if first is None or first >= before or not could_be(lines[first]) or len(lines[first].text.strip()) > 40:
        return None
    return first


def _labelled(lines: Sequence[Line], index: int) -> bool:
    """Whether a lead or keywords follow, perhaps behind a lead without a label: only sections have them."""
    following = [line.text for line in lines[index + 1 : index + 6] if line.text.strip()][:2]
    if len(following) > 1 and len(following[0]) <= LONGEST:
        following.pop()
    return any(after_lead_label(text) is not None or after_keywords_label(text) is not None for text in following)


# --- looks ----------------------------------------------------------------------------------------------------------


def _by_look(lines: Sequence[Line], among: Sequence[int], out: Recognised, *, above: int) -> None:
    """Recognise headings among the lines of these indices; ``above`` is 1 when the sections are known already."""
    found = _kinds(lines, among)
    if above:
        _below(found, out)
        return
    sections = next((k for k in found if any(_labelled(lines, index) for index in k.lines)), None)
    if sections is None:
        sections = _section_kind(lines, found)
    if sections is not None:
        first_lines = _whole_titles(sections, lines, out)
        out.take(first_lines, 1, sections.reason_zh, sections.reason_en)
        found = found[found.index(sections) + 1 :] if sections in found else found
    _below(found, out)


def _kinds(lines: Sequence[Line], among: Sequence[int]) -> list[Kind]:
    """The kinds of lines that head text, from the outermost inwards."""
    body = Body(lines)
    kinds: dict[object, Kind] = {}
    for index in among:
        key = body.kind_of(lines[index])
        if key is not None:
            kinds.setdefault(key[0], key[1]).lines.append(index)
    accepted = [kind for kind in kinds.values() if body.accept(kind, lines)]
    told = {kind.form for kind in accepted if kind.form is not None and kind.stands_out}
    return _ordered([kind for kind in accepted if kind.stands_out or kind.form not in told], body)


def _whole_titles(kind: Kind, lines: Sequence[Line], out: Recognised) -> list[int]:
    """The first lines of the titles: lines without numbers that follow each other at once are one title."""
    heads: list[int] = []
    for index in kind.lines:
        head = heads[-1] if heads else -1
        length = out.lengths.get(head, 1)
        whole = sum(len(line.text) for line in lines[head : index + 1]) if heads else 0
        if kind.form is None and heads and index == head + length and length < _TITLE_LINES and whole <= LONGEST:
            out.lengths[head] = length + 1
        else:
            heads.append(index)
    return heads


def _section_kind(lines: Sequence[Line], found: list[Kind]) -> Kind | None:
    """The kind that heads sections; may divide a first line from a kind that it only happens to look like."""
    limit = found[0].lines[0] if found else len(lines)
    opening = _opening(lines, min((k.lines[0] for k in found), default=limit))
    if opening is not None:
        return Kind(None, 0, "第一行", "the first line", [opening])
    if not found:
        return None
    top = found[0]
    first = next(index for index, line in enumerate(lines) if line.text.strip())
    if top.form is None and top.lines[0] == first and len(found) == 1 and len(top.lines) > 1:
        following = next((i for i in range(first + 1, len(lines)) if lines[i].text.strip()), None)
        if following in top.lines or _labelled(lines, first):
            top.lines = top.lines[1:]
            return Kind(None, top.size, "第一行", "the first line", [first])
    if len(found) > 1 or (len(top.lines) == 1 and top.lines[0] == first):
        return top
    return None


def _below(found: list[Kind], out: Recognised) -> None:
    """Groups and articles; what is recognised below these stays text as it stands."""
    for position, kind in enumerate(found[:2]):
        level = 3 if len(found) == 1 else 2 + position
        out.take(kind.lines, level, kind.reason_zh, kind.reason_en)


def _ordered(kinds: list[Kind], body: Body) -> list[Kind]:
    """From the outermost inwards: by size where it differs, else as they come; forms of numbers in their order."""
    by_size = sorted(kinds, key=lambda kind: (-round(kind.size or body.size), kind.lines[0]))
    places = [index for index, kind in enumerate(by_size) if kind.form is not None]
    forms = sorted((by_size[index] for index in places), key=lambda kind: RANK[kind.form or ""])
    for index, kind in zip(places, forms, strict=True):
        by_size[index] = kind
    return by_size

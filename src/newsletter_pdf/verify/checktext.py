"""Does every sentence of the content stand on the pages, once, in order, as it was written, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from newsletter_pdf.findings import Place, Rule
from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.expected import Expected, ExpectedPassage, Role
from newsletter_pdf.verify.judging import Found, Verdict, judge
from newsletter_pdf.verify.layoutwords import LayoutWords
from newsletter_pdf.verify.lines import box_around
from newsletter_pdf.verify.matching import Matching, Part, Span, match_passages
from newsletter_pdf.verify.setting.tags import Kind
from newsletter_pdf.verify.shown import Piece, Run, Stream, glyphs_of
from newsletter_pdf.verify.wording import CALL, letters

_QUOTED = 30  # letters of a sentence that messages quote
_BEGINNING = 8  # letters by which a text is known that lines of others are drawn into
_AROUND = 8  # letters quoted around a difference
_MOST = 25  # findings of one rule; more say no more
_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿]")
_READING = 1.4  # em over its text at most, and times smaller at least, that a reading (Pinyin) stands
_HIGHER = 1.2  # em by which a line that stands higher than the one before it is out of order


def check_text(context: Context, expected: Expected) -> None:
    """Compare the pages with the passages and notes of ``expected``."""
    words = LayoutWords(expected)
    main, notes = context.shown.main, context.shown.notes
    ordered = context.tags is not None  # the order of drawing is not always that of reading
    if context.tags is None:
        main, notes = _part_notes(main, expected.notes)
    entries = _entries(context, expected)
    passages = (*expected.passages[: _body(expected)], *entries, *expected.passages[_body(expected) :])
    for stream, wanted in ((main, passages), (notes, expected.notes)):
        matching = match_passages(wanted, stream.text, words, stream.edges)
        _check_numbers(context, stream, wanted, matching)
        if matching.troubles:
            verdict = judge(matching, wanted, stream.text, words, ordered=ordered)
            if not ordered:
                drawn = context.shown.main.text  # before the notes were taken out of it
                verdict.altered = [each for each in verdict.altered if each.part.key not in drawn]
                verdict.missing = [item for item in verdict.missing if item[0].key[:_BEGINNING] not in drawn]
            _Report(context, stream, wanted, verdict).tell()
    if context.tags is not None:
        _check_heights(context, main)


def _body(expected: Expected) -> int:
    """Where the passages of the sections begin."""
    return next((i for i, each in enumerate(expected.passages) if each.role is Role.SECTION), len(expected.passages))


def _entries(context: Context, expected: Expected) -> list[ExpectedPassage]:
    """The contents as they should be printed, to the depth to which they are."""
    depth = max((entry.level for entry in context.entries), default=0)
    found = []
    for heading in expected.headings:
        if heading.anchor.count("-") < depth:
            text = heading.number + heading.title
            found.append(ExpectedPassage(Role.ENTRY, text, heading.place, unit=-1, loose=True))
    return found


def _part_notes(stream: Stream, notes: Sequence[ExpectedPassage]) -> tuple[Stream, Stream]:
    """Without tags notes stand among the text: take out the lines that make up one, each as far as it goes."""
    main, apart = Stream(stream.contents), Stream(stream.contents)
    pending = [letters(note.text) for note in notes]
    rest = ""
    for piece in stream.pieces:
        text = "".join(run.text for run in piece.runs)
        if not rest:
            bare = text.lstrip("0123456789*†‡§①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
            key = next(
                (key for key in pending if bare == key or (len(bare) >= _BEGINNING and key.startswith(bare))), None
            )
            if key is not None:
                pending.remove(key)
                rest, text = key, bare
        if rest and rest.startswith(text):
            rest = rest[len(text) :]
            apart.pieces.append(piece)
        else:
            rest = ""
            main.pieces.append(piece)
    main.finish()
    apart.finish()
    return main, apart


def _check_numbers(context: Context, stream: Stream, passages: Sequence[ExpectedPassage], matching: Matching) -> None:
    for span in matching.spans:
        passage = passages[span.part.owner]
        if span.number is not None and passage.number is not None and span.number != passage.number:
            at = _at(stream, span, passage)
            context.findings.add(
                rules.NUMBER_DIFFERS.at(
                    at, kind_zh=passage.role.zh, kind_en=passage.role.en, quote=quoted(span.part.key),
                    wanted=passage.number, shown=span.number,
                )
            )  # fmt: skip


def _at(stream: Stream, span: Span | Found, passage: ExpectedPassage) -> Place:
    return _both(stream.place(span.start, span.stop), passage.place)


def _both(page: Place, content: Place) -> Place:
    """The place on the page and in the content."""
    return replace(content, page=page.page, box=page.box)


def quoted(text: str, most: int = _QUOTED) -> str:
    """A text as messages quote it."""
    text = text.replace(CALL, "")
    return text if len(text) <= most else text[: most - 1] + "…"


class _Report:
    """Turns a verdict into findings; what belongs together is told once."""

    def __init__(self, context: Context, stream: Stream, passages: Sequence[ExpectedPassage], verdict: Verdict) -> None:
        self.add = context.findings.add
        self.stream, self.passages, self.verdict = stream, passages, verdict

    def tell(self) -> None:
        verdict = self.verdict
        missing = [part for part, _at in verdict.missing if self.passages[part.owner].role is not Role.ENTRY]
        for group in _runs_of(missing)[:_MOST]:
            offset = next(at for part, at in verdict.missing if part is group[0])
            at = self.stream.place(max(offset - 1, 0), offset)
            self.tell_group(rules.SENTENCE_MISSING, group, _both(at, self.passages[group[0].owner].place))
        for altered in verdict.altered[:_MOST]:
            passage = self.passages[altered.part.owner]
            if passage.role is Role.ENTRY:
                continue  # told as a title of the contents
            wanted, shown = differing(altered.part.key, self.stream.text[altered.start : altered.stop])
            self.add(
                rules.SENTENCE_ALTERED.at(
                    _both(self.stream.place(altered.start, altered.stop), passage.place),
                    kind_zh=passage.role.zh, kind_en=passage.role.en, wanted=wanted, shown=shown,
                )
            )  # fmt: skip
        for found in verdict.doubled[:_MOST]:
            passage = self.passages[found.part.owner]
            self.add(
                rules.SENTENCE_DOUBLED.at(
                    _at(self.stream, found, passage), quote=quoted(found.part.key),
                    kind_zh=passage.role.zh, kind_en=passage.role.en,
                )
            )  # fmt: skip
        moved = [found for found in verdict.moved if not self.loose(found)]
        for group in _runs_of([found.part for found in moved])[:_MOST]:
            first = next(found for found in moved if found.part is group[0])
            self.tell_group(rules.SENTENCE_ELSEWHERE, group, _at(self.stream, first, self.passages[first.part.owner]))
        for start, stop in verdict.foreign[:_MOST]:
            self.add(rules.TEXT_FOREIGN.at(self.stream.place(start, stop), quote=quoted(self.stream.text[start:stop])))

    def tell_group(self, rule: Rule, group: Sequence[Part], at: Place) -> None:
        role = self.passages[group[0].owner].role
        count = len(group)
        self.add(
            rule.at(
                at, kind_zh=role.zh, kind_en=role.en, quote=quoted(group[0].key),
                more_zh=f"起的 {count} 句" if count > 1 else "", more_en=f" and {count - 1} more" if count > 1 else "",
            )
        )  # fmt: skip

    def loose(self, found: Found) -> bool:
        """Whether the whole unit of a moved part was moved, and may be."""
        passage = self.passages[found.part.owner]
        if not passage.loose:
            return False
        unit = [i for i, each in enumerate(self.passages) if each.unit == passage.unit and letters(each.text)]
        moved = {each.part.owner for each in self.verdict.moved}
        return all(index in moved for index in unit)


def _runs_of(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts of neighbouring passages together."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and 0 <= part.owner - groups[-1][-1].owner <= 1:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def differing(wanted: str, shown: str) -> tuple[str, str]:
    """Two versions, shortened to what is around the differences, which are put into 【】."""
    if CALL in wanted:
        wanted, shown = wanted.replace(CALL, ""), _CIRCLED.sub("", shown)
    one, other = "", ""
    blocks = SequenceMatcher(None, wanted, shown, autojunk=False).get_opcodes()
    for count, (kind, i1, i2, j1, j2) in enumerate(blocks):
        if kind == "equal":
            common = wanted[i1:i2]
            if len(common) > 2 * _AROUND:
                head = "" if count == 0 else common[:_AROUND]
                tail = "" if count == len(blocks) - 1 else common[-_AROUND:]
                common = f"{head}…{tail}"
            one, other = one + common, other + common
        else:
            one += f"【{quoted(wanted[i1:i2])}】" if i1 < i2 else ""
            other += f"【{quoted(shown[j1:j2])}】" if j1 < j2 else ""
    return one, other


def _check_heights(context: Context, stream: Stream) -> None:
    """What is read later must not stand higher on the page, unless beside what is read before."""
    told = 0
    for before, piece in zip(stream.pieces, stream.pieces[1:], strict=False):
        if told >= _MOST:
            return
        if _falls(piece) and (before.page != piece.page or not _above(context, before, piece)):
            continue
        told += 1
        text = "".join(run.text for run in piece.runs)
        glyphs = [glyph for run in piece.runs for glyph in glyphs_of(stream.contents, run)]
        context.findings.add(
            rules.SENTENCE_ELSEWHERE.at(
                place(piece.page, box_around(glyphs)), kind_zh=_kind(piece)[0], kind_en=_kind(piece)[1],
                quote=quoted(text), more_zh="", more_en="",
            )
        )  # fmt: skip


def _kind(piece: Piece) -> tuple[str, str]:
    role = {Kind.HEADING: Role.TITLE, Kind.CELL: Role.CELL, Kind.CAPTION: Role.CAPTION}.get(piece.kind, Role.PARAGRAPH)
    return role.value


def _falls(piece: Piece) -> bool:
    """Whether the lines of a piece follow each other down the page."""
    highest = piece.runs[0]
    for run in piece.runs[1:]:
        if run.y > highest.y + _HIGHER * max(run.size, highest.size) and run.x < highest.x + highest.size:
            return False
        highest = run
    return True


def _above(context: Context, before: Piece, piece: Piece) -> bool:
    """Whether ``piece`` begins higher than ``before`` ends, and not beside it."""
    lowest, later = min(before.runs, key=lambda run: run.y), piece.runs[0]
    reach = _READING * lowest.size if later.size < lowest.size / _READING else max(lowest.size, later.size) / 2
    if later.y <= lowest.y + reach:
        return False
    left, right = min(run.x for run in before.runs), max(_right(context, run) for run in before.runs)
    return later.x < right - 1 and _right(context, later) > left + 1


def _right(context: Context, run: Run) -> float:
    return glyphs_of(context.pdf.contents, run)[-1].right

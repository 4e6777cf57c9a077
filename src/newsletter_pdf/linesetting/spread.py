"""The space of one line, given out: what each character advances once the line has its width."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.linesetting.fit import Line
from newsletter_pdf.linesetting.paragraph import TRACK, Paragraph


@dataclass(slots=True)
class SetLine:
    """A line as it is set.

    ``lead`` is added before the first character (negative: it is trimmed); ``spaces`` has what follows each character
    besides its own width; ``width`` is the set width of the whole.
    """

    line: Line
    lead: float
    spaces: list[float]
    width: float


def spread(paragraph: Paragraph, line: Line, measure: float, *, justify: bool) -> SetLine:
    """Set ``line`` in ``measure``.

    Too long, its marks and word spaces give way in proportion. Too short and justified, word spaces grow first, then
    the gaps between Chinese and Latin, then the space between characters evenly (JLREQ 3.8.4).
    """
    start, end = line.start, line.end
    last = end - 1
    natural = paragraph.width(start, end, line.hyphen)
    spare = measure - natural
    spaces = paragraph.space[start:last]
    width = natural
    if spare < 0:
        rest = -spare
        for giving in (paragraph.squeeze, paragraph.deep):
            piece = giving[start:last]
            can = sum(piece)
            if can > 0 and rest > 0:
                share = min(1.0, rest / can)
                spaces = [own - share * give for own, give in zip(spaces, piece, strict=True)]
                rest -= share * can
        can = (paragraph.slot_sum[last] - paragraph.slot_sum[start]) * TRACK
        if can > 0 and rest > 0:
            share = min(1.0, rest / can) * TRACK
            spaces = [own - share * slot for own, slot in zip(spaces, paragraph.slots[start:last], strict=True)]
            rest -= share / TRACK * can
        width = measure + rest
    elif justify and spare > 0:
        rest = spare
        for early in (paragraph.words, paragraph.gaps):
            piece = early[start:last]
            can = sum(piece)
            if can > 0 and rest > 0:
                share = min(1.0, rest / can)
                spaces = [own + share * more for own, more in zip(spaces, piece, strict=True)]
                rest -= share * can
        if rest > 0:
            for later in (paragraph.slots, paragraph.words, paragraph.gaps):
                piece = later[start:last]
                can = sum(piece)
                if can > 0:
                    share = rest / can
                    spaces = [own + share * more for own, more in zip(spaces, piece, strict=True)]
                    rest = 0.0
                    break
        width = measure - rest
    spaces.append(-paragraph.end_trim(last))
    return SetLine(line, -paragraph.start_trim(start), spaces, width)
